// The office whose programme is meant: the actor's own. An admin must name it if there are several.

import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { fail, type Result } from '../../domain/problem.ts';
import type { ActionContext } from '../kit/context.ts';
import { officeOf } from '../kit/office-of.ts';
import { decide, type Right } from '../kit/rights.ts';

/** Another's office is `not-found`. */
export async function programmeOffice(
  actor: Actor,
  right: Right,
  officeId: Id | undefined,
  ctx: ActionContext,
): Promise<Result<Id>> {
  const may = decide(actor, right, null);
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  const office = await officeOf(actor, officeId, ctx);
  return office.ok || office.problem.code !== 'absent-reference'
    ? office
    : fail('not-found', 'There is no such office.');
}
