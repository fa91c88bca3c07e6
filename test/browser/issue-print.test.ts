import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import type { Browser, Download } from 'playwright-core';
import type { Batch } from '../../server/domain/batches/batch.ts';
import type { PrintJob } from '../../server/domain/print/print-job.ts';
import { makeUser } from '../../server/actions/people/make-user.ts';
import { keysOf } from '../../server/actions/batches/sealed-batch.ts';
import { printedAddress } from '../../server/domain/stamp/stamp-address.ts';
import { startPrintJobRunner } from '../../server/jobs/print-job-runner.ts';
import { closePartWorker } from '../../server/sheet/threads/make-part.ts';
import { closeSheetWorkers } from '../../server/sheet/threads/draw-sheet.ts';
import { CAST, openTestApi, type TestApi } from '../fixtures/api.ts';
import { openBrowser, Person, SCREENS } from '../fixtures/browser.ts';
import { until } from '../fixtures/until.ts';

const LOGIN = 'htx';
const PASSWORD = 'mật khẩu đủ dài';
const FIRST_SCREEN_MS = 60_000;
/** The limit of inputs for issuing; docs/effort.md gives it. */
const ISSUE_INPUTS_MAX = 9;
const AS_BEFORE_CLICKS_MAX = 3;
const EFFORT = new URL('../../docs/effort.md', import.meta.url);

let api: TestApi;
let browser: Browser;
let stopJobs: () => Promise<void>;
let lots = 0;

beforeAll(async () => {
  api = await openTestApi();
  await makeUser(
    api.actor('admin'),
    { role: 'producer', login: LOGIN, name: 'Bùi Thị Mẫu', password: PASSWORD, producerId: CAST.producerA1 },
    api.ctx,
  );
  await api.as('producerA1').put('/printers/laser', null, { name: 'HP văn phòng', offsetX: 0.4, offsetY: -0.2 });
  stopJobs = startPrintJobRunner({
    context: api.context,
    log: () => undefined,
    failed: (error) => api.logged.push({ error }),
  });
  browser = await openBrowser();
  // A known product: it was printed before.
  const { body } = await api.as('producerA1').post('/batches', {
    productId: CAST.productA1,
    lot: 'CF-00',
    producedOn: '2026-11-20',
    expiresOn: '2027-11-20',
    quantity: 65,
  });
  await api.as('producerA1').post('/print-jobs', { batchId: body['id'], template: 'a4-65', printer: 'laser' });
}, FIRST_SCREEN_MS);
afterAll(async () => {
  await browser.close();
  await stopJobs();
  await api.close();
  await closeSheetWorkers();
  await closePartWorker();
});

async function isPdf(download: Download): Promise<boolean> {
  return (await readFile(await download.path())).subarray(0, 5).toString('latin1') === '%PDF-';
}

/** The inputs that docs/effort.md names for a job. */
async function effortOf(job: string, width: 360 | 1280): Promise<number> {
  const row = (await readFile(EFFORT, 'utf8')).split('\n').find((line) => line.startsWith(`| ${job} |`));
  return Number(row?.split('|')[width === 1280 ? 3 : 4]);
}

/** Waits until the job's page offers its file, and downloads it. */
async function takeFile(person: Person): Promise<boolean> {
  const pdf = person.page.getByRole('link', { name: 'Tải PDF' });
  await pdf.waitFor({ timeout: 20_000 });
  const download = person.page.waitForEvent('download');
  await person.click(pdf);
  return isPdf(await download);
}

describe.each(SCREENS)('at $width pixels, script $script', (screen) => {
  test(
    'a known product’s sheet is printed from the sign-in within nine inputs',
    async () => {
      const person = await Person.at(browser, api.address, screen);
      const { page } = person;
      await person.signIn(LOGIN, PASSWORD);
      await person.goTo('In tem');
      await person.type('lot', `CF-10-${(lots += 1)}`);
      await person.type('quantity', '130');
      await person.click(page.getByRole('button', { name: 'Tạo tờ tem' }));
      expect(await page.locator('h1').textContent()).toMatch(/Đang tạo tờ tem|Tờ tem đã sẵn sàng/);
      expect(await takeFile(person)).toBe(true);
      expect(await page.locator('main').textContent()).toContain('Đã quét kiểm 130/130 tem, tất cả đều khớp');
      expect(person.inputs).toBe(await effortOf("Print a known product's new lot", screen.width));
      expect(person.inputs).toBeLessThanOrEqual(ISSUE_INPUTS_MAX);
      expect(person.errors).toEqual([]);
      await person.leave();
    },
    FIRST_SCREEN_MS,
  );

  test(
    'the same as last time is three clicks from the page of today',
    async () => {
      const person = await Person.at(browser, api.address, screen);
      await person.signIn(LOGIN, PASSWORD);
      person.startCounting();
      await person.click(person.page.getByRole('button', { name: 'In như lần trước' }));
      expect(await takeFile(person)).toBe(true);
      expect(person.clicks).toBeLessThanOrEqual(AS_BEFORE_CLICKS_MAX);
      expect(person.inputs).toBe(await effortOf('The same as last time', screen.width));
      expect(person.errors).toEqual([]);
      await person.leave();
    },
    FIRST_SCREEN_MS,
  );

  test(
    'a click on a used place begins there, and what was typed stays',
    async () => {
      const person = await Person.at(browser, api.address, screen);
      await person.signIn(LOGIN, PASSWORD);
      await person.open('/console/print');
      await person.type('lot', 'GÕ-DỞ');
      const picture = person.page.locator(screen.width === 360 ? 'input.narrow' : 'input.wide');
      const box = await picture.boundingBox();
      if (box === null) throw new Error('the sheet has no picture');
      // On A4, the middle of the third place in the fifth row: 4.7 + 2.47 × 40.6 mm across, 10.9 + 4.5 × 21.2 mm down.
      await picture.click({ position: { x: (box.width * 105) / 210, y: (box.height * 106.3) / 297 } });
      await until(async () => (await person.page.inputValue('[name="skip"]')) === '23');
      expect(await person.page.inputValue('[name="lot"]')).toBe('GÕ-DỞ');
      expect(person.errors).toEqual([]);
      await person.leave();
    },
    FIRST_SCREEN_MS,
  );

  test(
    'a roll is activated by what a hand scanner types, said back before it is done',
    async () => {
      const office = api.as('officeA');
      const { body } = await office.post('/batches', { producerId: CAST.producerA1, quantity: 9_400 });
      const batch = await api.store.batches.get(String(body['id']));
      if (batch === null) throw new Error('no roll');
      const keys = keysOf(api.ctx, batch);
      const lot = await api.as('producerA1').post('/lots', { productId: CAST.productA1, number: `TT-${(lots += 1)}` });
      const person = await Person.at(browser, api.address, screen);
      const { page } = person;
      await person.signIn(LOGIN, PASSWORD);
      await person.open('/console/activate');
      person.startCounting();
      await person.choose('lotId', String(lot.body['id']));
      await page.focus('[name="first"]');
      // A scanner types the address and presses Enter. The next field is then focused, by the script or by the form,
      // which keeps its values.
      for (const serial of [1, 9_400]) {
        await page.keyboard.type(printedAddress(batch, keys.codeOf(serial)));
        person.inputs += 1;
        await (screen.script
          ? page.keyboard.press('Enter')
          : Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]));
        // A browser focuses the marked field a moment after the page appears; a scanner's next code comes even later.
        if (serial === 1) await page.locator('[name="last"]:focus').waitFor();
      }
      const look = page.getByRole('button', { name: 'Xem lại trước khi kích hoạt' });
      if (screen.script) await person.click(look);
      expect(await page.locator('main').textContent()).toContain('Bạn đang kích hoạt 9.400 tem');
      expect((await api.store.batches.get(batch.id))?.activations).toEqual([]);
      await person.click(page.getByRole('button', { name: 'Kích hoạt', exact: true }));
      expect(await page.locator('h1').textContent()).toBe('Đã kích hoạt 9.400 tem');
      expect(person.inputs).toBeLessThanOrEqual(await effortOf('Activate a roll', screen.width));
      await page.getByRole('button', { name: 'Bỏ kích hoạt' }).click();
      expect((await api.store.batches.get(batch.id))?.activations).toEqual([]);
      expect(person.errors).toEqual([]);
      await person.leave();
    },
    FIRST_SCREEN_MS,
  );
});

describe('for everybody', () => {
  test.each([1280, 360] as const)(
    'at %i pixels a jammed sheet, a step of the journey and a print shop take two inputs each',
    async (width) => {
      const person = await Person.at(browser, api.address, { width, script: true });
      const { page } = person;
      const { job, batch } = await jobWithoutVoids();
      await person.signIn(LOGIN, PASSWORD);
      await person.open(`/console/print-jobs/${job.id}`);
      person.startCounting();
      // First, because files with void stamps cannot be handed over.
      await person.type('shop', 'Nhà in Tân Tiến');
      await person.click(page.getByRole('button', { name: 'Tạo đường dẫn' }));
      expect(await page.inputValue('#shop-link')).toContain('/print-shop/');
      expect(person.inputs).toBe(await effortOf('Hand a file to a print shop', width));
      await person.open(`/console/print-jobs/${job.id}`);
      person.startCounting();
      await person.type('sheets', '1');
      await person.click(page.getByRole('button', { name: 'Hủy tem hỏng' }));
      expect(await page.locator('main').textContent()).toMatch(/Đã hủy \d+ tem/);
      expect(person.inputs).toBe(await effortOf('Void a jammed sheet', width));
      await person.open(`/console/lots/${batch.lotId ?? ''}`);
      person.startCounting();
      await person.click(page.getByText('Đóng gói', { exact: true }).first());
      await person.click(page.getByRole('button', { name: 'Ghi', exact: true }));
      expect(await page.locator('.journey').textContent()).toContain('Đóng gói');
      expect(person.inputs).toBe(await effortOf("Record a step of a lot's journey", width));
      expect(person.errors).toEqual([]);
      await person.leave();
    },
    FIRST_SCREEN_MS,
  );

  test(
    'the words beside the picture follow the number of stamps, the first place and the label',
    async () => {
      const person = await Person.at(browser, api.address, { width: 1280, script: true });
      const { page } = person;
      const caption = async (): Promise<string> => (await page.locator('.turn .h2').textContent()) ?? '';
      await person.signIn(LOGIN, PASSWORD);
      await person.open('/console/print');
      await person.type('skip', '1');
      await person.type('quantity', '200');
      await page.locator('[name="lot"]').focus();
      await until(async () => (await caption()) === 'Tờ 1/4');
      await person.type('skip', '64');
      await page.locator('[name="lot"]').focus();
      await until(async () => (await caption()) === 'Tờ 1/5');
      expect(await page.locator('#f-skip-hint').textContent()).toContain('63 ô đầu đã dùng');
      await person.click(page.getByRole('button', { name: 'Tờ sau' }));
      expect(await caption()).toBe('Tờ 2/5');
      // A page that is already shown stays.
      await person.type('quantity', '100');
      await page.locator('[name="lot"]').focus();
      await until(async () => (await caption()) === 'Tờ 2/3');
      await person.type('quantity', '2');
      await page.locator('[name="lot"]').focus();
      await until(async () => (await caption()) === 'Tờ 1/1');
      expect(await page.getByRole('button', { name: 'Tờ sau' }).isDisabled()).toBe(true);
      await Promise.all([page.waitForNavigation(), person.choose('template', 'roll-50x30')]);
      expect(await caption()).toBe('Tem 1/2');
      expect(person.errors).toEqual([]);
      await person.leave();
    },
    FIRST_SCREEN_MS,
  );

  test(
    'the keyboard alone signs in, issues and downloads',
    async () => {
      const person = await Person.at(browser, api.address, { width: 1280, script: true });
      const { page } = person;
      const tabTo = async (selector: string): Promise<void> => {
        for (let presses = 0; presses < 80; presses += 1) {
          if (await page.evaluate<boolean>(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
          await page.keyboard.press('Tab');
        }
        throw new Error(`Tab never reaches ${selector}`);
      };
      await person.open('/login');
      await tabTo('[name=login]');
      await page.keyboard.type(LOGIN);
      await tabTo('[name=password]');
      await page.keyboard.type(PASSWORD);
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/console$/);
      await tabTo('a[href="/console/print"]');
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/console\/print/);
      await tabTo('#f-lot');
      await page.keyboard.press('Control+A');
      await page.keyboard.type(`BP-${(lots += 1)}`);
      await tabTo('#f-skip');
      await page.keyboard.press('Control+A');
      await page.keyboard.type('4');
      await page.keyboard.press('Enter');
      await page.waitForURL(/print-jobs/);
      await page.getByRole('link', { name: 'Tải PDF' }).waitFor({ timeout: 20_000 });
      const download = page.waitForEvent('download');
      await tabTo('a[href*="/files/1"]');
      await page.keyboard.press('Enter');
      expect(await isPdf(await download)).toBe(true);
      expect(person.errors).toEqual([]);
      await person.leave();
    },
    FIRST_SCREEN_MS,
  );

  test.each([1280, 360] as const)(
    'at %i pixels nothing serious is wrong, and no page is wider than its window',
    async (width) => {
      const { items } = await api.store.batches.list(
        { producerId: CAST.producerA1, kind: 'goods' },
        { limit: 1, after: null },
      );
      const [batch] = items;
      const [job] = (await api.store.printJobs.list({ batchId: batch?.id ?? '' }, { limit: 1, after: null })).items;
      const person = await Person.at(browser, api.address, { width, script: true });
      await person.signIn(LOGIN, PASSWORD);
      const paths = [
        '/console/print',
        `/console/print-jobs/${job?.id ?? ''}`,
        '/console/batches',
        `/console/batches/${batch?.id ?? ''}`,
        '/console/activate',
        '/console/ledger',
        '/console/lots',
        '/console/lots/new',
        `/console/lots/${batch?.lotId ?? ''}`,
        '/console/printers',
        '/console/printers/new',
      ];
      for (const path of paths) {
        await person.open(path);
        expect({ path, faults: await person.seriousFaults(), overflow: await person.overflow() }).toEqual({
          path,
          faults: [],
          overflow: 0,
        });
      }
      expect(person.errors).toEqual([]);
      await person.leave();
    },
    FIRST_SCREEN_MS,
  );
});

/** A finished job of the producer without void stamps, with its batch. */
async function jobWithoutVoids(): Promise<{ job: PrintJob; batch: Batch }> {
  const filter = { producerId: CAST.producerA1, state: 'done' };
  const { items } = await api.store.printJobs.list(filter, { limit: 50, after: null });
  for (const job of items) {
    const batch = await api.store.batches.get(job.batchId);
    if (batch !== null && batch.voids.length === 0) return { job, batch };
  }
  throw new Error('every finished job has void stamps');
}
