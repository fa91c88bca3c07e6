// Issuing batches over the API: what they are for, what is refused, and what waits for the office.

import { describe, expect, test } from '@jest/globals';
import { nextVersion, saveChange, saveNew } from '../../../../server/actions/kit/save.ts';
import { batchDesk } from '../../../fixtures/api-batches.ts';
import { problem } from '../../../fixtures/api-problems.ts';
import { CAST, ORIGIN, testApi, type ApiAnswer } from '../../../fixtures/api.ts';
import { MADE_AT } from '../../../fixtures/records/cast.ts';

const api = testApi();
const { office, producer, newLot, newBatch } = batchDesk(api);

describe('issuing', () => {
  test('a batch for a lot is one row, active at once, and holds the printed origin', async () => {
    const lotId = await newLot();
    const batch = await newBatch({ lotId, quantity: 1_000 }, producer);
    expect(batch).toMatchObject({
      kind: 'goods',
      quantity: 1_000,
      lotId,
      productId: CAST.productA1,
      producerId: CAST.producerA1,
      officeId: CAST.officeA,
      carrier: 'short',
      origin: ORIGIN,
      digitalLink: null,
      pin: false,
      version: 1,
      symbol: { version: 3, level: 'M' },
      activations: [{ from: 1, to: 1_000, lotId }],
      voids: [],
      displays: [],
      printed: [],
    });
    expect(await api.store.lots.get(lotId)).toMatchObject({ firstActivatedAt: MADE_AT });
    expect((await producer.get(`/batches/${batch.id}`)).body).toEqual(batch);
  });

  test('a lot named by number is made, found again with the same dates, and 409 with others', async () => {
    const lot = {
      productId: CAST.productA1,
      lot: 'NEW-1',
      producedOn: '2026-11-20',
      expiresOn: '2027-05-20',
      quantity: 10,
    };
    const first = await newBatch({ ...lot, active: false }, producer);
    expect(first).toMatchObject({ activations: [] });
    expect(await api.store.lots.get(String(first['lotId']))).toMatchObject({ number: 'NEW-1', firstActivatedAt: null });
    const second = await newBatch(lot, producer);
    expect(second['lotId']).toBe(first['lotId']);
    expect(await api.store.lots.get(String(first['lotId']))).toMatchObject({ firstActivatedAt: MADE_AT });
    const third = await producer.post('/batches', { ...lot, expiresOn: '2027-05-21' });
    expect(problem(third)).toMatchObject({ status: 409, code: 'lot-differs' });
    expect(third.body['lotId']).toBe(first['lotId']);
  });

  test('blank rolls and plaques are the office’s: no lot, a plaque has no activation', async () => {
    expect(await newBatch({ producerId: CAST.producerA1, quantity: 500 })).toMatchObject({
      kind: 'blank',
      lotId: null,
      productId: null,
      activations: [],
    });
    const plaque = await newBatch({ productId: CAST.productA1, plaque: true, quantity: 1 });
    expect(plaque).toMatchObject({ kind: 'plaque', lotId: null, productId: CAST.productA1, activations: [] });
    expect((await office.get(`/batches/${plaque.id}/stamps/1`)).body).toMatchObject({ verdict: 'valid', lotId: null });
    for (const body of [
      { producerId: CAST.producerA1, quantity: 5 },
      { productId: CAST.productA1, plaque: true, quantity: 1 },
    ]) {
      expect(problem(await producer.post('/batches', body))).toMatchObject({ status: 403, code: 'not-allowed' });
    }
  });

  test('a digital link needs a GTIN with its authorisation, and fixes the lot', async () => {
    const lotId = await newLot();
    const body = { lotId, quantity: 10, carrier: 'digital-link' };
    expect(problem(await office.post('/batches', body))).toMatchObject({ status: 409, code: 'gtin-not-authorised' });
    const before = await api.store.products.get(CAST.productA2);
    if (before === null) throw new Error('no product');
    const gtin = '09520000000011';
    const doc = nextVersion(api.ctx, before, {
      gtin,
      gtinAuthorisation: { holder: 'HTX', document: 'GCN 1', date: '2026-01-01' },
    });
    await saveChange(api.ctx, api.actor('admin'), {
      collection: 'products',
      before,
      doc,
      action: 'change-product',
      answer: null,
    });
    const linked = await newBatch({
      productId: CAST.productA2,
      lot: 'DL.1',
      producedOn: null,
      expiresOn: null,
      quantity: 10,
      carrier: 'digital-link',
    });
    expect(linked).toMatchObject({
      carrier: 'digital-link',
      digitalLink: { gtin, lot: 'DL.1' },
      symbol: { version: 4 },
    });
    expect(await api.store.lots.get(String(linked['lotId']))).toMatchObject({ inDigitalLink: true });
    const csv = (await office.get(`/batches/${linked.id}/codes.csv?from=1&to=1`)).bytes.toString('utf8').split('\n');
    expect(csv[1]).toMatch(
      new RegExp(`^1,[0-9A-Z-]{20},HTTPS://TEMTRACE\\.EXAMPLE/01/${gtin}/10/DL\\.1/21/[0-9A-Z]{18}$`),
    );
    const odd = await office.post('/batches', {
      productId: CAST.productA2,
      lot: 'lô 1',
      producedOn: null,
      expiresOn: null,
      quantity: 1,
      carrier: 'digital-link',
    });
    expect(problem(odd)).toEqual({ status: 400, code: 'invalid', at: ['carrier'] });
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['no stamp', { lotId: 'lot-1', quantity: 0 }, 'quantity'],
    ['more stamps than a batch holds', { lotId: 'lot-1', quantity: 16_777_217 }, 'quantity'],
    ['half a stamp', { lotId: 'lot-1', quantity: 1.5 }, 'quantity'],
    ['nothing it is for', { quantity: 1 }, ''],
    ['two things it is for', { lotId: 'lot-1', producerId: CAST.producerA1, quantity: 1 }, ''],
    ['a product without a lot', { productId: CAST.productA1, quantity: 1 }, ''],
    ['a lot without its dates', { productId: CAST.productA1, lot: 'X', quantity: 1 }, 'producedOn,expiresOn'],
    [
      'a day that is none',
      { productId: CAST.productA1, lot: 'X', producedOn: '2026-02-29', expiresOn: null, quantity: 1 },
      'producedOn',
    ],
    [
      'dates in the wrong order',
      { productId: CAST.productA1, lot: 'X', producedOn: '2026-02-02', expiresOn: '2026-02-01', quantity: 1 },
      'expiresOn',
    ],
    ['blank stamps that are active', { producerId: CAST.producerA1, quantity: 1, active: true }, 'active'],
    ['a plaque that is not active', { productId: CAST.productA1, plaque: true, quantity: 1, active: false }, 'active'],
    ['a blank digital link', { producerId: CAST.producerA1, quantity: 1, carrier: 'digital-link' }, 'carrier'],
    ['a field that is none', { lotId: 'lot-1', quantity: 1, colour: 'red' }, 'colour'],
    ['a lot that is absent', { lotId: 'nowhere', quantity: 1 }, 'lotId'],
    [
      'another office’s product',
      { productId: CAST.productB1, lot: 'X', producedOn: null, expiresOn: null, quantity: 1 },
      'productId',
    ],
    ['another office’s producer', { producerId: CAST.producerB1, quantity: 1 }, 'producerId'],
  ])('%s is a fault of that field, and nothing is made', async (_, body, at) => {
    await newLot();
    const head = await api.auditHead();
    const answer = await office.post('/batches', body);
    expect(answer.status).toBe(400);
    expect(problem(answer).at.join()).toBe(at);
    expect(await api.auditHead()).toEqual(head);
  });

  test('the largest batch is issued like the smallest', async () => {
    const lotId = await newLot();
    expect(await newBatch({ lotId, quantity: 16_777_216 })).toMatchObject({
      activations: [{ from: 1, to: 16_777_216 }],
    });
  });

  test('the same key twice, also at the same moment, issues one batch; with another body it is 409', async () => {
    const body = { productId: CAST.productA1, lot: 'IDEM', producedOn: null, expiresOn: null, quantity: 7 };
    const key = { 'Idempotency-Key': 'issue-once' };
    const answers = await Promise.all(Array.from({ length: 6 }, () => producer.post('/batches', body, key)));
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(201));
    expect(new Set(answers.map((answer) => answer.body['id'])).size).toBe(1);
    const lotId = String(answers[0]?.body['lotId']);
    expect((await producer.get(`/batches?lotId=${lotId}`)).body['items']).toHaveLength(1);
    expect(problem(await producer.post('/batches', { ...body, quantity: 8 }, key))).toMatchObject({
      status: 409,
      code: 'request-key-reused',
    });
  });

  test('a key is remembered also of what changed nothing: a retry does not act later, and another body is 409', async () => {
    const { id } = await newBatch({ lotId: await newLot(), quantity: 10, active: false });
    const post = (what: string, body: object, key: string): Promise<ApiAnswer> =>
      producer.post(`/batches/${id}/${what}`, body, { 'Idempotency-Key': key });
    const range = { from: 1, to: 5 };
    expect((await post('activate', { ...range, dryRun: true }, 'dry')).status).toBe(200);
    expect(problem(await post('activate', range, 'dry'))).toMatchObject({ status: 409, code: 'request-key-reused' });
    expect((await post('activate', range, 'first')).status).toBe(200);
    const again = await post('activate', range, 'again');
    expect(again).toMatchObject({ status: 200, body: { stamps: 5 } });
    expect((await post('deactivate', range, 'back')).status).toBe(200);
    expect(await post('activate', range, 'again')).toMatchObject({ status: 200, body: again.body });
    expect(await api.store.batches.get(id)).toMatchObject({ activations: [] });
    expect(problem(await post('activate', { from: 1, to: 6 }, 'again'))).toMatchObject({
      status: 409,
      code: 'request-key-reused',
    });
  });

  test('a producer beyond its allowance waits for the office, which may go beyond; two at once do not both find room', async () => {
    const { officeA, producerA2, productA2 } = CAST;
    const doc = {
      id: 'allow',
      version: 1,
      createdAt: MADE_AT,
      updatedAt: MADE_AT,
      officeId: officeA,
      producerId: producerA2,
      productId: productA2,
      year: 2026,
      expectedOutput: 100,
      stamps: 100,
    };
    await saveNew(api.ctx, api.actor('admin'), {
      collection: 'allowances',
      doc,
      action: 'set-allowance',
      answer: null,
    });
    const given = (
      await api.store.batches.list({ productId: productA2, kind: 'goods' }, { limit: 200, after: null })
    ).items.reduce((sum, { quantity }) => sum + quantity, 0);
    const other = api.as('producerA2');
    const body = { productId: productA2, lot: 'ALLOW', producedOn: null, expiresOn: null, quantity: 100 - given };
    const both = await Promise.all([other.post('/batches', body), other.post('/batches', body)]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 202]);
    const waiting = await other.post('/batches', { ...body, quantity: 1 });
    expect(waiting).toMatchObject({ status: 202, body: { request: { state: 'waiting' } } });
    const requestId = (waiting.body['request'] as { id: string }).id;
    expect(await api.store.requests.get(requestId)).toMatchObject({
      action: 'issue-batch',
      producerId: producerA2,
      subject: null,
    });
    expect((await office.post('/batches', { ...body, quantity: 1 })).status).toBe(201);
    api.setNow('2027-01-02T00:00:00.000Z');
    expect((await other.post('/batches', { ...body, quantity: 101 })).status).toBe(201);
  });
});
