// The page of a stamp's scratch-off PIN: the form, and the answer to a PIN that was entered.

import type { PinAnswer } from '../../../actions/market/check-pin.ts';
import type { Language } from '../../../domain/language.ts';
import { localMoment } from '../../../scan/local-moment.ts';
import { dayText, phoneMark } from '../../format.ts';
import { html, type Html, type Inset } from '../../html.ts';
import type { Look } from '../../verdict-look.ts';
import { publicWordsOf, reportsWordsOf, type PublicWords } from '../../words/words.ts';
import { banner } from '../banner.ts';
import { publicPage } from '../layout.ts';
import { FORM_ID, formParts, formSummary, type Refusal } from './form-parts.ts';
import { stampLine } from './stamp-line.ts';

/** `none`: stamps of this batch have no PIN; `malformed`: not six digits; `ask`: nothing was entered yet. */
export type ShownPin = PinAnswer | { kind: 'none' } | { kind: 'malformed' } | { kind: 'ask' };

export interface PinSeen {
  timeZone: string;
  language: Language;
  /** As it was entered, if the page is to have it again. */
  typed?: string;
  /** Query of this page, if it can be asked for again. */
  other?: string | null;
  refusal?: Refusal | null;
}

/** @param of code and name of the stamp's goods */
export function pinPage(of: { code: string; name: string }, shown: ShownPin, seen: PinSeen): string {
  const { code, name } = of;
  const { language, typed = '', refusal = null, other = null } = seen;
  const words = publicWordsOf(language);
  const { look, heading, note, again } = told(shown, words, seen.timeZone);
  const faults = shown.kind === 'malformed' ? [{ field: 'pin' as const, text: words.pin.malformed }] : [];
  const summary = formSummary(reportsWordsOf(language).notSent, faults, refusal, phoneMark);
  const isForm = shown.kind === 'ask' || shown.kind === 'malformed';
  const form = again && pinForm(code, typed, faults, language, words);
  const head = isForm
    ? html`<div class="w w4"><h1>${heading}</h1>${summary}`
    : html`${banner(look, heading, note)}<div class="w w4">`;
  const tell = html`<p><a class="k i" href="/t/${code}/complaint?lang=${language}">${words.todo.tell}</a></p>`;
  const back = html`<p><a class="k" href="/t/${code}?lang=${language}">${words.complaint.back}</a></p>`;
  const body = html`${head}${stampLine(code, name)}${isForm && html`<p>${note}</p>`}${form}${
    look === 'suspect' && tell
  }${back}</div>`;
  const faulty = summary === null ? '' : words.complaint.faulty;
  return publicPage({
    language,
    title: `${faulty}${heading} · ${words.brand}`,
    body,
    footer: words.footer.scan,
    form: true,
    other: other !== null ? `${other}&lang=${words.language.otherCode}` : again ? { name: 'switch' } : undefined,
  });
}

function pinForm(
  code: string,
  typed: string,
  faults: readonly { field: 'pin'; text: string }[],
  language: Language,
  words: PublicWords,
): Html {
  const parts = formParts({ pin: typed }, faults);
  const own = words.pin;
  const button = html`<button class="k i">${own.button}</button>`;
  const box = parts.line('pin', { label: own.label }, { max: 12, required: true, digits: true });
  return html`<form id="${FORM_ID}" method="post" action="/t/${code}/pin?lang=${language}">${box}${button}</form>`;
}

interface Told {
  look: Look;
  heading: string;
  note: Inset;
  /** Whether the page has the box to try again. */
  again: boolean;
}

function told(answer: ShownPin, { pin }: PublicWords, timeZone: string): Told {
  const when = (at: string): [string, string] => {
    const { on, time } = localMoment(at, timeZone);
    return [time, dayText(on)];
  };
  switch (answer.kind) {
    case 'ask':
      return { look: 'unknown', heading: pin.heading, note: pin.malformedNote, again: true };
    case 'right':
      return { look: 'valid', heading: pin.right, note: pin.rightFirst, again: false };
    case 'used-before':
      return {
        look: 'suspect',
        heading: pin.usedBefore,
        note: pin.usedBeforeNote(...when(answer.firstUsedAt)),
        again: false,
      };
    case 'wrong':
      return {
        look: 'unknown',
        heading: pin.wrong,
        note: answer.until === undefined ? pin.wrongNote(answer.triesLeft) : pin.lockedNow(...when(answer.until)),
        again: answer.triesLeft > 0,
      };
    case 'locked':
      return { look: 'not-activated', heading: pin.locked, note: pin.lockedNote(...when(answer.until)), again: true };
    case 'none':
      return { look: 'unknown', heading: pin.none, note: pin.noneNote, again: false };
    case 'malformed':
      return { look: 'unknown', heading: pin.heading, note: pin.malformedNote, again: true };
    default:
      return answer satisfies never;
  }
}
