// The drawing that is easy to verify: pdfkit's own calls, a symbol as `qrcode` makes it, one rectangle for each dark
// run. It is slow. Tests compare the fast drawing with it.

import { create } from 'qrcode/lib/core/qrcode.js';

import { openBatchKeysFrom, type BatchKeys } from '../../domain/stamp/stamp-keys.ts';
import { printedAddress } from '../../domain/stamp/stamp-address.ts';
import { beVietnamPro } from '../setting/fonts.ts';
import { diamondCorners, variableRuns, type TextRun } from '../setting/label.ts';
import { starCorners } from '../setting/stars.ts';
import type { SheetLayout } from '../setting/layout.ts';
import { embeddedFont, openDocument, POINTS_PER_MM, type OpenDocument } from './pdf-document.ts';
import type { SheetJob } from '../threads/sheet-job.ts';

/** The whole print file at once, for tests and for a handful of stamps. */
export function drawPlain(job: SheetJob, layout: SheetLayout): Uint8Array {
  const document = openDocument(job, layout);
  const keys = openBatchKeysFrom(job.keys, job.batchId);
  for (let index = 0; index < layout.pages; index += 1) {
    const page = layout.pageAt(index);
    document.addPage();
    document.fillColor('black').strokeColor('black');
    const { offsetXMm, offsetYMm, scaleX, scaleY } = layout.printer;
    document.transform(scaleX, 0, 0, scaleY, offsetXMm * POINTS_PER_MM, offsetYMm * POINTS_PER_MM);
    document.scale(POINTS_PER_MM);
    const head = layout.headOf(page);
    if (head !== null) drawRun(document, head, 0, 0);
    for (let serial = page.from; serial <= page.to; serial += 1) {
      drawStamp(document, job, layout, page.firstPlace + serial - page.from, keys, serial);
    }
  }
  document.end();
  const chunks: Buffer[] = [];
  for (let chunk = document.read() as Buffer | null; chunk !== null; chunk = document.read() as Buffer | null)
    chunks.push(chunk);
  return Buffer.concat(chunks);
}

function drawStamp(
  document: OpenDocument,
  job: SheetJob,
  layout: SheetLayout,
  placeAt: number,
  keys: BatchKeys,
  serial: number,
): void {
  const code = keys.codeOf(serial);
  const place = layout.places[placeAt];
  if (place === undefined) throw new RangeError(`no label place ${placeAt}`);
  const { label } = layout;
  for (const run of label.runs) drawRun(document, run, place.xMm, place.yMm);
  for (const star of label.stars) {
    document.polygon(...starCorners(star).map(([xMm, yMm]) => [place.xMm + xMm, place.yMm + yMm])).fill();
  }
  for (const diamond of label.diamonds) {
    document.polygon(...diamondCorners(diamond).map(([xMm, yMm]) => [place.xMm + xMm, place.yMm + yMm])).fill();
  }
  for (const bar of label.bars)
    document.rect(place.xMm + bar.xMm, place.yMm + bar.yMm, bar.widthMm, bar.heightMm).fill();
  if (label.mark !== null && job.mark) {
    const { xMm, yMm, widthMm, heightMm } = label.mark;
    document.image(Buffer.from(job.mark.png), place.xMm + xMm, place.yMm + yMm, { width: widthMm, height: heightMm });
  }
  if (label.rosette !== null) {
    document.lineWidth(label.rosette.lineMm);
    for (const circle of label.rosette.circles)
      document.circle(place.xMm + circle.xMm, place.yMm + circle.yMm, circle.radiusMm).stroke();
  }
  for (const run of variableRuns(beVietnamPro, label, code, serial, keys.pinOf(serial)))
    drawRun(document, run, place.xMm, place.yMm);
  drawSymbol(document, job, layout, printedAddress(job.address, code), place.symbolXMm, place.symbolYMm);
}

/** One run of text, its places counted from this origin. */
export function drawRun(document: OpenDocument, run: TextRun, leftMm: number, topMm: number): void {
  embeddedFont(document, run.weight);
  document.fontSize(run.sizeMm);
  // Letter by letter if there must be no kerning, because pdfkit cannot switch it off.
  const texts = run.isKerned ? [run.text] : Array.from(run.text);
  let xMm = leftMm + run.xMm;
  for (const text of texts) {
    document.text(text, xMm, topMm + run.baselineMm, { lineBreak: false, baseline: 'alphabetic' });
    xMm += document.widthOfString(text);
  }
}

function drawSymbol(
  document: OpenDocument,
  job: SheetJob,
  layout: SheetLayout,
  address: string,
  leftMm: number,
  topMm: number,
): void {
  const { version, level, mask } = job.symbol;
  const { moduleMm } = layout.label.symbol;
  const { modules } = create([{ data: address, mode: 'alphanumeric' }], {
    version,
    errorCorrectionLevel: level,
    maskPattern: mask,
  });
  const isDark = (row: number, column: number): boolean =>
    column < modules.size && modules.data[row * modules.size + column] === 1;
  for (let row = 0; row < modules.size; row += 1) {
    for (let from = 0; from < modules.size; from += 1) {
      if (!isDark(row, from)) continue;
      let to = from + 1;
      while (isDark(row, to)) to += 1;
      document.rect(leftMm + from * moduleMm, topMm + row * moduleMm, (to - from) * moduleMm, moduleMm);
      from = to;
    }
  }
  document.fill();
}
