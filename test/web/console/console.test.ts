import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import express from 'express';
import { keysOf } from '../../../server/actions/batches/sealed-batch.ts';
import { saveNew } from '../../../server/actions/kit/save.ts';
import { makeInspection } from '../../../server/actions/market/make-inspection.ts';
import { makeUser } from '../../../server/actions/people/make-user.ts';
import { closeSheetWorkers } from '../../../server/sheet/threads/draw-sheet.ts';
import { PAIR_TRIES_MAX } from '../../../server/actions/people/sign-in-guard.ts';
import { consoleRouter } from '../../../server/web/console/router.ts';
import { CAST, openTestApi, type TestApi } from '../../fixtures/api.ts';
import { isShownAgain } from '../../fixtures/console.ts';
import { fieldOf, languageOf, pageOf, titleOf, valueOf } from '../../fixtures/page.ts';
import { aLot } from '../../fixtures/records/batches.ts';
import { MADE_AT } from '../../fixtures/records/cast.ts';
import { request, type Received } from '../../fixtures/request.ts';

const PASSWORD = 'mật khẩu đủ dài';

let api: TestApi;
let server: Server;
let address: string;
let batchId: string;

beforeAll(async () => {
  api = await openTestApi();
  server = createServer(
    express()
      .disable('x-powered-by')
      .use(consoleRouter(() => api.context)),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  address = typeof bound === 'object' && bound !== null ? `http://127.0.0.1:${bound.port}` : '';
  const admin = api.actor('admin');
  for (const [role, login, place] of [
    ['producer', 'htx', { producerId: CAST.producerA1 }],
    ['inspector', 'thanh-tra', { officeId: CAST.officeA }],
    ['office', 'van-phong', { officeId: CAST.officeA }],
  ] as const) {
    await makeUser(admin, { role, login, name: `Người <${role}>`, password: PASSWORD, ...place }, api.ctx);
  }
  const lot = aLot({ officeId: CAST.officeA, producerId: CAST.producerA1, productId: CAST.productA1 });
  await saveNew(api.ctx, admin, { collection: 'lots', doc: lot, action: 'make-lot', answer: null });
  batchId = String((await api.as('officeA').post('/batches', { lotId: lot.id, quantity: 1_200 })).body['id']);
  await api.as('officeA').post(`/batches/${batchId}/voids`, { from: 5, to: 6, reason: 'spoiled' });
  const batch = await api.store.batches.get(batchId);
  if (batch === null) throw new Error('no batch');
  const code = keysOf(api.ctx, batch).codeOf(7);
  await makeInspection(
    api.actor('inspectorA'),
    { code, finding: 'tampered', note: '<b>bóc</b>', place: 'Chợ', at: null, clientId: null },
    api.ctx,
  );
});
beforeEach(() => api.setNow(MADE_AT));
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await api.close();
  await closeSheetWorkers();
});

interface Page {
  status: number;
  headers: Headers;
  text: string;
}

async function open(
  path: string,
  init: { method?: string; form?: Record<string, string>; headers?: Record<string, string> } = {},
): Promise<Page> {
  const answer = await request(address + path, {
    method: init.method ?? (init.form === undefined ? 'GET' : 'POST'),
    headers: { ...(init.form === undefined && init.method === undefined ? {} : { Origin: address }), ...init.headers },
    ...(init.form === undefined ? {} : { body: new URLSearchParams(init.form) }),
  });
  const location = answer.headers.get('Location');
  if (location === null || !isShownAgain({ location })) return answer;
  const held = (answer.headers.get('Set-Cookie') ?? '').split(';')[0] ?? '';
  return open(location, { headers: { ...init.headers, ...(held === '' ? {} : { Cookie: held }) } });
}

/** The Cookie header of a new session. */
async function signedIn(login: string): Promise<{ Cookie: string }> {
  const answer = await open('/login', { form: { login, password: PASSWORD } });
  expect(answer.status).toBe(303);
  return { Cookie: (answer.headers.get('Set-Cookie') ?? '').split(';')[0] ?? '' };
}

describe('signing in', () => {
  test('without a session the console leads to /login, in the language asked for', async () => {
    expect((await open('/console')).headers.get('Location')).toBe('/login');
    expect((await open('/console?lang=en')).headers.get('Location')).toBe('/login?lang=en');
  });

  test('the form is Vietnamese or English, labelled, and under a policy that runs nothing but our own files', async () => {
    const vi = await open('/login');
    const page = pageOf(vi.text);
    expect([languageOf(page), titleOf(page)]).toEqual(['vi', 'Đăng nhập']);
    expect(fieldOf(page, 'Mật khẩu').getAttribute('type')).toBe('password');
    expect(titleOf(pageOf((await open('/login?lang=en')).text))).toBe('Sign in');
    expect(vi.headers.get('Content-Security-Policy')).toMatch(/default-src 'none'/);
    expect(vi.headers.get('Content-Security-Policy')).not.toMatch(/unsafe|https?:/);
    expect(vi.headers.get('Cache-Control')).toBe('no-store');
  });

  test('login and password begin a session whose cookie no script reads; a capital letter is no mistake', async () => {
    const answer = await open('/login', { form: { login: ' HTX ', password: PASSWORD.normalize('NFD') } });
    expect([answer.status, answer.headers.get('Location')]).toEqual([303, '/console']);
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^__Host-temtrace_session=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=604800; Secure$/,
      ),
      expect.stringMatching(
        /^__Host-temtrace_device=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=7776000; Secure$/,
      ),
    ]);
    expect((await open('/login', { form: { login: 'thanh-tra', password: PASSWORD } })).headers.get('Location')).toBe(
      '/console',
    );
  });

  test('a wrong password, a login that nobody has and a shut account read alike, and keep what was typed', async () => {
    await makeUser(api.actor('admin'), { role: 'admin', login: 'shut', name: 'x', password: PASSWORD }, api.ctx);
    const user = await api.store.users.findBy('login', ['shut']);
    await api.as('admin').patch(`/users/${String(user?.id)}`, 1, { disabled: true });
    const pages = await Promise.all([
      open('/login', { form: { login: 'htx', password: 'x' } }),
      open('/login', { form: { login: 'no"body', password: PASSWORD } }),
      open('/login', { form: { login: 'shut', password: PASSWORD } }),
      open('/login', { form: {} }),
    ]);
    expect(pages.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    expect(
      pages.every(
        ({ text, headers }) =>
          text.includes('Tên đăng nhập hoặc mật khẩu chưa đúng') && headers.get('Set-Cookie') === null,
      ),
    ).toBe(true);
    expect(valueOf(pageOf(pages[1]?.text ?? ''), 'Tên đăng nhập')).toBe('no"body');
  });

  test('a form of another site signs nobody in or out', async () => {
    const form = { login: 'htx', password: PASSWORD };
    for (const headers of [
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://temtrace.example' },
    ]) {
      const answer = await open('/login', { form, headers });
      expect([answer.status, answer.headers.get('Set-Cookie')]).toEqual([403, null]);
    }
    const cookie = await signedIn('htx');
    expect(
      (await open('/logout', { method: 'POST', headers: { ...cookie, Origin: 'https://evil.example' } })).status,
    ).toBe(403);
    expect((await open('/console', { headers: cookie })).status).toBe(200);
  });

  test('signing out ends the session everywhere', async () => {
    const cookie = await signedIn('htx');
    const out = await open('/logout', { method: 'POST', headers: cookie });
    expect([out.status, out.headers.get('Location')]).toEqual([303, '/login']);
    expect(out.headers.get('Set-Cookie')).toMatch(/^__Host-temtrace_session=; .*Max-Age=0/);
    expect((await open('/console', { headers: cookie })).status).toBe(303);
    expect((await request(`${api.address}/api/v1/batches`, { headers: cookie })).status).toBe(401);
  });

  test('signing in again ends the session that the browser had, also another person’s', async () => {
    const before = await signedIn('htx');
    const other = await signedIn('htx');
    const form = { login: 'van-phong', password: PASSWORD };
    const again = await open('/login', { form, headers: before });
    expect(again.status).toBe(303);
    expect((await open('/console', { headers: before })).status).toBe(303);
    expect((await open('/console', { headers: other })).status).toBe(200);
  });

  test('a session ends after twelve hours without use and after seven days in any case', async () => {
    const cookie = await signedIn('htx');
    const at = (hours: number): void => api.setNow(new Date(Date.parse(MADE_AT) + hours * 3_600_000).toISOString());
    for (let hours = 10; hours < 168; hours += 10) {
      at(hours);
      expect((await open('/console', { headers: cookie })).status).toBe(200);
    }
    at(168);
    expect((await open('/console', { headers: cookie })).status).toBe(303);
    at(0);
    const idle = await signedIn('htx');
    at(12);
    expect((await open('/console', { headers: idle })).status).toBe(303);
  });

  test('a new password and a shut account end the sessions of that person alone', async () => {
    const [mine, other] = [await signedIn('van-phong'), await signedIn('htx')];
    const user = await api.store.users.findBy('login', ['van-phong']);
    await api.as('admin').patch(`/users/${String(user?.id)}`, user?.version, { password: PASSWORD });
    expect((await open('/console', { headers: mine })).status).toBe(303);
    expect((await open('/console', { headers: other })).status).toBe(200);
  });

  test('a session reads the API, and changes or downloads only from our own pages', async () => {
    const cookie = await signedIn('htx');
    const call = (path: string, headers: Record<string, string>, method = 'GET'): Promise<Received> =>
      request(`${api.address}/api/v1${path}`, { method, headers: { ...cookie, ...headers } });
    expect((await call('/batches', {})).status).toBe(200);
    expect((await call(`/batches/${batchId}/codes.csv`, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
    expect((await call(`/batches/${batchId}/codes.csv`, { 'Sec-Fetch-Site': 'same-origin' })).status).toBe(200);
    expect((await call(`/batches/${batchId}/activate`, { Origin: 'https://evil.example' }, 'POST')).status).toBe(403);
    expect((await call(`/batches/${batchId}/activate`, { Origin: 'https://temtrace.example' }, 'POST')).status).toBe(
      200,
    );
  });
});

describe('the pages', () => {
  test('a producer’s first page tells what needs it today, and nothing it typed is markup', async () => {
    const { text, status } = await open('/console', { headers: await signedIn('htx') });
    expect(status).toBe(200);
    // The raw text: input must not become markup.
    expect(text).toContain('Người &lt;producer&gt;');
    expect(text).toContain('HTX producer-a1');
    expect(titleOf(pageOf(text))).not.toBe('');
  });

  test('an inspector sees findings, and batches without files', async () => {
    const cookie = await signedIn('thanh-tra');
    const findings = await open('/console/findings', { headers: cookie });
    expect(findings.text).toContain(batchId);
    // The raw text: input must not become markup.
    expect(findings.text).toContain('&lt;b&gt;bóc&lt;/b&gt;');
    const batches = await open('/console/batches?lang=en', { headers: cookie });
    expect(batches.text).toContain(batchId);
    expect(batches.text).not.toMatch(/codes\.csv|sheet\.pdf/);
  });
});

describe('the form of sign-ins', () => {
  test('a form sent too often is told how long to wait', async () => {
    const form = { login: 'guessed', password: 'x' };
    for (let i = 0; i < PAIR_TRIES_MAX; i += 1) await open('/login', { form });
    const { status, headers, text } = await open('/login', { form });
    expect([status, headers.get('Retry-After')]).toEqual([429, '900']);
    expect(text).toContain('Xin đợi 15 phút');
  });
});
