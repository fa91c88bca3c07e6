import { beforeAll, describe, expect, test } from '@jest/globals';
import { firstLot } from '../../../server/actions/print/last-print.ts';
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
