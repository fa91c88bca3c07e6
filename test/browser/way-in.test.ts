// How people get access, in Chromium: on an office PC and a phone, with script and without. An invitation is handed
// over and used, a second step is set up and asked for, other sessions are ended. axe-core finds nothing serious,
// nothing overflows, and the browser logs no error.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { TOTP } from 'otpauth';
import type { Browser } from 'playwright-core';
import { inviteFirstAdmin } from '../../server/actions/people/invite.ts';
import { CAST, openTestApi, type TestApi } from '../fixtures/api.ts';
import { openBrowser, Person, SCREENS } from '../fixtures/browser.ts';
import { MADE_AT } from '../fixtures/records/cast.ts';

const PASSWORD = 'bốn từ dễ nhớ';
const START_MS = 60_000;
/** The limits that docs/effort.md gives. */
const INVITE_INPUTS_MAX = 6;
const JOIN_INPUTS_MAX = 4;

let api: TestApi;
let browser: Browser;

beforeAll(async () => {
  api = await openTestApi();
  browser = await openBrowser();
  const token = await inviteFirstAdmin(api.ctx);
  const admin = await Person.at(browser, api.address, { width: 360, script: false });
  await admin.open(`/invitation/${token ?? ''}`);
  expectNoOffice(await admin.page.locator('[name="office.name"]').count());
  await admin.type('name', 'Quản trị');
  await admin.type('login', 'quan.tri');
  await admin.type('password', PASSWORD);
  await admin.click(admin.page.locator('main button'));
  await admin.page.getByRole('heading', { level: 1 }).waitFor();
  await admin.leave();
}, START_MS);
beforeEach(() => api.setNow(MADE_AT));
afterAll(async () => {
  await browser.close();
  await api.close();
});

/** The test's store already has offices, so the first admin is not asked to make one. */
function expectNoOffice(fields: number): void {
  if (fields > 0) throw new Error('an office was asked for where there are some');
}

async function faultsOf(person: Person): Promise<string[]> {
  const over = await person.overflow();
  const where = person.page.url();
  return [
    ...(person.screen.script ? await person.seriousFaults() : []),
    ...(over > 0 ? [`${over} px too wide`] : []),
    ...person.errors,
  ].map((fault) => `${where}: ${fault}`);
}

describe.each(SCREENS)('at $width pixels, script $script', (screen) => {
  const login = `lan.${screen.width}.${screen.script ? 'js' : 'no'}`;

  test(
    'an admin invites somebody; the link is handed over, used, and used up',
    async () => {
      const admin = await Person.at(browser, api.address, screen);
      await admin.signIn('quan.tri', PASSWORD);
      await admin.goTo('Tài khoản');
      expect(await faultsOf(admin)).toEqual([]);
      admin.startCounting();
      await admin.click(admin.page.getByRole('link', { name: 'Mời người mới' }));
      expect(await faultsOf(admin)).toEqual([]);
      await admin.type('name', 'Nguyễn Thị Lan');
      await admin.click(admin.page.getByLabel('văn phòng', { exact: false }).first());
      await admin.choose('officeId', CAST.officeA);
      await admin.click(admin.page.getByRole('button', { name: 'Tạo đường dẫn' }));
      expect(admin.inputs).toBeLessThanOrEqual(INVITE_INPUTS_MAX);
      const link = new URL(await admin.page.getByLabel('Đường dẫn').inputValue());
      expect(await faultsOf(admin)).toEqual([]);

      const lan = await Person.at(browser, api.address, screen);
      await lan.open(link.pathname);
      lan.startCounting();
      await lan.type('login', login);
      await lan.type('password', 'ngắn');
      await lan.click(lan.page.getByRole('button', { name: 'Tạo tài khoản' }));
      await lan.page.getByText('Mật khẩu cần từ 12 ký tự').waitFor();
      expect(await lan.page.locator('[name=login]').inputValue()).toBe(login);
      expect(await faultsOf(lan)).toEqual([]);
      lan.startCounting();
      await lan.type('password', PASSWORD);
      await lan.click(lan.page.getByRole('button', { name: 'Tạo tài khoản' }));
      await lan.page.waitForURL('**/console');
      expect(lan.inputs).toBeLessThanOrEqual(JOIN_INPUTS_MAX);
      lan.errors.length = 0;
      await lan.open(link.pathname);
      await lan.page.getByRole('heading', { name: 'Đường dẫn này không còn dùng được' }).waitFor();
      await Promise.all([admin.leave(), lan.leave()]);
    },
    START_MS,
  );

  test(
    'a wrong password is told beside the form and keeps the login; the right one comes in',
    async () => {
      const person = await Person.at(browser, api.address, screen);
      await person.signIn(login, 'không phải thế này');
      await person.page.getByRole('alert').getByText('Tên đăng nhập hoặc mật khẩu chưa đúng').waitFor();
      expect(await person.page.locator('[name=login]').inputValue()).toBe(login);
      person.errors.length = 0;
      expect(await faultsOf(person)).toEqual([]);
      await person.signIn(login, PASSWORD);
      await person.page.getByRole('heading', { level: 1 }).waitFor();
      await person.leave();
    },
    START_MS,
  );

  test(
    'a second step is set up with a phone’s app and asked for at the next sign-in; sessions elsewhere end',
    async () => {
      const here = await Person.at(browser, api.address, screen);
      await here.signIn(login, PASSWORD);
      await here.open('/console/account');
      expect(await faultsOf(here)).toEqual([]);
      await here.click(here.page.getByRole('link', { name: 'Bật xác thực hai bước' }));
      expect(await faultsOf(here)).toEqual([]);
      const secret = (await here.page.locator('p.code').innerText()).replaceAll(' ', '');
      const code = (): string => new TOTP({ secret }).generate({ timestamp: api.ctx.now().getTime() });
      await here.type('password', PASSWORD);
      await here.type('code', code());
      await here.click(here.page.getByRole('button', { name: 'Bật xác thực hai bước' }));
      expect(await here.page.locator('.codes li').count()).toBe(10);
      expect(await faultsOf(here)).toEqual([]);

      api.setNow(new Date(Date.parse(MADE_AT) + 60_000).toISOString());
      const there = await Person.at(browser, api.address, screen);
      await there.signIn(login, PASSWORD);
      await there.page.getByRole('heading', { name: 'Nhập mã xác thực' }).waitFor();
      expect(await faultsOf(there)).toEqual([]);
      await there.type('code', code());
      await there.click(there.page.getByRole('button', { name: 'Đăng nhập' }));
      await there.open('/console/account');
      await there.click(there.page.getByRole('button', { name: 'Đăng xuất ở các thiết bị khác' }));
      await there.page.getByText('Đã đăng xuất ở các thiết bị khác.').waitFor();
      await here.open('/console/account');
      await here.page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
      await Promise.all([here.leave(), there.leave()]);
    },
    START_MS,
  );
});
