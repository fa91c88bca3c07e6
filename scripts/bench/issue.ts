// Issuing costs one row, whatever the quantity: the time for 16,777,216 stamps compared with 100, and the bytes that a
// batch adds to the database. The naive way is a row per stamp.

import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pino } from 'pino';
import type { ActionContext } from '../../server/actions/kit/context.ts';
import { BATCH_QUANTITY_MAX } from '../../server/domain/batches/batch.ts';
import { openWorkshop } from '../../server/service.ts';
import { TEMPLATE_FOLDER } from '../admin/open-store.ts';
import { benchConfig } from './bench-config.ts';
import { issueForBench, makeBenchRegistry, type BenchRegistry } from './bench-registry.ts';
import { median, type Figure } from './figure.ts';
import { interleaved } from './rounds.ts';

const FEW = 100;
/** Stamps that the naive way inserts; its figures are scaled up from this number. */
const NAIVE_STAMPS = 100_000;
const BATCHES_FOR_BYTES = 200;

export async function measureIssue(
  folder: string,
  { rounds, batches }: { rounds: number; batches: number },
): Promise<Figure[]> {
  const config = benchConfig(folder);
  const workshop = await openWorkshop(config, {
    log: pino({ level: 'silent' }),
    now: () => new Date(),
    random: (bytes) => randomBytes(bytes),
    version: 'bench',
    templateFolder: TEMPLATE_FOLDER,
  });
  const ctx: ActionContext = { ...workshop.context, request: null };
  try {
    const registry = await makeBenchRegistry(ctx);
    const times = await interleaved(
      {
        few: () => medianIssueMs(registry, FEW, batches, ctx),
        all: () => medianIssueMs(registry, BATCH_QUANTITY_MAX, batches, ctx),
      },
      rounds,
    );
    const path = join(folder, 'temtrace.db');
    const { lotId } = await issueForBench(registry, FEW, ctx);
    const bytesOf = async (issue: () => Promise<unknown>): Promise<number> => {
      const before = databaseBytes(path);
      for (let n = 0; n < BATCHES_FOR_BYTES; n += 1) await issue();
      return (databaseBytes(path) - before) / BATCHES_FOR_BYTES;
    };
    const bytesABatch = await bytesOf(() =>
      issueForBench(registry, BATCH_QUANTITY_MAX, ctx, lotId === null ? {} : { lotId }),
    );
    const bytesWithLot = await bytesOf(() => issueForBench(registry, BATCH_QUANTITY_MAX, ctx));
    const naive = insertRows(join(folder, 'rows.db'));
    return [
      {
        part: 'issue',
        what: `a batch of ${BATCH_QUANTITY_MAX.toLocaleString('en-US')} stamps, with its lot and audit lines, durable`,
        unit: 'ms',
        ours: times.all,
        beside: [
          {
            kind: 'naive',
            what: `a row per stamp, in one transaction (scaled up from ${NAIVE_STAMPS.toLocaleString('en-US')})`,
            value: (naive.ms / NAIVE_STAMPS) * BATCH_QUANTITY_MAX,
          },
          { kind: 'floor', what: `a batch of ${FEW} stamps`, value: times.few },
        ],
        targets: [{ what: 'against 100 stamps', bound: 2, rule: 'at most', measured: times.all / times.few }],
        notes: [],
      },
      {
        part: 'issue',
        what: 'what such a batch adds to the database, with its audit line and indexes',
        unit: 'bytes',
        ours: bytesABatch,
        beside: [
          {
            kind: 'naive',
            what: 'a row per stamp (scaled up)',
            value: (naive.bytes / NAIVE_STAMPS) * BATCH_QUANTITY_MAX,
          },
        ],
        targets: [{ what: 'bytes', bound: 4_096, rule: 'at most', measured: bytesABatch }],
        notes: [
          `Mean of ${BATCHES_FOR_BYTES} batches, from the pages in use.`,
          `With a lot made for the batch, and that lot's audit line: ${Math.round(bytesWithLot)} bytes.`,
        ],
      },
    ];
  } finally {
    await workshop.close();
  }
}

async function medianIssueMs(
  registry: BenchRegistry,
  quantity: number,
  batches: number,
  ctx: ActionContext,
): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < batches; n += 1) {
    const began = performance.now();
    await issueForBench(registry, quantity, ctx);
    times.push(performance.now() - began);
  }
  return median(times);
}

/** Bytes of all pages in use, including those still in the log. */
function databaseBytes(path: string): number {
  const db = new DatabaseSync(path, { readOnly: true });
  const { used } = db
    .prepare(
      `select (page_count - freelist_count) * page_size as used
         from pragma_page_count, pragma_freelist_count, pragma_page_size`,
    )
    .get() as { used: number };
  db.close();
  return used;
}

function insertRows(path: string): { ms: number; bytes: number } {
  const db = new DatabaseSync(path);
  db.exec(`
    pragma journal_mode = wal;
    pragma synchronous = full;
    create table stamps (code text primary key, batch text, serial integer) without rowid;
  `);
  const insert = db.prepare('insert into stamps values (?, ?, ?)');
  const began = performance.now();
  db.exec('begin immediate');
  for (let serial = 1; serial <= NAIVE_STAMPS; serial += 1)
    insert.run(randomBytes(9).toString('hex'), '7K3M9Q', serial);
  db.exec('commit');
  const ms = performance.now() - began;
  db.exec('pragma wal_checkpoint(truncate)');
  db.close();
  return { ms, bytes: statSync(path).size };
}
