// Requests over the API: what a producer asks for and its office decides.

import { describe, expect, test } from '@jest/globals';
import { idOf, problemOf, requestIdOf } from '../../../fixtures/api-problems.ts';
import { CAST, testApi, type ApiAnswer } from '../../../fixtures/api.ts';

const api = testApi();

const { productA1, productA2 } = CAST;
const COFFEE = { name: 'Cà phê mật ong', group: 'food', productSet: 13 };

describe('what waits for the office', () => {
  test('each kind of request is asked by a producer, approved by its office, and done as asked', async () => {
    const [own, office] = [api.as('producerA1'), api.as('officeA')];
    const product = (await own.get(`/products/${productA1}`)).body;
    const asks: [action: string, asked: ApiAnswer][] = [
      ['make-product', await own.post('/products', { ...COFFEE, name: 'Xin thêm' })],
      [
        'change-product',
        await own.patch(`/products/${productA1}`, product['version'], { brand: 'Mới', description: 'Kể lại' }),
      ],
      [
        'make-evaluation',
        await own.post('/evaluations', {
          productId: productA1,
          round: '2026-7',
          heldOn: '2026-07-01',
          score: 91,
          minimumStars: 5,
        }),
      ],
      [
        'make-certificate',
        await own.post('/certificates', {
          productId: productA1,
          scheme: 'haccp',
          number: 'H-9',
          issuer: 'Tổ chức',
          issuedOn: '2026-01-01',
        }),
      ],
    ];
    for (const [action, asked] of asks) {
      const id = requestIdOf(asked);
      expect(problemOf(await own.post(`/requests/${id}/approve`, {}))).toEqual([403, 'not-allowed']);
      expect(problemOf(await api.as('officeB').post(`/requests/${id}/approve`, {}))).toEqual([404, 'not-found']);
      const approved = await office.post(`/requests/${id}/approve`, { note: 'Đồng ý' });
      expect(approved.body).toMatchObject({
        action,
        state: 'approved',
        decision: { note: 'Đồng ý', by: 'key-officeA' },
      });
      expect(problemOf(await office.post(`/requests/${id}/approve`, {}))).toEqual([409, 'already-decided']);
      expect(problemOf(await office.post(`/requests/${id}/decline`, {}))).toEqual([409, 'already-decided']);
    }
    expect((await own.get(`/products/${productA1}`)).body).toMatchObject({ brand: 'Mới', description: 'Kể lại' });
    expect((await own.get('/evaluations?round=2026-7')).body['items']).toMatchObject([{ stars: 5 }]);
  });

  test('a batch beyond the allowance waits, and is issued once when approved by two at the same moment', async () => {
    const [own, office] = [api.as('producerA2'), api.as('officeA')];
    await office.put(`/products/${productA2}/allowances/2026`, null, { expectedOutput: 10, stamps: 10 });
    const lot = idOf(await own.post('/lots', { productId: productA2, number: 'MANY-1' }));
    const id = requestIdOf(await own.post('/batches', { lotId: lot, quantity: 11 }));
    const answers = await Promise.all([
      office.post(`/requests/${id}/approve`, {}),
      api.as('admin').post(`/requests/${id}/approve`, {}),
    ]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect((await own.get(`/batches?lotId=${lot}`)).body['items']).toHaveLength(1);
  });

  test('declined it changes nothing', async () => {
    const [own, office] = [api.as('producerA1'), api.as('officeA')];
    const before = (await own.get(`/products/${productA1}`)).body;
    const id = requestIdOf(await own.patch(`/products/${productA1}`, before['version'], { name: 'Tên khác' }));
    expect((await office.get('/requests?state=waiting')).body['items']).toContainEqual(
      expect.objectContaining({ id, before: { name: before['name'] } }),
    );
    expect((await office.post(`/requests/${id}/decline`, { note: 'Trùng tên' })).body).toMatchObject({
      state: 'declined',
      decision: { note: 'Trùng tên', resultId: null },
    });
    expect((await own.get(`/products/${productA1}`)).body).toEqual(before);
    expect((await own.get(`/requests/${id}`)).body).toMatchObject({ state: 'declined' });
    expect((await api.as('producerA2').get(`/requests/${id}`)).status).toBe(404);
  });

  test('own words may change meanwhile; a field that was asked about may not', async () => {
    const [own, office] = [api.as('producerA1'), api.as('officeA')];
    const ask = async (change: object): Promise<string> =>
      requestIdOf(
        await own.patch(`/products/${productA1}`, (await own.get(`/products/${productA1}`)).body['version'], change),
      );
    const [unit, again] = [await ask({ unit: 'hộp 1' }), await ask({ unit: 'hộp 2' })];
    await own.patch(`/products/${productA1}`, (await own.get(`/products/${productA1}`)).body['version'], {
      storage: 'Nơi khô',
    });
    expect((await office.post(`/requests/${unit}/approve`, {})).status).toBe(200);
    expect(problemOf(await office.post(`/requests/${again}/approve`, {}))).toEqual([412, 'version-conflict']);
    expect((await own.get(`/products/${productA1}`)).body).toMatchObject({ unit: 'hộp 1', storage: 'Nơi khô' });
    expect((await office.post(`/requests/${again}/decline`, {})).status).toBe(200);
  });
});
