// Actions on a registry of one office, producer, product and lot in an SQLite file.
// Importing this opens the store for the tests of the file.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { issueBatch, issueBatchInput } from '../../../server/actions/batches/issue-batch.ts';
import { keysOf } from '../../../server/actions/batches/sealed-batch.ts';
import { type OpenBatch, type Batch } from '../../../server/domain/batches/batch.ts';
import type { ActionContext, Outcome } from '../../../server/actions/kit/context.ts';
import { OfficeFactsCache } from '../../../server/actions/kit/office-facts.ts';
import { saveNew } from '../../../server/actions/kit/save.ts';
import { jobFilesIn } from '../../../server/actions/print/job-files.ts';
import { signInDesk } from '../../../server/actions/people/sign-in-desk.ts';
import { DayQuotas } from '../../../server/actions/kit/day-quotas.ts';
import { roomIn } from '../../../server/actions/kit/room.ts';
import { CodeTries } from '../../../server/actions/scans/code-tries.ts';
import { StampReads } from '../../../server/actions/scans/stamp-reads.ts';
import type { Actor } from '../../../server/domain/people/account.ts';
import type { BatchKeys } from '../../../server/domain/stamp/stamp-keys.ts';
import { NamedQueues } from '../../../server/kit/queue.ts';
import { loadTemplates } from '../../../server/sheet/template/template-loader.ts';
import { closeSheetWorkers } from '../../../server/sheet/threads/draw-sheet.ts';
import { openSqliteStore } from '../../../server/store/sqlite/open.ts';
import type { Store } from '../../../server/store/store.ts';
import { seededRandom } from '../../fixtures/api.ts';
import { aLot } from '../../fixtures/records/batches.ts';
import { MADE_AT, OFFICE_ID, PRODUCER_ID, TIME_ZONE } from '../../fixtures/records/cast.ts';
import { anOffice, aProducer, aProduct } from '../../fixtures/records/registry.ts';

export const ADMIN: Actor = { kind: 'person', id: 'system', role: 'admin', officeId: null, producerId: null };
export const PRODUCER: Actor = {
  kind: 'person',
  id: 'key-p',
  role: 'producer',
  officeId: OFFICE_ID,
  producerId: PRODUCER_ID,
};
export const INSPECTOR: Actor = {
  kind: 'person',
  id: 'key-i',
  role: 'inspector',
  officeId: OFFICE_ID,
  producerId: null,
};

export const { templates, testGrids } = loadTemplates(new URL('../../../label-templates', import.meta.url).pathname);
export let folder: string;
export let store: Store;
export let ctx: ActionContext;
let now = new Date(MADE_AT);

/** Moves the clock; each test begins at MADE_AT. */
export function setNow(at: string): void {
  now = new Date(at);
}

export async function openRegistry(path: string, seed: string): Promise<{ store: Store; ctx: ActionContext }> {
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
    stampReads: new StampReads(),
    codeTries: new CodeTries(),
    quotas: new DayQuotas(),
    signIns: signInDesk(new Uint8Array(32), () => undefined),
    jobFiles: jobFilesIn(folder),
    room: roomIn(folder, opened, 0),
    request: null,
  };
  await saveNew(context, ADMIN, { collection: 'offices', doc: anOffice(), action: 'make-office', answer: null });
  await saveNew(context, ADMIN, { collection: 'producers', doc: aProducer(), action: 'make-producer', answer: null });
  await saveNew(context, ADMIN, { collection: 'products', doc: aProduct(), action: 'make-product', answer: null });
  await saveNew(context, ADMIN, { collection: 'lots', doc: aLot(), action: 'make-lot', answer: null });
  return { store: opened, ctx: context };
}

export function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`refused: ${outcome.problem.code}`);
  if (outcome.value.kind === 'waiting') throw new Error('it waits');
  return outcome.value.value;
}

export async function issue(input: object, context = ctx): Promise<OpenBatch> {
  return valueOf(await issueBatch(ADMIN, issueBatchInput.parse(input), context));
}

export async function stored(id: string, context = ctx): Promise<{ batch: Batch; keys: BatchKeys }> {
  const batch = await context.store.batches.get(id);
  if (batch === null) throw new Error('no such batch');
  return { batch, keys: keysOf(context, batch) };
}

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
