// The session of the inspector's app: bound to the phone's key, ended and locked as the interface says.

import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { changeUser } from '../../server/actions/people/change-user.ts';
import { makeUser } from '../../server/actions/people/make-user.ts';
import { SYSTEM } from '../../server/domain/people/account.ts';
import { deviceKeyOf, PROOF_WINDOW_MS, proofText } from '../../server/domain/people/device-proof.ts';
import { CAST, testApi } from '../fixtures/api.ts';
import { MADE_AT } from '../fixtures/records/cast.ts';
import { request } from '../fixtures/request.ts';

const api = testApi();
const PASSWORD = 'mật khẩu rất dài 1';

interface Phone {
  publicKey: string;
  /** The proof of a request at this moment. */
  prove: (method: string, path: string, at?: number) => string;
}

function aPhone(): Phone {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const key = createPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' }));
  return {
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    prove(method, path, at = api.ctx.now().getTime()) {
      const signature = sign('sha256', Buffer.from(proofText(method, path, at)), { key, dsaEncoding: 'ieee-p1363' });
      return `${at}.${signature.toString('base64url')}`;
    },
  };
}

interface Answer {
  status: number;
  body: Record<string, unknown>;
  cookie: string;
}

async function send(method: string, path: string, headers: Record<string, string>, body?: unknown): Promise<Answer> {
  const answer = await request(`${api.address}${path}`, {
    method,
    headers: { 'Sec-Fetch-Site': 'same-origin', 'Content-Type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = answer.bytes.toString('utf8');
  return {
    status: answer.status,
    body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
    cookie: (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '',
  };
}

let accounts = 0;
async function anInspector(role: 'inspector' | 'producer' = 'inspector'): Promise<{ id: string; login: string }> {
  const login = `${role}-${(accounts += 1)}`;
  const input = {
    role,
    officeId: CAST.officeA,
    ...(role === 'producer' ? { producerId: CAST.producerA1 } : {}),
    login,
    name: 'Lan',
    password: PASSWORD,
  };
  const made = await makeUser(SYSTEM, input as never, api.ctx);
  if (!made.ok || made.value.kind !== 'done') throw new Error('no account');
  return { id: made.value.value.id, login };
}

function signIn(login: string, phone: Phone, part: object = {}): Promise<Answer> {
  const device = { publicKey: phone.publicKey, name: 'Samsung A15' };
  return send('POST', '/inspect/session', {}, { login, password: PASSWORD, device, ...part });
}

describe('the app’s session', () => {
  test('opens the API with the phone’s proof, for that request and this moment, and no page', async () => {
    const phone = aPhone();
    const { id, login } = await anInspector();
    const entered = await signIn(login, phone);
    expect(entered).toMatchObject({
      status: 200,
      body: {
        person: { id, role: 'inspector', officeId: CAST.officeA },
        office: { id: CAST.officeA },
        expiresAt: new Date(Date.parse(MADE_AT) + 14 * 3_600_000).toISOString(),
      },
    });
    expect(entered.cookie).toMatch(/^__Host-temtrace_app=/);
    const cookie = { Cookie: entered.cookie };
    const path = '/api/v1/inspections?limit=1';
    const withProof = (proof: string): Promise<Answer> => send('GET', path, { ...cookie, 'Temtrace-Proof': proof });
    expect((await withProof(phone.prove('GET', path))).status).toBe(200);
    const nowMs = api.ctx.now().getTime();
    for (const proof of [
      phone.prove('GET', '/api/v1/inspections'),
      phone.prove('POST', path),
      aPhone().prove('GET', path),
      phone.prove('GET', path, nowMs - PROOF_WINDOW_MS - 1),
      phone.prove('GET', path, nowMs + PROOF_WINDOW_MS + 1),
      'x',
    ])
      expect(await withProof(proof)).toMatchObject({
        status: 401,
        body: { code: 'device-proof', serverTime: MADE_AT },
      });
    expect((await withProof(phone.prove('GET', path, nowMs - PROOF_WINDOW_MS))).status).toBe(200);
    expect(await send('GET', path, cookie)).toMatchObject({ status: 401, body: { code: 'device-proof' } });
    // The cookie is no console session.
    const asConsole = { Cookie: entered.cookie.replace('temtrace_app', 'temtrace_session') };
    expect(await send('GET', path, asConsole)).toMatchObject({ status: 401, body: { code: 'not-signed-in' } });
  });

  test('gives the same escrow to the same phone and account, and another to any other', async () => {
    const [phone, other] = [aPhone(), aPhone()];
    const [{ login }, colleague] = [await anInspector(), await anInspector()];
    const escrowOf = async (who: string, on: Phone): Promise<unknown> => (await signIn(who, on)).body['escrow'];
    const escrow = await escrowOf(login, phone);
    expect(Buffer.from(String(escrow), 'base64')).toHaveLength(32);
    expect(await escrowOf(login, phone)).toBe(escrow);
    expect(await escrowOf(login, other)).not.toBe(escrow);
    expect(await escrowOf(colleague.login, phone)).not.toBe(escrow);
    const entered = await signIn(login, phone);
    const shown = await send('GET', '/inspect/session', {
      Cookie: entered.cookie,
      'Temtrace-Proof': phone.prove('GET', '/inspect/session'),
    });
    expect([shown.status, 'escrow' in shown.body]).toEqual([200, false]);
  });

  test('ends with the day, by signing out, and with a new password; then the phone keeps what it has', async () => {
    const phone = aPhone();
    const { id, login } = await anInspector();
    const use = async (cookie: string): Promise<unknown> => {
      const answer = await send('GET', '/inspect/session', {
        Cookie: cookie,
        'Temtrace-Proof': phone.prove('GET', '/inspect/session'),
      });
      return answer.body['code'] ?? (answer.status === 200 ? 'open' : answer.status);
    };
    const first = (await signIn(login, phone)).cookie;
    // Without network for 13 hours it is not idle.
    api.setNow(new Date(Date.parse(MADE_AT) + 13 * 3_600_000).toISOString());
    expect(await use(first)).toBe('open');
    api.setNow(new Date(Date.parse(MADE_AT) + 14 * 3_600_000).toISOString());
    expect(await use(first)).toBe('not-signed-in');
    const second = (await signIn(login, phone)).cookie;
    const end = '/inspect/session/end';
    const ended = await send('POST', end, { Cookie: second, 'Temtrace-Proof': phone.prove('POST', end) });
    expect([ended.status, ended.cookie]).toEqual([204, '__Host-temtrace_app=']);
    expect(await use(second)).toBe('not-signed-in');
    const third = (await signIn(login, phone)).cookie;
    const user = await api.store.users.get(id);
    await changeUser(SYSTEM, { id, version: user?.version ?? 0, change: { password: 'mật khẩu khác hẳn 2' } }, api.ctx);
    expect(await use(third)).toBe('not-signed-in');
  });

  test('is locked by the office at once, phone or account: then the phone removes all', async () => {
    const phone = aPhone();
    const { id, login } = await anInspector();
    const { cookie, body } = await signIn(login, phone);
    const deviceId = (body['device'] as { id: string }).id;
    const use = (): Promise<Answer> =>
      send('GET', '/inspect/session', { Cookie: cookie, 'Temtrace-Proof': phone.prove('GET', '/inspect/session') });
    const office = api.as('officeA');
    const own = ((await office.get('/devices')).body['items'] as { id: string }[]).find((one) => one.id === deviceId);
    expect(own).toMatchObject({ userId: id, person: 'Lan', name: 'Samsung A15', state: 'open' });
    expect((await api.as('officeB').post(`/devices/${deviceId}/shut`, {})).status).toBe(404);
    expect((await api.as('inspectorA').get('/devices')).status).toBe(403);
    expect(await office.post(`/devices/${deviceId}/shut`, {})).toMatchObject({
      status: 200,
      body: { state: 'locked' },
    });
    expect(await use()).toMatchObject({ status: 401, body: { code: 'device-shut' } });
    expect((await office.post(`/devices/${deviceId}/shut`, {})).status).toBe(200);

    const again = await signIn(login, phone);
    expect(again.status).toBe(200);
    const user = await api.store.users.get(id);
    await changeUser(SYSTEM, { id, version: user?.version ?? 0, change: { disabled: true } }, api.ctx);
    const shut = await send('GET', '/inspect/session', {
      Cookie: again.cookie,
      'Temtrace-Proof': phone.prove('GET', '/inspect/session'),
    });
    expect(shut.body['code']).toBe('device-shut');
  });

  test('is refused to a wrong password, a producer, another site and a key that is none', async () => {
    const { login } = await anInspector();
    const phone = aPhone();
    expect(await signIn(login, phone, { password: 'wrong' })).toMatchObject({
      status: 401,
      body: { code: 'not-signed-in' },
    });
    const producer = await anInspector('producer');
    expect(await signIn(producer.login, phone)).toMatchObject({ status: 403, body: { code: 'not-allowed' } });
    for (const publicKey of ['x', Buffer.alloc(91).toString('base64')])
      expect(await signIn(login, { ...phone, publicKey })).toMatchObject({ status: 400, body: { code: 'invalid' } });
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
    expect(deviceKeyOf(publicKey.export({ format: 'der', type: 'spki' }).toString('base64'))).toBeNull();
    const body = { login, password: PASSWORD, device: { publicKey: phone.publicKey, name: 'A15' } };
    expect((await send('POST', '/inspect/session', { 'Sec-Fetch-Site': 'cross-site' }, body)).status).toBe(403);
    expect((await send('GET', '/inspect/session', {})).status).toBe(401);
  });
});
