// The frame of every public page: head, header with the language link, woven band, footer. No script unless a page asks
// for one of our own files, no cookie, and nothing is fetched except our own pictures.

import type { Language } from '../../domain/language.ts';
import { html, raw, type Html } from '../html.ts';
import { publicWordsOf } from '../words/words.ts';
import { BAND, LOGO } from './marks.ts';
import { BOX_CSS, CSS, FORM_CSS } from './style.ts';

export interface PageFrame {
  language: Language;
  title: string;
  /** Between band and footer. */
  body: Html;
  footer: string;
  /** Address of the same page in the other language; null: it has none (the answer to a form). */
  other?: string | null;
  /** Whether it holds a form, or one box to type in. */
  form?: boolean | 'box';
  /** One of our own script files. */
  script?: string;
}

/** At the head of every page. */
export const DOCUMENT_META = raw(
  '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">' +
    '<meta name="robots" content="noindex">',
);
export const ICON = raw('<link rel="icon" href="/icon.svg">');
const STYLE = raw(`<style>${CSS}</style>`);
const BOX_STYLE = raw(`<style>${BOX_CSS}</style>`);
const FORM_STYLE = raw(`<style>${BOX_CSS}</style><style>${FORM_CSS}</style>`);

/** A whole document. */
export function publicPage({ language, title, body, footer, other, form, script }: PageFrame): string {
  const words = publicWordsOf(language);
  const { otherCode, otherName } = words.language;
  const link =
    other === null
      ? null
      : html`<a href="${other ?? `?lang=${otherCode}`}" hreflang="${otherCode}" lang="${otherCode}">${otherName}</a>`;
  const code = script !== undefined && html`<script src="${script}" defer></script>`;
  const head = [
    DOCUMENT_META,
    html`<title>${title}</title>${ICON}`,
    STYLE,
    form === 'box' ? BOX_STYLE : form === true && FORM_STYLE,
    code,
  ];
  return html`<!doctype html>
<html lang="${language}"><head>${head}</head>
<body><header class="w t"><a class="l" href="/?lang=${language}" aria-label="${words.home}">${LOGO}${
    words.brand
  }</a>${link}</header>${BAND}
<main>${body}</main>
<footer><div class="w">${footer}</div></footer></body></html>
`.text;
}
