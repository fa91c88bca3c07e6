// The frame of every public page: head, header with the language link, woven band, footer. No script unless a page asks
// for one of our own files, no cookie, and nothing is fetched except our own pictures.

import type { Language } from '../../domain/language.ts';
import { html, raw, type Html } from '../html.ts';
import { SITE_MARK, SITE_PROGRAM } from '../site-pages.ts';
import { publicWordsOf, type PublicWords } from '../words/words.ts';
import { FORM_ID } from './forms/form-parts.ts';
import { BAND_LINE } from './marks.ts';
import { BOX_CSS, CSS, FORM_CSS } from './style.ts';

export interface PageFrame {
  language: Language;
  title: string;
  /** Between band and footer. */
  body: Html;
  footer: string;
  /**
   * Address of the same page in the other language; null: it has none. A `FormSwitch`: a button sends the page's form
   * again, so that what was typed is there in the other language too, with and without script.
   */
  other?: string | FormSwitch | null | undefined;
  /** Whether it holds a form, or one box to type in. */
  form?: boolean | 'box';
  /** One of our own script files, and the words that it shows. */
  script?: string;
  scriptWords?: Readonly<Record<string, string>>;
  /** What a messenger draws of a link to it. */
  preview?: Preview;
  /** The front page: it names what makes it an app on a phone. */
  front?: boolean;
}

export interface FormSwitch {
  /** The field that holds the language. */
  name: 'switch' | 'lang';
  /** Where the form goes for that; not given: where it always goes. */
  action?: string;
  /** Send fields alone, without files. */
  plainFields?: boolean;
}

/**
 * Neutral: a messenger keeps a preview for weeks, so it never says what holds of a stamp, only that the page does.
 */
export interface Preview {
  title: string;
  /** `https://host[:port]`: pictures of previews need whole addresses. */
  origin: string;
}

/** At the head of every page. Whether robots may list it is said by its header (exchange.ts, answer-headers.ts). */
export const DOCUMENT_META = raw(
  '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">',
);
export const ICON = raw('<link rel="icon" href="/icon.svg">');
const MANIFEST = raw('<link rel="manifest" href="/manifest.webmanifest">');
const STYLE = raw(`<style>${CSS}</style>`);
const BOX_STYLE = raw(`<style>${BOX_CSS}</style>`);
const FORM_STYLE = raw(`<style>${BOX_CSS}</style><style>${FORM_CSS}</style>`);

function previewMeta({ title, origin }: Preview): Html {
  const picture = html`<meta property="og:image" content="${origin}/preview.png">`;
  return html`<meta property="og:title" content="${title}">${picture}`;
}

/** A whole document. */
export function publicPage({
  language,
  title,
  body,
  footer,
  other,
  form,
  script,
  scriptWords = {},
  preview,
  front,
}: PageFrame): string {
  const words = publicWordsOf(language);
  const { otherCode, otherName } = words.language;
  const link =
    other === null
      ? null
      : typeof other === 'object'
        ? switchButton(other, language, words)
        : html`<a href="${other ?? `?lang=${otherCode}`}" hreflang="${otherCode}" lang="${otherCode}">${otherName}</a>`;
  const said = Object.entries(scriptWords).map(([name, word]) => html` data-${raw(name)}="${word}"`);
  const code = script !== undefined && html`<script src="${script}"${said} defer></script>`;
  const head = [
    DOCUMENT_META,
    html`<title>${title}</title>${ICON}`,
    front === true && MANIFEST,
    preview !== undefined && previewMeta(preview),
    STYLE,
    form === 'box' ? BOX_STYLE : form === true && FORM_STYLE,
    code,
  ];
  return html`<!doctype html>
<html lang="${language}"><head>${head}</head>
<body><header class="w t"><a class="l" href="/?lang=${language}" aria-label="${words.home}">${SITE_MARK}${
    words.brand
  }</a>${link}</header>${BAND_LINE}
<main>${body}</main>
<footer><div class="w">${footer}${SITE_PROGRAM}</div></footer></body></html>
`.text;
}

/**
 * The first button of a form is the one that Enter presses, so an unseen one like the form's own comes before the one
 * that changes the language.
 */
function switchButton({ name, action, plainFields }: FormSwitch, language: Language, words: PublicWords): Html {
  const { otherCode, otherName } = words.language;
  const own = name === 'lang' && html` name="lang" value="${language}"`;
  const first = html`<button class="dv" form="${FORM_ID}" tabindex="-1" aria-hidden="true"${own}></button>`;
  const where = html`${action !== undefined && html` formaction="${action}"`}${
    plainFields === true && html` formenctype="application/x-www-form-urlencoded"`
  }`;
  const says = html`name="${name}" value="${otherCode}" lang="${otherCode}"`;
  return html`${first}<button class="ls" form="${FORM_ID}" formnovalidate${where} ${says}>${otherName}</button>`;
}
