// What a page's content puts on paper by itself: pictures of one bit and letters, with their places. What it draws by calling
// forms is alike on all stamps and is not looked at here. An operator that this does not know is a fault of the page, since it
// might change what the rest means.

import type { PdfFile } from './pdf-file.ts';
import { isName, PdfFault, PdfReader } from './pdf-values.ts';
import type { PdfDict, PdfValue, PdfWord } from './pdf-values.ts';

/** In points from the page's bottom left. */
export interface DrawnImage {
  x: number;
  y: number;
  width: number;
  height: number;
  /** Picture elements. */
  columns: number;
  rows: number;
  isDark: (column: number, row: number) => boolean;
}

/** In points from the page's bottom left; `x`, `y` is its origin on the baseline. */
export interface DrawnLetter {
  letter: string;
  x: number;
  y: number;
  size: number;
}

export interface PageMarks {
  images: DrawnImage[];
  letters: DrawnLetter[];
}

/** A font as the file tells it. */
export interface FileFont {
  /** Glyph number -> letter. */
  letters: ReadonlyMap<number, string>;
  /** Glyph number -> advance in 1/1000 of the size. */
  widths: ReadonlyMap<number, number>;
  defaultWidth: number;
}

type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];
const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

interface State {
  ctm: Matrix;
  isBlack: boolean;
  font: FileFont | null;
  size: number;
}

/** Paths and line settings: alike on all stamps where they stand. */
const IGNORED = new Set([
  'w',
  'J',
  'j',
  'M',
  'd',
  'ri',
  'i',
  'm',
  'l',
  'c',
  'v',
  'y',
  'h',
  're',
  'S',
  's',
  'f',
  'F',
  'f*',
  'B',
  'B*',
  'b',
  'b*',
  'n',
  'G',
  'RG',
  'K',
]);
const STATES_MAX = 64;

/** @param fonts those named in the page's resources. @throws PdfFault */
export function readMarks(content: Uint8Array, fonts: ReadonlyMap<string, FileFont>): PageMarks {
  const reader = new PdfReader(content);
  const marks: PageMarks = { images: [], letters: [] };
  const saved: State[] = [];
  let state: State = { ctm: IDENTITY, isBlack: true, font: null, size: 0 };
  let line: Matrix = IDENTITY;
  let text: Matrix = IDENTITY;
  let operands: PdfValue[] = [];

  const numbers = (count: number): number[] => {
    const taken = operands.slice(-count);
    if (taken.length !== count || !taken.every((each) => typeof each === 'number'))
      throw new PdfFault('an operator has other operands than it takes');
    return taken;
  };
  const show = (bytes: PdfValue | undefined): void => {
    if (!(bytes instanceof Uint8Array) || bytes.length % 2 !== 0) throw new PdfFault('a text is no string of pairs');
    const { font, size, ctm, isBlack } = state;
    if (font === null) throw new PdfFault('a text has no font');
    if (!isBlack) throw new PdfFault('a text is not black');
    for (let at = 0; at < bytes.length; at += 2) {
      const glyph = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
      const placed = times(text, ctm);
      marks.letters.push({
        letter: font.letters.get(glyph) ?? '\uFFFD',
        x: placed[4],
        y: placed[5],
        size: size * placed[3],
      });
      text = times([1, 0, 0, 1, ((font.widths.get(glyph) ?? font.defaultWidth) / 1_000) * size, 0], text);
    }
  };
  const move = ([x, y]: number[]): void => {
    line = times([1, 0, 0, 1, x ?? 0, y ?? 0], line);
    text = line;
  };

  const operate = (operator: string): void => {
    switch (operator) {
      case 'q':
        if (saved.length >= STATES_MAX) throw new PdfFault('states lie too deep in each other');
        saved.push(state);
        return;
      case 'Q': {
        const before = saved.pop();
        if (before === undefined) throw new PdfFault('a state is given back that was not kept');
        state = before;
        return;
      }
      case 'cm':
        state = { ...state, ctm: times(upright(numbers(6)), state.ctm) };
        return;
      case 'g':
        state = { ...state, isBlack: numbers(1)[0] === 0 };
        return;
      case 'rg':
        state = { ...state, isBlack: numbers(3).every((each) => each === 0) };
        return;
      case 'k':
        state = { ...state, isBlack: numbers(4)[3] === 1 };
        return;
      case 'BT':
        [line, text] = [IDENTITY, IDENTITY];
        return;
      case 'ET':
        return;
      case 'Tf': {
        const name = operands.at(-2);
        const font = isName(name) ? fonts.get(name.name) : undefined;
        if (font === undefined) throw new PdfFault('a font is not in the page’s resources');
        state = { ...state, font, size: numbers(1)[0] ?? 0 };
        return;
      }
      case 'Td':
        move(numbers(2));
        return;
      case 'Tm':
        line = upright(numbers(6));
        text = line;
        return;
      case 'Tj':
        show(operands.at(-1));
        return;
      case 'TJ': {
        const pieces = operands.at(-1);
        if (!Array.isArray(pieces)) throw new PdfFault('a text is no list');
        for (const piece of pieces) {
          if (typeof piece === 'number') text = times([1, 0, 0, 1, (-piece / 1_000) * state.size, 0], text);
          else show(piece);
        }
        return;
      }
      case 'BI':
        marks.images.push(readImage(reader, state));
        return;
      case 'Do':
        return;
      default:
        if (!IGNORED.has(operator)) throw new PdfFault(`the page uses ${operator}, which is not read here`);
    }
  };

  for (let token = reader.next(); token !== null; token = reader.next()) {
    if ('value' in token) operands.push(token.value);
    else {
      operate((token satisfies PdfWord).word);
      operands = [];
    }
  }
  if (saved.length > 0) throw new PdfFault('a state is kept that is not given back');
  return marks;
}

/** A picture in the content itself (ISO 32000-1 §8.9.7), behind `BI`. */
function readImage(reader: PdfReader, { ctm, isBlack }: State): DrawnImage {
  const settings: PdfDict = new Map();
  for (let key = reader.next(); ; key = reader.next()) {
    if (key === null) throw new PdfFault('a picture does not end');
    if (!('value' in key)) {
      if (key.word !== 'ID') throw new PdfFault('a picture’s settings do not end');
      break;
    }
    if (!isName(key.value)) throw new PdfFault('a picture’s setting has no name');
    settings.set(key.value.name, reader.value());
  }
  const setting = (short: string, long: string): PdfValue | undefined => settings.get(short) ?? settings.get(long);
  const [columns, rows] = [setting('W', 'Width'), setting('H', 'Height')];
  const isMask = setting('IM', 'ImageMask') === true;
  const isPlain = setting('F', 'Filter') === undefined && setting('D', 'Decode') === undefined;
  if (typeof columns !== 'number' || typeof rows !== 'number' || !isMask || !isPlain)
    throw new PdfFault('a picture is of a kind that is not read here');
  if (!isBlack) throw new PdfFault('a picture is not black');
  const rowBytes = Math.ceil(columns / 8);
  const from = reader.at + 1; // one white space behind ID
  const bits = Uint8Array.from(reader.bytes.subarray(from, from + rowBytes * rows));
  if (bits.length !== rowBytes * rows) throw new PdfFault('a picture is cut off');
  reader.at = from + bits.length;
  reader.expect('EI');
  const [width, , , height, x, y] = ctm;
  if (width <= 0 || height <= 0) throw new PdfFault('a picture is mirrored');
  return {
    x,
    y,
    width,
    height,
    columns,
    rows,
    isDark: (column, row) => (((bits[row * rowBytes + (column >> 3)] ?? 0xff) >> (7 - (column & 7))) & 1) === 0,
  };
}

/** Fonts of the page's resources, by name. @throws PdfFault */
export function readFonts(file: PdfFile, page: PdfDict): Map<string, FileFont> {
  const resources = file.dict(page.get('Resources'), 'the resources of a page');
  const fonts = new Map<string, FileFont>();
  for (const [name, ref] of file.dict(resources.get('Font'), 'the fonts of a page')) {
    const font = file.dict(ref, `font ${name}`);
    const descendants = file.resolve(font.get('DescendantFonts'));
    const descendant = file.dict(Array.isArray(descendants) ? descendants[0] : undefined, `the glyphs of font ${name}`);
    const standard = file.resolve(descendant.get('DW'));
    fonts.set(name, {
      letters: readLetters(file.stream(font.get('ToUnicode'), `the letters of font ${name}`)),
      widths: readWidths(file.resolve(descendant.get('W'))),
      defaultWidth: typeof standard === 'number' ? standard : 1_000,
    });
  }
  return fonts;
}

/** `/W [3 [500 512] 8 20 600]`: a list from a number on, or one width for a range (ISO 32000-1 §9.7.4.3). */
function readWidths(list: PdfValue): Map<number, number> {
  if (!Array.isArray(list)) throw new PdfFault('a font has no widths');
  const widths = new Map<number, number>();
  for (let at = 0; at < list.length;) {
    const [first, second, third] = [list[at], list[at + 1], list[at + 2]];
    if (typeof first !== 'number') throw new PdfFault('a font’s widths cannot be read');
    if (Array.isArray(second)) {
      second.forEach((width, glyph) => widths.set(first + glyph, typeof width === 'number' ? width : 0));
      at += 2;
    } else if (typeof second === 'number' && typeof third === 'number' && second - first < 0x1_0000) {
      for (let glyph = first; glyph <= second; glyph += 1) widths.set(glyph, third);
      at += 3;
    } else throw new PdfFault('a font’s widths cannot be read');
  }
  return widths;
}

/** Glyph numbers to letters from a font's own map (ISO 32000-1 §9.10.3): `<0000> <0002> [<0030> <0031> <0032>]`. */
function readLetters(map: Uint8Array): Map<number, string> {
  const text = Buffer.from(map).toString('latin1');
  const letters = new Map<number, string>();
  const letterOf = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');
  for (const [, ranges = ''] of text.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, first = '', , items = ''] of ranges.matchAll(/<([0-9a-f]{4})>\s*<([0-9a-f]{4})>\s*\[([^\]]*)\]/gi)) {
      [...items.matchAll(/<([0-9a-f]+)>/gi)].forEach(([, hex = ''], at) =>
        letters.set(Number.parseInt(first, 16) + at, letterOf(hex)),
      );
    }
  }
  if (letters.size === 0) throw new PdfFault('a font does not say which letters it has');
  return letters;
}

/** Only what neither turns nor slants: nothing on our pages does. */
function upright(numbers: number[]): Matrix {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbers;
  if (b !== 0 || c !== 0) throw new PdfFault('something on the page is turned');
  return [a, b, c, d, e, f];
}

/** First `inner`, then `outer`. */
function times(inner: Matrix, outer: Matrix): Matrix {
  return [
    inner[0] * outer[0],
    0,
    0,
    inner[3] * outer[3],
    inner[4] * outer[0] + outer[4],
    inner[5] * outer[3] + outer[5],
  ];
}
