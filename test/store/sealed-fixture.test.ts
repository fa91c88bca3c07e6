// Opening a store from before every row had a seal: its rows are checked against the chain, then sealed once.

import { afterAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gunzipSync } from 'node:zlib';
import { COLLECTION_NAMES } from '../../server/store/collections.ts';
import { openSqliteStore } from '../../server/store/sqlite/open.ts';
import { SCHEMA_VERSION } from '../../server/store/sqlite/migrations.ts';
import type { Collection, CollectionName, Store } from '../../server/store/store.ts';
import { getWitnessed } from '../../server/store/witness.ts';
import { verifyStored } from '../../scripts/admin/verify-log.ts';
import type { Entity } from '../../server/domain/entity.ts';
import { BATCH_ID, MADE_AT, TIME_ZONE } from '../fixtures/records/cast.ts';

const UNSEALED = new URL('../fixtures/stores/unsealed.sqlite.gz', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'temtrace-unsealed-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
const KEY = JSON.stringify({ createdAt: MADE_AT, id: 'k', keyHash: 'x', version: 1 });
const INSERT_KEY = `insert into apiKeys (id, version, created_at, doc) values ('k', 1, '${MADE_AT}', '${KEY}')`;

/** Those that the store of before had; a table is made by a later migration for each of the others. */
const OF_BEFORE = ((): readonly CollectionName[] => {
  const db = new DatabaseSync(anUnsealedStore(), { readOnly: true });
  const tables = new Set(
    db
      .prepare('select name from sqlite_schema')
      .all()
      .map((row) => row['name']),
  );
  db.close();
  return COLLECTION_NAMES.filter((name) => tables.has(name));
})();

/** A copy of that unsealed store, changed by this SQL. */
function anUnsealedStore(sql = ''): string {
  files += 1;
  const path = join(folder, `store-${files}.db`);
  writeFileSync(path, gunzipSync(readFileSync(UNSEALED)), { mode: 0o600 });
  const db = new DatabaseSync(path);
  db.exec(sql);
  db.close();
  return path;
}

function openAt(path: string, heard: unknown[] = []): Promise<Store> {
  return openSqliteStore({
    path,
    rowKey: new Uint8Array(32).fill(7),
    now: () => new Date(MADE_AT),
    timeZone: TIME_ZONE,
    synchronous: 'OFF',
    log: (event, fields) => heard.push({ event, ...fields }),
  });
}

describe('a store of before', () => {
  test('opens with every record, tally, file and answer, each a witnessed version, and its chain whole', async () => {
    const path = anUnsealedStore();
    const heard: unknown[] = [];
    const store = await openAt(path, heard);
    expect(await store.describe()).toMatchObject({ schema: SCHEMA_VERSION, answeredScans: 5 });
    expect(OF_BEFORE.length).toBeGreaterThan(25);
    for (const name of OF_BEFORE) {
      const { items } = await (store[name] as unknown as Collection<Entity>).list({}, { limit: 10, after: null });
      expect([name, items.length]).toEqual([name, 1]);
      expect(await getWitnessed(store, name, items[0]?.id ?? '')).toEqual(items[0]);
    }
    expect(await store.scans.tallyOf(BATCH_ID, 1)).toMatchObject({ serial: 1 });
    expect(await store.scans.batchTallyOf(BATCH_ID)).toMatchObject({ count: 5 });
    expect(await store.files.get('file-1')).toMatchObject({ mediaType: 'image/png' });
    expect(await store.findRequest('k'.repeat(64))).toMatchObject({ bodyHash: 'b' });
    expect(await verifyStored(store.audit)).toMatchObject({ ok: true, lines: 33 + OF_BEFORE.length });
    expect(heard).toEqual([]);
    await store.close();
    const again = await openAt(path);
    expect(await again.audit.head()).toMatchObject({ seq: 33 + OF_BEFORE.length });
    await again.close();
  });

  test.each([
    ['a role that no line states', `update users set doc = json_set(doc, '$.role', 'admin')`, 'users'],
    ['a key that no line made', INSERT_KEY, 'apiKeys'],
    ['a verdict-bearing row with a wrong seal', `update lots set mac = zeroblob(32)`, 'lots'],
  ])('seals no row with %s', async (_, sql, collection) => {
    const path = anUnsealedStore(sql);
    const heard: unknown[] = [];
    const store = await openAt(path, heard);
    expect(heard).toEqual([expect.objectContaining({ event: 'store.row-not-sealed', collection })]);
    await store.close();
  });

  test('whose chain is not whole is refused, and left as it was', async () => {
    const path = anUnsealedStore(`update audit set action = 'x' where seq = 3`);
    await expect(openAt(path)).rejects.toMatchObject({ kind: 'untrusted', message: expect.stringMatching(/line 3/) });
  });

  test('cannot be sealed twice: the older schema put back beside its head is named', async () => {
    const path = anUnsealedStore();
    const store = await openAt(path);
    await store.audit.add({
      at: MADE_AT,
      actor: 'u',
      officeId: null,
      entity: 'user:u',
      action: 'x',
      values: {},
      salt: '00',
    });
    await store.close();
    writeFileSync(path, gunzipSync(readFileSync(UNSEALED)));
    await expect(openAt(path)).rejects.toMatchObject({ kind: 'untrusted', message: expect.stringMatching(/put back/) });
  });
});
