import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { COLLECTIONS } from '../../server/store/collections.ts';
import { accountWordsOf } from '../../server/web/words/console/account.ts';
import { AUDIT_ACTIONS } from '../../server/web/words/console/audit.ts';
import { frameWordsOf } from '../../server/web/words/console/frame.ts';
import { importWordsOf } from '../../server/web/words/console/import.ts';
import { registryWordsOf } from '../../server/web/words/console/registry.ts';

const FOLDERS = ['../../server/actions/', '../../server/jobs/'] as const;

/** Paths of every text below, functions called away. */
function textsOf(words: unknown, path = ''): [string, string][] {
  if (typeof words === 'string') return [[path, words]];
  if (typeof words !== 'object' || words === null) return [];
  return Object.entries(words).flatMap(([key, value]) => textsOf(value, `${path}.${key}`));
}

describe('words', () => {
  test.each([['account', accountWordsOf], ['frame', frameWordsOf], ['import', importWordsOf], ['registry', registryWordsOf]] as const)('of %s: none is missing or empty in either language', (_name, wordsOf) => {
    const [vi, en] = [textsOf(wordsOf('vi')), textsOf(wordsOf('en'))];
    expect(en.map(([path]) => path)).toEqual(vi.map(([path]) => path));
    expect([...vi, ...en].filter(([, text]) => text.trim() === '').map(([path]) => path)).toEqual([]);
  });

  test('every action that leaves a line in the log is told in words', () => {
    const sources = FOLDERS.flatMap((folder) => {
      const at = new URL(folder, import.meta.url);
      return readdirSync(at).filter((name) => name.endsWith('.ts')).map((name) => readFileSync(new URL(name, at), 'utf8'));
    });
    const written = new Set(sources.flatMap((source) => [...source.matchAll(/\baction: '([a-z-]+)'/g)].map(([, action = '']) => action)));
    expect([...written].filter((action) => !AUDIT_ACTIONS.has(action))).toEqual([]);
  });

  test('every kind of record in the log has its word', () => {
    const known: Readonly<Record<string, string>> = registryWordsOf('vi').audit.entities;
    expect(Object.values(COLLECTIONS).map(({ entity }) => entity).filter((entity) => !(entity in known))).toEqual([]);
  });
});
