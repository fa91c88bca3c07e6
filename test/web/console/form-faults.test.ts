// The sentence beside a field depends on codes: a shape's English messages may change freely.

import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { fieldErrorsOf } from '../../../server/actions/kit/field-errors.ts';
import { day, text } from '../../../server/actions/kit/fields.ts';
import { problemBody } from '../../../server/web/errors.ts';
import { formFaults } from '../../../server/web/console/form-faults.ts';
import { frameWordsOf } from '../../../server/web/words/words.ts';
import type { Problem } from '../../../server/domain/problem.ts';

const SHAPE = z.strictObject({
  name: text(5),
  heldOn: day,
  round: z.int().min(1).max(9),
  places: z.array(text(5)).max(1),
});
const RIGHT = { name: 'Cam', heldOn: '2026-11-24', round: 3, places: [] };
const frame = frameWordsOf('en');

/** The shape's problem with all messages made the same. */
function problemOf(value: unknown): Problem {
  const read = SHAPE.safeParse(value);
  const errors = read.success ? [] : fieldErrorsOf(read.error);
  return {
    code: 'invalid',
    detail: '',
    errors: errors.map((error) => ({ ...error, message: 'no words' })),
  };
}

describe('a fault is told in the words of its kind, whatever its message says', () => {
  test.each([
    ['text beyond its bound', 'name', { name: 'Cam vàng' }, frame.form.tooLong],
    ['text with a control character', 'name', { name: 'C\u0007m' }, frame.form.control],
    ['no calendar day', 'heldOn', { heldOn: '2026-02-30' }, frame.form.notADay],
    ['letters for a number', 'round', { round: 'ba' }, frame.form.notANumber],
    ['a broken number', 'round', { round: 1.5 }, frame.form.notANumber],
    ['a number beyond its bound', 'round', { round: 10 }, frame.form.outOfRange],
    ['a number below its bound', 'round', { round: 0 }, frame.form.outOfRange],
    ['more items than the bound', 'places', { places: ['a', 'b'] }, frame.form.outOfRange],
    ['a number for text', 'name', { name: 7 }, frame.form.wrong],
  ])('%s', (_, name, fault, words) => {
    const form = { fields: { [name]: ['typed'] }, files: {} };
    expect(formFaults(problemOf({ ...RIGHT, ...fault }), { form, language: 'en' }).fields).toEqual({ [name]: words });
  });

  test('what was left empty is asked for', () => {
    const form = { fields: {}, files: {} };
    const { fields } = formFaults(problemOf({ name: '', heldOn: '', round: '', places: [] }), { form, language: 'en' });
    expect(fields).toEqual({ name: frame.form.required, heldOn: frame.form.required, round: frame.form.required });
  });
});

test('an API answer holds path, code and message of a fault, and nothing else', () => {
  const { errors } = problemBody(problemOf({ ...RIGHT, heldOn: '2026-02-30' }));
  expect(errors).toEqual([{ path: ['heldOn'], code: 'custom', message: 'no words' }]);
});
