// The search below a select that cannot hold everything (picked.ts). Its box and its button belong to the form of the
// select, so that nothing that was typed elsewhere in the form is lost: a filter is sent by GET with all its fields;
// any other form comes back as it was (forms/show-by-get.ts), with what the search found.

import { numberText } from '../../format.ts';
import { html, type Html } from '../../html.ts';
import { frameWordsOf } from '../../words/words.ts';
import type { PickFinder } from '../picked.ts';

/** The name of the buttons that ask for the page of a form again: with what was found, or in another language. */
export const AGAIN_NAME = 'again-as';
/** Names of search boxes begin so. */
export const SEARCH_PREFIX = 'find-';
/** Behind the name of a search box: the text that its page was drawn for. Another one asks for the page again. */
export const WAS_SUFFIX = '-was';

/** @param formId of the form, where the box lies outside of it */
export function finderBox({ name, text, shown, more, language }: PickFinder, formId?: string): Html {
  const { find: words } = frameWordsOf(language);
  const count = numberText(shown, language);
  const said = shown === 0 ? words.none : more ? words.more(count) : words.found(count);
  const ofForm = formId !== undefined && html` form="${formId}"`;
  return html`
    <div class="find">
      <p class="hint">${said}</p>
      <input type="hidden" name="${name}${WAS_SUFFIX}" value="${text}"${ofForm}>
      <input type="search" id="${name}" name="${name}" value="${text}" maxlength="80"
        aria-label="${words.label}" autocomplete="off"${ofForm}>
      <button class="btn" name="${AGAIN_NAME}" value="found" formnovalidate${ofForm}>${words.submit}</button>
    </div>
  `;
}
