// Where an account or key belongs, by its role: an admin nowhere, an inspector and an office person in an office, a
// producer's people with that producer. An office creates accounts for itself and its producers; only an admin creates
// an admin.

import { z } from 'zod';
import { ROLES, type Actor, type Role } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { fail, fieldProblem, ok, type Result } from '../../domain/problem.ts';
import type { ActionContext } from '../kit/context.ts';
import { id } from '../kit/fields.ts';
import { officeOf } from '../kit/office-of.ts';
import { reachProducerInBody } from '../kit/reach-producer.ts';
import { decide } from '../kit/rights.ts';

export const placeFields = { role: z.enum(ROLES), officeId: id.optional(), producerId: id.optional() };

interface AccountPlace {
  officeId: Id | null;
  producerId: Id | null;
}

/** Problems: not-signed-in, not-allowed, invalid, absent-reference. */
export async function accountPlace(
  actor: Actor,
  input: { role: Role; officeId?: Id | undefined; producerId?: Id | undefined },
  ctx: ActionContext,
): Promise<Result<AccountPlace>> {
  const may = decide(actor, 'keep-accounts', null);
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  const { role, officeId, producerId } = input;
  if (producerId !== undefined && role !== 'producer')
    return fieldProblem('invalid', 'producerId', 'not-for-role', 'Only a producer’s people belong to a producer.');
  switch (role) {
    case 'admin': {
      const isAdmin = actor.kind === 'system' || (actor.kind === 'person' && actor.role === 'admin');
      if (!isAdmin) return fail('not-allowed', 'Only an admin makes an admin.');
      if (officeId !== undefined)
        return fieldProblem('invalid', 'officeId', 'not-for-role', 'An admin belongs to no office.');
      return ok({ officeId: null, producerId: null });
    }
    case 'office':
    case 'inspector': {
      const office = await officeOf(actor, officeId, ctx);
      return office.ok ? ok({ officeId: office.value, producerId: null }) : office;
    }
    case 'producer': {
      const found = await reachProducerInBody(actor, 'keep-accounts', producerId, ctx);
      if (!found.ok) return found;
      const producer = found.value.doc;
      if (officeId !== undefined && officeId !== producer.officeId)
        return fieldProblem('absent-reference', 'officeId', 'absent', 'There is no such record.');
      return ok({ officeId: producer.officeId, producerId: producer.id });
    }
    default:
      return role satisfies never;
  }
}
