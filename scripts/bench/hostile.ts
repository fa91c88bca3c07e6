// Scans at 40 a second beside 16 connections that send one route its worst input, for each route and role. The p99 of
// the scans may be six times that of an idle service, or 250 ms if that is more, and no scan may fail.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { median, type Figure } from './figure.ts';
import type { HammerPlan, HammerReport } from './hostile-client.ts';
import { hostileRequests, type HostileRequest } from './hostile-routes.ts';
import { load, startServer, type MeasuredServer } from './processes.ts';

const SCANS_PER_SECOND = 40;
const CONNECTIONS = 16;
const TIMES_IDLE_MAX = 6;
/** Shorter times are not noticed. */
const P99_MS_MAX = 250;
/** Others use the machine too, so a route that misses is measured again before it counts. */
const TRIES = 2;
const IDLE_ROUNDS = 3;
const STAMPS = 400_000;

/** The most expensive routes. Every check includes some of them (test/slow/hostile-sample.test.ts). */
export const WORST_ROUTES: readonly string[] = [
  'producer: GET /api/v1/batches/:id/sheet.png',
  'producer: GET /api/v1/batches/:id/sheet.pdf',
  'office: GET /api/v1/batches/:id/codes.csv',
  'office: PUT /api/v1/products/:id/photo',
  'office: POST /console/import',
  'office: GET /console/export/:kind/:format',
  'public: POST /login',
];

export interface HostilePlan {
  seconds: number;
  /** Which routes to measure; absent: all. */
  only?: (request: HostileRequest) => boolean;
}

export interface HostileRow {
  name: string;
  p50Ms: number;
  p99Ms: number;
  boundMs: number;
  /** Answers of the hammered route, by status. */
  answers: HammerReport;
}

/** @param folder an empty folder @throws Error if a scan fails, or a route answers 5xx */
export async function hostileRows(folder: string, plan: HostilePlan): Promise<{ idleMs: number; rows: HostileRow[] }> {
  const server = await startServer('temtrace', folder, STAMPS);
  try {
    const { hostile } = server;
    if (hostile === null) throw new Error('the measured server has no actors');
    const requests = (await hostileRequests(hostile)).filter(plan.only ?? (() => true));
    const scans = scansOf(server);
    await scans(plan.seconds);
    const idle: number[] = [];
    for (let round = 0; round < IDLE_ROUNDS; round += 1) idle.push((await scans(plan.seconds)).p99Ms);
    const idleMs = median(idle);
    const boundMs = Math.max(TIMES_IDLE_MAX * idleMs, P99_MS_MAX);
    const rows: HostileRow[] = [];
    for (const request of requests) rows.push(await rowOf(server, request, { seconds: plan.seconds, boundMs, scans }));
    return { idleMs, rows };
  } finally {
    await server.stop();
  }
}

export interface SampleRow {
  name: string;
  /** Medians over the rounds. */
  idleMs: number;
  p99Ms: number;
  boundMs: number;
  answers: HammerReport;
}

/**
 * Measures a few routes on a machine that others use. Each round measures an idle service, then one beside the hostile
 * client, so that both meet the same noise; then the medians are compared. A route that misses is measured once more.
 *
 * @param names as in WORST_ROUTES
 * @param boundOf the most that the median p99 may be, given the idle one
 * @throws as hostileRows
 */
export async function hostileSample(
  folder: string,
  names: readonly string[],
  boundOf: (idleMs: number) => number,
  { seconds, rounds }: { seconds: number; rounds: number },
): Promise<SampleRow[]> {
  const server = await startServer('temtrace', folder, STAMPS);
  try {
    const { hostile } = server;
    if (hostile === null) throw new Error('the measured server has no actors');
    const requests = (await hostileRequests(hostile)).filter(({ name }) => names.includes(name));
    const scans = scansOf(server);
    await scans(seconds);
    const rows: SampleRow[] = [];
    for (const request of requests) {
      let row = await sampleRow(server, request, boundOf, { seconds, rounds, scans });
      if (row.p99Ms > row.boundMs) row = await sampleRow(server, request, boundOf, { seconds, rounds, scans });
      rows.push(row);
    }
    return rows;
  } finally {
    await server.stop();
  }
}

async function sampleRow(
  server: MeasuredServer,
  request: HostileRequest,
  boundOf: (idleMs: number) => number,
  { seconds, rounds, scans }: { seconds: number; rounds: number; scans: Scans },
): Promise<SampleRow> {
  const idle: number[] = [];
  const beside: HostileRow[] = [];
  for (let round = 0; round < rounds; round += 1) {
    idle.push((await scans(seconds)).p99Ms);
    beside.push(await rowOf(server, request, { seconds, boundMs: Number.POSITIVE_INFINITY, scans }));
  }
  const idleMs = median(idle);
  const p99Ms = median(beside.map((row) => row.p99Ms));
  return { name: request.name, idleMs, p99Ms, boundMs: boundOf(idleMs), answers: beside.at(-1)?.answers ?? {} };
}

/** The figure of `npm run bench -- --only hostile`. */
export async function measureHostile(folder: string, plan: HostilePlan): Promise<Figure[]> {
  const { idleMs, rows } = await hostileRows(folder, plan);
  return rows
    .toSorted((a, b) => b.p99Ms - a.p99Ms)
    .map(({ name, p50Ms, p99Ms, boundMs, answers }) => ({
      part: 'hostile',
      what: `scans at ${SCANS_PER_SECOND} a second beside ${CONNECTIONS} connections on ${name}: p99`,
      unit: 'ms',
      ours: p99Ms,
      beside: [{ kind: 'floor', what: 'the same scans while nothing else is done', value: idleMs }],
      targets: [{ what: 'ms', bound: boundMs, rule: 'at most', measured: p99Ms }],
      notes: [`p50 ${p50Ms.toFixed(1)} ms; answers: ${JSON.stringify(answers)}`],
    }));
}

type Scans = (seconds: number) => Promise<{ p50Ms: number; p99Ms: number }>;

/** Scans of stamps that were not scanned before. */
function scansOf({ port, codesFile }: MeasuredServer): Scans {
  let firstCode = 0;
  return async (seconds) => {
    const requests = Math.round(seconds * SCANS_PER_SECOND);
    firstCode = (firstCode + requests) % (STAMPS - requests);
    const plan = { port, codesFile, path: null, accept: 'text/html', connections: 8, perSecond: SCANS_PER_SECOND };
    return load({ ...plan, requests, firstCode, stopAfterMs: null });
  };
}

async function rowOf(
  { port }: MeasuredServer,
  { name, ...request }: HostileRequest,
  { seconds, boundMs, scans }: { seconds: number; boundMs: number; scans: Scans },
): Promise<HostileRow> {
  let best: HostileRow | null = null;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const hammering = hammer({ port, connections: CONNECTIONS, stopAfterMs: (seconds + 1) * 1_000, request });
    const { p50Ms, p99Ms } = await scans(seconds);
    const answers = await hammering;
    const broken = Object.keys(answers).filter((status) => status === 'cut' || (status >= '500' && status !== '507'));
    if (broken.length > 0) throw new Error(`${name} answered ${JSON.stringify(answers)}`);
    if (best === null || p99Ms < best.p99Ms) best = { name, p50Ms, p99Ms, boundMs, answers };
    if (best.p99Ms <= boundMs) break;
  }
  if (best === null) throw new TypeError('no try was made');
  process.stderr.write(`  ${best.p99Ms.toFixed(0).padStart(6)} ms  ${name} ${JSON.stringify(best.answers)}\n`);
  return best;
}

async function hammer(plan: HammerPlan): Promise<HammerReport> {
  const child = fork(fileURLToPath(new URL('./hostile-client.ts', import.meta.url)), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  child.send(plan);
  const [report] = (await once(child, 'message')) as [HammerReport];
  const ended = once(child, 'exit');
  child.disconnect();
  await ended;
  return report;
}
