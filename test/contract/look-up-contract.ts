// What a look-up needs from a store: records, the issue line, scans and tallies, salts, and notice of changes. Both
// adapters pass all of it; the in-memory store of the look-up's own tests lists what it cannot do.

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Entity } from '../../server/domain/entity.ts';
import type { Scan } from '../../server/domain/stamp/scan.ts';
import type { CollectionName, Store } from '../../server/store/store.ts';
import { aBatch, aLot } from '../fixtures/records/batches.ts';
import { anOffice } from '../fixtures/records/registry.ts';
import { aScan } from '../fixtures/records/scans.ts';

export interface LookUpStore {
  store: Store;
  /** Makes a record together with its line in the log. */
  put: (collection: CollectionName, doc: Entity) => Promise<void>;
  close: () => Promise<void>;
}

interface Case {
  name: string;
  keeps: (on: LookUpStore) => Promise<void>;
}

const at = (seconds: number): string =>
  new Date(Date.parse('2026-11-24T03:00:00.000Z') + seconds * 1_000).toISOString();
let scans = 0;
const scanned = (fields: Partial<Scan>): Scan => aScan({ id: `look-up-${(scans += 1)}`, at: at(0), ...fields });

const CASES: readonly Case[] = [
  {
    name: 'a record is found by its id',
    async keeps({ store, put }) {
      await put('lots', aLot({ id: 'found' }));
      expect(await store.lots.get('found')).toEqual(aLot({ id: 'found' }));
      expect(await store.lots.get('not-found')).toBeNull();
    },
  },
  {
    name: 'a list holds what its filter names',
    async keeps({ store, put }) {
      for (const [id, productId] of ['apples', 'pears', 'apples'].entries())
        await put('lots', aLot({ id: `of-${id}`, number: `OF-${id}`, productId }));
      const { items, next } = await store.lots.list({ productId: 'apples' }, { limit: 10, after: null });
      expect([items.map(({ id }) => id).sort(), next]).toEqual([['of-0', 'of-2'], null]);
    },
  },
  {
    name: 'a batch has its issue line in the log',
    async keeps({ store, put }) {
      await put('batches', aBatch({ id: 'B00001' }));
      expect(await store.audit.firstOf('batch:B00001')).not.toBeNull();
      expect(await store.audit.firstOf('batch:B00002')).toBeNull();
    },
  },
  {
    name: 'a change is heard of until the listener stops',
    async keeps({ store, put }) {
      const heard: string[] = [];
      const stop = store.onChange((collection, id) => heard.push(`${collection} ${id}`));
      await put('offices', anOffice({ id: 'heard', name: 'heard' }));
      stop();
      await put('offices', anOffice({ id: 'unheard', name: 'unheard' }));
      expect(heard).toEqual(['offices heard']);
    },
  },
  {
    name: 'a first scan counts, and its tally holds no seconds',
    async keeps({ store }) {
      expect(await store.scans.tallyOf('FIRST', 1)).toBeNull();
      const recorded = await store.scans.record(scanned({ batchId: 'FIRST', at: at(59) }));
      expect(recorded).toMatchObject({
        counted: true,
        repeat: false,
        tally: { count: 1, visitorDays: 1, firstAt: at(0) },
      });
      expect(await store.scans.tallyOf('FIRST', 1)).toEqual(recorded.tally);
    },
  },
  {
    name: 'the same visitor counts again after ten minutes, and not before',
    async keeps({ store }) {
      const counted: boolean[] = [];
      for (const seconds of [0, 599, 600])
        counted.push((await store.scans.record(scanned({ batchId: 'AGAIN', at: at(seconds) }))).counted);
      expect(counted).toEqual([true, false, true]);
      expect(await store.scans.tallyOf('AGAIN', 1)).toMatchObject({ count: 2, visitorDays: 1 });
    },
  },
  {
    name: 'another visitor, stamp or day is no repeat',
    async keeps({ store }) {
      for (const other of [{}, { visitor: 'visitor-2' }, { serial: 2 }, { day: '2026-11-25' }])
        expect(await store.scans.record(scanned({ batchId: 'OTHER', ...other }))).toMatchObject({ counted: true });
      expect(await store.scans.tallyOf('OTHER', 1)).toMatchObject({ count: 3, visitorDays: 3 });
    },
  },
  {
    name: 'scans without a visitor count each, and add no visitor',
    async keeps({ store }) {
      for (const count of [1, 2])
        expect(await store.scans.record(scanned({ batchId: 'NOBODY', visitor: null }))).toMatchObject({
          counted: true,
          tally: { count, visitorDays: 0 },
        });
    },
  },
  {
    name: 'a signed-in person is answered and not counted',
    async keeps({ store }) {
      const signedIn = await store.scans.record(scanned({ batchId: 'SIGNED', signedIn: true }));
      expect(signedIn).toMatchObject({ counted: false, repeat: false, tally: { count: 0 } });
      expect(await store.scans.record(scanned({ batchId: 'SIGNED' }))).toMatchObject({
        counted: true,
        tally: { count: 1, visitorDays: 1 },
      });
    },
  },
  {
    name: 'a scan that is sent twice counts once',
    async keeps({ store }) {
      const scan = scanned({ batchId: 'TWICE', visitor: null });
      expect(await store.scans.record(scan)).toMatchObject({ counted: true });
      expect(await store.scans.record(scan)).toMatchObject({ counted: false, tally: { count: 1 } });
    },
  },
  {
    name: 'a day keeps its first salt',
    async keeps({ store }) {
      const [first, second] = [new Uint8Array(16).fill(1), new Uint8Array(16).fill(2)];
      expect(await store.scans.saltOf('2026-11-24', first)).toEqual(first);
      expect(await store.scans.saltOf('2026-11-24', second)).toEqual(first);
      expect(await store.scans.saltOf('2026-11-25', second)).toEqual(second);
    },
  },
  {
    name: 'refusals are added up',
    async keeps({ store }) {
      const refused = { day: '2026-11-24', reason: 'not-ours' as const, batchId: 'B00001', count: 2 };
      await store.scans.addRefusals([refused]);
      await store.scans.addRefusals([refused]);
      expect(
        await store.scans.refusals({ from: '2026-11-24', to: '2026-11-24' }, ['malformed', 'not-ours'], 10),
      ).toEqual([{ ...refused, count: 4 }]);
    },
  },
  {
    name: 'a file that is not there is null',
    async keeps({ store }) {
      expect(await store.files.get('no-file')).toBeNull();
    },
  },
];

/** @param cannot case -> why this store cannot do it; such a case must fail, so that the list stays correct */
export function lookUpContract(open: () => Promise<LookUpStore>, cannot: Readonly<Record<string, string>> = {}): void {
  describe('what a look-up asks', () => {
    let on: LookUpStore;
    beforeAll(async () => {
      on = await open();
    });
    afterAll(() => on.close());

    test('each case that cannot be kept is a case', () => {
      expect(CASES.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(cannot)));
    });

    test.each(CASES.filter(({ name }) => !(name in cannot)))('$name', async ({ keeps }) => {
      await expect(keeps(on)).resolves.toBeUndefined();
    });

    const failing = CASES.filter(({ name }) => name in cannot).map((one) => ({ ...one, why: cannot[one.name] }));
    if (failing.length > 0)
      test.each(failing)('cannot keep: $name ($why)', async ({ keeps }) => {
        await expect(keeps(on)).rejects.toThrow(/expect|is not a function/);
      });
  });
}
