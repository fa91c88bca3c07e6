// Reads a sent form into an action's input. The faults are those of the input's shape; form-faults.ts words them.

import type { z } from 'zod';
import type { Result } from '../../domain/problem.ts';
import { parseShape } from '../read-request.ts';
import { ProblemError } from '../errors.ts';

/** Problems: invalid, with every faulty field. */
export function readShape<S extends z.ZodType>(shape: S, value: unknown): Result<z.output<S>> {
  try {
    return { ok: true, value: parseShape(shape, value, 'body') as z.output<S> };
  } catch (error) {
    if (error instanceof ProblemError) return { ok: false, problem: error.problem };
    throw error;
  }
}
