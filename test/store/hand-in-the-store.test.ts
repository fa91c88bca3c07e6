// A hand in the database without the key: each collection, each kind of edit, while the store is in use and while it is
// not. No edit is read as if it were ours, and each is named by the check of records. A new collection is covered by
// itself.

import { afterAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gunzipSync } from 'node:zlib';
import { rowFaults } from '../../scripts/admin/verify-rows.ts';
import { COLLECTION_NAMES } from '../../server/store/collections.ts';
import { openSqliteStore } from '../../server/store/sqlite/open.ts';
import type { Collection, CollectionName, Store } from '../../server/store/store.ts';
import { getWitnessed } from '../../server/store/witness.ts';
import type { Entity } from '../../server/domain/entity.ts';
import { aNote } from '../fixtures/records/audit.ts';
import { MADE_AT, TIME_ZONE } from '../fixtures/records/cast.ts';

const folder = mkdtempSync(join(tmpdir(), 'temtrace-hand-'));
afterAll(() => rmSync(folder, { recursive: true }));

function openAt(path: string): Promise<Store> {
  return openSqliteStore({
    path,
    rowKey: new Uint8Array(32).fill(7),
    now: () => new Date(MADE_AT),
    timeZone: TIME_ZONE,
    synchronous: 'OFF',
  });
}

function collectionOf(store: Store, name: CollectionName): Collection<Entity> {
  return store[name] as unknown as Collection<Entity>;
}

/** A store with one record of each collection, at its second version or later, and the row of the version before. */
async function aStore(): Promise<{ path: string; ids: Map<CollectionName, string>; old: string }> {
  const path = join(folder, `store-${Math.floor(performance.now() * 1_000)}.db`);
  writeFileSync(path, gunzipSync(readFileSync(new URL('../fixtures/stores/unsealed.sqlite.gz', import.meta.url))));
  const store = await openAt(path);
  const old = `${path}.old`;
  new DatabaseSync(path).exec(`vacuum into '${old}'`);
  const ids = new Map<CollectionName, string>();
  for (const name of COLLECTION_NAMES) {
    const { items } = await collectionOf(store, name).list({}, { limit: 1, after: null });
    const record = items[0] as Entity;
    ids.set(name, record.id);
    const doc = { ...record, version: record.version + 1 };
    expect(await collectionOf(store, name).replace(doc, aNote())).toEqual({ kind: 'replaced' });
  }
  await store.close();
  return { path, ids, old };
}

const EDITS: Readonly<Record<string, (name: CollectionName) => string>> = {
  delete: (name) => `delete from main."${name}"`,
  'roll back': (name) =>
    `update main."${name}" as now set version = was.version, doc = was.doc, mac = was.mac
     from old."${name}" as was where was.id = now.id`,
  edit: (name) => `update main."${name}" set doc = json_set(doc, '$.updatedAt', '2031-01-01T00:00:00.000Z')`,
};
const WHEN = ['running', 'stopped'] as const;

describe.each(WHEN)('while it is %s', (when) => {
  test.each(Object.keys(EDITS))(
    '%s: no record of any collection is taken for ours, and each is named',
    async (edit) => {
      const { path, ids, old } = await aStore();
      const early = when === 'running' ? await openAt(path) : null;
      const db = new DatabaseSync(path);
      db.exec(`attach '${old}' as old`);
      for (const name of COLLECTION_NAMES) db.exec((EDITS[edit] as (name: CollectionName) => string)(name));
      db.close();
      const store = early ?? (await openAt(path));
      for (const [name, id] of ids) {
        const outcome = await getWitnessed(store, name, id).then(
          (record) => record,
          (error: { kind?: string }) => error.kind,
        );
        expect([name, outcome]).toEqual([name, edit === 'delete' ? null : 'tampered']);
      }
      const faults = await rowFaults(store as unknown as Parameters<typeof rowFaults>[0], store.audit);
      for (const [name, id] of ids) expect([name, faults.some((fault) => fault.includes(id))]).toEqual([name, true]);
      await store.close();
    },
  );
});

test('a record that was inserted with a seal of another, or none, is named', async () => {
  const { path } = await aStore();
  const db = new DatabaseSync(path);
  db.exec(`insert into apiKeys (id, version, created_at, doc, mac)
    select 'k2', version, created_at, json_set(doc, '$.id', 'k2', '$.keyHash', 'z'), mac from apiKeys`);
  db.close();
  const store = await openAt(path);
  await expect(store.apiKeys.findBy('keyHash', ['z'])).rejects.toMatchObject({ kind: 'tampered' });
  const faults = await rowFaults(store as unknown as Parameters<typeof rowFaults>[0], store.audit);
  expect(faults).toEqual([expect.stringContaining('k2')]);
  await store.close();
});

test('a recall and its line taken away together leave a gap: the chain is no witness any more', async () => {
  const { path } = await aStore();
  const db = new DatabaseSync(path);
  db.exec(`delete from recalls; delete from audit where kind = 'recall'`);
  db.close();
  const store = await openAt(path);
  await expect(store.audit.lastVersions([])).rejects.toMatchObject({ kind: 'untrusted' });
  await store.close();
});
