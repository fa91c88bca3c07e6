// A page's preview as a PNG in greys. What all stamps share is drawn once, as a small picture of label, symbol and
// figures, and then copied to each place, because drawing the SVG of a whole page takes a fifth of a second. Places are
// whole pixels, so marks are within half a pixel (0.085 mm) of their position in the SVG.

import { crc32, deflateSync } from 'node:zlib';

import sharp from 'sharp';

import { beVietnamPro } from '../setting/fonts.ts';
import { SERIAL_WORD } from '../setting/label.ts';
import { MM_PER_INCH, type SheetLayout } from '../setting/layout.ts';
import { sampleMarks } from './preview-sheet.ts';
import { TRUE_PRINTER, type SheetPlan } from '../threads/sheet-job.ts';
import { svgOf, textPath } from './svg-marks.ts';
import type { TestGrid } from '../template/template-schema.ts';
import { testGridSvg } from '../setting/test-grid.ts';

/** A page of A4 is 1,240 pixels wide; modules of sheets are whole pixels. */
const PREVIEW_DPI = 150;
const FIGURES = [SERIAL_WORD, ...Array.from('0123456789')];
/** Round each figure in the picture of figures, and above its line; more than any ink reaches. */
const PAD_PX = 2;
const WHITE = 255;

interface Picture {
  width: number;
  height: number;
  /** A byte a pixel. */
  grey: Uint8Array;
}

interface Part {
  leftPx: number;
  topPx: number;
  widthPx: number;
  heightPx: number;
}

/** @param index from 0. @throws RangeError if there is no such page */
export async function previewPng(plan: SheetPlan, layout: SheetLayout, index: number): Promise<Buffer> {
  if (index < 0 || index >= layout.pages) throw new RangeError(`no page ${index} of ${layout.pages}`);
  const page = layout.pageAt(index);
  const [width, height] = [pixels(layout.page.widthMm), pixels(layout.page.heightMm)];
  const sheet: Picture = { width, height, grey: new Uint8Array(width * height).fill(WHITE) };
  const kit = await drawKit(plan, layout, index);
  for (let serial = page.from; serial <= page.to; serial += 1) {
    const place = layout.places[page.firstPlace + serial - page.from];
    if (place === undefined) throw new RangeError(`no label place for ${serial}`);
    lay(sheet, kit.picture, kit.label, pixels(place.xMm), pixels(place.yMm));
    put(sheet, kit.picture, kit.symbol, pixels(place.symbolXMm), pixels(place.symbolYMm));
    const { xMm, baselineMm, weight, sizeMm } = layout.label.serial;
    let rightMm = place.xMm + xMm;
    for (const figure of [SERIAL_WORD, ...Array.from(String(serial))]) {
      const part = kit.figures.get(figure);
      if (part !== undefined)
        put(sheet, kit.picture, part, pixels(rightMm) - PAD_PX, pixels(place.yMm + baselineMm) - kit.abovePx);
      rightMm += beVietnamPro.looseWidthEm(weight, figure) * sizeMm;
    }
  }
  if (kit.head !== null) put(sheet, kit.picture, kit.head, 0, pixels(plan.template.head?.box.yMm ?? 0));
  return greyPng(sheet);
}

const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

/**
 * Eight bits of grey, no filter (PNG, ISO/IEC 15948): pages of text need no filter, and a general encoder takes three
 * times as long.
 */
function greyPng({ width, height, grey }: Picture): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc((width + 1) * height);
  for (let row = 0; row < height; row += 1)
    rows.set(grey.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  return Buffer.concat([
    PNG_SIGNATURE,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows, { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

function pixels(mm: number): number {
  return Math.round((mm / MM_PER_INCH) * PREVIEW_DPI);
}

function millimetresOf(px: number): number {
  return (px / PREVIEW_DPI) * MM_PER_INCH;
}

interface Kit {
  picture: Picture;
  label: Part;
  symbol: Part;
  figures: Map<string, Part>;
  /** From the top of a figure to its line. */
  abovePx: number;
  head: Part | null;
}

/** All parts one below the other, each starting at a whole pixel. */
async function drawKit(plan: SheetPlan, layout: SheetLayout, index: number): Promise<Kit> {
  const { label } = layout;
  const { alike, symbol } = sampleMarks(plan, layout);
  const marks: string[] = [];
  let [bottomPx, widthPx] = [0, 0];
  const add = (part: Omit<Part, 'topPx'>, mark: (topPx: number) => string): Part => {
    const placed = { ...part, topPx: bottomPx };
    marks.push(mark(bottomPx));
    bottomPx += part.heightPx;
    widthPx = Math.max(widthPx, part.leftPx + part.widthPx);
    return placed;
  };
  const moved = (content: string, px: number): string =>
    `<g transform="translate(0 ${millimetresOf(px)})">${content}</g>`;

  const sidePx = Math.ceil((label.symbol.modules * label.symbol.moduleMm * PREVIEW_DPI) / MM_PER_INCH);
  const labelPart = add(
    { leftPx: 0, widthPx: pixels(plan.template.label.widthMm), heightPx: pixels(plan.template.label.heightMm) },
    (topPx) => moved(alike, topPx),
  );
  const symbolPart = add({ leftPx: 0, widthPx: sidePx, heightPx: sidePx }, (topPx) => moved(symbol, topPx));

  const { weight, sizeMm } = label.serial;
  const ink = beVietnamPro.inkEm(weight, FIGURES.join(''));
  const abovePx = Math.ceil((ink.topEm * sizeMm * PREVIEW_DPI) / MM_PER_INCH) + PAD_PX;
  const heightPx = abovePx + Math.ceil((ink.bottomEm * sizeMm * PREVIEW_DPI) / MM_PER_INCH) + PAD_PX;
  const figures = new Map<string, Part>();
  for (const figure of FIGURES) {
    const figurePx =
      Math.ceil((beVietnamPro.looseWidthEm(weight, figure) * sizeMm * PREVIEW_DPI) / MM_PER_INCH) + 2 * PAD_PX;
    const run = { element: 'serial', text: figure, weight, sizeMm, xMm: millimetresOf(PAD_PX), isKerned: false };
    const mark = (topPx: number): string =>
      `<path d="${textPath({ ...run, baselineMm: millimetresOf(topPx + abovePx) })}"/>`;
    figures.set(figure, add({ leftPx: 0, widthPx: figurePx, heightPx }, mark));
  }

  const head = layout.headOf(layout.pageAt(index));
  const box = plan.template.head?.box;
  const headPart =
    head === null || box === undefined
      ? null
      : add({ leftPx: 0, widthPx: pixels(layout.page.widthMm), heightPx: pixels(box.heightMm) }, (topPx) => {
          const baselineMm = head.baselineMm - millimetresOf(pixels(box.yMm)) + millimetresOf(topPx);
          return `<path d="${textPath({ ...head, baselineMm })}"/>`;
        });
  const size = { width: widthPx, height: bottomPx };
  const picture = await draw(
    svgOf({ widthMm: millimetresOf(widthPx), heightMm: millimetresOf(bottomPx) }, marks.join(''), size),
    size,
  );
  return { picture, label: labelPart, symbol: symbolPart, figures, abovePx, head: headPart };
}

/**
 * An SVG of this size in greys (Rec. 601 luma, in 256ths). Done here: the library takes as long for it as for the
 * drawing.
 */
async function draw(svg: string, { width, height }: { width: number; height: number }): Promise<Picture> {
  const { data, info } = await sharp(Buffer.from(svg)).raw().toBuffer({ resolveWithObject: true });
  const grey = new Uint8Array(width * height);
  const { channels } = info;
  for (let at = 0; at < grey.length; at += 1) {
    const from = at * channels;
    grey[at] = (77 * data[from]! + 150 * data[from + 1]! + 29 * data[from + 2]!) >> 8;
  }
  return { width, height, grey };
}

/** Copies a part onto the sheet, replacing what is there. */
function lay(sheet: Picture, kit: Picture, part: Part, leftPx: number, topPx: number): void {
  const [from, to] = [Math.max(0, -leftPx), Math.min(part.widthPx, sheet.width - leftPx)];
  for (let row = Math.max(0, -topPx); row < Math.min(part.heightPx, sheet.height - topPx); row += 1) {
    const start = (part.topPx + row) * kit.width + part.leftPx;
    sheet.grey.set(kit.grey.subarray(start + from, start + to), (topPx + row) * sheet.width + leftPx + from);
  }
}

/** Copies a part onto the sheet, pixel by pixel, if it is darker. */
function put(sheet: Picture, kit: Picture, part: Part, leftPx: number, topPx: number): void {
  for (let row = 0; row < part.heightPx; row += 1) {
    const y = topPx + row;
    if (y < 0 || y >= sheet.height) continue;
    const from = (part.topPx + row) * kit.width + part.leftPx;
    for (let column = 0; column < part.widthPx; column += 1) {
      const x = leftPx + column;
      if (x < 0 || x >= sheet.width) continue;
      const grey = kit.grey[from + column]!;
      const at = y * sheet.width + x;
      if (grey < sheet.grey[at]!) sheet.grey[at] = grey;
    }
  }
}

/** The test page. */
export async function testGridPng(grid: TestGrid): Promise<Buffer> {
  const size = { width: pixels(grid.page.widthMm), height: pixels(grid.page.heightMm) };
  return greyPng(await draw(testGridSvg(grid, TRUE_PRINTER, size), size));
}
