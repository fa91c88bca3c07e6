// How each verdict looks and what it tells a person to do next, for the pages of a stamp, of a PIN and of a refused
// code. Colour is never the only sign: icons differ in outline, and each one is beside words (words/).

import type { Verdict } from '../domain/stamp/verdict.ts';
import type { PublicWords } from './words/words.ts';

/** `display` and `plaque`: a valid stamp that stands on no goods, never in the green of one that does. */
type StampLook = Verdict | 'display' | 'plaque';
/**
 * `cannot-check`: the store did not answer, so there is no verdict. `received`: what somebody sent has arrived.
 */
export type Look = StampLook | 'cannot-check' | 'received';

/** How a stamp's verdict looks, wherever it is shown. */
export function lookOf({
  verdict,
  display,
  plaque,
}: {
  verdict: Verdict;
  display: boolean;
  plaque: boolean;
}): StampLook {
  if (verdict !== 'valid') return verdict;
  return display ? 'display' : plaque ? 'plaque' : 'valid';
}

export interface VerdictLook {
  /** Class of fill and tint (public/style.ts): green, amber, red, grey, indigo (chàm). */
  colour: 'o' | 'a' | 'r' | 'y' | 'f';
  /** Content of an SVG element of 44 by 44. */
  icon: string;
  /** `no-rating`: neither stars nor certificates nor PIN. `no-goods`: only who received the stamp. */
  shows: 'all' | 'no-rating' | 'no-goods';
  /** Null: there is nothing to do. */
  next: NextStep | null;
}

export interface NextStep {
  heading: 'heading' | 'meaning';
  /** Key of the text in the words; `advice` is the recall's own text. */
  text:
    'advice' | keyof Pick<PublicWords['todo'], 'suspect' | 'expired' | 'void' | 'notActivated' | 'display' | 'plaque'>;
  /** `call-or-tell`: a form to report it, if no telephone number is public. */
  button: 'tell' | 'call' | 'call-or-tell' | null;
}

/** Verdicts in the order of VERDICTS, then what is none. */
export const VERDICT_LOOK: Readonly<Record<Look, VerdictLook>> = {
  unknown: {
    colour: 'y',
    icon: '<path fill="#fff" d="M3 3h38v38H3z"/><path class="x" d="M15 18c0-4 3-7 7-7s7 3 7 6c0 5-7 5-7 11m0 3v5"/>',
    shows: 'no-goods',
    next: null,
  },
  recalled: {
    colour: 'r',
    icon: '<path fill="#fff" d="M14 2h16l12 12v16L30 42H14L2 30V14z"/><path class="x" d="m15 15 14 14m0-14L15 29"/>',
    shows: 'no-rating',
    next: { heading: 'heading', text: 'advice', button: 'call-or-tell' },
  },
  void: {
    colour: 'r',
    icon: '<circle cx="22" cy="22" r="21" fill="#fff"/><path class="x" d="M34 10 10 34"/>',
    shows: 'no-goods',
    next: { heading: 'heading', text: 'void', button: 'call-or-tell' },
  },
  'not-activated': {
    colour: 'y',
    icon:
      '<circle cx="22" cy="22" r="19" fill="none" stroke="#fff" stroke-width="4" stroke-dasharray="9 6"/>' +
      '<path fill="none" stroke="#fff" stroke-width="4" d="M22 12v11l7 4"/>',
    shows: 'no-goods',
    next: { heading: 'heading', text: 'notActivated', button: 'call-or-tell' },
  },
  suspect: {
    colour: 'a',
    icon: '<path fill="#fff" d="M22 2 43 40H1z"/><path class="x" d="M22 15v12m0 4v5"/>',
    shows: 'all',
    next: { heading: 'heading', text: 'suspect', button: 'call-or-tell' },
  },
  expired: {
    colour: 'a',
    icon: '<path fill="#fff" d="M9 2h26v6h-3c0 8-7 10-7 14s7 6 7 14h3v6H9v-6h3c0-8 7-10 7-14S12 16 12 8H9z"/>',
    shows: 'all',
    next: { heading: 'heading', text: 'expired', button: 'call' },
  },
  valid: {
    colour: 'o',
    icon: '<circle cx="22" cy="22" r="21" fill="#fff"/><path class="x" d="m13 23 6 6 12-14"/>',
    shows: 'all',
    next: null,
  },
  display: {
    colour: 'f',
    icon: '<path fill="#fff" d="M2 4h40v28H2z"/><path class="x" d="M9 25 18 14l7 8 4-4 6 7M22 32v10m-9 0h18"/>',
    shows: 'no-rating',
    next: { heading: 'heading', text: 'display', button: 'tell' },
  },
  plaque: {
    colour: 'f',
    icon: '<path fill="#fff" d="M2 16h40v22H2z"/><path fill="none" stroke="#fff" stroke-width="4" d="m8 16 14-13 14 13"/><path class="x" d="M10 24h24M10 31h16"/>',
    shows: 'all',
    next: { heading: 'heading', text: 'plaque', button: null },
  },
  'cannot-check': {
    colour: 'y',
    icon:
      '<circle cx="22" cy="22" r="19" fill="none" stroke="#fff" stroke-width="4"/>' +
      '<path fill="none" stroke="#fff" stroke-width="4" d="M14 16v12m8-12v12m8-12v12"/>',
    shows: 'no-goods',
    next: null,
  },
  received: {
    colour: 'f',
    icon: '<path fill="#fff" d="M2 8h40v28H2z"/><path class="x" d="m4 10 18 15 18-15"/>',
    shows: 'no-goods',
    next: null,
  },
};
