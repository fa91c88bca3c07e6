// A whole number as people here type it: 30000, 30.000, 30 000 and, in English, 30,000.

import { sent, type SentForm } from '../console-route.ts';

const PLAIN = /^\d{1,12}$/;
const IN_THOUSANDS = /^\d{1,3}(?:[., \u{A0}]\d{3}){1,3}$/u;

/** Null where it is empty; what reads as no whole number stays text, so that the input's shape says what is wrong. */
export function sentCount(form: SentForm, name: string): number | string | null {
  const value = sent(form, name);
  if (value === '') return null;
  if (PLAIN.test(value)) return Number(value);
  return IN_THOUSANDS.test(value) ? Number(value.replaceAll(/\D/g, '')) : value;
}
