// Lots, their journeys and their recalls over the API.

import { describe, expect, test } from '@jest/globals';
import { faults, idOf, problemOf, requestIdOf } from '../../../fixtures/api-problems.ts';
import { CAST, testApi, type ApiAnswer } from '../../../fixtures/api.ts';

const api = testApi();

const { producerA1, productA1, productA2, productB1 } = CAST;
const COFFEE = { name: 'Cà phê mật ong', group: 'food', productSet: 13 };

async function makeLot(number: string, fields: object = {}): Promise<ApiAnswer> {
  return api
    .as('producerA1')
    .post('/lots', { productId: productA1, number, producedOn: '2026-11-01', expiresOn: '2027-05-01', ...fields });
}

describe('lots', () => {
  test('a producer records one, changes it freely before activation, and tells its journey', async () => {
    const own = api.as('producerA1');
    const made = await makeLot('CMT-2611-01', { declaredQuantity: 400 });
    expect([made.status, made.body['correctedAt']]).toEqual([201, null]);
    expect(problemOf(await makeLot('CMT-2611-01'))).toEqual([409, 'taken']);
    const changed = await own.patch(`/lots/${idOf(made)}`, 1, { number: 'CMT-2611-02', expiresOn: '2027-06-01' });
    expect(changed.body).toMatchObject({ number: 'CMT-2611-02', expiresOn: '2027-06-01', correctedAt: null });
    const told = await own.post(`/lots/${idOf(made)}/events`, {
      at: '2026-11-02T08:00:00+07:00',
      step: 'Thu hái',
      place: 'Cao Phong',
      gln: '9520000000004',
    });
    expect(told.status).toBe(201);
    expect(told.body['events']).toMatchObject([{ at: '2026-11-02T01:00:00.000Z', step: 'Thu hái', public: true }]);
    expect((await own.get(`/lots?productId=${productA1}&number=CMT-2611-02`)).body['items']).toEqual([told.body]);
  });

  test('events told at the same moment are all kept', async () => {
    const own = api.as('producerA1');
    const lot = idOf(await makeLot('JOURNEY-1'));
    const steps = ['Rang', 'Xay', 'Đóng gói', 'Xuất kho'];
    await Promise.all(steps.map((step) => own.post(`/lots/${lot}/events`, { at: '2026-11-02T08:00:00Z', step })));
    const events = (await own.get(`/lots/${lot}`)).body['events'] as { step: string }[];
    expect(events.map(({ step }) => step).toSorted()).toEqual(steps.toSorted());
  });

  test('a lot of one producer never becomes another’s', async () => {
    const lot = idOf(await makeLot('STAYS-1'));
    expect(faults(await api.as('officeA').patch(`/lots/${lot}`, 1, { productId: productA2 }))).toEqual([
      'productId: other-producer',
    ]);
    expect(faults(await api.as('producerA1').patch(`/lots/${lot}`, 1, { productId: productA2 }))).toEqual([
      'productId: absent',
    ]);
    expect(faults(await api.as('officeA').patch(`/lots/${lot}`, 1, { productId: productB1 }))).toEqual([
      'productId: absent',
    ]);
  });

  test('after activation number and dates wait for the office, and the lot says when they were corrected', async () => {
    const [own, office] = [api.as('producerA1'), api.as('officeA')];
    const lot = idOf(await makeLot('ACTIVE-1'));
    expect((await own.post('/batches', { lotId: lot, quantity: 10 })).status).toBe(201);
    const active = await own.get(`/lots/${lot}`);
    expect(active.body['firstActivatedAt']).not.toBeNull();
    const noted = await own.patch(`/lots/${lot}`, active.body['version'], { note: 'Kho 2', number: 'ACTIVE-1' });
    expect(noted.body).toMatchObject({ note: 'Kho 2', correctedAt: null });
    const first = await own.patch(`/lots/${lot}`, noted.body['version'], { number: 'ACTIVE-2' });
    const second = await own.patch(`/lots/${lot}`, noted.body['version'], { expiresOn: '2027-05-02' });
    for (const asked of [first, second]) {
      const approved = await office.post(`/requests/${requestIdOf(asked)}/approve`, {});
      expect(approved.body).toMatchObject({ state: 'approved', decision: { resultId: lot } });
    }
    expect((await own.get(`/lots/${lot}`)).body).toMatchObject({
      number: 'ACTIVE-2',
      expiresOn: '2027-05-02',
      correctedAt: '2026-11-24T03:00:00.000Z',
    });
  });

  test('a lot that paper names in a digital link never changes in what is printed', async () => {
    const office = api.as('officeA');
    const leave = { holder: 'HTX A1', document: 'GS1-2026/02', date: '2026-01-05' };
    const product = idOf(
      await office.post('/products', {
        ...COFFEE,
        producerId: producerA1,
        gtin: '09520000000035',
        gtinAuthorisation: leave,
      }),
    );
    const lot = idOf(
      await office.post('/lots', {
        productId: product,
        number: 'DL-1',
        producedOn: '2026-11-01',
        expiresOn: '2027-05-01',
      }),
    );
    expect(
      (await office.post('/batches', { lotId: lot, quantity: 10, carrier: 'digital-link', active: false })).status,
    ).toBe(201);
    const { version } = (await office.get(`/lots/${lot}`)).body;
    expect(problemOf(await office.patch(`/lots/${lot}`, version, { number: 'DL-2' }))).toEqual([409, 'lot-fixed']);
    expect((await office.patch(`/lots/${lot}`, version, { note: 'Giữ' })).status).toBe(200);
  });
});

describe('recalls', () => {
  const words = { reason: { vi: 'Nấm mốc', en: 'Mould' }, advice: 'Mang trả nơi mua' };

  test('a producer recalls its own lot and no more, the office a product, a lot or a range; the office withdraws', async () => {
    const [own, office] = [api.as('producerA1'), api.as('officeA')];
    const lot = idOf(await makeLot('BAD-1'));
    const batch = idOf(await own.post('/batches', { lotId: lot, quantity: 100 }));
    const byLot = await own.post('/recalls', { lotId: lot, ...words });
    expect(byLot.body).toMatchObject({
      lotId: lot,
      productId: null,
      batchId: null,
      reason: words.reason,
      advice: { vi: 'Mang trả nơi mua', en: null },
      withdrawal: null,
    });
    expect(problemOf(await own.post('/recalls', { productId: productA1, ...words }))).toEqual([403, 'not-allowed']);
    expect(problemOf(await own.post('/recalls', { batchId: batch, from: 1, to: 2, ...words }))).toEqual([
      403,
      'not-allowed',
    ]);
    expect(problemOf(await own.post(`/recalls/${idOf(byLot)}/withdraw`, {}))).toEqual([403, 'not-allowed']);
    expect((await office.post('/recalls', { productId: productA1, ...words })).status).toBe(201);
    expect((await office.post('/recalls', { batchId: batch, from: 1, to: 100, ...words })).body).toMatchObject({
      batchId: batch,
      from: 1,
      to: 100,
    });
    expect(faults(await office.post('/recalls', { batchId: batch, from: 1, to: 101, ...words }))).toEqual([
      'to: beyond-quantity',
    ]);
    expect(faults(await office.post('/recalls', { batchId: batch, from: 2, to: 1, ...words }))).toEqual([
      'to: before-from',
    ]);
    expect(faults(await office.post('/recalls', { lotId: lot, batchId: batch, from: 1, to: 2, ...words }))).toEqual([
      'lotId: one-of',
    ]);
    const withdrawn = await office.post(`/recalls/${idOf(byLot)}/withdraw`, { note: 'Nhầm lô' });
    expect(withdrawn.body).toMatchObject({ withdrawal: { note: 'Nhầm lô' }, version: 2 });
    expect(problemOf(await office.post(`/recalls/${idOf(byLot)}/withdraw`, {}))).toEqual([409, 'already-withdrawn']);
    expect((await own.get(`/recalls?lotId=${lot}`)).body['items']).toEqual([withdrawn.body]);
    expect((await own.get(`/recalls/${idOf(byLot)}`)).body).toEqual(withdrawn.body);
  });
});
