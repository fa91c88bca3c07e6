// The words of the pages behind a login, Vietnamese first.

import { html, type Html } from '../html.ts';

const vi = {
  title: 'Bảng làm việc',
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
};

export type ConsoleWords = typeof vi;

const en = {
  title: 'Console',
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
  },
  findings: {
    title: 'Inspection',
    heading: 'Latest findings',
    empty: 'No finding was recorded yet.',
    at: 'At', stamp: 'Stamp', finding: 'Finding', place: 'Place', note: 'Note',
    serial: (batch: string, serial: string): string => `batch ${batch}, serial ${serial}`,
    kinds: { 'in-order': 'in order', counterfeit: 'suspected counterfeit', tampered: 'tampered with', mismatch: 'not these goods', expired: 'past its date', other: 'other' },
  },
} satisfies ConsoleWords;

export function consoleWordsOf(language: 'vi' | 'en'): ConsoleWords {
  return language === 'en' ? en : vi;
}
