// An office's artwork as dots, burnt or not. A thermal head has no tones, so dark parts are burnt and pale ones are
// left out. Each picture has its own threshold between them (Otsu 1979: the one that separates its tones best). Thin
// pale strokes would be lost, so what is clearly darker than its near surroundings is burnt too: gold letters on white
// stay readable. Dot patterns for tones were tried and rejected: at eight dots a millimetre they damage the edges and
// letters of a logo (docs/decisions/0016-print-jobs.md).

import type { SheetMark } from '../threads/sheet-job.ts';
import { burn, newBitmap, type Bitmap } from './bitmap.ts';

/** How far the surroundings of a dot extend. */
const NEAR_MM = 0.65;
/** Of the way from black to white: darker than its surroundings by more is a stroke. */
const STROKE_CONTRAST = 0.1;
const TONES = 256;
/** Weights of red, green and blue for perceived lightness (ITU-R BT.709). */
const LIGHT = [0.2126, 0.7152, 0.0722] as const;

/** @param dotsPerMm of the head. Width and height are dots, both 1 at least */
export function markDots(
  mark: Pick<SheetMark, 'rgb' | 'widthPx' | 'heightPx'>,
  width: number,
  height: number,
  dotsPerMm: number,
): Bitmap {
  const light = lightOf(mark, width, height);
  const cut = cutBetween(light);
  const surroundings = meansAround(light, width, height, Math.round(NEAR_MM * dotsPerMm));
  const bitmap = newBitmap(width, height);
  light.forEach((value, at) => {
    if (value <= cut || value < (surroundings[at] ?? 0) - STROKE_CONTRAST)
      burn(bitmap, at % width, Math.floor(at / width));
  });
  return bitmap;
}

/** How light each dot's part of the picture is: 0 black, 1 white. */
function lightOf(
  { rgb, widthPx, heightPx }: Pick<SheetMark, 'rgb' | 'widthPx' | 'heightPx'>,
  width: number,
  height: number,
): Float64Array {
  const light = new Float64Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const [top, bottom] = spanOf(y, height, heightPx);
    for (let x = 0; x < width; x += 1) {
      const [left, right] = spanOf(x, width, widthPx);
      let sum = 0;
      for (let row = top; row < bottom; row += 1) {
        for (let at = (row * widthPx + left) * 3; at < (row * widthPx + right) * 3; at += 3) {
          sum += LIGHT[0] * (rgb[at] ?? 0) + LIGHT[1] * (rgb[at + 1] ?? 0) + LIGHT[2] * (rgb[at + 2] ?? 0);
        }
      }
      light[y * width + x] = sum / ((bottom - top) * (right - left) * (TONES - 1));
    }
  }
  return light;
}

/** Picture elements of one dot, half open: one at least. */
function spanOf(dot: number, dots: number, elements: number): [from: number, to: number] {
  const from = Math.floor((dot * elements) / dots);
  return [from, Math.max(from + 1, Math.floor(((dot + 1) * elements) / dots))];
}

/**
 * The tone up to which dots are dark: the means of the two sides are furthest apart there, weighted by their counts.
 */
function cutBetween(light: Float64Array): number {
  const counts = new Float64Array(TONES);
  for (const value of light) {
    const tone = Math.min(TONES - 1, Math.floor(value * TONES));
    counts[tone] = (counts[tone] ?? 0) + 1;
  }
  const total = counts.reduce((sum, count, tone) => sum + count * tone, 0);
  /** A picture of one tone is dark or it is not. */
  let [best, cut] = [0, TONES / 2];
  let [darkCount, darkSum] = [0, 0];
  counts.forEach((count, tone) => {
    darkCount += count;
    darkSum += count * tone;
    const paleCount = light.length - darkCount;
    if (darkCount === 0 || paleCount === 0) return;
    const between = darkCount * paleCount * (darkSum / darkCount - (total - darkSum) / paleCount) ** 2;
    if (between > best) [best, cut] = [between, tone + 1];
  });
  return cut / TONES;
}

/** The mean of the square round each dot, cut off at the picture's edge; from sums over all above and left. */
function meansAround(light: Float64Array, width: number, height: number, reach: number): Float64Array {
  const stride = width + 1;
  const sums = new Float64Array(stride * (height + 1));
  const sumAt = (x: number, y: number): number => sums[y * stride + x] ?? 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1)
      sums[(y + 1) * stride + x + 1] = (light[y * width + x] ?? 0) + sumAt(x, y + 1) + sumAt(x + 1, y) - sumAt(x, y);
  }
  return light.map((_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    const [left, right] = [Math.max(0, x - reach), Math.min(width, x + reach + 1)];
    const [top, bottom] = [Math.max(0, y - reach), Math.min(height, y + reach + 1)];
    return (
      (sumAt(right, bottom) - sumAt(left, bottom) - sumAt(right, top) + sumAt(left, top)) /
      ((right - left) * (bottom - top))
    );
  });
}
