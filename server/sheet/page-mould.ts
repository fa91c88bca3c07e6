// A page's content with every byte in place but those that differ from stamp to stamp: codes, serials, symbols. A page is
// made by writing those over it. Fields have fixed lengths, padded with white space, so that nothing ever moves.

import { SERIAL_WORD } from './label.ts';
import type { LabelLayout } from './label.ts';
import type { Place, SheetLayout } from './layout.ts';
import { glyphsOf, number, points, pointsAt } from './page-content.ts';
import type { FontsByWeight } from './page-content.ts';
import { POINTS_PER_MM } from './pdf-document.ts';
import type { SymbolRows } from './symbol-rows.ts';
import type { FontWeight } from './template-schema.ts';

export interface PageMould {
  bytes: Uint8Array;
  /** The same memory. */
  words: Uint32Array;
  /** The head's text goes here, as a whole. */
  headAt: number;
  /** A stamp: first 32-bit word of its symbol's rows. */
  symbolWords: Int32Array;
  /** A stamp, 18 each: where the low byte of each code symbol's glyph lies. */
  glyphAts: Int32Array;
  /** A stamp: where its serial's digits begin, with room for `serialDigits` glyphs and the closing bracket. */
  serialAts: Int32Array;
}

/** Named in the page's resources: constant parts of one label, and of a page full of labels. */
export const LABEL_FORM = 'L';
export const PAGE_FORM = 'P';
/** A third of a micrometre off each side of a symbol: poppler gives an image that ends right on a pixel one pixel more. */
const INSET_MM = 0.00035;
const SPACE = 0x20;
const WORD_BYTES = 4;

/**
 * The page for the stamps on these places.
 *
 * @param headBytes room for the head's text
 * @param serialDigits of the longest serial
 */
export function mouldPage(
  layout: SheetLayout,
  labelHeightMm: number,
  fonts: FontsByWeight,
  rows: SymbolRows,
  places: readonly Place[],
  headBytes: number,
  serialDigits: number,
): PageMould {
  const text = new ContentText();
  // Device grey 0 is pure K on every device (PDF 32000-1 §10.3.3); 100 % K in DeviceCMYK is shown and printed as a dark mixture.
  text.add('0 g 0 G\n');
  text.add(printerContent(layout));
  const headAt = text.length;
  text.skip(headBytes);
  text.add(places.length === layout.places.length ? `\n/${PAGE_FORM} Do\n` : `\n${labelsContent(layout, labelHeightMm, places)}\n`);
  const fields: Fields = { symbolWords: [], glyphAts: [], serialAts: [] };
  for (const place of places) addStamp(text, layout, fonts, rows, place, serialDigits, fields);

  const bytes = new Uint8Array(Math.ceil(text.length / WORD_BYTES) * WORD_BYTES).fill(SPACE);
  bytes.set(text.bytes());
  return {
    bytes,
    words: new Uint32Array(bytes.buffer),
    headAt,
    symbolWords: Int32Array.from(fields.symbolWords),
    glyphAts: Int32Array.from(fields.glyphAts),
    serialAts: Int32Array.from(fields.serialAts),
  };
}

interface Fields {
  symbolWords: number[];
  glyphAts: number[];
  serialAts: number[];
}

/** Draws the constant parts of the labels on these places, one by one. */
export function labelsContent(layout: SheetLayout, labelHeightMm: number, places: readonly Place[]): string {
  const { heightMm } = layout.page;
  return places.map((place) => `q 1 0 0 1 ${pointsAt(place.xMm, place.yMm + labelHeightMm, heightMm)} cm /${LABEL_FORM} Do Q`).join('\n');
}

/** Undoes what the printer does to every sheet, about the page's top left. */
function printerContent({ page, printer }: SheetLayout): string {
  const { offsetXMm, offsetYMm, scaleX, scaleY } = printer;
  if (offsetXMm === 0 && offsetYMm === 0 && scaleX === 1 && scaleY === 1) return '';
  const upMm = page.heightMm * (1 - scaleY) - offsetYMm;
  return `${number(scaleX, 6)} 0 0 ${number(scaleY, 6)} ${points(offsetXMm, 4)} ${points(upMm, 4)} cm\n`;
}

function addStamp(text: ContentText, layout: SheetLayout, fonts: FontsByWeight, rows: SymbolRows, place: Place, serialDigits: number, fields: Fields): void {
  const { label, page } = layout;
  const sideMm = rows.modules * label.symbol.moduleMm;
  const side = points(sideMm - 2 * INSET_MM, 4);
  const [x, y] = [points(place.symbolXMm + INSET_MM, 4), points(page.heightMm - place.symbolYMm - sideMm + INSET_MM, 4)];
  const opening = `q ${side} 0 0 ${side} ${x} ${y} cm BI /W ${rows.modules} /H ${rows.modules} /IM true ID `;
  text.padToWord(opening.length); // before it: the rows begin right after the one white space behind ID
  text.add(opening);
  fields.symbolWords.push(text.length / WORD_BYTES);
  text.skip(rows.words * WORD_BYTES);
  text.add('\nEI Q BT');
  addCode(text, label, fonts, place, page.heightMm, fields);
  text.add(`${fontChange(fonts, label.serial.weight, label.serial.sizeMm)} ${moveTo(label, place, page.heightMm)}Td(`);
  text.add(plainString(fonts, label.serial.weight, SERIAL_WORD));
  fields.serialAts.push(text.length);
  text.skip(2 * serialDigits + 1);
  text.add('Tj ET\n');
}

function addCode(text: ContentText, label: LabelLayout, fonts: FontsByWeight, place: Place, heightMm: number, fields: Fields): void {
  let setting = '';
  label.code.forEach((line, lineAt) => {
    const before = label.code[lineAt - 1];
    const move = before === undefined
      ? pointsAt(place.xMm + line.xMm, place.yMm + line.baselineMm, heightMm)
      : `${points(line.xMm - before.xMm)} ${points(before.baselineMm - line.baselineMm)}`;
    line.parts.forEach((part, partAt) => {
      const wanted = fontChange(fonts, part.weight, part.sizeMm);
      if (wanted !== setting) text.add(wanted);
      setting = wanted;
      if (partAt === 0) text.add(` ${move} Td`);
      const gap = number((-1000 * part.gapMm) / part.sizeMm, 0);
      text.add(gap === '0' ? '(' : `[${gap}(`);
      for (let symbol = part.from; symbol < part.to; symbol += 1) {
        text.add('\0');
        fields.glyphAts.push(text.length);
        text.skip(1);
      }
      if (part.hasHyphen) text.add(plainString(fonts, part.weight, '-'));
      text.add(gap === '0' ? ')Tj' : ')]TJ');
    });
  });
}

/** From the code's last line to the serial. */
function moveTo(label: LabelLayout, place: Place, heightMm: number): string {
  const last = label.code.at(-1);
  const { xMm, baselineMm } = label.serial;
  if (last === undefined) return `${pointsAt(place.xMm + xMm, place.yMm + baselineMm, heightMm)} `;
  return `${points(xMm - last.xMm)} ${points(last.baselineMm - baselineMm)} `;
}

function fontChange(fonts: FontsByWeight, weight: FontWeight, sizeMm: number): string {
  return `/${fonts[weight].name} ${number(sizeMm * POINTS_PER_MM, 3)} Tf`;
}

/** Bytes that mean something else inside a string of a page's content: line end, brackets, backslash. */
const UNSAFE_GLYPHS = new Set([0x0d, 0x28, 0x29, 0x5c]);

/** Numbers of letters in the subset, each of which stands for itself as the low byte of two in a string. */
export function plainGlyphs(fonts: FontsByWeight, weight: FontWeight, letters: string): number[] {
  const glyphs = glyphsOf(fonts[weight], letters).map((hex) => Number.parseInt(hex, 16));
  const unsafe = glyphs.find((glyph) => glyph > 0xff || UNSAFE_GLYPHS.has(glyph));
  if (unsafe !== undefined) throw new Error(`glyph ${unsafe} cannot stand in a string as it is`);
  return glyphs;
}

function plainString(fonts: FontsByWeight, weight: FontWeight, letters: string): string {
  return plainGlyphs(fonts, weight, letters).map((glyph) => `\0${String.fromCharCode(glyph)}`).join('');
}

/** Content under construction, a byte a character. */
class ContentText {
  #parts: string[] = [];
  length = 0;

  add(text: string): void {
    this.#parts.push(text);
    this.length += text.length;
  }

  skip(bytes: number): void {
    this.add(' '.repeat(bytes));
  }

  /** White space, so that a word begins after this many bytes more. */
  padToWord(after: number): void {
    this.skip((WORD_BYTES - ((this.length + after) % WORD_BYTES)) % WORD_BYTES);
  }

  bytes(): Uint8Array {
    return Buffer.from(this.#parts.join(''), 'latin1');
  }
}
