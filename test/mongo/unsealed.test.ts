// Opening a database from before every row had a seal: its rows are checked against the chain, then sealed once. The
// fixture is a dump made by such a version: one document per line, as extended JSON.

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mongo } from 'mongoose';
import { storeFaults } from '../../scripts/admin/store-faults.ts';
import { verifyStored } from '../../scripts/admin/verify-log.ts';
import type { Entity } from '../../server/domain/entity.ts';
import { COLLECTION_NAMES } from '../../server/store/collections.ts';
import { SCHEMA_VERSION } from '../../server/store/mongo/migrations.ts';
import type { Collection } from '../../server/store/store.ts';
import { getWitnessed } from '../../server/store/witness.ts';
import { BATCH_ID } from '../fixtures/records/cast.ts';
import { dropDatabase, meddle, newDatabase, openAt } from './databases.ts';

interface Dumped {
  in: string;
  doc: mongo.Document & { _id: string };
}

const DUMP = gunzipSync(readFileSync(new URL('../fixtures/stores/unsealed.mongo.jsonl.gz', import.meta.url)))
  .toString()
  .trimEnd()
  .split('\n')
  .map((line) => mongo.BSON.EJSON.parse(line, { relaxed: false }) as Dumped);
/** Number of the chain's lines in the dump. */
const LINES = DUMP.filter((row) => row.in === 'audit').length;

/** Collections that were there before; later ones are empty. */
const OF_BEFORE = COLLECTION_NAMES.filter((name) => DUMP.some((row) => row.in === name));

let url: string;
beforeEach(async () => {
  url = newDatabase();
  await meddle(url, async (db) => {
    for (const { in: name, doc } of DUMP) await db.collection<Dumped['doc']>(name).insertOne(doc);
  });
});
afterEach(() => dropDatabase(url));

describe('a database of before', () => {
  test('opens with every record, tally, file and answer, each a witnessed version, and its chain whole', async () => {
    const heard: unknown[] = [];
    const log = (event: string): number => heard.push(event);
    const store = await openAt(url, { log });
    expect(await store.describe()).toMatchObject({ schema: SCHEMA_VERSION, answeredScans: 5 });
    expect(OF_BEFORE.length).toBeGreaterThan(25);
    for (const name of OF_BEFORE) {
      const { items } = await (store[name] as unknown as Collection<Entity>).list({}, { limit: 10, after: null });
      expect([name, items.length]).toEqual([name, 1]);
      expect(await getWitnessed(store, name, items[0]?.id ?? '')).toEqual(items[0]);
    }
    expect(await store.scans.tallyOf(BATCH_ID, 1)).toMatchObject({ count: 3, pin: { wrongTries: 1 } });
    expect(await store.scans.batchTallyOf(BATCH_ID)).toMatchObject({ count: 5, stampsScanned: 2 });
    expect(await store.files.get('file-1')).toMatchObject({ mediaType: 'image/png' });
    expect(await store.findRequest('k'.repeat(64))).toMatchObject({ bodyHash: 'b', answer: { id: 'lot-1' } });
    expect(await verifyStored(store.audit)).toMatchObject({ ok: true, lines: LINES + OF_BEFORE.length });
    expect(await storeFaults(store)).toEqual([]);
    expect(heard).toEqual([]);
    await store.close();

    const again = await openAt(url, { log });
    expect(await again.audit.head()).toMatchObject({ seq: LINES + OF_BEFORE.length });
    expect(await storeFaults(again)).toEqual([]);
    await again.close();
  });

  test.each([
    ['a role that no line states', 'users', { role: 'admin' }],
    ['a field that no line changed, behind one that changed nothing', 'printJobs', { batchId: 'A00000' }],
    ['a verdict-bearing row with a wrong seal', 'lots', { expiresOn: '2031-01-01' }],
  ])('seals no row with %s', async (_, collection, fields) => {
    await meddle(url, async (db) => {
      const row = (await db.collection(collection).findOne({})) as mongo.WithId<mongo.Document>;
      const doc = JSON.stringify({ ...(JSON.parse(String(row['doc'])) as object), ...fields });
      await db.collection(collection).updateOne({ _id: row._id }, { $set: { doc } });
    });
    const heard: unknown[] = [];
    const store = await openAt(url, { log: (event, told) => heard.push({ event, ...told }) });
    expect(heard).toContainEqual(expect.objectContaining({ event: 'store.row-not-sealed', collection }));
    await store.close();
  });

  test('whose chain is not whole is refused', async () => {
    await meddle(url, (db) => db.collection<{ _id: number }>('audit').updateOne({ _id: 3 }, { $set: { action: 'x' } }));
    await expect(openAt(url)).rejects.toMatchObject({ kind: 'untrusted', message: expect.stringMatching(/line 3/) });
  });

  test('cannot be sealed twice: a row of before that is put back keeps no seal', async () => {
    await (await openAt(url)).close();
    const was = DUMP.find((row) => row.in === 'users') as Dumped;
    await meddle(url, (db) => db.collection<Dumped['doc']>('users').replaceOne({ _id: was.doc._id }, was.doc));
    const store = await openAt(url);
    await expect(store.users.get(String(was.doc._id))).rejects.toMatchObject({ kind: 'tampered' });
    await store.close();
  });
});
