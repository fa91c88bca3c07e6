import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { ENTRY_MS_MAX } from '../../server/scan/batch-cache.ts';
import { ANSWER_MS_MAX, REFUSED_AFTER_MS } from '../../server/scan/answer-scan.ts';
import { aScanDesk, codeOf, forgedCode, ORIGIN, PHONE_AGENT } from '../fixtures/scan-desk.ts';
import {
  aBatch,
  aCertificate,
  aLot,
  aProducer,
  aProduct,
  aRecall,
  LOT_ID,
  MADE_AT,
  PRODUCT_ID,
} from '../fixtures/records.ts';

const AN_EVENT = {
  id: 'e1',
  at: '2026-11-02T01:00:00.000Z',
  step: 'Rang',
  place: 'Xưởng',
  gln: null,
  by: null,
  note: null,
  public: true,
  photoFileId: null,
  copiedFrom: null,
  recordedAt: MADE_AT,
};
const BLANK = aBatch({ kind: 'blank', productId: null, lotId: null, activations: [] });
const UNKNOWN_BATCH_CODE = `B7QW4Z${codeOf(1).slice(6)}`;

describe('the JSON of CONTRACT §4', () => {
  test('a valid stamp answers every field, in the contract’s order', async () => {
    const desk = aScanDesk({
      lots: [aLot({ events: [AN_EVENT, { ...AN_EVENT, id: 'e2', step: 'Nội bộ', public: false }] })],
      recalls: [],
    });
    const answer = await desk.get(`/t/${codeOf(12)}`);
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body.toString())).toEqual({
      verdict: 'valid',
      also: [],
      display: false,
      code: `${codeOf(12).slice(0, 6)}-${codeOf(12).slice(6, 12)}-${codeOf(12).slice(12)}`,
      serial: 12,
      scans: { count: 1, first: true, firstOn: '2026-11-24' },
      product: {
        id: PRODUCT_ID,
        name: 'Cà phê Arabica rang mộc',
        brand: 'Cầu Đất',
        group: aProduct().group,
        description: null,
        gtin: null,
        photo: null,
        unit: 'gói 500 g',
        ingredients: 'Cà phê Arabica 100 %',
        storage: 'Nơi khô mát',
        standards: null,
        warnings: null,
      },
      producer: {
        id: 'producer-1',
        name: 'Hợp tác xã Cà phê Cầu Đất',
        kind: 'cooperative',
        address: { commune: 'Xuân Trường - Đà Lạt', province: 'Lâm Đồng', detail: 'Thôn Trường Thọ' },
        addressToday: null,
        phone: '0912 345 678',
        website: null,
      },
      origin: { commune: 'Xuân Trường - Đà Lạt', province: 'Lâm Đồng', detail: null },
      office: { name: 'Văn phòng OCOP Lâm Đồng', phone: '0263 3822 001' },
      rating: {
        scheme: 'ocop',
        stars: 4,
        certificate: 'OCOP-LD-2026-041',
        issuer: 'UBND tỉnh Lâm Đồng',
        issuedOn: '2026-06-15',
        expiresOn: '2029-06-14',
        state: 'valid',
        inForceOnPacking: true,
      },
      certificates: [
        {
          scheme: 'ocop',
          number: 'OCOP-LD-2026-041',
          issuer: 'UBND tỉnh Lâm Đồng',
          issuedOn: '2026-06-15',
          expiresOn: '2029-06-14',
          state: 'valid',
        },
      ],
      batch: { id: '7K3M9Q', kind: 'goods' },
      lot: { id: LOT_ID, number: 'L2611-01', producedOn: '2026-11-01', expiresOn: '2027-10-31', correctedOn: null },
      journey: [{ at: '2026-11-02T01:00:00.000Z', step: 'Rang', place: 'Xưởng', gln: null, by: null, note: null }],
      recall: null,
      updatedAt: MADE_AT,
    });
    expect(Object.keys(JSON.parse(answer.body.toString()) as object)).toEqual([
      'verdict',
      'also',
      'display',
      'code',
      'serial',
      'scans',
      'product',
      'producer',
      'origin',
      'office',
      'rating',
      'certificates',
      'batch',
      'lot',
      'journey',
      'recall',
      'updatedAt',
    ]);
  });

  test.each([
    ['an expired lot', { lots: [aLot({ expiresOn: '2026-11-23' })] }, { verdict: 'expired', also: [] }],
    [
      'a recalled lot past its date',
      { lots: [aLot({ expiresOn: '2026-11-23' })], recalls: [aRecall()] },
      { verdict: 'recalled', also: ['expired'] },
    ],
    [
      'a void stamp',
      { batches: [aBatch({ voids: [{ from: 1, to: 20, reason: 'lost', note: null, at: MADE_AT, by: 'u' }] })] },
      { verdict: 'void', also: [] },
    ],
    [
      'a display stamp',
      { batches: [aBatch({ displays: [{ from: 1, to: 20, at: MADE_AT, by: 'u' }] })] },
      { verdict: 'valid', display: true },
    ],
    ['a stamp not activated', { batches: [aBatch({ activations: [] })] }, { verdict: 'not-activated', also: [] }],
    [
      'a plaque',
      { batches: [aBatch({ kind: 'plaque', lotId: null, activations: [] })] },
      { verdict: 'valid', lot: null, batch: { id: '7K3M9Q', kind: 'plaque' } },
    ],
  ])('%s', async (_, records, expected) => {
    expect(await aScanDesk(records).json(`/t/${codeOf(12)}`)).toMatchObject(expected);
  });

  test('a stamp not activated says nothing of lot, scans, rating, certificates or journey', async () => {
    const desk = aScanDesk({ batches: [aBatch({ activations: [] })], lots: [aLot({ events: [AN_EVENT] })] });
    expect(await desk.json(`/t/${codeOf(12)}`)).toMatchObject({
      lot: null,
      scans: null,
      rating: null,
      certificates: [],
      journey: [],
      product: { id: PRODUCT_ID },
    });
  });

  test.each([
    ['not activated', BLANK, []],
    [
      'void before activation',
      { ...BLANK, voids: [{ from: 1, to: 20, reason: 'lost' as const, note: null, at: MADE_AT, by: 'u' }] },
      [],
    ],
    ['recalled before activation', BLANK, [aRecall({ scope: { kind: 'range', batchId: BLANK.id, from: 1, to: 20 } })]],
  ])('of a blank stamp %s no word of product or origin leaks, in JSON or page', async (_, batch, recalls) => {
    const desk = aScanDesk({ batches: [batch], recalls });
    expect(await desk.json(`/t/${codeOf(12)}`)).toMatchObject({
      product: null,
      origin: null,
      lot: null,
      scans: null,
      rating: null,
      certificates: [],
      journey: [],
    });
    for (const language of ['vi', 'en']) {
      const page = await desk.page(`/t/${codeOf(12)}?lang=${language}`);
      for (const secret of ['Arabica', 'L2611-01', 'OCOP-LD-2026-041', 'Nơi khô mát', '1.000', '1,000'])
        expect(page).not.toContain(secret);
    }
  });

  test('a void stamp keeps all but its journey', async () => {
    const voids = [{ from: 1, to: 20, reason: 'stolen' as const, note: null, at: MADE_AT, by: 'u' }];
    const desk = aScanDesk({ batches: [aBatch({ voids })], lots: [aLot({ events: [AN_EVENT] })] });
    expect(await desk.json(`/t/${codeOf(12)}`)).toMatchObject({
      verdict: 'void',
      journey: [],
      lot: { number: 'L2611-01' },
      rating: { stars: 4 },
      scans: { count: 1 },
    });
  });

  test('a telephone is there only with recorded consent', async () => {
    const desk = aScanDesk({ producers: [aProducer({ phonePublic: false })] });
    expect(await desk.json(`/t/${codeOf(12)}`)).toMatchObject({ producer: { phone: null } });
    expect(await desk.page(`/t/${codeOf(12)}`)).not.toContain('0912');
  });

  test('recall texts follow the language; without English there is Vietnamese', async () => {
    const desk = aScanDesk({ recalls: [aRecall({ advice: { vi: 'Không dùng', en: null } })] });
    expect(await desk.json(`/t/${codeOf(12)}?lang=en`)).toMatchObject({
      recall: { reason: 'Damp in storage', advice: 'Không dùng', at: MADE_AT },
    });
    expect(await desk.json(`/t/${codeOf(12)}`)).toMatchObject({ recall: { reason: 'Nhiễm ẩm trong kho' } });
  });

  test('a lapsed certificate leaves the verdict and says both, today and on the packing day', async () => {
    const desk = aScanDesk({ certificates: [aCertificate({ issuedOn: '2023-11-10', expiresOn: '2026-11-09' })] });
    expect(await desk.json(`/t/${codeOf(12)}`)).toMatchObject({
      verdict: 'valid',
      rating: { state: 'expired', inForceOnPacking: true },
    });
  });

  test('the first day is told in TIME_ZONE, not in UTC', async () => {
    const desk = aScanDesk();
    desk.pass(Date.parse('2026-11-24T17:30:00.000Z') - Date.parse(MADE_AT)); // half past midnight in Vietnam
    expect(await desk.json(`/t/${codeOf(12)}`)).toMatchObject({ scans: { firstOn: '2026-11-25' } });
  });
});

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

  test.each([
    ['too short', '/t/7K3M9Q', 404, 'malformed'],
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
    expect(scan?.visitor).toMatch(/^[\w-]{22}$/);
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

  test('answers are not stored anywhere, set no cookie, and carry a policy that allows no script', async () => {
    const { headers } = await aScanDesk().get(`/t/${codeOf(5)}`, { headers: { accept: 'text/html' } });
    expect(headers).toMatchObject({
      'Cache-Control': 'no-store',
      Vary: 'Accept, Accept-Language',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
    });
    expect(headers['Content-Security-Policy']).toMatch(
      /^default-src 'none';style-src ('sha256-[\w+/]{43}=' ?){2};img-src 'self' data:;form-action 'self';frame-ancestors 'none';base-uri 'none'$/,
    );
    expect(Object.keys(headers).map((name) => name.toLowerCase())).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(set-cookie|etag)$/)]),
    );
  });

  test('HSTS is sent only where the service is reached by https', async () => {
    const { headers } = await aScanDesk({}, { publicOrigin: 'http://localhost:3000' }).get(`/t/${codeOf(5)}`);
    expect(headers['Strict-Transport-Security']).toBeUndefined();
  });
});

describe('forged and unknown codes answer alike', () => {
  test.each(['application/json', 'text/html'])('in body and headers, as %s', async (accept) => {
    const desk = aScanDesk();
    await desk.get(`/t/${codeOf(5)}`);
    const shown = (code: string): string => `${code.slice(0, 6)}-${code.slice(6, 12)}-${code.slice(12)}`;
    const answers = await Promise.all(
      [forgedCode(5), UNKNOWN_BATCH_CODE].map(async (code) => {
        const answer = await desk.get(`/t/${shown(code)}`, { headers: { accept } });
        return {
          status: answer.status,
          headers: answer.headers,
          body: answer.body.toString().replaceAll(shown(code), 'CODE'),
        };
      }),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.status).toBe(404);
  });

  test('both are held back until the same moment, whether the store was asked or not', async () => {
    const desk = aScanDesk();
    await desk.get(`/t/${codeOf(5)}`);
    await desk.get(`/t/${forgedCode(5)}`);
    await desk.get(`/t/${UNKNOWN_BATCH_CODE}`);
    expect(desk.waits).toEqual([REFUSED_AFTER_MS, REFUSED_AFTER_MS]);
  });

  /**
   * Interleaved samples of both, medians of each compared: they may differ by a quarter, or 20 µs where that is more.
   * A machine that does other things meanwhile disturbs both alike; a difference in the work would show in every round.
   */
  test('in the time they take', async () => {
    const desk = aScanDesk({}, { limits: { burst: 1e9, perMinute: 1 } });
    const medianOf = (samples: number[]): number =>
      samples.toSorted((a, b) => a - b)[Math.floor(samples.length / 2)] ?? 0;
    const timeOf = async (path: string): Promise<number> => {
      const begun = process.hrtime.bigint();
      await desk.answerScan({ method: 'GET', path, headers: { accept: 'application/json' }, address: '203.0.113.7' });
      return Number(process.hrtime.bigint() - begun) / 1_000;
    };
    const round = async (): Promise<boolean> => {
      const forged: number[] = [];
      const unknown: number[] = [];
      for (let i = 0; i < 1_500; i++) {
        forged.push(await timeOf(`/t/${forgedCode(5)}`));
        unknown.push(await timeOf(`/t/${UNKNOWN_BATCH_CODE}`));
      }
      const [a, b] = [medianOf(forged), medianOf(unknown)];
      return Math.abs(a - b) <= Math.max(20, Math.min(a, b) / 4);
    };
    await round(); // warms both up
    const rounds = [await round(), await round(), await round()];
    expect(rounds.filter((alike) => alike).length).toBeGreaterThanOrEqual(2);
  });
});

describe('refused codes are limited, real stamps never', () => {
  test('beyond the burst an address gets 429 for refused codes, its real stamps are answered, and tokens come back', async () => {
    const desk = aScanDesk({}, { limits: { burst: 3, perMinute: 6 } });
    for (let i = 0; i < 3; i++) expect((await desk.get(`/t/${forgedCode(5)}`)).status).toBe(404);
    const limited = await desk.get(`/t/${forgedCode(5)}`);
    expect([limited.status, limited.headers['Retry-After'], JSON.parse(limited.body.toString())]).toEqual([
      429,
      '10',
      { verdict: null, reason: 'too-many-requests' },
    ]);
    expect((await desk.get('/01/1/21/2')).status).toBe(429);
    expect((await desk.get(`/t/${codeOf(5)}`)).status).toBe(200);
    expect((await desk.get(`/t/${forgedCode(5)}`, { address: '198.51.100.9' })).status).toBe(404);
    desk.pass(10_000);
    expect((await desk.get(`/t/${forgedCode(5)}`)).status).toBe(404);
    expect((await desk.get(`/t/${forgedCode(5)}`)).status).toBe(429);
  });

  test('refusals are counted by day, reason and batch, and kept when they could not be written', async () => {
    const desk = aScanDesk();
    await desk.get(`/t/${forgedCode(5)}`);
    await desk.get(`/t/${forgedCode(6)}`);
    await desk.get(`/t/${UNKNOWN_BATCH_CODE}`);
    desk.memory.failing.add('refusals');
    await expect(desk.answerScan.flushRefusals()).rejects.toThrow('away');
    desk.memory.failing.clear();
    await desk.answerScan.flushRefusals();
    await desk.answerScan.flushRefusals();
    expect(desk.memory.refusals).toEqual([
      { day: '2026-11-24', reason: 'not-ours', batchId: '7K3M9Q', count: 2 },
      { day: '2026-11-24', reason: 'not-ours', batchId: null, count: 1 },
    ]);
  });
});

describe('what cannot be checked or recorded now', () => {
  const CANNOT = { verdict: null, reason: 'cannot-check-now' };

  test.each([
    ['nothing can be read', 'read', 'GET'],
    ['nothing can be read, HEAD too', 'read', 'HEAD'],
    ['the scan cannot be recorded', 'record', 'GET'],
  ] as const)('is 503 where %s', async (_, part, method) => {
    const desk = aScanDesk();
    desk.memory.failing.add(part);
    const answer = await desk.get(`/t/${codeOf(5)}`, { method });
    expect([answer.status, answer.headers['Retry-After']]).toEqual([503, '5']);
    expect(answer.body.toString()).toBe(method === 'GET' ? JSON.stringify(CANNOT) : '');
    expect(await desk.page(`/t/${codeOf(5)}?lang=en`)).toContain('We cannot check just now');
    expect(desk.logged).toMatchObject([{ event: 'scan.cannot-check', kind: 'unavailable' }, {}]);
    desk.memory.failing.clear();
    expect((await desk.get(`/t/${codeOf(5)}`)).status).toBe(200);
  });

  test('a malformed code needs no store', async () => {
    const desk = aScanDesk();
    desk.memory.failing.add('read');
    expect((await desk.get('/t/7K3', { headers: { accept: 'text/html' } })).status).toBe(404);
  });

  test('a batch whose issue line does not stand in the chain gives no verdict and an alarm', async () => {
    const desk = aScanDesk();
    desk.memory.issueLines.clear();
    expect((await desk.get(`/t/${codeOf(5)}`)).status).toBe(503);
    expect(desk.logged).toMatchObject([{ kind: 'tampered' }]);
    expect(JSON.stringify(desk.logged)).not.toContain(codeOf(5));
  });

  test.each([
    ['a secret that does not open', { batches: [aBatch({ wrappedSecret: 'tampered' })] }],
    ['a lot that is missing', { lots: [] }],
  ])('%s gives no verdict and an alarm', async (_, records) => {
    const desk = aScanDesk(records);
    expect((await desk.get(`/t/${codeOf(5)}`)).status).toBe(503);
    expect(desk.logged).toMatchObject([{ kind: 'tampered' }]);
  });
});

describe('a store that is merely slow', () => {
  afterEach(() => void jest.useRealTimers());

  test.each([
    ['a millisecond before the end is waited for', ANSWER_MS_MAX - 1, 200, 1, ['valid']],
    [
      'any later is not: the scan is 503, and neither recorded nor told of when the store comes at last',
      ANSWER_MS_MAX + 1,
      503,
      0,
      ['cannot-check-now'],
    ],
  ])('%s', async (_, readMs, status, recorded, outcomes) => {
    jest.useFakeTimers();
    const told: string[] = [];
    const desk = aScanDesk({}, { onAnswer: (outcome) => told.push(outcome) });
    desk.memory.slow.reads = new Promise((resolve) => void setTimeout(resolve, readMs));
    const answering = desk.get(`/t/${codeOf(5)}`);
    await jest.advanceTimersByTimeAsync(2 * ANSWER_MS_MAX);
    expect((await answering).status).toBe(status);
    expect(desk.memory.scans).toHaveLength(recorded);
    expect(told).toEqual(outcomes);
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe('the cache', () => {
  test('a recall made here is seen by the very next scan', async () => {
    const desk = aScanDesk();
    expect(await desk.json(`/t/${codeOf(5)}`)).toMatchObject({ verdict: 'valid' });
    desk.memory.put('recalls', aRecall());
    expect(await desk.json(`/t/${codeOf(5)}`)).toMatchObject({ verdict: 'recalled' });
    desk.memory.put('recalls', aRecall({ version: 2, withdrawal: { at: MADE_AT, by: 'u', note: null } }));
    expect(await desk.json(`/t/${codeOf(5)}`)).toMatchObject({ verdict: 'valid' });
  });

  test.each([
    ['a lot’s date', 'lots', aLot({ version: 2, expiresOn: '2026-11-20' }), { verdict: 'expired' }],
    [
      'a product’s name',
      'products',
      aProduct({ version: 2, name: 'Cà phê Robusta' }),
      { product: { name: 'Cà phê Robusta' } },
    ],
    ['a withdrawn consent', 'producers', aProducer({ version: 2, phonePublic: false }), { producer: { phone: null } }],
    [
      'a void range',
      'batches',
      aBatch({ version: 2, voids: [{ from: 1, to: 9, reason: 'lost', note: null, at: MADE_AT, by: 'u' }] }),
      { verdict: 'void' },
    ],
    [
      'a new certificate',
      'certificates',
      aCertificate({ id: 'c9', scheme: 'vietgap', stars: null }),
      { certificates: [{ scheme: 'ocop' }, { scheme: 'vietgap' }] },
    ],
  ] as const)(
    '%s changed here is seen at once, elsewhere within three seconds',
    async (_, collection, doc, expected) => {
      const here = aScanDesk();
      await here.get(`/t/${codeOf(5)}`);
      here.memory.put(collection, doc);
      expect(await here.json(`/t/${codeOf(5)}`)).toMatchObject(expected);

      const elsewhere = aScanDesk();
      const before = await elsewhere.json(`/t/${codeOf(5)}`);
      elsewhere.memory.putElsewhere(collection, doc);
      elsewhere.pass(ENTRY_MS_MAX - 1);
      expect(await elsewhere.json(`/t/${codeOf(5)}`)).toEqual(before);
      elsewhere.pass(1);
      expect(await elsewhere.json(`/t/${codeOf(5)}`)).toMatchObject(expected);
    },
  );

  test('a batch issued elsewhere is found within three seconds of being unknown', async () => {
    const desk = aScanDesk({ batches: [] });
    expect(await desk.json(`/t/${codeOf(5)}`)).toMatchObject({ reason: 'not-ours' });
    desk.memory.putElsewhere('batches', aBatch());
    desk.memory.issueLines.add('batch:7K3M9Q');
    desk.pass(ENTRY_MS_MAX);
    expect(await desk.json(`/t/${codeOf(5)}`)).toMatchObject({ verdict: 'valid' });
  });

  test('scans that arrive together read a batch once, and a fresh one is not read at all', async () => {
    const desk = aScanDesk();
    await Promise.all(Array.from({ length: 50 }, (_, i) => desk.get(`/t/${codeOf(i + 1)}`)));
    await desk.get(`/t/${codeOf(51)}`);
    expect(desk.memory.batchReads).toEqual(['7K3M9Q']);
    for (let i = 0; i < 5; i++) await desk.get(`/t/${UNKNOWN_BATCH_CODE}`);
    expect(desk.memory.batchReads).toEqual(['7K3M9Q', 'B7QW4Z']);
  });

  test('a change that comes while a batch is being read is not lost', async () => {
    const desk = aScanDesk();
    const gate = Promise.withResolvers<void>();
    desk.memory.slow.reads = gate.promise;
    const reading = desk.get(`/t/${codeOf(5)}`);
    while (desk.memory.batchReads.length === 0) await Promise.resolve();
    desk.memory.put(
      'batches',
      aBatch({ version: 2, voids: [{ from: 1, to: 9, reason: 'lost', note: null, at: MADE_AT, by: 'u' }] }),
    );
    gate.resolve();
    await reading;
    expect(await desk.json(`/t/${codeOf(5)}`)).toMatchObject({ verdict: 'void' });
  });

  test('a page kept from yesterday is not shown today', async () => {
    const desk = aScanDesk({ lots: [aLot({ expiresOn: '2026-11-24' })] });
    expect(await desk.page(`/t/${codeOf(5)}`)).toContain('hôm nay là ngày cuối');
    desk.pass(86_400_000);
    expect(await desk.json(`/t/${codeOf(5)}`)).toMatchObject({ verdict: 'expired' });
    expect(await desk.page(`/t/${codeOf(5)}`)).toContain('quá 1 ngày');
  });

  test('a failed reading is tried again by the next scan', async () => {
    const desk = aScanDesk();
    desk.memory.failing.add('read');
    await desk.get(`/t/${codeOf(5)}`);
    desk.memory.failing.clear();
    expect((await desk.get(`/t/${codeOf(5)}`)).status).toBe(200);
  });
});

test('the origin of the tests is the one the stamps name', () => {
  expect(aBatch().origin).toBe(ORIGIN);
});
