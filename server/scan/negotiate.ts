// The form and language of an answer, by the request's Accept headers (RFC 9110 §12.5). A buyer's phone must get the
// page whatever it sends, so there is no 406: the last resort is HTML in Vietnamese.

import Negotiator from 'negotiator';
import { LANGUAGES, type Language } from '../domain/language.ts';
import { BoundedMap } from '../kit/bounded-map.ts';

/** `ld`: the goods as JSON-LD (product-ld.ts). */
export type AnswerForm = 'html' | 'json' | 'ld';

/** The types that we send. HTML comes first, so that it wins if both are equally welcome. */
const HTML = 'text/html; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';
const LD_TYPE = 'application/ld+json; charset=utf-8';

/** How much of a header is read: the client controls it, and 1,000 commas would take a millisecond. */
const HEADER_SYMBOLS_MAX = 1_024;
const PREFERENCES_MAX = 32;
/** Answers remembered by header. Phones send few different headers, and negotiator takes about 10 µs for one. */
const HEADERS_KEPT_MAX = 256;
const forms = new BoundedMap<string, AnswerForm>(HEADERS_KEPT_MAX);
const languages = new BoundedMap<string, Language>(HEADERS_KEPT_MAX);
const zips = new BoundedMap<string, boolean>(HEADERS_KEPT_MAX);

/** HTML, JSON or JSON-LD by the Accept header. */
export function formOf(accept: string | undefined): AnswerForm {
  if (accept === undefined || accept === '*/*') return 'html';
  const head = headOf(accept);
  return forms.getOrMake(head, () => {
    const best = new Negotiator({ headers: { accept: preferencesOf(head) } });
    const type = best.mediaType([HTML, JSON_TYPE, LD_TYPE]);
    return type === JSON_TYPE ? 'json' : type === LD_TYPE ? 'ld' : 'html';
  });
}

/** Whether gzip is welcome, by the Accept-Encoding header; without one the client gets plain bytes. */
export function takesGzip(acceptEncoding: string | undefined): boolean {
  if (acceptEncoding === undefined) return false;
  const head = headOf(acceptEncoding);
  return zips.getOrMake(head, () => {
    const best = new Negotiator({ headers: { 'accept-encoding': preferencesOf(head) } });
    return best.encoding(['gzip', 'identity']) === 'gzip';
  });
}

/** The language by the Accept-Language header; Vietnamese if it names no language of ours. */
export function languageOf(acceptLanguage: string | undefined): Language {
  if (acceptLanguage === undefined) return 'vi';
  const head = headOf(acceptLanguage);
  return languages.getOrMake(head, () => {
    const best = new Negotiator({ headers: { 'accept-language': preferencesOf(head) } });
    return best.language(LANGUAGES) === 'en' ? 'en' : 'vi';
  });
}

/**
 * The language of a problem's sentences: Vietnamese where the header prefers it to English. Programs that name no
 * language read English, as before there was another.
 */
export function problemLanguageOf(acceptLanguage: string | undefined): Language {
  if (acceptLanguage === undefined) return 'en';
  const best = new Negotiator({ headers: { 'accept-language': preferencesOf(headOf(acceptLanguage)) } });
  return best.language(['en', 'vi']) === 'vi' ? 'vi' : 'en';
}

function headOf(header: string): string {
  return header.length > HEADER_SYMBOLS_MAX ? header.slice(0, HEADER_SYMBOLS_MAX) : header;
}

function preferencesOf(head: string): string {
  return head.split(',', PREFERENCES_MAX).join(',');
}
