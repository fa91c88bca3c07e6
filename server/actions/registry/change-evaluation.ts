// Corrects an evaluation that was recorded wrongly. Stars that a certificate rests on cannot change here: correct the
// certificate first.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import type { Certificate } from '../../domain/registry/certificate.ts';
import { starsOf, type Evaluation } from '../../domain/registry/evaluation.ts';
import { fieldProblem, ok, type Result } from '../../domain/problem.ts';
import { changeRecord } from '../kit/change-record.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { id, text } from '../kit/fields.ts';
import { withoutUndefined } from '../kit/without-undefined.ts';
import { checkHeld, evaluationFields, hundredthsOf } from './make-evaluation.ts';
import { reach, reachInBody } from '../kit/reach.ts';
import { nextVersion } from '../kit/save.ts';
import { takenAs, writtenAlike } from '../kit/written-alike.ts';

export const changeEvaluationInput = z
  .strictObject({
    ...evaluationFields,
    /** Of the same office, and only while no certificate rests on the evaluation. */
    productId: id,
    round: text(40),
  })
  .partial();

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
  const moved = await placeAfter(actor, before, rest, resting.length > 0, ctx);
  if (!moved.ok) return moved;
  return changeRecord(ctx, actor, {
    collection: 'evaluations',
    before,
    after: nextVersion(ctx, before, { ...rest, ...moved.value, scoreHundredths, stars }),
    version: input.version,
    action: 'change-evaluation',
    ask: mustAsk
      ? { officeId: before.officeId, producerId: before.producerId, input: withoutUndefined(input.change) }
      : null,
  });
}

/** The product and round after the change, if either was recorded wrongly. */
async function placeAfter(
  actor: Actor,
  before: Evaluation,
  { productId = before.productId, round = before.round }: { productId?: Id; round?: string },
  isRestedOn: boolean,
  ctx: ActionContext,
): Promise<Result<Pick<Evaluation, 'productId' | 'producerId'>>> {
  const { producerId } = before;
  if (productId === before.productId && round === before.round) return ok({ productId, producerId });
  if (productId !== before.productId && isRestedOn)
    return fieldProblem('invalid', 'productId', 'certificate-rests-on-it', 'A certificate rests on this evaluation.');
  const found = await reachInBody(ctx.store.products, actor, 'change-registry', productId, 'productId');
  if (!found.ok) return found;
  const { doc: product } = found.value;
  if (product.officeId !== before.officeId)
    return fieldProblem('absent-reference', 'productId', 'absent', 'There is no such product in this office.');
  const { same } = await writtenAlike(ctx.store.evaluations, { productId }, round, (one) => one.round);
  const twin = same.find((one) => one.id !== before.id);
  return twin === undefined ? ok({ productId, producerId: product.producerId }) : takenAs('round', twin.round);
}

/** The certificates that rest on an evaluation. */
async function certificatesOf({ id, productId }: Evaluation, ctx: ActionContext): Promise<Certificate[]> {
  const resting: Certificate[] = [];
  for await (const certificate of everyOf(ctx.store.certificates, { productId }))
    if (certificate.evaluationId === id) resting.push(certificate);
  return resting;
}
