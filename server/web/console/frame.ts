// The frame of the pages behind a login: the public pages' look, a table's style, and a button to sign out.

import type { Language } from '../../scan/answer.ts';
import { securityHeaders } from '../../scan/answer-headers.ts';
import { html, raw, type Html } from '../html.ts';
import { BAND, LOGO } from '../public/marks.ts';
import { CSS, FORM_CSS } from '../public/style.ts';
import { consoleWordsOf } from '../words/console.ts';
import { wordsOf } from '../words/words.ts';

/** Rows become cards where the screen is narrow: each cell then says what it is. */
const TABLE_CSS = [
  'table{border-collapse:collapse;width:100%;margin-top:16px}',
  'th,td{text-align:left;vertical-align:top;padding:10px 16px 10px 0;border-bottom:1px solid #d8d4ca;font-size:1rem;overflow-wrap:break-word}',
  'th{color:#4a4e57;font-weight:400}',
  'td a{display:inline-block;padding:0 0 8px}',
  '.t{flex-wrap:wrap}.l{flex:none}.hd{display:flex;gap:20px;align-items:center}.hd form{margin:0}.hd .k{width:auto;min-height:44px;border:0;padding:8px 0;text-decoration:underline}',
  '.w5{padding-top:20px;padding-bottom:8px}.w5 p{margin-top:8px}.w5 p+h1{margin-top:16px}',
  '@media(max-width:760px){thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}',
  'tr{display:block;border:1px solid #7c8089;padding:8px 12px;margin-bottom:12px}td{display:grid;grid-template-columns:120px 1fr;gap:12px;padding:4px 0;border:0}',
  'td:before{content:attr(data-l);color:#4a4e57}}',
].join('');

const STYLE = raw(`<style>${CSS}</style><style>${FORM_CSS}</style><style>${TABLE_CSS}</style>`);

export interface ConsoleFrame {
  language: Language;
  title: string;
  body: Html;
  /** Whether someone is signed in. */
  signedIn: boolean;
}

/** A whole document. */
export function consolePage({ language, title, body, signedIn }: ConsoleFrame): string {
  const words = wordsOf(language);
  const own = consoleWordsOf(language);
  const { otherCode, otherName } = words.language;
  const signOut = signedIn && html`<form method="post" action="/logout?lang=${language}"><button class="k">${own.signOut}</button></form>`;
  return html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${title} · ${words.brand}</title><link rel="icon" href="/icon.svg">${STYLE}</head>
<body><header class="w t"><a class="l" href="/console?lang=${language}">${LOGO}${words.brand}</a><div class="hd"><a href="?lang=${otherCode}" hreflang="${otherCode}" lang="${otherCode}">${otherName}</a>${signOut}</div></header>${BAND}
<main><div class="w w5">${body}</div></main>
<footer><div class="w">${own.footer}</div></footer></body></html>
`.text;
}

/** Headers of every page behind a login. The referrer goes to ourselves: without it browsers send a form as from nowhere. */
export function consoleHeaders(publicOrigin: string): Record<string, string> {
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    Vary: 'Accept-Language, Cookie',
    ...securityHeaders({ publicOrigin, css: [CSS, FORM_CSS, TABLE_CSS] }),
    'Referrer-Policy': 'same-origin',
  };
}
