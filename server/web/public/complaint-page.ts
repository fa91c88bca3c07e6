// A consumer's complaint about one stamp: the form, the form again with its faults, and the thanks with its number.

import { COMPLAINT_SUBJECTS } from '../../domain/market/complaint.ts';
import type { Language } from '../../domain/language.ts';
import { numberText, phoneLink } from '../format.ts';
import { html, type Html } from '../html.ts';
import { publicWordsOf } from '../words/words.ts';
import { publicPage } from './layout.ts';
import { banner } from './banner.ts';
import { stampLine } from './stamp-line.ts';

/** Bounds of the form's fields; the action's are no wider. */
export const MESSAGE_SYMBOLS_MAX = 2_000;
export const LINE_SYMBOLS_MAX = 200;

/** As typed; unknown values of `about` choose nothing. */
export interface ComplaintDraft {
  about: string;
  message: string;
  where: string;
  contact: string;
}

export type DraftFault = { field: keyof ComplaintDraft; kind: 'missing' | 'too-long' };

export const EMPTY_DRAFT: ComplaintDraft = { about: '', message: '', where: '', contact: '' };

/**
 * @param of code and name of the stamp's goods
 * @param refused it could not be taken today: whom to call instead
 */
export function complaintPage(
  of: { code: string; name: string },
  draft: ComplaintDraft,
  faults: DraftFault[],
  language: Language,
  refused: { office: string; phone: string | null } | null = null,
): string {
  const words = publicWordsOf(language);
  const own = words.complaint;
  const textOf = ({ field, kind }: DraftFault): string => {
    const max = field === 'message' ? MESSAGE_SYMBOLS_MAX : LINE_SYMBOLS_MAX;
    return kind === 'too-long'
      ? own.tooLong(numberText(max, language))
      : field === 'about'
        ? own.missingAbout
        : own.missingMessage;
  };
  const fault = (field: keyof ComplaintDraft): Html | null => {
    const found = faults.find((one) => one.field === field);
    return found === undefined ? null : html`<p class="er" id="${field}-fault">${textOf(found)}</p>`;
  };
  const links = faults.map((one) => html`<li><a href="#${one.field}">${textOf(one)}</a></li>`);
  const told =
    refused !== null
      ? html`<p>${own.refused(refused.office)}</p>${
          refused.phone !== null && html`<p><a href="${phoneLink(refused.phone)}">${refused.phone}</a></p>`
        }`
      : faults.length > 0
        ? html`<ul>${links}</ul>`
        : null;
  // The browser goes to it when the page opens, and reads it out.
  const summary =
    told === null
      ? null
      : html`<div class="es" role="alert" tabindex="-1" autofocus><b>${own.notSent}</b>${told}</div>`;
  const described = (field: keyof ComplaintDraft): Html | null =>
    faults.some((one) => one.field === field) ? html` aria-invalid="true" aria-describedby="${field}-fault"` : null;
  const choices = COMPLAINT_SUBJECTS.map(
    (about) =>
      html`<label class="ra"><input type="radio" name="about" value="${about}"${
        draft.about === about && html` checked`
      } required>${own.abouts[about]}</label>`,
  );
  const line = (field: 'where' | 'contact', label: string, hint: string | null): Html => {
    const said = hint !== null && html`<p class="h">${hint}</p>`;
    const bound = html`maxlength="${LINE_SYMBOLS_MAX}" autocomplete="off"${described(field)}`;
    const input = html`<input id="${field}" name="${field}" value="${draft[field]}" ${bound}>`;
    return html`<div><label for="${field}">${label}</label>${said}${input}${fault(field)}</div>`;
  };

  const legend = html`<legend>${own.about}</legend>`;
  const about = html`<fieldset id="about" tabindex="-1"${described('about')}>${legend}${choices}${fault('about')}</fieldset>`;
  const bound = html`rows="5" maxlength="${MESSAGE_SYMBOLS_MAX}" required${described('message')}`;
  const area = html`<textarea id="message" name="message" ${bound}>${draft.message}</textarea>`;
  const message = html`<div><label for="message">${own.message}</label>${area}${fault('message')}</div>`;
  const where = line('where', own.where, null);
  const contact = line('contact', own.contact, own.contactHint);
  const send = html`<button class="k i">${own.send}</button>`;
  const form = html`<form method="post" action="/t/${of.code}/complaint?lang=${language}">${[
    about,
    message,
    where,
    contact,
    send,
  ]}</form>`;
  const stamp = stampLine(of.code, of.name);
  const back = html`<p><a href="/t/${of.code}?lang=${language}">${own.back}</a></p>`;
  const body = html`<div class="w w4"><h1>${own.title}</h1>${summary}${stamp}<p>${own.intro}</p>${form}${back}</div>`;
  return publicPage({
    language,
    title: `${summary === null ? '' : own.faulty}${own.title} · ${words.brand}`,
    body,
    footer: words.footer.complaint,
    form: true,
  });
}

export function thanksPage(of: { code: string; office: string; number: string }, language: Language): string {
  const words = publicWordsOf(language);
  const own = words.complaint;
  const back = html`<a class="k" href="/t/${of.code}?lang=${language}">${own.back}</a>`;
  const head = banner('received', own.thanks, own.number(of.number));
  const body = html`${head}<div class="w w4"><p>${own.next(of.office)}</p><p>${back}</p></div>`;
  return publicPage({
    language,
    title: `${own.thanks} · ${words.brand}`,
    body,
    footer: words.footer.complaint,
    form: true,
    other: null,
  });
}
