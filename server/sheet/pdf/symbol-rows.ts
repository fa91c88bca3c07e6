// All symbols of one batch by XOR. For one version, level and mask a QR symbol is an affine function over GF(2) of its
// data bits, error correction included. So the change that a pair of code symbols makes is a table row, and a stamp's
// symbol is the batch's base symbol with six or seven rows XORed over it. The rows come from the `qrcode` library's own
// output (one call a bit) and equal it bit for bit at the same mask. Reasons and speed:
// docs/decisions/0004-fast-sheets.md.

import { create } from 'qrcode/lib/core/qrcode.js';

import type { SymbolShape } from '../../domain/batches/batch.ts';
import { printedAddress } from '../../domain/stamp/stamp-address.ts';
import { BATCH_ID_SYMBOLS, CODE_ALPHABET, CODE_SYMBOLS } from '../../domain/stamp/stamp-code.ts';
import type { AddressForm } from '../threads/sheet-job.ts';

/** ISO/IEC 18004 table 5: a pair is first × 45 + second in 11 bits, a last single one 6 bits. */
const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const PAIR_BITS = 11;
const SINGLE_BITS = 6;
const CODE_BASE = CODE_ALPHABET.length;
const SPACE = 0x20;
const ALL_LIGHT = 0xff;

export interface SymbolRows {
  modules: number;
  /** One bit a module, 1 is light (a PDF image mask marks 0), each row from a byte's start. */
  bytes: number;
  /** 32-bit words that `write` fills; what they have beyond `bytes` are spaces. */
  words: number;
  /**
   * Writes one stamp's symbol.
   *
   * @param codes ASCII of whole codes of the batch
   * @param codeAt where this one begins
   * @param out words in the machine's own order, that is the bytes in a row
   */
  write(codes: Uint8Array, codeAt: number, out: Uint32Array, wordAt: number): void;
  /** 1 for each byte that may differ between codes whose first `alikeSymbols` symbols are the same. */
  varies(alikeSymbols: number): Uint8Array;
}

/** One term of the sum: two neighbouring symbols of the code, or one symbol and a letter that never changes. */
interface Term {
  /** Place in the code, -1: the pair's first is a letter that never changes. */
  first: number;
  /** Place in the code, -1: the pair's first is the address's last. */
  second: number;
  /** Words of row v at v × words; v is first × 32 + second, or the one there is. */
  rows: Uint32Array;
}

/** Tables for a batch: about 70 calls of `qrcode`, then 6,144 rows of 29 to 62 words. */
export function openSymbolRows(address: AddressForm, batchId: string, shape: SymbolShape): SymbolRows {
  const content = printedAddress(address, batchId.padEnd(CODE_SYMBOLS, '0'));
  const modules = 17 + 4 * shape.version;
  const bytes = Math.ceil(modules / 8) * modules;
  const words = Math.ceil(bytes / 4);
  const draw = (text: string): Uint32Array => packedSymbol(text, shape, bytes, words);
  const codeStart = content.length - CODE_SYMBOLS;
  const varies = (at: number): boolean => at >= codeStart + BATCH_ID_SYMBOLS && at < content.length;

  // Letters of a varying pair are set to 0 here; that pair's table restores them.
  const pairStarts = Array.from({ length: Math.ceil(content.length / 2) }, (_, pair) => pair * 2).filter(
    (at) => varies(at) || varies(at + 1),
  );
  const zeroed = pairStarts.reduce((text, at) => withPair(text, at, 0), content);
  const base = draw(zeroed);
  const terms = pairStarts.map((at) => termOf(content, zeroed, at, codeStart, varies, base, draw));
  blankSpare(base, bytes);
  return {
    modules,
    bytes,
    words,
    write: writer(base, terms, words),
    varies: (alikeSymbols) => variesBy(terms, words, alikeSymbols).subarray(0, bytes),
  };
}

function termOf(
  content: string,
  zeroed: string,
  at: number,
  codeStart: number,
  varies: (at: number) => boolean,
  base: Uint32Array,
  draw: (text: string) => Uint32Array,
): Term {
  const isPair = at + 1 < content.length;
  const unit = Array.from({ length: isPair ? PAIR_BITS : SINGLE_BITS }, (_, bit) =>
    xored(draw(withPair(zeroed, at, 1 << bit)), base),
  );
  const first = varies(at) ? at - codeStart : -1;
  const second = isPair && varies(at + 1) ? at + 1 - codeStart : -1;
  const fixed = ALPHANUMERIC.indexOf(content.charAt(at));
  const firsts = first === -1 ? [fixed] : codeValues();
  const values =
    second === -1 ? firsts : firsts.flatMap((high) => codeValues().map((low) => high * ALPHANUMERIC.length + low));
  const words = base.length;
  // The change of a value is the sum of the changes of its low and its high bits.
  const low = sumsOf(unit.slice(0, LOW_BITS), words);
  const high = sumsOf(unit.slice(LOW_BITS), words);
  const rows = new Uint32Array(values.length * words);
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row]!;
    const [fromLow, fromHigh] = [(value & ((1 << LOW_BITS) - 1)) * words, (value >> LOW_BITS) * words];
    for (let word = 0; word < words; word += 1)
      rows[row * words + word] = low[fromLow + word]! ^ high[fromHigh + word]!;
  }
  return { first, second, rows };
}

const LOW_BITS = 6;

/** What every choice of these changes adds up to: row v holds those whose bits v has. */
function sumsOf(changes: readonly Uint32Array[], words: number): Uint32Array {
  const sums = new Uint32Array(words << changes.length);
  changes.forEach((change, bit) => {
    const half = words << bit;
    for (let at = 0; at < half; at += 1) sums[half + at] = sums[at]! ^ change[at % words]!;
  });
  return sums;
}

/** Values of the code's symbols in the alphanumeric set, by their own value 0..31. */
function codeValues(): number[] {
  return Array.from(CODE_ALPHABET, (symbol) => ALPHANUMERIC.indexOf(symbol));
}

/** The text with the pair, or last single, at an even place replaced by the one of this value. */
function withPair(text: string, at: number, value: number): string {
  const isPair = at + 1 < text.length;
  const pair = isPair
    ? ALPHANUMERIC.charAt(Math.floor(value / ALPHANUMERIC.length)) + ALPHANUMERIC.charAt(value % ALPHANUMERIC.length)
    : ALPHANUMERIC.charAt(value);
  return text.slice(0, at) + pair + text.slice(at + pair.length);
}

/** The library's symbol for one explicit alphanumeric segment: left to itself it splits runs of digits off. */
function packedSymbol(text: string, shape: SymbolShape, bytes: number, words: number): Uint32Array {
  const { version, level, mask } = shape;
  const { modules } = create([{ data: text, mode: 'alphanumeric' }], {
    version,
    errorCorrectionLevel: level,
    maskPattern: mask,
  });
  const rowBytes = bytes / modules.size;
  const packed = new Uint8Array(words * 4).fill(ALL_LIGHT);
  for (let at = 0; at < modules.data.length; at += 1) {
    const column = at % modules.size;
    if (modules.data[at] === 1)
      packed[Math.floor(at / modules.size) * rowBytes + (column >> 3)]! ^= 0x80 >> (column & 7);
  }
  return new Uint32Array(packed.buffer);
}

function xored(a: Uint32Array, b: Uint32Array): Uint32Array {
  return a.map((word, at) => word ^ b[at]!);
}

/** Bytes of the last word beyond the image become white space in the page's content. */
function blankSpare(base: Uint32Array, bytes: number): void {
  new Uint8Array(base.buffer).fill(SPACE, bytes);
}

/** Symbol of the code -> 0..31, by its ASCII. */
const CODE_VALUES = Uint8Array.from({ length: 128 }, (_, ascii) =>
  Math.max(0, CODE_ALPHABET.indexOf(String.fromCharCode(ascii))),
);

/** The terms that more than one row is taken of change whatever their rows differ in. */
function variesBy(terms: readonly Term[], words: number, alikeSymbols: number): Uint8Array {
  const changes = new Uint32Array(words);
  for (const { first, second, rows } of terms) {
    if (Math.max(first, second) < alikeSymbols) continue;
    for (let at = 0; at < rows.length; at += 1) changes[at % words]! |= rows[at]! ^ rows[at % words]!;
  }
  return new Uint8Array(changes.buffer).map((change) => (change === 0 ? 0 : 1));
}

/**
 * Terms added for each stamp, in one pass. The terms before them belong to the index's high symbols, which rarely
 * change.
 */
const FOLLOWING = 4;

function writer(base: Uint32Array, terms: readonly Term[], words: number): SymbolRows['write'] {
  /** The sum of the base and the leading terms, kept while they stay. */
  const lead = Uint32Array.from(base);
  const leading = terms.slice(0, -FOLLOWING).map((term) => ({ term, row: -1 }));
  const [a, b, c, d] = terms.slice(-FOLLOWING);
  if (a === undefined || b === undefined || c === undefined || d === undefined)
    throw new RangeError('twelve symbols make six pairs or more');

  const addToLead = (rows: Uint32Array, from: number): void => {
    for (let word = 0; word < words; word += 1) lead[word]! ^= rows[from + word]!;
  };

  return (codes, codeAt, out, wordAt) => {
    for (const each of leading) {
      const row = rowAt(each.term, codes, codeAt, words);
      if (row === each.row) continue;
      if (each.row !== -1) addToLead(each.term.rows, each.row);
      addToLead(each.term.rows, row);
      each.row = row;
    }
    const [fromA, fromB] = [rowAt(a, codes, codeAt, words), rowAt(b, codes, codeAt, words)];
    const [fromC, fromD] = [rowAt(c, codes, codeAt, words), rowAt(d, codes, codeAt, words)];
    const { rows: rowsA } = a;
    const { rows: rowsB } = b;
    const { rows: rowsC } = c;
    const { rows: rowsD } = d;
    for (let word = 0; word < words; word += 1) {
      out[wordAt + word] =
        lead[word]! ^ rowsA[fromA + word]! ^ rowsB[fromB + word]! ^ rowsC[fromC + word]! ^ rowsD[fromD + word]!;
    }
  };
}

/** First word of the row that this code takes from a term. */
function rowAt(term: Term, codes: Uint8Array, codeAt: number, words: number): number {
  const high = term.first === -1 ? 0 : CODE_VALUES[codes[codeAt + term.first]!]!;
  return (term.second === -1 ? high : high * CODE_BASE + CODE_VALUES[codes[codeAt + term.second]!]!) * words;
}
