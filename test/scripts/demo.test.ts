// The demo as a reader of the README runs it: made once, kept, served; and the operator's tool beside it.

import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { parseStampCode } from '../../server/domain/stamp/stamp-code.ts';
import { makeDataDir, runProgram, startProgram, type Ended, type Started } from '../fixtures/programs.ts';

jest.setTimeout(60_000);

interface Demo {
  origin: string;
  apiKey: string;
  users: { role: string; login: string; password: string }[];
  batches: { id: string; quantity: number; template: string; sheet: string; codes: string }[];
  samples: Record<string, string>;
}

const folder = makeDataDir();
const DATA_DIR = join(folder.path, 'demo');
const settings = { DATA_DIR, PORT: '0' };
const readDemo = (): Demo => JSON.parse(readFileSync(join(DATA_DIR, 'demo.json'), 'utf8')) as Demo;

let written: Ended;
let demo: Demo;

beforeAll(async () => {
  written = await runProgram('scripts/demo.ts', ['--once', '--origin', 'http://192.168.1.20:3000'], settings);
  demo = readDemo();
});
afterAll(() => folder.remove());

describe('npm run demo -- --once', () => {
  test('ends with 0 and says in about a dozen lines what to open', () => {
    expect(written).toMatchObject({ status: 0, stderr: '' });
    expect(written.stdout.trimEnd().split('\n').length).toBeLessThanOrEqual(15);
    for (const code of Object.values(demo.samples))
      expect(written.stdout).toContain(`http://192.168.1.20:3000/t/${code}`);
  });

  test('writes demo.json with the contract’s fields, no others, and random secrets', () => {
    expect(Object.keys(demo).toSorted()).toEqual(['apiKey', 'batches', 'origin', 'samples', 'users']);
    expect(demo.origin).toBe('http://192.168.1.20:3000');
    expect(demo.users.map(({ role }) => role)).toEqual(['admin', 'office', 'producer', 'inspector']);
    expect(new Set(demo.users.map(({ password }) => password)).size).toBe(4);
    expect(Object.keys(demo.samples)).toEqual(['valid', 'suspect', 'recalled', 'void', 'expired', 'not-activated']);
    for (const code of Object.values(demo.samples)) expect(parseStampCode(code)).toMatchObject({ ok: true });
    for (const batch of demo.batches)
      expect(Object.keys(batch)).toEqual(['id', 'quantity', 'template', 'sheet', 'codes']);
  });

  test('each batch has a PDF and a list of all its codes, with the origin that was asked for', () => {
    expect(demo.batches.length).toBe(13);
    for (const { quantity, sheet, codes } of demo.batches) {
      expect(isAbsolute(sheet) && isAbsolute(codes)).toBe(true);
      expect(readFileSync(sheet).subarray(0, 5).toString('latin1')).toBe('%PDF-');
      const [header, ...rows] = readFileSync(codes, 'utf8').trimEnd().split('\n');
      expect(header).toMatch(/^serial,code,url(?:,pin)?$/);
      expect(rows.length).toBe(quantity);
      expect(rows[0]).toMatch(/,HTTP:\/\/192\.168\.1\.20:3000\/(?:T\/|01\/)/);
    }
  });

  test('folders are 0700, and what holds keys, passwords, PINs or codes is 0600', () => {
    const modeOf = (path: string): number => statSync(path).mode & 0o777;
    expect(modeOf(DATA_DIR)).toBe(0o700);
    expect(modeOf(join(DATA_DIR, 'sheets'))).toBe(0o700);
    const files = ['demo.json', 'master.key', 'temtrace.db', 'demo-mark.json'].map((name) => join(DATA_DIR, name));
    for (const file of [...files, ...demo.batches.flatMap(({ sheet, codes }) => [sheet, codes])])
      expect([file, modeOf(file)]).toEqual([file, 0o600]);
  });
});

describe('served from the same folder', () => {
  let served: Started;

  beforeAll(async () => {
    served = await startProgram('scripts/demo.ts', [], settings, /^Ready in [\d.]+ s: (http:\/\/localhost:\d+)/);
  });
  afterAll(() => served.end('SIGKILL'));

  test('the first run’s data is kept, and demo.json says where it is served now', () => {
    expect(served.printed()).toContain('the data of the first run was kept');
    expect(served.printed()).toContain('printed for http://192.168.1.20:3000');
    expect(readDemo()).toEqual({ ...demo, origin: served.address });
  });

  test.each(['valid', 'suspect', 'recalled', 'void', 'expired', 'not-activated'])(
    'the sample for %s gets this verdict over HTTP',
    async (verdict) => {
      const answer = await fetch(`${served.address}/t/${demo.samples[verdict] ?? ''}`, {
        headers: { accept: 'application/json' },
      });
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({ verdict });
    },
  );

  test('the digital link as printed, and a plaque, answer too', async () => {
    const urls = demo.batches.map(({ codes }) => readFileSync(codes, 'utf8').split('\n')[1]?.split(',')[2] ?? '');
    const link = urls.find((url) => url.includes('/01/')) ?? '';
    const answer = await fetch(served.address + new URL(link).pathname, { headers: { accept: 'application/json' } });
    expect(await answer.json()).toMatchObject({ verdict: 'valid', display: true, lot: { number: 'CMT-2611-01' } });
    const plaque = urls[demo.batches.findIndex(({ quantity }) => quantity === 2)] ?? '';
    const sign = await fetch(served.address + new URL(plaque).pathname, { headers: { accept: 'application/json' } });
    expect(await sign.json()).toMatchObject({ verdict: 'valid', lot: null, batch: { kind: 'plaque' } });
  });

  test('the key in demo.json is an office’s', async () => {
    const headers = { authorization: `Bearer ${demo.apiKey}` };
    const batches = await fetch(`${served.address}/api/v1/batches?limit=200`, { headers });
    expect(batches.status).toBe(200);
    expect(((await batches.json()) as { items: unknown[] }).items.length).toBe(demo.batches.length);
    const office = await fetch(`${served.address}/api/v1/offices`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: '{"name":"x","province":"y"}',
    });
    expect(office.status).toBe(403);
  });

  test('the operator’s tool works beside it: a key made there opens the log here, whose copy verifies until a letter is changed', async () => {
    const made = await runProgram('scripts/admin.ts', ['key', 'create', '--role', 'admin'], settings);
    expect(made.status).toBe(0);
    const pages: unknown[] = [];
    for (let after: string | null = ''; after !== null;) {
      const query = `?limit=200${after === '' ? '' : `&after=${encodeURIComponent(after)}`}`;
      const answer = await fetch(`${served.address}/api/v1/audit${query}`, {
        headers: { authorization: `Bearer ${made.stdout.trim()}` },
      });
      expect(answer.status).toBe(200);
      const page = (await answer.json()) as { items: unknown[]; next: string | null };
      pages.push(page);
      after = page.next;
    }
    const copy = join(folder.path, 'audit.jsonl');
    writeFileSync(copy, pages.map((page) => JSON.stringify(page)).join('\n'));
    expect(await runProgram('scripts/admin.ts', ['verify-log', copy, '--compare'], settings)).toMatchObject({
      status: 0,
      stderr: '',
    });

    writeFileSync(copy, readFileSync(copy, 'utf8').replace('"make-recall"', '"make-office"'));
    const changed = await runProgram('scripts/admin.ts', ['verify-log', copy], settings);
    const recall = pages
      .flatMap((page) => (page as { items: { seq: number; action: string }[] }).items)
      .find(({ action }) => action === 'make-recall');
    expect(changed).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining(`line ${recall?.seq}: `) });
    expect(await runProgram('scripts/admin.ts', ['doctor'], settings)).toMatchObject({ status: 0 });
  });

  test('SIGTERM ends it with 0', async () => {
    expect(await served.end('SIGTERM')).toBe(0);
  });
});

describe('folders that are not the demo’s', () => {
  test('a store that it did not make is refused with 78 and left as it is', async () => {
    const other = { DATA_DIR: join(folder.path, 'other') };
    expect((await runProgram('scripts/admin.ts', ['key', 'create', '--role', 'admin'], other)).status).toBe(0);
    const before = readFileSync(join(other.DATA_DIR, 'temtrace.db'));
    const refused = await runProgram('scripts/demo.ts', ['--once'], other);
    expect(refused).toMatchObject({ status: 78, stdout: '', stderr: expect.stringContaining('temtrace.db') });
    expect(readFileSync(join(other.DATA_DIR, 'temtrace.db')).equals(before)).toBe(true);
    expect(existsSync(join(other.DATA_DIR, 'demo.json'))).toBe(false);
  });

  test.each([
    ['an origin with a path', ['--once', '--origin', 'http://192.168.1.20:3000/shop'], {}, 78],
    ['a bad port', ['--once'], { PORT: 'many' }, 78],
    ['an option that is none', ['--twice'], {}, 2],
  ])('%s is named', async (_, args, more, status) => {
    const ended = await runProgram('scripts/demo.ts', args, { DATA_DIR: join(folder.path, 'never'), ...more });
    expect(ended).toMatchObject({ status, stdout: '' });
    expect(ended.stderr).not.toBe('');
    expect(existsSync(join(folder.path, 'never'))).toBe(false);
  });
});

test('a run cut off half-way is begun again', async () => {
  const cut = { DATA_DIR: join(folder.path, 'cut') };
  const sheets = join(cut.DATA_DIR, 'sheets');
  const killWhen = (): boolean => existsSync(sheets) && readdirSync(sheets).length > 4;
  expect(await runProgram('scripts/demo.ts', ['--once'], cut, { killWhen })).toMatchObject({ status: null });
  expect(existsSync(join(cut.DATA_DIR, 'demo.json'))).toBe(false);
  expect(await runProgram('scripts/demo.ts', ['--once'], cut)).toMatchObject({ status: 0, stderr: '' });
  rmSync(cut.DATA_DIR, { recursive: true });
});
