// Edits in an embedded store's file: the contract, and what can happen only to a file.

import { afterAll, expect, test } from '@jest/globals';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { canonicalJson } from '../../server/domain/audit/audit-chain.ts';
import { openSqliteStore } from '../../server/store/sqlite/open.ts';
import { gapContract } from '../contract/gap-contract.ts';
import { handContract, type Data, type Row } from '../contract/hand-contract.ts';
import { MADE_AT, TIME_ZONE } from '../fixtures/records/cast.ts';

const folder = mkdtempSync(join(tmpdir(), 'temtrace-hand-'));
afterAll(() => rmSync(folder, { recursive: true }));

const TABLES = `select name from sqlite_schema where type = 'table' and name not like 'sqlite%'`;
const SUFFIXES = ['', '-wal', '-shm', '-answered', '-head'];
let files = 0;

function dataAt(path: string): Data {
  const inside = <T>(work: (db: DatabaseSync) => T): T => {
    const db = new DatabaseSync(path, { timeout: 5_000 });
    try {
      return work(db);
    } finally {
      db.close();
    }
  };
  return {
    open: () =>
      openSqliteStore({
        path,
        rowKey: new Uint8Array(32).fill(7),
        now: () => new Date(MADE_AT),
        timeZone: TIME_ZONE,
        synchronous: 'OFF',
      }),
    tables: async () => inside((db) => (db.prepare(TABLES).all() as { name: string }[]).map(({ name }) => name)),
    // Without columns that are generated from others.
    rows: async (table) =>
      inside((db) => {
        const columns = db.prepare(`select name from pragma_table_info('${table}')`).all() as { name: string }[];
        return db.prepare(`select ${columns.map(({ name }) => `"${name}"`).join()} from "${table}"`).all() as Row[];
      }),
    write: async (table, rows) =>
      inside((db) => {
        db.exec(`begin immediate; delete from "${table}"`);
        for (const row of rows) {
          const names = Object.keys(row);
          const cells = names.map((name) => `"${name}"`).join();
          db.prepare(`insert into "${table}" (${cells}) values (${names.map(() => '?').join()})`).run(
            ...(Object.values(row) as string[]),
          );
        }
        db.exec('commit');
      }),
    copy: async () => {
      const other = newPath();
      for (const suffix of SUFFIXES) if (existsSync(path + suffix)) copyFileSync(path + suffix, other + suffix);
      return dataAt(other);
    },
    drop: async () => SUFFIXES.forEach((suffix) => rmSync(path + suffix, { force: true })),
  };
}

function newPath(): string {
  files += 1;
  return join(folder, `store-${files}.db`);
}

const more = (field: string) => (row: Row) => ({ ...row, [field]: Number(row[field]) + 1 });
const other = (field: string, value: string | number) => (row: Row) => ({ ...row, [field]: value });

gapContract('SQLite', async () => dataAt(newPath()), {
  tallies: 'tally',
  forge: (row) => ({ ...row, doc: String(row['doc']).replace('2027', '2031') }),
});

handContract('SQLite', {
  empty: async () => dataAt(newPath()),
  others: {
    tally: { table: 'tally', edit: more('scans'), another: other('serial', 9) },
    'batch tally': { table: 'batch_tally', edit: more('scans'), another: other('batch_id', 'A00000') },
    'deleted scans': { table: 'forgotten', edit: more('counted'), another: other('batch_id', 'A00000') },
    scan: { table: 'scan', edit: other('verdict', 'recalled'), another: other('id', 'another') },
    file: { table: 'file', edit: other('media_type', 'text/html'), another: other('id', 'file-9') },
    'kept answer': { table: 'request_key', edit: other('answer', '1'), another: other('key', 'request-9') },
    'audit line': { table: 'audit', edit: other('actor', 'nobody'), another: more('seq') },
    'chain head': { table: 'chain_head', edit: more('seq'), another: null },
    store: { table: 'store', edit: more('answered_scans'), another: null },
    check: { table: 'store_check', edit: other('state', '{}'), another: null },
  },
  unsealed: {
    lease: 'who works at what: servers compete for it, and a wrong one only delays',
    refusal: 'counts of refused look-ups: statistics',
    salt: 'of a day’s visitors, deleted with them',
    word: 'the words that records are found by: made from them, and what a search finds is read and checked as a record',
    sign: 'what the readiness check writes: bytes that nobody reads',
  },
  unnoticed: {},
  withDoc: (row, change) => {
    const doc = change(JSON.parse(String(row['doc'])) as Row);
    return { ...row, id: doc['id'], doc: canonicalJson(doc) };
  },
});

test('a trigger that another hand left in the file is named', async () => {
  const data = dataAt(newPath());
  await (await data.open()).close();
  // It has the path that was made last.
  const db = new DatabaseSync(join(folder, `store-${files}.db`));
  db.exec(`create trigger t after insert on lots begin delete from recalls; end`);
  db.close();
  const store = await data.open();
  await expect(store.audit.lastVersions([])).rejects.toMatchObject({ kind: 'untrusted' });
  await store.close();
});
