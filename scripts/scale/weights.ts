// The size of a scan, a tally and a batch in each store, measured by storing them: on SQLite by how much the file
// grows; on MongoDB by the bytes of documents and index entries, because its disk is compressed.

import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { createConnection, mongo } from 'mongoose';
import { INDEXES } from '../../server/store/mongo/indexes.ts';
import { openMongoStore } from '../../server/store/mongo/open.ts';
import { openSqliteStore } from '../../server/store/sqlite/open.ts';
import type { Batch } from '../../server/domain/batches/batch.ts';
import type { Scan } from '../../server/domain/stamp/scan.ts';
import type { Store } from '../../server/store/store.ts';

/** In bytes. */
export interface Weights {
  /** A stamp's first scan, without its tally. */
  firstScan: number;
  /** Each later scan. */
  laterScan: number;
  /** What remains of a stamp that was ever scanned, after its visits are forgotten. */
  tally: number;
  /** A batch with its audit line and its request key. */
  batch: number;
}

const STAMPS = 4_000;
/** Documents are all the same size, so a few are enough. */
const DOCUMENTS = 400;
const BATCHES = 400;
const LATER = 3;
const AT = '2026-11-24T03:00:00.000Z';
const DAY = '2026-11-24';
const AFTER = '2026-11-27';

/** Sizes in a file made for the measurement. @param batch a batch as it is issued */
export async function fileBytes(path: string, batch: Batch): Promise<Weights> {
  const options = {
    path,
    rowKey: new Uint8Array(32),
    now: () => new Date(AT),
    timeZone: 'UTC',
    synchronous: 'OFF',
  } as const;
  const sizeAfter = async (work: (store: Store) => Promise<unknown>): Promise<number> => {
    const store = await openSqliteStore(options);
    await work(store);
    // Closing moves the log into the file.
    await store.close();
    return statSync(path).size;
  };
  const empty = await sizeAfter(async () => undefined);
  const first = await sizeAfter((store) => scanAll(store, 0, STAMPS));
  const later = await sizeAfter(async (store) => {
    for (let round = 1; round <= LATER; round += 1) await scanAll(store, round, STAMPS);
  });
  // A PIN alone leaves a tally and no scan.
  const pins = await sizeAfter((store) =>
    Promise.all(
      Array.from({ length: STAMPS }, (_, i) =>
        store.scans.tryPin({ batchId: 'PINNED', serial: 1 + i, at: AT, day: DAY, network: null, right: true }),
      ),
    ),
  );
  const tally = (pins - later) / STAMPS;
  const batches = await sizeAfter((store) =>
    Promise.all(Array.from({ length: BATCHES }, (_, i) => issueAs(store, batch, i))),
  );
  return {
    firstScan: (first - empty) / STAMPS - tally,
    laterScan: (later - first) / (STAMPS * LATER),
    tally,
    batch: (batches - pins) / BATCHES,
  };
}

function issueAs(store: Store, batch: Batch, i: number): Promise<unknown> {
  const id = `W${String(i).padStart(5, '0')}`;
  const doc = { ...batch, id, version: 1, createdAt: new Date(Date.parse(AT) + i).toISOString() };
  const { wrappedSecret: _wrappedSecret, ...values } = doc;
  const line = {
    at: AT,
    actor: `user:${id}`,
    officeId: batch.officeId,
    entity: `batch:${id}`,
    action: 'issue-batch',
    values,
    salt: 's'.repeat(32),
  };
  const key = createHash('sha256').update(id).digest('hex');
  return store.batches.insert(doc, { line, request: { key, bodyHash: key, answer: values } });
}

/** Sizes of a database's documents and of their index entries. */
export async function documentBytes(url: string, options: Parameters<typeof openMongoStore>[0]): Promise<Weights> {
  const store = await openMongoStore(options);
  await scanAll(store, 0, DOCUMENTS);
  await scanAll(store, 1, DOCUMENTS);
  await store.scans.batchTallyOf('WEIGHT');
  await store.scans.forgetVisitorsBefore(AFTER);
  await store.close();
  const connection = await createConnection(url).asPromise();
  try {
    const weigh = async (name: string): Promise<number> => {
      const docs = await connection.collection(name).find({ batchId: 'WEIGHT' }).limit(DOCUMENTS).toArray();
      return docs.reduce((sum, doc) => sum + bytesOf(name, doc), 0) / docs.length;
    };
    const [record] = await connection.collection('batches').find({}).limit(1).toArray();
    const line = await connection.collection('audit').findOne({ kind: 'batch' });
    if (record === undefined || line === null) throw new Error('there is no batch to weigh');
    const batch = bytesOf('batches', record) + bytesOf('audit', line);
    const scan = await weigh('scans');
    return { firstScan: scan, laterScan: scan, tally: await weigh('tallies'), batch };
  } finally {
    await connection.close();
  }
}

function bytesOf(name: string, doc: mongo.BSON.Document): number {
  return mongo.BSON.calculateObjectSize(doc) + keyBytes(name, doc);
}

/** The index bytes of a document: each key's values, and the reference to the document. */
function keyBytes(name: string, doc: mongo.BSON.Document): number {
  const specs = INDEXES[name] ?? [];
  const there = specs.filter(
    ({ key, sparse }) => sparse !== true || Object.keys(key).every((field) => doc[field] !== undefined),
  );
  const ofId = mongo.BSON.calculateObjectSize({ _id: doc['_id'] as unknown });
  return there.reduce(
    (sum, { key }) =>
      sum +
      mongo.BSON.calculateObjectSize(
        Object.fromEntries(Object.keys(key).map((field) => [field, doc[field] as unknown])),
      ),
    ofId,
  );
}

function scanAll(store: Store, round: number, stamps: number): Promise<unknown> {
  return Promise.all(Array.from({ length: stamps }, (_, i) => store.scans.record(scanOf(i, round))));
}

function scanOf(i: number, round: number): Scan {
  const id = `${round}-${i}`.padStart(20, 'x');
  return {
    id,
    batchId: 'WEIGHT',
    serial: 1 + i,
    at: new Date(Date.parse(AT) + round * 3_600_000).toISOString(),
    day: DAY,
    visitor: id.slice(-15).padEnd(15, 'v'),
    province: 'Phú Thọ',
    verdict: 'valid',
    unlessSuspect: null,
    signedIn: false,
  };
}
