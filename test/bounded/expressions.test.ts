// Regular expressions on outside text take linear time (DESIGN §6: work is bounded). Every literal in server/ is read
// from the sources. One that may grow faster is listed in REVIEWED with its reason, so a new one is noticed.

import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { growthOf } from './expression-growth.ts';

/** Comes with jest. */
const parser = createRequire(import.meta.url)('@babel/parser') as {
  parse(
    text: string,
    options: object,
  ): {
    tokens: { type: { label: string }; start: number; end: number; value: { pattern: string; flags: string } }[];
  };
};
const SERVER = join(import.meta.dirname, '../../server');

/** Expressions that may take more than linear time, and why that is harmless: file, expression, reason. */
const REVIEWED: readonly (readonly [file: string, expression: string, reason: string])[] = [
  [
    'actions/uploads/open-document.ts',
    '/<(\\/?)([\\w:.-]{1,80})(?=[\\s/>])([^<>]*)>|<[!?][^<>]*>|([^<]+)/g',
    'no part goes past the next angle bracket; what reads uploads may die alone',
  ],
  ['config.ts', '/ *, */', 'the operator’s own setting'],
  ['domain/places.ts', '/[ ,]*\\b(?:province|city|vietnam|viet nam|vn)$/', 'cut to 200 symbols'],
  ['domain/places.ts', '/[ ,]*\\b(?:province|city)$/', 'cut to 200 symbols'],
  ['store/visits.ts', '/[^\\n]+\\n/g', 'text of our own, whose every line is ended'],
  ['domain/lots/journey.ts', '/^[\\s,;:.–-]+|[\\s,;:–-]+$/gu', 'an event’s note, of some hundred letters'],
  ['domain/lots/lot-number.ts', '/^(.*?)(\\d+)$/', 'a lot’s number, of 20 letters at most'],
  ['sheet/read-back/file-fonts.ts', '/beginbfrange([\\s\\S]*?)endbfrange/g', 'a file that we drew'],
  ['sheet/read-back/file-fonts.ts', '/<([0-9a-f]{4})>\\s*<([0-9a-f]{4})>\\s*\\[([^\\]]*)\\]/gi', 'a file that we drew'],
  ['sheet/read-back/pdf-values.ts', '/^[+-]?(?:\\d+\\.?\\d*|\\.\\d+)$/', 'a file that we drew'],
  ['store/sqlite/connection.ts', '/constraint failed: (.+)$/', 'SQLite’s own message'],
  ['web/console/assets.ts', '/\\?.*$/', 'addresses of our own files'],
];

/** Where expressions are built at run time, and from what. */
const BUILT: readonly (readonly [file: string, from: string])[] = [
  ['actions/uploads/workbook-parts.ts', 'names of attributes of our own; what reads uploads may die alone'],
  ['domain/lots/journey.ts', 'a lot’s number of 20 letters, escaped; no repeat without a bound'],
  ['scan/not-counted.ts', 'words of our own; no repeat'],
  ['web/console/assets.ts', 'names of our own files'],
];

const files = readdirSync(SERVER, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
  .map((file) => ({ file, text: readFileSync(join(SERVER, file), 'utf8') }));
const literals = files.flatMap(({ file, text }) =>
  parser
    .parse(text, { sourceType: 'module', plugins: ['typescript'], tokens: true })
    .tokens.filter(({ type }) => type.label === 'regexp')
    .map(({ start, end, value }) => ({ file, expression: text.slice(start, end), ...value })),
);

describe('the reading of expressions', () => {
  test.each([
    ['(a+)+b', ''],
    ['(a*)*b', ''],
    ['^(a|a)*b', ''],
    ['^(a|b|ab)*c', ''],
    ['^(x+x+)+y', ''],
    ['^a*a*b', ''],
    ['^a*b*a*c', ''],
    ['^(?:a|\\s)*\\s+$', ''],
    ['\\/+$', ''],
    ['[?#].*$', ''],
    ['(.*),(.*)$', ''],
    ['^\\d+\\.?\\d*$', ''],
    ['\\s*,\\s*', ''],
    ['^[A-F]*[a-f]*$', 'i'],
  ])('sees that /%s/%s may grow', (source, flags) => expect(growthOf(source, flags)).not.toBeNull());

  test.each([
    ['^\\d+$', ''],
    ['\\s+', 'g'],
    ['^([a-z]+\\.)+x', ''],
    ['^(?:[a-z0-9-]+\\.)+[a-z]{2,}(?::\\d+)?(\\/[^\\s]*)?$', 'i'],
    ['^(a|ab)*c', ''],
    ['^[a-z]{1,64}$', ''],
    ['^[A-F]*[a-f]*$', ''],
    ['\\.[a-z0-9]{1,5}$', 'i'],
    ['[&<>"\']|\\p{Cc}', 'gu'],
  ])('sees that /%s/%s does not', (source, flags) => expect(growthOf(source, flags)).toBeNull());

  test('agrees with the clock on the case that was found', () => {
    const typed = `${'/'.repeat(8_000)}x`;
    const took = (expression: RegExp): number => {
      const begun = performance.now();
      expression.test(typed);
      return performance.now() - begun;
    };
    expect(took(/\/+$/)).toBeGreaterThan(10 * took(/^\/+$/));
  });
});

test('each literal in server/ is linear or was reviewed', () => {
  expect(literals.length).toBeGreaterThan(100);
  const grown = literals
    .filter(({ pattern, flags }) => growthOf(pattern, flags) !== null)
    .map(({ file, expression }) => `${file} ${expression}`);
  const reviewed = REVIEWED.map(([file, expression]) => `${file} ${expression}`);
  expect([...new Set(grown)].sort()).toEqual([...reviewed].sort());
});

test('each expression that is put together at run time was reviewed', () => {
  const built = files.filter(({ text }) => /new RegExp\(/.test(text)).map(({ file }) => file);
  expect(built.sort()).toEqual(BUILT.map(([file]) => file).sort());
});
