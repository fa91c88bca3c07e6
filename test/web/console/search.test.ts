// One box finds everything: by whole codes, numbers, names, parts of them, and with a letter wrong; each person only
// what is theirs.

import { beforeAll, describe, expect, test } from '@jest/globals';
import { frameWordsOf } from '../../../server/web/words/words.ts';
import { CAST } from '../../fixtures/api.ts';
import { castVisitor, testConsole, type SeenPage, type Visitor } from '../../fixtures/console.ts';
import { pageOf, textOf } from '../../fixtures/page.ts';

const api = testConsole();
const officeA = castVisitor(api, 'officeA');
const officeB = castVisitor(api, 'officeB');
const producerA2 = castVisitor(api, 'producerA2');
const inspectorA = castVisitor(api, 'inspectorA');
const words = frameWordsOf('vi').anything;

const made: Record<string, string> = {};

beforeAll(async () => {
  const office = api.as('officeA');
  const post = async (path: string, body: object): Promise<Record<string, unknown>> => {
    const answer = await office.post(path, body);
    expect([path, answer.status, answer.body]).toEqual([path, 201, answer.body]);
    return answer.body;
  };
  const product = await post('/products', {
    producerId: CAST.producerA1,
    name: 'Cam lòng vàng Mường Thàng',
    group: 'food',
    productSet: 1,
  });
  made['product'] = String(product['id']);
  const batch = await post('/batches', {
    quantity: 20,
    productId: product['id'],
    lot: 'CMT-2611/07',
    producedOn: '2026-11-20',
    expiresOn: '2027-01-20',
  });
  made['batch'] = String(batch['id']);
  made['lot'] = String(batch['lotId']);
  const evaluation = await post('/evaluations', {
    productId: product['id'],
    round: '2026-1',
    heldOn: '2026-06-01',
    score: 75,
    minimumStars: 4,
    decision: '1234/QĐ-UBND',
  });
  made['evaluation'] = String(evaluation['id']);
  const certificate = await post('/certificates', {
    productId: product['id'],
    scheme: 'vietgap',
    number: 'VG-HB-0091',
    issuer: 'Vinacert',
    issuedOn: '2026-06-02',
    expiresOn: '2028-06-01',
  });
  made['certificate'] = String(certificate['id']);
  const stamp = await office.get(`/batches/${made['batch']}/stamps/12`);
  made['code'] = String(stamp.body['code']);
});

async function typed(who: Visitor, q: string): Promise<SeenPage> {
  const answer = await who.send('/console/find', { q });
  expect(answer.status).toBe(303);
  return answer;
}

/** The names that the page shows for this text. */
async function listed(who: Visitor, q: string): Promise<string[]> {
  const { text } = await who.open(`/console/find?q=${encodeURIComponent(q)}`);
  return [...pageOf(text).querySelectorAll('.found a')].map((link) => textOf(link));
}

describe('the search box', () => {
  test('is on every page behind a login, and asks by POST, because a code may be typed', async () => {
    for (const who of [officeA, producerA2, inspectorA]) {
      const box = pageOf((await who.open('/console')).text).querySelector('form[role=search]');
      expect([box?.getAttribute('method'), box?.getAttribute('action')]).toEqual(['post', '/console/find']);
    }
  });

  test.each([
    ['a whole stamp code', () => made['code'] ?? '', () => `/console/batches/${made['batch']}?serial=12`],
    ['a batch', () => (made['batch'] ?? '').toLowerCase(), () => `/console/batches/${made['batch']}`],
    ['a batch and a serial', () => `${made['batch']} số 12`, () => `/console/batches/${made['batch']}?serial=12`],
    ['a lot number in another writing', () => 'cmt 2611 07', () => `/console/lots/${made['lot']}`],
    ['a product without accents', () => 'cam long vang muong thang', () => `/console/products/${made['product']}`],
    ['a decision number', () => '1234/qd-ubnd', () => `/console/evaluations/${made['evaluation']}/edit`],
    ['a certificate number', () => 'vghb0091', () => `/console/certificates/${made['certificate']}`],
    ['a login', () => 'inspectora', () => '/console/users/user-inspectorA'],
  ])('opens %s at once', async (_, text, to) => {
    expect((await typed(officeA, text())).location).toBe(to());
  });

  test.each(['muong', 'vang cam', 'Cam lòng', 'camlong'])('lists what "%s" is a part of', async (q) => {
    expect(await listed(officeA, q)).toContain('Cam lòng vàng Mường Thàng');
  });

  test('lists what differs by a letter, and says so', async () => {
    expect(await listed(officeA, 'muogn thang')).toEqual(['Cam lòng vàng Mường Thàng']);
    const { text } = await officeA.open('/console/find?q=muogn%20thang');
    expect(textOf(pageOf(text).querySelector('main'))).toContain(words.slipTitle);
  });

  test('shows the stamp that was found on the page of its batch', async () => {
    const { status, text } = await officeA.open(`/console/batches/${made['batch']}?serial=12`);
    expect(status).toBe(200);
    expect(textOf(pageOf(text).querySelector('.card'))).toContain(words.verdict);
    expect((await officeA.open(`/console/batches/${made['batch']}?serial=21`)).status).toBe(404);
  });

  test('never guesses a code: one symbol wrong finds nothing, and no address holds it', async () => {
    const code = made['code'] ?? '';
    const wrong = code.slice(0, -1) + (code.endsWith('0') ? '1' : '0');
    expect((await typed(officeA, wrong)).location).toBe('/console/find');
    expect(await listed(officeA, wrong.slice(0, -1))).toEqual([]);
  });

  test('shows each person only what they may see', async () => {
    expect(await listed(officeB, 'muong thang')).toEqual([]);
    expect((await typed(officeB, made['code'] ?? '')).location).toBe('/console/find');
    expect((await typed(officeB, made['batch'] ?? '')).location).toContain('/console/find?q=');
    expect(await listed(producerA2, 'muong thang')).toEqual([]);
    expect(await listed(producerA2, 'cmt 2611')).toEqual([]);
    expect(await listed(inspectorA, 'inspectora')).toEqual([]);
    expect(await listed(inspectorA, 'muong thang')).toEqual(['Cam lòng vàng Mường Thàng']);
  });

  test('says what to do if there is nothing, and answers while somebody types', async () => {
    const { text } = await officeA.open('/console/find?q=khong-co-gi-ca');
    expect(textOf(pageOf(text).querySelector('main'))).toContain(words.noneTitle);
    const near = await officeA.open('/console/find/near?q=muong%20th');
    expect(JSON.parse(near.text)).toMatchObject({
      found: [
        { href: `/console/products/${made['product']}`, name: 'Cam lòng vàng Mường Thàng', kind: words.kinds.products },
      ],
    });
  });
});
