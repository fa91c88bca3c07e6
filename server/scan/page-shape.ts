// A page is the same for all stamps of a lot except in a few places. It is made once with marks in those places, cut at
// the marks into bytes, and filled in for each scan. This is only faster: the filled page equals a page made in one
// piece.

/** A page with holes. */
export interface Shape<Hole extends string> {
  /** One more than holes. */
  parts: Buffer[];
  holes: Hole[];
  /** All parts together. */
  bytes: number;
}

/**
 * Encloses a hole's name. Escaped text cannot contain it (web/html.ts, JSON.stringify), so no stored text imitates a
 * hole.
 */
const MARK = '\u0001';
/** The most UTF-8 bytes that one UTF-16 unit needs. */
const UNIT_BYTES_MAX = 3;

/** The texts with which to make a page: each hole's mark. */
export function marksFor<Hole extends string>(holes: readonly Hole[]): Record<Hole, string> {
  const marks: Partial<Record<Hole, string>> = {};
  for (const hole of holes) marks[hole] = `${MARK}${hole}${MARK}`;
  return marks as Record<Hole, string>;
}

/** Cuts a page that was made with marks. @throws RangeError for a mark that is not one of the holes */
export function cutShape<Hole extends string>(page: string, holes: readonly Hole[]): Shape<Hole> {
  const pieces = page.split(MARK);
  const shape: Shape<Hole> = { parts: [], holes: [], bytes: 0 };
  for (const [at, piece] of pieces.entries()) {
    if (at % 2 === 0) {
      const part = Buffer.from(piece, 'utf8');
      shape.parts.push(part);
      shape.bytes += part.byteLength;
    } else {
      const hole = holes.find((name) => name === piece);
      if (hole === undefined) throw new RangeError(`the page holds a mark of no hole: ${piece}`);
      shape.holes.push(hole);
    }
  }
  return shape;
}

/** The whole page in one buffer. */
export function fillShape<Hole extends string>(shape: Shape<Hole>, texts: Readonly<Record<Hole, string>>): Buffer {
  let max = shape.bytes;
  for (const hole of shape.holes) max += texts[hole].length * UNIT_BYTES_MAX;
  const page = Buffer.allocUnsafe(max);
  let at = 0;
  for (const [i, part] of shape.parts.entries()) {
    at += part.copy(page, at);
    const hole = shape.holes[i];
    if (hole !== undefined) at += page.write(texts[hole], at);
  }
  return page.subarray(0, at);
}
