import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { OfficeFactsCache } from '../../../server/actions/kit/office-facts.ts';
import { activateStamps, activateStampsInput } from '../../../server/actions/batches/activate-stamps.ts';
import { checkPin } from '../../../server/actions/market/check-pin.ts';
import type { ActionContext, Outcome } from '../../../server/actions/kit/context.ts';
import { NamedQueues } from '../../../server/kit/queue.ts';
import { exportCodes } from '../../../server/actions/batches/export-codes.ts';
import { fileComplaint } from '../../../server/actions/market/file-complaint.ts';
import { issueBatch, issueBatchInput } from '../../../server/actions/batches/issue-batch.ts';
import { makeInspection } from '../../../server/actions/market/make-inspection.ts';
import { makeKey } from '../../../server/actions/people/make-key.ts';
import { makeUser } from '../../../server/actions/people/make-user.ts';
import { printSheetQuery } from '../../../server/actions/print/print-fields.ts';
import { printSheet } from '../../../server/actions/print/print-sheet.ts';
import { runAction } from '../../../server/actions/kit/run-action.ts';
import { jobFilesIn } from '../../../server/actions/print/job-files.ts';
import { saveNew } from '../../../server/actions/kit/save.ts';
import { keysOf, type OpenBatch } from '../../../server/actions/batches/sealed-batch.ts';
import { signIn } from '../../../server/actions/people/sign-in.ts';
import { voidStamps } from '../../../server/actions/batches/void-stamps.ts';
import type { Actor } from '../../../server/domain/people/account.ts';
import type { Batch } from '../../../server/domain/batches/batch.ts';
import { unwrapSecret } from '../../../server/domain/batches/batch-secret.ts';
import type { Entity } from '../../../server/domain/entity.ts';
import { contains } from '../../../server/domain/batches/intervals.ts';
import { PIN_TRIES } from '../../../server/domain/stamp/pin.ts';
import { formatStampCode } from '../../../server/domain/stamp/stamp-code.ts';
import { openBatchKeys, type BatchKeys } from '../../../server/domain/stamp/stamp-keys.ts';
import { closeSheetWorkers } from '../../../server/sheet/threads/draw-sheet.ts';
import { loadTemplates } from '../../../server/sheet/template/template-loader.ts';
import { openSqliteStore } from '../../../server/store/sqlite/open.ts';
import { StoreError, type Collection, type Lease, type Store } from '../../../server/store/store.ts';
import { seededRandom } from '../../fixtures/api.ts';
import {
  aLot,
  anOffice,
  aProducer,
  aProduct,
  LOT_ID,
  MADE_AT,
  OFFICE_ID,
  PRODUCER_ID,
  PRODUCT_ID,
  TIME_ZONE,
} from '../../fixtures/records.ts';

const ADMIN: Actor = { kind: 'person', id: 'system', role: 'admin', officeId: null, producerId: null };
const PRODUCER: Actor = { kind: 'person', id: 'key-p', role: 'producer', officeId: OFFICE_ID, producerId: PRODUCER_ID };
const INSPECTOR: Actor = { kind: 'person', id: 'key-i', role: 'inspector', officeId: OFFICE_ID, producerId: null };

const { templates, testGrids } = loadTemplates(new URL('../../../label-templates', import.meta.url).pathname);
let folder: string;
let store: Store;
let ctx: ActionContext;
let now = new Date(MADE_AT);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'temtrace-stamps-'));
  ({ store, ctx } = await openRegistry(join(folder, 'main.db'), 'stamps'));
});
beforeEach(() => void (now = new Date(MADE_AT)));
afterAll(async () => {
  await store.close();
  await closeSheetWorkers();
  await rm(folder, { recursive: true });
});

async function openRegistry(path: string, seed: string): Promise<{ store: Store; ctx: ActionContext }> {
  const random = seededRandom(seed);
  const opened = await openSqliteStore({
    path,
    rowKey: random(32),
    now: () => now,
    timeZone: TIME_ZONE,
    synchronous: 'OFF',
  });
  const context: ActionContext = {
    store: opened,
    now: () => now,
    random,
    settings: { publicOrigin: 'https://temtrace.example', timeZone: TIME_ZONE, requireTwoFactor: false },
    keys: { wrap: random(32) },
    templates,
    testGrids,
    queues: new NamedQueues(),
    officeFacts: new OfficeFactsCache(opened, TIME_ZONE, () => now),
    jobFiles: jobFilesIn(folder),
    request: null,
  };
  await saveNew(context, ADMIN, { collection: 'offices', doc: anOffice(), action: 'make-office', answer: null });
  await saveNew(context, ADMIN, { collection: 'producers', doc: aProducer(), action: 'make-producer', answer: null });
  await saveNew(context, ADMIN, { collection: 'products', doc: aProduct(), action: 'make-product', answer: null });
  await saveNew(context, ADMIN, { collection: 'lots', doc: aLot(), action: 'make-lot', answer: null });
  return { store: opened, ctx: context };
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`refused: ${outcome.problem.code}`);
  if (outcome.value.kind === 'waiting') throw new Error('it waits');
  return outcome.value.value;
}

async function issue(input: object, context = ctx): Promise<OpenBatch> {
  return valueOf(await issueBatch(ADMIN, issueBatchInput.parse(input), context));
}

async function stored(id: string, context = ctx): Promise<{ batch: Batch; keys: BatchKeys }> {
  const batch = await context.store.batches.get(id);
  if (batch === null) throw new Error('no such batch');
  return { batch, keys: keysOf(context, batch) };
}

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
    const file = await exportCodes(PRODUCER, { id, query: { from: 16_700_000, to: 16_777_216, pins: false } }, ctx);
    if (!file.ok) throw new Error(file.problem.code);
    let rows = -1; // the head
    let largest = 0;
    for await (const chunk of file.value.rows) {
      largest = Math.max(largest, chunk.byteLength);
      rows += Buffer.from(chunk).toString('latin1').split('\n').length - 1;
    }
    expect(rows).toBe(77_217);
    expect(largest).toBeLessThan(512 * 1_024);
  });
});

describe('a scratch-off PIN', () => {
  const check = (code: string, pin: string): ReturnType<typeof checkPin> =>
    checkPin({ kind: 'public' }, { code, pin, visitor: 'v' }, ctx);

  test('is right once, told as used before after that, and locks after wrong tries, right ones then too', async () => {
    const { id } = await issue({ lotId: LOT_ID, quantity: 10, pin: true });
    const { keys } = await stored(id);
    const code = formatStampCode(keys.codeOf(3));
    const wrong = keys.pinOf(3) === '000000' ? '111111' : '000000';
    expect(await check(code, keys.pinOf(3))).toEqual({ ok: true, value: { kind: 'right' } });
    expect(await check(code.toLowerCase(), keys.pinOf(3))).toEqual({
      ok: true,
      value: { kind: 'used-before', firstUsedAt: MADE_AT },
    });
    for (let left = PIN_TRIES - 1; left >= 0; left -= 1)
      expect(await check(code, wrong)).toEqual({ ok: true, value: { kind: 'wrong', triesLeft: left } });
    expect(await check(code, keys.pinOf(3))).toMatchObject({ ok: true, value: { kind: 'locked' } });
    now = new Date('2026-11-24T03:16:00.000Z');
    expect(await check(code, keys.pinOf(3))).toMatchObject({ ok: true, value: { kind: 'used-before' } });
  });

  test('a code that is not ours, of whatever kind, is not found; a stamp without PIN says so', async () => {
    const { id } = await issue({ lotId: LOT_ID, quantity: 10 });
    const { keys } = await stored(id);
    const real = keys.codeOf(1);
    for (const code of [
      real.slice(0, 17) + (real.endsWith('0') ? '1' : '0'),
      `0ZZZZZ${real.slice(6)}`,
      keys.codeOf(11),
      'x',
    ]) {
      expect(await check(code, '123456')).toMatchObject({ ok: false, problem: { code: 'not-found' } });
    }
    expect(await check(real, '123456')).toMatchObject({ ok: false, problem: { code: 'no-pins' } });
  });
});

describe('a server that slept past its turn', () => {
  /** What a server finds when it wakes: the lease passed on, or let go of again by whoever had it. */
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
  /** A store whose n-th record write never comes; what was written before it stays. */
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

  /** No active stamp stands for a lot that may still change freely. */
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

  test('lets no sheet out, and costs the next print at most a reason', async () => {
    const { id } = await issue({ lotId: LOT_ID, quantity: 100 });
    const query = printSheetQuery.parse({ template: 'a4-65' });
    await expect(printSheet(PRODUCER, { id, query }, failingAt(1, ctx))).rejects.toThrow(StoreError);
    expect((await stored(id)).batch.printed).toEqual([]);
    await expect(printSheet(PRODUCER, { id, query }, failingAt(2, ctx))).rejects.toThrow(StoreError);
    expect(contains((await stored(id)).batch.printed, 100)).toBe(true);
    expect(await printSheet(PRODUCER, { id, query }, ctx)).toMatchObject({
      ok: false,
      problem: { code: 'reprint-reason-needed' },
    });
    expect(await printSheet(PRODUCER, { id, query: { ...query, reprintReason: 'mất điện' } }, ctx)).toMatchObject({
      ok: true,
      value: { from: 1, to: 100 },
    });
  });
});

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
    const slowLots = { ...lots, get: async (lotId: string) => (await wait(5), lots.get(lotId)) };
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
      value: { content: { productName: null, producerName: aProducer().name, stars: null } },
    });
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
    expect(await printSheet(PRODUCER, { id, query }, ctx)).toEqual(first);
    const other = await printSheet(PRODUCER, { id, query: { ...query, offsetX: 0.3, reprintReason: 'lệch' } }, ctx);
    expect(other).toMatchObject({
      ok: true,
      value: { content: { producerName: 'Tên mới' }, printer: { offsetXMm: 0.3 } },
    });
  });
});

test('no code, PIN key, secret, password, key or token lies in the store or its log', async () => {
  const path = join(folder, 'secrets.db');
  const { store: own, ctx: context } = await openRegistry(path, 'secrets');
  const password = 'mật khẩu rất riêng tư';
  const withKey: ActionContext = { ...context, request: { key: 'once', bodyHash: 'h' } };
  const { id } = valueOf(
    await runAction(
      issueBatch,
      ADMIN,
      issueBatchInput.parse({ lotId: LOT_ID, quantity: 50, pin: true, active: false }),
      withKey,
    ),
  );
  const { batch, keys } = await stored(id, context);
  const codes = [1, 2, 3, 50].map((serial) => keys.codeOf(serial));
  const [one = '', two = '', three = '', last = ''] = codes;
  valueOf(
    await activateStamps(
      PRODUCER,
      { id, activation: activateStampsInput.parse({ firstCode: one, lastCode: last }) },
      { ...context, request: { key: 'two', bodyHash: 'h' } },
    ),
  );
  valueOf(await voidStamps(PRODUCER, { id, voiding: { codes: [two], reason: 'lost', note: null } }, context));
  valueOf(
    await makeInspection(
      INSPECTOR,
      { code: three, finding: 'in-order', note: null, place: null, at: null, clientId: 'c' },
      context,
    ),
  );
  valueOf(
    await fileComplaint(
      { kind: 'public' },
      { code: three, complaint: { about: 'opened', message: 'x', where: null, contact: null } },
      context,
    ),
  );
  await checkPin({ kind: 'public' }, { code: three, pin: '000000', visitor: null }, context);
  const file = await exportCodes(ADMIN, { id, query: { pins: true } }, context);
  if (!file.ok) throw new Error(file.problem.code);
  for await (const chunk of file.value.rows) expect(chunk.byteLength).toBeGreaterThan(0);
  await printSheet(PRODUCER, { id, query: printSheetQuery.parse({ template: 'a4-65', from: '3' }) }, context);
  valueOf(
    await makeUser(
      ADMIN,
      { role: 'office', login: 'van-phong', name: 'x', password },
      { ...context, request: { key: 'three', bodyHash: 'h' } },
    ),
  );
  const { key } = valueOf(
    await makeKey(ADMIN, { role: 'office', name: 'ERP' }, { ...context, request: { key: 'four', bodyHash: 'h' } }),
  );
  const session = await signIn({ login: 'van-phong', password }, context);
  const token = session.ok && session.value.kind === 'signed-in' ? session.value.token : '';
  await own.close();

  const secret = Buffer.from(unwrapSecret(context.keys.wrap, batch) ?? []);
  const { tagKey, pinKey } = openBatchKeys(secret, id).exportKeys();
  const bytes = [secret, tagKey, pinKey, context.keys.wrap].map((one) => Buffer.from(one));
  const needles: Buffer[] = [
    ...bytes.flatMap((one) => [
      one,
      ...(['hex', 'base64', 'base64url'] as const).map((form) => Buffer.from(one.toString(form))),
    ]),
    ...codes.flatMap((code) => [code, code.toLowerCase(), formatStampCode(code)]).map((text) => Buffer.from(text)),
    ...[password, password.normalize('NFD'), key ?? '', token].map((text) => Buffer.from(text)),
  ];
  expect([key?.length, token.length, secret.byteLength]).toEqual([47, 43, 32]);
  const files = (await readdir(folder)).filter((name) => name.startsWith('secrets.db'));
  for (const name of files) {
    const content = await readFile(join(folder, name));
    expect(needles.filter((needle) => content.includes(needle))).toEqual([]);
  }
  expect((await readFile(path)).includes(Buffer.from('van-phong'))).toBe(true);
});
