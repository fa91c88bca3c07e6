// Look-ups of distinct stamps over 64 kept-alive connections, as JSON and as the page, each durable before its answer;
// the stamps are scattered over a million, as buyers meet them. They are compared with Express with a commit per scan,
// and with our own bytes without any work behind them, on the same Node. Then a single connection is compared with the
// disk's own commit. Why these: docs/decisions/0039-look-up-target.md.

import { readFileSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { ANSWERS_FILE, type KeptAnswers } from './bench-config.ts';
import { median, type Figure } from './figure.ts';
import type { LoadReport } from './load-client.ts';
import { load, startServers, type MeasuredServer } from './processes.ts';
import { interleaved } from './rounds.ts';

const CONNECTIONS = 64;
const STAMPS_MIN = 1_000_000;
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
  const stamps = Math.max(STAMPS_MIN, (rounds + 1) * (3 * requests + alone));
  const servers = await startServers(['temtrace', 'express-commit', 'same-bytes', 'http-hello'], folder, stamps);
  const [ours, naive, same, bare] = servers as [MeasuredServer, MeasuredServer, MeasuredServer, MeasuredServer];
  let nextCode = 0;
  const take = (count: number): number => (nextCode += count) - count;

  const perCpuSecond = async (
    server: MeasuredServer,
    accept: string,
    path: string | null,
    { count = requests, scattered = true }: { count?: number; scattered?: boolean } = {},
  ): Promise<number> => {
    const codes =
      path === null
        ? { codesFile: server.codesFile, firstCode: take(count), scattered }
        : { codesFile: null, firstCode: 0 };
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
    await keepAnswers(ours, folder);
    const rates = await interleaved(
      {
        json: () => perCpuSecond(ours, JSON_ACCEPT, null),
        html: () => perCpuSecond(ours, HTML_ACCEPT, null),
        // This server blocks for each commit, so a quarter of the requests takes as long.
        naive: () => perCpuSecond(naive, JSON_ACCEPT, `/t/${SOME_CODE}`, { count: requests / 4 }),
        sameJson: () => perCpuSecond(same, JSON_ACCEPT, '/'),
        sameHtml: () => perCpuSecond(same, HTML_ACCEPT, '/'),
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
      lookUpFigure('as JSON', rates.json, { ...rates, same: rates.sameJson }, { naive: 3.5, same: 4.2 }),
      lookUpFigure('as the page', rates.html, { ...rates, same: rates.sameHtml }, { naive: 3.2, same: 4.4 }),
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
  rates: { naive: number; same: number; bare: number },
  bound: { naive: number; same: number },
): Figure {
  return {
    part: 'look-ups',
    what: `${form}, durable, distinct stamps all over a million, ${CONNECTIONS} connections`,
    unit: 'requests per CPU-second of the server',
    ours: rate,
    beside: [
      { kind: 'naive', what: 'Express 5, one commit per scan, JSON', value: rates.naive },
      { kind: 'floor', what: 'our headers and body without any work, node:http', value: rates.same },
      { kind: 'floor', what: 'node:http "hello world"', value: rates.bare },
    ],
    targets: [
      {
        what: 'times Express with a commit per scan',
        bound: bound.naive,
        rule: 'at least',
        measured: rate / rates.naive,
      },
      {
        what: 'times the CPU of the same bytes without work',
        bound: bound.same,
        rule: 'at most',
        measured: rates.same / rate,
      },
    ],
    notes: [],
  };
}

/** An answer of each form, for the server that repeats it. */
async function keepAnswers({ port, codesFile }: MeasuredServer, folder: string): Promise<void> {
  const code = readFileSync(codesFile, 'latin1').slice(0, SOME_CODE.length);
  const kept: KeptAnswers = {};
  for (const accept of [JSON_ACCEPT, HTML_ACCEPT]) {
    const [answer, body] = await new Promise<[IncomingMessage, Buffer]>((resolve, reject) => {
      const headers = { Accept: accept, 'Accept-Language': 'vi' };
      get({ port, path: `/t/${code}`, headers }, (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('end', () => resolve([response, Buffer.concat(pieces)]));
      }).on('error', reject);
    });
    // Node writes these itself.
    const own = /^(?:date|connection|keep-alive)$/i;
    const headers = answer.rawHeaders.filter((_, i, all) => !own.test(all[i - (i % 2)] ?? ''));
    kept[accept] = { headers, body: body.toString('base64') };
  }
  writeFileSync(join(folder, ANSWERS_FILE), JSON.stringify(kept));
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
