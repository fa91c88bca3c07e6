// The office of a new record: the maker's own. An admin and the system must name it if there are several.

import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { fieldProblem, ok, type Result } from '../../domain/problem.ts';
import type { ActionContext } from './context.ts';

/** @param officeId as the caller named it. The right to make the record is checked elsewhere. */
export async function officeOf(actor: Actor, officeId: Id | undefined, ctx: ActionContext): Promise<Result<Id>> {
  const own = actor.kind === 'person' ? actor.officeId : null;
  if (own !== null) {
    if (officeId === undefined || officeId === own) return ok(own);
    return fieldProblem('absent-reference', 'officeId', 'absent', 'There is no such record.');
  }
  if (officeId !== undefined) {
    const office = await ctx.store.offices.get(officeId);
    return office === null
      ? fieldProblem('absent-reference', 'officeId', 'absent', 'There is no such record.')
      : ok(office.id);
  }
  const { items } = await ctx.store.offices.list({}, { limit: 2, after: null });
  const [only] = items;
  if (only === undefined || items.length > 1)
    return fieldProblem('invalid', 'officeId', 'required', 'There are several offices: say which one.');
  return ok(only.id);
}
