// Look-ups of what people type: case, accents, Unicode forms, spaces and dashes do not matter, and a province may have
// any of its names.

import { beforeAll, describe, expect, test } from '@jest/globals';
import { makeLot, makeLotInput } from '../../../server/actions/lots/make-lot.ts';
import { listLots, listLotsQuery } from '../../../server/actions/lots/read.ts';
import { searchRecallable } from '../../../server/actions/recalls/search-recallable.ts';
import { findProducers, findProducersQuery } from '../../../server/actions/registry/find.ts';
import { saveNew } from '../../../server/actions/kit/save.ts';
import { CAST } from '../../fixtures/api.ts';
import { castVisitor, testConsole } from '../../fixtures/console.ts';
import { aProducer } from '../../fixtures/records/registry.ts';

const api = testConsole();
const office = castVisitor(api, 'officeA');
const NUMBER = 'Đợt–2611/01';

beforeAll(async () => {
  for (const number of [NUMBER, 'OTHER-7', 'cmt 2611 02']) {
    const input = makeLotInput.parse({ productId: CAST.productA1, number });
    await makeLot(api.actor('producerA1'), input, api.ctx);
  }
  const moved = aProducer({
    id: 'moved',
    officeId: CAST.officeA,
    name: 'HTX Chuyển Địa Giới',
    address: { commune: 'Cao Phong', province: 'Hòa Bình', detail: null },
    addressToday: { commune: 'Mường Thàng', province: 'Phú Thọ', detail: 'Khu 5' },
  });
  const saigon = aProducer({
    id: 'saigon',
    officeId: CAST.officeA,
    name: 'HTX Cần Giờ',
    address: { commune: 'Cần Giờ', province: 'TP.Hồ Chí Minh', detail: null },
    addressToday: null,
  });
  for (const doc of [moved, saigon])
    await saveNew(api.ctx, api.actor('admin'), { collection: 'producers', doc, action: 'make-producer', answer: null });
});

describe('a lot’s number', () => {
  const WAYS = [NUMBER, NUMBER.normalize('NFD'), 'đợt-2611/01', 'dot 2611 01', 'DOT261101', ' Đợt—2611—01 '];

  test.each(WAYS)('%p finds the lot to recall, in the list and by the API’s filter', async (typed) => {
    const scope = await searchRecallable(api.actor('officeA'), { text: typed }, api.ctx);
    expect(scope.ok && scope.value.lots.map(({ lot }) => lot.number)).toEqual([NUMBER]);
    const list = (await office.open(`/console/lots?number=${encodeURIComponent(typed)}`)).text;
    expect([list.includes(NUMBER), list.includes('OTHER-7')]).toEqual([true, false]);
    const query = listLotsQuery.parse({ number: typed });
    const found = await listLots(api.actor('officeA'), query, api.ctx);
    expect(found.ok && found.value.items.map(({ number }) => number)).toEqual([NUMBER]);
  });

  test('the API’s filter finds whole numbers, the pages a part of one too', async () => {
    const part = await listLots(api.actor('officeA'), listLotsQuery.parse({ number: '2611' }), api.ctx);
    expect(part.ok && part.value.items).toEqual([]);
    const list = (await office.open('/console/lots?number=2611')).text;
    expect([list.includes(NUMBER), list.includes('cmt 2611 02')]).toEqual([true, true]);
  });
});

describe('a producer', () => {
  test.each([
    ['hoa binh', 'moved'],
    ['Phú Thọ', 'moved'],
    ['muong thang', 'moved'],
    ['Khu 5', 'moved'],
    ['TPHCM', 'saigon'],
    ['Sài Gòn', 'saigon'],
    ['ho chi minh', 'saigon'],
    ['Bình Dương', 'saigon'],
  ])('%p finds it by its place then and today', async (q, id) => {
    const found = await findProducers(api.actor('officeA'), findProducersQuery.parse({ q }), api.ctx);
    expect(found.ok && found.value.items.map((one) => one.id)).toContain(id);
  });
});
