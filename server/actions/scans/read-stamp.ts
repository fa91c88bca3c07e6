// What is known of one stamp to those who look after it: its code, verdict, scans, voiding and findings. Looking counts no scan.

import type { Actor } from '../../domain/people/account.ts';
import type { VoidedRange } from '../../domain/batches/batch.ts';
import type { Id, Instant } from '../../domain/entity.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import type { Inspection } from '../../domain/market/inspection.ts';
import { formatStampCode } from '../../domain/stamp/stamp-code.ts';
import { stampFactsOf } from '../../domain/stamp/stamp-facts.ts';
import { suspicionOf, type Suspicion } from '../../domain/stamp/suspect.ts';
import { verdictOf, type Verdict } from '../../domain/stamp/verdict.ts';
import { loadBatch } from '../../scan/load-batch.ts';
import type { ActionContext } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { findingFor, type FindingShown } from '../market/read.ts';
import { reach } from '../kit/reach.ts';
import { keysOf } from '../batches/sealed-batch.ts';

/** Findings of one batch that are looked through for a stamp's. */
const FINDINGS_MAX = 2_000;

export interface StampRecord {
  serial: number;
  code: string;
  verdict: Verdict;
  also: Verdict[];
  display: boolean;
  lotId: Id | null;
  scans: { count: number; firstAt: Instant | null; lastAt: Instant | null };
  voided: Pick<VoidedRange, 'reason' | 'note' | 'at'> | null;
  /** Why the office should look at it; the consumer's page tells less. */
  suspicions: Suspicion[];
  findings: FindingShown[];
}

/** Problems: not-found, also for a serial that the batch does not have. */
export async function readStamp(
  actor: Actor,
  input: { id: Id; serial: number },
  ctx: ActionContext,
): Promise<Result<StampRecord>> {
  const found = await reach(ctx.store.batches, actor, 'read-batch', input.id);
  if (!found.ok) return found;
  const batch = found.value.doc;
  const { serial } = input;
  if (serial > batch.quantity) return fail('not-found', 'There is no such record.');
  const [{ facts, batchTally }, tally, findings] = await Promise.all([
    loadBatch(ctx.store, batch),
    ctx.store.scans.tallyOf(batch.id, serial),
    findingsOf(ctx, batch.id, serial),
  ]);
  const stamp = stampFactsOf(facts, serial, tally, batchTally);
  const { verdict, also, display } = verdictOf(stamp, ctx.now(), ctx.settings.timeZone);
  const { activation, voided } = stamp;
  const counted = tally !== null && tally.count > 0 ? tally : null;
  return ok({
    serial,
    code: formatStampCode(keysOf(ctx, batch).codeOf(serial)),
    verdict,
    also,
    display,
    lotId: activation?.lotId ?? null,
    scans: { count: counted?.count ?? 0, firstAt: counted?.firstAt ?? null, lastAt: counted?.lastAt ?? null },
    voided: voided === null ? null : { reason: voided.reason, note: voided.note, at: voided.at },
    suspicions: suspicionOf(tally, batchTally, { plaque: stamp.plaque, display, activatedAt: activation?.at ?? null })
      .forOffice,
    findings: findings.map((finding) => findingFor(actor, finding)),
  });
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
