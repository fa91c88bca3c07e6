// The faults that a schema finds in an input, in the form of a problem's errors.

import type { z } from 'zod';
import type { FieldError } from '../../domain/problem.ts';

/** One fault per faulty field; each unknown key of an object is a fault at that key. */
export function fieldErrorsOf(error: z.ZodError): FieldError[] {
  return error.issues.flatMap(faultsOf);
}

function faultsOf(issue: z.core.$ZodIssue): FieldError[] {
  const path = issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...path, key],
      code: 'unknown-field',
      message: 'There is no such field.',
    }));
  }
  const expected = expectedBy(issue);
  return [
    {
      path,
      code: issue.code.replaceAll('_', '-'),
      message: issue.message,
      ...(expected === null ? {} : { expected }),
    },
  ];
}

/** Values that `fields.ts` and `password.ts` set as `params.expected` of a refinement. */
const EXPECTED_BY_REFINEMENT = ['day', 'no-controls', 'not-easy'] as const;

function expectedBy(issue: z.core.$ZodIssue): NonNullable<FieldError['expected']> | null {
  const { code } = issue;
  if (code === 'too_big' || code === 'too_small') return issue.origin === 'string' ? 'text' : null;
  if (code === 'invalid_type') return issue.expected === 'number' || issue.expected === 'int' ? 'number' : null;
  if (code !== 'custom') return null;
  return EXPECTED_BY_REFINEMENT.find((expected) => expected === issue.params?.['expected']) ?? null;
}
