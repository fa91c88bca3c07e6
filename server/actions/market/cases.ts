// Stamps that look copied, as work for an office: found by their tallies, told with their reasons, looked into and closed. Its
// producers see those on their own stamps, so that a box of stamps that went astray is missed soon.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import { CASE_STATES, caseState, markOf, type Case, type CaseState } from '../../domain/market/case.ts';
import type { Batch } from '../../domain/batches/batch.ts';
import type { Id } from '../../domain/entity.ts';
import { findRange } from '../../domain/batches/intervals.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import { suspicionOf, type Suspicion } from '../../domain/stamp/suspect.ts';
import type { BatchTally, StampTally } from '../../domain/stamp/tally.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { text } from '../kit/fields.ts';
import type { OfficeFacts } from '../kit/office-facts.ts';
import { reachBatches, type BatchFilter } from '../batches/reach-batches.ts';
import { reach } from '../kit/reach.ts';
import { actorId, newEntity, nextVersion, saveChange, saveNew } from '../kit/save.ts';
import { portions } from '../scans/scan-overview.ts';
import { todayOf } from '../kit/today.ts';

/** Stamps looked at for one list: the rest come up as these are closed. */
export const CASES_LOOKED_AT_MAX = 500;

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
  /** Whether the public page says so too. */
  toldConsumers: boolean;
  state: CaseState;
  /** Null: nobody looked at it yet. */
  known: Case | null;
}

export interface CaseList {
  rows: CaseRow[];
  /** There may be more stamps than were looked at. */
  more: boolean;
}

/** The ones to do first: told to consumers, then by how often they jumped and were visited. Problems: invalid. */
export async function listCases(
  actor: Actor,
  input: BatchFilter & { state?: CaseState | undefined; limit?: number },
  ctx: ActionContext,
): Promise<Result<CaseList>> {
  const reached = await reachBatches(actor, input, ctx);
  if (!reached.ok) return reached;
  const { batches, facts } = reached.value;
  const { limit = CASES_LOOKED_AT_MAX, state } = input;
  const odd: StampTally[] = [];
  for (const some of portions(batches.map(({ id }) => id))) {
    if (odd.length >= limit) break;
    odd.push(...(await ctx.store.scans.oddStamps(some, limit - odd.length)));
  }
  const tallies = await batchTallies(odd, ctx);
  const docs = new Map<Id, Batch | null>();
  const rows: CaseRow[] = [];
  for (const tally of odd) {
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
    more: odd.length >= limit,
  });
}

/** One stamp's case; `not-found` where nothing is odd about it. */
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

export const handleCaseInput = z.strictObject({
  state: z.enum(['looking', 'closed']),
  note: text(2_000, true).nullable().default(null),
});

/** Takes a case up or closes it. @param input `version` of the case as it was read, 0 where nobody had looked at it */
export async function handleCase(
  actor: Actor,
  input: { batchId: Id; serial: number; version: number; handling: z.output<typeof handleCaseInput> },
  ctx: ActionContext,
): Promise<Outcome<Case>> {
  const found = await reach(ctx.store.batches, actor, 'handle-complaint', input.batchId);
  if (!found.ok) return found;
  const row = await readCase(actor, input, ctx);
  if (!row.ok) return row;
  const { officeId, producerId } = found.value.doc;
  const { reasons, tally, known } = row.value;
  if ((known?.version ?? 0) !== input.version)
    return fail('version-conflict', 'Somebody handled this case meanwhile. Read it again.');
  const handled = { ...input.handling, reasons, mark: markOf(tally), on: todayOf(ctx), by: actorId(actor) };
  if (known !== null) {
    const doc = nextVersion(ctx, known, handled);
    return saveChange(ctx, actor, { collection: 'cases', before: known, doc, action: 'handle-case', answer: doc });
  }
  const doc: Case = {
    ...newEntity(ctx),
    officeId,
    producerId,
    batchId: input.batchId,
    serial: input.serial,
    ...handled,
  };
  const made = await saveNew(ctx, actor, { collection: 'cases', doc, action: 'handle-case', answer: doc });
  return made.ok || made.problem.code !== 'taken'
    ? made
    : fail('version-conflict', 'Somebody handled this case meanwhile. Read it again.');
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

async function batchTallies(odd: readonly StampTally[], ctx: ActionContext): Promise<Map<Id, BatchTally>> {
  const found = new Map<Id, BatchTally>();
  for (const some of portions([...new Set(odd.map(({ batchId }) => batchId))])) {
    for (const tally of await ctx.store.scans.batchTalliesOf(some)) found.set(tally.batchId, tally);
  }
  return found;
}
