// Printed means that a file exists: streams that end and streams that are cut, jobs that are done, cancelled or failed,
// and who is warned of a recall.

import { request as ask } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { problem } from '../../../fixtures/api-problems.ts';
import { CAST, clientIn, testApi } from '../../../fixtures/api.ts';
import { endOfPrintJob } from '../../../fixtures/print-jobs.ts';
import { until } from '../../../fixtures/until.ts';

const api = testApi();
const office = clientIn(api, 'officeA');
const producer = clientIn(api, 'producerA1');
let lots = 0;

async function newBatch(quantity: number): Promise<string> {
  lots += 1;
  const lot = { productId: CAST.productA1, lot: `PR-${lots}`, producedOn: null, expiresOn: null };
  const made = await producer.post('/batches', { ...lot, quantity });
  expect(made.status).toBe(201);
  return String(made.body['id']);
}

async function printedOf(batchId: string): Promise<unknown> {
  return (await office.get(`/batches/${batchId}`)).body['printed'];
}

async function newJob(batchId: string, fields: object = {}): Promise<string> {
  const made = await producer.post('/print-jobs', { batchId, template: 'a4-65', ...fields });
  expect(made.status).toBe(201);
  return String(made.body['id']);
}

describe('a job', () => {
  test('counts nowhere while it waits; done, its stamps are printed', async () => {
    const batchId = await newBatch(70);
    const jobId = await newJob(batchId);
    expect(await printedOf(batchId)).toEqual([]);
    const ledger = await office.get(`/producers/${CAST.producerA1}/ledger`);
    expect(JSON.stringify(ledger.body)).toContain('"printed":0');
    expect((await endOfPrintJob(api, jobId))?.state).toBe('done');
    expect(await printedOf(batchId)).toEqual([{ from: 1, to: 70 }]);
  });

  test('asks for a reason where another one is making the same stamps', async () => {
    const batchId = await newBatch(70);
    await newJob(batchId);
    const other = await producer.post('/print-jobs', { batchId, template: 'a4-40' });
    expect(problem(other)).toMatchObject({ status: 409, code: 'reprint-reason-needed' });
    expect((await producer.post('/print-jobs', { batchId, template: 'a4-65' })).status).toBe(201);
  });

  test('that is cancelled leaves nothing printed, says what it leaves behind, and voids it in the same step', async () => {
    const batchId = await newBatch(70);
    const jobId = await newJob(batchId, { from: 1, to: 60 });
    const cancelled = await producer.post(`/print-jobs/${jobId}/cancel`, undefined);
    const left = { intervals: [{ from: 1, to: 60 }], stamps: 60, active: 60 };
    expect(cancelled).toMatchObject({ status: 200, body: { state: 'cancelled', left, voided: 0 } });
    expect(await printedOf(batchId)).toEqual([]);
    // Other parameters, but there is no paper yet, so no reason is asked for.
    const second = await newJob(batchId, { from: 1, to: 70 });
    const voided = await producer.post(`/print-jobs/${second}/cancel`, { void: true });
    expect(voided).toMatchObject({ body: { left: { intervals: [], stamps: 0, active: 0 }, voided: 70 } });
    const { body } = await office.get(`/batches/${batchId}`);
    expect(body['voids']).toMatchObject([{ from: 1, to: 70, reason: 'surplus' }]);
    expect(await producer.post(`/print-jobs/${second}/cancel`, { void: true })).toMatchObject({ body: { voided: 0 } });
  });

  test('that was cancelled prints the words of the day when it is asked for again', async () => {
    const batchId = await newBatch(5);
    const jobId = await newJob(batchId);
    await producer.post(`/print-jobs/${jobId}/cancel`, {});
    const product = await office.get(`/products/${CAST.productA1}`);
    const renamed = { name: 'Cà phê tên mới' };
    expect((await office.patch(`/products/${CAST.productA1}`, product.body['version'], renamed)).status).toBe(200);
    const again = await newJob(batchId);
    await endOfPrintJob(api, again);
    const file = await producer.get(`/print-jobs/${again}/files/1`);
    expect(file.headers.get('Content-Disposition')).toContain('tem-ca-phe-ten-moi-');
    const version = (await office.get(`/products/${CAST.productA1}`)).body['version'];
    await office.patch(`/products/${CAST.productA1}`, version, { name: product.body['name'] });
  });

  test('whose stamps were partly voided gives out no file that holds them', async () => {
    const batchId = await newBatch(70);
    const jobId = await newJob(batchId);
    await endOfPrintJob(api, jobId);
    await office.post(`/batches/${batchId}/voids`, { from: 10, to: 12, reason: 'spoiled' });
    expect(problem(await producer.get(`/print-jobs/${jobId}/files/1`))).toMatchObject({
      status: 409,
      code: 'void-serials',
    });
    expect(problem(await producer.get(`/batches/${batchId}/sheet.pdf?template=a4-65`))).toMatchObject({
      code: 'void-serials',
    });
  });

  test.each(['zpl', 'tspl'] as const)('of labels in %s is read back and fetched like a sheet', async (output) => {
    const batchId = await newBatch(7);
    const jobId = await newJob(batchId, { template: 'roll-50x30', output, dpi: 203 });
    expect(await endOfPrintJob(api, jobId)).toMatchObject({ state: 'done', readBack: { checked: 7, matched: 7 } });
    expect(await printedOf(batchId)).toEqual([{ from: 1, to: 7 }]);
    const file = await producer.get(`/print-jobs/${jobId}/files/1`);
    expect(file.headers.get('Content-Disposition')).toMatch(new RegExp(`-1-7\\.${output}"$`));
    const streamed = await producer.get(`/batches/${batchId}/labels.${output}?template=roll-50x30`);
    expect(file.bytes.equals(streamed.bytes)).toBe(true);
  });

  test('of labels begins where the roll is, and a PDF has no dots', async () => {
    const batchId = await newBatch(7);
    const bad = { batchId, template: 'roll-50x30' };
    expect(problem(await producer.post('/print-jobs', { ...bad, dpi: 300 })).at).toEqual(['dpi']);
    const skipped = await producer.post('/print-jobs', { ...bad, template: 'roll-35x22', output: 'zpl', skip: 1 });
    expect(problem(skipped).at).toEqual(['skip']);
  });
});

describe('a stream', () => {
  test('counts when its last byte was sent', async () => {
    const batchId = await newBatch(70);
    const path = `/batches/${batchId}/sheet.pdf?template=a4-65`;
    const first = await producer.get(path);
    expect(first.status).toBe(200);
    expect(await printedOf(batchId)).toEqual([{ from: 1, to: 70 }]);
    expect((await producer.get(path)).bytes.equals(first.bytes)).toBe(true);
  });

  test('that the caller cuts leaves nothing printed', async () => {
    const batchId = await newBatch(200_000);
    const url = new URL(`${api.address}/api/v1/batches/${batchId}/sheet.pdf?template=a4-65`);
    const key = api.keyOf('producerA1');
    await new Promise<void>((resolve, reject) => {
      const call = ask(url, { headers: { Authorization: `Bearer ${key}` } }, (answer) => {
        answer.once('data', () => {
          call.destroy();
          resolve();
        });
      });
      call.on('error', reject);
      call.end();
    });
    await until(
      async () => (await api.store.printRuns.list({ batchId }, { limit: 1, after: null })).items.length === 1,
    );
    const [run] = (await api.store.printRuns.list({ batchId }, { limit: 1, after: null })).items;
    expect(run?.madeAt).toBeNull();
    expect(await printedOf(batchId)).toEqual([]);
    // There is no paper, so no reason is asked for.
    expect((await producer.get(`/batches/${batchId}/sheet.pdf?template=a4-40&to=40`)).status).toBe(200);
  });
});

describe('a recall', () => {
  test('of the lot or product is said before stamps are issued or printed, unless the caller knows', async () => {
    const batchId = await newBatch(5);
    const { lotId } = (await office.get(`/batches/${batchId}`)).body;
    const recall = await office.post('/recalls', { lotId, reason: 'Thử', advice: 'Thử' });
    expect(recall.status).toBe(201);
    const known = { acknowledge: ['recalled'] };
    const refused = { status: 409, code: 'recalled' };
    expect(problem(await producer.post('/batches', { lotId, quantity: 5 }))).toMatchObject(refused);
    expect((await producer.post('/batches', { lotId, quantity: 5, ...known })).status).toBe(201);
    const job = { batchId, template: 'a4-65' };
    expect(problem(await producer.post('/print-jobs', job))).toMatchObject(refused);
    expect((await producer.post('/print-jobs', { ...job, ...known })).status).toBe(201);
    const sheet = `/batches/${batchId}/sheet.pdf?template=a4-65`;
    expect(problem(await producer.get(sheet))).toMatchObject(refused);
    expect((await producer.get(`${sheet}&acknowledge=recalled`)).status).toBe(200);
    expect((await producer.get(`${sheet}&acknowledge=else`)).status).toBe(400);
    await office.post(`/recalls/${String(recall.body['id'])}/withdraw`, { note: 'Thử' });
    expect((await producer.get(sheet)).status).toBe(200);
  });
});

test.each(['Bánh muffin chuối', 'Cà phê filter'])('%s is printed: shared/cases/name-with-fi.json', async (name) => {
  const product = await office.post('/products', {
    producerId: CAST.producerA1,
    name,
    group: 'food',
    productSet: 8,
    origin: { commune: 'X', province: 'Lâm Đồng', detail: null },
    unit: 'gói',
  });
  expect(product.status).toBe(201);
  const lot = { productId: product.body['id'], lot: 'L-1', producedOn: '2026-11-24', expiresOn: '2026-12-24' };
  const batch = await producer.post('/batches', { ...lot, quantity: 70 });
  const batchId = String(batch.body['id']);
  const sheet = await producer.get(`/batches/${batchId}/sheet.pdf?template=a4-65`);
  expect([sheet.status, sheet.headers.get('Content-Type')]).toEqual([200, 'application/pdf']);
  const jobId = await newJob(batchId, { from: 1, to: 70 });
  expect((await endOfPrintJob(api, jobId))?.state).toBe('done');
});
