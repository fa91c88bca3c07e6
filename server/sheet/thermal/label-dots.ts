// Labels as bitmaps, drawn from the same layout as sheets. What is the same on all stamps is drawn once.

import { create } from 'qrcode/lib/core/qrcode.js';

import { printedAddress } from '../../domain/stamp/stamp-address.ts';
import { openBatchKeysFrom } from '../../domain/stamp/stamp-keys.ts';
import { beVietnamPro } from '../setting/fonts.ts';
import { diamondCorners, variableRuns, type LabelLayout } from '../setting/label.ts';
import { starCorners } from '../setting/stars.ts';
import { MM_PER_INCH, type SheetLayout, type SheetPage } from '../setting/layout.ts';
import type { SheetMark } from '../threads/sheet-job.ts';
import { burnBitmap, burnBox, burnShape, newBitmap, type Bitmap, type Point } from './bitmap.ts';
import { openLettering, type Lettering } from './letters.ts';
import { markDots } from './mark-dots.ts';
import type { ThermalJob } from './thermal-job.ts';

export interface LabelDrawing {
  /** One row of labels across the roll, which the caller may keep. */
  draw(page: SheetPage): Bitmap;
}

export function openLabelDrawing(job: ThermalJob, layout: SheetLayout): LabelDrawing {
  const dotsPerMm = job.thermal.dpi / MM_PER_INCH;
  const dots = (lengthMm: number): number => Math.round(lengthMm * dotsPerMm);
  const keys = openBatchKeysFrom(job.keys, job.batchId);
  const lettering = openLettering(dotsPerMm);
  const { label } = layout;
  const alike = newBitmap(dots(job.template.label.widthMm), dots(job.template.label.heightMm));
  drawAlike(alike, label, job.mark ?? null, lettering, dotsPerMm);
  const moduleDots = dots(label.symbol.moduleMm);
  const { version, level, mask } = job.symbol;

  const drawSymbol = (onto: Bitmap, address: string, left: number, top: number): void => {
    const { modules } = create([{ data: address, mode: 'alphanumeric' }], {
      version,
      errorCorrectionLevel: level,
      maskPattern: mask,
    });
    for (let at = 0; at < modules.data.length; at += 1) {
      if (modules.data[at] !== 1) continue;
      burnBox(
        onto,
        left + (at % modules.size) * moduleDots,
        top + Math.floor(at / modules.size) * moduleDots,
        moduleDots,
        moduleDots,
      );
    }
  };
  return {
    draw(page) {
      const bitmap = newBitmap(dots(layout.page.widthMm), dots(layout.page.heightMm));
      for (let serial = page.from; serial <= page.to; serial += 1) {
        const place = layout.places[page.firstPlace + serial - page.from];
        if (place === undefined) throw new RangeError('a label has no place');
        const [left, top] = [dots(place.xMm), dots(place.yMm)];
        burnBitmap(bitmap, alike, left, top);
        const code = keys.codeOf(serial);
        const pin = label.pin === null ? '' : keys.pinOf(serial);
        for (const run of variableRuns(beVietnamPro, label, code, serial, pin)) lettering.set(bitmap, run, left, top);
        drawSymbol(bitmap, printedAddress(job.address, code), dots(place.symbolXMm), dots(place.symbolYMm));
      }
      return bitmap;
    },
  };
}

/** What is the same on every stamp. The rosette's rings are finer than a head's dots and are left out. */
function drawAlike(
  bitmap: Bitmap,
  label: LabelLayout,
  mark: SheetMark | null,
  lettering: Lettering,
  dotsPerMm: number,
): void {
  const dots = (lengthMm: number): number => Math.round(lengthMm * dotsPerMm);
  const scaled = (corners: readonly Point[]): Point[] =>
    corners.map(([xMm, yMm]): Point => [xMm * dotsPerMm, yMm * dotsPerMm]);
  if (label.mark !== null && mark !== null) {
    const { xMm, yMm, widthMm, heightMm } = label.mark;
    burnBitmap(
      bitmap,
      markDots(mark, Math.max(1, dots(widthMm)), Math.max(1, dots(heightMm)), dotsPerMm),
      dots(xMm),
      dots(yMm),
    );
  }
  for (const run of label.runs) lettering.set(bitmap, run, 0, 0);
  for (const star of label.stars) burnShape(bitmap, [scaled(starCorners(star))]);
  for (const diamond of label.diamonds) burnShape(bitmap, [scaled(diamondCorners(diamond))]);
  for (const { xMm, yMm, widthMm, heightMm } of label.bars) {
    // A line is one dot at least.
    burnBox(bitmap, dots(xMm), dots(yMm), Math.max(1, dots(widthMm)), Math.max(1, dots(heightMm)));
  }
}
