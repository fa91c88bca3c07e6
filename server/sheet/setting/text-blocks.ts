// Blocks of words: texts, the code, the serial, the PIN.

import { PIN_DIGITS } from '../../domain/stamp/stamp-keys.ts';
import type { FontWeight, TemplateColumn, TemplateItem } from '../template/template-schema.ts';
import type { Block } from './block.ts';
import type { TypeMeasure } from './fonts.ts';
import { PIN_WORD } from './label-words.ts';
import { SERIAL_WORD } from './label.ts';
import { frameOf } from './ornament-blocks.ts';
import { rosetteOf } from './rosette.ts';
import type { SetCode } from './set-code.ts';

/** Distance of the lines of one text; more if their marks would touch. */
const LINE_PITCH_EM = 1.16;
/** A host has no marks above its letters. */
const HOST_PITCH_EM = 1;
const LINE_CLEARANCE_EM = 0.06;
const PIN_LINE_MM = 0.15;
const PIN_WORD_GAP_MM = 1;
/** Only the digits are under the scratch label: their ink keeps this distance to the frame. */
const PIN_CLEARANCE_MM = 0.5;

export function textBlock(
  measure: TypeMeasure,
  xMm: number,
  element: string,
  weight: FontWeight,
  lines: readonly string[],
  sizeMm: number,
): Block {
  const inks = lines.map((line) => measure.inkEm(weight, line));
  /** Baselines below the top of the first line's ink. */
  const baselinesMm: number[] = [];
  let [belowEm, baselineEm] = [0, 0];
  inks.forEach((ink, at) => {
    baselineEm =
      at === 0
        ? ink.topEm
        : baselineEm +
          Math.max(element === 'host' ? HOST_PITCH_EM : LINE_PITCH_EM, belowEm + ink.topEm + LINE_CLEARANCE_EM);
    belowEm = ink.bottomEm;
    baselinesMm.push(baselineEm * sizeMm);
  });
  return {
    element,
    heightMm: (baselineEm + belowEm) * sizeMm,
    put(topMm, label) {
      lines.forEach((text, at) => {
        label.runs.push({
          element,
          text,
          weight,
          sizeMm,
          xMm,
          baselineMm: topMm + (baselinesMm[at] ?? 0),
          isKerned: true,
        });
      });
    },
  };
}

export function codeBlock(column: TemplateColumn, set: SetCode): Block {
  return {
    element: 'code',
    heightMm: set.heightMm,
    put(topMm, label) {
      const shift = <T extends { xMm: number; baselineMm: number }>(placed: T): T => ({
        ...placed,
        xMm: placed.xMm + column.box.xMm,
        baselineMm: placed.baselineMm + topMm,
      });
      label.code.push(...set.lines.map(shift));
      if (set.serial !== null) label.serial = shift(set.serial);
      if (set.rosette !== null)
        label.rosette = rosetteOf(set.rosette.xMm + column.box.xMm, set.rosette.yMm + topMm, set.rosette.radiusMm);
    },
  };
}

export function serialBlock(
  measure: TypeMeasure,
  column: TemplateColumn,
  sizeMm: number,
  leastMm: number,
): Block | null {
  if (sizeMm < leastMm) return null;
  const ink = measure.inkEm(500, `${SERIAL_WORD}0123456789`);
  return {
    element: 'serial',
    heightMm: (ink.topEm + ink.bottomEm) * sizeMm,
    put(topMm, label) {
      label.serial = { xMm: column.box.xMm, baselineMm: topMm + ink.topEm * sizeMm, weight: 500, sizeMm };
    },
  };
}

export function pinBlock(
  measure: TypeMeasure,
  column: TemplateColumn,
  item: Extract<TemplateItem, { kind: 'pin' }>,
  sizeMm: number,
): Block | null {
  const { boxWidthMm, boxHeightMm } = item;
  const wordMm = measure.widthEm(500, PIN_WORD) * sizeMm + PIN_WORD_GAP_MM;
  const digitsMm = PIN_DIGITS * measure.widestEm(500, '0123456789') * sizeMm;
  const ink = measure.inkEm(500, '0123456789');
  const inkMm = (ink.topEm + ink.bottomEm) * sizeMm;
  const isTooLarge = digitsMm + 2 * PIN_CLEARANCE_MM > boxWidthMm || inkMm + 2 * PIN_CLEARANCE_MM > boxHeightMm;
  if (isTooLarge || wordMm + boxWidthMm > column.box.widthMm) return null;
  return {
    element: 'pin',
    heightMm: boxHeightMm,
    put(topMm, label) {
      const leftMm = column.box.xMm + wordMm;
      const baselineMm = topMm + boxHeightMm / 2 + ((ink.topEm - ink.bottomEm) / 2) * sizeMm;
      label.runs.push({
        element: 'pin',
        text: PIN_WORD,
        weight: 500,
        sizeMm,
        xMm: column.box.xMm,
        baselineMm,
        isKerned: true,
      });
      label.bars.push(
        ...frameOf(
          { element: 'pin', xMm: leftMm, yMm: topMm, widthMm: boxWidthMm, heightMm: boxHeightMm },
          PIN_LINE_MM,
        ),
      );
      label.pin = { xMm: leftMm + (boxWidthMm - digitsMm) / 2, baselineMm, weight: 500, sizeMm };
    },
  };
}
