// What both mounts believe about the sender of a request: the same, from the same peers.

import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, test } from '@jest/globals';
import express from 'express';
import type { ScanAnswer, ScanRequest } from '../../server/scan/answer.ts';
import { expressEntrance, makeEntrance, plainAddresses } from '../../server/web/entrance.ts';
import { expressScanMount, nodeScanMount } from '../../server/web/public/mount.ts';
import { aScanDesk, codeOf, forgedCode } from '../fixtures/scan-desk.ts';

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

const MOUNTS = ['node:http', 'Express'] as const;
type AnswerScan = (request: ScanRequest) => Promise<ScanAnswer>;

/** A server with one of the two mounts; its only peer is 127.0.0.1. */
async function serving(
  mount: (typeof MOUNTS)[number],
  answerScan: AnswerScan,
  trustProxy: string | number | null,
  logged: object[] = [],
): Promise<number> {
  const entrance = makeEntrance({ trustProxy, log: { warn: (fields) => logged.push(fields) } });
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', entrance.trusts);
  app.use(expressEntrance(entrance));
  if (mount === 'Express') app.use(expressScanMount(answerScan, entrance));
  app.use((request, response) => void response.end(`${request.ip} ${request.headers.host}`));
  const listener: RequestListener = mount === 'Express' ? app : nodeScanMount(answerScan, entrance, app);
  const server = createServer(listener);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/**
 * Sends header lines unchanged over a socket, because supertest joins lines of one name. Returns the whole message
 * without its date.
 */
async function sendLines(port: number, path: string, lines: readonly string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`GET ${path} HTTP/1.1\r\n${[...lines, 'Connection: close'].join('\r\n')}\r\n\r\n`);
  return (await text(socket)).replace(/^date: .*\r\n/im, '');
}

const statusOf = (message: string): number => Number(message.slice(9, 12));

/** Records what answerScan learns about each request. */
function aWitness(): { seen: [string, boolean][]; answerScan: AnswerScan } {
  const seen: [string, boolean][] = [];
  const answerScan: AnswerScan = async ({ address, fromTrustedProxy }) => {
    seen.push([address, fromTrustedProxy]);
    return { status: 200, headers: {}, body: Buffer.alloc(0), contentLength: 0 };
  };
  return { seen, answerScan };
}

describe.each(MOUNTS)('the mount in %s', (mount) => {
  test.each([
    ['nobody is trusted', null, '203.0.113.5', '127.0.0.1', false],
    ['the peer is a stranger', '10.0.0.1', '203.0.113.5', '127.0.0.1', false],
    ['the peer is trusted', 'loopback', '203.0.113.5', '203.0.113.5', true],
    ['one hop is trusted', 1, '203.0.113.5', '203.0.113.5', true],
    ['a client before the proxy forges a hop', 'loopback', '203.0.113.5, 198.51.100.4', '198.51.100.4', true],
    ['two proxies are trusted', 'loopback, 10.0.0.0/8', '203.0.113.5:51000, 10.0.0.2:443', '203.0.113.5', true],
    ['an address has a port', 'loopback', '203.0.113.5:51000', '203.0.113.5', true],
    ['an IPv6 address has brackets and a port', 'loopback', '[2001:db8::5]:51000', '2001:db8::5', true],
    ['an IPv6 address has brackets', 'loopback', '[2001:db8::5]', '2001:db8::5', true],
    ['an IPv6 address is plain', 'loopback', '2001:db8::5', '2001:db8::5', true],
    ['the header is empty', 'loopback', '', '127.0.0.1', true],
  ] as const)('where %s', async (_, trustProxy, forwarded, address, fromTrustedProxy) => {
    const { seen, answerScan } = aWitness();
    const port = await serving(mount, answerScan, trustProxy);
    const lines = ['Host: x', `X-Forwarded-For: ${forwarded}`];
    await sendLines(port, '/t/X', lines);
    expect(seen).toEqual([[address, fromTrustedProxy]]);
    // Pages that are not look-ups see the same.
    expect(await sendLines(port, '/elsewhere', lines)).toMatch(new RegExp(`${address} x$`));
  });

  test('counts one phone behind a balancer that adds its port as one visitor', async () => {
    for (const forwarded of ['203.0.113.5', '[2001:db8::5]']) {
      const desk = aScanDesk();
      const port = await serving(mount, desk.answerScan, 1);
      const counts = [];
      for (const clientPort of [51_000, 51_001]) {
        const message = await sendLines(port, `/t/${codeOf(7)}`, [
          'Host: x',
          'Accept: application/json',
          `X-Forwarded-For: ${forwarded}:${clientPort}`,
        ]);
        counts.push((JSON.parse(message.slice(message.indexOf('{'))) as { scans: object }).scans);
      }
      expect(counts).toMatchObject([
        { count: 1, first: true },
        { count: 1, first: true },
      ]);
    }
  });

  test('limits a guesser whose port changes, and nobody else', async () => {
    const desk = aScanDesk();
    const port = await serving(mount, desk.answerScan, 1);
    const ask = async (path: string, from: string): Promise<number> =>
      statusOf(await sendLines(port, path, ['Host: x', 'Accept: application/json', `X-Forwarded-For: ${from}`]));
    for (let i = 0; i < 60; i += 1) await ask(`/t/${forgedCode(i + 1)}`, `203.0.113.91:${40_000 + i}`);
    expect(await ask('/t/7K3', '203.0.113.91:50000')).toBe(429);
    expect(await ask('/t/7K3', '198.51.100.20:40001')).toBe(404);
  });

  test('takes a province from a trusted proxy alone', async () => {
    const provinces = async (trustProxy: string | null): Promise<unknown[]> => {
      const desk = aScanDesk();
      const port = await serving(mount, desk.answerScan, trustProxy);
      await sendLines(port, `/t/${codeOf(5)}`, ['Host: x', 'X-Province: L%C3%A0o%20Cai']);
      return desk.memory.scans.map(({ province }) => province);
    };
    expect(await provinces('loopback')).toEqual(['Lào Cai']);
    expect(await provinces('10.0.0.1')).toEqual([null]);
    expect(await provinces(null)).toEqual([null]);
  });

  test('says once that a proxy states no address, without repeating what it said', async () => {
    const logged: object[] = [];
    const { seen, answerScan } = aWitness();
    const port = await serving(mount, answerScan, 'loopback', logged);
    for (const forwarded of ['unknown', '_hidden', '203.0.113.5:', '[2001:db8::5'])
      await sendLines(port, '/t/X', ['Host: x', `X-Forwarded-For: ${forwarded}`]);
    expect(seen.map(([address]) => address)).toEqual(['', '', '203.0.113.5', '']);
    expect(logged).toMatchObject([{ event: 'proxy.no-address' }]);
    expect(JSON.stringify(logged)).not.toMatch(/unknown|_hidden|203\.0/);
  });

  test.each([
    ['a look-up', `/t/${codeOf(5)}`],
    ['a page', '/elsewhere'],
  ])('refuses two Host headers on %s', async (_, path) => {
    const desk = aScanDesk();
    const port = await serving(mount, desk.answerScan, null);
    const refused = await sendLines(port, path, ['Host: temtrace.example', 'hOST: other.example']);
    expect(refused).toMatch(/^HTTP\/1\.1 400 /);
    expect(refused).toContain('"code":"invalid"');
    expect(desk.memory.scans).toEqual([]);
    expect(statusOf(await sendLines(port, path, ['Host: temtrace.example']))).toBe(200);
  });
});

test('both mounts refuse two Host headers with the same bytes', async () => {
  const desk = aScanDesk();
  const lines = ['Host: a', 'Host: a'];
  const messages = await Promise.all(
    MOUNTS.map(async (mount) => sendLines(await serving(mount, desk.answerScan, null), `/t/${codeOf(5)}`, lines)),
  );
  expect(messages[0]).toBe(messages[1]);
});

test('of a long X-Forwarded-For only whole entries at its end are read', () => {
  const long = `${'198.51.100.4, '.repeat(600)}203.0.113.5:1`;
  const read = plainAddresses(long).split(', ');
  expect(read.length).toBeLessThan(80);
  expect(new Set(read.map((entry) => entry.trim()))).toEqual(new Set(['198.51.100.4', '203.0.113.5']));
});
