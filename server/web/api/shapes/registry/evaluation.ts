// What the API shows of an evaluation: its score in points, as people write it.

import { z } from 'zod';
import type { Evaluation } from '../../../../domain/registry/evaluation.ts';
import { dayShape, entityShape, viewOf } from '../../shapes.ts';

const starsShape = z.literal([1, 2, 3, 4, 5]);

export const evaluationShape = z
  .strictObject({
    ...entityShape,
    officeId: z.string(),
    producerId: z.string(),
    productId: z.string(),
    round: z.string(),
    heldOn: dayShape,
    score: z.number().min(0).max(100),
    minimumStars: starsShape,
    decision: z.string().nullable(),
    stars: starsShape,
  })
  .meta({ id: 'Evaluation' });

export function evaluationView(evaluation: Evaluation): z.input<typeof evaluationShape> {
  // Dividing by 100 gives the double nearest to the two decimals, which is printed as them.
  return viewOf(evaluationShape, evaluation, { score: evaluation.scoreHundredths / 100 });
}
