// A bitmap of dots, burnt or not, and how shapes fill it. Lengths are dots, y downwards.

export interface Bitmap {
  width: number;
  height: number;
  rowBytes: number;
  /** A bit a dot, the leftmost first; 1 is burnt. Rows begin with a byte. */
  bits: Uint8Array;
}

export type Point = readonly [x: number, y: number];
/** The last point is joined to the first. */
export type Contour = readonly Point[];

/** Sample lines a dot: enough that letters of twelve dots keep their marks. */
const LINES_PER_DOT = 5;
/** A dot is burnt if ink covers this share of it; below a half, because thin strokes must not break. */
const BURNT_SHARE = 0.45;

export function newBitmap(width: number, height: number): Bitmap {
  const rowBytes = Math.ceil(width / 8);
  return { width, height, rowBytes, bits: new Uint8Array(rowBytes * height) };
}

export function copyOf({ width, height, rowBytes, bits }: Bitmap): Bitmap {
  return { width, height, rowBytes, bits: bits.slice() };
}

export function isBurnt({ rowBytes, bits }: Bitmap, x: number, y: number): boolean {
  return (((bits[y * rowBytes + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1) === 1;
}

/** Whatever is outside is not drawn. */
export function burn({ width, height, rowBytes, bits }: Bitmap, x: number, y: number): void {
  if (x < 0 || y < 0 || x >= width || y >= height) return;
  const at = y * rowBytes + (x >> 3);
  bits[at] = (bits[at] ?? 0) | (1 << (7 - (x & 7)));
}

export function burnBox(bitmap: Bitmap, left: number, top: number, width: number, height: number): void {
  for (let y = top; y < top + height; y += 1) {
    for (let x = left; x < left + width; x += 1) burn(bitmap, x, y);
  }
}

/** Burns one bitmap over another, with its corner at left, top; eight dots at a time if nothing is cut off. */
export function burnBitmap(onto: Bitmap, from: Bitmap, left: number, top: number): void {
  const isInside = left >= 0 && left + from.rowBytes * 8 <= onto.width;
  const [shift, byte] = [left & 7, left >> 3];
  for (let y = Math.max(0, -top); y < Math.min(from.height, onto.height - top); y += 1) {
    const [row, target] = [y * from.rowBytes, (top + y) * onto.rowBytes + byte];
    for (let at = 0; at < from.rowBytes; at += 1) {
      const dots = from.bits[row + at] ?? 0;
      if (dots === 0) continue;
      if (isInside) {
        onto.bits[target + at] = (onto.bits[target + at] ?? 0) | (dots >> shift);
        if (shift > 0) onto.bits[target + at + 1] = (onto.bits[target + at + 1] ?? 0) | ((dots << (8 - shift)) & 0xff);
      } else {
        for (let dot = 0; dot < 8; dot += 1)
          if (((dots >> (7 - dot)) & 1) === 1) burn(onto, left + at * 8 + dot, top + y);
      }
    }
  }
}

/** Fills contours by the non-zero rule (TrueType's), exactly along each line of samples. */
export function burnShape(bitmap: Bitmap, contours: readonly Contour[]): void {
  const coverage = new Float32Array(bitmap.width);
  const ys = contours.flatMap((contour) => contour.map(([, y]) => y));
  const [first, last] = [Math.max(0, Math.floor(Math.min(...ys))), Math.min(bitmap.height, Math.ceil(Math.max(...ys)))];
  for (let y = first; y < last; y += 1) {
    coverage.fill(0);
    let isTouched = false;
    for (let line = 0; line < LINES_PER_DOT; line += 1) {
      const crossings = crossingsAt(contours, y + (line + 0.5) / LINES_PER_DOT);
      let winding = 0;
      crossings.forEach(({ x, direction }, at) => {
        winding += direction;
        const next = crossings[at + 1];
        if (winding === 0 || next === undefined) return;
        isTouched = true;
        cover(coverage, x, next.x);
      });
    }
    if (!isTouched) continue;
    for (let x = 0; x < bitmap.width; x += 1) if ((coverage[x] ?? 0) >= BURNT_SHARE * LINES_PER_DOT) burn(bitmap, x, y);
  }
}

function crossingsAt(contours: readonly Contour[], y: number): { x: number; direction: number }[] {
  const crossings: { x: number; direction: number }[] = [];
  for (const contour of contours) {
    let [x0, y0] = contour.at(-1) ?? [0, 0];
    for (const [x1, y1] of contour) {
      if (y0 <= y !== y1 <= y)
        crossings.push({ x: x0 + ((y - y0) / (y1 - y0)) * (x1 - x0), direction: y1 > y0 ? 1 : -1 });
      [x0, y0] = [x1, y1];
    }
  }
  return crossings.toSorted((a, b) => a.x - b.x);
}

function cover(coverage: Float32Array, fromX: number, toX: number): void {
  const [from, to] = [Math.max(0, fromX), Math.min(coverage.length, toX)];
  for (let x = Math.floor(from); x < to; x += 1)
    coverage[x] = (coverage[x] ?? 0) + Math.min(x + 1, to) - Math.max(x, from);
}
