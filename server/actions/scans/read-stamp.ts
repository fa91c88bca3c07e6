// What is known of one stamp, named by its serial or by its code. Reading it counts no scan.
//
// A code is the secret of its stamp: anyone who knows it can print a copy. So only actors who may take codes, or who
// named the stamp by its code, see it whole; all others see its last four symbols (CONTRACT §7).

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Batch, VoidedRange } from '../../domain/batches/batch.ts';
import { addDays, startOfDay } from '../../domain/calendar.ts';
import type { Id, Instant } from '../../domain/entity.ts';
import type { Inspection } from '../../domain/market/inspection.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import { formatStampCode } from '../../domain/stamp/stamp-code.ts';
import { stampFactsOf, suspectContextOf } from '../../domain/stamp/stamp-facts.ts';
import type { StampAnswer } from '../../domain/stamp/stamp-answer.ts';
import { type Suspicion, suspicionOf } from '../../domain/stamp/suspect.ts';
import { type Verdict, verdictOf } from '../../domain/stamp/verdict.ts';
import { loadBatch } from '../../scan/load-batch.ts';
import { keysOf } from '../batches/sealed-batch.ts';
import type { ActionContext } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { placeOf, reach } from '../kit/reach.ts';
import { decide } from '../kit/rights.ts';
import { actorId, lineOf } from '../kit/save.ts';
import { todayOf } from '../kit/today.ts';
import { findingFor, type FindingShown } from '../market/read.ts';
import { findStampFor } from './find-stamp-for.ts';
import { STAMPS_READ_BULK, STAMPS_READ_DAY_MAX } from './stamp-reads.ts';

/** A typed code has spaces and hyphens; a longer text cannot be one. */
export const stampQuery = z.strictObject({ code: z.string().min(1).max(64) });

/** Shown of a code to those who may not see it whole. */
const CODE_END_SYMBOLS = 4;

/** Findings of one batch that are searched for those of a stamp. */
const FINDINGS_MAX = 2_000;

export interface StampRecord {
  batchId: Id;
  serial: number;
  /** The whole code, or its last four symbols. */
  code: string;
  verdict: Verdict;
  also: Verdict[];
  display: boolean;
  lotId: Id | null;
  scans: { count: number; firstAt: Instant | null; lastAt: Instant | null };
  voided: Pick<VoidedRange, 'reason' | 'note' | 'at'> | null;
  /** What the office found out about its scans; null: nothing yet. */
  answer: Pick<StampAnswer, 'outcome' | 'at'> | null;
  /** Why the office should look at it; the consumer's page says less. */
  suspicions: Suspicion[];
  findings: FindingShown[];
}

/** Problems: not-found, also for a serial that the batch does not have; too-many-requests. */
export async function readStamp(
  actor: Actor,
  input: { id: Id; serial: number },
  ctx: ActionContext,
): Promise<Result<StampRecord>> {
  const found = await reach(ctx.store.batches, actor, 'read-batch', input.id);
  if (!found.ok) return found;
  const batch = found.value.doc;
  if (input.serial > batch.quantity) return fail('not-found', 'There is no such record.');
  const counted = await countRead(actor, batch, ctx);
  if (!counted.ok) return counted;
  const code = formatStampCode(keysOf(ctx, batch).codeOf(input.serial));
  const mayHaveIt = decide(actor, 'take-codes', placeOf(batch)).kind === 'may';
  return ok(await recordOf(actor, batch, input.serial, mayHaveIt ? code : code.slice(-CODE_END_SYMBOLS), ctx));
}

/** Problems: not-found, both for an invalid code and for one of a batch out of reach. */
export async function readStampByCode(
  actor: Actor,
  input: z.output<typeof stampQuery>,
  ctx: ActionContext,
): Promise<Result<StampRecord>> {
  const may = decide(actor, 'read-batch', null);
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  const inReach = (batch: Batch): boolean => decide(actor, 'read-batch', placeOf(batch)).kind === 'may';
  const found = await findStampFor(actor, input.code, inReach, ctx);
  if (!found.ok) return found;
  const stamp = found.value;
  if (stamp === null) return fail('not-found', 'There is no such record.');
  const { batch, keys, serial } = stamp;
  return ok(await recordOf(actor, batch, serial, formatStampCode(keys.codeOf(serial)), ctx));
}

/** Counts stamps read by serial, and writes an audit line at the thresholds. Problems: too-many-requests. */
async function countRead(actor: Actor, batch: Batch, ctx: ActionContext): Promise<Result<null>> {
  const day = todayOf(ctx);
  const stamps = ctx.stampReads.note(actorId(actor), day);
  if (stamps === STAMPS_READ_BULK || stamps === STAMPS_READ_DAY_MAX) {
    const values = { day, stamps };
    const entity = `batch:${batch.id}`;
    await ctx.store.audit.add(
      lineOf(ctx, actor, { entity, action: 'read-many-stamps', officeId: batch.officeId, values }),
    );
  }
  if (stamps <= STAMPS_READ_DAY_MAX) return ok(null);
  const nextDayMs = startOfDay(ctx.settings.timeZone, addDays(day, 1)).getTime();
  return fail(
    'too-many-requests',
    `At most ${STAMPS_READ_DAY_MAX} stamps a day are read by serial. Name a stamp by its code, or list the batch's scans.`,
    { details: { retryAfterSeconds: Math.max(1, Math.ceil((nextDayMs - ctx.now().getTime()) / 1_000)) } },
  );
}

async function recordOf(
  actor: Actor,
  batch: Batch,
  serial: number,
  code: string,
  ctx: ActionContext,
): Promise<StampRecord> {
  const [{ facts, batchTally }, tally, findings] = await Promise.all([
    loadBatch(ctx.store, batch),
    ctx.store.scans.tallyOf(batch.id, serial),
    findingsOf(ctx, batch.id, serial),
  ]);
  const stamp = stampFactsOf(facts, serial, tally, batchTally);
  const { verdict, also, display } = verdictOf(stamp, ctx.now(), ctx.settings.timeZone);
  const { activation, voided } = stamp;
  const counted = tally !== null && tally.count > 0 ? tally : null;
  return {
    batchId: batch.id,
    serial,
    code,
    verdict,
    also,
    display,
    lotId: activation?.lotId ?? null,
    scans: { count: counted?.count ?? 0, firstAt: counted?.firstAt ?? null, lastAt: counted?.lastAt ?? null },
    answer: stamp.answer === null ? null : { outcome: stamp.answer.outcome, at: stamp.answer.at },
    voided: voided === null ? null : { reason: voided.reason, note: voided.note, at: voided.at },
    suspicions: suspicionOf(tally, batchTally, suspectContextOf(stamp)).forOffice,
    findings: findings.map((finding) => findingFor(actor, finding)),
  };
}

async function findingsOf(ctx: ActionContext, batchId: Id, serial: number): Promise<Inspection[]> {
  const findings: Inspection[] = [];
  let seen = 0;
  for await (const finding of everyOf(ctx.store.inspections, { batchId })) {
    if (finding.serial === serial) findings.push(finding);
    seen += 1;
    if (seen === FINDINGS_MAX) break;
  }
  return findings;
}
