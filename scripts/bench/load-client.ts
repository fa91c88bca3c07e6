// Sends look-ups over kept-alive connections and times each: a small HTTP/1.1 client on node:net. It runs in a separate
// process, so that its CPU is not counted as the server's. One request at a time per connection, as a browser does.
//
// processes.ts starts it. It gets a plan by message and answers with a report.

import { openSync, readFileSync, readSync } from 'node:fs';
import { connect } from 'node:net';
import { quantile } from './figure.ts';

export interface LoadPlan {
  port: number;
  connections: number;
  requests: number;
  accept: string;
  /** The path of every request; null: `/t/CODE` with the codes of `codesFile`. */
  path: string | null;
  /** A file of codes, 18 bytes each, without separators; null if `path` is given. */
  codesFile: string | null;
  /** Index of the first code to take, from 0; each request takes the next. */
  firstCode: number;
  /** Take codes from all over the file, as buyers do, instead of in the order of their serials; each still once. */
  scattered?: boolean;
  /** Stop after this time, even if requests are left; null: send all of them. */
  stopAfterMs: number | null;
  /** Requests per second at most, over all connections; absent: as fast as they are answered. */
  perSecond?: number;
}

export interface LoadReport {
  answered: number;
  /** Answers other than 200, counted by status. */
  refused: Record<string, number>;
  seconds: number;
  p50Ms: number;
  p99Ms: number;
}

const CODE_BYTES = 18;
const HEAD_END = Buffer.from('\r\n\r\n');

process.on('message', (plan: LoadPlan) => {
  run(plan).then(
    (report) => process.send?.({ report }),
    (error: unknown) => process.send?.({ fault: String(error) }),
  );
});

async function run(plan: LoadPlan): Promise<LoadReport> {
  const codes = readCodes(plan);
  const latencies = new Float64Array(plan.requests);
  const refused: Record<string, number> = {};
  let sent = 0;
  let answered = 0;
  const began = performance.now();

  const dueMs = (): number =>
    plan.perSecond === undefined ? 0 : Math.max(0, began + (1_000 * sent) / plan.perSecond - performance.now());
  const next = (): Buffer | null => {
    if (sent >= plan.requests) return null;
    if (plan.stopAfterMs !== null && performance.now() - began > plan.stopAfterMs) return null;
    const path = plan.path ?? `/t/${codes.toString('latin1', sent * CODE_BYTES, (sent + 1) * CODE_BYTES)}`;
    sent += 1;
    const head = [
      `GET ${path} HTTP/1.1`,
      'Host: localhost',
      `Accept: ${plan.accept}`,
      'Accept-Language: vi',
      'User-Agent: Mozilla/5.0 (Linux; Android 13) bench',
    ];
    return Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1');
  };
  const seen = (status: string, ms: number): void => {
    latencies[answered] = ms;
    answered += 1;
    if (status !== '200') refused[status] = (refused[status] ?? 0) + 1;
  };

  await Promise.all(Array.from({ length: plan.connections }, () => converse(plan.port, next, dueMs, seen)));
  const times = [...latencies.subarray(0, answered)];
  return {
    answered,
    refused,
    seconds: (performance.now() - began) / 1000,
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
  };
}

/** One connection: sends a request, waits for the whole answer, and repeats until no request is left. */
function converse(
  port: number,
  next: () => Buffer | null,
  dueMs: () => number,
  seen: (status: string, ms: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let askedAt = 0;
    let held: Buffer = Buffer.alloc(0);
    const ask = (): void => {
      const early = dueMs();
      if (early > 0) {
        setTimeout(ask, early);
        return;
      }
      const request = next();
      if (request === null) {
        socket.end();
        resolve();
        return;
      }
      askedAt = performance.now();
      socket.write(request);
    };
    socket.on('connect', ask);
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('the server closed a connection under load')));
    socket.on('data', (chunk: Buffer) => {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      const headEnd = held.indexOf(HEAD_END);
      if (headEnd < 0) return;
      const head = held.toString('latin1', 0, headEnd);
      const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
      if (length === undefined) {
        reject(new Error(`an answer without Content-Length: ${head.slice(0, 200)}`));
        return;
      }
      if (held.length < headEnd + HEAD_END.length + Number(length)) return;
      held = Buffer.alloc(0);
      seen(head.slice(9, 12), performance.now() - askedAt);
      ask();
    });
  });
}

function readCodes(plan: LoadPlan): Buffer {
  if (plan.codesFile === null) return Buffer.alloc(0);
  if (plan.scattered === true) return scatteredCodes(plan.codesFile, plan);
  const codes = Buffer.alloc(plan.requests * CODE_BYTES);
  const read = readSync(openSync(plan.codesFile, 'r'), codes, 0, codes.length, plan.firstCode * CODE_BYTES);
  if (read !== codes.length)
    throw new Error(`the file of codes ends after ${plan.firstCode + Math.floor(read / CODE_BYTES)}`);
  return codes;
}

/** A step that shares no factor with the count reaches each code once, and no two neighbours in a row. */
function scatteredCodes(path: string, { requests, firstCode }: LoadPlan): Buffer {
  const all = readFileSync(path);
  const count = all.length / CODE_BYTES;
  let step = Math.floor(count * 0.618);
  while (greatestDivisor(step, count) !== 1) step += 1;
  const codes = Buffer.alloc(requests * CODE_BYTES);
  for (let n = 0; n < requests; n += 1) {
    const at = ((firstCode + n) * step) % count;
    all.copy(codes, n * CODE_BYTES, at * CODE_BYTES, (at + 1) * CODE_BYTES);
  }
  return codes;
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
