// The registry over HTTP: producers, products, allowances, evaluations, certificates, lots, recalls and what waits for the
// office. Every answer is held against the OpenAPI document by the client (fixtures/api.ts).

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { PHOTO_SIDE_MAX_PX } from '../../../server/actions/kit/photo.ts';
import { CAST, openTestApi, type ApiAnswer, type TestApi } from '../../fixtures/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const { producerA1, productA1, productA2, productB1, officeA } = CAST;
const PLACE = { commune: 'Cao Phong', province: 'Phú Thọ', detail: null };
const COFFEE = { name: 'Cà phê mật ong', group: 'food', productSet: 13 };

/** Path and code of each fault, as `producedOn: custom`. */
function faults(answer: ApiAnswer): string[] {
  const errors = answer.body['errors'] as { path: (string | number)[]; code: string }[];
  return errors.map(({ path, code }) => `${path.join('.')}: ${code}`);
}

function problemOf(answer: ApiAnswer): [status: number, code: unknown] {
  return [answer.status, answer.body['code']];
}

function idOf(answer: ApiAnswer): string {
  return String(answer.body['id']);
}

function requestIdOf(answer: ApiAnswer): string {
  expect(answer.status).toBe(202);
  return (answer.body['request'] as { id: string }).id;
}

async function makeLot(number: string, fields: object = {}): Promise<ApiAnswer> {
  return api
    .as('producerA1')
    .post('/lots', { productId: productA1, number, producedOn: '2026-11-01', expiresOn: '2027-05-01', ...fields });
}

describe('producers', () => {
  test('an office registers a producer, reads it, changes it and finds it in its list', async () => {
    const office = api.as('officeA');
    const made = await office.post('/producers', {
      name: 'HTX Cam Mường Thàng',
      kind: 'cooperative',
      address: PLACE,
      gln: '9520000000004',
      phone: '0218 000 0101',
    });
    expect(made.status).toBe(201);
    expect(made.headers.get('ETag')).toBe('"1"');
    expect(made.body).toMatchObject({ officeId: officeA, phonePublic: false, version: 1, story: null });
    const changed = await office.patch(`/producers/${idOf(made)}`, 1, { phonePublic: true, addressToday: PLACE });
    expect(changed.body).toMatchObject({
      version: 2,
      phonePublic: true,
      addressToday: PLACE,
      name: 'HTX Cam Mường Thàng',
    });
    expect((await office.get(`/producers/${idOf(made)}`)).body).toEqual(changed.body);
    const listed = await office.get('/producers?kind=cooperative&limit=200');
    expect((listed.body['items'] as { id: string }[]).map(({ id }) => id)).toContain(idOf(made));
    expect((await api.as('officeB').get(`/producers?officeId=${officeA}`)).body).toEqual({ items: [], next: null });
  });

  test('an admin names the office where there are several; a wrong one is a fault of that field', async () => {
    const body = { name: 'HTX Mới', kind: 'group', address: PLACE };
    expect(faults(await api.as('admin').post('/producers', body))).toEqual(['officeId: required']);
    expect(faults(await api.as('admin').post('/producers', { ...body, officeId: 'nowhere' }))).toEqual([
      'officeId: absent',
    ]);
    expect(faults(await api.as('officeB').post('/producers', { ...body, officeId: officeA }))).toEqual([
      'officeId: absent',
    ]);
    expect((await api.as('admin').post('/producers', { ...body, officeId: officeA })).body).toMatchObject({
      officeId: officeA,
    });
  });

  test('a producer tells its story at once, and asks for all else', async () => {
    const own = api.as('producerA1');
    const before = await own.get(`/producers/${producerA1}`);
    const told = await own.patch(`/producers/${producerA1}`, before.body['version'], {
      story: 'Ba đời trồng cà phê.',
      website: 'https://htx.example',
    });
    expect(told.body).toMatchObject({ story: 'Ba đời trồng cà phê.' });
    const asked = await own.patch(`/producers/${producerA1}`, told.body['version'], {
      name: 'HTX Đổi Tên',
      story: 'Khác.',
    });
    const waiting = await own.get(`/requests/${requestIdOf(asked)}`);
    expect(waiting.body).toMatchObject({
      state: 'waiting',
      action: 'change-producer',
      input: { name: 'HTX Đổi Tên', story: 'Khác.' },
    });
    expect((await own.get(`/producers/${producerA1}`)).body).toEqual(told.body);
    expect((await own.get('/producers')).body['items']).toHaveLength(1);
  });
});

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

describe('who may', () => {
  test('without a login everything is 401, with a key not in force too, and no body is read', async () => {
    const nobody = api.as('nobody');
    for (const path of [
      '/producers',
      '/products',
      '/evaluations',
      '/certificates',
      '/lots',
      '/recalls',
      '/requests',
      `/lots/${producerA1}`,
    ]) {
      const answer = await nobody.get(path);
      expect(problemOf(answer)).toEqual([401, 'not-signed-in']);
      expect(answer.headers.get('WWW-Authenticate')).toMatch(/^Bearer/);
    }
    expect(problemOf(await nobody.post('/producers', { colour: 'red' }))).toEqual([401, 'not-signed-in']);
    expect(
      problemOf(await nobody.send({ method: 'GET', path: '/producers', headers: { Authorization: 'Bearer nothing' } })),
    ).toEqual([401, 'not-signed-in']);
  });

  test('a role without the right is 403', async () => {
    expect(
      problemOf(await api.as('producerA1').post('/producers', { name: 'A', kind: 'group', address: PLACE })),
    ).toEqual([403, 'not-allowed']);
    expect(problemOf(await api.as('inspectorA').post('/lots', { productId: productA1, number: 'I-1' }))).toEqual([
      403,
      'not-allowed',
    ]);
    expect(problemOf(await api.as('inspectorA').patch(`/products/${productA1}`, 1, { description: 'x' }))).toEqual([
      403,
      'not-allowed',
    ]);
    expect(problemOf(await api.as('inspectorA').get('/requests'))).toEqual([403, 'not-allowed']);
    expect(
      problemOf(
        await api
          .as('producerA1')
          .put(`/products/${productA1}/allowances/2026`, null, { expectedOutput: 1, stamps: 1 }),
      ),
    ).toEqual([403, 'not-allowed']);
  });

  test('another producer’s and another office’s records answer as absent ones do, to the byte', async () => {
    const lot = idOf(await makeLot('ALIKE-1'));
    const strangers = ['producerA2', 'producerB1', 'officeB', 'inspectorB'] as const;
    for (const name of strangers) {
      const client = api.as(name);
      for (const [path, absent] of [
        [`/lots/${lot}`, '/lots/absent'],
        [`/products/${productA1}`, '/products/absent'],
        [`/producers/${producerA1}`, '/producers/absent'],
      ] as const) {
        const [theirs, none] = [await client.get(path), await client.get(absent)];
        expect(theirs.status).toBe(404);
        expect(theirs.bytes.toString()).toBe(none.bytes.toString());
      }
    }
    const change = { note: 'x' };
    const [theirs, none] = [
      await api.as('producerA2').patch(`/lots/${lot}`, 1, change),
      await api.as('producerA2').patch('/lots/absent', 1, change),
    ];
    expect([theirs.status, theirs.bytes.toString()]).toEqual([404, none.bytes.toString()]);
  });

  test('an id inside a body that is absent or another’s is 400 at that field, to the byte alike', async () => {
    const recall = { reason: 'Nấm mốc', advice: 'Mang trả nơi mua' };
    const foreignLot = idOf(await makeLot('ALIKE-2'));
    const cases = [
      ['producerA1', '/lots', 'productId', productB1, { number: 'X-1' }],
      ['producerA1', '/lots', 'productId', productA2, { number: 'X-1' }],
      ['officeB', '/lots', 'productId', productA1, { number: 'X-1' }],
      ['officeB', '/products', 'producerId', producerA1, COFFEE],
      [
        'officeB',
        '/evaluations',
        'productId',
        productA1,
        { round: '2026-1', heldOn: '2026-06-01', score: 71, minimumStars: 4 },
      ],
      ['producerA2', '/recalls', 'lotId', foreignLot, recall],
      ['officeB', '/recalls', 'lotId', foreignLot, recall],
    ] as const;
    for (const [name, path, field, foreign, fields] of cases) {
      const theirs = await api.as(name).post(path, { ...fields, [field]: foreign });
      const none = await api.as(name).post(path, { ...fields, [field]: 'absent' });
      expect(problemOf(theirs)).toEqual([400, 'absent-reference']);
      expect(faults(theirs)).toEqual([`${field}: absent`]);
      expect(theirs.bytes.toString()).toBe(none.bytes.toString());
    }
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

describe('products', () => {
  test('an office registers and changes one; the set must be of the group; a GTIN’s leave goes with the GTIN', async () => {
    const office = api.as('officeA');
    expect(faults(await office.post('/products', { ...COFFEE, producerId: producerA1, productSet: 14 }))).toEqual([
      'productSet: other-group',
    ]);
    const leave = { holder: 'HTX A1', document: 'GS1-2026/01', date: '2026-01-05' };
    expect(
      faults(await office.post('/products', { ...COFFEE, producerId: producerA1, gtinAuthorisation: leave })),
    ).toEqual(['gtinAuthorisation: without-gtin']);
    const made = await office.post('/products', {
      ...COFFEE,
      producerId: producerA1,
      gtin: '09520000000011',
      gtinAuthorisation: leave,
    });
    expect(made.status).toBe(201);
    const other = await office.patch(`/products/${idOf(made)}`, 1, { gtin: '09520000000028' });
    expect(other.body).toMatchObject({ gtin: '09520000000028', gtinAuthorisation: null });
    expect((await office.get('/products?gtin=09520000000028')).body['items']).toHaveLength(1);
  });

  test('it never moves to another producer', async () => {
    const { version } = (await api.as('officeA').get(`/products/${productA1}`)).body;
    expect(
      faults(await api.as('officeA').patch(`/products/${productA1}`, version, { producerId: CAST.producerA2 })),
    ).toEqual(['producerId: unknown-field']);
  });

  test('a photograph is kept upright, small, as WebP and without a word of metadata', async () => {
    const jpeg = await sharp({ create: { width: 3000, height: 1500, channels: 3, background: '#22406B' } })
      .withMetadata({ orientation: 6 })
      .withExif({ IFD0: { Artist: 'Lan' }, IFD3: { GPSLatitude: '20/1 45/1 0/1' } })
      .jpeg()
      .toBuffer();
    const own = api.as('producerA1');
    const { version } = (await own.get(`/products/${productA1}`)).body;
    const put = (bytes: Uint8Array, type: string, at: unknown): Promise<ApiAnswer> =>
      own.put(`/products/${productA1}/photo`, at, bytes, { 'Content-Type': type });
    const answer = await put(jpeg, 'image/jpeg', version);
    expect(answer.status).toBe(200);
    const stored = await api.store.files.get(String(answer.body['photo']).replace('/photos/', ''));
    const picture = await sharp(stored?.bytes).metadata();
    expect([picture.format, picture.width, picture.height]).toEqual(['webp', PHOTO_SIDE_MAX_PX / 2, PHOTO_SIDE_MAX_PX]);
    expect([picture.exif, picture.icc, picture.xmp, picture.orientation]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(problemOf(await put(jpeg, 'image/jpeg', version))).toEqual([412, 'version-conflict']);
    expect(problemOf(await put(jpeg, 'image/jpeg', null))).toEqual([428, 'version-missing']);
  });

  test('a broken, cut, foreign or huge picture is 400, another media type 415', async () => {
    const own = api.as('producerA1');
    const { version } = (await own.get(`/products/${productA1}`)).body;
    const put = (bytes: Uint8Array, type = 'image/png'): Promise<ApiAnswer> =>
      own.put(`/products/${productA1}/photo`, version, bytes, { 'Content-Type': type });
    const png = await sharp({
      create: {
        width: 300,
        height: 300,
        channels: 3,
        background: '#fff',
        noise: { type: 'gaussian', mean: 128, sigma: 30 },
      },
    })
      .png()
      .toBuffer();
    expect(faults(await put(png.subarray(0, png.length / 2)))).toEqual(['photo: broken']);
    expect(faults(await put(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')))).toEqual(['photo: format']);
    const huge = Buffer.from(png);
    huge.writeUInt32BE(60_000, 16);
    huge.writeUInt32BE(60_000, 20);
    expect(faults(await put(huge))).toEqual(['photo: broken']);
    expect(problemOf(await put(png, 'image/gif'))).toEqual([415, 'unsupported-media']);
    expect((await own.get(`/products/${productA1}`)).body['version']).toBe(version);
  });
});

describe('allowances', () => {
  test('the first is made, the next replaces the version read', async () => {
    const office = api.as('officeA');
    const path = `/products/${productA1}/allowances/2026`;
    expect(problemOf(await office.get(path))).toEqual([404, 'not-found']);
    expect(problemOf(await office.put(path, 1, { expectedOutput: 5, stamps: 5 }))).toEqual([412, 'version-conflict']);
    const made = await office.put(path, null, { expectedOutput: 500, stamps: 600 });
    expect([made.status, made.body['version']]).toEqual([201, 1]);
    expect(problemOf(await office.put(path, null, { expectedOutput: 1, stamps: 1 }))).toEqual([428, 'version-missing']);
    expect((await office.put(path, 1, { expectedOutput: 500, stamps: 700 })).body).toMatchObject({
      version: 2,
      stamps: 700,
    });
    expect((await api.as('producerA1').get(path)).body).toMatchObject({ stamps: 700 });
    expect((await api.as('producerA2').get(path)).status).toBe(404);
    expect(faults(await office.put(path, 2, { expectedOutput: 500, stamps: -1 }))).toEqual(['stamps: too-small']);
  });
});

describe('evaluations and certificates', () => {
  const evaluation = {
    productId: productA1,
    round: '2026-2',
    heldOn: '2026-06-15',
    minimumStars: 5,
    decision: 'OCOP-2026-001',
  };

  test('stars follow score and minimum criteria, and no average is rounded up into a band', async () => {
    const office = api.as('officeA');
    expect(faults(await office.post('/evaluations', { ...evaluation, score: 69.999 }))).toEqual(['score: custom']);
    expect(faults(await office.post('/evaluations', { ...evaluation, score: 100.01 }))).toEqual(['score: custom']);
    const made = await office.post('/evaluations', { ...evaluation, score: 69.99 });
    expect([made.status, made.body['stars'], made.body['score']]).toEqual([201, 3, 69.99]);
    const raised = await office.patch(`/evaluations/${idOf(made)}`, 1, { score: 89.99 });
    expect(raised.body).toMatchObject({ score: 89.99, stars: 4 });
    expect(problemOf(await office.post('/evaluations', { ...evaluation, score: 50 }))).toEqual([409, 'taken']);
    expect((await office.get(`/evaluations?productId=${productA1}&round=2026-2`)).body['items']).toHaveLength(1);
    expect((await office.get(`/evaluations/${idOf(made)}`)).body).toEqual(raised.body);
  });

  test('an OCOP certificate takes its stars from its evaluation and runs 36 months', async () => {
    const office = api.as('officeA');
    const found = (await office.get(`/evaluations?productId=${productA1}&round=2026-2`)).body['items'] as {
      id: string;
      version: number;
    }[];
    const evaluationId = String(found[0]?.id);
    const paper = {
      productId: productA1,
      scheme: 'ocop',
      number: 'OCOP-2026-001',
      issuer: 'UBND tỉnh',
      issuedOn: '2026-06-15',
    };
    expect(faults(await office.post('/certificates', { ...paper, evaluationId, stars: 5 }))).toEqual([
      'stars: not-as-evaluated',
    ]);
    expect(faults(await office.post('/certificates', { ...paper, productId: productA2, evaluationId }))).toEqual([
      'evaluationId: other-product',
    ]);
    const made = await office.post('/certificates', { ...paper, evaluationId });
    expect(made.body).toMatchObject({ stars: 4, imported: false, expiresOn: '2029-06-14', state: 'valid' });
    expect(problemOf(await office.post('/certificates', { ...paper, evaluationId }))).toEqual([409, 'taken']);
    expect(faults(await office.patch(`/evaluations/${evaluationId}`, found[0]?.version, { score: 60 }))).toEqual([
      'score: certificate-rests-on-it',
    ]);
    expect((await api.as('producerA1').get(`/certificates/${idOf(made)}`)).body).toEqual(made.body);
  });

  test('an old one stands without an evaluation, marked so; one and two stars get none', async () => {
    const office = api.as('officeA');
    const paper = {
      productId: productA2,
      scheme: 'ocop',
      number: 'OLD-1',
      issuer: 'UBND huyện (cũ)',
      issuedOn: '2023-03-15',
    };
    expect(faults(await office.post('/certificates', paper))).toEqual(['stars: required']);
    expect((await office.post('/certificates', { ...paper, stars: 2 })).status).toBe(400);
    const made = await office.post('/certificates', { ...paper, stars: 3 });
    expect(made.body).toMatchObject({
      imported: true,
      stars: 3,
      evaluationId: null,
      expiresOn: '2026-03-14',
      state: 'expired',
    });
    const low = await office.post('/evaluations', {
      productId: productA2,
      round: '2026-9',
      heldOn: '2026-09-01',
      score: 49.99,
      minimumStars: 5,
    });
    const resting = { ...paper, number: 'LOW-1', issuedOn: '2026-09-01', evaluationId: idOf(low) };
    expect(faults(await office.post('/certificates', resting))).toEqual(['evaluationId: too-few-stars']);
  });

  test('it is extended with evidence by at most 180 days, revoked with a reason, and both can be taken back', async () => {
    const office = api.as('officeA');
    const made = await office.post('/certificates', {
      producerId: producerA1,
      scheme: 'organic',
      number: 'HC-1',
      issuer: 'Tổ chức',
      issuedOn: '2025-01-01',
      expiresOn: '2026-10-31',
    });
    expect(made.body).toMatchObject({ productId: null, stars: null, imported: false, state: 'expired' });
    const path = `/certificates/${idOf(made)}`;
    expect(faults(await office.patch(path, 1, { extendedTo: '2027-04-29' }))).toEqual(['evidence: required']);
    expect(faults(await office.patch(path, 1, { extendedTo: '2027-04-30', evidence: 'Hồ sơ 12' }))).toEqual([
      'extendedTo: extension-too-long',
    ]);
    expect((await office.patch(path, 1, { extendedTo: '2027-04-29', evidence: 'Hồ sơ 12' })).body).toMatchObject({
      state: 'extended',
      extendedTo: '2027-04-29',
    });
    expect((await office.patch(path, 2, { revokedOn: '2026-11-24', reason: 'Dùng sai nhãn' })).body).toMatchObject({
      state: 'revoked',
    });
    const taken = await office.patch(path, 3, { revokedOn: null, reason: null, extendedTo: null, evidence: null });
    expect(taken.body).toMatchObject({ state: 'expired', extendedTo: null, revokedOn: null });
    expect((await office.get(`/certificates?producerId=${producerA1}&scheme=organic`)).body['items']).toHaveLength(1);
  });
});

describe('lots', () => {
  test('a producer records one, changes it freely before activation, and tells its journey', async () => {
    const own = api.as('producerA1');
    const made = await makeLot('CMT-2611-01', { declaredQuantity: 400 });
    expect([made.status, made.body['correctedAt']]).toEqual([201, null]);
    expect(problemOf(await makeLot('CMT-2611-01'))).toEqual([409, 'taken']);
    const changed = await own.patch(`/lots/${idOf(made)}`, 1, { number: 'CMT-2611-02', expiresOn: '2027-06-01' });
    expect(changed.body).toMatchObject({ number: 'CMT-2611-02', expiresOn: '2027-06-01', correctedAt: null });
    const told = await own.post(`/lots/${idOf(made)}/events`, {
      at: '2026-11-02T08:00:00+07:00',
      step: 'Thu hái',
      place: 'Cao Phong',
      gln: '9520000000004',
    });
    expect(told.status).toBe(201);
    expect(told.body['events']).toMatchObject([{ at: '2026-11-02T01:00:00.000Z', step: 'Thu hái', public: true }]);
    expect((await own.get(`/lots?productId=${productA1}&number=CMT-2611-02`)).body['items']).toEqual([told.body]);
  });

  test('events told at the same moment are all kept', async () => {
    const own = api.as('producerA1');
    const lot = idOf(await makeLot('JOURNEY-1'));
    const steps = ['Rang', 'Xay', 'Đóng gói', 'Xuất kho'];
    await Promise.all(steps.map((step) => own.post(`/lots/${lot}/events`, { at: '2026-11-02T08:00:00Z', step })));
    const events = (await own.get(`/lots/${lot}`)).body['events'] as { step: string }[];
    expect(events.map(({ step }) => step).toSorted()).toEqual(steps.toSorted());
  });

  test('a lot of one producer never becomes another’s', async () => {
    const lot = idOf(await makeLot('STAYS-1'));
    expect(faults(await api.as('officeA').patch(`/lots/${lot}`, 1, { productId: productA2 }))).toEqual([
      'productId: other-producer',
    ]);
    expect(faults(await api.as('producerA1').patch(`/lots/${lot}`, 1, { productId: productA2 }))).toEqual([
      'productId: absent',
    ]);
    expect(faults(await api.as('officeA').patch(`/lots/${lot}`, 1, { productId: productB1 }))).toEqual([
      'productId: absent',
    ]);
  });

  test('after activation number and dates wait for the office, and the lot says when they were corrected', async () => {
    const [own, office] = [api.as('producerA1'), api.as('officeA')];
    const lot = idOf(await makeLot('ACTIVE-1'));
    expect((await own.post('/batches', { lotId: lot, quantity: 10 })).status).toBe(201);
    const active = await own.get(`/lots/${lot}`);
    expect(active.body['firstActivatedAt']).not.toBeNull();
    const noted = await own.patch(`/lots/${lot}`, active.body['version'], { note: 'Kho 2', number: 'ACTIVE-1' });
    expect(noted.body).toMatchObject({ note: 'Kho 2', correctedAt: null });
    const first = await own.patch(`/lots/${lot}`, noted.body['version'], { number: 'ACTIVE-2' });
    const second = await own.patch(`/lots/${lot}`, noted.body['version'], { expiresOn: '2027-05-02' });
    for (const asked of [first, second]) {
      const approved = await office.post(`/requests/${requestIdOf(asked)}/approve`, {});
      expect(approved.body).toMatchObject({ state: 'approved', decision: { resultId: lot } });
    }
    expect((await own.get(`/lots/${lot}`)).body).toMatchObject({
      number: 'ACTIVE-2',
      expiresOn: '2027-05-02',
      correctedAt: '2026-11-24T03:00:00.000Z',
    });
  });

  test('a lot that paper names in a digital link never changes in what is printed', async () => {
    const office = api.as('officeA');
    const leave = { holder: 'HTX A1', document: 'GS1-2026/02', date: '2026-01-05' };
    const product = idOf(
      await office.post('/products', {
        ...COFFEE,
        producerId: producerA1,
        gtin: '09520000000035',
        gtinAuthorisation: leave,
      }),
    );
    const lot = idOf(
      await office.post('/lots', {
        productId: product,
        number: 'DL-1',
        producedOn: '2026-11-01',
        expiresOn: '2027-05-01',
      }),
    );
    expect(
      (await office.post('/batches', { lotId: lot, quantity: 10, carrier: 'digital-link', active: false })).status,
    ).toBe(201);
    const { version } = (await office.get(`/lots/${lot}`)).body;
    expect(problemOf(await office.patch(`/lots/${lot}`, version, { number: 'DL-2' }))).toEqual([409, 'lot-fixed']);
    expect((await office.patch(`/lots/${lot}`, version, { note: 'Giữ' })).status).toBe(200);
  });
});

describe('recalls', () => {
  const words = { reason: { vi: 'Nấm mốc', en: 'Mould' }, advice: 'Mang trả nơi mua' };

  test('a producer recalls its own lot and no more, the office a product, a lot or a range; the office withdraws', async () => {
    const [own, office] = [api.as('producerA1'), api.as('officeA')];
    const lot = idOf(await makeLot('BAD-1'));
    const batch = idOf(await own.post('/batches', { lotId: lot, quantity: 100 }));
    const byLot = await own.post('/recalls', { lotId: lot, ...words });
    expect(byLot.body).toMatchObject({
      lotId: lot,
      productId: null,
      batchId: null,
      reason: words.reason,
      advice: { vi: 'Mang trả nơi mua', en: null },
      withdrawal: null,
    });
    expect(problemOf(await own.post('/recalls', { productId: productA1, ...words }))).toEqual([403, 'not-allowed']);
    expect(problemOf(await own.post('/recalls', { batchId: batch, from: 1, to: 2, ...words }))).toEqual([
      403,
      'not-allowed',
    ]);
    expect(problemOf(await own.post(`/recalls/${idOf(byLot)}/withdraw`, {}))).toEqual([403, 'not-allowed']);
    expect((await office.post('/recalls', { productId: productA1, ...words })).status).toBe(201);
    expect((await office.post('/recalls', { batchId: batch, from: 1, to: 100, ...words })).body).toMatchObject({
      batchId: batch,
      from: 1,
      to: 100,
    });
    expect(faults(await office.post('/recalls', { batchId: batch, from: 1, to: 101, ...words }))).toEqual([
      'to: beyond-quantity',
    ]);
    expect(faults(await office.post('/recalls', { batchId: batch, from: 2, to: 1, ...words }))).toEqual([
      'to: before-from',
    ]);
    expect(faults(await office.post('/recalls', { lotId: lot, batchId: batch, from: 1, to: 2, ...words }))).toEqual([
      'lotId: one-of',
    ]);
    const withdrawn = await office.post(`/recalls/${idOf(byLot)}/withdraw`, { note: 'Nhầm lô' });
    expect(withdrawn.body).toMatchObject({ withdrawal: { note: 'Nhầm lô' }, version: 2 });
    expect(problemOf(await office.post(`/recalls/${idOf(byLot)}/withdraw`, {}))).toEqual([409, 'already-withdrawn']);
    expect((await own.get(`/recalls?lotId=${lot}`)).body['items']).toEqual([withdrawn.body]);
    expect((await own.get(`/recalls/${idOf(byLot)}`)).body).toEqual(withdrawn.body);
  });
});

describe('what waits for the office', () => {
  test('each kind of request is asked by a producer, approved by its office, and done as asked', async () => {
    const [own, office] = [api.as('producerA1'), api.as('officeA')];
    const product = (await own.get(`/products/${productA1}`)).body;
    const asks: [action: string, asked: ApiAnswer][] = [
      ['make-product', await own.post('/products', { ...COFFEE, name: 'Xin thêm' })],
      [
        'change-product',
        await own.patch(`/products/${productA1}`, product['version'], { brand: 'Mới', description: 'Kể lại' }),
      ],
      [
        'make-evaluation',
        await own.post('/evaluations', {
          productId: productA1,
          round: '2026-7',
          heldOn: '2026-07-01',
          score: 91,
          minimumStars: 5,
        }),
      ],
      [
        'make-certificate',
        await own.post('/certificates', {
          productId: productA1,
          scheme: 'haccp',
          number: 'H-9',
          issuer: 'Tổ chức',
          issuedOn: '2026-01-01',
        }),
      ],
    ];
    for (const [action, asked] of asks) {
      const id = requestIdOf(asked);
      expect(problemOf(await own.post(`/requests/${id}/approve`, {}))).toEqual([403, 'not-allowed']);
      expect(problemOf(await api.as('officeB').post(`/requests/${id}/approve`, {}))).toEqual([404, 'not-found']);
      const approved = await office.post(`/requests/${id}/approve`, { note: 'Đồng ý' });
      expect(approved.body).toMatchObject({
        action,
        state: 'approved',
        decision: { note: 'Đồng ý', by: 'key-officeA' },
      });
      expect(problemOf(await office.post(`/requests/${id}/approve`, {}))).toEqual([409, 'already-decided']);
      expect(problemOf(await office.post(`/requests/${id}/decline`, {}))).toEqual([409, 'already-decided']);
    }
    expect((await own.get(`/products/${productA1}`)).body).toMatchObject({ brand: 'Mới', description: 'Kể lại' });
    expect((await own.get('/evaluations?round=2026-7')).body['items']).toMatchObject([{ stars: 5 }]);
  });

  test('a batch beyond the allowance waits, and is issued once when approved by two at the same moment', async () => {
    const [own, office] = [api.as('producerA2'), api.as('officeA')];
    await office.put(`/products/${productA2}/allowances/2026`, null, { expectedOutput: 10, stamps: 10 });
    const lot = idOf(await own.post('/lots', { productId: productA2, number: 'MANY-1' }));
    const id = requestIdOf(await own.post('/batches', { lotId: lot, quantity: 11 }));
    const answers = await Promise.all([
      office.post(`/requests/${id}/approve`, {}),
      api.as('admin').post(`/requests/${id}/approve`, {}),
    ]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect((await own.get(`/batches?lotId=${lot}`)).body['items']).toHaveLength(1);
  });

  test('declined it changes nothing', async () => {
    const [own, office] = [api.as('producerA1'), api.as('officeA')];
    const before = (await own.get(`/products/${productA1}`)).body;
    const id = requestIdOf(await own.patch(`/products/${productA1}`, before['version'], { name: 'Tên khác' }));
    expect((await office.get('/requests?state=waiting')).body['items']).toContainEqual(
      expect.objectContaining({ id, before: { name: before['name'] } }),
    );
    expect((await office.post(`/requests/${id}/decline`, { note: 'Trùng tên' })).body).toMatchObject({
      state: 'declined',
      decision: { note: 'Trùng tên', resultId: null },
    });
    expect((await own.get(`/products/${productA1}`)).body).toEqual(before);
    expect((await own.get(`/requests/${id}`)).body).toMatchObject({ state: 'declined' });
    expect((await api.as('producerA2').get(`/requests/${id}`)).status).toBe(404);
  });

  test('own words may change meanwhile; a field that was asked about may not', async () => {
    const [own, office] = [api.as('producerA1'), api.as('officeA')];
    const ask = async (change: object): Promise<string> =>
      requestIdOf(
        await own.patch(`/products/${productA1}`, (await own.get(`/products/${productA1}`)).body['version'], change),
      );
    const [unit, again] = [await ask({ unit: 'hộp 1' }), await ask({ unit: 'hộp 2' })];
    await own.patch(`/products/${productA1}`, (await own.get(`/products/${productA1}`)).body['version'], {
      storage: 'Nơi khô',
    });
    expect((await office.post(`/requests/${unit}/approve`, {})).status).toBe(200);
    expect(problemOf(await office.post(`/requests/${again}/approve`, {}))).toEqual([412, 'version-conflict']);
    expect((await own.get(`/products/${productA1}`)).body).toMatchObject({ unit: 'hộp 1', storage: 'Nơi khô' });
    expect((await office.post(`/requests/${again}/decline`, {})).status).toBe(200);
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
