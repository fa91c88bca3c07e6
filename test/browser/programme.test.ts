// The programme, scans, a recall and the home pages in Chromium: on an office PC and a phone, with script and without.
// Each job is done as a person does it, by labels and links. axe-core finds nothing serious, nothing overflows, and the
// browser logs no error.

import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readSheet } from 'read-excel-file/node';
import type { Browser } from 'playwright-core';
import { importProgramme } from '../../server/actions/import/import-programme.ts';
import { makeUser } from '../../server/actions/people/make-user.ts';
import { readNamedRows } from '../../server/actions/import/table-file.ts';
import { keysOf } from '../../server/actions/batches/sealed-batch.ts';
import { saveNew } from '../../server/actions/kit/save.ts';
import { addDays } from '../../server/domain/calendar.ts';
import { closeSheetWorkers } from '../../server/sheet/threads/draw-sheet.ts';
import { CAST, openTestApi, type TestApi } from '../fixtures/api.ts';
import { openBrowser, Person, SCREENS } from '../fixtures/browser.ts';
import { TODAY } from '../fixtures/records/cast.ts';
import { aCertificate } from '../fixtures/records/registry.ts';
import { aScan } from '../fixtures/records/scans.ts';

const PASSWORD = 'mật khẩu đủ dài';
/** Clicks after signing in, as docs/effort.md gives them. */
const REMIND_CLICKS_MAX = 4;
const RECALL_INPUTS_MAX = 9;
const START_MS = 60_000;

let api: TestApi;
let browser: Browser;
let batchId: string;
let lots = 0;

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
  await makeUser(
    admin,
    { role: 'inspector', login: 'kiem-tra', name: 'Lê Văn Mẫu', password: PASSWORD, officeId: CAST.officeA },
    api.ctx,
  );
  const rows = await readNamedRows(
    await readFile(new URL('../../scripts/sample-registry/programme.csv', import.meta.url)),
  );
  if (rows.ok) await importProgramme(api.actor('officeA'), { rows: rows.value }, api.ctx);
  const place = { officeId: CAST.officeA, producerId: CAST.producerA1, productId: CAST.productA1 };
  const certificate = aCertificate({
    ...place,
    issuedOn: '2024-02-15',
    expiresOn: addDays(TODAY, 82),
    evaluationId: null,
    imported: true,
  });
  await saveNew(api.ctx, admin, {
    collection: 'certificates',
    doc: certificate,
    action: 'make-certificate',
    answer: null,
  });
  batchId = String(
    (
      await api.as('officeA').post('/batches', {
        productId: CAST.productA1,
        lot: 'SEEN-1',
        producedOn: '2026-11-20',
        expiresOn: addDays(TODAY, 5),
        quantity: 400,
      })
    ).body['id'],
  );
  for (let i = 0; i < 40; i++) {
    const day = addDays(TODAY, -(i % 9));
    await api.store.scans.record(
      aScan({
        id: `s${i}`,
        batchId,
        serial: i < 24 ? 118 : i,
        visitor: `v${i}`,
        province: i % 2 === 0 ? 'Hà Nội' : 'Cà Mau',
        at: `${i < 24 ? TODAY : day}T02:${String(i % 60).padStart(2, '0')}:00.000Z`,
        day: i < 24 ? TODAY : day,
      }),
    );
  }
  browser = await openBrowser();
}, START_MS);
afterAll(async () => {
  await browser.close();
  await api.close();
  await closeSheetWorkers();
});

async function verdictOf(lotBatchId: string): Promise<string> {
  const batch = await api.store.batches.get(lotBatchId);
  if (batch === null) throw new Error('no batch');
  const answer = await fetch(`${api.address}/t/${keysOf(api.ctx, batch).codeOf(1)}`, {
    headers: { Accept: 'application/json' },
  });
  return String(((await answer.json()) as { verdict: string }).verdict);
}

/** What is wrong with the page, by name. */
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
  test(
    'the office reads the year against its plan, takes it as a spreadsheet, and reminds a producer',
    async () => {
      const person = await Person.at(browser, api.address, screen);
      const { page } = person;
      await person.signIn('van-phong', PASSWORD);
      await page.getByRole('heading', { level: 1, name: /Hôm nay bạn có .* việc cần xử lý/ }).waitFor();
      expect(await faultsOf(person)).toEqual([]);
      await person.goTo('Chương trình năm');
      await page.selectOption('main [name="year"]', '2020');
      await page.fill('main [name="on"]', '2020-11-26');
      await person.click(page.locator('main').getByRole('button', { name: 'Xem' }));
      await page.getByText('58 sản phẩm, vượt kế hoạch 8').waitFor();
      expect(await faultsOf(person)).toEqual([]);
      const download = page.waitForEvent('download');
      await person.click(page.getByRole('link', { name: 'Xuất Excel' }));
      const rows = await readSheet(await readFile(await (await download).path()), 1);
      expect(rows.find(([name]) => name === 'Sản phẩm đạt từ 3 sao')?.slice(1, 4)).toEqual([50, 58, 8]);

      await person.open('/console');
      person.startCounting();
      await person.click(page.locator('.jobs li', { hasText: 'hết hiệu lực trong 90 ngày' }).getByRole('link'));
      await person.click(page.getByRole('link', { name: 'Nhắc chủ thể' }).first());
      expect(await faultsOf(person)).toEqual([]);
      await person.click(page.getByRole('button', { name: 'Lưu' }));
      await page.getByText('Đã lưu.').waitFor();
      expect(person.clicks).toBeLessThanOrEqual(REMIND_CLICKS_MAX);
      await person.leave();
    },
    START_MS,
  );

  test(
    'scans are drawn with their figures, a copied stamp is a case that is closed',
    async () => {
      const person = await Person.at(browser, api.address, screen);
      const { page } = person;
      await person.signIn('van-phong', PASSWORD);
      await person.goTo('Lượt quét');
      await page.getByRole('heading', { name: 'Theo ngày' }).waitFor();
      const [wide, narrow] = [page.locator('.chart .wide svg').first(), page.locator('.chart .narrow svg').first()];
      expect([await wide.isVisible(), await narrow.isVisible()]).toEqual([screen.width === 1280, screen.width === 360]);
      await person.click(page.getByText('Xem bảng số liệu').first());
      expect(await page.locator('details[open] td').first().isVisible()).toBe(true);
      expect(await faultsOf(person)).toEqual([]);
      await person.click(page.getByRole('link', { name: 'Tem có thể bị sao chép' }));
      await person.click(page.locator('tbody').getByRole('link', { name: /Tem 118/ }));
      expect(await faultsOf(person)).toEqual([]);
      await page.getByLabel('Bắt đầu xem xét').check();
      await page.getByLabel('Ghi chú').fill('đã hỏi chủ thể');
      await person.click(page.getByRole('button', { name: 'Lưu' }));
      await page.getByText('Đã lưu.').waitFor();
      await person.leave();
    },
    START_MS,
  );

  test(
    'a lot is recalled from its number with a preview and words, told by the next scan, and withdrawn',
    async () => {
      const number = `FISH-${(lots += 1)}`;
      const made = await api.as('officeA').post('/batches', {
        productId: CAST.productA1,
        lot: number,
        producedOn: '2026-11-20',
        expiresOn: null,
        quantity: 50,
      });
      const recalled = String(made.body['id']);
      expect(await verdictOf(recalled)).toBe('valid');
      const person = await Person.at(browser, api.address, screen);
      const { page } = person;
      await person.signIn('van-phong', PASSWORD);
      await person.goTo('Thu hồi');
      person.startCounting();
      await person.click(page.getByRole('link', { name: 'Thu hồi hàng' }).first());
      await person.type('q', number.toLowerCase());
      await person.click(page.getByRole('main').getByRole('button', { name: 'Tìm' }));
      await person.click(page.getByRole('link', { name: 'Chọn' }).first());
      await page.getByRole('heading', { name: 'Phạm vi ảnh hưởng' }).waitFor();
      expect(await faultsOf(person)).toEqual([]);
      await person.type('reasonVi', 'Kho lạnh mất điện.');
      await person.type('adviceVi', 'Xin đừng ăn.');
      await page.getByLabel(/Tôi hiểu: 50 tem/).check();
      await person.click(page.getByRole('button', { name: 'Thu hồi ngay' }));
      await page.getByText('Đã ghi lệnh thu hồi.').waitFor();
      expect(person.inputs + 1).toBeLessThanOrEqual(RECALL_INPUTS_MAX);
      expect(await verdictOf(recalled)).toBe('recalled');
      expect(await faultsOf(person)).toEqual([]);
      await person.click(page.getByRole('button', { name: 'Rút lệnh thu hồi' }));
      await page.getByText('Đã rút lệnh thu hồi.').waitFor();
      expect(await verdictOf(recalled)).toBe('valid');
      await person.leave();
    },
    START_MS,
  );

  test.each(['htx', 'kiem-tra', 'van-phong'] as const)(
    'the home of %s and every page it leads to are sound in both languages',
    async (login) => {
      const person = await Person.at(browser, api.address, screen);
      const { page } = person;
      await person.signIn(login, PASSWORD);
      const staff = [
        '/console/programme?year=2020',
        '/console/programme/lapsing',
        '/console/programme/plan?year=2020',
        '/console/programme/support',
        '/console/programme/candidates',
        '/console/recalls',
      ];
      const office = [
        '/console/programme/support/new',
        '/console/programme/candidates/new',
        '/console/recalls/new',
        '/console/complaints',
      ];
      const paths = [
        '/console',
        '/console/scans',
        '/console/scans/cases',
        '/console/findings',
        ...(login === 'htx' ? ['/console/recalls/new'] : staff),
        ...(login === 'van-phong' ? office : []),
      ];
      const faults: string[] = [];
      for (const path of paths) {
        for (const lang of screen.script ? ['vi', 'en'] : ['vi']) {
          await person.open(`${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
          expect(await page.locator('h1').count()).toBe(1);
          faults.push(...(await faultsOf(person)));
        }
      }
      expect(faults).toEqual([]);
      await person.leave();
    },
    START_MS * 2,
  );
});

test(
  'the report prints without the frame around it',
  async () => {
    const person = await Person.at(browser, api.address, { width: 1280, script: true });
    await person.signIn('van-phong', PASSWORD);
    await person.open('/console/programme?year=2020&on=2020-11-26');
    await person.page.emulateMedia({ media: 'print' });
    expect(
      await person.page
        .locator('.side, .top, .filters')
        .evaluateAll((list) => list.every((one) => one.getClientRects().length === 0)),
    ).toBe(true);
    expect(await person.page.getByText('58 sản phẩm, vượt kế hoạch 8').isVisible()).toBe(true);
    await person.leave();
  },
  START_MS,
);
