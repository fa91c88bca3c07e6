// Which store an address selects, which settings it then requires, and that an embedded store never loads MongoDB's
// driver.

import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { ConfigError, readConfig } from '../../server/config.ts';
import { addressFaultOf, shownAddress, storeKindOf } from '../../server/store/open-store.ts';

const ORIGIN = { PUBLIC_ORIGIN: 'https://temtrace.example' };

describe('DATABASE_URL', () => {
  test.each([
    ['sqlite:/data/temtrace.db', 'sqlite'],
    ['mongodb://db.example/temtrace', 'mongodb'],
    ['mongodb+srv://cluster.example', 'mongodb'],
    ['sqlite:', null],
    ['mongodb://', null],
    ['postgres://db.example/x', null],
    ['/data/temtrace.db', null],
  ])('%s names %s', (url, kind) => expect(storeKindOf(url)).toBe(kind));

  test('is shown without user and password', () => {
    expect(shownAddress('mongodb://user:p%40ss@a.example,b.example/temtrace')).toBe(
      'mongodb://a.example,b.example/temtrace',
    );
    expect(shownAddress('sqlite:/data/temtrace.db')).toBe('/data/temtrace.db');
  });

  test('with MongoDB needs MASTER_KEY_FILE, and may come from a file', () => {
    const url = 'mongodb://user:secret@db.example/temtrace';
    const read =
      (env: Record<string, string>): (() => unknown) =>
      () =>
        readConfig({ ...ORIGIN, ...env }, () => `${url}\n`);
    expect(read({ DATABASE_URL: url })).toThrow(ConfigError);
    expect(read({ DATABASE_URL: url })).toThrow(/MASTER_KEY_FILE: is missing/);
    expect(read({ DATABASE_URL: url })).not.toThrow(/secret/);
    expect(read({ DATABASE_URL_FILE: '/run/url', MASTER_KEY_FILE: '/key' })()).toMatchObject({
      databaseUrl: url,
      masterKeyFile: '/key',
    });
  });

  test('is refused where it weakens what is promised, in words that do not repeat it', async () => {
    expect(await addressFaultOf('mongodb://user:secret@db.example/x?w=1')).toEqual(
      expect.stringMatching(/^must not set w\b(?!.*secret)/),
    );
    expect(await addressFaultOf('mongodb://db.example/x')).toBeNull();
    expect(await addressFaultOf('sqlite:/data/x.db')).toBeNull();
  });
});

test('adapters are loaded when they are asked for: nothing at the head of the file imports one', () => {
  const heads = [...readFileSync('server/store/open-store.ts', 'utf8').matchAll(/^import .* from '(.+)';$/gm)].map(
    ([, from]) => from,
  );
  expect(heads).toContain('./store.ts');
  expect(heads.filter((from) => /sqlite|mongo/.test(from ?? ''))).toEqual([]);
});
