// Letters as dots, from the outlines of the font that sheets are set in: a printer's own fonts lack Ế and ộ, and a text that is
// a picture can hold no command. Every letter begins on a whole dot, so that the same letter looks the same everywhere.

import type { Glyph } from 'fontkit';

import { fontOf } from '../setting/fonts.ts';
import type { TextRun } from '../setting/label.ts';
import type { FontWeight } from '../template/template-schema.ts';
import { burnBitmap, burnShape, newBitmap } from './bitmap.ts';
import type { Bitmap, Contour, Point } from './bitmap.ts';

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

/** Straight pieces that a curve becomes: letters are some dozens of dots high at most. */
const CURVE_PIECES = 6;

/** @param dotsPerMm of the head */
export function openLettering(dotsPerMm: number): Lettering {
  const known = new Map<string, LetterBitmap>();
  const letterOf = (weight: FontWeight, sizeMm: number, glyph: Glyph): LetterBitmap => {
    const key = `${weight} ${sizeMm} ${glyph.id}`;
    const found = known.get(key) ?? drawLetter(glyph, (sizeMm * dotsPerMm) / fontOf(weight).unitsPerEm);
    known.set(key, found);
    return found;
  };
  return {
    set(onto, run, left, top) {
      const baseline = top + Math.round(run.baselineMm * dotsPerMm);
      for (const { glyph, xEm } of glyphsOf(run)) {
        const origin = left + Math.round((run.xMm + xEm * run.sizeMm) * dotsPerMm);
        const letter = letterOf(run.weight, run.sizeMm, glyph);
        burnBitmap(onto, letter.bitmap, origin + letter.left, baseline + letter.top);
      }
    },
  };
}

/** Glyphs with their places, as the measure of every drawing counts them (fonts.ts). */
function glyphsOf({ text, weight, isKerned }: TextRun): { glyph: Glyph; xEm: number }[] {
  const font = fontOf(weight);
  const placed: { glyph: Glyph; xEm: number }[] = [];
  let units = 0;
  if (!isKerned) {
    for (const letter of text) {
      const glyph = font.glyphForCodePoint(letter.codePointAt(0) ?? 0);
      placed.push({ glyph, xEm: units / font.unitsPerEm });
      units += glyph.advanceWidth;
    }
    return placed;
  }
  for (const word of text.split(/(?<= )/)) {
    const { glyphs, positions } = font.layout(word);
    glyphs.forEach((glyph, at) => {
      placed.push({ glyph, xEm: units / font.unitsPerEm });
      units += positions[at]?.xAdvance ?? 0;
    });
  }
  return placed;
}

function drawLetter(glyph: Glyph, scale: number): LetterBitmap {
  const contours = contoursOf(glyph, scale);
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

function contoursOf(glyph: Glyph, scale: number): Contour[] {
  const contours: Point[][] = [];
  const at = (x: number, y: number): Point => [x * scale, -y * scale];
  let last: Point = [0, 0];
  for (const { command, args } of glyph.path.commands) {
    const contour = contours.at(-1);
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = args;
    switch (command) {
      case 'moveTo':
        contours.push([(last = at(a, b))]);
        break;
      case 'lineTo':
        contour?.push((last = at(a, b)));
        break;
      case 'quadraticCurveTo':
        contour?.push(...curve([last, at(a, b), at(c, d)]));
        last = at(c, d);
        break;
      case 'bezierCurveTo':
        contour?.push(...curve([last, at(a, b), at(c, d), at(e, f)]));
        last = at(e, f);
        break;
      case 'closePath':
        break;
      default:
        command satisfies never;
    }
  }
  return contours;
}

/** Points of a Bézier curve after its first, by de Casteljau's halving of all its edges. */
function curve(controls: readonly Point[]): Point[] {
  return Array.from({ length: CURVE_PIECES }, (_, piece) => {
    const share = (piece + 1) / CURVE_PIECES;
    let points = [...controls];
    while (points.length > 1) {
      points = points.slice(1).map(([x1, y1], at): Point => {
        const [x0, y0] = points[at] ?? [0, 0];
        return [x0 + (x1 - x0) * share, y0 + (y1 - y0) * share];
      });
    }
    return points[0] ?? [0, 0];
  });
}
