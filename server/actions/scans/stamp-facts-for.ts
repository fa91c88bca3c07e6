// What an inspector with network sees of a stamp and a consumer does not: its life, papers, print runs, neighbours on
// the sheet, scans by day and province, cases, findings, its batch's account, and how the true pack looks. No scan is
// recorded.

import { z } from 'zod';
import { activeRanges } from '../../domain/batches/ledger.ts';
import type { Batch } from '../../domain/batches/batch.ts';
import { clipRanges, countOf } from '../../domain/batches/intervals.ts';
import { dayIn } from '../../domain/calendar.ts';
import type { Day, Id, Instant } from '../../domain/entity.ts';
import {
  certificateState,
  publicRatingOf,
  type Certificate,
  type PublicRating,
} from '../../domain/registry/certificate.ts';
import type { Case } from '../../domain/market/case.ts';
import type { Inspection } from '../../domain/market/inspection.ts';
import type { Actor } from '../../domain/people/account.ts';
import { isMade, type PrintRun } from '../../domain/print/print-run.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import type { Look } from '../../domain/registry/look.ts';
import type { Paper } from '../../domain/registry/paper.ts';
import { formatStampCode } from '../../domain/stamp/stamp-code.ts';
import { readCarriedCode } from '../../domain/stamp/carried-code.ts';
import { stampFactsOf, suspectContextOf, type StampFacts } from '../../domain/stamp/stamp-facts.ts';
import { suspicionOf, type Suspicion } from '../../domain/stamp/suspect.ts';
import { verdictOf, type Verdict, type VerdictView } from '../../domain/stamp/verdict.ts';
import { loadBatch, type LoadedBatch } from '../../scan/load-batch.ts';
import type { FoundStamp } from '../batches/sealed-batch.ts';
import type { ActionContext } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { decide } from '../kit/rights.ts';
import { findStampFor } from './find-stamp-for.ts';

/** Either side of the stamp: some two rows of a sheet. */
const NEIGHBOURS = 10;
/** Scans of one stamp that are looked at, the newest. */
const SCANS_READ_MAX = 200;
/** Findings of a batch that are searched. */
const FINDINGS_READ_MAX = 2_000;
const RUNS_SHOWN_MAX = 50;
/** This many scans beside calm neighbours are odd. */
const ODD_TIMES = 5;

/** A symbol's text; see rounds/round-fields.ts. */
const CODE_LETTERS_MAX = 4_296;

export const stampFactsInput = z.strictObject({ code: z.string().min(1).max(CODE_LETTERS_MAX) });

export interface LifeEvent {
  at: Instant;
  what: 'issued' | 'activated' | 'voided' | 'display' | 'printed' | 'scanned-first' | 'scanned-last' | 'answer';
  from: number | null;
  to: number | null;
  lotId: Id | null;
  reason: string | null;
}

export interface Neighbour {
  serial: number;
  count: number;
  provinces: string[];
  lastOn: Day | null;
  verdict: Verdict;
  /** Scanned far more than those beside it: one odd cell among calm ones was copied; all odd is something else. */
  odd: boolean;
}

export interface FactsForInspector {
  code: string;
  serial: number;
  verdict: VerdictView;
  suspicions: Suspicion[];
  facts: LoadedBatch['facts'];
  stamp: StampFacts;
  rating: PublicRating | null;
  certificates: { certificate: Certificate; state: string; papers: Paper[] }[];
  life: LifeEvent[];
  prints: PrintRun[];
  neighbours: Neighbour[];
  scans: {
    count: number;
    firstOn: Day | null;
    lastOn: Day | null;
    byDay: { day: Day; scans: number }[];
    byProvince: { province: string | null; scans: number }[];
  };
  case: Case | null;
  findings: Inspection[];
  ledger: { given: number; printed: number; activated: number; voided: number; scanned: number };
  looks: Look[];
}

/** Problems: not-allowed, too-many-requests, not-found with `reason` malformed or not-ours. */
export async function readStampFacts(
  actor: Actor,
  input: z.output<typeof stampFactsInput>,
  ctx: ActionContext,
): Promise<Result<FactsForInspector>> {
  const may = decide(actor, 'record-finding', null);
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  const { parsed } = readCarriedCode(input.code);
  if (!parsed.ok) return notFound('malformed');
  const inReach = (batch: Batch): boolean => decide(actor, 'record-finding', batch).kind === 'may';
  const found = await findStampFor(actor, parsed.code, inReach, ctx);
  if (!found.ok) return found;
  return found.value === null ? notFound('not-ours') : ok(await factsOf(found.value, ctx));
}

function notFound(reason: 'malformed' | 'not-ours'): ReturnType<typeof fail> {
  return fail('not-found', 'This is no code of a stamp of ours. Compare each symbol with the stamp.', {
    details: { reason },
  });
}

async function factsOf({ batch, keys, serial }: FoundStamp, ctx: ActionContext): Promise<FactsForInspector> {
  const { store, settings } = ctx;
  const { timeZone } = settings;
  const [{ facts, batchTally }, tally] = await Promise.all([
    loadBatch(store, batch),
    store.scans.tallyOf(batch.id, serial),
  ]);
  const stamp = stampFactsOf(facts, serial, tally, batchTally);
  const today = dayIn(timeZone, ctx.now());
  const productId = stamp.product?.id ?? null;
  const runs = await printsOf(batch.id, serial, ctx);
  const scans = await store.scans.list(
    { batchId: batch.id, serial, from: null, to: null },
    { limit: SCANS_READ_MAX, after: null },
  );
  const counted = tally !== null && tally.count > 0 ? tally : null;
  return {
    code: formatStampCode(keys.codeOf(serial)),
    serial,
    verdict: verdictOf(stamp, ctx.now(), timeZone),
    suspicions: suspicionOf(tally, batchTally, suspectContextOf(stamp)).forOffice,
    facts,
    stamp,
    rating:
      productId === null ? null : publicRatingOf(facts.certificates, productId, today, stamp.lot?.producedOn ?? null),
    certificates: await certificatesOf(facts.certificates, productId, today, ctx),
    life: lifeOf(batch, serial, stamp, runs),
    prints: runs,
    neighbours: await neighboursOf(batch, serial, facts, ctx),
    scans: {
      count: counted?.count ?? 0,
      firstOn: counted === null ? null : dayIn(timeZone, counted.firstAt),
      lastOn: counted === null ? null : dayIn(timeZone, counted.lastAt),
      byDay: countBy(scans.items, ({ at }) => dayIn(timeZone, at)).map(([day, n]) => ({ day, scans: n })),
      byProvince: countBy(scans.items, ({ province }) => province).map(([province, n]) => ({ province, scans: n })),
    },
    case: await store.cases.findBy('stamp', [batch.id, serial]),
    findings: await findingsOf(batch.id, serial, ctx),
    ledger: {
      given: batch.quantity,
      printed: countOf(batch.printed),
      activated: countOf(activeRanges(batch)),
      voided: countOf(batch.voids),
      scanned: batchTally?.stampsScanned ?? 0,
    },
    looks: productId === null ? [] : await looksOf(productId, ctx),
  };
}

async function certificatesOf(
  certificates: readonly Certificate[],
  productId: Id | null,
  today: Day,
  ctx: ActionContext,
): Promise<FactsForInspector['certificates']> {
  const shown: FactsForInspector['certificates'] = [];
  for (const certificate of certificates) {
    if (certificate.productId !== null && certificate.productId !== productId) continue;
    const papers: Paper[] = [];
    for await (const paper of everyOf(ctx.store.papers, { subject: `certificate:${certificate.id}` }))
      papers.push(paper);
    shown.push({ certificate, state: certificateState(certificate, today), papers });
  }
  return shown;
}

async function printsOf(batchId: Id, serial: number, ctx: ActionContext): Promise<PrintRun[]> {
  const runs: PrintRun[] = [];
  for await (const run of everyOf(ctx.store.printRuns, { batchId })) {
    if (isMade(run) && run.from <= serial && serial <= run.to) runs.push(run);
    if (runs.length === RUNS_SHOWN_MAX) break;
  }
  return runs;
}

/** Oldest first. */
function lifeOf(batch: Batch, serial: number, stamp: StampFacts, runs: readonly PrintRun[]): LifeEvent[] {
  const one = { from: serial, to: serial };
  const none = { from: null, to: null, lotId: null, reason: null };
  const { tally } = stamp;
  const events: LifeEvent[] = [
    { ...none, at: batch.issuedAt, what: 'issued', from: 1, to: batch.quantity },
    ...clipRanges(batch.activations, one).map(({ at, lotId }) => ({ ...none, at, what: 'activated' as const, lotId })),
    ...clipRanges(batch.voids, one).map(({ at, reason }) => ({ ...none, at, what: 'voided' as const, reason })),
    ...clipRanges(batch.displays, one).map(({ at }) => ({ ...none, at, what: 'display' as const })),
    ...clipRanges(batch.answers ?? [], one).map(({ at, outcome }) => ({
      ...none,
      at,
      what: 'answer' as const,
      reason: outcome,
    })),
    ...runs.map(({ madeAt, printedAt, from, to, reprintReason }) => ({
      ...none,
      at: madeAt ?? printedAt,
      what: 'printed' as const,
      from,
      to,
      reason: reprintReason,
    })),
    ...(tally === null || tally.count === 0
      ? []
      : [
          { ...none, at: tally.firstAt, what: 'scanned-first' as const },
          { ...none, at: tally.lastAt, what: 'scanned-last' as const },
        ]),
  ];
  return events.toSorted((a, b) => (a.at < b.at ? -1 : 1));
}

async function neighboursOf(
  batch: Batch,
  serial: number,
  facts: LoadedBatch['facts'],
  ctx: ActionContext,
): Promise<Neighbour[]> {
  const from = Math.max(1, serial - NEIGHBOURS);
  const to = Math.min(batch.quantity, serial + NEIGHBOURS);
  const serials = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const tallies = await Promise.all(serials.map((one) => ctx.store.scans.tallyOf(batch.id, one)));
  const counts = tallies.map((tally) => tally?.count ?? 0);
  const calm = counts.toSorted((a, b) => a - b)[Math.floor(counts.length / 2)] ?? 0;
  return serials.map((one, i) => {
    const tally = tallies[i] ?? null;
    const count = tally?.count ?? 0;
    return {
      serial: one,
      count,
      provinces: tally?.provinces ?? [],
      lastOn: tally === null || count === 0 ? null : dayIn(ctx.settings.timeZone, tally.lastAt),
      verdict: verdictOf(stampFactsOf(facts, one, tally, null), ctx.now(), ctx.settings.timeZone).verdict,
      odd: count >= ODD_TIMES * Math.max(1, calm),
    };
  });
}

async function findingsOf(batchId: Id, serial: number, ctx: ActionContext): Promise<Inspection[]> {
  const findings: Inspection[] = [];
  let read = 0;
  for await (const finding of everyOf(ctx.store.inspections, { batchId })) {
    if (finding.serial === serial) findings.push(finding);
    read += 1;
    if (read === FINDINGS_READ_MAX) break;
  }
  return findings;
}

async function looksOf(productId: Id, ctx: ActionContext): Promise<Look[]> {
  const looks: Look[] = [];
  for await (const look of everyOf(ctx.store.looks, { productId })) if (look.removedAt === null) looks.push(look);
  return looks;
}

/** The most frequent first. */
function countBy<T, K>(items: readonly T[], keyOf: (item: T) => K): [K, number][] {
  const counts = new Map<K, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1]);
}
