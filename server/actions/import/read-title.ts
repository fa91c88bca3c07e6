// What the titles of a list say of every row, where the list has no column for it: "Quyết định số 12/QĐ-UBND ngày
// 15/6/2026", "đợt 2 năm 2026", "chứng nhận OCOP". A page shows each with the text it was read from, and a person may
// take it out. Only what a title says outright is read: the day of a decision is no day of a council.

import type { LeftOutRow, TitleValue } from '../../domain/import/grid.ts';
import type { RegistryKind } from '../../domain/import/registry-import.ts';
import { isDay } from '../../domain/calendar.ts';
import { foldedText } from '../../domain/search-text.ts';
import { dayCell } from './registry-cells.ts';

/** Titles of letterheads are short; longer texts are notes. */
const TITLE_SYMBOLS_MAX = 400;
const ROUND = /\b(?:dot|lan)(?: thu)? (\d{1,2}|[ivx]{1,4})[ ,/-]{1,3}(?:nam )?(\d{4})\b/;
const DECISION = /\bquyet dinh so:? ?([\da-z./-]{1,40})/;
const DAY = /^[ ,(]{0,3}(?:ngay )?(\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2} thang \d{1,2} nam \d{4})/;
const HELD =
  /\b(?:hop|hoi dong|cham diem|danh gia)\b[^\d]{0,40}(\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2} thang \d{1,2} nam \d{4})/;
const ROMAN: Readonly<Record<string, string>> = { i: '1', ii: '2', iii: '3', iv: '4', v: '5', vi: '6' };

/**
 * @param titles the rows above the heads, as they were left out
 * @param kinds of the list; columns of others are not read
 * @param has whether the list has a column for it
 */
export function readTitles(
  titles: readonly LeftOutRow[],
  kinds: readonly RegistryKind[],
  has: (column: string) => boolean,
): TitleValue[] {
  const found = new Map<string, TitleValue>();
  const say = (kind: RegistryKind, column: string, value: string | undefined, text: string): void => {
    if (value === undefined || value === '' || !kinds.includes(kind) || has(column) || found.has(column)) return;
    found.set(column, { column, value, text });
  };
  for (const { text, reason } of titles) {
    if (reason !== 'above') continue;
    const read = foldedText(text.slice(0, TITLE_SYMBOLS_MAX));
    const [, round = '', year = ''] = ROUND.exec(read) ?? [];
    say('evaluations', 'round', year === '' ? undefined : `${year}-${ROMAN[round] ?? Number(round)}`, text);
    const decision = DECISION.exec(read);
    const [whole = '', number] = decision ?? [];
    const [dayText = '', day] = DAY.exec(read.slice((decision?.index ?? 0) + whole.length)) ?? [];
    // The number as it is written, with its accents: QĐ, not QD.
    const written = number === undefined ? undefined : sliceLike(text, number);
    if (written !== undefined && /\d/.test(written)) {
      say('evaluations', 'decision', written, text);
      say('certificates', 'issued_on', dayOf(day), text);
    }
    const [, held] = HELD.exec(read.replace(whole + dayText, '')) ?? [];
    say('evaluations', 'held_on', dayOf(held), text);
    if (/\bocop\b/.test(read)) say('certificates', 'scheme', 'ocop', text);
  }
  return [...found.values()].filter(({ value, column }) => column !== 'round' || !value.endsWith('NaN'));
}

function dayOf(text: string | undefined): string | undefined {
  const day = dayCell(text?.replace(/^(\d{1,2}) thang/, 'ngày $1 tháng'));
  return day !== undefined && isDay(day) ? day : undefined;
}

/** The part of a text that folds to these letters; they are all single ones. */
function sliceLike(text: string, folded: string): string | undefined {
  const parts = text.normalize('NFC').split(/[\s,;()“”"]+/);
  return parts
    .map((part) => part.replace(/[.:]{1,3}$/, ''))
    .find((part) => foldedText(part) === folded.replace(/[.]{1,3}$/, ''));
}
