// Actions on batches: one row per batch, failing writes, turns, and print files.

import { describe, expect, test } from '@jest/globals';
import { activateStamps, activateStampsInput } from '../../../server/actions/batches/activate-stamps.ts';
import { exportCodes } from '../../../server/actions/batches/export-codes.ts';
import { issueBatch, issueBatchInput } from '../../../server/actions/batches/issue-batch.ts';
import { keysOf } from '../../../server/actions/batches/sealed-batch.ts';
import { voidStamps } from '../../../server/actions/batches/void-stamps.ts';
import type { ActionContext, Outcome } from '../../../server/actions/kit/context.ts';
import { runAction } from '../../../server/actions/kit/run-action.ts';
import { saveNew } from '../../../server/actions/kit/save.ts';
import { countPrinted } from '../../../server/actions/print/count-printed.ts';
import { printSheetQuery } from '../../../server/actions/print/print-fields.ts';
import { printSheet } from '../../../server/actions/print/print-sheet.ts';
import { unwrapSecret } from '../../../server/domain/batches/batch-secret.ts';
import { contains } from '../../../server/domain/batches/intervals.ts';
import type { Entity } from '../../../server/domain/entity.ts';
import { StoreError, type Collection, type Lease } from '../../../server/store/store.ts';
import { seededRandom } from '../../fixtures/api.ts';
import { aLot } from '../../fixtures/records/batches.ts';
import { LOT_ID, MADE_AT, OFFICE_ID, PRODUCER_ID, PRODUCT_ID } from '../../fixtures/records/cast.ts';
import { aProducer } from '../../fixtures/records/registry.ts';
import { ADMIN, ctx, issue, PRODUCER, store, stored, valueOf } from './stamp-desk.ts';

describe('a batch is one row', () => {
  test('sixteen million stamps take no more room than a hundred, and under 4 KiB with line and answer', async () => {
    const sizes: number[] = [];
    for (const quantity of [100, 16_777_216]) {
      const withKey: ActionContext = { ...ctx, request: { key: `key-${quantity}`, bodyHash: 'h' } };
      const { id } = valueOf(
        await runAction(issueBatch, ADMIN, issueBatchInput.parse({ lotId: LOT_ID, quantity }), withKey),
      );
      const { batch } = await stored(id);
      const line = await store.audit.firstOf(`batch:${id}`);
      const answer = await store.findRequest(`key-${quantity}`);
      sizes.push(JSON.stringify([batch, line, answer]).length);
    }
    expect(Math.max(...sizes)).toBeLessThan(4_096);
    expect(Math.abs((sizes[0] ?? 0) - (sizes[1] ?? 0))).toBeLessThan(32);
  });

  test('an id that is taken is drawn again', async () => {
    const first = await issue({ lotId: LOT_ID, quantity: 1 }, { ...ctx, random: seededRandom('twice') });
    const second = await issue({ lotId: LOT_ID, quantity: 1 }, { ...ctx, random: seededRandom('twice') });
    expect(second.id).not.toBe(first.id);
    expect((await stored(second.id)).batch.wrappedSecret).not.toBe((await stored(first.id)).batch.wrappedSecret);
  });

  test('a batch whose quantity was changed in the store opens no code', async () => {
    const { id } = await issue({ lotId: LOT_ID, quantity: 10 });
    const { batch } = await stored(id);
    expect(unwrapSecret(ctx.keys.wrap, batch)).not.toBeNull();
    expect(() => keysOf(ctx, { ...batch, quantity: 11 })).toThrow(StoreError);
  });

  test('codes come in bounded chunks, as many as were asked for', async () => {
    const { id } = await issue({ lotId: LOT_ID, quantity: 16_777_216 });
    const file = await exportCodes(
      PRODUCER,
      { id, query: { from: 16_700_000, to: 16_777_216, pins: false, excel: false } },
      ctx,
    );
    if (!file.ok) throw new Error(file.problem.code);
    let rows = -1; // without the heading
    let largest = 0;
    for await (const chunk of file.value.rows) {
      largest = Math.max(largest, chunk.byteLength);
      rows += Buffer.from(chunk).toString('latin1').split('\n').length - 1;
    }
    expect(rows).toBe(77_217);
    expect(largest).toBeLessThan(512 * 1_024);
  });
});

describe('a server that slept past its turn', () => {
  /** What a server finds when it resumes: another server took the lease, and may have released it again. */
  test.each([
    ['another’s', null],
    ['its own again, under another number', 3],
  ])('whose turn is %s, makes no batch', async (_, later) => {
    const numbers = [1, later];
    const lease = (): Lease => ({ hold: async () => numbers.shift() ?? null, release: async () => undefined });
    const slept: ActionContext = { ...ctx, store: { ...store, lease } };
    const input = {
      productId: PRODUCT_ID,
      lot: `SLEPT-${String(later)}`,
      producedOn: null,
      expiresOn: null,
      quantity: 5,
    };
    await expect(issue(input, slept)).rejects.toMatchObject({ name: 'StoreError', kind: 'unavailable' });
    const lot = await store.lots.findBy('productNumber', [PRODUCT_ID, input.lot]);
    expect(lot).not.toBeNull();
    expect((await store.batches.list({ lotId: lot?.id ?? '' }, { limit: 10, after: null })).items).toEqual([]);
    expect((await issue(input)).lotId).toBe(lot?.id);
  });
});

describe('a write that fails', () => {
  /** A store whose n-th record write never happens; earlier writes stay. */
  function failingAt(n: number, context: ActionContext): ActionContext {
    let writes = 0;
    const counted = <T extends Entity>(collection: Collection<T>): Collection<T> => {
      const next = (): void => {
        writes += 1;
        if (writes === n) throw new StoreError('unavailable', `write ${n}`);
      };
      return {
        ...collection,
        insert: async (doc, note) => (next(), collection.insert(doc, note)),
        replace: async (doc, note) => (next(), collection.replace(doc, note)),
      };
    };
    const { lots, batches, printRuns } = context.store;
    return {
      ...context,
      store: { ...context.store, lots: counted(lots), batches: counted(batches), printRuns: counted(printRuns) },
    };
  }

  /** Every lot with active stamps is marked as such: none of these can be changed freely. */
  async function expectMarked(): Promise<void> {
    const { items } = await store.batches.list({}, { limit: 200, after: null });
    for (const { activations } of items) {
      for (const { lotId } of activations) expect((await store.lots.get(lotId))?.firstActivatedAt).not.toBeNull();
    }
  }

  test('leaves no active stamp of a lot that is not marked, and the same request then succeeds', async () => {
    for (const n of [1, 2]) {
      const input = { productId: PRODUCT_ID, lot: `CUT-${n}`, producedOn: null, expiresOn: null, quantity: 5 };
      await expect(issue(input, failingAt(n, ctx))).rejects.toThrow(StoreError);
      await expectMarked();
      const batch = await issue(input);
      expect((await store.batches.list({ lotId: batch.lotId }, { limit: 10, after: null })).items).toHaveLength(1);
    }
    const lot = aLot({ id: 'lot-cut', number: 'CUT-3' });
    await saveNew(ctx, ADMIN, { collection: 'lots', doc: lot, action: 'make-lot', answer: null });
    const { id } = await issue({ producerId: PRODUCER_ID, quantity: 10 });
    const activation = activateStampsInput.parse({ lotId: lot.id });
    for (const n of [1, 2]) {
      await expect(activateStamps(PRODUCER, { id, activation }, failingAt(n, ctx))).rejects.toThrow(StoreError);
      await expectMarked();
    }
    expect(valueOf(await activateStamps(PRODUCER, { id, activation }, ctx)).stamps).toBe(10);
  });

  test('lets no sheet out, counts nothing before its last byte, and is done again after it', async () => {
    const { id } = await issue({ lotId: LOT_ID, quantity: 100 });
    const query = printSheetQuery.parse({ template: 'a4-65' });
    await expect(printSheet(PRODUCER, { id, query }, failingAt(1, ctx))).rejects.toThrow(StoreError);
    expect((await stored(id)).batch.printed).toEqual([]);

    const print = await printSheet(PRODUCER, { id, query }, ctx);
    if (!print.ok) throw new Error(print.problem.detail);
    expect(print.value.run).toMatchObject({ from: 1, to: 100 });
    expect((await stored(id)).batch.printed).toEqual([]);
    await expect(countPrinted(PRODUCER, print.value.run, failingAt(1, ctx))).rejects.toThrow(StoreError);
    expect((await stored(id)).batch.printed).toEqual([]);
    await expect(countPrinted(PRODUCER, print.value.run, failingAt(2, ctx))).rejects.toThrow(StoreError);
    expect(contains((await stored(id)).batch.printed, 100)).toBe(true);
    expect(await countPrinted(PRODUCER, print.value.run, ctx)).toMatchObject({ ok: true });

    const moved = { ...query, offsetX: 0.5 };
    expect(await printSheet(PRODUCER, { id, query: moved }, ctx)).toMatchObject({
      ok: false,
      problem: { code: 'reprint-reason-needed' },
    });
    const again = await printSheet(PRODUCER, { id, query: { ...moved, reprintReason: 'mất điện' } }, ctx);
    expect(again).toMatchObject({ ok: true, value: { run: { from: 1, to: 100 } } });
  });
});

/** Turns of the event loop that a slow read takes, during which many fast calls arrive. */
const SLOW_TURNS = 100;

describe('changes of one batch', () => {
  test('a slow one gets its turn while quick ones come without a pause', async () => {
    const { id } = await issue({
      productId: PRODUCT_ID,
      lot: 'BUSY',
      producedOn: null,
      expiresOn: null,
      quantity: 10_000,
      active: false,
    });
    const { lots } = ctx.store;
    const slowLots = {
      ...lots,
      get: async (lotId: string) => {
        for (let turn = 0; turn < SLOW_TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve));
        return lots.get(lotId);
      },
    };
    const context = { ...ctx, store: { ...ctx.store, lots: slowLots } };
    let ended = false;
    const slow = activateStamps(
      PRODUCER,
      { id, activation: activateStampsInput.parse({ from: 5_001, to: 5_010 }) },
      context,
    ).finally(() => void (ended = true));
    const quick: Outcome<unknown>[] = [];
    for (let serial = 1; !ended && serial < 5_000; serial += 2) {
      quick.push(
        await voidStamps(PRODUCER, { id, voiding: { from: serial, to: serial, reason: 'lost', note: null } }, context),
      );
    }
    expect(valueOf(await slow)).toMatchObject({ stamps: 10 });
    expect(quick.filter(({ ok }) => !ok)).toEqual([]);
  });
});

describe('print files', () => {
  test('a blank roll is printed with its producer alone; a run keeps the names that were on the paper', async () => {
    const { id } = await issue({ producerId: PRODUCER_ID, quantity: 30 });
    const query = printSheetQuery.parse({ template: 'roll-50x30' });
    const first = await printSheet(PRODUCER, { id, query }, ctx);
    expect(first).toMatchObject({
      ok: true,
      value: { job: { content: { productName: null, producerName: aProducer().name, stars: null } } },
    });
    if (!first.ok) throw new Error(first.problem.detail);
    expect(await countPrinted(PRODUCER, first.value.run, ctx)).toMatchObject({ ok: true });
    const producer = await store.producers.get(PRODUCER_ID);
    if (producer === null) throw new Error('no producer');
    const renamed = { ...producer, name: 'Tên mới', version: producer.version + 1 };
    const line = {
      at: MADE_AT,
      actor: 'system',
      officeId: OFFICE_ID,
      entity: `producer:${PRODUCER_ID}`,
      action: 'change-producer',
      values: {},
      salt: '00',
    };
    await store.producers.replace(renamed, { line, request: null });
    expect(await printSheet(PRODUCER, { id, query }, ctx)).toMatchObject({ ok: true, value: { job: first.value.job } });
    const other = await printSheet(PRODUCER, { id, query: { ...query, offsetX: 0.3, reprintReason: 'lệch' } }, ctx);
    expect(other).toMatchObject({
      ok: true,
      value: { job: { content: { producerName: 'Tên mới' }, printer: { offsetXMm: 0.3 } } },
    });
  });
});
