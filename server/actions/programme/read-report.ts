// Plan and result of a year as of any day: what was reported, what the registry counts, council rounds, what lapses,
// and products on their way to a rating.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Day, Id } from '../../domain/entity.ts';
import { dayIn } from '../../domain/calendar.ts';
import { ok, type Result } from '../../domain/problem.ts';
import type { AsOf } from '../../domain/programme/as-of.ts';
import { stageCounts, type Candidate, type CandidateStage } from '../../domain/programme/candidates.ts';
import {
  candidatesOn,
  councilRounds,
  isWithin,
  lateIn,
  registryCounts,
  yearUntil,
  type CouncilRound,
  type RegistryCounts,
} from '../../domain/programme/counts.ts';
import { LAPSE_DAYS, lapsesOn, type LapsePart } from '../../domain/programme/lapsing.ts';
import {
  reportDay,
  reportRows,
  type Figure,
  type Plan,
  type ReportRow,
  type Support,
} from '../../domain/programme/programme.ts';
import type { ActionContext } from '../kit/context.ts';
import { allAsOf, oneAsOf } from '../kit/as-of.ts';
import { everyOf } from '../kit/every-of.ts';
import { day, id } from '../kit/fields.ts';
import { programmeOffice } from './programme-office.ts';
import { todayOf } from '../kit/today.ts';

export const programmeReportQuery = z.strictObject({ on: day.optional(), officeId: id.optional() });

export interface ProgrammeReport {
  officeId: Id;
  office: string;
  year: number;
  on: Day;
  /** `late`: it was recorded after the day. */
  plan: AsOf<Plan> | null;
  /** The plan of the following year. */
  nextPlan: AsOf<Plan> | null;
  rows: ReportRow[];
  counts: RegistryCounts;
  rounds: CouncilRound[];
  /** Certificates in force that lapse within this many days after `on`. */
  lapsing: Record<LapsePart, number>;
  stages: Record<CandidateStage, number>;
  /** Records of this report that were entered after its day; each counts on its own day. */
  late: number;
}

/** @param input `on`: if left out, today, or the year's last day once the year is over */
export async function readReport(
  actor: Actor,
  input: { officeId?: Id | undefined; year: number; on?: Day | undefined },
  ctx: ActionContext,
): Promise<Result<ProgrammeReport>> {
  const office = await programmeOffice(actor, 'read-programme', input.officeId, ctx);
  if (!office.ok) return office;
  const officeId = office.value;
  const { year } = input;
  const on = input.on ?? reportDay(year, todayOf(ctx));
  const { store } = ctx;
  const [facts, record, plan, nextPlan, figures, supports, candidates] = await Promise.all([
    ctx.officeFacts.of(officeId),
    store.offices.get(officeId),
    store.plans.findBy('officeYear', [officeId, year]),
    store.plans.findBy('officeYear', [officeId, year + 1]),
    all<Figure>(everyOf(store.figures, { officeId, year })),
    all<Support>(everyOf(store.supports, { officeId, year })),
    // Including those of other years: a candidate that was moved to another year counts in this one until then.
    all<Candidate>(everyOf(store.candidates, { officeId })),
  ]);
  const { timeZone } = ctx.settings;
  const certificates = allAsOf('certificates', facts.certificates.values(), on, timeZone);
  const evaluations = allAsOf('evaluations', facts.evaluations.values(), on, timeZone);
  const given = allAsOf<'supports', Support>('supports', supports, on, timeZone);
  const published = allAsOf<'figures', Figure>('figures', figures, on, timeZone);
  const span = yearUntil(year, on);
  // A stage reached after the year does not count for the year; the stage before it does.
  const known = allAsOf('candidates', candidates, span.to, timeZone).map((one) => ({
    ...one,
    late: one.enteredOn > on,
  }));
  const onTheirWay = candidatesOn(known, year, span.to);
  const counts = registryCounts(
    {
      certificates,
      evaluations,
      groupOf: (productId) => {
        const product = facts.products.get(productId);
        return product === undefined ? null : (oneAsOf('products', product, on, timeZone)?.group ?? null);
      },
      supports: given,
      candidates: known,
      batches: [...facts.batches.values()],
    },
    year,
    on,
  );
  const planOn = (of: Plan | null): AsOf<Plan> | null =>
    of === null ? null : oneAsOf<'plans', Plan>('plans', of, on, timeZone);
  const planNow = planOn(plan);
  // The plan of the following year belongs to this year's report from its entry on. If this year was over before
  // anything was entered, it shows on every day.
  const nextPlanOn = planOn(nextPlan);
  const isTakenOver = nextPlan !== null && dayIn(timeZone, nextPlan.createdAt) > `${year}-12-31`;
  const nextKnown = nextPlanOn?.late === true && !isTakenOver ? null : nextPlanOn;
  const lapses = lapsesOn(certificates, on);
  const within = (days: LapsePart): number => lapses.filter(({ daysLeft }) => daysLeft >= 0 && daysLeft <= days).length;
  return ok({
    officeId,
    office: record?.name ?? '',
    year,
    on,
    plan: planNow,
    nextPlan: nextKnown,
    rows: reportRows(planNow, published, counts.measures, on, counts.late),
    counts,
    rounds: councilRounds(evaluations, year, on),
    lapsing: Object.fromEntries(LAPSE_DAYS.map((days) => [days, within(days)])) as Record<LapsePart, number>,
    stages: stageCounts(onTheirWay),
    late: lateIn([
      ...certificates.filter(({ issuedOn }) => issuedOn <= span.to),
      ...evaluations.filter(({ heldOn }) => isWithin(span, heldOn)),
      ...onTheirWay,
      ...given.filter(({ year: of, givenOn, struck }) => of === year && givenOn <= span.to && struck === null),
      ...published.filter(({ kind, asOf }) => kind === 'estimate' || asOf <= on),
      ...[planNow, nextKnown].filter((one) => one !== null),
    ]),
  });
}

async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of list) items.push(item);
  return items;
}
