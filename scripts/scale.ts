// What several servers on one store cost compared with one, how large a scan, a tally and a batch are, and whether
// three servers lose a count.
//
//     npm run scale                      both stores; MongoDB at MONGO_URL (test/mongo-server/run.sh npm run scale)
//     npm run scale -- --hot 200000      only: this many scans of 1,000 hot stamps from three processes;
//                                        exit 1 if one is lost
//     npm run scale -- --json            the figures as one JSON object
//
// The figures are those of the server that ran: docs/scale.md says which.

import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createConnection } from 'mongoose';
import { deriveKeys, openMasterKey } from '../server/master-key.ts';
import { openMongoStore } from '../server/store/mongo/open.ts';
import { eraseStore } from '../server/store/open-store.ts';
import type { Batch } from '../server/domain/batches/batch.ts';
import type { Store } from '../server/store/store.ts';
import { load } from './bench/processes.ts';
import { median } from './bench/figure.ts';
import { documentBytes, fileBytes, type Weights } from './scale/weights.ts';
import type { ScaleAnswer, ScaleQuestion } from './scale/server-role.ts';

const ROUNDS = 5;
/** Warm-up rounds: code is compiled and batches are read. */
const WARM_ROUNDS = 2;
/** Per server and round. */
const REQUESTS = 1_500;
/** Per server, so that neither the database nor the cores of a small machine limit the result. */
const PER_SECOND = 120;
const CONNECTIONS = 24;
const SERVERS = 3;
/** 200 visitors each of 200,000: beyond VISITS_MAX of a day they would not be counted (store/visits.ts). */
const HOT_STAMPS = 1_000;
/** Smallest allowed ratio of requests per server CPU-second: three servers to one. */
const RATIO_MIN = 0.85;

interface ScaleServer {
  port: number;
  ask: <K extends 'use' | 'codes' | 'record'>(
    question: Extract<ScaleQuestion, { kind: K }>,
  ) => Promise<Extract<ScaleAnswer, { kind: K }>>;
  stop: () => Promise<void>;
}

interface MongoRates {
  one: number;
  three: number;
  ratio: number;
}

export interface ScaleFigures {
  /** `calm`: PER_SECOND scans a second per server; `busy`: as many as CONNECTIONS can send. */
  scansPerCpuSecond: { sqlite: number; busy: MongoRates; calm: MongoRates };
  weights: { sqlite: Weights; mongodb: Weights };
}

const { values } = parseArgs({ options: { hot: { type: 'string' }, json: { type: 'boolean' } } });
const mongoUrl = process.env['MONGO_URL'];
if (mongoUrl === undefined || mongoUrl === '')
  throw new Error('MONGO_URL names no server: test/mongo-server/run.sh npm run scale');
const folder = mkdtempSync(join(tmpdir(), 'temtrace-scale-'));
const keyFile = join(folder, 'master.key');
writeFileSync(keyFile, randomBytes(32).toString('hex'), { mode: 0o600 });
const [, server = '', settings = ''] = /^(mongodb(?:\+srv)?:\/\/[^/?]+)[^?]*(\?.*)?$/.exec(mongoUrl) ?? [];
const database = `${server}/temtrace_scale_${process.pid}${settings}`;
try {
  process.exitCode = values.hot === undefined ? await measure() : await countHot(Number(values.hot));
} finally {
  await eraseStore(database, folder);
  rmSync(folder, { recursive: true });
}

async function measure(): Promise<0 | 1> {
  const sqlite = await rateOf(`sqlite:${join(folder, 'one.db')}`);
  const servers = await startServers(database, SERVERS, 'mongo');
  const [first] = servers as [ScaleServer];
  const rounds = WARM_ROUNDS + ROUNDS;
  const { file, batchId } = await first.ask({ kind: 'codes', stamps: 2 * (1 + SERVERS) * rounds * REQUESTS });
  const [busy, calm] = [
    { one: [] as number[], three: [] as number[] },
    { one: [] as number[], three: [] as number[] },
  ];
  let code = 0;
  const read = async (loaded: readonly ScaleServer[], perSecond?: number): Promise<number> => {
    await forgetScans();
    const reading = await rate(loaded, file, code, perSecond);
    code += loaded.length * REQUESTS;
    return reading;
  };
  // In turn, so that a slow minute affects all alike.
  for (let round = 0; round < rounds; round += 1) {
    const reading = {
      one: await read([first]),
      three: await read(servers),
      oneCalm: await read([first], PER_SECOND),
      threeCalm: await read(servers, PER_SECOND),
    };
    if (round < WARM_ROUNDS) continue;
    busy.one.push(reading.one);
    busy.three.push(reading.three);
    calm.one.push(reading.oneCalm);
    calm.three.push(reading.threeCalm);
  }
  for (const server of servers) await server.stop();
  const ofMongo = ({ one, three }: typeof busy): MongoRates => ({
    one: median(one),
    three: median(three),
    ratio: median(three) / median(one),
  });
  const figures: ScaleFigures = {
    scansPerCpuSecond: { sqlite, busy: ofMongo(busy), calm: ofMongo(calm) },
    weights: {
      sqlite: await fileBytes(join(folder, 'weights.db'), await batchOf(batchId)),
      mongodb: await documentBytes(database, storeOptions()),
    },
  };
  process.stdout.write(values.json === true ? `${JSON.stringify(figures)}\n` : tableOf(figures));
  return figures.scansPerCpuSecond.calm.ratio >= RATIO_MIN ? 0 : 1;
}

async function rateOf(databaseUrl: string): Promise<number> {
  const servers = await startServers(databaseUrl, 1, 'one');
  const [first] = servers as [ScaleServer];
  const rounds = WARM_ROUNDS + ROUNDS;
  const { file } = await first.ask({ kind: 'codes', stamps: rounds * REQUESTS });
  const rates: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const reading = await rate(servers, file, round * REQUESTS);
    if (round >= WARM_ROUNDS) rates.push(reading);
  }
  for (const server of servers) await server.stop();
  return median(rates);
}

/** Every reading starts with an empty collection, because mongo-java-server scans all its documents for each write. */
async function forgetScans(): Promise<void> {
  const connection = await createConnection(database).asPromise();
  for (const name of ['tallies', 'scans', 'batchTallies']) await connection.collection(name).deleteMany({});
  await connection.close();
}

/** Scans answered per CPU-second of the servers. Each server answers the same number, whether there is one or three. */
async function rate(
  loaded: readonly ScaleServer[],
  codesFile: string,
  firstCode: number,
  perSecond?: number,
): Promise<number> {
  const before = await cpuOf(loaded);
  const plan = {
    connections: CONNECTIONS,
    requests: REQUESTS,
    accept: 'application/json',
    path: null,
    codesFile,
    stopAfterMs: null,
    ...(perSecond === undefined ? {} : { perSecond }),
  };
  const reports = await Promise.all(
    loaded.map(({ port }, n) => load({ ...plan, port, firstCode: firstCode + n * REQUESTS })),
  );
  const answered = reports.reduce((sum, report) => sum + report.answered, 0);
  return answered / ((await cpuOf(loaded)) - before);
}

async function cpuOf(servers: readonly ScaleServer[]): Promise<number> {
  const uses = await Promise.all(servers.map((server) => server.ask({ kind: 'use' })));
  return uses.reduce((sum, use) => sum + use.cpuSeconds, 0);
}

async function countHot(scans: number): Promise<0 | 1> {
  const servers = await startServers(database, SERVERS, 'hot');
  const batchId = 'HOT001';
  const shares = servers.map((_, n) => Math.floor((scans + n) / SERVERS));
  const began = performance.now();
  const answers = await Promise.all(
    servers.map((server, n) =>
      server.ask({ kind: 'record', name: `server-${n}`, batchId, scans: shares[n] ?? 0, stamps: HOT_STAMPS }),
    ),
  );
  const seconds = (performance.now() - began) / 1_000;
  for (const server of servers) await server.stop();
  const store = await openMongoStore(storeOptions());
  const tallied = await countTallies(store, batchId);
  const batch = await store.scans.batchTallyOf(batchId);
  await store.close();
  const counted = answers.reduce((sum, answer) => sum + answer.counted, 0);
  process.stdout.write(
    `${scans} scans of ${HOT_STAMPS} stamps from ${SERVERS} processes in ${seconds.toFixed(0)} s: ` +
      `${counted} counted, ${tallied} in the tallies, ${batch?.count ?? 0} in the batch's\n`,
  );
  return counted === scans && tallied === scans && batch?.count === scans ? 0 : 1;
}

/** A batch as it is issued. */
async function batchOf(id: string): Promise<Batch> {
  const store = await openMongoStore(storeOptions());
  const batch = await store.batches.get(id);
  await store.close();
  if (batch === null) throw new Error(`batch ${id} is gone`);
  return batch;
}

async function countTallies(store: Store, batchId: string): Promise<number> {
  let count = 0;
  for (let serial = 1; serial <= HOT_STAMPS; serial += 1)
    count += (await store.scans.tallyOf(batchId, serial))?.count ?? 0;
  return count;
}

function storeOptions(): { url: string; rowKey: Uint8Array; now: () => Date; timeZone: string } {
  const keys = deriveKeys(openMasterKey(keyFile, false, () => new Uint8Array()));
  return { url: database, rowKey: keys.row, now: () => new Date(), timeZone: 'Asia/Ho_Chi_Minh' };
}

async function startServers(databaseUrl: string, count: number, name: string): Promise<ScaleServer[]> {
  const servers: ScaleServer[] = [];
  for (let n = 0; n < count; n += 1) servers.push(await startServer(databaseUrl, join(folder, `${name}-${n}`)));
  return servers;
}

async function startServer(databaseUrl: string, dataDir: string): Promise<ScaleServer> {
  mkdirSync(dataDir, { mode: 0o700 });
  const role = fileURLToPath(new URL('./scale/server-role.ts', import.meta.url));
  const child = fork(role, [databaseUrl, keyFile, dataDir], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const { port } = await answerOf(child, 'ready');
  return {
    port,
    ask: <K extends 'use' | 'codes' | 'record'>(question: Extract<ScaleQuestion, { kind: K }>) => {
      const answer = answerOf<K>(child, (question as ScaleQuestion).kind as K);
      child.send(question);
      return answer;
    },
    async stop() {
      const ended = once(child, 'exit');
      child.send({ kind: 'stop' } satisfies ScaleQuestion);
      await ended;
    },
  };
}

/** The next message of this kind. @throws Error if the process ends first */
function answerOf<K extends ScaleAnswer['kind']>(
  child: ChildProcess,
  kind: K,
): Promise<Extract<ScaleAnswer, { kind: K }>> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null): void => reject(new Error(`a measured server ended with ${String(code)}`));
    const onMessage = (message: ScaleAnswer): void => {
      if (message.kind !== kind) return;
      child.off('exit', onExit);
      child.off('message', onMessage);
      resolve(message as Extract<ScaleAnswer, { kind: K }>);
    };
    child.on('exit', onExit);
    child.on('message', onMessage);
  });
}

function tableOf({ scansPerCpuSecond: rates, weights }: ScaleFigures): string {
  const bytesOf = (of: Weights, what: keyof Weights): string => String(Math.round(of[what]));
  const rows = (Object.keys(weights.sqlite) as (keyof Weights)[]).map((what) => {
    const [file, database] = [bytesOf(weights.sqlite, what), bytesOf(weights.mongodb, what)];
    return `  ${what.padEnd(22)} ${file.padStart(7)} ${database.padStart(8)}`;
  });
  const line = (what: string, { one, three, ratio }: MongoRates): string =>
    `  ${what.padEnd(36)} one ${one.toFixed(0)}, three ${three.toFixed(0)} each: ${ratio.toFixed(2)} of one`;
  return [
    `scans per server CPU-second: one file ${rates.sqlite.toFixed(0)}; MongoDB:`,
    `${line(`${PER_SECOND} a second of each server`, rates.calm)} (at least ${RATIO_MIN})`,
    line(`${CONNECTIONS} connections to each, none waiting`, rates.busy),
    '',
    '  bytes of               file  MongoDB (documents and index keys, before its own compression)',
    ...rows,
    '',
  ].join('\n');
}
