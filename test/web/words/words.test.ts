import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Paper } from '../../../server/sheet/template/paper.ts';
import { COLLECTIONS } from '../../../server/store/collections.ts';
import { auditWordsOf } from '../../../server/web/words/words.ts';

/** Deliberately empty: a verdict that needs no second sentence. */
const SILENT = new Set(['.also.valid', '.rating.onPacking.unknown']);

const SERVER = new URL('../../../server/', import.meta.url);

type Language = 'vi' | 'en';

/** The kinds of paper that a print file's page can be; some words depend on them. */
const PAPERS: readonly Paper[] = ['sheet', 'row', 'stamp'];

/**
 * Files of a folder and all folders below it. An empty result fails, because a test over no files would always pass.
 */
function filesBelow(pattern: string): string[] {
  const files = globSync(pattern, { cwd: SERVER }).toSorted();
  if (files.length === 0) throw new Error(`no file is named by ${pattern}`);
  return files;
}

/** Every text below, with its path. A function is called with plain arguments. */
function textsOf(words: unknown, path = ''): [string, string][] {
  if (typeof words === 'string') return [[path, words]];
  if (typeof words === 'function') return [[path, String(words)]];
  if (typeof words !== 'object' || words === null) return [];
  return Object.entries(words).flatMap(([key, value]) => textsOf(value, `${path}.${key}`));
}

/** Each function of the words' modules that returns the words of a language. */
async function wordsOfModules(): Promise<[string, (language: Language) => unknown][]> {
  const found: [string, (language: Language) => unknown][] = [];
  for (const file of filesBelow('web/words/**/*.ts')) {
    const module = (await import(new URL(file, SERVER).href)) as Record<string, unknown>;
    for (const [name, value] of Object.entries(module)) {
      if (!/[wW]ordsOf$/.test(name) || typeof value !== 'function') continue;
      const wordsOf = value as (language: Language, paper?: Paper) => unknown;
      if (wordsOf.length < 2) found.push([`${file} ${name}`, wordsOf]);
      else for (const paper of PAPERS) found.push([`${file} ${name} ${paper}`, (language) => wordsOf(language, paper)]);
    }
  }
  return found;
}

const MODULES = await wordsOfModules();

describe('words', () => {
  test('the walk finds the words of every part of the console', () => {
    expect(MODULES.length).toBeGreaterThanOrEqual(13);
  });

  test.each(MODULES)('of %s: none is missing or empty in either language', (_name, wordsOf) => {
    const [vi, en] = [textsOf(wordsOf('vi')), textsOf(wordsOf('en'))];
    expect(vi).not.toEqual([]);
    expect(en.map(([path]) => path).toSorted()).toEqual(vi.map(([path]) => path).toSorted());
    const empty = [...vi, ...en].filter(([path, text]) => text.trim() === '' && !SILENT.has(path));
    expect(empty.map(([path]) => path)).toEqual([]);
  });

  test('every action that leaves a line in the log is told in words', () => {
    const sources = ['actions/**/*.ts', 'jobs/**/*.ts']
      .flatMap(filesBelow)
      .map((file) => readFileSync(new URL(file, SERVER), 'utf8'));
    const written = new Set(
      sources.flatMap((source) => [...source.matchAll(/\baction: '([a-z-]+)'/g)].map(([, action = '']) => action)),
    );
    expect(written.size).toBeGreaterThanOrEqual(30);
    expect([...written].filter((action) => !(action in auditWordsOf('vi').actions))).toEqual([]);
  });

  test('every kind of record in the log has its word', () => {
    const known: Readonly<Record<string, string>> = auditWordsOf('vi').entities;
    const unknown = Object.values(COLLECTIONS).filter(({ entity }) => !(entity in known));
    expect(unknown).toEqual([]);
  });
});
