// The words of the console's frame: header, navigation, lists, forms, and what every problem means and what to do about it.

import type { ProblemCode } from '../../../domain/problem.ts';
import type { NavKey } from '../../console/navigation.ts';

export interface ProblemWords {
  title: string;
  todo: string;
}

const problems: Readonly<Record<ProblemCode, ProblemWords>> = {
  'not-signed-in': { title: 'Phiên làm việc đã hết', todo: 'Xin đăng nhập lại.' },
  'not-allowed': {
    title: 'Bạn không có quyền mở trang này',
    todo: 'Trang này dành cho người khác trong hệ thống. Nếu bạn cần, hãy hỏi văn phòng OCOP.',
  },
  'not-found': {
    title: 'Không có trang này',
    todo: 'Có thể nó đã được chuyển đi, hoặc thuộc về nơi khác. Xin chọn một mục ở mục lục.',
  },
  invalid: { title: 'Một vài mục chưa đúng', todo: 'Xin xem các mục có ghi chú màu đỏ rồi gửi lại.' },
  'absent-reference': { title: 'Mục được chọn không còn nữa', todo: 'Xin chọn lại rồi gửi.' },
  'version-missing': { title: 'Mẫu này đã cũ', todo: 'Xin mở lại trang và nhập lại.' },
  'version-conflict': {
    title: 'Có người vừa sửa mục này',
    todo: 'Những gì bạn gõ vẫn còn ở dưới. Xin xem lại rồi gửi lần nữa.',
  },
  'request-under-way': {
    title: 'Mẫu này đang được xử lý',
    todo: 'Xin đợi vài giây rồi mở lại trang để xem kết quả.',
  },
  'request-key-reused': { title: 'Mẫu này đã được gửi', todo: 'Xin mở lại trang để xem kết quả.' },
  taken: { title: 'Đã có mục khác dùng giá trị này', todo: 'Xin xem mục có ghi chú màu đỏ.' },
  'lot-differs': { title: 'Lô này đã có với ngày khác', todo: 'Xin dùng đúng ngày đã ghi, hoặc đặt số lô khác.' },
  'lot-active': { title: 'Lô đã có tem kích hoạt', todo: 'Thay đổi này cần văn phòng duyệt.' },
  'lot-fixed': { title: 'Lô này không sửa được nữa', todo: 'Số lô và ngày đã in trong mã QR của tem. Xin lập lô mới.' },
  'lot-printed': {
    title: 'Tem của lô này đã in tên sản phẩm',
    todo: 'Sản phẩm của lô chỉ đổi được sau khi hủy hết tem đã in. Xin hủy số tem đó, hoặc lập lô mới.',
  },
  'beyond-allowance': {
    title: 'Vượt số tem được cấp trong năm',
    todo: 'Xin giảm số tem, hoặc gửi để văn phòng duyệt.',
  },
  overlap: { title: 'Một phần dải tem đã gắn với lô khác', todo: 'Xin xem các số tem bị trùng và chọn dải khác.' },
  'event-seen': {
    title: 'Người mua có thể đã đọc việc này',
    todo: 'Việc đã công khai thì không bỏ hay ẩn được nữa. Xin sửa cho đúng; trang tem sẽ ghi ngày sửa.',
  },
  'scanned-since': { title: 'Đã có tem được quét', todo: 'Tem đã được quét thì không hoàn lại được nữa.' },
  'void-serials': { title: 'Trong dải có tem đã hủy', todo: 'Xin chọn dải không có tem đã hủy.' },
  'too-many-intervals': { title: 'Đợt tem này đã chia quá nhiều đoạn', todo: 'Xin dùng đợt tem khác.' },
  'plaque-has-no-lot': { title: 'Biển không gắn với lô', todo: 'Biển luôn dùng được, không cần kích hoạt.' },
  'blank-has-no-lot': { title: 'Tem trắng chưa có lô', todo: 'Xin chọn lô khi kích hoạt.' },
  'no-lot': { title: 'Chưa chọn lô', todo: 'Xin chọn lô mà tem sẽ gắn vào.' },
  'gtin-not-authorised': {
    title: 'GTIN chưa có giấy ủy quyền',
    todo: 'Xin ghi giấy ủy quyền dùng GTIN ở trang sản phẩm trước.',
  },
  'reprint-reason-needed': { title: 'Các tem này đã in rồi', todo: 'Xin cho biết vì sao in lại.' },
  'certificate-lapsed': {
    title: 'Chứng nhận đã hết hiệu lực từ lần in trước',
    todo: 'In lại sẽ không có sao. Xin cho biết vì sao in lại.',
  },
  recalled: {
    title: 'Lô hoặc sản phẩm này đang bị thu hồi',
    todo: 'Nếu vẫn cần tem, xin xác nhận là bạn đã biết.',
  },
  'unusual-quantity': { title: 'Số tem nhiều khác thường', todo: 'Xin kiểm tra lại con số, rồi xác nhận.' },
  'lot-has-stamps': { title: 'Lô này đã có tem', todo: 'Xin xác nhận là bạn muốn cấp thêm.' },
  'symbol-too-large': { title: 'Mã QR không vừa mẫu tem này', todo: 'Xin chọn mẫu tem lớn hơn.' },
  'text-does-not-fit': { title: 'Chữ không vừa mẫu tem này', todo: 'Xin chọn mẫu tem lớn hơn hoặc rút ngắn tên.' },
  'letter-not-in-font': { title: 'Có ký tự không in được', todo: 'Xin thay ký tự ấy trong tên.' },
  'no-pins': { title: 'Đợt tem này không có mã cào', todo: 'Xin tải danh sách không kèm mã cào.' },
  'print-job-not-done': {
    title: 'Lệnh in chưa xong',
    todo: 'Tệp chỉ tải được khi mọi tem đã được đọc lại. Xin chờ thêm.',
  },
  'print-job-ended': { title: 'Lệnh in đã kết thúc', todo: 'Không còn gì để dừng.' },
  'no-disk-space': {
    title: 'Máy chủ hết chỗ cho tệp in',
    todo: 'Xin in ít tem hơn, hoặc nhờ người quản trị dọn ổ đĩa.',
  },
  'already-decided': {
    title: 'Yêu cầu này đã được trả lời',
    todo: 'Có thể một đồng nghiệp vừa làm. Xin mở lại danh sách.',
  },
  'already-withdrawn': { title: 'Lệnh thu hồi này đã được rút', todo: 'Không cần làm gì thêm.' },
  'too-many-requests': { title: 'Đã gửi quá nhiều lần', todo: 'Xin chờ ít phút rồi thử lại.' },
  'quota-reached': {
    title: 'Hôm nay đã đủ số lượng cho phép',
    todo: 'Xin tiếp tục vào ngày mai. Nếu công việc thật sự cần nhiều hơn, xin báo văn phòng.',
  },
  busy: { title: 'Máy chủ đang bận việc này', todo: 'Xin chờ vài giây rồi thử lại.' },
  'too-large': { title: 'Tệp hoặc mẫu này quá lớn', todo: 'Xin gửi tệp nhỏ hơn.' },
  'unsupported-media': { title: 'Không đọc được dạng tệp này', todo: 'Xin gửi đúng dạng tệp ghi cạnh ô chọn tệp.' },
  'not-acceptable': { title: 'Không có dạng này', todo: 'Xin mở lại bằng trình duyệt.' },
  'cannot-check-now': {
    title: 'Hệ thống tạm thời chưa trả lời được',
    todo: 'Chưa có gì bị thay đổi mà không được xác nhận. Xin thử lại sau ít phút.',
  },
};

const nav: Readonly<Record<NavKey, string>> = {
  today: 'Hôm nay',
  print: 'In tem',
  programme: 'Chương trình năm',
  certificates: 'Chứng nhận',
  products: 'Sản phẩm',
  producers: 'Chủ thể',
  lots: 'Lô hàng',
  batches: 'Đợt tem',
  scans: 'Lượt quét',
  ledger: 'Sổ tem',
  evaluations: 'Đánh giá',
  recalls: 'Thu hồi',
  complaints: 'Báo cáo từ dân',
  inspect: 'Kiểm tra',
  requests: 'Chờ duyệt',
  printers: 'Máy in',
  templates: 'Mẫu tem',
  profile: 'Hồ sơ của chúng tôi',
  offices: 'Văn phòng',
  users: 'Tài khoản',
  import: 'Nhập và xuất',
  audit: 'Nhật ký',
};

export const frame = {
  skip: 'Đến nội dung',
  contents: 'Mục lục',
  closeContents: 'Đóng mục lục',
  signOut: 'Đăng xuất',
  ownAccount: 'Tài khoản của bạn',
  roles: { producer: 'chủ thể', inspector: 'người kiểm tra', office: 'văn phòng', admin: 'quản trị' },
  allOffices: 'Mọi văn phòng',
  footer: 'Trang này dùng cookie để nhớ rằng bạn đã đăng nhập và ngôn ngữ bạn chọn, không để làm gì khác.',
  nav,
  problems,
  ourFault: {
    title: 'Lỗi này là do hệ thống',
    todo: 'Chúng tôi đã ghi lại. Xin thử lại sau; nếu vẫn gặp, hãy báo cho văn phòng OCOP.',
  },
  otherSite: {
    title: 'Yêu cầu này không đến từ trang của chúng tôi',
    todo: 'Chưa có gì được thực hiện. Xin mở lại trang và làm lại từ đó.',
  },
  backHome: 'Về trang Hôm nay',
  badAddress: { title: 'Địa chỉ trang này chưa đúng', todo: 'Xin mở lại trang từ mục lục.' },
  waiting: 'Đã gửi cho văn phòng duyệt. Thay đổi có hiệu lực khi được duyệt.',
  list: {
    filter: 'Lọc',
    clear: 'Bỏ hết bộ lọc',
    all: 'Tất cả',
    first: 'Trang đầu',
    next: 'Trang sau',
    before: 'Trang trước',
    part: (from: string, to: string, all: string) => `${from}–${to} trong ${all} mục`,
    pages: 'Các trang',
    fewer: (conditions: number) =>
      conditions === 1 ? 'Không có mục nào khớp điều kiện này' : `Không có mục nào khớp cả ${conditions} điều kiện`,
    wider: 'Xin bớt điều kiện, hoặc gõ ngắn hơn.',
  },
  find: {
    label: 'Tìm theo tên hoặc số',
    submit: 'Tìm',
    more: (shown: string) =>
      `Danh sách trên có ${shown} mục mới nhất; còn những mục khác. Gõ một phần tên hoặc số để tìm; ` +
      'xin tìm trước khi điền các ô còn lại.',
    found: (shown: string) =>
      `Danh sách trên có ${shown} mục khớp với chữ đã gõ. Xóa chữ và bấm Tìm để thấy lại tất cả.`,
    none: 'Không có mục nào khớp với chữ đã gõ. Xin gõ ngắn hơn.',
  },
  form: {
    nowOnRecord: (value: string) => (value === '' ? 'Nay đang để trống.' : `Nay đang ghi: ${value}`),
    optional: '(nếu có)',
    none: 'Không có',
    choose: 'Xin chọn',
    save: 'Lưu',
    cancel: 'Thôi',
    yes: 'Có',
    no: 'Không',
    faultsTitle: 'Xin xem lại',
    required: 'Xin điền mục này.',
    tooLong: 'Dài quá. Xin viết ngắn hơn.',
    wrong: 'Mục này chưa đúng dạng. Xin xem lại.',
    notANumber: 'Xin điền một số.',
    outOfRange: 'Số này nằm ngoài khoảng cho phép.',
    notADay: 'Xin điền ngày có thật, như 24/11/2026.',
    taken: 'Giá trị này đã có nơi khác dùng.',
    takenAs: (named: string) => `Đã ghi với cách viết khác: ${named}.`,
    ambiguous: (named: string) => `Có thể là ${named}. Xin viết đúng như đã ghi.`,
    absent: 'Không tìm thấy mục này. Xin chọn lại.',
    easyPassword:
      'Mật khẩu này dễ đoán hoặc đã bị lộ ở nơi khác. Hãy chọn mật khẩu khác, chẳng hạn bốn từ không liên quan với nhau.',
    control: 'Có ký tự ẩn không dùng được. Xin gõ lại.',
  },
  job: {
    of: (done: string, total: string) => `${done} / ${total}`,
    mayClose: 'Bạn có thể đóng trang này. Việc vẫn chạy.',
  },
  chartTable: 'Xem bảng số liệu',
};

export type FrameWords = typeof frame;
