// The audit log, by day and by what a line is about. Oldest first, as the chain runs; it opens with the last seven
// days.

import { readPersonName } from '../../../actions/people/read.ts';
import { listAudit, listAuditQuery } from '../../../actions/audit/list-audit.ts';
import type { AuditEntry } from '../../../domain/audit/audit.ts';
import { addDays, isDay } from '../../../domain/calendar.ts';
import { valueOf } from '../../outcome.ts';
import { html, type Html } from '../../html.ts';
import { auditWordsOf, frameWordsOf, type AuditWords } from '../../words/words.ts';
import type { ConsoleRoute, PageAnswer, PageCall } from '../console-route.ts';
import { dateField, selectField, textField } from '../fields.ts';
import { emptyList, filterPanel, pager, PAGE_ROWS, table, type Column } from '../list.ts';
import { whenText } from '../moments.ts';
import { notice } from '../notices.ts';
import { pageHead } from '../page-head.ts';

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
  const frame = frameWordsOf(language);
  const dayOf = (text: string | undefined): string | null => (text !== undefined && isDay(text) ? text : null);
  const filter = {
    from: dayOf(query['from']) ?? addDays(today, 1 - DAYS_SHOWN),
    to: dayOf(query['to']),
    entity: entityOf(query),
  };
  const asked = listAuditQuery.parse({ ...filter, limit: PAGE_ROWS, after: query['after'] ?? null });
  const found = await listAudit(actor, asked, ctx);
  const isBad = !found.ok && found.problem.code === 'invalid';
  const page = isBad ? { items: [], next: null } : valueOf(found);
  const names = new Map<string, string>();
  const rows: Row[] = [];
  for (const entry of page.items) {
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
  const filters = filterPanel(
    [
      selectField({
        name: 'kind',
        label: own.entity,
        value: query['kind'] ?? '',
        blank: own.anyEntity,
        options: entities,
      }),
      textField({
        name: 'id',
        label: own.idField,
        value: query['id'] ?? '',
        max: 64,
        plain: true,
        placeholder: own.idHint,
      }),
      dateField({ name: 'from', label: own.from, value: filter.from }),
      dateField({ name: 'to', label: own.to, value: filter.to ?? '' }),
    ],
    frame,
  );
  const shown =
    rows.length === 0
      ? emptyList({ path: PATH, query, words: frame, title: own.empty, text: own.emptyText })
      : table({ columns, rows, caption: own.caption });
  const body = html`
    ${pageHead({ title: own.title, lead: own.lead })}
    ${isBad && notice('fault', own.badPeriod)}
    ${filters}
    ${shown}
    ${pager({ path: PATH, query, next: page.next, words: frame })}
  `;
  return { kind: 'page', title: own.title, body };
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
