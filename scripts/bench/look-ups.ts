// Look-ups of distinct stamps over 64 kept-alive connections, as JSON and as the page, each durable before its answer.
// They are compared with Express with a commit per scan, and with the "hello world" of Express and of node:http, on the
// same Node. Then a single connection is compared with the disk's own commit.

import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { median, type Figure } from './figure.ts';
import type { LoadReport } from './load-client.ts';
import { load, startServers, type MeasuredServer } from './processes.ts';
import { interleaved } from './rounds.ts';

const CONNECTIONS = 64;
const JSON_ACCEPT = 'application/json';
const HTML_ACCEPT = 'text/html';
/** The naive server counts any code. */
const SOME_CODE = '7K3M9Q00001V515K52';

export interface Size {
  rounds: number;
  /** Requests per round for each candidate. */
  requests: number;
}

export async function measureLookUps(folder: string, { rounds, requests }: Size): Promise<Figure[]> {
  const alone = Math.max(100, Math.floor(requests / 40));
  // Each round takes new stamps for JSON, for HTML and for the single connection; the first round warms up.
  const stamps = (rounds + 1) * (2 * requests + alone);
  const servers = await startServers(['temtrace', 'express-commit', 'express-hello', 'http-hello'], folder, stamps);
  const [ours, naive, express, bare] = servers as [MeasuredServer, MeasuredServer, MeasuredServer, MeasuredServer];
  let nextCode = 0;
  const take = (count: number): number => (nextCode += count) - count;

  const perCpuSecond = async (
    server: MeasuredServer,
    accept: string,
    path: string | null,
    count = requests,
  ): Promise<number> => {
    const codes =
      path === null ? { codesFile: server.codesFile, firstCode: take(count) } : { codesFile: null, firstCode: 0 };
    const before = await server.use();
    const report = await load({
      port: server.port,
      connections: CONNECTIONS,
      requests: count,
      accept,
      path,
      stopAfterMs: null,
      ...codes,
    });
    return report.answered / ((await server.use()).cpuSeconds - before.cpuSeconds);
  };
  try {
    const rates = await interleaved(
      {
        json: () => perCpuSecond(ours, JSON_ACCEPT, null),
        html: () => perCpuSecond(ours, HTML_ACCEPT, null),
        // This server blocks for each commit, so a quarter of the requests takes as long.
        naive: () => perCpuSecond(naive, JSON_ACCEPT, `/t/${SOME_CODE}`, requests / 4),
        express: () => perCpuSecond(express, HTML_ACCEPT, '/'),
        bare: () => perCpuSecond(bare, HTML_ACCEPT, '/'),
      },
      rounds,
    );
    const oneAlone = (): Promise<LoadReport> =>
      load({
        port: ours.port,
        connections: 1,
        requests: alone,
        accept: JSON_ACCEPT,
        path: null,
        codesFile: ours.codesFile,
        firstCode: take(alone),
        stopAfterMs: null,
      });
    const times = await interleaved(
      {
        lookUp: async () => (await oneAlone()).p50Ms,
        commit: async () => medianCommitMs(join(folder, 'commit.db'), alone),
      },
      rounds,
    );
    return [
      lookUpFigure('as JSON', rates.json, rates, 2.0),
      lookUpFigure('as the page', rates.html, rates, 1.2),
      {
        part: 'look-ups',
        what: 'one connection, look-ups in sequence: median time',
        unit: 'ms',
        ours: times.lookUp,
        beside: [
          {
            kind: 'floor',
            what: 'median of one-row commits of node:sqlite, WAL, synchronous FULL, in the same folder',
            value: times.commit,
          },
        ],
        targets: [
          {
            what: 'p50 against 2 x the median commit + 1 ms',
            bound: 1,
            rule: 'at most',
            measured: times.lookUp / (2 * times.commit + 1),
          },
        ],
        notes: [],
      },
    ];
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

function lookUpFigure(
  form: string,
  rate: number,
  rates: { naive: number; express: number; bare: number },
  bound: number,
): Figure {
  return {
    part: 'look-ups',
    what: `${form}, durable, distinct stamps, ${CONNECTIONS} connections`,
    unit: 'requests per CPU-second of the server',
    ours: rate,
    beside: [
      { kind: 'naive', what: 'Express 5, one commit per scan, JSON', value: rates.naive },
      { kind: 'peer', what: 'Express 5 "hello world", which reads and writes nothing', value: rates.express },
      { kind: 'floor', what: 'node:http "hello world"', value: rates.bare },
    ],
    targets: [{ what: 'against the Express hello', bound, rule: 'at least', measured: rate / rates.express }],
    notes: [
      'The target was set with the hello worlds of Node 20; Node 26 answers them four times as fast ' +
        '(docs/decisions/0008-look-up-target.md).',
    ],
  };
}

/** Median time of a commit in SQLite when each is awaited. */
function medianCommitMs(path: string, commits: number): number {
  const db = new DatabaseSync(path);
  try {
    db.exec('pragma journal_mode = wal; pragma synchronous = full; create table if not exists commits (at real)');
    const insert = db.prepare('insert into commits values (?)');
    const times: number[] = [];
    for (let n = 0; n < commits; n += 1) {
      const began = performance.now();
      insert.run(began);
      times.push(performance.now() - began);
    }
    return median(times);
  } finally {
    db.close();
  }
}
