// The box to type a code. It keeps what was typed, and says which symbol cannot be one and how many are missing; near
// codes are never suggested, for that would help a guesser. What is another kind of code is named for what it is.

import type { OtherCode } from '../../domain/stamp/other-code.ts';
import { CODE_SYMBOLS } from '../../domain/stamp/stamp-code.ts';
import type { Language } from '../../domain/language.ts';
import type { CodeFault } from '../../scan/scan-path.ts';
import { html, type Html } from '../html.ts';
import type { PublicWords } from '../words/words.ts';
import { FORM_ID } from './forms/form-parts.ts';

/** More than this is never shown again. */
const TYPED_SYMBOLS_MAX = 80;
/** What the box takes: an address with a messenger's tail, or a short message that holds one. */
const BOX_SYMBOLS_MAX = 1_000;

export interface TypedCode {
  typed: string;
  /** Null: nothing is wrong with its form. */
  fault: CodeFault | null;
  /** Null, or not given: no other kind of code that we know. */
  other?: OtherCode | null;
}

export function codeBox(
  { typed, fault, other = null }: TypedCode,
  again: boolean,
  language: Language,
  words: PublicWords,
): Html {
  const own = words.typed;
  const kept = shownAgain(typed);
  const faulty = fault !== null && typed !== '';
  const typing = html`value="${kept}" autocomplete="off" autocapitalize="characters" spellcheck="false"`;
  const described = html`aria-describedby="${faulty && 'fault '}hint"${faulty && html` aria-invalid="true"`}`;
  const bound = html`maxlength="${BOX_SYMBOLS_MAX}"`;
  const input = html`<input class="tc" id="code" name="code" ${typing} ${bound} ${described} required>`;
  return html`<form id="${FORM_ID}" action="/check"><label for="code">${again ? own.again : own.label}</label>${input}${
    faulty &&
    html`<div class="er" id="fault">${other === null && marked(kept, fault)}<p>${
      other === null ? faultSentence(fault, words) : otherSentence(other, words)
    }</p></div>`
  }<p class="h" id="hint">${own.hint}</p><button class="k i" name="lang" value="${language}">${
    again ? own.buttonAgain : own.button
  }</button></form>`;
}

/** As much of what was typed as a page gives back. */
function shownAgain(typed: string): string {
  return typed.slice(0, TYPED_SYMBOLS_MAX).toWellFormed();
}

/** What was typed, with the symbol that cannot be one underlined. */
function marked(typed: string, fault: CodeFault): Html | null {
  if (fault.kind !== 'symbol' || fault.at >= typed.length) return null;
  const end = fault.at + fault.symbol.length;
  return html`<code>${typed.slice(0, fault.at)}<u>${typed.slice(fault.at, end)}</u>${typed.slice(end)}</code>`;
}

function otherSentence(other: OtherCode, { typed }: PublicWords): Html {
  switch (other.kind) {
    case 'barcode':
      return typed.barcode;
    case 'phone':
      return typed.phone;
    case 'address':
      return typed.otherAddress(other.host);
    default:
      return other satisfies never;
  }
}

function faultSentence(fault: CodeFault, words: PublicWords): Html {
  switch (fault.kind) {
    case 'symbol':
      return words.typed.symbol(fault.symbol);
    case 'length':
      return fault.symbols < CODE_SYMBOLS
        ? words.typed.missing(CODE_SYMBOLS - fault.symbols)
        : words.typed.excess(fault.symbols - CODE_SYMBOLS);
    case 'encoding':
      return words.typed.unreadable;
    default:
      return fault satisfies never;
  }
}
