// A page's content with every byte in place except those that differ from stamp to stamp: codes, serials, symbols.
// Writing those over it makes a page. Fields have fixed lengths, padded with white space, so that nothing moves.

import { PIN_DIGITS } from '../../domain/stamp/stamp-keys.ts';
import { SERIAL_WORD, type LabelLayout } from '../setting/label.ts';
import type { Place, SheetLayout } from '../setting/layout.ts';
import { glyphsOf, number, points, pointsAt, type FontsByWeight } from './page-content.ts';
import { POINTS_PER_MM } from './pdf-document.ts';
import type { SymbolRows } from './symbol-rows.ts';
import type { FontWeight } from '../template/template-schema.ts';

export interface PageMould {
  bytes: Uint8Array;
  /** The same memory. */
  words: Uint32Array;
  /** Each stamp has the same number of rows, with the same things at the same places. */
  rowBytes: number;
  /** The first stamp begins after this many rows. */
  firstRow: number;
  /** Position of the head's text. */
  headAt: number;
  /** For each stamp: the first 32-bit word of its symbol's rows. */
  symbolWords: Int32Array;
  /** For each stamp and each varying symbol of its code: the position of its glyph's low byte. */
  glyphAts: Int32Array;
  /** 1 for each byte that may differ on another page of this mould. */
  varies: Uint8Array;
  /** For each stamp: where its serial's digits begin, with room for `serialDigits` glyphs and the closing bracket. */
  serialAts: Int32Array;
  /** For each stamp: where its PIN's digits begin. Empty if the label has no PIN. */
  pinAts: Int32Array;
}

/** Named in the page's resources: constant parts of one label, and of a page full of labels. */
export const LABEL_FORM = 'L';
export const PAGE_FORM = 'P';
/**
 * A third of a micrometre off each side of a symbol: poppler gives an image that ends right on a pixel one pixel more.
 */
const INSET_MM = 0.00035;
const SPACE = 0x20;
const WORD_BYTES = 4;

/** What all pages of a job have in common. */
export interface MouldPlan {
  layout: SheetLayout;
  labelHeightMm: number;
  fonts: FontsByWeight;
  rows: SymbolRows;
  /** The symbols that all codes of the job begin with. */
  alike: string;
  /** Room for the head's text. */
  headBytes: number;
  /** Of the longest serial. */
  serialDigits: number;
}

/** The page for the stamps on these places. */
export function mouldPage(plan: MouldPlan, places: readonly Place[]): PageMould {
  const { layout, labelHeightMm, rows, headBytes, serialDigits } = plan;
  const top = new ContentText();
  // Device grey 0 is pure K on every device (PDF 32000-1 §10.3.3); 100 % K in DeviceCMYK is shown and printed as a dark
  // mixture.
  top.add('0 g 0 G\n');
  top.add(printerContent(layout));
  const headAt = top.length;
  top.skip(headBytes);
  top.add(
    places.length === layout.places.length
      ? `\n/${PAGE_FORM} Do\n`
      : `\n${labelsContent(layout, labelHeightMm, places)}\n`,
  );

  const stamps = places.map((place) => stampText(plan, place));
  const rowBytes = wholeWords(Math.max(...stamps.map(({ text }) => text.length)));
  const firstRow = Math.ceil(top.length / rowBytes);
  const bytes = new Uint8Array((firstRow + stamps.length) * rowBytes).fill(SPACE);
  const varies = new Uint8Array(bytes.length);
  const symbolVaries = rows.varies(plan.alike.length);
  bytes.set(top.bytes());
  varies.fill(1, headAt, headAt + headBytes);
  const [symbolWords, glyphAts, serialAts, pinAts] = [[] as number[], [] as number[], [] as number[], [] as number[]];
  stamps.forEach((stamp, at) => {
    const start = (firstRow + at) * rowBytes;
    bytes.set(stamp.text.bytes(), start);
    symbolWords.push((start + stamp.symbolAt) / WORD_BYTES);
    glyphAts.push(...stamp.glyphAts.map((glyphAt) => start + glyphAt));
    serialAts.push(start + stamp.serialAt);
    varies.set(symbolVaries, start + stamp.symbolAt);
    for (const glyphAt of stamp.glyphAts) varies[start + glyphAt] = 1;
    varies.fill(1, start + stamp.serialAt, start + stamp.serialAt + 2 * serialDigits + 1);
    if (stamp.pinAt === null) return;
    pinAts.push(start + stamp.pinAt);
    varies.fill(1, start + stamp.pinAt, start + stamp.pinAt + 2 * PIN_DIGITS);
  });
  return {
    bytes,
    words: new Uint32Array(bytes.buffer),
    rowBytes,
    firstRow,
    varies,
    headAt,
    symbolWords: Int32Array.from(symbolWords),
    glyphAts: Int32Array.from(glyphAts),
    serialAts: Int32Array.from(serialAts),
    pinAts: Int32Array.from(pinAts),
  };
}

function wholeWords(bytes: number): number {
  return Math.ceil(bytes / WORD_BYTES) * WORD_BYTES;
}

/** Draws the constant parts of the labels on these places, one by one. */
export function labelsContent(layout: SheetLayout, labelHeightMm: number, places: readonly Place[]): string {
  const { heightMm } = layout.page;
  return places
    .map((place) => `q 1 0 0 1 ${pointsAt(place.xMm, place.yMm + labelHeightMm, heightMm)} cm /${LABEL_FORM} Do Q`)
    .join('\n');
}

/** Compensates for what the printer does to every sheet, about the page's top left. */
function printerContent({ page, printer }: SheetLayout): string {
  const { offsetXMm, offsetYMm, scaleX, scaleY } = printer;
  if (offsetXMm === 0 && offsetYMm === 0 && scaleX === 1 && scaleY === 1) return '';
  const upMm = page.heightMm * (1 - scaleY) - offsetYMm;
  return `${number(scaleX, 6)} 0 0 ${number(scaleY, 6)} ${points(offsetXMm, 4)} ${points(upMm, 4)} cm\n`;
}

interface StampText {
  text: ContentText;
  /** Where its own bytes begin in it. */
  symbolAt: number;
  glyphAts: number[];
  serialAt: number;
  pinAt: number | null;
}

/** Room for numbers that differ from place to place, so that all stamps have the same things at the same bytes. */
const NUMBER_BYTES = 9;

function stampText({ layout, fonts, rows, alike, serialDigits }: MouldPlan, place: Place): StampText {
  const { label, page } = layout;
  const sideMm = rows.modules * label.symbol.moduleMm;
  const side = points(sideMm - 2 * INSET_MM, 4);
  const [x, y] = [
    points(place.symbolXMm + INSET_MM, 4),
    points(page.heightMm - place.symbolYMm - sideMm + INSET_MM, 4),
  ];
  const move = `q ${side} 0 0 ${side} ${x.padStart(NUMBER_BYTES)} ${y.padStart(NUMBER_BYTES)} cm`;
  const opening = `${move} BI /W ${rows.modules} /H ${rows.modules} /IM true ID `;
  const text = new ContentText();
  // Before it, because the rows begin right after the single white space behind ID.
  text.skip(wholeWords(opening.length) - opening.length);
  text.add(opening);
  const symbolAt = text.length;
  text.skip(rows.words * WORD_BYTES);
  text.add('\nEI Q BT');
  const glyphAts = addCode(text, label, fonts, alike, place, page.heightMm);
  text.add(`${fontChange(fonts, label.serial.weight, label.serial.sizeMm)} ${moveToSerial(label)} Td(`);
  text.add(plainString(fonts, label.serial.weight, SERIAL_WORD));
  const serialAt = text.length;
  text.skip(2 * serialDigits + 1);
  text.add('Tj');
  const pinAt = addPin(text, label, fonts);
  text.add(' ET\n');
  return { text, symbolAt, glyphAts, serialAt, pinAt };
}

/** Gives the places of the glyphs that vary, in the code's order. */
function addCode(
  text: ContentText,
  label: LabelLayout,
  fonts: FontsByWeight,
  alike: string,
  place: Place,
  heightMm: number,
): number[] {
  const glyphAts: number[] = [];
  let setting = '';
  label.code.forEach((line, lineAt) => {
    const before = label.code[lineAt - 1];
    const move =
      before === undefined
        ? [points(place.xMm + line.xMm), points(heightMm - place.yMm - line.baselineMm)]
            .map((each) => each.padStart(NUMBER_BYTES))
            .join(' ')
        : `${points(line.xMm - before.xMm)} ${points(before.baselineMm - line.baselineMm)}`;
    line.parts.forEach((part, partAt) => {
      const wanted = fontChange(fonts, part.weight, part.sizeMm);
      if (wanted !== setting) text.add(wanted);
      setting = wanted;
      if (partAt === 0) text.add(` ${move} Td`);
      const gap = number((-1000 * part.gapMm) / part.sizeMm, 0);
      text.add(gap === '0' ? '(' : `[${gap}(`);
      for (let symbol = part.from; symbol < part.to; symbol += 1) {
        if (symbol < alike.length) {
          text.add(plainString(fonts, part.weight, alike.charAt(symbol)));
          continue;
        }
        text.add('\0');
        glyphAts.push(text.length);
        text.skip(1);
      }
      if (part.hasHyphen) text.add(plainString(fonts, part.weight, '-'));
      text.add(gap === '0' ? ')Tj' : ')]TJ');
    });
  });
  return glyphAts;
}

/** Room for its digits behind the serial; null where the label has no PIN. */
function addPin(text: ContentText, { pin, serial }: LabelLayout, fonts: FontsByWeight): number | null {
  if (pin === null) return null;
  text.add(
    ` ${fontChange(fonts, pin.weight, pin.sizeMm)} ` +
      `${points(pin.xMm - serial.xMm)} ${points(serial.baselineMm - pin.baselineMm)} Td(`,
  );
  const pinAt = text.length;
  text.skip(2 * PIN_DIGITS);
  text.add(')Tj');
  return pinAt;
}

/** From the code's last line. */
function moveToSerial({ code, serial }: LabelLayout): string {
  const last = code.at(-1);
  if (last === undefined) throw new Error('a code has a line');
  return `${points(serial.xMm - last.xMm)} ${points(last.baselineMm - serial.baselineMm)}`;
}

function fontChange(fonts: FontsByWeight, weight: FontWeight, sizeMm: number): string {
  return `/${fonts[weight].name} ${number(sizeMm * POINTS_PER_MM, 3)} Tf`;
}

/** Bytes that mean something else inside a string of a page's content: line end, brackets, backslash. */
const UNSAFE_GLYPHS: ReadonlySet<number> = new Set([0x0d, 0x28, 0x29, 0x5c]);

/** Numbers of letters in the subset. Each is the low byte of two in a string, without an escape. */
export function plainGlyphs(fonts: FontsByWeight, weight: FontWeight, letters: string): number[] {
  const glyphs = glyphsOf(fonts[weight], letters).map((hex) => Number.parseInt(hex, 16));
  const unsafe = glyphs.find((glyph) => glyph > 0xff || UNSAFE_GLYPHS.has(glyph));
  if (unsafe !== undefined) throw new Error(`glyph ${unsafe} cannot stand in a string as it is`);
  return glyphs;
}

function plainString(fonts: FontsByWeight, weight: FontWeight, letters: string): string {
  return plainGlyphs(fonts, weight, letters)
    .map((glyph) => `\0${String.fromCharCode(glyph)}`)
    .join('');
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

  bytes(): Uint8Array {
    return Buffer.from(this.#parts.join(''), 'latin1');
  }
}
