// What needs attention today, by role, as facts; the home pages put them into words. A count is of all there are: what
// is counted is walked to its end, and only what is shown is kept.

import type { Actor } from '../../domain/people/account.ts';
import { overlaps } from '../../domain/batches/intervals.ts';
import { lotAccount, type CountedBatch } from '../../domain/batches/ledger.ts';
import { addDays, daysBetween } from '../../domain/calendar.ts';
import type { ChangeRequest } from '../../domain/registry/change-request.ts';
import type { Entity, Id } from '../../domain/entity.ts';
import type { Lot } from '../../domain/lots/lot.ts';
import type { PrintJob } from '../../domain/print/print-job.ts';
import { canBeJudged, type Candidate } from '../../domain/programme/candidates.ts';
import { fileDue, followedUp, lapsesOn, type FollowUp, type Lapse } from '../../domain/programme/lapsing.ts';
import type { Recall } from '../../domain/recalls/recall.ts';
import { ok, type Result } from '../../domain/problem.ts';
import { PAGE_LIMIT_MAX, type Collection, type Filter } from '../../store/store.ts';
import { allOf, everyOf } from '../kit/every-of.ts';
import { listCases, type CaseRow } from '../market/find-cases.ts';
import type { ActionContext } from '../kit/context.ts';
import type { BatchFact } from '../kit/office-facts.ts';
import { programmeOffice } from '../programme/programme-office.ts';
import { reachBatches } from '../batches/reach-batches.ts';
import { batchesForLots, countedBatch } from '../batches/stamps-of-lot.ts';
import { listComplaints } from '../market/read.ts';
import { listStampReports } from '../market/read-stamp-reports.ts';
import { readLapsing } from '../programme/read-lapsing.ts';
import { listRequests } from '../registry/read.ts';
import { readGuesses, type OfficeGuesses } from './read-guesses.ts';
import { todayOf } from '../kit/today.ts';

/** Items listed of each kind; the rest is shown as a number. */
const EACH_MAX = 3;
/** For how many days a finished sheet and an answer of the office are shown as news. */
const NEWS_DAYS = 7;
/** Days before its best-before date from which a lot is listed. */
const LOT_DAYS = 7;
/** Days for which a certificate that has lapsed is work to do; after that it is history. */
const LAPSED_DAYS = 300;

/** Some records of a kind, and how many there are. */
export interface Some<T> {
  items: T[];
  count: number;
}

export interface ProducerToday {
  cases: Some<CaseRow>;
  blanks: Some<BatchFact & { left: number }>;
  sheets: Some<PrintJob>;
  lots: Some<{ lot: Lot; days: number }>;
  lapses: Some<{ lapse: Lapse; product: string; reminded: FollowUp | null }>;
  declined: Some<ChangeRequest>;
  complaints: number;
  recalls: Some<Recall>;
  /** The latest lot with active stamps; null: there is none. */
  selling: { lot: Lot; unit: string | null; printed: number; active: number; voided: number; scanned: number } | null;
  /** In force, the most stars first. */
  rated: { product: string; lapse: Lapse }[];
  hasProducts: boolean;
  hasBatches: boolean;
}

/** Jobs of the news whose files are still to be taken, without those of which stamps were voided. */
async function offeredOf(jobs: readonly PrintJob[], ctx: ActionContext): Promise<PrintJob[]> {
  const offered: PrintJob[] = [];
  for (const job of jobs) {
    const batch = job.state === 'done' ? await ctx.store.batches.get(job.batchId) : null;
    if (batch?.voids.some((voided) => overlaps(voided, job)) === true) continue;
    if (job.state !== 'done' || !(await isTaken(job, ctx))) offered.push(job);
  }
  return offered;
}

/** Whether somebody took a file of it: its sheets need not be offered any more. */
async function isTaken({ id }: PrintJob, { store }: ActionContext): Promise<boolean> {
  const told = { officeId: null, entity: `print-job:${id}`, from: null, to: null };
  const { items } = await store.audit.list(told, { limit: PAGE_LIMIT_MAX, after: null });
  return items.some(({ action }) => action === 'take-print-file');
}

export async function producerToday(actor: Actor, ctx: ActionContext): Promise<Result<ProducerToday>> {
  const reached = await reachBatches(actor, {}, ctx);
  if (!reached.ok) return reached;
  const { facts } = reached.value;
  const batches = reached.value.batches();
  const producerId = actor.kind === 'person' ? (actor.producerId ?? '') : '';
  const today = todayOf(ctx);
  const { store } = ctx;
  const own = { producerId };
  const since = addDays(today, -NEWS_DAYS);
  const isNewsOf = ({ state, endedAt }: PrintJob): boolean =>
    (state === 'done' || state === 'failed') && (endedAt ?? '') >= since;
  const isInUse = ({ firstActivatedAt }: Lot): boolean => firstActivatedAt !== null;
  const [cases, jobs, lots, requests, complaints, recalls, followUps] = await Promise.all([
    listCases(actor, {}, ctx),
    keptOf(store.printJobs, own, isNewsOf),
    keptOf(store.lots, own, isInUse),
    keptOf(store.requests, { ...own, state: 'declined' }, ({ updatedAt }) => updatedAt >= since),
    allOf((page) => listComplaints(actor, { ...page, state: 'new' }, ctx)),
    keptOf(store.recalls, own, ({ withdrawal }) => withdrawal === null),
    keptOf(store.followUps, own),
  ]);
  if (!cases.ok) return cases;
  if (!complaints.ok) return complaints;
  const lapses = lapsesOn(
    [...facts.certificates.values()].filter((one) => one.producerId === producerId),
    today,
  );
  const nameOf = (id: Id): string => facts.products.get(id)?.name ?? '';
  const toDo = lapses.filter(
    (lapse) =>
      lapse.part !== null ||
      (lapse.daysLeft < 0 && lapse.daysLeft > -LAPSED_DAYS) ||
      fileDue(lapse, followedUp(lapse, followUps, today)) !== 'no',
  );
  const blanks = batches
    .filter(({ kind }) => kind === 'blank')
    .map((batch) => ({ ...batch, left: batch.inHand }))
    .filter(({ left }) => left > 0);
  const ending = lots
    .map((lot) => ({ lot, days: lot.expiresOn === null ? -1 : daysBetween(today, lot.expiresOn) }))
    .filter(({ days }) => days >= 0 && days <= LOT_DAYS);
  return ok({
    cases: some(cases.value.rows.filter(({ state }) => state !== 'closed')),
    blanks: some(blanks),
    sheets: some(await offeredOf(jobs, ctx)),
    lots: some(ending.sort((a, b) => a.days - b.days)),
    lapses: some(
      toDo.map((lapse) => ({
        lapse,
        product: nameOf(lapse.productId),
        reminded: followedUp(lapse, followUps, today).reminded,
      })),
    ),
    declined: some(requests),
    complaints: complaints.value.length,
    recalls: some(recalls),
    selling: await sellingOf(lots, ctx),
    rated: lapses
      .filter(({ daysLeft }) => daysLeft >= 0)
      .map((lapse) => ({ product: nameOf(lapse.productId), lapse }))
      .sort((a, b) => (b.lapse.certificate.stars ?? 0) - (a.lapse.certificate.stars ?? 0))
      .slice(0, EACH_MAX * 2),
    hasProducts: [...facts.products.values()].some((product) => product.producerId === producerId),
    hasBatches: batches.length > 0,
  });
}

/** The figures are those of the lot's line in the ledger. */
async function sellingOf(lots: readonly Lot[], ctx: ActionContext): Promise<ProducerToday['selling']> {
  const lot = lots.reduce<Lot | null>(
    (found, one) => (found === null || (one.firstActivatedAt ?? '') > (found.firstActivatedAt ?? '') ? one : found),
    null,
  );
  if (lot === null) return null;
  const parts: CountedBatch[] = [];
  for await (const batch of batchesForLots(ctx, lot.producerId, new Set([lot.id])))
    parts.push(await countedBatch(ctx, batch));
  const { printed, activated: active, voided, scanned } = lotAccount(lot, parts);
  const product = await ctx.store.products.get(lot.productId);
  return active === 0 ? null : { lot, unit: product?.unit ?? null, printed, active, voided, scanned };
}

export interface OfficeToday {
  officeId: Id;
  requests: number;
  cases: Some<CaseRow>;
  complaints: number;
  /** New reports of stamps that are not ours. */
  stampReports: number;
  lapsing: { soon: number; within30: number; reminded: number; files: number; late: number };
  recalls: number;
  /** Refused sign-ins and keys of the last days. */
  guesses: OfficeGuesses;
  /** Candidates with samples to judge now. Only seasonal goods, because the others can wait. */
  inSeason: Some<Candidate>;
  kept: { producers: number; products: number; certificates: number; batches: number; stamps: number };
}

export async function officeToday(
  actor: Actor,
  input: { officeId?: Id | undefined },
  ctx: ActionContext,
): Promise<Result<OfficeToday>> {
  const office = await programmeOffice(actor, 'read-programme', input.officeId, ctx);
  if (!office.ok) return office;
  const officeId = office.value;
  const today = todayOf(ctx);
  const [facts, guesses, cases, lapsing, requests, complaints, reports, recalls, candidates] = await Promise.all([
    ctx.officeFacts.of(officeId),
    readGuesses(officeId, ctx),
    listCases(actor, { officeId }, ctx),
    readLapsing(actor, { officeId, rowsMax: 0 }, ctx),
    allOf((page) => listRequests(actor, { ...page, state: 'waiting', ...ofOffice(actor, officeId) }, ctx)),
    allOf((page) => listComplaints(actor, { ...page, state: 'new' }, ctx)),
    allOf((page) => listStampReports(actor, { ...page, state: 'new' }, ctx)),
    keptOf(ctx.store.recalls, { officeId }, ({ withdrawal }) => withdrawal === null),
    keptOf(
      ctx.store.candidates,
      { officeId, year: Number(today.slice(0, 4)) },
      ({ stage, months }) =>
        (stage === 'file' || stage === 'council') && months.length > 0 && canBeJudged(months, today),
    ),
  ]);
  if (!cases.ok) return cases;
  if (!lapsing.ok) return lapsing;
  const batches = [...facts.batches.values()];
  return ok({
    officeId,
    requests: requests.ok ? requests.value.length : 0,
    cases: some(cases.value.rows.filter(({ state }) => state !== 'closed')),
    complaints: complaints.ok ? complaints.value.length : 0,
    stampReports: reports.ok ? reports.value.length : 0,
    lapsing: {
      soon: lapsing.value.counts.soon,
      within30: lapsing.value.counts.within30,
      reminded: lapsing.value.counts.remindedProducers,
      files: lapsing.value.counts.filesDue,
      late: lapsing.value.counts.filesLate,
    },
    recalls: recalls.length,
    guesses,
    inSeason: some(candidates),
    kept: {
      producers: facts.producers.size,
      products: facts.products.size,
      certificates: lapsing.value.inForce,
      batches: batches.length,
      stamps: batches.reduce((sum, { quantity }) => sum + quantity, 0),
    },
  });
}

function ofOffice(actor: Actor, officeId: Id): { officeId?: Id } {
  return actor.kind === 'person' && actor.officeId === null ? { officeId } : {};
}

/** Those of the records that are to be kept, newest first. */
async function keptOf<T extends Entity>(
  collection: Collection<T>,
  filter: Filter,
  isKept: (record: T) => boolean = () => true,
): Promise<T[]> {
  const kept: T[] = [];
  for await (const one of everyOf(collection, filter)) if (isKept(one)) kept.push(one);
  return kept;
}

function some<T>(all: readonly T[]): Some<T> {
  return { items: all.slice(0, EACH_MAX), count: all.length };
}
