// Every select of records: with one more record than it holds, the last is found by a part of its name, and a page that
// names that record has it selected. Walks a table of all pages with such a select.

import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { saveNew, type DocOf } from '../../../server/actions/kit/save.ts';
import type { CollectionName } from '../../../server/store/store.ts';
import { LOOKED_AT_MAX, PICKED_MAX } from '../../../server/web/console/picked.ts';
import { CAST, type Name } from '../../fixtures/api.ts';
import { testConsole, visitorAs } from '../../fixtures/console.ts';
import { pageOf } from '../../fixtures/page.ts';
import { aBatch, aLot } from '../../fixtures/records/batches.ts';
import { aStampReport } from '../../fixtures/records/market.ts';
import { anApiKey, aUser } from '../../fixtures/records/people.ts';
import { anEvaluation, anOffice, aProducer, aProduct } from '../../fixtures/records/registry.ts';

const api = testConsole();
const BEFORE = '2020-01-01T00:00:00.000Z';
const ofA1 = { officeId: CAST.officeA, producerId: CAST.producerA1 } as const;
const PLACE = { ...ofA1, productId: CAST.productA1 } as const;

/** What is created, and the name of its oldest, which no select reaches. */
const KINDS = {
  products: {
    find: 'sen hong',
    seed: (id: string, far: boolean) => [
      'products',
      aProduct({ id, ...ofA1, name: far ? 'Trà sen hồng' : `Cốm ${id}` }),
    ],
  },
  producers: {
    find: 'ba la',
    seed: (id: string, far: boolean) => [
      'producers',
      aProducer({ id, officeId: CAST.officeA, name: far ? 'HTX Ba Lá' : `HTX ${id}` }),
    ],
  },
  offices: {
    find: 'quang tri',
    seed: (id: string, far: boolean) => [
      'offices',
      anOffice({ id, name: far ? 'Văn phòng Quảng Trị' : `Văn phòng ${id}` }),
    ],
  },
  lots: {
    find: 'xa26.01',
    seed: (id: string, far: boolean) => ['lots', aLot({ id, ...PLACE, number: far ? 'XA-2601' : `GAN-${id}` })],
  },
  rolls: {
    find: 'cuon o kho',
    seed: (id: string, far: boolean) => [
      'batches',
      aBatch({
        id,
        ...ofA1,
        kind: 'blank',
        productId: null,
        lotId: null,
        activations: [],
        note: far ? 'Cuộn ở kho' : null,
      }),
    ],
  },
  evaluations: {
    find: 'dot xa',
    seed: (id: string, far: boolean) => ['evaluations', anEvaluation({ id, ...PLACE, round: far ? 'Đợt xa' : id })],
  },
  users: {
    find: 'mai.xa',
    seed: (id: string, far: boolean) => [
      'users',
      aUser({ id, role: 'office', officeId: CAST.officeA, login: far ? 'mai.xa' : id, name: 'Mai' }),
    ],
  },
} as const;
type Kind = keyof typeof KINDS;
type Seeded = [collection: CollectionName, doc: DocOf<CollectionName>];

/**
 * Every page with a select of records: who opens it, the field, what it holds, whether an address may name a record.
 */
const PICKERS: readonly (readonly [
  who: Exclude<Name, 'nobody'>,
  path: string,
  field: string,
  of: Kind,
  named: boolean,
])[] = [
  ['officeA', '/console/certificates/new', 'productId', 'products', true],
  ['officeA', '/console/certificates/new', 'producerId', 'producers', true],
  ['officeA', '/console/certificates/new', 'evaluationId', 'evaluations', true],
  ['officeA', '/console/evaluations/new', 'productId', 'products', true],
  ['officeA', '/console/rolls/new', 'productId', 'products', true],
  ['officeA', '/console/rolls/new', 'producerId', 'producers', true],
  ['producerA1', '/console/print', 'product', 'products', true],
  ['producerA1', '/console/lots/new', 'productId', 'products', true],
  ['producerA1', '/console/lots', 'productId', 'products', true],
  ['officeA', '/console/products/new', 'producerId', 'producers', true],
  ['officeA', '/console/ledger', 'producerId', 'producers', true],
  ['officeA', '/console/batches', 'producerId', 'producers', true],
  ['officeA', '/console/scans', 'producerId', 'producers', true],
  ['officeA', '/console/users/invite', 'producerId', 'producers', true],
  ['officeA', '/console/programme/support/new', 'producerId', 'producers', false],
  ['officeA', '/console/programme/candidates/new', 'producerId', 'producers', false],
  ['admin', '/console/producers/new', 'officeId', 'offices', false],
  ['admin', '/console/import', 'officeId', 'offices', false],
  ['admin', '/console/users/invite', 'officeId', 'offices', false],
  ['admin', '/console/stamp-reports/strange', 'officeId', 'offices', false],
  ['producerA1', '/console/activate', 'lotId', 'lots', true],
  ['producerA1', '/console/activate', 'batch', 'rolls', true],
  ['officeA', '/console/users/user-officeA2', 'handOverTo', 'users', false],
];

const far = (kind: Kind): string => (kind === 'rolls' ? 'FARFAR' : `far-${kind}`);

async function seed(kind: Kind): Promise<void> {
  const admin = api.actor('admin');
  const save = async (id: string, isFar: boolean): Promise<void> => {
    const [collection, doc] = KINDS[kind].seed(id, isFar) as Seeded;
    const dated = { ...doc, createdAt: isFar ? BEFORE : doc.createdAt };
    const saved = await saveNew(api.ctx, admin, { collection, doc: dated, action: 'seed', answer: null });
    if (!saved.ok) throw new Error(`${kind} ${id}: ${saved.problem.code}`);
  };
  await save(far(kind), true);
  const ids = Array.from({ length: PICKED_MAX }, (_, i) =>
    kind === 'rolls' ? `R${String(i).padStart(5, '0')}` : `${kind}-${i}`,
  );
  for (let from = 0; from < ids.length; from += 250)
    await Promise.all(ids.slice(from, from + 250).map((id) => save(id, false)));
}

beforeAll(async () => {
  for (const kind of Object.keys(KINDS) as Kind[]) await seed(kind);
  const admin = api.actor('admin');
  const leaving = aUser({
    id: 'user-officeA2',
    role: 'office',
    officeId: CAST.officeA,
    login: 'leaving',
    name: 'Người đi',
  });
  await saveNew(api.ctx, admin, { collection: 'users', doc: leaving, action: 'seed', answer: null });
  const key = anApiKey({ id: 'key-leaving', officeId: CAST.officeA, producerId: null, role: 'office', by: leaving.id });
  await saveNew(api.ctx, admin, { collection: 'apiKeys', doc: key, action: 'seed', answer: null });
  const report = aStampReport({ id: 'strange' });
  await saveNew(api.ctx, admin, { collection: 'stampReports', doc: report, action: 'seed', answer: null });
}, 60_000);

function optionsOf(text: string, field: string): string[] {
  const options = pageOf(text).querySelector(`select[name="${field}"]`)?.querySelectorAll('option') ?? [];
  return [...options].map((option) => option.getAttribute('value') ?? '').filter((value) => value !== '');
}

describe('a select of records', () => {
  test.each(PICKERS)('of %s at %s: %s', async (who, path, field, kind, named) => {
    const person = await visitorAs(api, who);
    const plain = await person.open(path);
    expect(plain.status).toBe(200);
    const shown = optionsOf(plain.text, field);
    // The records of the cast are older too; the newest are shown.
    expect(shown.length).toBeGreaterThanOrEqual(PICKED_MAX);
    expect(shown.length).toBeLessThanOrEqual(PICKED_MAX + 1);
    expect(shown).not.toContain(far(kind));
    expect(pageOf(plain.text).querySelector(`[name="find-${field}"]`)).not.toBeNull();
    const found = await person.open(`${path}?find-${field}=${encodeURIComponent(KINDS[kind].find)}`);
    expect(optionsOf(found.text, field)).toContain(far(kind));
    expect(optionsOf(found.text, field).length).toBeLessThan(10);
    if (!named) return;
    const chosen = await person.open(`${path}?${field}=${far(kind)}`);
    const option = pageOf(chosen.text).querySelector(`select[name="${field}"] option[selected]`);
    expect(option?.getAttribute('value')).toBe(far(kind));
  });

  test('that holds all has no search', async () => {
    const office = await visitorAs(api, 'officeB');
    const page = await office.open('/console/certificates/new');
    expect(page.text).not.toContain('find-');
  });

  test('that finds nothing says so', async () => {
    const office = await visitorAs(api, 'officeB');
    const page = await office.open('/console/certificates/new?find-productId=zzzz');
    expect(page.text).toContain('Không có mục nào khớp');
  });

  test('looks at more records than any office has', () => {
    expect(LOOKED_AT_MAX).toBeGreaterThan(10 * PICKED_MAX);
  });

  test('stands in the table above, wherever the console makes one', () => {
    const folder = 'server/web/console';
    const sites = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.includes('/') && file.endsWith('.ts'))
      .flatMap((file) => {
        const text = readFileSync(`${folder}/${file}`, 'utf8');
        return text.match(/\b(?:producerOptions|productOptions|officeOptions|pickProducts|pickRecords)\(call/g) ?? [];
      });
    expect(sites.length).toBe(PICKERS.length);
  });
});
