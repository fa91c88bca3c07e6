// The value of an action's outcome. A problem is thrown to the place that answers it.

import type { Outcome } from '../actions/kit/context.ts';
import type { Result } from '../domain/problem.ts';
import { ProblemError } from './errors.ts';

/** The value of an outcome that cannot wait. @throws ProblemError */
export function valueOf<T>(outcome: Result<T>): T {
  if (!outcome.ok) throw new ProblemError(outcome.problem);
  return outcome.value;
}

/** The value of a done outcome, for actions that never ask the office. @throws ProblemError */
export function doneValue<T>(outcome: Outcome<T>): T {
  const value = valueOf(outcome);
  if (value.kind === 'waiting') throw new TypeError('this action does not ask the office');
  return value.value;
}
