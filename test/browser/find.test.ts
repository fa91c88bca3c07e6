// Finding any of twenty things from the home page: at most one input and one click where scripts run, by a name, a
// number, a part of a name or a slip of the fingers (docs/effort.md). Lists and help are looked at on both screens.

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { makeUser } from '../../server/actions/people/make-user.ts';
import { CAST, openTestApi, type TestApi } from '../fixtures/api.ts';
import { openBrowser, Person, SCREENS } from '../fixtures/browser.ts';

const PASSWORD = 'mật khẩu đủ dài';
const START_MS = 60_000;
const INPUTS_MAX = 1;
const CLICKS_MAX = 1;

let api: TestApi;
let browser: Browser;
const made: Record<string, string> = {};

beforeAll(async () => {
  api = await openTestApi();
  const person = { role: 'office', login: 'van-phong', name: 'Đinh Văn Mẫu', password: PASSWORD } as const;
  await makeUser(api.actor('admin'), { ...person, officeId: CAST.officeA }, api.ctx);
  const office = api.as('officeA');
  const post = async (path: string, body: object): Promise<string> => {
    const answer = await office.post(path, body);
    if (answer.status !== 201) throw new Error(`${path} ${answer.status} ${JSON.stringify(answer.body)}`);
    return String(answer.body['id']);
  };
  const products = ['Cam lòng vàng Mường Thàng', 'Mật ong hoa nhãn Kim Bôi', 'Chè Shan tuyết Pà Cò'];
  for (const [i, name] of products.entries()) {
    made[`product${i}`] = await post('/products', { producerId: CAST.producerA1, name, group: 'food', productSet: 1 });
    const batch = await office.post('/batches', {
      quantity: 12,
      productId: made[`product${i}`],
      lot: `LO-26.${i + 1}/7`,
      producedOn: '2026-11-20',
      expiresOn: '2027-05-20',
    });
    made[`batch${i}`] = String(batch.body['id']);
    made[`lot${i}`] = String(batch.body['lotId']);
    made[`certificate${i}`] = await post('/certificates', {
      productId: made[`product${i}`],
      scheme: 'vietgap',
      number: `VG-HB-009${i}`,
      issuer: 'Vinacert',
      issuedOn: '2026-06-02',
      expiresOn: '2028-06-01',
    });
    made[`evaluation${i}`] = await post('/evaluations', {
      productId: made[`product${i}`],
      round: `2026-${i + 1}`,
      heldOn: '2026-06-01',
      score: 75,
      minimumStars: 4,
      decision: `12${i}4/QĐ-UBND`,
    });
  }
  const address = { commune: 'Cao Phong', province: 'Phú Thọ', detail: null };
  for (const [i, name] of ['HTX Nông nghiệp Thượng Cốc', 'Hộ Bùi Thị Nhâm', 'Công ty Măng rừng Đà Bắc'].entries())
    made[`producer${i}`] = await post('/producers', { name, kind: 'cooperative', address });
  made['code'] = String((await office.get(`/batches/${made['batch0']}/stamps/5`)).body['code']);
  browser = await openBrowser();
}, START_MS);
afterAll(async () => {
  await browser.close();
  await api.close();
});

/** What is typed, and the page that it leads to. */
const THINGS: readonly (readonly [string, () => string, () => string])[] = [
  ['a product by its name', () => 'Cam lòng vàng Mường Thàng', () => `/console/products/${made['product0']}`],
  ['a product without accents', () => 'mat ong hoa nhan', () => `/console/products/${made['product1']}`],
  ['a product by a part', () => 'shan tuy', () => `/console/products/${made['product2']}`],
  ['a product with a slip', () => 'muogn thang', () => `/console/products/${made['product0']}`],
  ['a producer by its name', () => 'HTX Nông nghiệp Thượng Cốc', () => `/console/producers/${made['producer0']}`],
  ['a producer by a part', () => 'bui thi nh', () => `/console/producers/${made['producer1']}`],
  ['a producer with a slip', () => 'mang runng', () => `/console/producers/${made['producer2']}`],
  ['a lot by its number', () => 'LO-26.1/7', () => `/console/lots/${made['lot0']}`],
  ['a lot in another writing', () => 'lo 26 2 7', () => `/console/lots/${made['lot1']}`],
  ['a lot by a part', () => '26.3', () => `/console/lots/${made['lot2']}`],
  ['a certificate by its number', () => 'VG-HB-0090', () => `/console/certificates/${made['certificate0']}`],
  ['a certificate without dashes', () => 'vghb0091', () => `/console/certificates/${made['certificate1']}`],
  ['a certificate by a part', () => '0092', () => `/console/certificates/${made['certificate2']}`],
  ['a decision by its number', () => '1204/QĐ-UBND', () => `/console/evaluations/${made['evaluation0']}/edit`],
  ['a decision without accents', () => '1214/qd-ubnd', () => `/console/evaluations/${made['evaluation1']}/edit`],
  ['a decision by a part', () => '1224', () => `/console/evaluations/${made['evaluation2']}/edit`],
  ['a batch', () => made['batch1'] ?? '', () => `/console/batches/${made['batch1']}`],
  ['a batch and a serial', () => `${made['batch2']} 7`, () => `/console/batches/${made['batch2']}?serial=7`],
  ['a whole stamp code', () => made['code'] ?? '', () => `/console/batches/${made['batch0']}?serial=5`],
  ['a person by a part of the name', () => 'dinh van', () => '/console/users/'],
];

describe.each(SCREENS)('at $width pixels, script $script', (screen) => {
  test(
    'any of twenty things is found from the home page',
    async () => {
      const person = await Person.at(browser, api.address, screen);
      await person.signIn('van-phong', PASSWORD);
      const { page } = person;
      for (const [name, typed, to] of THINGS) {
        await page.goto(`${api.address}/console`);
        let [inputs, clicks] = [0, 0];
        const box = page.getByRole(screen.script ? 'combobox' : 'searchbox', { name: 'Tìm mọi thứ' });
        if (screen.script) {
          await page.keyboard.press('/');
          await page.keyboard.type(typed());
        } else await box.fill(typed());
        inputs += 1;
        const near = page.locator('.near a').filter({ has: page.locator('b') });
        const link =
          screen.script && !name.includes('stamp code')
            ? near.locator(`xpath=self::a[contains(@href,"${to()}")]`)
            : null;
        if (link === null) await box.press('Enter');
        else await link.first().click();
        clicks += 1;
        await page.waitForLoadState();
        if (!screen.script && !page.url().includes(to())) {
          await page.locator(`.found a[href*="${to()}"]`).first().click();
          clicks += 1;
          await page.waitForLoadState();
        }
        expect([name, page.url().includes(to())]).toEqual([name, true]);
        const clicksMax = screen.script ? CLICKS_MAX : CLICKS_MAX + 1;
        expect([name, inputs <= INPUTS_MAX, clicks <= clicksMax]).toEqual([name, true, true]);
      }
      for (const path of ['/console/find?q=ca', '/console/products?order=name', '/console/audit', '/console/help']) {
        await page.goto(api.address + path);
        expect([path, await person.overflow()]).toEqual([path, 0]);
        const faults = screen.script ? await person.seriousFaults() : [];
        expect([path, faults]).toEqual([path, []]);
      }
      expect(person.errors).toEqual([]);
    },
    START_MS,
  );
});
