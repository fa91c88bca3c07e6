// An office plans rounds: who goes, where, when, and whose goods are looked at. It changes and cancels them until
// they are opened.

import type { z } from 'zod';
import { roundNumber, type Round } from '../../../domain/market/round.ts';
import type { Id } from '../../../domain/entity.ts';
import type { Actor } from '../../../domain/people/account.ts';
import { fail, fieldProblem, ok, type Result } from '../../../domain/problem.ts';
import type { ActionContext, Outcome } from '../../kit/context.ts';
import { officeOf } from '../../kit/office-of.ts';
import { placeOfProducer } from '../../kit/reach-producer.ts';
import { reach, reachInBody } from '../../kit/reach.ts';
import { actorId, newEntity, nextVersion, saveChange, saveNew } from '../../kit/save.ts';
import { withoutUndefined } from '../../kit/without-undefined.ts';
import { decide } from '../../kit/rights.ts';
import type { changeRoundInput, planRoundInput } from './round-fields.ts';

/** Problems: not-allowed, absent-reference, invalid. */
export async function planRound(
  actor: Actor,
  input: z.output<typeof planRoundInput>,
  ctx: ActionContext,
): Promise<Outcome<Round>> {
  const may = decide(actor, 'plan-round', null);
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  const office = await officeOf(actor, input.officeId, ctx);
  if (!office.ok) return office;
  const named = await checkNamed(actor, input, office.value, ctx);
  if (!named.ok) return named;
  const head = newEntity(ctx);
  const doc: Round = {
    ...head,
    officeId: office.value,
    number: roundNumber(head.id),
    clientId: null,
    state: 'planned',
    inspectors: [...new Set(input.inspectors)],
    plannedOn: input.plannedOn,
    producerIds: [...new Set(input.producerIds)],
    task: input.task,
    place: input.place,
    met: [],
    kept: null,
    note: null,
    position: null,
    openedAt: null,
    closedAt: null,
    records: [],
    ops: [],
    by: actorId(actor),
  };
  return saveNew(ctx, actor, { collection: 'rounds', doc, action: 'plan-round', answer: doc });
}

/** Problems: not-allowed, not-found, absent-reference, version-conflict, round-ended. */
export async function changePlan(
  actor: Actor,
  input: { id: Id; version: number; change: z.output<typeof changeRoundInput> },
  ctx: ActionContext,
): Promise<Outcome<Round>> {
  const found = await reach(ctx.store.rounds, actor, 'plan-round', input.id);
  if (!found.ok) return found;
  const before = found.value.doc;
  if (before.version !== input.version)
    return fail('version-conflict', 'Somebody changed this round meanwhile. Read it again.');
  if (before.state !== 'planned')
    return fail('round-ended', 'This round was opened or cancelled.', { details: { state: before.state } });
  const { cancelled, ...change } = withoutUndefined(input.change);
  const named = await checkNamed(actor, change, before.officeId, ctx);
  if (!named.ok) return named;
  const doc = nextVersion(ctx, before, { ...change, ...(cancelled === true ? { state: 'cancelled' } : {}) });
  const action = cancelled === true ? 'cancel-round' : 'change-round';
  return saveChange(ctx, actor, { collection: 'rounds', before, doc, action, answer: doc });
}

/** Whether those who go are inspectors or people of the office, and the producers are its own. */
async function checkNamed(
  actor: Actor,
  { inspectors = [], producerIds = [] }: { inspectors?: readonly Id[]; producerIds?: readonly Id[] },
  officeId: Id,
  ctx: ActionContext,
): Promise<Result<null>> {
  for (const [i, id] of inspectors.entries()) {
    const user = await ctx.store.users.get(id);
    const isFit = user !== null && user.officeId === officeId && user.role !== 'producer' && user.disabledAt === null;
    if (!isFit)
      return fieldProblem(
        'absent-reference',
        `inspectors.${i}`,
        'absent',
        'There is no such inspector of this office.',
      );
  }
  for (const [i, id] of producerIds.entries()) {
    const found = await reachInBody(ctx.store.producers, actor, 'plan-round', id, `producerIds.${i}`, placeOfProducer);
    if (!found.ok) return found;
  }
  return ok(null);
}
