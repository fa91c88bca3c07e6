// What only the MongoDB adapter must do: refused addresses, the commands it sends, indexes, and rows and lines that
// were tampered with.

import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import type { mongo } from 'mongoose';
import { canonicalJson, CHAIN_START } from '../../server/domain/audit/audit-chain.ts';
import { addressFault } from '../../server/store/mongo/connection.ts';
import { INDEXES, SHARD_KEYS } from '../../server/store/mongo/indexes.ts';
import type { Store } from '../../server/store/store.ts';
import { requestText } from '../../server/store/seal-texts.ts';
import { ShortSeal } from '../../server/store/short-seal.ts';
import { dropDatabase, holdLease, meddle, newDatabase, openAt, WAITING_PACE, ROW_KEY } from './databases.ts';
import { aLine, aNote } from '../fixtures/records/audit.ts';
import { aBatch, aLot } from '../fixtures/records/batches.ts';
import { anOffice } from '../fixtures/records/registry.ts';
import { aPinTry, aScan } from '../fixtures/records/scans.ts';
import { until } from '../fixtures/until.ts';
import { openProxy, type Command } from './proxy.ts';

const ANYONE = { officeId: null, entity: null, from: null, to: null };

/** Calls every method of the port. */
async function useAll(store: Store): Promise<void> {
  const request = { key: 'key-1', bodyHash: 'body', answer: 1 };
  await store.lots.insert(aLot(), aNote({ entity: 'lot:lot-1' }, request));
  await store.lots.insert(aLot({ id: 'lot-2' }), aNote({}, request));
  await store.lots.insert(aLot({ id: 'lot-2' }), aNote());
  await store.lots.replace(aLot({ version: 2 }), aNote({}, { ...request, key: 'key-2' }));
  await store.lots.list({ officeId: 'office-1' }, { limit: 1, after: null });
  await store.lots.findBy('productNumber', ['product-1', 'L1']);
  const scan = aScan();
  await store.scans.record(scan);
  await store.scans.record({ ...scan, id: 'scan-2', signedIn: true });
  await store.scans.tryPin(aPinTry({ right: false }));
  const range = { batchId: scan.batchId, from: null, to: null };
  await store.scans.list({ ...range, serial: 1 }, { limit: 1, after: null });
  for (const by of ['day', 'province', 'verdict'] as const) await store.scans.count(range, by, 'UTC');
  await store.scans.scannedSince(scan.batchId, 1, 9, scan.at);
  await store.scans.stampsScanned(scan.batchId, 1, 9);
  await store.scans.batchTallyOf(scan.batchId);
  await store.scans.recentBatchTallyOf(scan.batchId);
  await store.scans.addRefusals([{ day: scan.day, reason: 'not-ours', batchId: null, count: 1 }]);
  await store.scans.refusals({ from: scan.day, to: scan.day }, ['not-ours'], 1);
  await store.scans.saltOf(scan.day, new Uint8Array(16));
  await store.scans.forgetVisitorsBefore('2026-12-01');
  await store.scans.deleteScansBefore('2026-12-01T00:00:00.000Z');
  await store.audit.add(aLine());
  await store.audit.list(ANYONE, { limit: 2, after: null });
  await store.audit.read(1, 10);
  await store.audit.firstOf('batch:none');
  await store.audit.eraseValues('lot:lot-1');
  await store.files.put('file-1', 'text/plain', new Uint8Array(3));
  await store.files.get('file-1');
  await store.findRequest('key-1');
  await store.forgetRequestsBefore('2026-12-01T00:00:00.000Z');
  await store.ping();
  await store.describe();
}

describe('an address', () => {
  test.each([
    'mongodb://db.example',
    'mongodb://user:p%40ss@a.example:27017,b.example:27017/temtrace?replicaSet=rs0&authSource=admin&tls=true',
    'mongodb+srv://cluster.example/temtrace?w=majority&journal=true&readPreference=primary&readConcernLevel=majority',
  ])('%s is taken', (url) => {
    expect(addressFault(url)).toBeNull();
  });

  test.each([
    'mongodb://db.example/temtrace?w=1',
    'mongodb://db.example/temtrace?W=0',
    'mongodb://db.example/temtrace?journal=false',
    'mongodb://db.example/temtrace?j=false',
    'mongodb://db.example/temtrace?wtimeoutMS=100',
    'mongodb://db.example/temtrace?readPreference=secondaryPreferred',
    'mongodb://db.example/temtrace?readConcernLevel=local',
    'mongodb://db.example/temtrace?maxStalenessSeconds=90',
    'mongodb://db.example/temtrace?w=majority&w=1',
    'postgres://db.example/temtrace',
    'mongodb://',
  ])('%s is refused, in words that do not repeat it', async (url) => {
    expect(addressFault(url)).toEqual(expect.not.stringContaining('example'));
    await expect(openAt(url)).rejects.toMatchObject({ name: 'StoreError', kind: 'untrusted' });
  });
});

describe('on the wire', () => {
  test('every write waits for a majority and the journal, every read for what cannot be undone; nothing needs more than the plainest server', async () => {
    const url = newDatabase();
    const proxy = await openProxy(url);
    const store = await openAt(proxy.url);
    await useAll(store);
    await store.close();
    await proxy.close();
    await dropDatabase(url);

    const names = (commands: Command[]): string[] =>
      // `count` comes from the watch that runs every two seconds (chain-watch.ts), or not at all within this test.
      [...new Set(commands.map((command) => Object.keys(command)[0] ?? ''))].filter((name) => name !== 'count').sort();
    expect(names(proxy.commands)).toEqual([
      'aggregate',
      'buildInfo',
      'createIndexes',
      'delete',
      'find',
      'findAndModify',
      'insert',
      'listCollections',
      'update',
    ]);
    const writes = proxy.commands.filter((command) =>
      ['insert', 'update', 'delete', 'findAndModify'].some((name) => name in command),
    );
    for (const write of writes) expect(write).toMatchObject({ writeConcern: { w: 'majority', j: true } });
    const reads = proxy.commands.filter((command) => 'find' in command || 'aggregate' in command);
    for (const read of reads) expect(read).toMatchObject({ readConcern: { level: 'majority' } });

    const text = JSON.stringify(proxy.commands);
    const operators = new Set(text.match(/"\$[a-zA-Z]+"(?=:)/g)?.map((operator) => operator.slice(1, -1)));
    const plain = new Set([
      '$and',
      '$db',
      '$each',
      '$exists',
      '$group',
      '$gt',
      '$gte',
      '$in',
      '$inc',
      '$lt',
      '$lte',
      '$match',
      '$max',
      '$min',
      '$ne',
      '$or',
      '$pull',
      '$push',
      '$set',
      '$setOnInsert',
      '$size',
      '$slice',
      '$sum',
      '$unset',
    ]);
    expect([...operators].filter((operator) => !plain.has(operator))).toEqual([]);
    expect(text).not.toMatch(/"(txnNumber|startTransaction|collation|hint|arrayFilters)":/);
  });
});

describe('a batch’s tally', () => {
  test('is added up within seconds though nobody waits for it, also by a server that recorded none of its scans', async () => {
    const url = newDatabase();
    const [first, second] = [await openAt(url), await openAt(url)];
    await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        second.scans.record(aScan({ id: `later-${i}`, serial: 1 + (i % 4), visitor: `v${i}` })),
      ),
    );
    const { batchId } = aScan();
    await until(async () => (await first.scans.recentBatchTallyOf(batchId))?.count === 40, 5_000);
    expect(await first.scans.recentBatchTallyOf(batchId)).toEqual({
      batchId,
      count: 40,
      visitorDays: 40,
      stampsScanned: 4,
    });
    for (const store of [first, second]) await store.close();
    await dropDatabase(url);
  });
});

describe('indexes', () => {
  test('are those of the table, and a sharded collection has no unique one but its shard key’s', async () => {
    const url = newDatabase();
    await (await openAt(url)).close();
    await (await openAt(url)).close();
    await meddle(url, async (db) => {
      for (const [collection, specs] of Object.entries(INDEXES)) {
        const made = (await db.collection(collection).indexes()).filter(({ name }) => name !== '_id_');
        const expected = specs.map(({ name, key, unique, sparse }) => ({
          name,
          key,
          unique: unique ?? false,
          sparse: sparse ?? false,
        }));
        const found = made.map(({ name, key, unique, sparse }) => ({
          name,
          key,
          unique: unique ?? false,
          sparse: sparse ?? false,
        }));
        const byName = (a: { name: string | undefined }, b: { name: string | undefined }): number =>
          (a.name ?? '') < (b.name ?? '') ? -1 : 1;
        expect({ [collection]: found.sort(byName) }).toEqual({ [collection]: expected.sort(byName) });
      }
    });
    const unique = Object.keys(SHARD_KEYS).flatMap((collection) =>
      (INDEXES[collection] ?? []).filter((index) => index.unique === true),
    );
    expect(unique).toEqual([]);
    await dropDatabase(url);
  });
});

describe('a record that was meddled with', () => {
  type Update = Record<string, Record<string, unknown>>;
  const doc = canonicalJson(aLot());
  test.each<[string, Update]>([
    ['its text changed', { $set: { doc: doc.replace('2027-10-31', '2029-10-31') } }],
    ['its seal gone', { $set: { seal: null } }],
    ['its seal another', { $set: { seal: Buffer.alloc(32) } }],
    ['no JSON', { $set: { doc: '{' } }],
    ['listed under another office', { $set: { 'fields.officeId': 'office-9' } }],
    ['found by another number', { $set: { unique: { productNumber: '["product-1","X"]' } } }],
    ['put before all others', { $set: { createdAt: '2036-01-01T00:00:00.000Z' } }],
  ])('%s: is never read', async (_, update) => {
    const url = newDatabase();
    const store = await openAt(url);
    await store.lots.insert(aLot(), aNote());
    await store.offices.insert(anOffice(), aNote());
    await meddle(url, (db) => db.collection<{ _id: string }>('lots').updateOne({ _id: 'lot-1' }, update));
    const tampered = { name: 'StoreError', kind: 'tampered' };
    await expect(store.lots.get('lot-1')).rejects.toMatchObject(tampered);
    await expect(store.lots.list({}, { limit: 10, after: null })).rejects.toMatchObject(tampered);
    await expect(store.offices.get('office-1')).resolves.toMatchObject({ id: 'office-1' });
    await store.close();
    await dropDatabase(url);
  });

  test('a record under the id of another is never read', async () => {
    const url = newDatabase();
    const store = await openAt(url);
    await store.batches.insert(aBatch(), aNote());
    await meddle(url, async (db) => {
      const batches = db.collection<{ _id: string }>('batches');
      const row = await batches.findOne({ _id: '7K3M9Q' });
      await batches.insertOne(Object.assign({ ...row, _id: 'F0RGED' }, { requestKeys: ['of F0RGED'] }));
    });
    await expect(store.batches.get('F0RGED')).rejects.toMatchObject({ kind: 'tampered' });
    await store.close();
    await dropDatabase(url);
  });
});

describe('a request key that is reserved without an answer', () => {
  const request = { key: 'key-1', bodyHash: 'body', answer: 'ours' };
  const at = aLine().at;

  /** The state that a server leaves that is about to change an office, or died just before. */
  async function reserveElsewhere(url: string): Promise<void> {
    await meddle(url, (db) =>
      db
        .collection<{ _id: string }>('requestKeys')
        .insertOne(Object.assign({ _id: request.key }, { at, bodyHash: 'body', of: 'offices', token: 'theirs' })),
    );
  }

  test('is waited for, and told as under way where no answer comes', async () => {
    const url = newDatabase();
    const store = await openAt(url);
    await reserveElsewhere(url);
    expect(await store.lots.insert(aLot(), aNote({ at }, request))).toEqual({
      kind: 'replayed',
      bodyHash: 'body',
      answer: null,
    });
    expect(await store.lots.get(aLot().id)).toBeNull();
    await store.close();
    await dropDatabase(url);
  });

  test('gives the answer that comes meanwhile, or lets us write where it is given back', async () => {
    const url = newDatabase();
    const store = await openAt(url);
    await reserveElsewhere(url);
    const keys = (change: (all: mongo.Collection<{ _id: string }>) => Promise<unknown>): Promise<unknown> =>
      wait(200).then(() => meddle(url, (db) => change(db.collection<{ _id: string }>('requestKeys'))));
    const mac = new ShortSeal(ROW_KEY, 'request-key').of(requestText(request.key, at, request.bodyHash, '"theirs"'));
    const [told] = await Promise.all([
      store.lots.insert(aLot(), aNote({ at }, request)),
      keys((all) => all.updateOne({ _id: request.key }, { $set: { answer: '"theirs"', mac } })),
    ]);
    expect(told).toEqual({ kind: 'replayed', bodyHash: 'body', answer: 'theirs' });
    await keys((all) => all.updateOne({ _id: request.key }, { $unset: { answer: 1, mac: 1 } }));
    const [made] = await Promise.all([
      store.lots.insert(aLot(), aNote({ at }, request)),
      keys((all) => all.deleteOne({ _id: request.key })),
    ]);
    expect(made).toEqual({ kind: 'added' });
    await store.close();
    await dropDatabase(url);
  });
});

describe('a line on its way into the chain', () => {
  test('is found by firstOf while another server, that does not move it, holds the lease; the log shows it later', async () => {
    const url = newDatabase();
    await (await openAt(url)).close();
    await holdLease(url);
    const store = await openAt(url, { pace: WAITING_PACE });
    await store.batches.insert(aBatch(), aNote({ entity: 'batch:7K3M9Q', action: 'issue-batch' }));
    await store.audit.add(aLine({ entity: 'user:u1', action: 'sign-in' }));
    expect(await store.audit.firstOf('batch:7K3M9Q')).toMatchObject({
      seq: 0,
      action: 'issue-batch',
      values: { quantity: 1_000 },
    });
    expect(await store.audit.firstOf('user:u1')).toMatchObject({ seq: 0, action: 'sign-in' });
    expect(await store.audit.firstOf('batch:NOBODY')).toBeNull();
    expect(await store.audit.head()).toEqual(CHAIN_START);
    await expect(store.audit.eraseValues('batch:7K3M9Q')).rejects.toMatchObject({ kind: 'unavailable' });
    await meddle(url, (db) =>
      db.collection<{ _id: string }>('leases').updateOne({ _id: 'background' }, { $set: { holder: '' } }),
    );
    expect(await store.audit.head()).toMatchObject({ seq: 2 });
    expect(await store.audit.firstOf('batch:7K3M9Q')).toMatchObject({ seq: 1 });
    await store.close();
    await dropDatabase(url);
  });

  test.each([
    ['planted without the row key', { line: canonicalJson(aLine({ entity: 'batch:F0RGED' })), seal: Buffer.alloc(32) }],
    ['changed after it was written', { line: canonicalJson(aLine({ entity: 'lot:lot-1', action: 'harmless' })) }],
  ])('%s: never enters it, and the operator hears', async (_, change) => {
    const url = newDatabase();
    await (await openAt(url)).close();
    await holdLease(url);
    const heard: string[] = [];
    const store = await openAt(url, { log: (event) => heard.push(event), pace: WAITING_PACE });
    await store.lots.insert(aLot(), aNote({ entity: 'lot:lot-1' }));
    await meddle(url, async (db) => {
      const set = Object.fromEntries(Object.entries(change).map(([key, value]) => [`outbox.0.${key}`, value]));
      await db.collection<{ _id: string }>('lots').updateOne({ _id: 'lot-1' }, { $set: set });
      await db.collection<{ _id: string }>('leases').updateOne({ _id: 'background' }, { $set: { holder: '' } });
    });
    await store.lots.insert(aLot({ id: 'lot-2', number: 'other' }), aNote({ entity: 'lot:lot-2' }));
    const chain = await store.audit.read(1, 10);
    expect(chain.map(({ entity }) => entity)).toEqual(['lot:lot-2']);
    expect(await store.audit.firstOf('lot:lot-1')).toBeNull();
    expect(await store.audit.firstOf('batch:F0RGED')).toBeNull();
    expect(heard).toEqual(['store.line-tampered']);
    await store.close();
    await dropDatabase(url);
  });
});
