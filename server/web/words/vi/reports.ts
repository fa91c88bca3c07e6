// The words of reports of stamps that are not ours, of what keeps a public form from being taken, and of the page on which
// a sender reads what became of it.

import type { ComplaintState } from '../../../domain/market/complaint.ts';
import { html } from '../../html.ts';

export const reports = {
  notSent: 'Chưa gửi được',
  refused: {
    network: (minutes: string) =>
      `Từ mạng bạn đang dùng vừa có nhiều lần gửi, nên lần này chưa nhận được. Những gì bạn viết còn nguyên ở dưới: xin gửi lại sau ${minutes} phút, hoặc gọi điện.`,
    pins: (minutes: string) =>
      `Từ mạng bạn đang dùng vừa có nhiều lần nhập mã cào, nên mã này chưa được kiểm tra. Xin thử lại sau ${minutes} phút, hoặc gọi điện.`,
    source:
      'Hôm nay đã nhận đủ số phản ánh về mã hoặc địa chỉ này. Những gì bạn viết còn nguyên ở dưới: xin gửi lại ngày mai, hoặc gọi điện.',
    'too-large': 'Những gì gửi lên quá lớn. Xin quay lại, viết ngắn hơn hoặc bỏ bớt ảnh.',
    unreadable: 'Không đọc được biểu mẫu. Xin quay lại và gửi lại.',
    otherSite: 'Biểu mẫu phải được gửi từ trang của chúng tôi. Xin mở lại trang và gửi lại.',
    again: 'Mở lại biểu mẫu',
  },

  report: {
    title: 'Báo tem lạ',
    intro: 'Tem bạn thấy không phải do chúng tôi cấp? Xin cho văn phòng OCOP biết để họ xem xét. Không cần để lại tên.',
    readAs: 'Mã hoặc địa chỉ trên tem (không bắt buộc)',
    readAsHint: 'Mã in trên tem, hoặc địa chỉ trang web mà mã QR dẫn đến.',
    ours: (path: string) =>
      html`Mã này là của tem do chúng tôi cấp. Xin <a href="${path}">xem trang của tem</a> và gửi phản ánh ở đó.`,
    oursFault: 'Mã này là của tem do chúng tôi cấp.',
    says: 'Trên tem ghi gì? (không bắt buộc)',
    saysHint: 'Tên, số sao, số điện thoại, dòng chữ bạn đọc được.',
    goods: 'Tem dán trên hàng gì?',
    missingGoods: 'Xin cho biết tem dán trên hàng gì.',
    province: 'Thấy ở tỉnh, thành phố nào? (không bắt buộc)',
    provinceHint: 'Để phản ánh đến đúng văn phòng.',
    provinceBlank: 'Chưa chọn',
    wrongProvince: 'Xin chọn một tỉnh, thành phố trong danh sách.',
    place: 'Chợ, cửa hàng hay trang bán hàng nào? (không bắt buộc)',
    stampPhoto: 'Ảnh con tem (không bắt buộc)',
    packPhoto: 'Ảnh bao bì (không bắt buộc)',
    photoHint: 'Chụp mới hoặc chọn ảnh có sẵn, nhiều nhất 10 MB.',
    photoAgain: 'Xin chọn lại ảnh: trang không giữ được ảnh đã chọn.',
    message: 'Điều khác bạn muốn nói (không bắt buộc)',
    tooLong: (max: string) => `Xin viết ngắn hơn: nhiều nhất ${max} ký tự.`,
    unreadable: 'Có ký tự không đọc được. Xin xóa và gõ lại.',
    send: 'Gửi',
    askHeading: 'Muốn hỏi ngay',
    ask: 'Xin hỏi văn phòng OCOP nơi bạn mua, hoặc Ủy ban nhân dân xã, phường. Đừng chỉ hỏi người bán.',
    front: 'Về trang tra mã',
  },

  answer: {
    title: (number: string) => `Phản ánh ${number}`,
    received: 'Đã nhận, cảm ơn bạn',
    number: 'Mã phản ánh',
    keep: 'Xin lưu đường dẫn của trang này, đừng đưa cho người khác. Mở lại trang, bạn sẽ biết phản ánh được xem xét đến đâu.',
    keepGoods: 'Xin giữ lại món hàng, tem và hóa đơn, và nêu mã phản ánh khi liên hệ.',
    state: 'Trạng thái',
    states: {
      new: 'Đã nhận, chờ xem xét',
      looking: 'Đang xem xét',
      closed: 'Đã xem xét xong',
    } satisfies Record<ComplaintState, string>,
    sentAt: 'Gửi lúc',
    changedAt: 'Cập nhật lúc',
    about: 'Bạn đã viết',
    office: 'Nơi xem xét',
    programme: 'Cơ quan quản lý chương trình OCOP',
    phone: 'Điện thoại',
    reply: 'Trả lời',
    noReply: 'Chưa có trả lời.',
    photos: (count: string) => `Đã nhận ${count} ảnh.`,
    addPhotos: 'Gửi thêm ảnh',
    add: 'Gửi ảnh',
    photoProblems: {
      unread: 'Có ảnh chưa nhận được: tệp không phải ảnh JPEG, PNG hoặc WebP, hoặc bị lỗi. Xin chọn ảnh khác ở dưới.',
      later: 'Phản ánh đã nhận, nhưng ảnh chưa nhận được vì hệ thống đang bận. Xin gửi lại ảnh ở dưới sau ít phút.',
      full: 'Phản ánh đã nhận đủ số ảnh, hoặc hôm nay không nhận thêm ảnh được. Xin giữ ảnh và nêu mã phản ánh khi liên hệ.',
      none: 'Xin chọn ít nhất một ảnh.',
    },
    notFound: 'Không mở được phản ánh này',
    notFoundNote:
      'Đường dẫn thiếu hoặc sai một phần. Xin mở lại đường dẫn đã lưu, hoặc gọi văn phòng OCOP và nêu mã phản ánh.',
  },

  console: {
    title: 'Tem lạ',
    lead: 'Người mua báo tem không phải của chương trình: dán trên hàng gì, thấy ở đâu.',
    empty: 'Chưa có báo nào về tem lạ',
    emptyText: 'Người mua gửi từ trang báo rằng không tìm thấy tem.',
    number: 'Số',
    goods: 'Dán trên',
    readAs: 'Mã hoặc địa chỉ',
    source: 'Cùng nguồn',
    sourceFilter: (source: string) => `Chỉ tem cùng nguồn: ${source}`,
    says: 'Trên tem ghi',
    province: 'Tỉnh',
    place: 'Nơi thấy',
    message: 'Điều khác',
    contact: 'Liên hệ',
    at: 'Gửi lúc',
    state: 'Trạng thái',
    batch: 'Mã giống đợt tem của ta',
    stampPhotos: 'Ảnh tem',
    packPhotos: 'Ảnh bao bì',
    photo: (n: string) => `Ảnh ${n}`,
    note: 'Ghi chú xử lý',
    noteHint: 'Chỉ văn phòng và cán bộ kiểm tra thấy.',
    reply: 'Trả lời người gửi',
    replyHint: 'Người gửi đọc ở trang phản ánh của họ.',
    officeId: 'Giao cho văn phòng',
    states: { new: 'mới', looking: 'đang xem xét', closed: 'đã xong' } satisfies Record<ComplaintState, string>,
    one: (number: string) => `Tem lạ ${number}`,
    handle: 'Xử lý',
    save: 'Lưu',
    done: { saved: 'Đã lưu.' },
    beside: 'Báo khác về cùng nguồn',
    noBeside: 'Chưa có báo nào khác.',
    allBeside: 'Xem tất cả',
  },
};

export type ReportsWords = typeof reports;
