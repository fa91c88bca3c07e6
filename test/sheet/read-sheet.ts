// Reads a print file back without any of the code that made it: pdfium draws its pages, zxing reads each stamp's
// symbol.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { PDFiumLibrary } from '@hyzyla/pdfium';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

import type { SheetLayout } from '../../server/sheet/setting/layout.ts';

const MM_PER_INCH = 25.4;
const require = createRequire(import.meta.url);

/** A page as a printer sees it: 0 is black. */
export interface Pixels {
  width: number;
  height: number;
  dpi: number;
  grey: Uint8Array;
}

export interface OpenSheet {
  pages: number;
  /** In points. */
  pageSize: { width: number; height: number };
  /** Draws a page; the first is 0. */
  draw(page: number, dpi: number): Promise<Pixels>;
  text(page: number): string;
  close(): void;
}

let pdfium: Promise<PDFiumLibrary> | null = null;
let isZxingReady = false;

export async function openSheet(bytes: Uint8Array): Promise<OpenSheet> {
  pdfium ??= PDFiumLibrary.init();
  const document = await (await pdfium).loadDocument(bytes);
  const { originalWidth, originalHeight } = document.getPage(0).getOriginalSize();
  return {
    pages: document.getPageCount(),
    pageSize: { width: originalWidth, height: originalHeight },
    async draw(page, dpi) {
      // The library first rounds a page to whole points; a size in pixels keeps the raster exact.
      const size = { width: Math.round((originalWidth * dpi) / 72), height: Math.round((originalHeight * dpi) / 72) };
      const { width, height, data } = await document
        .getPage(page)
        .render({ scale: 1, ...size, render: 'bitmap', colorSpace: 'Gray' });
      return { width, height, dpi, grey: data };
    },
    text: (page) => document.getPage(page).getText(),
    close: () => document.destroy(),
  };
}

/** The text of this label's symbol; null if none is read. Only the label is examined. */
export async function readStamp(
  pixels: Pixels,
  layout: SheetLayout,
  label: { widthMm: number; heightMm: number },
  placeAt: number,
): Promise<string | null> {
  if (!isZxingReady) {
    const wasm = readFileSync(require.resolve('zxing-wasm/reader/zxing_reader.wasm'));
    prepareZXingModule({ overrides: { wasmBinary: Uint8Array.from(wasm).buffer } });
    isZxingReady = true;
  }
  const place = layout.places[placeAt];
  if (place === undefined) throw new RangeError(`no place ${placeAt}`);
  const { offsetXMm, offsetYMm, scaleX, scaleY } = layout.printer;
  const crop = cropOf(
    pixels,
    offsetXMm + place.xMm * scaleX,
    offsetYMm + place.yMm * scaleY,
    label.widthMm,
    label.heightMm,
  );
  const found = await readBarcodes(crop, { formats: ['QRCode'], maxNumberOfSymbols: 1 });
  return found[0]?.text ?? null;
}

/** What a canvas returns: four bytes per pixel. */
interface Crop {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

function cropOf(pixels: Pixels, xMm: number, yMm: number, widthMm: number, heightMm: number): Crop {
  const px = (mm: number): number => Math.round((mm / MM_PER_INCH) * pixels.dpi);
  const [left, top] = [Math.max(0, px(xMm)), Math.max(0, px(yMm))];
  const width = Math.min(px(widthMm), pixels.width - left);
  const height = Math.min(px(heightMm), pixels.height - top);
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const at = (row * width + column) * 4;
      data.fill(pixels.grey[(top + row) * pixels.width + left + column] ?? 255, at, at + 3);
    }
  }
  return { width, height, data };
}

/** Whether this part of a page has any ink. */
export function hasInk(pixels: Pixels, xMm: number, yMm: number, widthMm: number, heightMm: number): boolean {
  const px = (mm: number): number => (mm / MM_PER_INCH) * pixels.dpi;
  for (let row = Math.ceil(px(yMm)); row < Math.floor(px(yMm + heightMm)); row += 1) {
    for (let column = Math.ceil(px(xMm)); column < Math.floor(px(xMm + widthMm)); column += 1) {
      if ((pixels.grey[row * pixels.width + column] ?? 255) < 128) return true;
    }
  }
  return false;
}

/**
 * Dark pixels of one picture that have no dark pixel of the other within this many pixels.
 *
 * @param faintest the lightest grey that counts as dark in the other picture: two programs with smooth edges spread a
 * thin line differently
 */
export function strayInk(from: Pixels, other: Pixels, withinPx: number, faintest = 160): number {
  let strays = 0;
  for (let at = 0; at < from.grey.length; at += 1) {
    if (from.grey[at]! >= 100 || other.grey[at]! < faintest) continue;
    let isNear = false;
    for (let dy = -withinPx; dy <= withinPx && !isNear; dy += 1) {
      for (let dx = -withinPx; dx <= withinPx && !isNear; dx += 1)
        isNear = (other.grey[at + dy * other.width + dx] ?? 255) < faintest;
    }
    if (!isNear) strays += 1;
  }
  return strays;
}

/**
 * The codes in a page's text, in order, each with the serial that follows it. pdfium returns a hyphen at a line's end
 * as U+FFFE.
 */
export function codesIn(text: string): { code: string; serial: number }[] {
  const joined = text.replaceAll('\uFFFE', '-').replaceAll(/-\s+/g, '-');
  return [...joined.matchAll(/([0-9A-Z]{6})-([0-9A-Z]{6})-([0-9A-Z]{2})\s?([0-9A-Z]{4})\s+số (\d+)/g)].map(
    ([, batch, middle, last, ending, serial]) => ({
      code: `${batch}${middle}${last}${ending}`,
      serial: Number(serial),
    }),
  );
}

/**
 * Faults in a file's table of objects, as a strict reader finds them: every entry must point at its object, the trailer
 * must have the right count, and there must be nothing in between.
 */
export function tableFaults(bytes: Uint8Array): string[] {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(file)?.[1] ?? Number.NaN);
  const table = /^xref\n0 (\d+)\n/.exec(file.slice(start, start + 40));
  if (table === null) return ['startxref does not point at the table'];
  const count = Number(table[1]);
  const entriesAt = start + table[0].length;
  const faults: string[] = [];
  for (let id = 1; id < count; id += 1) {
    const entry = file.slice(entriesAt + id * 20, entriesAt + id * 20 + 20);
    const offset = /^(\d{10}) 00000 n \n$/.exec(entry)?.[1];
    if (offset === undefined) faults.push(`entry ${id} is ${JSON.stringify(entry)}`);
    else if (!file.startsWith(`${id} 0 obj\n`, Number(offset))) faults.push(`object ${id} is not at ${offset}`);
  }
  if (!file.includes(`/Size ${count}\n`, start)) faults.push('the trailer counts other objects');
  const objects = file.slice(0, start).match(/^\d+ 0 obj$/gm)?.length ?? 0;
  if (objects < count - 1) faults.push(`${count - 1} objects in the table, ${objects} in the file`);
  return faults;
}
