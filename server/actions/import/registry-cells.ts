// Cells of a registry file as the fields of an action's input. A cell that cannot be read stays text, so that the
// input's schema reports the fault. An empty cell changes nothing.

import { readWholeNumber } from '../../domain/whole-number.ts';

/** A cell's text; undefined if it is empty. */
export function textCell(cell: string | undefined): string | undefined {
  return cell === undefined || cell === '' ? undefined : cell;
}

/** A number with a decimal point or, as Vietnamese spreadsheets write it, a comma. */
export function numberCell(cell: string | undefined): number | string | undefined {
  const text = textCell(cell);
  return text !== undefined && /^\d{1,12}(?:[.,]\d{1,6})?$/.test(text) ? Number(text.replace(',', '.')) : text;
}

/**
 * A whole number whose thousands may be separated by points or spaces. A comma begins a fraction, which no count has.
 */
export function countCell(cell: string | undefined): number | string | undefined {
  const text = textCell(cell);
  return text === undefined ? undefined : (readWholeNumber(text, false) ?? text);
}

/** A day as `2026-11-24` or, as people here write it, `24/11/2026`. */
export function dayCell(cell: string | undefined): string | undefined {
  const text = textCell(cell);
  const local = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text ?? '');
  if (local === null) return text;
  const [, day = '', month = '', year = ''] = local;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
