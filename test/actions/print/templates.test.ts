import { beforeAll, describe, expect, test } from '@jest/globals';
import { firstLot } from '../../../server/actions/print/last-print.ts';
import { saveNew } from '../../../server/actions/kit/save.ts';
import { unreadableTemplates } from '../../../server/actions/print/templates.ts';
import { readTemplates } from '../../../server/actions/print/read.ts';
import { keepTemplate, keepTemplateInput } from '../../../server/actions/print/keep-template.ts';
import { CAST, testApi, type Name } from '../../fixtures/api.ts';

const api = testApi();
const STOCK = {
  name: 'Giấy Tân Tiến',
  columns: 5,
  rows: 13,
  left: 5,
  top: 11,
  pitchX: 40,
  pitchY: 21,
  labelWidth: 38.1,
  labelHeight: 21.2,
};

describe('the templates of office A', () => {
  beforeAll(async () => {
    const template = keepTemplateInput.parse({ ...STOCK, pitchY: 21.2 });
    const kept = await keepTemplate(api.actor('officeA'), { id: 'tan-tien', version: 0, template }, api.ctx);
    if (!kept.ok) throw new Error(kept.problem.code);
  });

  test.each<[Name, boolean]>([
    ['officeA', true],
    ['producerA1', true],
    ['admin', true],
    ['officeB', false],
    ['producerB1', false],
  ])('%s reads its own ones: %s', async (name, reads) => {
    const templates = await readTemplates(api.actor(name), CAST.officeA, api.ctx);
    expect(templates.has('tan-tien')).toBe(reads);
    expect(templates.has('a4-65')).toBe(true);
  });
});

test('the first lot of a product is for those who may issue its stamps', async () => {
  expect(await firstLot(api.actor('producerA1'), CAST.productA1, api.ctx)).toMatchObject({ value: { number: '01' } });
  expect(await firstLot(api.actor('producerB1'), CAST.productA1, api.ctx)).toMatchObject({
    problem: { code: 'not-found' },
  });
});

test('an own template that cannot be read stops no other one, and is named to its office', async () => {
  const [kept] = (await api.store.templates.list({ officeId: CAST.officeA }, { limit: 1, after: null })).items;
  if (kept === undefined) throw new Error('no template');
  const broken = { ...kept, id: `${CAST.officeA}.broken`, key: 'broken', json: '{}' };
  const doc = { ...broken, measured: { ...kept.measured, name: 'Giấy cũ' } };
  await saveNew(api.ctx, api.actor('officeA'), { collection: 'templates', doc, action: 'keep-template', answer: null });
  const templates = await readTemplates(api.actor('officeA'), CAST.officeA, api.ctx);
  expect([templates.has('broken'), templates.has('tan-tien'), templates.has('a4-65')]).toEqual([false, true, true]);
  expect(await unreadableTemplates(api.actor('officeA'), api.ctx)).toEqual(['Giấy cũ']);
  const listed = await api.as('officeA').get('/templates?limit=200');
  expect(listed.status).toBe(200);
});
