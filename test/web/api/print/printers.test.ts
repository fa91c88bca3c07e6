// Printers and labels of a roll over the API.

import { describe, expect, test } from '@jest/globals';
import { problem } from '../../../fixtures/api-problems.ts';
import { CAST, clientIn, testApi, type ApiAnswer } from '../../../fixtures/api.ts';
import { MADE_AT } from '../../../fixtures/records/cast.ts';

const api = testApi();
const office = clientIn(api, 'officeA');
const producer = clientIn(api, 'producerA1');
let lots = 0;

async function newBatch(quantity: number, fields: object = {}): Promise<string> {
  lots += 1;
  const lot = await producer.post('/lots', { productId: CAST.productA1, number: `L-${lots}` });
  const made = await producer.post('/batches', { lotId: lot.body['id'], quantity, ...fields });
  expect(made.status).toBe(201);
  return String(made.body['id']);
}

describe('printers', () => {
  const LASER = { name: 'Máy in kho', offsetX: 0.4, offsetY: -0.3, scaleX: 1.002, scaleY: 0.998 };

  test('are kept under a name of one’s own, and measured anew against their version', async () => {
    const made = await producer.put('/printers/laser', null, LASER);
    expect(made).toMatchObject({
      status: 201,
      body: { id: 'laser', version: 1, producerId: CAST.producerA1, officeId: CAST.officeA, ...LASER },
    });
    expect((await producer.get('/printers/laser')).body).toEqual(made.body);
    expect(problem(await producer.put('/printers/laser', null, LASER))).toMatchObject({
      status: 428,
      code: 'version-missing',
    });
    expect(problem(await producer.put('/printers/laser', 7, LASER))).toMatchObject({ status: 412 });
    expect(await producer.put('/printers/laser', 1, { name: 'Máy in kho' })).toMatchObject({
      status: 200,
      body: { version: 2, offsetX: 0, scaleX: 1 },
    });
    expect(problem(await producer.put('/printers/none', 3, LASER))).toMatchObject({ status: 412 });
    expect((await producer.get('/printers')).body['items']).toMatchObject([{ id: 'laser', version: 2 }]);
  });

  test('of the same name of two keepers are two, and neither knows of the other’s', async () => {
    const neighbour = api.as('producerA2');
    expect((await neighbour.get('/printers/laser')).status).toBe(404);
    expect((await neighbour.get(`/printers/${CAST.producerA1}.laser`)).body).toEqual(
      (await neighbour.get(`/printers/${CAST.producerA2}.none`)).body,
    );
    expect((await neighbour.put('/printers/laser', null, { name: 'Của A2' })).status).toBe(201);
    for (const id of [`${CAST.producerA1}.laser`, `${CAST.producerA1}.none`])
      expect(problem(await neighbour.put(`/printers/${id}`, null, LASER))).toMatchObject({ status: 404 });
    expect((await office.put('/printers/laser', null, { name: 'Của văn phòng' })).status).toBe(201);
    const seen = await office.get('/printers');
    expect((seen.body['items'] as { id: string }[]).map(({ id }) => id)).toEqual(
      expect.arrayContaining(['laser', `${CAST.producerA1}.laser`, `${CAST.producerA2}.laser`]),
    );
    expect((await office.get(`/printers/${CAST.producerA1}.laser`)).body).toMatchObject({
      producerId: CAST.producerA1,
    });
    expect((await office.get(`/printers?producerId=${CAST.producerA2}`)).body['items']).toMatchObject([
      { name: 'Của A2' },
    ]);
    expect((await api.as('officeB').get('/printers')).body['items']).toEqual([]);
    expect((await api.as('officeB').get(`/printers/${CAST.producerA1}.laser`)).status).toBe(404);
  });

  test('an admin keeps those of an office it names, and sees all', async () => {
    const admin = api.as('admin');
    expect(problem(await admin.put('/printers/office-laser', null, LASER))).toMatchObject({
      status: 400,
      at: ['officeId'],
    });
    expect(problem(await admin.put('/printers/office-laser', null, { ...LASER, officeId: 'nobody' }))).toMatchObject({
      status: 400,
      at: ['officeId'],
    });
    const made = await admin.put('/printers/office-laser', null, { ...LASER, officeId: CAST.officeB });
    expect(made.status).toBe(201);
    expect((await admin.get(`/printers/${CAST.officeB}.office-laser`)).status).toBe(200);
    expect((await api.as('officeB').get('/printers/office-laser')).status).toBe(200);
  });

  test.each<[string, object, string]>([
    ['finer than a tenth', { ...LASER, offsetX: 0.05 }, 'offsetX'],
    ['farther than a centimetre', { ...LASER, offsetY: 10.1 }, 'offsetY'],
    ['stretched by more than a twentieth', { ...LASER, scaleX: 1.06 }, 'scaleX'],
    ['without a name', { offsetX: 1 }, 'name'],
  ])('%s are refused', async (_, body, at) => {
    expect(problem(await producer.put('/printers/bad', null, body))).toEqual({
      status: 400,
      code: 'invalid',
      at: [at],
    });
  });

  test('named as no address can be, or by who may not, are refused', async () => {
    expect(problem(await producer.put('/printers/M%C3%A1y', null, LASER))).toMatchObject({ status: 400, at: ['id'] });
    expect((await api.as('inspectorA').put('/printers/laser', null, LASER)).status).toBe(403);
    expect((await api.as('inspectorA').get('/printers')).status).toBe(403);
    expect((await api.as('nobody').get('/printers')).status).toBe(401);
  });

  test('are what a sheet and a job are drawn for; not beside offsets, and not another’s', async () => {
    await producer.put('/printers/nudged', null, { name: 'Lệch', offsetX: 0.4, offsetY: -0.3 });
    const batchId = await newBatch(5);
    const byName = await producer.get(`/batches/${batchId}/sheet.pdf?template=a4-65&printer=nudged`);
    expect(byName.status).toBe(200);
    const byOffsets = await producer.get(`/batches/${batchId}/sheet.pdf?template=a4-65&offsetX=0.4&offsetY=-0.3`);
    expect(byOffsets.bytes.equals(byName.bytes)).toBe(true);
    expect(
      (await office.post('/print-jobs', { batchId, template: 'a4-65', printer: `${CAST.producerA1}.nudged` })).status,
    ).toBe(201);
    expect(
      problem(await producer.get(`/batches/${batchId}/sheet.pdf?template=a4-65&printer=nudged&offsetX=0`)),
    ).toEqual({ status: 400, code: 'invalid', at: ['printer'] });
    for (const printer of ['nobody', `${CAST.producerA2}.laser`]) {
      expect(problem(await producer.get(`/batches/${batchId}/sheet.pdf?template=a4-65&printer=${printer}`))).toEqual({
        status: 400,
        code: 'absent-reference',
        at: ['printer'],
      });
    }
  });
});

describe('labels of a roll', () => {
  test.each(['zpl', 'tspl'])(
    'in %s are a print run of their own: the same again to the byte, others ask why',
    async (language) => {
      const batchId = await newBatch(20);
      const labels = (query: string): Promise<ApiAnswer> =>
        producer.get(`/batches/${batchId}/labels.${language}?template=roll-50x30${query}`);
      const first = await labels('&from=1&to=10');
      expect(first.status).toBe(200);
      expect(first.headers.get('Content-Disposition')).toEqual(
        expect.stringMatching(new RegExp(`filename="tem-ca-phe-product-a1-l-\\d+-1-10\\.${language}"`)),
      );
      expect(first.bytes.toString('latin1').split(language === 'zpl' ? '^XA' : 'PRINT 1,1')).toHaveLength(11);
      api.setNow(new Date(Date.parse(MADE_AT) + 60_000).toISOString());
      expect((await labels('&from=1&to=10&dpi=203')).bytes.equals(first.bytes)).toBe(true);
      api.setNow(MADE_AT);
      for (const other of ['&from=1&to=10&dpi=300', '&from=5&to=12'])
        expect(problem(await labels(other))).toMatchObject({ status: 409, code: 'reprint-reason-needed' });
      expect((await labels('&from=1&to=10&dpi=300&reprintReason=m%C3%A1y+kh%C3%A1c')).status).toBe(200);
      const sheet = await producer.get(`/batches/${batchId}/sheet.pdf?template=roll-50x30&from=1&to=10`);
      expect(problem(sheet)).toMatchObject({ status: 409, code: 'reprint-reason-needed' });
      const { items } = await api.store.printRuns.list({ batchId }, { limit: 10, after: null });
      expect(items.map(({ output, dpi }) => `${output} ${dpi}`).toSorted()).toEqual([
        `${language} 203`,
        `${language} 300`,
      ]);
      expect((await producer.get(`/batches/${batchId}`)).body['printed']).toEqual([{ from: 1, to: 10 }]);
    },
  );

  test.each([
    ['a sheet', '?template=a4-65', 'template'],
    ['an unknown template', '?template=nowhere', 'template'],
    ['another pitch of dots', '?template=roll-50x30&dpi=600', 'dpi'],
    ['places to leave out', '?template=roll-50x30&skip=1', 'skip'],
    ['a serial past the last', '?template=roll-50x30&to=99', 'to'],
  ])('refuse %s', async (_, query, at) => {
    const batchId = await newBatch(10);
    expect(problem(await producer.get(`/batches/${batchId}/labels.zpl${query}`))).toEqual({
      status: 400,
      code: 'invalid',
      at: [at],
    });
  });

  test('are not an inspector’s, and not there for strangers', async () => {
    const batchId = await newBatch(5);
    expect((await api.as('inspectorA').get(`/batches/${batchId}/labels.zpl?template=roll-50x30`)).status).toBe(403);
    for (const name of ['producerA2', 'officeB'] as const)
      expect((await api.as(name).get(`/batches/${batchId}/labels.zpl?template=roll-50x30`)).status).toBe(404);
    expect(
      (await producer.send({ method: 'HEAD', path: `/batches/${batchId}/labels.zpl?template=roll-50x30` })).status,
    ).toBe(405);
  });
});
