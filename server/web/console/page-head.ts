// A page as a handler's answer, and its parts. Its head is the one h1, a sentence below it, and its buttons at the
// right (below, on a phone).

import { html, type Html, type Inset } from '../html.ts';
import type { PageAnswer } from './console-route.ts';
import { NO_FAULTS, type FormFaults } from './form-faults.ts';

export type Page = Extract<PageAnswer, { kind: 'page' }>;

/** @param faults of the form that it shows: with one, the status is 422 */
export function page(title: string, body: Html, faults: FormFaults = NO_FAULTS): Page {
  return { kind: 'page', title, body, ...(faults.title === null ? {} : { status: 422, faults }) };
}

/** The answer to a form that is to be shown again: its page draws it (forms/held-forms.ts). */
export function formAgain(faults: FormFaults): Page {
  return { kind: 'page', title: '', body: html``, faults, ...(faults.title === null ? {} : { status: 422 }) };
}

export function pageHead({
  title,
  above = null,
  lead = null,
  actions = [],
}: {
  title: Inset;
  above?: Inset;
  lead?: Inset;
  actions?: readonly Inset[];
}): Html {
  return html`<div class="head"><div>${above !== null && html`<p class="hint">${above}</p>`}<h1>${title}</h1>${
    lead !== null && html`<p class="lead">${lead}</p>`
  }</div>${actions.length > 0 && html`<div class="acts">${actions}</div>`}</div>`;
}

/** A link that looks like a button; `filled` for the most important one of the page. */
export function linkButton(href: string, text: Inset, filled = false): Html {
  return html`<a class="btn${filled && ' fill'}" href="${href}">${text}</a>`;
}

/** Ways from a record to what belongs to it. */
export function waysNav(label: string, ways: readonly (readonly [href: string, text: string] | false)[]): Html {
  const links = ways.filter((way) => way !== false).map(([href, text]) => html`<a href="${href}">${text}</a>`);
  return html`<nav class="parts" aria-label="${label}">${links}</nav>`;
}

/** A form's button; `quiet` for a less important one. */
export function button(
  text: Inset,
  look: 'filled' | 'plain' | 'quiet' = 'filled',
  more: { name?: string; value?: string } = {},
): Html {
  const name = more.name !== undefined && html` name="${more.name}" value="${more.value ?? ''}"`;
  return html`<button class="btn${
    look === 'filled' ? ' fill' : look === 'quiet' ? ' quiet' : ''
  }"${name}>${text}</button>`;
}

/** A part of a page with its own heading. */
export function section(title: Inset, body: Inset, id?: string): Html {
  return html`<section${id !== undefined && html` id="${id}"`}><h2>${title}</h2>${body}</section>`;
}

/** A framed part, as in the right column of a page. */
export function card(title: Inset, body: Inset, strong = false): Html {
  return html`<section class="card${strong && ' strong'}"><h2>${title}</h2>${body}</section>`;
}

/** Names and values, one below the other; a null value is shown as a dash. */
export function facts(rows: readonly (readonly [name: Inset, value: Inset])[]): Html {
  return html`<dl class="facts">${rows.map(
    ([name, value]) => html`<div><dt>${name}</dt><dd>${value === null || value === '' ? '–' : value}</dd></div>`,
  )}</dl>`;
}

/** Two columns, the second narrower; one below the other on a phone. */
export function columns(main: Inset, side: Inset): Html {
  return html`<div class="cols"><div>${main}</div><div>${side}</div></div>`;
}
