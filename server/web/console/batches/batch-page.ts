// One batch: what it is for, what happened to its stamps, its print jobs; and the forms to print again with a reason,
// void, or set out for display.

import { allOf } from '../../../actions/kit/every-of.ts';
import { deactivateStamps, deactivateStampsInput } from '../../../actions/batches/deactivate-stamps.ts';
import { displayStamps } from '../../../actions/batches/display-stamps.ts';
import { makePrintJob, makePrintJobInput } from '../../../actions/print/make-print-job.ts';
import { readBatch } from '../../../actions/batches/read.ts';
import { listPrintJobs } from '../../../actions/print/read.ts';
import { readBatchRecall } from '../../../actions/recalls/standing.ts';
import { decide, type Right } from '../../../actions/kit/rights.ts';
import { runAction } from '../../../actions/kit/run-action.ts';
import { scanStats } from '../../../actions/scans/scan-stats.ts';
import { voidStamps, voidStampsInput } from '../../../actions/batches/void-stamps.ts';
import type { OpenBatch } from '../../../domain/batches/batch.ts';
import type { SerialRange } from '../../../domain/batches/intervals.ts';
import { fieldProblem, ok, type Problem, type Result } from '../../../domain/problem.ts';
import { parseSerialList, serialListText } from '../../../domain/batches/serial-list.ts';
import { doneValue, valueOf } from '../../outcome.ts';
import { knownRecall, recalledFaults } from '../print/concerns-block.ts';
import { html, type Html } from '../../html.ts';
import { numberText } from '../../format.ts';
import { batchesWordsOf, frameWordsOf, printWordsOf } from '../../words/words.ts';
import { go, sent, sentOrNull, type ConsoleRoute, type PageAnswer, type PageCall } from '../console-route.ts';
import { sentCount } from '../typed-count.ts';
import { formFaults, NO_FAULTS, type FormFaults } from '../form-faults.ts';
import { heldFaults } from '../forms/held-forms.ts';
import { doneNotice, notice } from '../notices.ts';
import { formAgain, linkButton, page, pageHead, waysNav } from '../page-head.ts';
import { stampPart } from './stamp-part.ts';
import { recallNotice } from '../recalls/recall-notice.ts';
import { readShape } from '../run-form.ts';
import { namesOf } from './batch-names.ts';
import { factList, jobsSection, lifeSection } from './batch-facts.ts';
import { fitFault, isOfTemplate } from '../print/template-fits.ts';
import { displaySection, printSection, voidSection } from './batch-forms.ts';

const PATH = '/console/batches/:id';
const RANGES_SHOWN = 20;

export const batchPageRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: PATH, right: 'read-batch', nav: 'batches', handle: (call) => batchPage(call, heldIn(call)) },
  { method: 'post', path: `${PATH}/print`, gate: 'sheets', right: 'work-batch', nav: 'batches', handle: printAgain },
  { method: 'post', path: `${PATH}/void`, right: 'work-batch', nav: 'batches', handle: voidSome },
  { method: 'post', path: `${PATH}/display`, right: 'issue-special', nav: 'batches', handle: displaySome },
  { method: 'post', path: `${PATH}/deactivate`, right: 'work-batch', nav: 'batches', handle: takeBack },
];

interface Faulty {
  print?: FormFaults;
  void?: FormFaults;
  display?: FormFaults;
}

/** The form of the page that is shown again. */
function heldIn(call: PageCall): Faulty {
  const parts = ['print', 'void', 'display'] as const;
  return Object.fromEntries(parts.map((part) => [part, heldFaults(call, `/${part}`)]));
}

async function printAgain(call: PageCall): Promise<PageAnswer> {
  const { form: sentForm } = call;
  const first = sentCount(sentForm, 'skip');
  const printer = sentOrNull(sentForm, 'printer');
  const reason = sentOrNull(sentForm, 'reprintReason');
  const input = readShape(makePrintJobInput, {
    batchId: batchIdOf(call),
    template: sent(sentForm, 'template'),
    from: sentCount(sentForm, 'from'),
    to: sentCount(sentForm, 'to'),
    skip: typeof first === 'number' ? first - 1 : first,
    ...(printer === null ? {} : { printer }),
    ...(reason === null ? {} : { reprintReason: reason }),
    ...knownRecall(call),
  });
  const outcome = input.ok ? await runAction(makePrintJob, call.actor, input.value, call.ctx) : input;
  if (outcome.ok) return go(`/console/print-jobs/${doneValue(outcome).id}`);
  return batchPage(call, { print: printFaults(call, outcome.problem) });
}

function printFaults(call: PageCall, problem: Problem): FormFaults {
  const { page: words } = batchesWordsOf(call.language);
  const shown = formFaults(problem, call);
  const list = intervalsIn(problem);
  if (problem.code === 'reprint-reason-needed')
    return { ...shown, text: words.overlapping(list), fields: { reprintReason: shown.title ?? '' } };
  if (problem.code === 'certificate-lapsed') return { ...shown, fields: { reprintReason: shown.title ?? '' } };
  if (problem.code === 'recalled') return recalledFaults(shown);
  if (problem.code === 'void-serials')
    return { ...shown, text: words.voidInside(list), fields: { from: shown.title ?? '' } };
  return isOfTemplate(problem) ? { ...shown, fields: { template: fitFault(call.language, problem) } } : shown;
}

async function voidSome(call: PageCall): Promise<PageAnswer> {
  const ranges = rangesOf(call);
  const said = readShape(voidStampsInput, { reason: sent(call.form, 'reason'), note: sentOrNull(call.form, 'note') });
  const done = !ranges.ok
    ? ranges
    : !said.ok
      ? said
      : await eachRange(call, ranges.value, (range, ctx) =>
          voidStamps(call.actor, { id: batchIdOf(call), voiding: { ...said.value, ...range } }, ctx),
        );
  return done.ok
    ? go(`/console/batches/${batchIdOf(call)}`, 'voided')
    : batchPage(call, { void: serialFaults(call, done.problem) });
}

async function displaySome(call: PageCall): Promise<PageAnswer> {
  const ranges = rangesOf(call, 'displaySerials');
  const done = ranges.ok
    ? await eachRange(call, ranges.value, (range, ctx) =>
        displayStamps(call.actor, { id: batchIdOf(call), display: range }, ctx),
      )
    : ranges;
  return done.ok
    ? go(`/console/batches/${batchIdOf(call)}`, 'displayed')
    : batchPage(call, { display: serialFaults(call, done.problem) });
}

/** Changes each range separately. Repeating a change has no effect, so an interrupted form can be sent again. */
async function eachRange(
  call: PageCall,
  ranges: readonly SerialRange[],
  change: (range: SerialRange, ctx: PageCall['ctx']) => Promise<{ ok: true } | { ok: false; problem: Problem }>,
): Promise<Result<null>> {
  for (const range of ranges) {
    const changed = await change(range, { ...call.ctx, request: null });
    if (!changed.ok) return changed;
  }
  return ok(null);
}

function rangesOf(call: PageCall, field: 'serials' | 'displaySerials' = 'serials'): Result<SerialRange[]> {
  const ranges = parseSerialList(sent(call.form, field));
  if (ranges === null) return fieldProblem('invalid', 'serials', 'unread', 'Write numbers like "66-130, 140".');
  return ranges.length === 0 ? fieldProblem('invalid', 'serials', 'required', 'Name the stamps.') : ok(ranges);
}

function serialFaults(call: PageCall, problem: Problem): FormFaults {
  const { job } = printWordsOf(call.language);
  return formFaults(
    problem,
    call,
    { 'serials:unread': job.unread, 'serials:out-of-range': job.beyond },
    { from: 'serials', to: 'serials' },
  );
}

async function takeBack(call: PageCall): Promise<PageAnswer> {
  const lotId = sentOrNull(call.form, 'lotId');
  const input = readShape(deactivateStampsInput, {
    from: sentCount(call.form, 'from'),
    to: sentCount(call.form, 'to'),
    ...(lotId === null ? {} : { lotId }),
  });
  const outcome = input.ok
    ? await runAction(deactivateStamps, call.actor, { id: batchIdOf(call), deactivation: input.value }, call.ctx)
    : input;
  if (outcome.ok) return go(`/console/batches/${batchIdOf(call)}`, 'undone');
  const { page: words } = batchesWordsOf(call.language);
  const { problems } = frameWordsOf(call.language);
  const serial = outcome.problem.details?.['serial'];
  const text =
    typeof serial === 'number'
      ? words.scannedSince(numberText(serial, call.language))
      : problems[outcome.problem.code].todo;
  return formAgain({ title: words.undo, text, fields: {} });
}

async function batchPage(call: PageCall, faulty: Faulty): Promise<PageAnswer> {
  const { actor, ctx, language, query } = call;
  const batch = valueOf(await readBatch(actor, batchIdOf(call), ctx));
  const { page: words } = batchesWordsOf(language);
  const names = await namesOf(call, [batch]);
  const stats = valueOf(await scanStats(actor, { batchId: batch.id, from: null, to: null, by: 'verdict' }, ctx));
  const place = { officeId: batch.officeId, producerId: batch.producerId };
  const mayWork = decide(actor, 'work-batch', place).kind === 'may';
  const jobs = mayWork ? valueOf(await allOf((page) => listPrintJobs(actor, { batchId: batch.id, ...page }, ctx))) : [];
  const unprinted =
    query['done']?.startsWith('issued-') === true &&
    notice('warn', words.issuedUnprinted, problemText(call, query['done'].slice('issued-'.length)));
  const title = words.title(batch.id);
  const undo = heldFaults(call, '/deactivate');
  const actions =
    mayWork && batch.kind === 'blank' ? [linkButton(`/console/activate?batch=${batch.id}`, words.activate)] : [];
  const body = html`
    ${pageHead({ title, actions })}
    ${doneNotice(call, words.done)}
    ${unprinted}
    ${batchWays(batch, call, mayWork)}
    ${recallNotice(call, valueOf(await readBatchRecall(actor, batch.id, null, ctx)))}
    ${undo.title !== null && notice('fault', undo.title, undo.text)}
    ${await stampPart(batch.id, call)}
    ${factList(call, batch, names, stats.stampsScanned)}
    ${lifeSection(call, batch, names, mayWork)}
    ${
      mayWork &&
      html`
        ${jobsSection(call, batch, jobs)}
        ${await printSection(call, batch, jobs, faulty.print ?? NO_FAULTS)}
        ${voidSection(call, batch, faulty.void ?? NO_FAULTS)}
      `
    }
    ${decide(actor, 'issue-special', place).kind === 'may' && displaySection(call, batch, faulty.display ?? NO_FAULTS)}
  `;
  const faults = [faulty.print, faulty.void, faulty.display].find((one) => one !== undefined && one.title !== null);
  return page(batch.id, body, faults);
}

function batchWays(
  { id, lotId, producerId, quantity }: OpenBatch,
  { actor, language }: PageCall,
  mayWork: boolean,
): Html {
  const { ways } = frameWordsOf(language);
  const may = (right: Right): boolean => decide(actor, right, null).kind !== 'refused';
  const recall = lotId === null ? `batchId=${id}&from=1&to=${quantity}` : `lotId=${lotId}`;
  return waysNav(ways.name, [
    mayWork && ['#print', ways.print],
    [`/console/scans?producerId=${producerId}`, ways.scans],
    may('read-ledger') && [`/console/ledger?producerId=${producerId}`, ways.ledger],
    may('recall-lot') && [`/console/recalls/new?${recall}`, ways.recall],
  ]);
}

function intervalsIn(problem: Problem): string {
  const intervals = problem.details?.['intervals'];
  return Array.isArray(intervals) ? serialListText(intervals as SerialRange[], RANGES_SHOWN) : '';
}

function problemText(call: PageCall, code: string): string {
  const { problems } = frameWordsOf(call.language);
  const known = Object.entries(problems).find(([one]) => one === code)?.[1];
  return known === undefined ? '' : `${known.title}. ${known.todo}`;
}

function batchIdOf({ params }: PageCall): string {
  return params['id'] ?? '';
}
