// The audit log, by day and by what a line is about. Oldest first, as the chain runs; it opens with the last seven
// days.

import { readPersonName } from '../../../actions/people/read.ts';
import { listAudit, listAuditQuery } from '../../../actions/audit/list-audit.ts';
import type { AuditEntry } from '../../../domain/audit/audit.ts';
import { addDays, isDay } from '../../../domain/calendar.ts';
import { valueOf } from '../../outcome.ts';
import { html, type Html } from '../../html.ts';
import { auditWordsOf, type AuditWords } from '../../words/words.ts';
import type { ConsoleRoute, PageAnswer, PageCall } from '../console-route.ts';
import { PAGE_ROWS, type Column } from '../list.ts';
import { whenText } from '../moments.ts';
import { notice } from '../notices.ts';
import { formFields } from '../form-fields.ts';
import { listPage } from '../list-page.ts';

const PATH = '/console/audit';
const DAYS_SHOWN = 7;
/** Of a line's values in the list; nobody reads a batch's thousands of intervals. */
const VALUES_SYMBOLS_MAX = 2_000;

export const auditRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: PATH, right: 'read-audit', nav: 'audit', handle: list },
];

interface Row {
  entry: AuditEntry;
  who: string;
}

async function list(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, language, query, today } = call;
  const own = auditWordsOf(language);
  const dayOf = (text: string | undefined): string | null => (text !== undefined && isDay(text) ? text : null);
  const filter = {
    from: dayOf(query['from']) ?? addDays(today, 1 - DAYS_SHOWN),
    to: dayOf(query['to']),
    entity: entityOf(query),
  };
  const asked = listAuditQuery.parse({ ...filter, limit: PAGE_ROWS, after: query['after'] ?? null });
  const outcome = await listAudit(actor, asked, ctx);
  const isBad = !outcome.ok && outcome.problem.code === 'invalid';
  const found = isBad ? { items: [], next: null } : valueOf(outcome);
  const names = new Map<string, string>();
  const rows: Row[] = [];
  for (const entry of found.items) {
    const known = names.get(entry.actor) ?? (await nameOf(entry.actor, own, call));
    names.set(entry.actor, known);
    rows.push({ entry, who: known });
  }
  const columns: Column<Row>[] = [
    { head: own.at, cell: ({ entry }) => html`<span class="b">${whenText(entry.at, call)}</span>`, card: 'plain' },
    { head: own.who, cell: ({ who }) => who, card: 'plain' },
    {
      head: own.what,
      cell: ({ entry }) => html`<b title="${entry.action}">${wordOf(entry.action, own.actions)}</b>`,
      card: 'title',
    },
    { head: own.which, cell: ({ entry }) => whichOf(entry, own), card: 'plain' },
    { head: own.values, cell: ({ entry }) => valuesOf(entry, own), card: 'plain' },
  ];
  const entities = Object.entries(own.entities).map(([value, text]) => ({ value, text }));
  const field = formFields(call, own, { record: { ...query, ...filter } });
  return listPage(call, {
    path: PATH,
    words: own,
    filters: [
      field.select('kind', entities, { label: own.entity, blank: own.anyEntity }),
      field.text('id', { label: own.idField, max: 64, plain: true, placeholder: own.idHint }),
      field.date('from'),
      field.date('to'),
    ],
    columns,
    rows,
    next: found.next,
    above: isBad && notice('fault', own.badPeriod),
  });
}

/** `batch:7K3M9Q`, `batch`, or null. */
function entityOf(query: PageCall['query']): string | null {
  const kind = query['kind'] ?? '';
  const id = (query['id'] ?? '').trim();
  if (!/^[a-z-]{1,40}$/.test(kind)) return null;
  return /^[A-Za-z0-9_.-]{1,64}$/.test(id) ? `${kind}:${id}` : kind;
}

async function nameOf(id: string, words: AuditWords, { actor, ctx }: PageCall): Promise<string> {
  if (id === 'system') return words.system;
  if (id === 'public') return words.public;
  return (await readPersonName(actor, id, ctx)) ?? id;
}

/** A word by its key; the key itself if a later release wrote one that we do not know. */
function wordOf(key: string, words: Readonly<Record<string, string>>): string {
  return Object.hasOwn(words, key) ? (words[key] ?? key) : key;
}

function whichOf({ entity }: AuditEntry, words: AuditWords): Html {
  const at = entity.indexOf(':');
  const kind = entity.slice(0, at);
  return html`${wordOf(kind, words.entities)} <small class="code">${entity.slice(at + 1)}</small>`;
}

function valuesOf({ values, seq }: AuditEntry, words: AuditWords): Html {
  if (values === null) return html`<span class="muted">${words.erased}</span>`;
  const text = JSON.stringify(values, null, 1);
  const shown = `${text.slice(0, VALUES_SYMBOLS_MAX)}${text.length > VALUES_SYMBOLS_MAX ? '…' : ''}`;
  return html`
    <details>
      <summary aria-label="${words.show} ${seq}">${words.show}</summary>
      <pre>${shown}</pre>
    </details>
  `;
}
