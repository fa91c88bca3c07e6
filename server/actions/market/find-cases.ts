// Stamps that look copied, as an office's work: found by their tallies, with the reasons and the state of each case. A
// producer sees those among its own stamps, so that it soon notices if a box of stamps was stolen.

import { setImmediate as turn } from 'node:timers/promises';
import type { Actor } from '../../domain/people/account.ts';
import { CASE_STATES, caseState, type Case, type CaseState } from '../../domain/market/case.ts';
import type { Batch } from '../../domain/batches/batch.ts';
import type { Id } from '../../domain/entity.ts';
import { findRange } from '../../domain/batches/intervals.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import {
  countsOf,
  crowdBound,
  ON_GOODS,
  suspicionOf,
  type SuspectCounts,
  type Suspicion,
} from '../../domain/stamp/suspect.ts';
import { emptyTally, type BatchTally, type StampTally } from '../../domain/stamp/tally.ts';
import type { Page } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import type { BatchFact, OfficeFacts, StampLife } from '../kit/office-facts.ts';
import { reachBatches, type BatchFilter } from '../batches/reach-batches.ts';
import { reach } from '../kit/reach.ts';
import { portions } from '../scans/scan-overview.ts';

/**
 * Stamps examined for one list, the most urgent first: a year's suspicious stamps of all offices of the country, read
 * within a second. The rest come up as these are closed.
 */
const CASES_LOOKED_AT_MAX = 20_000;
const PAGE_SIZE = 200;

export interface CaseRow {
  batchId: Id;
  serial: number;
  officeId: Id;
  producerId: Id;
  producer: string;
  product: string | null;
  lotId: Id | null;
  tally: StampTally;
  /** Gravest first; empty: an inspector's finding opened it. */
  reasons: Suspicion[];
  /** What was counted for them since the office's last answer. */
  counts: SuspectCounts;
  /** The least crowd that makes a case in this batch. */
  crowdBound: number;
  /** Whether the public page shows it too. */
  toldConsumers: boolean;
  state: CaseState;
  /** Null: nobody has handled it yet. */
  known: Case | null;
}

export interface CaseList {
  rows: CaseRow[];
  /** There may be more cases than were examined. */
  more: boolean;
}

/**
 * Open cases first: those that the public page shows, then those that grew since they were closed; stamps that are not
 * activated come last; then by far jumps and visitor-days. Displays and plaques are left out. Problems: invalid.
 */
export async function listCases(
  actor: Actor,
  input: BatchFilter & { state?: CaseState | undefined },
  ctx: ActionContext,
): Promise<Result<CaseList>> {
  const reached = await reachBatches(actor, input, ctx);
  if (!reached.ok) return reached;
  const { batchOf, facts, officeId } = reached.value;
  const { possible, more } = await possibleOf(batchOf, ctx);
  const own = actor.kind === 'person' && actor.role === 'producer' ? actor.producerId : null;
  const known = await knownCases(officeId, own ?? input.producerId, ctx);
  possible.push(...(await foundByInspectors(known, (id) => batchOf(id) !== undefined, possible, ctx)));
  if (possible.length === 0) return ok({ rows: [], more });
  const tallies = await batchTallies(possible, ctx);
  const rows: CaseRow[] = [];
  for (const tally of possible) {
    const batch = batchOf(tally.batchId);
    if (batch === undefined) continue;
    const handled = known.get(stampOf(tally)) ?? null;
    const row = rowOf({ ...batch, officeId }, tally, tallies.get(tally.batchId) ?? null, handled, facts);
    if (row !== null && (input.state === undefined || row.state === input.state)) rows.push(row);
  }
  return ok({ rows: rows.sort(byUrgency).map((row) => caseFor(actor, row)), more });
}

/** Tallies of these batches that may be cases, picked from all tallies in the store's order. */
async function possibleOf(
  batchOf: (id: Id) => BatchFact | undefined,
  ctx: ActionContext,
): Promise<{ possible: StampTally[]; more: boolean }> {
  const possible: StampTally[] = [];
  let after: string | null = null;
  for (let examined = 0; examined < CASES_LOOKED_AT_MAX; examined += PAGE_SIZE) {
    const page: Page<StampTally> = await ctx.store.scans.possibleCases({ limit: PAGE_SIZE, after });
    for (const tally of page.items) {
      const batch = batchOf(tally.batchId);
      const isPublic =
        batch?.kind === 'plaque' && suspicionOf(tally, null, { ...ON_GOODS, plaque: true }).forOffice.length === 0;
      if (batch !== undefined && !isPublic) possible.push(tally);
    }
    after = page.next;
    if (after === null) return { possible, more: false };
    await turn(); // the store reads on this thread, so let scans run in between
  }
  return { possible, more: true };
}

/** The handled cases of an office or a producer, by stamp: one walk instead of a query for each stamp. */
async function knownCases(officeId: Id, producerId: Id | undefined, ctx: ActionContext): Promise<Map<string, Case>> {
  const known = new Map<string, Case>();
  const filter = producerId === undefined ? { officeId } : { producerId };
  for await (const one of everyOf(ctx.store.cases, filter)) known.set(stampOf(one), one);
  return known;
}

/** Stamps whose case a finding opened, and whose scans say nothing. */
async function foundByInspectors(
  known: ReadonlyMap<string, Case>,
  isReached: (batchId: Id) => boolean,
  possible: readonly StampTally[],
  ctx: ActionContext,
): Promise<StampTally[]> {
  const listed = new Set(possible.map(stampOf));
  const found: StampTally[] = [];
  for (const one of known.values()) {
    if (one.reasons.length > 0 || !isReached(one.batchId) || listed.has(stampOf(one))) continue;
    found.push((await ctx.store.scans.tallyOf(one.batchId, one.serial)) ?? emptyTally(one, one.createdAt));
  }
  return found;
}

function stampOf({ batchId, serial }: { batchId: Id; serial: number }): string {
  return `${batchId}:${serial}`;
}

function byUrgency(a: CaseRow, b: CaseRow): number {
  return compareKeys(urgencyKey(a), urgencyKey(b));
}

/** Sort key, field by field; lower is more urgent. */
function urgencyKey({ state, toldConsumers, known, reasons, counts }: CaseRow): number[] {
  const isOpen = state !== 'closed';
  return [
    isOpen ? 0 : 1,
    toldConsumers ? 0 : 1,
    isOpen && known?.state === 'closed' ? 0 : 1,
    reasons.some((reason) => reason !== 'scanned-before-activation') ? 0 : 1,
    CASE_STATES.indexOf(state),
    -counts.farDays,
    -counts.crowd,
  ];
}

function compareKeys(a: readonly number[], b: readonly number[]): number {
  for (const [i, left] of a.entries()) {
    const right = b[i] ?? 0;
    if (left !== right) return left - right;
  }
  return 0;
}

/** One stamp's case; `not-found` if no reason holds. */
export async function readCase(
  actor: Actor,
  input: { batchId: Id; serial: number },
  ctx: ActionContext,
): Promise<Result<CaseRow>> {
  const found = await reach(ctx.store.batches, actor, 'read-batch', input.batchId);
  if (!found.ok) return found;
  const { doc: batch } = found.value;
  const reached = await reachBatches(
    actor,
    { officeId: actor.kind === 'person' && actor.officeId === null ? batch.officeId : undefined, batchId: batch.id },
    ctx,
  );
  if (!reached.ok) return reached;
  const tally = await ctx.store.scans.tallyOf(batch.id, input.serial);
  const known = await ctx.store.cases.findBy('stamp', [batch.id, input.serial]);
  const row =
    tally === null && known === null
      ? null
      : rowOf(
          batch,
          tally ?? emptyTally(input, ctx.now().toISOString()),
          await ctx.store.scans.batchTallyOf(batch.id),
          known,
          reached.value.facts,
        );
  return row === null ? fail('not-found', 'There is no such record.') : ok(caseFor(actor, row));
}

/** A case as this actor may see it: a producer does not see who looked and what they noted. */
function caseFor(actor: Actor, row: CaseRow): CaseRow {
  const isProducer = actor.kind !== 'person' || actor.role === 'producer';
  return isProducer && row.known !== null ? { ...row, known: forProducer(row.known) } : row;
}

type CaseBatch = Pick<Batch, 'id' | 'officeId' | 'producerId' | 'productId' | 'kind'> &
  Omit<StampLife, 'answers'> &
  Partial<StampLife>;

/** Null if no reason holds. */
function rowOf(
  batch: CaseBatch,
  tally: StampTally,
  batchTally: BatchTally | null,
  known: Case | null,
  facts: OfficeFacts,
): CaseRow | null {
  const { serial } = tally;
  const activation = findRange(batch.activations, serial);
  const answer = findRange(batch.answers ?? [], serial);
  const context = {
    plaque: batch.kind === 'plaque',
    display: findRange(batch.displays, serial) !== null,
    activatedAt: activation?.at ?? null,
    answer,
  };
  const { forConsumer, forOffice } = suspicionOf(tally, batchTally, context);
  // What an answer has quieted stays on the list, as a closed case.
  const everHeld = suspicionOf(tally, batchTally, { ...context, answer: null }).forOffice;
  if (everHeld.length === 0 && answer === null && known === null) return null;
  return {
    batchId: batch.id,
    serial,
    officeId: batch.officeId,
    producerId: batch.producerId,
    producer: facts.producers.get(batch.producerId)?.name ?? '',
    product: batch.productId === null ? null : (facts.products.get(batch.productId)?.name ?? null),
    lotId: activation?.lotId ?? null,
    tally,
    reasons: forOffice.length > 0 ? forOffice : everHeld,
    counts: countsOf(tally, forOffice.length > 0 ? answer : null),
    crowdBound: crowdBound(tally, batchTally),
    toldConsumers: forConsumer !== null,
    state: caseState(known, forOffice, tally),
    known,
  };
}

function forProducer(known: Case): Case {
  const steps = known.steps?.map((step) => ({ ...step, by: '', note: null }));
  return { ...known, by: '', note: null, ...(steps === undefined ? {} : { steps }) };
}

async function batchTallies(possible: readonly StampTally[], ctx: ActionContext): Promise<Map<Id, BatchTally>> {
  const found = new Map<Id, BatchTally>();
  for (const some of portions([...new Set(possible.map(({ batchId }) => batchId))])) {
    for (const tally of await ctx.store.scans.batchTalliesOf(some)) found.set(tally.batchId, tally);
  }
  return found;
}
