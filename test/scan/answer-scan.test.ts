// The addresses of a scan, what counts as a scan, and the form, language and headers of its answer.

import { describe, expect, test } from '@jest/globals';
import type { Batch } from '../../server/domain/batches/batch.ts';
import { dayNumber, NO_SIGNS, WHOLE } from '../../server/domain/stamp/signs.ts';
import { emptyTally } from '../../server/domain/stamp/tally.ts';
import { aBatch } from '../fixtures/records/batches.ts';
import { BATCH_ID, MADE_AT } from '../fixtures/records/cast.ts';
import { aProduct } from '../fixtures/records/registry.ts';
import { aScanDesk, codeOf, forgedCode, PHONE_AGENT } from '../fixtures/scan-desk.ts';

const UNKNOWN_BATCH_CODE = `B7QW4Z${codeOf(1).slice(6)}`;

describe('addresses', () => {
  const LINKED = aBatch({ carrier: 'digital-link', digitalLink: { gtin: '09520000000011', lot: 'L2611-01' } });

  test.each([
    ['upper case, as printed', `/T/${codeOf(5)}`],
    [
      'lower case with hyphens and a trailing slash',
      `/t/${codeOf(5).slice(0, 6).toLowerCase()}-${codeOf(5).slice(6)}/`,
    ],
    ['percent-encoded spaces', `/t/${codeOf(5).slice(0, 6)}%20${codeOf(5).slice(6)}?utm=1`],
  ])('a stamp is found by %s', async (_, path) => {
    expect(await aScanDesk().json(path)).toMatchObject({ verdict: 'valid', serial: 5 });
  });

  const CANONICAL = `</t/${codeOf(5)}>; rel="canonical"`;
  test.each([
    `/t/${codeOf(5)}.`,
    `/t/${codeOf(5)},`,
    `/t/${codeOf(5)})`,
    `/t/${codeOf(5)}%C2%BB`,
    `/t/${codeOf(5)}%3Ffbclid%3Dx`,
    `/t/${codeOf(5)}&fbclid=x`,
    `/t/${codeOf(5)}%E2%80%8B`,
    `/t/${codeOf(5)}%EF%BB%BF`,
    `/t/${codeOf(5)}%1D`,
    `/t/${codeOf(5)}%0D`,
    `//t/${codeOf(5)}`,
    `/t//${codeOf(5)}`,
    `/%74/${codeOf(5)}`,
    `/%74/${codeOf(5)}/record`,
    `/01/09520000000011/10/L2611-01/21/${codeOf(5)}.`,
  ])('a stamp is found behind the tail or head of %s, and its canonical address is given', async (path) => {
    const desk = aScanDesk({ batches: [LINKED] });
    expect(await desk.json(path)).toMatchObject({ verdict: 'valid', serial: 5 });
    expect((await desk.get(path)).headers['Link']?.replace(/https?:\/\/[^/]+/, '')).toBe(CANONICAL);
  });

  test('an address as printed names no other', async () => {
    for (const path of [`/T/${codeOf(5)}`, `/t/${codeOf(5).slice(0, 6)}-${codeOf(5).slice(6)}`])
      expect((await aScanDesk().get(path)).headers['Link']).toBeUndefined();
  });

  test.each([
    ['too short', '/t/7K3M9Q', 404, 'malformed'],
    ['a symbol too many', `/t/${codeOf(5)}2.`, 404, 'malformed'],
    ['two codes', `/t/${codeOf(5)}.${codeOf(6)}`, 404, 'malformed'],
    ['a symbol that is none', `/t/${codeOf(5).slice(0, -1)}U`, 404, 'malformed'],
    ['broken percent-encoding', '/t/%E0%A4%A', 404, 'malformed'],
    ['a forged tag', `/t/${forgedCode(5)}`, 404, 'not-ours'],
    ['a batch that is nobody’s', `/t/${UNKNOWN_BATCH_CODE}`, 404, 'not-ours'],
    ['a batch id without a letter', `/t/123456${codeOf(5).slice(6)}`, 404, 'not-ours'],
    ['a serial past the quantity', `/t/${codeOf(1_001)}`, 404, 'not-ours'],
    ['another GTIN', `/01/09520000000028/21/${codeOf(5)}`, 404, 'not-ours'],
    ['another lot', `/01/09520000000011/10/OTHER/21/${codeOf(5)}`, 404, 'not-ours'],
    ['a malformed code in a sound link', '/01/09520000000011/10/L2611-01/21/7K3', 404, 'malformed'],
    ['a GTIN with a wrong check digit', `/01/09520000000012/21/${codeOf(5)}`, 400, 'malformed'],
    ['a lot with a symbol that is none', `/01/09520000000011/10/a%20b/21/${codeOf(5)}`, 400, 'malformed'],
    ['a link of another form', `/01/09520000000011/22/X/21/${codeOf(5)}`, 400, 'malformed'],
  ])('%s is refused', async (_, path, status, reason) => {
    const desk = aScanDesk({ batches: [LINKED] });
    const answer = await desk.get(path);
    expect([answer.status, JSON.parse(answer.body.toString())]).toEqual([status, { verdict: 'unknown', reason }]);
    expect(desk.memory.scans).toEqual([]);
    await desk.answerScan.flushRefusals();
    expect(desk.memory.refusals).toMatchObject([{ day: '2026-11-24', reason, count: 1 }]);
  });

  test.each([`/01/09520000000011/21/${codeOf(5)}`, `/01/09520000000011/10/L2611-01/21/${codeOf(5)}/`])(
    '%s answers as /t does',
    async (path) => {
      expect(await aScanDesk({ batches: [LINKED] }).json(path)).toMatchObject({ verdict: 'valid', serial: 5 });
    },
  );

  test('a short stamp answers to the GTIN and lot that it stands for, and to no other', async () => {
    const desk = aScanDesk({ products: [aProduct({ gtin: '09520000000011' })] });
    expect(await desk.json(`/01/09520000000011/10/L2611-01/21/${codeOf(5)}`)).toMatchObject({ verdict: 'valid' });
    expect(await desk.json(`/01/09520000000028/21/${codeOf(5)}`)).toMatchObject({ reason: 'not-ours' });
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is 405 and says what is allowed', async (method) => {
    const answer = await aScanDesk().get(`/t/${codeOf(5)}`, { method });
    expect([answer.status, answer.headers['Allow']]).toEqual([405, 'GET, HEAD']);
  });
});

describe('what is a scan', () => {
  test('is stored as suspect where the tally warned buyers before it, and an office’s answer quiets that', async () => {
    const heated = (answers: NonNullable<Batch['answers']>): ReturnType<typeof aScanDesk> => {
      const desk = aScanDesk({ batches: [aBatch({ answers })] });
      const tally = emptyTally({ batchId: BATCH_ID, serial: 5 }, '2026-11-20T02:00:00.000Z');
      const signs = { ...NO_SIGNS, day: dayNumber('2026-11-20'), crowd: 90 * WHOLE, heat: 60 * WHOLE };
      desk.memory.tallies.set(`${BATCH_ID}:5`, { ...tally, count: 90, visitorDays: 90, signs });
      return desk;
    };
    const warned = heated([]);
    expect(await warned.json(`/t/${codeOf(5)}`)).toMatchObject({ verdict: 'suspect' });
    expect(await warned.json(`/t/${codeOf(6)}`)).toMatchObject({ verdict: 'valid' });
    expect(warned.memory.scans.map(({ verdict }) => verdict)).toEqual(['suspect', 'valid']);
    const none = { crowd: 0, heat: 0, farDays: 0, provinces: 0, strangers: 0, beforeActivation: 0, wrongTries: 0 };
    const mark = { ...none, day: dayNumber('2026-11-20'), heat: 60 * WHOLE };
    const quieted = heated([{ from: 5, to: 5, outcome: 'mistake', at: MADE_AT, by: 'user-1', times: 1, mark }]);
    expect(await quieted.json(`/t/${codeOf(5)}`)).toMatchObject({ verdict: 'valid' });
    expect(quieted.memory.scans.map(({ verdict }) => verdict)).toEqual(['valid']);
  });

  test.each([
    ['HEAD', { method: 'HEAD' }],
    ['a prefetch', { headers: { 'sec-purpose': 'prefetch;prerender' } }],
    ['an old prefetch', { headers: { purpose: 'prefetch' } }],
    ['Facebook’s preview', { headers: { 'user-agent': 'facebookexternalhit/1.1' } }],
    ['Telegram’s preview', { headers: { 'user-agent': 'TelegramBot (like TwitterBot)' } }],
    ['WhatsApp’s preview', { headers: { 'user-agent': 'WhatsApp/2.23.20 A' } }],
    [
      'a search engine',
      { headers: { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' } },
    ],
  ])('%s does not count', async (_, request) => {
    const desk = aScanDesk();
    expect((await desk.get(`/t/${codeOf(5)}`, request)).status).toBe(200);
    expect(desk.memory.scans).toEqual([]);
    expect(await desk.json(`/t/${codeOf(5)}`)).toMatchObject({ scans: { count: 1, first: true } });
  });

  test('HEAD has the headers and length of GET, and no body', async () => {
    const desk = aScanDesk();
    await desk.get(`/t/${codeOf(5)}`);
    const got = await desk.get(`/t/${codeOf(5)}`, { headers: { 'user-agent': 'Googlebot' } });
    const head = await desk.get(`/t/${codeOf(5)}`, { method: 'HEAD' });
    expect([head.status, head.headers, head.contentLength, head.body.byteLength]).toEqual([
      200,
      got.headers,
      got.body.byteLength,
      0,
    ]);
  });

  test('the full record is no scan', async () => {
    const desk = aScanDesk();
    expect(await desk.page(`/t/${codeOf(5)}/record`)).toContain('Chưa ghi lượt quét nào');
    expect(desk.memory.scans).toEqual([]);
  });

  test.each([
    ['a phone made by Cubot', 'Mozilla/5.0 (Linux; Android 12; CUBOT X50) Chrome/130.0 Mobile Safari/537.36'],
    ['Zalo’s own browser', `${PHONE_AGENT} Zalo android/23110`],
    ['Facebook’s own browser', `${PHONE_AGENT} [FBAN/FB4A;FBAV/440.0]`],
    ['a program without a name', ''],
  ])('%s counts', async (_, agent) => {
    expect(await aScanDesk().json(`/t/${codeOf(5)}`, { headers: { 'user-agent': agent } })).toMatchObject({
      scans: { count: 1 },
    });
  });

  test('a repeat within ten minutes is none, and still reads as the first scan to the same visitor', async () => {
    const desk = aScanDesk();
    await desk.get(`/t/${codeOf(5)}`);
    desk.pass(599_000);
    expect(await desk.json(`/t/${codeOf(5)}`)).toMatchObject({ scans: { count: 1, first: true } });
    desk.pass(600_000);
    expect(await desk.json(`/t/${codeOf(5)}`)).toMatchObject({ scans: { count: 2, first: false } });
  });

  test('another visitor’s scan is a second, not a first', async () => {
    const desk = aScanDesk();
    await desk.get(`/t/${codeOf(5)}`);
    expect(await desk.json(`/t/${codeOf(5)}`, { address: '198.51.100.9' })).toMatchObject({
      scans: { count: 2, first: false, firstOn: '2026-11-24' },
    });
  });

  test('a signed-in person’s scan is answered and does not count', async () => {
    const desk = aScanDesk();
    expect(await desk.json(`/t/${codeOf(5)}`, { headers: { authorization: 'Bearer right' } })).toMatchObject({
      verdict: 'valid',
      scans: { count: 0 },
    });
    expect(desk.memory.scans).toMatchObject([{ signedIn: true }]);
    expect(await desk.json(`/t/${codeOf(5)}`, { headers: { authorization: 'Bearer wrong' } })).toMatchObject({
      scans: { count: 1 },
    });
  });

  test('what is stored of a scan names no address and no agent, and a province at most', async () => {
    const desk = aScanDesk();
    await desk.get(`/t/${codeOf(5)}`, { headers: { 'x-province': Buffer.from('Tỉnh Hòa Bình').toString('latin1') } });
    const [scan] = desk.memory.scans;
    expect(scan).toMatchObject({ serial: 5, province: 'Phú Thọ', verdict: 'valid', day: '2026-11-24' });
    expect(scan?.visitor).toMatch(/^[\w-]{15}$/);
    expect(JSON.stringify(desk.memory.scans)).not.toMatch(/203\.0\.113|Android|Chrome/);
    await desk.get(`/t/${codeOf(6)}`, { headers: { 'x-province': 'Atlantis' } });
    expect(desk.memory.scans[1]).toMatchObject({ province: null });
  });

  test('a visitor is another one tomorrow, and in another browser', async () => {
    const desk = aScanDesk();
    await desk.get(`/t/${codeOf(5)}`);
    await desk.get(`/t/${codeOf(5)}`, { headers: { 'user-agent': 'Mozilla/5.0 (iPhone) Safari/604.1' } });
    desk.pass(86_400_000);
    await desk.get(`/t/${codeOf(5)}`);
    expect(new Set(desk.memory.scans.map((scan) => scan.visitor)).size).toBe(3);
  });

  test('the verdict stored is the one before the scan', async () => {
    const desk = aScanDesk({ batches: [aBatch({ activations: [] })] });
    await desk.get(`/t/${codeOf(5)}`);
    expect(desk.memory.scans).toMatchObject([{ verdict: 'not-activated' }]);
  });
});

describe('form, language and headers', () => {
  test.each([
    [undefined, 'text/html'],
    ['*/*', 'text/html'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'text/html'],
    ['application/json', 'application/json'],
    ['application/json, text/plain, */*', 'application/json'],
    ['text/html;q=0.4, application/json;q=0.5', 'application/json'],
    ['application/*', 'application/json'],
    ['application/json;q=0, */*', 'text/html'],
    ['image/png', 'text/html'],
    ['text/html, application/json', 'text/html'],
    ['application/json, text/html', 'application/json'],
  ])('Accept %p gets %s', async (accept, type) => {
    const answer = await aScanDesk().answerScan({
      method: 'GET',
      path: `/t/${codeOf(5)}`,
      headers: accept === undefined ? {} : { accept },
      address: '203.0.113.7',
      fromTrustedProxy: false,
    });
    expect(answer.headers['Content-Type']).toBe(`${type}; charset=utf-8`);
  });

  test.each([
    [undefined, '', 'vi'],
    ['en-US,en;q=0.9', '', 'en'],
    ['vi-VN,vi;q=0.9,en;q=0.8', '', 'vi'],
    ['en;q=0.5, vi;q=0.6', '', 'vi'],
    ['fr-FR, de', '', 'vi'],
    ['fr, en;q=0.3', '', 'en'],
    ['en', '?lang=vi', 'vi'],
    ['vi', '?lang=en', 'en'],
    ['vi', '?lang=fr', 'vi'],
  ])('Accept-Language %p with %p is answered in %s', async (accepted, query, language) => {
    const answer = await aScanDesk().get(`/t/${codeOf(5)}${query}`, { headers: { 'accept-language': accepted } });
    expect(answer.headers['Content-Language']).toBe(language);
  });

  test('answers are not stored anywhere, set no cookie, and carry a policy that allows our own script files alone', async () => {
    const { headers } = await aScanDesk().get(`/t/${codeOf(5)}`, { headers: { accept: 'text/html' } });
    expect(headers).toMatchObject({
      'Cache-Control': 'no-store',
      Vary: 'Accept, Accept-Language, Accept-Encoding',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
    });
    expect(headers['Content-Security-Policy']?.replaceAll(/'sha256-[\w+/]{43}='/g, '#').split(';')).toEqual([
      "default-src 'none'",
      'style-src # # #',
      "img-src 'self' data:",
      "script-src 'self'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ]);
    expect(Object.keys(headers).map((name) => name.toLowerCase())).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(set-cookie|etag)$/)]),
    );
  });

  test('HSTS is sent only where the service is reached by https', async () => {
    const { headers } = await aScanDesk({}, { publicOrigin: 'http://localhost:3000' }).get(`/t/${codeOf(5)}`);
    expect(headers['Strict-Transport-Security']).toBeUndefined();
  });
});
