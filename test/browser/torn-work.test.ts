// Work that is torn: each form of the console is filled in, the session ends, the main button is pressed, the person
// signs in again, and all of it is there. Forms are found on the pages of the route list, so a new one is covered by
// itself; passwords and files are the named exceptions. Then what the browser keeps by itself: a reload, Back, a power
// cut, signing out.

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { endOtherSessions } from '../../server/actions/people/own-sessions.ts';
import { makeUser } from '../../server/actions/people/make-user.ts';
import type { Person as Account } from '../../server/domain/people/account.ts';
import { closeSheetWorkers } from '../../server/sheet/threads/draw-sheet.ts';
import { consoleRoutes } from '../../server/web/console/routes.ts';
import { CAST, openTestApi, type TestApi } from '../fixtures/api.ts';
import { openBrowser, Person } from '../fixtures/browser.ts';
import { formsOf, visitorOf } from '../fixtures/console.ts';
import { until } from '../fixtures/until.ts';
import { makeDataSet } from '../golden/data-set.ts';

const PASSWORD = 'mật khẩu đủ dài';
const NEW_PRODUCT = '/console/products/new';
const START_MS = 120_000;
const WALK_MS = 240_000;
const LOGINS = ['torn-office', 'torn-producer', 'torn-admin'] as const;
type Login = (typeof LOGINS)[number];

interface TornForm {
  login: Login;
  path: string;
  action: string;
}

let api: TestApi;
let browser: Browser;
let forms: TornForm[] = [];
const accounts = new Map<Login, Account>();

beforeAll(async () => {
  api = await openTestApi();
  const { ids } = await makeDataSet(api);
  const admin = api.actor('admin');
  const of = {
    'torn-office': { role: 'office', officeId: CAST.officeA },
    'torn-producer': { role: 'producer', producerId: CAST.producerA1 },
    'torn-admin': { role: 'admin' },
  } as const;
  const found = new Map<string, TornForm>();
  for (const login of LOGINS) {
    await makeUser(admin, { login, name: `Người ${login}`, password: PASSWORD, ...of[login] }, api.ctx);
    const user = await api.store.users.findBy('login', [login]);
    if (user === null) throw new Error(`no ${login}`);
    const { id, role, officeId, producerId } = user;
    accounts.set(login, { kind: 'person', id, role, officeId, producerId } as Account);
    const visitor = await visitorOf(api, user);
    for (const { path } of consoleRoutes.filter(({ method, right }) => method === 'get' && right !== 'public'))
      for (const address of addressesOf(path, ids)) {
        const page = await visitor.open(address);
        if (page.status !== 200 || !page.text.startsWith('<!doctype html>')) continue;
        for (const { action, values } of formsOf(page.text)) {
          const kind = action.replaceAll(/\/[^/]*\d[^/]*/g, '/:id');
          const isTyped = Object.keys(values).some((name) => !NOT_TYPED.has(name));
          if (isTyped && !found.has(kind)) found.set(kind, { login, path: address, action });
        }
      }
  }
  forms = [...found.values()];
  browser = await openBrowser();
}, START_MS);
afterAll(async () => {
  await browser.close();
  await api.close();
  await closeSheetWorkers();
});

const NOT_TYPED = new Set([
  'once',
  'version',
  'was',
  'id',
  'password',
  'current',
  'code',
  'sealed',
  'known',
  'disabled',
]);

/** A route's path with ids of the data set whose names start like its first word. */
function addressesOf(path: string, ids: Readonly<Record<string, string>>): string[] {
  if (!path.includes(':')) return [path];
  const noun = (path.split('/')[2] ?? '').replace(/ies$/, 'y').replace(/(?<=ch)es$|s$/, '');
  return Object.entries(ids)
    .filter(([name]) => name.split(' ')[0] === noun)
    .map(([, id]) => path.replace(/:id/, id))
    .filter((one) => !one.includes(':'));
}

/** Types something into every control of the form and returns what then stands there. */
function fillAll(page: Page, action: string): Promise<[name: string, value: string][]> {
  return page.evaluate(`(() => {
    const form = ${formBy(action)};
    form.noValidate = true;
    let at = 0;
    for (const one of form.elements) {
      at += 1;
      if (one.type === 'hidden' || one.type === 'password' || one.type === 'file' || one.readOnly) continue;
      if (one.tagName === 'SELECT') one.selectedIndex = one.options.length - 1;
      else if (one.type === 'checkbox' || one.type === 'radio') one.checked = true;
      else if (one.type === 'search') continue;
      else if (one.tagName === 'TEXTAREA' || one.tagName === 'INPUT' && one.type !== 'image')
        one.value = one.dataset.day === undefined ? 'Chữ gõ ' + at : '0' + (at % 9 + 1) + '/11/2026';
    }
    return ${KEPT};
  })()`);
}

function standingIn(page: Page, action: string): Promise<[name: string, value: string][]> {
  return page.evaluate(`(() => {
    const form = ${formBy(action)};
    return form === undefined ? [] : ${KEPT};
  })()`);
}

/** An expression of the page's script. */
function formBy(action: string): string {
  const forms = "[...document.querySelectorAll('form[method=post]')]";
  return `${forms}.find((one) => one.getAttribute('action') === ${JSON.stringify(action)})`;
}

const NOT_READ = "['hidden', 'password', 'file', 'submit', 'image', 'search']";
const KEPT = `[...form.elements]
  .filter(({ type, name }) => name !== '' && !${NOT_READ}.includes(type))
  .filter(({ name }) => !['code'].includes(name))
  .filter(({ type, checked }) => !['checkbox', 'radio'].includes(type) || checked)
  .map(({ name, value }) => [name, value])`;

/** Presses the main button of the form: the filled one, or its only one. */
async function pressMain(page: Page, action: string): Promise<void> {
  const form = page.locator(`form[method=post][action="${action}"]`);
  const filled = form.locator('button.fill:visible');
  const button = (await filled.count()) > 0 ? filled : form.locator('button.btn:visible:not([name="again-as"])');
  await Promise.all([page.waitForNavigation(), button.first().click({ force: true })]);
}

/** All sessions of the account end, as if it had been idle for twelve hours. */
async function endSessions(login: Login): Promise<void> {
  const account = accounts.get(login);
  if (account !== undefined) await endOtherSessions(account, null, api.ctx);
}

async function signIn(person: Person, login: Login): Promise<void> {
  await person.type('login', login);
  await person.type('password', PASSWORD);
  await Promise.all([person.page.waitForNavigation(), person.page.locator('main button.fill').click()]);
}

describe('torn work', () => {
  test(
    'each form of the console comes back whole over a sign-in, without script',
    async () => {
      expect(forms.length).toBeGreaterThan(30);
      const lost: string[] = [];
      for (const login of LOGINS) {
        const person = await Person.at(browser, api.address, { width: 1280, script: false });
        await person.open('/login');
        await signIn(person, login);
        for (const { path, action } of forms.filter((one) => one.login === login)) {
          await person.open(path);
          await person.page.evaluate(`document.querySelectorAll('details').forEach((one) => (one.open = true))`);
          const typed = await fillAll(person.page, action);
          await endSessions(login);
          await pressMain(person.page, action);
          await signIn(person, login);
          const back = await standingIn(person.page, action);
          const gone = typed.filter(([name, value]) => !back.some(([other, is]) => other === name && is === value));
          if (gone.length > 0)
            lost.push(`${path} ${action}, now at ${new URL(person.page.url()).pathname}: ${JSON.stringify(gone)}`);
        }
        await person.leave();
      }
      expect(lost).toEqual([]);
    },
    WALK_MS,
  );

  test(
    'what was not sent yet stays in the browser over a reload, Back and a power cut, until it is sent or signed out',
    async () => {
      const person = await Person.at(browser, api.address, { width: 360, script: true });
      const { page } = person;
      const name = page.locator('[name=name]');
      await person.open('/login');
      await signIn(person, 'torn-producer');
      await person.open(NEW_PRODUCT);
      await name.fill('Mật ong bạc hà');
      await until(() => page.evaluate<boolean>('localStorage.length > 0'));
      await page.reload();
      expect(await name.inputValue()).toBe('Mật ong bạc hà');
      await page.getByText('Đã điền lại những gì bạn gõ dở trên máy này.').waitFor();
      await person.open('/console');
      await page.goBack();
      expect(await name.inputValue()).toBe('Mật ong bạc hà');
      // The page goes without a word, as when the power is cut.
      const again = await page.context().newPage();
      await page.goto('about:blank');
      await again.goto(api.address + NEW_PRODUCT);
      expect(await again.locator('[name=name]').inputValue()).toBe('Mật ong bạc hà');
      await again.selectOption('[name=productSet]', '1');
      await Promise.all([again.waitForNavigation(), again.locator('main form[data-draft] button.fill').click()]);
      expect(await again.evaluate('Object.keys(localStorage).length')).toBe(0);
      await again.goto(api.address + NEW_PRODUCT);
      expect(await again.locator('[name=name]').inputValue()).toBe('');
      await again.fill('[name=name]', 'Chè');
      await until(() => again.evaluate<boolean>('localStorage.length > 0'));
      await again.evaluate(`document.querySelector('form[action="/logout"]').requestSubmit()`);
      await again.waitForURL('**/login');
      expect(await again.evaluate('Object.keys(localStorage).length')).toBe(0);
      await person.leave();
    },
    START_MS,
  );
});
