// Stamps that look copied: a list of those to look at, and one case with its reasons, latest scans and handling.

import { handleCase, handleCaseInput } from '../../../actions/market/handle-case.ts';
import { listCases, readCase, type CaseRow } from '../../../actions/market/find-cases.ts';
import { listScans } from '../../../actions/scans/read.ts';
import { decide } from '../../../actions/kit/rights.ts';
import { runAction } from '../../../actions/kit/run-action.ts';
import { CASE_STATES } from '../../../domain/market/case.ts';
import { CASE_FROM, countsOf, type Suspicion } from '../../../domain/stamp/suspect.ts';
import type { StampTally } from '../../../domain/stamp/tally.ts';
import type { StoredScan } from '../../../store/store.ts';
import { valueOf } from '../../outcome.ts';
import { html, type Html } from '../../html.ts';
import { dayText, numberText } from '../../format.ts';
import { frameWordsOf, marketWordsOf, scansWordsOf, type MarketWords } from '../../words/words.ts';
import {
  go,
  sent,
  sentOrNull,
  sentVersion,
  type ConsoleRoute,
  type PageAnswer,
  type PageCall,
} from '../console-route.ts';
import { form, hiddenField } from '../fields.ts';
import { formFaults, NO_FAULTS, type FormFaults } from '../form-faults.ts';
import { emptyList, filterPanel, pager, PAGE_ROWS, stateMark, table, type Column } from '../list.ts';
import { dayOfText, whenText } from '../moments.ts';
import { doneNotice, notice } from '../notices.ts';
import { card, columns, facts, linkButton, pageHead, section, type Page, page } from '../page-head.ts';
import { caseAddress, CASES, officeMeant, scanLinks } from '../scans/scans-frame.ts';
import { formFields, choices } from '../form-fields.ts';
import { readAndRun } from '../run-form.ts';

const SCANS_SHOWN = 20;
const SERIAL = /^[1-9]\d{0,7}$/;

export const casesRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: CASES, gate: 'statistics', right: 'read-batch', nav: 'scans', handle: list },
  {
    method: 'get',
    path: `${CASES}/:batchId/:serial`,
    right: 'read-batch',
    nav: 'scans',
    handle: (call) => casePage(call),
  },
  { method: 'post', path: `${CASES}/:batchId/:serial`, right: 'handle-complaint', nav: 'scans', handle: handleOne },
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
      cell: ({ reasons, tally }) =>
        reasons.map((reason, i) => html`${i > 0 && '; '}${reasonText(reason, tally, own, language)}`),
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
  const body = html`${pageHead({ title: own.title, lead: own.lead })}${scanLinks('cases', call)}${doneNotice(
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

function stateOf({ state }: CaseRow, { states }: MarketWords['cases']): Html {
  return stateMark(states[state], state === 'closed' ? 'over' : 'warn');
}

/** @param tally its count for this reason is in the sentence */
export function reasonText(
  reason: Suspicion,
  tally: StampTally,
  { reasons }: MarketWords['cases'],
  language: PageCall['language'],
): string {
  return reasons[reason](numberText(countsOf(tally)[reason], language));
}

function stampOf({ params }: PageCall): { batchId: string; serial: number } {
  const serial = params['serial'] ?? '';
  return { batchId: params['batchId'] ?? '', serial: SERIAL.test(serial) ? Number(serial) : 0 };
}

async function casePage(call: PageCall, faults: FormFaults = NO_FAULTS): Promise<Page> {
  const { actor, ctx, language, query } = call;
  const words = scansWordsOf(language);
  const own = marketWordsOf(language).cases;
  const stamp = stampOf(call);
  const row = valueOf(await readCase(actor, stamp, ctx));
  const scans = valueOf(
    await listScans(
      actor,
      {
        id: stamp.batchId,
        query: { limit: SCANS_SHOWN, after: query['after'] ?? null, from: null, to: null, serial: stamp.serial },
      },
      ctx,
    ),
  );
  const mayHandle = decide(actor, 'handle-complaint', null).kind === 'may';
  const mayRecall = decide(actor, 'recall-lot', null).kind === 'may';
  const { tally, reasons, known, toldConsumers } = row;
  const title = own.stamp(row.batchId, numberText(row.serial, language));
  const why = html`<ul class="rows">${reasons.map(
    (reason) =>
      html`<li><div><b>${reasonText(reason, tally, own, language)}</b><p class="hint">${own.threshold(
        numberText(CASE_FROM[reason], language),
      )}</p></div></li>`,
  )}</ul>`;
  const scanColumns: Column<StoredScan>[] = [
    { head: own.at, cell: ({ at }) => whenText(at, call), card: 'title' },
    { head: own.places, cell: ({ province }) => province ?? words.scans.unknown, card: 'plain' },
    {
      head: own.verdictAt,
      cell: ({ verdict, counted }) =>
        html`${own.verdicts[verdict]}${!counted && html`<small>${own.notCounted}</small>`}`,
      card: 'plain',
    },
  ];
  const main = html`${section(own.why, why)}${section(
    own.scansOfStamp,
    scans.items.length === 0
      ? html`<p class="muted">${words.scans.noScans}</p>`
      : html`${table({ columns: scanColumns, rows: scans.items, caption: own.scansOfStamp })}${pager({
          path: caseAddress(row.batchId, row.serial),
          query,
          next: scans.next,
          words: frameWordsOf(language),
        })}`,
  )}`;
  const side = html`${card(
    own.state,
    html`${stateOf(row, own)}${facts([
      [words.product, row.product],
      [words.producer, row.producer],
      [own.seen, numberText(tally.count, language)],
      [own.places, tally.provinces.join(', ')],
      [own.last, whenText(tally.lastAt, call)],
    ])}`,
  )}${mayHandle && section(own.handling, handlingForm(call, row, faults))}${
    mayHandle &&
    section(
      own.advice,
      html`<div class="text"><ul>${own.adviceText.map((line) => html`<li>${line}</li>`)}</ul></div><p class="way">${
        mayRecall &&
        linkButton(`/console/recalls/new?batchId=${row.batchId}&from=${row.serial}&to=${row.serial}`, own.recall)
      }</p>`,
    )
  }`;
  const told = notice(toldConsumers ? 'warn' : 'info', toldConsumers ? own.told : own.notTold);
  const last =
    known !== null &&
    mayHandle &&
    html`<p class="hint">${own.handled(
      dayText(known.on),
      own.states[known.state],
    )}${known.note !== null && html`: ${known.note}`}</p>`;
  const head = html`${pageHead({ title, lead: own.lead })}${doneNotice(call, own.done)}`;
  return page(title, html`${head}${told}${last}${columns(main, side)}`, faults);
}

function handlingForm(call: PageCall, { batchId, serial, known }: CaseRow, faults: FormFaults): Html {
  const { language } = call;
  const own = marketWordsOf(language).cases;
  const field = formFields(call, own, { record: { note: known?.note }, faults });
  const states = [
    { value: 'looking', text: own.take },
    { value: 'closed', text: own.close, hint: own.closedHint },
  ];
  return form({
    call,
    action: caseAddress(batchId, serial),
    submit: own.save,
    faults,
    body: [
      hiddenField('known', known?.version ?? 0),
      field.radio('state', states, { value: 'looking' }),
      field.area('note', { hint: own.noteHint, rows: 3, max: 2_000 }),
    ],
  });
}

async function handleOne(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, form: sentForm } = call;
  const stamp = stampOf(call);
  const version = sentVersion(sentForm, 'known');
  const input = { state: sent(sentForm, 'state'), note: sentOrNull(sentForm, 'note') };
  const outcome = await readAndRun(handleCaseInput, input, (handling) =>
    runAction(handleCase, actor, { ...stamp, version, handling }, ctx),
  );
  if (outcome.ok) return go(caseAddress(stamp.batchId, stamp.serial), 'handled');
  return casePage(call, formFaults(outcome.problem, call));
}
