// Edits in a shared database: the contract that every store keeps, and the end of the chain that a server keeps in a
// file.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { mongo } from 'mongoose';
import { canonicalJson } from '../../server/domain/audit/audit-chain.ts';
import { gapContract } from '../contract/gap-contract.ts';
import { handContract, type Data, type Row } from '../contract/hand-contract.ts';
import { readHeadBeside } from '../../server/store/head-beside.ts';
import { sealsOf } from '../../server/store/seals.ts';
import { aNote } from '../fixtures/records/audit.ts';
import { aLot } from '../fixtures/records/batches.ts';
import { anOffice } from '../fixtures/records/registry.ts';
import { until } from '../fixtures/until.ts';
import { dropDatabase, meddle, newDatabase, openAt, ROW_KEY } from './databases.ts';

type Doc = mongo.Document & { _id: string };

function dataAt(url: string): Data {
  return {
    open: () => openAt(url),
    tables: () =>
      meddle(url, async (db) => (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name)),
    rows: (table) => meddle(url, (db) => db.collection(table).find({}).sort({ _id: 1 }).toArray()),
    write: (table, rows) =>
      meddle(url, async (db) => {
        await db.collection(table).deleteMany({});
        if (rows.length > 0) await db.collection<Doc>(table).insertMany(rows as Doc[]);
      }),
    copy: async () => {
      const other = dataAt(newDatabase());
      const data = dataAt(url);
      for (const table of await data.tables()) await other.write(table, await data.rows(table));
      return other;
    },
    drop: () => dropDatabase(url),
  };
}

const more = (field: string) => (row: Row) => ({ ...row, [field]: Number(row[field]) + 1 });
const other = (field: string, value: string | number) => (row: Row) => ({ ...row, [field]: value });
const otherId = other('_id', 'A00000');

gapContract('MongoDB', async () => dataAt(newDatabase()), {
  tallies: 'tallies',
  forge: (row) => ({ ...row, doc: String(row['doc']).replace('2027', '2031') }),
});

handContract('MongoDB', {
  empty: async () => dataAt(newDatabase()),
  others: {
    tally: {
      table: 'tallies',
      edit: more('count'),
      another: (row) => ({ ...row, _id: `${String(row['batchId'])}:9`, serial: 9 }),
    },
    'batch tally': { table: 'batchTallies', edit: more('count'), another: otherId },
    'deleted scans': { table: 'forgottenScans', edit: more('counted'), another: otherId },
    scan: { table: 'scans', edit: other('verdict', 'recalled'), another: other('_id', 'another') },
    file: { table: 'files', edit: other('mediaType', 'text/html'), another: other('_id', 'file-9') },
    'kept answer': { table: 'requestKeys', edit: other('answer', '1'), another: other('_id', 'request-9') },
    'audit line': {
      table: 'audit',
      edit: other('actor', 'nobody'),
      another: (row) => ({ ...row, _id: Number(row['_id']) + 1, line: 'another' }),
    },
    'chain head': { table: 'chainHeads', edit: more('seq'), another: null },
    store: { table: 'stores', edit: other('madeAt', '2020-01-01T00:00:00.000Z'), another: null },
    check: { table: 'storeChecks', edit: other('state', '{}'), another: null },
  },
  unsealed: {
    leases: 'who works at what: servers compete for it, and a wrong one only delays',
    lines:
      'lines on their way into the chain: each outbox has its own seal, and a missing one leaves its record behind',
    refusals: 'counts of refused look-ups: statistics',
  },
  unnoticed: {
    'chain head': { 'roll back': 'the lines behind it are in their places: it moves on over them' },
    store: { 'roll back': 'nothing in it changes but the sign of life' },
  },
  withDoc: (row, change) => {
    const before = JSON.parse(String(row['doc'])) as Row;
    const doc = change(before);
    const isOther = doc['id'] !== before['id'];
    const unique = row['unique'] as Record<string, string>;
    return {
      ...row,
      _id: doc['id'],
      doc: canonicalJson(doc),
      ...(isOther ? { requestKeys: [doc['id']] } : {}),
      unique: isOther
        ? Object.fromEntries(Object.entries(unique).map(([name, value]) => [name, `${value}-b`]))
        : unique,
    };
  },
});

describe('the end of the chain that a server keeps', () => {
  const folder = mkdtempSync(join(tmpdir(), 'temtrace-mongo-head-'));
  const headPath = join(folder, 'head');
  const url = newDatabase();
  const data = dataAt(url);
  afterAll(async () => {
    await data.drop();
    rmSync(folder, { recursive: true });
  });

  test('names a database that was put back to an earlier day', async () => {
    const store = await openAt(url, { headPath, watchMs: 20 });
    await store.offices.insert(anOffice(), aNote());
    await store.audit.head();
    const earlier = new Map(
      await Promise.all((await data.tables()).map(async (table) => [table, await data.rows(table)] as const)),
    );
    await store.lots.insert(aLot(), aNote());
    const { seq } = await store.audit.head();
    await until(() => readHeadBeside(headPath, sealsOf(ROW_KEY).chainHead)?.seq === seq);
    await store.close();
    await (await openAt(url, { headPath })).close();

    for (const table of await data.tables()) await data.write(table, earlier.get(table) ?? []);
    await expect(openAt(url, { headPath })).rejects.toMatchObject({
      kind: 'untrusted',
      message: expect.stringMatching(/ends at line 1 of its audit chain, the head beside it says 2: it was put back/),
    });

    // While an operator only looks, the kept file must stay unchanged.
    const told: string[] = [];
    const looked = await openAt(url, { headPath, watchMs: 20, onGap: (gap) => told.push(gap) });
    await until(() => looked.check.chainFault() === null);
    await looked.close();
    expect(told).toEqual([expect.stringMatching(/accept-gap/)]);
    expect(readHeadBeside(headPath, sealsOf(ROW_KEY).chainHead)?.seq).toBe(2);
  });
});
