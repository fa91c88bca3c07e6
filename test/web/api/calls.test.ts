// What is true of each API call: its body, query and headers, its repetition, and lists by pages.

import { describe, expect, test } from '@jest/globals';
import { faults, idOf, problemOf, requestIdOf } from '../../fixtures/api-problems.ts';
import { ERRORS_MAX } from '../../../server/domain/problem.ts';
import { CAST, testApi, type ApiAnswer } from '../../fixtures/api.ts';

const api = testApi();

const { producerA1, productA1, productA2 } = CAST;
const PLACE = { commune: 'Cao Phong', province: 'Phú Thọ', detail: null };
const COFFEE = { name: 'Cà phê mật ong', group: 'food', productSet: 13 };

async function makeLot(number: string, fields: object = {}): Promise<ApiAnswer> {
  return api
    .as('producerA1')
    .post('/lots', { productId: productA1, number, producedOn: '2026-11-01', expiresOn: '2027-05-01', ...fields });
}

describe('what a body, a query and a header may hold', () => {
  test.each([
    ['an unknown field', { name: 'A', kind: 'group', address: PLACE, colour: 'red' }, 'colour: unknown-field'],
    [
      'a field that only records have',
      { name: 'A', kind: 'group', address: PLACE, version: 7 },
      'version: unknown-field',
    ],
    [
      'an unknown field inside',
      { name: 'A', kind: 'group', address: { ...PLACE, district: 'x' } },
      'address.district: unknown-field',
    ],
    ['a wrong check digit', { name: 'A', kind: 'group', address: PLACE, gln: '9520000000005' }, 'gln: custom'],
    ['a direction mark', { name: 'A\u202Eb', kind: 'group', address: PLACE }, 'name: custom'],
    [
      'half a surrogate',
      { name: 'A', kind: 'group', address: PLACE, website: 'https://a.vn/\ud800' },
      'website: custom',
    ],
    [
      'a script for a link',
      { name: 'A', kind: 'group', address: PLACE, website: 'javascript:alert(1)' },
      'website: invalid-format',
    ],
    ['a name of spaces', { name: '   ', kind: 'group', address: PLACE }, 'name: too-small'],
  ])('%s is 400 at its path', async (_, body, fault) => {
    const answer = await api.as('officeA').post('/producers', body);
    expect(problemOf(answer)).toEqual([400, 'invalid']);
    expect(faults(answer)).toEqual([fault]);
  });

  test('impossible days, wrong check digits of products and dates in the wrong order are 400', async () => {
    expect(faults(await makeLot('D-1', { producedOn: '2026-02-29' }))).toEqual(['producedOn: custom']);
    expect(faults(await makeLot('D-1', { producedOn: '2027-05-02' }))).toEqual(['expiresOn: before-production']);
    const product = await api
      .as('officeA')
      .post('/products', { ...COFFEE, producerId: producerA1, gtin: '09520000000012' });
    expect(faults(product)).toEqual(['gtin: custom']);
  });

  test('bytes that are no UTF-8, no JSON or no object are 400; another media type is 415; too many are 413', async () => {
    const office = api.as('officeA');
    const post = (body: unknown, type = 'application/json'): Promise<ApiAnswer> =>
      office.send({ method: 'POST', path: '/producers', body, headers: { 'Content-Type': type } });
    expect(problemOf(await post(Buffer.from('{"name":"\xff"}', 'latin1')))).toEqual([400, 'invalid']);
    expect(problemOf(await post(Buffer.from('{"name":')))).toEqual([400, 'invalid']);
    expect(problemOf(await post(Buffer.from('[]')))).toEqual([400, 'invalid']);
    expect(problemOf(await post(Buffer.from('null')))).toEqual([400, 'invalid']);
    expect(problemOf(await post(Buffer.from('{"__proto__":{"role":"admin"}}')))).toEqual([400, 'invalid']);
    expect(problemOf(await post(Buffer.from('name=A'), 'application/x-www-form-urlencoded'))).toEqual([
      415,
      'unsupported-media',
    ]);
    expect(problemOf(await post(Buffer.alloc(300_000, 0x20)))).toEqual([413, 'too-large']);
  });

  test('unknown, repeated and unreadable query parameters are 400', async () => {
    const office = api.as('officeA');
    expect(faults(await office.get('/producers?sort=name'))).toEqual(['sort: unknown-field']);
    expect(faults(await office.get('/producers?limit=1&limit=2'))).toEqual(['limit: repeated']);
    expect(faults(await office.get('/producers?limit=201'))).toEqual(['limit: too-big']);
    for (const number of ['0x10', '1e2', '+1', '%201', '1.0', '']) {
      expect(faults(await office.get(`/producers?limit=${number}`))).toEqual(['limit: invalid-type']);
      expect(faults(await office.get(`/producers/${producerA1}/ledger?year=${number}`))).toEqual([
        'year: invalid-type',
      ]);
    }
    for (const path of ['/producers', '/offices', `/lots?producerId=${CAST.producerB1}`]) {
      const after = `${path}${path.includes('?') ? '&' : '?'}after=nonsense`;
      for (const name of ['officeA', 'producerA1', 'admin'] as const)
        expect(faults(await api.as(name).get(after))).toEqual(['after: cursor']);
    }
    expect(faults(await office.get('/products?gtin=09520000000012'))).toEqual(['gtin: custom']);
    expect(faults(await office.get(`/producers/${producerA1}?full=1`))).toEqual(['full: unknown-field']);
    expect(problemOf(await office.get('/producers?kind=%ff'))).toEqual([400, 'invalid']);
    expect(problemOf(await office.get('/producers/%ff'))).toEqual([400, 'invalid']);
    expect(problemOf(await office.get(`/products/${productA1}/allowances/26`))).toEqual([400, 'invalid']);
  });

  test('a change without the version read is 428, with another one 412', async () => {
    const office = api.as('officeA');
    expect(problemOf(await office.patch(`/products/${productA1}`, null, { unit: 'gói' }))).toEqual([
      428,
      'version-missing',
    ]);
    expect(problemOf(await office.patch(`/products/${productA1}`, 99, { unit: 'gói' }))).toEqual([
      412,
      'version-conflict',
    ]);
    expect(problemOf(await office.patch(`/products/${productA1}`, '*', { unit: 'gói' }))).toEqual([
      412,
      'version-conflict',
    ]);
  });

  test('of changes sent at the same moment with the same version one wins', async () => {
    const office = api.as('officeA');
    const { version } = (await office.get(`/products/${productA2}`)).body;
    const answers = await Promise.all(
      ['một', 'hai', 'ba', 'bốn'].map((unit) => office.patch(`/products/${productA2}`, version, { unit })),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412, 412, 412]);
  });

  test('a change that alters nothing is 200 and leaves the version and the audit as they were', async () => {
    const office = api.as('officeA');
    const before = await office.get(`/products/${productA1}`);
    const head = await api.auditHead();
    const again = await office.patch(`/products/${productA1}`, before.body['version'], {
      name: before.body['name'],
      origin: before.body['origin'],
    });
    expect(again.body).toEqual(before.body);
    expect(await api.auditHead()).toEqual(head);
  });
});

describe('faults', () => {
  test('an answer lists a bounded number of them and says how many more there are', async () => {
    const unknown = Object.fromEntries(Array.from({ length: ERRORS_MAX + 5 }, (_, at) => [`field${at}`, at]));
    const body = { productId: productA2, number: 'FAULTS', ...unknown };
    const refused = await api.as('producerA2').post('/lots', body);
    expect([refused.status, faults(refused).length, refused.body['moreErrors']]).toEqual([400, ERRORS_MAX, 5]);
    const few = await api.as('producerA2').post('/lots', { ...body, field0: undefined });
    expect(few.body['moreErrors']).toBe(4);
  });
});

describe('the fields of a body', () => {
  const fields = (count: number): object =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`field${at}`, at]));
  const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

  test('are looked at up to a bound, and refused unread beyond it, however deep they lie', async () => {
    const refused = async (body: unknown): Promise<unknown> =>
      ((await api.as('producerA2').post('/lots', body)).body['errors'] as unknown[]).length;
    expect(await refused(fields(200))).toBe(ERRORS_MAX);
    expect(await refused(fields(201))).toBe(0);
    expect(await refused({ note: [fields(201)] })).toBe(0);
    expect(await refused({ note: nested(31) })).toBeGreaterThan(0);
    expect(await refused({ note: nested(32) })).toBe(0);
    const many = await api.as('producerA2').post('/lots', { note: ':'.repeat(4_000) });
    expect(many.body['detail']).toBe('The body has too many fields.');
  });
});

describe('the same request twice', () => {
  const withKey = (key: string): Record<string, string> => ({ 'Idempotency-Key': key });

  test('the same key and body give the same answer, and nothing is made twice', async () => {
    const office = api.as('officeA');
    const body = { productId: productA1, number: 'KEY-1' };
    const first = await office.post('/lots', body, withKey('k1'));
    const second = await office.post('/lots', body, withKey('k1'));
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect((await office.get('/lots?number=KEY-1')).body['items']).toHaveLength(1);
  });

  test('sent ten times at the same moment it is still made once', async () => {
    const office = api.as('officeA');
    const body = { name: 'HTX Cùng Lúc', kind: 'group', address: PLACE };
    const answers = await Promise.all(Array.from({ length: 10 }, () => office.post('/producers', body, withKey('k2'))));
    expect(new Set(answers.map((answer) => `${answer.status} ${idOf(answer)}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
  });

  test('the same key with another body is 409; another caller’s key is another key', async () => {
    const body = { productId: productA1, number: 'KEY-3' };
    await api.as('officeA').post('/lots', body, withKey('k3'));
    expect(problemOf(await api.as('officeA').post('/lots', { ...body, number: 'KEY-4' }, withKey('k3')))).toEqual([
      409,
      'request-key-reused',
    ]);
    expect(problemOf(await api.as('producerA1').post('/lots', body, withKey('k3')))).toEqual([409, 'taken']);
    expect(problemOf(await api.as('officeA').post('/lots', body, withKey('bad key')))).toEqual([400, 'invalid']);
  });

  test('a change that waits is asked once, and an event is told once', async () => {
    const own = api.as('producerA1');
    const asked = { ...COFFEE, name: 'Hỏi một lần' };
    const answers = await Promise.all([
      own.post('/products', asked, withKey('k5')),
      own.post('/products', asked, withKey('k5')),
    ]);
    expect(requestIdOf(answers[0])).toBe(requestIdOf(answers[1]));
    const lot = idOf(await makeLot('KEY-6'));
    const event = { at: '2026-11-02T08:00:00+07:00', step: 'Rang' };
    await Promise.all([
      own.post(`/lots/${lot}/events`, event, withKey('k6')),
      own.post(`/lots/${lot}/events`, event, withKey('k6')),
    ]);
    expect((await own.get(`/lots/${lot}`)).body['events']).toHaveLength(1);
  });
});

describe('lists', () => {
  test('pages follow each other without gap or repeat, newest first, and stay within reach', async () => {
    for (let i = 0; i < 7; i += 1) {
      api.setNow(`2026-11-25T03:00:0${Math.floor(i / 2)}.000Z`); // pairs made in the same moment
      await api.as('producerA2').post('/lots', { productId: productA2, number: `PAGE-${i}` });
    }
    api.setNow('2026-11-24T03:00:00.000Z');
    const seen: string[] = [];
    let after = '';
    do {
      const page: ApiAnswer = await api.as('producerA2').get(`/lots?limit=3${after}`);
      expect((page.body['items'] as unknown[]).length).toBeLessThanOrEqual(3);
      seen.push(
        ...(page.body['items'] as { number: string; createdAt: string }[]).map(
          ({ createdAt, number }) => `${createdAt} ${number}`,
        ),
      );
      const next = page.body['next'] as string | null;
      after = next === null ? '' : `&after=${encodeURIComponent(next)}`;
    } while (after !== '');
    expect(seen.filter((one) => one.includes('PAGE-'))).toHaveLength(7);
    expect(new Set(seen).size).toBe(seen.length);
    const times = seen.map((one) => Date.parse(one.split(' ')[0] ?? ''));
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    const whole = await api.as('officeA').get(`/lots?producerId=${CAST.producerA2}&limit=200`);
    expect((whole.body['items'] as unknown[]).length).toBe(seen.length);
  });
});
