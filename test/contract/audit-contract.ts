// The audit chain has a line for each change and none for a refused one. It stays intact after any writes and after
// values are erased.

import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CHAIN_START, verifyChain } from '../../server/domain/audit/audit-chain.ts';
import type { AuditEntry } from '../../server/domain/audit/audit.ts';
import type { Store } from '../../server/store/store.ts';
import { aLine, aNote } from '../fixtures/records/audit.ts';
import { aLot } from '../fixtures/records/batches.ts';
import { allPages } from './pages-contract.ts';
import { storeOfGroup, type OpenStore } from './store-under-test.ts';

const NO_FILTER = { officeId: null, entity: null, from: null, to: null };

async function wholeChain(store: Store): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for (;;) {
    const piece = await store.audit.read(entries.length + 1, 50);
    entries.push(...piece);
    if (piece.length < 50) return entries;
  }
}

export function auditContract(open: OpenStore): void {
  describe('the audit chain', () => {
    let store: Store;
    const on = storeOfGroup(open, (opened) => (store = opened));

    test('begins empty, at the start of every chain', async () => {
      expect(await store.audit.head()).toEqual(CHAIN_START);
      expect(await store.audit.read(1, 10)).toEqual([]);
    });

    test('holds the line of each change as it was given', async () => {
      const line = aLine({ entity: 'lot:l1', action: 'make-lot', values: { number: 'L1', nested: { ệ: [1, null] } } });
      await store.lots.insert(aLot({ id: 'l1', number: 'L1' }), { line, request: null });
      await on.settled();
      const entry = await store.audit.firstOf('lot:l1');
      expect(entry).toMatchObject({ ...line, seq: 1 });
      expect(await store.audit.head()).toEqual({ seq: 1, hash: entry?.hash });
    });

    test('holds no line of what was refused', async () => {
      const before = await store.audit.head();
      await store.lots.insert(aLot({ id: 'l2', number: 'L1' }), aNote({ entity: 'lot:l2' }));
      await store.lots.replace(aLot({ id: 'l1', number: 'L1', version: 7 }), aNote({ entity: 'lot:l1' }));
      await on.settled();
      expect(await store.audit.head()).toEqual(before);
    });

    test('takes a line of its own for what changes no record', async () => {
      await store.audit.add(aLine({ entity: 'user:u1', action: 'sign-in', officeId: null, values: {} }));
      await on.settled();
      expect(await store.audit.firstOf('user:u1')).toMatchObject({ action: 'sign-in', officeId: null, values: {} });
    });

    test('verifies after any writes by two servers at once', async () => {
      const second = await on.second();
      const writes = fc.array(
        fc.record({
          id: fc.integer({ min: 1, max: 12 }),
          version: fc.integer({ min: 1, max: 3 }),
          onSecond: fc.boolean(),
        }),
        {
          minLength: 1,
          maxLength: 30,
        },
      );
      let done = 0;
      await fc.assert(
        fc.asyncProperty(writes, async (program) => {
          const outcomes = await Promise.all(
            program.map(({ id, version, onSecond }) => {
              const lot = aLot({ id: `w${id}`, number: `W${id}`, version });
              const { lots } = onSecond ? second : store;
              const note = aNote({ entity: `lot:w${id}`, values: { version } });
              return version === 1 ? lots.insert(lot, note) : lots.replace(lot, note);
            }),
          );
          done += outcomes.filter(({ kind }) => kind === 'added' || kind === 'replaced').length;
        }),
        { numRuns: 15, seed: 20_261_124 },
      );
      await on.settled();
      const chain = await wholeChain(store);
      expect(chain).toHaveLength(done + 2);
      expect(verifyChain(chain)).toEqual({ ok: true, lines: done + 2, head: await store.audit.head() });
    });

    test('still verifies when values are erased, and tells which', async () => {
      const before = await store.audit.firstOf('lot:w1');
      const erased = await store.audit.eraseValues('lot:w1');
      expect(erased).toBeGreaterThan(0);
      expect(await store.audit.firstOf('lot:w1')).toEqual({ ...before, values: null, salt: null });
      expect(await store.audit.firstOf('lot:l1')).toMatchObject({ values: { number: 'L1' } });
      expect(await store.audit.eraseValues('lot:w1')).toBe(0);
      expect(verifyChain(await wholeChain(store))).toMatchObject({ ok: true });
    });

    describe('lists', () => {
      beforeAll(async () => {
        for (let i = 0; i < 9; i += 1) {
          const officeId = i % 3 === 0 ? null : `office-${i % 3}`;
          await store.audit.add(
            aLine({
              at: `2026-12-0${i + 1}T00:00:00.000Z`,
              entity: i < 6 ? `batch:B${i % 2}` : 'batcher:X',
              officeId,
              action: `a${i}`,
            }),
          );
        }
        await on.settled();
      });

      test.each([
        ['of one entity', { entity: 'batch:B0' }, ['a0', 'a2', 'a4']],
        ['of a kind, and of no kind that only begins alike', { entity: 'batch' }, ['a0', 'a1', 'a2', 'a3', 'a4', 'a5']],
        ['of an office', { officeId: 'office-1' }, ['a1', 'a4', 'a7']],
        ['of an office and a kind', { officeId: 'office-1', entity: 'batch' }, ['a1', 'a4']],
        ['from an instant on, inclusive', { from: '2026-12-08T00:00:00.000Z' }, ['a7', 'a8']],
        [
          'to an instant, exclusive',
          { from: '2026-12-01T00:00:00.000Z', to: '2026-12-03T00:00:00.000Z' },
          ['a0', 'a1'],
        ],
        ['of nothing', { entity: 'lot:none' }, []],
      ])('%s, oldest first', async (_, filter, actions) => {
        const entries = await allPages(
          (page) => store.audit.list({ ...NO_FILTER, from: '2026-12-01T00:00:00.000Z', ...filter }, page),
          2,
        );
        expect(entries.map(({ action }) => action)).toEqual(actions);
      });

      test('of all is the chain', async () => {
        expect(await allPages((page) => store.audit.list(NO_FILTER, page), 7)).toEqual(await wholeChain(store));
      });
    });

    test('goes on after a restart where it was', async () => {
      const before = await store.audit.head();
      store = await on.reopen();
      expect(await store.audit.head()).toEqual(before);
      await store.audit.add(aLine({ entity: 'office:o1' }));
      await on.settled();
      expect(verifyChain(await store.audit.read(before.seq + 1, 5), before)).toMatchObject({ ok: true, lines: 1 });
    });
  });
}
