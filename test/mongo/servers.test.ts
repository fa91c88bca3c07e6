// Several servers on one database: no count is lost, the chain never forks, a lease passes on, and a server that slept
// past its lease writes nothing.

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { CHAIN_START, verifyChain } from '../../server/domain/audit/audit-chain.ts';
import type { AuditEntry } from '../../server/domain/audit/audit.ts';
import { AuditAppender } from '../../server/store/mongo/audit-appender.ts';
import { ChainWatch } from '../../server/store/mongo/chain-watch.ts';
import { connect, type Link } from '../../server/store/mongo/connection.ts';
import { sealsOf } from '../../server/store/seals.ts';
import { Lease } from '../../server/store/mongo/lease.ts';
import { Outbox } from '../../server/store/mongo/outbox.ts';
import { RequestKeys } from '../../server/store/mongo/request-keys.ts';
import { modelsOf, type AuditDoc } from '../../server/store/mongo/schemas.ts';
import type { Store } from '../../server/store/store.ts';
import { aLine, aNote } from '../fixtures/records/audit.ts';
import { aLot } from '../fixtures/records/batches.ts';
import { MADE_AT } from '../fixtures/records/cast.ts';
import { until } from '../fixtures/until.ts';
import { dropDatabase, holdLease, newDatabase, openAt, ROW_KEY, WAITING_PACE } from './databases.ts';

const SERVER = fileURLToPath(new URL('./server-process.ts', import.meta.url));

async function runServer(
  url: string,
  name: string,
  work: { scans: number; stamps: number; lots: number },
): Promise<{ answered: number }> {
  const args = [
    '--disable-warning=ExperimentalWarning',
    SERVER,
    url,
    name,
    `${work.scans}`,
    `${work.stamps}`,
    `${work.lots}`,
  ];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as { answered: number };
}

async function wholeChain(store: Store): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for (;;) {
    const piece = await store.audit.read(entries.length + 1, 200);
    entries.push(...piece);
    if (piece.length < 200) return entries;
  }
}

describe('three servers, each a process', () => {
  const SCANS = 20_000;
  // 200 visitors per stamp, because visitors beyond VISITS_MAX of a day are not counted (store/visits.ts).
  const STAMPS = 100;
  const LOTS = 100;

  test(`count ${SCANS} scans of ${STAMPS} hot stamps and chain ${3 * LOTS} lines, without a loss`, async () => {
    const url = newDatabase();
    const store = await openAt(url);
    const shares = [0, 1, 2].map((i) => Math.floor((SCANS + i) / 3));
    const answers = await Promise.all(
      shares.map((scans, i) => runServer(url, `server-${i}`, { scans, stamps: STAMPS, lots: LOTS })),
    );
    expect(answers.map(({ answered }) => answered)).toEqual(shares);

    expect(await store.scans.batchTallyOf('HOT001')).toEqual({
      batchId: 'HOT001',
      count: SCANS,
      visitorDays: SCANS,
      stampsScanned: STAMPS,
    });
    let counted = 0;
    for (let serial = 1; serial <= STAMPS; serial += 1)
      counted += (await store.scans.tallyOf('HOT001', serial))?.count ?? 0;
    expect(counted).toBe(SCANS);
    const days = await store.scans.count({ batchId: 'HOT001', from: null, to: null }, 'day', 'Asia/Ho_Chi_Minh');
    expect(days).toEqual([{ key: '2026-11-24', scans: SCANS }]);

    const chain = await wholeChain(store);
    expect(verifyChain(chain)).toMatchObject({ ok: true, lines: 3 * LOTS });
    expect(new Set(chain.map(({ entity }) => entity)).size).toBe(3 * LOTS);
    await store.close();
    await dropDatabase(url);
  }, 120_000);
});

describe('appenders that hold no lease, beside one that does', () => {
  test('never fork the chain and take no line twice', async () => {
    const url = newDatabase();
    const writer = await openAt(url);
    const links = await Promise.all([1, 2, 3].map(() => connect(url)));
    const appenders = links.map(appenderOn);
    let taken = 0;
    let lines = 0;
    for (let turn = 0; turn < 8; turn += 1) {
      const writes = Array.from({ length: 20 }, (_, i) => writer.audit.add(aLine({ entity: `user:${turn}-${i}` })));
      const rounds = await Promise.all([...appenders.map((appender) => appender.round(1)), ...writes]);
      taken += rounds.filter((round) => round === 'more').length;
      lines += writes.length;
    }
    for (let turn = 0; turn < 50 && (await appenders[0]?.isWaiting()) === true; turn += 1) await appenders[0]?.round(1);
    const chain = await wholeChain(writer);
    expect(taken).toBeGreaterThan(0); // they did collide
    expect(chain).toHaveLength(lines);
    expect(new Set(chain.map(({ entity }) => entity)).size).toBe(lines);
    expect(verifyChain(chain)).toMatchObject({ ok: true, lines });
    for (const link of links) await link.close();
    await writer.close();
    await dropDatabase(url);
  }, 30_000);
});

function appenderOn(link: Link): AuditAppender {
  const { connection, db } = link;
  const models = modelsOf(connection);
  const seals = sealsOf(ROW_KEY);
  const log = (): void => undefined;
  const outbox = new Outbox(ROW_KEY, () => new Date(MADE_AT));
  const audit = db.collection<AuditDoc>('audit');
  const watch = new ChainWatch({ link, audit, seals, log, beside: null });
  const requestKeys = new RequestKeys(models, seals.requestKey);
  return new AuditAppender({ models, audit, outbox, requestKeys, seals, watch, log });
}

describe('a lease', () => {
  const SILENCE_MS = 200;
  let url: string;
  let link: Link;
  let leases: ReturnType<typeof modelsOf>['leases'];
  beforeAll(async () => {
    url = newDatabase();
    link = await connect(url);
    ({ leases } = modelsOf(link.connection));
  });
  afterAll(async () => {
    await link.close();
    await dropDatabase(url);
  });
  const leaseOf = (name: string, holder: string): Lease => new Lease(leases, name, holder, SILENCE_MS);

  test('is held by one, whoever asks at the same moment', async () => {
    const fences = await Promise.all(Array.from({ length: 10 }, (_, i) => leaseOf('asked', `server-${i}`).hold()));
    expect(fences.filter((fence) => fence !== null)).toEqual([1]);
  });

  test('stays with a holder that shows signs of life, and keeps its number', async () => {
    const holder = leaseOf('kept', 'a');
    const other = leaseOf('kept', 'b');
    const longPastMs = performance.now() + 3 * SILENCE_MS;
    await until(async () => {
      expect(await holder.hold()).toBe(1);
      expect(await other.hold()).toBeNull();
      return performance.now() > longPastMs;
    });
  });

  test('passes on from one that is silent, with a higher number; when it wakes it has none', async () => {
    const sleeper = leaseOf('slept', 'a');
    const next = leaseOf('slept', 'b');
    expect(await sleeper.hold()).toBe(1);
    expect(await next.hold()).toBeNull();
    await until(async () => (await next.hold()) === 2);
    expect(await sleeper.hold()).toBeNull();
    await sleeper.release();
    expect(await next.hold()).toBe(2);
  });

  test('that was let go of passes on at once', async () => {
    const first = leaseOf('released', 'a');
    expect(await first.hold()).toBe(1);
    await first.release();
    expect(await leaseOf('released', 'b').hold()).toBe(2);
  });
});

describe('a holder that slept past its lease', () => {
  test('writes nothing: neither a line nor the head', async () => {
    const url = newDatabase();
    await (await openAt(url)).close();
    await holdLease(url);
    const writer = await openAt(url, { pace: WAITING_PACE });
    const link = await connect(url);
    const sleeper = appenderOn(link);
    const audit = link.db.collection<AuditDoc>('audit');
    await writer.lots.insert(aLot(), aNote({ entity: 'lot:lot-1' }));
    expect(await sleeper.round(1)).toBe('done');
    await writer.audit.add(aLine({ entity: 'user:u1' }));
    expect(await sleeper.round(2)).toBe('done');

    await writer.audit.add(aLine({ entity: 'user:u2' }));
    expect(await sleeper.round(1)).toBe('more');
    expect(await audit.countDocuments()).toBe(2);
    expect(await sleeper.head()).toMatchObject({ seq: 2 });
    expect(await sleeper.round(2)).toBe('done');
    expect(verifyChain(await wholeChain(writer))).toMatchObject({ ok: true, lines: 3 });
    await link.close();
    await writer.close();
    await dropDatabase(url);
  });

  test('is followed by another server, which goes on where the chain ends', async () => {
    const url = newDatabase();
    const pace = { beatMs: 20, silenceMs: 200, catchUpMs: 5_000 };
    const first = await openAt(url, { pace });
    await first.lots.insert(aLot({ id: 'a', number: 'a' }), aNote({ entity: 'lot:a' }));
    expect(await first.audit.head()).toMatchObject({ seq: 1 });
    const second = await openAt(url, { pace });
    await first.close();
    await second.lots.insert(aLot({ id: 'b', number: 'b' }), aNote({ entity: 'lot:b' }));
    expect(verifyChain(await wholeChain(second), CHAIN_START)).toMatchObject({ ok: true, lines: 2 });
    await second.close();
    await dropDatabase(url);
  });
});
