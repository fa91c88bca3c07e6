import { inflateSync } from 'node:zlib';

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { distanceSymbol, lengthSymbol } from '../../../../server/sheet/pdf/deflate/deflate-block.ts';
import { codeFor } from '../../../../server/sheet/pdf/deflate/huffman.ts';
import { openPageDeflate, type RowedPage } from '../../../../server/sheet/pdf/deflate/page-deflate.ts';

/** A page of similar rows that differ wherever they may; every few pages have no rows. */
const aPage = fc
  .record({
    rows: fc.integer({ min: 1, max: 12 }),
    row: fc.uint8Array({ minLength: 1, maxLength: 400 }),
    every: fc.integer({ min: 1, max: 30 }),
    firstRow: fc.integer({ min: 0, max: 3 }),
    isRowed: fc.boolean(),
  })
  .map(({ rows, row, every, firstRow, isRowed }): RowedPage => {
    const bytes = Uint8Array.from(
      { length: rows * row.length },
      (_, at) => row[at % row.length]! ^ (at % 41 === 0 ? at >> 6 : 0),
    );
    return {
      bytes,
      varies: bytes.map((_, at) => (at % every < 2 ? 1 : 0)),
      rowBytes: isRowed ? row.length : null,
      firstRow,
    };
  });

/** Reads the stream as a PDF reader does: undoes PNG's predictors "none" and "up". */
function read(stream: Uint8Array, rowBytes: number | null): Uint8Array {
  const filtered = inflateSync(stream);
  if (rowBytes === null) return filtered;
  const rows = filtered.length / (rowBytes + 1);
  const page = new Uint8Array(rows * rowBytes);
  for (let row = 0; row < rows; row += 1) {
    const kind = filtered[row * (rowBytes + 1)];
    for (let column = 0; column < rowBytes; column += 1) {
      const above = kind === 2 && row > 0 ? page[(row - 1) * rowBytes + column]! : 0;
      page[row * rowBytes + column] = filtered[row * (rowBytes + 1) + 1 + column]! + above;
    }
  }
  return page;
}

describe('pages that differ in known places', () => {
  test('come out of any zlib as they went in, whatever the places hold', () => {
    fc.assert(
      fc.property(aPage, fc.infiniteStream(fc.integer({ min: 0, max: 255 })), (sample, noise) => {
        const deflate = openPageDeflate(sample);
        for (let time = 0; time < 3; time += 1) {
          const page = sample.bytes.map((byte, at) =>
            sample.varies[at] === 1 ? (noise.next().value as number) : byte,
          );
          expect(Buffer.compare(read(deflate.deflate(page), sample.rowBytes), page)).toBe(0);
        }
      }),
      { numRuns: 150, seed: 20261124 },
    );
  });

  test('of another length are refused', () => {
    const sample = { bytes: new Uint8Array(8), varies: new Uint8Array(8), rowBytes: 4, firstRow: 0 };
    expect(() => openPageDeflate(sample).deflate(new Uint8Array(9))).toThrow(RangeError);
  });

  test.each([
    [3, 257, 0],
    [10, 264, 0],
    [11, 265, 1],
    [18, 268, 1],
    [130, 280, 4],
    [131, 281, 5],
    [257, 284, 5],
    [258, 285, 0],
  ])('length %i has the symbol of RFC 1951', (length, symbol, extraBits) =>
    expect(lengthSymbol(length)).toMatchObject({ symbol, extra: [expect.any(Number), extraBits] }),
  );

  test.each([
    [1, 0, 0],
    [4, 3, 0],
    [5, 4, 1],
    [8, 5, 1],
    [24_577, 29, 13],
    [32_768, 29, 13],
  ])('distance %i has the symbol of RFC 1951', (distance, symbol, extraBits) =>
    expect(distanceSymbol(distance)).toMatchObject({ symbol, extra: [expect.any(Number), extraBits] }),
  );
});

describe('codeFor', () => {
  /** Counts that grow like this give the deepest trees. */
  const fibonacci = Array.from(
    { length: 24 },
    (_, at) => Array.from({ length: at }).reduce<[number, number]>(([a, b]) => [b, a + b], [1, 1])[0],
  );

  test.each([7, 15])('keeps to %i bits, and fills them', (longest) => {
    const { lengths } = codeFor(fibonacci, longest);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(longest);
    expect(lengths.reduce((sum, length) => sum + 2 ** -length, 0)).toBe(1);
  });

  test('gives rare symbols the longer codes', () => {
    expect([...codeFor([8, 4, 2, 1, 0], 15).lengths]).toEqual([1, 2, 3, 3, 0]);
  });

  test('gives two symbols a code where only one comes, as decoders want it', () => {
    expect([...codeFor([0, 9, 0], 15).lengths]).toEqual([1, 1, 0]);
  });
});
