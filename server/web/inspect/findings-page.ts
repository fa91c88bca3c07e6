// The inspectors' page: the latest findings of the office.

import type { OwnAccount } from '../../actions/read-own-account.ts';
import type { FindingShown } from '../../actions/read-inspection.ts';
import { dayIn } from '../../domain/calendar.ts';
import type { Language } from '../../scan/answer.ts';
import { consolePage } from '../console/frame.ts';
import { html, type Inset } from '../html.ts';
import { momentText, numberText } from '../public/format.ts';
import { consoleWordsOf } from '../words/console.ts';

export interface FindingsView {
  account: OwnAccount;
  findings: FindingShown[];
  next: string | null;
  timeZone: string;
}

export function findingsPage({ account, findings, next, timeZone }: FindingsView, language: Language): string {
  const words = consoleWordsOf(language);
  const own = words.findings;
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const rows = findings.map((finding) => {
    const cells: [string, Inset][] = [
      [own.at, momentText({ on: dayIn(timeZone, finding.at), time: time.format(new Date(finding.at)) })],
      [own.stamp, own.serial(finding.batchId, numberText(finding.serial, language))],
      [own.finding, html`<b>${own.kinds[finding.finding]}</b>`],
      [own.place, finding.place ?? '–'],
      [own.note, finding.note ?? '–'],
    ];
    return html`<tr>${cells.map(([label, value]) => html`<td data-l="${label}"><span>${value}</span></td>`)}</tr>`;
  });
  const heads = [own.at, own.stamp, own.finding, own.place, own.note].map((head) => html`<th scope="col">${head}</th>`);
  const table = html`<table><thead><tr>${heads}</tr></thead><tbody>${rows}</tbody></table>`;
  const body = html`<p>${words.signedInAs(account.name, words.roles[account.role])}${account.office !== null && ` ${account.office}.`}</p><h1>${own.heading}</h1>${
    findings.length === 0 ? html`<p>${own.empty}</p>` : table
  }${next !== null && html`<p><a href="?lang=${language}&amp;after=${encodeURIComponent(next)}">${words.older}</a></p>`}`;
  return consolePage({ language, title: own.title, body, signedIn: true });
}
