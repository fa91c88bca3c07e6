// The frame of every public page: head, header with the language link, woven band, footer. No script unless a page asks
// for one of our own files, no cookie, and nothing is fetched except our own pictures.

import type { Language } from '../../domain/language.ts';
import { html, raw, type Html } from '../html.ts';
import { publicWordsOf } from '../words/words.ts';
import { BAND_LINE, LOGO } from './marks.ts';
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
  /** One of our own script files, and the words that it shows. */
  script?: string;
  scriptWords?: Readonly<Record<string, string>>;
  /** What a messenger draws of a link to it. */
  preview?: Preview;
  /** The front page: it names what makes it an app on a phone. */
  front?: boolean;
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
<body><header class="w t"><a class="l" href="/?lang=${language}" aria-label="${words.home}">${LOGO}${
    words.brand
  }</a>${link}</header>${BAND_LINE}
<main>${body}</main>
<footer><div class="w">${footer}</div></footer></body></html>
`.text;
}
