// The words for what a page of a print file is: a sheet, a row of a roll, one stamp of a roll. A roll has no sheets to count.

import type { Paper } from '../../../sheet/template/paper.ts';

export interface PaperWords {
  submit: string;
  /** Which page of how many the picture shows. */
  pageOf: (page: string, pages: string) => string;
  before: string;
  next: string;
  picture: (first: string, used: string) => string;
  working: string;
  ready: string;
  failed: string;
  count: (pages: string) => string;
  jammed: string;
  /** Null: stamps are named by their serials alone. */
  spoiled: { label: string; hint: (pages: string) => string } | null;
  spoiledSerials: string;
  nothing: string;
}

const roll = {
  submit: 'Tạo tem',
  working: 'Đang tạo tem',
  ready: 'Tem đã sẵn sàng',
  failed: 'Chưa tạo được tem',
  jammed: 'Cuộn kẹt, tem in hỏng?',
};

export const paper: Readonly<Record<Paper, PaperWords>> = {
  sheet: {
    submit: 'Tạo tờ tem',
    pageOf: (page, pages) => `Tờ ${page}/${pages}`,
    before: 'Tờ trước',
    next: 'Tờ sau',
    picture: (first, used) =>
      `Hình tờ tem: ${used} ô đã dùng, bắt đầu in từ ô ${first}. Bấm vào một ô để bắt đầu từ đó.`,
    working: 'Đang tạo tờ tem',
    ready: 'Tờ tem đã sẵn sàng',
    failed: 'Chưa tạo được tờ tem',
    count: (pages) => `${pages} tờ`,
    jammed: 'Giấy kẹt, tờ in hỏng?',
    spoiled: { label: 'Tờ hỏng', hint: (pages) => `Số tờ, từ 1 đến ${pages}: “2” hoặc “2-3, 5”.` },
    spoiledSerials: 'Hoặc số tem hỏng',
    nothing: 'Xin ghi số tờ hoặc số tem.',
  },
  row: {
    ...roll,
    pageOf: (page, pages) => `Hàng ${page}/${pages}`,
    before: 'Hàng trước',
    next: 'Hàng sau',
    picture: (first, used) =>
      `Hình một hàng tem trên cuộn: ${used} ô đã dùng, bắt đầu in từ ô ${first}. Bấm vào một ô để bắt đầu từ đó.`,
    count: (pages) => `${pages} hàng`,
    spoiled: { label: 'Hàng hỏng', hint: (pages) => `Số hàng, từ 1 đến ${pages}: “2” hoặc “2-3, 5”.` },
    spoiledSerials: 'Hoặc số tem hỏng',
    nothing: 'Xin ghi số hàng hoặc số tem.',
  },
  stamp: {
    ...roll,
    pageOf: (page, pages) => `Tem ${page}/${pages}`,
    before: 'Tem trước',
    next: 'Tem sau',
    picture: () => 'Hình một tem trên cuộn.',
    count: (pages) => `${pages} tem`,
    spoiled: null,
    spoiledSerials: 'Số tem hỏng',
    nothing: 'Xin ghi số tem.',
  },
};
