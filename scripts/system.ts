// What scripts, which act as the system, do with an action's outcome: one that they did not expect ends them.

import type { Outcome } from '../server/actions/kit/context.ts';
import type { Problem } from '../server/domain/problem.ts';

/** A problem of an action that a script cannot do without. */
export class ActionFailed extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    const fields = (problem.errors ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
    super([problem.detail, ...fields].join(' '));
    this.problem = problem;
  }
}

/** What an action made or changed. @throws ActionFailed */
export async function doneBy<T>(outcome: Promise<Outcome<T>>): Promise<T> {
  const result = await outcome;
  if (!result.ok) throw new ActionFailed(result.problem);
  // An admin never has to ask.
  if (result.value.kind !== 'done') throw new TypeError('the system was told to wait for an office');
  return result.value.value;
}
