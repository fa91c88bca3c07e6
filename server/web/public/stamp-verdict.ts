// The head of a stamp's page: the verdict with one sentence of fact, then what to do, on its tint, with at most one
// button.

import type { Language } from '../../domain/language.ts';
import type { StampTexts } from '../../scan/answer.ts';
import type { PublicView } from '../../scan/public-view.ts';
import { html, raw, type Html, type Inset } from '../html.ts';
import type { PublicWords } from '../words/words.ts';
import { dayText, phoneLink, unbroken } from '../format.ts';
import { lookOf, VERDICT_LOOK, type Look } from '../verdict-look.ts';
import { banner } from './banner.ts';

/** How the stamp's page looks. */
export function stampLook({ answer: { verdict, display }, page: { plaque } }: PublicView): Look {
  return lookOf({ verdict, display, plaque });
}

export function verdictHeading(view: PublicView, words: PublicWords): string {
  const { verdict, display } = view.answer;
  if (verdict === 'recalled') return words.verdicts.recalled[view.page.recall?.scope ?? 'lot'];
  if (verdict !== 'valid') return words.verdicts[verdict];
  return display ? words.verdicts.display : view.page.plaque ? words.verdicts.plaque : words.verdicts.valid;
}

export function verdictHead(view: PublicView, language: Language, words: PublicWords, texts: StampTexts): Html {
  const { verdict, display } = view.answer;
  const todo = whatToDo(view, words, texts, language);
  const notes = [
    display && verdict !== 'valid' && words.verdicts.display,
    ...view.answer.also.map((other) => words.also[other]),
  ];
  const besides = notes.filter((note) => note !== false && note !== '');
  const also = besides.length > 0 && html`<p><b>${words.also.heading}${words.colon}</b>${besides.join(' ')}</p>`;
  const under = (todo !== null || besides.length > 0) && html`<div class="u"><div class="w">${todo}${also}</div></div>`;
  return banner(stampLook(view), verdictHeading(view, words), fact(view, language, words), under);
}

/** "thùng 5 kg Cam lòng vàng Mường Thàng"; in English "Cam lòng vàng Mường Thàng, 5 kg box" */
function goodsOf({ product, producer }: PublicView['answer'], language: Language): Inset {
  const name = product?.name ?? producer.name;
  const unit = product?.unit ?? null;
  if (language === 'vi') return unit === null ? name : `${unit} ${name}`;
  const unitEn = product?.unitEn ?? null;
  return unitEn === null
    ? html`<span lang="vi">${unit === null ? name : `${unit} ${name}`}</span>`
    : html`<span lang="vi">${name}</span>, ${unitEn}`;
}

function fact(view: PublicView, language: Language, words: PublicWords): Inset {
  const { answer, page } = view;
  const { facts } = words;
  switch (answer.verdict) {
    case 'valid':
      if (answer.display) return facts.display(goodsOf(answer, language));
      return page.plaque
        ? facts.plaque(
            html`<span${language === 'vi' ? null : VIETNAMESE}>${answer.product?.name ?? answer.producer.name}</span>`,
          )
        : facts.valid(goodsOf(answer, language));
    case 'suspect':
      return suspicionFact(view, words);
    case 'expired':
      return facts.expired(dayText(answer.lot?.expiresOn ?? page.today), Math.abs(page.daysLeft ?? 0));
    case 'recalled':
      return html`<b>${facts.recalled[useOf(answer)]}</b> <span${foreign(view, language)}>${
        answer.recall?.reason ?? null
      }</span>`;
    case 'void':
      return facts.void(words.voidReasons[page.voided?.reason ?? 'other'], dayText(page.voided?.on ?? page.today));
    case 'not-activated':
      return facts.notActivated(answer.producer.name);
    default:
      return answer.verdict satisfies never;
  }
}

/** Only what a rival cannot fake reaches this page (domain/stamp/suspect.ts). */
function suspicionFact({ page }: PublicView, { facts }: PublicWords): Html {
  const { suspicion } = page;
  return suspicion === 'strangers-after-pin' || suspicion === 'many-visitors' || suspicion === 'found-copied'
    ? facts.suspect[suspicion]
    : facts.suspect['far-apart'];
}

function useOf({ product }: PublicView['answer']): 'eat' | 'drink' | 'use' {
  if (product?.group === 'food') return 'eat';
  return product?.group === 'drink' ? 'drink' : 'use';
}

function whatToDo(view: PublicView, words: PublicWords, texts: StampTexts, language: Language): Html | null {
  const { next } = VERDICT_LOOK[stampLook(view)];
  if (next === null) return null;
  const { todo } = words;
  const text =
    next.text === 'advice'
      ? html`<div${foreign(view, language)}>${advice(view.answer.recall?.advice ?? '')}</div>`
      : textOrSteps(todo[next.text], view, words);
  const tell = html`<a class="k" href="/t/${raw(texts.plain)}/complaint?lang=${language}">${todo.tell}</a>`;
  const call = callButton(view, words);
  const buttons = { tell, call, 'call-or-tell': call ?? tell };
  const places = view.answer.verdict === 'suspect' && html`<p>${raw(texts.places)}</p>`;
  return html`<h2>${todo[next.heading]}</h2>${places}${text}${next.button !== null && buttons[next.button]}`;
}

/** Steps name whom the button calls, and nobody where no telephone is public. */
function textOrSteps(text: PublicWords['todo'][StepText], view: PublicView, words: PublicWords): Html {
  if (typeof text === 'string') return html`<p>${text}</p>`;
  const { producer, office } = view.answer;
  const whom = producer.phone !== null ? 'maker' : office.phone !== null ? 'office' : null;
  return steps(text({ whom, maker: words.producer.maker[isTourism(view) ? 'tourism' : 'goods'] }));
}

type StepText = Exclude<NonNullable<(typeof VERDICT_LOOK)[Look]['next']>['text'], 'advice'>;

/** Who offers a place or a tour makes nothing. */
export function isTourism({ answer }: PublicView): boolean {
  return answer.product?.group === 'tourism';
}

/** Advice of several lines becomes a list of steps; typed numbers and dashes are replaced by the list's own. */
function advice(text: string): Html {
  const lines = text
    .split('\n')
    .map((line) => line.replace(/^\s*(?:\d+[.)]|[-–•*])\s+/, '').trim())
    .filter((line) => line !== '');
  return lines.length > 1 ? steps(lines) : html`<p>${lines[0] ?? null}</p>`;
}

export function steps(lines: readonly (string | Html)[]): Html {
  return html`<ol>${lines.map((line) => html`<li>${line}</li>`)}</ol>`;
}

/** The producer if its telephone is public, else the office. */
function callButton(view: PublicView, words: PublicWords): Html | null {
  const { producer, office } = view.answer;
  const { call } = words;
  const whom = producer.kind === 'household' && isTourism(view) ? call.provider : call[producer.kind];
  if (producer.phone !== null) return callLink(whom, producer.phone, words);
  if (office.phone !== null) return callLink(words.call.office, office.phone, words);
  return null;
}

function foreign(view: PublicView, language: Language): Html | null {
  return language === 'en' && !view.page.recallInLanguage ? VIETNAMESE : null;
}

const VIETNAMESE = raw(' lang="vi"');

function callLink(whom: string, phone: string, { colon }: PublicWords): Html {
  return html`<a class="k" href="${phoneLink(phone)}">${whom}${colon}${unbroken(phone)}</a>`;
}
