// The words of the home pages: what needs me today, by role.

const vi = {
  title: 'Hôm nay',
  weekdays: ['Chủ Nhật', 'Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy'] as readonly string[],
  count: (jobs: number): string => (jobs === 0 ? 'Hôm nay không có việc nào chờ bạn' : `${jobs} việc cần bạn hôm nay`),
  calm: 'Khi có tem cần xem, lô sắp hết hạn, chứng nhận sắp hết hiệu lực hay đề nghị chờ duyệt, việc ấy hiện ở đây.',
  more: (count: string): string => `và ${count} việc nữa cùng loại`,
  newBatch: 'In tem cho lô mới',
  producer: {
    caseTitle: (serial: string): string => `Tem số ${serial} có thể đã bị sao chép`, seeScans: 'Xem lượt quét',
    blankTitle: (count: string): string => `${count} tem trắng chưa kích hoạt`, blankText: (batch: string, day: string): string => `Cuộn ${batch}, văn phòng giao ngày ${day}.`, activate: 'Kích hoạt tem',
    sheetTitle: (count: string): string => `${count} tem đã sẵn sàng để in`, sheetText: (matched: string, checked: string): string => `Đã đọc lại ${matched} trong ${checked} tem, khớp cả.`, sheet: 'Tải tệp in',
    failedTitle: 'Một lệnh in chưa làm được', failedText: 'Chưa có tem nào được in. Xin xem lý do và thử lại.', seeJob: 'Xem lý do',
    lotTitle: (number: string, days: string): string => `Lô ${number} còn ${days} ngày là hết hạn dùng`, lotLast: (number: string): string => `Lô ${number} hết hạn dùng hôm nay`,
    lotText: (day: string): string => `Hạn ${day}. Sau ngày đó, trang quét sẽ báo quá hạn.`, seeLot: 'Xem lô',
    certificateTitle: (product: string, days: string): string => `Chứng nhận ${product} còn ${days} ngày`, certificateText: (number: string, day: string): string => `${number}, hiệu lực đến ${day}. Sau đó tem in ra không có sao.`,
    overTitle: (product: string): string => `Chứng nhận ${product} đã hết hiệu lực`, overText: (number: string, day: string): string => `${number}, hết từ ${day}. Tem đang in không có sao.`,
    fileTitle: (product: string): string => `Đến hạn nộp hồ sơ đánh giá lại ${product}`, fileText: (day: string): string => `Gửi văn phòng đến ngày ${day}.`, fileLate: (day: string): string => `Đã quá ngày ${day}. Xin gửi sớm để không bị ngắt quãng.`,
    reminded: (day: string): string => `Văn phòng đã nhắc ngày ${day}.`, seeCertificate: 'Xem chứng nhận',
    declinedTitle: 'Văn phòng chưa đồng ý một đề nghị của bạn', declinedText: 'Xin xem ghi chú và sửa lại nếu cần.', seeRequest: 'Xem đề nghị',
    complaintTitle: (count: string): string => `${count} phản ánh mới của người mua`, complaintText: 'Văn phòng đang xử lý. Xin xem để biết chuyện.', seeComplaints: 'Xem phản ánh',
    recallTitle: (what: string): string => `${what} đang thu hồi`, recallText: 'Trang quét đang báo người mua.', seeRecall: 'Xem lệnh',
    selling: 'Tem của lô đang bán', lot: (number: string): string => `Lô ${number}`, declared: (count: string, unit: string | null): string => ` · ${count} ${unit ?? 'đơn vị'} khai báo`,
    printed: 'Đã in', active: 'Đã kích hoạt', voided: 'Hủy vì hỏng', scanned: 'Đã có người quét',
    certificates: 'Chứng nhận', certificate: (number: string, day: string): string => `${number}, đến ${day}`, noCertificate: 'Chưa có chứng nhận OCOP còn hiệu lực.',
    scans: (days: number): string => `Lượt quét ${days} ngày qua`,
    firstTitle: 'Chưa in tem nào', firstText: 'In tem đầu tiên mất khoảng hai phút: chọn sản phẩm, số lô, số tem.', noProducts: 'Chưa có sản phẩm nào. Xin đề nghị văn phòng thêm sản phẩm của bạn.', addProduct: 'Thêm sản phẩm',
  },
  office: {
    requestsTitle: (count: string): string => `${count} đề nghị chờ duyệt`, requestsText: 'Chủ thể đang chờ trả lời.', seeRequests: 'Xem đề nghị',
    casesTitle: (count: string): string => `${count} tem có thể bị sao chép`, casesText: (first: string): string => `Nghi nhất: ${first}.`, seeCases: 'Xem các tem',
    complaintsTitle: (count: string): string => `${count} phản ánh mới`, complaintsText: 'Người mua gửi từ trang quét.', seeComplaints: 'Xem phản ánh',
    lapseTitle: (count: string): string => `${count} chứng nhận hết hiệu lực trong 90 ngày`, lapseText: (within30: string, reminded: string): string => `${within30} trong 30 ngày tới; đã nhắc ${reminded} chủ thể.`, seeLapsing: 'Xem danh sách',
    filesTitle: (count: string): string => `${count} hồ sơ đánh giá lại đến hạn`, filesText: (late: string): string => `${late} đã quá hạn nộp.`,
    recallTitle: (count: string): string => `${count} lệnh thu hồi đang đứng`, recallText: 'Rút lệnh khi hàng đã được xử lý.', seeRecalls: 'Xem lệnh',
    seasonTitle: (count: string): string => `${count} sản phẩm đang có mẫu để chấm`, seasonText: (names: string): string => `${names}.`, seeCandidates: 'Xem sản phẩm',
    programme: (year: number): string => `Chương trình năm ${year}`, seeProgramme: 'Xem báo cáo', firstPlan: 'Ghi kế hoạch năm nay để báo cáo tự so sánh.', setPlan: 'Ghi kế hoạch',
    kept: 'Đang giữ', products: 'Sản phẩm', producers: 'Chủ thể', certificates: 'Chứng nhận OCOP còn hiệu lực', batches: 'Đợt tem', stamps: 'Tem đã phát hành',
    emptyTitle: 'Bắt đầu từ đâu', emptyText: 'Nhập chủ thể, sản phẩm, đánh giá và chứng nhận từ bảng tính sẵn có, hoặc thêm chủ thể đầu tiên.', import: 'Nhập từ bảng tính', addProducer: 'Thêm chủ thể',
  },
  inspector: {
    start: 'Quét tem ở chợ', startText: 'Mở máy ảnh, quét liên tục, ghi phát hiện; mất mạng vẫn ghi được.', go: 'Bắt đầu kiểm tra',
    latest: 'Phát hiện gần đây', none: 'Chưa ghi phát hiện nào.', all: 'Xem tất cả', recalls: 'Đang thu hồi',
  },
  admin: {
    offices: 'Văn phòng', seeOffices: 'Xem văn phòng', accounts: 'Tài khoản', seeAccounts: 'Xem tài khoản', store: 'Kho dữ liệu', engine: 'Loại kho', answered: 'Lượt quét đã trả lời', schema: 'Phiên bản dữ liệu',
    seeAudit: 'Xem nhật ký', refusedTitle: (count: string): string => `${count} lượt tra bị từ chối hôm nay`, refusedText: 'Mã sai hoặc không phải của ta. Nhiều bất thường có thể là ai đó đang dò mã.', refused: 'Lượt tra bị từ chối, 7 ngày',
  },
};

export type HomeWords = typeof vi;

const en: HomeWords = {
  title: 'Today',
  weekdays: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  count: (jobs) => (jobs === 0 ? 'Nothing needs you today' : jobs === 1 ? '1 thing needs you today' : `${jobs} things need you today`),
  calm: 'Stamps to look at, lots near their date, certificates near their end and requests that wait stand here when there are any.',
  more: (count) => `and ${count} more of this kind`,
  newBatch: 'Print stamps for a new lot',
  producer: {
    caseTitle: (serial) => `Stamp ${serial} may have been copied`, seeScans: 'See its scans',
    blankTitle: (count) => `${count} blank stamps are not active`, blankText: (batch, day) => `Roll ${batch}, given by the office on ${day}.`, activate: 'Activate stamps',
    sheetTitle: (count) => `${count} stamps are ready to print`, sheetText: (matched, checked) => `Read back ${matched} of ${checked}, all as they must be.`, sheet: 'Get the print file',
    failedTitle: 'A print job could not be done', failedText: 'No stamp was printed. Please see why and try again.', seeJob: 'See why',
    lotTitle: (number, days) => `Lot ${number} has ${days} days to its best-before date`, lotLast: (number) => `Lot ${number} reaches its best-before date today`,
    lotText: (day) => `Best before ${day}. After that scan pages say that it is past.`, seeLot: 'See the lot',
    certificateTitle: (product, days) => `The certificate of ${product} has ${days} days left`, certificateText: (number, day) => `${number}, in force until ${day}. After that stamps print without stars.`,
    overTitle: (product) => `The certificate of ${product} has lapsed`, overText: (number, day) => `${number}, since ${day}. Stamps print without stars now.`,
    fileTitle: (product) => `The re-evaluation file of ${product} is due`, fileText: (day) => `Send it to the office by ${day}.`, fileLate: (day) => `It was due by ${day}. Please send it soon, so that there is no gap.`,
    reminded: (day) => `The office reminded you on ${day}.`, seeCertificate: 'See the certificate',
    declinedTitle: 'The office declined one of your requests', declinedText: 'Please see its note and change it where needed.', seeRequest: 'See the request',
    complaintTitle: (count) => `${count} new complaints of buyers`, complaintText: 'The office is handling them. Please have a look.', seeComplaints: 'See complaints',
    recallTitle: (what) => `${what} is being recalled`, recallText: 'Scan pages tell buyers.', seeRecall: 'See the recall',
    selling: 'Stamps of the lot on sale', lot: (number) => `Lot ${number}`, declared: (count, unit) => ` · ${count} ${unit ?? 'units'} declared`,
    printed: 'Printed', active: 'Active', voided: 'Void', scanned: 'Scanned',
    certificates: 'Certificates', certificate: (number, day) => `${number}, until ${day}`, noCertificate: 'No OCOP certificate is in force.',
    scans: (days) => `Scans of the last ${days} days`,
    firstTitle: 'No stamp was printed yet', firstText: 'The first ones take two minutes: product, lot number, how many.', noProducts: 'There is no product yet. Please ask the office to add yours.', addProduct: 'Add a product',
  },
  office: {
    requestsTitle: (count) => `${count} requests wait`, requestsText: 'Producers wait for an answer.', seeRequests: 'See requests',
    casesTitle: (count) => `${count} stamps look copied`, casesText: (first) => `Most suspect: ${first}.`, seeCases: 'See the stamps',
    complaintsTitle: (count) => `${count} new complaints`, complaintsText: 'Sent by buyers from the scan page.', seeComplaints: 'See complaints',
    lapseTitle: (count) => `${count} certificates lapse within 90 days`, lapseText: (within30, reminded) => `${within30} within 30 days; ${reminded} producers were reminded.`, seeLapsing: 'See the list',
    filesTitle: (count) => `${count} re-evaluation files are due`, filesText: (late) => `${late} are overdue.`,
    recallTitle: (count) => `${count} recalls stand`, recallText: 'Withdraw one once its goods are dealt with.', seeRecalls: 'See recalls',
    seasonTitle: (count) => `${count} products have samples to judge now`, seasonText: (names) => `${names}.`, seeCandidates: 'See products',
    programme: (year) => `Programme of ${year}`, seeProgramme: 'See the report', firstPlan: 'Record this year’s plan, and reports compare by themselves.', setPlan: 'Record the plan',
    kept: 'Kept here', products: 'Products', producers: 'Producers', certificates: 'OCOP certificates in force', batches: 'Batches', stamps: 'Stamps issued',
    emptyTitle: 'Where to begin', emptyText: 'Import producers, products, evaluations and certificates from the spreadsheets you have, or add the first producer.', import: 'Import spreadsheets', addProducer: 'Add a producer',
  },
  inspector: {
    start: 'Scan stamps at a market', startText: 'Open the camera, scan one after the other, record findings; also without a network.', go: 'Begin',
    latest: 'Latest findings', none: 'No finding was recorded yet.', all: 'See all', recalls: 'Being recalled',
  },
  admin: {
    offices: 'Offices', seeOffices: 'See offices', accounts: 'Accounts', seeAccounts: 'See accounts', store: 'Store', engine: 'Engine', answered: 'Scans answered', schema: 'Version of the data',
    seeAudit: 'See the audit log', refusedTitle: (count) => `${count} look-ups were refused today`, refusedText: 'Codes mistyped or not ours. An unusual number may be somebody guessing codes.', refused: 'Look-ups refused, 7 days',
  },
};

export function homeWordsOf(language: 'vi' | 'en'): HomeWords {
  return language === 'en' ? en : vi;
}
