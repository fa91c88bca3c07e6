// Reads what an office records of its programme: the plan of a year, published figures, products on their way to a
// rating, the ledger of support, and what was done about lapsing certificates. Lists are newest first.

import { z } from 'zod';
import type { Id } from '../../domain/entity.ts';
import type { Actor } from '../../domain/people/account.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import { CANDIDATE_STAGES, type Candidate } from '../../domain/programme/candidates.ts';
import type { FollowUp } from '../../domain/programme/lapsing.ts';
import { SUPPORT_KINDS, type Figure, type Plan, type Support } from '../../domain/programme/programme.ts';
import type { Page, PageRequest } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { id, pageQuery, queryNumber } from '../kit/fields.ts';
import { withoutUndefined } from '../kit/without-undefined.ts';
import { listInReach, reach } from '../kit/reach.ts';
import { programmeOffice } from './programme-office.ts';

export interface ProgrammeYear {
  officeId?: Id | undefined;
  year: number;
}

/** `not-found` also if no plan is recorded. */
export async function readPlan(
  actor: Actor,
  { officeId, year }: ProgrammeYear,
  ctx: ActionContext,
): Promise<Result<Plan>> {
  const office = await programmeOffice(actor, 'read-programme', officeId, ctx);
  if (!office.ok) return office;
  const plan = await ctx.store.plans.findBy('officeYear', [office.value, year]);
  return plan === null ? fail('not-found', 'No plan of this year is recorded.') : ok(plan);
}

/** All of a year, the latest day first: at most a few dozen, since each key has one (set-figure.ts). */
export async function listFigures(
  actor: Actor,
  { officeId, year }: ProgrammeYear,
  ctx: ActionContext,
): Promise<Result<Figure[]>> {
  const office = await programmeOffice(actor, 'read-programme', officeId, ctx);
  if (!office.ok) return office;
  const figures: Figure[] = [];
  for await (const figure of everyOf(ctx.store.figures, { officeId: office.value, year })) figures.push(figure);
  return ok(figures.sort((a, b) => (a.asOf < b.asOf ? 1 : -1)));
}

const listCandidatesQuery = pageQuery.extend({
  officeId: id.optional(),
  year: queryNumber(2018, 2100).optional(),
  stage: z.enum(CANDIDATE_STAGES).optional(),
});

export async function readCandidate(actor: Actor, candidateId: Id, ctx: ActionContext): Promise<Result<Candidate>> {
  const found = await reach(ctx.store.candidates, actor, 'read-programme', candidateId);
  return found.ok ? ok(found.value.doc) : found;
}

export async function listCandidates(
  actor: Actor,
  query: z.output<typeof listCandidatesQuery>,
  ctx: ActionContext,
): Promise<Result<Page<Candidate>>> {
  const { limit, after, ...filter } = query;
  return listInReach(ctx.store.candidates, actor, 'read-programme', withoutUndefined(filter), { limit, after });
}

const listSupportsQuery = pageQuery.extend({
  officeId: id.optional(),
  year: queryNumber(2018, 2100).optional(),
  kind: z.enum(SUPPORT_KINDS).optional(),
  producerId: id.optional(),
});

/** An admin names an office, or reads those of all. */
export async function listSupports(
  actor: Actor,
  query: z.output<typeof listSupportsQuery>,
  ctx: ActionContext,
): Promise<Result<Page<Support>>> {
  const { limit, after, ...filter } = query;
  return listInReach(ctx.store.supports, actor, 'read-programme', withoutUndefined(filter), { limit, after });
}

export async function readSupport(actor: Actor, supportId: Id, ctx: ActionContext): Promise<Result<Support>> {
  const found = await reach(ctx.store.supports, actor, 'read-programme', supportId);
  return found.ok ? ok(found.value.doc) : found;
}

/** What was done about one certificate. */
export async function listFollowUps(
  actor: Actor,
  certificateId: Id,
  page: PageRequest,
  ctx: ActionContext,
): Promise<Result<Page<FollowUp>>> {
  return listInReach(ctx.store.followUps, actor, 'read-registry', { certificateId }, page);
}
