// How a store goes on after a gap, on any store: a real loss is shown, accepted by name, and recorded in the chain; a
// forged one is not accepted.

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { acceptGaps, findGaps, meaningOf, nameOf } from '../../server/actions/audit/accept-gap.ts';
import type { ActionContext } from '../../server/actions/kit/context.ts';
import { verifyStored } from '../../scripts/admin/verify-log.ts';
import { storeFaults } from '../../scripts/admin/store-faults.ts';
import { SYSTEM } from '../../server/domain/people/account.ts';
import { loadBatch } from '../../server/scan/load-batch.ts';
import { COLLECTION_NAMES } from '../../server/store/collections.ts';
import { filesNamedIn } from '../../server/store/row-check.ts';
import type { Collection, Store } from '../../server/store/store.ts';
import type { Entity } from '../../server/domain/entity.ts';
import { aNote } from '../fixtures/records/audit.ts';
import { aBatch } from '../fixtures/records/batches.ts';
import { BATCH_ID, MADE_AT } from '../fixtures/records/cast.ts';
import { SAMPLES } from '../fixtures/records/samples.ts';
import { aScan } from '../fixtures/records/scans.ts';
import type { Data, Row } from './hand-contract.ts';

const WHO = { by: 'Nguyễn Văn An', why: 'The disk of 24 November was lost.' };

/** @param tables this store's names for recalls, tallies and lots */
export function gapContract(
  name: string,
  empty: () => Promise<Data>,
  tables: { tallies: string; forge: (row: Row) => Row },
): void {
  describe(`a way out of a gap: ${name}`, () => {
    let data: Data;
    let store: Store;
    let oldLots: Row[];
    const context = (): ActionContext =>
      ({ store, now: () => new Date(MADE_AT), random: (bytes: number) => new Uint8Array(bytes) }) as never;

    beforeEach(async () => {
      data = await empty();
      store = await data.open();
      for (const id of COLLECTION_NAMES.flatMap((of) => filesNamedIn(SAMPLES[of])))
        await store.files.put(id, 'image/png', new Uint8Array([1]));
      for (const of of COLLECTION_NAMES)
        await (store[of] as unknown as Collection<Entity>).insert(SAMPLES[of], aNote());
      await store.audit.head();
      oldLots = await data.rows('lots');
      await store.lots.replace({ ...(SAMPLES.lots as never as { id: string }), version: 2 } as never, aNote());
      for (const serial of [1, 2]) await store.scans.record(aScan({ id: `scan-${serial}`, serial }));
      await store.scans.batchTallyOf(BATCH_ID);
      await store.audit.head();
    });
    afterEach(async () => {
      await store.close();
      await data.drop();
    });

    test('of a sound store there is none', async () => {
      expect(meaningOf(await findGaps(store, []))).toEqual([]);
    });

    test('a lost recall, an older lot and a lost tally are shown, accepted, and said in the chain', async () => {
      await data.write('recalls', []);
      await data.write('lots', oldLots);
      await data.write(tables.tallies, (await data.rows(tables.tallies)).slice(1));
      const gaps = await findGaps(store, []);
      expect(gaps.refused).toEqual([]);
      expect(meaningOf(gaps)).toEqual([
        expect.stringMatching(/^recall:recall-1 is missing.*warns nobody any more/),
        expect.stringMatching(/^lot:lot-1 is version 1.*Version 1 counts/),
        expect.stringMatching(/^batch 7K3M9Q: the tallies of its stamps add up to 1 scans/),
      ]);
      await expect(loadBatch(store, aBatch())).rejects.toMatchObject({ kind: 'tampered' });

      const before = (await store.audit.head()).seq;
      expect(await acceptGaps(SYSTEM, gaps, WHO, context())).toEqual({ ok: true, value: { lines: 3 } });
      const lines = await store.audit.read(before + 1, 10);
      expect(lines.map(({ entity, action, recordVersion, values }) => [entity, action, recordVersion, values])).toEqual(
        [
          ['recall:recall-1', 'accept-gap', 0, { found: null, stated: 1, ...WHO }],
          ['lot:lot-1', 'accept-gap', 1, { found: 1, stated: 2, ...WHO }],
          [`batch:${BATCH_ID}`, 'accept-gap', undefined, expect.objectContaining(WHO)],
        ],
      );
      expect((await loadBatch(store, aBatch())).facts.recalls).toEqual([]);
      expect(await verifyStored(store.audit)).toMatchObject({ ok: true });
      expect(await storeFaults(store)).toEqual([]);
      // A row that was accepted as lost cannot silently come back.
      expect(nameOf(await findGaps(store, []))).not.toBe(nameOf(gaps));
    });

    test('a record with a wrong seal cannot be accepted', async () => {
      await data.write('lots', (await data.rows('lots')).map(tables.forge));
      const gaps = await findGaps(store, []);
      expect(gaps.refused).toEqual([expect.stringMatching(/lots lot-1 is not as it was written/)]);
      await expect(acceptGaps(SYSTEM, gaps, WHO, context())).rejects.toThrow(/wrong seal/);
    });

    test('nobody but the operator may', async () => {
      const actor = { kind: 'public' } as never;
      const gaps = await findGaps(store, []);
      expect(await acceptGaps(actor, gaps, WHO, context())).toMatchObject({ ok: false });
    });
  });
}
