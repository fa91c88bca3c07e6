// A server to be measured, in a separate process: ours as it is deployed, or one that it is compared with.
//
//     node server-role.ts ROLE FOLDER STAMPS [pin|growth:FACTOR]
//
// Sends `ready` once it listens, then answers questions about its CPU and memory. Stops on `stop`, or when its parent
// ends.

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { openSync, readFileSync, writeSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { DatabaseSync } from 'node:sqlite';
import express from 'express';
import { pino } from 'pino';
import { startService, type Service } from '../../server/service.ts';
import { TEMPLATE_FOLDER } from '../admin/open-store.ts';
import { ANSWERS_FILE, benchConfig, type KeptAnswers } from './bench-config.ts';
import { issueForBench, makeBenchRegistry, writeCodes } from './bench-registry.ts';
import { growRegistry } from './growth-registry.ts';
import { makeHostileActors, type HostileActors } from './hostile-registry.ts';
import { cpuSeconds } from './rounds.ts';

export type Role = 'temtrace' | 'express-commit' | 'http-hello' | 'same-bytes';
export type Question = { kind: 'use' } | { kind: 'peak' } | { kind: 'stall' } | { kind: 'stop' };
export type Answer =
  | { kind: 'ready'; port: number; codesFile: string; sheetPath: string; apiKey: string; hostile: HostileActors | null }
  | { kind: 'use'; cpuSeconds: number; rssBytes: number }
  | { kind: 'peak'; rssBytes: number }
  | { kind: 'stall'; ms: number };

/** Short enough to see a buffer grow, long enough to cost nothing. */
const RSS_SAMPLE_MS = 20;
const STALL_SAMPLE_MS = 5;

const [role, folder = '', stamps = '0', more = ''] = process.argv.slice(2);
const loop = monitorEventLoopDelay({ resolution: STALL_SAMPLE_MS });
const { ready, close } = await start(role as Role);

let peakRssBytes = 0;
const sample = (): number => (peakRssBytes = Math.max(peakRssBytes, process.memoryUsage.rss()));
setInterval(sample, RSS_SAMPLE_MS).unref();

process.on('message', (question: Question) => {
  switch (question.kind) {
    case 'use':
      say({ kind: 'use', cpuSeconds: cpuSeconds(), rssBytes: process.memoryUsage.rss() });
      return;
    case 'peak':
      say({ kind: 'peak', rssBytes: sample() });
      peakRssBytes = 0;
      return;
    case 'stall':
      say({ kind: 'stall', ms: Math.max(0, loop.max / 1e6 - STALL_SAMPLE_MS) });
      loop.reset();
      return;
    case 'stop':
      void close().then(() => process.exit(0));
      return;
    default:
      question satisfies never;
  }
});
// The parent has ended, so no `stop` will come.
process.on('disconnect', () => process.exit(1));
say(ready);

function say(answer: Answer): void {
  process.send?.(answer);
}

async function start(as: Role): Promise<{ ready: Extract<Answer, { kind: 'ready' }>; close: () => Promise<void> }> {
  switch (as) {
    case 'temtrace':
      return startTemtrace();
    case 'express-commit':
      return startBare(expressCommit(join(folder, 'express.db')));
    case 'same-bytes':
      return startBare(sameBytes(join(folder, ANSWERS_FILE)));
    case 'http-hello':
      return startBare((_request, response) => {
        response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': '11' });
        response.end('hello world');
      });
    default:
      throw new RangeError(`no server is called ${String(as satisfies never)}`);
  }
}

/** Our headers and body without any work behind them, answered in a later turn of the loop, as ours are. */
function sameBytes(path: string): RequestListener {
  let kept: Map<string, { headers: string[]; body: Buffer }> | null = null;
  return (request, response) => {
    kept ??= new Map(
      Object.entries(JSON.parse(readFileSync(path, 'utf8')) as KeptAnswers).map(([accept, { headers, body }]) => [
        accept,
        { headers, body: Buffer.from(body, 'base64') },
      ]),
    );
    const answer = kept.get(request.headers.accept ?? '');
    setImmediate(() => {
      response.writeHead(200, answer?.headers);
      response.end(answer?.body);
    });
  };
}

/** The naive way: a route that reads a product, records the scan in one transaction, and answers. */
function expressCommit(path: string): RequestListener {
  const db = new DatabaseSync(path);
  db.exec(`
    pragma journal_mode = wal;
    pragma synchronous = full;
    create table products (id text primary key, name text, producer text);
    create table scans (id integer primary key, code text, at text);
    insert into products values ('S01', 'Cam lòng vàng Mường Thàng', 'HTX Cam Mường Thàng');
  `);
  const read = db.prepare('select name, producer from products where id = ?');
  const write = db.prepare('insert into scans (code, at) values (?, ?)');
  return express().get('/t/:code', (request, response) => {
    const product = read.get('S01');
    write.run(request.params.code, new Date().toISOString());
    response.json({ verdict: 'valid', code: request.params.code, product });
  });
}

async function startBare(
  listener: RequestListener,
): Promise<{ ready: Extract<Answer, { kind: 'ready' }>; close: () => Promise<void> }> {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  return {
    ready: { kind: 'ready', port, codesFile: '', sheetPath: '', apiKey: '', hostile: null },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** The service as deployed: durable store, production's log level (to /dev/null), one batch of STAMPS stamps. */
async function startTemtrace(): Promise<{ ready: Extract<Answer, { kind: 'ready' }>; close: () => Promise<void> }> {
  const service: Service = await startService(benchConfig(folder), {
    log: pino({ level: 'info', base: null }, pino.destination('/dev/null')),
    now: () => new Date(),
    random: (bytes) => randomBytes(bytes),
    version: 'bench',
    templateFolder: TEMPLATE_FOLDER,
  });
  const context = { ...service.context, request: null };
  const registry = await makeBenchRegistry(context);
  const batch = await issueForBench(registry, Number(stamps), context, { pin: more === 'pin' });
  const codesFile = join(folder, 'codes');
  const file = openSync(codesFile, 'w', 0o600);
  await writeCodes(context, batch, (bytes) => void writeSync(file, bytes));
  const hostile = await makeHostileActors(batch.id, context);
  if (more.startsWith('growth:')) await growRegistry(batch.id, Number(more.slice('growth:'.length)), context);
  loop.enable();
  return {
    ready: {
      kind: 'ready',
      port: Number(new URL(service.address).port),
      codesFile,
      sheetPath: `/api/v1/batches/${batch.id}/sheet.pdf`,
      apiKey: registry.apiKey,
      hostile,
    },
    close: () => service.close(),
  };
}
