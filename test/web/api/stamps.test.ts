import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { parseStampCode } from '../../../server/domain/stamp/stamp-code.ts';
import { beginSession } from '../../../server/actions/people/begin-session.ts';
import { changeUser } from '../../../server/actions/people/change-user.ts';
import { identifySession } from '../../../server/actions/people/identify-session.ts';
import { keysOf } from '../../../server/actions/batches/sealed-batch.ts';
import { saveChange, saveNew, nextVersion } from '../../../server/actions/kit/save.ts';
import { signIn } from '../../../server/actions/people/sign-in.ts';
import { closeSheetWorkers } from '../../../server/sheet/threads/draw-sheet.ts';
import {
  CAST,
  openTestApi,
  ORIGIN,
  type ApiAnswer,
  type ApiClient,
  type Name,
  type TestApi,
} from '../../fixtures/api.ts';
import { aCertificate, aLot, aScan, MADE_AT } from '../../fixtures/records.ts';

let api: TestApi;
let office: ApiClient;
let producer: ApiClient;
let lotCount = 0;

beforeAll(async () => {
  api = await openTestApi();
  office = api.as('officeA');
  producer = api.as('producerA1');
});
beforeEach(() => api.setNow(MADE_AT));
afterAll(async () => {
  await api.close();
  await closeSheetWorkers();
});

/** A lot of producer A1 that no other test uses. */
async function newLot(): Promise<string> {
  lotCount += 1;
  const doc = aLot({
    id: `lot-${lotCount}`,
    officeId: CAST.officeA,
    producerId: CAST.producerA1,
    productId: CAST.productA1,
    number: `L-${lotCount}`,
  });
  await saveNew(api.ctx, api.actor('admin'), { collection: 'lots', doc, action: 'make-lot', answer: null });
  return doc.id;
}

async function newBatch(
  body: Record<string, unknown>,
  as: ApiClient = office,
): Promise<Record<string, unknown> & { id: string }> {
  const answer = await as.post('/batches', body);
  expect(answer.status).toBe(201);
  return answer.body as Record<string, unknown> & { id: string };
}

async function codeOf(batchId: unknown, serial: number): Promise<string> {
  const batch = await api.store.batches.get(String(batchId));
  if (batch === null) throw new Error('no such batch');
  return keysOf(api.ctx, batch).codeOf(serial);
}

async function scan(batchId: string, serial: number, at: string): Promise<void> {
  await api.store.scans.record(
    aScan({ id: `${batchId}-${serial}-${at}`, batchId, serial, at, day: at.slice(0, 10), visitor: `v-${serial}` }),
  );
}

function problem(answer: ApiAnswer): { status: number; code: unknown; at: unknown[] } {
  const errors = answer.body['errors'] as { path: unknown[] }[];
  return { status: answer.status, code: answer.body['code'], at: errors.map(({ path }) => path.join('.')) };
}

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

describe('rights', () => {
  const paths = ['', '/stamps/1', '/scans', '/scans.csv', '/stats', '/codes.csv', '/sheet.pdf?template=a4-65'];

  test('another producer’s and another office’s batch answers as one that does not exist', async () => {
    const { id } = await newBatch({ lotId: await newLot(), quantity: 5 });
    for (const name of ['producerA2', 'officeB', 'producerB1'] as const) {
      for (const path of paths) {
        const strange = await api.as(name).get(`/batches/${id}${path}`);
        const absent = await api.as(name).get(`/batches/0ZZZZZ${path}`);
        expect(strange.status).toBe(404);
        expect(strange.bytes.equals(absent.bytes)).toBe(true);
      }
      for (const [action, body] of [
        ['activate', {}],
        ['deactivate', {}],
        ['voids', { from: 1, to: 1, reason: 'lost' }],
      ] as const) {
        expect((await api.as(name).post(`/batches/${id}/${action}`, body)).status).toBe(404);
      }
      expect((await api.as(name).patch(`/batches/${id}`, 1, { note: 'x' })).status).toBe(404);
      expect((await api.as(name).get('/batches?limit=200')).body['items']).not.toContainEqual(
        expect.objectContaining({ id }),
      );
    }
  });

  test('an inspector reads batches, stamps, scans and stats, and takes no codes or sheets', async () => {
    const { id } = await newBatch({ lotId: await newLot(), quantity: 5 });
    const inspector = api.as('inspectorA');
    for (const path of ['', '/stamps/1', '/scans', '/scans.csv', '/stats'])
      expect((await inspector.get(`/batches/${id}${path}`)).status).toBe(200);
    for (const path of ['/codes.csv', '/sheet.pdf?template=a4-65'])
      expect((await inspector.get(`/batches/${id}${path}`)).status).toBe(403);
    for (const action of ['activate', 'deactivate'])
      expect((await inspector.post(`/batches/${id}/${action}`, {})).status).toBe(403);
    expect((await inspector.post(`/batches/${id}/displays`, { from: 1, to: 1 })).status).toBe(403);
    expect((await producer.post(`/batches/${id}/displays`, { from: 1, to: 1 })).status).toBe(403);
  });

  test('without a key every address is 401', async () => {
    for (const path of [
      '/batches',
      '/stats',
      '/templates',
      '/users',
      '/keys',
      '/audit',
      '/complaints',
      '/inspections',
    ]) {
      expect((await api.as('nobody').get(path)).status).toBe(401);
    }
  });

  test.each<[Name, string, number]>([
    ['producerA1', '/users', 403],
    ['inspectorA', '/users', 403],
    ['producerA1', '/audit', 403],
    ['inspectorA', '/audit', 403],
    ['producerA1', '/complaints', 200],
    ['producerA1', '/inspections', 200],
    ['producerA1', '/templates', 200],
    ['officeA', '/audit', 200],
  ])('%s at %s gets %i', async (name, path, status) => {
    expect((await api.as(name).get(path)).status).toBe(status);
  });
});

describe('the life of stamps', () => {
  test('a blank roll is activated by its first and last stamp, said back before, undone until the first scan', async () => {
    const { id } = await newBatch({ producerId: CAST.producerA1, quantity: 10_000 });
    const lotId = await newLot();
    const roll = { lotId, firstCode: await codeOf(id, 9_500), lastCode: (await codeOf(id, 101)).toLowerCase() };
    const activate = (body: Record<string, unknown>): Promise<ApiAnswer> =>
      producer.post(`/batches/${id}/activate`, body);
    const said = { intervals: [{ from: 101, to: 9_500, lotId }], stamps: 9_400 };
    expect(await activate({ ...roll, dryRun: true })).toMatchObject({ status: 200, body: said });
    expect((await producer.get(`/batches/${id}`)).body).toMatchObject({ version: 1, activations: [] });
    expect(await activate(roll)).toMatchObject({ status: 200, body: said });
    expect(await activate({ lotId, from: 101, to: 9_500 })).toMatchObject({ status: 200, body: said });
    expect((await producer.get(`/batches/${id}`)).body).toMatchObject({
      version: 2,
      activations: [{ from: 101, to: 9_500, lotId }],
    });
    expect(await api.store.lots.get(lotId)).toMatchObject({ firstActivatedAt: MADE_AT });

    const clash = await activate({ lotId: await newLot(), from: 9_000, to: 9_999 });
    expect(problem(clash)).toMatchObject({ status: 409, code: 'overlap' });
    expect(clash.body['intervals']).toEqual([{ from: 9_000, to: 9_500, lotId }]);

    api.setNow('2026-11-24T04:00:00.000Z');
    await scan(id, 5_000, '2026-11-24T03:30:00.000Z');
    const scanned = await producer.post(`/batches/${id}/deactivate`, {});
    expect(problem(scanned)).toMatchObject({ status: 409, code: 'scanned-since' });
    expect(scanned.body['serial']).toBe(5_000);
    const undone = await producer.post(`/batches/${id}/deactivate`, { from: 101, to: 4_999 });
    expect(undone).toMatchObject({
      status: 200,
      body: { intervals: [{ from: 101, to: 4_999, lotId }], stamps: 4_899 },
    });
    expect(await producer.post(`/batches/${id}/deactivate`, { from: 101, to: 4_999 })).toMatchObject({
      status: 200,
      body: { intervals: [], stamps: 0 },
    });
    expect((await producer.get(`/batches/${id}`)).body).toMatchObject({
      version: 3,
      activations: [{ from: 5_000, to: 9_500, lotId }],
    });
  });

  test('forged codes and codes of another batch are the same fault of their field', async () => {
    const { id } = await newBatch({ producerId: CAST.producerA1, quantity: 50 });
    const { id: otherId } = await newBatch({ producerId: CAST.producerA1, quantity: 50 });
    const real = await codeOf(id, 1);
    const forged = real.slice(0, 17) + (real.endsWith('0') ? '1' : '0');
    const lotId = await newLot();
    for (const wrong of [forged, await codeOf(otherId, 1), 'hello', await codeOf(id, 51)]) {
      expect(
        problem(await producer.post(`/batches/${id}/activate`, { lotId, firstCode: real, lastCode: wrong })),
      ).toEqual({ status: 400, code: 'invalid', at: ['lastCode'] });
      expect(problem(await producer.post(`/batches/${id}/voids`, { codes: [real, wrong], reason: 'lost' }))).toEqual({
        status: 400,
        code: 'invalid',
        at: ['codes.1'],
      });
    }
  });

  test('goods are activated for their own lot; a plaque and a blank roll without a lot are refused', async () => {
    const lotId = await newLot();
    const { id } = await newBatch({ lotId, quantity: 10, active: false });
    expect((await office.get(`/batches/${id}/stamps/3`)).body).toMatchObject({ verdict: 'not-activated', lotId: null });
    expect(problem(await office.post(`/batches/${id}/activate`, { lotId: await newLot() }))).toMatchObject({
      status: 400,
      at: ['lotId'],
    });
    expect(await office.send({ method: 'POST', path: `/batches/${id}/activate` })).toMatchObject({
      status: 200,
      body: { stamps: 10 },
    });
    expect((await office.get(`/batches/${id}/stamps/3`)).body).toMatchObject({ verdict: 'valid', lotId });
    const { id: blank } = await newBatch({ producerId: CAST.producerA1, quantity: 10 });
    expect(problem(await office.post(`/batches/${blank}/activate`, {}))).toMatchObject({ status: 400, code: 'no-lot' });
    const strange = aLot({
      id: 'lot-a2',
      officeId: CAST.officeA,
      producerId: CAST.producerA2,
      productId: CAST.productA2,
      number: 'A2',
    });
    await saveNew(api.ctx, api.actor('admin'), { collection: 'lots', doc: strange, action: 'make-lot', answer: null });
    expect(problem(await office.post(`/batches/${blank}/activate`, { lotId: 'lot-a2' }))).toEqual({
      status: 400,
      code: 'absent-reference',
      at: ['lotId'],
    });
    const { id: plaque } = await newBatch({ productId: CAST.productA1, plaque: true, quantity: 1 });
    expect(problem(await office.post(`/batches/${plaque}/activate`, {}))).toMatchObject({
      status: 400,
      code: 'plaque-has-no-lot',
    });
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['from alone', { from: 1 }, 'to'],
    ['to alone', { to: 1 }, 'from'],
    ['a first code alone', { firstCode: '7K3M9Q00000CTZHWCH' }, 'lastCode'],
    ['serials and codes', { from: 1, to: 2, firstCode: 'x', lastCode: 'y' }, 'firstCode'],
    ['serials backwards', { from: 3, to: 2 }, 'to'],
    ['serial nought', { from: 0, to: 2 }, 'from'],
    ['a serial past the last', { from: 1, to: 11 }, 'to'],
  ])('%s is a fault of that field', async (_, body, at) => {
    const { id } = await newBatch({ lotId: await newLot(), quantity: 10, active: false });
    expect(problem(await office.post(`/batches/${id}/activate`, body))).toEqual({
      status: 400,
      code: 'invalid',
      at: [at],
    });
  });

  test('voids and displays are added once, by serials or codes, and show on the stamp', async () => {
    const { id } = await newBatch({ lotId: await newLot(), quantity: 100 });
    const voids = {
      codes: [await codeOf(id, 3), await codeOf(id, 2), await codeOf(id, 9)],
      reason: 'spoiled',
      note: 'kẹt giấy',
    };
    expect(await producer.post(`/batches/${id}/voids`, voids)).toMatchObject({
      status: 201,
      body: {
        intervals: [
          { from: 2, to: 3 },
          { from: 9, to: 9 },
        ],
        stamps: 3,
      },
    });
    expect(await producer.post(`/batches/${id}/voids`, { from: 2, to: 4, reason: 'lost' })).toMatchObject({
      status: 201,
      body: { stamps: 1 },
    });
    expect(await producer.post(`/batches/${id}/voids`, { from: 2, to: 4, reason: 'lost' })).toMatchObject({
      status: 200,
      body: { stamps: 0 },
    });
    expect(await office.post(`/batches/${id}/displays`, { from: 50, to: 51 })).toMatchObject({
      status: 201,
      body: { stamps: 2 },
    });
    expect((await office.get(`/batches/${id}/stamps/2`)).body).toMatchObject({
      verdict: 'void',
      voided: { reason: 'spoiled', note: 'kẹt giấy' },
    });
    expect((await office.get(`/batches/${id}/stamps/50`)).body).toMatchObject({ verdict: 'valid', display: true });
    expect(problem(await producer.post(`/batches/${id}/voids`, { reason: 'lost' }))).toMatchObject({
      status: 400,
      at: ['from'],
    });
    expect(problem(await producer.post(`/batches/${id}/voids`, { from: 1, to: 1 }))).toMatchObject({
      status: 400,
      at: ['reason'],
    });
  });

  test('changes of one batch at the same moment are all kept', async () => {
    const { id } = await newBatch({ lotId: await newLot(), quantity: 100, active: false });
    const ranges = Array.from({ length: 8 }, (_, i) => ({ from: i * 10 + 1, to: i * 10 + 5 }));
    const answers = await Promise.all(ranges.map((range) => producer.post(`/batches/${id}/activate`, range)));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect((await producer.get(`/batches/${id}`)).body['activations']).toMatchObject(ranges);
    const lines = (await office.get(`/audit?entity=batch:${id}`)).body['items'] as { action: string; values: object }[];
    // A line says what one change did, never the whole lists: a batch of thousands of intervals must not write megabytes each time.
    expect(lines.slice(1).map(({ values }) => Object.keys(values).toSorted((a, b) => (a < b ? -1 : 1)))).toEqual(
      Array(8).fill(['from', 'lotId', 'stamps', 'to']),
    );
  });

  test('only the note changes by PATCH, under its version', async () => {
    const { id } = await newBatch({ lotId: await newLot(), quantity: 1 });
    expect(await producer.patch(`/batches/${id}`, 1, { note: 'cuộn 1' })).toMatchObject({
      status: 200,
      body: { note: 'cuộn 1', version: 2 },
    });
    expect((await producer.patch(`/batches/${id}`, 1, { note: 'x' })).status).toBe(412);
    expect((await producer.patch(`/batches/${id}`, null, { note: 'x' })).status).toBe(428);
    expect(problem(await producer.patch(`/batches/${id}`, 2, { quantity: 9 })).at).toEqual(['quantity']);
  });
});

describe('codes.csv', () => {
  test('every row is a code of ours with the address its symbol holds, and the download is logged first', async () => {
    const { id } = await newBatch({ lotId: await newLot(), quantity: 9_000, pin: true });
    const batch = await api.store.batches.get(id);
    if (batch === null) throw new Error('no batch');
    const keys = keysOf(api.ctx, batch);
    const answer = await producer.get(`/batches/${id}/codes.csv`);
    expect(answer.headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
    const rows = answer.bytes.toString('utf8').trimEnd().split('\n');
    expect(rows[0]).toBe('serial,code,url');
    expect(rows).toHaveLength(9_001);
    for (const [at, row] of rows.slice(1).entries()) {
      const [serial, code = '', url] = row.split(',');
      const parsed = parseStampCode(code);
      if (!parsed.ok) throw new Error(`row ${at} holds no code`);
      expect([serial, parsed.index, url]).toEqual([String(at + 1), at, `HTTPS://TEMTRACE.EXAMPLE/T/${parsed.code}`]);
      expect(keys.checkTag(parsed.index, parsed.tag)).toBe(true);
    }
    const { items } = await api.store.audit.list(
      { officeId: null, entity: `batch:${id}`, from: null, to: null },
      { limit: 10, after: null },
    );
    expect(items.at(-1)).toMatchObject({
      action: 'export-codes',
      actor: 'key-producerA1',
      values: { from: 1, to: 9_000, pins: false },
    });

    expect((await producer.get(`/batches/${id}/codes.csv?pins=true`)).status).toBe(403);
    const withPins = (await office.get(`/batches/${id}/codes.csv?pins=true&from=8999`)).bytes
      .toString('utf8')
      .trimEnd()
      .split('\n');
    expect(withPins[0]).toBe('serial,code,url,pin');
    expect(withPins[1]?.split(',')[3]).toBe(keys.pinOf(8_999));
    expect(withPins).toHaveLength(3);
  });

  test('PINs of a batch without are 409, a HEAD downloads nothing', async () => {
    const { id } = await newBatch({ lotId: await newLot(), quantity: 5 });
    const head = await api.auditHead();
    expect(problem(await office.get(`/batches/${id}/codes.csv?pins=true`))).toMatchObject({
      status: 409,
      code: 'no-pins',
    });
    expect((await office.send({ method: 'HEAD', path: `/batches/${id}/codes.csv` })).status).toBe(405);
    expect(problem(await office.get(`/batches/${id}/codes.csv?to=6`))).toMatchObject({ status: 400, at: ['to'] });
    expect(problem(await office.get(`/batches/${id}/codes.csv?pins=perhaps`))).toMatchObject({
      status: 400,
      at: ['pins'],
    });
    expect(await api.auditHead()).toEqual(head);
  });
});

describe('sheet.pdf', () => {
  const sheet = (id: string, query: string, as: ApiClient = producer): Promise<ApiAnswer> =>
    as.get(`/batches/${id}/sheet.pdf?template=a4-65${query}`);

  test('the same parameters give the same bytes; others over the same serials ask why; both are recorded before they leave', async () => {
    const { id } = await newBatch({ lotId: await newLot(), quantity: 200 });
    const first = await sheet(id, '&from=1&to=100&skip=3');
    expect(first.status).toBe(200);
    expect(first.headers.get('Content-Type')).toBe('application/pdf');
    expect(first.bytes.subarray(0, 5).toString('latin1')).toBe('%PDF-');
    expect((await producer.get(`/batches/${id}`)).body['printed']).toEqual([{ from: 1, to: 100 }]);
    api.setNow('2026-11-25T03:00:00.000Z');
    expect((await sheet(id, '&from=1&to=100&skip=3&reprintReason=again')).bytes.equals(first.bytes)).toBe(true);

    const other = await sheet(id, '&from=51&to=150');
    expect(problem(other)).toMatchObject({ status: 409, code: 'reprint-reason-needed' });
    expect(other.body['intervals']).toEqual([{ from: 51, to: 100 }]);
    expect((await producer.get(`/batches/${id}`)).body['printed']).toEqual([{ from: 1, to: 100 }]);
    expect((await sheet(id, '&from=51&to=150&reprintReason=m%E1%BB%B1c+nh%E1%BA%A1t')).status).toBe(200);
    expect((await producer.get(`/batches/${id}`)).body['printed']).toEqual([{ from: 1, to: 150 }]);
    const { items } = await api.store.printRuns.list({ batchId: id }, { limit: 10, after: null });
    expect(items.map(({ from, to, skip, reprintReason }) => ({ from, to, skip, reprintReason }))).toEqual([
      { from: 51, to: 150, skip: 0, reprintReason: 'mực nhạt' },
      { from: 1, to: 100, skip: 3, reprintReason: null },
    ]);
  });

  test('the same parameters at the same moment are one print run', async () => {
    const { id } = await newBatch({ lotId: await newLot(), quantity: 10 });
    const all = await Promise.all([sheet(id, ''), sheet(id, ''), sheet(id, '')]);
    expect(all.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(all.every(({ bytes }) => all[0]?.bytes.equals(bytes))).toBe(true);
    expect((await api.store.printRuns.list({ batchId: id }, { limit: 10, after: null })).items).toHaveLength(1);
  });

  test('stars are printed while the certificate is in force; lapsed since, a reprint needs a reason and has none', async () => {
    const certificate = aCertificate({
      officeId: CAST.officeA,
      producerId: CAST.producerA1,
      productId: CAST.productA1,
      issuedOn: '2023-11-25',
      expiresOn: '2026-11-24',
      number: 'OCOP-1',
    });
    await saveNew(api.ctx, api.actor('admin'), {
      collection: 'certificates',
      doc: certificate,
      action: 'make-certificate',
      answer: null,
    });
    const { id } = await newBatch({ lotId: await newLot(), quantity: 65 });
    api.setNow('2026-11-24T16:59:00.000Z'); // 23:59 in Vietnam: its last minute in force
    const starred = await sheet(id, '');
    expect(starred.status).toBe(200);
    const run = (await api.store.printRuns.list({ batchId: id }, { limit: 1, after: null })).items[0];
    expect(run?.content).toMatchObject({ stars: 4, certificate: { number: 'OCOP-1', lastDay: '2026-11-24' } });
    api.setNow('2026-11-24T17:00:00.000Z');
    expect(problem(await sheet(id, ''))).toMatchObject({ status: 409, code: 'certificate-lapsed' });
    const starless = await sheet(id, '&reprintReason=h%E1%BA%BFt+h%E1%BA%A1n');
    expect(starless.status).toBe(200);
    expect(starless.bytes.equals(starred.bytes)).toBe(false);
    expect((await sheet(id, '')).bytes.equals(starless.bytes)).toBe(true);
    const runs = (await api.store.printRuns.list({ batchId: id }, { limit: 5, after: null })).items;
    expect(new Set(runs.map(({ content }) => content.stars))).toEqual(new Set([4, null]));
  });

  test('void serials are not printed anew, naming them', async () => {
    const { id } = await newBatch({ lotId: await newLot(), quantity: 20 });
    await producer.post(`/batches/${id}/voids`, { from: 5, to: 6, reason: 'lost' });
    const refused = await sheet(id, '');
    expect(problem(refused)).toMatchObject({ status: 409, code: 'void-serials' });
    expect(refused.body['intervals']).toEqual([{ from: 5, to: 6 }]);
    expect((await sheet(id, '&from=7')).status).toBe(200);
  });

  test.each([
    ['an unknown template', '?template=nowhere', 'template'],
    ['no template', '', 'template'],
    ['more places skipped than a sheet has', '?template=a4-65&skip=65', 'skip'],
    ['a serial past the last', '?template=a4-65&to=11', 'to'],
    ['an offset beyond a centimetre', '?template=a4-65&offsetX=10.1', 'offsetX'],
    ['an offset finer than a tenth', '?template=a4-65&offsetY=0.05', 'offsetY'],
    ['an offset that says nothing', '?template=a4-65&offsetX=', 'offsetX'],
    ['an offset in hexadecimal', '?template=a4-65&offsetX=0x1', 'offsetX'],
    ['an offset with an exponent', '?template=a4-65&offsetY=1e0', 'offsetY'],
    ['an offset with a space', '?template=a4-65&offsetY=%201', 'offsetY'],
    ['a serial in hexadecimal', '?template=a4-65&from=0x1', 'from'],
    ['places skipped with an exponent', '?template=a4-65&skip=1e1', 'skip'],
    ['an unknown parameter', '?template=a4-65&zoom=2', 'zoom'],
  ])('%s is a fault of that field, and nothing is recorded', async (_, query, at) => {
    const { id } = await newBatch({ lotId: await newLot(), quantity: 10 });
    const head = await api.auditHead();
    expect(problem(await office.get(`/batches/${id}/sheet.pdf${query}`))).toEqual({
      status: 400,
      code: 'invalid',
      at: [at],
    });
    expect(await api.auditHead()).toEqual(head);
  });

  test('templates say what they need and how large a symbol may be', async () => {
    const { body } = await producer.get('/templates');
    const first = await producer.get('/templates?limit=1');
    expect(first.body['items']).toHaveLength(1);
    const rest = await producer.get(`/templates?after=${String(first.body['next'])}`);
    expect([...(first.body['items'] as unknown[]), ...(rest.body['items'] as unknown[])]).toEqual(body['items']);
    expect(body['items']).toContainEqual(
      expect.objectContaining({
        id: 'a4-65',
        needs: ['symbol'],
        largestModuleMm: expect.objectContaining({ '3': 0.508 }),
      }),
    );
  });
});

describe('scans and stats', () => {
  test('scans are listed, exported and counted by day, province and verdict, in TIME_ZONE’s days', async () => {
    const lotId = await newLot();
    const { id } = await newBatch({ lotId, quantity: 10 });
    await scan(id, 1, '2026-11-24T16:30:30.000Z'); // 23:30 in Vietnam
    await scan(id, 2, '2026-11-24T17:30:00.000Z'); // 00:30 on the 25th
    const list = await producer.get(`/batches/${id}/scans`);
    expect(list.body['items']).toMatchObject([{ serial: 2 }, { serial: 1, at: '2026-11-24T16:30:00.000Z' }]);
    expect((await producer.get(`/batches/${id}/scans?from=2026-11-25`)).body['items']).toHaveLength(1);
    expect((await producer.get(`/batches/${id}/scans?serial=1`)).body['items']).toHaveLength(1);
    expect((await producer.get(`/batches/${id}/scans?to=2026-11-24T16:31:00Z`)).body['items']).toHaveLength(1);
    const csv = (await producer.get(`/batches/${id}/scans.csv`)).bytes.toString('utf8').split('\n');
    expect(csv[0]).toBe('at,serial,province,verdict,counted');
    expect(csv[2]).toMatch(/^2026-11-24T16:30:00.000Z,1,/);
    for (const path of [`/batches/${id}/stats`, `/stats?batchId=${id}`, `/stats?lotId=${lotId}`]) {
      const stats = await producer.get(path);
      expect(stats.body).toMatchObject({
        by: 'day',
        items: [
          { key: '2026-11-24', scans: 1 },
          { key: '2026-11-25', scans: 1 },
        ],
        stampsScanned: 2,
        stamps: 10,
        batches: 1,
      });
    }
    expect((await producer.get(`/batches/${id}/stats?by=verdict`)).body['items']).toEqual([{ key: 'valid', scans: 2 }]);
    for (const other of [`lotId=${lotId}`, `productId=${CAST.productA2}`, `producerId=${CAST.producerA1}`]) {
      expect(problem(await producer.get(`/stats?batchId=${id}&${other}`))).toEqual({
        status: 400,
        code: 'invalid',
        at: ['batchId'],
      });
    }
    expect((await api.as('officeB').get(`/stats?lotId=${lotId}`)).body).toMatchObject({ batches: 0, items: [] });
    expect((await api.as('officeB').get(`/stats?batchId=${id}`)).status).toBe(404);
    expect(problem(await producer.get(`/batches/${id}/scans?from=2026-11-25&to=2026-11-24`))).toMatchObject({
      status: 400,
      at: ['to'],
    });
    expect(problem(await producer.get(`/batches/${id}/scans?after=zzz`))).toMatchObject({ status: 400, at: ['after'] });
    expect((await producer.get(`/batches/${id}/stamps/1`)).body).toMatchObject({
      scans: { count: 1, firstAt: '2026-11-24T16:30:00.000Z' },
    });
    expect((await producer.get(`/batches/${id}/stamps/11`)).status).toBe(404);
    expect((await producer.get(`/batches/${id}/stamps/0`)).status).toBe(400);
  });
});

describe('findings and complaints', () => {
  test('a finding sent twice is stored once; a producer reads it without names; another office’s stamp is absent', async () => {
    const { id } = await newBatch({ lotId: await newLot(), quantity: 10 });
    const inspector = api.as('inspectorA');
    const body = {
      code: await codeOf(id, 4),
      finding: 'tampered',
      note: 'tem rách',
      place: 'Chợ Đà Lạt',
      at: '2026-11-24T02:00:00+07:00',
      clientId: 'phone-1',
    };
    const first = await inspector.post('/inspections', body);
    expect(first).toMatchObject({
      status: 201,
      body: { serial: 4, batchId: id, at: '2026-11-23T19:00:00.000Z', by: 'key-inspectorA', photos: [] },
    });
    expect(await inspector.post('/inspections', { ...body, note: 'khác' })).toMatchObject({
      status: 200,
      body: first.body,
    });
    const key = { 'Idempotency-Key': 'sent-again' };
    expect((await inspector.post('/inspections', body, key)).body).toEqual(first.body);
    expect(problem(await inspector.post('/inspections', { ...body, note: null }, key))).toMatchObject({
      status: 409,
      code: 'request-key-reused',
    });
    expect((await producer.get(`/inspections/${String(first.body['id'])}`)).body).toMatchObject({
      note: 'tem rách',
      by: null,
      clientId: null,
    });
    expect((await producer.get(`/inspections?batchId=${id}`)).body['items']).toHaveLength(1);
    expect((await api.as('producerA2').get('/inspections')).body['items']).toEqual([]);
    expect((await producer.get(`/batches/${id}/stamps/4`)).body['findings']).toMatchObject([
      { finding: 'tampered', by: null },
    ]);
    for (const [name, code] of [
      ['inspectorB', body.code],
      ['inspectorA', `${id}ZZZZZZZZZZZZ`],
      ['inspectorA', 'x'],
    ] as const) {
      expect(problem(await api.as(name).post('/inspections', { ...body, code, clientId: null }))).toEqual({
        status: 400,
        code: 'absent-reference',
        at: ['code'],
      });
    }
    expect((await producer.post('/inspections', body)).status).toBe(403);
    expect(
      problem(await inspector.post('/inspections', { ...body, at: '2026-11-26T02:00:00Z', clientId: null })),
    ).toMatchObject({ status: 400, at: ['at'] });
  });

  test('photographs are added to a finding by whoever may record one, shrunk to WebP', async () => {
    const { id } = await newBatch({ lotId: await newLot(), quantity: 1 });
    const finding = await api.as('inspectorA').post('/inspections', { code: await codeOf(id, 1), finding: 'mismatch' });
    const path = `/inspections/${String(finding.body['id'])}/photos`;
    const body = await sharp({ create: { width: 1_600, height: 900, channels: 3, background: '#22406b' } })
      .png()
      .toBuffer();
    const send = (name: Name, bytes: Uint8Array): Promise<ApiAnswer> =>
      api.as(name).send({ method: 'POST', path, body: bytes, headers: { 'Content-Type': 'image/png' } });
    const added = await send('inspectorA', body);
    expect(added).toMatchObject({ status: 201, body: { version: 2, photos: [expect.any(String)] } });
    const file = await api.store.files.get(String((added.body['photos'] as string[])[0]));
    expect([file?.mediaType, (await sharp(file?.bytes).metadata()).width]).toEqual(['image/webp', 1_200]);
    expect(problem(await send('inspectorA', Buffer.from('no picture')))).toEqual({
      status: 400,
      code: 'invalid',
      at: ['photo'],
    });
    expect((await send('producerA1', body)).status).toBe(403);
    expect((await send('inspectorB', body)).status).toBe(404);
  });

  test('a finding’s photograph is for those who may read the finding, and for nobody by its public address', async () => {
    const { id } = await newBatch({ lotId: await newLot(), quantity: 1 });
    const findings = await Promise.all(
      [1, 2].map(() =>
        codeOf(id, 1).then((code) => api.as('inspectorA').post('/inspections', { code, finding: 'mismatch' })),
      ),
    );
    const [path = '', other = ''] = findings.map(({ body }) => `/inspections/${String(body['id'])}/photos`);
    const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#22406b' } })
      .png()
      .toBuffer();
    const added = await api
      .as('inspectorA')
      .send({ method: 'POST', path, body: picture, headers: { 'Content-Type': 'image/png' } });
    const photo = String((added.body['photos'] as string[])[0]);
    for (const name of ['inspectorA', 'officeA', 'producerA1', 'admin'] as const) {
      const seen = await api.as(name).get(`${path}/${photo}`);
      expect([name, seen.status, seen.headers.get('content-type'), seen.headers.get('cache-control')]).toEqual([
        name,
        200,
        'image/webp',
        'no-store',
      ]);
      expect((await sharp(seen.bytes).metadata()).width).toBe(8);
    }
    for (const name of ['inspectorB', 'officeB', 'producerA2', 'producerB1'] as const)
      expect([name, (await api.as(name).get(`${path}/${photo}`)).status]).toEqual([name, 404]);
    expect((await api.as('nobody').get(`${path}/${photo}`)).status).toBe(401);
    for (const absent of [`${path}/absent`, `${other}/${photo}`])
      expect((await api.as('inspectorA').get(absent)).status).toBe(404);
    expect((await fetch(`${api.address}/photos/${photo}`)).status).toBe(404);
  });

  test('a complaint is handled by the office under its version', async () => {
    const { fileComplaint, fileComplaintInput } = await import('../../../server/actions/market/file-complaint.ts');
    const { id } = await newBatch({ lotId: await newLot(), quantity: 10 });
    const complaint = fileComplaintInput.parse({ about: 'opened', message: 'Gói đã mở', contact: '0900 000 000' });
    const filed = await fileComplaint({ kind: 'public' }, { code: await codeOf(id, 2), complaint }, api.ctx);
    expect(filed).toMatchObject({
      ok: true,
      value: { created: true, value: { number: expect.stringMatching(/^K-[0-9A-Z]{6}$/) } },
    });
    expect(await fileComplaint({ kind: 'public' }, { code: `${id}000000000000`, complaint }, api.ctx)).toMatchObject({
      ok: false,
      problem: { code: 'not-found' },
    });
    const item = ((await office.get(`/complaints?batchId=${id}`)).body['items'] as Record<string, unknown>[])[0];
    expect(item).toMatchObject({ serial: 2, about: 'opened', contact: '0900 000 000', state: 'new' });
    const path = `/complaints/${String(item?.['id'])}`;
    expect((await producer.get(path)).body).toMatchObject({ message: 'Gói đã mở', contact: null });
    expect((await producer.patch(path, 1, { state: 'closed' })).status).toBe(403);
    expect(await api.as('inspectorA').patch(path, 1, { state: 'looking', note: 'đã gọi' })).toMatchObject({
      status: 200,
      body: { state: 'looking', note: 'đã gọi', version: 2 },
    });
    expect((await office.patch(path, 1, { state: 'closed' })).status).toBe(412);
    expect((await api.as('officeB').get(path)).status).toBe(404);
  });
});

describe('accounts', () => {
  const password = 'mật khẩu đủ dài';

  test('an office makes accounts of its own; only an admin makes an admin or another office’s', async () => {
    const made = await office.post('/users', { role: 'inspector', login: 'Thanh.Tra', name: 'Thanh tra', password });
    expect(made).toMatchObject({
      status: 201,
      body: { login: 'thanh.tra', officeId: CAST.officeA, producerId: null, disabledAt: null },
    });
    expect(made.bytes.toString('utf8')).not.toMatch(/argon2|mật khẩu/);
    expect(problem(await office.post('/users', { role: 'office', login: 'thanh.tra', name: 'x', password }))).toEqual({
      status: 409,
      code: 'taken',
      at: ['login'],
    });
    expect((await office.post('/users', { role: 'admin', login: 'root', name: 'x', password })).status).toBe(403);
    expect(
      problem(
        await office.post('/users', { role: 'office', officeId: CAST.officeB, login: 'other', name: 'x', password }),
      ),
    ).toMatchObject({ status: 400, at: ['officeId'] });
    expect(
      problem(
        await office.post('/users', {
          role: 'producer',
          producerId: CAST.producerB1,
          login: 'other',
          name: 'x',
          password,
        }),
      ),
    ).toMatchObject({ status: 400, at: ['producerId'] });
    expect(
      problem(await office.post('/users', { role: 'office', login: 'short', name: 'x', password: '11 letters!' })),
    ).toMatchObject({ status: 400, at: ['password'] });
    expect((await api.as('officeB').get(`/users/${String(made.body['id'])}`)).status).toBe(404);
    expect((await api.as('admin').post('/users', { role: 'admin', login: 'root', name: 'x', password })).status).toBe(
      201,
    );
    expect(await office.patch(`/users/${String(made.body['id'])}`, 1, { disabled: true })).toMatchObject({
      status: 200,
      body: { disabledAt: MADE_AT },
    });
  });

  test('a session that is used at the very moment its account gets a new password ends all the same', async () => {
    const made = await office.post('/users', {
      role: 'inspector',
      login: 'used-now',
      name: 'x',
      password: 'correct horse battery',
    });
    const user = await api.store.users.get(String(made.body['id']));
    if (user === null) throw new Error('no such account');
    const begun = await beginSession(user, null, api.ctx);
    if (!begun.ok) throw new Error(begun.problem.code);
    const { token } = begun.value;
    api.setNow(new Date(Date.parse(MADE_AT) + 2 * 3_600_000).toISOString());
    const { sessions } = api.store;
    const uses: unknown[] = [];
    const usedMeanwhile: typeof sessions = Object.assign(Object.create(sessions) as typeof sessions, {
      replace: async (...change: Parameters<typeof sessions.replace>) => {
        if (uses.length === 0) uses.push(await identifySession(token, api.ctx)); // notes its use, so it is another version now
        return sessions.replace(...change);
      },
    });
    const store: typeof api.store = Object.assign(Object.create(api.store) as typeof api.store, {
      sessions: usedMeanwhile,
    });
    const change = { id: user.id, version: 1, change: { password: 'another horse battery' } };
    expect(await changeUser(api.actor('officeA'), change, { ...api.ctx, store })).toMatchObject({ ok: true });
    expect(uses).toMatchObject([{ kind: 'person', role: 'inspector' }]);
    expect(await identifySession(token, api.ctx)).toBeNull();
  });

  test('who signs in with the old password while it is changed is not signed in after', async () => {
    const [old, fresh] = ['correct horse battery', 'another horse battery'];
    const made = await office.post('/users', { role: 'inspector', login: 'changed-now', name: 'x', password: old });
    const id = String(made.body['id']);
    const { users, sessions } = api.store;
    const withStore = (parts: Partial<typeof api.store>): typeof api.ctx => ({
      ...api.ctx,
      store: Object.assign(Object.create(api.store) as typeof api.store, parts),
    });
    const change = async (password: string, ctx = api.ctx): Promise<void> => {
      const version = (await users.get(id))?.version ?? 0;
      expect(await changeUser(api.actor('officeA'), { id, version, change: { password } }, ctx)).toMatchObject({
        ok: true,
      });
    };

    // The password was right when it was checked, and is another once the session is kept.
    const lateSessions: typeof sessions = Object.assign(Object.create(sessions) as typeof sessions, {
      insert: async (...session: Parameters<typeof sessions.insert>) => {
        await change(fresh);
        return sessions.insert(...session);
      },
    });
    expect(await signIn({ login: 'changed-now', password: old }, withStore({ sessions: lateSessions }))).toMatchObject({
      ok: false,
      problem: { code: 'not-signed-in' },
    });

    // The session is kept after the account's sessions were ended, and before the new password is.
    const begun: Awaited<ReturnType<typeof signIn>>[] = [];
    const lateUsers: typeof users = Object.assign(Object.create(users) as typeof users, {
      replace: async (...user: Parameters<typeof users.replace>) => {
        begun.push(await signIn({ login: 'changed-now', password: fresh }, api.ctx));
        return users.replace(...user);
      },
    });
    await change(old, withStore({ users: lateUsers }));
    expect(begun).toMatchObject([{ ok: true, value: { kind: 'signed-in' } }]);
    const open = (await sessions.list({ userId: id }, { limit: 10, after: null })).items.filter(
      ({ revokedAt }) => revokedAt === null,
    );
    expect(open).toEqual([]);
  });

  test('a key works until it is revoked, is shown once, and is kept only as a hash', async () => {
    const headers = { 'Idempotency-Key': 'key-once' };
    const body = { role: 'producer', producerId: CAST.producerA1, name: 'ERP' };
    const made = await office.post('/keys', body, headers);
    expect(made.status).toBe(201);
    const key = String(made.body['key']);
    expect(key).toMatch(/^tem_[A-Za-z0-9_-]{43}$/);
    expect((await office.post('/keys', body, headers)).body).toEqual({ ...made.body, key: null });
    const use = (): Promise<Response> =>
      fetch(`${api.address}/api/v1/batches`, { headers: { Authorization: `Bearer ${key}` } });
    expect((await use()).status).toBe(200);
    expect(JSON.stringify((await office.get('/keys')).body)).not.toContain(key);
    const path = `/keys/${String(made.body['id'])}/revoke`;
    expect((await api.as('officeB').send({ method: 'POST', path })).status).toBe(404);
    expect(await office.send({ method: 'POST', path })).toMatchObject({ status: 200, body: { revokedAt: MADE_AT } });
    expect((await use()).status).toBe(401);
    expect((await office.send({ method: 'POST', path })).status).toBe(200);
  });

  test('the log is listed by entity and period, an office its own lines', async () => {
    const { id } = await newBatch({ lotId: await newLot(), quantity: 3 });
    const lines = (await office.get(`/audit?entity=batch:${id}`)).body['items'];
    expect(lines).toMatchObject([{ action: 'issue-batch', officeId: CAST.officeA, values: { quantity: 3 } }]);
    expect((await api.as('officeB').get(`/audit?entity=batch:${id}`)).body['items']).toEqual([]);
    expect((await office.get('/audit?entity=batch&to=2026-11-23')).body['items']).toEqual([]);
    expect((await office.get('/audit?entity=batch&from=2026-11-24&limit=1')).body['items']).toHaveLength(1);
    expect(problem(await office.get('/audit?entity=*'))).toMatchObject({ status: 400, at: ['entity'] });
    expect((await office.get('/audit?from=9999-12-31')).status).toBe(400);
  });
});

test('nothing that was asked of this half ended in a fault of ours', () => {
  expect(api.logged).toEqual([]);
});
