import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatStampCode } from '../../server/domain/stamp/stamp-code.ts';
import { stampFactsOf } from '../../server/domain/stamp/stamp-facts.ts';
import type { StampTally } from '../../server/domain/stamp/tally.ts';
import type { BatchEntry, CachedFacts } from '../../server/scan/batch-cache.ts';
import { makeKeyedHash } from '../../server/scan/keyed-hash.ts';
import { lookUp } from '../../server/scan/look-up.ts';
import { isLookAhead } from '../../server/scan/not-counted.ts';
import { cutShape, fillShape, marksFor } from '../../server/scan/page-shape.ts';
import { provinceOfHeader } from '../../server/scan/place.ts';
import type { Look } from '../../server/scan/look.ts';
import { publicView, type Judgement } from '../../server/scan/public-view.ts';
import {
  BATCHES_OF_ONE_MAX,
  makeManyTries,
  STAMPS_OF_ONE_MIN,
  WRONG_OF_ONE_MIN,
} from '../../server/scan/many-tries.ts';
import { makeRefusalLimiter } from '../../server/scan/refusals.ts';
import { isScanPath, languageOfQuery, readScanPath } from '../../server/scan/scan-path.ts';
import { makeStampAnswers } from '../../server/scan/stamp-answer.ts';
import { NETWORK_SYMBOLS } from '../../server/store/visits.ts';
import { agentFamily, networkOf, pinNetworkOf, visitorOf } from '../../server/scan/visitor.ts';
import { scanPages } from '../../server/web/public/pages.ts';
import { codeOf, KEYS, ORIGIN, PHONE_AGENT } from '../fixtures/scan-desk.ts';
import { aBatch, aLot } from '../fixtures/records/batches.ts';
import { BATCH_ID, TIME_ZONE, TODAY } from '../fixtures/records/cast.ts';
import { aCertificate, anOffice, aProducer, aProduct } from '../fixtures/records/registry.ts';

describe('the address', () => {
  test.each([
    '/t/X',
    '/T/X/',
    '/t/X?lang=en',
    '/t/X/record',
    '/01/1/21/2',
    '/01/anything',
    'http://temtrace.example/t/X',
    'HTTPS://a:3000/T/X?lang=en',
    'http://a/01/x',
  ])('%s is a look-up', (path) => {
    expect(isScanPath(path)).toBe(true);
  });

  test.each([
    '/',
    '/t',
    '/t/',
    '/t/X/complaint',
    '/t/X/pin',
    '/t/X/record/more',
    '/tt/X',
    '/api/v1/batches',
    '/check?code=/t/X',
    '/010/x',
    'http://a',
    'http://a/',
    'http://a?/t/X',
    'ftp://a/t/X',
    'http://a/http://b/t/X',
  ])('%s is none', (path) => {
    expect(isScanPath(path)).toBe(false);
    expect(readScanPath(path)).toBeNull();
  });

  test('any address is read without an exception', () => {
    fc.assert(fc.property(fc.string(), (text) => void readScanPath(`/t/${text}`)));
    fc.assert(fc.property(fc.string(), (text) => void readScanPath(`/01/${text}`)));
  });

  test.each([
    ['/t/X?lang=en', 'en'],
    ['/t/X?a=1&lang=vi#x', null],
    ['/t/X?a=1&lang=vi', 'vi'],
    ['/t/X?lang=english', null],
    ['/t/X?slang=en', null],
    ['/t/X', null],
  ])('the language of %s is %p', (path, language) => expect(languageOfQuery(path)).toBe(language));
});

describe('a visitor', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
    ['64:ff9b::203.0.113.7', '64:ff9b:0:0'],
    ['', null],
    ['not an address', null],
  ])('%p is of network %p', (address, network) => expect(networkOf(address)).toBe(network));

  test('agents are told apart by system and browser, never by version or model', () => {
    expect(agentFamily(PHONE_AGENT)).toBe('Android/Chrome');
    expect(agentFamily(PHONE_AGENT.replace('130.0', '131.0').replace('SM-A055F', 'SM-S928B'))).toBe('Android/Chrome');
    expect(agentFamily('Mozilla/5.0 (iPhone; CPU iPhone OS 18_1) Version/18.1 Mobile/15E148 Safari/604.1')).toBe(
      'iPhone/Safari',
    );
    expect(agentFamily(`${PHONE_AGENT} Zalo android/23110`)).toBe('Android/Zalo');
    expect(agentFamily('')).toBe('other/other');
  });

  test('has another name under another salt, and none without an address', () => {
    const [one, two] = [makeKeyedHash(new Uint8Array(32)), makeKeyedHash(new Uint8Array(32).fill(1))];
    expect(visitorOf(one, '203.0.113.7', PHONE_AGENT)).not.toBe(visitorOf(two, '203.0.113.7', PHONE_AGENT));
    expect(visitorOf(one, '2001:db8:1:2::3', PHONE_AGENT)).toBe(visitorOf(one, '2001:db8:1:2:ffff::9', PHONE_AGENT));
    expect(visitorOf(one, '', PHONE_AGENT)).toBeNull();
  });

  test('begins with its network’s name, and visitors of one network have different names', () => {
    const hash = makeKeyedHash(new Uint8Array(32));
    const agents = ['iPhone', 'iPad', 'Android', 'Windows', 'Macintosh', 'CrOS', 'Linux', ''].flatMap((system) =>
      ['Zalo', 'FBAN', 'Chrome', 'Safari', ''].map((browser) => `${system} ${browser}`),
    );
    for (const addresses of [['203.0.113.7'], ['2001:db8:1:2::3', '2001:db8:1:3::3', '2001:db8:1:fffe::3']]) {
      const named = addresses.flatMap((address) => agents.map((agent) => visitorOf(hash, address, agent) ?? ''));
      expect(new Set(named).size).toBe(named.length);
      expect(new Set(named.map((name) => name.slice(0, NETWORK_SYMBOLS))).size).toBe(1);
      for (const name of named) expect(name).toMatch(/^[\w-]{15}$/);
    }
    const networks = ['203.0.113.7', '203.0.113.8', '2001:db8:1::1', '2001:db8:2::1'];
    expect(new Set(networks.map((one) => visitorOf(hash, one, '')?.slice(0, NETWORK_SYMBOLS))).size).toBe(4);
  });

  test('the network that tries a PIN is an IPv4 address, or the /48 that one customer of IPv6 has', () => {
    const [one, two] = [makeKeyedHash(new Uint8Array(32).fill(1)), makeKeyedHash(new Uint8Array(32).fill(2))];
    expect(pinNetworkOf(one, '2001:db8:1:2::3')).toBe(pinNetworkOf(one, '2001:db8:1:ffff::9'));
    expect(pinNetworkOf(one, '2001:db8:1:2::3')).not.toBe(pinNetworkOf(one, '2001:db8:2:2::3'));
    expect(pinNetworkOf(one, '203.0.113.7')).not.toBe(pinNetworkOf(one, '203.0.113.8'));
    expect(pinNetworkOf(one, '203.0.113.7')).not.toBe(pinNetworkOf(two, '203.0.113.7'));
    expect(pinNetworkOf(one, 'unknown')).toBeNull();
  });

  test.each([
    ['Hà Nội', 'Hà Nội'],
    ['Ha Noi', 'Hà Nội'],
    ['H%C3%A0%20N%E1%BB%99i', 'Hà Nội'],
    ['tỉnh Vĩnh Phúc', 'Phú Thọ'],
    ['100%', null],
    ['', null],
  ])('whose proxy says %p is in %p', (said, province) =>
    expect(provinceOfHeader(Buffer.from(said).toString('latin1'))).toBe(province),
  );
});

test('the keyed hash is HMAC-SHA-256, for any key up to a block and any text', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 64 }),
      fc.array(fc.string({ unit: 'binary', maxLength: 400 })),
      (key, texts) => {
        const hash = makeKeyedHash(key);
        for (const text of texts) expect(hash(text)).toBe(createHmac('sha256', key).update(text).digest('base64url'));
      },
    ),
  );
  expect(() => makeKeyedHash(new Uint8Array(65))).toThrow(RangeError);
});

test('a tag is checked of a batch that exists and of one that does not', async () => {
  const checked: string[] = [];
  const entryOf = (batchId: string): BatchEntry => {
    const keys = { ...KEYS, checkTag: () => checked.push(batchId) > 99 };
    return {
      keys,
      batch: batchId === BATCH_ID ? aBatch() : null,
      readAtMs: 0,
      facts: null,
      reading: null,
      earlier: null,
    };
  };
  const cache = {
    entryOf,
    factsOf: () => {
      throw new Error('nobody reads the facts of a refused code');
    },
    stop: () => undefined,
  };
  for (const code of [codeOf(1), `B7QW4Z${codeOf(1).slice(6)}`, `123456${codeOf(1).slice(6)}`]) {
    expect(await lookUp(cache, code, null, 0, { secondsToWait: () => null, count: () => undefined })).toMatchObject({
      kind: 'refused',
      reason: 'not-ours',
    });
  }
  expect(checked).toEqual([BATCH_ID, 'B7QW4Z', '000000']);
});

test('a robot is known by its own name only', () => {
  const robots = [
    'Twitterbot/1.0',
    'Slackbot-LinkExpanding 1.0',
    'LinkedInBot/1.0',
    'Discordbot/2.0',
    'Mozilla/5.0 (compatible; bingbot/2.0)',
    'SkypeUriPreview Preview/0.5',
    'Applebot/0.1',
    'Baiduspider',
  ];
  for (const agent of robots) expect([agent, isLookAhead({ 'user-agent': agent })]).toEqual([agent, true]);
  for (const agent of [PHONE_AGENT, 'CUBOT_X18_Plus', 'curl/8.5.0', `${PHONE_AGENT} [FBAN/FB4A]`])
    expect([agent, isLookAhead({ 'user-agent': agent })]).toEqual([agent, false]);
});

test('the limiter remembers a bounded number of addresses, and forgets the least recent first', () => {
  const limiter = makeRefusalLimiter(new Uint8Array(32), { burst: 1, perMinute: 1 });
  const address = (i: number): string => `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`;
  for (let i = 0; i < 10_001; i++) expect(limiter.take(address(i), 0)).toBeNull();
  expect(limiter.take(address(10_000), 0)).toBe(60);
  expect(limiter.take(address(0), 0)).toBeNull(); // forgotten
});

describe('one visitor who tries many codes', () => {
  const counted = (): { told: unknown[]; tries: ReturnType<typeof makeManyTries> } => {
    const told: unknown[] = [];
    return { told, tries: makeManyTries(new Uint8Array(32), { add: (...one) => told.push(one) }) };
  };
  const DAY = '2026-11-24';

  test('is counted at the bound of wrong codes, once for each batch of ours, and apart from others and other days', () => {
    const { told, tries } = counted();
    for (let i = 1; i < WRONG_OF_ONE_MIN; i++) tries.wrong(DAY, '203.0.113.7', i === 1 ? 'BATCH1' : null);
    tries.wrong(DAY, '203.0.113.8', 'BATCH1');
    tries.wrong('2026-11-25', '203.0.113.7', 'BATCH1');
    expect(told).toEqual([]);
    tries.wrong(DAY, '203.0.113.7', null);
    expect(told).toEqual([[DAY, 'codes-of-one', 'BATCH1']]);
    for (const id of ['BATCH1', 'BATCH2', 'BATCH2']) tries.wrong(DAY, '203.0.113.7', id);
    expect(told).toEqual([
      [DAY, 'codes-of-one', 'BATCH1'],
      [DAY, 'codes-of-one', 'BATCH2'],
    ]);
  });

  test('tells a bounded number of batches of one guesser', () => {
    const { told, tries } = counted();
    for (let i = 0; i < 2 * BATCHES_OF_ONE_MAX; i++) tries.wrong(DAY, '203.0.113.7', `B${i}`);
    expect(told).toHaveLength(BATCHES_OF_ONE_MAX);
  });

  test('is counted at the bound of stamps of one batch; the same stamp again is no other one', () => {
    const { told, tries } = counted();
    const look = (serial: number, batchId = 'BATCH1', visitor = 'net-0000001aaaa'): void =>
      tries.looked(DAY, visitor, { batchId, serial });
    for (let serial = 1; serial < STAMPS_OF_ONE_MIN; serial++) look(serial);
    look(STAMPS_OF_ONE_MIN - 1);
    look(1_000, 'BATCH2');
    look(1_000, 'BATCH1', 'net-0000001aaab');
    expect(told).toEqual([]);
    look(STAMPS_OF_ONE_MIN);
    look(STAMPS_OF_ONE_MIN + 1);
    expect(told).toEqual([[DAY, 'stamps-of-one', 'BATCH1']]);
  });
});

describe('a page with holes', () => {
  test('filled, it is the page rendered whole', () => {
    const holes = ['a', 'b'] as const;
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.constantFrom(...holes),
            fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\u0001')),
          ),
        ),
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'grapheme' }),
        (pieces, a, b) => {
          const page = (texts: Record<string, string>): string =>
            pieces.map((piece) => (piece === 'a' || piece === 'b' ? texts[piece] : piece)).join('|');
          const shape = cutShape(page(marksFor(holes)), holes);
          expect(fillShape(shape, { a: a.toWellFormed(), b: b.toWellFormed() }).toString()).toBe(
            page({ a: a.toWellFormed(), b: b.toWellFormed() }),
          );
        },
      ),
    );
  });

  test('a stored text that imitates a mark is none', () => {
    const holes = ['a'] as const;
    expect(() => cutShape('x\u0001c\u0001y', holes)).toThrow(RangeError);
  });

  test('the fast answers equal the plain ones, for any stamp, in both languages and forms', () => {
    const pages = scanPages(ORIGIN);
    const answerOf = makeStampAnswers(pages, TIME_ZONE);
    const product = aProduct({ name: 'Tên \u0001plain\u0001 <b>"lạ"</b>' });
    const { wrappedSecret: _, ...batch } = aBatch({
      voids: [{ from: 300, to: 400, reason: 'lost', note: null, at: '2026-11-01T00:00:00.000Z', by: 'u' }],
    });
    const facts: CachedFacts = {
      facts: {
        batch,
        office: anOffice(),
        producer: aProducer(),
        products: new Map([[product.id, product]]),
        lots: new Map([[aLot().id, aLot()]]),
        certificates: [aCertificate()],
        recalls: [],
      },
      batchTally: null,
      rests: new Set(),
      fingerprint: '',
      edition: 1,
    };
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000 }),
        fc.integer({ min: 0, max: 5_000 }),
        fc.constantFrom('vi' as const, 'en' as const),
        fc.boolean(),
        (serial, count, language, full) => {
          const stamp = stampFactsOf(facts.facts, serial, null as StampTally | null, null);
          const look: Look = {
            code: codeOf(serial),
            serial,
            scans: { count, first: count === 1, firstOn: count === 0 ? null : TODAY },
          };
          const judgement: Judgement = {
            verdict: stamp.voided === null ? 'valid' : 'void',
            also: [],
            display: false,
            suspicion: null,
          };
          const request = { facts, stamp, judgement, look, today: TODAY, language, zipped: false, full };
          const view = publicView(facts.facts, stamp, judgement, look, { today: TODAY, timeZone: TIME_ZONE, language });
          expect(answerOf({ ...request, form: 'json' }).toString()).toBe(JSON.stringify(view.answer));
          expect(answerOf({ ...request, form: 'html' }).toString()).toBe(
            pages.stamp(view, language, pages.stampTexts(look, language), full),
          );
          expect(view.answer.code).toBe(formatStampCode(look.code));
        },
      ),
    );
  });
});
