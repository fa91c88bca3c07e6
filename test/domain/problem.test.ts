import { describe, expect, test } from '@jest/globals';
import { ERRORS_MAX, fail, type FieldError } from '../../server/domain/problem.ts';

const errors = (count: number): FieldError[] =>
  Array.from({ length: count }, (_, at) => ({ path: [at], code: 'too-big', message: 'It is too big.' }));

describe('a problem', () => {
  test('lists every fault up to a bound, and counts those beyond it', () => {
    expect(fail('invalid', 'no', { errors: errors(ERRORS_MAX) }).problem).toEqual({
      code: 'invalid',
      detail: 'no',
      errors: errors(ERRORS_MAX),
    });
    const { problem } = fail('invalid', 'no', { errors: errors(ERRORS_MAX + 3) });
    expect(problem.errors).toEqual(errors(ERRORS_MAX));
    expect(problem.moreErrors).toBe(3);
  });
});
