import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Request } from 'playwright-core';
import QRCode from 'qrcode';
import sharp from 'sharp';
import { makeUser } from '../../server/actions/people/make-user.ts';
import { keysOf } from '../../server/actions/batches/sealed-batch.ts';
import type { Batch } from '../../server/domain/batches/batch.ts';
import { printedAddress } from '../../server/domain/stamp/stamp-address.ts';
import { CAST, ORIGIN, openTestApi, type TestApi } from '../fixtures/api.ts';
import { openBrowser, Person } from '../fixtures/browser.ts';
import { until } from '../fixtures/until.ts';

const LOGIN = 'htx';
const PASSWORD = 'mật khẩu đủ dài';
const PHONE = { width: 360, script: true } as const;
const FIRST_SCREEN_MS = 60_000;
const READ_MS = 20_000;
const PHOTO = 'Chụp ảnh tem';
const HOME_PHOTO = 'Chụp hoặc chọn ảnh tem';
/** A phone's photograph, and the size of the symbol in it for a stamp on a shelf. */
const PHOTO_PX = { width: 4_000, height: 3_000 };
const SYMBOL_PX = 300;

interface Picture {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

let api: TestApi;
let browser: Browser;
let batch: Batch;
let codeOf: (serial: number) => string;
let lotId: string;

beforeAll(async () => {
  api = await openTestApi();
  await makeUser(
    api.actor('admin'),
    { role: 'producer', login: LOGIN, name: 'Bùi Thị Mẫu', password: PASSWORD, producerId: CAST.producerA1 },
    api.ctx,
  );
  const { body } = await api.as('officeA').post('/batches', { producerId: CAST.producerA1, quantity: 9_400 });
  const stored = await api.store.batches.get(String(body['id']));
  if (stored === null) throw new Error('no roll');
  batch = stored;
  const keys = keysOf(api.ctx, batch);
  codeOf = (serial) => keys.codeOf(serial);
  lotId = String((await api.as('producerA1').post('/lots', { productId: CAST.productA1, number: 'ẢNH-1' })).body['id']);
  browser = await openBrowser();
}, FIRST_SCREEN_MS);
afterAll(async () => {
  await browser.close();
  await api.close();
});

async function symbolOf(text: string): Promise<Picture> {
  return {
    name: 'tem.png',
    mimeType: 'image/png',
    buffer: await QRCode.toBuffer(text, { errorCorrectionLevel: 'M', width: SYMBOL_PX }),
  };
}

/** The symbol small and askew in a large photograph. */
async function shelfOf(text: string): Promise<Picture> {
  const symbol = await sharp((await symbolOf(text)).buffer)
    .rotate(17, { background: '#cccccc' })
    .toBuffer();
  const buffer = await sharp({ create: { ...PHOTO_PX, channels: 3, background: '#b8a890' } })
    .composite([{ input: symbol, left: 2_600, top: 1_700 }])
    .jpeg({ quality: 80 })
    .toBuffer();
  return { name: 'ke-hang.jpg', mimeType: 'image/jpeg', buffer };
}

/** Presses the button in this place and gives the phone's picture to the dialogue that opens. */
async function photograph({ page }: Person, button: string, place: number, picture: Picture): Promise<void> {
  const asked = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: button }).nth(place).click();
  await (await asked).setFiles(picture);
}

/** The requests for the reader's files, in order. */
function watchReader({ page }: Person): string[] {
  const asked: string[] = [];
  page.on('request', (request: Request) => {
    const address = new URL(request.url());
    if (address.pathname.startsWith('/symbol-reader/'))
      asked.push(
        `${address.origin === api.address ? '' : address.origin}${address.pathname.replace(/^\/symbol-reader\/[0-9a-f]+\//, '')}`,
      );
  });
  return asked;
}

describe('a browser without a reader of its own', () => {
  test(
    'fills first and last stamp of a roll from two photographs, and the roll is activated',
    async () => {
      const person = await Person.at(browser, api.address, PHONE);
      const { page } = person;
      const asked = watchReader(person);
      await person.signIn(LOGIN, PASSWORD);
      await person.open('/console/activate');
      expect(await page.evaluate('"BarcodeDetector" in window')).toBe(false);
      await page.getByRole('button', { name: PHOTO }).nth(1).waitFor();
      expect(asked.filter((name) => name !== 'read-symbols.js')).toEqual([]);
      await person.choose('lotId', lotId);
      const [first, last] = [printedAddress(batch, codeOf(1)), printedAddress(batch, codeOf(9_400))];
      await photograph(person, PHOTO, 0, await symbolOf(first));
      await expectValue(person, 'first', first);
      expect(await page.evaluate('document.activeElement.name')).toBe('last');
      await photograph(person, PHOTO, 1, await shelfOf(last));
      await expectValue(person, 'last', last);
      expect(new Set(asked)).toEqual(new Set(['read-symbols.js', 'reader/index.js', 'share.js', 'zxing_reader.wasm']));
      expect(await person.overflow()).toBeLessThanOrEqual(0);
      expect(await person.seriousFaults()).toEqual([]);
      await person.click(page.getByRole('button', { name: 'Xem lại trước khi kích hoạt' }));
      await person.click(page.getByRole('button', { name: 'Kích hoạt', exact: true }));
      expect(await page.locator('h1').textContent()).toBe('Đã kích hoạt 9.400 tem');
      expect(person.errors).toEqual([]);
      await person.leave();
    },
    FIRST_SCREEN_MS,
  );

  test(
    'says in words what a photograph lacks, in both languages, and reads the next one',
    async () => {
      const person = await Person.at(browser, api.address, PHONE);
      const { page } = person;
      const blank = await sharp({ create: { width: 300, height: 300, channels: 3, background: '#b8a890' } })
        .png()
        .toBuffer();
      const said = [
        [
          '/?lang=vi',
          HOME_PHOTO,
          'Không tìm thấy mã QR trong ảnh',
          'Tệp này không phải ảnh hoặc bị lỗi',
          'Mã QR này dẫn đến nơi khác',
        ],
        [
          '/?lang=en',
          'Take or choose a photograph of the stamp',
          'There is no QR code to be seen',
          'This file is no picture, or it is broken',
          'This QR code leads elsewhere',
        ],
      ] as const;
      for (const [path, button, none, noPicture, elsewhere] of said) {
        await person.open(path);
        await photograph(person, button, 0, { name: 'a.png', mimeType: 'image/png', buffer: blank });
        await page.getByText(none).waitFor({ timeout: READ_MS });
        await photograph(person, button, 0, {
          name: 'a.png',
          mimeType: 'image/png',
          buffer: Buffer.from('no picture'),
        });
        await page.getByText(noPicture).waitFor({ timeout: READ_MS });
        await photograph(person, button, 0, await symbolOf(`https://evil.example/T/${codeOf(2)}`));
        await page.getByText(elsewhere).waitFor({ timeout: READ_MS });
        expect(new URL(page.url()).pathname).toBe('/');
      }
      expect(await person.overflow()).toBeLessThanOrEqual(0);
      expect(await person.seriousFaults()).toEqual([]);
      await photograph(
        person,
        'Take or choose a photograph of the stamp',
        0,
        await symbolOf(printedAddress(batch, codeOf(2))),
      );
      await page.waitForURL((address) => address.pathname.toUpperCase() === `/T/${codeOf(2)}`, { timeout: READ_MS });
      expect(await page.locator('h1').textContent()).not.toBe('');
      expect(person.errors).toEqual([]);
      await person.leave();
    },
    FIRST_SCREEN_MS,
  );

  test(
    'says so where the reader cannot be loaded, and loads it when asked again',
    async () => {
      const person = await Person.at(browser, api.address, PHONE);
      const { page } = person;
      await page.route('**/zxing_reader.wasm', (route) => route.abort());
      await person.open('/');
      await photograph(person, HOME_PHOTO, 0, await symbolOf(`${ORIGIN}/T/${codeOf(3)}`));
      await page.getByText('Chưa tải được bộ đọc mã').waitFor({ timeout: READ_MS });
      await page.unroute('**/zxing_reader.wasm');
      await photograph(person, HOME_PHOTO, 0, await symbolOf(`${ORIGIN}/T/${codeOf(3)}`));
      await page.waitForURL((address) => address.pathname.toUpperCase() === `/T/${codeOf(3)}`, { timeout: READ_MS });
      expect(await page.locator('h1').textContent()).not.toBe('');
      await person.leave();
    },
    FIRST_SCREEN_MS,
  );

  test(
    'fills a field from the live camera, and turns it off',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'temtrace-camera-'));
      const address = printedAddress(batch, codeOf(7));
      const frame = await sharp({ create: { width: 1_280, height: 720, channels: 3, background: '#b8a890' } })
        .composite([{ input: (await symbolOf(address)).buffer, left: 500, top: 200 }])
        .jpeg()
        .toBuffer();
      const film = join(folder, 'stamp.mjpeg');
      await writeFile(film, frame);
      const filming = await openBrowser([
        '--use-fake-ui-for-media-stream',
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-video-capture=${film}`,
      ]);
      try {
        await api.as('officeA').post('/batches', { producerId: CAST.producerA1, quantity: 100 });
        const person = await Person.at(filming, api.address, PHONE);
        await person.signIn(LOGIN, PASSWORD);
        await person.open('/console/activate');
        await person.page.getByRole('button', { name: 'Đọc bằng máy ảnh' }).first().click();
        await expectValue(person, 'first', address);
        expect(await person.page.locator('video').count()).toBe(0);
        expect(person.errors).toEqual([]);
      } finally {
        await filming.close();
        await rm(folder, { recursive: true });
      }
    },
    FIRST_SCREEN_MS,
  );

  test(
    'without script the front page names the telephone’s own camera and offers no button that does nothing',
    async () => {
      const person = await Person.at(browser, api.address, { width: 360, script: false });
      await person.open('/');
      expect(await person.page.locator('#camera').textContent()).toContain('Mở máy ảnh của điện thoại');
      expect(await person.page.locator('#camera button').count()).toBe(0);
      await person.leave();
    },
    FIRST_SCREEN_MS,
  );
});

test(
  'a browser with a reader of its own fetches none of ours',
  async () => {
    const person = await Person.at(browser, api.address, PHONE);
    const asked = watchReader(person);
    await person.page.addInitScript(`window.BarcodeDetector = class {
    static getSupportedFormats() { return Promise.resolve(['qr_code']); }
    detect(picture) {
      return Promise.resolve(picture instanceof ImageData ? [{ rawValue: '${ORIGIN}/T/${codeOf(4)}' }] : []);
    }
  }`);
    await person.open('/');
    await photograph(person, HOME_PHOTO, 0, await symbolOf('read by the browser'));
    await person.page.waitForURL((address) => address.pathname.toUpperCase() === `/T/${codeOf(4)}`, {
      timeout: READ_MS,
    });
    expect(asked).toEqual(['read-symbols.js']);
    await person.leave();
  },
  FIRST_SCREEN_MS,
);

/** Waits until the field has this value; the page's policy does not let the test run code in it. */
async function expectValue({ page }: Person, name: string, value: string): Promise<void> {
  await until(async () => (await page.inputValue(`[name="${name}"]`)) !== '', READ_MS);
  expect(await page.inputValue(`[name="${name}"]`)).toBe(value);
}
