// Lists as offices keep them, in Chromium on an office PC with script and on a phone without: the heads are chosen in
// the picture of the file's first rows, several kinds come in from one row, and the import is taken back as one.

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { makeUser } from '../../server/actions/people/make-user.ts';
import { makeImportRunner } from '../../server/jobs/import-runner.ts';
import { repeat } from '../../server/jobs/repeat.ts';
import { CAST, openTestApi, type TestApi } from '../fixtures/api.ts';
import { openBrowser, Person, SCREENS } from '../fixtures/browser.ts';

const PASSWORD = 'mật khẩu đủ dài';
const START_MS = 60_000;

let api: TestApi;
let browser: Browser;
let stopImports: () => Promise<void>;

beforeAll(async () => {
  api = await openTestApi();
  const user = { role: 'office', login: 'van-phong', name: 'Đinh Văn Mẫu', password: PASSWORD } as const;
  await makeUser(api.actor('admin'), { ...user, officeId: CAST.officeA }, api.ctx);
  const runner = makeImportRunner(api.context);
  const stopLooking = repeat(
    () => runner.work(),
    100,
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

async function signedIn(screen: (typeof SCREENS)[number]): Promise<Person> {
  const person = await Person.at(browser, api.address, screen);
  await person.signIn('van-phong', PASSWORD);
  return person;
}

async function looksRight(person: Person): Promise<void> {
  const over = await person.overflow();
  const serious = person.screen.script ? await person.seriousFaults() : [];
  expect([person.page.url(), over, serious, person.errors]).toEqual([person.page.url(), 0, [], []]);
}

const COUNCIL = (mark: string): string =>
  [
    'KẾT QUẢ CÔNG NHẬN SẢN PHẨM OCOP ĐỢT 2 NĂM 2026;;;;;;;;;',
    'TT;Tên chủ thể;Địa chỉ;Điện thoại;Tên sản phẩm;Nhóm;Bộ sản phẩm;Số sao;Số giấy chứng nhận;Nơi cấp;Ngày cấp',
    `1;HTX Mơ ${mark};Thôn 1, xã Tân Lạc, tỉnh Phú Thọ;990776611;Mơ ngâm ${mark};Thực phẩm;7;4;U1/${mark};UBND tỉnh;05/07/2026`,
    `2;HTX Mơ ${mark};Thôn 1, xã Tân Lạc, tỉnh Phú Thọ;990776611;Rượu mơ ${mark};Đồ uống;14;3;U2/${mark};UBND tỉnh;05/07/2026`,
    `3;Hộ Bà Tư ${mark};Xóm Mới, xã Lạc Sơn, Phú Thọ;;Chổi ${mark};Thứ khác;22;;;;`,
  ].join('\n');

/** The two ends: what works on both works between them. */
const ENDS = SCREENS.filter(({ width, script }) => (width === 360) !== script);

describe.each(ENDS)('at $width pixels, script $script', (screen) => {
  const mark = `${screen.width}${screen.script ? 'a' : 'b'}`;
  test(
    'several kinds in a row: heads chosen in the picture, tried, applied, and taken back as one',
    async () => {
      const person = await signedIn(screen);
      const { page } = person;
      await person.goTo('Nhập và xuất');
      const file = { name: 'hoi-dong.csv', mimeType: 'text/csv', buffer: Buffer.from(COUNCIL(mark)) };
      await page.setInputFiles('[name=file]', file);
      await person.click(page.getByRole('button', { name: 'Đọc tệp' }));
      await looksRight(person);
      await person.click(page.getByRole('button', { name: 'Tên cột ở dòng 1' }));
      await person.click(page.getByRole('button', { name: 'Tên cột ở dòng 2' }));
      await person.click(page.getByRole('button', { name: 'Thử trước, chưa ghi gì' }));
      await page.getByRole('heading', { level: 1, name: 'Kết quả thử' }).waitFor({ timeout: 20_000 });
      await looksRight(person);
      await person.click(page.getByRole('button', { name: 'Ghi 2 dòng' }));
      await page.getByRole('heading', { level: 1, name: 'Đã ghi xong' }).waitFor({ timeout: 20_000 });
      await looksRight(person);
      await person.click(page.getByRole('button', { name: 'Hoàn tác lần nhập này' }));
      await page.getByRole('heading', { level: 1, name: 'Đã hoàn tác lần nhập' }).waitFor({ timeout: 20_000 });
      await looksRight(person);
      expect(person.errors).toEqual([]);
      await person.leave();
    },
    START_MS,
  );
});
