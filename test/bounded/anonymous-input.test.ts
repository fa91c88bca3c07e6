// Anonymous input costs about the same whatever it contains: each input of each public route, filled with kilobytes of
// a dozen shapes, takes at most three times as long as a single symbol (DESIGN §6: work is bounded).
//
// The routes come from the routers themselves and the names from the sources that read them, so new ones are covered.

import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { Agent, createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { unwrapKeys } from '../../server/domain/batches/batch-secret.ts';
import { makeAnswerScan, type AnswerScan } from '../../server/scan/answer-scan.ts';
import { createApp } from '../../server/web/app.ts';
import { consoleRoutes } from '../../server/web/console/routes.ts';
import { makeEntrance } from '../../server/web/entrance.ts';
import { nodeScanMount, scanServerOptions } from '../../server/web/public/mount.ts';
import { scanPages } from '../../server/web/public/pages.ts';
import { GATES, Gates } from '../../server/web/gates.ts';
import { publicRouter } from '../../server/web/public/router.ts';
import { ORIGIN, testApi } from '../fixtures/api.ts';
import { TIME_ZONE } from '../fixtures/records/cast.ts';
import { codeOf } from '../fixtures/scan-desk.ts';

const WEB = join(import.meta.dirname, '../../server');
const BODY_BYTES = 8_192;
/** Request line and headers may have 8 KB together; the rest of the request needs some of it. */
const HEAD_BYTES = 7_400;
const TIMES_MAX = 3;
/** Below this the machine's noise is larger than any difference. */
const FLOOR_MS = 1;
const SAMPLES = 5;
/** A busy machine may spoil a round; quadratic work spoils every round. */
const ROUNDS_MAX = 6;

/** Repeated up to this many bytes. The end makes a match fail. */
const SHAPES: Readonly<Record<string, (bytes: number) => string>> = {
  letters: (bytes) => 'a'.repeat(bytes),
  digits: (bytes) => `${'1'.repeat(bytes - 1)}!`,
  slashes: (bytes) => `${'/'.repeat(bytes - 1)}x`,
  blanks: (bytes) => `x${' '.repeat(bytes - 2)}x`,
  hyphens: (bytes) => `${'-'.repeat(bytes - 1)}x`,
  commas: (bytes) => ','.repeat(bytes),
  semicolons: (bytes) => 'a=b;'.repeat(bytes / 4),
  'question marks': (bytes) => `${'?'.repeat(bytes - 1)}x`,
  dots: (bytes) => `${'a.'.repeat(bytes / 2 - 1)}!`,
  brackets: (bytes) => '[<{('.repeat(bytes / 4),
  'percent signs': (bytes) => '%'.repeat(bytes),
  pairs: (bytes) => 'a&='.repeat(bytes / 3),
};

const api = testApi();
let server: Server;
let port = 0;
let answerScan: AnswerScan;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const log = { warn: () => undefined, error: () => undefined, info: () => undefined };

beforeAll(async () => {
  const { context } = api;
  answerScan = makeAnswerScan({
    store: context.store,
    unwrap: (batch) => unwrapKeys(context.keys.wrap, batch),
    now: context.now,
    random: context.random,
    timeZone: TIME_ZONE,
    publicOrigin: ORIGIN,
    placeHeader: 'x-province',
    log,
    pages: scanPages(ORIGIN),
    isSignedIn: () => false,
    wait: () => Promise.resolve(),
  });
  const entrance = makeEntrance({ trustProxy: 1, log });
  const app = createApp({ context, entrance, log: log as never, version: '0.0.0', metrics: null, answerScan });
  server = createServer(scanServerOptions(), nodeScanMount(answerScan, entrance, app));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});

afterAll(() => {
  agent.destroy();
  server.close();
  answerScan.stop();
});

interface PublicRoute {
  method: string;
  path: string;
}

/** How Express's router stores its routes. */
interface Layers {
  stack: readonly { route?: { path: string | RegExp; methods: Record<string, boolean> } }[];
}

/** Routes without a login. Look-ups, and what Express answers outside its routers, are listed here. */
function publicRoutes(): PublicRoute[] {
  const router = publicRouter({
    context: () => api.context,
    answerScan,
    log,
    networkOf: (address) => address,
    gates: new Gates(GATES),
  }) as unknown as Layers;
  const own = router.stack.flatMap(({ route }) =>
    route === undefined || typeof route.path !== 'string'
      ? []
      : Object.keys(route.methods).map((method) => ({ method, path: String(route.path) })),
  );
  const console = consoleRoutes
    .filter(({ right }) => right === 'public')
    .map(({ method, path }) => ({ method: method as string, path }));
  const others = ['/t/:code', '/01/:gtin/10/:lot/21/:code', '/healthz', '/api/v1/openapi.json', '/api/v1/batches/:id'];
  return [...own, ...console, ...[...others, '/console', '/:nothing'].map((path) => ({ method: 'get', path }))];
}

/** The names that the sources use to read requests before sign-in. */
function namesIn(pattern: RegExp, publicOnly: boolean): string[] {
  const texts = ['web', 'scan'].flatMap((folder) =>
    readdirSync(join(WEB, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.includes('words'))
      .map((file) => ({ file: `${folder}/${file}`, text: readFileSync(join(WEB, folder, file), 'utf8') })),
  );
  const read = texts.filter(
    ({ file, text }) => !publicOnly || file.startsWith('web/public/') || text.includes("right: 'public'"),
  );
  const names = read.flatMap(({ text }) => [...text.matchAll(pattern)].map(([, name]) => name ?? ''));
  return [...new Set(names)].sort();
}

const HEADERS = namesIn(/headers(?:\.|\[')([a-z][a-z-]{2,})/g, false).filter(
  (name) => !['host', 'connection', 'cookie'].includes(name),
);
const COOKIES = namesIn(/'(temtrace_\w+)'/g, false).flatMap((name) => [name, `__Host-${name}`]);
const QUERY = [...new Set([...namesIn(/(?:query|parseQueryText\(request\))\['(\w+)'\]/g, true), 'lang'])];
const FIELDS = namesIn(/(?:\bfield\(|sent\(form, |fields\[)'(\w+)'/g, true);

interface Sent {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | null;
}

interface Input {
  name: string;
  bytes: number;
  fill: (text: string) => Sent;
}

/** Every place of a route that takes text. */
function inputsOf({ method, path }: PublicRoute): Input[] {
  const plain = path.replaceAll(/:(\w+)/g, (_, name: string) => (name === 'code' ? codeOf(3) : '1'));
  const base: Sent = { method: method.toUpperCase(), path: plain, headers: {}, body: null };
  const form = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([mark, name]) => ({
    name: `path ${name}`,
    bytes: HEAD_BYTES,
    fill: (text: string): Sent => ({
      ...base,
      path: path.replace(mark, () => cutEscape(text, /[%/?#\s"<>[\]{}]/g)).replaceAll(/:(\w+)/g, '1'),
    }),
  }));
  const inQuery = QUERY.map((name) => ({
    name: `query ${name}`,
    bytes: HEAD_BYTES,
    fill: (text: string): Sent => ({ ...base, path: `${plain}?${name}=${cutEscape(text, /[%&=+#\s"<>[\]{}]/g)}` }),
  }));
  const inHeader = [...HEADERS, 'cookie', 'x-province'].map((name) => ({
    name: `header ${name}`,
    bytes: HEAD_BYTES,
    fill: (text: string): Sent => ({ ...base, headers: { [name]: text } }),
  }));
  const inCookie = COOKIES.map((name) => ({
    name: `cookie ${name}`,
    bytes: HEAD_BYTES,
    fill: (text: string): Sent => ({ ...base, headers: { cookie: `${name}=${text}` } }),
  }));
  const inField = FIELDS.map((name) => ({
    name: `field ${name}`,
    bytes: BODY_BYTES,
    fill: (text: string): Sent => ({
      ...base,
      headers: form,
      body: `${name}=${encodeURIComponent(text).slice(0, BODY_BYTES)}`,
    }),
  }));
  return [...inPath, ...inQuery, ...(method === 'get' ? [...inHeader, ...inCookie] : inField)];
}

/** Percent-encodes these marks and cuts the text to fit a request line. */
function cutEscape(text: string, marks: RegExp): string {
  const escaped = text.replaceAll(marks, (mark) => encodeURIComponent(mark));
  return escaped.length <= HEAD_BYTES ? escaped : cutEscape(text.slice(0, HEAD_BYTES / 3), marks);
}

let asked = 0;

/** Milliseconds until the answer is complete. Each call comes from another network, so that no limit is reached. */
function timeOf({ method, path, headers, body }: Sent): Promise<number> {
  asked += 1;
  const from = `10.${asked >>> 16}.${(asked >>> 8) & 255}.${asked & 255}`;
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const sent = request(
      { host: '127.0.0.1', port, agent, method, path, headers: { 'x-forwarded-for': from, ...headers } },
      (response) => {
        response.resume();
        response.on('end', () => resolve(performance.now() - begun));
      },
    );
    sent.on('error', reject);
    sent.end(body ?? undefined);
  });
}

async function medianOf(sent: Sent, samples: number): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < samples; i += 1) times.push(await timeOf(sent));
  return times.toSorted((a, b) => a - b)[samples >> 1] ?? 0;
}

/** Whether, in at least one round, the long text took at most TIMES_MAX times as long as one symbol. */
async function isBounded({ fill, bytes }: Input, shape: (bytes: number) => string): Promise<boolean> {
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const samples = round === 0 ? 1 : SAMPLES;
    const one = Math.max(FLOOR_MS, await medianOf(fill('1'), samples));
    if ((await medianOf(fill(shape(bytes)), samples)) <= TIMES_MAX * one) return true;
  }
  return false;
}

describe('what is tried', () => {
  test('names routes, headers, cookies, query parameters and fields that are there', () => {
    expect(publicRoutes().map(({ path }) => path)).toEqual(
      expect.arrayContaining(['/', '/check', '/t/:code/complaint', '/t/:code/pin', '/login', '/invitation/:token']),
    );
    expect(HEADERS).toEqual(
      expect.arrayContaining(['accept', 'accept-language', 'authorization', 'user-agent', 'x-forwarded-for']),
    );
    expect(COOKIES).toEqual(expect.arrayContaining(['__Host-temtrace_session', 'temtrace_language']));
    expect(QUERY).toEqual(expect.arrayContaining(['code', 'lang', 'next']));
    expect(FIELDS).toEqual(expect.arrayContaining(['login', 'password', 'pin', 'message']));
  });
});

test.each(Object.keys(SHAPES))(
  'kilobytes of %s take each public input at most three times as long as one symbol',
  async (name) => {
    const shape = SHAPES[name] ?? String;
    const slow: string[] = [];
    for (const route of publicRoutes())
      for (const input of inputsOf(route))
        if (!(await isBounded(input, shape))) slow.push(`${route.method} ${route.path} ${input.name}`);
    expect(slow).toEqual([]);
  },
  120_000,
);
