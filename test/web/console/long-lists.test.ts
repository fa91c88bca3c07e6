// Lists and counts with one more than a page holds: the page's own links lead to the last, and the count includes all.

import { describe, expect, test } from '@jest/globals';
import { findLots } from '../../../server/actions/lots/read.ts';
import { officeToday } from '../../../server/actions/home/read-today.ts';
import { saveNew, type DocOf } from '../../../server/actions/kit/save.ts';
import type { CollectionName } from '../../../server/store/store.ts';
import { CAST } from '../../fixtures/api.ts';
import { castVisitor, testConsole, type Visitor } from '../../fixtures/console.ts';
import { allByRole, pageOf, textOf } from '../../fixtures/page.ts';
import { aBatch, aLot } from '../../fixtures/records/batches.ts';
import { aComplaint } from '../../fixtures/records/market.ts';
import { anInvitation } from '../../fixtures/records/people.ts';
import { aPrintJob } from '../../fixtures/records/print.ts';
import { aCertificate, anEvaluation, anOffice } from '../../fixtures/records/registry.ts';

const api = testConsole();
const office = castVisitor(api, 'officeA');
const admin = castVisitor(api, 'admin');
const BEFORE = '2020-01-01T00:00:00.000Z';
const ofA1 = { officeId: CAST.officeA, producerId: CAST.producerA1 } as const;
const ofProduct = { ...ofA1, productId: CAST.productA1 } as const;

async function save<N extends CollectionName>(collection: N, doc: DocOf<N>): Promise<void> {
  const saved = await saveNew(api.ctx, api.actor('admin'), { collection, doc, action: 'seed', answer: null });
  if (!saved.ok) throw new Error(`${collection} ${doc.id}: ${saved.problem.code}`);
}

/** How many there are, and how to recognise the last. */
async function seed<N extends CollectionName>(
  collection: N,
  count: number,
  make: (i: number, isLast: boolean) => DocOf<N>,
): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    const isLast = i === 0;
    const doc = make(i, isLast);
    await save(collection, isLast ? { ...doc, createdAt: BEFORE } : doc);
  }
}

/** Follows the links of a list until its page shows the text. Returns the number of pages opened, or null. */
async function pagesTo(person: Visitor, path: string, name: string, text: string): Promise<number | null> {
  let at: string | null = path;
  for (let pages = 1; at !== null && pages < 20; pages += 1) {
    const answer = await person.open(at);
    expect(answer.status).toBe(200);
    const page = pageOf(answer.text);
    // The record's history names what its lists hold.
    const own = textOf(page.querySelector('main')).replace(textOf(page.querySelector('#history')), '');
    if (own.includes(text)) return pages;
    const links = allByRole(page, 'link', 'Trang sau').map((link) => link.getAttribute('href') ?? '');
    const offset = (href: string): string | null => new URL(href, 'http://x').searchParams.get(name);
    const here = offset(at);
    at = links.find((href) => offset(href) !== here) ?? null;
  }
  return null;
}

describe('a list with more than a page holds', () => {
  test('evaluations and certificates of a product, and a producer’s own beside 200 of its products', async () => {
    await seed('evaluations', 21, (i, isLast) =>
      anEvaluation({ id: `ev-${i}`, ...ofProduct, round: isLast ? 'Đợt xa nhất' : `Đợt ${i}`, heldOn: '2024-01-01' }),
    );
    await seed('certificates', 201, (i, isLast) =>
      aCertificate({
        id: `ce-${i}`,
        ...ofProduct,
        scheme: 'haccp',
        stars: null,
        evaluationId: null,
        number: isLast ? 'HACCP-XA' : `H-${i}`,
      }),
    );
    await seed('certificates', 51, (i, isLast) =>
      aCertificate({
        id: `own-${i}`,
        ...ofA1,
        productId: null,
        scheme: 'vietgap',
        stars: null,
        evaluationId: null,
        number: isLast ? 'VG-XA' : `V-${i}`,
        createdAt: '2021-01-01T00:00:00.000Z',
      }),
    );
    const product = `/console/products/${CAST.productA1}`;
    expect(await pagesTo(office, product, 'evaluations', 'Đợt xa nhất')).toBe(2);
    expect(await pagesTo(office, product, 'certificates', 'HACCP-XA')).toBe(11);
    expect(await pagesTo(office, `/console/producers/${CAST.producerA1}`, 'certificates', 'VG-XA')).toBe(2);
  });

  test('rolls of the activation page, the life and the print jobs of a batch', async () => {
    const blank = { kind: 'blank' as const, productId: null, lotId: null, activations: [] };
    await seed('batches', 51, (i, isLast) =>
      aBatch({ id: `R${String(i).padStart(5, '0')}`, ...ofA1, ...blank, note: isLast ? 'Cuộn xa nhất' : null }),
    );
    expect(await pagesTo(office, '/console/activate', 'rolls', 'Cuộn xa nhất')).toBe(2);
    const at = '2026-11-20T00:00:00.000Z';
    const displays = Array.from({ length: 61 }, (_, i) => ({
      from: 10 * i + 1,
      to: 10 * i + 2,
      at: i === 0 ? BEFORE : at,
      by: 'user-officeA',
    }));
    await save('batches', aBatch({ id: 'LIVELY', ...ofA1, ...blank, quantity: 1_000, displays }));
    expect(await pagesTo(office, '/console/batches/LIVELY', 'life', '01/01/2020')).toBe(2);
    await seed('printJobs', 21, (i, isLast) =>
      aPrintJob({
        id: `job-${i}`,
        ...ofA1,
        batchId: 'LIVELY',
        from: isLast ? 901 : 1,
        to: isLast ? 902 : 5,
        state: 'cancelled',
      }),
    );
    expect(await pagesTo(office, '/console/batches/LIVELY', 'jobs', '901–902')).toBe(2);
  });

  test('open invitations beside those that ended, and offices of an admin', async () => {
    const expiresAt = '2026-12-30T00:00:00.000Z';
    await seed('invitations', 60, (i, isLast) =>
      anInvitation({
        id: `inv-${i}`,
        officeId: CAST.officeA,
        producerId: null,
        name: isLast ? 'Người xa nhất' : `Người ${i}`,
        tokenHash: `hash-${i}`,
        expiresAt: isLast ? expiresAt : BEFORE,
      }),
    );
    // Fifty-nine newer ones have ended; they hide no open one.
    expect(await pagesTo(office, '/console/users', 'links', 'Người xa nhất')).toBe(1);
    await seed('offices', 51, (i, isLast) =>
      anOffice({ id: `of-${i}`, name: isLast ? 'Văn phòng xa' : `Văn phòng ${i}` }),
    );
    for (const path of ['/console', '/console/scans', '/console/programme'])
      expect([path, await pagesTo(admin, path, 'offices', 'Văn phòng xa')]).toEqual([path, 2]);
  });
});

test('the home page counts what there is: 101 complaints are not 100', async () => {
  await seed('complaints', 101, (i) =>
    aComplaint({ id: `co-${i}`, ...ofA1, number: `P${String(i).padStart(7, '0')}`, state: 'new' }),
  );
  const today = await officeToday(api.actor('officeA'), {}, api.ctx);
  expect(today).toMatchObject({ ok: true, value: { complaints: 101 } });
  expect((await office.open('/console')).text).toContain('101 phản ánh mới');
});

test('a lot number of more products than a page holds is listed to the end, each once', async () => {
  const { productId: _, ...place } = ofProduct;
  for (let i = 0; i < 7; i += 1)
    await save('lots', aLot({ id: `same-${i}`, ...place, productId: `p-${i}`, number: 'CHUNG-1' }));
  await save('lots', aLot({ id: 'loose', ...ofProduct, number: 'chung 1' }));
  for (const limit of [1, 3, 7, 8, 9]) {
    const found: string[] = [];
    let after: string | null = null;
    do {
      const page = await findLots(api.actor('officeA'), { number: 'chung-1', limit, after }, 'whole', api.ctx);
      if (!page.ok) throw new Error(page.problem.code);
      expect(page.value.items.length).toBeLessThanOrEqual(limit);
      found.push(...page.value.items.map(({ id }) => id));
      after = page.value.next;
    } while (after !== null);
    expect([limit, found.toSorted()]).toEqual([
      limit,
      [...Array.from({ length: 7 }, (__, i) => `same-${i}`), 'loose'].toSorted(),
    ]);
  }
});
