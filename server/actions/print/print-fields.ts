// The fields that say what is printed and where on the paper.

import { z } from 'zod';
import { OFFSET_MAX_MM, SCALE_MAX, SCALE_MIN } from '../../sheet/threads/sheet-job.ts';
import { queryAcknowledge } from '../batches/known-concerns.ts';
import { id, queryNumber, querySerial, text } from '../kit/fields.ts';

/** Printers are adjusted in tenths of a millimetre. */
const OFFSET_STEP_MM = 0.1;
export const offsetMm = z.number().min(-OFFSET_MAX_MM).max(OFFSET_MAX_MM).multipleOf(OFFSET_STEP_MM);
/** Plain decimals only: Number() would read an empty text as 0 and `0x1` as 1. */
const DECIMAL = /^-?\d{1,3}(\.\d+)?$/;
const queryOffsetMm = z
  .preprocess((value) => (typeof value === 'string' && DECIMAL.test(value) ? Number(value) : value), offsetMm)
  .optional();
export const scaleOf = z.number().min(SCALE_MIN).max(SCALE_MAX);
const queryScale = z
  .preprocess((value) => (typeof value === 'string' && DECIMAL.test(value) ? Number(value) : value), scaleOf)
  .optional()
  .meta({ description: 'How much larger the page is drawn; 1 unless given.' });
const PRINTER_HELP = 'A saved printer, whose offsets and scale are used; not beside offsets and scales.';
export const SKIP_HELP = 'Label places already used on the first sheet, or in the first row of a roll.';
export const SKIP_MAX = 10_000;
/** As typed: `A4-65` and `a4 65` name a4-65. The part before a dot is a keeper's id and is kept. */
export const templateId = z.string().min(1).max(40).transform(namedKey);

export const printerId = z
  .string()
  .min(1)
  .max(64)
  .transform(namedKey)
  .pipe(id)
  .optional()
  .meta({ description: PRINTER_HELP });

function namedKey(typed: string): string {
  const at = typed.lastIndexOf('.') + 1;
  const key = typed.slice(at).normalize('NFKC').trim().toLowerCase();
  return typed.slice(0, at).trim() + key.replaceAll(/[\s_\p{Pd}]+/gu, '-');
}

export const printSheetQuery = z.strictObject({
  template: templateId,
  from: querySerial.optional(),
  to: querySerial.optional(),
  skip: queryNumber(0, SKIP_MAX).default(0).meta({ description: SKIP_HELP }),
  printer: printerId,
  offsetX: queryOffsetMm,
  offsetY: queryOffsetMm,
  scaleX: queryScale,
  scaleY: queryScale,
  reprintReason: text(300).optional(),
  acknowledge: queryAcknowledge,
});

export type PrintQuery = z.output<typeof printSheetQuery>;
