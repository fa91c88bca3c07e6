// Activation in two steps: first and last stamp and the lot, repeated for confirmation ("you are activating 9,400
// stamps"), then done. A hand scanner types and ends with Enter; the first field keeps what it typed while the second
// is asked for.

import { activateStamps, activateStampsInput, type ActivatedStamps } from '../../../actions/batches/activate-stamps.ts';
import { findRoll, findRollInput, type FoundRoll } from '../../../actions/batches/find-roll.ts';
import { listBatches, readBatch } from '../../../actions/batches/read.ts';
import { listLots, readLot } from '../../../actions/lots/read.ts';
import { readLotRecall } from '../../../actions/recalls/standing.ts';
import { readProduct } from '../../../actions/registry/read.ts';
import { runAction } from '../../../actions/kit/run-action.ts';
import type { OpenBatch } from '../../../domain/batches/batch.ts';
import { clipRanges, countOf, gapsIn, mergeRanges, type SerialRange } from '../../../domain/batches/intervals.ts';
import type { Lot } from '../../../domain/lots/lot.ts';
import type { Problem } from '../../../domain/problem.ts';
import { serialListText } from '../../../domain/batches/serial-list.ts';
import { doneValue, valueOf } from '../../outcome.ts';
import { html, type Html } from '../../html.ts';
import { numberMark, numberText } from '../../format.ts';
import { batchesWordsOf, frameWordsOf } from '../../words/words.ts';
import { SYMBOL_READER } from '../../symbol-reader-files.ts';
import { STAMPS_JS } from '../assets.ts';
import { go, sent, sentOrNull, type ConsoleRoute, type PageAnswer, type PageCall } from '../console-route.ts';
import { actionButton, hiddenField, selectField } from '../fields.ts';
import { type FormFaults, formFaults, showsSent } from '../form-faults.ts';
import { heldFaults } from '../forms/held-forms.ts';
import { emptyState, partOf } from '../list.ts';
import { dayOfText } from '../moments.ts';
import { notice } from '../notices.ts';
import { button, linkButton, pageHead, section } from '../page-head.ts';
import { pickRecords, type Picked } from '../picked.ts';
import { recallNotice } from '../recalls/recall-notice.ts';
import { readShape } from '../run-form.ts';
import { sentCount, typedCount } from '../typed-count.ts';
import { namesOf } from './batch-names.ts';
import { scanField } from './scan-field.ts';

const PATH = '/console/activate';
/** Rolls on one page of the list below the form. */
const ROLLS_SHOWN = 50;
/** What the confirmation page sends back. */
const confirmedInput = activateStampsInput.required({ from: true, to: true, lotId: true });

export const activateRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: PATH, right: 'work-batch', nav: 'batches', handle: (call) => askPage(call, heldFaults(call)) },
  { method: 'post', path: PATH, right: 'work-batch', nav: 'batches', handle: sayBack },
  { method: 'post', path: `${PATH}/confirm`, right: 'work-batch', nav: 'batches', handle: confirm },
  { method: 'get', path: `${PATH}/done`, right: 'work-batch', nav: 'batches', handle: donePage },
];

/** Rolls with stamps that are neither active nor void. */
function openRolls(call: PageCall, chosen: string): Promise<Picked<OpenBatch>> {
  const { actor, ctx } = call;
  return pickRecords(call, chosen, {
    name: 'batch',
    list: (page) => listBatches(actor, { kind: 'blank', ...page }, ctx),
    read: (id) => readBatch(actor, id, ctx),
    text: ({ id, note }) => `${id} ${note ?? ''}`,
    fits: (roll) => roll.kind === 'blank' && leftOf(roll) > 0,
  });
}

function leftOf({ quantity, activations, voids }: OpenBatch): number {
  return quantity - countOf(mergeRanges([...activations, ...voids]));
}

async function askPage(call: PageCall, faults: FormFaults): Promise<PageAnswer> {
  const { actor, ctx, language, query } = call;
  const { activate: words } = batchesWordsOf(language);
  // If the second step is refused, the form holds serials instead of what was scanned.
  const again: Readonly<Record<string, string>> = { first: 'from', last: 'to' };
  const kept = (name: string): string =>
    !showsSent(faults) ? (query[name] ?? '') : sent(call.form, name) || sent(call.form, again[name] ?? name);
  const { items: rolls, finder: rollFinder } = await openRolls(call, kept('batch'));
  const roll = rolls.find(({ id }) => id === kept('batch'));
  const lots = await pickRecords(call, kept('lotId'), {
    name: 'lotId',
    list: (page) => listLots(actor, { ...page, ...(roll === undefined ? {} : { producerId: roll.producerId }) }, ctx),
    read: (id) => readLot(actor, id, ctx),
    text: (lot) => lot.number,
    fits: (lot) => roll === undefined || lot.producerId === roll.producerId,
  });
  if (rolls.length === 0 && rollFinder === null && faults.title === null) {
    return {
      kind: 'page',
      title: words.title,
      body: html`${pageHead({ title: words.title, lead: words.lead })}${emptyState(words.noRolls, words.noRollsText)}`,
    };
  }
  const options = await lotOptions(call, lots.items);
  const rollOptions = rolls.map((one) => ({
    value: one.id,
    text: `${one.id}: ${words.rollLine(numberText(leftOf(one), language), numberText(one.quantity, language))}`,
  }));
  const fault = (name: string): string | null => faults.fields[name] ?? null;
  // If the first stamp is known, the last one is missing.
  const hasFirst = kept('first') !== '' && kept('last') === '';
  const form = html`
    <form class="form" method="post" action="${PATH}" id="activate"
      data-reader="${SYMBOL_READER}"
      data-photo="${words.photo}"
      data-reading="${words.reading}"
      data-none="${words.noSymbol}"
      data-no-picture="${words.noPicture}"
      data-no-reader="${words.noReader}"
      data-start="${words.camera}"
      data-stop="${words.cameraStop}"
      data-denied="${words.cameraDenied}">
      ${faults.title !== null && notice('fault', faults.title, faults.text)}
      ${hiddenField('once', call.once)}
      ${scanField({
        name: 'first',
        next: 'last',
        label: words.first,
        hint: words.scanHint,
        value: kept('first'),
        fault: fault('first'),
        focus: !hasFirst,
      })}
      ${scanField({
        name: 'last',
        next: 'lotId',
        label: words.last,
        hint: null,
        value: kept('last'),
        fault: fault('last'),
        focus: hasFirst,
      })}
      ${selectField({
        name: 'lotId',
        label: words.lot,
        value: kept('lotId') || (options[0]?.value ?? ''),
        options: { options, finder: lots.finder },
        blank: frameWordsOf(language).form.choose,
        fault: fault('lotId'),
        hint: html`<a href="/console/lots/new">${words.newLot}</a>`,
      })}
      ${selectField({
        name: 'batch',
        label: words.roll,
        value: kept('batch'),
        options: { options: rollOptions, finder: rollFinder },
        blank: words.anyRoll,
        fault: fault('batch'),
      })}
      <div class="acts">${button(words.next)}</div>
    </form>
  `;
  const part = partOf(rolls, { name: 'rolls', max: ROLLS_SHOWN, call: { ...call, path: PATH } });
  const list =
    rolls.length > 0 &&
    section(words.rolls, html`<ul class="rows">${part.rows.map((one) => rollRow(call, one))}</ul>${part.ways}`);
  const body = html`
    ${pageHead({ title: words.title, lead: words.lead })}
    ${form}
    ${list}
    <script src="${STAMPS_JS}" defer></script>
  `;
  return {
    kind: 'page',
    title: words.title,
    body,
    readsSymbols: true,
    ...(faults.title === null ? {} : { status: 422, faults }),
  };
}

async function lotOptions(call: PageCall, lots: readonly Lot[]): Promise<{ value: string; text: string }[]> {
  const names = new Map<string, string>();
  for (const { productId } of lots) {
    if (names.has(productId)) continue;
    const product = await readProduct(call.actor, productId, call.ctx);
    names.set(productId, product.ok ? product.value.name : '–');
  }
  return lots.map(({ id, number, productId }) => ({ value: id, text: `${number} · ${names.get(productId) ?? '–'}` }));
}

function rollRow(call: PageCall, roll: OpenBatch): Html {
  const { activate: words } = batchesWordsOf(call.language);
  const left = words.rollLine(numberText(leftOf(roll), call.language), numberText(roll.quantity, call.language));
  return html`
    <li>
      <div><b class="b">${roll.id}</b>, ${left}
        <p class="hint">${words.given(dayOfText(roll.issuedAt, call))}${roll.note !== null && html`, ${roll.note}`}</p>
      </div>
      ${linkButton(`${PATH}?batch=${roll.id}`, words.choose)}
    </li>
  `;
}

/** The first step: nothing changes yet. */
async function sayBack(call: PageCall): Promise<PageAnswer> {
  const { activate: words } = batchesWordsOf(call.language);
  const first = sent(call.form, 'first');
  const last = sent(call.form, 'last');
  if (first !== '' && last === '')
    return askPage(call, { title: words.faults.last, text: null, fields: { last: words.faults.last } });
  const input = readShape(findRollInput, { first, last, batchId: sentOrNull(call.form, 'batch') });
  const found = input.ok ? await findRoll(call.actor, input.value, call.ctx) : input;
  if (!found.ok) return askPage(call, await faultsOf(call, found.problem));
  const lotId = sent(call.form, 'lotId');
  const { batchId, from, to } = found.value;
  const planned = await activateStamps(
    call.actor,
    { id: batchId, activation: { from, to, ...(lotId === '' ? {} : { lotId }), dryRun: true } },
    call.ctx,
  );
  if (!planned.ok) return askPage(call, await faultsOf(call, planned.problem));
  return sayPage(call, found.value, doneValue(planned));
}

async function sayPage(call: PageCall, { batchId, from, to }: FoundRoll, plan: ActivatedStamps): Promise<PageAnswer> {
  const { actor, ctx, language } = call;
  const { activate: words } = batchesWordsOf(language);
  const number = (value: number): string => numberText(value, language);
  const batch = valueOf(await readBatch(actor, batchId, ctx));
  const lot = valueOf(await readLot(actor, plan.intervals[0]?.lotId ?? sent(call.form, 'lotId'), ctx));
  const product = valueOf(await readProduct(actor, lot.productId, ctx));
  const range = { from, to };
  const before = standingOf(batch, batch.activations, range);
  const voids = clipRanges(batch.voids, range);
  const say = words.say(
    words.stamps(number(plan.stamps - before)),
    html`<span class="b">${number(from)}–${number(to)}</span>`,
    numberMark(lot.number),
    product.name,
  );
  const fields = html`
    ${hiddenField('once', call.once)}
    ${hiddenField('batch', batchId)}
    ${hiddenField('from', from)}
    ${hiddenField('to', to)}
    ${hiddenField('lotId', lot.id)}
  `;
  // Serials and not codes, because addresses are stored and logged.
  const back = `${PATH}?${new URLSearchParams({ batch: batchId, first: String(from), last: String(to), lotId: lot.id }).toString()}`;
  const body = html`
    ${pageHead({ title: words.sayTitle })}
    <p class="say">${say}</p>
    ${recallNotice(call, valueOf(await readLotRecall(actor, lot.id, ctx)))}
    ${before > 0 && html`<p>${words.already(number(before))}</p>`}
    ${voids.length > 0 && html`<p>${words.voids(serialListText(voids))}</p>`}
    <form method="post" action="${PATH}/confirm">
      ${fields}
      <div class="acts">${button(words.confirm)}${linkButton(back, words.back)}</div>
    </form>
  `;
  return { kind: 'page', title: words.sayTitle, body };
}

/** Stamps of the range that are active and not void, as the action counts them. */
function standingOf({ voids }: OpenBatch, activations: readonly SerialRange[], range: SerialRange): number {
  return countOf(mergeRanges(clipRanges(activations, range)).flatMap((one) => gapsIn(voids, one)));
}

/** The second step. */
async function confirm(call: PageCall): Promise<PageAnswer> {
  const batchId = sent(call.form, 'batch');
  const lotId = sent(call.form, 'lotId');
  // Both ends are required here: without them the whole roll would be meant.
  const input = readShape(confirmedInput, {
    from: sentCount(call.form, 'from') ?? '',
    to: sentCount(call.form, 'to') ?? '',
    lotId,
  });
  const outcome = input.ok
    ? await runAction(activateStamps, call.actor, { id: batchId, activation: input.value }, call.ctx)
    : input;
  if (!input.ok) return askPage(call, await faultsOf(call, input.problem));
  if (!outcome.ok) return askPage(call, await faultsOf(call, outcome.problem));
  const { from, to } = input.value;
  return go(
    `${PATH}/done?${new URLSearchParams({ batch: batchId, from: String(from ?? ''), to: String(to ?? ''), lotId }).toString()}`,
  );
}

async function donePage(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, language, query } = call;
  const { activate: words } = batchesWordsOf(language);
  const batch = valueOf(await readBatch(actor, query['batch'] ?? '', ctx));
  const range = { from: Number(typedCount(query['from'] ?? '')), to: Number(typedCount(query['to'] ?? '')) };
  // Counted again: the activation may have been undone before the browser went back.
  const active = standingOf(
    batch,
    batch.activations.filter(({ lotId }) => lotId === query['lotId']),
    range,
  );
  if (active === 0) return go(`${PATH}?batch=${batch.id}`);
  const count = numberText(active, language);
  const undo = actionButton({
    call,
    action: `/console/batches/${batch.id}/deactivate`,
    text: words.undo,
    look: 'quiet',
    fields: [
      hiddenField('from', query['from'] ?? ''),
      hiddenField('to', query['to'] ?? ''),
      hiddenField('lotId', query['lotId'] ?? ''),
    ],
  });
  const body = html`
    ${pageHead({ title: words.doneTitle(count) })}
    ${notice('done', words.doneTitle(count), words.doneText)}
    <div class="acts">${linkButton(`${PATH}?batch=${batch.id}`, words.more, true)}${undo}</div>
  `;
  return { kind: 'page', title: words.doneTitle(count), body };
}

async function faultsOf(call: PageCall, problem: Problem): Promise<FormFaults> {
  const { faults } = batchesWordsOf(call.language).activate;
  const told = formFaults(problem, call, {
    'first:no-number': faults.noNumber,
    'last:no-number': faults.noNumber,
    'first:unknown': faults.unknown,
    'last:unknown': faults.unknown,
    'first:roll': faults.roll,
    'last:roll': faults.roll,
    'last:other': faults.other,
  });
  if (problem.code === 'no-lot') return { ...told, fields: { lotId: told.text ?? '' } };
  if (problem.code !== 'overlap') return told;
  const intervals = problem.details?.['intervals'];
  const overlapping = Array.isArray(intervals) ? (intervals as (SerialRange & { lotId: string })[]) : [];
  const { lots } = await namesOf(call, [
    {
      productId: null,
      lotId: null,
      producerId: call.actor.producerId ?? '',
      activations: overlapping.map((one) => ({ ...one, at: '', by: '' })),
    },
  ]);
  const lines = overlapping.map((one) => faults.overlapLine(serialListText([one]), lots.get(one.lotId) ?? '–'));
  return { ...told, text: faults.overlap(lines.join(', ')) };
}
