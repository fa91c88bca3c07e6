// The frame of the pages behind a login: header with the person and where they work, woven band, navigation at the left
// (behind a button on a phone), and the page. It needs no script: the button opens a browser popover.

import type { OwnAccount } from '../../actions/people/read.ts';
import type { Id } from '../../domain/entity.ts';
import type { Language } from '../../domain/language.ts';
import { securityHeaders } from '../../scan/answer-headers.ts';
import { html, raw, type Html, type Inset } from '../html.ts';
import { DOCUMENT_META, ICON } from '../public/layout.ts';
import { BAND } from '../public/marks.ts';
import { SITE_MARK, SITE_PROGRAM } from '../site-pages.ts';
import { frameWordsOf, publicWordsOf, type FrameWords } from '../words/words.ts';
import { CONSOLE_CSS, CONSOLE_JS } from './assets.ts';
import { findBox } from './search/find-box.ts';
import { AGAIN_NAME } from './search/finder-box.ts';
import { NAV_GROUPS, type NavGroup, type NavKey } from './navigation.ts';

export interface NavItem {
  key: NavKey;
  path: string;
  group: NavGroup;
  /** How many things wait there; 0 shows nothing. */
  count: number;
}

export interface ConsoleFrame {
  language: Language;
  title: string;
  body: Html;
  /** Null: nobody is signed in, and there is no navigation. */
  account: OwnAccount | null;
  /** The account's id; null: nobody is signed in. */
  who: Id | null;
  /** Whether the page says that something failed. */
  isFailure: boolean;
  navigation: readonly NavItem[];
  current: NavKey | null;
  /** Address of this page in the other language. */
  otherAddress: string;
  refreshSeconds: number | null;
}

/** A whole document. */
export function consolePage(frame: ConsoleFrame): string {
  const { language, title, body, account, refreshSeconds } = frame;
  const words = frameWordsOf(language);
  const { brand } = publicWordsOf(language);
  const main = html`<main id="main" tabindex="-1">${body}</main>`;
  const refresh =
    refreshSeconds !== null && html`<noscript><meta http-equiv="refresh" content="${refreshSeconds}"></noscript>`;
  const head = [
    DOCUMENT_META,
    raw('<meta name="robots" content="noindex">'),
    html`<title>${title} · ${brand}</title>${ICON}`,
    html`<link rel="stylesheet" href="${CONSOLE_CSS}"><script src="${CONSOLE_JS}" defer></script>`,
    refresh,
  ];
  return html`<!doctype html>
<html lang="${language}"><head>${head}</head>
<body${bodyMarks(frame, words)}><a class="skip" href="#main">${
    words.skip
  }</a><header class="top"><a class="brand" href="/console">${SITE_MARK}${brand}</a>${
    account === null
      ? languageLink(frame)
      : html`${findBox(words)}${whoBlock(frame, account, words)}${menuButton(words)}`
  }</header>${BAND}
${account === null ? main : html`<div class="shell">${sideBlock(frame, account, words)}${main}</div>`}
<footer>${words.footer}${SITE_PROGRAM}</footer></body></html>
`.text;
}

/** For the copies of what is typed (public/console-drafts.js): whose they are, and whether this page is a failure. */
function bodyMarks({ account, who, isFailure }: ConsoleFrame, { form }: FrameWords): Html {
  if (account === null || who === null) return html` class="open"`;
  const words = html` data-draft-text="${form.draftText}" data-draft-drop="${form.draftDrop}"`;
  return html` data-who="${who}"${words}${isFailure && html` data-failed`}`;
}

function menuButton({ contents }: FrameWords): Html {
  return html`<button class="btn quiet menu" type="button" popovertarget="contents">${contents}</button>`;
}

function selfBlock(frame: ConsoleFrame, words: FrameWords): Html {
  return html`<div class="self">${languageLink(frame)}${signOut(words)}</div>`;
}

function whoBlock(frame: ConsoleFrame, account: OwnAccount, words: FrameWords): Html {
  return html`<div class="who">${whoLines(account, words)}${selfBlock(frame, words)}</div>`;
}

function whoLines({ name, role, office, producer }: OwnAccount, words: FrameWords): Html {
  const place = producer ?? office ?? (role === 'admin' ? words.allOffices : null);
  return html`<p><b>${place ?? name}</b><br><a href="/console/account">${name}</a> · ${words.roles[role]}</p>`;
}

function sideBlock(frame: ConsoleFrame, account: OwnAccount, words: FrameWords): Html {
  const item = ({ key, path, count }: NavItem): Html =>
    html`<li><a href="${path}"${key === frame.current && html` aria-current="page"`}><span>${words.nav[key]}</span>${
      count > 0 && html`<b class="n">${count > 99 ? '99+' : count}</b>`
    }</a></li>`;
  const list = (group: NavGroup): Inset => {
    const some = frame.navigation.filter((one) => one.group === group);
    const head = html`<p class="group-of" id="nav-${group}">${words.navGroups[group]}</p>`;
    return some.length > 0 && html`${head}<ul aria-labelledby="nav-${group}">${some.map(item)}</ul>`;
  };
  const way = html`popovertarget="contents" popovertargetaction="hide"`;
  const close = html`<button class="btn quiet" type="button" ${way}>${words.closeContents}</button>`;
  const here = html`<div class="here">${whoLines(account, words)}${selfBlock(frame, words)}</div>`;
  const lists = NAV_GROUPS.map(list);
  return html`<nav class="side" id="contents" popover aria-label="${words.contents}">${[
    html`<p class="close">${close}</p>`,
    lists,
    here,
  ]}</nav>`;
}

function signOut(words: FrameWords): Html {
  return html`<form method="post" action="/logout"><button class="link">${words.signOut}</button></form>`;
}

/** On a page with a form it is a button of the form, so that what was typed goes with it. */
function languageLink({ language, otherAddress, body }: ConsoleFrame): Html {
  const { otherCode, otherName } = publicWordsOf(language).language;
  const formId = firstFormId(body.text);
  if (formId === null)
    return html`<a href="${otherAddress}" hreflang="${otherCode}" lang="${otherCode}">${otherName}</a>`;
  const ofForm = html`form="${formId}" formenctype="application/x-www-form-urlencoded" formnovalidate`;
  // Enter presses a form's first button, which must not be this one.
  return html`<button form="${formId}" hidden></button><button class="link" ${ofForm} name="${AGAIN_NAME}"
    value="${otherCode}" lang="${otherCode}">${otherName}</button>`;
}

const FORM_STARTS = ['<form class="form" method="post"', '<form class="print" method="post"'] as const;

/** The id of the page's first form with fields; null: it has none. */
function firstFormId(body: string): string | null {
  const starts = FORM_STARTS.map((start) => body.indexOf(start)).filter((at) => at >= 0);
  if (starts.length === 0) return null;
  const at = Math.min(...starts);
  const head = body.slice(at, body.indexOf('>', at));
  const id = head.indexOf(' id="');
  return id < 0 ? null : head.slice(id + 5, head.indexOf('"', id + 5));
}

/** Our own style, script, typeface and pictures, forms to ourselves, and nothing else. */
const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join(';');

/**
 * Headers of every page behind a login. The referrer is sent to ourselves, because without it browsers send a form
 * without an origin.
 * @param readsSymbols whether the page runs the reader of QR codes, which is WebAssembly
 */
export function consoleHeaders(publicOrigin: string, readsSymbols = false): Record<string, string> {
  return {
    ...securityHeaders({ publicOrigin, css: [] }),
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': `${POLICY};script-src 'self'${readsSymbols ? " 'wasm-unsafe-eval'" : ''}`,
    'Cache-Control': 'no-store',
    Vary: 'Accept-Language, Cookie',
    'Referrer-Policy': 'same-origin',
  };
}
