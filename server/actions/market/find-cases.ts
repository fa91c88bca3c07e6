// Stamps that look copied, as an office's work: found by their tallies, with the reasons and how far each case is. A
// producer sees those among its own stamps, so that it soon misses a box of stamps that went astray.

import type { Actor } from '../../domain/people/account.ts';
import { CASE_STATES, caseState, type Case, type CaseState } from '../../domain/market/case.ts';
import type { Batch } from '../../domain/batches/batch.ts';
import type { Id } from '../../domain/entity.ts';
import { findRange } from '../../domain/batches/intervals.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import { suspicionOf, type Suspicion } from '../../domain/stamp/suspect.ts';
import type { BatchTally, StampTally } from '../../domain/stamp/tally.ts';
import type { ActionContext } from '../kit/context.ts';
import type { OfficeFacts } from '../kit/office-facts.ts';
import { reachBatches, type BatchFilter } from '../batches/reach-batches.ts';
import { reach } from '../kit/reach.ts';
import { portions } from '../scans/scan-overview.ts';

/** Stamps examined for one list; the rest come up as these are closed. */
const CASES_LOOKED_AT_MAX = 500;

export interface CaseRow {
  batchId: Id;
  serial: number;
  producerId: Id;
  producer: string;
  product: string | null;
  lotId: Id | null;
  tally: StampTally;
  /** Gravest first; never empty. */
  reasons: Suspicion[];
  /** Whether the public page shows it too. */
  toldConsumers: boolean;
  state: CaseState;
  /** Null: not handled yet. */
  known: Case | null;
}

export interface CaseList {
  rows: CaseRow[];
  /** There may be more stamps than were examined. */
  more: boolean;
}

/** The urgent ones first: those that the public page shows, then by far jumps and visitor-days. Problems: invalid. */
export async function listCases(
  actor: Actor,
  input: BatchFilter & { state?: CaseState | undefined; limit?: number },
  ctx: ActionContext,
): Promise<Result<CaseList>> {
  const reached = await reachBatches(actor, input, ctx);
  if (!reached.ok) return reached;
  const { batches, facts } = reached.value;
  const { limit = CASES_LOOKED_AT_MAX, state } = input;
  const possible: StampTally[] = [];
  for (const some of portions(batches.map(({ id }) => id))) {
    if (possible.length >= limit) break;
    possible.push(...(await ctx.store.scans.possibleCases(some, limit - possible.length)));
  }
  const tallies = await batchTallies(possible, ctx);
  const docs = new Map<Id, Batch | null>();
  const rows: CaseRow[] = [];
  for (const tally of possible) {
    if (!docs.has(tally.batchId)) docs.set(tally.batchId, await ctx.store.batches.get(tally.batchId));
    const batch = docs.get(tally.batchId) ?? null;
    const row = batch === null ? null : await rowOf(batch, tally, tallies.get(tally.batchId) ?? null, facts, ctx);
    if (row !== null && (state === undefined || row.state === state)) rows.push(row);
  }
  const weight = ({ toldConsumers, state: at, tally }: CaseRow): number =>
    (CASE_STATES.length - CASE_STATES.indexOf(at)) * 1e12 +
    (toldConsumers ? 1e11 : 0) +
    tally.farJumps * 1e5 +
    tally.visitorDays;
  return ok({
    rows: rows.sort((a, b) => weight(b) - weight(a)).map((row) => caseFor(actor, row)),
    more: possible.length >= limit,
  });
}

/** One stamp's case; `not-found` where no reason holds. */
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
  const row =
    tally === null
      ? null
      : await rowOf(batch, tally, await ctx.store.scans.batchTallyOf(batch.id), reached.value.facts, ctx);
  return row === null ? fail('not-found', 'There is no such record.') : ok(caseFor(actor, row));
}

/** A case as this actor may see it: a producer without who looked and what they noted. */
function caseFor(actor: Actor, row: CaseRow): CaseRow {
  const isProducer = actor.kind !== 'person' || actor.role === 'producer';
  return isProducer && row.known !== null ? { ...row, known: { ...row.known, by: '', note: null } } : row;
}

/** Null where no reason holds. */
async function rowOf(
  batch: Batch,
  tally: StampTally,
  batchTally: BatchTally | null,
  facts: OfficeFacts,
  ctx: ActionContext,
): Promise<CaseRow | null> {
  const { serial } = tally;
  const activation = findRange(batch.activations, serial);
  const context = {
    plaque: batch.kind === 'plaque',
    display: findRange(batch.displays, serial) !== null,
    activatedAt: activation?.at ?? null,
  };
  const { forConsumer, forOffice } = suspicionOf(tally, batchTally, context);
  if (forOffice.length === 0) return null;
  const known = await ctx.store.cases.findBy('stamp', [batch.id, serial]);
  return {
    batchId: batch.id,
    serial,
    producerId: batch.producerId,
    producer: facts.producers.get(batch.producerId)?.name ?? '',
    product: batch.productId === null ? null : (facts.products.get(batch.productId)?.name ?? null),
    lotId: activation?.lotId ?? null,
    tally,
    reasons: forOffice,
    toldConsumers: forConsumer !== null,
    state: caseState(known, forOffice, tally),
    known,
  };
}

async function batchTallies(possible: readonly StampTally[], ctx: ActionContext): Promise<Map<Id, BatchTally>> {
  const found = new Map<Id, BatchTally>();
  for (const some of portions([...new Set(possible.map(({ batchId }) => batchId))])) {
    for (const tally of await ctx.store.scans.batchTalliesOf(some)) found.set(tally.batchId, tally);
  }
  return found;
}
