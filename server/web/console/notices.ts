// Notices above a page's content: something is done, needs attention, or is wrong. Each has its own icon, so that
// colour is never the only sign.

import { html, raw, type Html, type Inset } from '../html.ts';
import type { OpenCall } from './console-route.ts';

export type NoticeKind = 'done' | 'warn' | 'fault' | 'info';

const ICONS: Readonly<Record<NoticeKind, Html>> = {
  done: raw(
    '<svg width="28" height="28" viewBox="0 0 28 28" aria-hidden="true">' +
      '<circle cx="14" cy="14" r="13" fill="#17663a"/>' +
      '<path d="m8 15 4 4 8-9" fill="none" stroke="#fff" stroke-width="3"/></svg>',
  ),
  warn: raw(
    '<svg width="28" height="28" viewBox="0 0 28 28" aria-hidden="true">' +
      '<path d="M14 2 27 26H1z" fill="#8a5a00"/><path d="M14 10v8m0 3v3" stroke="#fff" stroke-width="3"/>' +
      '</svg>',
  ),
  fault: raw(
    '<svg width="28" height="28" viewBox="0 0 28 28" aria-hidden="true">' +
      '<path d="M9 1h10l8 8v10l-8 8H9l-8-8V9z" fill="#a3221b"/>' +
      '<path d="m9 9 10 10m0-10L9 19" stroke="#fff" stroke-width="3"/></svg>',
  ),
  info: raw(
    '<svg width="28" height="28" viewBox="0 0 28 28" aria-hidden="true">' +
      '<circle cx="14" cy="14" r="11.5" fill="none" stroke="#5a5f66" stroke-width="3" stroke-dasharray="6' +
      ' 4"/><path d="M14 7v8l5 3" fill="none" stroke="#5a5f66" stroke-width="2.5"/></svg>',
  ),
};

/** Only the icon, before words that say the same. */
export function noticeIcon(kind: NoticeKind): Html {
  return ICONS[kind];
}

/** A fault is an alert for screen readers; all other notices are read when their turn comes. */
export function notice(kind: NoticeKind, title: Inset, text: Inset = null): Html {
  const role = kind === 'fault' ? 'alert' : 'status';
  return html`<div class="note ${kind}" role="${role}">${ICONS[kind]}<div><p><b>${title}</b></p>${
    text !== null && html`<p>${text}</p>`
  }</div></div>`;
}

/** The notice of what was just done: the page's own words for the `done` of its address, or nothing. */
export function doneNotice(call: Pick<OpenCall, 'query'>, texts: Readonly<Record<string, Inset>>): Html | null {
  const done = call.query['done'];
  const text = done === undefined || !Object.hasOwn(texts, done) ? undefined : texts[done];
  return text === undefined ? null : notice(done === 'asked' ? 'info' : 'done', text);
}
