// The history of a record below its page, in words: who changed what from what to what, the newest first. The router
// adds it to the pages named here; whoever may not read the log sees none.

import { listAudit, listAuditQuery } from '../../../actions/audit/list-audit.ts';
import { decide } from '../../../actions/kit/rights.ts';
import { readPersonName } from '../../../actions/people/read.ts';
import type { AuditEntry } from '../../../domain/audit/audit.ts';
import { html, type Html } from '../../html.ts';
import { auditWordsOf } from '../../words/words.ts';
import { idIn, type ConsoleRoute, type PageAnswer, type PageCall } from '../console-route.ts';
import { addressOf } from '../list.ts';
import { whenText } from '../moments.ts';
import { section } from '../page-head.ts';
import { changesIn } from './audit-text.ts';

/** The pages of records, by path, and how the log names their record. */
export const HISTORY_OF: Readonly<Record<string, string>> = {
  '/console/producers/:id': 'producer',
  '/console/products/:id': 'product',
  '/console/certificates/:id': 'certificate',
  '/console/evaluations/:id/edit': 'evaluation',
  '/console/lots/:id': 'lot',
  '/console/batches/:id': 'batch',
  '/console/print-jobs/:id': 'print-job',
  '/console/recalls/:id': 'recall',
  '/console/requests/:id': 'request',
  '/console/complaints/:id': 'complaint',
  '/console/stamp-reports/:id': 'stamp-report',
  '/console/rounds/:id': 'round',
  '/console/users/:id': 'user',
  '/console/offices/:id': 'office',
  '/console/programme/candidates/:id': 'candidate',
};
/** Lines shown; the log has the others. */
const LINES_SHOWN = 12;
const LINES_AT_ONCE = 200;
/** A batch of a large roll may have thousands; its page shows the first of these without the newest. */
const LINES_READ_MAX = 1_000;

export async function withHistory(route: ConsoleRoute, call: PageCall, answer: PageAnswer): Promise<PageAnswer> {
  const kind = HISTORY_OF[route.path];
  if (kind === undefined || route.method !== 'get' || answer.kind !== 'page') return answer;
  if ((answer.status ?? 200) !== 200 || decide(call.actor, 'read-audit', null).kind === 'refused') return answer;
  const history = await historyOf(kind, idIn(call), call);
  return history === null ? answer : { ...answer, body: html`${answer.body}${history}` };
}

async function historyOf(kind: string, id: string, call: PageCall): Promise<Html | null> {
  const { actor, ctx, language } = call;
  const words = auditWordsOf(language);
  const entries = await linesOf(`${kind}:${id}`, call);
  if (entries.length === 0) return null;
  const rows: Html[] = [];
  for (const entry of entries.toReversed().slice(0, LINES_SHOWN)) {
    const who =
      entry.actor === 'system'
        ? words.system
        : entry.actor === 'public'
          ? words.public
          : ((await readPersonName(actor, entry.actor, ctx)) ?? words.somebody);
    const changes = (await changesIn(entry, call)).map(
      ({ name, from, to }) => html`<li>${name}: ${from === null ? to : words.was(from, to)}</li>`,
    );
    const what = words.actions[entry.action] ?? words.more;
    const head = html`${whenText(entry.at, call)} · <b>${who}</b> · ${what}`;
    const body = html`<ul class="changes">${changes}</ul>`;
    rows.push(html`<li>${changes.length > 0 ? html`<details><summary>${head}</summary>${body}</details>` : head}</li>`);
  }
  const first = entries[0]?.at.slice(0, 10) ?? call.today;
  const all = addressOf('/console/audit', { kind, id, from: first });
  const link = entries.length > LINES_SHOWN && html`<p><a href="${all}">${words.allHistory}</a></p>`;
  return section(words.history, html`<ul class="history">${rows}</ul>${link}`, 'history');
}

/** Oldest first. */
async function linesOf(entity: string, { actor, ctx }: PageCall): Promise<AuditEntry[]> {
  const lines: AuditEntry[] = [];
  let after: string | null = null;
  do {
    const found: Awaited<ReturnType<typeof listAudit>> = await listAudit(
      actor,
      listAuditQuery.parse({ entity, limit: LINES_AT_ONCE, after }),
      ctx,
    );
    // An id in the address that no record can have.
    if (!found.ok) return [];
    lines.push(...found.value.items);
    after = found.value.next;
  } while (after !== null && lines.length < LINES_READ_MAX);
  return lines;
}
