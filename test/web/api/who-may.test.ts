// Who may do what over the API, and that an outsider learns nothing about other people's records.

import { describe, expect, test } from '@jest/globals';
import { faults, idOf, problemOf } from '../../fixtures/api-problems.ts';
import { CAST, testApi, type ApiAnswer } from '../../fixtures/api.ts';

const api = testApi();

const { producerA1, productA1, productA2, productB1 } = CAST;
const PLACE = { commune: 'Cao Phong', province: 'Phú Thọ', detail: null };
const COFFEE = { name: 'Cà phê mật ong', group: 'food', productSet: 13 };

async function makeLot(number: string, fields: object = {}): Promise<ApiAnswer> {
  return api
    .as('producerA1')
    .post('/lots', { productId: productA1, number, producedOn: '2026-11-01', expiresOn: '2027-05-01', ...fields });
}

describe('who may', () => {
  test('without a login everything is 401, with a key not in force too, and no body is read', async () => {
    const nobody = api.as('nobody');
    for (const path of [
      '/producers',
      '/products',
      '/evaluations',
      '/certificates',
      '/lots',
      '/recalls',
      '/requests',
      `/lots/${producerA1}`,
    ]) {
      const answer = await nobody.get(path);
      expect(problemOf(answer)).toEqual([401, 'not-signed-in']);
      expect(answer.headers.get('WWW-Authenticate')).toMatch(/^Bearer/);
    }
    expect(problemOf(await nobody.post('/producers', { colour: 'red' }))).toEqual([401, 'not-signed-in']);
    expect(
      problemOf(await nobody.send({ method: 'GET', path: '/producers', headers: { Authorization: 'Bearer nothing' } })),
    ).toEqual([401, 'not-signed-in']);
  });

  test('a role without the right is 403', async () => {
    expect(
      problemOf(await api.as('producerA1').post('/producers', { name: 'A', kind: 'group', address: PLACE })),
    ).toEqual([403, 'not-allowed']);
    expect(problemOf(await api.as('inspectorA').post('/lots', { productId: productA1, number: 'I-1' }))).toEqual([
      403,
      'not-allowed',
    ]);
    expect(problemOf(await api.as('inspectorA').patch(`/products/${productA1}`, 1, { description: 'x' }))).toEqual([
      403,
      'not-allowed',
    ]);
    expect(problemOf(await api.as('inspectorA').get('/requests'))).toEqual([403, 'not-allowed']);
    expect(
      problemOf(
        await api
          .as('producerA1')
          .put(`/products/${productA1}/allowances/2026`, null, { expectedOutput: 1, stamps: 1 }),
      ),
    ).toEqual([403, 'not-allowed']);
    const route = '/api/v1/products/:id/allowances/:year';
    expect(api.said.at(-1)).toMatchObject({
      event: 'right.refused',
      method: 'PUT',
      actorId: expect.any(String),
      route,
    });
  });

  test('another producer’s and another office’s records answer as absent ones do, to the byte', async () => {
    const lot = idOf(await makeLot('ALIKE-1'));
    const strangers = ['producerA2', 'producerB1', 'officeB', 'inspectorB'] as const;
    for (const name of strangers) {
      const client = api.as(name);
      for (const [path, absent] of [
        [`/lots/${lot}`, '/lots/absent'],
        [`/products/${productA1}`, '/products/absent'],
        [`/producers/${producerA1}`, '/producers/absent'],
      ] as const) {
        const [theirs, none] = [await client.get(path), await client.get(absent)];
        expect(theirs.status).toBe(404);
        expect(theirs.bytes.toString()).toBe(none.bytes.toString());
      }
    }
    const change = { note: 'x' };
    const [theirs, none] = [
      await api.as('producerA2').patch(`/lots/${lot}`, 1, change),
      await api.as('producerA2').patch('/lots/absent', 1, change),
    ];
    expect([theirs.status, theirs.bytes.toString()]).toEqual([404, none.bytes.toString()]);
  });

  test('an id inside a body that is absent or another’s is 400 at that field, to the byte alike', async () => {
    const recall = { reason: 'Nấm mốc', advice: 'Mang trả nơi mua' };
    const foreignLot = idOf(await makeLot('ALIKE-2'));
    const cases = [
      ['producerA1', '/lots', 'productId', productB1, { number: 'X-1' }],
      ['producerA1', '/lots', 'productId', productA2, { number: 'X-1' }],
      ['officeB', '/lots', 'productId', productA1, { number: 'X-1' }],
      ['officeB', '/products', 'producerId', producerA1, COFFEE],
      [
        'officeB',
        '/evaluations',
        'productId',
        productA1,
        { round: '2026-1', heldOn: '2026-06-01', score: 71, minimumStars: 4 },
      ],
      ['producerA2', '/recalls', 'lotId', foreignLot, recall],
      ['officeB', '/recalls', 'lotId', foreignLot, recall],
    ] as const;
    for (const [name, path, field, foreign, fields] of cases) {
      const theirs = await api.as(name).post(path, { ...fields, [field]: foreign });
      const none = await api.as(name).post(path, { ...fields, [field]: 'absent' });
      expect(problemOf(theirs)).toEqual([400, 'absent-reference']);
      expect(faults(theirs)).toEqual([`${field}: absent`]);
      expect(theirs.bytes.toString()).toBe(none.bytes.toString());
    }
  });
});
