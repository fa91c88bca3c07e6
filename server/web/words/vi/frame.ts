// The words of the console's frame: header, navigation, lists, forms, and what every problem means and what to do
// about it.

import type { ProblemCode } from '../../../domain/problem.ts';
import type { NavKey } from '../../console/navigation.ts';

export interface ProblemWords {
  title: string;
  todo: string;
}

const problems: Readonly<Record<ProblemCode, ProblemWords>> = {
  'not-signed-in': { title: 'Phiên đăng nhập đã hết hạn', todo: 'Xin đăng nhập lại.' },
  'not-allowed': {
    title: 'Bạn không có quyền mở trang này',
    todo: 'Trang này dành cho vai trò khác. Nếu bạn cần, hãy hỏi văn phòng OCOP.',
  },
  'not-found': {
    title: 'Không có trang này',
    todo: 'Trang có thể đã đổi địa chỉ, hoặc bạn không có quyền xem. Xin chọn trong danh mục.',
  },
  invalid: { title: 'Một vài mục chưa đúng', todo: 'Xin xem các mục có ghi chú màu đỏ rồi gửi lại.' },
  'absent-reference': { title: 'Mục được chọn không còn nữa', todo: 'Xin chọn lại rồi gửi.' },
  'version-missing': { title: 'Biểu mẫu này đã cũ', todo: 'Xin mở lại trang và nhập lại.' },
  'version-conflict': {
    title: 'Có người vừa sửa mục này',
    todo: 'Những gì bạn gõ vẫn còn ở dưới. Xin xem lại rồi gửi lần nữa.',
  },
  'request-under-way': {
    title: 'Biểu mẫu này đang được xử lý',
    todo: 'Xin đợi vài giây rồi mở lại trang để xem kết quả.',
  },
  'request-key-reused': { title: 'Biểu mẫu này đã được gửi', todo: 'Xin mở lại trang để xem kết quả.' },
  taken: { title: 'Thông tin này trùng với mục khác', todo: 'Xin xem mục có ghi chú màu đỏ.' },
  'lot-differs': {
    title: 'Số lô này đã có, nhưng với ngày khác',
    todo: 'Xin dùng đúng ngày đã ghi, hoặc đặt số lô khác.',
  },
  'lot-active': { title: 'Lô đã có tem kích hoạt', todo: 'Thay đổi này cần văn phòng duyệt.' },
  'lot-fixed': { title: 'Lô này không sửa được nữa', todo: 'Số lô và ngày đã in trong mã QR của tem. Xin tạo lô mới.' },
  'lot-printed': {
    title: 'Tem của lô này đã in tên sản phẩm',
    todo: 'Sản phẩm của lô chỉ đổi được sau khi hủy hết tem đã in. Xin hủy số tem đó, hoặc tạo lô mới.',
  },
  'beyond-allowance': {
    title: 'Vượt hạn mức tem trong năm',
    todo: 'Xin giảm số tem, hoặc gửi để văn phòng duyệt.',
  },
  overlap: { title: 'Một phần dải tem đã gắn với lô khác', todo: 'Xin xem các số tem bị trùng và chọn dải khác.' },
  'event-seen': {
    title: 'Người mua có thể đã đọc bước này',
    todo: 'Bước đã công khai thì không xóa hay ẩn được nữa. Xin sửa cho đúng; trang tem sẽ ghi ngày đính chính.',
  },
  'scanned-since': { title: 'Đã có tem được quét', todo: 'Tem đã được quét thì không bỏ kích hoạt được nữa.' },
  'void-serials': { title: 'Trong dải có tem đã hủy', todo: 'Xin chọn dải không có tem đã hủy.' },
  'too-many-intervals': { title: 'Đợt tem này đã chia quá nhiều đoạn', todo: 'Xin dùng đợt tem khác.' },
  'plaque-has-no-lot': {
    title: 'Tem biển hiệu không gắn với lô',
    todo: 'Tem biển hiệu luôn có hiệu lực, không cần kích hoạt.',
  },
  'blank-has-no-lot': { title: 'Tem trắng chưa có lô', todo: 'Xin chọn lô khi kích hoạt.' },
  'no-lot': { title: 'Chưa chọn lô', todo: 'Xin chọn lô mà tem sẽ gắn vào.' },
  'gtin-not-authorised': {
    title: 'GTIN chưa có giấy ủy quyền',
    todo: 'Xin ghi giấy ủy quyền dùng GTIN ở trang sản phẩm trước.',
  },
  'reprint-reason-needed': { title: 'Các tem này đã in rồi', todo: 'Xin cho biết vì sao in lại.' },
  'certificate-lapsed': {
    title: 'Chứng nhận đã hết hiệu lực từ lần in trước',
    todo: 'Tem in lại sẽ không có hạng sao. Xin cho biết vì sao in lại.',
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
    todo: 'Tệp chỉ tải được khi mọi tem đã được quét kiểm. Xin chờ thêm.',
  },
  'print-job-ended': { title: 'Lệnh in đã kết thúc', todo: 'Không còn gì để dừng.' },
  'no-disk-space': {
    title: 'Máy chủ hết dung lượng cho tệp in',
    todo: 'Xin in ít tem hơn, hoặc nhờ người vận hành máy chủ dọn ổ đĩa.',
  },
  'already-decided': {
    title: 'Đề nghị này đã được trả lời',
    todo: 'Có thể một đồng nghiệp vừa làm. Xin mở lại danh sách.',
  },
  'already-withdrawn': { title: 'Lệnh thu hồi này đã được rút', todo: 'Không cần làm gì thêm.' },
  'pack-too-large': { title: 'Gói này lớn quá', todo: 'Xin chọn một xã, hoặc vài chủ thể.' },
  'round-ended': { title: 'Đợt kiểm tra đã kết thúc', todo: 'Xin mở đợt kiểm tra mới.' },
  'round-full': { title: 'Đợt kiểm tra đã đủ số lượng', todo: 'Xin kết thúc đợt này và mở đợt mới.' },
  'second-step': { title: 'Cần mã xác thực hai bước', todo: 'Xin nhập mã đang hiện trong ứng dụng xác thực.' },
  'device-proof': { title: 'Không xác nhận được điện thoại này', todo: 'Xin kiểm tra giờ của điện thoại rồi thử lại.' },
  'device-shut': {
    title: 'Văn phòng đã khóa thiết bị này',
    todo: 'Dữ liệu trên điện thoại sẽ được xóa. Xin liên hệ văn phòng.',
  },
  'too-many-requests': { title: 'Đã gửi quá nhiều lần', todo: 'Xin chờ ít phút rồi thử lại.' },
  'quota-reached': {
    title: 'Hôm nay đã đủ số lượng cho phép',
    todo: 'Xin tiếp tục vào ngày mai. Nếu công việc thật sự cần nhiều hơn, xin báo văn phòng.',
  },
  busy: { title: 'Máy chủ đang bận việc này', todo: 'Xin chờ vài giây rồi thử lại.' },
  'too-large': { title: 'Tệp hoặc biểu mẫu này quá lớn', todo: 'Xin gửi tệp nhỏ hơn.' },
  'unsupported-media': { title: 'Không đọc được dạng tệp này', todo: 'Xin gửi đúng dạng tệp ghi cạnh ô chọn tệp.' },
  'not-acceptable': { title: 'Không hỗ trợ định dạng này', todo: 'Xin mở lại bằng trình duyệt.' },
  'cannot-check-now': {
    title: 'Hệ thống đang bận',
    todo: 'Những gì chưa được xác nhận thì chưa thay đổi. Xin thử lại sau ít phút.',
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
  evaluations: 'Đánh giá, phân hạng',
  recalls: 'Thu hồi',
  complaints: 'Phản ánh',
  inspect: 'Kiểm tra',
  requests: 'Chờ duyệt',
  printers: 'Máy in',
  templates: 'Mẫu tem',
  profile: 'Hồ sơ chủ thể',
  offices: 'Văn phòng',
  users: 'Tài khoản',
  import: 'Nhập và xuất',
  audit: 'Nhật ký',
};

export const frame = {
  skip: 'Đến nội dung',
  contents: 'Danh mục',
  closeContents: 'Đóng danh mục',
  signOut: 'Đăng xuất',
  ownAccount: 'Tài khoản của bạn',
  roles: { producer: 'chủ thể', inspector: 'cán bộ kiểm tra', office: 'cán bộ văn phòng', admin: 'quản trị viên' },
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
  badAddress: { title: 'Địa chỉ trang này chưa đúng', todo: 'Xin mở lại trang từ danh mục.' },
  waiting: 'Đã gửi cho văn phòng duyệt. Thay đổi có hiệu lực khi được duyệt.',
  list: {
    filter: 'Lọc',
    clear: 'Xóa bộ lọc',
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
  anything: {
    label: 'Tìm mọi thứ',
    placeholder: 'Tên, số lô, số tem, số quyết định…',
    submit: 'Tìm',
    title: 'Tìm mọi thứ',
    typed: (text: string) => `Bạn tìm: ${text}`,
    kinds: {
      stamps: 'Tem',
      batches: 'Đợt tem',
      products: 'Sản phẩm',
      producers: 'Chủ thể',
      lots: 'Lô hàng',
      certificates: 'Chứng nhận',
      evaluations: 'Quyết định, phân hạng',
      complaints: 'Phản ánh',
      requests: 'Đề nghị',
      users: 'Người dùng',
      offices: 'Văn phòng',
    },
    stamp: (batchId: string, serial: string) => `Tem số ${serial} của đợt ${batchId}`,
    more: (shown: string) => `Đây là ${shown} mục gần nhất. Gõ thêm chữ để thấy ít hơn và đúng hơn.`,
    slipTitle: 'Không có mục nào khớp từng chữ',
    slipText: 'Các mục dưới đây khác một ký tự. Riêng mã tem thì không bao giờ được đoán.',
    noneTitle: 'Không tìm thấy mục nào',
    noneText:
      'Xin gõ ngắn hơn, hoặc gõ một phần tên hay số. Không cần dấu. Mã tem cần đủ 18 ký tự, ' +
      'hoặc gõ mã đợt tem và số của tem.',
    noneShort: 'Chưa thấy mục nào',
  },
  ways: {
    name: 'Xem tiếp',
    print: 'In tem',
    lots: 'Các lô',
    batches: 'Các đợt tem',
    scans: 'Lượt quét',
    certificates: 'Chứng nhận',
    requests: 'Đề nghị',
    recall: 'Thu hồi',
    journey: 'Hành trình',
    jobs: 'Các lần in',
    ledger: 'Sổ tem',
  },
  form: {
    draftText: 'Đã điền lại những gì bạn gõ dở trên máy này.',
    draftDrop: 'Bỏ, dùng bản đã lưu',
    heldTitle: 'Những gì bạn đã gõ vẫn còn',
    heldText: 'Phiên làm việc đã hết trước khi biểu mẫu được gửi. Xin xem lại rồi bấm nút lần nữa.',
    nowOnRecord: (value: string) => (value === '' ? 'Nay đang để trống.' : `Nay đang ghi: ${value}`),
    optional: '(nếu có)',
    none: 'Không có',
    choose: 'Xin chọn',
    save: 'Lưu',
    cancel: 'Không lưu',
    yes: 'Có',
    no: 'Không',
    faultsTitle: 'Xin xem lại',
    required: 'Xin điền mục này.',
    tooLong: 'Nội dung quá dài. Xin viết ngắn hơn.',
    wrong: 'Mục này chưa đúng dạng. Xin xem lại.',
    notANumber: 'Xin điền một số.',
    outOfRange: 'Số này nằm ngoài khoảng cho phép.',
    notADay: 'Xin nhập ngày hợp lệ, ví dụ 24/11/2026.',
    taken: 'Thông tin này trùng với mục khác.',
    takenAs: (named: string) => `Đã ghi với cách viết khác: ${named}.`,
    ambiguous: (named: string) => `Có thể là ${named}. Xin viết đúng như đã ghi.`,
    absent: 'Không tìm thấy mục này. Xin chọn lại.',
    easyPassword:
      'Mật khẩu này dễ đoán hoặc đã bị lộ ở nơi khác. Hãy chọn mật khẩu khác, chẳng hạn bốn từ không liên quan với nhau.',
    control: 'Có ký tự ẩn không dùng được. Xin gõ lại.',
  },
  job: {
    of: (done: string, total: string) => `${done} / ${total}`,
    away: 'Máy chủ chưa trả lời. Trang này tự hỏi lại; việc đang làm không mất.',
    mayClose: 'Bạn có thể đóng trang này. Hệ thống vẫn tiếp tục.',
  },
  chartTable: 'Xem bảng số liệu',
};

export type FrameWords = typeof frame;
