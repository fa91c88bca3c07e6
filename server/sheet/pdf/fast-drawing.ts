// The drawing that is printed: the same layout as the plain one, at the speed of the compressor.
//
// What is the same on all stamps is one Form XObject, and a page full of it another. A symbol is a one-bit image mask
// written by XOR. Codes and serials are glyph numbers written over a page that is otherwise complete. Figures:
// docs/decisions/0004-fast-sheets.md.

import { deflateSync } from 'node:zlib';

import { CODE_ALPHABET, CODE_SYMBOLS } from '../../domain/stamp/stamp-code.ts';
import { openBatchKeysFrom, PIN_DIGITS } from '../../domain/stamp/stamp-keys.ts';
import { SERIAL_WORD } from '../setting/label.ts';
import type { SheetLayout, SheetPage } from '../setting/layout.ts';
import {
  constantContent,
  glyphsOf,
  MARK_IMAGE,
  points,
  textContent,
  type FontsByWeight,
  type NamedFont,
} from './page-content.ts';
import {
  LABEL_FORM,
  labelsContent,
  mouldPage,
  PAGE_FORM,
  plainGlyphs,
  type MouldPlan,
  type PageMould,
} from './page-mould.ts';
import { embeddedFont, POINTS_PER_MM, type OpenDocument } from './pdf-document.ts';
import type { SheetJob, SheetMark } from '../threads/sheet-job.ts';
import type { FontWeight } from '../template/template-schema.ts';
import { openSymbolRows } from './symbol-rows.ts';

export interface PageDrawing {
  /** Content of one page; valid until the next call. Pages are drawn in order. */
  draw(page: SheetPage): DrawnPage;
}

export interface DrawnPage {
  /** Uncompressed. */
  bytes: Uint8Array;
  /**
   * 1 for each byte that may differ on the next page with the same `varies`, 0 for those that are the same on all of
   * them.
   */
  varies: Uint8Array;
  /** The content is rows of this many bytes. After `firstRow`, each row is similar to the one before it. */
  rowBytes: number;
  firstRow: number;
}

/** Codes or PINs made at once, as many as the cipher handles in bulk. */
const SERIALS_AT_ONCE = 4_096;
/** The batch's id and the symbols that contain only the index (DESIGN §2): they increase with the serial. */
const RISING_SYMBOLS = 10;
const ASCII = 128;
const SPACE = 0x20;
const CLOSE = 0x29;
/** Occupies glyph 13, so that no code symbol is encoded as 0x0D, a line end. */
const FILLER = '·';
const SYMBOLS_BEFORE_FILLER = 12;

/** Puts the job's fonts, forms and resources into the document, and draws its pages' content. */
export function openPageDrawing(document: OpenDocument, job: SheetJob, layout: SheetLayout): PageDrawing {
  const fonts = openFonts(document);
  openForms(document, job, layout, fonts);

  const rows = openSymbolRows(job.address, job.batchId, job.symbol);
  const headOf = headField(layout, fonts);
  const serialDigits = String(job.to).length;
  const codeGlyphs = codeGlyphBytes(layout, fonts);
  const digitGlyphs = glyphBytes(fonts, layout.label.serial.weight);
  const keys = openBatchKeysFrom(job.keys, job.batchId);
  const codesOf = inBulk(job, CODE_SYMBOLS, (from, to, out) => keys.writeCodes(from, to, out));
  const pinsOf = inBulk(job, PIN_DIGITS, (from, to, out) => keys.writePins(from, to, out));
  const alike = alikeSymbols(job);
  const plan: MouldPlan = {
    layout,
    labelHeightMm: job.template.label.heightMm,
    fonts,
    rows,
    alike,
    headBytes: headOf.bytes,
    serialDigits,
  };
  let mould: PageMould | null = null;
  let mouldFor = '';

  return {
    draw(page) {
      const stamps = page.to - page.from + 1;
      const wanted = `${page.firstPlace} ${stamps}`;
      if (mould === null || wanted !== mouldFor) {
        const places = layout.places.slice(page.firstPlace, page.firstPlace + stamps);
        mould = mouldPage(plan, places);
        mouldFor = wanted;
      }
      headOf.write(page, mould.bytes, mould.headAt);
      const { bytes, words, symbolWords, glyphAts, serialAts, pinAts } = mould;
      for (let at = 0; at < stamps; at += 1) {
        const serial = page.from + at;
        const { bytes: codes, at: codeAt } = codesOf(serial);
        rows.write(codes, codeAt, words, symbolWords[at]!);
        writeCode(bytes, glyphAts, at, alike.length, codes, codeAt, codeGlyphs);
        writeSerial(bytes, serialAts[at]!, serial, serialDigits, digitGlyphs);
        if (pinAts.length > 0) writePin(bytes, pinAts[at]!, pinsOf(serial), digitGlyphs);
      }
      return mould;
    },
  };
}

function openFonts(document: OpenDocument): FontsByWeight {
  const named = (name: string, weight: FontWeight): NamedFont => ({
    name,
    font: embeddedFont(document, weight),
    glyphs: new Map(),
  });
  const fonts: FontsByWeight = { 500: named('A', 500), 700: named('B', 700), 800: named('C', 800) };
  // First, so that their numbers are small and safe.
  for (const weight of [500, 800] as const) {
    glyphsOf(fonts[weight], CODE_ALPHABET.slice(0, SYMBOLS_BEFORE_FILLER) + FILLER);
    glyphsOf(fonts[weight], `${CODE_ALPHABET.slice(SYMBOLS_BEFORE_FILLER)}-${SERIAL_WORD}`);
  }
  return fonts;
}

/** Forms for the constant parts, and the one set of resources that all pages share. */
function openForms(document: OpenDocument, job: SheetJob, layout: SheetLayout, fonts: FontsByWeight): void {
  const { label, page } = job.template;
  const fontRefs = Object.fromEntries(Object.values(fonts).map(({ name, font }) => [name, font.ref()]));
  const form = (widthMm: number, heightMm: number, resources: object, content: string): PDFKit.PDFKitReference => {
    const box = [0, 0, Number(points(widthMm)), Number(points(heightMm))];
    const ref = document.ref({ Type: 'XObject', Subtype: 'Form', BBox: box, Resources: resources });
    ref.end(Buffer.from(content, 'latin1'));
    return ref;
  };
  const images =
    job.mark && layout.label.mark !== null ? { XObject: { [MARK_IMAGE]: markImage(document, job.mark) } } : {};
  const labelForm = form(
    label.widthMm,
    label.heightMm,
    { Font: fontRefs, ...images },
    constantContent(layout.label, label.heightMm, fonts),
  );
  // A page's labels may extend slightly beyond it if the stock's own figures do.
  const pageForm = form(
    page.widthMm + 1,
    page.heightMm + 1,
    { XObject: { [LABEL_FORM]: labelForm } },
    labelsContent(layout, label.heightMm, layout.places),
  );
  const resources = document.ref({ Font: fontRefs, XObject: { [LABEL_FORM]: labelForm, [PAGE_FORM]: pageForm } });
  resources.end('');
  const tree = document._root.data.Pages.data;
  tree.Resources = resources;
  tree.MediaBox = [0, 0, layout.page.widthMm * POINTS_PER_MM, layout.page.heightMm * POINTS_PER_MM];
  tree.CropBox = tree.MediaBox;
}

function markImage(document: OpenDocument, { rgb, widthPx, heightPx }: SheetMark): PDFKit.PDFKitReference {
  const ref = document.ref({
    Type: 'XObject',
    Subtype: 'Image',
    Width: widthPx,
    Height: heightPx,
    BitsPerComponent: 8,
    ColorSpace: 'DeviceRGB',
    Filter: 'FlateDecode',
  });
  ref.end(deflateSync(rgb));
  return ref;
}

/** Place in the code × 128 + ASCII of its symbol -> low byte of its glyph, in the font of that place. */
function codeGlyphBytes(layout: SheetLayout, fonts: FontsByWeight): Uint8Array {
  const bytes = new Uint8Array(CODE_SYMBOLS * ASCII);
  for (const part of layout.label.code.flatMap((line) => line.parts)) {
    const glyphs = glyphBytes(fonts, part.weight);
    for (let symbol = part.from; symbol < part.to; symbol += 1) bytes.set(glyphs, symbol * ASCII);
  }
  return bytes;
}

/** ASCII of a code's symbol, or digit -> low byte of its glyph. */
function glyphBytes(fonts: FontsByWeight, weight: FontWeight): Uint8Array {
  const bytes = new Uint8Array(ASCII);
  plainGlyphs(fonts, weight, CODE_ALPHABET).forEach((glyph, at) => (bytes[CODE_ALPHABET.charCodeAt(at)] = glyph));
  return bytes;
}

/**
 * The symbols that all codes of the job begin with: those that its first and last code share among the increasing
 * symbols.
 */
function alikeSymbols(job: SheetJob): string {
  const keys = openBatchKeysFrom(job.keys, job.batchId);
  const [first, last] = [keys.codeOf(job.from), keys.codeOf(job.to)];
  let length = 0;
  while (length < RISING_SYMBOLS && first[length] === last[length]) length += 1;
  return first.slice(0, length);
}

/** Where a serial's own symbols begin. */
interface Own {
  bytes: Uint8Array;
  at: number;
}

/** Symbols of serials in order, made in bulk when the first serial of a bulk is asked for. */
function inBulk(
  job: SheetJob,
  symbols: number,
  write: (from: number, to: number, out: Uint8Array) => unknown,
): (serial: number) => Own {
  const own: Own = { bytes: new Uint8Array(0), at: 0 };
  let [first, last] = [0, -1];
  return (serial) => {
    if (serial < first || serial > last) {
      first = serial;
      last = Math.min(job.to, serial + SERIALS_AT_ONCE - 1);
      if (own.bytes.length === 0)
        own.bytes = new Uint8Array(Math.min(SERIALS_AT_ONCE, job.to - job.from + 1) * symbols);
      write(first, last, own.bytes);
    }
    own.at = (serial - first) * symbols;
    return own;
  };
}

function writeCode(
  bytes: Uint8Array,
  ats: Int32Array,
  stamp: number,
  alike: number,
  codes: Uint8Array,
  codeAt: number,
  glyphs: Uint8Array,
): void {
  const firstAt = stamp * (CODE_SYMBOLS - alike) - alike;
  for (let symbol = alike; symbol < CODE_SYMBOLS; symbol += 1)
    bytes[ats[firstAt + symbol]!] = glyphs[symbol * ASCII + codes[codeAt + symbol]!]!;
}

/** Two bytes for each digit, the closing bracket, and white space for missing digits. */
function writeSerial(bytes: Uint8Array, at: number, serial: number, digitsMax: number, glyphs: Uint8Array): void {
  const zero = 0x30;
  let digits = 1;
  for (let rest = serial; rest >= 10; rest = Math.floor(rest / 10)) digits += 1;
  let rest = serial;
  for (let digit = digits - 1; digit >= 0; digit -= 1) {
    bytes[at + 2 * digit] = 0;
    bytes[at + 2 * digit + 1] = glyphs[zero + (rest % 10)]!;
    rest = Math.floor(rest / 10);
  }
  bytes[at + 2 * digits] = CLOSE;
  for (let byte = at + 2 * digits + 1; byte < at + 2 * digitsMax + 1; byte += 1) bytes[byte] = SPACE;
}

function writePin(bytes: Uint8Array, at: number, pin: Own, glyphs: Uint8Array): void {
  for (let digit = 0; digit < PIN_DIGITS; digit += 1) {
    bytes[at + 2 * digit] = 0;
    bytes[at + 2 * digit + 1] = glyphs[pin.bytes[pin.at + digit]!]!;
  }
}

/** The line in the margin, with room for its longest form. */
function headField(
  layout: SheetLayout,
  fonts: FontsByWeight,
): { bytes: number; write(page: SheetPage, out: Uint8Array, at: number): void } {
  const contentOf = (page: SheetPage): string => {
    const run = layout.headOf(page);
    return run === null ? '' : textContent(run, layout.page.heightMm, fonts);
  };
  /** The last page has the longest numbers; a centred line's position may need a few digits more. */
  const spare = 8;
  const bytes = contentOf(layout.pageAt(layout.pages - 1)).length + spare;
  return {
    bytes,
    write(page, out, at) {
      const content = contentOf(page);
      if (content.length > bytes) throw new Error('the head outgrew its field');
      out.fill(SPACE, at, at + bytes);
      out.set(Buffer.from(content, 'latin1'), at);
    },
  };
}
