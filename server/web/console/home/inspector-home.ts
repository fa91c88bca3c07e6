// An inspector's home: first the link to the inspection page, then what the office looks at, and the latest findings.

import { listInspections, type FindingShown } from '../../../actions/market/read.ts';
import { officeToday } from '../../../actions/home/read-today.ts';
import { valueOf } from '../../outcome.ts';
import { html, type Html } from '../../html.ts';
import { homeWordsOf, marketWordsOf } from '../../words/words.ts';
import type { PageCall } from '../console-route.ts';
import { findingKindText, findingStampText } from '../market/finding-text.ts';
import { whenText } from '../moments.ts';
import { card, columns, linkButton, section } from '../page-head.ts';
import { FINDINGS } from '../scans/scans-frame.ts';
import { homeHead, type Home } from './home-head.ts';
import { jobList } from './job-row.ts';
import { officeJobs } from './office-home.ts';

const FINDINGS_SHOWN = 8;

export async function inspectorHome(call: PageCall): Promise<Home> {
  const { actor, ctx, language } = call;
  const words = homeWordsOf(language);
  const own = words.inspector;
  const state = valueOf(await officeToday(actor, {}, ctx));
  // Due files and certificates are the office's work.
  const jobs = officeJobs(
    { ...state, lapsing: { soon: 0, within30: 0, reminded: 0, files: 0, late: 0 }, inSeason: { items: [], count: 0 } },
    call,
  );
  const { items } = valueOf(await listInspections(actor, { limit: FINDINGS_SHOWN, after: null }, ctx));
  const start = card(
    own.start,
    html`<p class="hint">${own.startText}</p><p>${linkButton('/inspect', own.go, true)}</p>`,
    true,
  );
  const list = jobs.length > 0 ? jobList(jobs) : html`<p class="muted text">${words.calm}</p>`;
  const body = html`${homeHead(jobs.length, call)}${columns(
    html`${list}${section(own.latest, latest(items, call))}`,
    start,
  )}`;
  return { title: words.title, jobs: jobs.length, body };
}

function latest(items: readonly FindingShown[], call: PageCall): Html {
  const { language } = call;
  const own = homeWordsOf(language).inspector;
  const words = marketWordsOf(language);
  if (items.length === 0) return html`<p class="muted">${own.none}</p>`;
  const rows = items.map(
    ({ at, batchId, serial, finding, place }) =>
      html`<li><div><b>${findingKindText(finding, language)}</b>: ${findingStampText(
        { batchId, serial },
        words.cases.stamp,
        language,
      )}<p class="hint">${whenText(at, call)}${place !== null && html`, ${place}`}</p></div></li>`,
  );
  return html`<ul class="rows">${rows}</ul><p><a href="${FINDINGS}">${own.all}</a></p>`;
}
