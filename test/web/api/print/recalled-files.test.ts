// No way of getting a finished file leaves out that its stamps were recalled since, or that some are void: download,
// print shop's link, the job's page, the rest of a partly void job, the same print again.

import { beforeEach, describe, expect, test } from '@jest/globals';
import { CAST, clientIn, ORIGIN } from '../../../fixtures/api.ts';
import { problemOf } from '../../../fixtures/api-problems.ts';
import { castVisitor, formOf, testConsole, visitor } from '../../../fixtures/console.ts';
import { mainText } from '../../../fixtures/print-desk.ts';
import { endOfPrintJob } from '../../../fixtures/print-jobs.ts';

const api = testConsole();
const office = clientIn(api, 'officeA');
const person = castVisitor(api, 'officeA');
let [lots, lotId, batchId, jobId] = [0, '', '', ''];

async function recall(body: object): Promise<string> {
  const made = await office.post('/recalls', { reason: 'Thử', advice: 'Thử', ...body });
  expect(made.status).toBe(201);
  return String(made.body['id']);
}

const withdraw = (id: string) => office.post(`/recalls/${id}/withdraw`, { note: 'Thử' });
const file = (query = '') => office.get(`/print-jobs/${jobId}/files/1${query}`);

beforeEach(async () => {
  lots += 1;
  lotId = String((await office.post('/lots', { productId: CAST.productA1, number: `RF-${lots}` })).body['id']);
  batchId = String((await office.post('/batches', { lotId, quantity: 40 })).body['id']);
  jobId = String((await office.post('/print-jobs', { batchId, template: 'a4-65' })).body['id']);
  await endOfPrintJob(api, jobId);
  api.setNow('2026-11-24T04:00:00.000Z');
});

describe('a file whose stamps were recalled since', () => {
  test.each(['lot', 'product', 'range'] as const)('is asked about before it is given out: a %s', async (kind) => {
    expect((await file()).status).toBe(200);
    const scope = { lot: { lotId }, product: { productId: CAST.productA1 }, range: { batchId, from: 2, to: 3 } }[kind];
    const id = await recall(scope);
    expect(problemOf(await file())).toEqual([409, 'recalled']);
    expect((await file('?acknowledge=recalled')).status).toBe(200);
    await withdraw(id);
    expect((await file()).status).toBe(200);
  });

  test('a recall of other stamps of the roll does not concern it', async () => {
    const first = await office.post('/print-jobs', {
      batchId,
      template: 'a4-40',
      from: 1,
      to: 5,
      reprintReason: 'Thử',
    });
    jobId = String(first.body['id']);
    await endOfPrintJob(api, jobId);
    const id = await recall({ batchId, from: 6, to: 9 });
    expect((await file()).status).toBe(200);
    await withdraw(id);
  });

  test('a print shop’s link closes, says why, and opens again when the recall is withdrawn', async () => {
    const made = await office.post(`/print-jobs/${jobId}/shop-links`, { shop: 'Nhà in' });
    const path = String(made.body['address']).slice(ORIGIN.length);
    const id = await recall({ lotId });
    const closed = await visitor(api).open(path);
    expect([closed.status, closed.text.includes('đã bị thu hồi từ lúc gửi')]).toEqual([404, true]);
    expect((await visitor(api).open(`${path}?lang=en`)).text).toContain('were recalled since they were sent');
    expect((await visitor(api).send(`${path}/1`, {})).status).toBe(404);
    const [link] = (await office.get(`/print-jobs/${jobId}/shop-links`)).body['items'] as Record<string, unknown>[];
    expect(link?.['state']).toBe('recalled');
    await withdraw(id);
    expect((await visitor(api).open(path)).status).toBe(200);
  });

  test('a link is made for a recalled job by who says that it is known, and closes at the next recall', async () => {
    const first = await recall({ lotId });
    const shop = { shop: 'Nhà in' };
    expect(problemOf(await office.post(`/print-jobs/${jobId}/shop-links`, shop))).toEqual([409, 'recalled']);
    api.setNow('2026-11-24T05:00:00.000Z');
    const made = await office.post(`/print-jobs/${jobId}/shop-links`, { ...shop, acknowledge: ['recalled'] });
    const path = String(made.body['address']).slice(ORIGIN.length);
    expect((await visitor(api).open(path)).status).toBe(200);
    api.setNow('2026-11-24T06:00:00.000Z');
    const second = await recall({ productId: CAST.productA1 });
    expect((await visitor(api).open(path)).status).toBe(404);
    await Promise.all([first, second].map(withdraw));
  });

  test('the job’s page says it, and gives the file and the link to who ticks that it is known', async () => {
    const at = `/console/print-jobs/${jobId}`;
    expect((await person.open(at)).text).toContain(`href="/api/v1/print-jobs/${jobId}/files/1"`);
    const id = await recall({ lotId });
    const page = await person.open(at);
    expect(mainText(page)).toContain('Lô này đang bị thu hồi từ ngày 24/11/2026');
    expect(page.text).not.toContain(`href="/api/v1/print-jobs/${jobId}/files/1"`);
    expect(page.text).toContain(`<form method="get" action="/api/v1/print-jobs/${jobId}/files/1">`);
    expect((await person.open(`/api/v1/print-jobs/${jobId}/files/1?acknowledge=recalled`)).status).toBe(200);
    const values = { ...formOf(page.text, `${at}/shop`)?.values, shop: 'Nhà in' };
    const { acknowledge: _box, ...unticked } = values as Record<string, string>;
    expect((await person.send(`${at}/shop`, unticked)).status).toBe(422);
    const made = await person.send(`${at}/shop`, { ...unticked, acknowledge: 'recalled' });
    expect(mainText(made)).toContain('Đường dẫn đã tạo');
    await withdraw(id);
  });

  test('the same print again and the rest of a partly void job are asked about too', async () => {
    const same = { batchId, template: 'a4-65' };
    await office.post(`/batches/${batchId}/voids`, { from: 3, to: 4, reason: 'spoiled' });
    const at = `/console/print-jobs/${jobId}`;
    const id = await recall({ lotId });
    expect(problemOf(await office.post('/print-jobs', { ...same, from: 5, to: 9 }))).toEqual([409, 'recalled']);
    const sheet = await office.get(`/batches/${batchId}/sheet.pdf?template=a4-65&from=5&to=9`);
    expect(problemOf(sheet)).toEqual([409, 'recalled']);
    const page = await person.open(at);
    expect(mainText(page)).toContain('2 tem của lần in này đã hủy');
    expect(mainText(page)).toContain('Lô này đang bị thu hồi');
    const jobs = async () => (await api.store.printJobs.list({ batchId }, { limit: 20, after: null })).items.length;
    const before = await jobs();
    const { acknowledge: _box, ...form } = (formOf(page.text, `${at}/rest`)?.values ?? {}) as Record<string, string>;
    expect((await person.send(`${at}/rest`, form)).location).toBe(at);
    expect(await jobs()).toBe(before);
    const again = formOf((await person.open(at)).text, `${at}/rest`)?.values;
    await person.send(`${at}/rest`, { ...again, acknowledge: 'recalled' });
    expect(await jobs()).toBe(before + 2);
    await withdraw(id);
  });
});

describe('a file with void stamps', () => {
  test('is given out by no way, recalled or not, known or not', async () => {
    const made = await office.post(`/print-jobs/${jobId}/shop-links`, { shop: 'Nhà in' });
    const path = String(made.body['address']).slice(ORIGIN.length);
    await office.post(`/batches/${batchId}/voids`, { from: 3, to: 4, reason: 'spoiled' });
    const id = await recall({ lotId });
    for (const query of ['', '?acknowledge=recalled'])
      expect(problemOf(await file(query))).toEqual([409, 'void-serials']);
    expect((await visitor(api).open(path)).text).toContain('đã bị hủy từ lúc gửi');
    const link = { shop: 'Nhà in', acknowledge: ['recalled'] };
    expect(problemOf(await office.post(`/print-jobs/${jobId}/shop-links`, link))).toEqual([409, 'void-serials']);
    const { text } = await person.open(`/console/print-jobs/${jobId}`);
    expect(text).not.toContain(`/api/v1/print-jobs/${jobId}/files/`);
    expect(text).not.toContain(`/console/print-jobs/${jobId}/shop"`);
    expect(text).toContain(`/console/print-jobs/${jobId}/rest`);
    await withdraw(id);
  });
});
