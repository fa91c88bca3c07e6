// The search box in the frame of every page (home/find-page.ts answers it). It is sent by POST, because what is typed
// may be a stamp's code, which no address may hold.

import { TYPED_MAX } from '../../../domain/search-words.ts';
import { html, type Html } from '../../html.ts';
import type { FrameWords } from '../../words/words.ts';

export const FIND = '/console/find';

export function findBox({ anything: words }: FrameWords): Html {
  const [near, none] = [`${FIND}/near`, words.noneShort];
  return html`
    <form class="anything" method="post" action="${FIND}" role="search">
      <label for="anything">${words.label}</label>
      <input type="search" id="anything" name="q" maxlength="${TYPED_MAX}" placeholder="${words.placeholder}"
        autocomplete="off" spellcheck="false" autocapitalize="none" data-near="${near}" data-none="${none}">
      <button class="btn">${words.submit}</button>
    </form>
  `;
}
