// Reads PDF values (ISO 32000-1 §7.3) from bytes: the notation of a print file's objects and its pages' contents. It
// knows nothing of how our print files are made. What it cannot read is a fault of the file.

export class PdfFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PdfFault';
  }
}

export interface PdfName {
  kind: 'name';
  name: string;
}
export interface PdfRef {
  kind: 'ref';
  id: number;
}
/** A bare word: an operator of a page's content, `obj`, `endobj`. */
export interface PdfWord {
  kind: 'word';
  word: string;
}
export type PdfDict = Map<string, PdfValue>;
/** A string is its bytes. */
export type PdfValue = number | boolean | null | PdfName | PdfRef | Uint8Array | PdfDict | PdfValue[];

const DEPTH_MAX = 32;
const [LF, CR, SPACE, PERCENT] = [0x0a, 0x0d, 0x20, 0x25];
const [OPEN, CLOSE, BACKSLASH, SLASH] = [0x28, 0x29, 0x5c, 0x2f];
const [LESS, GREATER, ARRAY, END_ARRAY] = [0x3c, 0x3e, 0x5b, 0x5d];
const ZERO = 0x30;
/** Kinds of byte (ISO 32000-1 §7.2.2). */
const [REGULAR, WHITE, DELIMITER] = [0, 1, 2];
const KINDS = new Uint8Array(256);
for (const byte of [0x00, 0x09, LF, 0x0c, CR, SPACE]) KINDS[byte] = WHITE;
for (const byte of [OPEN, CLOSE, LESS, GREATER, ARRAY, END_ARRAY, 0x7b, 0x7d, SLASH, PERCENT]) KINDS[byte] = DELIMITER;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;
const ESCAPES: Readonly<Record<string, number>> = { n: LF, r: CR, t: 0x09, b: 0x08, f: 0x0c };

/** Reads one value after the other. */
export class PdfReader {
  readonly bytes: Buffer;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = at;
  }

  /** The next value or bare word; null at the end. @throws PdfFault */
  next(): { value: PdfValue } | PdfWord | null {
    this.skipWhite();
    if (this.at >= this.bytes.length) return null;
    return this.token(0);
  }

  /** The next value, in which `1 0 R` is a reference. @throws PdfFault if there is no value */
  value(): PdfValue {
    this.skipWhite();
    return this.valueAt(0);
  }

  /** The next bare word. @throws PdfFault if it is another word */
  expect(word: string): void {
    const found = this.next();
    if (found === null || 'value' in found || found.word !== word)
      throw new PdfFault(`${word} is missing at byte ${this.at}`);
  }

  skipWhite(): void {
    const { bytes } = this;
    for (;;) {
      while (KINDS[bytes[this.at] ?? 0] === WHITE && this.at < bytes.length) this.at += 1;
      if (bytes[this.at] !== PERCENT) return;
      while (this.at < bytes.length && bytes[this.at] !== LF && bytes[this.at] !== CR) this.at += 1;
    }
  }

  private valueAt(depth: number): PdfValue {
    const token = this.token(depth);
    if (!('value' in token)) throw new PdfFault(`a value is missing at byte ${this.at}, there is ${token.word}`);
    if (typeof token.value !== 'number' || !Number.isInteger(token.value)) return token.value;
    // `12 0 R` is one value.
    const after = this.at;
    if (this.bytes[after + 1] !== ZERO) return token.value;
    const rest = /^[\0\t\n\f\r ]+0[\0\t\n\f\r ]+R(?![\w.])/.exec(this.bytes.toString('latin1', after, after + 12));
    if (rest === null) return token.value;
    this.at = after + rest[0].length;
    return { kind: 'ref', id: token.value };
  }

  private token(depth: number): { value: PdfValue } | PdfWord {
    if (depth > DEPTH_MAX) throw new PdfFault('values lie too deep in each other');
    const first = this.bytes[this.at];
    switch (first) {
      case undefined:
        throw new PdfFault('the file ends within a value');
      case SLASH:
        this.at += 1;
        return { value: { kind: 'name', name: this.name() } };
      case OPEN:
        return { value: this.literal() };
      case ARRAY:
        this.at += 1;
        return { value: this.array(depth) };
      case LESS:
        if (this.bytes[this.at + 1] !== LESS) return { value: this.hex() };
        this.at += 2;
        return { value: this.dict(depth) };
      default:
        return this.word();
    }
  }

  private word(): { value: PdfValue } | PdfWord {
    const word = this.regular();
    if (word === '') throw new PdfFault(`a stray ${String.fromCharCode(this.bytes[this.at] ?? 0)} at byte ${this.at}`);
    if (NUMBER.test(word)) return { value: Number(word) };
    if (word === 'true' || word === 'false') return { value: word === 'true' };
    return word === 'null' ? { value: null } : { kind: 'word', word };
  }

  private regular(): string {
    const from = this.at;
    const { bytes } = this;
    let { at } = this;
    while (at < bytes.length && KINDS[bytes[at] ?? 0] === REGULAR) at += 1;
    this.at = at;
    return bytes.toString('latin1', from, at);
  }

  private name(): string {
    const raw = this.regular();
    return raw.includes('#')
      ? raw.replaceAll(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
      : raw;
  }

  private array(depth: number): PdfValue[] {
    const items: PdfValue[] = [];
    for (;;) {
      this.skipWhite();
      if (this.bytes[this.at] === END_ARRAY) break;
      items.push(this.valueAt(depth + 1));
    }
    this.at += 1;
    return items;
  }

  private dict(depth: number): PdfDict {
    const dict: PdfDict = new Map();
    for (;;) {
      this.skipWhite();
      if (this.bytes[this.at] === GREATER && this.bytes[this.at + 1] === GREATER) break;
      if (this.bytes[this.at] !== SLASH) throw new PdfFault(`a key is missing at byte ${this.at}`);
      this.at += 1;
      const key = this.name();
      this.skipWhite();
      dict.set(key, this.valueAt(depth + 1));
    }
    this.at += 2;
    return dict;
  }

  private hex(): Uint8Array {
    const end = this.bytes.indexOf(GREATER, this.at);
    if (end === -1) throw new PdfFault('a string does not end');
    const digits = this.bytes.toString('latin1', this.at + 1, end).replaceAll(/[\0\t\n\f\r ]/g, '');
    if (!/^[0-9A-Fa-f]*$/.test(digits)) throw new PdfFault('a string holds what is no hexadecimal digit');
    this.at = end + 1;
    return Uint8Array.from(Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex'));
  }

  private literal(): Uint8Array {
    const { bytes } = this;
    const out: number[] = [];
    let depth = 1;
    this.at += 1;
    for (;;) {
      const byte = bytes[this.at];
      if (byte === undefined) throw new PdfFault('a string does not end');
      this.at += 1;
      if (byte === BACKSLASH) {
        this.escaped(out);
        continue;
      }
      if (byte === OPEN) depth += 1;
      if (byte === CLOSE) depth -= 1;
      if (depth === 0) return Uint8Array.from(out);
      if (byte === CR) {
        if (bytes[this.at] === LF) this.at += 1;
        out.push(LF);
      } else out.push(byte);
    }
  }

  private escaped(out: number[]): void {
    const octal = /^[0-7]{1,3}/.exec(this.bytes.toString('latin1', this.at, this.at + 3));
    if (octal !== null) {
      this.at += octal[0].length;
      out.push(Number.parseInt(octal[0], 8) & 0xff);
      return;
    }
    const byte = this.bytes[this.at] ?? 0;
    this.at += 1;
    if (byte === CR && this.bytes[this.at] === LF) this.at += 1;
    if (byte === LF || byte === CR) return; // a line broken only for readability
    out.push(ESCAPES[String.fromCharCode(byte)] ?? byte);
  }
}

export function isName(value: PdfValue | undefined, name?: string): value is PdfName {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    value.kind === 'name' &&
    (name === undefined || value.name === name)
  );
}

export function isRef(value: PdfValue | undefined): value is PdfRef {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'ref';
}
