// Reads a finished print file from its bytes and compares every stamp that it checks with what must be at that label's
// place: the address in the symbol, decoded by another implementation; the symbol, module by module; code and serial as
// text, letter by letter. It uses no drawing code, only the job and the layout, which both drawing and reading must
// follow. Decision: docs/decisions/0016-print-jobs.md.

import { create } from 'qrcode/lib/core/qrcode.js';

import { printedAddress } from '../../domain/stamp/stamp-address.ts';
import { openBatchKeysFrom } from '../../domain/stamp/stamp-keys.ts';
import { beVietnamPro } from '../setting/fonts.ts';
import { variableRuns } from '../setting/label.ts';
import { layoutSheet, type SheetLayout, type SheetPage } from '../setting/layout.ts';
import { SheetError } from '../setting/sheet-error.ts';
import type { SheetJob } from '../threads/sheet-job.ts';
import { readFonts, type FileFont } from './file-fonts.ts';
import { readMarks, type DrawnImage, type DrawnLetter, type PageMarks } from './page-marks.ts';
import { openPdf, type ByteSource, type PdfFile } from './pdf-file.ts';
import { PdfFault, type PdfDict } from './pdf-values.ts';
import { samplePages } from './sample.ts';
import { openSymbolReader, type Modules, type SymbolReader } from './symbol-reader.ts';

export interface ReadBack {
  /** Stamps looked at. */
  checked: number;
  /** Stamps that were right. */
  matched: number;
  /** What is wrong, in the order of reading; a fault of a whole page names each of its stamps. */
  faults: StampFault[];
}

export interface StampFault {
  serial: number;
  fault:
    | 'page'
    | 'symbol-missing'
    | 'symbol-misplaced'
    | 'symbol-unreadable'
    | 'symbol-of-another'
    | 'symbol-damaged'
    | 'text-differs';
  /** What was found. */
  found: string;
}

/** How far a mark may be from its place; rounding in a file is a hundredth of this. */
const TOLERANCE_MM = 0.1;
const MM_PER_POINT = 25.4 / 72;
/** Rounding of a page to whole steps of the coarsest raster. */
const PAGE_TOLERANCE_MM = 0.2;

/**
 * @param jobStamps of the whole print job, of which this file may be a part: a small job is read completely
 * @param seed draws the sample
 * @param passed called after each page that was checked, with the number of stamps up to its end
 * @throws SheetError for a job that cannot be set
 */
export async function readBackFile(
  source: ByteSource,
  job: SheetJob,
  jobStamps: number,
  seed: string,
  passed?: (stamps: number) => void,
): Promise<ReadBack> {
  const set = layoutSheet(beVietnamPro, job);
  if (!set.ok) throw new SheetError(set.problem);
  const layout = set.value;
  const result: ReadBack = { checked: 0, matched: 0, faults: [] };
  const file = opened(source, layout);
  if (file instanceof PdfFault) {
    // Nothing in it can be trusted, so every stamp is named.
    for (let serial = job.from; serial <= job.to; serial += 1)
      result.faults.push({ serial, fault: 'page', found: file.message });
    return { ...result, checked: job.to - job.from + 1 };
  }
  const desk = openDesk(job, layout);
  const sample = samplePages(layout, job.to - job.from + 1, jobStamps, seed);
  for (const index of sample.pages) {
    const page = layout.pageAt(index);
    const faults = await readPage(file, page, sample.stampsOf(index), desk);
    const stamps = sample.stampsOf(index)?.size ?? page.to - page.from + 1;
    const wrong = new Set(faults.map(({ serial }) => serial)).size;
    result.checked += stamps;
    result.matched += stamps - wrong;
    result.faults.push(...faults);
    passed?.(page.to - job.from + 1);
  }
  return result;
}

function opened(source: ByteSource, layout: SheetLayout): PdfFile | PdfFault {
  try {
    const file = openPdf(source);
    if (file.pageCount !== layout.pages)
      return new PdfFault(`the file has ${file.pageCount} pages, not ${layout.pages}`);
    return file;
  } catch (error) {
    if (error instanceof PdfFault) return error;
    throw error;
  }
}

/** What every page is compared with. */
interface Desk {
  job: SheetJob;
  layout: SheetLayout;
  read: SymbolReader;
  codeOf(serial: number): string;
  pinOf(serial: number): string;
  /** Fonts of a page's resources: all pages of a file share them. */
  fontsOf(file: PdfFile, page: PdfDict): ReadonlyMap<string, FileFont>;
}

function openDesk(job: SheetJob, layout: SheetLayout): Desk {
  const keys = openBatchKeysFrom(job.keys, job.batchId);
  let known: { key: string; fonts: ReadonlyMap<string, FileFont> } | null = null;
  return {
    job,
    layout,
    read: openSymbolReader(layout.label.symbol.modules),
    codeOf: (serial) => keys.codeOf(serial),
    pinOf: (serial) => keys.pinOf(serial),
    fontsOf(file, page) {
      const key = JSON.stringify(page.get('Resources'));
      if (known?.key !== key || key === '{}') known = { key, fonts: readFonts(file, page) };
      return known.fonts;
    },
  };
}

async function readPage(
  file: PdfFile,
  page: SheetPage,
  only: ReadonlySet<number> | null,
  desk: Desk,
): Promise<StampFault[]> {
  const stamps = Array.from({ length: page.to - page.from + 1 }, (_, at) => page.from + at);
  const looked = stamps.filter((serial) => only?.has(serial) ?? true);
  let cells: Map<number, Cell>;
  try {
    const dict = file.page(page.index);
    const heightMm = pageHeight(file, dict, desk.layout);
    cells = cellsOf(readMarks(file.content(dict), desk.fontsOf(file, dict)), heightMm, desk);
  } catch (error) {
    if (!(error instanceof PdfFault)) throw error;
    return looked.map((serial) => ({ serial, fault: 'page', found: error.message }));
  }
  const faults: StampFault[] = [];
  for (const serial of looked) {
    const place = page.firstPlace + serial - page.from;
    const fault = await readStamp(cells.get(place) ?? EMPTY_CELL, serial, place, desk);
    if (fault !== null) faults.push(fault);
  }
  // A place without a stamp must be empty: a symbol there would be a second copy of some stamp.
  const strays = [...cells.keys()].filter(
    (place) => place < page.firstPlace || place >= page.firstPlace + stamps.length,
  );
  if (strays.length > 0 && looked.length > 0)
    faults.push({ serial: looked[0] ?? page.from, fault: 'page', found: 'a label that must be empty is not' });
  return faults;
}

/** Millimetres. @throws PdfFault for a page of another size */
function pageHeight(file: PdfFile, page: PdfDict, { page: wanted }: SheetLayout): number {
  const box = file.resolve(page.get('MediaBox'));
  const [left, bottom, right, top] = Array.isArray(box) ? box : [];
  if (left !== 0 || bottom !== 0 || typeof right !== 'number' || typeof top !== 'number')
    throw new PdfFault('a page has no size');
  const isRight =
    Math.abs(right * MM_PER_POINT - wanted.widthMm) <= PAGE_TOLERANCE_MM &&
    Math.abs(top * MM_PER_POINT - wanted.heightMm) <= PAGE_TOLERANCE_MM;
  if (!isRight) throw new PdfFault(`a page is ${right} by ${top} points`);
  return top * MM_PER_POINT;
}

/** All marks on one label place, in millimetres from the page's top left, before the printer moves them. */
interface Cell {
  images: (Pick<DrawnImage, 'columns' | 'rows' | 'isDark'> & {
    xMm: number;
    yMm: number;
    widthMm: number;
    heightMm: number;
  })[];
  letters: PlacedLetter[];
}

interface PlacedLetter {
  letter: string;
  xMm: number;
  yMm: number;
  sizeMm: number;
}

const EMPTY_CELL: Cell = { images: [], letters: [] };

function cellsOf(marks: PageMarks, heightMm: number, { job, layout }: Desk): Map<number, Cell> {
  const cells = new Map<number, Cell>();
  const { grid, label } = job.template;
  const { offsetXMm, offsetYMm, scaleX, scaleY } = layout.printer;
  /** The position on a sheet that no printer shifts. */
  const across = (points: number): number => (points * MM_PER_POINT - offsetXMm) / scaleX;
  const down = (points: number): number => (heightMm - points * MM_PER_POINT - offsetYMm) / scaleY;
  const cellAt = (xMm: number, yMm: number): Cell | null => {
    const column = Math.floor((xMm - grid.leftMm) / grid.pitchXMm);
    const row = Math.floor((yMm - grid.topMm) / grid.pitchYMm);
    const isOnLabel =
      xMm - grid.leftMm - column * grid.pitchXMm <= label.widthMm &&
      yMm - grid.topMm - row * grid.pitchYMm <= label.heightMm;
    if (column < 0 || column >= grid.columns || row < 0 || row >= grid.rows || !isOnLabel) return null;
    const place = row * grid.columns + column;
    const cell = cells.get(place) ?? { images: [], letters: [] };
    cells.set(place, cell);
    return cell;
  };
  for (const image of marks.images) {
    const [xMm, yMm] = [across(image.x), down(image.y + image.height)];
    const [widthMm, markMm] = [(image.width * MM_PER_POINT) / scaleX, (image.height * MM_PER_POINT) / scaleY];
    const { columns, rows, isDark } = image;
    const cell = cellAt(xMm + widthMm / 2, yMm + markMm / 2);
    if (cell === null) throw new PdfFault('a symbol lies beside the labels');
    cell.images.push({ columns, rows, isDark, xMm, yMm, widthMm, heightMm: markMm });
  }
  for (const letter of marks.letters) {
    const [xMm, yMm] = [across(letter.x), down(letter.y)];
    cellAt(xMm, yMm)?.letters.push(placed(letter, xMm, yMm, scaleY));
  }
  return cells;
}

function placed({ letter, size }: DrawnLetter, xMm: number, yMm: number, scaleY: number): PlacedLetter {
  return { letter, xMm, yMm, sizeMm: (size * MM_PER_POINT) / scaleY };
}

async function readStamp(cell: Cell, serial: number, placeAt: number, desk: Desk): Promise<StampFault | null> {
  const { job, layout } = desk;
  const place = layout.places[placeAt];
  if (place === undefined) throw new RangeError(`no label place ${placeAt}`);
  const [image] = cell.images;
  if (image === undefined || cell.images.length > 1)
    return { serial, fault: 'symbol-missing', found: `${cell.images.length} symbols` };
  const { modules, moduleMm } = layout.label.symbol;
  const sideMm = modules * moduleMm;
  const isInPlace =
    near(image.xMm, place.symbolXMm) &&
    near(image.yMm, place.symbolYMm) &&
    near(image.widthMm, sideMm) &&
    near(image.heightMm, sideMm);
  if (!isInPlace)
    return { serial, fault: 'symbol-misplaced', found: `at ${image.xMm.toFixed(2)}, ${image.yMm.toFixed(2)} mm` };
  if (image.columns !== modules || image.rows !== modules)
    return { serial, fault: 'symbol-unreadable', found: `${image.columns} modules` };

  const code = desk.codeOf(serial);
  const address = printedAddress(job.address, code);
  const symbol: Modules = { size: modules, isDark: image.isDark };
  const read = await desk.read(symbol);
  if (read === null) return { serial, fault: 'symbol-unreadable', found: 'no symbol' };
  if (read.text !== address) return { serial, fault: 'symbol-of-another', found: 'another address' };
  if (!read.isWhole || !isSymbolOf(symbol, address, job))
    return { serial, fault: 'symbol-damaged', found: 'modules that are not as drawn' };
  const differs = textDifference(cell.letters, serial, code, place, desk);
  return differs === null ? null : { serial, fault: 'text-differs', found: differs };
}

/**
 * Compares module by module. This also finds faults that error correction would hide, and faults in function patterns,
 * which it does not cover (ISO/IEC 18004).
 */
export function isSymbolOf(symbol: Modules, address: string, { symbol: { version, level, mask } }: SheetJob): boolean {
  const { modules } = create([{ data: address, mode: 'alphanumeric' }], {
    version,
    errorCorrectionLevel: level,
    maskPattern: mask,
  });
  if (modules.size !== symbol.size) return false;
  for (let row = 0; row < symbol.size; row += 1) {
    for (let column = 0; column < symbol.size; column += 1) {
      if (symbol.isDark(column, row) !== (modules.data[row * modules.size + column] === 1)) return false;
    }
  }
  return true;
}

/** Which of a label's own letters are missing, added or misplaced; null: none. */
function textDifference(
  letters: readonly PlacedLetter[],
  serial: number,
  code: string,
  place: { xMm: number; yMm: number },
  desk: Desk,
): string | null {
  const left = [...letters];
  for (const run of variableRuns(beVietnamPro, desk.layout.label, code, serial, desk.pinOf(serial))) {
    let xMm = place.xMm + run.xMm;
    const yMm = place.yMm + run.baselineMm;
    for (const letter of run.text) {
      const at = left.findIndex(
        (each) => each.letter === letter && near(each.xMm, xMm) && near(each.yMm, yMm) && near(each.sizeMm, run.sizeMm),
      );
      if (at === -1) return `no ${letter} of the ${run.element} in its place`;
      left.splice(at, 1);
      xMm += beVietnamPro.looseWidthEm(run.weight, letter) * run.sizeMm;
    }
  }
  return left.length === 0 ? null : `letters beside it: ${left.map(({ letter }) => letter).join('')}`;
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= TOLERANCE_MM;
}
