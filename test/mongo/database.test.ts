// MongoDB databases that must not be used, and new ones.

import { describe, expect, test } from '@jest/globals';
import { SCHEMA_VERSION } from '../../server/store/mongo/migrations.ts';
import { StoreError, type Store } from '../../server/store/store.ts';
import { dropDatabase, meddle, newDatabase, openAt } from './databases.ts';
import { aNote } from '../fixtures/records/audit.ts';
import { aLot } from '../fixtures/records/batches.ts';

describe('a database', () => {
  async function refusalOf(opening: Promise<Store>): Promise<{ kind: string; message: string }> {
    const outcome = await opening.then(
      async (store) => {
        await store.close();
        return null;
      },
      (error: unknown) => error,
    );
    if (!(outcome instanceof StoreError))
      throw new Error('the store opened, or failed with something else', { cause: outcome });
    return { kind: outcome.kind, message: outcome.message };
  }

  test('sealed with another key, newer, or of another program is not used', async () => {
    const url = newDatabase();
    await (await openAt(url)).close();
    expect(await refusalOf(openAt(url, { rowKey: new Uint8Array(32).fill(8) }))).toMatchObject({ kind: 'untrusted' });
    await meddle(url, (db) => db.collection('stores').updateOne({}, { $set: { schemaVersion: SCHEMA_VERSION + 1 } }));
    expect(await refusalOf(openAt(url))).toMatchObject({ kind: 'untrusted' });
    await dropDatabase(url);

    const foreign = newDatabase();
    await meddle(foreign, (db) => db.collection('cats').insertOne({ name: 'Mèo' }));
    expect(await refusalOf(openAt(foreign))).toMatchObject({ kind: 'untrusted' });
    expect(
      await meddle(foreign, async (db) => (await db.listCollections().toArray()).map(({ name }) => String(name))),
    ).toEqual(['cats']);
    await dropDatabase(foreign);
  });

  test('that is new is opened by three servers at once, and is one store', async () => {
    const url = newDatabase();
    const stores = await Promise.all([openAt(url), openAt(url), openAt(url)]);
    await Promise.all(
      stores.map((store, i) =>
        store.lots.insert(aLot({ id: `lot-${i}`, number: `${i}` }), aNote({ entity: `lot:lot-${i}` })),
      ),
    );
    for (const store of stores) expect(await store.audit.head()).toMatchObject({ seq: 3 });
    for (const store of stores) await store.close();
    await dropDatabase(url);
  });

  test('made in another time zone says so in the log', async () => {
    const url = newDatabase();
    await (await openAt(url)).close();
    const heard: unknown[] = [];
    const store = await openAt(url, { timeZone: 'UTC', log: (event, fields) => heard.push([event, fields]) });
    expect(heard).toEqual([['store.time-zone-changed', { from: 'Asia/Ho_Chi_Minh', to: 'UTC' }]]);
    await store.close();
    await dropDatabase(url);
  });

  test('on a server that is not there is unavailable within seconds', async () => {
    const started = performance.now();
    expect(await refusalOf(openAt('mongodb://127.0.0.1:9/temtrace'))).toMatchObject({ kind: 'unavailable' });
    expect(performance.now() - started).toBeLessThan(4_000);
  });
});
