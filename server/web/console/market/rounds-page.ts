// Rounds as an office sees them, while they go on and after: the list, with where they were and what was met most,
// and one round with its items and its record.

import { listItems, listRounds, readRound, type RoundShown } from '../../../actions/market/rounds/read.ts';
import { FINDINGS, type Inspection } from '../../../domain/market/inspection.ts';
import { ROUND_STATES } from '../../../domain/market/round.ts';
import { provinceToday } from '../../../domain/places.ts';
import { numberText } from '../../format.ts';
import { html, type Html } from '../../html.ts';
import { valueOf } from '../../outcome.ts';
import { frameWordsOf, marketWordsOf, roundsWordsOf } from '../../words/words.ts';
import type { ConsoleRoute, PageAnswer, PageCall } from '../console-route.ts';
import { choices, formFields } from '../form-fields.ts';
import { listRoutes, type ListView } from '../list-page.ts';
import { PAGE_ROWS, pager, table } from '../list.ts';
import { dayOfText, dayOrDash, whenText } from '../moments.ts';
import { facts, linkButton, page, pageHead, section } from '../page-head.ts';
import { personNames } from '../person-names.ts';
import { findingKindText, findingStampText } from './finding-text.ts';
import { provinceMap } from './province-map.ts';

const ROUNDS = '/console/rounds';

export const roundsRoutes: readonly ConsoleRoute[] = [
  ...listRoutes({ path: ROUNDS, gate: 'statistics', right: 'read-round', nav: 'rounds' }, list),
  { method: 'get', path: `${ROUNDS}/:id`, right: 'read-round', nav: 'rounds', handle: show },
];

/** What was found wrong: everything but in order and nothing stated. */
function faultsOf({ counts }: RoundShown): number {
  return FINDINGS.filter((kind) => kind !== 'in-order').reduce((sum, kind) => sum + counts.findings[kind], 0);
}

async function list(call: PageCall): Promise<ListView<RoundShown>> {
  const { actor, ctx, language, query } = call;
  const words = roundsWordsOf(language);
  const state = ROUND_STATES.find((known) => known === query['state']);
  const found = valueOf(await listRounds(actor, { limit: PAGE_ROWS, after: query['after'] ?? null, state }, ctx));
  const number = (value: number): string => numberText(value, language);
  const filter = formFields(call, words).select('state', choices(ROUND_STATES, words.states), {
    value: state,
    blank: words.any,
  });
  return {
    path: ROUNDS,
    words: { title: words.title, lead: words.lead, empty: words.empty, emptyText: words.emptyText },
    filters: [filter],
    above: found.items.length === 0 ? null : overview(found.items, call),
    columns: [
      { key: 'place', head: words.place, cell: ({ place }: RoundShown) => place?.name ?? words.noPlace, card: 'title' },
      { key: 'on', head: words.on, cell: (round: RoundShown) => dayOf(round, call), card: 'plain' },
      { key: 'state', head: words.state, cell: (round: RoundShown) => words.states[round.state], card: 'plain' },
      { key: 'items', head: words.items, cell: ({ counts }: RoundShown) => number(counts.items), figure: true },
      { key: 'faults', head: words.faults, cell: (round: RoundShown) => number(faultsOf(round)), figure: true },
      { key: 'photos', head: words.photos, cell: ({ counts }: RoundShown) => number(counts.photos), figure: true },
    ],
    read: async (page) => valueOf(await listRounds(actor, { ...page, state }, ctx)),
    hrefOf: ({ id }) => `${ROUNDS}/${id}`,
  };
}

/** Where the rounds of this page were, and the findings that they met most. */
function overview(rounds: readonly RoundShown[], { language }: PageCall): Html {
  const words = roundsWordsOf(language);
  const { kinds } = marketWordsOf(language).findings;
  const provinces = new Map<string, number>();
  for (const { place } of rounds) {
    const today = provinceToday(place?.province ?? '');
    if (today !== null) provinces.set(today, (provinces.get(today) ?? 0) + 1);
  }
  const met = FINDINGS.map((kind) => ({
    kind,
    count: rounds.reduce((sum, { counts }) => sum + counts.findings[kind], 0),
  }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count);
  const where = [...provinces].map(([province, scans]) => ({ province, scans }));
  return html`${where.length > 0 && section(words.map, provinceMap(where))}${
    met.length > 0 &&
    section(
      words.most,
      table({
        columns: [
          { head: words.finding, cell: ({ kind }: (typeof met)[number]) => kinds[kind], card: 'title' },
          { head: words.items, cell: ({ count }: (typeof met)[number]) => numberText(count, language), figure: true },
        ],
        rows: met,
        caption: words.most,
      }),
    )
  }`;
}

async function show(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, language, params, query } = call;
  const words = roundsWordsOf(language);
  const round = valueOf(await readRound(actor, params['id'] ?? '', ctx));
  const input = { id: round.id, query: { limit: PAGE_ROWS, after: query['after'] ?? null } };
  const items = valueOf(await listItems(actor, input, ctx));
  const names = await personNames(
    call,
    round.inspectors.map((by) => ({ by })),
  );
  const { cases } = marketWordsOf(language);
  const record = (ending: string): string => `/api/v1/rounds/${round.id}/record.${ending}`;
  const head = pageHead({
    title: round.place?.name ?? round.number,
    actions:
      round.state === 'open' || round.state === 'closed'
        ? [linkButton(record('xlsx'), words.xlsx), linkButton(record('pdf'), words.pdf, true)]
        : [],
  });
  const about = facts([
    [words.number, round.number],
    [words.state, words.states[round.state]],
    [words.on, dayOf(round, call)],
    [words.who, round.inspectors.map((id) => names.get(id) ?? id).join(', ')],
    [words.items, numberText(round.counts.items, language)],
    [words.faults, numberText(faultsOf(round), language)],
    [words.photos, numberText(round.counts.photos, language)],
    ...(round.task === null ? [] : ([[words.fields.task, round.task]] as const)),
  ]);
  const rows = table({
    columns: [
      { head: words.stamp, cell: (item: Inspection) => stampText(item, cases.stamp, call), card: 'title' },
      { head: words.finding, cell: ({ finding }: Inspection) => findingKindText(finding, language), card: 'plain' },
      { head: words.time, cell: ({ at }: Inspection) => whenText(at, call), card: 'plain' },
      { head: words.note, cell: ({ note }: Inspection) => note },
    ],
    rows: items.items,
    caption: words.items,
  });
  const pages = pager({ path: `${ROUNDS}/${round.id}`, query, next: items.next, words: frameWordsOf(language) });
  return page(round.number, html`${head}${about}${items.items.length > 0 && rows}${pages}`);
}

function stampText(item: Inspection, words: (batchId: string, serial: string) => string, call: PageCall): string {
  const { duplicate, contradicted } = roundsWordsOf(call.language);
  const stamp = item.batchId === null ? (item.read ?? '?') : findingStampText(item, words, call.language);
  const marks = [
    (item.duplicateOf ?? null) === null ? null : duplicate,
    item.contradicted === true ? contradicted : null,
  ].filter((mark) => mark !== null);
  return marks.length === 0 ? stamp : `${stamp} (${marks.join(', ')})`;
}

function dayOf({ openedAt, plannedOn }: RoundShown, call: PageCall): string {
  return openedAt === null ? dayOrDash(plannedOn) : dayOfText(openedAt, call);
}
