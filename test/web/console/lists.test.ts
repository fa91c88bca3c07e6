// Every list of the console: a heading puts it in order, the address keeps it, the workbook holds what is shown, and
// the log says in words what changed. The walk is over the routes, so a new list is covered by itself.

import { beforeAll, describe, expect, test } from '@jest/globals';
import { HISTORY_OF } from '../../../server/web/console/audit/history-part.ts';
import { changesIn } from '../../../server/web/console/audit/audit-text.ts';
import type { PageCall } from '../../../server/web/console/console-route.ts';
import { consoleRoutes } from '../../../server/web/console/routes.ts';
import { COLLECTION_NAMES } from '../../../server/store/collections.ts';
import { auditFieldsOf } from '../../../server/web/words/words.ts';
import { readWorkbook } from '../../../server/actions/uploads/workbook.ts';
import { CAST } from '../../fixtures/api.ts';
import { castVisitor, testConsole, visitorAs } from '../../fixtures/console.ts';
import { pageOf, textOf } from '../../fixtures/page.ts';
import { aLine } from '../../fixtures/records/audit.ts';
import { SAMPLES } from '../../fixtures/records/samples.ts';
import { request } from '../../fixtures/request.ts';

const api = testConsole();
const admin = castVisitor(api, 'admin');
const office = castVisitor(api, 'officeA');
const PATHS = new Set(consoleRoutes.map(({ path }) => path));
const LISTS = [...PATHS].filter((path) => PATHS.has(`${path}.xlsx`) && !path.includes('programme'));

beforeAll(async () => {
  for (const name of ['Măng khô', 'Bưởi đỏ', 'Chè xanh']) {
    const body = { producerId: CAST.producerA1, name, group: 'food', productSet: 1 };
    await api.as('officeA').post('/products', body);
  }
});

const names = (text: string): string[] => [...pageOf(text).querySelectorAll('td.c-title a')].map((one) => textOf(one));

describe('lists', () => {
  test.each(LISTS)('%s can be put in order by each heading that is a link, and taken as a workbook', async (path) => {
    const { text, status } = await admin.open(path);
    expect(status).toBe(200);
    const links = [...pageOf(text).querySelectorAll('th a')].map((link) => link.getAttribute('href') ?? '');
    for (const href of links) expect([href, (await admin.open(href)).status]).toEqual([href, 200]);
    expect([path, (await admin.open(`${path}.xlsx`)).status]).toEqual([path, 200]);
  });

  test('a heading orders, once more turns it, and filters are kept', async () => {
    const first = pageOf((await office.open('/console/products?group=food')).text).querySelector('th a');
    const href = first?.getAttribute('href') ?? '';
    expect(href).toBe('/console/products?group=food&order=name');
    const up = names((await office.open(href)).text);
    expect(up).toEqual(up.toSorted(new Intl.Collator('vi').compare));
    expect(up).toContain('Bưởi đỏ');
    expect(names((await office.open('/console/products?group=food&order=name+desc')).text)).toEqual(up.toReversed());
  });

  test('the workbook holds exactly what is filtered, in its order', async () => {
    const { bytes } = await request(`${api.address}/console/products.xlsx?q=buoi`, {
      method: 'GET',
      headers: { Cookie: office.cookie, 'Sec-Fetch-Site': 'same-origin' },
      body: null,
    });
    const read = await readWorkbook(bytes, () => undefined);
    const text = JSON.stringify(read);
    expect(text.split('Bưởi đỏ')).toHaveLength(2);
    expect(text).not.toContain('Chè xanh');
  });
});

describe('the log in words', () => {
  test.each(['vi', 'en'] as const)('names every field of every record (%s)', async (language) => {
    const known = auditFieldsOf(language);
    const call = { language, actor: api.actor('admin'), ctx: api.ctx } as unknown as PageCall;
    const odd: unknown[] = [];
    for (const name of COLLECTION_NAMES) {
      const entry = { ...aLine(), seq: 1, hash: '', valuesHash: '', values: { ...SAMPLES[name] } };
      const changes = await changesIn(entry, call);
      odd.push(
        ...changes.filter((one) => one.name === known['other'] || /[{}"]/.test(one.to)).map((one) => [name, one]),
      );
    }
    expect(odd).toEqual([]);
  });

  test('is below the page of every record, with its reason where not', async () => {
    const without = {
      '/console/import/:id': 'an import says itself what it did, row by row',
      '/console/papers/:id': 'a file; the page of what it proves says who added it',
      '/console/printers/:id': 'an offset of a printer',
      '/console/programme/lapsing/:id': 'the reminders of a certificate, which its own page has too',
    };
    const pages = consoleRoutes.filter(({ method, path }) => method === 'get' && /\/:id(?:\/edit)?$/.test(path));
    const bare = pages.filter(
      ({ path }) => !Object.hasOwn(HISTORY_OF, path.replace(/\/edit$/, '')) && !Object.hasOwn(HISTORY_OF, path),
    );
    expect(bare.map(({ path }) => path).toSorted()).toEqual(Object.keys(without).toSorted());
    const { text } = await office.open(`/console/products/${CAST.productA1}`);
    expect(textOf(pageOf(text).querySelector('#history'))).toContain('thêm sản phẩm');
    const producer = await visitorAs(api, 'producerA1');
    expect(
      pageOf((await producer.open(`/console/products/${CAST.productA1}`)).text).querySelector('#history'),
    ).toBeNull();
  });

  test('says who changed what from what to what, the newest first, never as JSON', async () => {
    const made = await api.as('officeA').post('/products', {
      producerId: CAST.producerA1,
      name: 'Mật ong rừng',
      group: 'food',
      productSet: 1,
    });
    const id = String(made.body['id']);
    await api.as('officeA').patch(`/products/${id}`, 1, { name: 'Mật ong hoa nhãn' });
    const { text } = await office.open('/console/audit?text=mat%20ong');
    const page = textOf(pageOf(text).querySelector('main'));
    expect(page).toContain('Mật ong rừng → Mật ong hoa nhãn');
    expect(page.indexOf('sửa sản phẩm')).toBeLessThan(page.lastIndexOf('thêm sản phẩm'));
    expect(page).not.toMatch(/[{}]|"\w+":/);
    expect(
      textOf(pageOf((await office.open('/console/audit?person=nobody')).text).querySelector('main')),
    ).not.toContain('Mật ong');
  });
});
