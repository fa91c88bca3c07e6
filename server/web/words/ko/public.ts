// Korean words of the public pages: the same keys as vi. Prepared, complete, and not served before a native reader has
// read them (docs/decisions/0043-languages.md).

import type { Allergen } from '../../../domain/registry/allergens.ts';
import { SITE_NAME } from '../../site-pages.ts';
import { html, type Html } from '../../html.ts';
import type { PublicWords } from '../vi/public.ts';

const allergenNames: Readonly<Record<Allergen, string>> = {
  gluten: '글루텐 함유 곡물(밀, 보리, 호밀, 귀리)',
  crustaceans: '갑각류(새우, 게)',
  eggs: '알류',
  fish: '생선',
  peanuts: '땅콩',
  soya: '대두',
  milk: '우유',
  nuts: '견과류(캐슈너트, 호두, 아몬드, 마카다미아)',
  celery: '셀러리',
  mustard: '겨자',
  sesame: '참깨',
  sulphites: '아황산류(10 mg/kg 이상)',
  lupin: '루핀',
  molluscs: '연체동물(오징어, 고둥, 조개)',
};

export const publicPage = {
  language: { code: 'ko', otherCode: 'vi', otherName: 'Tiếng Việt' },
  brand: SITE_NAME,
  home: `${SITE_NAME}, 코드 입력 페이지로`,
  country: '베트남',
  preview: (name) => `이력추적 스티커 조회: ${name}, 열어서 현재 상태를 확인하세요`,
  colon: ': ',

  listen: { listen: '듣기', stop: '멈춤' },

  footer: {
    scan: '이 페이지는 스캔한 성과 시각만 저장합니다. 중복 집계를 막는 익명 표시는 72시간 안에 삭제됩니다. 쿠키를 쓰지 않습니다. 스티커 사진으로도 이 페이지가 열리므로, 마지막 4글자와 손에 든 상품을 꼭 비교하세요.',
    nothing: '이 페이지는 당신에 관해 아무것도 저장하지 않습니다. 쿠키를 쓰지 않습니다.',
    complaint: '작성하신 내용만 저장합니다. 쿠키를 쓰지 않습니다.',
  },

  verdicts: {
    valid: '유효한 스티커',
    suspect: '추가 확인이 필요합니다',
    expired: '소비기한이 지난 상품',
    recalled: {
      lot: '이 생산 단위는 회수 중입니다',
      product: '이 제품은 회수 중입니다',
      range: '이 스티커가 붙은 상품은 회수 중입니다',
    },
    void: '취소된 스티커',
    'not-activated': '아직 활성화되지 않은 스티커',
    unknown: '이 스티커를 찾을 수 없습니다',
    display: '전시용 스티커, 상품용이 아님',
    plaque: '간판용 스티커, 상품에 붙이지 않음',
  },

  facts: {
    valid: (goods) =>
      html`<b>${goods}</b>에 붙이도록 ${SITE_NAME}가 발급한 스티커입니다. 손에 든 상품과 비교해 보세요.`,
    plaque: (place) =>
      html`<b>${place}</b>의 간판이나 계산대에 걸도록 ${SITE_NAME}가 발급한 스티커입니다. 지금 계신 곳의 이름과 비교해 보세요.`,
    display: (goods) =>
      html`<b>${goods}</b>의 전시용 스티커이며 판매용 상품에는 쓰지 않습니다. 판매 상품에는 별도의 스티커가 있어야 합니다.`,
    suspect: {
      'found-copied': html`이 스티커는 등록되어 있지만 <b>OCOP 사무소가 복제된 것을 확인했습니다</b>. 손에 든 상품은 해당 생산자의 것이 아닐 수 있습니다.`,
      'far-apart': html`이 스티커는 등록되어 있지만 <b>짧은 시간에 서로 먼 곳에서 스캔되어 하나의 스티커로 보기 어렵습니다</b>. 복제되었을 수 있습니다.`,
      'strangers-after-pin': html`이 스티커는 등록되어 있지만 <b>긁는 번호가 사용된 뒤</b> 다른 여러 사람이 스캔했습니다. 복제되었을 수 있습니다.`,
      'many-visitors': html`이 스티커는 등록되어 있지만 <b>여러 날에 걸쳐 유난히 많은 사람이</b> 스캔했습니다. 복제되었을 수 있습니다.`,
    },
    expired: (day, days) =>
      html`스티커는 유효하지만 이 생산 단위의 소비기한은 <b>${day}</b>까지였습니다(${days}일 전).`,
    recalled: {
      eat: '이 제품을 먹지 마세요.',
      drink: '이 제품을 마시지 마세요.',
      use: '이 제품을 사용하지 마세요.',
    },
    void: (reason, day) =>
      html`이 스티커는 ${day}에 취소되었습니다(사유: <b>${reason}</b>). 더 이상 유효하지 않습니다.`,
    notActivated: (producer) =>
      html`이 스티커는 <b lang="vi">${producer}</b>에 전달되었지만 아직 어떤 생산 단위에도 연결되지 않았습니다.`,
    notOurs: html`스캔하거나 입력한 코드는 <b>${SITE_NAME}가 발급한 것이 아닙니다</b>.`,
    malformed: html`이 주소에는 <b>완전한 스티커 코드가 없습니다</b>(코드는 18글자).`,
  },

  voidReasons: {
    spoiled: '인쇄 불량',
    lost: '분실',
    stolen: '도난',
    surplus: '초과 인쇄',
    damaged: '손상',
    other: '기타',
  },

  todo: {
    heading: '이렇게 하세요',
    meaning: '무슨 뜻인가요',
    suspect: ({ whom, maker }) => [
      '복제품도 마지막 4글자가 같으므로 코드 비교만으로는 부족합니다. 포장, 봉인, 긁는 막(있는 경우)이 온전한지 보세요.',
      ...(whom === 'maker' ? [`${maker}에게 전화해 이 판매자가 그곳의 상품을 받는지 물어보세요.`] : []),
      ...(whom === 'office' ? [`OCOP 사무소에 전화해 이 판매자가 ${maker}의 상품을 받는지 문의해 주세요.`] : []),
      '그래도 의심되면 아직 사용하지 마세요. 영수증을 보관하고 페이지 끝에서 신고해 주세요.',
    ],
    expired: ({ whom }) => [
      '포장에 인쇄된 날짜를 보세요. 정말 지났다면 사용하지 마세요.',
      '구입한 곳에 가져가 교환하거나 반품하세요.',
      whom === null
        ? '포장의 날짜가 여기와 다르면 페이지 끝에서 신고해 주세요.'
        : '포장의 날짜가 여기와 다르면 전화로 문의하세요.',
    ],
    void: ({ whom, maker }) => [
      '이 스티커가 있다는 이유로 상품을 사지 마세요.',
      ...(whom === null
        ? []
        : [`${whom === 'maker' ? `${maker}에게` : 'OCOP 사무소에'} 전화해 스티커를 본 곳을 알려 주세요.`]),
      '판매 중인 상품에 붙어 있다면 페이지 끝에서 신고해 주세요.',
    ],
    notActivated: ({ whom, maker }) => [
      whom === null
        ? '판매 중인 상품에 붙어 있다면 아직 사지 말고 페이지 끝에서 신고해 주세요.'
        : '판매 중인 상품에 붙어 있다면 사기 전에 전화로 문의하세요.',
      `${maker}가 활성화를 잊었거나 스티커가 분실되었을 수 있습니다.`,
    ],
    display: '판매 중인 상품에서 이 스티커를 보면 신고해 주세요.',
    plaque:
      '간판용 스티커는 이 장소에 관한 것입니다. 판매 상품에는 별도의 스티커가 있어야 합니다. 상품에 붙어 있으면 신고해 주세요.',
    notOurs: (host: string): (string | Html)[] => [
      '직접 입력했다면 아래에서 한 글자씩 비교해 보세요.',
      html`방금 상품에서 스캔했다면 스티커에 인쇄된 주소가 정확히 <b>${host}</b>인지 보세요.`,
      '그래도 찾을 수 없다면 OCOP 프로그램의 스티커가 아닐 수 있습니다. 판매자에게만 묻지 말고 OCOP 사무소나 지역 인민위원회에 문의하세요.',
    ],
    malformed: [
      '스티커와 한 글자씩 비교한 뒤 아래에서 다시 조회하세요.',
      '또는 QR 코드를 다시 스캔하세요. 밝은 곳에서 휴대전화를 약 20 cm 떨어뜨리세요.',
    ],
    tell: '신고하기',
  },

  also: {
    heading: '그 밖에',
    recalled: '이 상품은 회수 중이기도 합니다.',
    void: '이 스티커는 취소되기도 했습니다.',
    'not-activated': '이 스티커는 활성화되지도 않았습니다.',
    suspect: '이 스티커는 복제되었을 수도 있습니다. 마지막 4글자를 비교하고 포장을 자세히 보세요.',
    expired: '이 생산 단위는 소비기한도 지났습니다.',
    valid: '',
  },

  call: {
    cooperative: '협동조합에 전화',
    household: '생산자에게 전화',
    company: '회사에 전화',
    group: '협력조에 전화',
    provider: '제공자에게 전화',
    office: '사무소에 전화',
  },

  rating: {
    stars: (stars) => `OCOP ${stars}성`,
    was: (stars) => `OCOP ${stars}성이었으나 효력이 끝났습니다`,
    wasRevoked: (stars) => `OCOP ${stars}성이었으나 취소되었습니다`,
    until: (day) => `${day}까지 유효`,
    extended: (day) => `${day}까지 연장`,
    lapsed: (day) => `${day} 이후 효력 없음`,
    revoked: '인증서가 취소되었습니다',
    onPacking: { yes: '; 포장할 때는 유효했습니다', no: '; 포장할 때 유효하지 않았습니다', unknown: '' },
  },

  compare: {
    heading: '스티커의 마지막 4글자는 다음과 같아야 합니다',
    host: (host) =>
      html`웹사이트 주소는 <b>${host}</b>이어야 합니다. 하나라도 다르면 이 페이지는 손에 든 스티커에 관한 것이 아닙니다.`,
  },

  scans: {
    none: '아직 스캔 기록이 없습니다',
    first: '첫 번째 스캔입니다',
    alone: '오늘 다른 사람이 이 스티커를 스캔한 기록이 없습니다',
    often: (count) => `이 스티커는 ${count}번 스캔되었습니다`,
    ask: '새 상품을 방금 열었다면 판매자에게 물어보세요.',
    places: (provinces, others, from, to) =>
      `${from === to ? to : `${from}부터 ${to}까지`} 이 스티커는 ${
        provinces.length === 0
          ? '여러 번'
          : `${provinces.join(', ')}${others === 0 ? '' : ` 및 다른 ${others}개 성`}에서`
      } 스캔되었습니다.`,
    count: (count) => `스캔 ${count}회`,
    firstOn: (day) => `최초 ${day}`,
  },

  producer: {
    heading: '생산자',
    provider: '제공자',
    receiver: '스티커를 받은 곳',
    maker: { goods: '생산자', tourism: '제공자' },
    name: '이름',
    address: '주소',
    certifiedAs: (address) => `인증 당시: ${address}`,
    origin: '원산지',
    addressAndOrigin: '주소·원산지',
    todayIn: (province) => `현재 ${province}`,
    phone: '전화',
    website: '웹사이트',
    office: '발급 기관',
    officePhone: '발급 기관 전화',
    kinds: { cooperative: '협동조합', household: '농가·공방', company: '회사', group: '협력조' },
  },

  lot: {
    heading: '생산 단위',
    number: '로트 번호',
    producedOn: '생산일',
    expiresOn: '소비기한',
    left: (days) => `${days}일 남음`,
    lastDay: '오늘이 마지막 날',
    past: (days) => `${days}일 지남`,
    corrected: '정정됨',
    correctedOn: (day) => `${day}, OCOP 사무소 승인`,
    recalled: '회수 시작일',
  },

  certificates: {
    heading: '인증',
    schemes: {
      ocop: 'OCOP',
      vietgap: 'VietGAP',
      globalgap: 'GLOBALG.A.P.',
      organic: '유기농',
      haccp: 'HACCP',
      iso22000: 'ISO 22000',
      'food-safety': '식품 안전',
      trademark: '상표',
      'geographical-indication': '지리적 표시',
      other: '기타 인증',
    },
    ocop: (stars) => `OCOP(일촌일품) ${stars}성`,
    states: { valid: '유효', extended: '연장됨', expired: '효력 없음', revoked: '취소됨' },
    until: (day) => html`<b>${day}</b>까지 유효`,
    ended: (day) => html`<b>${day}</b> 이후 효력 없음`,
    revokedOn: (day) => html`<b>${day}</b>부터 취소`,
    endless: html`기한 표시 없음`,
    more: (count) => `인증 ${count}건 더 보기`,
  },

  journey: {
    heading: '이력',
    site: (gln) => `장소 코드(GLN) ${gln}`,
    by: (by) => `담당: ${by}`,
    corrected: (day) => `${day} 정정`,
    more: (count) => `${count}단계 더 보기`,
    photo: (step) => `사진: ${step}`,
  },

  details: {
    heading: '제품 정보',
    onlyVietnamese: '베트남어만 있음',
    description: '설명',
    ingredients: '원재료',
    allergens: '알레르기 유발 물질',
    allergenNames,
    noAllergens: '흔한 14가지 알레르기 유발 물질 없음',
    usage: '사용법',
    warnings: '경고',
    storage: '보관',
    brand: '상표',
    standards: '규격',
    gtin: 'GTIN',
    updated: '갱신',
    photo: (product) => `사진: ${product}`,
    full: '모든 정보 보기',
  },

  story: { heading: '이야기', more: '더 읽기' },

  proofs: {
    see: (count) => (count === 1 ? '서류 사진 보기' : `서류 ${count}건의 사진 보기`),
    kinds: {
      certificate: '인증서',
      extension: '연장 근거',
      revocation: '취소 결정',
      gtin: 'GTIN 사용 허가',
      'test-result': '검사 결과',
      other: '기타 서류',
    },
    page: (kind, page) => `${kind}, ${page}쪽`,
    reference: (number) => `번호: ${number}`,
    issuedBy: (issuer) => `발급처: ${issuer}`,
    link: (host) => `발급처 페이지에서 보기: ${host}`,
    more: (pages) => `이 서류는 ${pages}쪽이 더 있습니다.`,
    handedIn: (by, day) => `${by}에서 ${day}에 제출.`,
    shown: (office, day) => `${office}에서 대조하고 ${day}부터 공개.`,
  },

  report: {
    heading: '신고',
    text: '상품이 설명과 다르거나 스티커가 떼어졌다 다시 붙었나요? 알려 주세요. 이름은 필요 없습니다.',
    button: '신고하기',
  },

  code: {
    heading: '스티커 코드',
    serial: (serial, quantity) => html`함께 발급된 ${quantity}장 중 ${serial}번`,
    serialOnly: (serial) => html`스티커 ${serial}번`,
    unprinted: '이 묶음의 인쇄 기록이 없습니다.',
  },

  typed: {
    label: '스티커의 코드를 입력하세요',
    again: '스티커의 코드를 다시 입력하세요',
    hint: '18글자, 3묶음. 대소문자를 구분하지 않으며 O는 0, I와 L은 1로 읽습니다.',
    button: '조회',
    buttonAgain: '다시 조회',
    camera: '카메라로 스캔',
    symbol: (symbol) => html`<b>${symbol}</b> 글자는 어떤 스티커 코드에도 없습니다. 한 글자씩 비교해 보세요.`,
    missing: (count) => html`코드는 18글자인데 <b>${count}</b>글자가 부족합니다. 한 글자씩 비교해 보세요.`,
    excess: (count) => html`코드는 18글자인데 <b>${count}</b>글자가 많습니다. 한 글자씩 비교해 보세요.`,
    unreadable: html`주소가 전송 중 손상되었습니다. 스티커의 코드를 입력하세요.`,
    barcode: html`같은 제품의 모든 포장에 있는 바코드이며 스티커 코드가 아닙니다. 스티커 코드는 18글자이고 스티커의 QR 코드 옆에 있습니다.`,
    phone: html`전화번호이며 스티커 코드가 아닙니다. 스티커 코드는 18글자이고 스티커의 QR 코드 옆에 있습니다.`,
    otherAddress: (host) =>
      html`<b>${host}</b>의 주소이며 저희 것이 아니므로 그 코드에 관해 알지 못합니다. 상품에 저희 스티커가 있다면 QR 코드 옆의 18글자를 입력하세요.`,
  },

  askDirectly: { heading: '직접 문의', phone: '전화' },

  front: {
    title: '이력추적 스티커 조회',
    intro: '누가, 어디서 만들었고, 별이 몇 개이며, 인증이 언제까지인지 한 번의 스캔으로.',
    hostHeading: '믿기 전에 주소를 보세요',
    host: (host) => html`웹사이트 주소는 스티커에 인쇄된 그대로 <b>${host}</b>이어야 합니다.`,
    neverHeading: '이 페이지는 절대 묻지 않습니다',
    never: ['비밀번호, 일회용 번호, 신분증 번호', '돈, 카드 번호, 계좌 번호', '당신의 위치', '앱 설치'],
    neverNote: '이런 것을 묻는 페이지는 저희 것이 아닙니다.',
    cameraHeading: '또는 QR 코드를 스캔하세요',
    cameraPhone: '휴대전화 카메라를 열고 스티커의 QR 코드를 비추세요.',
    cameraPhoto: '스티커 사진을 찍거나 고르기',
    cameraReading: '코드를 읽는 중…',
    cameraNone: '사진에서 QR 코드를 찾지 못했습니다. 밝은 곳에서 더 가까이 찍거나 코드를 입력하세요.',
    cameraNoPicture: '사진 파일이 아니거나 손상되었습니다. 다른 사진을 고르거나 코드를 입력하세요.',
    cameraNoReader: '코드 판독기를 불러오지 못했습니다. 네트워크를 확인하고 페이지를 다시 열거나 코드를 입력하세요.',
    cameraStart: '카메라로 스캔',
    cameraStop: '카메라 끄기',
    cameraDenied: '카메라 사용이 허용되지 않았습니다. 휴대전화 카메라를 쓰거나 코드를 입력하세요.',
    cameraElsewhere: '이 QR 코드는 다른 곳으로 연결되며 저희 스티커가 아닙니다:',
  },

  complaint: {
    title: '신고하기',
    intro: '보신 것을 알려 주세요. OCOP 사무소와 검사원이 읽습니다. 이름은 필요 없습니다.',
    about: '무엇에 관한 것인가요?',
    abouts: {
      'wrong-product': '상품이 페이지의 설명과 다름',
      opened: '포장이나 스티커가 떼어졌다 다시 붙음',
      'looks-copied': '스티커가 복제된 것 같음',
      'past-date': '상품의 소비기한이 지남',
      other: '기타',
    },
    message: '보신 것을 설명해 주세요',
    where: '어디서 사거나 보셨나요? (선택)',
    contact: '전화번호 또는 이메일 (선택)',
    contactHint: '이 신고에 관해 연락할 때만 씁니다.',
    send: '보내기',
    back: '스티커 페이지로 돌아가기',
    missingAbout: '하나를 선택하세요.',
    missingMessage: '보신 것을 몇 마디 적어 주세요.',
    tooLong: (max) => `더 짧게 적어 주세요. 최대 ${max}글자입니다.`,
    faulty: '보내지 못함: ',
    notSent: '보내지 못했습니다',
    refused: (office) =>
      `이 스티커는 오늘 받을 수 있는 신고를 모두 받았습니다. 작성하신 내용은 아래에 그대로 있습니다. 내일 다시 보내거나 ${office}에 전화하세요.`,
    thanks: '접수되었습니다. 감사합니다',
    number: (number) => html`신고 번호: <b class="b">${number}</b>`,
    next: (office) => `${office}에서 검토합니다. 상품, 스티커, 영수증을 보관하고 연락할 때 이 번호를 알려 주세요.`,
  },

  pin: {
    heading: '긁는 번호',
    label: '긁는 막 아래 숫자 6자리',
    button: '번호 확인',
    used: (time, day) =>
      `이 번호는 ${day} ${time}에 처음 입력되었습니다. 방금 샀고 입력한 적이 없다면 판매자에게 물어보세요.`,
    right: '번호가 맞습니다',
    rightFirst: '이 번호가 처음 입력되었습니다. 이후 다시 입력하면 사용된 것으로 표시됩니다.',
    usedBefore: '번호는 맞지만 이미 사용되었습니다',
    usedBeforeNote: (time, day) =>
      html`이 번호는 <b>${day}</b> <b>${time}</b>에 처음 입력되었습니다. 본인이 아니라면 스티커가 복제되었을 수 있으니 아직 사용하지 말고 신고해 주세요.`,
    wrong: '번호가 맞지 않습니다',
    wrongNote: (left) => `숫자를 하나씩 비교해 보세요. ${left}번 더 시도할 수 있습니다.`,
    lockedNow: (time, day) => `번호 입력이 ${day} ${time}까지 잠겼습니다. 그 뒤에 다시 시도하세요.`,
    locked: '번호 입력이 잠겼습니다',
    lockedNote: (time, day) =>
      `이 스티커에 틀린 번호가 여러 번 입력되었습니다. 스티커를 들고 있다면 숫자를 확인하고 한 번 더 입력하세요. 그래도 틀리면 ${day} ${time} 이후에 다시 시도하세요.`,
    none: '이 스티커에는 번호가 없습니다',
    noneNote: '이 묶음의 스티커에는 긁는 막이 없습니다. 막이 있다면 신고해 주세요.',
    malformed: '숫자 6자리를 모두 입력하세요',
    malformedNote: '번호는 긁는 막 아래의 숫자 6자리입니다.',
  },

  faults: {
    cannotCheck: '지금은 확인할 수 없습니다',
    cannotCheckNote: '시스템이 바쁩니다. 스티커에 문제가 있다는 뜻은 아닙니다. 몇 분 뒤 다시 시도하세요.',
    again: '다시 시도',
    tooMany: '잠시 기다려 주세요',
    tooManyNote: '사용 중인 네트워크에서 틀린 코드가 너무 많이 전송되었습니다. 저희가 발급한 스티커는 계속 조회됩니다.',
    tooManyForms:
      '사용 중인 네트워크에서 너무 많은 내용이 전송되어 접수되지 않았습니다. 돌아가서 몇 분 뒤 다시 보내세요.',
    badLink: '이 주소를 읽을 수 없습니다',
    badLinkNote: '스티커 링크의 일부가 없거나 틀렸습니다. QR 코드 옆의 18글자 코드를 입력하세요.',
    method: '이 요청은 여기서 할 수 없습니다',
    methodNote: '스티커 주소는 읽기만 할 수 있습니다.',
    notFound: '그런 페이지가 없습니다',
    notFoundNote: '주소를 확인하거나 스티커의 코드를 입력하세요.',
  },
} satisfies PublicWords;
