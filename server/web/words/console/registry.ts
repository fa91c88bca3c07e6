// The words of the registry: producers, products, evaluations, certificates, what waits for the office, offices, and the audit log.

import type { CompletenessKey } from '../../../domain/completeness.ts';
import type { RequestedAction } from '../../../domain/change-request.ts';
import type { CertificateScheme } from '../../../domain/certificate.ts';
import type { PaperKind } from '../../../domain/paper.ts';
import type { ProducerKind } from '../../../domain/producer.ts';
import type { ProductGroup } from '../../../domain/product.ts';

const viSets: readonly string[] = [
  'Rau, củ, quả, hạt tươi', 'Thịt, thủy sản, trứng, sữa tươi', 'Gạo, ngũ cốc', 'Mật ong, sản phẩm thô, sơ chế khác', 'Đồ ăn nhanh', 'Chế biến từ gạo, ngũ cốc', 'Chế biến từ rau, củ, quả, hạt',
  'Chế biến từ thịt, thủy sản, trứng, sữa, mật ong', 'Tương, nước mắm, gia vị dạng lỏng khác', 'Gia vị khác', 'Chè', 'Chè từ thực vật khác', 'Cà phê, ca cao', 'Rượu trắng', 'Đồ uống có cồn khác', 'Nước khoáng, nước uống tinh khiết', 'Đồ uống không cồn khác',
  'Thực phẩm chức năng, dược liệu, thuốc cổ truyền', 'Mỹ phẩm từ thảo dược', 'Tinh dầu, sản phẩm thảo dược khác', 'Thủ công mỹ nghệ', 'Vải, may mặc', 'Hoa', 'Cây cảnh', 'Động vật cảnh', 'Dịch vụ du lịch cộng đồng, sinh thái, điểm du lịch',
];
const enSets: readonly string[] = [
  'Fresh vegetables, fruit, nuts', 'Fresh meat, fish, eggs, milk', 'Rice and cereals', 'Honey and other raw goods', 'Fast food', 'Made from rice, cereals', 'Made from vegetables, fruit, nuts',
  'Made from meat, fish, eggs, milk, honey', 'Sauces, fish sauce, other liquid spices', 'Other spices', 'Tea', 'Teas of other plants', 'Coffee, cocoa', 'Spirits', 'Other alcoholic drinks', 'Mineral and bottled water', 'Other soft drinks',
  'Functional food, herbs, traditional medicine', 'Herbal cosmetics', 'Essential oils, other herbal goods', 'Handicraft', 'Textiles, garments', 'Flowers', 'Ornamental plants', 'Ornamental animals', 'Community, eco and sightseeing services',
];

const viGroups: Readonly<Record<ProductGroup, string>> = { food: 'Thực phẩm', drink: 'Đồ uống', herbal: 'Dược liệu', craft: 'Thủ công mỹ nghệ', ornamental: 'Sinh vật cảnh', tourism: 'Du lịch' };
const enGroups: Readonly<Record<ProductGroup, string>> = { food: 'Food', drink: 'Drinks', herbal: 'Herbal', craft: 'Craft', ornamental: 'Ornamental', tourism: 'Tourism' };
const viKinds: Readonly<Record<ProducerKind, string>> = { cooperative: 'Hợp tác xã', household: 'Hộ sản xuất', company: 'Công ty', group: 'Tổ hợp tác' };
const enKinds: Readonly<Record<ProducerKind, string>> = { cooperative: 'Cooperative', household: 'Household', company: 'Company', group: 'Group' };
const viSchemes: Readonly<Record<CertificateScheme, string>> = {
  ocop: 'OCOP', vietgap: 'VietGAP', globalgap: 'GLOBALG.A.P.', organic: 'Hữu cơ', haccp: 'HACCP', iso22000: 'ISO 22000', 'food-safety': 'An toàn thực phẩm', trademark: 'Nhãn hiệu', 'geographical-indication': 'Chỉ dẫn địa lý', other: 'Khác',
};
const enSchemes: Readonly<Record<CertificateScheme, string>> = { ...viSchemes, organic: 'Organic', 'food-safety': 'Food safety', trademark: 'Trademark', 'geographical-indication': 'Geographical indication', other: 'Other' };
const viPapers: Readonly<Record<PaperKind, string>> = { certificate: 'giấy chứng nhận', extension: 'căn cứ gia hạn', revocation: 'quyết định thu hồi', gtin: 'ủy quyền dùng GTIN', other: 'giấy tờ khác' };
const enPapers: Readonly<Record<PaperKind, string>> = { certificate: 'certificate', extension: 'evidence of extension', revocation: 'revocation', gtin: 'leave to use the GTIN', other: 'other paper' };
const viComplete: Readonly<Record<CompletenessKey, string>> = {
  name: 'Tên sản phẩm', photo: 'Ảnh', producer: 'Tên nơi làm ra', address: 'Địa chỉ chi tiết', origin: 'Xuất xứ', brand: 'Nhãn hiệu (nếu có)', unit: 'Đơn vị, khối lượng', ingredients: 'Thành phần', storage: 'Bảo quản, sử dụng', warnings: 'Cảnh báo',
  standards: 'Tiêu chuẩn áp dụng', shelfLife: 'Số ngày dùng được', gtinAuthorisation: 'Giấy ủy quyền dùng GTIN', lot: 'Lô hàng', madeOn: 'Ngày sản xuất của lô', expiresOn: 'Hạn dùng của lô', stages: 'Hành trình của lô', placeCode: 'Mã địa điểm (GLN)',
};
const enComplete: Readonly<Record<CompletenessKey, string>> = {
  name: 'Product name', photo: 'Picture', producer: 'Producer’s name', address: 'Full address', origin: 'Origin', brand: 'Brand (if any)', unit: 'Unit, net quantity', ingredients: 'Ingredients', storage: 'Storage and use', warnings: 'Warnings',
  standards: 'Standards applied', shelfLife: 'Shelf life in days', gtinAuthorisation: 'Leave to use the GTIN', lot: 'A lot', madeOn: 'The lot’s production date', expiresOn: 'The lot’s best-before date', stages: 'The lot’s journey', placeCode: 'Code of the place (GLN)',
};
const viActions: Readonly<Record<RequestedAction, string>> = {
  'change-producer': 'Sửa hồ sơ chủ thể', 'make-product': 'Thêm sản phẩm', 'change-product': 'Sửa sản phẩm', 'change-lot': 'Sửa lô hàng', 'issue-batch': 'Xin thêm tem', 'make-evaluation': 'Ghi đánh giá', 'change-evaluation': 'Sửa đánh giá', 'make-certificate': 'Thêm chứng nhận', 'change-certificate': 'Sửa chứng nhận',
};
const enActions: Readonly<Record<RequestedAction, string>> = {
  'change-producer': 'Change the producer’s record', 'make-product': 'Add a product', 'change-product': 'Change a product', 'change-lot': 'Change a lot', 'issue-batch': 'More stamps', 'make-evaluation': 'Record an evaluation', 'change-evaluation': 'Change an evaluation', 'make-certificate': 'Add a certificate', 'change-certificate': 'Change a certificate',
};

const vi = {
  groups: viGroups, sets: viSets, kinds: viKinds, schemes: viSchemes, paperKinds: viPapers, complete: viComplete, requestActions: viActions,
  starsText: (stars: number): string => `${stars} sao`,
  until: (day: string): string => `đến ${day}`, endedOn: (day: string): string => `sau ${day}`, revokedFrom: (day: string): string => `từ ${day}`,
  heads: { scheme: 'Loại', score: 'Điểm', minimum: 'Tối thiểu', stars: 'Sao', decision: 'Quyết định', round: 'Đợt' },
  states: { valid: 'Còn hiệu lực', extended: 'Được gia hạn', expired: 'Đã hết', revoked: 'Đã thu hồi', none: 'Chưa có' },
  place: { commune: 'Xã, phường', province: 'Tỉnh, thành phố', detail: 'Số nhà, thôn, xóm' },
  askHint: 'Thay đổi này sẽ gửi cho văn phòng duyệt rồi mới có hiệu lực.',
  ownHint: 'Mục này bạn tự sửa, có hiệu lực ngay.',
  edit: 'Sửa',
  fields: {
    name: 'Tên', kind: 'Loại', taxCode: 'Mã số thuế', address: 'Địa chỉ khi chứng nhận', addressToday: 'Địa chỉ hiện nay', phone: 'Điện thoại', phonePublic: 'Cho người mua xem điện thoại', email: 'Thư điện tử', website: 'Trang web', gln: 'Mã địa điểm (GLN)',
    representative: 'Người đại diện', story: 'Câu chuyện', producerId: 'Chủ thể', group: 'Nhóm', productSet: 'Bộ sản phẩm', brand: 'Nhãn hiệu', description: 'Mô tả', origin: 'Xuất xứ', gtin: 'GTIN', gtinAuthorisation: 'Ủy quyền dùng GTIN', unit: 'Đơn vị dán tem', ingredients: 'Thành phần', storage: 'Bảo quản',
    standards: 'Tiêu chuẩn', warnings: 'Cảnh báo', shelfLifeDays: 'Số ngày dùng được', productId: 'Sản phẩm', round: 'Đợt hội đồng', heldOn: 'Ngày họp', score: 'Điểm trung bình', scoreHundredths: 'Điểm trung bình (phần trăm điểm)', minimumStars: 'Sao cao nhất đủ tiêu chí tối thiểu', decision: 'Số quyết định', stars: 'Số sao',
    scheme: 'Loại chứng nhận', number: 'Số', issuer: 'Nơi cấp', issuedOn: 'Ngày cấp', expiresOn: 'Hiệu lực đến', extendedTo: 'Gia hạn đến', evidence: 'Căn cứ gia hạn', revokedOn: 'Thu hồi từ ngày', reason: 'Lý do thu hồi', evaluationId: 'Theo đánh giá', extension: 'Gia hạn', revocation: 'Thu hồi',
    lotId: 'Lô', lot: 'Số lô', producedOn: 'Ngày sản xuất', declaredQuantity: 'Số lượng khai báo', note: 'Ghi chú', quantity: 'Số tem', carrier: 'Dạng mã QR', pin: 'Mã cào', active: 'Kích hoạt ngay', plaque: 'Biển',
  },
  producers: {
    title: 'Chủ thể', search: 'Tìm theo tên, xã, mã số thuế', example: 'ví dụ: mường thàng', anyKind: 'Mọi loại', add: 'Thêm chủ thể', addTitle: 'Thêm chủ thể', editTitle: 'Sửa hồ sơ chủ thể', caption: 'Danh sách chủ thể',
    empty: 'Chưa có chủ thể nào', emptyText: 'Thêm từng chủ thể, hoặc nhập cả danh sách từ Excel.', importLink: 'Nhập từ Excel',
    placeColumn: 'Nơi', contact: 'Liên hệ', products: 'Sản phẩm', certificates: 'Chứng nhận của chủ thể', accounts: 'Mời người của chủ thể', addProduct: 'Thêm sản phẩm', addCertificate: 'Thêm chứng nhận', noProducts: 'Chưa có sản phẩm nào.', noCertificates: 'Chưa có chứng nhận nào của riêng chủ thể.',
    office: 'Văn phòng', official: 'Thông tin đăng ký', own: 'Lời của chủ thể và liên hệ', placeNow: 'Nơi này nay mang tên khác', placeNowHint: 'Từ 01/07/2025 nhiều nơi đổi tên. Ghi tên hiện nay nếu khác; trang tem hiện cả hai.', placeSame: 'Như khi chứng nhận',
    phonePublicHint: 'Chủ thể đã đồng ý cho hiện số này trên trang tem.', storyHint: 'Vài câu người mua sẽ đọc: làm từ đâu, ai làm, có gì riêng.', taxHint: '10 số, thêm gạch và 3 số cho chi nhánh; hộ kinh doanh 12 số.',
    done: { made: 'Đã thêm chủ thể.', saved: 'Đã lưu hồ sơ.', asked: 'Đã gửi cho văn phòng duyệt.' },
    faults: { taxCode: 'Mã số thuế có 10 số, hoặc 10 số - 3 số, hoặc 12 số.', phone: 'Số điện thoại chưa đúng.', email: 'Địa chỉ thư chưa đúng.', website: 'Địa chỉ trang web bắt đầu bằng https://', gln: 'GLN có 13 số, số cuối là số kiểm tra. Xin so lại.', kind: 'Xin chọn loại.', officeId: 'Xin chọn văn phòng.' },
  },
  products: {
    title: 'Sản phẩm', count: (products: string, producers: string): string => `${products} sản phẩm của ${producers} chủ thể`, search: 'Tìm theo tên, số chứng nhận, GTIN', example: 'ví dụ: cam, OCOP-2025', add: 'Thêm sản phẩm', addTitle: 'Thêm sản phẩm', editTitle: 'Sửa sản phẩm', caption: 'Danh sách sản phẩm',
    both: 'Sản phẩm, chủ thể', stars: 'Sao', certificate: 'Số chứng nhận', validity: 'Hiệu lực', rating: 'Chứng nhận', ratings: { 'in-force': 'Còn hiệu lực', lapsed: 'Đã hết', none: 'Chưa có' },
    empty: 'Chưa có sản phẩm nào', emptyText: 'Thêm sản phẩm đầu tiên, hoặc nhập cả danh sách từ Excel.', further: 'Chưa thấy trong phần đã tìm. Xin tìm tiếp.',
    photo: 'Ảnh sản phẩm', photoHint: 'JPEG, PNG hoặc WebP, đến 10 MB. Ảnh được thu nhỏ và bỏ thông tin nơi chụp.', photoSend: 'Gửi ảnh', photoOf: (name: string): string => `Ảnh: ${name}`, noPhoto: 'Chưa có ảnh',
    meter: 'Đủ theo luật', meterText: (there: string, asked: string): string => `Đã có ${there} trong ${asked} mục mà luật yêu cầu hiện khi quét tem.`, meterFull: 'Đủ mọi mục mà luật yêu cầu.', lacking: 'Còn thiếu', fillIn: { product: 'điền ở sản phẩm', producer: 'điền ở hồ sơ chủ thể', lot: 'điền ở lô hàng' },
    about: 'Thông tin', evaluations: 'Đánh giá của hội đồng', noEvaluations: 'Chưa có đánh giá nào.', addEvaluation: 'Ghi đánh giá', certificates: 'Chứng nhận', noCertificates: 'Chưa có chứng nhận nào.', addCertificate: 'Thêm chứng nhận', papers: 'Giấy tờ', lots: 'Xem lô hàng',
    official: 'Phần văn phòng duyệt', own: 'Lời của nơi làm ra', setHint: 'Bộ sản phẩm theo Quyết định 26/2026/QĐ-TTg; nhóm theo bộ.', gtinHint: '14 số, số cuối là số kiểm tra.', authTitle: 'Ủy quyền dùng GTIN', authHint: 'Giấy cho phép dùng mã của đơn vị khác, hoặc xác nhận mã là của mình (Nghị định 37/2026 điều 28).', holder: 'Người giữ mã', document: 'Số giấy', documentDate: 'Ngày',
    unitHint: 'Một tem dán lên gì: thùng 5 kg, hũ 500 ml.', originHint: 'Để trống thì lấy địa chỉ của chủ thể.', originTitle: 'Xuất xứ, nếu khác địa chỉ chủ thể',
    done: { made: 'Đã thêm sản phẩm.', saved: 'Đã lưu.', asked: 'Đã gửi cho văn phòng duyệt.', photo: 'Đã nhận ảnh.', paper: 'Đã nhận giấy tờ.' },
    faults: { productSet: 'Xin chọn bộ sản phẩm.', 'productSet:other-group': 'Bộ này thuộc nhóm khác.', gtin: 'GTIN có 14 số, số cuối là số kiểm tra. Xin so lại.', 'gtinAuthorisation:without-gtin': 'Xin ghi GTIN mà giấy này cho dùng.', shelfLifeDays: 'Số ngày từ 1 đến 36.500.', photo: 'Tệp này không phải ảnh JPEG, PNG, WebP, hoặc bị hỏng.', producerId: 'Xin chọn chủ thể.', paper: 'Tệp này không phải PDF, JPEG, PNG, WebP, hoặc bị hỏng, hoặc lớn quá 8 MB.' },
  },
  papers: { add: 'Thêm giấy tờ', kind: 'Loại giấy', file: 'Tệp', fileHint: 'PDF, JPEG hoặc PNG, đến 8 MB.', send: 'Gửi tệp', none: 'Chưa có giấy tờ nào.', size: (kilobytes: string): string => `${kilobytes} KB` },
  evaluations: {
    title: 'Đánh giá', lead: 'Điểm trung bình của hội đồng và tiêu chí tối thiểu. Số sao được tính, không gõ.', add: 'Ghi đánh giá', addTitle: 'Ghi đánh giá của hội đồng', editTitle: 'Sửa đánh giá', caption: 'Đánh giá theo đợt hội đồng', anyRound: 'Mọi đợt', roundHint: 'Năm và đợt: 2026-1', scoreHint: 'Từ 0 đến 100, nhiều nhất hai số lẻ: 76,80. Không làm tròn lên.', minimumHint: 'Sao cao nhất mà mọi tiêu chí tối thiểu đều đạt.', decisionHint: 'Số quyết định công nhận, nếu đã có.',
    empty: 'Chưa có đánh giá nào', emptyText: 'Ghi kết quả của đợt hội đồng đầu tiên, hoặc nhập từ Excel.', computed: 'Sao tính được', rule: '90 đến 100 điểm là 5 sao, từ 70 là 4 sao, từ 50 là 3 sao, từ 30 là 2 sao; không quá sao mà tiêu chí tối thiểu cho phép.',
    low: (stars: number): string => `${stars} sao: không cấp chứng nhận, không hiện cho người mua.`, toCertificate: 'Cấp chứng nhận theo đánh giá này',
    done: { made: 'Đã ghi đánh giá.', saved: 'Đã lưu đánh giá.', asked: 'Đã gửi cho văn phòng duyệt.' },
    faults: { score: 'Điểm từ 0 đến 100, nhiều nhất hai số lẻ.', 'score:certificate-rests-on-it': 'Đã có chứng nhận cấp theo số sao này. Xin sửa chứng nhận trước.', minimumStars: 'Xin chọn.', productId: 'Xin chọn sản phẩm.', 'round:taken': 'Sản phẩm này đã có đánh giá của đợt ấy.' },
  },
  certificates: {
    title: 'Chứng nhận', lead: 'Mọi loại chứng nhận, kèm giấy tờ.', add: 'Thêm chứng nhận', addTitle: 'Thêm chứng nhận', editTitle: 'Sửa chứng nhận', caption: 'Danh sách chứng nhận', anyScheme: 'Mọi loại', anyState: 'Mọi trạng thái', search: 'Tìm theo số', forWhom: 'Của', ofProducer: 'của chủ thể, cho mọi sản phẩm', ofProduct: 'Của sản phẩm nào', ofProducerField: 'hoặc của chủ thể nào', imported: 'chứng nhận cũ, không kèm đánh giá',
    empty: 'Chưa có chứng nhận nào', emptyText: 'Ghi đánh giá của hội đồng rồi cấp chứng nhận, hoặc nhập từ Excel.',
    evaluationHint: 'Sao của chứng nhận OCOP theo đánh giá này.', noEvaluation: 'Chứng nhận cũ, không có đánh giá', starsHint: 'Chỉ cho chứng nhận cũ không có đánh giá.', expiresHint: 'Để trống: OCOP là 36 tháng, loại khác không có hạn.',
    extendTitle: 'Gia hạn', extendText: 'Nhiều nhất 180 ngày sau ngày hết hạn, khi hồ sơ đánh giá lại đang được xét.', extend: 'Gia hạn', unextend: 'Bỏ gia hạn',
    revokeTitle: 'Thu hồi chứng nhận', revokeText: 'Từ ngày này chứng nhận không còn hiệu lực; sao không in lên tem mới.', revoke: 'Thu hồi', unrevoke: 'Bỏ thu hồi', extendedTo: (day: string): string => `Gia hạn đến ${day}`, revokedOn: (day: string): string => `Thu hồi từ ${day}`,
    done: { made: 'Đã thêm chứng nhận.', saved: 'Đã lưu chứng nhận.', asked: 'Đã gửi cho văn phòng duyệt.', extended: 'Đã gia hạn.', revoked: 'Đã thu hồi chứng nhận.', restored: 'Đã bỏ.', paper: 'Đã nhận giấy tờ.' },
    faults: {
      productId: 'Xin chọn sản phẩm hoặc chủ thể.', producerId: 'Xin chọn sản phẩm hoặc chủ thể.', 'producerId:one-of': 'Chỉ chọn một: sản phẩm hoặc chủ thể.', 'productId:required': 'Chứng nhận OCOP là của một sản phẩm.', 'stars:required': 'Xin chọn số sao, hoặc đánh giá mà nó theo.', 'stars:not-for-scheme': 'Chỉ OCOP có sao.', 'evaluationId:not-for-scheme': 'Chỉ OCOP có đánh giá.', 'evaluationId:too-few-stars': 'Đánh giá này dưới 3 sao: không cấp chứng nhận.', 'evaluationId:other-product': 'Đánh giá này của sản phẩm khác.', 'stars:not-as-evaluated': 'Số sao khác với đánh giá. Xin để trống.', 'expiresOn:before-issue': 'Ngày hết hạn trước ngày cấp.', 'expiresOn:required': 'OCOP cần ngày hết hạn.', 'extendedTo:not-after-end': 'Phải sau ngày hết hạn.', 'extendedTo:extension-too-long': 'Nhiều nhất 180 ngày sau ngày hết hạn.', 'extendedTo:no-end-to-extend': 'Chứng nhận này không có hạn.', 'revokedOn:before-issue': 'Trước ngày cấp.', 'number:taken': 'Đã có chứng nhận cùng loại mang số này.', evidence: 'Xin ghi căn cứ gia hạn.', reason: 'Xin ghi lý do.', scheme: 'Xin chọn loại.',
    },
  },
  requests: {
    title: 'Chờ duyệt', lead: 'Những gì chủ thể xin sửa. Chưa duyệt thì chưa thay đổi gì.', ownLead: 'Những gì bạn đã gửi cho văn phòng.', caption: 'Yêu cầu', states: { waiting: 'đang chờ', approved: 'đã duyệt', declined: 'đã từ chối' }, anyState: 'Mọi trạng thái', state: 'Trạng thái', what: 'Việc', forWhom: 'Chủ thể', asked: 'Gửi lúc', by: 'Người gửi',
    empty: 'Không có gì chờ duyệt', emptyText: 'Khi một chủ thể xin sửa hồ sơ, sản phẩm hay xin thêm tem, yêu cầu hiện ở đây.', ownEmptyText: 'Khi bạn sửa mục cần văn phòng duyệt, yêu cầu hiện ở đây.', field: 'Mục', before: 'Đang ghi', after: 'Xin đổi thành', fresh: 'Sẽ ghi', approve: 'Duyệt', decline: 'Từ chối', note: 'Lời nhắn', noteHint: 'Chủ thể đọc được lời này.', decided: (state: string, when: string, by: string): string => `${state} lúc ${when}, ${by}`, see: 'Xem kết quả', subject: 'Của',
    done: { approved: 'Đã duyệt, thay đổi có hiệu lực ngay.', declined: 'Đã từ chối, không có gì thay đổi.' }, moved: 'Mục này đã được sửa từ khi chủ thể gửi yêu cầu. Xin từ chối kèm lời nhắn để họ gửi lại.',
  },
  offices: {
    title: 'Văn phòng', lead: 'Mỗi văn phòng có chủ thể, người dùng và kế hoạch của mình.', add: 'Thêm văn phòng', addTitle: 'Thêm văn phòng', editTitle: 'Sửa văn phòng', caption: 'Danh sách văn phòng', name: 'Tên', province: 'Tỉnh, thành phố', phone: 'Điện thoại', mark: 'Dấu OCOP đã duyệt', markHint: 'Hình văn phòng được phép dùng trên tem: PNG nền trong hoặc trắng. Chúng tôi không tự vẽ dấu này.', markSend: 'Gửi hình', hasMark: 'đã có', noMark: 'chưa có',
    empty: 'Chưa có văn phòng nào', emptyText: 'Lập văn phòng đầu tiên để ghi chủ thể.', done: { made: 'Đã lập văn phòng.', saved: 'Đã lưu.', mark: 'Đã nhận hình.' }, faults: { 'name:taken': 'Đã có văn phòng mang tên này.', phone: 'Số điện thoại chưa đúng.', mark: 'Tệp này không phải ảnh PNG, JPEG, WebP, hoặc bị hỏng.' },
  },
  audit: {
    title: 'Nhật ký', lead: 'Mỗi thay đổi để lại một dòng. Các dòng nối nhau thành chuỗi, sửa một dòng là lộ.', caption: 'Nhật ký, từ cũ đến mới', from: 'Từ ngày', to: 'Đến ngày', entity: 'Về', anyEntity: 'Mọi thứ', idField: 'Mã', idHint: 'Mã của mục, nếu biết', at: 'Lúc', who: 'Ai', what: 'Việc', which: 'Về', values: 'Giá trị', erased: 'đã xóa theo luật', show: 'Xem', system: 'hệ thống', public: 'người mua', key: (name: string): string => `khóa API ${name}`, seq: 'Số', empty: 'Không có dòng nào', emptyText: 'Trong khoảng này không có thay đổi nào.', badPeriod: 'Ngày sau trước ngày đầu. Xin xem lại.',
    entities: { office: 'văn phòng', producer: 'chủ thể', product: 'sản phẩm', allowance: 'mức cấp tem', evaluation: 'đánh giá', certificate: 'chứng nhận', lot: 'lô hàng', batch: 'đợt tem', 'print-run': 'tờ in', recall: 'thu hồi', request: 'yêu cầu', complaint: 'báo cáo từ dân', inspection: 'kiểm tra', user: 'tài khoản', 'api-key': 'khóa API', session: 'phiên làm việc', invitation: 'lời mời', paper: 'giấy tờ', import: 'lần nhập', 'print-job': 'việc in', template: 'mẫu tem', printer: 'máy in', 'shop-link': 'đường dẫn xưởng in', plan: 'kế hoạch năm', figure: 'số liệu năm', support: 'khoản hỗ trợ', candidate: 'sản phẩm đang chờ', 'follow-up': 'lời nhắc', case: 'vụ việc' },
  },
};

export type RegistryWords = typeof vi;

const en: RegistryWords = {
  groups: enGroups, sets: enSets, kinds: enKinds, schemes: enSchemes, paperKinds: enPapers, complete: enComplete, requestActions: enActions,
  starsText: (stars) => `${stars} stars`,
  until: (day) => `until ${day}`, endedOn: (day) => `after ${day}`, revokedFrom: (day) => `from ${day}`,
  heads: { scheme: 'Scheme', score: 'Score', minimum: 'Minimums', stars: 'Stars', decision: 'Decision', round: 'Round' },
  states: { valid: 'In force', extended: 'Extended', expired: 'Lapsed', revoked: 'Revoked', none: 'None' },
  place: { commune: 'Commune, ward', province: 'Province, city', detail: 'House, village' },
  askHint: 'This change goes to the office first and holds once approved.',
  ownHint: 'You change this yourself; it holds at once.',
  edit: 'Change',
  fields: {
    name: 'Name', kind: 'Kind', taxCode: 'Tax code', address: 'Address as certified', addressToday: 'Address today', phone: 'Telephone', phonePublic: 'Show the telephone to buyers', email: 'E-mail', website: 'Website', gln: 'Code of the place (GLN)',
    representative: 'Representative', story: 'Story', producerId: 'Producer', group: 'Group', productSet: 'Product set', brand: 'Brand', description: 'Description', origin: 'Origin', gtin: 'GTIN', gtinAuthorisation: 'Leave to use the GTIN', unit: 'What a stamp is stuck on', ingredients: 'Ingredients', storage: 'Storage',
    standards: 'Standards', warnings: 'Warnings', shelfLifeDays: 'Shelf life in days', productId: 'Product', round: 'Council round', heldOn: 'Held on', score: 'Average score', scoreHundredths: 'Average score (hundredths)', minimumStars: 'Highest star whose minimums hold', decision: 'Decision number', stars: 'Stars',
    scheme: 'Scheme', number: 'Number', issuer: 'Issuer', issuedOn: 'Issued on', expiresOn: 'In force until', extendedTo: 'Extended to', evidence: 'Evidence of the extension', revokedOn: 'Revoked from', reason: 'Reason of the revocation', evaluationId: 'By evaluation', extension: 'Extension', revocation: 'Revocation',
    lotId: 'Lot', lot: 'Lot number', producedOn: 'Produced on', declaredQuantity: 'Declared quantity', note: 'Note', quantity: 'Stamps', carrier: 'Kind of QR code', pin: 'Scratch-off PIN', active: 'Active at once', plaque: 'Plaque',
  },
  producers: {
    title: 'Producers', search: 'Find by name, commune, tax code', example: 'for example: muong thang', anyKind: 'Any kind', add: 'Add a producer', addTitle: 'Add a producer', editTitle: 'Change the producer’s record', caption: 'Producers',
    empty: 'There is no producer yet', emptyText: 'Add producers one by one, or import a list from Excel.', importLink: 'Import from Excel',
    placeColumn: 'Place', contact: 'Contact', products: 'Products', certificates: 'Certificates of the producer', accounts: 'Invite its people', addProduct: 'Add a product', addCertificate: 'Add a certificate', noProducts: 'There is no product yet.', noCertificates: 'The producer itself has no certificate yet.',
    office: 'Office', official: 'As registered', own: 'The producer’s own words and contact', placeNow: 'The place has another name today', placeNowHint: 'Many places were renamed on 01/07/2025. Give today’s name where it differs; the stamp’s page shows both.', placeSame: 'As certified',
    phonePublicHint: 'The producer agreed to show this number on the stamp’s page.', storyHint: 'A few sentences that buyers read: where it is made, by whom, what is special.', taxHint: '10 digits, with a dash and 3 for a branch; 12 for a household.',
    done: { made: 'The producer was added.', saved: 'The record was saved.', asked: 'Sent to the office for approval.' },
    faults: { taxCode: 'A tax code has 10 digits, or 10 - 3, or 12.', phone: 'This is no telephone number.', email: 'This is no e-mail address.', website: 'A website begins with https://', gln: 'A GLN has 13 digits, the last one a check digit. Please compare.', kind: 'Please choose the kind.', officeId: 'Please choose the office.' },
  },
  products: {
    title: 'Products', count: (products, producers) => `${products} products of ${producers} producers`, search: 'Find by name, certificate number, GTIN', example: 'for example: orange, OCOP-2025', add: 'Add a product', addTitle: 'Add a product', editTitle: 'Change the product', caption: 'Products',
    both: 'Product, producer', stars: 'Stars', certificate: 'Certificate', validity: 'In force', rating: 'Certificate', ratings: { 'in-force': 'In force', lapsed: 'Lapsed', none: 'None' },
    empty: 'There is no product yet', emptyText: 'Add the first product, or import a list from Excel.', further: 'Not found in the part searched so far. Please go on searching.',
    photo: 'Picture of the product', photoHint: 'JPEG, PNG or WebP, up to 10 MB. It is made smaller and loses where it was taken.', photoSend: 'Send the picture', photoOf: (name) => `Picture: ${name}`, noPhoto: 'No picture yet',
    meter: 'Complete by law', meterText: (there, asked) => `${there} of ${asked} items that the law asks a scan to show are there.`, meterFull: 'All that the law asks is there.', lacking: 'Still lacking', fillIn: { product: 'fill in at the product', producer: 'fill in at the producer’s record', lot: 'fill in at the lot' },
    about: 'Record', evaluations: 'Evaluations', noEvaluations: 'There is no evaluation yet.', addEvaluation: 'Record an evaluation', certificates: 'Certificates', noCertificates: 'There is no certificate yet.', addCertificate: 'Add a certificate', papers: 'Papers', lots: 'See its lots',
    official: 'Approved by the office', own: 'The producer’s own words', setHint: 'Product set by Decision 26/2026/QĐ-TTg; the group follows.', gtinHint: '14 digits, the last one a check digit.', authTitle: 'Leave to use the GTIN', authHint: 'Written leave to use another’s number, or the record that it is one’s own (Decree 37/2026 art. 28).', holder: 'Holder of the number', document: 'Document', documentDate: 'Date',
    unitHint: 'What one stamp is stuck on: box of 5 kg, jar of 500 ml.', originHint: 'Left blank, it is the producer’s address.', originTitle: 'Origin, where it differs from the producer’s address',
    done: { made: 'The product was added.', saved: 'Saved.', asked: 'Sent to the office for approval.', photo: 'The picture was taken in.', paper: 'The paper was taken in.' },
    faults: { productSet: 'Please choose the product set.', 'productSet:other-group': 'This set belongs to another group.', gtin: 'A GTIN has 14 digits, the last one a check digit. Please compare.', 'gtinAuthorisation:without-gtin': 'Please give the GTIN that this leave is for.', shelfLifeDays: 'Days from 1 to 36,500.', photo: 'This file is no JPEG, PNG or WebP picture, or is broken.', producerId: 'Please choose the producer.', paper: 'This file is no PDF, JPEG, PNG or WebP, is broken, or is larger than 8 MB.' },
  },
  papers: { add: 'Add a paper', kind: 'Kind of paper', file: 'File', fileHint: 'PDF, JPEG or PNG, up to 8 MB.', send: 'Send the file', none: 'There is no paper yet.', size: (kilobytes) => `${kilobytes} KB` },
  evaluations: {
    title: 'Evaluations', lead: 'The council’s average and the minimum criteria. Stars are computed, never typed.', add: 'Record an evaluation', addTitle: 'Record a council’s evaluation', editTitle: 'Change the evaluation', caption: 'Evaluations by council round', anyRound: 'Any round', roundHint: 'Year and round: 2026-1', scoreHint: 'From 0 to 100 with at most two decimals: 76.80. Never rounded up.', minimumHint: 'The highest star of which every minimum criterion holds.', decisionHint: 'Number of the decision, if there is one.',
    empty: 'There is no evaluation yet', emptyText: 'Record the first council round, or import it from Excel.', computed: 'Stars that follow', rule: '90 to 100 points are 5 stars, from 70 4 stars, from 50 3 stars, from 30 2 stars; never more than the minimum criteria allow.',
    low: (stars) => `${stars} stars: no certificate, nothing shown to buyers.`, toCertificate: 'Certificate by this evaluation',
    done: { made: 'The evaluation was recorded.', saved: 'The evaluation was saved.', asked: 'Sent to the office for approval.' },
    faults: { score: 'A score from 0 to 100 with at most two decimals.', 'score:certificate-rests-on-it': 'A certificate rests on these stars. Please correct the certificate first.', minimumStars: 'Please choose.', productId: 'Please choose the product.', 'round:taken': 'This product has an evaluation of that round.' },
  },
  certificates: {
    title: 'Certificates', lead: 'Certificates of every scheme, with their papers.', add: 'Add a certificate', addTitle: 'Add a certificate', editTitle: 'Change the certificate', caption: 'Certificates', anyScheme: 'Any scheme', anyState: 'Any state', search: 'Find by number', forWhom: 'Of', ofProducer: 'of the producer, for all its products', ofProduct: 'Of which product', ofProducerField: 'or of which producer', imported: 'old certificate without an evaluation',
    empty: 'There is no certificate yet', emptyText: 'Record the council’s evaluation, then the certificate; or import from Excel.',
    evaluationHint: 'Stars of an OCOP certificate follow this evaluation.', noEvaluation: 'Old certificate without an evaluation', starsHint: 'Only for an old certificate without an evaluation.', expiresHint: 'Left blank: 36 months for OCOP, no end for others.',
    extendTitle: 'Extend', extendText: 'At most 180 days past its end, while the file for re-evaluation is examined.', extend: 'Extend', unextend: 'Take the extension back',
    revokeTitle: 'Revoke the certificate', revokeText: 'From that day it is out of force; new stamps print without stars.', revoke: 'Revoke', unrevoke: 'Take the revocation back', extendedTo: (day) => `Extended to ${day}`, revokedOn: (day) => `Revoked from ${day}`,
    done: { made: 'The certificate was added.', saved: 'The certificate was saved.', asked: 'Sent to the office for approval.', extended: 'Extended.', revoked: 'The certificate was revoked.', restored: 'Taken back.', paper: 'The paper was taken in.' },
    faults: {
      productId: 'Please choose a product or a producer.', producerId: 'Please choose a product or a producer.', 'producerId:one-of': 'Choose one only: product or producer.', 'productId:required': 'An OCOP certificate is of one product.', 'stars:required': 'Please choose the stars, or the evaluation they follow.', 'stars:not-for-scheme': 'Only OCOP has stars.', 'evaluationId:not-for-scheme': 'Only OCOP has evaluations.', 'evaluationId:too-few-stars': 'This evaluation has fewer than 3 stars: there is no certificate.', 'evaluationId:other-product': 'This evaluation is of another product.', 'stars:not-as-evaluated': 'These are not the evaluation’s stars. Please leave it blank.', 'expiresOn:before-issue': 'It ends before it is issued.', 'expiresOn:required': 'OCOP needs an end.', 'extendedTo:not-after-end': 'It must lie after the end.', 'extendedTo:extension-too-long': 'At most 180 days past the end.', 'extendedTo:no-end-to-extend': 'This certificate has no end.', 'revokedOn:before-issue': 'Before the day of issue.', 'number:taken': 'A certificate of this scheme has this number.', evidence: 'Please give the evidence.', reason: 'Please give the reason.', scheme: 'Please choose the scheme.',
    },
  },
  requests: {
    title: 'Waiting', lead: 'What producers asked to change. Nothing changes before approval.', ownLead: 'What you sent to the office.', caption: 'Requests', states: { waiting: 'waiting', approved: 'approved', declined: 'declined' }, anyState: 'Any state', state: 'State', what: 'What', forWhom: 'Producer', asked: 'Sent', by: 'By',
    empty: 'Nothing is waiting', emptyText: 'When a producer asks to change its record, a product, or for more stamps, it shows here.', ownEmptyText: 'When you change something that the office approves, it shows here.', field: 'Field', before: 'On record', after: 'Asked for', fresh: 'To be recorded', approve: 'Approve', decline: 'Decline', note: 'Note', noteHint: 'The producer reads this.', decided: (state, when, by) => `${state} ${when}, ${by}`, see: 'See the result', subject: 'Of',
    done: { approved: 'Approved; the change holds at once.', declined: 'Declined; nothing changed.' }, moved: 'This was changed since the producer asked. Please decline it with a note, so that they ask again.',
  },
  offices: {
    title: 'Offices', lead: 'Each office has its own producers, people and plans.', add: 'Add an office', addTitle: 'Add an office', editTitle: 'Change the office', caption: 'Offices', name: 'Name', province: 'Province, city', phone: 'Telephone', mark: 'Approved OCOP mark', markHint: 'The artwork that the office may use on stamps: PNG on a clear or white ground. We never draw this mark.', markSend: 'Send the artwork', hasMark: 'there', noMark: 'none',
    empty: 'There is no office yet', emptyText: 'Make the first office to register producers.', done: { made: 'The office was made.', saved: 'Saved.', mark: 'The artwork was taken in.' }, faults: { 'name:taken': 'An office of this name exists.', phone: 'This is no telephone number.', mark: 'This file is no PNG, JPEG or WebP picture, or is broken.' },
  },
  audit: {
    title: 'Audit log', lead: 'Every change leaves a line. The lines are chained: a changed one is found out.', caption: 'Audit log, oldest first', from: 'From', to: 'To', entity: 'About', anyEntity: 'Everything', idField: 'Id', idHint: 'Of the record, if known', at: 'At', who: 'Who', what: 'What', which: 'About', values: 'Values', erased: 'erased as the law asks', show: 'See', system: 'the system', public: 'a buyer', key: (name) => `API key ${name}`, seq: 'No.', empty: 'There is no line', emptyText: 'Nothing changed in this period.', badPeriod: 'The second day lies before the first. Please check.',
    entities: { office: 'office', producer: 'producer', product: 'product', allowance: 'allowance', evaluation: 'evaluation', certificate: 'certificate', lot: 'lot', batch: 'batch', 'print-run': 'print run', recall: 'recall', request: 'request', complaint: 'complaint', inspection: 'inspection', user: 'account', 'api-key': 'API key', session: 'session', invitation: 'invitation', paper: 'paper', import: 'import', 'print-job': 'print job', template: 'template', printer: 'printer', 'shop-link': 'print shop’s link', plan: 'year’s plan', figure: 'year’s figure', support: 'support given', candidate: 'product on its way', 'follow-up': 'reminder', case: 'case' },
  },
};

export function registryWordsOf(language: 'vi' | 'en'): RegistryWords {
  return language === 'en' ? en : vi;
}
