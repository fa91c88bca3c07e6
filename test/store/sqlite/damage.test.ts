// SQLite files that were edited, truncated, moved, or are not ours.

import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { verifyChain } from '../../../server/domain/audit/audit-chain.ts';
import { cancelMove, closeForMove } from '../../../server/store/sqlite/moving/departure.ts';
import { SCHEMA_VERSION } from '../../../server/store/sqlite/migrations.ts';
import { openSqliteStore } from '../../../server/store/sqlite/open.ts';
import { aNote } from '../../fixtures/records/audit.ts';
import { MADE_AT } from '../../fixtures/records/cast.ts';
import { aSession } from '../../fixtures/records/people.ts';
import { aScan } from '../../fixtures/records/scans.ts';
import { aFilledStore, folder, meddle, newPath, optionsFor, refusalOf } from './sqlite-files.ts';

describe('a row that was meddled with', () => {
  test.each([
    ['its text changed', `update lots set doc = replace(doc, '2027-10-31', '2029-10-31')`],
    ['its seal gone', `update lots set mac = null`],
    ['its seal another', `update lots set mac = zeroblob(32)`],
    [
      'the seal of another collection',
      `update lots set doc = (select doc from offices), mac = (select mac from offices)`,
    ],
    ['put in the place of another', `update lots set id = 'lot-2'`],
    ['no JSON', `update lots set doc = '"lot-1"'`],
  ])('%s: is never read', async (_, sql) => {
    const path = await aFilledStore();
    meddle(path, sql);
    const store = await openSqliteStore(optionsFor(path));
    const tampered = { name: 'StoreError', kind: 'tampered' };
    await expect(Promise.all([store.lots.get('lot-1'), store.lots.get('lot-2')])).rejects.toMatchObject(tampered);
    await expect(store.lots.list({}, { limit: 10, after: null })).rejects.toMatchObject(tampered);
    await expect(store.offices.get('office-1')).resolves.toMatchObject({ id: 'office-1' });
    await store.close();
  });

  test('is never read in a collection that no verdict rests on either', async () => {
    const path = newPath();
    const store = await openSqliteStore(optionsFor(path));
    await store.sessions.insert(aSession(), aNote());
    meddle(path, `update sessions set doc = replace(doc, 'user-1', 'user-9')`);
    await expect(store.sessions.get('session-1')).rejects.toMatchObject({ kind: 'tampered' });
    await store.close();
  });

  test('an audit line that was changed no longer verifies', async () => {
    const path = await aFilledStore();
    meddle(path, `update audit set content = replace(content, '1000', '2000') where seq = 2`);
    const store = await openSqliteStore(optionsFor(path));
    expect(verifyChain(await store.audit.read(1, 10))).toEqual({ ok: false, seq: 2, fault: 'values' });
    await store.close();
  });
});

describe('a file that must not be used', () => {
  const untrusted = (words: RegExp) => ({ kind: 'untrusted', message: expect.stringMatching(words) as unknown });

  test('is one sealed with another key', async () => {
    const path = await aFilledStore();
    const refusal = await refusalOf(openSqliteStore(optionsFor(path, { rowKey: new Uint8Array(32).fill(8) })));
    expect(refusal).toEqual(untrusted(/another master key/));
  });

  test('is one of a newer schema', async () => {
    const path = await aFilledStore();
    meddle(path, `pragma user_version = ${SCHEMA_VERSION + 1}`);
    expect(await refusalOf(openSqliteStore(optionsFor(path)))).toEqual(untrusted(/newer Temtrace/));
  });

  test('is the database of another program, which is left as it was', async () => {
    const path = newPath();
    meddle(path, 'create table theirs (x)');
    const before = readFileSync(path);
    expect(await refusalOf(openSqliteStore(optionsFor(path)))).toEqual(untrusted(/another program/));
    expect(readFileSync(path)).toEqual(before);
  });

  test('is no database at all', async () => {
    const path = newPath();
    writeFileSync(path, 'what a person wrote\n'.repeat(100));
    expect(await refusalOf(openSqliteStore(optionsFor(path)))).toEqual(untrusted(/no SQLite database/));
  });

  test('is a damaged one', async () => {
    const path = await aFilledStore();
    const bytes = readFileSync(path);
    for (let page = 2; page * 4_096 < bytes.length; page += 1) bytes.fill(0xa5, page * 4_096, page * 4_096 + 64);
    writeFileSync(path, bytes);
    expect(await refusalOf(openSqliteStore(optionsFor(path)))).toEqual(untrusted(/damaged/));
  });

  test('is one without the row that says what it is', async () => {
    const path = await aFilledStore();
    meddle(path, 'delete from store');
    expect(await refusalOf(openSqliteStore(optionsFor(path)))).toEqual(untrusted(/restore a backup/));
  });

  test('in a folder that is not there is unavailable', async () => {
    expect(await refusalOf(openSqliteStore(optionsFor(join(folder, 'nowhere', 'a.db'))))).toMatchObject({
      kind: 'unavailable',
    });
  });
});

describe('a store that was closed for a move', () => {
  test('is not ready, also for who opened it before; taken back, it is', async () => {
    const path = await aFilledStore();
    const store = await openSqliteStore(optionsFor(path));
    closeForMove(path, 'mongodb://db.example/temtrace', MADE_AT);
    await expect(store.ping()).rejects.toMatchObject({ name: 'StoreError', kind: 'untrusted' });
    await expect(store.scans.record(aScan({ id: 'late', serial: 2 }))).rejects.toMatchObject({ kind: 'unavailable' });
    cancelMove(path);
    await expect(store.ping()).resolves.toBeUndefined();
    await store.close();
  });
});

describe('a log that was cut short', () => {
  /** A copy of a running store with 300 answered scans in its log, as after a crash. */
  async function aCrashedStore(damage: (log: Buffer) => void): Promise<string> {
    const path = newPath();
    const copy = newPath();
    const store = await openSqliteStore(optionsFor(path));
    for (let i = 0; i < 300; i += 1) await store.scans.record(aScan({ id: `s${i}`, serial: i + 1 }));
    copyFileSync(path, copy);
    const log = readFileSync(`${path}-wal`);
    damage(log);
    writeFileSync(`${copy}-wal`, log);
    copyFileSync(`${path}-answered`, `${copy}-answered`);
    await store.close();
    return copy;
  }
  const flipOneBit = (log: Buffer): void => {
    const middle = Math.floor(log.length / 2);
    log[middle] = (log[middle] ?? 0) ^ 1;
  };

  test('by one flipped bit is named at the next start, with how many scans are gone', async () => {
    const path = await aCrashedStore(flipOneBit);
    const refusal = await refusalOf(openSqliteStore(optionsFor(path)));
    expect(refusal).toMatchObject({
      kind: 'untrusted',
      message: expect.stringMatching(/holds \d+ answered scans, but 300 were answered/) as unknown,
    });
  });

  test('and was accepted by deleting the count, opens', async () => {
    const path = await aCrashedStore(flipOneBit);
    rmSync(`${path}-answered`);
    const store = await openSqliteStore(optionsFor(path));
    expect(Number((await store.describe())['answeredScans'])).toBeLessThan(300);
    await store.close();
  });

  test('by nothing opens with every scan', async () => {
    const path = await aCrashedStore(() => undefined);
    const store = await openSqliteStore(optionsFor(path));
    expect(await store.scans.stampsScanned('7K3M9Q', 1, 300)).toBe(300);
    await store.close();
  });

  test.each(['', 'rubbish', '\0'.repeat(21)])('is not suspected of a count that says %j', async (text) => {
    const path = await aFilledStore();
    writeFileSync(`${path}-answered`, text);
    const store = await openSqliteStore(optionsFor(path));
    await store.scans.record(aScan({ id: 'next', serial: 2 }));
    await store.close();
    expect(readFileSync(`${path}-answered`, 'latin1')).toBe(`${'2'.padStart(20, '0')}\n`);
  });
});
