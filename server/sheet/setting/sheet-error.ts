// A sheet that cannot be set, thrown if no result can carry the problem. Callers use planSheet first.

import type { Problem } from '../../domain/problem.ts';

export class SheetError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'SheetError';
    this.problem = problem;
  }
}
