// The words of the pages behind a login, Vietnamese first.

import { html, type Html } from '../html.ts';

const vi = {
  title: 'Bảng làm việc',
  login: {
    title: 'Đăng nhập',
    lead: 'Dành cho chủ thể, văn phòng OCOP và người kiểm tra. Người mua chỉ cần quét tem, không cần tài khoản.',
    login: 'Tên đăng nhập',
    password: 'Mật khẩu',
    submit: 'Đăng nhập',
    wrong: 'Tên đăng nhập và mật khẩu chưa khớp nhau. Xin thử lại; nếu quên, hãy nhờ văn phòng đặt mật khẩu mới.',
    wait: (minutes: number): string => `Đã thử quá nhiều lần. Xin đợi ${minutes} phút rồi thử lại.`,
    busy: 'Đang có nhiều người đăng nhập. Xin thử lại sau vài giây.',
    otherSite: 'Yêu cầu này không đến từ trang của chúng tôi. Xin mở lại trang đăng nhập và thử lại.',
  },
  signOut: 'Đăng xuất',
  signedInAs: (name: string, role: string): Html => html`Đang làm việc với tên <b>${name}</b>, ${role}.`,
  roles: { producer: 'chủ thể', inspector: 'người kiểm tra', office: 'cán bộ văn phòng', admin: 'quản trị' },
  footer: 'Trang này dùng một cookie để nhớ rằng bạn đã đăng nhập, không để làm gì khác.',
  forbidden: { title: 'Bạn không có quyền mở trang này', lead: 'Trang này dành cho người kiểm tra và văn phòng.', back: 'Về bảng làm việc' },
  batches: {
    heading: 'Đợt tem',
    empty: 'Chưa có đợt tem nào.',
    batch: 'Đợt', kind: 'Loại', forWhat: 'Dùng cho', stamps: 'Số tem', active: 'Đã kích hoạt', printed: 'Đã in', voided: 'Đã hủy', issued: 'Ngày phát hành', files: 'Tệp',
    kinds: { goods: 'tem hàng', blank: 'tem trắng', plaque: 'biển' },
    allActive: 'luôn dùng được',
    lot: (number: Html): Html => html`lô ${number}`,
    noLot: 'chưa gắn lô',
    printedSheet: (template: string, range: string): Html => html`Tải lại tờ đã in: <span class="b">${template}</span>, tem <span class="b">${range}</span>`,
    newSheet: (range: string): Html => html`Tạo tờ tem A4: tem <span class="b">${range}</span>`,
    codes: 'Danh sách mã (CSV)',
    findings: 'Xem phát hiện kiểm tra',
  },
  findings: {
    title: 'Kiểm tra',
    heading: 'Phát hiện gần đây',
    empty: 'Chưa ghi phát hiện nào.',
    at: 'Lúc', stamp: 'Tem', finding: 'Phát hiện', place: 'Nơi', note: 'Ghi chú',
    serial: (batch: string, serial: string): string => `đợt ${batch}, số ${serial}`,
    kinds: {
      'in-order': 'bình thường', counterfeit: 'nghi giả', tampered: 'có dấu hiệu bóc, sửa', mismatch: 'không đúng hàng', expired: 'quá hạn', other: 'khác',
    },
  },
  older: 'Xem cũ hơn',
};

export type ConsoleWords = typeof vi;

const en = {
  title: 'Console',
  login: {
    title: 'Sign in',
    lead: 'For producers, OCOP offices and inspectors. Buyers only scan a stamp and need no account.',
    login: 'Login',
    password: 'Password',
    submit: 'Sign in',
    wrong: 'Login and password do not match. Please try again; if you forgot it, ask your office for a new password.',
    wait: (minutes: number): string => `Too many tries. Please wait ${minutes} minutes and try again.`,
    busy: 'Many people are signing in. Please try again in a few seconds.',
    otherSite: 'This request did not come from our own page. Please open the sign-in page again and retry.',
  },
  signOut: 'Sign out',
  signedInAs: (name: string, role: string): Html => html`You work as <b>${name}</b>, ${role}.`,
  roles: { producer: 'producer', inspector: 'inspector', office: 'office staff', admin: 'administrator' },
  footer: 'This page uses one cookie, to remember that you signed in, and for nothing else.',
  forbidden: { title: 'You may not open this page', lead: 'It is for inspectors and offices.', back: 'To the console' },
  batches: {
    heading: 'Batches of stamps',
    empty: 'There is no batch yet.',
    batch: 'Batch', kind: 'Kind', forWhat: 'For', stamps: 'Stamps', active: 'Activated', printed: 'Printed', voided: 'Void', issued: 'Issued', files: 'Files',
    kinds: { goods: 'goods', blank: 'blank', plaque: 'plaque' },
    allActive: 'always active',
    lot: (number: Html): Html => html`lot ${number}`,
    noLot: 'no lot yet',
    printedSheet: (template: string, range: string): Html => html`Printed sheet again: <span class="b">${template}</span>, stamps <span class="b">${range}</span>`,
    newSheet: (range: string): Html => html`Make an A4 sheet: stamps <span class="b">${range}</span>`,
    codes: 'List of codes (CSV)',
    findings: 'See inspectors’ findings',
  },
  findings: {
    title: 'Inspection',
    heading: 'Latest findings',
    empty: 'No finding was recorded yet.',
    at: 'At', stamp: 'Stamp', finding: 'Finding', place: 'Place', note: 'Note',
    serial: (batch: string, serial: string): string => `batch ${batch}, serial ${serial}`,
    kinds: { 'in-order': 'in order', counterfeit: 'suspected counterfeit', tampered: 'tampered with', mismatch: 'not these goods', expired: 'past its date', other: 'other' },
  },
  older: 'Older',
} satisfies ConsoleWords;

export function consoleWordsOf(language: 'vi' | 'en'): ConsoleWords {
  return language === 'en' ? en : vi;
}
