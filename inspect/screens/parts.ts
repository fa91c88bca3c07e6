// What all screens share: the head, the strip that says whether there is network and what waits, the alarm, warnings,
// and how figures and times are written.

import { html, type Html, type Inset } from '../../server/web/html.ts';
import type { InspectAppWords } from '../../server/web/words/vi/inspect-app.ts';
import type { Desk } from '../desk.ts';
import type { KeptItem } from '../core/round-book.ts';
import { colourOf, icon, listMarkOf } from './marks.ts';

/** What a screen is drawn from. */
export interface View {
  desk: Desk;
  words: InspectAppWords;
  language: 'vi' | 'en';
  warnings: readonly Html[];
  /** A sentence about what was just done or could not be; '' for none. */
  message: string;
}

export function number(value: number, { language }: Pick<View, 'language'>): string {
  return value.toLocaleString(language === 'vi' ? 'vi-VN' : 'en-GB');
}

/** Hour and minute on this phone. */
export function clockText(at: string): string {
  return new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}

export function whenText(at: string): string {
  const date = new Date(at);
  const day = date.toLocaleDateString('en-GB', { day: '2-digit', month: '2-digit', year: 'numeric' });
  return `${day}, ${clockText(at)}`;
}

/** The hour of today; of another day its date too. */
export function shortText(at: string): string {
  return new Date(at).toDateString() === new Date().toDateString() ? clockText(at) : whenText(at);
}

export function dayText(day: string | null): string {
  return day === null ? '–' : day.slice(0, 10).split('-').toReversed().join('/');
}

/** @param tools buttons at the right; two at most */
export function head(title: string, words: InspectAppWords, back: boolean, tools: Inset = null): Html {
  const way = back && html`<button class="tool" data-do="back" aria-label="${words.back}">${icon('back')}</button>`;
  return html`<header>${way}<h1 tabindex="-1">${title}</h1>${tools}</header>${FIXED_PARTS}`;
}

const FIXED_PARTS = html`<div data-part="strip"></div><div data-part="alarm" role="alert"></div>`;

/** Parts that every screen of an open desk has. */
export function fixedParts(view: View): Record<string, Html> {
  return { strip: strip(view), alarm: alarm(view), message: message(view), warnings: html`${view.warnings}` };
}

function message({ message: text }: View): Html {
  return html`${text !== '' && html`<p class="said" role="status">${text}</p>`}`;
}

function strip(view: View): Html {
  const { desk, words } = view;
  const { waiting, isOnline, lastSent } = desk;
  const count = waiting.ops + waiting.photos;
  const sent = count === 0 ? words.strip.allSent : words.strip.waits(number(count, view));
  const { edition } = desk.packs;
  const data = edition === null ? words.strip.noData : words.strip.data(shortText(edition));
  const state = isOnline ? words.strip.online : words.strip.offline;
  const facts = isOnline ? [sent] : [data, sent];
  const refused = waiting.refused > 0 && words.strip.refused(number(waiting.refused, view));
  const locked = lastSent?.kind === 'locked' && words.strip.locked;
  const more = [refused, locked].filter((text) => text !== false);
  return html`<button class="strip ${isOnline ? 'o' : 'a'}" data-do="waiting">${icon(
    isOnline ? 'online' : 'offline',
  )}<span><b>${state}</b> · ${[...facts, ...more].join(' · ')}</span></button>`;
}

/** What the server took back. It stays until a person has seen it. */
function alarm({ desk, words }: View): Html {
  const [item] = desk.alarms;
  if (item === undefined) return html``;
  const text = item.offline?.ours === true ? words.alarm.ours(item.lastFour) : words.alarm.notOurs(item.lastFour);
  const see = html`<button class="b" data-do="see-alarm" data-arg="${item.clientId}">${words.alarm.see}</button>`;
  return html`<div class="alarm"><h2>${words.alarm.heading}</h2><p>${text}</p>${see}</div>`;
}

/** One stamp of a list: icon, verdict, what it is on, last four, time. */
export function itemRow(item: KeptItem, { words }: View): Html {
  const { shown, lastFour, at, finding } = item;
  const found = finding !== null && html` · <b>${words.stamp.findings6[finding]}</b>`;
  const second = item.duplicateOf !== null && html` · ${words.reading.again}`;
  const title = html`<b class="v ${colourOf(shown)}">${words.shown[shown]}</b>`;
  const body = html`<span class="t">${title}<span>${aboutText(item, words)}${found}${second}</span></span>`;
  const end = html`<span class="e"><b class="code">${lastFour}</b><span>${clockText(at)}</span></span>`;
  return html`<li class="${colourOf(shown)}"><button class="row" data-do="stamp" data-arg="${item.clientId}">${listMarkOf(item)}${body}${end}</button></li>`;
}

/** The second line of a stamp: on what it should be, or what is known. */
export function aboutText(
  item: Pick<KeptItem, 'shown' | 'about' | 'serial' | 'batchId' | 'also'>,
  words: InspectAppWords,
): string {
  const { shown, about, serial, batchId, also } = item;
  const more = also.map((key) => words.also[key as keyof InspectAppWords['also']]).filter((text) => text !== undefined);
  const first = (): string => {
    if (shown === 'elsewhere') return words.about.leads(about ?? '');
    if (shown === 'unknown') return words.about.notOurs;
    if (about !== null && serial !== null) return words.about.stamp(about, String(serial));
    if (batchId === null) return '';
    return shown === 'waiting' || serial === null
      ? words.about.noPack(batchId)
      : words.about.batch(batchId, String(serial));
  };
  return [first(), ...more].filter((text) => text !== '').join(' · ');
}

export function field(
  name: string,
  label: string,
  more: { value?: string; hint?: string; type?: string; mode?: string; focus?: boolean; complete?: string } = {},
): Html {
  const { value = '', hint, type = 'text', mode, focus = false, complete = 'off' } = more;
  const keys = mode !== undefined && html` inputmode="${mode}"`;
  const first = focus && html` autofocus`;
  const note = hint !== undefined && html`<small id="h-${name}">${hint}</small>`;
  const by = hint !== undefined && html` aria-describedby="h-${name}"`;
  return html`<label>${label}<input name="${name}" type="${type}" value="${value}" autocomplete="${complete}"${keys}${first}${by}>${note}</label>`;
}

export function button(action: string, text: Inset, more: { arg?: string; filled?: boolean } = {}): Html {
  const { arg, filled = false } = more;
  const given = arg !== undefined && html` data-arg="${arg}"`;
  return html`<button type="button" class="b${filled && ' f'}" data-do="${action}"${given}>${text}</button>`;
}

export function submit(text: string): Html {
  return html`<button class="b f">${text}</button>`;
}
