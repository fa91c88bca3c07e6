// One batch: what it is for, what became of its stamps, its print files; printing again with a reason, voiding, setting out for display.

import { deactivateStamps, deactivateStampsInput } from '../../../actions/batches/deactivate-stamps.ts';
import { displayStamps } from '../../../actions/batches/display-stamps.ts';
import { makePrintJob, makePrintJobInput } from '../../../actions/print/make-print-job.ts';
import { readBatch } from '../../../actions/batches/read.ts';
import { listPrintJobs } from '../../../actions/print/read-print-job.ts';
import { decide } from '../../../actions/kit/rights.ts';
import { runAction } from '../../../actions/kit/run-action.ts';
import { scanStats } from '../../../actions/scans/scan-stats.ts';
import type { OpenBatch } from '../../../actions/batches/sealed-batch.ts';
import { voidStamps, voidStampsInput } from '../../../actions/batches/void-stamps.ts';
import { VOID_REASONS, type VoidReason } from '../../../domain/batches/batch.ts';
import { countOf, gapsIn, mergeRanges, type SerialRange } from '../../../domain/batches/intervals.ts';
import type { PrintJob } from '../../../domain/print/print-job.ts';
import { fieldProblem, ok, type Problem, type Result } from '../../../domain/problem.ts';
import { parseSerialList, serialListText } from '../../../domain/batches/serial-list.ts';
import { doneValue, valueOf } from '../../outcome.ts';
import { html, type Html, type Inset } from '../../html.ts';
import { numberMark, numberText } from '../../format.ts';
import { batchesWordsOf, frameWordsOf, printWordsOf } from '../../words/words.ts';
import {
  go,
  sent,
  sentNumber,
  sentOrNull,
  type ConsoleRoute,
  type PageAnswer,
  type PageCall,
} from '../console-route.ts';
import { sentCount } from '../typed-count.ts';
import { actionButton, fieldRow, form, hiddenField, selectField, textField } from '../fields.ts';
import { formFaults, NO_FAULTS, type FormFaults } from '../form-faults.ts';
import { whenText } from '../moments.ts';
import { doneNotice, notice } from '../notices.ts';
import { facts, linkButton, pageHead, section } from '../page-head.ts';
import { printersOf, templatesOf } from '../print/print-form.ts';
import { readShape } from '../read-shape.ts';
import { namesOf, type BatchNames } from './batch-names.ts';

const PATH = '/console/batches/:id';
const JOBS_SHOWN = 20;
/** Intervals of a batch that its page lists: a roll in daily use has tens. */
const LIVES_SHOWN = 60;
const RANGES_SHOWN = 20;

export const batchPageRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: PATH, right: 'read-batch', nav: 'batches', handle: (call) => batchPage(call, {}) },
  { method: 'post', path: `${PATH}/print`, right: 'work-batch', nav: 'batches', handle: printAgain },
  { method: 'post', path: `${PATH}/void`, right: 'work-batch', nav: 'batches', handle: voidSome },
  { method: 'post', path: `${PATH}/display`, right: 'issue-special', nav: 'batches', handle: displaySome },
  { method: 'post', path: `${PATH}/deactivate`, right: 'work-batch', nav: 'batches', handle: takeBack },
];

interface Faulty {
  print?: FormFaults;
  void?: FormFaults;
  display?: FormFaults;
  /** Why something could not be taken back. */
  told?: string;
}

async function printAgain(call: PageCall): Promise<PageAnswer> {
  const { form: sentForm } = call;
  const first = sentNumber(sentForm, 'skip');
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
  });
  const outcome = input.ok ? await runAction(makePrintJob, call.actor, input.value, call.ctx) : input;
  if (outcome.ok) return go(`/console/print-jobs/${doneValue(outcome).id}`);
  return batchPage(call, { print: printFaults(call, outcome.problem) });
}

function printFaults(call: PageCall, problem: Problem): FormFaults {
  const { page: words } = batchesWordsOf(call.language);
  const { faults } = printWordsOf(call.language);
  const told = formFaults(problem, call.form, frameWordsOf(call.language));
  const list = intervalsIn(problem);
  if (problem.code === 'reprint-reason-needed')
    return { ...told, text: words.overlapping(list), fields: { reprintReason: told.title ?? '' } };
  if (problem.code === 'certificate-lapsed') return { ...told, fields: { reprintReason: told.title ?? '' } };
  if (problem.code === 'void-serials')
    return { ...told, text: words.voidInside(list), fields: { from: told.title ?? '' } };
  const isOfTemplate = ['symbol-too-large', 'text-does-not-fit', 'letter-not-in-font'].includes(problem.code);
  return isOfTemplate ? { ...told, fields: { template: faults.template } } : told;
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

/** Each range is a change of its own: done again, it changes nothing, so a form that broke off is sent again. */
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
    call.form,
    frameWordsOf(call.language),
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
  return batchPage(call, {
    told:
      typeof serial === 'number'
        ? words.scannedSince(numberText(serial, call.language))
        : problems[outcome.problem.code].todo,
  });
}

async function batchPage(call: PageCall, faulty: Faulty): Promise<PageAnswer> {
  const { actor, ctx, language, query } = call;
  const batch = valueOf(await readBatch(actor, batchIdOf(call), ctx));
  const { page: words } = batchesWordsOf(language);
  const names = await namesOf(call, [batch]);
  const stats = valueOf(await scanStats(actor, { batchId: batch.id, from: null, to: null, by: 'verdict' }, ctx));
  const place = { officeId: batch.officeId, producerId: batch.producerId };
  const mayWork = decide(actor, 'work-batch', place).kind === 'may';
  const jobs = mayWork
    ? valueOf(await listPrintJobs(actor, { batchId: batch.id, limit: JOBS_SHOWN, after: null }, ctx)).items
    : [];
  const unprinted =
    query['done']?.startsWith('issued-') === true &&
    notice('warn', words.issuedUnprinted, problemText(call, query['done'].slice('issued-'.length)));
  const title = words.title(batch.id);
  const actions =
    mayWork && batch.kind === 'blank' ? [linkButton(`/console/activate?batch=${batch.id}`, words.activate)] : [];
  const body = html`${pageHead({ title, actions })}${doneNotice(call, words.done)}${unprinted}${faulty.told !== undefined && notice('fault', words.undo, faulty.told)}${factList(call, batch, names, stats.stampsScanned)}${lifeSection(call, batch, names, mayWork)}${
    mayWork &&
    html`${jobsSection(call, jobs)}${await printSection(call, batch, jobs, faulty.print ?? NO_FAULTS)}${voidSection(call, batch, faulty.void ?? NO_FAULTS)}`
  }${decide(actor, 'issue-special', place).kind === 'may' && displaySection(call, batch, faulty.display ?? NO_FAULTS)}`;
  const isFaulty = Object.keys(faulty).length > 0;
  return { kind: 'page', title: batch.id, body, ...(isFaulty ? { status: 422 } : {}) };
}

function factList(call: PageCall, batch: OpenBatch, names: BatchNames, scanned: number): Html {
  const { actor, language } = call;
  const { page: words, kinds } = batchesWordsOf(language);
  const frame = frameWordsOf(language);
  const of = (ranges: readonly SerialRange[]): string =>
    words.of(numberText(countOf(ranges), language), numberText(batch.quantity, language));
  const lot =
    batch.lotId === null
      ? null
      : html`<a href="/console/lots/${batch.lotId}">${numberMark(names.lots.get(batch.lotId) ?? '–')}</a>`;
  const rows: [Inset, Inset][] = [
    [words.kind, kinds[batch.kind]],
    [
      words.product,
      batch.productId === null
        ? null
        : html`<a href="/console/products/${batch.productId}">${names.products.get(batch.productId) ?? '–'}</a>`,
    ],
    [words.lot, lot],
    [words.stamps, numberText(batch.quantity, language)],
    [words.active, batch.kind === 'plaque' ? batchesWordsOf(language).list.always : of(batch.activations)],
    [words.printed, of(batch.printed)],
    [words.voided, of(batch.voids)],
    [words.scanned, numberText(scanned, language)],
    [words.pin, batch.pin ? frame.form.yes : frame.form.no],
    [words.carrier, printWordsOf(language).carriers[batch.carrier]],
    [words.issued, whenText(batch.issuedAt, call)],
  ];
  if (actor.role !== 'producer') rows.unshift([words.producer, names.producers.get(batch.producerId) ?? null]);
  if (batch.note !== null) rows.push([words.note, batch.note]);
  return facts(rows);
}

function lifeSection(call: PageCall, batch: OpenBatch, names: BatchNames, mayWork: boolean): Html | null {
  const { language } = call;
  const { page: words, reasons } = batchesWordsOf(language);
  const range = (one: SerialRange): string => serialListText([one]);
  const undo = (one: OpenBatch['activations'][number]): Inset =>
    mayWork &&
    actionButton({
      call,
      action: `/console/batches/${batch.id}/deactivate`,
      text: words.undo,
      look: 'quiet',
      fields: [hiddenField('from', one.from), hiddenField('to', one.to), hiddenField('lotId', one.lotId)],
    });
  const rows = [
    ...batch.activations.map((one) => ({
      at: one.at,
      text: words.lifeLine.activated(range(one), names.lots.get(one.lotId) ?? '–', whenText(one.at, call)),
      more: undo(one),
    })),
    ...batch.voids.map((one) => ({
      at: one.at,
      text: words.lifeLine.voided(range(one), reasons[one.reason], whenText(one.at, call)),
      more: null,
    })),
    ...batch.displays.map((one) => ({
      at: one.at,
      text: words.lifeLine.display(range(one), whenText(one.at, call)),
      more: null,
    })),
  ].toSorted((a, b) => (a.at > b.at ? -1 : 1));
  if (rows.length === 0) return null;
  return section(
    words.life,
    html`<ul class="rows">${rows.slice(0, LIVES_SHOWN).map(({ text, more }) => html`<li><div>${text}</div>${more}</li>`)}</ul>`,
  );
}

function jobsSection(call: PageCall, jobs: readonly PrintJob[]): Html {
  const { page: words } = batchesWordsOf(call.language);
  if (jobs.length === 0) return section(words.jobs, html`<p class="muted">${words.noJobs}</p>`);
  const row = (job: PrintJob): Html =>
    html`<li><div><b>${words.jobLine(job.template, serialListText([job]))}</b><p class="hint">${words.jobStates[job.state]}, ${whenText(job.createdAt, call)}</p></div>${linkButton(`/console/print-jobs/${job.id}`, words.open)}</li>`;
  return section(words.jobs, html`<ul class="rows">${jobs.map(row)}</ul>`);
}

async function printSection(
  call: PageCall,
  batch: OpenBatch,
  jobs: readonly PrintJob[],
  faults: FormFaults,
): Promise<Html> {
  const { language } = call;
  const { page: words } = batchesWordsOf(language);
  const print = printWordsOf(language);
  const printers = await printersOf(call);
  const rest = gapsIn(mergeRanges([...batch.voids, ...batch.printed]), { from: 1, to: batch.quantity })[0] ?? {
    from: 1,
    to: batch.quantity,
  };
  const kept = (name: string, fresh: string): string => (faults.title === null ? fresh : sent(call.form, name));
  const fault = (name: string): string | null => faults.fields[name] ?? null;
  const templates = [...(await templatesOf(call, batch)).values()].map(({ template }) => ({
    value: template.id,
    text: template.name[language],
  }));
  const body = html`${fieldRow(
    textField({
      name: 'from',
      label: words.from,
      value: kept('from', String(rest.from)),
      mode: 'numeric',
      max: 10,
      required: true,
      fault: fault('from'),
    }),
    textField({
      name: 'to',
      label: words.to,
      value: kept('to', String(rest.to)),
      mode: 'numeric',
      max: 10,
      required: true,
      fault: fault('to'),
    }),
  )}${selectField({ name: 'template', label: print.template, value: kept('template', jobs[0]?.template ?? 'a4-65'), options: templates, fault: fault('template') })}${fieldRow(
    textField({
      name: 'skip',
      label: print.skip,
      value: kept('skip', '1'),
      mode: 'numeric',
      max: 4,
      required: true,
      fault: fault('skip'),
    }),
    selectField({
      name: 'printer',
      label: print.printer,
      value: kept('printer', printers[0]?.id ?? ''),
      blank: print.noPrinter,
      options: printers.map(({ id, name }) => ({ value: id, text: name })),
      fault: fault('printer'),
    }),
  )}${textField({ name: 'reprintReason', label: words.reprint, value: kept('reprintReason', ''), max: 300, hint: words.reprintHint, optional: frameWordsOf(language).form.optional, fault: fault('reprintReason') })}`;
  const links = [linkButton(`/api/v1/batches/${batch.id}/codes.csv`, words.codes)];
  if (
    batch.pin &&
    decide(call.actor, 'take-pins', { officeId: batch.officeId, producerId: batch.producerId }).kind === 'may'
  )
    links.push(linkButton(`/api/v1/batches/${batch.id}/codes.csv?pins=true`, words.pins));
  return section(
    words.print,
    html`<p class="hint">${words.printText}</p>${form({ call, action: `/console/batches/${batch.id}/print`, words: frameWordsOf(language), submit: words.printSubmit, body, faults })}<div class="acts">${links}</div>`,
    'print',
  );
}

function voidSection(call: PageCall, batch: OpenBatch, faults: FormFaults): Html {
  const { page: words, reasons } = batchesWordsOf(call.language);
  const print = printWordsOf(call.language);
  const kept = (name: string): string => (faults.title === null ? '' : sent(call.form, name));
  const body = html`${serialsField(call, batch, faults, kept('serials'))}${selectField({
    name: 'reason',
    label: print.job.reason,
    value: kept('reason') || 'spoiled',
    options: VOID_REASONS.map((value: VoidReason) => ({ value, text: reasons[value] })),
    fault: faults.fields['reason'] ?? null,
  })}${textField({ name: 'note', label: words.note, value: kept('note'), max: 500, optional: frameWordsOf(call.language).form.optional, fault: faults.fields['note'] ?? null })}`;
  return section(
    words.void,
    html`<p class="hint">${words.voidText}</p>${form({ call, action: `/console/batches/${batch.id}/void`, words: frameWordsOf(call.language), submit: words.voidSubmit, body, faults, plain: true })}`,
    'void',
  );
}

function displaySection(call: PageCall, batch: OpenBatch, faults: FormFaults): Html {
  const { page: words } = batchesWordsOf(call.language);
  const body = serialsField(
    call,
    batch,
    faults,
    faults.title === null ? '' : sent(call.form, 'displaySerials'),
    'display',
  );
  return section(
    words.display,
    html`<p class="hint">${words.displayText}</p>${form({ call, action: `/console/batches/${batch.id}/display`, words: frameWordsOf(call.language), submit: words.displaySubmit, body, faults, plain: true })}`,
    'display',
  );
}

function serialsField(
  call: PageCall,
  batch: OpenBatch,
  faults: FormFaults,
  value: string,
  of: 'void' | 'display' = 'void',
): Html {
  const { page: words } = batchesWordsOf(call.language);
  return textField({
    name: of === 'void' ? 'serials' : 'displaySerials',
    label: words.serials,
    value,
    max: 1_000,
    plain: true,
    required: true,
    hint: words.serialsHint(numberText(batch.quantity, call.language)),
    fault: faults.fields['serials'] ?? null,
  });
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
