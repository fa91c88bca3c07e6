// Korean words of reports of foreign stamps and of a sender's page: the same keys as in Vietnamese, without the
// console's. Prepared, complete, and not served (docs/decisions/0043-languages.md).

import { html } from '../../html.ts';
import type { ReportsWords } from '../vi/reports.ts';

export const reports = {
  notSent: '보내지 못했습니다',
  refused: {
    network: (minutes) =>
      `사용 중인 네트워크에서 많은 양식이 전송되어 이번에는 접수되지 않았습니다. 작성하신 내용은 아래에 있습니다. ${minutes}분 뒤 다시 보내거나 전화하세요.`,
    pins: (minutes) =>
      `사용 중인 네트워크에서 번호가 여러 번 입력되어 이번에는 확인하지 않았습니다. ${minutes}분 뒤 다시 시도하거나 전화하세요.`,
    source:
      '이 코드나 주소에 관한 신고를 오늘 받을 수 있는 만큼 받았습니다. 작성하신 내용은 아래에 있습니다. 내일 다시 보내거나 전화하세요.',
    'too-large': '보낸 내용이 너무 큽니다. 돌아가서 더 짧게 쓰거나 사진을 줄이세요.',
    unreadable: '양식을 읽을 수 없습니다. 돌아가서 다시 보내세요.',
    otherSite: '양식은 저희 페이지에서 보내야 합니다. 페이지를 다시 열고 보내세요.',
    again: '양식 다시 열기',
  },

  report: {
    title: '낯선 스티커 신고',
    foreignHeading: '판매 중인 상품에 붙어 있나요?',
    foreign: 'OCOP 프로그램의 스티커라고 적혀 있다면, 어디에서 어떤 상품에 붙어 있었는지 OCOP 사무소에 알려 주세요.',
    offices: 'OCOP 사무소 전화번호',
    intro: '저희가 발급하지 않은 스티커를 보셨나요? OCOP 사무소에 알려 주시면 검토합니다. 이름은 필요 없습니다.',
    readAs: '스티커의 코드나 주소 (선택)',
    readAsHint: '스티커에 인쇄된 코드, 또는 QR 코드가 연결되는 웹 주소.',
    ours: (path) =>
      html`저희가 발급한 스티커의 코드입니다. <a href="${path}">그 페이지를 보고</a> 거기에서 신고해 주세요.`,
    oursFault: '저희가 발급한 스티커의 코드입니다.',
    says: '스티커에 무엇이 적혀 있나요? (선택)',
    saysHint: '이름, 별 개수, 전화번호 등 읽을 수 있는 것.',
    goods: '스티커가 어떤 상품에 붙어 있나요?',
    missingGoods: '스티커가 어떤 상품에 붙어 있는지 알려 주세요.',
    province: '어느 성·시에서 보셨나요? (선택)',
    provinceHint: '신고가 알맞은 사무소로 가도록 합니다.',
    provinceBlank: '선택 안 함',
    wrongProvince: '목록에서 성이나 시를 선택하세요.',
    place: '어느 시장, 가게, 웹사이트인가요? (선택)',
    stampPhoto: '스티커 사진 (선택)',
    packPhoto: '포장 사진 (선택)',
    photoHint: '새로 찍거나 있는 사진을 고르세요. 최대 10 MB.',
    photoAgain: '사진을 다시 고르세요. 페이지는 사진을 보관할 수 없습니다.',
    message: '그 밖의 내용 (선택)',
    tooLong: (max) => `더 짧게 적어 주세요. 최대 ${max}글자입니다.`,
    unreadable: '읽을 수 없는 글자가 있습니다. 지우고 다시 입력하세요.',
    send: '보내기',
    askHeading: '바로 문의하려면',
    ask: '그 지역의 OCOP 사무소나 읍·동 인민위원회에 문의하세요. 판매자에게만 묻지 마세요.',
    front: '코드 입력 페이지로',
  },

  answer: {
    title: (number) => `신고 ${number}`,
    received: '접수되었습니다. 감사합니다',
    number: '신고 번호',
    keep: '이 페이지의 주소를 보관하고 남에게 주지 마세요. 다시 열면 처리 상황을 볼 수 있습니다.',
    keepGoods: '상품, 스티커, 영수증을 보관하고 연락할 때 번호를 알려 주세요.',
    state: '상태',
    states: { new: '접수됨, 검토 예정', looking: '검토 중', closed: '완료' },
    sentAt: '보낸 때',
    changedAt: '갱신',
    about: '작성하신 내용',
    office: '담당 기관',
    programme: 'OCOP 프로그램 관리 기관',
    phone: '전화',
    reply: '답변',
    noReply: '아직 답변이 없습니다.',
    photos: (count) => `사진 ${count}장을 받았습니다.`,
    addPhotos: '사진 추가',
    add: '사진 보내기',
    photoProblems: {
      unread: '사진 한 장을 받지 못했습니다. JPEG, PNG, WebP가 아니거나 손상되었습니다. 아래에서 다른 사진을 고르세요.',
      later: '신고는 접수되었지만 사진은 받지 못했습니다. 시스템이 바쁩니다. 몇 분 뒤 아래에서 다시 보내세요.',
      full: '이 신고에는 사진을 더 넣을 수 없거나 오늘은 더 받지 않습니다. 사진을 보관하고 연락할 때 번호를 알려 주세요.',
      none: '사진을 한 장 이상 고르세요.',
    },
    notFound: '이 신고를 열 수 없습니다',
    notFoundNote: '주소의 일부가 없거나 틀렸습니다. 보관한 주소를 열거나 OCOP 사무소에 전화해 번호를 알려 주세요.',
  },
} satisfies Omit<ReportsWords, 'console'>;
