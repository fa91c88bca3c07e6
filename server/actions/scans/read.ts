// Reads the scans of a batch as a list or a file, and what is known of one stamp. A scan here has its minute, its
// province and its verdict; the visitor is not known. Reading counts no scan.

import { setImmediate as turn } from 'node:timers/promises';
import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id, Instant } from '../../domain/entity.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import type { Page, ScanRange, StoredScan } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { pageQuery, querySerial } from '../kit/fields.ts';
import { moment, readPeriod } from '../kit/period.ts';
import { pageOf, reach } from '../kit/reach.ts';
import type { VoidedRange } from '../../domain/batches/batch.ts';
import type { Inspection } from '../../domain/market/inspection.ts';
import { formatStampCode } from '../../domain/stamp/stamp-code.ts';
import { stampFactsOf } from '../../domain/stamp/stamp-facts.ts';
import { type Suspicion, suspicionOf } from '../../domain/stamp/suspect.ts';
import { type Verdict, verdictOf } from '../../domain/stamp/verdict.ts';
import { loadBatch } from '../../scan/load-batch.ts';
import { everyOf } from '../kit/every-of.ts';
import { findingFor, type FindingShown } from '../market/read.ts';
import { keysOf } from '../batches/sealed-batch.ts';

const periodFields = { from: moment.nullable().default(null), to: moment.nullable().default(null) };

export const listScansQuery = pageQuery.extend({ ...periodFields, serial: querySerial.nullable().default(null) });
export const exportScansQuery = z.strictObject({ ...periodFields, serial: querySerial.nullable().default(null) });

const PAGE_LIMIT = 200;

/** Newest first. Problems: invalid. */
export async function listScans(
  actor: Actor,
  input: { id: Id; query: z.output<typeof listScansQuery> },
  ctx: ActionContext,
): Promise<Result<Page<StoredScan>>> {
  const { limit, after, serial } = input.query;
  const range = await rangeOf(actor, input.id, input.query, ctx);
  if (!range.ok) return range;
  return pageOf(() => ctx.store.scans.list({ ...range.value, serial }, { limit, after }));
}

/** All scans of the period as CSV: `at,serial,province,verdict,counted`. Problems: invalid. */
export async function exportScans(
  actor: Actor,
  input: { id: Id; query: z.output<typeof exportScansQuery> },
  ctx: ActionContext,
): Promise<Result<{ fileName: string; rows: AsyncIterable<Uint8Array> }>> {
  const range = await rangeOf(actor, input.id, input.query, ctx);
  if (!range.ok) return range;
  return ok({ fileName: `${input.id}-scans.csv`, rows: scanRows(ctx, { ...range.value, serial: input.query.serial }) });
}

async function rangeOf(
  actor: Actor,
  batchId: Id,
  period: { from: string | null; to: string | null },
  ctx: ActionContext,
): Promise<Result<ScanRange>> {
  const found = await reach(ctx.store.batches, actor, 'read-batch', batchId);
  if (!found.ok) return found;
  const read = readPeriod(period, ctx.settings.timeZone);
  return read.ok ? ok({ batchId, ...read.value }) : read;
}

async function* scanRows(
  ctx: ActionContext,
  range: ScanRange & { serial: number | null },
): AsyncGenerator<Uint8Array, void, void> {
  yield Buffer.from('at,serial,province,verdict,counted\n', 'utf8');
  let after: string | null = null;
  for (;;) {
    const page: Page<StoredScan> = await ctx.store.scans.list(range, { limit: PAGE_LIMIT, after });
    const rows = page.items.map(
      ({ at, serial, province, verdict, counted }) => `${at},${serial},${cellOf(province)},${verdict},${counted}\n`,
    );
    if (rows.length > 0) yield Buffer.from(rows.join(''), 'utf8');
    if (page.next === null) return;
    after = page.next;
    await turn(); // the store reads on this thread: look-ups come in between
  }
}

/** A province's name comes from a table of ours; it is quoted all the same. */
function cellOf(text: string | null): string {
  return text === null ? '' : `"${text.replaceAll('"', '""')}"`;
}

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
