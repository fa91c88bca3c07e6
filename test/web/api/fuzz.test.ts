// Arbitrary input: whatever is sent to any route, the answer is declared and no 5xx, and a refusal changes nothing.
// Calls are valid ones with a few parts made wrong, so that they reach deep into the rules and the store.

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { closeSheetWorkers } from '../../../server/sheet/threads/draw-sheet.ts';
import type { Route } from '../../../server/web/api/route.ts';
import { allRoutes } from '../../../server/web/api/routes.ts';
import { CAST, openTestApi, type TestApi } from '../../fixtures/api.ts';

const RUNS = 600;

let api: TestApi; // below: ids of real records by noun; a call writes `#lots`
const ids = new Map<string, string>([
  ['offices', CAST.officeA],
  ['producers', CAST.producerA1],
  ['products', CAST.productA1],
  ['foreign', CAST.productB1],
  ['users', 'nobody'],
  ['keys', 'key-inspectorB'],
]);

const PLACE = { commune: 'Cao Phong', province: 'Phú Thọ', detail: null };
const WORDS = { reason: 'Nấm mốc', advice: { vi: 'Mang trả', en: 'Return' } };

/** A body that the route accepts. */
const SOUND: Readonly<Record<string, object>> = {
  'POST /offices': { name: 'Văn phòng C', province: 'Phú Thọ' },
  'PATCH /offices/:id': { phone: '0218 000 0001' },
  'POST /producers': {
    name: 'HTX',
    kind: 'group',
    address: PLACE,
    gln: '9520000000004',
    website: 'https://a.example',
    phone: '0218 000 0001',
  },
  'PATCH /producers/:id': { story: 'Chuyện', addressToday: PLACE, email: 'a@htx.example' },
  'POST /products': {
    producerId: '#producers',
    name: 'Cam',
    group: 'food',
    productSet: 1,
    gtin: '09520000000011',
    origin: PLACE,
    shelfLifeDays: 30,
  },
  'PATCH /products/:id': { description: 'Ngọt', warnings: 'Không', gtin: null },
  'PUT /products/:id/allowances/:year': { expectedOutput: 5, stamps: 1_000_000 },
  'POST /evaluations': {
    productId: '#products',
    round: '2026-5',
    heldOn: '2026-05-01',
    score: 69.99,
    minimumStars: 4,
    decision: 'QĐ-5',
  },
  'PATCH /evaluations/:id': { score: 70, decision: null },
  'POST /certificates': {
    productId: '#products',
    scheme: 'ocop',
    evaluationId: '#evaluations',
    number: 'C-1',
    issuer: 'UBND',
    issuedOn: '2026-06-01',
  },
  'PATCH /certificates/:id': {
    expiresOn: '2026-12-31',
    extendedTo: '2027-01-31',
    evidence: 'Hồ sơ',
    revokedOn: null,
    reason: null,
  },
  'POST /lots': {
    productId: '#products',
    number: 'L-2',
    producedOn: '2026-11-01',
    expiresOn: '2027-01-01',
    declaredQuantity: 5,
    note: 'Ghi chú',
  },
  'PATCH /lots/:id': { number: 'L-3', expiresOn: '2027-02-01', productId: '#products' },
  'POST /lots/:id/events': { at: '2026-11-01T08:00:00+07:00', step: 'Rang', gln: '9520000000004', public: false },
  'POST /recalls': { lotId: '#lots', ...WORDS },
  'POST /recalls/:id/withdraw': { note: 'Nhầm' },
  'POST /requests/:id/approve': { note: 'Đồng ý' },
  'POST /requests/:id/decline': { note: 'Không' },
  'POST /batches': {
    productId: '#products',
    lot: 'L-9',
    producedOn: '2026-11-01',
    expiresOn: null,
    quantity: 100,
    carrier: 'short',
    pin: true,
    active: false,
  },
  'PATCH /batches/:id': { note: 'Cuộn 1' },
  'POST /batches/:id/activate': { from: 1, to: 10, dryRun: false },
  'POST /batches/:id/deactivate': { from: 1, to: 10 },
  'POST /batches/:id/voids': { from: 20, to: 30, reason: 'spoiled', note: null },
  'POST /batches/:id/displays': { from: 40, to: 41 },
  'POST /inspections': {
    code: '7K3M9Q-00000C-TZHWCH',
    finding: 'in-order',
    at: '2026-11-24T03:00:00Z',
    clientId: 'phone-1',
  },
  'PATCH /complaints/:id': { state: 'looking', note: 'Đã gọi', reply: null },
  'PATCH /stamp-reports/:id': { state: 'closed', note: null, reply: 'Đã xử lý' },
  'POST /keys': { role: 'producer', producerId: '#producers', name: 'Máy in' },
};

beforeAll(async () => {
  api = await openTestApi();
  const office = api.as('officeA');
  const made = async (noun: string, body: object, path = `/${noun}`): Promise<void> => {
    const answer = await office.post(path, body);
    expect(answer.status).toBe(201);
    ids.set(noun, String(answer.body['id']));
  };
  await made('lots', {
    productId: CAST.productA1,
    number: 'FUZZ-1',
    producedOn: '2026-11-01',
    expiresOn: '2027-11-01',
  });
  await made('batches', { lotId: ids.get('lots'), quantity: 1_000, pin: true });
  await made('blank', { producerId: CAST.producerA1, quantity: 1_000 }, '/batches');
  await made('evaluations', {
    productId: CAST.productA1,
    round: '2026-1',
    heldOn: '2026-06-01',
    score: 71,
    minimumStars: 4,
  });
  await made('certificates', {
    producerId: CAST.producerA1,
    scheme: 'haccp',
    number: 'H-1',
    issuer: 'Tổ chức',
    issuedOn: '2026-01-01',
    expiresOn: '2026-12-01',
  });
  await made('recalls', { lotId: ids.get('lots'), ...WORDS });
  const asked = await api.as('producerA1').post('/products', { name: 'Xin', group: 'food', productSet: 1 });
  ids.set('requests', (asked.body['request'] as { id: string }).id);
});
afterAll(async () => {
  await api.close();
  await closeSheetWorkers();
});

/** By name, so that a counterexample is readable. */
const ROUTES = new Map(allRoutes.map((route) => [`${route.method.toUpperCase()} ${route.path}`, route]));

function routeOf(name: string): Route {
  const route = ROUTES.get(name);
  if (route === undefined) throw new Error(`no route ${name}`);
  return route;
}

const anId = fc.constantFrom(
  'nowhere',
  '__proto__',
  'constructor',
  '7K3M9Q',
  "'; drop table record --",
  ...[
    'offices',
    'producers',
    'products',
    'foreign',
    'lots',
    'batches',
    'blank',
    'evaluations',
    'certificates',
    'recalls',
    'requests',
  ].map((noun) => `#${noun}`),
);
const aWord = fc.oneof(
  fc.constantFrom(
    'food',
    'group',
    'ocop',
    'vietgap',
    'digital-link',
    'spoiled',
    'in-order',
    'office',
    'waiting',
    'a4-65',
    'true',
    '1',
    '0',
    '-1',
    '1e9',
    '0x10',
    'day',
    'province',
    '',
  ),
  fc.constantFrom(
    '2026-11-24',
    '2026-02-30',
    '9999-12-31',
    '2026-11-24T03:00:00Z',
    '0000-00-00',
    '+275760-09-13',
    '1900-01-01',
    '2199-12-31',
  ),
  fc.constantFrom(
    '09520000000012',
    '9520000000005',
    'a@b',
    'https://a.vn',
    'https://a.vn/\ud800',
    '\u0000',
    '\u202E',
    'e\u0302\u0323',
    '\u{1F4A9}',
    '=1+1',
    '<b>',
    'A-1',
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
);
const aNumber = fc.oneof(
  fc.integer({ min: -1, max: 60 }),
  fc.constantFrom(1_000, 1_001, 16_777_216, 16_777_217, 2 ** 53, 1e308, 0.1, 100.001, -0),
);
const aValue = fc.oneof(anId, aWord, aNumber, fc.boolean(), fc.constant(null), fc.jsonValue({ maxDepth: 2 }));

/** A valid body with a few fields added, removed or changed; sometimes any JSON. */
function bodyOf(name: string): fc.Arbitrary<unknown> {
  const { body } = routeOf(name);
  const sound = SOUND[name] ?? {};
  const fields = [...(body instanceof z.ZodObject ? Object.keys(body.shape) : []), '__proto__', 'version'];
  const changes = fc.array(
    fc.tuple(
      fc.constantFrom(...fields),
      fc.oneof({ weight: 4, arbitrary: aValue }, { weight: 1, arbitrary: fc.constant(undefined) }),
    ),
    { maxLength: 2 },
  );
  const changed = changes.map((entries) => Object.fromEntries([...Object.entries(sound), ...entries]) as unknown);
  return fc.oneof({ weight: 20, arbitrary: changed }, { weight: 1, arbitrary: fc.jsonValue() });
}

function queryOf(name: string): fc.Arbitrary<string> {
  const { query } = routeOf(name);
  const fields = query instanceof z.ZodObject ? Object.keys(query.shape) : ['x'];
  const pair = fc.tuple(fc.constantFrom(...fields), fc.oneof(anId, aWord, aNumber.map(String)));
  const pairs = fc
    .array(pair, { minLength: 1, maxLength: 2 })
    .map((some) => some.map(([field, value]) => `${field}=${encode(real(value))}`).join('&'));
  return fc.oneof({ weight: query === null ? 20 : 1, arbitrary: fc.constant('') }, { weight: 2, arbitrary: pairs });
}

/** The address, mostly of a record that the route is for. */
function pathOf(name: string): fc.Arbitrary<string> {
  const { path } = routeOf(name);
  const noun = path.split('/')[1] ?? '';
  const odd = fc.oneof(
    anId,
    aWord.filter((word) => !/^\.{0,2}$/.test(word)),
  );
  const id = fc.oneof({ weight: 5, arbitrary: fc.constant(`#${noun}`) }, { weight: 1, arbitrary: odd });
  const rest = fc.oneof(fc.constantFrom('2026', '2027', '1', '1000', '1001'), odd);
  return fc
    .tuple(id, rest)
    .map(([first, second]) =>
      path.replace(':id', () => encode(real(first))).replace(/:[a-z]+/, () => encode(real(second))),
    );
}

function real(word: string): string {
  return word.startsWith('#') ? (ids.get(word.slice(1)) ?? word) : word;
}

/** Percent-encoded. Half a surrogate has no UTF-8, so it is sent as invalid bytes. */
function encode(text: string): string {
  return text.isWellFormed() ? encodeURIComponent(text) : '%ED%A0%80';
}

/** Replaces placeholders for ids, wherever they are. */
function realBody(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body ?? null), (_, value: unknown) =>
    typeof value === 'string' ? real(value) : value,
  );
}

const aCall = fc.constantFrom(...ROUTES.keys()).chain((name) =>
  fc.record({
    name: fc.constant(name),
    client: fc.constantFrom('officeA', 'officeA', 'producerA1', 'admin', 'inspectorA'),
    // Ids are known only after the records are made.
    path: fc.constant(null).chain(() => pathOf(name)),
    query: fc.constant(null).chain(() => queryOf(name)),
    body: bodyOf(name),
    version: fc.oneof(fc.constant('now'), fc.constantFrom(null, '2', '*', 'W/"1"'), aNumber.map(String)),
  }),
);

const VERSIONED = 'offices producers products evaluations certificates lots batches complaints stamp-reports'.split(
  ' ',
);

async function versionOf(path: string): Promise<unknown> {
  const [, noun = '', id = ''] = path.split('/');
  if (id === '' || !VERSIONED.includes(noun)) return 1;
  return (await api.as('admin').get(`/${noun}/${id}`)).body['version'];
}

const TIMEOUT_MS = 30_000; // the calls start the threads that draw and the child that reads uploads

test(
  'no call makes a 5xx, none answers what the document does not say, and no refused one changes anything',
  async () => {
    const seen = new Set<number>();
    await fc.assert(
      fc.asyncProperty(aCall, async ({ name, client, path, query, body, version }) => {
        const { method } = routeOf(name);
        const ifMatch = version === 'now' ? await versionOf(path) : version;
        const before = await api.auditHead();
        const answer = await api.as(client).send({
          method: method.toUpperCase(),
          path: query === '' ? path : `${path}?${query}`,
          ...(method === 'get' ? {} : { body: realBody(body) }),
          ...(ifMatch === null
            ? {}
            : { headers: { 'If-Match': `"${typeof ifMatch === 'string' ? ifMatch : JSON.stringify(ifMatch)}"` } }),
        });
        seen.add(answer.status);
        const after = await api.auditHead();
        const leavesTrace = answer.status >= 400 && after.hash !== before.hash;
        expect({ isOurFault: answer.status >= 500, leavesTrace }).toEqual({ isOurFault: false, leavesTrace: false });
      }),
      { numRuns: RUNS },
    );
    expect(api.logged).toEqual([]);
    // The calls get past the shapes.
    expect([...seen]).toEqual(expect.arrayContaining([200, 201, 400, 403, 404, 412]));
  },
  TIMEOUT_MS,
);
