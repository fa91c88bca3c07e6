// The page that shows what a printer does to every sheet: two rulers of 100 mm at a known distance from the paper's
// edges, with words (vi, en) on what to measure and what to enter. The print file and the picture share one layout.

import { beVietnamPro } from './fonts.ts';
import type { Bar, TextRun } from './label.ts';
import { PRINTER_FIELDS } from './printer-fields.ts';
import { newDocument, POINTS_PER_MM } from '../pdf/pdf-document.ts';
import { drawRun } from '../pdf/plain-drawing.ts';
import type { PrinterSetting } from '../threads/sheet-job.ts';
import { barPath, svgOf, textPath } from '../preview/svg-marks.ts';
import type { FontWeight, TestGrid } from '../template/template-schema.ts';

export interface TestGridLayout {
  page: { widthMm: number; heightMm: number };
  bars: Bar[];
  runs: TextRun[];
}

const LINE_MM = 0.2;
/** Length of a rule's lines: each millimetre, each fifth, each tenth. */
const TICKS_MM = { one: 1.8, five: 2.8, ten: 4.2 };
/** Between the rules and the words. */
const WORDS_GAP_MM = 8;
/** What a rule of 100 mm is measured as, for the table of scales. */
const MEASURED_MM = [98, 98.5, 99, 99.5, 99.8, 100, 100.2, 100.5, 101, 101.5, 102];

/** @param printer with which this page is drawn; the page states it, so that two prints are not confused */
export function layoutTestGrid(
  { page, testGrid: { leftMm, topMm, ruleMm } }: TestGrid,
  printer: PrinterSetting,
): TestGridLayout {
  const runs: TextRun[] = [];
  const write = (text: string, xMm: number, baselineMm: number, sizeMm: number, weight: FontWeight = 500): void => {
    runs.push({ element: 'words', text, weight, sizeMm, xMm, baselineMm, isKerned: true });
  };
  write('Trang thử máy in', leftMm, 18, 6, 700);
  write('Test page for a printer', leftMm + 55, 18, 4);
  write(settingWords(printer), leftMm, 25, 2.8);

  const bars: Bar[] = [...ruleAcross(leftMm, topMm, ruleMm), ...ruleDown(leftMm, topMm, ruleMm)];
  for (let mm = 0; mm <= ruleMm; mm += 10) {
    const text = String(mm);
    const widthMm = beVietnamPro.widthEm(500, text) * 2.6;
    write(text, leftMm + mm - widthMm / 2, topMm - TICKS_MM.ten - 1, 2.6);
    if (mm > 0) write(text, leftMm - TICKS_MM.ten - 1 - widthMm, topMm + mm + 0.9, 2.6);
  }

  let baselineMm = topMm + WORDS_GAP_MM + 3;
  for (const [at, { vi, en }] of stepsOf(leftMm, topMm).entries()) {
    write(`${at + 1}.`, leftMm + WORDS_GAP_MM, baselineMm, 3.6, 700);
    for (const line of vi) {
      write(line, leftMm + WORDS_GAP_MM + 6, baselineMm, 3.6);
      baselineMm += 5;
    }
    for (const line of en) {
      write(line, leftMm + WORDS_GAP_MM + 6, baselineMm - 0.4, 2.7);
      baselineMm += 3.8;
    }
    baselineMm += 2.6;
  }

  const tableMm = Math.max(baselineMm, topMm + ruleMm) + 12;
  write('Thước 100 mm đo được', leftMm, tableMm, 3.2, 700);
  write('Rule measures', leftMm, tableMm + 4, 2.7);
  write('Ghi tỷ lệ (%)', leftMm, tableMm + 11, 3.2, 700);
  write('Scale to write (%)', leftMm, tableMm + 15, 2.7);
  MEASURED_MM.forEach((mm, at) => {
    const xMm = leftMm + 42 + at * 11;
    write(decimal(mm, 1), xMm, tableMm, 2.8);
    write(decimal(10_000 / mm, 1), xMm, tableMm + 11, 2.8, 700);
  });
  bars.push({
    element: 'rule',
    xMm: leftMm,
    yMm: tableMm + 5.8,
    widthMm: page.widthMm - 2 * leftMm + 12,
    heightMm: LINE_MM,
  });
  return { page, bars, runs };
}

/** The page's bytes: one page that viewers must print at its own size. */
export function testGridPdf(grid: TestGrid, printer: PrinterSetting, printedAt: string): Uint8Array {
  const { page, bars, runs } = layoutTestGrid(grid, printer);
  const document = newDocument(
    { title: grid.name.vi, subject: grid.id, keywords: JSON.stringify(printer), printedAt },
    page,
  );
  document.addPage();
  document.fillColor('black');
  const { offsetXMm, offsetYMm, scaleX, scaleY } = printer;
  document.transform(scaleX, 0, 0, scaleY, offsetXMm * POINTS_PER_MM, offsetYMm * POINTS_PER_MM);
  document.scale(POINTS_PER_MM);
  for (const bar of bars) document.rect(bar.xMm, bar.yMm, bar.widthMm, bar.heightMm);
  document.fill();
  for (const run of runs) drawRun(document, run, 0, 0);
  document.end();
  const chunks: Buffer[] = [];
  for (let chunk = document.read() as Buffer | null; chunk !== null; chunk = document.read() as Buffer | null)
    chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** @param pixels as svgOf */
export function testGridSvg(
  grid: TestGrid,
  printer: PrinterSetting,
  pixels?: { width: number; height: number },
): string {
  const { page, bars, runs } = layoutTestGrid(grid, printer);
  return svgOf(page, `<path d="${[...bars.map(barPath), ...runs.map(textPath)].join('')}"/>`, pixels);
}

function tickOf(mm: number): number {
  return mm % 10 === 0 ? TICKS_MM.ten : mm % 5 === 0 ? TICKS_MM.five : TICKS_MM.one;
}

/** A rule across with ticks upwards; the middle of each tick is on its millimetre. */
function ruleAcross(leftMm: number, topMm: number, ruleMm: number): Bar[] {
  const ticks = Array.from({ length: ruleMm + 1 }, (_, mm) => ({
    element: 'rule',
    xMm: leftMm + mm - LINE_MM / 2,
    yMm: topMm - tickOf(mm),
    widthMm: LINE_MM,
    heightMm: tickOf(mm),
  }));
  return [
    ...ticks,
    {
      element: 'rule',
      xMm: leftMm - LINE_MM / 2,
      yMm: topMm - LINE_MM / 2,
      widthMm: ruleMm + LINE_MM,
      heightMm: LINE_MM,
    },
  ];
}

/** A rule down with ticks to its left. */
function ruleDown(leftMm: number, topMm: number, ruleMm: number): Bar[] {
  const ticks = Array.from({ length: ruleMm + 1 }, (_, mm) => ({
    element: 'rule',
    xMm: leftMm - tickOf(mm),
    yMm: topMm + mm - LINE_MM / 2,
    widthMm: tickOf(mm),
    heightMm: LINE_MM,
  }));
  return [
    ...ticks,
    {
      element: 'rule',
      xMm: leftMm - LINE_MM / 2,
      yMm: topMm - LINE_MM / 2,
      widthMm: LINE_MM,
      heightMm: ruleMm + LINE_MM,
    },
  ];
}

/** As Vietnamese writes it. */
function decimal(value: number, digits: number): string {
  return value.toFixed(digits).replace('.', ',').replace('-', '−');
}

/** The settings with which the page was drawn, in the names and units of the form. */
function settingWords({ offsetXMm, offsetYMm, scaleX, scaleY }: PrinterSetting): string {
  const { vi } = PRINTER_FIELDS;
  const offsets = `${vi.right} ${decimal(offsetXMm, 1)}, ${vi.down} ${decimal(offsetYMm, 1)}`;
  const scales = `${vi.scaleX} ${decimal(scaleX * 100, 1)}, ${vi.scaleY} ${decimal(scaleY * 100, 1)}`;
  return `In với: ${offsets}, ${scales} · Printed with these`;
}

/** What to do with a page of the true printer, in the order of doing it. */
function stepsOf(leftMm: number, topMm: number): { vi: string[]; en: string[] }[] {
  const [left, top] = [decimal(leftMm, 1), decimal(topMm, 1)];
  const { vi, en } = PRINTER_FIELDS;
  return [
    {
      vi: ['In trang này ở cỡ 100 %, không chọn “vừa trang giấy”. Dùng thước chia milimét.'],
      en: ['Print this page at 100 %, never “fit to page”. Measure with a ruler in millimetres.'],
    },
    {
      vi: [
        'Đo thước ngang, từ 0 đến 100. Nếu không đúng 100,0 mm, lấy 10.000 chia cho',
        `số đo được (xem bảng dưới) và ghi vào ô “${vi.scaleX}” của máy in.`,
      ],
      en: [`Measure the rule across, 0 to 100. Write 10,000 divided by what you measured into “${en.scaleX}”.`],
    },
    {
      vi: [`Đo thước dọc và ghi vào ô “${vi.scaleY}” theo cách đó.`],
      en: [`The rule down likewise, into “${en.scaleY}”.`],
    },
    {
      vi: [
        `Đo từ mép trái tờ giấy đến vạch 0 của thước ngang. Lấy ${left} trừ số đo được,`,
        `ghi vào ô “${vi.right}”. Ví dụ: đo được ` + `${decimal(leftMm + 0.7, 1)} thì ghi −0,7.`,
      ],
      en: [
        `From the paper’s left edge to the 0: write ${leftMm} less what you measured into “${en.right}”. ` +
          `Measured ${leftMm + 0.7}: write −0.7.`,
      ],
    },
    {
      vi: ['Đo từ mép trên tờ giấy đến thước ngang. Lấy ' + `${top} trừ số đo được,`, `ghi vào ô “${vi.down}”.`],
      en: [`From the paper’s top edge to the rule across: write ${topMm} less what you measured into “${en.down}”.`],
    },
    {
      vi: ['Lưu máy in, in lại trang này với máy in đó: cả bốn số đo phải đúng.'],
      en: ['Keep the printer, print this page again with it: all four measures must be right.'],
    },
  ];
}
