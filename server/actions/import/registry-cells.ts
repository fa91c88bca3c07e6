// Cells of a registry file as the fields of an action's input. A cell that cannot be read stays text, so that the
// input's schema reports the fault. An empty cell changes nothing.

import { provinceToday, type Address } from '../../domain/places.ts';
import { foldedText } from '../../domain/search-text.ts';
import { readWholeNumber } from '../../domain/whole-number.ts';

/** A cell's text; undefined if it is empty. */
export function textCell(cell: string | undefined): string | undefined {
  return cell === undefined || cell === '' ? undefined : cell;
}

/**
 * A number with a decimal point or, as Vietnamese spreadsheets write it, a comma; a percent sign behind it is dropped.
 * `1.000` could be a thousand or one: it stays text.
 */
function numberCell(cell: string | undefined): number | string | undefined {
  const text = textCell(cell);
  const bare = text?.replace(/ ?%$/, '');
  return bare !== undefined && /^\d{1,12}(?:[.,]\d{1,6})?$/.test(bare) && !/^[1-9]\d{0,2}[.,]000$/.test(bare)
    ? Number(bare.replace(',', '.'))
    : text;
}

/**
 * A council's average. A spreadsheet shows 69,9967 as 70,00 and keeps the whole of it: what stands beyond two decimals
 * is cut, so that no average comes into a higher band.
 */
export function scoreCell(cell: string | undefined): number | string | undefined {
  const [, kept] = /^(\d{1,3}[.,]\d\d)\d{1,15}$/.exec(cell?.replace(/ ?(?:%|diem|điểm)$/i, '') ?? '') ?? [];
  return numberCell(kept ?? cell);
}

/**
 * A whole number whose thousands may be separated by points or spaces. A comma begins a fraction, which no count has.
 */
export function countCell(cell: string | undefined): number | string | undefined {
  const text = textCell(cell);
  return text === undefined ? undefined : (readWholeNumber(text, false) ?? text);
}

const DAY_FIRST = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:[ T]\d{1,2}[:.h]\d{2}.{0,9})?$/;
const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[ T]\d{1,2}:\d{2}.{0,15})?$/;
const IN_WORDS = /^(?:ngay )?(\d{1,2}) thang (\d{1,2})(?: nam|,)? (\d{4})$/;
/** Stands before a day of a column that writes the month first: such a day is never read. */
export const MONTH_FIRST = 'M/D';
/** Two digits of a year are of this century: the programme began in 2018. */
const CENTURY = '20';

/**
 * A day as people here write it: 24/11/2026, 24-11-26, 24.11.2026, 2026-11-24 with or without a time, "ngày 24 tháng 11
 * năm 2026". Any other text as it stands, also one that names no day of the calendar; the month never stands first.
 */
export function dayCell(cell: string | undefined): string | undefined {
  const text = textCell(cell);
  if (text === undefined) return undefined;
  const local = DAY_FIRST.exec(text);
  if (local !== null) return dayOf(local[4] ?? '', local[3] ?? '', local[1] ?? '');
  const iso = YEAR_FIRST.exec(text);
  if (iso !== null) return dayOf(iso[1] ?? '', iso[3] ?? '', iso[4] ?? '');
  const worded = IN_WORDS.exec(foldedText(text));
  return worded === null ? text : dayOf(worded[3] ?? '', worded[2] ?? '', worded[1] ?? '');
}

function dayOf(year: string, month: string, day: string): string {
  const whole = year.length === 2 ? `${CENTURY}${year}` : year;
  return `${whole}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/**
 * Whether the days of a column are written with the month first: some cannot be read with the day first, and none
 * needs the day first. Then no slashed day of it may be read.
 */
export function isMonthFirst(cells: readonly string[]): boolean {
  let monthFirst = 0;
  for (const cell of cells) {
    const parts = DAY_FIRST.exec(cell);
    if (parts === null) continue;
    if (Number(parts[1]) > 12) return false;
    if (Number(parts[3]) > 12) monthFirst += 1;
  }
  return monthFirst > 0;
}

/** Whether a text is a day whose order of day and month only its column tells. */
export function isSlashedDay(cell: string): boolean {
  return DAY_FIRST.test(cell);
}

/** `Đợt 2/2026`, `đợt 2 năm 2026` and `2/2026` as `2026-2`, the form of our own lists; any other text as it stands. */
export function roundCell(cell: string): string {
  const said = /^(?:dot|lan)? ?(?:thu )?(\d{1,2}) ?(?:[/-]|nam|, nam) ?(\d{4})$/.exec(foldedText(cell));
  return said === null ? cell.normalize('NFC') : `${said[2]}-${Number(said[1])}`;
}

/** No address is longer; a text that is holds something else. */
const ADDRESS_SYMBOLS_MAX = 300;
const COMMUNE = /^(?:x|p|tt|xa|phuong|thi tran|dac khu)[. ]+/;
const DISTRICT = /^(?:huyen|h\.|quan|q\.|thi xa|tx\.|thanh pho|tp\.)[ .]*/;

/**
 * A whole address in one cell, `Thôn 1, xã Mường Sương, tỉnh Phú Thọ`: the last part that is a province, the part
 * before it that names a commune, and what stands before. Null where it does not say both.
 */
export function addressCell(cell: string): Address | null {
  if (cell.length > ADDRESS_SYMBOLS_MAX) return null;
  const parts = cell
    .replaceAll(' – ', ',')
    .replaceAll(' - ', ',')
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const last = parts.at(-1);
  if (last === undefined || parts.length < 2 || provinceToday(last) === null) return null;
  const before = parts.slice(0, -1);
  const named = before.findLastIndex((part) => COMMUNE.test(foldedText(part)));
  const at = named >= 0 ? named : before.findLastIndex((part) => !DISTRICT.test(foldedText(part)));
  const commune = before[at];
  if (commune === undefined) return null;
  const detail = before.filter((_, position) => position !== at).join(', ');
  return { commune: withoutKind(commune), province: withoutKind(last), detail: detail === '' ? null : detail };
}

const KIND_OF_PLACE = /^(?:xã|phường|thị trấn|đặc khu|tỉnh|thành phố|x\.|p\.|tt\.|t\.|tp\.?)[ .]+(?=[^\s\d])/iu;

/** Without `xã`, `phường`, `tỉnh` before a name, which the pages write themselves; `Phường 1` has no other name. */
export function withoutKind(name: string): string {
  return name.replace(KIND_OF_PLACE, '').trim();
}
