// Chinese words of the public pages: the same keys as vi. Prepared, complete, and not served before a native reader has
// read them (docs/decisions/0043-languages.md).

import type { Allergen } from '../../../domain/registry/allergens.ts';
import { SITE_NAME } from '../../site-pages.ts';
import { html, type Html } from '../../html.ts';
import type { PublicWords } from '../vi/public.ts';

const allergenNames: Readonly<Record<Allergen, string>> = {
  gluten: '含麸质的谷物（小麦、大麦、黑麦、燕麦）',
  crustaceans: '甲壳类（虾、蟹）',
  eggs: '蛋类',
  fish: '鱼类',
  peanuts: '花生',
  soya: '大豆',
  milk: '奶类',
  nuts: '坚果（腰果、核桃、杏仁、夏威夷果）',
  celery: '芹菜',
  mustard: '芥末',
  sesame: '芝麻',
  sulphites: '亚硫酸盐（10 mg/kg 及以上）',
  lupin: '羽扇豆',
  molluscs: '软体动物（鱿鱼、螺、贝）',
};

export const publicPage = {
  language: { code: 'zh', otherCode: 'vi', otherName: 'Tiếng Việt' },
  brand: SITE_NAME,
  home: `${SITE_NAME}，前往输入标签编码的页面`,
  country: '越南',
  preview: (name) => `查询溯源标签：${name}，打开可查看目前状态`,
  colon: '：',

  listen: { listen: '朗读', stop: '停止' },

  footer: {
    scan: '本页只记录扫描的省份和时间。用于避免重复计数的匿名标记会在 72 小时内删除。不使用 Cookie。标签的照片也能打开本页，所以请务必核对最后 4 位字符和手中的商品。',
    nothing: '本页不记录您的任何信息。不使用 Cookie。',
    complaint: '只保存您填写的内容。不使用 Cookie。',
  },

  verdicts: {
    valid: '标签有效',
    suspect: '请进一步核对',
    expired: '商品已过保质期',
    recalled: { lot: '该批商品正在召回', product: '该产品正在召回', range: '贴有此标签的商品正在召回' },
    void: '标签已作废',
    'not-activated': '标签尚未启用',
    unknown: '未找到此标签',
    display: '展示用标签，不用于商品',
    plaque: '招牌标签，不贴在商品上',
  },

  facts: {
    valid: (goods) => html`此标签由 ${SITE_NAME} 发放，用于<b>${goods}</b>。请与手中的商品核对。`,
    plaque: (place) =>
      html`此标签由 ${SITE_NAME} 发放给<b>${place}</b>，挂在招牌或柜台处。请核对名称与您所在的地方是否一致。`,
    display: (goods) => html`这是<b>${goods}</b>的展示用标签，不用于出售的商品。出售的商品必须有自己的标签。`,
    suspect: {
      'found-copied': html`此标签在我们的系统中，但<b>OCOP 办公室发现它被复制过</b>。您手中的商品可能不是该生产者的。`,
      'far-apart': html`此标签在我们的系统中，但<b>短时间内在相距很远的地方被扫描，不太可能是同一枚标签</b>。它可能被复制了。`,
      'strangers-after-pin': html`此标签在我们的系统中，但<b>刮刮码已被使用</b>，之后又有许多其他人扫描。它可能被复制了。`,
      'many-visitors': html`此标签在我们的系统中，但<b>多日内扫描的人数异常地多</b>。它可能被复制了。`,
    },
    expired: (day, days) => html`标签有效，但该批商品的保质期到 <b>${day}</b> 为止（${days} 天前）。`,
    recalled: { eat: '请不要食用此产品。', drink: '请不要饮用此产品。', use: '请不要使用此产品。' },
    void: (reason, day) => html`此标签已于 ${day} 作废（原因：<b>${reason}</b>），不再有效。`,
    notActivated: (producer) => html`此标签已交给 <b lang="vi">${producer}</b>，但尚未对应任何批次。`,
    notOurs: html`您扫描或输入的编码<b>不是 ${SITE_NAME} 发放的</b>。`,
    malformed: html`此地址<b>没有完整的标签编码</b>（编码共 18 位）。`,
  },

  voidReasons: {
    spoiled: '印刷损坏',
    lost: '遗失',
    stolen: '被盗',
    surplus: '印刷过量',
    damaged: '受损',
    other: '其他',
  },

  todo: {
    heading: '您可以这样做',
    meaning: '这意味着什么',
    suspect: ({ whom, maker }) => [
      '复制品的最后 4 位字符也相同，只核对编码是不够的。请查看包装、封口和刮涂层（如有）是否完好。',
      ...(whom === 'maker' ? [`致电${maker}，询问这个卖家是否从他们那里进货。`] : []),
      ...(whom === 'office' ? [`致电 OCOP 办公室，请其询问${maker}这个卖家是否从他们那里进货。`] : []),
      '如仍有疑问，请先不要使用。保留收据，并在本页末尾提交反馈。',
    ],
    expired: ({ whom }) => [
      '查看包装上印的日期。如果确实过期，请不要使用。',
      '带回购买处更换或退货。',
      `如果包装上的日期与此处不同，请${whom === null ? '在本页末尾提交反馈' : '致电询问'}。`,
    ],
    void: ({ whom, maker }) => [
      '请不要因为有此标签就购买商品。',
      ...(whom === null ? [] : [`致电${whom === 'maker' ? maker : ' OCOP 办公室'}，告知您在哪里看到此标签。`]),
      '如果此标签在出售的商品上，请在本页末尾提交反馈。',
    ],
    notActivated: ({ whom, maker }) => [
      whom === null
        ? '如果此标签贴在出售的商品上，请先不要购买，并在本页末尾提交反馈。'
        : '如果此标签贴在出售的商品上，购买前请致电询问。',
      `可能是${maker}忘记启用，或标签遗失了。`,
    ],
    display: '如果在出售的商品上看到此标签，请提交反馈。',
    plaque: '招牌标签说明的是这个地方。出售的商品必须有自己的标签；如果此标签贴在商品上，请提交反馈。',
    notOurs: (host: string): (string | Html)[] => [
      '如果是手动输入，请在下方逐字核对。',
      html`如果刚在商品上扫描，请看标签上印的网址是否正是 <b>${host}</b>。`,
      '如果仍未找到，此标签可能不属于 OCOP 计划。请询问 OCOP 办公室或当地人民委员会，不要只问卖家。',
    ],
    malformed: ['请与标签逐字核对，然后在下方重新查询。', '或重新扫描二维码：手机距标签约 20 厘米，光线充足。'],
    tell: '提交反馈',
  },

  also: {
    heading: '另外',
    recalled: '该商品也正在召回。',
    void: '此标签也已作废。',
    'not-activated': '此标签也尚未启用。',
    suspect: '此标签也可能被复制过：请核对最后 4 位字符并仔细查看包装。',
    expired: '该批商品也已过保质期。',
    valid: '',
  },

  call: {
    cooperative: '致电合作社',
    household: '致电生产者',
    company: '致电企业',
    group: '致电合作组',
    provider: '致电提供者',
    office: '致电办公室',
  },

  rating: {
    stars: (stars) => `OCOP ${stars} 星`,
    was: (stars) => `曾获 OCOP ${stars} 星，已失效`,
    wasRevoked: (stars) => `曾获 OCOP ${stars} 星，已被撤销`,
    until: (day) => `有效期至 ${day}`,
    extended: (day) => `延长至 ${day}`,
    lapsed: (day) => `${day} 之后失效`,
    revoked: '证书已被撤销',
    onPacking: { yes: '；包装时仍有效', no: '；包装时无效', unknown: '' },
  },

  compare: {
    heading: '标签上的最后 4 位字符必须是',
    host: (host) => html`网址必须是 <b>${host}</b>。如有一项不符，本页说的就不是您手中的标签。`,
  },

  scans: {
    none: '尚无扫描记录',
    first: '这是第一次扫描',
    alone: '今天未见其他人扫描此标签',
    often: (count) => `此标签已被扫描 ${count} 次`,
    ask: '如果您刚打开新的商品，请询问卖家。',
    places: (provinces, others, from, to) =>
      `${from === to ? to : `${from} 至 ${to}`}，此标签${
        provinces.length === 0
          ? '被多次扫描'
          : `在 ${provinces.join('、')}${others === 0 ? '' : ` 和另外 ${others} 个省`}被扫描`
      }。`,
    count: (count) => `扫描 ${count} 次`,
    firstOn: (day) => `首次在 ${day}`,
  },

  producer: {
    heading: '生产者',
    provider: '提供者',
    receiver: '领取标签者',
    maker: { goods: '生产者', tourism: '提供者' },
    name: '名称',
    address: '地址',
    certifiedAs: (address) => `认证时：${address}`,
    origin: '产地',
    addressAndOrigin: '地址、产地',
    todayIn: (province) => `今属 ${province}`,
    phone: '电话',
    website: '网站',
    office: '发放机构',
    officePhone: '发放机构电话',
    kinds: { cooperative: '合作社', household: '农户或作坊', company: '企业', group: '合作组' },
  },

  lot: {
    heading: '批次',
    number: '批号',
    producedOn: '生产日期',
    expiresOn: '保质期至',
    left: (days) => `还有 ${days} 天`,
    lastDay: '今天是最后一天',
    past: (days) => `已过 ${days} 天`,
    corrected: '已更正',
    correctedOn: (day) => `${day}，经 OCOP 办公室批准`,
    recalled: '召回开始日期',
  },

  certificates: {
    heading: '证书',
    schemes: {
      ocop: 'OCOP',
      vietgap: 'VietGAP',
      globalgap: 'GLOBALG.A.P.',
      organic: '有机',
      haccp: 'HACCP',
      iso22000: 'ISO 22000',
      'food-safety': '食品安全',
      trademark: '商标',
      'geographical-indication': '地理标志',
      other: '其他证书',
    },
    ocop: (stars) => `OCOP（一乡一品）${stars} 星`,
    states: { valid: '有效', extended: '已延期', expired: '已失效', revoked: '已撤销' },
    until: (day) => html`有效期至 <b>${day}</b>`,
    ended: (day) => html`<b>${day}</b> 之后失效`,
    revokedOn: (day) => html`自 <b>${day}</b> 起撤销`,
    endless: html`未注明期限`,
    more: (count) => `查看另外 ${count} 份证书`,
  },

  journey: {
    heading: '历程',
    site: (gln) => `地点代码（GLN）${gln}`,
    by: (by) => `执行者：${by}`,
    corrected: (day) => `${day} 更正`,
    more: (count) => `查看另外 ${count} 步`,
    photo: (step) => `照片：${step}`,
  },

  details: {
    heading: '产品信息',
    onlyVietnamese: '仅越南语',
    description: '说明',
    ingredients: '配料',
    allergens: '过敏原',
    allergenNames,
    noAllergens: '不含 14 类常见过敏原',
    usage: '用法',
    warnings: '警示',
    storage: '贮存',
    brand: '品牌',
    standards: '标准',
    gtin: 'GTIN',
    updated: '更新',
    photo: (product) => `照片：${product}`,
    full: '查看全部信息',
  },

  story: { heading: '故事', more: '继续阅读' },

  proofs: {
    see: (count) => (count === 1 ? '查看文件图片' : `查看 ${count} 份文件的图片`),
    kinds: {
      certificate: '证书',
      extension: '延期文件',
      revocation: '撤销决定',
      gtin: 'GTIN 使用授权',
      'test-result': '检测结果',
      other: '其他文件',
    },
    page: (kind, page) => `${kind}，第 ${page} 页`,
    reference: (number) => `编号：${number}`,
    issuedBy: (issuer) => `发证机构：${issuer}`,
    link: (host) => `在发证机构网站查看：${host}`,
    more: (pages) => `此文件还有 ${pages} 页。`,
    handedIn: (by, day) => `${by} 于 ${day} 提交。`,
    shown: (office, day) => `${office} 核对后自 ${day} 起公开。`,
  },

  report: {
    heading: '反馈',
    text: '商品与描述不符，或标签被撕下、重贴？请告诉我们。无需留下姓名。',
    button: '提交反馈',
  },

  code: {
    heading: '标签编码',
    serial: (serial, quantity) => html`同批 ${quantity} 枚标签中的第 ${serial} 号`,
    serialOnly: (serial) => html`标签第 ${serial} 号`,
    unprinted: '系统中没有这批标签的印刷记录。',
  },

  typed: {
    label: '输入标签上的编码',
    again: '重新输入标签上的编码',
    hint: '18 位字符，分 3 组。不区分大小写；O 视为 0，I 和 L 视为 1。',
    button: '查询',
    buttonAgain: '重新查询',
    camera: '用相机扫描',
    symbol: (symbol) => html`任何标签编码中都没有字符 <b>${symbol}</b>。请逐字核对。`,
    missing: (count) => html`编码有 18 位，还缺 <b>${count}</b> 位。请逐字核对。`,
    excess: (count) => html`编码有 18 位，多了 <b>${count}</b> 位。请逐字核对。`,
    unreadable: html`地址在传输中损坏。请输入标签上的编码。`,
    barcode: html`这是同一产品每个包装共用的条形码，不是标签编码。标签编码有 18 位，在标签的二维码旁边。`,
    phone: html`这是电话号码，不是标签编码。标签编码有 18 位，在标签的二维码旁边。`,
    otherAddress: (host) =>
      html`这是 <b>${host}</b> 的地址，不是我们的，所以我们对该编码一无所知。如果商品上有我们的标签，请输入二维码旁的 18 位字符。`,
  },

  askDirectly: { heading: '直接询问', phone: '电话' },

  front: {
    title: '查询溯源标签',
    intro: '谁做的、在哪里、几颗星、认证到何时：一次扫描就知道。',
    hostHeading: '相信之前先看网址',
    host: (host) => html`网址必须是 <b>${host}</b>，与标签上印的逐字相同。`,
    neverHeading: '本页从不索要',
    never: ['密码、验证码或证件号码', '钱款、卡号或账号', '您的位置', '安装应用程序'],
    neverNote: '如果某个页面索要这些，那不是我们的页面。',
    cameraHeading: '或扫描二维码',
    cameraPhone: '打开手机相机，对准标签上的二维码。',
    cameraPhoto: '拍摄或选择标签照片',
    cameraReading: '正在读取…',
    cameraNone: '照片中没有找到二维码。请靠近些、在光线充足处重拍，或输入编码。',
    cameraNoPicture: '此文件不是图片或已损坏。请另选一张，或输入编码。',
    cameraNoReader: '未能加载读码器。请检查网络后重新打开页面，或输入编码。',
    cameraStart: '用相机扫描',
    cameraStop: '关闭相机',
    cameraDenied: '本页未获准使用相机。请使用手机相机，或输入编码。',
    cameraElsewhere: '此二维码指向别处，不是我们的标签：',
  },

  complaint: {
    title: '提交反馈',
    intro: '请告诉我们您看到了什么。OCOP 办公室和检查人员会阅读。无需留下姓名。',
    about: '您要反馈什么？',
    abouts: {
      'wrong-product': '商品与页面描述不符',
      opened: '包装或标签被撕开、重贴',
      'looks-copied': '标签似乎是复制的',
      'past-date': '商品已过保质期',
      other: '其他',
    },
    message: '请描述您看到的情况',
    where: '在哪里购买或看到？（选填）',
    contact: '电话或电子邮件（选填）',
    contactHint: '仅用于就此反馈与您联系。',
    send: '发送',
    back: '返回标签页面',
    missingAbout: '请选择一项。',
    missingMessage: '请写几句您看到的情况。',
    tooLong: (max) => `请写短些：最多 ${max} 个字符。`,
    faulty: '未发送：',
    notSent: '未发送',
    refused: (office) => `此标签今天收到的反馈已达上限。您写的内容仍在下方：请明天再发送，或致电${office}。`,
    thanks: '已收到，谢谢',
    number: (number) => html`您的反馈编号：<b class="b">${number}</b>`,
    next: (office) => `${office}会处理。请保留商品、标签和收据，联系时说明此编号。`,
  },

  pin: {
    heading: '刮刮码',
    label: '涂层下的 6 位数字',
    button: '核对刮刮码',
    used: (time, day) => `此刮刮码于 ${day} ${time} 首次输入。如果您刚买到商品且没有输入过，请询问卖家。`,
    right: '刮刮码正确',
    rightFirst: '这是该刮刮码第一次被输入。此后再输入的人会看到已使用过。',
    usedBefore: '刮刮码正确，但已使用过',
    usedBeforeNote: (time, day) =>
      html`此码首次输入于 <b>${day}</b> <b>${time}</b>。如果不是您输入的，标签可能被复制了：请先不要使用，并提交反馈。`,
    wrong: '刮刮码不符',
    wrongNote: (left) => `请逐位核对。还可尝试 ${left} 次。`,
    lockedNow: (time, day) => `刮刮码输入已锁定至 ${day} ${time}。请在此之后再试。`,
    locked: '刮刮码输入已锁定',
    lockedNote: (time, day) =>
      `此标签多次输入错误。如果标签在您手中，请看清每位数字后再输入一次。如仍不对，请在 ${day} ${time} 之后再试。`,
    none: '此标签没有刮刮码',
    noneNote: '这批标签没有涂层。如果标签上有涂层，请提交反馈。',
    malformed: '请输入全部 6 位数字',
    malformedNote: '刮刮码是涂层下的 6 位数字。',
  },

  faults: {
    cannotCheck: '暂时无法核查',
    cannotCheckNote: '系统繁忙。这并不说明标签有问题。请几分钟后再试。',
    again: '再试一次',
    tooMany: '请稍等',
    tooManyNote: '您所在的网络刚刚发送了太多错误编码。我们发放的标签仍可查询。',
    tooManyForms: '您所在的网络刚刚发送了太多内容，因此这次未被接收。请返回，几分钟后再发送。',
    badLink: '无法读取此地址',
    badLinkNote: '标签链接有缺失或错误。请输入二维码旁的 18 位编码。',
    method: '此请求在这里无效',
    methodNote: '标签地址只能查看。',
    notFound: '没有此页面',
    notFoundNote: '请检查地址，或输入标签上的编码。',
  },
} satisfies PublicWords;
