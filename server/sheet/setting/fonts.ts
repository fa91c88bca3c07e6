// Be Vietnam Pro: the width and height of a text, and which of its letters the font lacks. Widths are in em, so that
// one measurement is valid for every size. Whole files are read; a print file embeds a subset.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { create, type Font, type Glyph, type Shape } from 'fontkit';

import type { FontWeight } from '../template/template-schema.ts';

const FILES: Record<FontWeight, string> = {
  500: '500Medium/BeVietnamPro_500Medium.ttf',
  700: '700Bold/BeVietnamPro_700Bold.ttf',
  800: '800ExtraBold/BeVietnamPro_800ExtraBold.ttf',
};

export interface Ink {
  /** Above the baseline, em. */
  topEm: number;
  /** Below the baseline, em. */
  bottomEm: number;
}

export interface TypeMeasure {
  /** With the font's kerning: words that are the same on every stamp. */
  widthEm(weight: FontWeight, text: string): number;
  /** Without kerning, letter by letter: codes, serials and other text that differs from stamp to stamp. */
  looseWidthEm(weight: FontWeight, text: string): number;
  /** The widest of these letters, set without kerning. */
  widestEm(weight: FontWeight, letters: string): number;
  inkEm(weight: FontWeight, text: string): Ink;
  /** The first letter that the font lacks; null: it has them all. */
  missingLetter(weight: FontWeight, text: string): string | null;
}

const UNITS_PER_EM = 1_000;

const opened = new Map<FontWeight, Font>();

/** The font of one weight; its file is read once in each process. */
export function fontOf(weight: FontWeight): Font {
  const known = opened.get(weight);
  if (known !== undefined) return known;
  const require = createRequire(import.meta.url);
  const font = create(readFileSync(require.resolve(`@expo-google-fonts/be-vietnam-pro/${FILES[weight]}`)));
  nameGlyphs(font);
  rememberShapes(font);
  opened.set(weight, font);
  return font;
}

const LETTERS_MAX = 2_000;
const letterAdvances = new Map<FontWeight, Map<string, number>>();

function letterAdvancesOf(weight: FontWeight): Map<string, number> {
  const known = letterAdvances.get(weight);
  if (known !== undefined) return known;
  const none = new Map<string, number>();
  letterAdvances.set(weight, none);
  return none;
}

function letterAdvance(weight: FontWeight, known: Map<string, number>, letter: string): number {
  const remembered = known.get(letter);
  if (remembered !== undefined) return remembered;
  const advance = fontOf(weight).glyphForCodePoint(letter.codePointAt(0) ?? 0).advanceWidth;
  if (known.size >= LETTERS_MAX) known.clear();
  known.set(letter, advance);
  return advance;
}

/**
 * Words that were shaped recently. Fitting and pdfkit ask for the same ones repeatedly, and shaping takes a
 * millisecond.
 */
const SHAPES_MAX = 1_000;

/**
 * fontkit names a glyph after the text that first asked for it, for the life of the process: a no-break space shares
 * the space's glyph. Here each glyph is named once, after its lowest letter, so that the same job gives the same file.
 */
function nameGlyphs(font: Font): void {
  for (const codePoint of font.characterSet.toSorted((a, b) => a - b)) font.glyphForCodePoint(codePoint);
}

/**
 * No ligatures (fi, ff, ffi): their glyphs stand for no single letter, neither when letters are placed one by one nor
 * when a file is read back.
 */
const FEATURES = { liga: false } as const;

/** pdfkit scales what it gets in place, by 1 for a font of 1,000 units an em, so a shape may be used again. */
function rememberShapes(font: Font): void {
  if (font.unitsPerEm !== UNITS_PER_EM) throw new Error(`Be Vietnam Pro has ${UNITS_PER_EM} units an em`);
  const shapes = new Map<string, Shape>();
  const shape = font.layout.bind(font);
  font.layout = (text) => {
    const known = shapes.get(text) ?? shape(text, FEATURES);
    if (shapes.size >= SHAPES_MAX) shapes.clear();
    shapes.set(text, known);
    return known;
  };
}

export type Point = readonly [x: number, y: number];

/** Straight pieces into which a curve is cut if it is drawn by lines. */
const CURVE_PIECES = 6;

/** The closed outlines of a text in em, y upwards, curves as short straight lines. */
export function outlineOf(weight: FontWeight, text: string): Point[][] {
  const { unitsPerEm } = fontOf(weight);
  return placedOutlines(weight, text, true).flatMap(({ commands, xEm }) =>
    contoursOf(commands).map((contour) => contour.map(([x, y]): Point => [x / unitsPerEm + xEm, y / unitsPerEm])),
  );
}

/** The closed outlines of one glyph in font units, y upwards, curves as short straight lines. */
export function contoursOf(commands: PlacedOutline['commands']): Point[][] {
  const contours: Point[][] = [];
  let last: Point = [0, 0];
  for (const { command, args } of commands) {
    const [a = 0, b = 0, c = 0, d = 0] = args;
    if (command === 'moveTo') contours.push([[a, b]]);
    if (command === 'lineTo') contours.at(-1)?.push([a, b]);
    if (command === 'quadraticCurveTo') contours.at(-1)?.push(...curve(last, [a, b], [c, d]));
    if (args.length >= 2) last = [args.at(-2) ?? 0, args.at(-1) ?? 0];
  }
  return contours;
}

/** Points of a quadratic curve after its first. */
function curve(from: Point, by: Point, to: Point): Point[] {
  return Array.from({ length: CURVE_PIECES }, (_, piece) => {
    const t = (piece + 1) / CURVE_PIECES;
    const along = (axis: 0 | 1): number => (1 - t) ** 2 * from[axis] + 2 * t * (1 - t) * by[axis] + t ** 2 * to[axis];
    return [along(0), along(1)];
  });
}

export interface PlacedOutline {
  /** Of one glyph, in font units from its own origin, y upwards. */
  commands: Glyph['path']['commands'];
  /** Its number in the font. */
  glyph: number;
  xEm: number;
}

/** The glyphs of a text where pdfkit puts them: kerned word by word, or letter by letter. */
export function placedOutlines(weight: FontWeight, text: string, isKerned: boolean): PlacedOutline[] {
  const font = fontOf(weight);
  const placed: PlacedOutline[] = [];
  let units = 0;
  for (const piece of isKerned ? text.split(/(?<= )/) : Array.from(text)) {
    const { glyphs, positions } = font.layout(piece);
    glyphs.forEach((glyph, at) => {
      placed.push({ commands: glyph.path.commands, glyph: glyph.id, xEm: units / font.unitsPerEm });
      units += positions[at]?.xAdvance ?? glyph.advanceWidth;
    });
  }
  return placed;
}

/** Text as it is set: composed letters, single spaces. No-break spaces are kept. */
export function settable(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[ \t\r\n]+/g, ' ')
    .trim();
}

export const beVietnamPro: TypeMeasure = {
  widthEm(weight, text) {
    const font = fontOf(weight);
    // Word by word, each with the space after it, as pdfkit sets them: there is no kerning across a space.
    const words = text.split(/(?<= )/);
    return words.reduce((units, word) => units + font.layout(word).advanceWidth, 0) / font.unitsPerEm;
  },
  looseWidthEm(weight, text) {
    const known = letterAdvancesOf(weight);
    let units = 0;
    for (const letter of text) units += letterAdvance(weight, known, letter);
    return units / UNITS_PER_EM;
  },
  widestEm(weight, letters) {
    return Math.max(...Array.from(letters, (letter) => this.looseWidthEm(weight, letter)));
  },
  inkEm(weight, text) {
    const font = fontOf(weight);
    const glyphs = Array.from(text, (letter) => font.glyphForCodePoint(letter.codePointAt(0) ?? 0));
    const boxes = glyphs.map((glyph) => glyph.bbox).filter((bbox) => Number.isFinite(bbox.maxY));
    return {
      topEm: Math.max(0, ...boxes.map((bbox) => bbox.maxY)) / font.unitsPerEm,
      bottomEm: Math.max(0, ...boxes.map((bbox) => -bbox.minY)) / font.unitsPerEm,
    };
  },
  missingLetter(weight, text) {
    const font = fontOf(weight);
    // A mark that is not composed with its letter would have to be placed over it. No Vietnamese word has one.
    return (
      Array.from(text).find(
        (letter) => /\p{M}/u.test(letter) || !font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0),
      ) ?? null
    );
  },
};
