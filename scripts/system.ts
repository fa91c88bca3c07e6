// Scripts act as the system. This takes the record out of an action's outcome; an unexpected outcome ends the script.

import type { Outcome } from '../server/actions/kit/context.ts';
import type { Problem } from '../server/domain/problem.ts';

/** An action that the script needs failed. */
export class ActionFailed extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    const fields = (problem.errors ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
    super([problem.detail, ...fields].join(' '));
    this.problem = problem;
  }
}

/** The record that an action made or changed. @throws ActionFailed */
export async function doneBy<T>(outcome: Promise<Outcome<T>>): Promise<T> {
  const result = await outcome;
  if (!result.ok) throw new ActionFailed(result.problem);
  // An admin needs no approval.
  if (result.value.kind !== 'done') throw new TypeError('the system was told to wait for an office');
  return result.value.value;
}
