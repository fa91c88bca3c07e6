// Vietnamese words: the reference. Every other language has the same keys (`satisfies Words`). Written plainly and politely:
// what happened, what it means, what to do; never that goods are real or not, for a photograph of a stamp reads like the stamp.

import { allergenNames } from '../../../domain/registry/allergens.ts';
import { SITE_NAME } from '../../site-pages.ts';
import { html, type Html, type Inset } from '../../html.ts';

/** Whom the page's button calls: `maker` whoever made the goods, and the word for them in a sentence. */
export interface StepCall {
  whom: 'maker' | 'office' | null;
  maker: string;
}

export const publicPage = {
  language: { code: 'vi', otherCode: 'en', otherName: 'English' },
  brand: SITE_NAME,
  home: `${SITE_NAME}, về trang tra mã`,
  country: 'Việt Nam',
  preview: (name: string) => `Tra tem: ${name}, mở để xem tình trạng hiện nay`,
  colon: ': ',

  listen: { listen: 'Nghe', stop: 'Dừng' },

  footer: {
    scan: 'Trang chỉ lưu tỉnh và giờ quét. Mã ẩn danh để không đếm trùng được xóa trong 72 giờ. Không dùng cookie. Ảnh chụp của tem cũng mở được trang này, nên hãy luôn so 4 ký tự cuối và món hàng trong tay.',
    nothing: 'Trang này không ghi lại gì về bạn. Không dùng cookie.',
    complaint: 'Chỉ lưu những gì bạn viết. Không dùng cookie.',
  },

  verdicts: {
    valid: 'Tem hợp lệ',
    suspect: 'Cần kiểm tra thêm',
    expired: 'Hàng đã hết hạn sử dụng',
    recalled: {
      lot: 'Lô hàng đang bị thu hồi',
      product: 'Sản phẩm đang bị thu hồi',
      range: 'Hàng mang tem này đang bị thu hồi',
    },
    void: 'Tem đã hủy',
    'not-activated': 'Tem chưa kích hoạt',
    unknown: 'Không tìm thấy tem này',
    display: 'Tem trưng bày, không dùng cho hàng',
    plaque: 'Tem biển hiệu, không dán trên hàng',
  },

  facts: {
    valid: (goods: Inset) =>
      html`Tem do ${SITE_NAME} cấp để dán trên <b>${goods}</b>. Hãy so với món hàng trong tay bạn.`,
    plaque: (place: Inset) =>
      html`Tem do ${SITE_NAME} cấp cho <b>${place}</b>, gắn ở biển hiệu hoặc quầy. Hãy so tên này với nơi bạn đang đứng.`,
    display: (goods: Inset) =>
      html`Đây là tem trưng bày cho <b>${goods}</b>, không dùng cho hàng bán. Hàng bán ra phải có tem riêng.`,
    suspect: {
      'found-copied': html`Tem này có trong hệ thống, nhưng <b>văn phòng OCOP đã phát hiện tem bị sao chép</b>. Hàng trong tay bạn có thể không phải hàng của chủ thể.`,
      'far-apart': html`Tem này có trong hệ thống, nhưng đã được quét <b>ở nhiều nơi cách xa nhau trong thời gian ngắn đến mức khó là cùng một con tem</b>. Có thể tem đã bị sao chép.`,
      'strangers-after-pin': html`Tem này có trong hệ thống, nhưng <b>mã cào đã được dùng</b> và sau đó còn nhiều người khác quét. Có thể tem đã bị sao chép.`,
      'many-visitors': html`Tem này có trong hệ thống, nhưng <b>số người quét nhiều bất thường trong nhiều ngày</b>. Có thể tem đã bị sao chép.`,
    },
    expired: (day: string, days: number) =>
      html`Tem hợp lệ, nhưng lô hàng đã hết hạn sử dụng <b>từ sau ngày ${day}</b> (${days} ngày trước).`,
    recalled: {
      eat: 'Xin đừng ăn sản phẩm này.',
      drink: 'Xin đừng uống sản phẩm này.',
      use: 'Xin đừng dùng sản phẩm này.',
    },
    void: (reason: string, day: string) =>
      html`Tem này đã bị hủy ngày ${day} (lý do: <b>${reason}</b>). Tem này không còn giá trị.`,
    notActivated: (producer: string) =>
      html`Tem này đã giao cho <b>${producer}</b>, nhưng chưa được gắn với lô hàng nào.`,
    notOurs: html`Mã bạn quét hoặc gõ <b>không phải mã do ${SITE_NAME} cấp</b>.`,
    malformed: html`Địa chỉ này <b>không có mã tem đầy đủ</b> (mã gồm 18 ký tự).`,
  },

  voidReasons: {
    spoiled: 'in hỏng',
    lost: 'bị mất',
    stolen: 'bị lấy cắp',
    surplus: 'in thừa',
    damaged: 'bị hư hại',
    other: 'khác',
  },

  todo: {
    heading: 'Bạn nên làm gì',
    meaning: 'Điều này nghĩa là gì',
    suspect: ({ whom, maker }: StepCall) => [
      'Bản sao cũng có đúng 4 ký tự cuối, nên so mã thôi chưa đủ. Xin xem bao bì, niêm phong và lớp cào (nếu có) còn nguyên không.',
      ...(whom === 'maker' ? [`Gọi ${maker}, hỏi nơi bán này có lấy hàng của họ không.`] : []),
      ...(whom === 'office' ? [`Gọi văn phòng OCOP, nhờ hỏi ${maker} xem nơi bán này có lấy hàng của họ không.`] : []),
      'Nếu còn nghi ngờ, xin chưa dùng. Giữ hóa đơn và gửi phản ánh ở cuối trang.',
    ],
    expired: ({ whom }: StepCall) => [
      'Xem hạn in trên bao bì. Nếu đúng là đã hết hạn, xin đừng dùng.',
      'Mang hàng lại nơi bán để đổi hoặc trả.',
      `Nếu hạn trên bao bì khác ở đây, xin ${whom === null ? 'gửi phản ánh ở cuối trang' : 'gọi để hỏi'}.`,
    ],
    void: ({ whom, maker }: StepCall) => [
      'Xin đừng mua hàng chỉ vì có tem này.',
      ...(whom === null ? [] : [`Gọi ${whom === 'maker' ? maker : 'văn phòng OCOP'}, cho biết bạn thấy tem ở đâu.`]),
      'Nếu thấy tem trên hàng đang bán, xin gửi phản ánh ở cuối trang.',
    ],
    notActivated: ({ whom, maker }: StepCall) => [
      whom === null
        ? 'Nếu tem đã dán trên hàng đang bán, xin chưa mua và gửi phản ánh ở cuối trang.'
        : 'Nếu tem đã dán trên hàng đang bán, xin gọi để hỏi trước khi mua.',
      `Có thể ${maker} quên kích hoạt, hoặc tem bị thất lạc.`,
    ],
    display: 'Nếu thấy tem này trên hàng đang bán, xin gửi phản ánh.',
    plaque:
      'Tem biển hiệu nói về cơ sở này. Hàng bán ra phải có tem riêng; nếu thấy tem này dán trên hàng, xin gửi phản ánh.',
    notOurs: (host: string): (string | Html)[] => [
      'Nếu gõ tay, xin so lại từng ký tự ở ô dưới.',
      html`Nếu vừa quét trên hàng, xem địa chỉ trang web in trên tem có đúng là <b>${host}</b> không.`,
      'Nếu vẫn không thấy, tem có thể không thuộc chương trình OCOP. Xin hỏi văn phòng OCOP hoặc Ủy ban nhân dân xã, phường, đừng chỉ hỏi người bán.',
    ],
    malformed: [
      'Xin so lại từng ký tự với tem, rồi tra lại ở ô dưới.',
      'Hoặc quét lại mã QR: giữ máy cách tem một gang tay, nơi đủ sáng.',
    ],
    tell: 'Gửi phản ánh',
  },

  also: {
    heading: 'Ngoài ra',
    recalled: 'Hàng này cũng đang bị thu hồi.',
    void: 'Tem này cũng đã bị hủy.',
    'not-activated': 'Tem này cũng chưa được kích hoạt.',
    suspect: 'Tem này cũng có dấu hiệu bị sao chép: hãy so 4 ký tự cuối và xem kỹ bao bì.',
    expired: 'Lô này cũng đã hết hạn sử dụng.',
    valid: '',
  },

  call: {
    cooperative: 'Gọi HTX',
    household: 'Gọi cơ sở sản xuất',
    company: 'Gọi doanh nghiệp',
    group: 'Gọi tổ hợp tác',
    provider: 'Gọi đơn vị cung cấp',
    office: 'Gọi văn phòng',
  },

  rating: {
    stars: (stars: number) => `${stars} sao OCOP`,
    was: (stars: number) => `Từng đạt ${stars} sao OCOP, đã hết hiệu lực`,
    wasRevoked: (stars: number) => `Từng đạt ${stars} sao OCOP, đã bị thu hồi`,
    until: (day: string) => `có hiệu lực đến ${day}`,
    extended: (day: string) => `được gia hạn đến ${day}`,
    lapsed: (day: string) => `Hết hiệu lực từ sau ngày ${day}`,
    revoked: 'Giấy chứng nhận đã bị thu hồi',
    onPacking: { yes: '; lúc đóng gói còn hiệu lực', no: '; lúc đóng gói không có hiệu lực', unknown: '' },
  },

  compare: {
    heading: '4 ký tự cuối trên tem phải là',
    host: (host: string) =>
      html`Địa chỉ trang web phải là <b>${host}</b>. Nếu một trong hai không khớp, trang này không phải của con tem bạn cầm.`,
  },

  scans: {
    none: 'Chưa ghi lượt quét nào',
    first: 'Đây là lần quét đầu tiên',
    alone: 'Hôm nay chưa thấy ai khác quét tem này',
    often: (count: string) => `Tem này đã được quét ${count} lần`,
    ask: 'Nếu bạn vừa mở hàng mới, hãy hỏi nơi bán.',
    places: (provinces: readonly string[], others: number, from: string, to: string) =>
      `${from === to ? `Ngày ${to}` : `Từ ngày ${from} đến ngày ${to}`}, tem đã được quét ${
        provinces.length === 0
          ? 'nhiều lần'
          : `ở ${provinces.join(', ')}${others === 0 ? '' : ` và ${others} tỉnh khác`}`
      }.`,
    count: (count: string, _one: boolean) => `${count} lượt quét`,
    firstOn: (day: string) => `Lần đầu ngày ${day}`,
  },

  producer: {
    heading: 'Cơ sở sản xuất',
    provider: 'Đơn vị cung cấp',
    receiver: 'Đơn vị nhận tem',
    /** In a sentence. */
    maker: { goods: 'cơ sở sản xuất', tourism: 'đơn vị cung cấp' },
    name: 'Tên',
    address: 'Địa chỉ',
    certifiedAs: (address: string) => `Khi chứng nhận: ${address}`,
    origin: 'Xuất xứ',
    /** Where the goods come from the address itself. */
    addressAndOrigin: 'Địa chỉ, xuất xứ',
    todayIn: (province: string) => `Nay thuộc ${province}`,
    phone: 'Điện thoại',
    website: 'Trang web',
    office: 'Nơi cấp tem',
    officePhone: 'Điện thoại nơi cấp',
    kinds: { cooperative: 'Hợp tác xã', household: 'Hộ, cơ sở sản xuất', company: 'Doanh nghiệp', group: 'Tổ hợp tác' },
  },

  lot: {
    heading: 'Lô hàng',
    number: 'Số lô',
    producedOn: 'Ngày sản xuất',
    expiresOn: 'Hạn sử dụng',
    left: (days: number) => `còn ${days} ngày`,
    lastDay: 'hôm nay là ngày cuối',
    past: (days: number) => `đã hết hạn ${days} ngày`,
    corrected: 'Đã đính chính',
    correctedOn: (day: string) => `ngày ${day}, được văn phòng OCOP duyệt`,
    recalled: 'Bị thu hồi từ ngày',
  },

  certificates: {
    heading: 'Chứng nhận',
    schemes: {
      ocop: 'OCOP',
      vietgap: 'VietGAP',
      globalgap: 'GLOBALG.A.P.',
      organic: 'Hữu cơ',
      haccp: 'HACCP',
      iso22000: 'ISO 22000',
      'food-safety': 'An toàn thực phẩm',
      trademark: 'Nhãn hiệu',
      'geographical-indication': 'Chỉ dẫn địa lý',
      other: 'Chứng nhận khác',
    },
    ocop: (stars: number) => `OCOP ${stars} sao`,
    states: { valid: 'Còn hiệu lực', extended: 'Được gia hạn', expired: 'Đã hết hiệu lực', revoked: 'Đã bị thu hồi' },
    until: (day: string) => html`có hiệu lực đến <b>${day}</b>`,
    ended: (day: string) => html`hết hiệu lực từ sau ngày <b>${day}</b>`,
    revokedOn: (day: string) => html`bị thu hồi từ ngày <b>${day}</b>`,
    endless: html`không ghi thời hạn`,
    more: (count: number) => `Xem thêm ${count} chứng nhận`,
  },

  journey: {
    heading: 'Hành trình',
    site: (gln: string) => `mã địa điểm (GLN) ${gln}`,
    by: (by: string) => `người thực hiện: ${by}`,
    corrected: (day: string) => `đã đính chính ngày ${day}`,
    more: (count: number) => `Xem thêm ${count} bước`,
    photo: (step: string) => `Ảnh: ${step}`,
  },

  details: {
    heading: 'Thông tin sản phẩm',
    onlyVietnamese: 'chỉ có tiếng Việt',
    description: 'Mô tả',
    ingredients: 'Thành phần',
    allergens: 'Chất gây dị ứng',
    allergenNames: allergenNames('vi'),
    noAllergens: 'không có chất nào trong 14 nhóm thường gây dị ứng',
    usage: 'Cách dùng',
    warnings: 'Cảnh báo',
    storage: 'Bảo quản',
    brand: 'Nhãn hiệu',
    standards: 'Tiêu chuẩn',
    gtin: 'GTIN',
    updated: 'Cập nhật',
    photo: (product: string) => `Ảnh: ${product}`,
    full: 'Xem toàn bộ thông tin',
  },

  story: { heading: 'Câu chuyện', more: 'Đọc tiếp' },

  proofs: {
    see: (count: number) => (count === 1 ? 'Xem ảnh giấy' : `Xem ảnh ${count} giấy`),
    kinds: {
      certificate: 'Giấy chứng nhận',
      extension: 'Văn bản gia hạn',
      revocation: 'Quyết định thu hồi',
      gtin: 'Giấy cho dùng GTIN',
      'test-result': 'Kết quả kiểm nghiệm',
      other: 'Giấy tờ khác',
    },
    page: (kind: string, page: number) => `${kind}, trang ${page}`,
    reference: (number: string) => `Số: ${number}`,
    issuedBy: (issuer: string) => `Nơi cấp: ${issuer}`,
    link: (host: string) => `Xem ở trang của nơi cấp: ${host}`,
    more: (pages: number) => `Giấy còn ${pages} trang nữa.`,
    handedIn: (by: string, day: string) => `${by} gửi ngày ${day}.`,
    shown: (office: string, day: string) => `${office} đối chiếu và cho xem từ ngày ${day}.`,
  },

  report: {
    heading: 'Phản ánh',
    text: 'Hàng không giống mô tả, tem bị bóc hay dán lại? Xin cho chúng tôi biết. Không cần để lại tên.',
    button: 'Gửi phản ánh',
  },

  code: {
    heading: 'Mã tem',
    serial: (serial: Html, quantity: string) => html`Tem số ${serial} trong đợt ${quantity} tem`,
    serialOnly: (serial: Html) => html`Tem số ${serial}`,
    unprinted: 'Hệ thống chưa ghi lần in nào của đợt tem này.',
  },

  typed: {
    label: 'Gõ mã trên tem',
    again: 'Gõ lại mã trên tem',
    hint: '18 ký tự, chia 3 nhóm. Không phân biệt chữ hoa, chữ thường; chữ O đọc như số 0, chữ I và L đọc như số 1.',
    button: 'Tra mã',
    buttonAgain: 'Tra lại',
    camera: 'Quét lại bằng máy ảnh',
    symbol: (symbol: string) => html`Ký tự <b>${symbol}</b> không có trong mã tem nào. Xin so lại từng ký tự.`,
    missing: (count: number) => html`Mã có 18 ký tự, còn thiếu <b>${count}</b>. Xin so lại từng ký tự.`,
    excess: (count: number) => html`Mã có 18 ký tự, đang thừa <b>${count}</b>. Xin so lại từng ký tự.`,
    unreadable: html`Địa chỉ bị lỗi khi truyền. Xin gõ mã trên tem.`,
    barcode: html`Đây là mã vạch in chung trên mọi gói của một sản phẩm, không phải mã tem. Mã tem có 18 ký tự, nằm cạnh mã QR trên tem.`,
    phone: html`Đây là số điện thoại, không phải mã tem. Mã tem có 18 ký tự, nằm cạnh mã QR trên tem.`,
    otherAddress: (host: string) =>
      html`Đây là địa chỉ của <b>${host}</b>, không phải của chúng tôi, nên chúng tôi không biết gì về mã ấy. Nếu trên hàng có tem của chúng tôi, xin gõ 18 ký tự cạnh mã QR.`,
  },

  askDirectly: { heading: 'Hỏi trực tiếp', phone: 'Điện thoại' },

  front: {
    title: 'Tra mã tem truy xuất nguồn gốc',
    intro: 'Ai làm ra, ở đâu, mấy sao, chứng nhận đến bao giờ: tất cả trong một lần quét.',
    hostHeading: 'Xem địa chỉ trước khi tin',
    host: (host: string) => html`Địa chỉ trang web phải là <b>${host}</b>, đúng từng chữ như in trên tem.`,
    neverHeading: 'Trang này không bao giờ hỏi',
    never: [
      'mật khẩu, mã OTP hay số giấy tờ của bạn',
      'tiền, số thẻ hay số tài khoản',
      'vị trí của bạn',
      'cài thêm ứng dụng',
    ],
    neverNote: 'Nếu một trang hỏi những điều ấy, đó không phải trang của chúng tôi.',
    cameraHeading: 'Hoặc quét mã QR',
    cameraPhone: 'Mở máy ảnh của điện thoại và chĩa vào mã QR trên tem.',
    cameraPhoto: 'Chụp hoặc chọn ảnh tem',
    cameraReading: 'Đang đọc mã…',
    cameraNone: 'Không tìm thấy mã QR trong ảnh. Xin chụp gần hơn, đủ sáng, hoặc gõ mã.',
    cameraNoPicture: 'Tệp này không phải ảnh hoặc bị lỗi. Xin chọn ảnh khác, hoặc gõ mã.',
    cameraNoReader: 'Chưa tải được bộ đọc mã. Xin xem lại kết nối mạng rồi tải lại trang, hoặc gõ mã.',
    cameraStart: 'Quét bằng máy ảnh',
    cameraStop: 'Tắt máy ảnh',
    cameraDenied: 'Trang này chưa được phép dùng máy ảnh. Hãy dùng máy ảnh của điện thoại, hoặc gõ mã.',
    cameraElsewhere: 'Mã QR này dẫn đến nơi khác, không phải tem của chúng tôi:',
  },

  complaint: {
    title: 'Gửi phản ánh',
    intro: 'Xin cho biết điều bạn thấy. Văn phòng OCOP và cán bộ kiểm tra sẽ đọc. Không cần để lại tên.',
    about: 'Bạn muốn phản ánh điều gì?',
    abouts: {
      'wrong-product': 'Hàng không giống mô tả trên trang',
      opened: 'Bao bì hoặc tem bị bóc, dán lại',
      'looks-copied': 'Tem có vẻ bị sao chép',
      'past-date': 'Hàng hết hạn sử dụng',
      other: 'Điều khác',
    },
    message: 'Xin mô tả điều bạn thấy',
    where: 'Mua hoặc thấy ở đâu? (không bắt buộc)',
    contact: 'Số điện thoại hoặc email (không bắt buộc)',
    contactHint: 'Chỉ dùng để liên hệ với bạn về phản ánh này.',
    send: 'Gửi',
    back: 'Quay lại trang tem',
    missingAbout: 'Xin chọn một mục.',
    missingMessage: 'Xin viết vài lời về điều bạn thấy.',
    tooLong: (max: string) => `Xin viết ngắn hơn: nhiều nhất ${max} ký tự.`,
    faulty: 'Chưa gửi được: ',
    notSent: 'Chưa gửi được',
    refused: (office: string) =>
      `Hôm nay tem này đã nhận đủ số phản ánh một ngày. Những gì bạn viết còn nguyên ở dưới: xin gửi lại ngày mai, hoặc gọi ${office}.`,
    thanks: 'Đã nhận, cảm ơn bạn',
    number: (number: string) => html`Mã phản ánh của bạn: <b class="b">${number}</b>`,
    next: (office: string) => `${office} sẽ xem xét. Xin giữ lại món hàng, tem và hóa đơn, và nêu mã này khi liên hệ.`,
  },

  pin: {
    heading: 'Mã cào',
    label: '6 số dưới lớp cào',
    button: 'Kiểm tra mã cào',
    used: (time: string, day: string) =>
      `Mã cào đã được nhập lần đầu lúc ${time} ngày ${day}. Nếu bạn vừa mua hàng và chưa nhập, hãy hỏi nơi bán.`,
    right: 'Mã cào đúng',
    rightFirst: 'Đây là lần đầu mã cào này được nhập. Từ nay ai nhập lại sẽ thấy là đã dùng.',
    usedBefore: 'Mã cào đúng, nhưng đã dùng rồi',
    usedBeforeNote: (time: string, day: string) =>
      html`Mã này đã được nhập lần đầu lúc <b>${time}</b> ngày <b>${day}</b>. Nếu không phải bạn nhập, tem có thể đã bị sao chép: xin chưa dùng và gửi phản ánh.`,
    wrong: 'Mã cào không khớp',
    wrongNote: (left: number) => `Xin so lại từng số. Còn ${left} lần thử.`,
    lockedNow: (time: string, day: string) => `Tạm khóa nhập mã cào đến ${time} ngày ${day}. Xin thử lại sau giờ đó.`,
    locked: 'Tạm khóa nhập mã cào',
    lockedNote: (time: string, day: string) =>
      'Tem này đã bị nhập sai mã nhiều lần. Nếu bạn đang cầm tem, xin xem lại từng số rồi nhập một lần nữa. ' +
      `Nếu vẫn chưa đúng, xin thử lại sau ${time} ngày ${day}.`,
    none: 'Tem này không có mã cào',
    noneNote: 'Tem thuộc đợt này không có lớp cào. Nếu trên tem có lớp cào, xin gửi phản ánh.',
    malformed: 'Xin nhập đủ 6 chữ số',
    malformedNote: 'Mã cào gồm 6 chữ số dưới lớp cào.',
  },

  faults: {
    cannotCheck: 'Chưa kiểm tra được lúc này',
    cannotCheckNote: 'Hệ thống đang bận. Điều này không nói gì về con tem. Xin thử lại sau ít phút.',
    again: 'Thử lại',
    tooMany: 'Xin chờ một lát',
    tooManyNote:
      'Từ mạng bạn đang dùng, có quá nhiều mã sai vừa được gửi. Tem do chúng tôi cấp vẫn tra được bình thường.',
    tooManyForms:
      'Từ mạng bạn đang dùng vừa có quá nhiều lần gửi, nên lần này chưa được nhận. Xin quay lại, chờ ít phút rồi gửi lại.',
    badLink: 'Địa chỉ này không đọc được',
    badLinkNote: 'Đường dẫn trên tem bị thiếu hoặc sai một phần. Xin gõ mã 18 ký tự in cạnh mã QR.',
    method: 'Yêu cầu không hợp lệ',
    methodNote: 'Địa chỉ của tem chỉ để xem.',
    notFound: 'Không có trang này',
    notFoundNote: 'Xin xem lại địa chỉ, hoặc gõ mã trên tem.',
  },
};

export type PublicWords = typeof publicPage;
