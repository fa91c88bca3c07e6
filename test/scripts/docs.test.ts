// What the pages of the project say of it, held to it.

import { describe, expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { VERDICTS } from '../../server/domain/stamp/verdict.ts';
import { runProgram } from '../fixtures/programs.ts';

const DECISIONS = readdirSync('docs/decisions').filter((name) => name.endsWith('.md'));
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  ...DECISIONS.map((name) => `docs/decisions/${name}`),
];

test('the README’s table of settings is made from config.ts', async () => {
  expect(await runProgram('scripts/settings-table.ts', ['--check'], {})).toMatchObject({ status: 0, stderr: '' });
});

test.each(PAGES)('%s links only to what is there', (page) => {
  const links = [...readFileSync(page, 'utf8').matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, target = '']) => target);
  const local = links.filter((target) => !/^[a-z]+:/.test(target));
  expect(local.filter((target) => !existsSync(join(dirname(page), target)))).toEqual([]);
});

/** `server/…`, `test/…` in backquotes; a folder ends with a slash or has no dot. */
test.each(PAGES)('%s names only files that are there', (page) => {
  const named = [
    ...readFileSync(page, 'utf8').matchAll(/`((?:server|scripts|test|docs|label-templates|public)\/[\w./-]+)`/g),
  ].map(([, path = '']) => path);
  expect(named.filter((path) => !existsSync(path))).toEqual([]);
});

describe('decisions', () => {
  test.each(DECISIONS)('%s begins with its number and says what was decided', (name) => {
    const text = readFileSync(`docs/decisions/${name}`, 'utf8');
    expect(text).toMatch(new RegExp(`^# ${name.slice(0, 4)} .+\n\\d{4}-\\d{2}-\\d{2}, (?:accepted|replaced)`));
  });

  test('no number is given twice', () => {
    const numbers = DECISIONS.map((name) => name.slice(0, 4));
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});

test('docs/words.md has every verdict, gravest first', () => {
  const words = readFileSync('docs/words.md', 'utf8');
  const rows = [...words.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, verdict]) => verdict);
  expect(rows).toEqual([...VERDICTS]);
});
