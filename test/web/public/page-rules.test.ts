// Rules of every public page: its size, headings, labels, policy and contrast.

import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { answerPage } from '../../../server/web/public/forms/answer-page.ts';
import { complaintPage, EMPTY_DRAFT } from '../../../server/web/public/forms/complaint-page.ts';
import { homePage } from '../../../server/web/public/home-page.ts';
import { pinPage } from '../../../server/web/public/forms/pin-page.ts';
import { REPORT_FIELDS, reportPage, type ReportDraft } from '../../../server/web/public/forms/report-page.ts';
import type { SenderAnswer } from '../../../server/actions/market/read-answer.ts';
import { PAGE_BYTES_MAX } from '../../../server/web/public/stamp-page.ts';
import { aBatch, aRecall } from '../../fixtures/records/batches.ts';
import { MADE_AT, TIME_ZONE } from '../../fixtures/records/cast.ts';
import { aScanDesk, codeOf, forgedCode } from '../../fixtures/scan-desk.ts';
import { COPIED, expectWords, LONG, LONG_RECORD, VOIDED } from './page-records.ts';

const SENT: SenderAnswer = {
  kind: 'stamp-report',
  number: 'L-7K3M9Q',
  sentAt: MADE_AT,
  state: 'looking',
  changedAt: '2026-11-25T03:00:00.000Z',
  reply: 'Đã kiểm tra.',
  office: { name: 'Văn phòng', phone: '0218 000 000' },
  about: 'Chè',
  photosLeft: { stamp: 3, pack: 3 },
  photos: 1,
};
const A_REPORT = Object.fromEntries(Object.keys(REPORT_FIELDS).map((name) => [name, ''])) as ReportDraft;

describe('12 KB, no script but our own, one heading', () => {
  test.each(['valid', 'suspect', 'recalled', 'expired'])(
    'a long record’s page is at most 12,288 bytes: %s',
    async (verdict) => {
      for (const language of ['vi', 'en']) {
        const desk = aScanDesk({
          ...LONG_RECORD,
          ...(verdict === 'recalled'
            ? {
                recalls: [
                  aRecall({
                    reason: { vi: LONG.slice(0, 180), en: null },
                    advice: { vi: 'Một.\nHai.\nBa.', en: null },
                  }),
                ],
              }
            : {}),
        });
        if (verdict === 'suspect') desk.memory.tallies.set(`${VOIDED.id}:12`, { ...COPIED, count: 1_234_567 });
        if (verdict === 'expired') desk.pass(400 * 86_400_000);
        const page = await desk.page(`/t/${codeOf(12)}?lang=${language}`);
        expect(page).toContain(`/t/${codeOf(12)}/record?lang=${language}`);
        expect(Buffer.byteLength(page)).toBeLessThanOrEqual(PAGE_BYTES_MAX);
      }
    },
  );

  test('the full record has all that the short page left out', async () => {
    const desk = aScanDesk(LONG_RECORD);
    expectWords(await desk.page(`/t/${codeOf(12)}`), ['Xem thêm 59 bước', 'Xem toàn bộ thông tin']);
    expectWords(await desk.page(`/t/${codeOf(12)}/record`), ['Bước thứ 31 của hành trình', 'CN-2026-11', LONG.trim()]);
  });

  const everyPage = async (): Promise<[string, string][]> => {
    const of = { code: codeOf(12), name: 'Cà phê' };
    const pages: [string, string][] = [];
    for (const language of ['vi', 'en'] as const) {
      const seen = { timeZone: TIME_ZONE, language };
      for (const [name, records] of Object.entries({
        valid: {},
        recalled: { recalls: [aRecall()] },
        void: { batches: [VOIDED] },
        'not-activated': { batches: [aBatch({ activations: [] })] },
        long: LONG_RECORD,
      })) {
        pages.push([`${name} ${language}`, await aScanDesk(records).page(`/t/${codeOf(12)}?lang=${language}`)]);
      }
      pages.push([`unknown ${language}`, await aScanDesk().page(`/t/${forgedCode(12)}?lang=${language}`)]);
      pages.push([`bad link ${language}`, await aScanDesk().page(`/01/1/21/2?lang=${language}`)]);
      pages.push([`home ${language}`, homePage(null, 'https://tem.example.vn', language)]);
      pages.push([
        `complaint ${language}`,
        complaintPage(of, EMPTY_DRAFT, [{ field: 'about', kind: 'missing' }], language),
      ]);
      pages.push([
        `thanks ${language}`,
        answerPage(SENT, { key: 'k', sent: true, problem: null, timeZone: TIME_ZONE, language }),
      ]);
      pages.push([
        `report ${language}`,
        reportPage(A_REPORT, { language, offices: [], faults: [{ field: 'goods', kind: 'missing' }] }),
      ]);
      pages.push([`pin ${language}`, pinPage(of, { kind: 'used-before', firstUsedAt: MADE_AT }, seen)]);
    }
    return pages;
  };

  test('every page has one h1, its language, a title, labels for its fields, alt texts, and no inline style or handler', async () => {
    for (const [name, page] of await everyPage()) {
      const language = name.endsWith('en') ? 'en' : 'vi';
      expect([name, page.match(/<h1/g)?.length]).toEqual([name, 1]);
      expect([name, page.includes(`<html lang="${language}">`)]).toEqual([name, true]);
      expect([name, /<title>[^<]{10,}<\/title>/.test(page)]).toEqual([name, true]);
      expect([name, page.match(/ (?:style|on[a-z]+)="/)]).toEqual([name, null]);
      // Our own files alone, and none that a page needs.
      expect([name, page.match(/<script(?! src="\/(?:listen|camera-scan)\.js")/)]).toEqual([name, null]);
      for (const [, id] of page.matchAll(/<(?:input|textarea|select)[^>]* id="(\w+)"/g))
        expect([name, page.includes(`<label for="${id}"`)]).toEqual([name, true]);
      for (const [image] of page.matchAll(/<img[^>]*>/g))
        expect([name, / alt="[^"]+"/.test(image)]).toEqual([name, true]);
      for (const [svg] of page.matchAll(/<svg (?!x=)[^>]*>/g))
        expect([name, svg.includes('aria-hidden="true"')]).toEqual([name, true]);
      expect([name, page.match(/<(h[1-6])[^>]*>\s*<\/\1>/)]).toEqual([name, null]);
    }
  });

  test('a link leads to the same stamp in the other language', async () => {
    const page = await aScanDesk().page(`/T/${codeOf(12)}`);
    expect(page).toContain('<a href="?lang=en" hreflang="en" lang="en">English</a>');
  });

  test('every style element is one that the policy names, and nothing is fetched from elsewhere', async () => {
    const { headers } = await aScanDesk().get(`/t/${codeOf(12)}`, { headers: { accept: 'text/html' } });
    for (const [name, page] of await everyPage()) {
      const styles = [...page.matchAll(/<style>([^]*?)<\/style>/g)].map(([, css]) => css ?? '');
      expect(styles.length).toBeGreaterThan(0);
      for (const css of styles)
        expect(headers['Content-Security-Policy']).toContain(
          `'sha256-${createHash('sha256').update(css).digest('base64')}'`,
        );
      expect([name, page.match(/(?:src|action)="(?!\/)[^"]*"/)]).toEqual([name, null]);
      expect([name, page.match(/<link(?! rel="icon" href="\/icon.svg"| rel="manifest" href="\/manifest)/)]).toEqual([
        name,
        null,
      ]);
    }
  });

  test('texts reach the contrast of WCAG 2.2 AA on the grounds they stand on', () => {
    const light = (hex: string): number => {
      const channel = (at: number): number => {
        const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
        return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
      };
      return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
    };
    const contrast = (a: string, b: string): number =>
      (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
    const pairs = [
      ['#17181c', '#ffffff'],
      ['#4a4e57', '#ffffff'],
      ['#4a4e57', '#f6f4ef'],
      ['#22406b', '#ffffff'],
      ['#ffffff', '#17663a'],
      ['#ffffff', '#8a5a00'],
      ['#ffffff', '#a3221b'],
      ['#ffffff', '#5a5f66'],
      ['#17663a', '#e8f2eb'],
      ['#8a5a00', '#fbf2df'],
      ['#a3221b', '#fbebe9'],
      ['#5a5f66', '#f0f1f2'],
      ['#a3221b', '#ffffff'],
    ] as const;
    for (const [text, ground] of pairs)
      expect([text, ground, contrast(text, ground) >= 4.5]).toEqual([text, ground, true]);
    for (const edge of ['#7c8089', '#b97a00', '#5a5f66'])
      expect([edge, contrast(edge, '#ffffff') >= 3]).toEqual([edge, true]);
  });
});
