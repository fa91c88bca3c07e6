// Pages without a verdict: no stamp has the code, the address is malformed, too many wrong codes came, or nothing can
// be checked now. "Compare each letter" comes before anything about where the stamp may come from.

import type { Language } from '../../domain/language.ts';
import { READ_AS_SYMBOLS_MAX } from '../../domain/market/stamp-report.ts';
import type { ProblemCode } from '../../domain/problem.ts';
import { otherCodeOf } from '../../domain/stamp/other-code.ts';
import type { Contact } from '../../scan/answer.ts';
import { html, type Html } from '../html.ts';
import { publicWordsOf, reportsWordsOf, type PublicWords } from '../words/words.ts';
import { codeBox, type TypedCode } from './code-box.ts';
import { phoneLink, unbroken } from '../format.ts';
import { publicPage } from './layout.ts';
import { banner } from './banner.ts';
import { REPORT } from './forms/report-page.ts';
import { steps } from './stamp-verdict.ts';

/** A code that is malformed or not ours. Equal for a forged code and for one that was never issued. */
export function refusedPage(
  refused: TypedCode & { contact: Contact | null },
  host: string,
  language: Language,
): string {
  const words = publicWordsOf(language);
  const malformed = refused.fault !== null;
  const todo = malformed ? words.todo.malformed : words.todo.notOurs(host);
  const under = html`<div class="u"><div class="w"><h2>${words.todo.heading}</h2>${steps(todo)}</div></div>`;
  const fact = malformed ? words.facts.malformed : words.facts.notOurs;
  const head = banner('unknown', words.verdicts.unknown, fact, under);
  const other = malformed ? otherCodeOf(refused.typed, host) : null;
  const box = codeBox({ ...refused, other }, true, language, words);
  const camera = html`<a class="k" href="/?lang=${language}#camera">${words.typed.camera}</a>`;
  const body = html`${head}<div class="w w4">${box}${camera}${foreignSection(refused.typed, language)}${
    refused.contact === null ? elsewhere(language, words) : contactSection(refused.contact, words)
  }</div>`;
  return publicPage({
    language,
    title: `${words.verdicts.unknown} · ${words.brand}`,
    body,
    footer: words.footer.nothing,
    form: true,
    other: { name: 'lang', action: '/check' },
  });
}

/** The way to report the stamp, with what was read of it. */
export function foreignSection(typed: string, language: Language): Html {
  const own = reportsWordsOf(language).report;
  const read = typed.trim().slice(0, READ_AS_SYMBOLS_MAX).toWellFormed();
  const code = read === '' ? '' : `code=${encodeURIComponent(read)}&`;
  const way = html`<a class="k" href="${REPORT}?${code}lang=${language}">${own.title}</a>`;
  return html`<section><h2>${own.foreignHeading}</h2><p>${own.foreign}</p>${way}</section>`;
}

/** With several offices: where their telephones are. */
function elsewhere(language: Language, words: PublicWords): Html {
  const way = html`<a href="${REPORT}?lang=${language}#ask">${reportsWordsOf(language).report.offices}</a>`;
  return html`<section><h2>${words.askDirectly.heading}</h2><p>${way}</p></section>`;
}

function contactSection({ name, phone }: Contact, words: PublicWords): Html {
  return html`<section><h2>${words.askDirectly.heading}</h2><p lang="vi">${name}</p>${
    phone !== null && html`<p><a class="ln" href="${phoneLink(phone)}">${unbroken(phone)}</a></p>`
  }</section>`;
}

/** A digital link that cannot be read; the page has the box for the code. */
export function badLinkPage(language: Language): string {
  const words = publicWordsOf(language);
  return noticePage(
    language,
    'unknown',
    words.faults.badLink,
    words.faults.badLinkNote,
    codeBox({ typed: '', fault: null }, false, language, words),
  );
}

export function cannotCheckPage(language: Language): string {
  const words = publicWordsOf(language);
  const again = html`<p><a class="k i" href="">${words.faults.again}</a></p>`;
  return noticePage(language, 'cannot-check', words.faults.cannotCheck, words.faults.cannotCheckNote, again);
}

/** @param sent it was a form that came too often, and not a wrong code */
export function tooManyPage(language: Language, sent = false): string {
  const { faults } = publicWordsOf(language);
  return noticePage(language, 'cannot-check', faults.tooMany, sent ? faults.tooManyForms : faults.tooManyNote, null);
}

/** A form that could not be read or taken at all. @param address of the form, which a GET opens again */
export function notTakenPage(code: ProblemCode, address: string, language: Language): string {
  const { notSent, refused } = reportsWordsOf(language);
  const note = code === 'too-large' ? refused[code] : code === 'not-allowed' ? refused.otherSite : refused.unreadable;
  const again = html`<p><a class="k i" href="${address}">${refused.again}</a></p>`;
  return noticePage(language, 'cannot-check', notSent, note, again);
}

export function methodPage(language: Language): string {
  const { faults } = publicWordsOf(language);
  return noticePage(language, 'cannot-check', faults.method, faults.methodNote, null);
}

export function notFoundPage(language: Language): string {
  const words = publicWordsOf(language);
  return noticePage(
    language,
    'unknown',
    words.faults.notFound,
    words.faults.notFoundNote,
    codeBox({ typed: '', fault: null }, false, language, words),
  );
}

function noticePage(
  language: Language,
  look: 'unknown' | 'cannot-check',
  heading: string,
  note: string,
  below: Html | null,
): string {
  const words = publicWordsOf(language);
  const body = html`${banner(look, heading, note)}<div class="w w4">${below}</div>`;
  return publicPage({ language, title: `${heading} · ${words.brand}`, body, footer: words.footer.nothing, form: true });
}
