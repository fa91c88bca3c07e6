// The ledger includes all stamps of a lot, whichever year their roll was handed out, and says that everything adds up
// only if everything was counted.

import { describe, expect, test } from '@jest/globals';
import { producerToday } from '../../../../server/actions/home/read-today.ts';
import { readLedger } from '../../../../server/actions/batches/read-ledger.ts';
import type { Ledger } from '../../../../server/domain/batches/ledger.ts';
import { CAST, testApi } from '../../../fixtures/api.ts';
import { batchDesk } from '../../../fixtures/api-batches.ts';
import { idOf } from '../../../fixtures/api-problems.ts';

const api = testApi();
const desk = batchDesk(api);
const { producerA1, productA1 } = CAST;

async function ledgerOf(year: number): Promise<Ledger> {
  const read = await readLedger(api.actor('officeA'), { producerId: producerA1, query: { year } }, api.ctx);
  if (!read.ok) throw new Error(read.problem.detail);
  return read.value;
}

async function lotOf(number: string, declaredQuantity: number | null): Promise<string> {
  const made = await desk.producer.post('/lots', { productId: productA1, number, declaredQuantity });
  expect(made.status).toBe(201);
  return idOf(made);
}

describe('a roll over New Year', () => {
  test('its stamps count for the lots of both years, and more of them than goods are seen', async () => {
    api.setNow('2026-12-20T05:00:00.000Z');
    const old = await lotOf('CŨ-1', 300);
    const roll = (await desk.newBatch({ producerId: producerA1, quantity: 1_000 })).id;
    await desk.producer.post(`/batches/${roll}/activate`, { from: 1, to: 300, lotId: old });
    api.setNow('2027-01-05T05:00:00.000Z');
    const fresh = await lotOf('MỚI-1', 400);
    await desk.producer.post(`/batches/${roll}/activate`, { from: 301, to: 800, lotId: fresh });
    const ledger = await ledgerOf(2027);
    expect(ledger.totals.given).toBe(0);
    expect(ledger.lots).toMatchObject([
      {
        number: 'MỚI-1',
        given: 500,
        activated: 500,
        ofOtherYears: 500,
        oddities: [
          { kind: 'more-stamps-than-output', stamps: 500, declared: 400 },
          { kind: 'active-not-printed', stamps: 500 },
        ],
      },
    ]);
    const before = await ledgerOf(2026);
    expect(before.totals.given).toBe(1_000);
    expect(before.lots).toMatchObject([{ number: 'CŨ-1', given: 300, ofOtherYears: 0 }, { number: 'MỚI-1' }]);
    const home = await producerToday(api.actor('producerA1'), api.ctx);
    expect(home).toMatchObject({ ok: true, value: { selling: { lot: { id: fresh }, active: 500 } } });
    // Twenty newer rolls do not hide it either.
    for (let i = 0; i < 20; i += 1) await desk.newBatch({ producerId: producerA1, quantity: 10 });
    expect(await producerToday(api.actor('producerA1'), api.ctx)).toMatchObject({
      ok: true,
      value: { selling: { lot: { id: fresh }, active: 500 } },
    });
  });

  test('stamps that are active and void are missing once from what is in hand', async () => {
    const lot = await lotOf('TAY-1', 100);
    const roll = (await desk.newBatch({ producerId: producerA1, quantity: 100 })).id;
    await desk.producer.post(`/batches/${roll}/activate`, { from: 1, to: 40, lotId: lot });
    await desk.producer.post(`/batches/${roll}/voids`, { from: 31, to: 50, reason: 'lost' });
    const home = await producerToday(api.actor('producerA1'), api.ctx);
    if (!home.ok) throw new Error(home.problem.detail);
    const inLedger = (await ledgerOf(2026)).rolls.find(({ batchId }) => batchId === roll)?.inHand;
    expect(inLedger).toBe(50);
    const facts = await api.ctx.officeFacts.of(CAST.officeA);
    expect(facts.batches.get(roll)?.inHand).toBe(50);
  });
});

describe('an allowance', () => {
  test('spoiled stamps and their replacements do not count twice; lost ones count', async () => {
    const tea = idOf(
      await desk.office.post('/products', { producerId: producerA1, name: 'Trà 15', group: 'food', productSet: 13 }),
    );
    const lot = idOf(await desk.office.post('/lots', { productId: tea, number: 'A-1', declaredQuantity: 100 }));
    await desk.office.put(`/products/${tea}/allowances/2026`, null, { stamps: 100, expectedOutput: 100 });
    const { id } = await desk.newBatch({ lotId: lot, quantity: 100 }, desk.producer);
    await desk.producer.post(`/batches/${id}/voids`, { from: 1, to: 20, reason: 'spoiled' });
    await desk.producer.post(`/batches/${id}/voids`, { from: 21, to: 30, reason: 'lost' });
    expect((await desk.producer.post('/batches', { lotId: lot, quantity: 21 })).status).toBe(202);
    expect((await desk.producer.post('/batches', { lotId: lot, quantity: 20 })).status).toBe(201);
    const line = (await ledgerOf(2026)).products.find(({ productId }) => productId === tea);
    expect(line).toMatchObject({ given: 120, voided: 30, allowance: { stamps: 100, used: 100 }, oddities: [] });
  });
});
