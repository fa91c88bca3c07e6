// Lists: filters, order and pages, compared with an array as the model. Queries are generated as well as writes.

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ChangeRequest } from '../../server/domain/registry/change-request.ts';
import type { Filter, Page, PageRequest, Store } from '../../server/store/store.ts';
import { aNote } from '../fixtures/records/audit.ts';
import { aLot, aRecall } from '../fixtures/records/batches.ts';
import { aUser } from '../fixtures/records/people.ts';
import { aChangeRequest } from '../fixtures/records/registry.ts';
import { storeOfGroup, type OpenStore } from './store-under-test.ts';

const RUNS = 40;
const STATES = ['waiting', 'approved', 'declined'] as const;
const ACTIONS = ['change-lot', 'issue-batch'] as const;
const PRODUCERS = ['producer-1', 'producer-2', 'producer-3'] as const;

/** Few instants, so that many records share one and the id decides. */
const instants = fc.integer({ min: 0, max: 5 }).map((minute) => `2026-11-24T03:0${minute}:00.000Z`);
const changes = fc.record({
  state: fc.constantFrom(...STATES),
  action: fc.constantFrom(...ACTIONS),
  producerId: fc.constantFrom(...PRODUCERS),
});
const steps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('insert' as const), createdAt: instants, change: changes }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('replace' as const), which: fc.nat(), change: changes }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('list' as const),
        filter: fc.record(
          {
            state: fc.constantFrom(...STATES),
            action: fc.constantFrom(...ACTIONS),
            producerId: fc.constantFrom(...PRODUCERS),
          },
          { requiredKeys: [] },
        ),
        limit: fc.integer({ min: 1, max: 7 }),
      }),
    },
  ),
  { minLength: 5, maxLength: 40 },
);

/** All pages of a list; checks that each keeps to its limit. */
export async function allPages<T>(list: (page: PageRequest) => Promise<Page<T>>, limit: number): Promise<T[]> {
  const items: T[] = [];
  let after: string | null = null;
  do {
    const page: Page<T> = await list({ limit, after });
    // A page with a next page is full; the last page need not be.
    expect(page.items).toHaveLength(page.next === null ? Math.min(page.items.length, limit) : limit);
    items.push(...page.items);
    after = page.next;
  } while (after !== null);
  return items;
}

function newestFirst(a: ChangeRequest, b: ChangeRequest): number {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? 1 : -1;
  return a.id < b.id ? 1 : -1;
}

function matches(record: ChangeRequest, filter: Filter): boolean {
  return Object.entries(filter).every(([field, value]) => record[field as keyof ChangeRequest] === value);
}

export function pagesContract(open: OpenStore): void {
  describe('lists', () => {
    let store: Store;
    storeOfGroup(open, (opened) => (store = opened));

    test('any filters and page sizes give what an array would, after any writes', async () => {
      let run = 0;
      await fc.assert(
        fc.asyncProperty(steps, async (program) => {
          run += 1;
          const officeId = `office-of-run-${run}`;
          const model: ChangeRequest[] = [];
          const pages: ChangeRequest[][] = [];
          const expected: ChangeRequest[][] = [];
          for (const [i, step] of program.entries()) {
            if (step.kind === 'insert') {
              const record = aChangeRequest({
                ...step.change,
                id: `r${run}-${(i * 7) % 40}-${i}`,
                officeId,
                createdAt: step.createdAt,
              });
              model.push(record);
              await store.requests.insert(record, aNote());
            } else if (step.kind === 'replace') {
              const at = step.which % Math.max(1, model.length);
              const old = model[at];
              if (old === undefined) continue;
              const record = { ...old, ...step.change, version: old.version + 1 };
              model[at] = record;
              await store.requests.replace(record, aNote());
            } else {
              const filter = { ...step.filter, officeId };
              pages.push(await allPages((page) => store.requests.list(filter, page), step.limit));
              expected.push(model.filter((record) => matches(record, filter)).sort(newestFirst));
            }
          }
          expect(pages).toEqual(expected);
        }),
        { numRuns: RUNS, seed: 20_261_124 },
      );
    });

    test('pages lose and repeat nothing while records are added before and behind them', async () => {
      const officeId = 'office-of-inserts';
      const add = (id: string, createdAt: string) =>
        store.requests.insert(aChangeRequest({ id, officeId, createdAt }), aNote());
      const minutes = Array.from({ length: 40 }, (_, i) => String(i + 10).padStart(2, '0'));
      await Promise.all(minutes.map((minute) => add(`there-${minute}`, `2026-11-24T04:${minute}:00.000Z`)));
      const seen: string[] = [];
      let after: string | null = null;
      let added = 0;
      do {
        const page: Page<ChangeRequest> = await store.requests.list({ officeId }, { limit: 3, after });
        seen.push(...page.items.map(({ id }) => id));
        after = page.next;
        added += 1;
        await add(`newer-${added}`, `2026-11-24T05:${String(added + 10)}:00.000Z`);
        await add(`between-${added}`, `2026-11-24T04:${minutes[39 - ((added * 5) % 40)]}:30.000Z`);
      } while (after !== null);
      expect(seen.filter((id) => id.startsWith('there')).sort()).toEqual(minutes.map((minute) => `there-${minute}`));
      expect(new Set(seen).size).toBe(seen.length);
    });

    test('a filter reaches into a record, and null is a value', async () => {
      await store.recalls.insert(aRecall({ id: 'of-lot', scope: { kind: 'lot', lotId: 'lot-7' } }), aNote());
      await store.recalls.insert(
        aRecall({ id: 'of-range', scope: { kind: 'range', batchId: 'B1', from: 1, to: 9 } }),
        aNote(),
      );
      const page = { limit: 10, after: null };
      expect((await store.recalls.list({ 'scope.lotId': 'lot-7' }, page)).items.map(({ id }) => id)).toEqual([
        'of-lot',
      ]);
      expect((await store.recalls.list({ 'scope.batchId': 'B1' }, page)).items.map(({ id }) => id)).toEqual([
        'of-range',
      ]);
      await store.users.insert(
        aUser({ id: 'admin-1', officeId: null, producerId: null, role: 'admin', login: 'admin' }),
        aNote(),
      );
      expect((await store.users.list({ officeId: null }, page)).items.map(({ id }) => id)).toEqual(['admin-1']);
    });

    test('without a filter all are listed, newest first', async () => {
      await store.lots.insert(aLot({ id: 'l1', number: '1', createdAt: '2026-11-24T03:00:00.000Z' }), aNote());
      await store.lots.insert(aLot({ id: 'l3', number: '3', createdAt: '2026-11-24T03:00:00.000Z' }), aNote());
      await store.lots.insert(aLot({ id: 'l2', number: '2', createdAt: '2026-11-24T03:00:00.001Z' }), aNote());
      expect((await allPages((page) => store.lots.list({}, page), 2)).map(({ id }) => id)).toEqual(['l2', 'l3', 'l1']);
    });

    test.each([0, 201, 1.5, Number.NaN])('a page of %p is a RangeError', async (limit) => {
      await expect(store.lots.list({}, { limit, after: null })).rejects.toThrow(RangeError);
      await expect(
        store.audit.list({ officeId: null, entity: null, from: null, to: null }, { limit, after: null }),
      ).rejects.toThrow(RangeError);
      await expect(
        store.scans.list({ batchId: 'B', serial: null, from: null, to: null }, { limit, after: null }),
      ).rejects.toThrow(RangeError);
    });

    test.each([1, 200])('a page of %p is given', async (limit) => {
      await expect(store.lots.list({}, { limit, after: null })).resolves.toMatchObject({
        items: expect.anything() as unknown,
      });
    });

    test.each(['', 'x', 'bnVsbA', 'W10', 'WzFd', 'eyJhIjoxfQ'])('%p is no cursor: a RangeError', async (after) => {
      await expect(store.lots.list({}, { limit: 1, after })).rejects.toThrow(RangeError);
    });

    test('a filter by a field that has no index is a RangeError', async () => {
      await expect(store.lots.list({ note: 'x' }, { limit: 1, after: null })).rejects.toThrow(RangeError);
      await expect(store.lots.list({ 'number" is null --': 'x' }, { limit: 1, after: null })).rejects.toThrow(
        RangeError,
      );
    });

    test('a page of large records ends early, and the next goes on behind it', async () => {
      const productId = 'product-large';
      const sizes = [10, 1_500_000, 1_500_000, 1_500_000, 5_000_000, 1_500_000, 10];
      for (const [i, size] of sizes.entries()) {
        const createdAt = `2026-11-24T03:0${9 - i}:00.000Z`;
        await store.lots.insert(
          aLot({ id: `large-${i}`, number: `LARGE-${i}`, productId, createdAt, note: 'x'.repeat(size) }),
          aNote(),
        );
      }
      const pages: string[][] = [];
      let after: string | null = null;
      do {
        const page: Page<{ id: string }> = await store.lots.list({ productId }, { limit: 200, after });
        pages.push(page.items.map(({ id }) => id));
        after = page.next;
      } while (after !== null);
      expect(pages).toEqual([['large-0', 'large-1', 'large-2', 'large-3'], ['large-4'], ['large-5', 'large-6']]);
      const { items, next } = await store.lots.list({ productId }, { limit: 1, after: null });
      expect([items.length, next]).toEqual([1, expect.any(String)]);
    });
  });
}
