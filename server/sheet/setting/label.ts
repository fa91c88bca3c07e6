// A label that is set: all of its marks with their places, in millimetres from the label's top left. Drawing code
// computes no place. variableRuns gives what differs from stamp to stamp.

import { CODE_SYMBOLS } from '../../domain/stamp/stamp-code.ts';
import type { TypeMeasure } from './fonts.ts';
import type { FontWeight } from '../template/template-schema.ts';

export interface TextRun {
  /** The template's element it belongs to. */
  element: string;
  text: string;
  weight: FontWeight;
  sizeMm: number;
  xMm: number;
  baselineMm: number;
  /** Kerning is for words; what changes a stamp is set letter by letter. */
  isKerned: boolean;
}

export interface Circle {
  xMm: number;
  yMm: number;
  radiusMm: number;
}

/** A filled rectangle. */
export interface Bar {
  element: string;
  xMm: number;
  yMm: number;
  widthMm: number;
  heightMm: number;
}

/** A part of a code: symbols from..to of its 18, half open, a hyphen after them or not. */
export interface CodePart {
  from: number;
  to: number;
  hasHyphen: boolean;
  weight: FontWeight;
  sizeMm: number;
  /** White before it. */
  gapMm: number;
}

/** Parts that follow each other by their widths. */
export interface CodeLine {
  xMm: number;
  baselineMm: number;
  parts: CodePart[];
}

export interface LabelLayout {
  symbol: { xMm: number; yMm: number; moduleMm: number; modules: number };
  /** The same on every stamp of the batch. */
  runs: TextRun[];
  /** Filled five-pointed stars, by the circle round them. */
  stars: Circle[];
  rosette: { circles: Circle[]; lineMm: number } | null;
  /** Rules, the band's stitches, the frame round a PIN, the lines of a screen. */
  bars: Bar[];
  /** Filled squares on their corners, by the circle round them: the band's. */
  diamonds: Circle[];
  /** Where the office's artwork goes; null if it is not printed. */
  mark: Omit<Bar, 'element'> | null;
  /** Null if the label has no PIN. */
  pin: { xMm: number; baselineMm: number; weight: FontWeight; sizeMm: number } | null;
  code: CodeLine[];
  serial: { xMm: number; baselineMm: number; weight: FontWeight; sizeMm: number };
}

/** Before every serial. */
export const SERIAL_WORD = 'số ';

/**
 * What differs from stamp to stamp. It contains the whole code, including its batch's part, so that text copied from a
 * print file gives every code in one piece.
 *
 * @param code 18 canonical symbols
 * @param pin six digits, used only if the label has a PIN
 */
export function variableRuns(
  measure: TypeMeasure,
  label: LabelLayout,
  code: string,
  serial: number,
  pin: string,
): TextRun[] {
  if (code.length !== CODE_SYMBOLS) throw new RangeError('a code has 18 symbols');
  const runs: TextRun[] = [];
  for (const line of label.code) {
    let xMm = line.xMm;
    for (const part of line.parts) {
      const text = code.slice(part.from, part.to) + (part.hasHyphen ? '-' : '');
      const { weight, sizeMm } = part;
      xMm += part.gapMm;
      runs.push({ element: 'code', text, weight, sizeMm, xMm, baselineMm: line.baselineMm, isKerned: false });
      xMm += measure.looseWidthEm(weight, text) * sizeMm;
    }
  }
  const { xMm, baselineMm, weight, sizeMm } = label.serial;
  runs.push({ element: 'serial', text: `${SERIAL_WORD}${serial}`, weight, sizeMm, xMm, baselineMm, isKerned: false });
  if (label.pin !== null) runs.push({ element: 'pin', text: pin, ...label.pin, isKerned: false });
  return runs;
}

/** Corners of a square on its corner, as x, y pairs. */
export function diamondCorners({ xMm, yMm, radiusMm }: Circle): [number, number][] {
  return [
    [xMm, yMm - radiusMm],
    [xMm + radiusMm, yMm],
    [xMm, yMm + radiusMm],
    [xMm - radiusMm, yMm],
  ];
}
