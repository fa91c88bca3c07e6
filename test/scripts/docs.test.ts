// The documentation is correct: its paths exist, its settings are those of config.ts, and its decisions are in the
// index.

import { describe, expect, test } from '@jest/globals';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { VERDICTS } from '../../server/domain/stamp/verdict.ts';
import { runProgram } from '../fixtures/programs.ts';

/** Every page written for people. */
const PAGES = globSync('**/*.md', { exclude: ['node_modules', 'data', 'coverage', 'reports'] });
const DECISIONS = readdirSync('docs/decisions').filter((name) => /^\d{4}-.+\.md$/.test(name));
/** All files of the project, relative to its root. */
const FILES = globSync('{server,scripts,test,docs,label-templates,public}/**/*.*').map((path) => `/${path}`);

test('the README’s table of settings is made from config.ts', async () => {
  expect(await runProgram('scripts/settings-table.ts', ['--check'], {})).toMatchObject({ status: 0, stderr: '' });
});

test.each(PAGES)('%s links only to what is there', (page) => {
  const links = [...readFileSync(page, 'utf8').matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, target = '']) => target);
  const local = links.filter((target) => !/^[a-z]+:/.test(target));
  expect(local.filter((target) => !existsSync(join(dirname(page), target)))).toEqual([]);
});

/** Whether a path stands for many files, such as `server/web/words/vi/ROOM.ts`. */
function isPattern(path: string): boolean {
  return /\b(?:NAME|NOUN|ROOM)\b/.test(path);
}

test('the pages are found', () => {
  expect(PAGES).toEqual(expect.arrayContaining(['README.md', 'docs/words.md', 'docs/decisions/README.md']));
});

/** `server/…`, `test/…` in backquotes. A folder ends with a slash or has no dot. */
test.each(PAGES)('%s names only files that are there', (page) => {
  const named = [
    ...readFileSync(page, 'utf8').matchAll(/`((?:server|scripts|test|docs|label-templates|public)\/[\w./-]*)`/g),
  ].map(([, path = '']) => path);
  expect(named.filter((path) => !isPattern(path) && !existsSync(path))).toEqual([]);
});

/** A file without its full path, such as `turns.ts` or `kit/turns.ts`, must be the end of some path. */
test.each(PAGES)('%s names no source file that is gone', (page) => {
  const named = [...readFileSync(page, 'utf8').matchAll(/`([\w./-]+\.ts)`/g)].map(([, path = '']) => path);
  expect(named.filter((path) => !isPattern(path) && !FILES.some((file) => file.endsWith(`/${path}`)))).toEqual([]);
});

describe('decisions', () => {
  test.each(DECISIONS)('%s begins with its number and says what was decided', (name) => {
    const text = readFileSync(`docs/decisions/${name}`, 'utf8');
    expect(text).toMatch(new RegExp(`^# ${name.slice(0, 4)} .+\n\\d{4}-\\d{2}-\\d{2}, (?:accepted|replaced)`));
  });

  test.each(DECISIONS)('%s says in full where its code is', (name) => {
    const [, code = ''] = /^.+\n.*?Code: (.+)$/m.exec(readFileSync(`docs/decisions/${name}`, 'utf8')) ?? [];
    const paths = [...code.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path);
    expect(paths).not.toEqual([]);
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
  });

  test('the index has every page, in order', () => {
    const rows = [...readFileSync('docs/decisions/README.md', 'utf8').matchAll(/^\| \[\d{4}\]\((.+?)\)/gm)];
    expect(rows.map(([, name]) => name)).toEqual(DECISIONS.toSorted());
  });

  test('the index explains every number without a page', () => {
    const index = readFileSync('docs/decisions/README.md', 'utf8');
    const last = Math.max(...DECISIONS.map((name) => Number(name.slice(0, 4))));
    const numbers = Array.from({ length: last }, (_, n) => String(n + 1).padStart(4, '0'));
    const missing = numbers.filter((number) => !DECISIONS.some((name) => name.startsWith(number)));
    const explained = /\*\*Missing numbers\.\*\* (.+?)\n\n/s.exec(index)?.[1] ?? '';
    expect(missing.filter((number) => !explained.includes(number))).toEqual([]);
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
