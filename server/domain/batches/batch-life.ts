// What happens to the stamps of a batch after its issue: they are activated for a lot, deactivated, voided, set out for
// display, printed. Each is a pure change of the batch's lists of intervals, which stay sorted and disjoint. Repeating
// a change changes nothing.
//
// A void stamp stays void for ever; a later activation of a range around it leaves it out. The action decides who may
// do it, and whether a stamp was scanned in between.

import {
  COVERED_MAX,
  INTERVALS_MAX,
  type Activation,
  type Batch,
  type DisplayRange,
  type VoidedRange,
  type VoidReason,
} from './batch.ts';
import type { Id, Instant } from '../entity.ts';
import {
  addRange,
  clipRanges,
  countOf,
  gapsIn,
  joinAlike,
  mergeRanges,
  subtractRange,
  type SerialRange,
} from './intervals.ts';
import type { StampAnswer } from '../stamp/stamp-answer.ts';
import { fail, fieldProblem, ok, type Result } from '../problem.ts';

/** The fields of a batch that these changes read and write. */
export type BatchLife = Pick<Batch, 'kind' | 'quantity' | 'activations' | 'voids' | 'displays' | 'printed' | 'answers'>;

/** Intervals that a problem names at most: enough to see what is wrong, small enough to send. */
export const NAMED_INTERVALS_MAX = 20;

/** A batch after a change. */
export interface Changed<B> {
  batch: B;
  /** False if everything asked for was already so. */
  changed: boolean;
}

export interface Activated<B> extends Changed<B> {
  /** All serials of the range that are now active for the lot, earlier activations included; neighbours are joined. */
  intervals: (SerialRange & { lotId: Id })[];
  /** How many stamps that is; shown to the person before it is done. */
  stamps: number;
}

/**
 * Activates those serials of a range that are neither void nor already active for the lot. Problems: plaque-has-no-lot,
 * invalid (from or to), overlap (serials active for another lot), too-many-intervals.
 */
export function activate<B extends BatchLife>(
  batch: B,
  range: SerialRange,
  lotId: Id,
  at: Instant,
  by: Id,
): Result<Activated<B>> {
  const refused = refusedForLot(batch) ?? refusedRange(batch, range);
  if (refused !== null) return refused;

  const active = clipRanges(batch.activations, range);
  const others = active.filter((activation) => activation.lotId !== lotId);
  if (others.length > 0) {
    return fail(
      'overlap',
      'Some of these stamps are activated for another lot: deactivate them first, or name other serials.',
      {
        details: named(others.map(({ from, to, lotId: other }) => ({ from, to, lotId: other }))),
      },
    );
  }
  const taken = mergeRanges([...active, ...clipRanges(batch.voids, range)]);
  const fresh = gapsIn(taken, range).map(({ from, to }): Activation => ({ from, to, lotId, at, by }));
  const activations = joinAlike(
    sorted([...batch.activations, ...fresh]),
    setAsOne((a, b) => a.lotId === b.lotId),
  );
  const now = mergeRanges(clipRanges(activations, range)).flatMap((interval) => gapsIn(batch.voids, interval));
  const answer = { intervals: now.map(({ from, to }) => ({ from, to, lotId })), stamps: countOf(now) };
  return bounded(
    { ...batch, activations },
    'activations',
    { ...answer, changed: fresh.length > 0 },
    covers(batch, 'activations', [range]),
  );
}

export interface Deactivated<B> extends Changed<B> {
  /** The activations that were removed, as they had been made. The caller checks each for scans since. */
  removed: Activation[];
  stamps: number;
}

/** Deactivates a range, whatever its lot. Problems: plaque-has-no-lot, invalid, too-many-intervals. */
export function deactivate<B extends BatchLife>(batch: B, range: SerialRange): Result<Deactivated<B>> {
  const refused = refusedForLot(batch) ?? refusedRange(batch, range);
  if (refused !== null) return refused;
  const removed = clipRanges(batch.activations, range);
  const activations = subtractRange(batch.activations, range);
  return bounded({ ...batch, activations }, 'activations', {
    removed,
    stamps: countOf(removed),
    changed: removed.length > 0,
  });
}

export interface Added<B> extends Changed<B> {
  /** Serials that the change added to the list. */
  added: SerialRange[];
  stamps: number;
}

/** Voids ranges; serials that are already void keep their first reason. Problems: invalid, too-many-intervals. */
export function voidRanges<B extends BatchLife>(
  batch: B,
  ranges: readonly SerialRange[],
  why: { reason: VoidReason; note: string | null },
  at: Instant,
  by: Id,
): Result<Added<B>> {
  const refused = firstRefused(batch, ranges);
  if (refused !== null) return refused;
  const added = missingOf(batch.voids, ranges);
  const fresh = added.map(({ from, to }): VoidedRange => ({ from, to, reason: why.reason, note: why.note, at, by }));
  const voids = joinAlike(
    sorted([...batch.voids, ...fresh]),
    setAsOne((a, b) => a.reason === b.reason && a.note === b.note),
  );
  const answer = { added, stamps: countOf(added), changed: added.length > 0 };
  return bounded({ ...batch, voids }, 'voids', answer, covers(batch, 'voids', ranges));
}

/** Sets ranges out for display. Problems: invalid, too-many-intervals. */
export function displayRanges<B extends BatchLife>(
  batch: B,
  ranges: readonly SerialRange[],
  at: Instant,
  by: Id,
): Result<Added<B>> {
  const refused = firstRefused(batch, ranges);
  if (refused !== null) return refused;
  const added = missingOf(batch.displays, ranges);
  const fresh = added.map(({ from, to }): DisplayRange => ({ from, to, at, by }));
  const displays = joinAlike(
    sorted([...batch.displays, ...fresh]),
    setAsOne(() => true),
  );
  const answer = { added, stamps: countOf(added), changed: added.length > 0 };
  return bounded({ ...batch, displays }, 'displays', answer, covers(batch, 'displays', ranges));
}

/** Sets an office's answer for one stamp, instead of the one before; null takes that back. Problems: too-many-intervals. */
export function answerStamp<B extends BatchLife>(
  batch: B,
  serial: number,
  answer: Omit<StampAnswer, 'from' | 'to'> | null,
): Result<Changed<B>> {
  const others = (batch.answers ?? []).filter(({ from }) => from !== serial);
  const changed = answer !== null || others.length < (batch.answers ?? []).length;
  const answers = answer === null ? others : sorted([...others, { ...answer, from: serial, to: serial }]);
  return bounded({ ...batch, answers }, 'answers', { changed });
}

/** Records that a range was printed. Problems: invalid, too-many-intervals. */
export function markPrinted<B extends BatchLife>(
  batch: B,
  range: SerialRange,
): Result<Added<B> & { again: SerialRange[] }> {
  const refused = refusedRange(batch, range);
  if (refused !== null) return refused;
  const added = gapsIn(batch.printed, range);
  const again = clipRanges(batch.printed, range);
  const printed = addRange(batch.printed, range);
  return bounded({ ...batch, printed }, 'printed', { added, again, stamps: countOf(added), changed: added.length > 0 });
}

/** All serials of a batch. */
export function wholeBatch(batch: Pick<Batch, 'quantity'>): SerialRange {
  return { from: 1, to: batch.quantity };
}

/** Serials of the ranges that a sorted list does not hold. */
function missingOf(have: readonly SerialRange[], ranges: readonly SerialRange[]): SerialRange[] {
  return mergeRanges(ranges).flatMap((range) => gapsIn(have, range));
}

function refusedForLot(batch: BatchLife): ReturnType<typeof fail> | null {
  return batch.kind === 'plaque'
    ? fail('plaque-has-no-lot', 'A plaque stands for a product without lots and is active from its issue.')
    : null;
}

function firstRefused(batch: BatchLife, ranges: readonly SerialRange[]): ReturnType<typeof fail> | null {
  for (const range of ranges) {
    const refused = refusedRange(batch, range);
    if (refused !== null) return refused;
  }
  return null;
}

function refusedRange(batch: BatchLife, { from, to }: SerialRange): ReturnType<typeof fail> | null {
  if (!Number.isInteger(from) || from < 1 || from > batch.quantity) {
    return fieldProblem('invalid', 'from', 'out-of-range', `This batch has serials 1 to ${batch.quantity}.`);
  }
  if (!Number.isInteger(to) || to < from || to > batch.quantity) {
    return fieldProblem(
      'invalid',
      'to',
      'out-of-range',
      `The last serial lies between the first, ${from}, and ${batch.quantity}.`,
    );
  }
  return null;
}

/** Whether this is one range that runs to the end of the roll, or holds a whole interval of the list. */
function covers(batch: BatchLife, list: 'activations' | 'voids' | 'displays', ranges: readonly SerialRange[]): boolean {
  const [range] = ranges;
  if (range === undefined || ranges.length > 1) return false;
  return range.to === batch.quantity || batch[list].some(({ from, to }) => range.from <= from && to <= range.to);
}

/** Whether the same person set both intervals at the same instant, and they are equal in what `isSame` compares. */
function setAsOne<T extends { at: Instant; by: Id }>(isSame: (a: T, b: T) => boolean): (a: T, b: T) => boolean {
  return (a, b) => a.at === b.at && a.by === b.by && isSame(a, b);
}

/**
 * The changed batch, or a problem if the list that grew is past its bound: the record is read for each scan and must
 * stay small.
 */
function bounded<B extends BatchLife, T extends { changed: boolean }>(
  batch: B,
  list: 'activations' | 'voids' | 'displays' | 'printed' | 'answers',
  rest: T,
  isCovering = false,
): Result<T & { batch: B }> {
  if ((batch[list] ?? []).length > (isCovering ? COVERED_MAX : INTERVALS_MAX)) {
    return fail(
      'too-many-intervals',
      `A batch holds at most ${INTERVALS_MAX} intervals of ${list}: use whole ranges, or another batch.`,
      {
        details: { list, max: INTERVALS_MAX },
      },
    );
  }
  return ok({ ...rest, batch });
}

function sorted<T extends SerialRange>(ranges: T[]): T[] {
  return ranges.toSorted((a, b) => a.from - b.from);
}

function named<T extends SerialRange>(intervals: T[]): { intervals: T[]; more: number } {
  return {
    intervals: intervals.slice(0, NAMED_INTERVALS_MAX),
    more: Math.max(0, intervals.length - NAMED_INTERVALS_MAX),
  };
}
