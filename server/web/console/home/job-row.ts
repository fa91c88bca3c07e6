// One task of today: icon, what, why, and one button; all buttons have one width.

import { html, raw, type Html, type Inset } from '../../html.ts';
import { noticeIcon } from '../notices.ts';
import { linkButton } from '../page-head.ts';

export interface Job {
  icon: 'warn' | 'info' | 'done' | 'fault' | 'calendar';
  what: Inset;
  why: Inset;
  href: string;
  button: string;
}

const CALENDAR = raw(
  '<svg width="28" height="28" viewBox="0 0 28 28" fill="none" stroke="#22406b" stroke-width="2.5" ' +
    'aria-hidden="true"><path d="M2.5 5.5h23v20h-23zM2.5 12h23M8.5 2v6m11-6v6"/></svg>',
);

export function jobList(jobs: readonly Job[]): Html {
  return html`<ul class="jobs">${jobs.map(jobRow)}</ul>`;
}

function jobRow({ icon, what, why, href, button }: Job): Html {
  return html`<li>${
    icon === 'calendar' ? CALENDAR : noticeIcon(icon)
  }<div><p><b>${what}</b></p><p class="muted">${why}</p></div>${linkButton(href, button)}</li>`;
}
