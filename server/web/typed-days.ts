// Days as people type them, 24/11/2026, in every field of the console that holds a day: the browser's language decides
// neither how they are shown nor how they are read. What goes on to actions is YYYY-MM-DD.

import { dayCell } from '../actions/import/registry-cells.ts';
import { isDay } from '../domain/calendar.ts';
import { dayText } from './format.ts';
import { html, type Html } from './html.ts';

/** Every field whose value is a day, by its name; a field of this name that holds something else keeps its text. */
const DAY_FIELDS: readonly string[] = [
  'asOf',
  'day',
  'dueOn',
  'expiresOn',
  'extendedTo',
  'from',
  'givenOn',
  'gtinAuthorisation.date',
  'heldOn',
  'issuedOn',
  'on',
  'producedOn',
  'revokedOn',
  'stageOn',
  'to',
];

/** A day, its parts marked off by slashes, dashes or dots; a serial or a code is none. */
const LOOKS_LIKE_DAY = /^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}$/;

/** The fields with each typed day as YYYY-MM-DD; what is no day of the calendar stays as it was typed. */
export function withReadDays<Value extends string | readonly string[]>(
  fields: Readonly<Record<string, Value>>,
): Readonly<Record<string, Value>> {
  const read = { ...fields };
  for (const name of DAY_FIELDS) {
    const value = read[name];
    if (value === undefined) continue;
    read[name] = (typeof value === 'string' ? readDay(value) : value.map(readDay)) as Value;
  }
  return read;
}

function readDay(text: string): string {
  const typed = text.trim();
  const day = LOOKS_LIKE_DAY.test(typed) ? (dayCell(typed) ?? typed) : typed;
  return isDay(day) ? day : text;
}

/** A day as its field shows it; what is none, as it was typed. */
function shownDay(value: string): string {
  return isDay(value) ? dayText(value) : value;
}

/** @param day `about`: what else stands in the element */
export function dayInput({
  id,
  name,
  value,
  min,
  max,
  required = false,
  about = null,
}: {
  id: string;
  name: string;
  value: string;
  min?: string;
  max?: string;
  required?: boolean;
  about?: Html | null;
}): Html {
  return html`
    <input class="day" id="${id}" name="${name}" type="text" value="${shownDay(value)}" data-day
      ${min !== undefined && html` data-min="${min}"`}
      ${max !== undefined && html` data-max="${max}"`}
      placeholder="d/m/yyyy" maxlength="20" autocomplete="off" spellcheck="false"
      ${required && html` required`}
      ${about}>
  `;
}
