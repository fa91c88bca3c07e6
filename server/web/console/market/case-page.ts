// One stamp that looks copied: why, its latest scans, and what the office makes of it.

import { handleCase, handleCaseInput, undoCase, undoCaseInput } from '../../../actions/market/handle-case.ts';
import { caseEvidence } from '../../../actions/market/case-evidence.ts';
import { readCase, type CaseRow } from '../../../actions/market/find-cases.ts';
import { readBatch } from '../../../actions/batches/read.ts';
import { listScans } from '../../../actions/scans/read.ts';
import { decide } from '../../../actions/kit/rights.ts';
import { runAction } from '../../../actions/kit/run-action.ts';
import { CASE_OUTCOMES } from '../../../domain/stamp/stamp-answer.ts';
import { THRESHOLDS, type Suspicion } from '../../../domain/stamp/suspect.ts';
import type { StoredScan } from '../../../store/store.ts';
import { valueOf } from '../../outcome.ts';
import { lookOf } from '../../verdict-look.ts';
import { html, type Html, type Inset } from '../../html.ts';
import { dayText, numberText } from '../../format.ts';
import { frameWordsOf, marketWordsOf, scansWordsOf } from '../../words/words.ts';
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
import { choices, formFields } from '../form-fields.ts';
import { type FormFaults, formFaults } from '../form-faults.ts';
import { heldFaults } from '../forms/held-forms.ts';
import { personNames } from '../person-names.ts';
import { pager, table, type Column } from '../list.ts';
import { whenText } from '../moments.ts';
import { doneNotice, notice } from '../notices.ts';
import { card, columns, facts, linkButton, page, pageHead, section, type Page } from '../page-head.ts';
import { readAndRun } from '../run-form.ts';
import { caseAddress, CASES } from '../scans/scans-frame.ts';
import { evidencePart } from './case-evidence-part.ts';
import { reasonText, stateOf } from './case-text.ts';
import { goodsFacts } from './goods-facts.ts';

const SCANS_SHOWN = 20;
const SERIAL = /^[1-9]\d{0,7}$/;
const ONE = `${CASES}/:batchId/:serial`;

export const caseRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: ONE, right: 'read-batch', nav: 'scans', handle: (call) => casePage(call) },
  { method: 'post', path: ONE, right: 'handle-complaint', nav: 'scans', handle: handleOne },
  { method: 'post', path: `${ONE}/undo`, right: 'handle-complaint', nav: 'scans', handle: undoOne },
];

/** The least count that opens a case for this reason. */
function leastOf(reason: Suspicion, { crowdBound }: CaseRow): number {
  switch (reason) {
    case 'found-copied':
    case 'many-visitors':
      return Math.ceil(crowdBound);
    case 'far-apart':
      return THRESHOLDS.farApart.officeProvinces;
    case 'strangers-after-pin':
      return THRESHOLDS.strangersAfterPin.office;
    case 'scanned-before-activation':
      return THRESHOLDS.beforeActivation.officeScans;
    case 'pin-guessing':
      return THRESHOLDS.pinGuessing.officeTries;
    default:
      return reason satisfies never;
  }
}

function stampOf({ params }: PageCall): { batchId: string; serial: number } {
  const serial = params['serial'] ?? '';
  return { batchId: params['batchId'] ?? '', serial: SERIAL.test(serial) ? Number(serial) : 0 };
}

/** Whether a stamp is on display, or a plaque: a verdict of it says nothing of goods. */
async function showsGoods(
  { actor, ctx }: PageCall,
  { batchId, serial }: { batchId: string; serial: number },
): Promise<{ display: boolean; plaque: boolean }> {
  const { kind, displays } = valueOf(await readBatch(actor, batchId, ctx));
  return { plaque: kind === 'plaque', display: displays.some(({ from, to }) => from <= serial && serial <= to) };
}

async function casePage(call: PageCall, faults: FormFaults = heldFaults(call)): Promise<Page> {
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
  const shown = await showsGoods(call, stamp);
  const mayHandle = decide(actor, 'handle-complaint', null).kind === 'may';
  const mayRecall = decide(actor, 'recall-lot', null).kind === 'may';
  const { tally, reasons, known, toldConsumers } = row;
  const title = own.stamp(row.batchId, numberText(row.serial, language));
  const byInspector = reasons.length === 0 && html`<li>${own.byInspector}</li>`;
  const why = html`<ul class="rows">${byInspector}${reasons.map(
    (reason) =>
      html`<li><div><b>${reasonText(reason, row.counts, own, language)}</b><p class="hint">${own.threshold(
        numberText(leastOf(reason, row), language),
      )}</p></div></li>`,
  )}</ul>`;
  const scanColumns: Column<StoredScan>[] = [
    { head: own.at, cell: ({ at }) => whenText(at, call), card: 'title' },
    { head: own.places, cell: ({ province }) => province ?? words.scans.unknown, card: 'plain' },
    {
      head: own.verdictAt,
      cell: ({ verdict, counted }) =>
        html`${own.verdicts[lookOf({ verdict, ...shown })]}${!counted && html`<small>${own.notCounted}</small>`}`,
      card: 'plain',
    },
  ];
  const evidence = valueOf(await caseEvidence(actor, stamp, ctx));
  const main = html`${section(own.why, why)}${evidencePart(evidence, row, call)}${section(
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
  const names = await personNames(call, [...(known === null ? [] : [known]), ...(known?.steps ?? [])]);
  const looksAt = known?.state === 'looking' ? names.get(known.by) : undefined;
  const history = historyPart(row, names, call);
  const due = dueText(row, call);
  const side = html`${card(
    own.state,
    html`${stateOf(row, own)}${facts([
      ...(await goodsFacts(call, row)),
      [own.seen, numberText(tally.count, language)],
      [own.places, tally.provinces.join(', ')],
      [own.last, whenText(tally.lastAt, call)],
      ...(looksAt === undefined ? [] : [[own.looksAt, looksAt] as const]),
      ...(due === null ? [] : [[own.dueOn, due] as const]),
    ])}`,
  )}${history}${mayHandle && section(own.handling, handlingForm(call, row, faults))}${
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

/** By when it should be closed; null: nobody has taken it up, or it is closed. */
function dueText({ state, known }: CaseRow, { language, today }: PageCall): Inset {
  const { cases: own } = marketWordsOf(language);
  const dueOn = known?.dueOn ?? null;
  if (state !== 'looking' || dueOn === null) return null;
  return html`${dayText(dueOn)}${dueOn < today && html` <b>${own.overdue}</b>`}`;
}

/** What was done with the case, the oldest first. @param names of those who did it; a producer knows none */
function historyPart({ known }: CaseRow, names: ReadonlyMap<string, string>, call: PageCall): Html | false {
  const own = marketWordsOf(call.language).cases;
  const steps = known?.steps ?? [];
  const items = steps.map(({ at, by, kind, outcome, note }) => {
    const who = [whenText(at, call), ...(names.has(by) ? [names.get(by)] : [])].join(', ');
    return html`<li>${who}: ${own.stepKinds[kind]}${outcome !== null && html`, ${own.outcomes[outcome]}`}${
      note !== null && html` (${note})`
    }</li>`;
  });
  return steps.length > 0 && section(own.history, html`<ul>${items}</ul>`);
}

function handlingForm(call: PageCall, row: CaseRow, faults: FormFaults): Html {
  const { batchId, serial, known } = row;
  const own = marketWordsOf(call.language).cases;
  if (row.state === 'closed' && (known?.outcome ?? null) !== null) return undoForm(call, row, faults);
  const record = { note: known?.note, dueOn: known?.dueOn };
  const field = formFields(call, own, { record, faults });
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
      field.select('outcome', choices(CASE_OUTCOMES, own.outcomes), { blank: own.noOutcome, hint: own.outcomeHint }),
      field.select('step', choices(['void', 'display'] as const, own.steps), { blank: own.steps.none }),
      field.date('dueOn'),
      field.area('note', { hint: own.noteHint, rows: 3, max: 2_000 }),
    ],
  });
}

function undoForm(call: PageCall, { batchId, serial, known }: CaseRow, faults: FormFaults): Html {
  const own = marketWordsOf(call.language).cases;
  const field = formFields(call, own, { faults });
  return form({
    call,
    action: `${caseAddress(batchId, serial)}/undo`,
    submit: own.undo,
    faults,
    body: [
      hiddenField('known', known?.version ?? 0),
      field.area('reason', { hint: own.undoHint, rows: 3, max: 2_000 }),
    ],
  });
}

async function handleOne(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, form: sentForm } = call;
  const stamp = stampOf(call);
  const version = sentVersion(sentForm, 'known');
  const input = {
    state: sent(sentForm, 'state'),
    outcome: sentOrNull(sentForm, 'outcome'),
    step: sentOrNull(sentForm, 'step'),
    dueOn: sentOrNull(sentForm, 'dueOn'),
    note: sentOrNull(sentForm, 'note'),
  };
  const outcome = await readAndRun(handleCaseInput, input, (handling) =>
    runAction(handleCase, actor, { ...stamp, version, handling }, ctx),
  );
  if (outcome.ok) return go(caseAddress(stamp.batchId, stamp.serial), 'handled');
  const { voidOfMistake } = marketWordsOf(call.language).cases;
  return casePage(call, formFaults(outcome.problem, call, { 'step:not-for-mistake': voidOfMistake }));
}

async function undoOne(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, form: sentForm } = call;
  const stamp = stampOf(call);
  const version = sentVersion(sentForm, 'known');
  const outcome = await readAndRun(undoCaseInput, { reason: sent(sentForm, 'reason') }, (undoing) =>
    runAction(undoCase, actor, { ...stamp, version, undoing }, ctx),
  );
  if (outcome.ok) return go(caseAddress(stamp.batchId, stamp.serial), 'undone');
  return casePage(call, formFaults(outcome.problem, call));
}
