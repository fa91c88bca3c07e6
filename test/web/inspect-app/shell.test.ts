import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { globSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import express from 'express';
import { bundle, squeezed, withoutComments } from '../../../server/web/inspect-app/bundle.ts';
import { makeAppFiles } from '../../../server/web/inspect-app/app-files.ts';
import { inspectAppRouter } from '../../../server/web/inspect-app/router.ts';
import { verdictOf } from '../../../server/domain/stamp/verdict.ts';
import { symbolReaderRouter } from '../../../server/web/symbol-reader-files.ts';
import { request } from '../../fixtures/request.ts';

const ROOT = join(import.meta.dirname, '../../..');
/** Issue: besides the reader. Without compression; a phone fetches a third of it. */
const SHELL_BYTES_MAX = 250_000;
/** Comes with jest. */
const parser = createRequire(import.meta.url)('@babel/parser') as {
  parse(text: string, options: object): { tokens: { type: string | { label: string }; value: unknown }[] };
};
const files = makeAppFiles();

describe('the script for browsers', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'temtrace-bundle-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function bundled(sources: Readonly<Record<string, string>>): Promise<string> {
    for (const [name, text] of Object.entries(sources)) await writeFile(join(folder, name), text);
    return bundle(pathToFileURL(join(folder, 'entry.ts')), {});
  }

  test('holds each module once, in the order of need, with names as imported', async () => {
    const script = await bundled({
      'base.ts': 'export const ONE = 1;\nexport function add(a: number, b: number): number {\n  return a + b;\n}\n',
      'twice.ts': "import { add } from './base.ts';\nexport const twice = (n: number): number => add(n, n);\n",
      'entry.ts':
        "import { ONE as first, type add } from './base.ts';\nimport { twice } from './twice.ts';\n" +
        'globalThis.answer = twice(first) as unknown as typeof add;\n',
    });
    expect(script.match(/return a \+ b/g)).toHaveLength(1);
    const scope = { answer: 0 };
    runInNewContext(script, scope);
    expect(scope.answer).toBe(2);
  });

  test.each([
    ["import fs from 'node:fs';\n", /import fs/],
    ["import { readFileSync } from 'node:fs';\n", /a browser cannot have/],
    ['export default 1;\n', /export default/],
    ['export let count = 0;\n', /export let/],
    ["export * from './base.ts';\n", /export \*/],
  ])('%j is an error that names the file', async (text, message) => {
    await expect(bundled({ 'entry.ts': text })).rejects.toThrow(message);
    await expect(bundled({ 'entry.ts': text })).rejects.toThrow('entry.ts');
  });

  test('loses nothing of any module but comments, types and white space between tags', () => {
    const tokens = (text: string): string[] =>
      parser.parse(text, { sourceType: 'module', tokens: true }).tokens.flatMap(({ type, value }) =>
        // A comment's type is its name.
        typeof type === 'string' ? [] : [`${type.label} ${String(value).replace(/\s+/g, ' ')}`],
      );
    const sources = globSync(
      '{inspect/**/*.ts,server/web/words/{vi,en}/inspect-app.ts,server/domain/{stamp,pack}/*.ts}',
      {
        cwd: ROOT,
      },
    );
    expect(sources.length).toBeGreaterThan(40);
    return Promise.all(
      sources.map(async (name) => {
        const plain = stripTypeScriptTypes(await readFile(join(ROOT, name), 'utf8'));
        expect([name, tokens(squeezed(withoutComments(plain)))]).toEqual([name, tokens(plain)]);
      }),
    );
  });

  test('is the very verdict of the server', async () => {
    const script = files.lasting.get([...files.lasting.keys()].find((name) => name.endsWith('app.js')) ?? '');
    const own = squeezed(withoutComments(String(verdictOf)));
    expect(script?.bytes.toString('utf8')).toContain(own);
  });
});

test('the shell besides the reader is small', () => {
  expect(files.shellBytes).toBeLessThan(SHELL_BYTES_MAX);
});

describe('the files of the app', () => {
  let server: Server;
  let address: string;
  beforeAll(async () => {
    const app = express();
    app.use(inspectAppRouter('https://temtrace.example', files));
    app.use(symbolReaderRouter());
    app.use(express.static(join(ROOT, 'public')));
    server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const bound = server.address();
    address = `http://127.0.0.1:${typeof bound === 'object' ? (bound?.port ?? 0) : 0}`;
  });
  afterAll(() => void server.close());

  test('the page is open to all, keeps nobody’s data, and runs our own files alone', async () => {
    const page = await request(`${address}/inspect`);
    expect(page.status).toBe(200);
    expect(page.headers.get('Cache-Control')).toBe('no-cache');
    const policy = page.headers.get('Content-Security-Policy') ?? '';
    expect(policy).toMatch(/^default-src 'none';/);
    expect(policy.replace("'wasm-unsafe-eval'", '')).not.toMatch(/unsafe|https?:|\*/);
    expect(page.bytes.toString('utf8')).toContain('<noscript>');
  });

  test('the service worker may hold /inspect, is asked for at each start, and every file that it keeps is there', async () => {
    const worker = await request(`${address}/inspect/service-worker.js`);
    expect(worker.headers.get('Service-Worker-Allowed')).toBe('/inspect');
    expect(worker.headers.get('Cache-Control')).toBe('no-cache');
    const list = /const SHELL_FILES = (\[.*\]);/.exec(worker.bytes.toString('utf8'))?.[1] ?? '[]';
    const kept = JSON.parse(list) as string[];
    expect(kept.length).toBeGreaterThan(8);
    for (const path of kept) expect([path, (await request(address + path)).status]).toEqual([path, 200]);
  });

  test('each file has one hash in its address and lasts a year; another hash is not found', async () => {
    for (const path of files.lasting.keys()) {
      expect((await request(address + path)).headers.get('Cache-Control')).toContain('immutable');
      expect((await request(address + path.replace(/[0-9a-f]{12}/, '000000000000'))).status).toBe(404);
    }
  });

  test('the manifest makes it an app of its own', async () => {
    const manifest = JSON.parse((await request(`${address}/inspect/app.webmanifest`)).bytes.toString('utf8')) as object;
    expect(manifest).toMatchObject({ start_url: '/inspect', scope: '/inspect', display: 'standalone', lang: 'vi' });
  });
});
