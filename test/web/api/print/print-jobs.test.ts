// Print jobs over the API: rights, refusals, and a job from its request to its files.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { saveNew } from '../../../../server/actions/kit/save.ts';
import { handToShop, takeShopFile } from '../../../../server/actions/print/shop-link/hand-to-shop.ts';
import { jobFolder, partPath } from '../../../../server/actions/print/job-files.ts';
import { OPEN_JOBS_MAX } from '../../../../server/actions/print/make-print-job.ts';
import { cleanJobFiles } from '../../../../server/jobs/job-file-cleanup.ts';
import { problem } from '../../../fixtures/api-problems.ts';
import { CAST, clientIn, testApi, type ApiAnswer, DISK_RESERVE_BYTES } from '../../../fixtures/api.ts';
import { endOfPrintJob } from '../../../fixtures/print-jobs.ts';
import { MADE_AT } from '../../../fixtures/records/cast.ts';
import { aCertificate } from '../../../fixtures/records/registry.ts';

const api = testApi();
const office = clientIn(api, 'officeA');
const producer = clientIn(api, 'producerA1');
let lots = 0;

const DAY_MS = 86_400_000;

async function newBatch(quantity: number, fields: object = {}): Promise<string> {
  lots += 1;
  const lot = await producer.post('/lots', { productId: CAST.productA1, number: `L-${lots}` });
  const made = await producer.post('/batches', { lotId: lot.body['id'], quantity, ...fields });
  expect(made.status).toBe(201);
  return String(made.body['id']);
}

/** The job as the API shows it after the runner has ended it. */
async function ended(id: unknown): Promise<ApiAnswer['body']> {
  await endOfPrintJob(api, String(id));
  return (await office.get(`/print-jobs/${String(id)}`)).body;
}

describe('a print job', () => {
  test('waits, is made, read back and fetched; its file is sheet.pdf to the byte', async () => {
    const batchId = await newBatch(200);
    const made = await producer.post('/print-jobs', { batchId, template: 'a4-65', from: 1, to: 150, skip: 3 });
    expect(made.status).toBe(201);
    const { id } = made.body;
    expect(made.body).toMatchObject({
      batchId,
      template: 'a4-65',
      from: 1,
      to: 150,
      skip: 3,
      state: 'waiting',
      done: 0,
      total: 150,
      parts: 1,
      files: [],
      readBack: { checked: 0, matched: 0 },
      failure: null,
    });
    expect(problem(await producer.get(`/print-jobs/${String(id)}/files/1`))).toMatchObject({
      status: 409,
      code: 'print-job-not-done',
    });

    const job = await ended(id);
    expect(job).toMatchObject({
      state: 'done',
      done: 150,
      total: 150,
      parts: 1,
      readBack: { checked: 150, matched: 150 },
      failure: null,
      endedAt: MADE_AT,
    });
    const file = await producer.get(`/print-jobs/${String(id)}/files/1`);
    expect(file.status).toBe(200);
    expect(file.headers.get('Content-Type')).toBe('application/pdf');
    expect(file.headers.get('Content-Disposition')).toBe('attachment; filename="tem-ca-phe-product-a1-l-1-1-150.pdf"');
    expect(Number(file.headers.get('Content-Length'))).toBe(file.bytes.length);
    const sheet = await producer.get(`/batches/${batchId}/sheet.pdf?template=a4-65&from=1&to=150&skip=3`);
    expect(file.bytes.equals(sheet.bytes)).toBe(true);
    expect(job['files']).toEqual([
      {
        part: 1,
        from: 1,
        to: 150,
        bytes: file.bytes.length,
        sha256: createHash('sha256').update(file.bytes).digest('hex'),
      },
    ]);
    expect((await producer.get(`/print-jobs/${String(id)}/files/2`)).status).toBe(404);
    expect((await producer.get(`/print-jobs/${String(id)}/files/0`)).status).toBe(400);

    const lines = await office.get(`/audit?entity=print-job:${String(id)}`);
    const actions = (lines.body['items'] as { action: string; actor: string }[]).map(({ action }) => action);
    expect(actions).toEqual([
      'make-print-job',
      'begin-print-job',
      'finish-print-part',
      'finish-print-job',
      'take-print-file',
    ]);
  });

  test('of a batch is made once for one request key, and again without', async () => {
    const batchId = await newBatch(10);
    const body = { batchId, template: 'a4-65' };
    const key = { 'Idempotency-Key': 'print-1' };
    const twice = await Promise.all([producer.post('/print-jobs', body, key), producer.post('/print-jobs', body, key)]);
    expect(twice.map(({ status }) => status)).toEqual([201, 201]);
    expect(twice[0]?.body['id']).toBe(twice[1]?.body['id']);
    expect(problem(await producer.post('/print-jobs', { ...body, skip: 1 }, key))).toMatchObject({
      status: 409,
      code: 'request-key-reused',
    });
    const other = await producer.post('/print-jobs', body);
    expect(other.body['id']).not.toBe(twice[0]?.body['id']);
    expect((await api.store.printRuns.list({ batchId }, { limit: 5, after: null })).items).toHaveLength(1);
  });

  test('keeps to the sheet’s rules: reprints ask why, void serials and lapsed certificates are refused', async () => {
    const batchId = await newBatch(100);
    expect((await producer.get(`/batches/${batchId}/sheet.pdf?template=a4-65&from=1&to=50`)).status).toBe(200);
    expect(problem(await producer.post('/print-jobs', { batchId, template: 'a4-65', from: 40, to: 60 }))).toMatchObject(
      { status: 409, code: 'reprint-reason-needed' },
    );
    expect((await producer.post('/print-jobs', { batchId, template: 'a4-65', from: 1, to: 50 })).status).toBe(201);
    expect(
      (await producer.post('/print-jobs', { batchId, template: 'a4-65', from: 40, to: 60, reprintReason: 'mực nhạt' }))
        .status,
    ).toBe(201);
    await producer.post(`/batches/${batchId}/voids`, { from: 90, to: 91, reason: 'lost' });
    expect(problem(await producer.post('/print-jobs', { batchId, template: 'a4-65', from: 80, to: 95 }))).toMatchObject(
      { status: 409, code: 'void-serials' },
    );
  });

  test('that the office printed with PINs is nothing to its producer: not as the same sheet again, not as its files, not by a print shop', async () => {
    const batchId = await newBatch(5, { pin: true });
    const asked = { batchId, template: 'a4-21-pin' };
    const { id } = (await office.post('/print-jobs', asked)).body;
    expect(await ended(id)).toMatchObject({ state: 'done' });
    const path = `/print-jobs/${String(id)}/files/1`;
    const sheet = `/batches/${batchId}/sheet.pdf?template=a4-21-pin`;
    for (const refused of [
      await producer.get(path),
      await producer.get(sheet),
      await producer.post('/print-jobs', asked),
    ])
      expect(problem(refused)).toMatchObject({ status: 403, code: 'not-allowed' });
    const hand = { id: String(id), hand: { shop: 'Nhà in' } };
    expect(await handToShop(api.actor('producerA1'), hand, api.ctx)).toMatchObject({
      ok: false,
      problem: { code: 'not-allowed' },
    });
    const link = await handToShop(api.actor('officeA'), hand, api.ctx);
    if (!link.ok || link.value.kind === 'waiting') throw new Error('no link');
    const taken = await takeShopFile(link.value.value.token ?? '', 1, api.ctx);
    if (!taken.ok) throw new Error(taken.problem.code);
    const bytes = Buffer.concat(await taken.value.source.toArray());
    expect(bytes.equals((await office.get(path)).bytes)).toBe(true);
  });

  test('whose stars lapsed is offered no more', async () => {
    const certificate = aCertificate({
      officeId: CAST.officeA,
      producerId: CAST.producerA1,
      productId: CAST.productA1,
      issuedOn: '2023-11-25',
      expiresOn: '2026-11-24',
      number: 'OCOP-P',
    });
    await saveNew(api.ctx, api.actor('admin'), {
      collection: 'certificates',
      doc: certificate,
      action: 'make-certificate',
      answer: null,
    });
    const batchId = await newBatch(5);
    const { id } = (await producer.post('/print-jobs', { batchId, template: 'a4-65' })).body;
    expect(await ended(id)).toMatchObject({ state: 'done' });
    expect((await producer.get(`/print-jobs/${String(id)}/files/1`)).status).toBe(200);
    api.setNow('2026-11-24T17:00:00.000Z');
    expect(problem(await producer.get(`/print-jobs/${String(id)}/files/1`))).toMatchObject({
      status: 409,
      code: 'certificate-lapsed',
    });
    expect(problem(await producer.post('/print-jobs', { batchId, template: 'a4-65' }))).toMatchObject({
      status: 409,
      code: 'certificate-lapsed',
    });
    expect((await producer.post('/print-jobs', { batchId, template: 'a4-65', reprintReason: 'hết hạn' })).status).toBe(
      201,
    );
    api.setNow(MADE_AT);
  });

  test.each<[string, object, string]>([
    ['an unknown template', { template: 'nowhere' }, 'template'],
    ['more places than a sheet has', { skip: 65 }, 'skip'],
    ['a serial past the last', { to: 11 }, 'to'],
    ['an offset finer than a tenth', { offsetX: 0.05 }, 'offsetX'],
    ['a text where a number is', { from: '1' }, 'from'],
    ['an unknown field', { zoom: 2 }, 'zoom'],
    ['a printer beside offsets', { printer: 'laser', offsetY: 0.1 }, 'printer'],
  ])('%s is a fault of that field', async (_, fields, at) => {
    const batchId = await newBatch(10);
    expect(problem(await producer.post('/print-jobs', { batchId, template: 'a4-65', ...fields }))).toEqual({
      status: 400,
      code: 'invalid',
      at: [at],
    });
  });

  test('is its producer’s, its office’s and an admin’s; to others it is not there', async () => {
    const batchId = await newBatch(5);
    const { id } = (await producer.post('/print-jobs', { batchId, template: 'a4-65' })).body;
    const path = `/print-jobs/${String(id)}`;
    for (const name of ['producerA2', 'officeB', 'producerB1'] as const) {
      const stranger = api.as(name);
      for (const [own, absent] of [
        [path, '/print-jobs/nobody'],
        [`${path}/files/1`, '/print-jobs/nobody/files/1'],
      ] as const) {
        const [theirs, nobodys] = [await stranger.get(own), await stranger.get(absent)];
        expect(theirs.status).toBe(404);
        expect(theirs.body).toEqual(nobodys.body);
      }
      expect((await stranger.post(`${path}/cancel`, {})).status).toBe(404);
      expect(problem(await stranger.post('/print-jobs', { batchId, template: 'a4-65' }))).toEqual({
        status: 400,
        code: 'absent-reference',
        at: ['batchId'],
      });
      expect((await stranger.get(`/print-jobs?batchId=${batchId}`)).body['items']).toEqual([]);
    }
    for (const call of [
      api.as('inspectorA').get('/print-jobs'),
      api.as('inspectorA').get(path),
      api.as('inspectorA').post('/print-jobs', { batchId, template: 'a4-65' }),
    ]) {
      expect((await call).status).toBe(403);
    }
    expect((await api.as('nobody').get(path)).status).toBe(401);
    expect((await api.as('admin').get(path)).status).toBe(200);
    const list = await office.get(`/print-jobs?batchId=${batchId}&state=waiting`);
    expect(list.body['items']).toMatchObject([{ id }]);
  });

  test('is cancelled while it waits, once; what has ended cannot be', async () => {
    const batchId = await newBatch(5);
    const { id } = (await producer.post('/print-jobs', { batchId, template: 'a4-65' })).body;
    const cancelled = await producer.post(`/print-jobs/${String(id)}/cancel`, {});
    expect(cancelled).toMatchObject({ status: 200, body: { state: 'cancelled' } });
    expect((await producer.post(`/print-jobs/${String(id)}/cancel`, {})).body).toEqual(cancelled.body);
    const done = (await producer.post('/print-jobs', { batchId, template: 'a4-65' })).body['id'];
    await ended(done);
    expect(problem(await producer.post(`/print-jobs/${String(done)}/cancel`, {}))).toMatchObject({
      status: 409,
      code: 'print-job-ended',
    });
  });

  test('that finds no room on the disk is refused, with how much it needs', async () => {
    const batchId = await newBatch(100_000);
    const { data } = api.context.room.freeBytes;
    api.context.room.freeBytes.data = async () => DISK_RESERVE_BYTES + 1_000_000;
    try {
      const refused = await producer.post('/print-jobs', { batchId, template: 'a4-65' });
      expect(problem(refused)).toMatchObject({ status: 507, code: 'no-disk-space' });
      expect(Number(refused.body['neededBytes'])).toBeGreaterThan(DISK_RESERVE_BYTES + 10_000_000);
      expect((await producer.get(`/batches/${batchId}`)).body['printed']).toEqual([]);
    } finally {
      api.context.room.freeBytes.data = data;
    }
  });

  test('files lie in folders of their owner alone, are cleaned away after their days, and are made again when asked for', async () => {
    const batchId = await newBatch(70);
    const { id } = (await producer.post('/print-jobs', { batchId, template: 'a4-65' })).body;
    await ended(id);
    const files = api.context.jobFiles;
    const path = partPath(files, { id: String(id), output: 'pdf' }, 1);
    expect([
      statSync(path).mode & 0o777,
      statSync(jobFolder(files, String(id))).mode & 0o777,
      statSync(files.folder).mode & 0o777,
    ]).toEqual([0o600, 0o700, 0o700]);
    expect(readdirSync(jobFolder(files, String(id)))).toEqual(['part-1.pdf']);
    const before = await producer.get(`/print-jobs/${String(id)}/files/1`);

    const at = (days: number): Date => new Date(Date.parse('2026-11-24T00:00:00Z') + days * DAY_MS);
    utimesSync(path, at(0), at(0));
    await cleanJobFiles(api.store, files.folder, at(29), 30);
    expect(existsSync(path)).toBe(true);
    await cleanJobFiles(api.store, files.folder, at(30.01), 30);
    expect(existsSync(jobFolder(files, String(id)))).toBe(false);

    const both = await Promise.all([
      producer.get(`/print-jobs/${String(id)}/files/1`),
      office.get(`/print-jobs/${String(id)}/files/1`),
    ]);
    for (const again of both) expect(again.bytes.equals(before.bytes)).toBe(true);
    rmSync(join(files.folder, String(id)), { recursive: true });
  });

  test('of a producer that has too many open ones waits its turn', async () => {
    const batchId = await newBatch(5);
    const open = async (): Promise<number> => {
      const lists = await Promise.all(
        ['waiting', 'running'].map((state) => producer.get(`/print-jobs?state=${state}&limit=200`)),
      );
      return lists.reduce((sum, { body }) => sum + (body['items'] as unknown[]).length, 0);
    };
    while ((await open()) < OPEN_JOBS_MAX)
      expect((await producer.post('/print-jobs', { batchId, template: 'a4-65' })).status).toBe(201);
    expect(problem(await producer.post('/print-jobs', { batchId, template: 'a4-65' }))).toMatchObject({
      status: 429,
      code: 'too-many-requests',
    });
    const { items } = (await producer.get('/print-jobs?state=waiting&limit=200')).body as { items: { id: string }[] };
    for (const { id } of items) expect((await producer.post(`/print-jobs/${id}/cancel`, {})).status).toBe(200);
    expect(api.logged).toEqual([]);
  });
});
