// The form for a stamp that is not ours: what was read from it, what stands on it, on what and where it was seen, with
// photographs; and whom to ask who is not the seller.

import type { Language } from '../../../domain/language.ts';
import { READ_AS_SYMBOLS_MAX } from '../../../domain/market/stamp-report.ts';
import { PROVINCES } from '../../../domain/places.ts';
import { numberText, phoneMark } from '../../format.ts';
import { html, type Html } from '../../html.ts';
import { publicWordsOf, reportsWordsOf } from '../../words/words.ts';
import { publicPage } from '../layout.ts';
import { FORM_ID, formParts, formSummary, type Fault, type Refusal } from './form-parts.ts';

export const REPORT = '/report';

/** The form's fields in their order, with the most symbols of each. */
export const REPORT_FIELDS = {
  readAs: READ_AS_SYMBOLS_MAX,
  says: 500,
  goods: 200,
  province: 80,
  place: 200,
  stampPhoto: 0,
  packPhoto: 0,
  message: 2_000,
  contact: 200,
} as const;

export type ReportField = keyof typeof REPORT_FIELDS;
export type ReportDraft = Readonly<Record<ReportField, string>>;

export interface ReportFault {
  field: ReportField;
  kind: 'missing' | 'too-long' | 'unreadable' | 'province' | 'ours';
}

export interface ReportAsks {
  language: Language;
  faults?: readonly ReportFault[];
  refusal?: Refusal | null;
  /** The page of the stamp, if the code that was typed is one of ours. */
  ownStamp?: string | null;
  /** The offices that may be asked. */
  offices: readonly { name: string; phone: string | null }[];
}

export function reportPage(draft: ReportDraft, asked: ReportAsks): string {
  const { language, faults = [], refusal = null, ownStamp = null, offices } = asked;
  const words = publicWordsOf(language);
  const { report: own, notSent } = reportsWordsOf(language);
  const told = faults.map((fault): Fault<ReportField> => ({
    field: fault.field,
    text: faultText(fault, language),
    ...(['too-long', 'unreadable'].includes(fault.kind) && { label: labelOf(fault.field, language) }),
  }));
  const parts = formParts<ReportField>(draft, told);
  const summary = formSummary(notSent, told, refusal, phoneMark);
  const line = (field: 'readAs' | 'goods' | 'place' | 'contact', label: string, hint: string | null = null): Html =>
    parts.line(field, { label, hint }, { max: REPORT_FIELDS[field], required: field === 'goods' });
  const picture = (field: 'stampPhoto' | 'packPhoto', label: string): Html =>
    parts.picture(field, { label, hint: draft[field] === '' ? own.photoHint : own.photoAgain });
  const fields = [
    line('readAs', own.readAs, own.readAsHint),
    ownStamp !== null && html`<p class="er">${own.ours(ownStamp)}</p>`,
    parts.area('says', { label: own.says, hint: own.saysHint }, { max: REPORT_FIELDS.says }),
    line('goods', own.goods),
    parts.select(
      'province',
      { label: own.province, hint: own.provinceHint },
      { blank: own.provinceBlank, options: PROVINCES },
    ),
    line('place', own.place),
    picture('stampPhoto', own.stampPhoto),
    picture('packPhoto', own.packPhoto),
    parts.area('message', { label: own.message }, { max: REPORT_FIELDS.message }),
    line('contact', words.complaint.contact, words.complaint.contactHint),
    html`<button class="k i">${own.send}</button>`,
  ];
  const action = html`method="post" enctype="multipart/form-data" action="${REPORT}?lang=${language}"`;
  const form = html`<form id="${FORM_ID}" ${action}>${fields}</form>`;
  const body = html`<div class="w w4"><h1>${own.title}</h1>${summary}<p>${own.intro}</p>${form}${askSection(
    offices,
    language,
  )}<p><a href="/?lang=${language}">${own.front}</a></p></div>`;
  return publicPage({
    language,
    title: `${summary === null ? '' : words.complaint.faulty}${own.title} · ${words.brand}`,
    body,
    footer: words.footer.complaint,
    form: true,
    // Photographs are not sent for a change of language.
    other: { name: 'switch', plainFields: true },
  });
}

function askSection(offices: ReportAsks['offices'], language: Language): Html {
  const own = reportsWordsOf(language).report;
  const vi = language === 'en' && html` lang="vi"`;
  const items = offices.map(
    ({ name, phone }) => html`<li><span${vi}>${name}</span>${phone !== null && html`: ${phoneMark(phone)}`}</li>`,
  );
  return html`<section id="ask"><h2>${own.askHeading}</h2><p>${own.ask}</p>${
    items.length > 0 && html`<ul class="tl">${items}</ul>`
  }</section>`;
}

/** A field's label without what stands in brackets. */
function labelOf(field: ReportField, language: Language): string {
  const own = reportsWordsOf(language).report;
  const label = field === 'contact' ? publicWordsOf(language).complaint.contact : own[field];
  return label.replace(/ \([^)]{0,40}\)$/, '');
}

function faultText({ field, kind }: ReportFault, language: Language): string {
  const own = reportsWordsOf(language).report;
  switch (kind) {
    case 'missing':
      return own.missingGoods;
    case 'too-long':
      return own.tooLong(numberText(REPORT_FIELDS[field], language));
    case 'province':
      return own.wrongProvince;
    case 'ours':
      return own.oursFault;
    case 'unreadable':
      return own.unreadable;
    default:
      return kind satisfies never;
  }
}
