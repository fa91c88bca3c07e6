// Labels print a product's short name; every page and answer shows the full name. A name that no label can hold is
// refused, with its length.

import { describe, expect, test } from '@jest/globals';
import { exportRegistry } from '../../../../server/actions/import/export-registry.ts';
import { IMPORT_ROW } from '../../../../server/actions/import/import-row.ts';
import { matchColumns } from '../../../../server/actions/import/match-columns.ts';
import { nameBook } from '../../../../server/actions/import/name-book.ts';
import { cellsOf } from '../../../../server/actions/import/registry-columns.ts';
import { readExactTable } from '../../../../server/actions/import/table-file.ts';
import { saveNew } from '../../../../server/actions/kit/save.ts';
import { SHORT_NAME_MAX } from '../../../../server/domain/registry/stamp-name.ts';
import { faults } from '../../../fixtures/api-problems.ts';
import { batchDesk } from '../../../fixtures/api-batches.ts';
import { CAST, testApi } from '../../../fixtures/api.ts';
import { aProduct } from '../../../fixtures/records/registry.ts';
import { endOfPrintJob } from '../../../fixtures/print-jobs.ts';
import { LONG_NAME, SHORT_NAME } from '../../../sheet/product-names.ts';

const api = testApi();
const { office, producer, codeOf } = batchDesk(api);
let lots = 0;

async function newProduct(fields: object = {}): Promise<string> {
  const head = { producerId: CAST.producerA1, name: LONG_NAME, group: 'food', productSet: 4, unit: 'hũ 500 g' };
  const made = await office.post('/products', { ...head, ...fields });
  expect(made.status).toBe(201);
  return String(made.body['id']);
}

async function newBatch(productId: string): Promise<string> {
  lots += 1;
  const made = await office.post('/batches', {
    productId,
    lot: `SHORT-${lots}`,
    producedOn: null,
    expiresOn: null,
    quantity: 5,
  });
  expect(made.status).toBe(201);
  return String(made.body['id']);
}

async function runOf(batchId: string, fields: object = {}): Promise<{ productName: string | null }> {
  const made = await office.post('/print-jobs', { batchId, template: 'a4-65', ...fields });
  expect(made.status).toBe(201);
  const job = await endOfPrintJob(api, String(made.body['id']));
  expect(job?.state).toBe('done');
  const run = await api.store.printRuns.get(job?.printRunId ?? '');
  if (run === null) throw new Error('no run');
  return run.content;
}

const change = async (id: string, fields: object) =>
  office.patch(`/products/${id}`, (await office.get(`/products/${id}`)).body['version'], fields);

describe('a long name', () => {
  test('is refused with its element, in preview and print alike', async () => {
    const batchId = await newBatch(await newProduct());
    const refused = { code: 'text-does-not-fit', element: 'product', template: 'a4-65' };
    expect((await office.post('/print-jobs', { batchId, template: 'a4-65' })).body).toMatchObject(refused);
    expect((await office.get(`/batches/${batchId}/sheet.svg?template=a4-65`)).body).toMatchObject(refused);
    expect((await office.get(`/batches/${batchId}/sheet.pdf?template=a4-65`)).body).toMatchObject(refused);
  });

  test('is printed by its short name, and the stamp’s page shows it whole', async () => {
    const batchId = await newBatch(await newProduct({ shortName: SHORT_NAME }));
    expect(await runOf(batchId)).toMatchObject({ productName: SHORT_NAME });
    const seen = await fetch(`${api.address}/t/${await codeOf(batchId, 1)}`, {
      headers: { Accept: 'application/json' },
    });
    const body = (await seen.json()) as { product: Record<string, unknown> };
    expect(body.product['name']).toBe(LONG_NAME);
    expect(body.product).not.toHaveProperty('shortName');
  });

  test('gets a short name later: what was printed keeps its words, what is printed next has the new ones', async () => {
    const productId = await newProduct({ name: 'Mật ong Mường Thàng' });
    const batchId = await newBatch(productId);
    expect(await runOf(batchId)).toMatchObject({ productName: 'Mật ong Mường Thàng' });
    expect((await change(productId, { shortName: 'Mật ong' })).status).toBe(200);
    expect(await runOf(batchId)).toMatchObject({ productName: 'Mật ong Mường Thàng' });
    expect(await runOf(await newBatch(productId))).toMatchObject({ productName: 'Mật ong' });
    const log = await office.get(`/audit?entity=product:${productId}`);
    expect(JSON.stringify(log.body)).toContain('"shortName":"Mật ong"');
    expect((await change(productId, { shortName: null })).body).toMatchObject({ shortName: null });
    expect(await runOf(await newBatch(productId))).toMatchObject({ productName: 'Mật ong Mường Thàng' });
  });
});

describe('the field', () => {
  test.each([
    ['x'.repeat(SHORT_NAME_MAX + 1), 'too-big'],
    ['Cam 🍊', 'custom'],
    ['', 'too-small'],
  ])('refuses %j', async (shortName, code) => {
    const answer = await change(CAST.productA1, { shortName });
    expect([answer.status, faults(answer)]).toEqual([400, [`shortName: ${code}`]]);
  });

  test('a producer asks for it; the office sees what is asked of a product that never had one', async () => {
    const doc = aProduct({ id: 'old-product', officeId: CAST.officeA, producerId: CAST.producerA1 });
    await saveNew(api.ctx, api.actor('admin'), { collection: 'products', doc, action: 'make-product', answer: null });
    expect((await office.get('/products/old-product')).body).toMatchObject({ shortName: null });
    const same = await change('old-product', { shortName: null });
    expect([same.status, same.body['version']]).toEqual([200, 1]);
    const asked = await producer.patch('/products/old-product', 1, { shortName: 'Arabica' });
    expect(asked.status).toBe(202);
    const { id } = asked.body['request'] as { id: string };
    expect(await api.store.requests.get(id)).toMatchObject({ before: { shortName: null } });
    expect((await office.post(`/requests/${id}/approve`, {})).status).toBe(200);
    expect((await office.get('/products/old-product')).body).toMatchObject({ shortName: 'Arabica' });
  });

  test('goes out and comes back in files, under the heads that people write', async () => {
    const productId = await newProduct({ shortName: SHORT_NAME });
    for (const format of ['csv', 'xlsx'] as const) {
      const source = await exportRegistry(api.actor('officeA'), { kind: 'products', format }, api.ctx);
      if (!source.ok) throw new Error(source.problem.detail);
      const parts: Buffer[] = [];
      for await (const part of source.value) parts.push(Buffer.from(part as Uint8Array));
      const table = await readExactTable(Buffer.concat(parts));
      if (!table.ok) throw new Error(table.problem.detail);
      const columns = matchColumns('products', table.value.heads);
      const rows = table.value.rows.map(({ cells }) => cellsOf('products', columns, cells, new Map()));
      const row = rows.find(({ ref }) => ref === productId);
      expect(row).toMatchObject({ name: LONG_NAME, short_name: SHORT_NAME });
      const book = nameBook(CAST.officeA, api.ctx);
      const at = { officeId: CAST.officeA, actor: api.actor('officeA'), ctx: api.ctx, book };
      expect(await IMPORT_ROW.products(row ?? {}, at)).toMatchObject({
        ok: true,
        value: { outcome: 'same', id: productId },
      });
      const renamed = await IMPORT_ROW.products({ ...row, short_name: `Mật ${format}` }, at);
      expect(renamed).toMatchObject({ ok: true, value: { outcome: 'changed' } });
      await change(productId, { shortName: SHORT_NAME });
    }
    for (const head of ['Tên ngắn trên tem *', 'tên ngắn', 'Tên in tem', 'short_name', 'Short name'])
      expect(matchColumns('products', ['Mã', 'Tên', head])).toMatchObject({ name: 1, short_name: 2 });
  });
});
