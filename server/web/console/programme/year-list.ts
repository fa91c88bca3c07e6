// The list of an office's records for a year of the programme: products on their way to a rating, lines of the ledger
// of support. One page for both: filters by year and by one choice, the rows, and a link to add one. The YearList holds
// what differs.

import { decide } from '../../../actions/kit/rights.ts';
import { readProducer } from '../../../actions/registry/read.ts';
import type { Id } from '../../../domain/entity.ts';
import type { Problem, Result } from '../../../domain/problem.ts';
import type { Page, PageRequest } from '../../../store/store.ts';
import { valueOf } from '../../outcome.ts';
import { html, type Inset } from '../../html.ts';
import { frameWordsOf, programmeWordsOf, type ProgrammeWords } from '../../words/words.ts';
import { go, type PageAnswer, type PageCall } from '../console-route.ts';
import { hiddenField } from '../fields.ts';
import { formFaults, type FormFaults } from '../form-faults.ts';
import { addressOf, emptyList, filterPanel, pager, PAGE_ROWS, table, type Column } from '../list.ts';
import { doneNotice } from '../notices.ts';
import { linkButton, pageHead } from '../page-head.ts';
import { meantBy, partLinks, PROGRAMME, yearOptions, type Meant } from './programme-frame.ts';
import { formFields, choices } from '../form-fields.ts';

type ListPart = 'candidates' | 'support';

/** What the filters ask for, and which page of it. */
export type YearQuery = PageRequest & { year: number; officeId?: Id };

/** What a column of the list may need beside its row. */
export interface ListShown {
  call: PageCall;
  words: ProgrammeWords;
  /** By id, of the producers that these rows name. */
  producers: ReadonlyMap<Id, string>;
  mayKeep: boolean;
}

export interface YearList<Row extends { producerId: Id | null }, Choice extends string> {
  part: ListPart;
  /** The second filter: its name in the address, its values and how they read. */
  filter: {
    name: string;
    choices: readonly Choice[];
    label: (words: ProgrammeWords) => string;
    texts: (words: ProgrammeWords) => Readonly<Record<Choice, string>>;
  };
  read: (call: PageCall, query: YearQuery, choice: Choice | undefined) => Promise<Result<Page<Row>>>;
  columns: (shown: ListShown) => Column<Row>[];
  /** Where a row leads, for people who may change it. */
  hrefOf?: (row: Row) => string;
  /** Under the list. */
  below?: (call: PageCall, meant: Meant) => Promise<Inset>;
}

export function pathOf(part: ListPart): string {
  return `${PROGRAMME}/${part}`;
}

export async function yearListPage<Row extends { producerId: Id | null }, Choice extends string>(
  call: PageCall,
  { part, filter, read, columns, hrefOf, below }: YearList<Row, Choice>,
): Promise<PageAnswer> {
  const found = await meantBy(call);
  if (found.kind === 'pick') return found.page;
  const { meant } = found;
  const { actor, language, query, today } = call;
  const words = programmeWordsOf(language);
  const frame = frameWordsOf(language);
  const own = words[part];
  const path = pathOf(part);
  const choice = filter.choices.find((known) => known === query[filter.name]);
  const officeId = actor.officeId ?? meant.officeId;
  const asked = { year: meant.year, ...(officeId === undefined ? {} : { officeId }) };
  const page = valueOf(await read(call, { limit: PAGE_ROWS, after: query['after'] ?? null, ...asked }, choice));
  const mayKeep = decide(actor, 'keep-programme', null).kind === 'may';
  const filters = formFields(call, words);
  const panel = filterPanel(
    [
      filters.select('year', yearOptions(today), { value: meant.year }),
      filters.select(filter.name, choices(filter.choices, filter.texts(words)), {
        label: filter.label(words),
        value: choice,
        blank: own.any,
      }),
      ...(meant.kept['officeId'] === undefined ? [] : [hiddenField('officeId', meant.kept['officeId'])]),
    ],
    frame,
  );
  const { year: _year, ...conditions } = query;
  const { title, lead, empty, emptyText, done } = own;
  const producers = await producerNames(page.items, call);
  const rows =
    page.items.length === 0
      ? emptyList({ path: addressOf(path, meant.kept), query: conditions, words: frame, title: empty, text: emptyText })
      : table({
          columns: columns({ call, words, producers, mayKeep }),
          rows: page.items,
          caption: title,
          hrefOf: (row) => (mayKeep ? (hrefOf?.(row) ?? null) : null),
        });
  const add = mayKeep ? [linkButton(addressOf(`${path}/new`, meant.kept), own.add, true)] : [];
  const head = html`${pageHead({
    title,
    lead,
    actions: add,
  })}${partLinks(part, meant, words)}${doneNotice(call, done)}`;
  const pages = pager({ path, query, next: page.next, words: frame });
  const under = below === undefined ? null : await below(call, meant);
  return { kind: 'page', title, body: html`${head}${panel}${rows}${pages}${under}` };
}

async function producerNames(
  items: readonly { producerId: Id | null }[],
  { actor, ctx }: PageCall,
): Promise<Map<Id, string>> {
  const names = new Map<Id, string>();
  for (const id of new Set(items.map(({ producerId }) => producerId).filter((one) => one !== null))) {
    const producer = await readProducer(actor, id, ctx);
    if (producer.ok) names.set(id, producer.value.name);
  }
  return names;
}

/** The office that the address names, as a link keeps it. */
export function officeKept({ query }: PageCall): Record<string, string> {
  return query['officeId'] === undefined ? {} : { officeId: query['officeId'] };
}

/**
 * After a form was sent: back to the list of its year, or the form again with its faults.
 * @param own texts of faults, as formFaults takes them
 */
export async function listOrForm(
  call: PageCall,
  outcome: { ok: true } | { ok: false; problem: Problem },
  to: { part: ListPart; year: string; done: string },
  form: (faults: FormFaults) => Promise<Extract<PageAnswer, { kind: 'page' }>>,
  own: Readonly<Record<string, string>> = {},
): Promise<PageAnswer> {
  if (outcome.ok) return go(addressOf(pathOf(to.part), { ...officeKept(call), year: to.year }), to.done);
  return form(formFaults(outcome.problem, call, own));
}
