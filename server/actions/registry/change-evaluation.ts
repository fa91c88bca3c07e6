// Corrects an evaluation that was recorded wrongly. Stars that a certificate rests on cannot change here: correct the
// certificate first.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import type { Certificate } from '../../domain/registry/certificate.ts';
import { starsOf, type Evaluation } from '../../domain/registry/evaluation.ts';
import { fieldProblem, ok } from '../../domain/problem.ts';
import { changeRecord } from '../kit/change-record.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { withoutUndefined } from '../kit/without-undefined.ts';
import { checkHeld, evaluationFields, hundredthsOf } from './make-evaluation.ts';
import { reach } from '../kit/reach.ts';
import { nextVersion } from '../kit/save.ts';

export const changeEvaluationInput = z.strictObject(evaluationFields).partial();

/** @param input `version` is the version that the caller read */
export async function changeEvaluation(
  actor: Actor,
  input: { id: Id; version: number; change: z.output<typeof changeEvaluationInput> },
  ctx: ActionContext,
): Promise<Outcome<Evaluation>> {
  const found = await reach(ctx.store.evaluations, actor, 'change-registry', input.id);
  if (!found.ok) return found;
  const { doc: before, mustAsk } = found.value;
  const { score, ...rest } = withoutUndefined(input.change);
  const held = rest.heldOn === undefined ? ok(null) : checkHeld(rest.heldOn, ctx);
  if (!held.ok) return held;
  const scoreHundredths = score === undefined ? before.scoreHundredths : hundredthsOf(score);
  const stars = starsOf(scoreHundredths, rest.minimumStars ?? before.minimumStars);
  const resting = await certificatesOf(before, ctx);
  const early = resting.find(({ issuedOn }) => rest.heldOn !== undefined && issuedOn < rest.heldOn);
  if (early !== undefined && rest.heldOn !== before.heldOn) {
    return fieldProblem('invalid', 'heldOn', 'after-certificate', `A certificate was issued on ${early.issuedOn}.`);
  }
  if (stars !== before.stars && resting.length > 0) {
    return fieldProblem(
      'invalid',
      'score',
      'certificate-rests-on-it',
      'A certificate rests on the stars of this evaluation.',
    );
  }
  return changeRecord(ctx, actor, {
    collection: 'evaluations',
    before,
    after: nextVersion(ctx, before, { ...rest, scoreHundredths, stars }),
    version: input.version,
    action: 'change-evaluation',
    ask: mustAsk
      ? { officeId: before.officeId, producerId: before.producerId, input: withoutUndefined(input.change) }
      : null,
  });
}

/** The certificates that rest on an evaluation. */
async function certificatesOf({ id, productId }: Evaluation, ctx: ActionContext): Promise<Certificate[]> {
  const resting: Certificate[] = [];
  for await (const certificate of everyOf(ctx.store.certificates, { productId }))
    if (certificate.evaluationId === id) resting.push(certificate);
  return resting;
}
