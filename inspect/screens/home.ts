// The first screen of an open app: what is under way, what the office gave, what is done, and the two ways beside them.

import { html, type Html } from '../../server/web/html.ts';
import type { KeptRound } from '../core/round-book.ts';
import type { WireRound } from '../core/wire.ts';
import { button, clockText, dayText, fixedParts, head, number, whenText, type View } from './parts.ts';
import { icon } from './marks.ts';
import type { Screen } from './screen.ts';

/** Rounds that are done and still listed; the office has them all. */
const DONE_SHOWN = 20;

export function homeScreen(view: View): Screen {
  const { words } = view;
  const settings = html`<button class="tool" data-do="settings" aria-label="${words.home.settings}">${icon('settings')}</button>`;
  const parts = html`<div data-part="warnings"></div><div data-part="message"></div><div class="p" data-part="list"></div>`;
  return {
    id: `home ${view.language}`,
    title: words.title,
    frame: html`${head(words.home.heading, words, false, settings)}${parts}<div class="foot"><div data-part="foot"></div></div>`,
    parts: { ...fixedParts(view), list: list(view), foot: foot(view) },
  };
}

function list(view: View): Html {
  const { desk, words } = view;
  const open = desk.rounds.filter(({ closedAt }) => closedAt === null);
  const done = desk.rounds.filter(({ closedAt }) => closedAt !== null).slice(0, DONE_SHOWN);
  const none = desk.rounds.length + desk.plans.length === 0;
  return html`${[
    section(
      words.home.open,
      open.map((round) => roundRow(round, view)),
    ),
    section(
      words.home.planned,
      desk.plans.map((plan) => planRow(plan, view)),
    ),
    section(
      words.home.done,
      done.map((round) => roundRow(round, view)),
    ),
    none && html`<p class="muted">${words.home.none}</p>`,
  ]}`;
}

function section(title: string, rows: readonly Html[]): Html {
  return html`${rows.length > 0 && html`<h2>${title}</h2><ul class="list">${rows}</ul>`}`;
}

function roundRow({ clientId, place, openedAt, number: own }: KeptRound, { words }: View): Html {
  const line = own === null ? words.round.numberLater : words.round.number(own);
  const end = html`<span class="e"><span>${clockText(openedAt)}</span><span>${dayText(openedAt)}</span></span>`;
  return html`<li><button class="row" data-do="round" data-arg="${clientId}"><span class="t"><b>${place.name}</b><span>${line}</span></span>${end}</button></li>`;
}

function planRow({ id, place, task, plannedOn, state }: WireRound, { words }: View): Html {
  const name = place?.name ?? task ?? words.home.planned;
  const line = [state === 'open' ? words.home.open : '', task ?? ''].filter((text) => text !== '').join(' · ');
  const end = html`<span class="e"><span>${dayText(plannedOn)}</span></span>`;
  return html`<li><button class="row" data-do="plan" data-arg="${id}"><span class="t"><b>${name}</b><span>${line}</span></span>${end}</button></li>`;
}

function foot({ words }: View): Html {
  return html`${button('packs', words.home.packs)}${button('new-round', words.home.start, { filled: true })}`;
}

/** What waits, what was refused, and a button to send now. */
export function waitingScreen(view: View, refused: readonly Refused[]): Screen {
  const { words } = view;
  return {
    id: `waiting ${view.language}`,
    title: words.waiting.heading,
    frame: html`${head(words.waiting.heading, words, true)}<div class="p"><div data-part="message"></div><div data-part="list"></div></div><div class="foot"><div data-part="foot"></div></div>`,
    parts: {
      ...fixedParts(view),
      list: waitingList(view, refused),
      foot: html`${button('send', words.waiting.sendNow, { filled: true })}`,
    },
  };
}

export interface Refused {
  what: { op: number } | { photo: string };
  kind: keyof View['words']['waiting']['kinds'];
  detail: string;
}

function waitingList(view: View, refused: readonly Refused[]): Html {
  const { desk, words } = view;
  const own = words.waiting;
  const { ops, photos } = desk.waiting;
  const counts = [ops > 0 && own.ops(number(ops, view)), photos > 0 && own.photos(number(photos, view))];
  const said = counts.filter((text) => text !== false);
  const rows = refused.map(
    ({ what, kind, detail }) =>
      html`<li class="plain"><b>${own.kinds[kind]}</b><p>${detail}</p>${button('retry', own.retry, { arg: JSON.stringify(what) })}${button('dismiss', own.dismiss, { arg: JSON.stringify(what) })}</li>`,
  );
  const list = rows.length > 0 && html`<h2>${own.refused}</h2><ul class="list">${rows}</ul>`;
  const signIn = desk.lastSent?.kind === 'locked' && button('sign-in-again', words.signIn.submit);
  return html`<p class="big">${said.length === 0 ? own.none : said.join(' · ')}</p><p>${stateText(view)}</p>${signIn}${list}`;
}

function stateText({ desk, words }: View): string {
  const own = words.waiting;
  if (desk.isSending) return own.sending;
  const kind = desk.lastSent?.kind;
  if (kind === 'no-network') return own.noNetwork;
  if (kind === 'later') return own.later;
  return kind === 'locked' ? own.locked : '';
}

export function settingsScreen(view: View, asksToSignOut: boolean): Screen {
  const { words } = view;
  return {
    id: `settings ${view.language}`,
    title: words.settings.heading,
    frame: html`${head(words.settings.heading, words, true)}<div class="p"><div data-part="warnings"></div><div data-part="message"></div><div data-part="list"></div></div>`,
    parts: { ...fixedParts(view), list: settingsList(view, asksToSignOut) },
  };
}

function settingsList(view: View, asksToSignOut: boolean): Html {
  const { desk, words } = view;
  const own = words.settings;
  const { session, settings, waiting } = desk;
  const state = (on: boolean): string => (on ? own.on : own.off);
  const unsent = waiting.ops + waiting.photos + waiting.refused;
  const end = asksToSignOut
    ? html`<div class="alarm"><p>${own.signOutText}</p>${
        unsent > 0 &&
        html`<p><b>${own.signOutWaits(number(unsent, view))}</b></p>${button('send', own.sendFirst, { filled: true })}`
      }${button('sign-out', unsent > 0 ? own.signOutAnyway : own.signOut)}</div>`
    : button('ask-sign-out', own.signOut);
  return html`<p><b>${session.person.name}</b> · ${session.office?.name ?? ''}</p>
<p class="muted">${own.device(session.device.name)} · ${own.until(whenText(session.expiresAt))}</p>
${button('sun', `${own.sun}: ${state(settings.sun)}`)}${button(
    'sound',
    `${own.sound}: ${state(settings.sound)}`,
  )}${button('language', words.otherLanguage)}${button('lock', own.lock)}${end}`;
}
