// The answer to a scratch-off PIN that was entered.

import { dayIn } from '../../domain/calendar.ts';
import type { PinAnswer as CheckedPin } from '../../actions/market/check-pin.ts';
import type { Language } from '../../domain/language.ts';
import { html, type Inset } from '../html.ts';
import { publicWordsOf, type PublicWords } from '../words/words.ts';
import { dayText } from '../format.ts';
import type { Look } from '../verdict-look.ts';
import { publicPage } from './layout.ts';
import { stampLine } from './stamp-line.ts';
import { banner } from './banner.ts';
import { pinForm } from './stamp-sections.ts';

/** `none`: stamps of this batch have no PIN; `malformed`: not six digits. */
export type PinAnswer = CheckedPin | { kind: 'none' } | { kind: 'malformed' };

/** @param of code and name of the stamp's goods */
export function pinPage(
  of: { code: string; name: string },
  answer: PinAnswer,
  seen: { timeZone: string; language: Language },
): string {
  const { code, name } = of;
  const { language } = seen;
  const words = publicWordsOf(language);
  const { look, heading, note, again } = told(answer, words, seen.timeZone);
  const body = html`${banner(look, heading, note)}<div class="w w4">${stampLine(
    code,
    name,
  )}${again && pinForm(code, language, words)}${
    look === 'suspect' &&
    html`<p><a class="k i" href="/t/${code}/complaint?lang=${language}">${words.todo.tell}</a></p>`
  }<p><a class="k" href="/t/${code}?lang=${language}">${words.complaint.back}</a></p></div>`;
  return publicPage({
    language,
    title: `${heading} · ${words.brand}`,
    body,
    footer: words.footer.scan,
    form: true,
    other: null,
  });
}

interface Told {
  look: Look;
  heading: string;
  note: Inset;
  /** Whether the page has the box to try again. */
  again: boolean;
}

function told(answer: PinAnswer, { pin }: PublicWords, timeZone: string): Told {
  switch (answer.kind) {
    case 'right':
      return { look: 'valid', heading: pin.right, note: pin.rightFirst, again: false };
    case 'used-before': {
      const note = pin.usedBeforeNote(timeIn(timeZone, answer.firstUsedAt), dayOf(timeZone, answer.firstUsedAt));
      return { look: 'suspect', heading: pin.usedBefore, note, again: false };
    }
    case 'wrong':
      return {
        look: 'unknown',
        heading: pin.wrong,
        note:
          answer.until === undefined
            ? pin.wrongNote(answer.triesLeft)
            : pin.lockedNow(timeIn(timeZone, answer.until), dayOf(timeZone, answer.until)),
        again: answer.triesLeft > 0,
      };
    case 'locked':
      return {
        look: 'not-activated',
        heading: pin.locked,
        note: pin.lockedNote(timeIn(timeZone, answer.until), dayOf(timeZone, answer.until)),
        again: true,
      };
    case 'none':
      return { look: 'unknown', heading: pin.none, note: pin.noneNote, again: false };
    case 'malformed':
      return { look: 'unknown', heading: pin.malformed, note: pin.malformedNote, again: true };
    default:
      return answer satisfies never;
  }
}

function dayOf(timeZone: string, at: string): string {
  return dayText(dayIn(timeZone, at));
}

function timeIn(timeZone: string, at: string): string {
  const form = { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return new Intl.DateTimeFormat('en-GB', form).format(new Date(at));
}
