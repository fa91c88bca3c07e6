// The life of issued stamps over the API: rights, activation, voids, displays and notes.

import { describe, expect, test } from '@jest/globals';
import { saveNew } from '../../../../server/actions/kit/save.ts';
import { batchDesk } from '../../../fixtures/api-batches.ts';
import { problem } from '../../../fixtures/api-problems.ts';
import { CAST, testApi, type ApiAnswer, type Name } from '../../../fixtures/api.ts';
import { aLot } from '../../../fixtures/records/batches.ts';
import { MADE_AT } from '../../../fixtures/records/cast.ts';

const api = testApi();
const { office, producer, newLot, newBatch, codeOf, scan } = batchDesk(api);

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
    // A line says what one change did, never the whole lists: a batch with thousands of intervals must not write
    // megabytes each time.
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
