// Search by words: compared with a plain walk as the model, kept with each change, and made again when it is damaged.

import { describe, expect, test } from '@jest/globals';
import { termsMatcher, type SearchScope, termsOf, withSlips } from '../../server/domain/search-words.ts';
import { SEARCHED, wordsOf } from '../../server/store/collections.ts';
import type { Store } from '../../server/store/store.ts';
import { aNote } from '../fixtures/records/audit.ts';
import { aLot } from '../fixtures/records/batches.ts';
import { aProducer, aProduct } from '../fixtures/records/registry.ts';
import { storeOfGroup, type OpenStore } from './store-under-test.ts';

const ALL: SearchScope = { officeId: null, producerId: null };
const NAMES = ['Cam Mường Thàng', 'Cam sành Cao Phong', 'Măng khô', 'Chè Shan tuyết', 'Cá sông Đà', 'Cơm lam'];

export function searchContract(open: OpenStore): void {
  describe('search by words', () => {
    let store: Store;
    storeOfGroup(open, (opened) => (store = opened));

    const products = NAMES.map((name, i) =>
      aProduct({ id: `p-${i}`, name, officeId: `office-${i % 2}`, producerId: `producer-${i % 3}`, brand: null }),
    );
    const found = async (typed: string, scope = ALL, slips = false): Promise<string[]> => {
      const terms = slips ? withSlips(termsOf(typed)) : termsOf(typed);
      return (await store.products.search(terms, scope, 50)).map(({ name }) => name).toSorted();
    };

    test('finds what a walk over all records would', async () => {
      for (const product of products) await store.products.insert(product, aNote());
      for (const typed of [
        'cam',
        'cam muong',
        'ca',
        'm',
        'muong thang',
        'phong cao',
        'lam',
        'none',
        'che shan tuyet',
      ]) {
        const wanted = products.filter((one) => termsMatcher(termsOf(typed))(wordsOf('products', one)));
        expect([typed, await found(typed)]).toEqual([typed, wanted.map(({ name }) => name).toSorted()]);
      }
      expect(await found('muogn')).toEqual([]);
      expect(await found('muogn thagn', ALL, true)).toEqual(['Cam Mường Thàng']);
    });

    test('keeps to an office and a producer', async () => {
      expect(await found('cam', { officeId: 'office-1', producerId: null })).toEqual(['Cam sành Cao Phong']);
      expect(await found('cam', { officeId: null, producerId: 'producer-0' })).toEqual(['Cam Mường Thàng']);
      expect(await found('cam', { officeId: 'office-1', producerId: 'producer-0' })).toEqual([]);
      await store.producers.insert(aProducer({ id: 'producer-9', officeId: 'office-9', name: 'HTX Mường' }), aNote());
      const search = (producerId: string) =>
        store.producers.search(termsOf('muong'), { officeId: 'office-9', producerId }, 9);
      expect(await search('producer-9')).toHaveLength(1);
      expect(await search('producer-8')).toEqual([]);
    });

    test('follows a record that is renamed, and no more than its limit is read', async () => {
      const [first] = products;
      if (first === undefined) throw new Error('there are products');
      await store.products.replace({ ...first, name: 'Bưởi da xanh', version: 2 }, aNote());
      expect(await found('thang')).toEqual([]);
      expect(await found('buoi')).toEqual(['Bưởi da xanh']);
      expect(await store.products.search(termsOf('c'), ALL, 2)).toHaveLength(2);
      const [, , third] = products;
      if (third === undefined) throw new Error('there are products');
      expect(await found('mang')).toEqual([third.name]);
      await store.products.remove(third, aNote());
      expect(await found('mang')).toEqual([]);
    });

    test('refuses a collection without words, and a search for nothing', async () => {
      await expect(store.batches.search(termsOf('x'), ALL, 5)).rejects.toThrow(RangeError);
      await expect(store.products.search([], ALL, 5)).rejects.toThrow(RangeError);
      expect(SEARCHED).not.toContain('batches');
    });

    test('a number is found by any of its parts, whoever wrote it how', async () => {
      await store.lots.insert(aLot({ id: 'lot-of-search', number: 'TH–26.11/7' }), aNote());
      for (const typed of ['th26117', 'TH-26', '26.11/7', '7'])
        expect([typed, (await store.lots.search(termsOf(typed), ALL, 5)).map(({ id }) => id)]).toEqual([
          typed,
          ['lot-of-search'],
        ]);
    });

    test('words that are right are not written again', async () => expect(await store.mendSearch()).toBe(0));
  });
}
