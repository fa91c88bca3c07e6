// SQLite's adapter: the contract every store keeps, and what a file on a disk owes besides.

import { afterAll, describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { verifyChain } from '../../server/domain/audit/audit-chain.ts';
import { COLLECTIONS } from '../../server/store/collections.ts';
import {
  openReading,
  openWriting,
  prepare,
  rowsOf,
  sqliteFault,
  valueOf,
} from '../../server/store/sqlite/connection.ts';
import { cancelMove, closeForMove } from '../../server/store/sqlite/departure.ts';
import { migrate, schemaOf, SCHEMA_VERSION } from '../../server/store/sqlite/migrations.ts';
import { openSqliteStore, type SqliteStoreOptions } from '../../server/store/sqlite/open.ts';
import { signStore } from '../../server/store/sqlite/trust.ts';
import { StoreError, type Store } from '../../server/store/store.ts';
import { storeContract } from '../contract/store-contract.ts';
import type { StoreUnderTest } from '../contract/store-under-test.ts';
import { aBatch, aLot, aNote, anOffice, aScan, aSession, MADE_AT, TIME_ZONE } from '../fixtures/records.ts';

const folder = mkdtempSync(join(tmpdir(), 'temtrace-store-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
const ROW_KEY = new Uint8Array(32).fill(7);
const LEASE_SILENCE_MS = 300;

function newPath(): string {
  files += 1;
  return join(folder, `store-${files}.db`);
}

/** OFF: what the disk holds when the power goes is test/slow/durability.test.ts's; here it would only cost time. */
function optionsFor(path: string, fields: Partial<SqliteStoreOptions> = {}): SqliteStoreOptions {
  return {
    path,
    rowKey: ROW_KEY,
    now: () => new Date(MADE_AT),
    timeZone: TIME_ZONE,
    synchronous: 'OFF',
    leaseSilenceMs: LEASE_SILENCE_MS,
    ...fields,
  };
}

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

/** A closed store with an office, a lot and a scan in it. */
async function aFilledStore(): Promise<string> {
  const path = newPath();
  const store = await openSqliteStore(optionsFor(path));
  await store.offices.insert(anOffice(), aNote());
  await store.lots.insert(aLot(), aNote());
  await store.scans.record(aScan());
  await store.close();
  return path;
}

/** Runs SQL as a hand in the database would. */
function meddle(path: string, sql: string): void {
  const db = new DatabaseSync(path);
  db.exec(sql);
  db.close();
}

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

  test('is read in a collection that no verdict rests on', async () => {
    const path = newPath();
    const store = await openSqliteStore(optionsFor(path));
    await store.sessions.insert(aSession(), aNote());
    meddle(path, `update sessions set doc = replace(doc, 'user-1', 'user-9')`);
    expect(await store.sessions.get('session-1')).toMatchObject({ userId: 'user-9' });
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
  /** A copy of a running store with 300 answered scans in its log, as a crash leaves it. */
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
  migrate(db, sign);
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
    migrate(db, sign);
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
  const script = fileURLToPath(new URL('./second-process.ts', import.meta.url));
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
