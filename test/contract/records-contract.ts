// Records of every collection: stored unchanged, versioned, and unique where they must be.

import { describe, expect, test } from '@jest/globals';
import type { Entity } from '../../server/domain/entity.ts';
import { COLLECTION_NAMES } from '../../server/store/collections.ts';
import type { Collection, CollectionName, Store } from '../../server/store/store.ts';
import { entityOf, GONE } from '../../server/store/witness.ts';
import { aNote } from '../fixtures/records/audit.ts';
import { aBatch, aLot } from '../fixtures/records/batches.ts';
import { anInspection } from '../fixtures/records/market.ts';
import { aUser } from '../fixtures/records/people.ts';
import { anOffice, aProduct } from '../fixtures/records/registry.ts';
import { SAMPLES } from '../fixtures/records/samples.ts';
import { storeOfGroup, type OpenStore } from './store-under-test.ts';

function collectionOf(store: Store, name: CollectionName): Collection<Entity> {
  return store[name] as unknown as Collection<Entity>;
}

export function recordsContract(open: OpenStore): void {
  describe('records', () => {
    let store: Store;
    const on = storeOfGroup(open, (opened) => (store = opened));

    test.each(COLLECTION_NAMES)('%s come back as they were written, and change by versions', async (name) => {
      const records = collectionOf(store, name);
      const record = SAMPLES[name];
      expect(await records.get(record.id)).toBeNull();
      expect(await records.insert(record, aNote())).toEqual({ kind: 'added' });
      expect(await records.get(record.id)).toEqual(record);

      const changed = { ...record, version: 2, updatedAt: '2026-11-25T00:00:00.000Z' };
      expect(await records.replace(changed, aNote())).toEqual({ kind: 'replaced' });
      expect(await records.get(record.id)).toEqual(changed);
      expect(await records.replace(changed, aNote())).toEqual({ kind: 'conflict' });
      expect(await records.replace({ ...record, version: 4 }, aNote())).toEqual({ kind: 'conflict' });
      expect(await records.replace({ ...record, id: 'nobody', version: 2 }, aNote())).toEqual({ kind: 'conflict' });
      expect(await records.get(record.id)).toEqual(changed);
    });

    test.each(COLLECTION_NAMES)(
      '%s of an id that exists are a duplicate of the id, whatever else they share',
      async (name) => {
        const records = collectionOf(store, name);
        const before = await records.get(SAMPLES[name].id);
        expect(await records.insert(SAMPLES[name], aNote())).toEqual({ kind: 'duplicate', index: 'id' });
        expect(await records.get(SAMPLES[name].id)).toEqual(before);
      },
    );

    test.each(COLLECTION_NAMES)(
      '%s are removed once, at their version, and their id and keys are free',
      async (name) => {
        const records = collectionOf(store, name);
        const record = await records.get(SAMPLES[name].id);
        if (record === null) throw new Error('it was inserted before');
        expect(await records.remove({ ...record, version: record.version + 1 }, aNote())).toEqual({ kind: 'conflict' });
        expect(await records.remove(record, aNote())).toEqual({ kind: 'removed' });
        expect(await records.remove(record, aNote())).toEqual({ kind: 'conflict' });
        expect(await records.replace({ ...record, version: record.version + 1 }, aNote())).toEqual({
          kind: 'conflict',
        });
        expect(await records.get(record.id)).toBeNull();
        const entity = entityOf(name, record.id);
        const stated = new Map([
          ...(await store.audit.lastVersions([entity])),
          ...(await store.audit.waitingVersions([entity])),
        ]);
        expect(stated.get(entity)).toBe(GONE);
        expect((await records.list({}, { limit: 200, after: null })).items.map(({ id }) => id)).not.toContain(
          record.id,
        );
        expect(await records.insert(SAMPLES[name], aNote())).toEqual({ kind: 'added' });
        expect(await records.get(record.id)).toEqual(SAMPLES[name]);
      },
    );

    test('a batch with every interval it may have comes back whole', async () => {
      const voids = Array.from({ length: 4_096 }, (_, i) => ({
        from: 4 * i + 1,
        to: 4 * i + 2,
        reason: 'other' as const,
        note: null,
        at: '2026-11-24T03:00:00.000Z',
        by: 'user-1',
      }));
      const batch = aBatch({ id: 'FULL00', quantity: 16_777_216, voids });
      await store.batches.insert(batch, aNote());
      expect(await store.batches.get('FULL00')).toEqual(batch);
    });

    test('a product of before there were short names comes back as it was, and takes one', async () => {
      const { shortName: _none, ...old } = aProduct({ id: 'old-name' });
      await store.products.insert(old, aNote());
      expect(await store.products.get('old-name')).toEqual(old);
      const named = { ...old, version: 2, shortName: 'Arabica' };
      expect(await store.products.replace(named, aNote())).toEqual({ kind: 'replaced' });
      expect(await store.products.get('old-name')).toEqual(named);
    });

    test('what a caller does to a record it was given changes nothing in the store', async () => {
      await store.lots.insert(aLot({ id: 'copy', number: 'copy' }), aNote());
      const lot = await store.lots.get('copy');
      if (lot !== null) lot.events.push({ ...({} as (typeof lot.events)[number]), id: 'planted' });
      expect(await store.lots.get('copy')).toMatchObject({ events: [] });
    });

    describe('unique indexes', () => {
      test('refuse a second record, and name themselves', async () => {
        await store.lots.insert(aLot({ id: 'unique-1', number: 'U1' }), aNote());
        expect(await store.lots.insert(aLot({ id: 'unique-2', number: 'U1' }), aNote())).toEqual({
          kind: 'duplicate',
          index: 'productNumber',
        });
        expect(await store.lots.get('unique-2')).toBeNull();
        expect(
          await store.lots.insert(aLot({ id: 'unique-3', number: 'U1', productId: 'product-2' }), aNote()),
        ).toEqual({ kind: 'added' });
      });

      test('refuse a change into a value in use, and leave the record', async () => {
        await store.lots.insert(aLot({ id: 'unique-4', number: 'U4' }), aNote());
        const taken = aLot({ id: 'unique-4', number: 'U1', version: 2 });
        expect(await store.lots.replace(taken, aNote())).toEqual({ kind: 'duplicate', index: 'productNumber' });
        expect(await store.lots.get('unique-4')).toMatchObject({ version: 1, number: 'U4' });
      });

      test('let go of a value when its record changes to another', async () => {
        await store.users.insert(aUser({ id: 'first', login: 'hoa' }), aNote());
        await store.users.replace(aUser({ id: 'first', login: 'hoa.le', version: 2 }), aNote());
        expect(await store.users.insert(aUser({ id: 'next', login: 'hoa' }), aNote())).toEqual({ kind: 'added' });
      });

      test('hold no record to a value that is null', async () => {
        expect(await store.inspections.insert(anInspection({ id: 'null-1', clientId: null }), aNote())).toEqual({
          kind: 'added',
        });
        expect(await store.inspections.insert(anInspection({ id: 'null-2', clientId: null }), aNote())).toEqual({
          kind: 'added',
        });
        expect(await store.inspections.insert(anInspection({ id: 'null-3', clientId: 'c1' }), aNote())).toEqual({
          kind: 'added',
        });
        expect(await store.inspections.insert(anInspection({ id: 'null-4', clientId: 'c1' }), aNote())).toEqual({
          kind: 'duplicate',
          index: 'client',
        });
      });

      test('find their one record, with numbers too', async () => {
        expect(await store.lots.findBy('productNumber', ['product-1', 'U4'])).toMatchObject({ id: 'unique-4' });
        expect(await store.lots.findBy('productNumber', ['product-1', 'nothing'])).toBeNull();
        expect(await store.allowances.findBy('productYear', ['product-1', 2026])).toMatchObject({ id: 'allowance-1' });
      });

      test('that do not exist, or have other fields, are a RangeError', async () => {
        await expect(store.lots.findBy('number', ['U4'])).rejects.toThrow(RangeError);
        await expect(store.lots.findBy('productNumber', ['U4'])).rejects.toThrow(RangeError);
      });
    });

    describe('races', () => {
      test('of twenty changes of one version exactly one is made, on two servers', async () => {
        await store.products.insert(aProduct({ id: 'raced' }), aNote());
        const second = await on.second();
        const outcomes = await Promise.all(
          Array.from({ length: 20 }, (_, i) =>
            (i % 2 === 0 ? store : second).products.replace(
              aProduct({ id: 'raced', version: 2, brand: `brand ${i}` }),
              aNote(),
            ),
          ),
        );
        const winners = outcomes.flatMap(({ kind }, i) => (kind === 'replaced' ? [i] : []));
        expect(winners).toHaveLength(1);
        expect(outcomes.filter(({ kind }) => kind === 'conflict')).toHaveLength(19);
        expect(await store.products.get('raced')).toMatchObject({ version: 2, brand: `brand ${winners[0]}` });
      });

      test('of twenty records with one unique value exactly one is added, on two servers', async () => {
        const second = await on.second();
        const outcomes = await Promise.all(
          Array.from({ length: 20 }, (_, i) =>
            (i % 2 === 0 ? store : second).users.insert(aUser({ id: `raced-${i}`, login: 'raced' }), aNote()),
          ),
        );
        expect(outcomes.filter(({ kind }) => kind === 'added')).toHaveLength(1);
        expect(outcomes.filter((outcome) => outcome.kind === 'duplicate' && outcome.index === 'login')).toHaveLength(
          19,
        );
      });

      test('a change made on one server is read on the other at once', async () => {
        const second = await on.second();
        await second.offices.insert(anOffice({ id: 'office-9', name: 'Văn phòng OCOP Huế' }), aNote());
        expect(await store.offices.get('office-9')).toMatchObject({ name: 'Văn phòng OCOP Huế' });
      });
    });
  });
}
