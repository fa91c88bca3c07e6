// Letters as dots, from the outlines of the font that sheets use. A printer's own fonts lack Ế and ộ, and a text that
// is a bitmap cannot contain a command. Every letter begins at a whole dot, so that the same letter always looks the
// same.

import { contoursOf, fontOf, placedOutlines, type PlacedOutline } from '../setting/fonts.ts';
import type { TextRun } from '../setting/label.ts';
import type { FontWeight } from '../template/template-schema.ts';
import { burnBitmap, burnShape, newBitmap, type Bitmap, type Point } from './bitmap.ts';

export interface Lettering {
  /** Sets a run of text, its places counted from left, top in dots. */
  set(onto: Bitmap, run: TextRun, left: number, top: number): void;
}

interface LetterBitmap {
  bitmap: Bitmap;
  /** From the origin on the baseline to the picture's corner. */
  left: number;
  top: number;
}

/** @param dotsPerMm of the head */
export function openLettering(dotsPerMm: number): Lettering {
  const known = new Map<string, LetterBitmap>();
  const letterOf = (weight: FontWeight, sizeMm: number, outline: PlacedOutline): LetterBitmap => {
    const key = `${weight} ${sizeMm} ${outline.glyph}`;
    const found = known.get(key) ?? drawLetter(outline.commands, (sizeMm * dotsPerMm) / fontOf(weight).unitsPerEm);
    known.set(key, found);
    return found;
  };
  return {
    set(onto, run, left, top) {
      const baseline = top + Math.round(run.baselineMm * dotsPerMm);
      for (const outline of placedOutlines(run.weight, run.text, run.isKerned)) {
        const origin = left + Math.round((run.xMm + outline.xEm * run.sizeMm) * dotsPerMm);
        const letter = letterOf(run.weight, run.sizeMm, outline);
        burnBitmap(onto, letter.bitmap, origin + letter.left, baseline + letter.top);
      }
    },
  };
}

function drawLetter(commands: PlacedOutline['commands'], scale: number): LetterBitmap {
  const contours = contoursOf(commands).map((contour) => contour.map(([x, y]): Point => [x * scale, -y * scale]));
  const points = contours.flat();
  if (points.length === 0) return { bitmap: newBitmap(0, 0), left: 0, top: 0 };
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, top] = [Math.floor(Math.min(...xs)), Math.floor(Math.min(...ys))];
  const bitmap = newBitmap(Math.ceil(Math.max(...xs)) - left, Math.ceil(Math.max(...ys)) - top);
  burnShape(
    bitmap,
    contours.map((contour) => contour.map(([x, y]): Point => [x - left, y - top])),
  );
  return { bitmap, left, top };
}
