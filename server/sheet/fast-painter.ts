// The painter that prints: the same layout as the plain one, at the speed of the compressor behind it.
//
// What is alike on all stamps is one Form XObject, and a page full of it another; a symbol is a one-bit image mask written by
// XOR; codes and serials are glyph numbers written over a page that is otherwise ready. docs/decisions/0005 has the figures.

import { CODE_ALPHABET, CODE_SYMBOLS } from '../domain/stamp-code.ts';
import { openBatchKeysFrom } from '../domain/stamp-keys.ts';
import type { SheetLayout, SheetPage } from './layout.ts';
import { constantContent, points, textContent } from './page-content.ts';
import type { FontsByWeight } from './page-content.ts';
import { LABEL_FORM, labelsContent, mouldPage, PAGE_FORM, plainGlyph } from './page-mould.ts';
import type { PageMould } from './page-mould.ts';
import { embeddedFont, POINTS_PER_MM } from './pdf-document.ts';
import type { OpenDocument } from './pdf-document.ts';
import type { SheetJob } from './sheet-job.ts';
import { openSymbolRows } from './symbol-rows.ts';

export interface PagePainter {
  /** Content of one page, uncompressed; valid until the next call. Pages are painted in order. */
  paint(page: SheetPage): Uint8Array;
}

/** Codes made at a time: the cipher's own bulk. */
const CODES_AT_ONCE = 4_096;
const SPACE = 0x20;
const CLOSE = 0x29;
/** Takes number 13 in the subset, which as a byte is a line end. */
const FILLER = ' ';
const SYMBOLS_BEFORE_FILLER = 12;

/** Puts the job's fonts, forms and resources into the document, and paints its pages' content. */
export function openPagePainter(document: OpenDocument, job: SheetJob, layout: SheetLayout): PagePainter {
  const fonts = openFonts(document);
  openForms(document, job, layout, fonts);

  const rows = openSymbolRows(job.address, job.batchId, job.symbol);
  const headOf = headField(layout, fonts);
  const serialDigits = String(job.to).length;
  const glyphs = { 500: glyphBytes(fonts, 500), 700: glyphBytes(fonts, 700), 800: glyphBytes(fonts, 800) };
  const codesOf = codeReader(job);
  let mould: PageMould | null = null;
  let mouldFor = '';

  return {
    paint(page) {
      const stamps = page.to - page.from + 1;
      const wanted = `${page.firstPlace} ${stamps}`;
      if (mould === null || wanted !== mouldFor) {
        const places = layout.places.slice(page.firstPlace, page.firstPlace + stamps);
        mould = mouldPage(layout, job.template.label.heightMm, fonts, rows, places, headOf.bytes, serialDigits);
        mouldFor = wanted;
      }
      headOf.write(page, mould.bytes, mould.headAt);
      const { bytes, words } = mould;
      mould.stamps.forEach((fields, at) => {
        const serial = page.from + at;
        const { codes, codeAt } = codesOf(serial);
        rows.write(codes, codeAt, words, fields.symbolWord);
        for (const { symbol, at: byteAt, weight } of fields.glyphs) bytes[byteAt] = glyphs[weight][codes[codeAt + symbol]!]!;
        writeSerial(bytes, fields.serialAt, serial, serialDigits, glyphs[layout.label.serial.weight]);
      });
      return bytes;
    },
  };
}

function openFonts(document: OpenDocument): FontsByWeight {
  const fonts: FontsByWeight = {
    500: { name: 'A', font: embeddedFont(document, 500) },
    700: { name: 'B', font: embeddedFont(document, 700) },
    800: { name: 'C', font: embeddedFont(document, 800) },
  };
  // First of all, so that their numbers are small and safe.
  for (const weight of [500, 800] as const) {
    const { font } = fonts[weight];
    [...CODE_ALPHABET].forEach((symbol, at) => {
      if (at === SYMBOLS_BEFORE_FILLER) font.encode(FILLER);
      font.encode(symbol);
    });
    font.encode('-');
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
  const labelForm = form(label.widthMm, label.heightMm, { Font: fontRefs }, constantContent(layout.label, label.heightMm, fonts));
  // A page's labels may reach a hair beyond it where the stock's own figures do.
  const pageForm = form(page.widthMm + 1, page.heightMm + 1, { XObject: { [LABEL_FORM]: labelForm } }, labelsContent(layout, label.heightMm, layout.places));
  const resources = document.ref({ Font: fontRefs, XObject: { [LABEL_FORM]: labelForm, [PAGE_FORM]: pageForm } });
  resources.end('');
  const tree = document._root.data.Pages.data;
  tree.Resources = resources;
  tree.MediaBox = [0, 0, layout.page.widthMm * POINTS_PER_MM, layout.page.heightMm * POINTS_PER_MM];
}

/** ASCII of a code's symbol -> low byte of its glyph. */
function glyphBytes(fonts: FontsByWeight, weight: 500 | 700 | 800): Uint8Array {
  const bytes = new Uint8Array(128);
  if (weight === 700) return bytes; // nothing that varies is set in it
  for (const symbol of CODE_ALPHABET) bytes[symbol.charCodeAt(0)] = plainGlyph(fonts, weight, symbol);
  return bytes;
}

/** Codes of serials in order, made in bulk. */
function codeReader(job: SheetJob): (serial: number) => { codes: Uint8Array; codeAt: number } {
  const keys = openBatchKeysFrom(job.keys, job.batchId);
  const place = { codes: new Uint8Array(Math.min(CODES_AT_ONCE, job.to - job.from + 1) * CODE_SYMBOLS), codeAt: 0 };
  let [first, last] = [0, -1];
  return (serial) => {
    if (serial < first || serial > last) {
      first = serial;
      last = Math.min(job.to, serial + CODES_AT_ONCE - 1);
      keys.writeCodes(first, last, place.codes);
    }
    place.codeAt = (serial - first) * CODE_SYMBOLS;
    return place;
  };
}

/** Two bytes a digit, the closing bracket, white space for the digits that it has not. */
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
  bytes.fill(SPACE, at + 2 * digits + 1, at + 2 * digitsMax + 1);
}

/** The line in the margin: its longest form gets its room. */
function headField(layout: SheetLayout, fonts: FontsByWeight): { bytes: number; write(page: SheetPage, out: Uint8Array, at: number): void } {
  const contentOf = (page: SheetPage): string => {
    const run = layout.headOf(page);
    return run === null ? '' : textContent(run, layout.page.heightMm, fonts);
  };
  /** The last page has the longest numbers; the place of a centred line is a few digits more or less. */
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
