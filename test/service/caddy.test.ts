// What the shipped Caddy files do to a request: a real Caddy in front of a server that reports what it received.
// `.ci/run` installs Caddy if the system has a package for it.

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { until } from '../fixtures/until.ts';

const FILES = ['Caddyfile', 'Caddyfile.mongo'] as const;
const PLACE_HEADER = 'X-Province-Of-Visitor';
const START_MS_MAX = 15_000;
/** Longer than what Caddy sends uncompressed (512 bytes). */
const LONG_PAGE = '<!doctype html>'.padEnd(4_000, 'tem ');

describe.each(FILES)('%s', (file) => {
  const text = readFileSync(file, 'utf8');

  test('writes no access log', () => expect(text).not.toMatch(/^\s*log\b/m));

  test('trusts no client’s word about proxies', () => expect(text).not.toContain('trusted_proxies'));

  test('deletes what clients send before anything is passed on', () => {
    for (const name of ['Forwarded', 'X-Forwarded-*', 'X-Real-IP', '{$PLACE_HEADER:X-Visitor-Province}'])
      expect(text).toContain(`\trequest_header -${name}\n`);
  });
});

const hasCaddy = spawnSync('caddy', ['version']).status === 0;
if (hasCaddy)
  describe.each(FILES)('a Caddy that runs %s', (file) => {
    tryIt(file);
  });
else {
  test('Caddy is not installed here: its files were read, not run', () => {
    process.stderr.write('caddy.test.ts: no `caddy` on the path; `apt-get install caddy` and run again\n');
    expect(hasCaddy).toBe(false);
  });
}

interface Answer {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

function tryIt(file: (typeof FILES)[number]): void {
  const folder = mkdtempSync(join(tmpdir(), 'caddy-'));
  let upstream: Server;
  let caddy: ChildProcess;
  let port = 0;
  let got: IncomingHttpHeaders = {};

  beforeAll(async () => {
    upstream = createServer((asked, response) => {
      if (asked.url !== '/readyz' && asked.url !== '/started') got = asked.headers;
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.end(LONG_PAGE);
    });
    upstream.listen(0, '127.0.0.1');
    await once(upstream, 'listening');
    const behind = `127.0.0.1:${(upstream.address() as AddressInfo).port}`;
    port = await freePort();
    const config = join(folder, 'Caddyfile');
    const own = readFileSync(file, 'utf8').replaceAll(/temtrace(?:-\d)?:3000/g, behind);
    writeFileSync(config, `{\n\tadmin off\n\tauto_https off\n}\n${own}`);
    caddy = spawn('caddy', ['run', '--config', config, '--adapter', 'caddyfile'], {
      env: { ...process.env, TEMTRACE_HOST: `http://127.0.0.1:${port}`, PLACE_HEADER, HOME: folder },
      stdio: 'ignore',
    });
    await answering(port);
  }, START_MS_MAX * 2);

  afterAll(async () => {
    if (caddy.exitCode === null && caddy.kill()) await once(caddy, 'exit');
    upstream.closeAllConnections();
    upstream.close();
    rmSync(folder, { recursive: true });
  });

  test('passes on its own word of who asks, and none of a client’s', async () => {
    await send(port, '/', {
      forwarded: 'for=203.0.113.5',
      'x-forwarded-for': '203.0.113.5',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-port': '444',
      'x-forwarded-prefix': '/evil',
      'x-real-ip': '203.0.113.5',
      [PLACE_HEADER]: 'Hanoi',
    });
    expect(got).toMatchObject({ 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http' });
    expect(got['x-forwarded-host']).toBe(`127.0.0.1:${port}`);
    for (const name of ['forwarded', 'x-forwarded-port', 'x-forwarded-prefix', 'x-real-ip', PLACE_HEADER.toLowerCase()])
      expect([name, got[name]]).toEqual([name, undefined]);
  });

  test.each([
    ['/', 'gzip'],
    ['/san-pham', 'gzip'],
    ['/console', 'gzip'],
    ['/api/v1/openapi.json', 'gzip'],
    ['/t/7K3M9Q-00001V-515K52', undefined],
    ['/T/7K3M9Q00001V515K52', undefined],
    ['/t/7K3M9Q00001V515K52?lang=en', undefined],
    ['/01/09520000000011/21/7K3M9Q00001V515K52', undefined],
  ])('packs %s: %s', async (path, encoding) => {
    const { status, headers, body } = await send(port, path, { 'accept-encoding': 'gzip' });
    expect([status, headers['content-encoding']]).toEqual([200, encoding]);
    const plain = encoding === undefined ? body : gunzipSync(body);
    expect(plain.toString()).toBe(LONG_PAGE);
  });
}

/** Uses node:http, because supertest would unpack the answer and send header lines of its own. */
function send(port: number, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, headers }, (response) => {
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

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Waits until Caddy answers. */
async function answering(port: number): Promise<void> {
  const answers = (): Promise<boolean> =>
    send(port, '/started').then(
      ({ status }) => status === 200,
      () => false,
    );
  await until(answers, START_MS_MAX);
}
