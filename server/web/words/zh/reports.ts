// Chinese words of reports of foreign stamps and of a sender's page: the same keys as in Vietnamese, without the
// console's. Prepared, complete, and not served (docs/decisions/0043-languages.md).

import { html } from '../../html.ts';
import type { ReportsWords } from '../vi/reports.ts';

export const reports = {
  notSent: '未发送',
  refused: {
    network: (minutes) =>
      `您所在的网络刚刚发送了多份表单，因此这次未被接收。您写的内容仍在下方：请 ${minutes} 分钟后再发送，或致电。`,
    pins: (minutes) => `您所在的网络刚刚多次输入刮刮码，因此这次未核对。请 ${minutes} 分钟后再试，或致电。`,
    source: '关于此编码或地址的反馈今天已达上限。您写的内容仍在下方：请明天再发送，或致电。',
    'too-large': '发送的内容太大。请返回，写短些或减少照片。',
    unreadable: '无法读取表单。请返回后重新发送。',
    otherSite: '表单必须从我们的页面发送。请重新打开页面再发送。',
    again: '重新打开表单',
  },

  report: {
    title: '举报陌生标签',
    intro: '您看到的标签不是我们发放的吗？请告诉 OCOP 办公室，他们会处理。无需留下姓名。',
    readAs: '标签上的编码或地址（选填）',
    readAsHint: '标签上印的编码，或二维码指向的网址。',
    ours: (path) => html`这是我们发放的标签的编码。请<a href="${path}">查看其页面</a>并在那里提交反馈。`,
    oursFault: '这是我们发放的标签的编码。',
    says: '标签上写着什么？（选填）',
    saysHint: '名称、星级、电话等您能看清的内容。',
    goods: '标签贴在什么商品上？',
    missingGoods: '请说明标签贴在什么商品上。',
    province: '在哪个省、市看到？（选填）',
    provinceHint: '以便反馈送到正确的办公室。',
    provinceBlank: '未选择',
    wrongProvince: '请从列表中选择省或市。',
    place: '哪个市场、商店或网站？（选填）',
    stampPhoto: '标签照片（选填）',
    packPhoto: '包装照片（选填）',
    photoHint: '可现拍或选择已有照片，最大 10 MB。',
    photoAgain: '请重新选择照片：页面无法保留照片。',
    message: '其他（选填）',
    tooLong: (max) => `请写短些：最多 ${max} 个字符。`,
    unreadable: '含有无法读取的字符。请删除后重新输入。',
    send: '发送',
    askHeading: '想立即询问',
    ask: '请询问当地的 OCOP 办公室或乡、坊人民委员会。不要只问卖家。',
    front: '前往输入编码的页面',
  },

  answer: {
    title: (number) => `反馈 ${number}`,
    received: '已收到，谢谢',
    number: '反馈编号',
    keep: '请保存本页地址，不要给别人。再次打开可查看处理进展。',
    keepGoods: '请保留商品、标签和收据，联系时说明编号。',
    state: '状态',
    states: { new: '已收到，待处理', looking: '处理中', closed: '已完成' },
    sentAt: '发送时间',
    changedAt: '更新时间',
    about: '您写的内容',
    office: '处理机构',
    programme: 'OCOP 计划主管机构',
    phone: '电话',
    reply: '回复',
    noReply: '尚无回复。',
    photos: (count) => `已收到 ${count} 张照片。`,
    addPhotos: '补充照片',
    add: '发送照片',
    photoProblems: {
      unread: '有一张照片未被接收：文件不是 JPEG、PNG 或 WebP 图片，或已损坏。请在下方另选一张。',
      later: '您的反馈已收到，但照片未收到：系统繁忙。请几分钟后在下方重新发送。',
      full: '此反馈的照片已满，或今天不再接收。请保留照片，联系时说明编号。',
      none: '请至少选择一张照片。',
    },
    notFound: '无法打开此反馈',
    notFoundNote: '地址有缺失或错误。请打开您保存的地址，或致电 OCOP 办公室并说明编号。',
  },
} satisfies Omit<ReportsWords, 'console'>;
