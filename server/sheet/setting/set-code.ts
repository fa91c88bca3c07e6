// Sets the code: on one line, or on three broken at its hyphens, with the last four symbols larger and heavier; the
// serial beside it. Room is kept for the widest code and the longest serial, so that all stamps of the batch are set
// alike.

import { BATCH_ID_SYMBOLS, CODE_ALPHABET, CODE_SYMBOLS } from '../../domain/stamp/stamp-code.ts';
import type { TypeMeasure } from './fonts.ts';
import { SERIAL_WORD, type CodeLine, type CodePart, type LabelLayout } from './label.ts';
import type { FontWeight, TemplateItem } from '../template/template-schema.ts';

type CodeItem = Extract<TemplateItem, { kind: 'code' }>;

/** Places are from the column's left and the top of the code's ink. */
export interface SetCode {
  heightMm: number;
  lines: CodeLine[];
  /** Null if the serial is a separate element. */
  serial: LabelLayout['serial'] | null;
  rosette: { xMm: number; yMm: number; radiusMm: number } | null;
}

interface Room {
  batchId: string;
  serialMax: number;
  widthMm: number;
  /** No larger than this. */
  sizeMm: number;
}

const WEIGHT: FontWeight = 500;
const ENDING_WEIGHT: FontWeight = 800;
const ENDING_SYMBOLS = 4;
const GROUP_SYMBOLS = 6;
/** Codes and digits have no descenders; this holds them with the overshoot of round ones. */
const INK_TOP_EM = 0.76;
const INK_BOTTOM_EM = 0.02;
const ENDING_GAP_EM = 0.08;
const BESIDE_GAP_MM = 0.5;
const SIZE_STEP_MM = 0.05;
const SPARE_MM = 0.02;

/** The largest setting that fits the room; null if the least size is too wide. */
export function setCode(measure: TypeMeasure, item: CodeItem, room: Room): SetCode | null {
  const isOneLine = item.lines === 1;
  const em = widthsEm(measure, item, room);
  const serialSizes =
    item.serialMm === undefined ? [0] : [...steps(item.serialMm, item.serialLeastMm ?? item.serialMm)];
  for (const isBeside of item.serialMm === undefined ? [false] : [true, false]) {
    for (const sizeMm of steps(room.sizeMm, item.leastMm)) {
      for (const serialMm of serialSizes) {
        const widths = {
          firstMm: em.first * sizeMm,
          secondMm: em.second * sizeMm,
          thirdMm: em.third * sizeMm,
          serialMm: em.serial * serialMm,
        };
        const firstMm = isOneLine ? widths.firstMm + widths.secondMm + widths.thirdMm : widths.firstMm;
        const longestMm = isOneLine ? firstMm : Math.max(firstMm, widths.secondMm, widths.thirdMm);
        const besideMm = isBeside ? BESIDE_GAP_MM + widths.serialMm : 0;
        const roomMm = room.widthMm - SPARE_MM;
        if (longestMm > roomMm || firstMm + besideMm > roomMm || widths.serialMm > roomMm) continue;
        return place(measure, item, room, sizeMm, serialMm, isBeside, widths);
      }
    }
  }
  return null;
}

function* steps(fromMm: number, leastMm: number): Generator<number> {
  for (let sizeMm = fromMm; sizeMm > leastMm; sizeMm -= SIZE_STEP_MM) yield sizeMm;
  yield leastMm;
}

interface Widths {
  firstMm: number;
  /** With the widest symbols there are. */
  secondMm: number;
  thirdMm: number;
  serialMm: number;
}

/** Of the code's three groups and the serial, measured once for every size. */
function widthsEm(
  measure: TypeMeasure,
  item: CodeItem,
  room: Room,
): { first: number; second: number; third: number; serial: number } {
  const widestEm = measure.widestEm(WEIGHT, CODE_ALPHABET);
  const endingEm = (measure.widestEm(ENDING_WEIGHT, CODE_ALPHABET) * ENDING_SYMBOLS + ENDING_GAP_EM) * item.endingRatio;
  return {
    first: measure.looseWidthEm(WEIGHT, `${room.batchId}-`),
    second: widestEm * GROUP_SYMBOLS + measure.looseWidthEm(WEIGHT, '-'),
    third: widestEm * (GROUP_SYMBOLS - ENDING_SYMBOLS) + endingEm,
    serial: serialWidthEm(measure, room.serialMax),
  };
}

/** With the widest digits there are. */
export function serialWidthEm(measure: TypeMeasure, serialMax: number): number {
  return measure.looseWidthEm(WEIGHT, SERIAL_WORD) + String(serialMax).length * measure.widestEm(WEIGHT, '0123456789');
}

function place(
  measure: TypeMeasure,
  item: CodeItem,
  room: Room,
  sizeMm: number,
  serialMm: number,
  isBeside: boolean,
  widths: Widths,
): SetCode {
  const endingMm = sizeMm * item.endingRatio;
  const part = (from: number, to: number, hasHyphen: boolean): CodePart => ({
    from,
    to,
    hasHyphen,
    weight: WEIGHT,
    sizeMm,
    gapMm: 0,
  });
  const first = part(0, BATCH_ID_SYMBOLS, true);
  const second = part(BATCH_ID_SYMBOLS, BATCH_ID_SYMBOLS + GROUP_SYMBOLS, true);
  const third = part(BATCH_ID_SYMBOLS + GROUP_SYMBOLS, CODE_SYMBOLS - ENDING_SYMBOLS, false);
  const ending: CodePart = {
    from: CODE_SYMBOLS - ENDING_SYMBOLS,
    to: CODE_SYMBOLS,
    hasHyphen: false,
    weight: ENDING_WEIGHT,
    sizeMm: endingMm,
    gapMm: ENDING_GAP_EM * endingMm,
  };

  const isOneLine = item.lines === 1;
  const firstBaselineMm = INK_TOP_EM * (isOneLine ? endingMm : sizeMm);
  const pitchMm = (INK_TOP_EM + INK_BOTTOM_EM) * sizeMm + item.lineGapMm;
  const secondBaselineMm = firstBaselineMm + pitchMm;
  const thirdBaselineMm = secondBaselineMm + pitchMm + INK_TOP_EM * (endingMm - sizeMm) - item.lineGapMm / 4;
  const lastBaselineMm = isOneLine ? firstBaselineMm : thirdBaselineMm;
  const lines: CodeLine[] = isOneLine
    ? [{ xMm: 0, baselineMm: firstBaselineMm, parts: [first, second, third, ending] }]
    : [
        { xMm: 0, baselineMm: firstBaselineMm, parts: [first] },
        { xMm: 0, baselineMm: secondBaselineMm, parts: [second] },
        { xMm: 0, baselineMm: thirdBaselineMm, parts: [third, ending] },
      ];

  const serialLeftMm = isBeside ? room.widthMm - widths.serialMm : 0;
  const serialBaselineMm = isBeside
    ? firstBaselineMm
    : lastBaselineMm + INK_BOTTOM_EM * endingMm + item.lineGapMm + measure.inkEm(WEIGHT, SERIAL_WORD).topEm * serialMm;
  const hasSerial = serialMm > 0;
  return {
    heightMm: (isBeside || !hasSerial ? lastBaselineMm : serialBaselineMm) + INK_BOTTOM_EM * endingMm,
    lines,
    serial: !hasSerial ? null : { xMm: serialLeftMm, baselineMm: serialBaselineMm, weight: WEIGHT, sizeMm: serialMm },
    rosette: isOneLine ? null : rosettePlace(item, room, widths, firstBaselineMm, thirdBaselineMm),
  };
}

/** Right of the second and third line, if the widest code leaves enough room. */
function rosettePlace(
  item: CodeItem,
  room: Room,
  widths: Widths,
  aboveMm: number,
  belowMm: number,
): SetCode['rosette'] {
  if (item.rosetteMm === undefined) return null;
  const radiusMm = item.rosetteMm / 2;
  const roomMm = room.widthMm - Math.max(widths.secondMm, widths.thirdMm) - BESIDE_GAP_MM / 2;
  const heightMm = belowMm - aboveMm - INK_BOTTOM_EM * (item.serialMm ?? 0) - BESIDE_GAP_MM / 2;
  if (roomMm < item.rosetteMm || heightMm < item.rosetteMm) return null;
  return { xMm: room.widthMm - radiusMm, yMm: belowMm - radiusMm, radiusMm };
}
