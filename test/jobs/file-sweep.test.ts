// The sweep deletes the files that no record names, and only those: each collection is tried with a file that it names.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { fileAgeDays, fileIdOf } from '../../server/domain/file-id.ts';
import { FileSweep, SWEPT_AFTER_DAYS } from '../../server/jobs/file-sweep.ts';
import { COLLECTION_NAMES } from '../../server/store/collections.ts';
import { openSqliteStore } from '../../server/store/sqlite/open.ts';
import type { Collection, CollectionName, Store } from '../../server/store/store.ts';
import type { Entity } from '../../server/domain/entity.ts';
import { aNote } from '../fixtures/records/audit.ts';
import { TIME_ZONE } from '../fixtures/records/cast.ts';

const MADE = new Date('2026-11-24T03:00:00.000Z');
const DAY_MS = 86_400_000;
const later = (days: number): Date => new Date(MADE.getTime() + days * DAY_MS);

let folder: string;
let store: Store;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'temtrace-sweep-'));
  store = await openSqliteStore({
    path: join(folder, 'temtrace.db'),
    rowKey: new Uint8Array(32).fill(7),
    now: () => MADE,
    timeZone: TIME_ZONE,
    synchronous: 'OFF',
  });
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

async function aFile(name: string, prefix = ''): Promise<string> {
  const id = fileIdOf(name.padStart(20, '0').slice(-20), MADE, prefix);
  await store.files.put(id, 'image/webp', new Uint8Array(3));
  return id;
}

/** A record of any collection; only the files it names matter here. */
async function aRecordNaming(name: CollectionName, value: unknown): Promise<void> {
  const doc = {
    id: `r-${name}`,
    version: 1,
    createdAt: MADE.toISOString(),
    updatedAt: MADE.toISOString(),
    deep: value,
  };
  const collection = store[name] as unknown as Collection<Entity>;
  expect(await collection.insert(doc as Entity, aNote())).toEqual({ kind: 'added' });
}

describe('the sweep of files', () => {
  test('a file that a record of any collection names stays, however deep it stands', async () => {
    const named: string[] = [];
    for (const [at, name] of COLLECTION_NAMES.entries()) {
      const id = await aFile(`n${at}`, at % 2 === 0 ? '' : 'finding.');
      named.push(id);
      await aRecordNaming(name, { list: [{ fileId: id }] });
    }
    const sweep = new FileSweep(store);
    for (const day of [5, 6, 7]) expect(await sweep.round(later(day))).toBe(0);
    for (const id of named) expect(await store.files.get(id)).not.toBeNull();
  });

  test('one that nobody names goes with the second round that finds it so, and not while it is young', async () => {
    const id = await aFile('nobody');
    const sweep = new FileSweep(store);
    for (const days of [0, SWEPT_AFTER_DAYS - 1]) {
      expect(await sweep.round(later(days))).toBe(0);
      expect(await sweep.round(later(days))).toBe(0);
    }
    expect(await sweep.round(later(SWEPT_AFTER_DAYS))).toBe(0);
    expect(await store.files.get(id)).not.toBeNull();
    expect(await sweep.round(later(SWEPT_AFTER_DAYS + 1))).toBe(1);
    expect(await store.files.get(id)).toBeNull();
  });

  test('one that was named between two rounds stays', async () => {
    const id = await aFile('late');
    const sweep = new FileSweep(store);
    await sweep.round(later(3));
    await aRecordNaming('products', id);
    expect(await sweep.round(later(4))).toBe(0);
    expect(await store.files.get(id)).not.toBeNull();
  });

  test('files of before, whose ids have no day, are never touched', async () => {
    await store.files.put('0123456789abcdefghjk', 'image/webp', new Uint8Array(3));
    const sweep = new FileSweep(store);
    for (const day of [400, 401, 402]) expect(await sweep.round(later(day))).toBe(0);
    expect(await store.files.get('0123456789abcdefghjk')).not.toBeNull();
  });

  test('a store that cannot be read whole loses nothing', async () => {
    const id = await aFile('unread');
    const broken = Object.create(store) as Store;
    const away = { list: () => Promise.reject(new Error('away')) };
    Object.defineProperty(broken, 'lots', { value: away });
    const sweep = new FileSweep(broken);
    for (const day of [3, 4, 5]) await expect(sweep.round(later(day))).rejects.toThrow('away');
    expect(await store.files.get(id)).not.toBeNull();
  });

  test('an id tells its age in whole days', () => {
    expect(fileAgeDays(fileIdOf('0123456789abcdefghjk', MADE), later(2))).toBe(2);
    expect(fileAgeDays(fileIdOf('0123456789abcdefghjk', MADE, 'finding.'), later(0))).toBe(0);
    for (const id of ['photo-1', '0123456789abcdefghjk', '0123456789abcdefghjku!!!'])
      expect(fileAgeDays(id, MADE)).toBeNull();
  });
});
