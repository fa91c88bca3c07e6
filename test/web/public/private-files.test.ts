// A private picture has no public address, even for somebody who knows its file name.

import { expect, test } from '@jest/globals';
import { addPaper } from '../../../server/actions/registry/papers.ts';
import { CAST, testApi } from '../../fixtures/api.ts';

const api = testApi();
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

const isPublic = async (fileId: string): Promise<boolean> => {
  expect(await api.store.files.get(fileId)).not.toBeNull();
  return (await fetch(`${api.address}/photos/${fileId}`)).status === 200;
};

test('a paper beside a product is not public; its photograph is', async () => {
  const input = { subject: 'product', id: CAST.productA1, kind: 'other', name: 'a.png', bytes: PNG } as const;
  const paper = await addPaper(api.actor('officeA'), input, api.ctx);
  expect(paper.ok && paper.value.kind === 'done' && (await isPublic(paper.value.value.fileId))).toBe(false);
  const office = api.as('officeA');
  const { version } = (await office.get(`/products/${CAST.productA1}`)).body;
  const headers = { 'Content-Type': 'image/png' };
  expect((await office.put(`/products/${CAST.productA1}/photo`, version, PNG, headers)).status).toBe(200);
  const product = await api.store.products.get(CAST.productA1);
  expect(await isPublic(product?.photoFileId ?? '')).toBe(true);
});

test('a photograph of a finding is not public', async () => {
  const office = api.as('officeA');
  const lot = await office.post('/lots', { productId: CAST.productA1, number: 'L-FILES' });
  const batch = await office.post('/batches', { lotId: lot.body['id'], quantity: 1 });
  const csv = (await office.get(`/batches/${String(batch.body['id'])}/codes.csv`)).bytes.toString();
  const [, code = ''] = (csv.split('\n')[1] ?? '').split(',');
  const inspector = api.as('inspectorA');
  const finding = await inspector.post('/inspections', { code, finding: 'in-order' });
  const id = String(finding.body['id']);
  const headers = { 'Content-Type': 'image/png' };
  expect((await inspector.send({ method: 'POST', path: `/inspections/${id}/photos`, body: PNG, headers })).status).toBe(
    201,
  );
  const [fileId = ''] = (await api.store.inspections.get(id))?.photoFileIds ?? [];
  expect(await isPublic(fileId)).toBe(false);
});
