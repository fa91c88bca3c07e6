// Calculates what cannot be run here from what was measured: the size of the store of a province, of the nation and of
// a hundred nations, how many servers and shards it needs, and how evenly the shards are loaded. Sizes and rates are
// those of docs/scale.md; `npm run scale` measures them again. A test compares the result with a store that it fills.
//
//     npm run scale-simulator

import { createHash } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import type { Weights } from './scale/weights.ts';

export interface Load {
  name: string;
  products: number;
  stampsAYear: number;
  /** Scans per second: mean of the year, and at the peak. */
  scansOnAverage: number;
  scansAtPeak: number;
}

export interface Measured {
  weights: Weights;
  /** Scans that one server answers in one CPU-second. */
  scansPerCpuSecond: number;
}

export interface Outcome {
  scansAYear: number;
  stampsScanned: number;
  batches: number;
  scanBytes: number;
  tallyBytes: number;
  batchBytes: number;
  /** The indexes of tallies and scans, which should fit in memory. */
  memoryBytes: number;
  cores: number;
  shards: number;
}

const SECONDS_A_YEAR = 31_557_600;
/** SCAN_RETENTION_DAYS' default. */
const RETENTION_YEARS = 2;
/** Tallies are never deleted; the result is the state after this many years. */
const YEARS = 10;
/** Stamps of a cooperative's lot, which gets one batch. */
const STAMPS_A_BATCH = 5_000;
/** Mean over the stamps that are scanned at all; most are scanned once. */
const SCANS_A_STAMP = 1.5;
/** How full a core may be at the peak. */
const BUSY = 0.5;
/** One index key of a tally or scan with WiredTiger's prefix compression: the measured bytes, halved. */
const INDEX_KEY_BYTES = 60;
/** The memory of one shard's server for indexes, and its disk for documents. */
const SHARD_MEMORY_BYTES = 64 * 2 ** 30;
const SHARD_DISK_BYTES = 2 * 2 ** 40;

export const LOADS: readonly Load[] = [
  { name: 'province', products: 500, stampsAYear: 6_000_000, scansOnAverage: 0.03, scansAtPeak: 10 },
  { name: 'nation', products: 17_000, stampsAYear: 200_000_000, scansOnAverage: 1, scansAtPeak: 100 },
  {
    name: 'a hundred nations',
    products: 1_700_000,
    stampsAYear: 20_000_000_000,
    scansOnAverage: 100,
    scansAtPeak: 10_000,
  },
];

export function reckon(load: Load, { weights, scansPerCpuSecond }: Measured): Outcome {
  const scansAYear = load.scansOnAverage * SECONDS_A_YEAR;
  const stampsScannedAYear = Math.min(load.stampsAYear, scansAYear / SCANS_A_STAMP);
  const kept = scanBytesOf(scansAYear * RETENTION_YEARS, stampsScannedAYear * RETENTION_YEARS, weights);
  const tallies = stampsScannedAYear * YEARS;
  const tallyBytes = tallies * weights.tally;
  const batches = Math.ceil((load.stampsAYear * YEARS) / STAMPS_A_BATCH);
  // _id and stamp of a tally; _id, batch and stamp of a scan.
  const memoryBytes = (tallies * 2 + scansAYear * RETENTION_YEARS * 3) * INDEX_KEY_BYTES;
  const cores = Math.ceil(load.scansAtPeak / scansPerCpuSecond / BUSY);
  const shards = Math.max(
    1,
    Math.ceil(memoryBytes / SHARD_MEMORY_BYTES),
    Math.ceil((kept + tallyBytes) / SHARD_DISK_BYTES),
  );
  return {
    scansAYear,
    stampsScanned: tallies,
    batches,
    scanBytes: kept,
    tallyBytes,
    batchBytes: batches * weights.batch,
    memoryBytes,
    cores,
    shards,
  };
}

/** Bytes of the scans, without the tallies of their stamps. */
export function scanBytesOf(scans: number, stamps: number, weights: Weights): number {
  return stamps * weights.firstScan + (scans - stamps) * weights.laterScan;
}

export type ShardKey = 'stamp hashed' | 'batch hashed' | 'batch in ranges';

/**
 * The load of the fullest shard relative to its fair share; 1 is even.
 * @param hotShare share (0 to 1) of the day's scans that belong to one hot batch; the rest are spread over 2,000 others
 */
export function unevenness(key: ShardKey, shards: number, hotShare: number, scans = 100_000): number {
  const loads = new Float64Array(shards);
  for (let i = 0; i < scans; i += 1) {
    const batch = i < scans * hotShare ? 0 : 1 + (i % 2_000);
    const serial = (i * 7_919) % 5_000;
    loads[shardOf(key, batch, serial, shards)] = (loads[shardOf(key, batch, serial, shards)] ?? 0) + 1;
  }
  return Math.max(...loads) / (scans / shards);
}

function shardOf(key: ShardKey, batch: number, serial: number, shards: number): number {
  switch (key) {
    case 'stamp hashed':
      return hashOf(`${batch}:${serial}`) % shards;
    case 'batch hashed':
      return hashOf(`${batch}`) % shards;
    case 'batch in ranges':
      return Math.min(shards - 1, Math.floor((batch / 2_001) * shards));
    default:
      return key satisfies never;
  }
}

/** MongoDB also hashes with MD5; which bytes of it are used does not matter here. */
function hashOf(text: string): number {
  return createHash('md5').update(text).digest().readUInt32LE(0);
}

/** Measured on the machine that docs/scale.md names. */
export const MEASURED: Readonly<Record<'sqlite' | 'mongodb', Measured>> = {
  sqlite: { weights: { firstScan: 130, laterScan: 158, tally: 50, batch: 3_410 }, scansPerCpuSecond: 8_100 },
  mongodb: { weights: { firstScan: 386, laterScan: 386, tally: 530, batch: 2_622 }, scansPerCpuSecond: 770 },
};

function report(): string {
  const lines: string[] = [];
  for (const store of ['sqlite', 'mongodb'] as const) {
    lines.push(
      '',
      `${store}: after ten years, scans kept for two`,
      '',
      '| load | scans a year | stamps ever scanned | batches | scans | tallies | batches’ bytes ' +
        '| indexes in memory | cores at the peak | shards |',
      '|---|---|---|---|---|---|---|---|---|---|',
    );
    for (const load of LOADS) {
      const o = reckon(load, MEASURED[store]);
      const cells = [
        load.name,
        shown(o.scansAYear),
        shown(o.stampsScanned),
        shown(o.batches),
        gib(o.scanBytes),
        gib(o.tallyBytes),
        gib(o.batchBytes),
        store === 'sqlite' ? '-' : gib(o.memoryBytes),
        String(o.cores),
        store === 'sqlite' ? '-' : String(o.shards),
      ];
      lines.push(`| ${cells.join(' | ')} |`);
    }
  }
  lines.push(
    '',
    '| shard key | 4 shards, quiet day | 4 shards, half of all scans of one batch | 16 shards, the same |',
    '|---|---|---|---|',
  );
  for (const key of ['stamp hashed', 'batch hashed', 'batch in ranges'] as const) {
    const cells = [unevenness(key, 4, 0.001), unevenness(key, 4, 0.5), unevenness(key, 16, 0.5)];
    lines.push(`| ${[key, ...cells.map((cell) => cell.toFixed(2))].join(' | ')} |`);
  }
  return `${lines.join('\n').trim()}\n`;
}

function shown(count: number): string {
  if (count >= 1e9) return `${(count / 1e9).toFixed(1)} G`;
  return count >= 1e6 ? `${(count / 1e6).toFixed(1)} M` : `${Math.round(count / 1e3)} k`;
}

function gib(bytes: number): string {
  const size = bytes / 2 ** 30;
  return size >= 1_024 ? `${(size / 1_024).toFixed(1)} TiB` : `${size >= 10 ? size.toFixed(0) : size.toFixed(2)} GiB`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.stdout.write(report());
