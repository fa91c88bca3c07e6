// Harmful files sent to every route that accepts files: each is refused with a clear message, scans continue meanwhile,
// and the process that answers scans reads none of them.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { keysOf } from '../../server/actions/batches/sealed-batch.ts';
import { closeUploadReader } from '../../server/actions/uploads/upload-reader.ts';
import { allRoutes } from '../../server/web/api/routes.ts';
import { consoleRoutes } from '../../server/web/console/routes.ts';
import { CAST, openTestApi, ORIGIN, type TestApi } from '../fixtures/api.ts';
import { seedAccounts, visitorAs, type Visitor } from '../fixtures/console.ts';
import { hostilePictures, hostileTables, type HostileFile } from '../fixtures/hostile-files.ts';
import { MADE_AT } from '../fixtures/records/cast.ts';

/**
 * How long other work on a busy machine may delay a look-up; reading one of these files in this process took seconds.
 */
const WAIT_MS_MAX = 1_000;

let api: TestApi;
let visitors: Readonly<Record<'officeA' | 'admin', Visitor>>;
let code: string;
/** What is sent in place of a path's parameter. */
let ids: Readonly<Record<string, string>>;

beforeAll(async () => {
  api = await openTestApi();
  await seedAccounts(api);
  visitors = { officeA: await visitorAs(api, 'officeA'), admin: await visitorAs(api, 'admin') };
  const lot = { productId: CAST.productA1, lot: 'L1', producedOn: '2026-11-01', expiresOn: null };
  const issued = await api.as('officeA').post('/batches', { ...lot, quantity: 10 });
  const batch = await api.store.batches.get(String(issued.body['id']));
  if (batch === null) throw new Error('no batch');
  code = keysOf(api.ctx, batch).codeOf(1);
  const made = await api.as('inspectorA').post('/inspections', {
    code,
    finding: 'in-order',
    at: MADE_AT,
    clientId: 'hostile-1',
  });
  const certificate = await api.as('officeA').post('/certificates', {
    productId: CAST.productA1,
    scheme: 'vietgap',
    number: 'V-1',
    issuer: 'Trung tâm',
    issuedOn: '2026-01-01',
    expiresOn: '2027-12-31',
  });
  const op = { at: MADE_AT, round: 'round-hostile' };
  const place = { name: 'Chợ Đà Lạt', province: 'Lâm Đồng' };
  const synced = await api.as('inspectorA').post('/rounds/sync', {
    device: 'Samsung A15',
    ops: [
      { ...op, opId: 'op-hostile-1', kind: 'open-round', place },
      { ...op, opId: 'op-hostile-2', kind: 'item', item: 'item-hostile', code },
    ],
  });
  const results = synced.body['results'] as { problem: unknown }[];
  if (results.some(({ problem }) => problem !== null)) throw new Error(`no round: ${JSON.stringify(results)}`);
  ids = {
    '/offices/:id/mark': CAST.officeA,
    '/products/:id/photo': CAST.productA1,
    '/products/:id/looks': CAST.productA1,
    '/inspections/:id/photos': String(made.body['id']),
    '/rounds/photos/:clientId': 'photo-hostile?item=item-hostile',
    '/console/products/:id/photo': CAST.productA1,
    '/console/products/:id/papers': CAST.productA1,
    '/console/certificates/:id/papers': String(certificate.body['id']),
    '/console/offices/:id/mark': CAST.officeA,
    '/console/offices/:id/emblem': CAST.officeA,
    '/console/lots/:id/events': String(issued.body['lotId']),
    '/console/lots/:id/papers': String(issued.body['lotId']),
    '/console/import': '',
  };
});
beforeEach(() => api.setNow(MADE_AT));
afterAll(async () => {
  await api.close();
  await closeUploadReader();
  if (api.logged.length > 0) throw new Error(`the service logged ${JSON.stringify(api.logged)}`);
});

const uploads = allRoutes.filter(({ upload }) => upload !== null);
const forms = consoleRoutes.filter(({ files }) => files === true);

/** Looks a stamp up repeatedly while `work` runs. Returns the longest wait in milliseconds. */
async function longestLookUp(work: () => Promise<void>): Promise<number> {
  let isDone = false;
  const done = work().finally(() => (isDone = true));
  let longest = 0;
  while (!isDone) {
    const began = performance.now();
    const answer = await fetch(`${api.address}/t/${code}`, { headers: { Accept: 'application/json' } });
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`a look-up was answered with ${answer.status}`);
    longest = Math.max(longest, performance.now() - began);
  }
  await done;
  return longest;
}

/** The path with a record of this test. */
function addressOf(path: string): string {
  const id = ids[path];
  if (id === undefined) throw new Error(`this test does not know a record for ${path}`);
  return path.replace(/:\w+/, id);
}

/** Status and text of the answer. */
async function sendToApi(path: string, method: string, { bytes }: HostileFile): Promise<[number, string]> {
  const who = path.startsWith('/offices') ? 'admin' : /^\/(inspections|rounds)/.test(path) ? 'inspectorA' : 'officeA';
  const address = addressOf(path);
  const record = await api.as(who).get(address.slice(0, address.lastIndexOf('/')));
  const answer = await api.as(who).send({
    method: method.toUpperCase(),
    path: address,
    body: bytes,
    headers: { 'Content-Type': 'image/png', 'If-Match': JSON.stringify(JSON.stringify(record.body['version'] ?? 1)) },
  });
  return [answer.status, answer.bytes.toString('utf8')];
}

/** The part of the path that the file's field has its name from, where it is not `photo`. */
const FIELDS: Readonly<Record<string, string>> = { import: 'file', papers: 'paper', mark: 'mark', emblem: 'emblem' };

/** Status of the page that the form's answer leads to. */
async function sendForm(path: string, { bytes }: HostileFile): Promise<number> {
  const form = new FormData();
  const fields = { kind: 'evidence', step: 'harvest', day: '2026-11-02', time: '', place: '', note: '', version: '1' };
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  const field = FIELDS[path.slice(path.lastIndexOf('/') + 1)] ?? 'photo';
  form.set(field, new Blob([new Uint8Array(bytes)]), 'file');
  const visitor = visitors[path.includes('/offices/') ? 'admin' : 'officeA'];
  const answer = await fetch(api.address + addressOf(path), {
    method: 'POST',
    redirect: 'manual',
    headers: { Cookie: visitor.cookie, Origin: ORIGIN },
    body: form,
  });
  await answer.arrayBuffer();
  const location = answer.headers.get('Location');
  return location === null ? answer.status : (await visitor.open(location)).status;
}

describe('files made to harm', () => {
  const pictures = hostilePictures();
  const tables = hostileTables();

  test.each(uploads.map(({ method, path }) => ({ method, path })))(
    'the API’s $method $path refuses each, and look-ups go on',
    async ({ method, path }) => {
      const longest = await longestLookUp(async () => {
        for (const file of [...pictures, ...tables.slice(0, 2)]) {
          const [status, text] = await sendToApi(path, method, file);
          expect([file.name, status, text.includes('"code":"')]).toEqual([file.name, 400, true]);
        }
      });
      expect(longest).toBeLessThan(WAIT_MS_MAX);
    },
    60_000,
  );

  test.each(forms.map(({ path }) => ({ path })))(
    'the form at $path refuses each, and look-ups go on',
    async ({ path }) => {
      const files = path === '/console/import' ? [...tables, ...pictures] : [...pictures, ...tables.slice(0, 2)];
      const longest = await longestLookUp(async () => {
        for (const file of files) {
          const status = await sendForm(path, file);
          expect([file.name, status]).toEqual([file.name, 422]);
        }
      });
      expect(longest).toBeLessThan(WAIT_MS_MAX);
    },
    120_000,
  );
});
