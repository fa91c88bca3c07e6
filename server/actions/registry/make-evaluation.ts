// Records a council's evaluation of a product. Its stars are computed, never typed. A producer asks; the office
// decides.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import { scoreHundredthsOf, starsOf, type Evaluation } from '../../domain/registry/evaluation.ts';
import type { Day } from '../../domain/entity.ts';
import { fieldProblem, ok, type Result } from '../../domain/problem.ts';
import { askOffice } from '../kit/ask.ts';
import { takenAs, writtenAlike } from '../kit/written-alike.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { day, id, text } from '../kit/fields.ts';
import { reachInBody } from '../kit/reach.ts';
import { newEntity, saveNew } from '../kit/save.ts';
import { todayOf } from '../kit/today.ts';

/** Points with at most two decimals, kept as whole hundredths: an average is never rounded up into a band. */
const score = z
  .number()
  .refine((points) => scoreHundredthsOf(points) !== null, {
    message: 'is no score from 0 to 100 with at most two decimals',
  })
  .meta({ minimum: 0, maximum: 100, example: 69.96 });

/** The fields of the inputs for making and changing. */
export const evaluationFields = {
  heldOn: day,
  score,
  /** The highest star whose minimum criteria are met. */
  minimumStars: z.literal([1, 2, 3, 4, 5]),
  decision: text(80).nullable(),
};

export const makeEvaluationInput = z.strictObject({
  productId: id,
  round: text(40),
  heldOn: evaluationFields.heldOn,
  score: evaluationFields.score,
  minimumStars: evaluationFields.minimumStars,
  decision: evaluationFields.decision.default(null),
});

export async function makeEvaluation(
  actor: Actor,
  input: z.output<typeof makeEvaluationInput>,
  ctx: ActionContext,
): Promise<Outcome<Evaluation>> {
  const found = await reachInBody(ctx.store.products, actor, 'change-registry', input.productId, 'productId');
  if (!found.ok) return found;
  const { officeId, producerId, id: productId } = found.value.doc;
  const held = checkHeld(input.heldOn, ctx);
  if (!held.ok) return held;
  const { same } = await writtenAlike(ctx.store.evaluations, { productId }, input.round, (one) => one.round);
  const twin = same.find((one) => one.round !== input.round);
  if (twin !== undefined) return takenAs('round', twin.round);
  if (found.value.mustAsk) {
    return askOffice(ctx, actor, {
      officeId,
      producerId,
      action: 'make-evaluation',
      subject: null,
      input,
      before: null,
    });
  }
  const { round, heldOn, minimumStars, decision } = input;
  const scoreHundredths = hundredthsOf(input.score);
  const stars = starsOf(scoreHundredths, minimumStars);
  const doc: Evaluation = {
    ...newEntity(ctx),
    officeId,
    producerId,
    productId,
    round,
    heldOn,
    scoreHundredths,
    minimumStars,
    decision,
    stars,
  };
  return saveNew(ctx, actor, { collection: 'evaluations', doc, action: 'make-evaluation', answer: doc });
}

/** A result is recorded of a meeting that was held. */
export function checkHeld(heldOn: Day, ctx: ActionContext): Result<null> {
  return heldOn > todayOf(ctx)
    ? fieldProblem('invalid', 'heldOn', 'future', 'The council has not met yet: give the day it met.')
    : ok(null);
}

/** A parsed score in hundredths. */
export function hundredthsOf(points: number): number {
  const hundredths = scoreHundredthsOf(points);
  if (hundredths === null) throw new RangeError(`no score: ${points}`);
  return hundredths;
}
