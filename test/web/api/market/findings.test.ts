// Findings of inspectors and complaints of buyers over the API.

import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { batchDesk } from '../../../fixtures/api-batches.ts';
import { problem } from '../../../fixtures/api-problems.ts';
import { testApi, type ApiAnswer, type Name } from '../../../fixtures/api.ts';
import { request } from '../../../fixtures/request.ts';

const api = testApi();
const { office, producer, newLot, newBatch, codeOf } = batchDesk(api);

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
    expect((await request(`${api.address}/photos/${photo}`)).status).toBe(404);
  });

  test('a complaint is handled by the office under its version', async () => {
    const { fileComplaint, fileComplaintInput } = await import('../../../../server/actions/market/file-complaint.ts');
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
    expect((await office.patch(path, 2, { state: 'closed', note: null })).body).toMatchObject({
      errors: [{ path: ['note'], code: 'required' }],
    });
    expect((await office.patch(path, 2, { state: 'closed' })).status).toBe(200);
    expect((await api.as('officeB').get(path)).status).toBe(404);
  });
});
