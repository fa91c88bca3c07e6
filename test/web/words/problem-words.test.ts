import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { PROBLEMS } from '../../../server/domain/problem.ts';
import { problemLanguageOf } from '../../../server/scan/negotiate.ts';
import { problemBody } from '../../../server/web/errors.ts';
import { fieldMessages, problemDetails } from '../../../server/web/words/vi/problems.ts';

const SERVER = new URL('../../../server/', import.meta.url);

/** Codes of faults that a call of `fieldProblem` or an entry of `errors` names in the source. */
function fieldCodes(): Set<string> {
  const files = globSync('{actions,domain,web}/**/*.ts', { cwd: SERVER });
  const calls = /fieldProblem\(\s*'[a-z-]+',\s*[^,]+,\s*'([a-z-]+)'/g;
  const entries = /path: \[[^\]]*\],\s*code: '([a-z-]+)'/g;
  const found = new Set<string>();
  for (const file of files) {
    const source = readFileSync(new URL(file, SERVER), 'utf8');
    for (const pattern of [calls, entries]) for (const [, code = ''] of source.matchAll(pattern)) found.add(code);
  }
  return found;
}

describe('what the API says of a problem', () => {
  test('every code has its sentence in Vietnamese, and no other has', () => {
    const codes = [...Object.keys(PROBLEMS), 'method', 'internal'];
    expect(codes.length).toBeGreaterThan(40);
    expect(Object.keys(problemDetails).toSorted()).toEqual(codes.toSorted());
  });

  test('every code of a field’s fault has its sentence in Vietnamese', () => {
    const codes = fieldCodes();
    expect(codes.size).toBeGreaterThan(40);
    expect([...codes].filter((code) => !Object.hasOwn(fieldMessages, code))).toEqual([]);
  });

  test.each(Object.entries({ ...problemDetails, ...fieldMessages }))('%s: whole sentences', (_code, text) => {
    expect(text).toMatch(/^[\p{Lu}].*\.$/u);
  });

  test('the body follows the language; codes and paths stay', () => {
    const problem = {
      code: 'invalid',
      detail: 'It is wrong.',
      errors: [
        { path: ['lot', 'number'], code: 'required', message: 'Say which.' },
        { path: ['note'], code: 'a-new-code', message: 'New.' },
      ],
    } as const;
    const [en, vi] = [
      problemBody({ ...problem, errors: [...problem.errors].map((one) => ({ ...one, path: [...one.path] })) }),
      problemBody({ ...problem, errors: [...problem.errors].map((one) => ({ ...one, path: [...one.path] })) }, 'vi'),
    ];
    expect(en.detail).toBe('It is wrong.');
    expect(en.errors.map(({ message }) => message)).toEqual(['Say which.', 'New.']);
    expect(vi.detail).toBe(problemDetails.invalid);
    expect(vi.errors.map(({ message }) => message)).toEqual([
      fieldMessages['required'],
      'Mục này chưa đúng. Xin xem tài liệu API.',
    ]);
    expect(vi.errors.map(({ path, code }) => ({ path, code }))).toEqual(
      en.errors.map(({ path, code }) => ({ path, code })),
    );
  });

  test.each([
    [undefined, 'en'],
    ['*', 'en'],
    ['fr', 'en'],
    ['en', 'en'],
    ['vi', 'vi'],
    ['vi-VN,vi;q=0.9,en;q=0.8', 'vi'],
    ['en;q=0.9,vi;q=0.8', 'en'],
    ['vi;q=0', 'en'],
  ] as const)('Accept-Language %j: %s', (header, language) => {
    expect(problemLanguageOf(header)).toBe(language);
  });
});
