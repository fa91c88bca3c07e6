// The audit log in words, the newest first: by day, person, what a line is about, and text. It opens with the last
// seven days.

import { setImmediate as turn } from 'node:timers/promises';
import { readPersonName } from '../../../actions/people/read.ts';
import { listAudit, listAuditQuery } from '../../../actions/audit/list-audit.ts';
import type { AuditEntry } from '../../../domain/audit/audit.ts';
import { addDays, isDay } from '../../../domain/calendar.ts';
import { valueOf } from '../../outcome.ts';
import type { Page, PageRequest } from '../../../store/store.ts';
import { foldedText, holdsWords } from '../../../domain/search-text.ts';
import { numberText } from '../../format.ts';
import { html, type Html } from '../../html.ts';
import { auditWordsOf, type AuditWords } from '../../words/words.ts';
import type { ConsoleRoute, PageCall } from '../console-route.ts';
import { insetText, type Column } from '../list.ts';
import { whenText } from '../moments.ts';
import { notice } from '../notices.ts';
import { formFields } from '../form-fields.ts';
import { listRoutes, type ListView } from '../list-page.ts';
import { changesIn, type FieldChange } from './audit-text.ts';

const PATH = '/console/audit';
const DAYS_SHOWN = 7;
/** Lines of a period that are looked through; a longer period is narrowed by its days. */
const LINES_MAX = 20_000;
const LINES_AT_ONCE = 200;

export const auditRoutes: readonly ConsoleRoute[] = [
  ...listRoutes({ path: PATH, right: 'read-audit', nav: 'audit' }, list),
];

interface Row {
  entry: AuditEntry;
  who: string;
  changes: FieldChange[];
}

async function list(call: PageCall): Promise<ListView<Row>> {
  const { language, query, today } = call;
  const own = auditWordsOf(language);
  const dayOf = (text: string | undefined): string | null => (text !== undefined && isDay(text) ? text : null);
  const filter = {
    from: dayOf(query['from']) ?? addDays(today, 1 - DAYS_SHOWN),
    to: dayOf(query['to']),
    entity: entityOf(query),
  };
  const { entries, isBad, isCut } = await entriesOf(filter, call);
  const names = new Map<string, string>();
  for (const { actor: id } of entries) if (!names.has(id)) names.set(id, await nameOf(id, own, call));
  const rowOf = async (entry: AuditEntry): Promise<Row> => ({
    entry,
    who: names.get(entry.actor) ?? own.system,
    changes: await changesIn(entry, call),
  });
  const person = query['person'] ?? '';
  const wanted = foldedText((query['text'] ?? '').slice(0, TEXT_MAX));
  const ofPerson = entries.filter((entry) => person === '' || entry.actor === person);
  const rows =
    wanted === '' ? null : (await Promise.all(ofPerson.map(rowOf))).filter((row) => holdsText(row, wanted, own));
  const read = async ({ limit, after }: PageRequest): Promise<Page<Row>> => {
    const at = after === null ? 0 : Number(after);
    const items = rows?.slice(at, at + limit) ?? (await Promise.all(ofPerson.slice(at, at + limit).map(rowOf)));
    const all = rows?.length ?? ofPerson.length;
    return { items, next: at + limit < all ? String(at + limit) : null };
  };
  const columns: Column<Row>[] = [
    {
      key: 'at',
      order: ({ entry }) => entry.seq,
      head: own.at,
      cell: ({ entry }) => html`<span class="b">${whenText(entry.at, call)}</span>`,
      card: 'plain',
    },
    { key: 'who', head: own.who, cell: ({ who }) => who, card: 'plain' },
    {
      key: 'what',
      head: own.what,
      cell: ({ entry }) => html`<b>${wordOf(entry.action, own.actions)}</b>`,
      card: 'title',
    },
    { head: own.which, cell: ({ entry }) => whichOf(entry, own), card: 'plain' },
    { head: own.values, cell: ({ entry, changes }) => changesText(entry, changes, own), card: 'plain' },
  ];
  const entities = Object.entries(own.entities).map(([value, text]) => ({ value, text }));
  const people = [...names].map(([value, text]) => ({ value, text }));
  const field = formFields(call, own, { record: { ...query, ...filter } });
  return {
    path: PATH,
    words: own,
    filters: [
      field.text('text', { label: own.text, type: 'search', max: TEXT_MAX, placeholder: own.textHint }),
      field.select('person', people, { label: own.person, blank: own.anyPerson }),
      field.select('kind', entities, { label: own.entity, blank: own.anyEntity }),
      field.text('id', { label: own.idField, max: 64, plain: true, placeholder: own.idHint }),
      field.date('from'),
      field.date('to'),
    ],
    columns,
    read,
    order: own.newest,
    above: isBad
      ? notice('fault', own.badPeriod)
      : isCut
        ? notice('info', own.tooMany(numberText(LINES_MAX, language)))
        : null,
  };
}

const TEXT_MAX = 80;

/** The lines of a period, the newest first. */
async function entriesOf(
  filter: { from: string; to: string | null; entity: string | null },
  { actor, ctx }: PageCall,
): Promise<{ entries: AuditEntry[]; isBad: boolean; isCut: boolean }> {
  const entries: AuditEntry[] = [];
  let after: string | null = null;
  do {
    const asked = listAuditQuery.parse({ ...filter, limit: LINES_AT_ONCE, after });
    const outcome: Awaited<ReturnType<typeof listAudit>> = await listAudit(actor, asked, ctx);
    if (!outcome.ok && outcome.problem.code === 'invalid') return { entries: [], isBad: true, isCut: false };
    const found = valueOf(outcome);
    entries.push(...found.items);
    after = found.next;
    if (after !== null) await turn(); // the store reads on this thread: look-ups come in between
  } while (after !== null && entries.length < LINES_MAX);
  return { entries: entries.toReversed(), isBad: false, isCut: after !== null };
}

function holdsText({ entry, who, changes }: Row, wanted: string, words: AuditWords): boolean {
  const said = changes.flatMap(({ name, from, to }) => [name, from ?? '', to]);
  return holdsWords(
    [who, wordOf(entry.action, words.actions), insetText(whichOf(entry, words)), ...said].join(' '),
    wanted,
  );
}

function changesText({ values }: AuditEntry, changes: readonly FieldChange[], words: AuditWords): Html | null {
  if (values === null) return html`<span class="muted">${words.erased}</span>`;
  if (changes.length === 0) return null;
  return html`<ul class="changes">${changes.map(
    ({ name, from, to }) => html`<li>${name}: ${from === null ? to : words.was(from, to)}</li>`,
  )}</ul>`;
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
  return (await readPersonName(actor, id, ctx)) ?? words.somebody;
}

/** A word by its key; the key itself if a later release wrote one that we do not know. */
function wordOf(key: string, words: Readonly<Record<string, string>>): string {
  return (Object.hasOwn(words, key) ? words[key] : undefined) ?? key;
}

function whichOf({ entity }: AuditEntry, words: AuditWords): Html {
  const at = entity.indexOf(':');
  const kind = entity.slice(0, at);
  return html`${wordOf(kind, words.entities)} <small class="code">${entity.slice(at + 1)}</small>`;
}
