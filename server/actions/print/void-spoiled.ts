// Voids what a paper jam spoiled of one print, in one step: whole sheets by their number in the file, stamps by their
// serial, or both.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import { VOID_REASONS, type Batch } from '../../domain/batches/batch.ts';
import { voidRanges } from '../../domain/batches/batch-life.ts';
import type { Id } from '../../domain/entity.ts';
import { countOf, mergeRanges, type SerialRange } from '../../domain/batches/intervals.ts';
import { sheetCount, type PrintJob } from '../../domain/print/print-job.ts';
import { fieldProblem, ok, type Result } from '../../domain/problem.ts';
import { parseSerialList } from '../../domain/batches/serial-list.ts';
import { changeLife, type LifeChange } from '../batches/change-life.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { text } from '../kit/fields.ts';
import { reach } from '../kit/reach.ts';
import { actorId } from '../kit/save.ts';

/** A line of serials; its parts are bounded by parseSerialList. */
const LINE_MAX = 1_000;

export const voidSpoiledInput = z.strictObject({
  sheets: z.string().max(LINE_MAX),
  serials: z.string().max(LINE_MAX),
  reason: z.enum(VOID_REASONS),
  note: text(500, true).nullable(),
});

export interface Spoiled {
  batchId: Id;
  intervals: SerialRange[];
  /** How many of them were not void before. */
  stamps: number;
}

/** Problems: not-found, invalid (sheets, serials), too-many-intervals. */
export async function voidSpoiled(
  actor: Actor,
  input: { id: Id; spoiled: z.output<typeof voidSpoiledInput> },
  ctx: ActionContext,
): Promise<Outcome<Spoiled>> {
  const found = await reach(ctx.store.printJobs, actor, 'work-batch', input.id);
  if (!found.ok) return found;
  const job = found.value.doc;
  const { sheets, serials, reason, note } = input.spoiled;
  const ofSheets = readLine('sheets', sheets, { from: 1, to: sheetCount(job) });
  if (!ofSheets.ok) return ofSheets;
  const ofSerials = readLine('serials', serials, job);
  if (!ofSerials.ok) return ofSerials;
  const intervals = mergeRanges([...ofSheets.value.map((range) => serialsOfSheets(job, range)), ...ofSerials.value]);
  if (intervals.length === 0)
    return fieldProblem('invalid', 'sheets', 'required', 'Name the sheets, rows or stamps that were spoiled.');
  const plan = async (batch: Batch): Promise<Result<LifeChange<Spoiled>>> => {
    const voided = voidRanges(batch, intervals, { reason, note }, ctx.now().toISOString(), actorId(actor));
    if (!voided.ok) return voided;
    const { changed, stamps } = voided.value;
    return ok({
      batch: changed ? voided.value.batch : null,
      answer: { batchId: batch.id, intervals, stamps },
      values: { intervals, reason, note, printJobId: job.id },
    });
  };
  return changeLife(actor, { right: 'work-batch', id: job.batchId, action: 'void-stamps', created: true, plan }, ctx);
}

function serialsOfSheets({ from, to, skip, placesPerPage }: PrintJob, sheets: SerialRange): SerialRange {
  const first = from - skip + (sheets.from - 1) * placesPerPage;
  const last = from - skip + sheets.to * placesPerPage - 1;
  return { from: Math.max(from, first), to: Math.min(to, last) };
}

function readLine(field: 'sheets' | 'serials', line: string, within: SerialRange): Result<SerialRange[]> {
  const ranges = parseSerialList(line);
  if (ranges === null) return fieldProblem('invalid', field, 'unread', 'Write numbers like "2" or "66-130, 140".');
  const inside =
    countOf(ranges) === 0 || ((ranges[0]?.from ?? 1) >= within.from && (ranges.at(-1)?.to ?? 1) <= within.to);
  return inside
    ? ok(ranges)
    : fieldProblem('invalid', field, 'out-of-range', `These are ${within.from} to ${within.to}.`);
}
