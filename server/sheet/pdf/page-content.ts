// Content of PDF pages as bytes: numbers, text, shapes. Positions are given in millimetres from the top left and
// written in points from the bottom left. No position is decided here.

import { diamondCorners, type Bar, type Circle, type LabelLayout, type TextRun } from '../setting/label.ts';
import { starCorners } from '../setting/stars.ts';
import { POINTS_PER_MM, type EmbeddedFont } from './pdf-document.ts';
import type { FontWeight } from '../template/template-schema.ts';

/** A font under its name in the page's resources. */
export interface NamedFont {
  name: string;
  font: EmbeddedFont;
  /** Letters used so far: their numbers in the subset, four hexadecimal digits each. */
  glyphs: Map<string, string>;
}

export type FontsByWeight = Record<FontWeight, NamedFont>;

/** Control points of a quarter circle by a cubic curve. */
const QUARTER = 0.5522847;
/** A ten-thousandth of a point: symbols on the dots of a 203 dpi head need four digits. */
const DECIMALS = 4;
const TEXT_DECIMALS = 3;

export function number(value: number, decimals = DECIMALS): string {
  return String(Number(value.toFixed(decimals)) + 0); // no trailing zeros, and no -0
}

/** Points of a length in millimetres. */
export function points(lengthMm: number, decimals = TEXT_DECIMALS): string {
  return number(lengthMm * POINTS_PER_MM, decimals);
}

/** `x y` in points of a place on an area of this height. */
export function pointsAt(xMm: number, yMm: number, heightMm: number): string {
  return `${points(xMm)} ${points(heightMm - yMm)}`;
}

/** What is the same on every stamp. The origin is the label's bottom left. */
export function constantContent(label: LabelLayout, heightMm: number, fonts: FontsByWeight): string {
  const texts = label.runs.map((run) => textContent(run, heightMm, fonts));
  const stars = label.stars.map((star) => cornersContent(starCorners(star), heightMm));
  const diamonds = label.diamonds.map((diamond) => cornersContent(diamondCorners(diamond), heightMm));
  const bars = label.bars.length === 0 ? [] : [...label.bars.map((bar) => barContent(bar, heightMm)), 'f'];
  const rings = (label.rosette?.circles ?? []).map((circle) => circleContent(circle, heightMm));
  const mark = label.mark === null ? [] : [markContent(label.mark, heightMm)];
  const rosette = label.rosette === null ? [] : [`${points(label.rosette.lineMm)} w`, ...rings, 'S'];
  return [...mark, ...texts, ...stars, ...diamonds, ...bars, ...rosette].join('\n');
}

/** One run of text on an area of this height. */
export function textContent(run: TextRun, heightMm: number, fonts: FontsByWeight): string {
  const named = fonts[run.weight];
  const size = points(run.sizeMm);
  const shown = run.isKerned ? kerned(named.font, run.text) : `<${glyphsOf(named, run.text).join('')}> Tj`;
  return `BT /${named.name} ${size} Tf ${pointsAt(run.xMm, run.baselineMm, heightMm)} Td ${shown} ET`;
}

/**
 * Numbers of the letters in the embedded subset, in the order of their first use. Shaping is slow, so each letter is
 * shaped once, and alone, because beside another it might be joined or changed.
 */
export function glyphsOf({ font, glyphs }: NamedFont, text: string): string[] {
  return Array.from(text, (letter) => {
    const known = glyphs.get(letter);
    if (known !== undefined) return known;
    const [[number = '']] = font.encode(letter);
    glyphs.set(letter, number);
    return number;
  });
}

function kerned(font: EmbeddedFont, text: string): string {
  const [glyphs, positions] = font.encode(text);
  let shown = '';
  glyphs.forEach((glyph, at) => {
    const position = positions[at];
    const kern = position === undefined ? 0 : position.advanceWidth - position.xAdvance;
    shown += glyph;
    if (kern !== 0 && at < glyphs.length - 1) shown += `> ${number(kern)} <`;
  });
  return `[<${shown}>] TJ`;
}

function cornersContent(places: readonly [number, number][], heightMm: number): string {
  const corners = places.map(([xMm, yMm]) => pointsAt(xMm, yMm, heightMm));
  return `${corners.map((corner, at) => `${corner} ${at === 0 ? 'm' : 'l'}`).join(' ')} f`;
}

/** Under this name in the form's resources. */
export const MARK_IMAGE = 'M';

function markContent({ xMm, yMm, widthMm, heightMm }: Omit<Bar, 'element'>, areaMm: number): string {
  return `q ${points(widthMm)} 0 0 ${points(heightMm)} ${pointsAt(xMm, yMm + heightMm, areaMm)} cm /${MARK_IMAGE} Do Q`;
}

function barContent({ xMm, yMm, widthMm, heightMm }: Bar, areaMm: number): string {
  return `${pointsAt(xMm, yMm + heightMm, areaMm)} ${points(widthMm)} ${points(heightMm)} re`;
}

function circleContent({ xMm, yMm, radiusMm }: Circle, heightMm: number): string {
  const at = (dx: number, dy: number): string => pointsAt(xMm + dx * radiusMm, yMm + dy * radiusMm, heightMm);
  const curve = (...corners: [number, number][]): string => `${corners.map(([dx, dy]) => at(dx, dy)).join(' ')} c`;
  return [
    `${at(1, 0)} m`,
    curve([1, QUARTER], [QUARTER, 1], [0, 1]),
    curve([-QUARTER, 1], [-1, QUARTER], [-1, 0]),
    curve([-1, -QUARTER], [-QUARTER, -1], [0, -1]),
    curve([QUARTER, -1], [1, -QUARTER], [1, 0]),
    'h',
  ].join(' ');
}
