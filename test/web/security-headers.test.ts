// The security headers of every answer, wherever it was made: walks each GET of the API, of the console and of the
// public pages, including refusals and files, so that a new one is included automatically.

import { beforeAll, describe, expect, test } from '@jest/globals';
import { allRoutes } from '../../server/web/api/routes.ts';
import { consoleRoutes } from '../../server/web/console/routes.ts';
import { CAST, clientIn } from '../fixtures/api.ts';
import { testConsole, visitorAs } from '../fixtures/console.ts';

const api = testConsole();
const office = clientIn(api, 'officeA');
let cookie = '';
let batchId = '';
let photo = '';

const OPEN_PAGES = ['/', '/check?code=1', '/login', '/nothing', '/robots.txt', '/healthz', '/readyz', '/photos/none'];

/** A picture of one pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

beforeAll(async () => {
  cookie = (await visitorAs(api, 'officeA')).cookie;
  const lot = await office.post('/lots', { productId: CAST.productA1, number: 'L-HEADERS' });
  const batch = await office.post('/batches', { lotId: lot.body['id'], quantity: 20 });
  batchId = String(batch.body['id']);
  const product = await office.get(`/products/${CAST.productA1}`);
  const given = await office.put(`/products/${CAST.productA1}/photo`, product.body['version'], PNG, {
    'Content-Type': 'image/png',
  });
  photo = JSON.stringify(given.body['photo']).replaceAll('"', '');
});

const addressOf = (path: string): string =>
  path
    .replace('/batches/:id', `/batches/${batchId}`)
    .replace(':format', 'csv')
    .replace(':year', '2026')
    .replaceAll(/:[A-Za-z]+/g, '1');

interface Told {
  status: number;
  headers: Headers;
}

async function told(path: string, headers: Record<string, string> = {}): Promise<Told> {
  const answer = await fetch(api.address + path, { redirect: 'manual', headers });
  await answer.arrayBuffer();
  return answer;
}

/** What is wrong with these headers. */
function faultsOf({ status, headers }: Told): string[] {
  const policy = (headers.get('Content-Security-Policy') ?? '').split(';').map((part) => part.trim());
  const isFile = /^(?:image|application\/pdf|application\/octet|text\/csv)/.test(headers.get('Content-Type') ?? '');
  return [
    policy.includes("default-src 'none'") ? '' : 'may load anything',
    isFile || policy.includes("frame-ancestors 'none'") || policy.includes('sandbox') ? '' : 'may be framed',
    policy.some(
      (part) =>
        part.startsWith('script-src') &&
        /unsafe-inline|unsafe-eval'|https?:|\*/.test(part) &&
        !/wasm-unsafe-eval/.test(part),
    )
      ? 'runs strange scripts'
      : '',
    headers.get('X-Content-Type-Options') === 'nosniff' ? '' : 'may be sniffed',
    /^max-age=31536000; ?includeSubDomains/.test(headers.get('Strict-Transport-Security') ?? '')
      ? ''
      : 'may go by http',
    /^(?:no-referrer|same-origin)$/.test(headers.get('Referrer-Policy') ?? '') ? '' : 'tells where one came from',
    headers.get('Cross-Origin-Opener-Policy') === 'same-origin' ? '' : 'shares its window',
    headers.get('Cross-Origin-Resource-Policy') === 'same-origin' ? '' : 'may be embedded',
    headers.get('Access-Control-Allow-Origin') === null ? '' : 'opens to other origins',
    headers.get('X-Powered-By') === null && headers.get('Server') === null ? '' : 'names its maker',
    status !== 204 && status !== 304 && headers.get('Content-Type') === null ? 'has no type' : '',
  ].filter((fault) => fault !== '');
}

const OURS = { 'Sec-Fetch-Site': 'same-origin', 'Sec-Fetch-Mode': 'navigate' };
const QUERY: Readonly<Record<string, string>> = {
  '/batches/:id/sheet.pdf': '?template=a4-65&from=1&to=5',
  '/batches/:id/sheet.svg': '?template=a4-65',
  '/batches/:id/sheet.png': '?template=a4-65',
};

describe('what every answer tells the browser', () => {
  test('of the API, to an office and to a stranger; and nothing of it is kept', async () => {
    for (const { method, path } of allRoutes.filter((route) => route.method === 'get')) {
      const address = `/api/v1${addressOf(path)}${QUERY[path] ?? ''}`;
      for (const headers of [{ Cookie: cookie, ...OURS }, {}]) {
        const answer = await told(address, headers);
        expect([method, path, faultsOf(answer)]).toEqual([method, path, []]);
        expect([path, answer.headers.get('Cache-Control')]).toEqual([path, 'no-store']);
      }
    }
  });

  test('of the console, to an office and to a stranger; and nothing of it is kept', async () => {
    for (const { path } of consoleRoutes.filter((route) => route.method === 'get')) {
      for (const headers of [{ Cookie: cookie, ...OURS }, {}]) {
        const answer = await told(addressOf(path), headers);
        expect([path, faultsOf(answer)]).toEqual([path, []]);
        expect([path, answer.headers.get('Cache-Control')]).toEqual([path, 'no-store']);
      }
    }
  });

  test.each(OPEN_PAGES)('of %s', async (path) => {
    expect(faultsOf(await told(path))).toEqual([]);
  });

  test('of a photograph, which runs nothing even where it is opened by itself', async () => {
    const path = photo.replace(/^https?:\/\/[^/]+/, '');
    const answer = await told(path.startsWith('/') ? path : `/photos/${path}`);
    expect([answer.status, faultsOf(answer)]).toEqual([200, []]);
    expect(answer.headers.get('Content-Security-Policy')).toContain('sandbox');
  });

  test('of a preview of the API, which runs nothing either', async () => {
    const answer = await told(`/api/v1/batches/${batchId}/sheet.svg?template=a4-65`, { Cookie: cookie, ...OURS });
    expect([answer.status, answer.headers.get('Content-Type')]).toEqual([200, 'image/svg+xml']);
    expect(answer.headers.get('Content-Security-Policy')).toBe("default-src 'none'; sandbox");
  });
});
