// Reads a finished file of thermal labels from its bytes and compares every stamp that it checks with what must be at
// that place: each module of the symbol dot by dot, its quiet zone, and the address in it, decoded by another
// implementation. Letters are bitmaps there and are not read. Decision: docs/decisions/0016-print-jobs.md.

import { printedAddress } from '../../domain/stamp/stamp-address.ts';
import { openBatchKeysFrom } from '../../domain/stamp/stamp-keys.ts';
import { beVietnamPro } from '../setting/fonts.ts';
import { layoutSheet, type SheetLayout, type SheetPage } from '../setting/layout.ts';
import { SheetError } from '../setting/sheet-error.ts';
import type { SheetJob } from '../threads/sheet-job.ts';
import { labelsIn, type LabelPicture } from './label-file.ts';
import type { ByteSource } from './pdf-file.ts';
import { PdfFault } from './pdf-values.ts';
import { isSymbolOf, type ReadBack, type StampFault } from './read-back.ts';
import { samplePages } from './sample.ts';
import { openSymbolReader, type Modules, type SymbolReader } from './symbol-reader.ts';

/** A job for a head of one resolution, in its language. */
export interface LabelJob extends SheetJob {
  thermal: { language: 'zpl' | 'tspl'; dpi: number };
}

const MM_PER_INCH = 25.4;
/** Rows end with whole bytes: a label may be this many dots wider, less one. */
const BYTE_DOTS = 8;
/** A symbol has this much white around it (ISO/IEC 18004 §6.3.8). */
const QUIET_MODULES = 4;

/** As readBackFile, for labels. @throws SheetError for a job that cannot be set */
export async function readBackLabels(
  source: ByteSource,
  job: LabelJob,
  jobStamps: number,
  seed: string,
  passed?: (stamps: number) => void,
): Promise<ReadBack> {
  const set = layoutSheet(beVietnamPro, job);
  if (!set.ok) throw new SheetError(set.problem);
  const layout = set.value;
  const desk: Desk = {
    job,
    layout,
    read: openSymbolReader(layout.label.symbol.modules),
    addressOf: addressesOf(job),
  };
  const result: ReadBack = { checked: 0, matched: 0, faults: [] };
  const sample = samplePages(layout, job.to - job.from + 1, jobStamps, seed);
  const looked = new Set(sample.pages);
  let index = 0;
  try {
    for (const label of labelsIn(source, job.thermal.language, job.thermal.dpi)) {
      if (index >= layout.pages) throw new PdfFault(`the file has more than ${layout.pages} labels`);
      const page = layout.pageAt(index);
      if (looked.has(index)) {
        const faults = await readLabel(label, page, sample.stampsOf(index), desk);
        const stamps = sample.stampsOf(index)?.size ?? page.to - page.from + 1;
        result.checked += stamps;
        result.matched += stamps - new Set(faults.map(({ serial }) => serial)).size;
        result.faults.push(...faults);
      }
      passed?.(page.to - job.from + 1);
      index += 1;
    }
    if (index < layout.pages) throw new PdfFault(`the file has ${index} labels, not ${layout.pages}`);
    return result;
  } catch (error) {
    if (!(error instanceof PdfFault)) throw error;
    // Nothing in it can be trusted, so every stamp is named.
    const all = Array.from({ length: job.to - job.from + 1 }, (_, at) => job.from + at);
    return {
      checked: all.length,
      matched: 0,
      faults: all.map((serial) => ({ serial, fault: 'page', found: error.message })),
    };
  }
}

interface Desk {
  job: LabelJob;
  layout: SheetLayout;
  read: SymbolReader;
  addressOf(serial: number): string;
}

function addressesOf(job: SheetJob): Desk['addressOf'] {
  const keys = openBatchKeysFrom(job.keys, job.batchId);
  return (serial) => printedAddress(job.address, keys.codeOf(serial));
}

async function readLabel(
  label: LabelPicture,
  page: SheetPage,
  only: ReadonlySet<number> | null,
  desk: Desk,
): Promise<StampFault[]> {
  const { layout, job } = desk;
  const dots = (lengthMm: number): number => Math.round((lengthMm * job.thermal.dpi) / MM_PER_INCH);
  const serials = Array.from({ length: page.to - page.from + 1 }, (_, at) => page.from + at);
  const wanted = serials.filter((serial) => only?.has(serial) ?? true);
  const isOfSize =
    label.heightDots === dots(layout.page.heightMm) &&
    Math.abs(label.widthDots - dots(layout.page.widthMm)) < BYTE_DOTS;
  if (!isOfSize) {
    const found = `a label of ${label.widthDots} by ${label.heightDots} dots`;
    return wanted.map((serial) => ({ serial, fault: 'page', found }));
  }
  const faults: StampFault[] = [];
  for (const serial of wanted) {
    const place = layout.places[page.firstPlace + serial - page.from];
    if (place === undefined) throw new RangeError(`no label place of stamp ${serial}`);
    const fault = await readStamp(label, { x: dots(place.symbolXMm), y: dots(place.symbolYMm) }, serial, desk);
    if (fault !== null) faults.push(fault);
  }
  return faults;
}

async function readStamp(
  label: LabelPicture,
  corner: { x: number; y: number },
  serial: number,
  desk: Desk,
): Promise<StampFault | null> {
  const { job, layout } = desk;
  const { modules, moduleMm } = layout.label.symbol;
  const moduleDots = Math.round((moduleMm * job.thermal.dpi) / MM_PER_INCH);
  const burntIn = (column: number, row: number): number => {
    let burnt = 0;
    for (let y = 0; y < moduleDots; y += 1)
      for (let x = 0; x < moduleDots; x += 1)
        if (label.isBurnt(corner.x + column * moduleDots + x, corner.y + row * moduleDots + y)) burnt += 1;
    return burnt;
  };
  for (let row = -QUIET_MODULES; row < modules + QUIET_MODULES; row += 1) {
    for (let column = -QUIET_MODULES; column < modules + QUIET_MODULES; column += 1) {
      const isInside = row >= 0 && row < modules && column >= 0 && column < modules;
      const burnt = burntIn(column, row);
      if (isInside ? burnt !== 0 && burnt !== moduleDots ** 2 : burnt !== 0)
        return { serial, fault: 'symbol-damaged', found: `dots at module ${column}, ${row}` };
    }
  }
  const symbol: Modules = { size: modules, isDark: (column, row) => burntIn(column, row) > 0 };
  const found = await desk.read(symbol);
  if (found === null) return { serial, fault: 'symbol-unreadable', found: 'no symbol' };
  const address = desk.addressOf(serial);
  if (found.text !== address) return { serial, fault: 'symbol-of-another', found: 'another address' };
  return found.isWhole && isSymbolOf(symbol, address, job)
    ? null
    : { serial, fault: 'symbol-damaged', found: 'modules that are not as drawn' };
}
