// The public page in Chromium: a sample of what npm run axe looks at, on paper, and read aloud by a voice of the
// device.

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { findingsOf, LARGE_TEXT, LOOKS, lookName } from '../../scripts/axe/looks.ts';
import { keysOf } from '../../server/actions/batches/sealed-batch.ts';
import { saveNew } from '../../server/actions/kit/save.ts';
import { CAST, openTestApi, type TestApi } from '../fixtures/api.ts';
import { openBrowser } from '../fixtures/browser.ts';
import { aLot } from '../fixtures/records/batches.ts';

const START_MS = 60_000;
let api: TestApi;
let browser: Browser;
let largeText: Browser;
let stamp: string;

beforeAll(async () => {
  api = await openTestApi();
  [browser, largeText] = await Promise.all([openBrowser(), openBrowser([LARGE_TEXT])]);
  const { officeA: officeId, producerA1: producerId, productA1: productId } = CAST;
  const lot = aLot({ id: 'lot-v', officeId, producerId, productId, number: 'L-V' });
  await saveNew(api.ctx, api.actor('admin'), { collection: 'lots', doc: lot, action: 'make-lot', answer: null });
  const made = await api.as('officeA').post('/batches', { lotId: lot.id, quantity: 10 });
  const batch = await api.store.batches.get(String(made.body['id']));
  if (batch === null) throw new Error('not issued');
  stamp = `${api.address}/t/${keysOf(api.ctx, batch).codeOf(3)}`;
}, START_MS);
afterAll(async () => {
  await Promise.all([browser.close(), largeText.close()]);
  await api.close();
});

describe('a stamp’s page', () => {
  test(
    'has nothing that axe-core finds, in the narrowest window with the largest letters and in the widest',
    async () => {
      const sample = [
        { browserOf: largeText, looks: LOOKS.filter((look) => look.textPercent === 200 && look.widthPx === 320) },
        { browserOf: browser, looks: LOOKS.filter((look) => look.textPercent === 100 && look.widthPx === 1280) },
      ];
      for (const { browserOf, looks } of sample) {
        const page = await browserOf.newPage();
        for (const language of ['vi', 'en']) {
          await page.goto(`${stamp}?lang=${language}`);
          for (const look of looks)
            expect([language, lookName(look), await findingsOf(page, look)]).toEqual([language, lookName(look), []]);
        }
        await page.close();
      }
    },
    START_MS,
  );

  test(
    'is black on white on paper: the verdict first, no form, no button to report',
    async () => {
      const page = await browser.newPage();
      await page.goto(`${stamp}?lang=vi`);
      await page.emulateMedia({ media: 'print' });
      const [colour, ground, hidden] = await page.evaluate<string[]>(
        `['h1', '.v', '.w3'].map((one) => getComputedStyle(document.querySelector(one)))
          .map(({ color, backgroundColor, display }, at) => [color, backgroundColor, display][at])`,
      );
      expect([colour, ground, hidden]).toEqual(['rgb(0, 0, 0)', 'rgba(0, 0, 0, 0)', 'none']);
      await page.close();
    },
    START_MS,
  );

  /** The page in a browser with these voices; what they were given to say is in `window.said`. */
  async function pageWith(voices: object[]): Promise<Page> {
    const page = await browser.newPage();
    await page.addInitScript(`
      window.said = [];
      window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
      Object.defineProperty(window, 'speechSynthesis', { value: {
        getVoices: () => ${JSON.stringify(voices)}, speaking: false, addEventListener() {}, cancel() {},
        speak: (one) => window.said.push(one.text),
      } });
    `);
    await page.goto(`${stamp}?lang=vi`);
    return page;
  }

  test(
    'is read aloud by a voice of the device',
    async () => {
      const page = await pageWith([{ lang: 'vi-VN', localService: true }]);
      await page.getByRole('button', { name: 'Nghe' }).click();
      expect((await page.evaluate<string[]>('window.said'))[0]).toMatch(/^Tem hợp lệ\. Tem do Temtrace cấp/);
      expect(await page.getByRole('button', { name: 'Dừng' }).count()).toBe(1);
      await page.close();
    },
    START_MS,
  );

  test.each([
    ['a voice that is a service of others', { lang: 'vi-VN', localService: false }],
    ['a voice of another language', { lang: 'fr-FR', localService: true }],
  ])(
    'offers no reading by %s',
    async (_name, voice) => {
      const page = await pageWith([voice]);
      expect(await page.getByRole('button', { name: 'Nghe' }).count()).toBe(0);
      await page.close();
    },
    START_MS,
  );
});
