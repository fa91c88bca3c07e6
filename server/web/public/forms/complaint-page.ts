// A consumer's complaint about one stamp: the form, and the form again with what was typed and why it was not taken.

import { COMPLAINT_SUBJECTS } from '../../../domain/market/complaint.ts';
import type { Language } from '../../../domain/language.ts';
import { numberText, phoneMark } from '../../format.ts';
import { html } from '../../html.ts';
import { publicWordsOf, reportsWordsOf } from '../../words/words.ts';
import { publicPage } from '../layout.ts';
import { FORM_ID, formParts, formSummary, type Fault, type Refusal } from './form-parts.ts';
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

type Field = keyof ComplaintDraft;

export interface DraftFault {
  field: Field;
  kind: 'missing' | 'too-long' | 'unreadable';
}

export const EMPTY_DRAFT: ComplaintDraft = { about: '', message: '', where: '', contact: '' };

/**
 * @param of code and name of the stamp's goods
 * @param refusal why it could not be taken now, and whom to call instead
 */
export function complaintPage(
  of: { code: string; name: string },
  draft: ComplaintDraft,
  faults: readonly DraftFault[],
  language: Language,
  refusal: Refusal | null = null,
): string {
  const words = publicWordsOf(language);
  const own = words.complaint;
  const told = faults.map((fault): Fault<Field> => ({ field: fault.field, text: faultText(fault, language) }));
  const parts = formParts<Field>(draft, told);
  const summary = formSummary(reportsWordsOf(language).notSent, told, refusal, phoneMark);
  const subjects = COMPLAINT_SUBJECTS.map((about) => [about, own.abouts[about]] as const);
  const fields = [
    parts.radios('about', own.about, subjects),
    parts.area('message', { label: own.message }, { max: MESSAGE_SYMBOLS_MAX, required: true }),
    parts.line('where', { label: own.where }, { max: LINE_SYMBOLS_MAX }),
    parts.line('contact', { label: own.contact, hint: own.contactHint }, { max: LINE_SYMBOLS_MAX }),
    html`<button class="k i">${own.send}</button>`,
  ];
  const action = `/t/${of.code}/complaint?lang=${language}`;
  const form = html`<form id="${FORM_ID}" method="post" action="${action}">${fields}</form>`;
  const back = html`<p><a href="/t/${of.code}?lang=${language}">${own.back}</a></p>`;
  const body = html`<div class="w w4"><h1>${own.title}</h1>${summary}${stampLine(of.code, of.name)}<p>${
    own.intro
  }</p>${form}${back}</div>`;
  return publicPage({
    language,
    title: `${summary === null ? '' : own.faulty}${own.title} · ${words.brand}`,
    body,
    footer: words.footer.complaint,
    form: true,
    other: { name: 'switch' },
  });
}

function faultText({ field, kind }: DraftFault, language: Language): string {
  const own = publicWordsOf(language).complaint;
  const max = field === 'message' ? MESSAGE_SYMBOLS_MAX : LINE_SYMBOLS_MAX;
  if (kind === 'unreadable') return reportsWordsOf(language).report.unreadable;
  if (kind === 'too-long') return own.tooLong(numberText(max, language));
  return field === 'about' ? own.missingAbout : own.missingMessage;
}
