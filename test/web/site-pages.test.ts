// The deployment's own name and mark stand wherever Temtrace stands: on every page, in the console, in what phones
// keep, and in print files; without them everything is as before.

import { pino } from 'pino';
import sharp from 'sharp';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AnswerScan } from '../../server/scan/answer-scan.ts';
import { createApp } from '../../server/web/app.ts';
import { DEFAULT_SITE, isSiteName, SITE_NAME_MAX, type Site } from '../../server/domain/site.ts';
import { makeEntrance } from '../../server/web/entrance.ts';
import { newDocument } from '../../server/sheet/pdf/pdf-document.ts';
import { scanPages } from '../../server/web/public/pages.ts';
import { SITE_MARK, SITE_NAME, SITE_PROGRAM, withSite } from '../../server/web/site-pages.ts';
import { openTestApi, ORIGIN, type TestApi } from '../fixtures/api.ts';

const NAME = 'Truy xuất Phú Thọ';
let api: TestApi;
let site: Site;

beforeAll(async () => {
  api = await openTestApi();
  const mark = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#17663a' } })
    .png()
    .toBuffer();
  site = { name: NAME, mark };
});
afterAll(() => api.close());

function served(): ReturnType<typeof createApp> {
  const log = pino({ level: 'silent' });
  const settings = { ...api.context.settings, site };
  const context = { ...api.context, settings };
  return createApp({
    context,
    entrance: makeEntrance({ trustProxy: null, log }),
    log,
    version: 'test',
    metrics: null,
    // No page of these is a stamp's.
    answerScan: (() => Promise.reject(new Error('no look-up'))) as unknown as AnswerScan,
  });
}

describe('the site of a deployment', () => {
  test('stands on public pages and in the console; Temtrace remains a line in the footer', async () => {
    const app = served();
    for (const path of ['/', '/?lang=en', '/check?code=7', '/nowhere', '/login']) {
      const { text } = await supertest(app).get(path).set('Accept', 'text/html');
      expect([path, text.includes(NAME), text.includes('src="/site-mark.png"')]).toEqual([path, true, true]);
      expect([path, text.match(/Temtrace/g)]).toEqual([path, ['Temtrace']]);
      for (const sign of [SITE_NAME, SITE_MARK.text, SITE_PROGRAM.text])
        expect([path, text.includes(sign)]).toEqual([path, false]);
    }
    const pages = scanPages(ORIGIN, site);
    for (const name of ['badLink', 'cannotCheck', 'tooMany', 'methodNotAllowed'] as const)
      expect([name, pages[name]('vi').includes(NAME)]).toEqual([name, true]);
  });

  test('its mark is a picture, where browsers, phones and messengers look for one', async () => {
    const app = served();
    for (const path of ['/site-mark.png', '/icon.svg', '/favicon.ico', '/apple-touch-icon.png', '/preview.png']) {
      const { status, type } = await supertest(app).get(path);
      expect([path, status, type]).toEqual([path, 200, 'image/png']);
    }
    const manifest = JSON.parse((await supertest(app).get('/manifest.webmanifest')).text) as Record<string, unknown>;
    expect(manifest).toMatchObject({ short_name: NAME, start_url: '/' });
  });

  test('is Temtrace by default, without a second line', () => {
    expect(withSite(`${SITE_NAME}${SITE_PROGRAM.text}`, DEFAULT_SITE)).toBe('Temtrace');
    expect(withSite(SITE_MARK.text, DEFAULT_SITE)).toContain('<svg');
  });

  test('is in the properties of print files', () => {
    const facts = { title: 't', subject: 's', keywords: 'k', printedAt: '2026-11-24T03:00:00.000Z' };
    const creatorOf = (maker?: string): unknown =>
      newDocument({ ...facts, ...(maker === undefined ? {} : { maker }) }, { widthMm: 210, heightMm: 297 }).info[
        'Creator'
      ];
    expect([creatorOf(), creatorOf(NAME)]).toEqual(['Temtrace', NAME]);
  });

  test.each([
    ['a'.repeat(SITE_NAME_MAX), true],
    ['a'.repeat(SITE_NAME_MAX + 1), false],
    ['', false],
    ['Tem 24', true],
    ['<b>Tem</b>', false],
    ['Tem ', false],
  ])('a name may be %s: %s', (name, may) => expect(isSiteName(name)).toBe(may));
});
