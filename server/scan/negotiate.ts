// What form and language a request accepts (RFC 9110 §12.5). No header, `*/*`, or nothing we can give: HTML, in Vietnamese.
// A buyer's phone must get the page whatever it sends, so there is no 406.

import { BoundedMap } from '../kit/bounded-map.ts';
import type { Language } from '../domain/language.ts';

export type AnswerForm = 'html' | 'json';

interface Preference {
  value: string;
  quality: number;
}

/** Longer headers are read no further; preferences beyond this count are not looked at. */
const HEADER_SYMBOLS_MAX = 1_024;
const PREFERENCES_MAX = 32;

/** A header's answer is remembered: phones send few different ones. */
const REMEMBERED_MAX = 256;
const forms = new BoundedMap<string, AnswerForm>(REMEMBERED_MAX);
const languages = new BoundedMap<string, Language>(REMEMBERED_MAX);

/** HTML or JSON by the Accept header. */
export function formOf(accept: string | undefined): AnswerForm {
  if (accept === undefined || accept === '*/*') return 'html';
  return forms.getOrMake(accept, () => chooseForm(accept));
}

/** The language by the Accept-Language header; Vietnamese unless English is preferred to it. */
export function languageOf(acceptLanguage: string | undefined): Language {
  if (acceptLanguage === undefined) return 'vi';
  return languages.getOrMake(acceptLanguage, () => chooseLanguage(acceptLanguage));
}

function chooseForm(accept: string): AnswerForm {
  const preferences = preferencesOf(accept);
  const html = bestFor(preferences, ['text/html', 'application/xhtml+xml'], 'text/*');
  const json = bestFor(preferences, ['application/json'], 'application/*');
  if (json.quality === 0 || json.quality < html.quality) return 'html';
  if (json.quality > html.quality) return 'json';
  // Equal wishes: the one named more exactly, then the one named first.
  if (json.exactness !== html.exactness) return json.exactness > html.exactness ? 'json' : 'html';
  return json.place < html.place ? 'json' : 'html';
}

interface Match {
  quality: number;
  exactness: number;
  place: number;
}

/** The most exact range that covers one of the types decides its quality (RFC 9110 §12.5.1). */
function bestFor(preferences: Preference[], types: string[], family: string): Match {
  let best: Match = { quality: 0, exactness: 0, place: Infinity };
  for (const [place, { value, quality }] of preferences.entries()) {
    const exactness = types.includes(value) ? 3 : value === family ? 2 : value === '*/*' ? 1 : 0;
    if (exactness > best.exactness) best = { quality, exactness, place };
  }
  return best;
}

function chooseLanguage(acceptLanguage: string): Language {
  let vietnamese: number | null = null;
  let english: number | null = null;
  let others = 0;
  for (const { value, quality } of preferencesOf(acceptLanguage)) {
    const primary = value.split('-')[0];
    if (primary === 'vi') vietnamese = Math.max(vietnamese ?? 0, quality);
    else if (primary === 'en') english = Math.max(english ?? 0, quality);
    else if (value === '*') others = quality;
  }
  return (english ?? 0) > (vietnamese ?? others) ? 'en' : 'vi';
}

function preferencesOf(header: string): Preference[] {
  const preferences: Preference[] = [];
  for (const entry of header.slice(0, HEADER_SYMBOLS_MAX).split(',', PREFERENCES_MAX)) {
    const [range, ...parameters] = entry.split(';');
    const value = (range ?? '').trim().toLowerCase();
    if (value !== '') preferences.push({ value, quality: qualityOf(parameters) });
  }
  return preferences;
}

function qualityOf(parameters: string[]): number {
  for (const parameter of parameters) {
    const weight = /^\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*$/i.exec(parameter);
    if (weight !== null) return Math.min(1, Number(weight[1]));
    // A weight that is none counts as the least wish: the range was named, but not soundly.
    if (/^\s*q\s*=/i.test(parameter)) return 0;
  }
  return 1;
}
