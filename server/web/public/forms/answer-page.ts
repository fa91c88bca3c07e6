// What a sender reads of a complaint or report: number, state, the office's reply and telephone; and the form by which
// photographs of a stamp that is not ours are added.

import type { SenderAnswer } from '../../../actions/market/read-answer.ts';
import type { Language } from '../../../domain/language.ts';
import { localMoment } from '../../../scan/local-moment.ts';
import { momentText, numberText, phoneMark } from '../../format.ts';
import { html, type Html, type Inset } from '../../html.ts';
import { publicWordsOf, reportsWordsOf, type ReportsWords } from '../../words/words.ts';
import { banner } from '../banner.ts';
import { publicPage } from '../layout.ts';
import { formParts } from './form-parts.ts';

export const ANSWERS = '/phan-anh';

/** Why photographs that were sent are not all there. */
export type PhotoProblem = keyof ReportsWords['answer']['photoProblems'];

const PHOTO_PROBLEMS = ['unread', 'later', 'full', 'none'] as const satisfies readonly PhotoProblem[];

export function isPhotoProblem(text: string | undefined): text is PhotoProblem {
  return PHOTO_PROBLEMS.some((one) => one === text);
}

interface Seen {
  key: string;
  /** It was sent just now. */
  sent: boolean;
  problem: PhotoProblem | null;
  timeZone: string;
  language: Language;
}

export function answerPage(answer: SenderAnswer, { key, sent, problem, timeZone, language }: Seen): string {
  const words = publicWordsOf(language);
  const own = reportsWordsOf(language).answer;
  const { number, office } = answer;
  const state = own.states[answer.state];
  const heading = sent ? own.received : own.title(number);
  const note = html`${own.number}${words.colon}<b class="b">${number}</b>. ${state}.`;
  const moment = (at: string): string => momentText(localMoment(at, timeZone));
  const vi = language === 'en' && html` lang="vi"`;
  const row = (term: string, value: Inset): Html => html`<dt>${term}</dt><dd>${value}</dd>`;
  const rows = [
    row(own.state, html`<b>${state}</b>`),
    row(own.reply, answer.reply === null ? own.noReply : html`<span${vi} class="pl">${answer.reply}</span>`),
    row(own.office, office === null ? own.programme : html`<span${vi}>${office.name}</span>`),
    office !== null && office.phone !== null && row(own.phone, phoneMark(office.phone)),
    row(own.sentAt, moment(answer.sentAt)),
    answer.changedAt !== answer.sentAt && row(own.changedAt, moment(answer.changedAt)),
    row(own.about, html`<span class="pl">${answer.about}</span>`),
  ];
  const summary =
    problem === null ? null : html`<div class="es" role="alert"><p>${own.photoProblems[problem]}</p></div>`;
  const photos = answer.photos > 0 && html`<p>${own.photos(numberText(answer.photos, language))}</p>`;
  const body = html`${banner('received', heading, note)}<div class="w w4">${summary}<p>${own.keep}</p><p>${
    own.keepGoods
  }</p><section><dl>${rows}</dl>${photos}</section>${photoForm(answer, key, language)}</div>`;
  return publicPage({
    language,
    title: `${heading} · ${number} · ${words.brand}`,
    body,
    footer: words.footer.complaint,
    form: true,
    other: `${ANSWERS}/${number}?key=${encodeURIComponent(key)}&lang=${words.language.otherCode}`,
  });
}

function photoForm({ number, photosLeft }: SenderAnswer, key: string, language: Language): Html | null {
  if (photosLeft === null || photosLeft.stamp + photosLeft.pack === 0) return null;
  const { answer: own, report } = reportsWordsOf(language);
  const parts = formParts({ stampPhoto: '', packPhoto: '' }, []);
  const hint = report.photoHint;
  const fields = [
    photosLeft.stamp > 0 && parts.picture('stampPhoto', { label: report.stampPhoto, hint }),
    photosLeft.pack > 0 && parts.picture('packPhoto', { label: report.packPhoto, hint }),
    html`<button class="k">${own.add}</button>`,
  ];
  const action = `${ANSWERS}/${number}?key=${encodeURIComponent(key)}&lang=${language}`;
  const form = html`<form method="post" enctype="multipart/form-data" action="${action}">${fields}</form>`;
  return html`<section><h2>${own.addPhotos}</h2>${form}</section>`;
}

export function answerNotFoundPage(language: Language): string {
  const words = publicWordsOf(language);
  const { answer: own, report } = reportsWordsOf(language);
  const front = html`<p><a class="k" href="/?lang=${language}">${report.front}</a></p>`;
  const body = html`${banner('unknown', own.notFound, own.notFoundNote)}<div class="w w4">${front}</div>`;
  return publicPage({
    language,
    title: `${own.notFound} · ${words.brand}`,
    body,
    footer: words.footer.nothing,
    form: true,
  });
}
