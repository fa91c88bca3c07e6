// Reads an office's plan of a year, and the figures that were published of it.

import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import type { Figure, Plan } from '../../domain/programme/programme.ts';
import type { ActionContext } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { programmeOffice } from './programme-office.ts';

export interface ProgrammeYear {
  officeId?: Id | undefined;
  year: number;
}

/** `not-found` also where none is recorded. */
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

/** All of a year, the latest day first: a few dozen at most, since each key has one (set-figure.ts). */
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
