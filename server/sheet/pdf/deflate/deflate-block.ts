// The codes of one deflate block (RFC 1951 §3.2): which symbols lengths and distances have, fixed codes or codes fitted
// to counts with the header that describes them, and what a block costs in bits.

import { codeFor, codeOfLengths, type PrefixCode } from './huffman.ts';

export const LITERALS = 256;
export const END_OF_BLOCK = 256;
export const LENGTH_SYMBOLS = 286;
export const DISTANCE_SYMBOLS = 30;
export const BITS_MAX = 15;
export const MATCH_MAX = 258;

/** A run of constant bytes copied from an earlier place, or one byte. */
export type Token = { kind: 'literal'; byte: number } | { kind: 'match'; length: number; distance: number };

/** Bits in the order they are written: value, how many. */
export type Bits = readonly [value: number, count: number];

export interface BlockCodes {
  /** Literals, end of block and lengths. */
  lengths: PrefixCode;
  distances: PrefixCode;
  header: Bits[];
}

/** How often each symbol of a block occurs. */
export interface BlockCounts {
  /** Literals, end of block and lengths. */
  literals: number[];
  distances: number[];
}

/**
 * The codes with which these counts take the fewest bits: fitted codes with their header, or the fixed ones, which need
 * no header.
 */
export function codesFor(counts: BlockCounts): BlockCodes {
  const fitted: BlockCodes = {
    lengths: codeFor(counts.literals, BITS_MAX),
    distances: codeFor(counts.distances, BITS_MAX),
    header: [],
  };
  fitted.header = fittedHeader(fitted);
  const fixed = fixedCodes();
  return bitsOf(fitted, counts) < bitsOf(fixed, counts) ? fitted : fixed;
}

interface WithExtra {
  symbol: number;
  extra: Bits;
}

/** RFC 1951 §3.2.5: lengths 3 to 258 by symbols 257 to 285, four to each number of extra bits. */
export function lengthSymbol(length: number): WithExtra {
  if (length === MATCH_MAX) return { symbol: 285, extra: [0, 0] };
  const value = length - 3;
  const extraBits = value < 8 ? 0 : 29 - Math.clz32(value);
  return { symbol: 257 + 4 * extraBits + (value >> extraBits), extra: [value & ((1 << extraBits) - 1), extraBits] };
}

/** Distances 1 to 32,768 by symbols 0 to 29, two to each number of extra bits. */
export function distanceSymbol(distance: number): WithExtra {
  const value = distance - 1;
  const extraBits = value < 4 ? 0 : 30 - Math.clz32(value);
  return { symbol: 2 * extraBits + (value >> extraBits), extra: [value & ((1 << extraBits) - 1), extraBits] };
}

/** RFC 1951 §3.2.6. */
function fixedCodes(): BlockCodes {
  const lengths = Uint8Array.from({ length: 288 }, (_, symbol) =>
    symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8,
  );
  return {
    lengths: codeOfLengths(lengths),
    distances: codeOfLengths(new Uint8Array(DISTANCE_SYMBOLS).fill(5)),
    header: [[0b011, 3]], // last block, fixed codes
  };
}

/** RFC 1951 §3.2.7, every length separately: runs of them would save a hundredth of a page. */
function fittedHeader({ lengths, distances }: BlockCodes): Bits[] {
  const order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
  const all = [...lengths.lengths, ...distances.lengths];
  const counts = Array.from({ length: order.length }, (_, length) => all.filter((each) => each === length).length);
  const code = codeFor(counts, 7);
  return [
    [0b101, 3], // last block, with fitted codes
    [LENGTH_SYMBOLS - 257, 5],
    [DISTANCE_SYMBOLS - 1, 5],
    [order.length - 4, 4],
    ...order.map((length): Bits => [code.lengths[length]!, 3]),
    ...all.map((length): Bits => [code.bits[length]!, code.lengths[length]!]),
  ];
}

function bitsOf({ lengths, distances, header }: BlockCodes, counts: BlockCounts): number {
  const sum = (code: PrefixCode, each: readonly number[]): number =>
    each.reduce((bits, count, symbol) => bits + count * code.lengths[symbol]!, 0);
  return (
    header.reduce((bits, [, count]) => bits + count, 0) +
    sum(lengths, counts.literals) +
    sum(distances, counts.distances)
  );
}

export function tokenBits(token: Token, { lengths, distances }: BlockCodes): Bits[] {
  if (token.kind === 'literal') return [[lengths.bits[token.byte]!, lengths.lengths[token.byte]!]];
  const [length, distance] = [lengthSymbol(token.length), distanceSymbol(token.distance)];
  return [
    [lengths.bits[length.symbol]!, lengths.lengths[length.symbol]!],
    length.extra,
    [distances.bits[distance.symbol]!, distances.lengths[distance.symbol]!],
    distance.extra,
  ];
}

/** The same bits in as few pieces of up to 16 as they make. */
export function packed(bits: readonly Bits[]): { values: number[]; counts: number[] } {
  const pieces = { values: [] as number[], counts: [] as number[] };
  let [value, count] = [0, 0];
  for (const [own, ownCount] of bits) {
    value |= own << count;
    count += ownCount;
    if (count < 16) continue;
    pieces.values.push(value & 0xffff);
    pieces.counts.push(16);
    value >>>= 16;
    count -= 16;
  }
  if (count > 0) {
    pieces.values.push(value);
    pieces.counts.push(count);
  }
  return pieces;
}
