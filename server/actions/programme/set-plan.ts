// Sets what an office plans for a year.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { fail } from '../../domain/problem.ts';
import { NO_TARGETS, type Plan } from '../../domain/programme/programme.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { text } from '../kit/fields.ts';
import { withoutUndefined } from '../kit/without-undefined.ts';
import { programmeOffice } from './programme-office.ts';
import { newEntity, nextVersion, saveChange, saveNew } from '../kit/save.ts';

/** More than the whole country's packaging in a year. */
const COUNT_MAX = 1_000_000_000;
const count = z.int().min(0).max(COUNT_MAX).nullable().optional();

export const setPlanInput = z
  .strictObject({
    targets: z.strictObject({
      'products-rated': count,
      'products-added': count,
      'producers-enrolled': count,
      'packaging-given': count,
      'stamps-given': count,
      'registrations-given': count,
    }),
    note: text(600, true).nullable().default(null),
  })
  .meta({ id: 'NewPlan', description: 'A target that is left out or null is not planned, which is not 0.' });

/** @param input `version` is that of the plan it replaces; 0 if the caller read none */
export async function setPlan(
  actor: Actor,
  input: { officeId?: Id | undefined; year: number; version: number; plan: z.output<typeof setPlanInput> },
  ctx: ActionContext,
): Promise<Outcome<Plan>> {
  const { year, version, plan } = input;
  const office = await programmeOffice(actor, 'keep-programme', input.officeId, ctx);
  if (!office.ok) return office;
  const change = { targets: { ...NO_TARGETS, ...withoutUndefined(plan.targets) }, note: plan.note };
  const before = await ctx.store.plans.findBy('officeYear', [office.value, year]);
  if (before === null) {
    if (version !== 0) return fail('version-conflict', 'No plan of this year is recorded.');
    const doc: Plan = { ...newEntity(ctx), officeId: office.value, year, ...change };
    const made = await saveNew(ctx, actor, { collection: 'plans', doc, action: 'set-plan', answer: doc });
    return made.ok || made.problem.code !== 'taken'
      ? made
      : fail('version-conflict', 'Somebody recorded this plan meanwhile. Read it first.');
  }
  if (version === 0)
    return fail('version-missing', 'A plan is recorded. Send the version you read as If-Match: "<version>".');
  if (version !== before.version)
    return fail('version-conflict', 'Somebody changed this plan meanwhile. Read it again.');
  const doc = nextVersion(ctx, before, change);
  return saveChange(ctx, actor, { collection: 'plans', before, doc, action: 'set-plan', answer: doc });
}
