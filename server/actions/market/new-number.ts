// The number of a complaint or report, which its sender can quote: a letter and six symbols like a batch's id, short
// enough to read out on the telephone. The letter distinguishes it from a code.

import { newBatchId } from '../../domain/stamp/new-batch-id.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';

const NUMBER_DRAWS_MAX = 5;

/** Saves with a number that nothing else has. `save` is called again with another one if it was taken. */
export async function withNewNumber<T>(
  letter: 'K' | 'L',
  ctx: ActionContext,
  save: (number: string) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  for (let draw = 1; ; draw += 1) {
    const outcome = await save(`${letter}-${newBatchId(ctx.random)}`);
    if (outcome.ok || outcome.problem.code !== 'taken') return outcome;
    if (draw === NUMBER_DRAWS_MAX)
      throw new Error(`no free number in ${NUMBER_DRAWS_MAX} draws: the source of randomness repeats itself`);
  }
}
