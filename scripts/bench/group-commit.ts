// Scans that share a commit, 64 under way at once, compared with one commit per scan and with the bare disk.
// Measured by the clock, not by CPU, because the disk is the bottleneck.

import { randomBytes } from 'node:crypto';
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqliteStore } from '../../server/store/sqlite/open.ts';
import type { Store } from '../../server/store/store.ts';
import type { Figure } from './figure.ts';
import { interleaved } from './rounds.ts';

const AT_ONCE = 64;
const BATCH = '7K3M9Q';
const WAL_FRAME_BYTES = 4_120;

export async function measureGroupCommit(
  folder: string,
  { rounds, scans }: { rounds: number; scans: number },
): Promise<Figure[]> {
  const store = await openSqliteStore({
    path: join(folder, 'group.db'),
    rowKey: randomBytes(32),
    now: () => new Date(),
    timeZone: 'Asia/Ho_Chi_Minh',
  });
  const naive = openNaive(join(folder, 'naive.db'));
  let serial = 0;
  const nextSerial = (): number => (serial += 1);
  const few = Math.ceil(scans / 10);
  try {
    const rates = await interleaved(
      {
        grouped: () => perSecond(scans, () => recordTogether(store, scans, nextSerial)),
        oneByOne: () => perSecond(few, () => recordOneByOne(naive, few, nextSerial)),
        disk: () => perSecond(few, async () => syncTimes(join(folder, 'disk'), few)),
      },
      rounds,
    );
    return [
      {
        part: 'group commit',
        what: `scans recorded durably, ${AT_ONCE} under way at once`,
        unit: 'scans per second',
        ours: rates.grouped,
        beside: [
          {
            kind: 'naive',
            what: 'one transaction per scan (scan row and tally), WAL, synchronous FULL',
            value: rates.oneByOne,
          },
          {
            kind: 'floor',
            what: 'fdatasync of one written frame, in sequence: commits, not scans',
            value: rates.disk,
          },
        ],
        targets: [
          { what: 'against one commit per scan', bound: 5, rule: 'at least', measured: rates.grouped / rates.oneByOne },
        ],
        notes: [
          'The naive way runs in the caller’s thread and blocks its event loop for each commit; ours never blocks it.',
        ],
      },
    ];
  } finally {
    naive.close();
    await store.close();
  }
}

async function perSecond(count: number, work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return (count * 1_000) / (performance.now() - began);
}

async function recordTogether(store: Store, scans: number, nextSerial: () => number): Promise<void> {
  let left = scans;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const at = new Date().toISOString();
      const id = randomBytes(12).toString('base64url');
      await store.scans.record({
        id,
        batchId: BATCH,
        serial: nextSerial(),
        at,
        day: at.slice(0, 10),
        visitor: id,
        province: 'Hà Nội',
        verdict: 'valid',
        unlessSuspect: null,
        signedIn: false,
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

function openNaive(path: string): DatabaseSync {
  const db = new DatabaseSync(path);
  db.exec(`
    pragma journal_mode = wal;
    pragma synchronous = full;
    create table scans (
      id text primary key, batch text, serial integer, at text, visitor text, province text, verdict text
    );
    create table tallies (
      batch text, serial integer, count integer, last_at text, primary key (batch, serial)
    ) without rowid;
  `);
  return db;
}

async function recordOneByOne(db: DatabaseSync, scans: number, nextSerial: () => number): Promise<void> {
  const insert = db.prepare('insert into scans values (?, ?, ?, ?, ?, ?, ?)');
  const upsert = db.prepare(
    'insert into tallies values (?, ?, 1, ?) on conflict do update set count = count + 1, last_at = excluded.last_at',
  );
  for (let n = 0; n < scans; n += 1) {
    const at = new Date().toISOString();
    const id = randomBytes(12).toString('base64url');
    const serial = nextSerial();
    db.exec('begin immediate');
    insert.run(id, BATCH, serial, at, id, 'Hà Nội', 'valid');
    upsert.run(BATCH, serial, at);
    db.exec('commit');
  }
}

/** Overwrites a file that already has its full size, as SQLite does with its log: a growing file would cost more. */
function syncTimes(path: string, times: number): void {
  const file = openSync(path, 'w');
  const frames = 1_024;
  writeSync(file, Buffer.alloc(frames * WAL_FRAME_BYTES, 1));
  fdatasyncSync(file);
  const frame = Buffer.alloc(WAL_FRAME_BYTES, 2);
  for (let n = 0; n < times; n += 1) {
    writeSync(file, frame, 0, frame.length, (n % frames) * WAL_FRAME_BYTES);
    fdatasyncSync(file);
  }
  closeSync(file);
}
