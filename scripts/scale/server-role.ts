// One of several servers on one store, each in a separate process, to be measured. It serves scans, or records them
// itself.
//
//     node server-role.ts DATABASE_URL KEY_FILE FOLDER
//
// Sends `ready` once it listens. Reports its CPU time and records scans of hot stamps on request. Stops on request or
// when its parent ends.

import { randomBytes } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { readConfig } from '../../server/config.ts';
import { startService, type Service } from '../../server/service.ts';
import { TEMPLATE_FOLDER } from '../admin/open-store.ts';
import { issueForBench, makeBenchRegistry, writeCodes } from '../bench/bench-registry.ts';
import { cpuSeconds } from '../bench/rounds.ts';

export type ScaleQuestion =
  | { kind: 'use' }
  | { kind: 'codes'; stamps: number }
  | { kind: 'record'; name: string; batchId: string; scans: number; stamps: number }
  | { kind: 'stop' };
export type ScaleAnswer =
  | { kind: 'ready'; port: number }
  | { kind: 'use'; cpuSeconds: number }
  | { kind: 'codes'; file: string; batchId: string }
  | { kind: 'record'; counted: number };

/** Scans under way at once, as on a busy server. */
const AT_ONCE = 200;
/** Batches that are scanned at the same time. */
const BATCHES = 30;
const CODE_BYTES = 18;

const [databaseUrl = '', keyFile = '', folder = ''] = process.argv.slice(2);
const config = readConfig(
  {
    DATABASE_URL: databaseUrl,
    MASTER_KEY_FILE: keyFile,
    DATA_DIR: folder,
    PORT: '0',
    PUBLIC_ORIGIN: 'https://temtrace.example',
  },
  () => '',
);
const log = pino({ level: 'warn', base: null }, pino.destination(2));
const service = await startService(config, {
  log,
  now: () => new Date(),
  random: (bytes) => randomBytes(bytes),
  version: 'scale',
  templateFolder: TEMPLATE_FOLDER,
});

process.on('message', (question: ScaleQuestion) => void answer(question));
process.on('disconnect', () => process.exit(1));
say({ kind: 'ready', port: Number(new URL(service.address).port) });

async function answer(question: ScaleQuestion): Promise<void> {
  switch (question.kind) {
    case 'use':
      return say({ kind: 'use', cpuSeconds: cpuSeconds() });
    case 'codes':
      return say(await codesFile(service, question.stamps));
    case 'record':
      return say({ kind: 'record', counted: await record(service, question) });
    case 'stop':
      await service.close();
      process.exit(0);
      break;
    default:
      question satisfies never;
  }
}

function say(message: ScaleAnswer): void {
  process.send?.(message);
}

async function codesFile({ context }: Service, stamps: number): Promise<ScaleAnswer> {
  const ctx = { ...context, request: null };
  const registry = await makeBenchRegistry(ctx);
  const piles: Buffer[] = [];
  let batchId = '';
  for (let n = 0; n < BATCHES; n += 1) {
    const batch = await issueForBench(registry, Math.ceil(stamps / BATCHES), ctx);
    batchId = batch.id;
    await writeCodes(ctx, batch, (codes) => void piles.push(Buffer.from(codes)));
  }
  const path = join(folder, 'codes');
  const file = openSync(path, 'w', 0o600);
  // One stamp of each batch in turn, as scans of a whole country come.
  for (let i = 0; i < stamps; i += 1) {
    const at = Math.floor(i / BATCHES) * CODE_BYTES;
    writeSync(file, piles[i % BATCHES] ?? Buffer.alloc(0), at, CODE_BYTES);
  }
  closeSync(file);
  return { kind: 'codes', file: path, batchId };
}

/** Returns how many were counted: every scan is by another visitor, so all must be. */
async function record(
  { store }: Service,
  { name, batchId, scans, stamps }: Extract<ScaleQuestion, { kind: 'record' }>,
): Promise<number> {
  let next = 0;
  let counted = 0;
  const at = new Date().toISOString();
  const visitors = Array.from({ length: AT_ONCE }, async () => {
    for (let i = next++; i < scans; i = next++) {
      const recorded = await store.scans.record({
        id: `${name}-${i}`,
        batchId,
        serial: 1 + (i % stamps),
        at,
        day: at.slice(0, 10),
        visitor: `${name}-${i}`,
        province: 'Phú Thọ',
        verdict: 'valid',
        unlessSuspect: null,
        signedIn: false,
      });
      if (recorded.counted) counted += 1;
    }
  });
  await Promise.all(visitors);
  return counted;
}
