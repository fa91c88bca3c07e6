// Decimal numbers, such as millimetres, as pages write them.

import type { Language } from '../../../domain/language.ts';

/** 38,1 in Vietnamese, 38.1 in English, at most two decimals, with a true minus. */
export function decimalText(value: number, language: Language): string {
  const text = String(Math.round(value * 100) / 100).replace('-', '−');
  return language === 'vi' ? text.replace('.', ',') : text;
}
