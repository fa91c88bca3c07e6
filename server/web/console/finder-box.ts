// The search below a select that cannot hold everything (picked.ts). It is a form of its own, sent by GET. Forms cannot
// be nested, so its fields name an empty form that the frame draws.

import { numberText } from '../format.ts';
import { html, type Html } from '../html.ts';
import { frameWordsOf } from '../words/words.ts';
import type { PickFinder } from './picked.ts';

const FIND_FORM = 'find';

export function finderBox({ name, text, path, kept, shown, more, language }: PickFinder): Html {
  const { find: words } = frameWordsOf(language);
  const count = numberText(shown, language);
  const said = shown === 0 ? words.none : more ? words.more(count) : words.found(count);
  const hidden = Object.entries(kept)
    .filter(([, value]) => value !== '')
    .map(([key, value]) => html`<input type="hidden" form="${FIND_FORM}" name="${key}" value="${value}">`);
  const send = html`form="${FIND_FORM}" formaction="${path}"`;
  return html`
    <div class="find">
      <p class="hint">${said}</p>
      <input type="search" id="${name}" form="${FIND_FORM}" name="${name}" value="${text}" maxlength="80"
        aria-label="${words.label}" autocomplete="off">
      <button class="btn" ${send}>${words.submit}</button>
      ${hidden}
    </div>
  `;
}

/** The form that search boxes of the page belong to; null: there are none. */
export function findForm(body: Html): Html | null {
  return body.text.includes(` form="${FIND_FORM}"`) ? html`<form id="${FIND_FORM}" method="get"></form>` : null;
}
