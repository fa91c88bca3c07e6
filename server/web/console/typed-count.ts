// A whole number as people here type it: 30000, 30.000, 30 000 and, in English, 30,000. The pages themselves write
// 30.000.

import { sent, type SentForm } from './console-route.ts';

const PLAIN = /^\d{1,12}$/;
const IN_THOUSANDS = /^\d{1,3}(?:[., \u{A0}]\d{3}){1,3}$/u;

/** Null for an empty text. Text that is no whole number stays text, so that the input's shape reports the fault. */
export function typedCount(text: string): number | string | null {
  if (text === '') return null;
  if (PLAIN.test(text)) return Number(text);
  return IN_THOUSANDS.test(text) ? Number(text.replaceAll(/\D/g, '')) : text;
}

/** Of a form's field. */
export function sentCount(form: SentForm, name: string): number | string | null {
  return typedCount(sent(form, name));
}
