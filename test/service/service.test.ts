// The program itself, as an operator starts it: what it refuses, with which exit code, and how it stops.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ConfigError, readConfig } from '../../server/config.ts';
import { cancelMove, closeForMove } from '../../server/store/sqlite/moving/departure.ts';
import { until } from '../fixtures/until.ts';

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));

interface Ended {
  code: number | null;
  output: string;
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'temtrace-service-'));
});
/** Children left by a failed test must not keep this process from ending. */
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

function start(env: Record<string, string>): { child: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN], {
    cwd: folder,
    env: { PATH: process.env['PATH'], PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { child, output: () => output };
}

async function ended({ child, output }: ReturnType<typeof start>): Promise<Ended> {
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output: output() };
}

/** Starts the service, waits until it reports its address, and returns that address. */
async function started(env: Record<string, string>): Promise<{ running: ReturnType<typeof start>; address: string }> {
  const running = start(env);
  const addressNow = (): string | undefined =>
    /"event":"service.started","address":"([^"]+)"/.exec(running.output())?.[1];
  await until(() => addressNow() !== undefined || running.child.exitCode !== null);
  const address = addressNow();
  if (address === undefined) throw new Error(`it ended instead: ${running.output()}`);
  return { running, address };
}

describe('the program', () => {
  test('names every bad setting at once and exits 78', async () => {
    const { code, output } = await ended(
      start({
        PORT: 'many',
        LOG_LEVEL: 'loud',
        TIME_ZONE: 'Mars/Olympus',
        TRUST_PROXY: 'my-proxy',
        DATA_DIR: join(folder, 'none'),
      }),
    );
    expect(code).toBe(78);
    for (const name of ['PORT', 'LOG_LEVEL', 'TIME_ZONE', 'TRUST_PROXY', 'PUBLIC_ORIGIN'])
      expect(output).toContain(`${name}: `);
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });

  test('a data folder that cannot be written is 78', async () => {
    writeFileSync(join(folder, 'a-file'), '');
    const { code, output } = await ended(
      start({ PUBLIC_ORIGIN: 'https://temtrace.example', DATA_DIR: join(folder, 'a-file') }),
    );
    expect(code).toBe(78);
    expect(output).toContain('DATA_DIR: ');
  });

  // However busy the machine is, only a start that hangs takes this long.
  const HANGING_MS = 20_000;
  test.each(['/proc/temtrace', '/proc/temtrace/data'])(
    'a data folder that the system refuses for ever, %s, is 78 and no endless start',
    async (path) => {
      const running = start({ PUBLIC_ORIGIN: 'https://temtrace.example', DATA_DIR: path });
      const hanging = setTimeout(() => running.child.kill('SIGKILL'), HANGING_MS);
      const { code, output } = await ended(running);
      clearTimeout(hanging);
      expect(code).toBe(78);
      expect(output).toContain(`DATA_DIR: ${path} cannot be written`);
    },
    HANGING_MS + 5_000,
  );

  test('serves, drains on SIGTERM with 0; then a missing, open or other key and a damaged file are refused', async () => {
    const env = { PUBLIC_ORIGIN: 'https://temtrace.example', DATA_DIR: join(folder, 'data') };
    const { running, address } = await started(env);
    expect((await fetch(`${address}/readyz`)).status).toBe(200);
    expect((await fetch(`${address}/t/7K3M9Q-00001V-515K52`, { headers: { accept: 'application/json' } })).status).toBe(
      404,
    );
    expect((await fetch(`${address}/metrics`)).status).toBe(404);
    running.child.kill('SIGTERM');
    expect((await ended(running)).code).toBe(0);

    const key = join(folder, 'data', 'master.key');
    expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700);
    expect(statSync(key).mode & 0o777).toBe(0o600);

    const text = readFileSync(key, 'utf8');
    rmSync(key);
    const withoutKey = await ended(start(env));
    expect(withoutKey.code).toBe(78);
    expect(existsSync(key)).toBe(false);

    writeFileSync(key, text, { mode: 0o644 });
    chmodSync(key, 0o644);
    expect((await ended(start(env))).code).toBe(78);

    writeFileSync(key, `${'0'.repeat(64)}\n`);
    chmodSync(key, 0o600);
    expect((await ended(start(env))).code).toBe(74);

    writeFileSync(key, text);
    const database = join(folder, 'data', 'temtrace.db');
    const bytes = readFileSync(database);
    writeFileSync(database, bytes.subarray(0, Math.floor(bytes.length / 2)));
    expect((await ended(start(env))).code).toBe(74);
  }, 30_000);

  test('on a store that was closed for a move is alive and not ready, and says why', async () => {
    const { running, address } = await started({
      PUBLIC_ORIGIN: 'https://temtrace.example',
      DATA_DIR: join(folder, 'moving'),
    });
    const readiness = async (): Promise<{ status: number; retryAfter: string | null; body: unknown }> => {
      const answer = await fetch(`${address}/readyz`);
      return { status: answer.status, retryAfter: answer.headers.get('retry-after'), body: await answer.json() };
    };
    expect(await readiness()).toEqual({ status: 200, retryAfter: null, body: { status: 'ready' } });
    closeForMove(join(folder, 'moving', 'temtrace.db'), 'mongodb://db.example/temtrace', '2026-11-24T03:00:00.000Z');
    // One probe serves everybody who asks within a few seconds.
    await until(async () => (await readiness()).status === 503);
    expect(await readiness()).toEqual({
      status: 503,
      retryAfter: '5',
      body: { status: 'not-ready', reason: 'store-closed' },
    });
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    cancelMove(join(folder, 'moving', 'temtrace.db'));
    await until(async () => (await readiness()).status === 200);
    running.child.kill('SIGTERM');
    expect((await ended(running)).code).toBe(0);
  }, 30_000);

  test('a port in use is 78', async () => {
    const { running, address } = await started({
      PUBLIC_ORIGIN: 'https://temtrace.example',
      DATA_DIR: join(folder, 'first'),
    });
    const { code, output } = await ended(
      start({
        PUBLIC_ORIGIN: 'https://temtrace.example',
        DATA_DIR: join(folder, 'second'),
        PORT: new URL(address).port,
      }),
    );
    running.child.kill('SIGTERM');
    await ended(running);
    expect(code).toBe(78);
    expect(output).toContain('PORT: ');
  }, 30_000);

  test('figures are for who holds the token', async () => {
    const token = 'a-token-of-some-length';
    const { running, address } = await started({
      PUBLIC_ORIGIN: 'https://temtrace.example',
      DATA_DIR: join(folder, 'figures'),
      METRICS_TOKEN: token,
    });
    await fetch(`${address}/t/7K3M9Q-00001V-515K52`);
    const [stranger, holder] = await Promise.all([
      fetch(`${address}/metrics`),
      fetch(`${address}/metrics`, { headers: { authorization: `Bearer ${token}` } }),
    ]);
    expect(stranger.status).toBe(401);
    expect(await holder.text()).toContain('temtrace_scans_total{outcome="not-ours"} 1');
    running.child.kill('SIGTERM');
    expect((await ended(running)).code).toBe(0);
  }, 30_000);
});

describe('PUBLIC_ORIGIN', () => {
  const originOf = (text: string): string => readConfig({ PUBLIC_ORIGIN: text }, () => '').publicOrigin;

  test.each([
    ['a name by https', 'https://temtrace.vn', 'https://temtrace.vn'],
    ['the case of a host is not its own', 'HTTPS://TemTrace.VN/', 'https://temtrace.vn'],
    ['http on the loopback', 'http://localhost:3000', 'http://localhost:3000'],
    ['a host of 32 characters', `https://${'a'.repeat(29)}.vn`, `https://${'a'.repeat(29)}.vn`],
  ])('%s is taken', (_, text, origin) => expect(originOf(text)).toBe(origin));

  test.each([
    ['http outside the loopback', 'http://temtrace.vn'],
    ['an address in numbers', 'https://203.0.113.7'],
    ['an IPv6 address', 'https://[2001:db8::1]'],
    ['a host of 33 characters', `https://${'a'.repeat(30)}.vn`],
    ['a path', 'https://temtrace.vn/t'],
    ['a user', 'https://me@temtrace.vn'],
    ['a letter no symbol holds', 'https://my_host.vn'],
    ['another scheme', 'ftp://temtrace.vn'],
    ['no address', 'temtrace'],
  ])('%s is refused by name', (_, text) => {
    expect(() => originOf(text)).toThrow(ConfigError);
    expect(() => originOf(text)).toThrow(/PUBLIC_ORIGIN: /);
  });
});

test('a time zone keeps the name it was given', () => {
  const config = readConfig({ PUBLIC_ORIGIN: 'https://temtrace.vn', TIME_ZONE: 'Asia/Ho_Chi_Minh' }, () => '');
  expect(config.timeZone).toBe('Asia/Ho_Chi_Minh');
});
