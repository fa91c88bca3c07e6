// A lot's product is stored once, in the lot: everything that names the product of its stamps reads it there, and once
// paper names it, it cannot change.

import { describe, expect, test } from '@jest/globals';
import { lastPrint } from '../../../../server/actions/print/last-print.ts';
import { readLedger } from '../../../../server/actions/batches/read-ledger.ts';
import { reachBatches } from '../../../../server/actions/batches/reach-batches.ts';
import { contentOf } from '../../../../server/actions/print/run-drawing.ts';
import { previewRecall } from '../../../../server/actions/recalls/preview-recall.ts';
import { idOf, problemOf } from '../../../fixtures/api-problems.ts';
import { CAST, testApi } from '../../../fixtures/api.ts';
import { batchDesk } from '../../../fixtures/api-batches.ts';
import { TODAY } from '../../../fixtures/records/cast.ts';

const api = testApi();
const desk = batchDesk(api);
const { producerA1, productA1 } = CAST;

interface LotOfTwo {
  lot: string;
  tea: string;
  batch: string;
  /** Changes the lot's product, as the office. */
  move: (to: string) => ReturnType<typeof desk.office.patch>;
}

let made = 0;
async function aLotOfTwo(batch: Record<string, unknown> = { quantity: 100, active: false }): Promise<LotOfTwo> {
  made += 1;
  const tea = idOf(
    await desk.office.post('/products', {
      producerId: producerA1,
      name: `Trà sen ${made}`,
      group: 'food',
      productSet: 13,
    }),
  );
  const lot = await desk.newLot();
  const { id } = await desk.newBatch({ lotId: lot, ...batch });
  return {
    lot,
    tea,
    batch: id,
    move: async (to) =>
      desk.office.patch(`/lots/${lot}`, (await desk.office.get(`/lots/${lot}`)).body['version'], { productId: to }),
  };
}

describe('a lot of another product than first written', () => {
  test('paper, pages, lists, ledger, last print and recalls speak of the lot’s product of now', async () => {
    const { lot, tea, batch, move } = await aLotOfTwo();
    expect((await move(tea)).status).toBe(200);
    const doc = await api.store.batches.get(batch);
    if (doc === null) throw new Error('no batch');
    expect((await contentOf(api.ctx, doc, '{}', TODAY)).productName).toMatch(/^Trà sen/);
    expect((await desk.office.get(`/batches/${batch}`)).body['productId']).toBe(tea);
    const listed = async (productId: string): Promise<unknown[]> =>
      ((await desk.office.get(`/batches?productId=${productId}`)).body['items'] as { id: string }[]).map(
        ({ id }) => id,
      );
    expect(await listed(tea)).toEqual([batch]);
    expect(await listed(productA1)).not.toContain(batch);
    const code = await desk.codeOf(batch, 1);
    const page = await fetch(`${api.address}/t/${code}`, { headers: { Accept: 'application/json' } });
    expect(((await page.json()) as { product: { name: string } }).product.name).toMatch(/^Trà sen/);
    const office = api.actor('officeA');
    const ledger = await readLedger(office, { producerId: producerA1, query: {} }, api.ctx);
    if (!ledger.ok) throw new Error(ledger.problem.detail);
    expect(ledger.value.lots.find(({ lotId }) => lotId === lot)).toMatchObject({ productId: tea, given: 100 });
    const last = await lastPrint(api.actor('producerA1'), tea, api.ctx);
    expect(last).toMatchObject({ ok: true, value: { product: { id: tea }, batch: { id: batch, productId: tea } } });
    const facts = await reachBatches(office, { productId: tea }, api.ctx);
    expect(facts.ok && facts.value.batches().map(({ id }) => id)).toEqual([batch]);
    const recalled = await previewRecall(office, { kind: 'product', productId: tea }, api.ctx);
    expect(recalled).toMatchObject({ ok: true, value: { batches: [{ batchId: batch, stamps: 100 }] } });
  });

  test('once a print run exists the product stays, until the stamps of the run are void', async () => {
    const { lot, tea, batch, move } = await aLotOfTwo();
    expect((await desk.office.get(`/batches/${batch}/sheet.pdf?template=a4-65&from=11&to=50`)).status).toBe(200);
    const refused = await move(tea);
    expect(problemOf(refused)).toEqual([409, 'lot-printed']);
    expect(refused.body).toMatchObject({ stamps: 40, batchIds: [batch] });
    const noted = await desk.office.get(`/lots/${lot}`);
    expect((await desk.office.patch(`/lots/${lot}`, noted.body['version'], { note: 'Kho 2' })).status).toBe(200);
    await desk.office.post(`/batches/${batch}/voids`, { from: 11, to: 49, reason: 'spoiled' });
    expect(problemOf(await move(tea))).toEqual([409, 'lot-printed']);
    await desk.office.post(`/batches/${batch}/voids`, { from: 50, to: 50, reason: 'spoiled' });
    expect((await move(tea)).status).toBe(200);
  });

  test('its stamps count against the allowance of its product, and a move does not go round the limit', async () => {
    const { tea, lot, move } = await aLotOfTwo();
    const allow = async (stamps: number, version: number | null): Promise<void> => {
      const set = await desk.office.put(`/products/${tea}/allowances/2026`, version, { stamps, expectedOutput: 100 });
      expect([200, 201]).toContain(set.status);
    };
    await allow(99, null);
    const { version } = (await desk.producer.get(`/lots/${lot}`)).body;
    const asked = await desk.producer.patch(`/lots/${lot}`, version, { productId: tea });
    expect(asked.status).toBe(202);
    expect((await move(tea)).status).toBe(200);
    const more = await desk.producer.post('/batches', { lotId: lot, quantity: 1 });
    expect(more.status).toBe(202);
  });
});
