// A hand in a shared database: the contract every store keeps.

import type { mongo } from 'mongoose';
import { canonicalJson } from '../../server/domain/audit/audit-chain.ts';
import { handContract, type Data, type Row } from '../contract/hand-contract.ts';
import { dropDatabase, meddle, newDatabase, openAt } from './databases.ts';

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
