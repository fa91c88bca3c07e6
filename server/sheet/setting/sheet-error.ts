// A sheet that cannot be set, where there is no answer left to put the problem in: callers ask planSheet first.

import type { Problem } from '../../domain/problem.ts';

export class SheetError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'SheetError';
    this.problem = problem;
  }
}
