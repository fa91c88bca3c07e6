// A number that is on two pages comes from one function.

import { expect, test } from '@jest/globals';
import { previewRecall } from '../../../server/actions/recalls/preview-recall.ts';
import { idOf } from '../../fixtures/api-problems.ts';
import { CAST } from '../../fixtures/api.ts';
import { castVisitor, testConsole } from '../../fixtures/console.ts';

const api = testConsole();
const office = castVisitor(api, 'officeA');
const { productA1, producerA1 } = CAST;

test('a plaque is active in the ledger and in the preview of a recall; what is void is active in neither', async () => {
  const plaque = await api.as('officeA').post('/batches', { productId: productA1, plaque: true, quantity: 4 });
  await api.as('officeA').post(`/batches/${idOf(plaque)}/voids`, { from: 1, to: 1, reason: 'lost' });
  const days = { producedOn: '2026-11-01', expiresOn: '2027-11-01' };
  const goods = await api.as('officeA').post('/batches', { productId: productA1, lot: 'HAI-1', ...days, quantity: 10 });
  await api.as('officeA').post(`/batches/${idOf(goods)}/voids`, { from: 3, to: 4, reason: 'spoiled' });
  const preview = await previewRecall(api.actor('officeA'), { kind: 'product', productId: productA1 }, api.ctx);
  if (!preview.ok) throw new Error(preview.problem.code);
  const activeOf = (id: string): unknown => preview.value.batches.find(({ batchId }) => batchId === id)?.active;
  expect([activeOf(idOf(plaque)), activeOf(idOf(goods))]).toEqual([3, 8]);
  const ledger = await api.as('officeA').get(`/producers/${producerA1}/ledger?year=2026`);
  expect(ledger.body['totals']).toMatchObject({ given: 14, activated: 14, voided: 3 });
});

test('a batch that was printed as a download does not say that nothing was printed', async () => {
  const days = { producedOn: '2026-11-01', expiresOn: '2027-11-01' };
  const batch = await api.as('officeA').post('/batches', { productId: productA1, lot: 'HAI-2', ...days, quantity: 65 });
  const path = `/console/batches/${idOf(batch)}`;
  expect((await office.open(path)).text).toContain('Chưa in lần nào');
  expect((await api.as('officeA').get(`/batches/${idOf(batch)}/sheet.pdf?template=a4-65`)).status).toBe(200);
  const page = (await office.open(path)).text;
  expect([page.includes('65/65'), page.includes('Chưa in lần nào')]).toEqual([true, false]);
  expect(page).toContain('đã in bằng tệp tải thẳng');
});
