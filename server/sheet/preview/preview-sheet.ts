// A picture of one page of a sheet before it is printed. It has the layout of the print file, but every symbol contains
// SAMPLE and every code ends in SAMPLE, which has a letter that no code contains. So nothing in it can be scanned or
// typed as a stamp.

import { create } from 'qrcode/lib/core/qrcode.js';

import { BATCH_ID_SYMBOLS, CODE_SYMBOLS } from '../../domain/stamp/stamp-code.ts';
import { PIN_DIGITS } from '../../domain/stamp/stamp-keys.ts';
import { beVietnamPro } from '../setting/fonts.ts';
import { SERIAL_WORD, variableRuns } from '../setting/label.ts';
import type { SheetLayout } from '../setting/layout.ts';
import type { SheetPlan } from '../threads/sheet-job.ts';
import { labelMarks, millimetres, svgOf, textPath } from './svg-marks.ts';

const SAMPLE = 'SAMPLE';
/** In place of a PIN. */
const SAMPLE_PIN = '0'.repeat(PIN_DIGITS);

/** @param index from 0. @param pixels as svgOf. @throws RangeError if there is no such page */
export function previewSvg(
  plan: SheetPlan,
  layout: SheetLayout,
  index: number,
  pixels?: { width: number; height: number },
): string {
  if (index < 0 || index >= layout.pages) throw new RangeError(`no page ${index} of ${layout.pages}`);
  const page = layout.pageAt(index);
  const { alike, symbol } = sampleMarks(plan, layout);
  const defs = `<defs><g id="label">${alike}</g><g id="symbol">${symbol}</g></defs>`;
  const head = layout.headOf(page);
  const stamps: string[] = [];
  for (let serial = page.from; serial <= page.to; serial += 1) {
    const place = layout.places[page.firstPlace + serial - page.from];
    if (place === undefined) throw new RangeError(`no label place for ${serial}`);
    const { xMm, baselineMm, weight, sizeMm } = layout.label.serial;
    const run = {
      element: 'serial',
      text: `${SERIAL_WORD}${serial}`,
      weight,
      sizeMm,
      xMm: place.xMm + xMm,
      baselineMm: place.yMm + baselineMm,
      isKerned: false,
    };
    stamps.push(
      used('label', place.xMm, place.yMm),
      used('symbol', place.symbolXMm, place.symbolYMm),
      `<path d="${textPath(run)}"/>`,
    );
  }
  return svgOf(layout.page, `${defs}${head === null ? '' : `<path d="${textPath(head)}"/>`}${stamps.join('')}`, pixels);
}

/**
 * What all stamps of a preview share, which is everything except their serials. Label and symbol have an origin each.
 */
export function sampleMarks(plan: SheetPlan, { label }: SheetLayout): { alike: string; symbol: string } {
  const code = plan.batchId.slice(0, BATCH_ID_SYMBOLS).padEnd(CODE_SYMBOLS, SAMPLE);
  const own = variableRuns(beVietnamPro, label, code, plan.from, SAMPLE_PIN).filter((run) => run.element !== 'serial');
  return {
    alike: labelMarks({ ...label, runs: [...label.runs, ...own] }, plan.mark ?? null),
    symbol: `<path d="${symbolPath(plan, label.symbol.moduleMm)}"/>`,
  };
}

function used(id: string, xMm: number, yMm: number): string {
  return `<use href="#${id}" x="${millimetres(xMm)}" y="${millimetres(yMm)}"/>`;
}

/** Dark runs of the one symbol that all labels share, of the batch's own version. */
function symbolPath({ symbol: { version, level, mask } }: SheetPlan, moduleMm: number): string {
  const { modules } = create([{ data: SAMPLE, mode: 'alphanumeric' }], {
    version,
    errorCorrectionLevel: level,
    maskPattern: mask,
  });
  const isDark = (row: number, column: number): boolean =>
    column < modules.size && modules.data[row * modules.size + column] === 1;
  let path = '';
  for (let row = 0; row < modules.size; row += 1) {
    for (let from = 0; from < modules.size; from += 1) {
      if (!isDark(row, from)) continue;
      let to = from + 1;
      while (isDark(row, to)) to += 1;
      const width = millimetres((to - from) * moduleMm);
      const corner = `M${millimetres(from * moduleMm)} ${millimetres(row * moduleMm)}`;
      path += `${corner}h${width}v${millimetres(moduleMm)}h-${width}Z`;
      from = to;
    }
  }
  return path;
}
