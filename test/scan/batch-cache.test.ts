// The look-up's cache: the effect of a change on this server and on another.

import { describe, expect, test } from '@jest/globals';
import { ENTRY_MS_MAX } from '../../server/scan/batch-cache.ts';
import { aBatch, aLot, aRecall } from '../fixtures/records/batches.ts';
import { MADE_AT } from '../fixtures/records/cast.ts';
import { aCertificate, aProducer, aProduct } from '../fixtures/records/registry.ts';
import { aScanDesk, codeOf, ORIGIN } from '../fixtures/scan-desk.ts';

const UNKNOWN_BATCH_CODE = `B7QW4Z${codeOf(1).slice(6)}`;

describe('the cache', () => {
  test('a recall made here is seen by the very next scan', async () => {
    const desk = aScanDesk();
    expect(await desk.json(`/t/${codeOf(5)}`)).toMatchObject({ verdict: 'valid' });
    desk.memory.put('recalls', aRecall());
    expect(await desk.json(`/t/${codeOf(5)}`)).toMatchObject({ verdict: 'recalled' });
    desk.memory.put('recalls', aRecall({ version: 2, withdrawal: { at: MADE_AT, by: 'u', note: null } }));
    expect(await desk.json(`/t/${codeOf(5)}`)).toMatchObject({ verdict: 'valid' });
  });

  test.each([
    ['a lot’s date', 'lots', aLot({ version: 2, expiresOn: '2026-11-20' }), { verdict: 'expired' }],
    [
      'a product’s name',
      'products',
      aProduct({ version: 2, name: 'Cà phê Robusta' }),
      { product: { name: 'Cà phê Robusta' } },
    ],
    ['a withdrawn consent', 'producers', aProducer({ version: 2, phonePublic: false }), { producer: { phone: null } }],
    [
      'a void range',
      'batches',
      aBatch({ version: 2, voids: [{ from: 1, to: 9, reason: 'lost', note: null, at: MADE_AT, by: 'u' }] }),
      { verdict: 'void' },
    ],
    [
      'a new certificate',
      'certificates',
      aCertificate({ id: 'c9', scheme: 'vietgap', stars: null }),
      { certificates: [{ scheme: 'ocop' }, { scheme: 'vietgap' }] },
    ],
  ] as const)(
    '%s changed here is seen at once, elsewhere within three seconds',
    async (_, collection, doc, expected) => {
      const here = aScanDesk();
      await here.get(`/t/${codeOf(5)}`);
      here.memory.put(collection, doc);
      expect(await here.json(`/t/${codeOf(5)}`)).toMatchObject(expected);

      const elsewhere = aScanDesk();
      const before = await elsewhere.json(`/t/${codeOf(5)}`);
      elsewhere.memory.putElsewhere(collection, doc);
      elsewhere.pass(ENTRY_MS_MAX - 1);
      expect(await elsewhere.json(`/t/${codeOf(5)}`)).toEqual(before);
      elsewhere.pass(1);
      expect(await elsewhere.json(`/t/${codeOf(5)}`)).toMatchObject(expected);
    },
  );

  test('a batch issued elsewhere is found within three seconds of being unknown', async () => {
    const desk = aScanDesk({ batches: [] });
    expect(await desk.json(`/t/${codeOf(5)}`)).toMatchObject({ reason: 'not-ours' });
    desk.memory.putElsewhere('batches', aBatch());
    desk.memory.issueLines.add('batch:7K3M9Q');
    desk.pass(ENTRY_MS_MAX);
    expect(await desk.json(`/t/${codeOf(5)}`)).toMatchObject({ verdict: 'valid' });
  });

  test('scans that arrive together read a batch once, and a fresh one is not read at all', async () => {
    const desk = aScanDesk();
    await Promise.all(Array.from({ length: 50 }, (_, i) => desk.get(`/t/${codeOf(i + 1)}`)));
    await desk.get(`/t/${codeOf(51)}`);
    expect(desk.memory.batchReads).toEqual(['7K3M9Q']);
    for (let i = 0; i < 5; i++) await desk.get(`/t/${UNKNOWN_BATCH_CODE}`);
    expect(desk.memory.batchReads).toEqual(['7K3M9Q', 'B7QW4Z']);
  });

  test('a change that comes while a batch is being read is not lost', async () => {
    const desk = aScanDesk();
    const gate = Promise.withResolvers<void>();
    desk.memory.slow.reads = gate.promise;
    const reading = desk.get(`/t/${codeOf(5)}`);
    while (desk.memory.batchReads.length === 0) await Promise.resolve();
    desk.memory.put(
      'batches',
      aBatch({ version: 2, voids: [{ from: 1, to: 9, reason: 'lost', note: null, at: MADE_AT, by: 'u' }] }),
    );
    gate.resolve();
    await reading;
    expect(await desk.json(`/t/${codeOf(5)}`)).toMatchObject({ verdict: 'void' });
  });

  test('a page kept from yesterday is not shown today', async () => {
    const desk = aScanDesk({ lots: [aLot({ expiresOn: '2026-11-24' })] });
    expect(await desk.page(`/t/${codeOf(5)}`)).toContain('hôm nay là ngày cuối');
    desk.pass(86_400_000);
    expect(await desk.json(`/t/${codeOf(5)}`)).toMatchObject({ verdict: 'expired' });
    expect(await desk.page(`/t/${codeOf(5)}`)).toContain('đã hết hạn 1 ngày');
  });

  test('a failed reading is tried again by the next scan', async () => {
    const desk = aScanDesk();
    desk.memory.failing.add('read');
    await desk.get(`/t/${codeOf(5)}`);
    desk.memory.failing.clear();
    expect((await desk.get(`/t/${codeOf(5)}`)).status).toBe(200);
  });
});

test('the origin of the tests is the one the stamps name', () => {
  expect(aBatch().origin).toBe(ORIGIN);
});
