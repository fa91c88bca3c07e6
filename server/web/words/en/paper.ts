import type { Paper } from '../../../sheet/template/paper.ts';
import type { PaperWords } from '../vi/paper.ts';

const roll = {
  submit: 'Make the stamps',
  working: 'Making the stamps',
  ready: 'The stamps are ready',
  failed: 'The stamps could not be made',
  jammed: 'Roll jammed, stamps spoiled?',
};

export const paper = {
  sheet: {
    submit: 'Make the sheet',
    pageOf: (page, pages) => `Sheet ${page} of ${pages}`,
    before: 'Sheet before',
    next: 'Next sheet',
    picture: (first, used) =>
      `Picture of the sheet: ${used} places used, printing begins at place ${first}. Click a place to begin there.`,
    working: 'Making the sheet',
    ready: 'The sheet is ready',
    failed: 'The sheet could not be made',
    count: (pages) => `${pages} ${pages === '1' ? 'sheet' : 'sheets'}`,
    jammed: 'Paper jammed, a sheet spoiled?',
    spoiled: { label: 'Spoiled sheets', hint: (pages) => `Numbers of sheets, 1 to ${pages}: “2” or “2-3, 5”.` },
    spoiledSerials: 'Or spoiled stamps',
    nothing: 'Please give numbers of sheets or of stamps.',
  },
  row: {
    ...roll,
    pageOf: (page, pages) => `Row ${page} of ${pages}`,
    before: 'Row before',
    next: 'Next row',
    picture: (first, used) =>
      `Picture of a row of the roll: ${used} places used, printing begins at place ${first}. Click a place to begin there.`,
    count: (pages) => `${pages} ${pages === '1' ? 'row' : 'rows'}`,
    spoiled: { label: 'Spoiled rows', hint: (pages) => `Numbers of rows, 1 to ${pages}: “2” or “2-3, 5”.` },
    spoiledSerials: 'Or spoiled stamps',
    nothing: 'Please give numbers of rows or of stamps.',
  },
  stamp: {
    ...roll,
    pageOf: (page, pages) => `Stamp ${page} of ${pages}`,
    before: 'Stamp before',
    next: 'Next stamp',
    picture: () => 'Picture of a stamp of the roll.',
    count: (pages) => `${pages} ${pages === '1' ? 'stamp' : 'stamps'}`,
    spoiled: null,
    spoiledSerials: 'Spoiled stamps',
    nothing: 'Please give numbers of stamps.',
  },
} satisfies Readonly<Record<Paper, PaperWords>>;
