// The SQLite adapter: the contract of every store, its file, its schema and a second process.

import { execFile } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from '@jest/globals';
import { verifyChain } from '../../../server/domain/audit/audit-chain.ts';
import { COLLECTIONS } from '../../../server/store/collections.ts';
import {
  openReading,
  openWriting,
  prepare,
  rowsOf,
  sqliteFault,
  valueOf,
} from '../../../server/store/sqlite/connection.ts';
import { migrate, SCHEMA_VERSION, schemaOf } from '../../../server/store/sqlite/migrations.ts';
import { openSqliteStore } from '../../../server/store/sqlite/open.ts';
import { signStore } from '../../../server/store/sqlite/trust.ts';
import type { Store } from '../../../server/store/store.ts';
import { storeContract } from '../../contract/store-contract.ts';
import type { StoreUnderTest } from '../../contract/store-under-test.ts';
import { aNote } from '../../fixtures/records/audit.ts';
import { aBatch, aLot } from '../../fixtures/records/batches.ts';
import { MADE_AT, TIME_ZONE } from '../../fixtures/records/cast.ts';
import { aScan } from '../../fixtures/records/scans.ts';
import { aFilledStore, LEASE_SILENCE_MS, newPath, optionsFor, ROW_KEY } from './sqlite-files.ts';

async function openFresh(): Promise<StoreUnderTest> {
  const path = newPath();
  const opened: Store[] = [];
  const openOne = async (): Promise<Store> => {
    const store = await openSqliteStore(optionsFor(path));
    opened.push(store);
    return store;
  };
  const close = async (): Promise<void> => {
    for (const store of opened.splice(0)) await store.close();
  };
  return {
    store: await openOne(),
    second: async () => opened[1] ?? (await openOne()),
    reopen: async () => {
      await close();
      return openOne();
    },
    leaseSilenceMs: LEASE_SILENCE_MS,
    settled: async () => undefined,
    close,
  };
}

storeContract('SQLite', openFresh);

describe('the file', () => {
  test('that a first start left behind unfilled is made whole by the next', async () => {
    const path = newPath();
    openWriting(path, 'FULL').close();
    expect(statSync(path).size).toBeGreaterThan(0);
    const store = await openSqliteStore(optionsFor(path));
    await expect(store.describe()).resolves.toMatchObject({ schema: SCHEMA_VERSION, answeredScans: 0 });
    await store.close();
  });

  test('is read by its owner alone, with all that lies beside it', async () => {
    const path = newPath();
    const store = await openSqliteStore(optionsFor(path));
    await store.scans.record(aScan());
    for (const beside of ['', '-wal', '-shm', '-answered']) expect(statSync(path + beside).mode & 0o777).toBe(0o600);
    await store.close();
    expect(existsSync(`${path}-wal`)).toBe(false);
  });

  test('is written with every setting that the promises rest on', () => {
    const db = openWriting(newPath(), 'FULL');
    const settings = ['journal_mode', 'synchronous', 'mmap_size', 'secure_delete', 'foreign_keys'];
    expect(settings.map((setting) => valueOf(db, `pragma ${setting}`))).toEqual(['wal', 2, 0, 1, 1]);
    db.close();
  });

  test.each([
    ['3.51.2', true],
    ['3.51.3', false],
    ['3.53.4', false],
    ['3.50.9', true],
    ['4.0.0', false],
    ['2.99.99', true],
  ])('is refused to SQLite %s: %p', (version, refused) => expect(sqliteFault(version) !== null).toBe(refused));

  test('made under another time zone opens, and the log says so', async () => {
    const path = await aFilledStore();
    const events: string[] = [];
    const store = await openSqliteStore(
      optionsFor(path, { timeZone: 'Europe/Paris', log: (event) => events.push(event) }),
    );
    expect(events).toEqual(['store.time-zone-changed']);
    await store.close();
  });

  test('holds no visitor, no salt and no erased value after they were forgotten, not in its log either', async () => {
    const path = newPath();
    const store = await openSqliteStore(optionsFor(path));
    const secrets = ['visitor-Xq7Xq7Xq7', 'salt-Zk3Zk3Zk3Zk3', 'value-Wm5Wm5Wm5'];
    const [visitor, salt, value] = secrets as [string, string, string];
    await store.scans.record(aScan({ visitor }));
    await store.scans.saltOf('2026-11-24', Buffer.from(salt));
    await store.audit.add({ ...aNote().line, entity: 'user:gone', values: { name: value } });
    const found = (): string[] => {
      const bytes = ['', '-wal'].map((beside) => readFileSync(path + beside, 'latin1')).join('');
      return secrets.filter((secret) => bytes.includes(secret));
    };
    expect(found()).toEqual(secrets);
    await store.scans.forgetVisitorsBefore('2026-11-25');
    expect(found()).toEqual([value]);
    await store.audit.eraseValues('user:gone');
    expect(found()).toEqual([]);
    await store.close();
    expect(readFileSync(path, 'latin1')).not.toMatch(/Xq7Xq7|Zk3Zk3|Wm5Wm5/);
  });
});

describe('the schema', () => {
  const db = openWriting(newPath(), 'OFF');
  const sign = (): void => signStore(db, ROW_KEY, MADE_AT, TIME_ZONE);
  migrate(db, { sign, seal: () => undefined, countForgotten: () => undefined });
  afterAll(() => db.close());

  test('has a table, and an index a filter and unique index, of every collection', () => {
    const wanted = Object.entries(COLLECTIONS).flatMap(([name, { filters, unique }]) => [
      `table ${name}`,
      `index ${name}.createdAt`,
      ...filters.map((field) => `index ${name}.${field}`),
      ...Object.keys(unique).map((index) => `index ${name}.unique.${index}`),
    ]);
    expect(schemaOf(db)).toEqual(expect.arrayContaining(wanted));
  });

  test('names the same fields in its unique indexes', () => {
    const fieldsOf = (index: string): unknown[] =>
      rowsOf(prepare(db, `select name from pragma_index_info(?) order by seqno`), index).flat();
    for (const [name, { unique }] of Object.entries(COLLECTIONS)) {
      for (const [index, fields] of Object.entries(unique)) expect(fieldsOf(`${name}.unique.${index}`)).toEqual(fields);
    }
  });

  test('answers every filter from its index, in order, without sorting', () => {
    for (const [name, { filters }] of Object.entries(COLLECTIONS)) {
      for (const field of filters) {
        const sql = `explain query plan select doc from "${name}" where "${field}" is ? and (created_at, id) < (?, ?) order by created_at desc, id desc limit ?`;
        const plan = rowsOf(prepare(db, sql), 'x', '~', '~', 10).map((row) => String(row[3]));
        expect(plan).toEqual([expect.stringContaining(`USING INDEX ${name}.${field} (${field}=?`)]);
      }
    }
  });

  test('stays as it is when it is brought up to date twice', () => {
    const before = schemaOf(db);
    migrate(db, { sign, seal: () => undefined, countForgotten: () => undefined });
    expect(schemaOf(db)).toEqual(before);
    expect(valueOf(db, 'pragma user_version')).toBe(SCHEMA_VERSION);
  });

  test('a batch of sixteen million stamps adds under four KiB', async () => {
    const path = newPath();
    const store = await openSqliteStore(optionsFor(path));
    const add = async (n: number): Promise<void> => {
      for (let i = 0; i < 100; i += 1) {
        await store.batches.insert(
          aBatch({ id: `B${n}-${i}`, quantity: 16_777_216, activations: [] }),
          aNote({ entity: `batch:B${n}-${i}` }),
        );
      }
    };
    const sizeOf = (): number => {
      const reader = openReading(path);
      const bytes = Number(valueOf(reader, 'pragma page_count')) * 4_096;
      reader.close();
      return bytes;
    };
    await add(1);
    const before = sizeOf();
    await add(2);
    expect((sizeOf() - before) / 100).toBeLessThan(4_096);
    await store.close();
  });
});

test('another process writes at the same time, and neither loses anything', async () => {
  const path = newPath();
  const store = await openSqliteStore(optionsFor(path));
  const script = fileURLToPath(new URL('../second-process.ts', import.meta.url));
  const other = promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', script, path, '100']);
  let ended = false;
  const end = other.finally(() => {
    ended = true;
  });
  let scans = 0;
  while (!ended) {
    await Promise.all(
      Array.from({ length: 20 }, () => store.scans.record(aScan({ id: `s${(scans += 1)}`, serial: scans }))),
    );
    await store.lots.insert(
      aLot({ id: `first-${scans}`, number: `first-${scans}` }),
      aNote({ entity: `lot:first-${scans}` }),
    );
  }
  expect((await end).stdout).toBe('100 lots\n');
  expect(await store.scans.stampsScanned('7K3M9Q', 1, scans)).toBe(scans);
  expect(await store.lots.get('second-99')).toMatchObject({ number: 'second-99' });
  const { seq } = await store.audit.head();
  expect(seq).toBe(100 + scans / 20);
  expect(verifyChain(await store.audit.read(1, seq))).toMatchObject({ ok: true, lines: seq });
  await store.close();
});
