// Days, numbers and places as the public pages write them: 24/11/2026, 1.204 (1,204 in English), no break inside a
// place's name.

import type { Day } from '../domain/entity.ts';
import type { Address } from '../domain/places.ts';
import type { Language } from '../domain/language.ts';
import type { LocalMoment } from '../scan/local-moment.ts';
import { html, type Html } from './html.ts';

export function dayText(day: Day): string {
  return `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`;
}

export function momentText(moment: LocalMoment): string {
  return moment.time === null ? dayText(moment.on) : `${dayText(moment.on)}, ${moment.time}`;
}

export function numberText(value: number, language: Language): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, language === 'vi' ? '.' : ',');
}

/** "Khu 5, Cao Phong, Phú Thọ". */
export function addressText({ detail, commune, province }: Address): string {
  const place = `${unbroken(commune)}, ${unbroken(province)}`;
  return detail === null || detail === '' ? place : `${detail}, ${place}`;
}

/** Longer numbers may break, because they would overflow a narrow screen. */
const NUMBER_SYMBOLS_MAX = 22;

/** A lot's or certificate's number, kept on one line if it fits. */
export function numberMark(number: string): Html {
  return number.length <= NUMBER_SYMBOLS_MAX ? html`<span class="b">${number}</span>` : html`${number}`;
}

/** `tel:` with digits alone. */
export function phoneLink(phone: string): string {
  return `tel:${phone.replace(/[^\d+]/g, '')}`;
}

/** A telephone number that a tap calls, never broken over two lines. */
export function phoneMark(phone: string): Html {
  return html`<a href="${phoneLink(phone)}">${unbroken(phone)}</a>`;
}

/** With no-break spaces: a telephone number, a commune. */
export function unbroken(text: string): string {
  return text.replaceAll(' ', '\u{A0}');
}

/** Cut at a word if one ends in the second half, with an ellipsis. */
export function shortened(text: string, max: number): string {
  if (text.length <= max) return text;
  const cut = text.slice(0, max).toWellFormed();
  const space = cut.lastIndexOf(' ');
  return `${space < max / 2 ? cut : cut.slice(0, space)}…`;
}
