// Compresses pages that differ only in known places. What is the same on all of them is compressed once, into bits that
// are copied. What differs goes through a table, byte by byte. The code's lengths are fitted to a first page. The
// result is a zlib stream (RFC 1950, 1951) of one block. A general compressor would have to find out for every page
// what is known here.
//
// A page is made of rows, one for each stamp. A row is written as its difference to the row above (PNG's predictor
// "up", which every PDF filter knows: PDF 32000-1 §7.4.4.4), so that what all stamps share becomes zero. A page with
// one stamp is written without the predictor.

import {
  BITS_MAX,
  codesFor,
  DISTANCE_SYMBOLS,
  distanceSymbol,
  END_OF_BLOCK,
  LENGTH_SYMBOLS,
  lengthSymbol,
  LITERALS,
  MATCH_MAX,
  packed,
  tokenBits,
  type BlockCodes,
  type BlockCounts,
  type Token,
} from './deflate-block.ts';

export interface PageDeflate {
  /**
   * Compresses a page of the same length that differs only in the varying bytes. The result is valid until the next
   * call.
   */
  deflate(page: Uint8Array): Uint8Array;
}

const MATCH_MIN = 3;
const WINDOW = 32_768;
/** Earlier places of the same three bytes that are tried, nearest first. */
const CANDIDATES_MAX = 16;
const ADLER = 65_521;
const ZLIB_HEADER = [0x78, 0x01];
const ADLER_BYTES = 4;

/** Bits to copy, in pieces of at most 16, then the bytes from..to of the page by table. */
interface Stretch {
  tokens: Token[];
  from: number;
  to: number;
}

export interface RowedPage {
  /** Also the source of the counts of each byte. */
  bytes: Uint8Array;
  /** 1 for each byte that may differ on another page. */
  varies: Uint8Array;
  /** The page is a whole number of such rows. Null: it has no rows and is written without the predictor. */
  rowBytes: number | null;
  /** Rows before this one, counted from 0, are written as they are. */
  firstRow: number;
}

/** For pages like this one. */
export function openPageDeflate(sample: RowedPage): PageDeflate {
  const rows = predicted(sample);
  const stretches = stretchesOf(rows.bytes, rows.varies);
  const codes = codesFor(countsOf(rows.bytes, stretches));
  return { deflate: writer(sample, rows, stretches, codes) };
}

const AS_IT_IS = 0;
const UP = 2;

/** The page as it is compressed: each row begins with its filter kind, followed by the differences to the row above. */
function predicted({ bytes, varies, rowBytes, firstRow }: RowedPage): Pick<RowedPage, 'bytes' | 'varies'> {
  if (rowBytes === null) return { bytes, varies };
  const rows = bytes.length / rowBytes;
  const out = { bytes: new Uint8Array(rows * (rowBytes + 1)), varies: new Uint8Array(rows * (rowBytes + 1)) };
  for (let row = 0; row < rows; row += 1) {
    const isUp = row > firstRow;
    const start = row * (rowBytes + 1) + 1;
    out.bytes[start - 1] = isUp ? UP : AS_IT_IS;
    for (let column = 0; column < rowBytes; column += 1) {
      const at = row * rowBytes + column;
      out.bytes[start + column] = bytes[at]! - (isUp ? bytes[at - rowBytes]! : 0);
      out.varies[start + column] = varies[at]! | (isUp ? varies[at - rowBytes]! : 0);
    }
  }
  return out;
}

function stretchesOf(page: Uint8Array, varies: Uint8Array): Stretch[] {
  const stretches: Stretch[] = [];
  const places = new Map<number, number[]>();
  for (let at = 0; at < page.length;) {
    let constantEnd = at;
    while (constantEnd < page.length && varies[constantEnd] === 0) constantEnd += 1;
    const tokens = tokensOf(page, varies, at, constantEnd, places);
    let to = constantEnd;
    while (to < page.length && varies[to] !== 0) to += 1;
    stretches.push({ tokens, from: constantEnd, to });
    at = to;
  }
  return stretches;
}

/** Constant bytes from..to as copies of earlier constant bytes if possible; the longest copy is taken. */
function tokensOf(
  page: Uint8Array,
  varies: Uint8Array,
  from: number,
  to: number,
  places: Map<number, number[]>,
): Token[] {
  const tokens: Token[] = [];
  for (let at = from; at < to;) {
    let [length, distance] = [0, 0];
    const most = Math.min(to - at, MATCH_MAX);
    const known = most < MATCH_MIN ? [] : (places.get(keyAt(page, at)) ?? []);
    for (
      let nearest = known.length - 1;
      nearest >= Math.max(0, known.length - CANDIDATES_MAX) && length < most;
      nearest -= 1
    ) {
      const place = known[nearest]!;
      if (at - place > WINDOW) break;
      let same = 0;
      while (same < most && varies[place + same] === 0 && page[place + same] === page[at + same]) same += 1;
      if (same > length) [length, distance] = [same, at - place];
    }
    const taken = length >= MATCH_MIN ? length : 1;
    tokens.push(length >= MATCH_MIN ? { kind: 'match', length, distance } : { kind: 'literal', byte: page[at]! });
    for (let place = at; place < at + taken && place + MATCH_MIN <= to; place += 1) {
      const key = keyAt(page, place);
      const others = places.get(key);
      if (others === undefined) places.set(key, [place]);
      else others.push(place);
    }
    at += taken;
  }
  return tokens;
}

function keyAt(page: Uint8Array, at: number): number {
  return (page[at]! << 16) | (page[at + 1]! << 8) | page[at + 2]!;
}

function countsOf(page: Uint8Array, stretches: readonly Stretch[]): BlockCounts {
  const literals = Array.from({ length: LENGTH_SYMBOLS }, () => 0);
  const distances = Array.from({ length: DISTANCE_SYMBOLS }, () => 0);
  literals.fill(1, 0, LITERALS); // any byte may come on another page
  literals[END_OF_BLOCK] = 1;
  for (const { tokens, from, to } of stretches) {
    for (const token of tokens) {
      if (token.kind === 'literal') literals[token.byte]! += 1;
      else {
        literals[lengthSymbol(token.length).symbol]! += 1;
        distances[distanceSymbol(token.distance).symbol]! += 1;
      }
    }
    for (let at = from; at < to; at += 1) literals[page[at]!]! += 1;
  }
  return { literals, distances };
}

function writer(
  sample: RowedPage,
  rows: Pick<RowedPage, 'bytes' | 'varies'>,
  stretches: readonly Stretch[],
  codes: BlockCodes,
): PageDeflate['deflate'] {
  const { rowBytes, firstRow } = sample;
  const literalBits = codes.lengths.bits;
  const literalCounts = codes.lengths.lengths;
  // All stretches in flat arrays: pieces of stretch s are starts[s]..starts[s + 1], its bytes froms[s]..tos[s].
  const [starts, values, counts] = [[0], [] as number[], [] as number[]];
  stretches.forEach(({ tokens }, at) => {
    const pieces = packed([...(at === 0 ? codes.header : []), ...tokens.flatMap((token) => tokenBits(token, codes))]);
    values.push(...pieces.values);
    counts.push(...pieces.counts);
    starts.push(values.length);
  });
  const pieceStarts = Int32Array.from(starts);
  const pieceValues = Uint16Array.from(values);
  const pieceCounts = Uint8Array.from(counts);
  // A stretch keeps to its row, for a row's kind is constant. In the page itself it begins one byte earlier for each
  // row.
  const rowOf = (at: number): number => (rowBytes === null ? 0 : Math.floor(at / (rowBytes + 1)));
  const froms = Int32Array.from(stretches, ({ from }) => (rowBytes === null ? from : from - rowOf(from) - 1));
  const lengths = Int32Array.from(stretches, ({ from, to }) => to - from);
  const above = Int32Array.from(stretches, ({ from }) => (rowBytes !== null && rowOf(from) > firstRow ? rowBytes : 0));
  const weights = Int32Array.from(stretches, ({ from }) => rows.bytes.length - from);
  const variable = rows.varies.reduce((sum, one) => sum + one, 0);
  const out = new Uint8Array(ZLIB_HEADER.length + 2 * pieceValues.length + 2 * variable + 2 * BITS_MAX + ADLER_BYTES);
  out.set(ZLIB_HEADER);
  const constant = constantSums(rows.bytes, rows.varies);

  return (page) => {
    if (page.length !== sample.bytes.length) throw new RangeError('a page of another length');
    let at = ZLIB_HEADER.length;
    let [held, heldCount] = [0, 0];
    let [sum, weighted] = [constant.sum, constant.weighted];
    for (let stretch = 0; stretch < froms.length; stretch += 1) {
      for (let piece = pieceStarts[stretch]!; piece < pieceStarts[stretch + 1]!; piece += 1) {
        held |= pieceValues[piece]! << heldCount;
        heldCount += pieceCounts[piece]!;
        if (heldCount >= 16) {
          out[at] = held;
          out[at + 1] = held >>> 8;
          at += 2;
          held >>>= 16;
          heldCount -= 16;
        }
      }
      const from = froms[stretch]!;
      const up = above[stretch]!;
      const weight = weights[stretch]!;
      for (let offset = 0; offset < lengths[stretch]!; offset += 1) {
        const own = page[from + offset]!;
        const byte = up === 0 ? own : (own - page[from + offset - up]!) & 0xff;
        sum += byte;
        weighted += byte * (weight - offset);
        held |= literalBits[byte]! << heldCount;
        heldCount += literalCounts[byte]!;
        if (heldCount >= 16) {
          out[at] = held;
          out[at + 1] = held >>> 8;
          at += 2;
          held >>>= 16;
          heldCount -= 16;
        }
      }
    }
    held |= literalBits[END_OF_BLOCK]! << heldCount;
    for (heldCount += literalCounts[END_OF_BLOCK]!; heldCount > 0; heldCount -= 8) {
      out[at] = held;
      at += 1;
      held >>>= 8;
    }
    const high = (rows.bytes.length + weighted) % ADLER;
    const low = (1 + sum) % ADLER;
    out.set([high >>> 8, high & 0xff, low >>> 8, low & 0xff], at);
    return out.subarray(0, at + ADLER_BYTES);
  };
}

/** What the constant bytes add to both sums of Adler-32: each byte once, and once for every byte from it on. */
function constantSums(page: Uint8Array, varies: Uint8Array): { sum: number; weighted: number } {
  let [sum, weighted] = [0, 0];
  page.forEach((byte, at) => {
    if (varies[at] !== 0) return;
    sum += byte;
    weighted += byte * (page.length - at);
  });
  return { sum, weighted };
}
