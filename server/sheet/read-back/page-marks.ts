// What a page's content draws by itself: one-bit images and letters, with their places. What it draws by calling forms
// is the same on all stamps and is not read. An unknown operator makes the page faulty, because it might change what
// the rest means.

import type { FileFont } from './file-fonts.ts';
import { isName, PdfFault, PdfReader, type PdfDict, type PdfValue } from './pdf-values.ts';

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

type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];
const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

interface State {
  ctm: Matrix;
  isBlack: boolean;
  font: FileFont | null;
  size: number;
}

/** Paths and line settings, which are the same on all stamps. */
const IGNORED: ReadonlySet<string> = new Set('w J j M d ri i m l c v y h re S s f F f* B B* b b* n G RG K'.split(' '));
const STATES_MAX = 64;

/** @param fonts those named in the page's resources. @throws PdfFault */
export function readMarks(content: Uint8Array, fonts: ReadonlyMap<string, FileFont>): PageMarks {
  return new ContentReader(content, fonts).read();
}

/** Runs the operators of a page's content (ISO 32000-1 annex A) and records what they draw. */
class ContentReader {
  readonly #reader: PdfReader;
  readonly #fonts: ReadonlyMap<string, FileFont>;
  readonly #marks: PageMarks = { images: [], letters: [] };
  readonly #saved: State[] = [];
  #state: State = { ctm: IDENTITY, isBlack: true, font: null, size: 0 };
  /** Where the line of text begins, and where its next letter goes. */
  #line: Matrix = IDENTITY;
  #text: Matrix = IDENTITY;
  #operands: PdfValue[] = [];

  constructor(content: Uint8Array, fonts: ReadonlyMap<string, FileFont>) {
    this.#reader = new PdfReader(content);
    this.#fonts = fonts;
  }

  read(): PageMarks {
    for (let token = this.#reader.next(); token !== null; token = this.#reader.next()) {
      if ('value' in token) this.#operands.push(token.value);
      else {
        this.#operate(token.word);
        this.#operands = [];
      }
    }
    if (this.#saved.length > 0) throw new PdfFault('a state is kept that is not given back');
    return this.#marks;
  }

  #operate(operator: string): void {
    switch (operator) {
      case 'q':
        return this.#save();
      case 'Q':
        return this.#restore();
      case 'cm':
        return this.#set({ ctm: times(upright(this.#numbers(6)), this.#state.ctm) });
      case 'g':
        return this.#set({ isBlack: this.#numbers(1)[0] === 0 });
      case 'rg':
        return this.#set({ isBlack: this.#numbers(3).every((each) => each === 0) });
      case 'k':
        return this.#set({ isBlack: this.#numbers(4)[3] === 1 });
      case 'Tf':
        return this.#setFont();
      case 'BT':
        return this.#startLine(IDENTITY);
      case 'Td': {
        const [x = 0, y = 0] = this.#numbers(2);
        return this.#startLine(times([1, 0, 0, 1, x, y], this.#line));
      }
      case 'Tm':
        return this.#startLine(upright(this.#numbers(6)));
      case 'Tj':
        return this.#show(this.#operands.at(-1));
      case 'TJ':
        return this.#showPieces(this.#operands.at(-1));
      case 'BI':
        return void this.#marks.images.push(readImage(this.#reader, this.#state));
      case 'ET':
      case 'Do':
        return;
      default:
        if (!IGNORED.has(operator)) throw new PdfFault(`the page uses ${operator}, which is not read here`);
    }
  }

  #numbers(count: number): number[] {
    const taken = this.#operands.slice(-count);
    if (taken.length !== count || !taken.every((each) => typeof each === 'number'))
      throw new PdfFault('an operator has other operands than it takes');
    return taken;
  }

  #set(change: Partial<State>): void {
    this.#state = { ...this.#state, ...change };
  }

  #save(): void {
    if (this.#saved.length >= STATES_MAX) throw new PdfFault('states lie too deep in each other');
    this.#saved.push(this.#state);
  }

  #restore(): void {
    const before = this.#saved.pop();
    if (before === undefined) throw new PdfFault('a state is given back that was not kept');
    this.#state = before;
  }

  #setFont(): void {
    const name = this.#operands.at(-2);
    const font = isName(name) ? this.#fonts.get(name.name) : undefined;
    if (font === undefined) throw new PdfFault('a font is not in the page’s resources');
    this.#set({ font, size: this.#numbers(1)[0] ?? 0 });
  }

  #startLine(start: Matrix): void {
    [this.#line, this.#text] = [start, start];
  }

  #advance(width: number): void {
    this.#text = times([1, 0, 0, 1, width, 0], this.#text);
  }

  #show(bytes: PdfValue | undefined): void {
    if (!(bytes instanceof Uint8Array) || bytes.length % 2 !== 0) throw new PdfFault('a text is no string of pairs');
    const { font, size, ctm, isBlack } = this.#state;
    if (font === null) throw new PdfFault('a text has no font');
    if (!isBlack) throw new PdfFault('a text is not black');
    for (let at = 0; at < bytes.length; at += 2) {
      const glyph = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
      const [, , , scaleY, x, y] = times(this.#text, ctm);
      this.#marks.letters.push({ letter: font.letters.get(glyph) ?? '\uFFFD', x, y, size: size * scaleY });
      this.#advance(((font.widths.get(glyph) ?? font.defaultWidth) / 1_000) * size);
    }
  }

  /** Texts, with numbers between them that move the next one back. */
  #showPieces(pieces: PdfValue | undefined): void {
    if (!Array.isArray(pieces)) throw new PdfFault('a text is no list');
    for (const piece of pieces) {
      if (typeof piece === 'number') this.#advance((-piece / 1_000) * this.#state.size);
      else this.#show(piece);
    }
  }
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

/** Only matrices that neither rotate nor skew, because nothing on our pages does. */
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
