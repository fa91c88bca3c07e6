// The table of rights (CONTRACT §5), walked row by row: each row's real calls, by everyone, on their own producer's things, on
// a neighbour's of the same office, and on another office's.

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { checkPin } from '../../../server/actions/market/check-pin.ts';
import { fileComplaint, fileComplaintInput } from '../../../server/actions/market/file-complaint.ts';
import { saveNew } from '../../../server/actions/kit/save.ts';
import { keysOf } from '../../../server/actions/batches/sealed-batch.ts';
import { closeSheetWorkers } from '../../../server/sheet/threads/draw-sheet.ts';
import { CAST, openTestApi, type ApiAnswer, type ApiClient, type Name, type TestApi } from '../../fixtures/api.ts';
import { aComplaint, anInspection } from '../../fixtures/records/market.ts';
import { aPrinter } from '../../fixtures/records/print.ts';

type Grant = 'yes' | 'own' | 'ask' | 'no';
type Farm = 'A1' | 'A2' | 'B1';

/** One producer's things, one of each kind. */
interface Things {
  farm: Farm;
  officeId: string;
  producerId: string;
  productId: string;
  /** Of which no stamps may be issued this year. */
  shortProductId: string;
  /** No stamp is active. */
  freeLotId: string;
  activeLotId: string;
  /** Goods of the active lot, with PINs. */
  batchId: string;
  code: string;
  evaluationId: string;
  certificateId: string;
  recallId: string;
  complaintId: string;
  inspectionId: string;
  printJobId: string;
}

type Try = (client: ApiClient, on: Things) => Promise<ApiAnswer>;

interface Row {
  what: string;
  producer: Grant;
  inspector: Grant;
  office: Grant;
  tries: Record<string, Try>;
}

const QUANTITY = 100_000;
const WORDS = { reason: 'Nấm mốc', advice: 'Mang trả nơi mua' };
const PLACE = { commune: 'Cao Phong', province: 'Phú Thọ', detail: null };

let api: TestApi;
let photo: Uint8Array;
const things = new Map<Farm, Things>();
let used = 0;

/** A word that no call used before, so that every call changes something. */
function fresh(): string {
  used += 1;
  return `N-${used}`;
}

async function versionOf(
  collection: 'producers' | 'products' | 'evaluations' | 'certificates' | 'lots' | 'batches' | 'complaints' | 'offices',
  id: string,
): Promise<number> {
  return (await api.store[collection].get(id))?.version ?? 0;
}

/** Changes the record as it is now. */
function change(collection: Parameters<typeof versionOf>[0], idOf: (on: Things) => string, fields: () => object): Try {
  return async (client, on) =>
    client.patch(`/${collection}/${idOf(on)}`, await versionOf(collection, idOf(on)), fields());
}

function read(path: (on: Things) => string): Try {
  return (client, on) => client.get(path(on));
}

function make(path: (on: Things) => string, body: (on: Things) => object): Try {
  return (client, on) => client.post(path(on), body(on));
}

async function allowance(client: ApiClient, { productId }: Things): Promise<ApiAnswer> {
  const kept = await api.store.allowances.findBy('productYear', [productId, 2027]);
  return client.put(`/products/${productId}/allowances/2027`, kept?.version ?? null, {
    expectedOutput: 10,
    stamps: used,
  });
}

/** A recall that nobody withdrew yet. */
async function withdrawal(client: ApiClient, { activeLotId }: Things): Promise<ApiAnswer> {
  const made = await api.as('admin').post('/recalls', { lotId: activeLotId, ...WORDS });
  return client.post(`/recalls/${String(made.body['id'])}/withdraw`, {});
}

function decision(verb: 'approve' | 'decline'): Try {
  return async (client, { farm, producerId }) => {
    const asked = await api
      .as(`producer${farm}`)
      .patch(`/producers/${producerId}`, await versionOf('producers', producerId), { name: fresh() });
    return client.post(`/requests/${(asked.body['request'] as { id: string }).id}/${verb}`, {});
  };
}

const ROWS: Row[] = [
  {
    what: 'producers, products, lots, certificates, evaluations, recalls: read',
    producer: 'own',
    inspector: 'yes',
    office: 'yes',
    tries: {
      producer: read(({ producerId }) => `/producers/${producerId}`),
      product: read(({ productId }) => `/products/${productId}`),
      lot: read(({ activeLotId }) => `/lots/${activeLotId}`),
      certificate: read(({ certificateId }) => `/certificates/${certificateId}`),
      evaluation: read(({ evaluationId }) => `/evaluations/${evaluationId}`),
      recall: read(({ recallId }) => `/recalls/${recallId}`),
    },
  },
  {
    what: 'producers: story, photos, contact · products: description, photos, ingredients, storage',
    producer: 'own',
    inspector: 'no',
    office: 'yes',
    tries: {
      story: change(
        'producers',
        ({ producerId }) => producerId,
        () => ({ story: fresh() }),
      ),
      contact: change(
        'producers',
        ({ producerId }) => producerId,
        () => ({
          phone: `0218 000 ${1_000 + (used += 1)}`,
          phonePublic: true,
          email: 'a@htx.example',
          website: 'https://htx.example',
        }),
      ),
      words: change(
        'products',
        ({ productId }) => productId,
        () => ({ description: fresh(), ingredients: fresh(), storage: fresh() }),
      ),
      photo: async (client, { productId }) =>
        client.put(`/products/${productId}/photo`, await versionOf('products', productId), photo, {
          'Content-Type': 'image/png',
        }),
    },
  },
  {
    what: 'producers: make',
    producer: 'no',
    inspector: 'no',
    office: 'yes',
    tries: {
      producer: make(
        () => '/producers',
        ({ officeId }) => ({ officeId, name: fresh(), kind: 'group', address: PLACE }),
      ),
    },
  },
  {
    what: 'products: make · all else of producers and products · evaluations, certificates',
    producer: 'ask',
    inspector: 'no',
    office: 'yes',
    tries: {
      product: make(
        () => '/products',
        ({ producerId }) => ({ producerId, name: fresh(), group: 'food', productSet: 1 }),
      ),
      'producer’s name': change(
        'producers',
        ({ producerId }) => producerId,
        () => ({ name: fresh() }),
      ),
      'name with a story': change(
        'producers',
        ({ producerId }) => producerId,
        () => ({ name: fresh(), story: fresh() }),
      ),
      'product’s name': change(
        'products',
        ({ productId }) => productId,
        () => ({ name: fresh() }),
      ),
      'product’s warnings with a description': change(
        'products',
        ({ productId }) => productId,
        () => ({ warnings: fresh(), description: fresh() }),
      ),
      evaluation: make(
        () => '/evaluations',
        ({ productId }) => ({ productId, round: fresh(), heldOn: '2026-06-01', score: 71, minimumStars: 4 }),
      ),
      'evaluation corrected': change(
        'evaluations',
        ({ evaluationId }) => evaluationId,
        () => ({ decision: fresh() }),
      ),
      'certificate of a product': make(
        () => '/certificates',
        ({ productId }) => ({
          productId,
          scheme: 'vietgap',
          number: fresh(),
          issuer: 'Tổ chức',
          issuedOn: '2026-01-01',
        }),
      ),
      'certificate of a producer': make(
        () => '/certificates',
        ({ producerId }) => ({
          producerId,
          scheme: 'organic',
          number: fresh(),
          issuer: 'Tổ chức',
          issuedOn: '2026-01-01',
        }),
      ),
      'certificate corrected': change(
        'certificates',
        ({ certificateId }) => certificateId,
        () => ({ issuer: fresh() }),
      ),
    },
  },
  {
    what: 'allowances: read',
    producer: 'own',
    inspector: 'yes',
    office: 'yes',
    tries: { allowance: read(({ shortProductId }) => `/products/${shortProductId}/allowances/2026`) },
  },
  {
    what: 'ledger',
    producer: 'own',
    inspector: 'yes',
    office: 'yes',
    tries: { ledger: read(({ producerId }) => `/producers/${producerId}/ledger`) },
  },
  { what: 'allowances: set', producer: 'no', inspector: 'no', office: 'yes', tries: { allowance } },
  {
    what: 'lots: make; change before first activation; events',
    producer: 'own',
    inspector: 'no',
    office: 'yes',
    tries: {
      lot: make(
        () => '/lots',
        ({ productId }) => ({ productId, number: fresh() }),
      ),
      number: change(
        'lots',
        ({ freeLotId }) => freeLotId,
        () => ({ number: fresh(), note: fresh() }),
      ),
      event: make(
        ({ activeLotId }) => `/lots/${activeLotId}/events`,
        () => ({ at: '2026-11-02T08:00:00Z', step: fresh() }),
      ),
    },
  },
  {
    what: 'lots: change after first activation',
    producer: 'ask',
    inspector: 'no',
    office: 'yes',
    tries: {
      number: change(
        'lots',
        ({ activeLotId }) => activeLotId,
        () => ({ number: fresh() }),
      ),
    },
  },
  {
    what: 'batches for a lot within the allowance, activate, void, print, codes.csv without PINs',
    producer: 'own',
    inspector: 'no',
    office: 'yes',
    tries: {
      issue: make(
        () => '/batches',
        ({ activeLotId }) => ({ lotId: activeLotId, quantity: 10 }),
      ),
      activate: make(
        ({ batchId }) => `/batches/${batchId}/activate`,
        () => ({ from: 1, to: 10 }),
      ),
      deactivate: make(
        ({ batchId }) => `/batches/${batchId}/deactivate`,
        () => ({ from: QUANTITY, to: QUANTITY }),
      ),
      void: make(
        ({ batchId }) => `/batches/${batchId}/voids`,
        () => ({ from: 1_000 + (used += 1), to: 1_000 + used, reason: 'spoiled' }),
      ),
      note: change(
        'batches',
        ({ batchId }) => batchId,
        () => ({ note: fresh() }),
      ),
      sheet: read(({ batchId }) => `/batches/${batchId}/sheet.pdf?template=a4-65&from=1&to=2`),
      labels: read(({ batchId }) => `/batches/${batchId}/labels.zpl?template=roll-50x30&from=3&to=4`),
      'print job': make(
        () => '/print-jobs',
        ({ batchId }) => ({ batchId, template: 'a4-65', from: 5, to: 6 }),
      ),
      'print job read': read(({ printJobId }) => `/print-jobs/${printJobId}`),
      'print job cancelled': async (client, { batchId }) => {
        const job = await api.as('admin').post('/print-jobs', { batchId, template: 'a4-65', from: 7, to: 8 });
        return client.post(`/print-jobs/${String(job.body['id'])}/cancel`, {});
      },
      codes: read(({ batchId }) => `/batches/${batchId}/codes.csv?from=1&to=2`),
    },
  },
  {
    what: 'batches, stamps, scans, stats: read',
    producer: 'own',
    inspector: 'yes',
    office: 'yes',
    tries: {
      batch: read(({ batchId }) => `/batches/${batchId}`),
      stamp: read(({ batchId }) => `/batches/${batchId}/stamps/1`),
      scans: read(({ batchId }) => `/batches/${batchId}/scans`),
      'scans.csv': read(({ batchId }) => `/batches/${batchId}/scans.csv`),
      stats: read(({ batchId }) => `/batches/${batchId}/stats?by=day`),
      'stats of all': read(({ batchId }) => `/stats?by=day&batchId=${batchId}`),
    },
  },
  {
    what: 'batches beyond the allowance',
    producer: 'ask',
    inspector: 'no',
    office: 'yes',
    tries: {
      issue: make(
        () => '/batches',
        ({ shortProductId }) => ({
          productId: shortProductId,
          lot: 'SHORT',
          producedOn: null,
          expiresOn: null,
          quantity: 10,
        }),
      ),
    },
  },
  {
    what: 'blank batches, plaques, displays, codes.csv with PINs',
    producer: 'no',
    inspector: 'no',
    office: 'yes',
    tries: {
      blank: make(
        () => '/batches',
        ({ producerId }) => ({ producerId, quantity: 10 }),
      ),
      plaque: make(
        () => '/batches',
        ({ productId }) => ({ productId, plaque: true, quantity: 10 }),
      ),
      display: make(
        ({ batchId }) => `/batches/${batchId}/displays`,
        () => ({ from: 1, to: 1 }),
      ),
      pins: read(({ batchId }) => `/batches/${batchId}/codes.csv?from=1&to=2&pins=true`),
    },
  },
  {
    what: 'recall own lot',
    producer: 'own',
    inspector: 'no',
    office: 'yes',
    tries: {
      lot: make(
        () => '/recalls',
        ({ activeLotId }) => ({ lotId: activeLotId, ...WORDS }),
      ),
    },
  },
  {
    what: 'recall anything, withdraw',
    producer: 'no',
    inspector: 'no',
    office: 'yes',
    tries: {
      product: make(
        () => '/recalls',
        ({ productId }) => ({ productId, ...WORDS }),
      ),
      range: make(
        () => '/recalls',
        ({ batchId }) => ({ batchId, from: 1, to: 2, ...WORDS }),
      ),
      withdraw: withdrawal,
    },
  },
  {
    what: 'inspections: read · complaints: read those on own',
    producer: 'own',
    inspector: 'yes',
    office: 'yes',
    tries: {
      inspection: read(({ inspectionId }) => `/inspections/${inspectionId}`),
      complaint: read(({ complaintId }) => `/complaints/${complaintId}`),
    },
  },
  {
    what: 'inspections: make · complaints: handle',
    producer: 'no',
    inspector: 'yes',
    office: 'yes',
    tries: {
      inspection: make(
        () => '/inspections',
        ({ code }) => ({ code, finding: 'in-order' }),
      ),
      complaint: change(
        'complaints',
        ({ complaintId }) => complaintId,
        () => ({ note: fresh() }),
      ),
    },
  },
  {
    what: 'what waits for the office: decide',
    producer: 'no',
    inspector: 'no',
    office: 'yes',
    tries: { approve: decision('approve'), decline: decision('decline') },
  },
  {
    what: 'users and keys of the office',
    producer: 'no',
    inspector: 'no',
    office: 'yes',
    tries: {
      user: make(
        () => '/users',
        ({ producerId }) => ({
          role: 'producer',
          producerId,
          login: fresh().toLowerCase(),
          name: 'Lan',
          password: 'mật khẩu rất dài 1',
        }),
      ),
      key: make(
        () => '/keys',
        ({ producerId }) => ({ role: 'producer', producerId, name: fresh() }),
      ),
    },
  },
  {
    what: 'printers',
    producer: 'own',
    inspector: 'no',
    office: 'yes',
    tries: {
      printer: read(({ producerId }) => `/printers/${producerId}.laser`),
      'measured anew': async (client, { producerId }) => {
        const kept = await api.store.printers.get(`${producerId}.laser`);
        return client.put(`/printers/${producerId}.laser`, kept?.version ?? null, { name: fresh() });
      },
    },
  },
  {
    what: 'own templates',
    producer: 'no',
    inspector: 'no',
    office: 'yes',
    tries: {
      'measured with a ruler': (client, { officeId }) =>
        client.put(
          `/templates/t-${fresh()
            .toLowerCase()
            .replaceAll(/[^a-z0-9]/g, '')}`,
          null,
          {
            name: fresh(),
            columns: 4,
            rows: 12,
            left: 9.8,
            top: 13,
            pitchX: 48.2,
            pitchY: 22.7,
            labelWidth: 45.7,
            labelHeight: 21.2,
            officeId,
          },
        ),
    },
  },
  {
    what: 'own office: read',
    producer: 'yes',
    inspector: 'yes',
    office: 'yes',
    tries: { office: read(({ officeId }) => `/offices/${officeId}`) },
  },
  {
    what: 'offices: make, change',
    producer: 'no',
    inspector: 'no',
    office: 'no',
    tries: {
      make: make(
        () => '/offices',
        () => ({ name: fresh(), province: 'Phú Thọ' }),
      ),
      change: change(
        'offices',
        ({ officeId }) => officeId,
        () => ({ phone: `0218 000 ${1_000 + (used += 1)}` }),
      ),
    },
  },
  {
    what: 'programme report: read',
    producer: 'no',
    inspector: 'yes',
    office: 'yes',
    tries: { report: read(({ officeId }) => `/programme/2026/report?officeId=${officeId}`) },
  },
  {
    what: 'plan: set',
    producer: 'no',
    inspector: 'no',
    office: 'yes',
    tries: {
      plan: async (client, { officeId }) => {
        const kept = await api.store.plans.findBy('officeYear', [officeId, 2027]);
        return client.put(`/programme/2027/plan?officeId=${officeId}`, kept?.version ?? null, {
          targets: { 'products-rated': (used += 1) },
        });
      },
    },
  },
];

/** What an answer says about the right (`done`, `waits`, `not-signed-in`, `not-allowed`, `absent`): an absent record, or an absent id in a body, is the same thing told. */
function toldBy({ status, body }: ApiAnswer): string {
  if (status === 200 || status === 201) return 'done';
  if (status === 202) return 'waits';
  const code = String(body['code']);
  return code === 'not-found' || code === 'absent-reference' ? 'absent' : code;
}

/** What the table says. */
function toldByTable(row: Row, name: Name, farm: Farm): string {
  if (name === 'nobody') return 'not-signed-in';
  if (name === 'admin') return 'done';
  const role = name.replace(/[AB]\d?$/, '') as 'producer' | 'inspector' | 'office';
  const grant = row[role];
  if (grant === 'no') return 'not-allowed';
  const sameOffice = name.replace(/^[a-z]+/, '').startsWith(farm.slice(0, 1));
  const inReach = sameOffice && (role !== 'producer' || grant === 'yes' || name.endsWith(farm));
  if (!inReach) return 'absent';
  return grant === 'ask' ? 'waits' : 'done';
}

beforeAll(async () => {
  api = await openTestApi();
  photo = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#B97A00' } })
    .png()
    .toBuffer();
  for (const farm of ['A1', 'A2', 'B1'] as const) things.set(farm, await furnish(farm));
});
afterAll(async () => {
  await api.close();
  await closeSheetWorkers();
});

async function furnish(farm: Farm): Promise<Things> {
  const admin = api.as('admin');
  const officeId = farm === 'B1' ? CAST.officeB : CAST.officeA;
  const [producerId, productId] = [CAST[`producer${farm}`], CAST[`product${farm}`]];
  const made = async (path: string, body: object): Promise<string> => {
    const answer = await admin.post(path, body);
    expect(answer.status).toBe(201);
    return String(answer.body['id']);
  };
  const shortProductId = await made('/products', { producerId, name: 'Ít tem', group: 'food', productSet: 1 });
  await admin.put(`/products/${shortProductId}/allowances/2026`, null, { expectedOutput: 1, stamps: 0 });
  const activeLotId = await made('/lots', { productId, number: fresh() });
  const batchId = await made('/batches', { lotId: activeLotId, quantity: QUANTITY, pin: true });
  const batch = await api.store.batches.get(batchId);
  if (batch === null) throw new Error('no such batch');
  const [complaint, inspection] = [
    aComplaint({ id: `complaint-${farm}`, officeId, producerId, batchId, number: `K-${farm}` }),
    anInspection({ id: `inspection-${farm}`, officeId, producerId, batchId }),
  ];
  await saveNew(api.ctx, api.actor('admin'), {
    collection: 'complaints',
    doc: complaint,
    action: 'file-complaint',
    answer: null,
  });
  await saveNew(api.ctx, api.actor('admin'), {
    collection: 'inspections',
    doc: inspection,
    action: 'make-inspection',
    answer: null,
  });
  const printer = aPrinter({ id: `${producerId}.laser`, officeId, producerId });
  await saveNew(api.ctx, api.actor('admin'), {
    collection: 'printers',
    doc: printer,
    action: 'keep-printer',
    answer: null,
  });
  return {
    farm,
    officeId,
    producerId,
    productId,
    shortProductId,
    activeLotId,
    batchId,
    code: keysOf(api.ctx, batch).codeOf(9),
    freeLotId: await made('/lots', { productId, number: fresh() }),
    evaluationId: await made('/evaluations', {
      productId,
      round: fresh(),
      heldOn: '2026-06-01',
      score: 71,
      minimumStars: 4,
    }),
    certificateId: await made('/certificates', {
      producerId,
      scheme: 'haccp',
      number: fresh(),
      issuer: 'Tổ chức',
      issuedOn: '2026-01-01',
    }),
    recallId: await made('/recalls', { lotId: activeLotId, ...WORDS }),
    complaintId: complaint.id,
    inspectionId: inspection.id,
    printJobId: await made('/print-jobs', { batchId, template: 'a4-65', from: 9, to: 10 }),
  };
}

const WALK: readonly (readonly [Name, readonly Farm[]])[] = [
  ['nobody', ['A1']],
  ['producerA1', ['A1', 'A2', 'B1']],
  ['inspectorA', ['A1', 'B1']],
  ['officeA', ['A1', 'B1']],
  ['admin', ['A1', 'B1']],
];

describe.each(ROWS)('$what', (row) => {
  test.each(Object.entries(row.tries))('%s', async (_, attempt) => {
    for (const [name, farms] of WALK) {
      for (const farm of farms) {
        const on = things.get(farm);
        if (on === undefined) throw new Error(`nothing of ${farm}`);
        const answer = await attempt(api.as(name), on);
        expect({ name, farm, told: toldBy(answer) }).toEqual({ name, farm, told: toldByTable(row, name, farm) });
      }
    }
  });
});

describe('what is open to all', () => {
  test('a look-up needs no login, and a key changes nothing about it', async () => {
    const { code } = things.get('A1') as Things;
    for (const name of ['producerB1', 'inspectorB', 'officeB', 'admin'] as const) {
      const answer = await fetch(`${api.address}/t/${code}`, {
        headers: { Accept: 'application/json', Authorization: `Bearer ${api.keyOf(name)}` },
      });
      expect(answer.status).toBe(200);
    }
    expect((await fetch(`${api.address}/t/${code}`, { headers: { Accept: 'application/json' } })).status).toBe(200);
  });

  test('complaint and PIN are anybody’s', async () => {
    const { code } = things.get('A1') as Things;
    for (const name of ['nobody', 'producerB1', 'inspectorB', 'officeB', 'admin'] as const) {
      const complaint = fileComplaintInput.parse({ about: 'opened', message: 'Nắp đã mở' });
      expect(await fileComplaint(api.actor(name), { code, complaint }, api.ctx)).toMatchObject({ ok: true });
      const tried = await checkPin(api.actor(name), { code, pin: '000000', visitor: name }, api.ctx);
      expect(tried.ok).toBe(true);
    }
  });
});

describe('lists', () => {
  const LISTS = [
    '/producers',
    '/products',
    '/evaluations',
    '/certificates',
    '/lots',
    '/recalls',
    '/batches',
    '/inspections',
    '/complaints',
  ] as const;
  const NOT_INSPECTORS = ['/print-jobs', '/printers'] as const;

  test.each([...LISTS, ...NOT_INSPECTORS])('%s holds what is in reach and nothing else', async (path) => {
    const inspects = (LISTS as readonly string[]).includes(path) ? ([['inspectorA', ['A1', 'A2']]] as const) : [];
    for (const [name, producers] of [
      ['producerA1', ['A1']],
      ...inspects,
      ['officeA', ['A1', 'A2']],
      ['officeB', ['B1']],
    ] as const) {
      const items: { id: string; officeId?: string; producerId?: string }[] = [];
      let next: string | null = '';
      while (next !== null) {
        const page: ApiAnswer = await api
          .as(name)
          .get(`${path}?limit=200${next === '' ? '' : `&after=${encodeURIComponent(next)}`}`);
        items.push(...(page.body['items'] as typeof items));
        next = page.body['next'] as string | null;
      }
      const owners = new Set(items.map((item) => (path === '/producers' ? item.id : item.producerId)));
      const own: string[] = producers.map((farm) => CAST[`producer${farm}`]);
      for (const farm of ['A1', 'A2', 'B1'] as const)
        expect({ name, farm, seen: owners.has(CAST[`producer${farm}`]) }).toEqual({
          name,
          farm,
          seen: own.includes(CAST[`producer${farm}`]),
        });
    }
  });

  test('the log is the office’s own, all of it for an admin, and nobody else’s', async () => {
    const [own, all] = [await api.as('officeB').get('/audit?limit=200'), await api.as('admin').get('/audit?limit=200')];
    expect(new Set((own.body['items'] as { officeId: string }[]).map(({ officeId }) => officeId))).toEqual(
      new Set([CAST.officeB]),
    );
    expect((all.body['items'] as unknown[]).length).toBeGreaterThan((own.body['items'] as unknown[]).length);
    for (const name of ['producerA1', 'inspectorA'] as const)
      expect(toldBy(await api.as(name).get('/audit'))).toBe('not-allowed');
    expect(toldBy(await api.as('nobody').get('/audit'))).toBe('not-signed-in');
  });
});
