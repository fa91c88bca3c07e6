// What a batch's page shows of the batch: its facts, what was done to its stamps, its print jobs.

import type { OpenBatch } from '../../../domain/batches/batch.ts';
import { countOf, overlaps, type SerialRange } from '../../../domain/batches/intervals.ts';
import type { PrintJob } from '../../../domain/print/print-job.ts';
import { serialListText } from '../../../domain/batches/serial-list.ts';
import { html, type Html, type Inset } from '../../html.ts';
import { numberMark, numberText } from '../../format.ts';
import { batchesWordsOf, frameWordsOf, printWordsOf } from '../../words/words.ts';
import type { PageCall } from '../console-route.ts';
import { actionButton, hiddenField } from '../fields.ts';
import { partOf } from '../list.ts';
import { whenText } from '../moments.ts';
import { facts, linkButton, section } from '../page-head.ts';
import type { BatchNames } from './batch-names.ts';

/** Intervals listed on a batch's page; a roll in daily use has tens. */
const LIVES_SHOWN = 60;
const JOBS_SHOWN = 20;

/** What the batch is for, and how many of its stamps are active, printed, void and scanned. */
export function factList(call: PageCall, batch: OpenBatch, names: BatchNames, scanned: number): Html {
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

/** What was done to ranges of the batch, newest first; null: nothing. */
export function lifeSection(call: PageCall, batch: OpenBatch, names: BatchNames, mayWork: boolean): Html | null {
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
  const part = partOf(rows, { name: 'life', max: LIVES_SHOWN, call });
  return section(
    words.life,
    html`
      <ul class="rows">
        ${part.rows.map(({ text, more }) => html`<li><div>${text}</div>${more}</li>`)}
      </ul>
      ${part.ways}
    `,
  );
}

export function jobsSection(
  call: PageCall,
  batch: Pick<OpenBatch, 'printed' | 'voids'>,
  jobs: readonly PrintJob[],
): Html {
  const { page: words } = batchesWordsOf(call.language);
  if (jobs.length === 0)
    return section(
      words.jobs,
      html`<p class="muted">${batch.printed.length > 0 ? words.noJobsButPrinted : words.noJobs}</p>`,
    );
  const stateOf = (job: PrintJob): string =>
    job.state === 'done' && batch.voids.some((voided) => overlaps(voided, job))
      ? words.jobVoid
      : words.jobStates[job.state];
  const row = (job: PrintJob): Html =>
    html`
      <li>
        <div><b>${words.jobLine(job.template, serialListText([job]))}</b>
          <p class="hint">${stateOf(job)}, ${whenText(job.createdAt, call)}</p>
        </div>
        ${linkButton(`/console/print-jobs/${job.id}`, words.open)}
      </li>
    `;
  const part = partOf(jobs, { name: 'jobs', max: JOBS_SHOWN, call });
  return section(words.jobs, html`<ul class="rows">${part.rows.map(row)}</ul>${part.ways}`);
}
