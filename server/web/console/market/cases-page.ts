// Stamps that look copied: a list of those to look at.

import { listCases, type CaseRow } from '../../../actions/market/find-cases.ts';
import { CASE_STATES } from '../../../domain/market/case.ts';
import { numberText } from '../../format.ts';
import { html } from '../../html.ts';
import { valueOf } from '../../outcome.ts';
import { frameWordsOf, marketWordsOf, scansWordsOf } from '../../words/words.ts';
import type { ConsoleRoute, PageAnswer, PageCall } from '../console-route.ts';
import { hiddenField } from '../fields.ts';
import { choices, formFields } from '../form-fields.ts';
import { emptyList, filterPanel, pager, PAGE_ROWS, table, type Column } from '../list.ts';
import { dayOfText } from '../moments.ts';
import { doneNotice } from '../notices.ts';
import { pageHead } from '../page-head.ts';
import { caseAddress, CASES, officeMeant, scanLinks } from '../scans/scans-frame.ts';
import { ALARMS } from './alarms-page.ts';
import { reasonText, stateOf } from './case-text.ts';

export const casesRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: CASES, gate: 'statistics', right: 'read-batch', nav: 'scans', handle: list },
];

async function list(call: PageCall): Promise<PageAnswer> {
  const office = await officeMeant(call, CASES);
  if (office.kind === 'pick') return office.page;
  const { actor, ctx, language, query } = call;
  const words = scansWordsOf(language);
  const own = marketWordsOf(language).cases;
  const frame = frameWordsOf(language);
  const state = CASE_STATES.find((known) => known === query['state']);
  const { rows, more } = valueOf(await listCases(actor, { officeId: office.officeId, state }, ctx));
  const at = /^\d{1,6}$/.test(query['after'] ?? '') ? Number(query['after']) : 0;
  const shown = rows.slice(at, at + PAGE_ROWS);
  const next = at + PAGE_ROWS < rows.length ? String(at + PAGE_ROWS) : null;
  const tableColumns: Column<CaseRow>[] = [
    {
      head: words.serial,
      cell: ({ batchId, serial }) => own.stamp(batchId, numberText(serial, language)),
      card: 'title',
    },
    { head: words.product, cell: ({ product }) => product, card: 'plain' },
    ...(actor.role === 'producer'
      ? []
      : [{ head: words.producer, cell: ({ producer }: CaseRow) => producer, card: 'plain' as const }]),
    {
      head: own.why,
      cell: ({ reasons, counts }) =>
        reasons.length === 0
          ? own.byInspector
          : reasons.map((reason, i) => html`${i > 0 && '; '}${reasonText(reason, counts, own, language)}`),
      card: 'plain',
    },
    { head: own.seen, cell: ({ tally }) => numberText(tally.count, language), figure: true },
    { head: own.last, cell: ({ tally }) => dayOfText(tally.lastAt, call) },
    { head: own.state, cell: (row) => stateOf(row, own), card: 'plain' },
  ];
  const filters = filterPanel(
    [
      formFields(call, own).select('state', choices(CASE_STATES, own.states), { value: state, blank: words.any }),
      ...(query['officeId'] === undefined ? [] : [hiddenField('officeId', query['officeId'])]),
    ],
    frame,
  );
  const { officeId: _officeId, ...conditions } = query;
  const content =
    shown.length === 0
      ? emptyList({ path: CASES, query: conditions, words: frame, title: own.empty, text: own.emptyText })
      : table({
          columns: tableColumns,
          rows: shown,
          caption: own.title,
          hrefOf: ({ batchId, serial }) => caseAddress(batchId, serial),
        });
  const counted = html`<p><a href="${ALARMS}">${own.alarms}</a></p>`;
  const body = html`${pageHead({ title: own.title, lead: own.lead })}${scanLinks('cases', call)}${counted}${doneNotice(
    call,
    own.done,
  )}${filters}${content}${more && html`<p class="hint">${own.more}</p>`}${pager({
    path: CASES,
    query,
    next,
    words: frame,
    count: own.count(numberText(rows.length, language)),
  })}`;
  return { kind: 'page', title: own.title, body };
}
