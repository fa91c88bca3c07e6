// Plan and result of a year on any day: what was reported, what the registry counts, council rounds, what lapses, and
// products on their way to a rating.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Day, Id } from '../../domain/entity.ts';
import { ok, type Result } from '../../domain/problem.ts';
import { stageCounts, type Candidate, type CandidateStage } from '../../domain/programme/candidates.ts';
import {
  councilRounds,
  registryCounts,
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
  plan: Plan | null;
  /** What the year after plans. */
  nextPlan: Plan | null;
  rows: ReportRow[];
  counts: RegistryCounts;
  rounds: CouncilRound[];
  /** Certificates in force that lapse within this many days after `on`. */
  lapsing: Record<LapsePart, number>;
  stages: Record<CandidateStage, number>;
}

/** @param input `on`: today, or the year's last day once it is over, where left out */
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
    all<Candidate>(everyOf(store.candidates, { officeId, year })),
  ]);
  const certificates = [...facts.certificates.values()];
  const evaluations = [...facts.evaluations.values()];
  const counts = registryCounts(
    {
      certificates,
      evaluations,
      groupOf: (productId) => facts.products.get(productId)?.group ?? null,
      supports,
      candidates,
      batches: [...facts.batches.values()],
    },
    year,
    on,
  );
  const lapses = lapsesOn(certificates, on);
  const within = (days: LapsePart): number => lapses.filter(({ daysLeft }) => daysLeft >= 0 && daysLeft <= days).length;
  return ok({
    officeId,
    office: record?.name ?? '',
    year,
    on,
    plan,
    nextPlan,
    rows: reportRows(plan, figures, counts.measures, on),
    counts,
    rounds: councilRounds(evaluations, year),
    lapsing: Object.fromEntries(LAPSE_DAYS.map((days) => [days, within(days)])) as Record<LapsePart, number>,
    stages: stageCounts(candidates),
  });
}

async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of list) items.push(item);
  return items;
}
