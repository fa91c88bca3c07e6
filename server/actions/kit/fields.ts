// The kinds of field that inputs are made of, each with its bound. An input that was parsed is valid and is not checked
// again.
//
// Text is trimmed, brought to Unicode's composed form (NFC), so that "ệ" typed in two ways is one word, and freed of
// what nobody sees: zero-width letters and no-break blanks come with whatever is copied from a page or a messenger.

import { z } from 'zod';
import { BATCH_QUANTITY_MAX } from '../../domain/batches/batch.ts';
import { isDay } from '../../domain/calendar.ts';
import { visibleText } from '../../domain/visible-text.ts';
import { gtin14Of, isGln, isGtin14 } from '../../domain/registry/gtin.ts';

/** Control and direction marks, except tab and line feed. */
const CONTROLS = /(?![\t\n])\p{Cc}|[\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF]/u;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Text of 1 to `max` letters without control or direction marks; line breaks only if `lines` is set. */
export function text(max: number, lines = false): z.ZodType<string> {
  return z
    .string()
    .transform((value) => visibleText(value.normalize('NFC')).replace(/\r\n?/g, '\n').trim())
    .pipe(
      z
        .string()
        .min(1)
        .max(max)
        .refine((value) => !CONTROLS.test(value) && !LONE_SURROGATE.test(value) && (lines || !/[\n\t]/.test(value)), {
          message: 'holds a control character',
          params: { expected: 'no-controls' },
        }),
    )
    .meta({ minLength: 1, maxLength: max });
}

export const id = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9_:.-]+$/);
/** The limits of plausible days. Beyond them, adding months to a day could leave the calendar's four-digit years. */
const FIRST_DAY = '1900-01-01';
const LAST_DAY = '2199-12-31';
export const day = z
  .string()
  .refine((value) => isDay(value) && value >= FIRST_DAY && value <= LAST_DAY, {
    message: `is no calendar day (YYYY-MM-DD) from ${FIRST_DAY} to ${LAST_DAY}`,
    params: { expected: 'day' },
  })
  .meta({ format: 'date', minLength: 10, maxLength: 10, example: '2026-11-24' });
/** Nanoseconds and an offset take 35 characters; more digits are never needed. */
const INSTANT_SYMBOLS_MAX = 40;
/** Any instant with an offset; kept as UTC. */
export const instant = z.iso
  .datetime({ offset: true })
  .max(INSTANT_SYMBOLS_MAX)
  .transform((value) => new Date(value).toISOString())
  .refine((value) => value >= FIRST_DAY && value < '2200', {
    message: `is no instant from ${FIRST_DAY} to ${LAST_DAY}`,
  })
  .meta({ format: 'date-time', minLength: 20, maxLength: INSTANT_SYMBOLS_MAX, example: '2026-11-24T03:15:00.000Z' });
export const year = z.int().min(2018).max(2100);
export const serial = z.int().min(1).max(BATCH_QUANTITY_MAX);
/** Digits only. Number would also accept `0x10`, `1e2`, spaces and an empty text. */
const DIGITS = /^\d{1,8}$/;
/** A whole number in a query or an address. */
export function queryNumber(min: number, max: number): z.ZodType<number> {
  return z.preprocess(
    (value) => (typeof value === 'string' && DIGITS.test(value) ? Number(value) : value),
    z.int().min(min).max(max),
  );
}
export const querySerial = queryNumber(1, BATCH_QUANTITY_MAX);
/** An area code in brackets is allowed: "(024) 3825 1234". E.164 has at most 15 digits. */
export const phone = z
  .string()
  .trim()
  .max(30)
  .regex(/^(?=(?:\D*\d){6,15}\D*$)\+?(?:\(\+?\d{1,5}\) ?)?\d[\d .-]*(?:\(\d{1,5}\)[\d .-]*)?\d$/, {
    message: 'is no telephone number',
  })
  .meta({ minLength: 6 });
export const email = z.email().max(254).meta({ minLength: 6 });
export const webAddress = z
  .url({ protocol: /^https?$/ })
  .max(300)
  .refine((value) => !/[\s"'<>]/.test(value) && !CONTROLS.test(value) && !LONE_SURROGATE.test(value), {
    message: 'is no web address',
  })
  .meta({ minLength: 1 });
/** As people read it off a pack: with 8, 12 or 13 digits it is filled up. */
export const gtin14 = z
  .string()
  .max(24)
  .transform(gtin14Of)
  .pipe(z.string().refine(isGtin14, { message: 'is no GTIN of 14 digits with a right check digit' }))
  .meta({ minLength: 8, maxLength: 24, example: '09520000000011' });
export const gln = z
  .string()
  .refine(isGln, { message: 'is no GLN of 13 digits with a right check digit' })
  .meta({ minLength: 13, maxLength: 13 });

export const address = z.strictObject({
  commune: text(80),
  province: text(80),
  detail: text(160).nullable().default(null),
});

export const bilingual = z.union([
  text(600, true).transform((vi) => ({ vi, en: null })),
  z.strictObject({ vi: text(600, true), en: text(600, true).nullable().default(null) }),
]);

/** The query parameters of a list. */
export const pageQuery = z.strictObject({
  limit: queryNumber(1, 200).default(50).meta({ description: 'Records a page; 50 where it is left out.' }),
  after: z.string().min(1).max(400).nullable().default(null),
});
