// The inspection app as an inspector uses it: on a phone's screen, in a real Chromium, with the network cut. Times are
// measured on a processor slowed four times, as a five-year-old Android is.

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { makeUser } from '../../server/actions/people/make-user.ts';
import { keysOf } from '../../server/actions/batches/sealed-batch.ts';
import type { Batch } from '../../server/domain/batches/batch.ts';
import { printedAddress } from '../../server/domain/stamp/stamp-address.ts';
import { CAST, openTestApi, type TestApi } from '../fixtures/api.ts';
import { openBrowser } from '../fixtures/browser.ts';
import { openFront, type Front } from '../fixtures/inspect-front.ts';
import { makeStandIn, type StandIn } from '../fixtures/inspect-stand-in.ts';
import { Inspector, INSPECTOR } from '../fixtures/inspector.ts';
import { filmStamps } from '../fixtures/stamp-film.ts';
import { until } from '../fixtures/until.ts';

const WHOLE_MS = 120_000;
const SLOWED = 4;
const VERDICT_MS_MAX = 300;
const CODE_MS_MAX = 1;
const PROVINCE = 'Lâm Đồng';
/** A sample; the whole sheet of 40 is filmed at night. */
const FILMED = 5;

let api: TestApi;
let front: Front;
let standIn: StandIn;
let browser: Browser;
let batch: Batch;
let addressOf: (serial: number) => string;
let codeOf: (serial: number) => string;

beforeAll(async () => {
  api = await openTestApi();
  api.setNow(new Date().toISOString());
  await makeUser(api.actor('admin'), { role: 'inspector', ...INSPECTOR, officeId: CAST.officeA }, api.ctx);
  const office = api.as('officeA');
  const lot = await office.post('/lots', { productId: CAST.productA1, number: 'KT-1', expiresOn: '2028-01-01' });
  const made = await office.post('/batches', { lotId: lot.body['id'], quantity: 1_000 });
  const id = String(made.body['id']);
  await office.post(`/batches/${id}/voids`, { from: 900, to: 910, reason: 'lost' });
  const stored = await api.store.batches.get(id);
  if (stored === null) throw new Error('no batch');
  batch = stored;
  const keys = keysOf(api.ctx, batch);
  codeOf = (serial) => keys.codeOf(serial);
  addressOf = (serial) => printedAddress(batch, codeOf(serial));
  standIn = makeStandIn((read) => {
    const code = read.split('/').at(-1) ?? '';
    const serial = Array.from({ length: 1_000 }, (_, at) => at + 1).find((one) => codeOf(one) === code);
    return serial === undefined ? null : serial >= 900 && serial <= 910 ? 'void' : 'valid';
  });
  front = await openFront(api.address, standIn);
  browser = await openBrowser();
}, WHOLE_MS);
afterAll(async () => {
  await browser.close();
  await front.close();
  await api.close();
});

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Infinity;
}

/** What arrived, once each. */
function sentItems(): { clientId: string; serial: number; finding: string | null; photos: unknown[] }[] {
  const all = [...standIn.ops.values()];
  return all.flatMap((op) => {
    if (op.kind !== 'item') return [];
    const changes = all.flatMap((one) => (one.kind === 'change-item' && one.item === op.item ? [one.set] : []));
    const code = op.code.split('/').at(-1) ?? '';
    const serial = Array.from({ length: 1_000 }, (_, at) => at + 1).find((one) => codeOf(one) === code) ?? 0;
    const finding = changes.at(-1)?.finding ?? op.finding;
    const photos = [...standIn.photos.values()].filter((url) => url.includes(op.item));
    return [{ clientId: op.item, serial, finding, photos }];
  });
}

/** A code of the batch's form whose tag is another's. */
function forged(serial: number): string {
  return codeOf(serial).slice(0, 12) + codeOf(serial + 1).slice(12);
}

describe('a round without network', () => {
  test(
    'opens after one visit, tells stamps by the pack, keeps what was found, and sends it once when the network is back',
    async () => {
      const person = await Inspector.at(browser, front.address);
      const { page } = person;
      await person.signIn();
      await person.picture('home');
      await person.loadPack(PROVINCE);
      await person.picture('packs');
      await person.cutNetwork(true);
      await page.reload();
      await person.unlock();
      await page.getByText('Ngoại tuyến').waitFor();
      await person.slowDown(SLOWED);
      await person.beginRound('Chợ Dừng');

      expect(await person.scan(addressOf(1))).toContain('Giống tem của ta, chờ xác nhận');
      expect(await person.barColour()).not.toBe('rgb(23, 102, 58)');
      expect(await person.scan(addressOf(905))).toContain('Tem đã hủy');
      expect(await person.scan(forged(7))).toContain('Không phải tem do Temtrace cấp');
      expect(await person.scan(`A7K3M9${codeOf(3).slice(6)}`)).toContain('Đã ghi, chờ mạng');
      expect(await person.scan(addressOf(2).replace(/\/\/[^/]+/, '//TEMTRACE.EXAMPLE.VN'))).toContain('dẫn đến');
      expect(await person.scan(addressOf(1))).toContain('Mã này đã ghi');
      await person.picture('duplicate');
      const times: number[] = [];
      for (let serial = 20; serial < 30; serial += 1)
        times.push((await person.timedScan(addressOf(serial))) ?? Infinity);
      expect(Math.max(...times)).toBeLessThan(VERDICT_MS_MAX);
      // The first code of a batch opens its key; the others are what a stall costs.
      expect(medianOf(await person.measured('temtrace judge'))).toBeLessThan(CODE_MS_MAX);
      await person.picture('round');
      expect(await person.tally()).toMatch(/^15 tem/);

      await page.getByRole('button', { name: /Tem đã hủy/ }).click();
      await person.picture('stamp');
      await page.getByRole('button', { name: 'Nghi giả' }).click();
      await page.fill('[name="note"]', 'Bán 12 thùng');
      await person.addPhoto(
        await sharp({ create: { width: 3_000, height: 2_000, channels: 3, background: '#b8a890' } })
          .jpeg()
          .toBuffer(),
      );
      await page.getByText('Đã lưu ảnh trên máy').waitFor();
      await page.getByRole('button', { name: 'Lưu, gửi sau' }).click();
      await page
        .getByText(/\d+ lượt chờ gửi/)
        .first()
        .waitFor();
      // The browser is ended and opened again; nothing has been sent, nothing is lost.
      await page.reload();
      await person.unlock();
      await page.getByRole('button', { name: /Chợ Dừng/ }).click();
      expect(await person.tally()).toMatch(/^15 tem/);
      expect(await page.getByRole('button', { name: /Nghi giả/ }).count()).toBe(1);

      await person.cutNetwork(false);
      await page.getByText('mọi lượt đã gửi').first().waitFor({ timeout: 60_000 });
      const items = sentItems();
      expect(items).toHaveLength(15);
      expect(new Set(items.map(({ clientId }) => clientId)).size).toBe(15);
      expect(items.filter(({ finding }) => finding === 'counterfeit')).toHaveLength(1);
      expect(items.flatMap(({ photos }) => photos)).toHaveLength(1);
      // Now the server has said it: green, and the alarm of what the pack could not know is none.
      await page.getByText('Tem hợp lệ').first().waitFor();
      await person.picture('round-online');
      expect(person.errors).toEqual([]);
      await person.leave();
    },
    WHOLE_MS,
  );
});

test(
  'cut at every request, each thing arrives once',
  async () => {
    const person = await Inspector.at(browser, front.address);
    await person.signIn();
    await person.beginRound('Chợ Nghĩa Phương');
    let asked = 0;
    const faults = ['cut-after', 'sound', 'cut-before', 'busy', 'sound', 'cut-after'] as const;
    front.fault = (_method, path) => {
      if (!path.includes('/rounds/')) return 'sound';
      asked += 1;
      return asked > 18 ? 'sound' : (faults[asked % faults.length] ?? 'sound');
    };
    for (let serial = 101; serial <= 112; serial += 1) await person.scan(addressOf(serial));
    const { page } = person;
    await until(async () => {
      await page.getByRole('button', { name: /Có mạng|Ngoại tuyến/ }).click();
      await page.getByRole('button', { name: 'Gửi ngay' }).click();
      await page.getByRole('button', { name: 'Quay lại' }).click();
      return (await page.getByText('mọi lượt đã gửi').count()) > 0;
    }, 60_000);
    front.fault = () => 'sound';
    const items = sentItems().filter(({ serial }) => serial > 100 && serial <= 112);
    expect(items.map(({ serial }) => serial).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 12 }, (_, at) => 101 + at),
    );
    await person.leave();
  },
  WHOLE_MS,
);

test(
  'signing out takes all off the phone, and another tab sees it',
  async () => {
    const person = await Inspector.at(browser, front.address);
    const { page } = person;
    await person.signIn();
    await person.loadPack(PROVINCE);
    await page.getByRole('button', { name: 'Cài đặt' }).click();
    await person.picture('settings');
    await page.getByRole('button', { name: 'Đăng xuất và xóa dữ liệu' }).click();
    await page.getByRole('button', { name: 'Đăng xuất và xóa dữ liệu' }).click();
    await page.getByText('Đăng nhập để kiểm tra').waitFor();
    expect(await person.keptRecords()).toBe(0);
    await person.leave();
  },
  WHOLE_MS,
);

test(
  'the camera reads stamps of our own sheet one after another, none wrong',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'temtrace-film-'));
    const pdf = await api
      .as('officeA')
      .get(`/batches/${batch.id}/sheet.pdf?template=a4-40&from=201&to=${200 + FILMED}`);
    const grid = { columns: 4, leftMm: 10, topMm: 22, pitchXMm: 48.5, pitchYMm: 25.4, widthMm: 45.7, heightMm: 25.4 };
    const film = { labels: FILMED, secondsEach: 1.2, freshEvery: 3, tiltDegrees: 15, blurPx: 3, gain: 0.05 };
    const path = await filmStamps(pdf.bytes, grid, film, folder);
    const filming = await openBrowser([
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${path}`,
    ]);
    try {
      const person = await Inspector.at(filming, front.address);
      await person.signIn();
      await person.beginRound('Quầy phim');
      await person.page.getByRole('button', { name: 'Bật máy ảnh' }).click();
      await until(async () => (await person.tally()).startsWith(`${FILMED} tem`), 30_000);
      await person.picture('camera');
      await person.page.getByText('mọi lượt đã gửi').first().waitFor({ timeout: 30_000 });
      const items = sentItems();
      expect(items.map(({ serial }) => serial).toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: FILMED }, (_, at) => 201 + at),
      );
    } finally {
      await filming.close();
      await rm(folder, { recursive: true });
    }
  },
  WHOLE_MS,
);
