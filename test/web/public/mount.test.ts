import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingHttpHeaders, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterAll, describe, expect, test } from '@jest/globals';
import express from 'express';
import supertest from 'supertest';
import type { ScanAnswer, ScanRequest } from '../../../server/scan/answer.ts';
import { expressEntrance, makeEntrance, type Entrance } from '../../../server/web/entrance.ts';
import {
  expressScanMount,
  nodeScanMount,
  REQUESTS_PER_SOCKET_MAX,
  scanServerOptions,
} from '../../../server/web/public/mount.ts';
import { aBatch, aLot } from '../../fixtures/records/batches.ts';
import { MADE_AT } from '../../fixtures/records/cast.ts';
import { aScanDesk, codeOf, forgedCode, PHONE_AGENT } from '../../fixtures/scan-desk.ts';

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

interface Received {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

async function listening(server: Server): Promise<number> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Uses node:http, because supertest takes no path that is a whole address, and unpacks and parses the answer. */
function send(
  port: number,
  { method = 'GET', path, headers = {} }: { method?: string; path: string; headers?: Record<string, string> },
): Promise<Received> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** Removes what the connection and the clock add. */
function withoutConnection(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const { date: _date, connection: _connection, 'keep-alive': _keepAlive, ...rest } = headers;
  return rest;
}

function aDoor(trustProxy: string | number | null = null, logged: object[] = []): Entrance {
  return makeEntrance({ trustProxy, log: { warn: (fields) => logged.push(fields) } });
}

function anApp(answerScan: (request: ScanRequest) => Promise<ScanAnswer>, entrance: Entrance): express.Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', entrance.trusts);
  app.use(expressEntrance(entrance));
  app.use(expressScanMount(answerScan, entrance));
  app.use((_request, response) => void response.status(404).end('fell through'));
  return app;
}

const REQUESTS: { method?: string; path: string; headers?: Record<string, string> }[] = [
  { path: `/t/${codeOf(1)}` },
  { path: `/T/${codeOf(1)}/` },
  {
    path: `/t/${codeOf(2)}`,
    headers: { accept: 'application/json', 'accept-language': 'en', 'user-agent': PHONE_AGENT },
  },
  { path: `/t/${codeOf(2)}?lang=en`, headers: { 'x-forwarded-for': '198.51.100.4' } },
  { path: `/t/${codeOf(2)}/record` },
  { path: `/t/${codeOf(900)}` },
  { path: `/t/${codeOf(3)}`, headers: { 'sec-purpose': 'prefetch' } },
  { path: `/t/${codeOf(4)}`, method: 'HEAD' },
  { path: `/t/${forgedCode(4)}`, method: 'HEAD' },
  { path: `/t/${forgedCode(4)}` },
  { path: '/t/7K3', headers: { accept: 'application/json' } },
  { path: '/t/%E0%A4%A' },
  { path: '/t/%3Cscript%3E' },
  { path: `/01/09520000000011/21/${codeOf(1)}` },
  { path: '/01/1/21/2' },
  { path: '/01/' },
  { path: `/t/${codeOf(1)}`, method: 'POST' },
  { path: `/t/${codeOf(1)}`, method: 'DELETE', headers: { accept: 'application/json' } },
  { path: `/t/${codeOf(1)}/complaint` },
  { path: '/elsewhere' },
  ...Array.from({ length: 60 }, () => ({ path: '/t/7K3', headers: { accept: 'application/json' } })),
];

describe('the two mounts', () => {
  test.each([
    ['no proxy', null],
    ['a trusted proxy', 'loopback'],
  ] as const)('give the same status, headers and bytes for the same requests, behind %s', async (_, trustProxy) => {
    const records = {
      batches: [aBatch({ voids: [{ from: 900, to: 900, reason: 'lost', note: null, at: MADE_AT, by: 'u' }] })],
      lots: [aLot()],
    };
    const [one, two] = [aScanDesk(records), aScanDesk(records)];
    const app = anApp(one.answerScan, aDoor(trustProxy));
    const entrance = aDoor(trustProxy);
    const other = anApp(two.answerScan, entrance);
    const port = await listening(createServer(scanServerOptions(), nodeScanMount(two.answerScan, entrance, other)));

    for (const { method = 'GET', path, headers = {} } of REQUESTS) {
      const byNode = await send(port, { method, path, headers });
      const through = supertest(app);
      const verb = method.toLowerCase() as 'get' | 'head' | 'post' | 'delete';
      const byExpress = await through[verb](path)
        .set({ 'accept-encoding': '', ...headers })
        .buffer(true)
        .parse((response, done) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(Buffer.from(chunk)));
          response.on('end', () => done(null, Buffer.concat(chunks)));
        });
      const body = Buffer.isBuffer(byExpress.body) ? byExpress.body : Buffer.alloc(0);
      expect({
        path,
        method,
        status: byExpress.status,
        headers: withoutConnection(byExpress.headers as IncomingHttpHeaders),
        body: body.toString(),
      }).toEqual({
        path,
        method,
        status: byNode.status,
        headers: withoutConnection(byNode.headers),
        body: byNode.body.toString(),
      });
    }
    const sawBoth = (desk: typeof one): unknown[] =>
      desk.memory.scans.map(({ serial, visitor }) => ({ serial, visitor }));
    expect(sawBoth(one)).toEqual(sawBoth(two));
    expect(sawBoth(one).length).toBeGreaterThanOrEqual(3);
  });

  test('answer a request that names the whole address, as a proxy may send it', async () => {
    const desk = aScanDesk();
    const app = anApp(desk.answerScan, aDoor());
    for (const listener of [app, nodeScanMount(desk.answerScan, aDoor(), app)]) {
      const port = await listening(createServer(listener));
      const answer = await send(port, { path: `http://temtrace.example/t/${codeOf(2)}?lang=en` });
      expect([answer.status, answer.headers['content-language']]).toEqual([200, 'en']);
      expect((await send(port, { path: 'http://temtrace.example/elsewhere' })).status).toBe(404);
    }
  });
});

describe('the server’s own limits', () => {
  test('are those of scanServerOptions', () => {
    const server = createServer(scanServerOptions());
    expect([
      server.headersTimeout,
      server.requestTimeout,
      server.keepAliveTimeout,
      scanServerOptions().maxHeaderSize,
    ]).toEqual([10_000, 120_000, 65_000, 8_192]);
    expect(REQUESTS_PER_SOCKET_MAX).toBeGreaterThan(1_000);
  });

  test('headers of eight kilobytes are read, longer ones are 431 before anything of ours runs', async () => {
    const desk = aScanDesk();
    const port = await listening(
      createServer(
        scanServerOptions(),
        nodeScanMount(desk.answerScan, aDoor(), () => undefined),
      ),
    );
    expect((await send(port, { path: `/t/${codeOf(1)}`, headers: { 'x-long': 'x'.repeat(7_000) } })).status).toBe(200);
    expect((await send(port, { path: `/t/${codeOf(2)}`, headers: { 'x-long': 'x'.repeat(9_000) } })).status).toBe(431);
    expect((await send(port, { path: `/t/${'x'.repeat(9_000)}` })).status).toBe(431);
    expect(desk.memory.scans.map(({ serial }) => serial)).toEqual([1]);
  });

  test('a connection that sends its headers slowly is closed', async () => {
    const options = {
      ...scanServerOptions(),
      headersTimeout: 50,
      requestTimeout: 100,
      connectionsCheckingInterval: 20,
    };
    const port = await listening(createServer(options, () => undefined));
    // Over a socket, because a client would send all its headers at once.
    const socket = connect(port, '127.0.0.1');
    socket.write('GET /t/X HTTP/1.1\r\nHost: x\r\n');
    const [bytes] = (await once(socket, 'data')) as [Buffer];
    expect(bytes.toString()).toMatch(/^HTTP\/1\.1 408 /);
    socket.destroy();
  });

  test('a message whose length is told in two ways is refused', async () => {
    const desk = aScanDesk();
    const port = await listening(
      createServer(
        scanServerOptions(),
        nodeScanMount(desk.answerScan, aDoor(), () => undefined),
      ),
    );
    // Over a socket, because no client would send both lengths.
    const socket = connect(port, '127.0.0.1');
    socket.write(
      `GET /t/${codeOf(1)} HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    );
    const [bytes] = (await once(socket, 'data')) as [Buffer];
    expect(bytes.toString()).toMatch(/^HTTP\/1\.1 400 /);
    expect(desk.memory.scans).toEqual([]);
    socket.destroy();
  });
});
