// A filled page as gzip. Its parts are compressed once, each to a whole number of bytes, and the holes are put between
// them uncompressed (RFC 1951 §3.2.4), so that a scan compresses nothing.
// Decision: docs/decisions/0042-compressed-look-ups.md.

import { constants, crc32, deflateRawSync } from 'node:zlib';
import type { Shape } from './page-shape.ts';

/** RFC 1952: magic, deflate, no flags, no time, unknown system. */
const HEAD = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
/** An empty last block. */
const END = Buffer.from([1, 0, 0, 0xff, 0xff]);
const STORED_HEAD_BYTES = 5;
const TAIL_BYTES = 8;
/** How far back deflate refers. */
const WINDOW_BYTES = 32_768;
/** The most UTF-8 bytes that one UTF-16 unit needs. */
const UNIT_BYTES_MAX = 3;

const zippedParts = new WeakMap<object, readonly Buffer[]>();

/** @param lengths bytes of the holes whose text always has the same number of them */
export function fillZipped<Hole extends string>(
  shape: Shape<Hole>,
  texts: Readonly<Record<Hole, string>>,
  lengths: Readonly<Partial<Record<Hole, number>>>,
): Buffer {
  let parts = zippedParts.get(shape);
  if (parts === undefined) zippedParts.set(shape, (parts = zip(shape, lengths)));
  let max = HEAD.length + END.length + TAIL_BYTES;
  for (const part of parts) max += part.length;
  for (const hole of shape.holes) max += STORED_HEAD_BYTES + texts[hole].length * UNIT_BYTES_MAX;
  const page = Buffer.allocUnsafe(max);
  let at = HEAD.copy(page, 0);
  let sum = 0;
  let bytes = 0;
  for (const [i, part] of parts.entries()) {
    at += part.copy(page, at);
    const plain = shape.parts[i] ?? HEAD;
    sum = crc32(plain, sum);
    bytes += plain.length;
    const hole = shape.holes[i];
    if (hole === undefined || texts[hole] === '') continue;
    const length = page.write(texts[hole], at + STORED_HEAD_BYTES);
    const known = lengths[hole];
    if (known !== undefined && known !== length) throw new RangeError(`the text of ${hole} has another length`);
    page[at] = 0;
    page.writeUInt16LE(length, at + 1);
    page.writeUInt16LE(length ^ 0xffff, at + 3);
    at += STORED_HEAD_BYTES;
    sum = crc32(page.subarray(at, at + length), sum);
    bytes += length;
    at += length;
  }
  at += END.copy(page, at);
  at = page.writeUInt32LE(sum, at);
  at = page.writeUInt32LE(bytes, at);
  return page.subarray(0, at);
}

/**
 * Each part refers to the text before it, as far back as the last hole whose length is not known: behind that one every
 * distance would differ from stamp to stamp. A hole itself is never referred to: no text holds its filling.
 */
function zip<Hole extends string>(
  { parts, holes }: Shape<Hole>,
  lengths: Readonly<Partial<Record<Hole, number>>>,
): readonly Buffer[] {
  const options = { level: constants.Z_BEST_COMPRESSION, finishFlush: constants.Z_SYNC_FLUSH };
  let before = Buffer.alloc(0);
  return parts.map((part, i) => {
    const dictionary = before.subarray(-WINDOW_BYTES);
    const zipped = deflateRawSync(part, dictionary.length === 0 ? options : { ...options, dictionary });
    const hole = holes[i];
    const length = hole === undefined ? undefined : lengths[hole];
    before = length === undefined ? Buffer.alloc(0) : Buffer.concat([before, part, Buffer.alloc(length, 1)]);
    return zipped;
  });
}
