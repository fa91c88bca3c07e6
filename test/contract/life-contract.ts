// A store's life: what it reports about itself and its changes, its files, and what is still there when it is closed
// and opened again.

import { describe, expect, test } from '@jest/globals';
import { StoreError, type Store } from '../../server/store/store.ts';
import { aNote } from '../fixtures/records/audit.ts';
import { aLot } from '../fixtures/records/batches.ts';
import { anOffice } from '../fixtures/records/registry.ts';
import { aScan } from '../fixtures/records/scans.ts';
import { storeOfGroup, type OpenStore } from './store-under-test.ts';

export function lifeContract(open: OpenStore): void {
  describe('life', () => {
    let store: Store;
    const on = storeOfGroup(open, (opened) => (store = opened));

    test('files come back to the byte, once stored for ever', async () => {
      const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => (i * 31) % 256);
      await store.files.put('photo-1', 'image/webp', bytes);
      expect(await store.files.get('photo-1')).toEqual({ mediaType: 'image/webp', bytes });
      await expect(store.files.put('photo-1', 'image/webp', new Uint8Array(1))).rejects.toThrow(RangeError);
      expect(await store.files.get('photo-1')).toMatchObject({ bytes });
      expect(await store.files.get('photo-2')).toBeNull();
      await store.files.put('empty', 'text/plain', new Uint8Array(0));
      expect((await store.files.get('empty'))?.bytes).toHaveLength(0);
    });

    test('files are named in order, and one that is removed is gone', async () => {
      for (const id of ['sort-b', 'sort-a', 'sort-c']) await store.files.put(id, 'text/plain', new Uint8Array(1));
      expect(await store.files.ids('sort-', 2)).toEqual(['sort-a', 'sort-b']);
      expect(await store.files.ids('sort-b', 2)).toEqual(['sort-c']);
      await store.files.remove('sort-b');
      await store.files.remove('sort-b');
      expect(await store.files.get('sort-b')).toBeNull();
      expect(await store.files.ids('sort-', 9)).toEqual(['sort-a', 'sort-c']);
    });

    test('it knows how much room its disk has, or says that it cannot know', async () => {
      const free = await store.freeBytes();
      expect(free === null || free > 0).toBe(true);
    });

    test('changes are told with their place, refusals are not, and nobody hears after taking leave', async () => {
      const heard: string[] = [];
      const stop = store.onChange((collection, id) => heard.push(`${collection} ${id}`));
      await store.lots.insert(aLot(), aNote());
      await store.lots.replace(aLot({ version: 2 }), aNote());
      await store.lots.replace(aLot({ version: 9 }), aNote());
      await store.lots.insert(aLot({ id: 'lot-2' }), aNote());
      stop();
      await store.offices.insert(anOffice(), aNote());
      expect(heard).toEqual(['lots lot-1', 'lots lot-1']);
    });

    test('it answers, and says what it is', async () => {
      await expect(store.ping()).resolves.toBeUndefined();
      const before = await store.describe();
      expect(before).toMatchObject({
        engine: expect.any(String),
        version: expect.any(String),
        schema: expect.any(Number),
      });
      await store.scans.record(aScan());
      expect(await store.describe()).toMatchObject({ answeredScans: Number(before['answeredScans']) + 1 });
    });

    test('all that was written is there after a restart', async () => {
      store = await on.reopen();
      expect(await store.lots.get('lot-1')).toMatchObject({ version: 2 });
      expect(await store.scans.tallyOf('7K3M9Q', 1)).toMatchObject({ count: 1 });
      expect(await store.files.get('photo-1')).toMatchObject({ mediaType: 'image/webp' });
      expect(await store.scans.record(aScan())).toMatchObject({ repeat: true });
    });

    test('closing finishes what was begun; twice is once; after it everything is unavailable', async () => {
      const begun = Promise.all(
        Array.from({ length: 100 }, (_, i) => store.scans.record(aScan({ id: `last-${i}`, serial: i + 2 }))),
      );
      await store.close();
      expect(await begun).toHaveLength(100);
      await store.close();
      const refusals = await Promise.allSettled([
        store.scans.record(aScan({ id: 'late' })),
        store.lots.get('lot-1'),
        store.lots.list({}, { limit: 1, after: null }),
        store.lots.insert(aLot({ id: 'late', number: 'late' }), aNote()),
        store.audit.head(),
        store.ping(),
      ]);
      for (const refusal of refusals) {
        expect(
          refusal.status === 'rejected' &&
            (refusal.reason as unknown) instanceof StoreError &&
            (refusal.reason as StoreError).kind,
        ).toBe('unavailable');
      }
      store = await on.reopen();
      expect(await store.scans.stampsScanned('7K3M9Q', 1, 200)).toBe(101);
    });
  });
}
