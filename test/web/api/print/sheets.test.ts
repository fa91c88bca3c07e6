// Sheets over the API: previews, the page that calibrates a printer, an office's templates and artwork, PINs.

import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { problem } from '../../../fixtures/api-problems.ts';
import { CAST, clientIn, testApi, type ApiAnswer, type ApiClient } from '../../../fixtures/api.ts';
import { openSheet } from '../../../sheet/read-sheet.ts';

const api = testApi();
const office = clientIn(api, 'officeA');
const producer = clientIn(api, 'producerA1');
let lots = 0;

async function newBatch(quantity: number, fields: object = {}): Promise<string> {
  lots += 1;
  const lot = await producer.post('/lots', { productId: CAST.productA1, number: `S-${lots}` });
  const made = await office.post('/batches', { lotId: lot.body['id'], quantity, ...fields });
  expect(made.status).toBe(201);
  return String(made.body['id']);
}

const STOCK = {
  name: 'Tờ tem 48',
  columns: 4,
  rows: 12,
  left: 9.8,
  top: 13,
  pitchX: 48.2,
  pitchY: 22.7,
  labelWidth: 45.7,
  labelHeight: 21.2,
};

describe('a preview', () => {
  test('shows a page of the whole batch as SVG and PNG, and prints nothing', async () => {
    const batchId = await newBatch(100);
    const svg = await producer.get(`/batches/${batchId}/sheet.svg?template=a4-65&page=2&skip=3`);
    expect(svg.status).toBe(200);
    expect(svg.headers.get('Content-Type')).toMatch('image/svg+xml');
    // 100 stamps on sheets of 65 places, 3 of them already used: 38 are left for the second page.
    expect(svg.bytes.toString().match(/href="#label"/g)).toHaveLength(38);
    const png = await producer.get(`/batches/${batchId}/sheet.png?template=a4-65`);
    expect(await sharp(png.bytes).metadata()).toMatchObject({
      format: 'png',
      width: 1_240,
      height: 1_754,
      channels: 1,
    });
    expect((await producer.get(`/batches/${batchId}`)).body['printed']).toEqual([]);
  });

  test('is refused for a page that there is not, a place that there is not, a template that there is not', async () => {
    const batchId = await newBatch(10);
    const at = async (query: string): Promise<unknown> =>
      problem(await producer.get(`/batches/${batchId}/sheet.svg?${query}`));
    expect(await at('template=a4-65&page=2')).toEqual({ status: 400, code: 'invalid', at: ['page'] });
    expect(await at('template=a4-65&page=0')).toEqual({ status: 400, code: 'invalid', at: ['page'] });
    expect(await at('template=a4-65&skip=65')).toEqual({ status: 400, code: 'invalid', at: ['skip'] });
    expect(await at('template=a4-66')).toEqual({ status: 400, code: 'invalid', at: ['template'] });
    expect(problem(await api.as('inspectorA').get(`/batches/${batchId}/sheet.png?template=a4-65`))).toMatchObject({
      status: 403,
    });
    expect(problem(await api.as('producerA2').get(`/batches/${batchId}/sheet.png?template=a4-65`))).toMatchObject({
      status: 404,
    });
  });
});

describe('the test page', () => {
  test("is printed for any batch, with a printer's offsets, and no stamp counts as printed", async () => {
    const batchId = await newBatch(10);
    const page = await producer.get(`/batches/${batchId}/sheet.pdf?template=test-grid&offsetX=0.4`);
    expect(page.status).toBe(200);
    const sheet = await openSheet(page.bytes);
    expect(sheet.text(0)).toContain('Sang phải (mm) 0,4');
    sheet.close();
    for (const form of ['svg', 'png'])
      expect((await producer.get(`/batches/${batchId}/sheet.${form}?template=test-grid`)).status).toBe(200);
    for (const form of ['pdf', 'svg', 'png'])
      expect((await api.as('inspectorA').get(`/batches/${batchId}/sheet.${form}?template=test-grid`)).status).toBe(403);
    expect((await producer.get(`/batches/${batchId}`)).body['printed']).toEqual([]);
  });

  test('is in the list, and needs nothing of a batch', async () => {
    const { items } = (await producer.get('/templates?limit=200')).body as { items: { id: string; needs: string[] }[] };
    expect(items.find(({ id }) => id === 'test-grid')).toMatchObject({ needs: [], largestModuleMm: {} });
    expect(items.find(({ id }) => id === 'a4-21-pin')?.needs).toEqual(['symbol', 'pin']);
  });
});

describe("an office's own template", () => {
  test('is made from what a ruler tells, listed for its people, and printed on', async () => {
    const made = await office.put('/templates/to-48', null, STOCK);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      id: 'to-48',
      name: 'Tờ tem 48',
      columns: 4,
      pitchY: 22.7,
      template: { id: 'to-48', grid: { leftMm: 9.8, pitchXMm: 48.2 } },
    });
    expect((await office.get('/templates/to-48')).body).toEqual(made.body);
    const listed = async (client: ApiClient): Promise<boolean> =>
      ((await client.get('/templates?limit=200')).body['items'] as { id: string }[]).some(({ id }) => id === 'to-48');
    expect([await listed(office), await listed(producer), await listed(api.as('officeB'))]).toEqual([
      true,
      true,
      false,
    ]);

    const batchId = await newBatch(49);
    const sheet = await openSheet((await producer.get(`/batches/${batchId}/sheet.pdf?template=to-48`)).bytes);
    expect(sheet.pages).toBe(2);
    sheet.close();
  });

  test('is changed against its version, and a print that was made stays as it was', async () => {
    const batchId = await newBatch(5);
    const path = `/batches/${batchId}/sheet.pdf?template=to-48`;
    const before = (await producer.get(path)).bytes;
    const { version } = (await office.get('/templates/to-48')).body as { version: number };
    expect(problem(await office.put('/templates/to-48', null, { ...STOCK, left: 10 }))).toMatchObject({ status: 428 });
    expect((await office.put('/templates/to-48', version, { ...STOCK, left: 10 })).status).toBe(200);
    expect(problem(await office.put('/templates/to-48', version, { ...STOCK, left: 11 }))).toMatchObject({
      status: 412,
    });
    expect((await producer.get(path)).bytes.equals(before)).toBe(true);
  });

  test('is refused where its measures contradict each other, naming the one', async () => {
    const at = async (change: object): Promise<unknown> =>
      problem(await office.put('/templates/to-49', null, { ...STOCK, ...change }));
    expect(await at({ columns: 5 })).toEqual({ status: 400, code: 'invalid', at: ['columns'] });
    expect(await at({ rows: 13 })).toEqual({ status: 400, code: 'invalid', at: ['rows'] });
    expect(await at({ pitchX: 40 })).toEqual({ status: 400, code: 'invalid', at: ['pitchX'] });
    expect(await at({ labelWidth: 15 })).toEqual({ status: 400, code: 'invalid', at: ['labelWidth'] });
    expect(problem(await office.put('/templates/a4-65', null, STOCK))).toEqual({
      status: 400,
      code: 'invalid',
      at: ['id'],
    });
    for (const role of ['producerA1', 'inspectorA'] as const)
      expect((await api.as(role).put('/templates/to-50', null, STOCK)).status).toBe(403);
    expect((await api.as('officeB').get('/templates/to-48')).status).toBe(404);
  });
});

describe('a template with a PIN', () => {
  test('is for batches with PINs, and printed by the office alone', async () => {
    const [without, having] = [await newBatch(5), await newBatch(5, { pin: true })];
    const path = (batchId: string): string => `/batches/${batchId}/sheet.pdf?template=a4-21-pin`;
    expect(problem(await office.get(path(without)))).toMatchObject({ status: 409, code: 'no-pins' });
    expect(problem(await producer.get(path(having)))).toMatchObject({ status: 403 });
    const sheet = await openSheet((await office.get(path(having))).bytes);
    const csv = (await office.get(`/batches/${having}/codes.csv?pins=true`)).bytes.toString();
    const pins = csv
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => line.split(',').at(-1));
    expect(pins).toHaveLength(5);
    for (const pin of pins) expect(sheet.text(0)).toContain(pin);
    sheet.close();
  });
});

describe("an office's artwork", () => {
  const picture = (format: 'png' | 'jpeg'): Promise<Buffer> =>
    sharp({ create: { width: 60, height: 60, channels: 3, background: '#a3221b' } })
      .toFormat(format)
      .toBuffer();

  test("is an admin's to give, as PNG or JPEG and never as SVG", async () => {
    const admin = api.as('admin');
    const path = `/offices/${CAST.officeA}/mark`;
    const versionOf = async (): Promise<number> =>
      Number((await admin.get(`/offices/${CAST.officeA}`)).body['version']);
    const put = async (client: ApiClient, bytes: Uint8Array, type: string): Promise<ApiAnswer> =>
      client.put(path, await versionOf(), bytes, { 'Content-Type': type });
    for (const format of ['png', 'jpeg'] as const)
      expect((await put(admin, await picture(format), `image/${format}`)).status).toBe(200);
    expect((await put(office, await picture('png'), 'image/png')).status).toBe(403);
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    expect(problem(await put(admin, svg, 'image/png'))).toEqual({ status: 400, code: 'invalid', at: ['mark'] });
    expect((await put(admin, svg, 'image/svg+xml')).status).toBe(415);
    expect((await admin.get(`/offices/${CAST.officeA}`)).body['mark']).not.toBe(null);
  });

  test('is printed beside stars in force, and a print that was made keeps the one it had', async () => {
    const issued = await newBatch(2);
    const path = `/batches/${issued}/sheet.pdf?template=a4-24`;
    const before = (await producer.get(path)).bytes;
    const kept = (await api.store.printRuns.list({ batchId: issued }, { limit: 1, after: null }))?.items[0];
    expect(kept?.content.markFileId === null).toBe(kept?.content.stars === null);
    const admin = api.as('admin');
    const { version } = (await admin.get(`/offices/${CAST.officeA}`)).body as { version: number };
    expect(
      (await admin.put(`/offices/${CAST.officeA}/mark`, version, await picture('png'), { 'Content-Type': 'image/png' }))
        .status,
    ).toBe(200);
    expect((await producer.get(path)).bytes.equals(before)).toBe(true);
  });
});
