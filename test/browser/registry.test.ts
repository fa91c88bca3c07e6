// The registry in Chromium: on an office PC and a phone, with script and without. As a person does it: a producer, its
// product, a council's evaluation and the certificate are recorded, a change waits and is approved, a spreadsheet is
// imported. axe-core finds nothing serious, nothing overflows, and the browser logs no error.

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { makeUser } from '../../server/actions/people/make-user.ts';
import { makeImportRunner } from '../../server/jobs/import-runner.ts';
import { repeat } from '../../server/jobs/repeat.ts';
import { CAST, openTestApi, type TestApi } from '../fixtures/api.ts';
import { openBrowser, Person, SCREENS } from '../fixtures/browser.ts';

const PASSWORD = 'mật khẩu đủ dài';
const START_MS = 60_000;
/** The limits that docs/effort.md gives. */
const PRODUCT_INPUTS_MAX = 5;
const EVALUATION_INPUTS_MAX = 6;
const CERTIFICATE_INPUTS_MAX = 5;
const APPROVE_CLICKS_MAX = 3;
const IMPORT_INPUTS_MAX = 4;

let api: TestApi;
let browser: Browser;
let stopImports: () => Promise<void>;

beforeAll(async () => {
  api = await openTestApi();
  const admin = api.actor('admin');
  await makeUser(
    admin,
    { role: 'office', login: 'van-phong', name: 'Đinh Văn Mẫu', password: PASSWORD, officeId: CAST.officeA },
    api.ctx,
  );
  await makeUser(
    admin,
    { role: 'producer', login: 'htx', name: 'Bùi Thị Mẫu', password: PASSWORD, producerId: CAST.producerA1 },
    api.ctx,
  );
  await makeUser(admin, { role: 'admin', login: 'quan-tri', name: 'Quản trị', password: PASSWORD }, api.ctx);
  const runner = makeImportRunner(api.context);
  const stopLooking = repeat(
    () => runner.work(),
    200,
    (error) => {
      throw error;
    },
  );
  stopImports = async () => void (await Promise.all([runner.stop(), stopLooking()]));
  browser = await openBrowser();
}, START_MS);
afterAll(async () => {
  await browser.close();
  await stopImports();
  await api.close();
});

async function faultsOf(person: Person): Promise<string[]> {
  const over = await person.overflow();
  const where = person.page.url();
  return [
    ...(person.screen.script ? await person.seriousFaults() : []),
    ...(over > 0 ? [`${over} px too wide`] : []),
    ...person.errors,
  ].map((fault) => `${where}: ${fault}`);
}

async function signedIn(login: string, screen: (typeof SCREENS)[number]): Promise<Person> {
  const person = await Person.at(browser, api.address, screen);
  await person.signIn(login, PASSWORD);
  return person;
}

describe.each(SCREENS)('at $width pixels, script $script', (screen) => {
  const mark = `${screen.width}${screen.script ? 'a' : 'b'}`;

  test(
    'an office records a producer, its product with a picture, the council’s evaluation and the certificate',
    async () => {
      const person = await signedIn('van-phong', screen);
      const { page } = person;
      await person.goTo('Chủ thể');
      expect(await faultsOf(person)).toEqual([]);
      await person.click(page.getByRole('link', { name: 'Thêm chủ thể' }).first());
      await person.type('name', `HTX Chè Pà Cò ${mark}`);
      await person.choose('kind', 'cooperative');
      await person.type('address.commune', 'Pà Cò');
      await person.type('address.province', 'Phú Thọ');
      await person.type('taxCode', '12');
      await person.click(page.getByRole('button', { name: 'Thêm chủ thể' }));
      await page.getByText('Mã số thuế có 10 số').waitFor();
      expect(await page.locator('[name=name]').inputValue()).toBe(`HTX Chè Pà Cò ${mark}`);
      expect(await faultsOf(person)).toEqual([]);
      await person.type('taxCode', '');
      await person.click(page.getByRole('button', { name: 'Thêm chủ thể' }));
      await page.getByText('Đã thêm chủ thể.').waitFor();
      expect(await faultsOf(person)).toEqual([]);

      person.startCounting();
      await person.click(page.getByRole('link', { name: 'Thêm sản phẩm' }));
      expect(await faultsOf(person)).toEqual([]);
      await person.type('name', `Chè Shan tuyết ${mark}`);
      await person.choose('productSet', '11');
      await person.click(page.getByRole('button', { name: 'Thêm sản phẩm' }));
      await page.getByText('Đã thêm sản phẩm.').waitFor();
      expect(person.inputs).toBeLessThanOrEqual(PRODUCT_INPUTS_MAX);
      await page.getByText(/Đã có \d+\/\d+ mục/).waitFor();
      await page.setInputFiles('[name=photo]', {
        name: 'che.jpg',
        mimeType: 'image/jpeg',
        buffer: await sharp({ create: { width: 800, height: 600, channels: 3, background: '#3a6b2f' } })
          .jpeg()
          .toBuffer(),
      });
      await person.click(page.getByRole('button', { name: 'Gửi ảnh' }));
      await page.getByAltText(`Ảnh: Chè Shan tuyết ${mark}`).waitFor();
      expect(await faultsOf(person)).toEqual([]);

      person.startCounting();
      await person.click(page.getByRole('link', { name: 'Ghi đánh giá' }));
      await person.type('round', '2026-1');
      await page.fill('[name=heldOn]', '2026-05-20');
      await person.type('score', '76,80');
      await person.choose('minimumStars', '4');
      await person.click(page.getByRole('button', { name: 'Ghi đánh giá' }));
      await page.getByText('Đã ghi đánh giá.').waitFor();
      expect(person.inputs + 1).toBeLessThanOrEqual(EVALUATION_INPUTS_MAX);
      expect(await faultsOf(person)).toEqual([]);

      person.startCounting();
      await person.click(page.getByRole('link', { name: 'Cấp chứng nhận theo đánh giá này' }));
      expect(await faultsOf(person)).toEqual([]);
      await person.type('number', `OCOP-2026-${mark}`);
      await person.type('issuer', 'UBND tỉnh Phú Thọ');
      await page.fill('[name=issuedOn]', '2026-06-01');
      await person.click(page.getByRole('button', { name: 'Thêm chứng nhận' }));
      await page.getByText('Đã thêm chứng nhận.').waitFor();
      expect(person.inputs + 1).toBeLessThanOrEqual(CERTIFICATE_INPUTS_MAX);
      expect(await page.getByText('4 sao').first().isVisible()).toBe(true);
      expect(await page.getByText('31/05/2029').first().isVisible()).toBe(true);
      expect(await faultsOf(person)).toEqual([]);

      await person.click(page.getByText('Thêm giấy tờ'));
      await page.setInputFiles('[name=paper]', {
        name: 'quyet-dinh.pdf',
        mimeType: 'application/pdf',
        buffer: Buffer.from('%PDF-1.7 …'),
      });
      await person.click(page.getByRole('button', { name: 'Gửi tệp' }));
      await page.getByRole('link', { name: 'quyet-dinh.pdf' }).waitFor();

      await person.goTo('Sản phẩm');
      await page.fill('main [name=q]', `che shan ${mark}`);
      await person.click(page.getByRole('button', { name: 'Lọc' }));
      expect(await page.locator('tbody tr').count()).toBe(1);
      expect(await faultsOf(person)).toEqual([]);
      await person.click(page.getByRole('link', { name: `Chè Shan tuyết ${mark}` }));
      await page.getByRole('heading', { level: 1, name: `Chè Shan tuyết ${mark}` }).waitFor();
      await person.leave();
    },
    START_MS,
  );

  test(
    'what a producer may not change alone waits, is shown with its difference, and is approved',
    async () => {
      const producer = await signedIn('htx', screen);
      await producer.goTo('Hồ sơ chủ thể');
      await producer.click(producer.page.getByRole('link', { name: 'Sửa' }));
      await producer.page.locator('[name=representative]').fill(`Bùi Văn ${mark}`);
      await producer.click(producer.page.getByRole('button', { name: 'Lưu' }).first());
      await producer.page.getByText('Đã gửi cho văn phòng duyệt.').waitFor();
      expect(await faultsOf(producer)).toEqual([]);

      const office = await signedIn('van-phong', screen);
      const { page } = office;
      await office.goTo('Chờ duyệt');
      expect(await faultsOf(office)).toEqual([]);
      office.startCounting();
      await office.click(page.getByRole('link', { name: 'Sửa hồ sơ chủ thể' }).first());
      expect(await page.getByText(`Bùi Văn ${mark}`).first().isVisible()).toBe(true);
      expect(await faultsOf(office)).toEqual([]);
      await office.click(page.getByRole('button', { name: 'Duyệt' }));
      await page.getByText('Đã duyệt, thay đổi có hiệu lực ngay.').waitFor();
      expect(office.clicks).toBeLessThanOrEqual(APPROVE_CLICKS_MAX);
      expect(await api.store.producers.get(CAST.producerA1)).toMatchObject({ representative: `Bùi Văn ${mark}` });
      await Promise.all([producer.leave(), office.leave()]);
    },
    START_MS,
  );

  test(
    'a list comes in from a spreadsheet: read, tried, seen row by row, applied, with its progress',
    async () => {
      const person = await signedIn('van-phong', screen);
      const { page } = person;
      await person.goTo('Nhập và xuất');
      expect(await faultsOf(person)).toEqual([]);
      const text = `Mã chủ thể;Tên chủ thể;Loại hình;Xã, phường;Tỉnh, thành phố\nN${mark};HTX nhập ${mark};Hợp tác xã;Cao Phong;Phú Thọ\nW${mark};;Công ty;Mai Châu;Phú Thọ\n`;
      person.startCounting();
      await page.setInputFiles('[name=file]', { name: 'chu-the.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
      await person.click(page.getByRole('button', { name: 'Đọc tệp' }));
      expect(await faultsOf(person)).toEqual([]);
      await person.click(page.getByRole('button', { name: 'Thử trước, chưa ghi gì' }));
      await page.getByRole('heading', { level: 1, name: 'Kết quả thử' }).waitFor({ timeout: 20_000 });
      await page.getByText('1 mới · 0 thay đổi · 0 như cũ · 1 chưa đúng').waitFor();
      expect(await faultsOf(person)).toEqual([]);
      await person.click(page.getByRole('button', { name: 'Ghi 1 dòng' }));
      await page.getByRole('heading', { level: 1, name: 'Đã ghi xong' }).waitFor({ timeout: 20_000 });
      expect(person.inputs + 1).toBeLessThanOrEqual(IMPORT_INPUTS_MAX);
      await person.goTo('Chủ thể');
      await page.getByRole('link', { name: `HTX nhập ${mark}` }).waitFor();
      await person.leave();
    },
    START_MS,
  );

  test(
    'the other pages of the registry are whole: log, offices, evaluations, an empty list',
    async () => {
      const person = await signedIn('quan-tri', screen);
      for (const path of [
        '/console/audit',
        '/console/offices',
        `/console/offices/${CAST.officeA}`,
        '/console/offices/new',
        '/console/evaluations',
        '/console/certificates',
        '/console/products?q=khong-co-gi',
        `/console/products/${CAST.productA1}/edit`,
        `/console/producers/${CAST.producerA1}`,
      ]) {
        await person.open(path);
        expect(await person.page.locator('h1').count()).toBe(1);
        expect(await faultsOf(person)).toEqual([]);
      }
      await person.leave();
    },
    START_MS,
  );
});
