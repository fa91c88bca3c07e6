// Fits one text into a width: reduced to its least size on one line, then wrapped between words. Never cut.

import type { TypeMeasure } from './fonts.ts';
import type { FontWeight } from '../template/template-schema.ts';

export interface TextToFit {
  text: string;
  weight: FontWeight;
  widthMm: number;
  sizeMm: number;
  leastMm: number;
  linesMax: number;
  /** A text that would be smaller than this on one line is set on several lines; if absent: the least size. */
  wrapBelowMm?: number | undefined;
  /** Where a line may end; if absent: at spaces. */
  breaks?: RegExp | undefined;
}

export interface FittedText {
  lines: string[];
  sizeMm: number;
}

const SIZE_STEP_MM = 0.05;
/** Room for the rounding of positions in a print file. */
const SPARE_MM = 0.02;

/** The largest setting that keeps to the width, on as few lines as its least size allows; null if no setting does. */
export function fitText(measure: TypeMeasure, fit: TextToFit): FittedText | null {
  const widthMm = fit.widthMm - SPARE_MM;
  const widthOf = (text: string): number => measure.widthEm(fit.weight, text.trimEnd());
  const onOneLineMm = widthMm / widthOf(fit.text);
  const oneLine = { lines: [fit.text], sizeMm: Math.min(fit.sizeMm, onOneLineMm) };
  if (onOneLineMm >= Math.min(fit.sizeMm, fit.wrapBelowMm ?? fit.leastMm)) return oneLine;

  const words = fit.text.split(fit.breaks ?? /(?<= )/);
  const longestEm = Math.max(...words.map(widthOf));
  const startMm = Math.min(fit.sizeMm, widthMm / longestEm);
  for (let sizeMm = startMm; sizeMm >= fit.leastMm; sizeMm = nextSize(sizeMm, fit.leastMm)) {
    const lines = wrap(words, widthMm / sizeMm, widthOf);
    if (lines.length <= fit.linesMax)
      return {
        lines: balanced(words, lines.length, longestEm, widthMm / sizeMm, widthOf).map((line) => line.trimEnd()),
        sizeMm,
      };
  }
  return onOneLineMm >= fit.leastMm ? oneLine : null;
}

/** One step smaller, stopping once at the least. */
function nextSize(sizeMm: number, leastMm: number): number {
  if (sizeMm === leastMm) return -1;
  return Math.max(leastMm, sizeMm - SIZE_STEP_MM);
}

function wrap(words: readonly string[], widthEm: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    const longer = `${last ?? ''}${word}`;
    if (last !== undefined && widthOf(longer) <= widthEm) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** As many lines, with the longest as short as possible, so that no single word remains below a full line. */
function balanced(
  words: readonly string[],
  count: number,
  leastEm: number,
  mostEm: number,
  widthOf: (text: string) => number,
): string[] {
  let [low, high] = [leastEm, mostEm];
  for (let step = 0; step < 12; step += 1) {
    const middle = (low + high) / 2;
    if (wrap(words, middle, widthOf).length <= count) high = middle;
    else low = middle;
  }
  return wrap(words, high, widthOf);
}
