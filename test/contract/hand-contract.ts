// Somebody edits the database without the key, on any store: every kind of row, every kind of edit, while the store is
// in use and while it is not. No edit changes an answer, except as stated for tallies and for what has no seal, and
// `verify-log` and `doctor` name every edit. The places are made from the table of collections, so a new collection is
// covered by itself, and a new table without a place here fails.

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { faultOf, verifyStored } from '../../scripts/admin/verify-log.ts';
import { storeFaults } from '../../scripts/admin/store-faults.ts';
import { isDeepStrictEqual } from 'node:util';
import type { Entity } from '../../server/domain/entity.ts';
import { makeBatchCache } from '../../server/scan/batch-cache.ts';
import { nobodysKeys } from '../../server/scan/own-stamp.ts';
import { loadBatch } from '../../server/scan/load-batch.ts';
import { COLLECTION_NAMES, COLLECTIONS } from '../../server/store/collections.ts';
import { filesNamedIn } from '../../server/store/row-check.ts';
import { StoreError, type Collection, type CollectionName, type Store } from '../../server/store/store.ts';
import { getWitnessed } from '../../server/store/witness.ts';
import { aLine, aNote } from '../fixtures/records/audit.ts';
import { BATCH_ID, MADE_AT } from '../fixtures/records/cast.ts';
import { SAMPLES } from '../fixtures/records/samples.ts';
import { aPinTry, aScan } from '../fixtures/records/scans.ts';

export type Row = Record<string, unknown>;

/** A store's data, as its owner and as an editor of the database reach it. */
export interface Data {
  open: () => Promise<Store>;
  /** All tables or collections that may hold something. */
  tables: () => Promise<string[]>;
  rows: (table: string) => Promise<Row[]>;
  /** Replaces all rows of a table by these. */
  write: (table: string, rows: readonly Row[]) => Promise<void>;
  /** A second copy of the same data in another location. */
  copy: () => Promise<Data>;
  drop: () => Promise<void>;
}

/** A place that is not a collection, in one adapter's names. */
export interface OtherPlace {
  table: string;
  edit: (row: Row) => Row;
  /** Another row that keeps this one's seal; null: the table can have only one row. */
  another: ((row: Row) => Row) | null;
}

const OTHERS = [
  'tally',
  'batch tally',
  'deleted scans',
  'scan',
  'file',
  'kept answer',
  'audit line',
  'chain head',
  'store',
  'check',
] as const;
export type Other = (typeof OTHERS)[number];

export interface Hand {
  empty: () => Promise<Data>;
  others: Readonly<Record<Other, OtherPlace>>;
  /** Tables that have no seal by design, each with the reason. */
  unsealed: Readonly<Record<string, string>>;
  /** Edits that this store does not notice, beyond UNNOTICED, and why. */
  unnoticed: Unnoticed;
  /** Changes a record's row as `change` changes its document, leaving the seal as it is. */
  withDoc: (row: Row, change: (doc: Row) => Row) => Row;
}

const EDITS = ['delete', 'roll back', 'edit', 'insert'] as const;
type Edit = (typeof EDITS)[number];
const WHEN = ['running', 'stopped'] as const;

type Unnoticed = Partial<Record<Other, Partial<Record<Edit, string>>>>;

/** Edits that are not noticed, or change an answer until they are, and why. SECURITY.md says the same. */
const UNNOTICED: Unnoticed = {
  file: { 'roll back': 'a file has one version' },
  'kept answer': {
    delete: 'answers are forgotten after a month; a request that is sent again is done again',
    'roll back': 'an answer has one version',
  },
  scan: { edit: 'single scans carry no seal: province and verdict of one are statistics' },
  check: { delete: 'a check that is not known is done again', 'roll back': 'a check is done again from there' },
};
/** Answers that are wrong until the recount finds the edit. */
const BENDING: Partial<Record<Other, readonly Edit[]>> = {
  tally: ['delete', 'roll back'],
  'batch tally': ['delete', 'roll back'],
  'deleted scans': EDITS,
  scan: EDITS,
  // A page without its picture.
  file: ['delete'],
  'kept answer': ['delete'],
  check: ['delete', 'roll back'],
  // The watch and the start check these; the reads below never touch them.
  'audit line': EDITS,
  'chain head': EDITS,
  store: EDITS,
};

/** A read of each place, as an answer would use it. */
const READS: Readonly<Record<Other, (store: Store) => Promise<unknown>>> = {
  tally: (store) => store.scans.tallyOf(BATCH_ID, 1),
  'batch tally': (store) => store.scans.batchTallyOf(BATCH_ID),
  'deleted scans': async () => null,
  scan: (store) =>
    store.scans.list({ batchId: BATCH_ID, serial: null, from: null, to: null }, { limit: 9, after: null }),
  file: (store) => store.files.get('file-1'),
  'kept answer': (store) => store.findRequest('request-1'),
  'audit line': async () => null,
  'chain head': async () => null,
  store: async () => null,
  check: (store) => store.check.state(),
};

interface Filled {
  data: Data;
  /** By table: all rows as they were before each record got its second version. */
  old: Map<string, Row[]>;
  /** The results of the reads before any edit. */
  sound: Map<Other, unknown>;
}

/** A closed store with a row in every place; each record is at its second version. */
async function fill(hand: Hand): Promise<Filled> {
  const data = await hand.empty();
  const store = await data.open();
  const fileIds = COLLECTION_NAMES.flatMap((name) => filesNamedIn(SAMPLES[name]));
  for (const id of fileIds) await store.files.put(id, 'image/png', new Uint8Array([1, 2, 3]));
  for (const name of COLLECTION_NAMES) await collectionOf(store, name).insert(SAMPLES[name], aNote());
  await store.audit.add(aLine());
  for (const [i, day] of ['2023-01-01', '2023-02-01', '2026-11-20', '2026-11-21'].entries())
    await store.scans.record(aScan({ id: `early-${i}`, at: `${day}T01:00:00.000Z`, day, visitor: `early-${i}` }));
  await store.scans.record(aScan({ serial: 2, id: 'other' }));
  await store.scans.deleteScansBefore('2023-01-15T00:00:00.000Z');
  await store.keepRequest({ key: 'request-1', bodyHash: 'body', answer: { id: 'x' } }, MADE_AT);
  await store.check.keep({ beganAt: MADE_AT, endedAt: MADE_AT, part: 'sums', after: '', findings: [] });
  const old = await rowsOfAll(data, store);
  for (const name of COLLECTION_NAMES)
    await collectionOf(store, name).replace({ ...SAMPLES[name], version: 2 }, aNote());
  for (const id of ['late', 'later', 'last'])
    await store.scans.record(aScan({ id, visitor: id, at: '2026-11-24T02:00:00.000Z' }));
  await store.scans.tryPin(aPinTry({ right: false }));
  await store.scans.deleteScansBefore('2023-02-15T00:00:00.000Z');
  await store.check.keep({ beganAt: MADE_AT, endedAt: MADE_AT, part: 'sums', after: BATCH_ID, findings: [] });
  await rowsOfAll(data, store);
  const sound = new Map<Other, unknown>();
  for (const other of OTHERS) sound.set(other, await outcomeOf(() => READS[other](store)));
  await store.close();
  return { data, old, sound };
}

async function rowsOfAll(data: Data, store: Store): Promise<Map<string, Row[]>> {
  await store.audit.head(); // waits for pending writes
  await store.scans.batchTallyOf(BATCH_ID);
  const rows = new Map<string, Row[]>();
  for (const table of await data.tables()) rows.set(table, await data.rows(table));
  return rows;
}

function collectionOf(store: Store, name: CollectionName): Collection<Entity> {
  return store[name] as unknown as Collection<Entity>;
}

/** What a read returned, or the kind of its refusal. */
async function outcomeOf(read: () => Promise<unknown>): Promise<{ gave: unknown } | { refused: string }> {
  try {
    return { gave: await read() };
  } catch (error) {
    if (error instanceof StoreError) return { refused: error.kind };
    throw error;
  }
}

/** What the commands report about a store: why it cannot be opened, or what is wrong inside. */
async function namedBy(open: () => Promise<Store>, read?: (store: Store) => Promise<void>): Promise<string[]> {
  let store: Store;
  try {
    store = await open();
  } catch (error) {
    if (error instanceof StoreError) return [error.message];
    throw error;
  }
  try {
    await read?.(store);
    const chain = await verifyStored(store.audit);
    const check = await store.check.state().then(
      () => [],
      (error: Error) => [error.message],
    );
    return [...(chain.ok ? [] : [faultOf(chain)]), ...check, ...(await storeFaults(store))];
  } catch (error) {
    if (error instanceof StoreError && error.kind !== 'unavailable') return [error.message];
    throw error;
  } finally {
    await store.close();
  }
}

export function handContract(name: string, hand: Hand): void {
  describe(`a hand in the database: ${name}`, () => {
    let filled: Filled;
    beforeAll(async () => {
      filled = await fill(hand);
    });
    afterAll(() => filled.data.drop());

    const written = async (data: Data, edit: Edit, place: Pick<OtherPlace, 'table' | 'edit' | 'another'>) => {
      const rows = await data.rows(place.table);
      const next: Record<Edit, () => readonly Row[]> = {
        delete: () => [],
        'roll back': () => filled.old.get(place.table) ?? [],
        edit: () => rows.map((row) => place.edit(row)),
        insert: () => [...rows, ...(place.another === null ? [] : [place.another(rows.at(-1) as Row)])],
      };
      await data.write(place.table, next[edit]());
    };
    const recordPlace = (of: CollectionName): OtherPlace => ({
      table: of,
      edit: (row) => hand.withDoc(row, (doc) => ({ ...doc, updatedAt: '2031-01-01T00:00:00.000Z' })),
      another: (row) => hand.withDoc(row, (doc) => ({ ...withOtherUniques(of, doc), id: `${String(doc['id'])}-b` })),
    });

    test('every table has a place here, or a reason to have none', async () => {
      const places = [...COLLECTION_NAMES, ...OTHERS.map((other) => hand.others[other].table)];
      expect((await filled.data.tables()).toSorted()).toEqual([...places, ...Object.keys(hand.unsealed)].toSorted());
      for (const table of places) expect([table, (await filled.data.rows(table)).length > 0]).toEqual([table, true]);
    });

    test('nothing is named while nobody meddled', async () => {
      expect(await namedBy(() => filled.data.open())).toEqual([]);
    });

    describe.each(WHEN)('while it is %s', (when) => {
      test.each(EDITS)('%s: no record of any collection is taken for ours, and each is named', async (edit) => {
        const data = await filled.data.copy();
        const early = when === 'running' ? await data.open() : null;
        for (const of of COLLECTION_NAMES) await written(data, edit, recordPlace(of));
        const store = early ?? (await data.open());
        for (const of of COLLECTION_NAMES) {
          const id = edit === 'insert' ? `${SAMPLES[of].id}-b` : SAMPLES[of].id;
          const outcome = await outcomeOf(() => getWitnessed(store, of, id));
          expect([of, outcome]).toEqual([of, edit === 'delete' ? { gave: null } : { refused: 'tampered' }]);
        }
        await store.close();
        const named = await namedBy(() => data.open());
        for (const of of COLLECTION_NAMES) {
          const id = edit === 'insert' ? `${SAMPLES[of].id}-b` : SAMPLES[of].id;
          expect([of, named.some((fault) => fault.includes(id))]).toEqual([of, true]);
        }
        await data.drop();
      });

      const cases = OTHERS.flatMap((other) => EDITS.map((edit) => [other, edit] as const)).filter(
        ([other, edit]) => edit !== 'insert' || hand.others[other].another !== null,
      );
      test.each(cases)('%s, %s: bends no answer, or as is said, and is named', async (other, edit) => {
        const data = await filled.data.copy();
        const early = when === 'running' ? await data.open() : null;
        await written(data, edit, hand.others[other]);
        const read = async (store: Store): Promise<void> =>
          expectUnbent(other, edit, filled.sound.get(other), await outcomeOf(() => READS[other](store)));
        // What a store states about itself is checked when it is opened.
        if (other === 'store') await early?.close();
        const open = early === null || other === 'store' ? () => data.open() : async () => early;
        const named = await namedBy(open, other === 'store' ? undefined : read);
        expect(named.length > 0).toBe((UNNOTICED[other]?.[edit] ?? hand.unnoticed[other]?.[edit]) === undefined);
        await data.drop();
      });
    });

    test('of what a look-up rests on, nothing can be taken away, put back, changed or added unnoticed', async () => {
      const data = await filled.data.copy();
      const store = await data.open();
      const batch = (await store.batches.get(BATCH_ID)) as NonNullable<Awaited<ReturnType<Store['batches']['get']>>>;
      const sound = await loadBatch(store, batch);
      for (const of of SHOWN) {
        for (const edit of EDITS) {
          const rows = await data.rows(of);
          await written(data, edit, recordPlace(of));
          const outcome = await outcomeOf(async () => {
            const random = (bytes: number): Uint8Array => new Uint8Array(bytes);
            const cache = makeBatchCache({ store, unwrap: () => nobodysKeys(random), random });
            const entry = await cache.entryOf(BATCH_ID, 0);
            cache.stop();
            return (await loadBatch(store, entry.batch ?? batch)).fingerprint;
          });
          await data.write(of, rows);
          // An extra row beside those in use changes nothing; a row that would be listed with them is refused.
          const isBeside = edit === 'insert' && !LISTED.has(of);
          expect([of, edit, outcome]).toEqual([
            of,
            edit,
            isBeside ? { gave: sound.fingerprint } : { refused: 'tampered' },
          ]);
        }
      }
      await store.close();
      await data.drop();
    });
  });
}

const SHOWN = ['offices', 'producers', 'products', 'lots', 'batches', 'certificates', 'recalls'] as const;
const LISTED: ReadonlySet<CollectionName> = new Set(['certificates', 'recalls']);

function expectUnbent(other: Other, edit: Edit, sound: unknown, now: { gave: unknown } | { refused: string }): void {
  if (BENDING[other]?.includes(edit) === true) return;
  const isUnbent = isDeepStrictEqual(now, sound) || ('refused' in now && now.refused !== 'unavailable');
  expect([other, edit, isUnbent || now]).toEqual([other, edit, true]);
}

/** Gives the other row different unique values, as an editor would, so that no unique index refuses it. */
function withOtherUniques(name: CollectionName, doc: Row): Row {
  const changed = structuredClone(doc);
  for (const [field = ''] of Object.values(COLLECTIONS[name].unique)) changed[field] = `${String(changed[field])}-b`;
  return changed;
}
