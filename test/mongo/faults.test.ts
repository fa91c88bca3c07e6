// Faults between a store and its server: cut at any command, silent, gone and back. Everything that was answered is
// there, everything else can be sent again, and nothing is there twice or partly.

import { describe, expect, test } from '@jest/globals';
import { verifyChain } from '../../server/domain/audit/audit-chain.ts';
import { StoreError, type RequestKey, type Store } from '../../server/store/store.ts';
import { aLine, aNote } from '../fixtures/records/audit.ts';
import { aLot } from '../fixtures/records/batches.ts';
import { aPinTry, aScan } from '../fixtures/records/scans.ts';
import { until } from '../fixtures/until.ts';
import { allPages } from '../contract/pages-contract.ts';
import { dropDatabase, newDatabase, openAt } from './databases.ts';
import { openProxy, type Command, type Fate } from './proxy.ts';

/** Later servers wait this long for the dead one's lease. */
const QUICK = { beatMs: 20, silenceMs: 150, catchUpMs: 5_000 };

/** The work below makes more writes than this; each of them is the last one once. */
const WRITES_MIN = 20;
const AT_ONCE = 8;

function keyOf(key: string): RequestKey {
  return { key, bodyHash: key, answer: { of: key } };
}

interface Step {
  name: string;
  run: (store: Store) => Promise<unknown>;
  /** Its answer if it was answered before; absent for a step that only reads. */
  again?: unknown;
}

const ANYTHING = expect.anything();
const REPEAT = expect.objectContaining({ repeat: true });

function replayOf(key: string): unknown {
  return { kind: 'replayed', bodyHash: key, answer: { of: key } };
}

function lotStep(name: string, id: string, version: number, key: string): Step {
  const lot = aLot({ id, number: id, version });
  const note = aNote({ entity: `lot:${id}`, action: version === 1 ? 'make-lot' : 'change-lot' }, keyOf(key));
  return {
    name,
    run: ({ lots }) => (version === 1 ? lots.insert(lot, note) : lots.replace(lot, note)),
    again: replayOf(key),
  };
}

function scanStep(name: string, scans: Parameters<typeof aScan>[0][]): Step {
  return {
    name,
    run: (store) => Promise.all(scans.map((scan) => store.scans.record(aScan(scan)))),
    again: scans.map(() => REPEAT),
  };
}

/** One caller's work; every step may be sent again. */
const STEPS: Step[] = [
  lotStep('make lot A', 'A', 1, 'k1'),
  scanStep('scan 1', [{ id: 's1', serial: 1, visitor: 'v1' }]),
  scanStep('scan 2 and 3', [
    { id: 's2', serial: 1, visitor: 'v2' },
    { id: 's3', serial: 2, visitor: 'v3' },
  ]),
  lotStep('change lot A', 'A', 2, 'k2'),
  { name: 'read the batch', run: (store) => store.scans.batchTallyOf('7K3M9Q') },
  scanStep('scan 4, signed in', [{ id: 's4', serial: 1, visitor: 'v4', signedIn: true }]),
  lotStep('make lot B', 'B', 1, 'k3'),
  { name: 'read the log', run: (store) => store.audit.head() },
  scanStep('scan 5', [{ id: 's5', serial: 2, visitor: 'v5' }]),
];

async function expectAllOnce(store: Store): Promise<void> {
  expect(await store.lots.get('A')).toMatchObject({ version: 2 });
  expect(await store.lots.get('B')).toMatchObject({ version: 1 });
  for (const key of ['k1', 'k2', 'k3'])
    expect(await store.findRequest(key)).toEqual({ bodyHash: key, answer: { of: key } });
  expect(await store.scans.tallyOf('7K3M9Q', 1)).toMatchObject({ count: 2, visitorDays: 2 });
  expect(await store.scans.tallyOf('7K3M9Q', 2)).toMatchObject({ count: 2, visitorDays: 2 });
  expect(await store.scans.batchTallyOf('7K3M9Q')).toEqual({
    batchId: '7K3M9Q',
    count: 4,
    visitorDays: 4,
    stampsScanned: 2,
  });
  const listed = await allPages(
    (page) => store.scans.list({ batchId: '7K3M9Q', serial: null, from: null, to: null }, page),
    3,
  );
  expect(listed.map(({ id }) => id).sort()).toEqual(['s1', 's2', 's3', 's4', 's5']);
  const chain = await store.audit.read(1, 50);
  expect(chain.map(({ entity, action }) => `${action} ${entity}`).sort()).toEqual([
    'change-lot lot:A',
    'make-lot lot:A',
    'make-lot lot:B',
  ]);
  expect(chain.findIndex(({ action }) => action === 'change-lot')).toBeGreaterThan(
    chain.findIndex(({ entity }) => entity === 'lot:A'),
  );
  expect(verifyChain(chain)).toMatchObject({ ok: true, lines: 3, head: await store.audit.head() });
}

/** Applies the fault to the n-th write; the server that sent it then dies. Returns whether that write was reached. */
async function dieAt(n: number, fate: Exclude<Fate, 'pass'>): Promise<boolean> {
  const url = newDatabase();
  const proxy = await openProxy(url);
  const store = await openAt(proxy.url, { pace: QUICK });
  const death = Promise.withResolvers<'died'>();
  let writes = 0;
  let died = false;
  proxy.rule = (command) => {
    if (died) return 'drop';
    if (isWrite(command)) writes += 1;
    if (writes < n) return 'pass';
    died = true;
    setImmediate(() => {
      proxy.cut();
      death.resolve('died');
    });
    return fate;
  };
  const answered = new Set<Step>();
  for (const step of STEPS) {
    const outcome = await Promise.race([step.run(store).then(() => 'answered', ifStoreError), death.promise]);
    if (outcome === 'answered') answered.add(step);
    if (died) break;
  }
  const burial = store.close();

  const next = await openAt(url, { pace: QUICK });
  for (const step of STEPS) {
    const answer = await step.run(next);
    const expected = answered.has(step) && step.again !== undefined ? step.again : ANYTHING;
    expect({ [step.name]: answer ?? 'nothing' }).toEqual({ [step.name]: expected });
  }
  await expectAllOnce(next);
  await next.close();
  await burial;
  await proxy.close();
  await dropDatabase(url);
  return died;
}

/** Dying at a read equals dying after the write before it; heartbeats leave nothing behind. */
function isWrite(command: Command): boolean {
  return ['insert', 'update', 'delete', 'findAndModify'].some((name) => name in command && command[name] !== 'leases');
}

function ifStoreError(error: unknown): 'refused' {
  if (error instanceof StoreError) return 'refused';
  throw error;
}

describe('a server that dies at any write', () => {
  test.each<Exclude<Fate, 'pass'>>(['drop', 'lose'])(
    '(%s): what was answered is there, the rest is sent again, and all is there once',
    async (fate) => {
      let n = 0;
      let reached = true;
      const work = async (): Promise<void> => {
        while (reached) {
          n += 1;
          reached &&= await dieAt(n, fate);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
      expect(n).toBeGreaterThan(WRITES_MIN);
    },
    180_000,
  );
});

describe('a write whose answer was lost', () => {
  test('is unknown, not failed: it was made, and sent again it is made once', async () => {
    const url = newDatabase();
    const proxy = await openProxy(url);
    const store = await openAt(proxy.url);
    const lost = new Set<unknown>();
    proxy.rule = (command) => {
      const target = command['insert'] ?? command['update'];
      if ((target !== 'lots' && target !== 'tallies') || lost.has(target)) return 'pass';
      lost.add(target);
      return 'lose';
    };
    const insert = (): Promise<unknown> => store.lots.insert(aLot(), aNote({}, keyOf('k1')));
    const record = (): Promise<unknown> => store.scans.record(aScan());
    await expect(insert()).rejects.toMatchObject({ kind: 'unknown-commit' });
    await expect(record()).rejects.toMatchObject({ kind: 'unknown-commit' });
    expect(await insert()).toEqual(replayOf('k1'));
    expect(await record()).toEqual(REPEAT);
    expect(await store.scans.tallyOf('7K3M9Q', 1)).toMatchObject({ count: 1 });
    await store.close();
    await proxy.close();
    await dropDatabase(url);
  });
});

describe('a database that is away', () => {
  test('refuses scans within seconds, in words; when it is back everything goes on, in the same store', async () => {
    const url = newDatabase();
    const proxy = await openProxy(url);
    const store = await openAt(proxy.url);
    await store.scans.record(aScan());
    proxy.cut();
    const started = performance.now();
    const refusals = await Promise.allSettled([
      store.scans.record(aScan({ id: 'away' })),
      store.scans.tryPin(aPinTry()),
      store.lots.get('lot-1'),
      store.lots.insert(aLot(), aNote()),
      store.scans.batchTallyOf('7K3M9Q'),
      store.ping(),
    ]);
    expect(performance.now() - started).toBeLessThan(6_000);
    const reasons = refusals.map((refusal) => (refusal.status === 'rejected' ? (refusal.reason as unknown) : null));
    const kinds = reasons.map((reason) => (reason instanceof StoreError ? reason.kind : reason));
    expect(kinds).toEqual(kinds.map(() => expect.stringMatching(/^(unavailable|unknown-commit)$/)));
    proxy.restore();
    await untilAnswered(store);
    expect(await store.scans.record(aScan({ id: 'back', visitor: 'another' }))).toMatchObject({
      counted: true,
      tally: { count: 2 },
    });
    await store.close();
    await proxy.close();
    await dropDatabase(url);
  }, 30_000);

  test('takes everything and answers nothing: a scan is refused within seconds, and nobody says it was not recorded', async () => {
    const url = newDatabase();
    const proxy = await openProxy(url);
    const store = await openAt(proxy.url);
    await store.scans.record(aScan());
    proxy.silence();
    const started = performance.now();
    await expect(store.scans.record(aScan({ id: 'silent' }))).rejects.toThrow(StoreError);
    expect(performance.now() - started).toBeLessThan(7_000);
    proxy.restore();
    await untilAnswered(store);
    expect(await store.scans.record(aScan({ id: 'again', visitor: 'another' }))).toMatchObject({ counted: true });
    await store.close();
    await proxy.close();
    await dropDatabase(url);
  }, 40_000);
});

async function untilAnswered(store: Store): Promise<void> {
  await until(async () => {
    try {
      await store.ping();
      await store.audit.add(aLine());
      return true;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      return false;
    }
  });
}
