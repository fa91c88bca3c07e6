// Accounts, sessions, keys and the log over the API.

import { describe, expect, test } from '@jest/globals';
import { beginSession } from '../../../../server/actions/people/begin-session.ts';
import { changeUser } from '../../../../server/actions/people/change-user.ts';
import { identifySession } from '../../../../server/actions/people/identify-session.ts';
import { signIn } from '../../../../server/actions/people/sign-in.ts';
import { batchDesk } from '../../../fixtures/api-batches.ts';
import { problem } from '../../../fixtures/api-problems.ts';
import { CAST, testApi } from '../../../fixtures/api.ts';
import { MADE_AT } from '../../../fixtures/records/cast.ts';
import { request, type Received } from '../../../fixtures/request.ts';

const HERE = { network: '203.0.113.7', marks: null };

const api = testApi();
const { office, newLot, newBatch } = batchDesk(api);

describe('accounts', () => {
  const password = 'mật khẩu đủ dài';

  test('an office makes accounts of its own; only an admin makes an admin or another office’s', async () => {
    const made = await office.post('/users', { role: 'inspector', login: 'Thanh.Tra', name: 'Thanh tra', password });
    expect(made).toMatchObject({
      status: 201,
      body: { login: 'thanh.tra', officeId: CAST.officeA, producerId: null, disabledAt: null },
    });
    expect(made.bytes.toString('utf8')).not.toMatch(/argon2|mật khẩu/);
    expect(problem(await office.post('/users', { role: 'office', login: 'thanh.tra', name: 'x', password }))).toEqual({
      status: 409,
      code: 'taken',
      at: ['login'],
    });
    expect((await office.post('/users', { role: 'admin', login: 'root', name: 'x', password })).status).toBe(403);
    expect(
      problem(
        await office.post('/users', { role: 'office', officeId: CAST.officeB, login: 'other', name: 'x', password }),
      ),
    ).toMatchObject({ status: 400, at: ['officeId'] });
    expect(
      problem(
        await office.post('/users', {
          role: 'producer',
          producerId: CAST.producerB1,
          login: 'other',
          name: 'x',
          password,
        }),
      ),
    ).toMatchObject({ status: 400, at: ['producerId'] });
    expect(
      problem(await office.post('/users', { role: 'office', login: 'short', name: 'x', password: '11 letters!' })),
    ).toMatchObject({ status: 400, at: ['password'] });
    expect((await api.as('officeB').get(`/users/${String(made.body['id'])}`)).status).toBe(404);
    expect((await api.as('admin').post('/users', { role: 'admin', login: 'root', name: 'x', password })).status).toBe(
      201,
    );
    expect(await office.patch(`/users/${String(made.body['id'])}`, 1, { disabled: true })).toMatchObject({
      status: 200,
      body: { disabledAt: MADE_AT },
    });
  });

  test('a session that is used at the very moment its account gets a new password ends all the same', async () => {
    const made = await office.post('/users', {
      role: 'inspector',
      login: 'used-now',
      name: 'x',
      password: 'correct horse battery',
    });
    const user = await api.store.users.get(String(made.body['id']));
    if (user === null) throw new Error('no such account');
    const begun = await beginSession(user, null, api.ctx);
    if (!begun.ok) throw new Error(begun.problem.code);
    const { token } = begun.value;
    api.setNow(new Date(Date.parse(MADE_AT) + 2 * 3_600_000).toISOString());
    const { sessions } = api.store;
    const uses: unknown[] = [];
    const usedMeanwhile: typeof sessions = Object.assign(Object.create(sessions) as typeof sessions, {
      replace: async (...change: Parameters<typeof sessions.replace>) => {
        // its use is recorded, which changes its version
        if (uses.length === 0) uses.push(await identifySession(token, api.ctx));
        return sessions.replace(...change);
      },
    });
    const store: typeof api.store = Object.assign(Object.create(api.store) as typeof api.store, {
      sessions: usedMeanwhile,
    });
    const change = { id: user.id, version: 1, change: { password: 'another horse battery' } };
    expect(await changeUser(api.actor('officeA'), change, { ...api.ctx, store })).toMatchObject({ ok: true });
    expect(uses).toMatchObject([{ kind: 'person', role: 'inspector' }]);
    expect(await identifySession(token, api.ctx)).toBeNull();
  });

  test('who signs in with the old password while it is changed is not signed in after', async () => {
    const [old, fresh] = ['correct horse battery', 'another horse battery'];
    const made = await office.post('/users', { role: 'inspector', login: 'changed-now', name: 'x', password: old });
    const id = String(made.body['id']);
    const { users, sessions } = api.store;
    const withStore = (parts: Partial<typeof api.store>): typeof api.ctx => ({
      ...api.ctx,
      store: Object.assign(Object.create(api.store) as typeof api.store, parts),
    });
    const change = async (password: string, ctx = api.ctx): Promise<void> => {
      const version = (await users.get(id))?.version ?? 0;
      expect(await changeUser(api.actor('officeA'), { id, version, change: { password } }, ctx)).toMatchObject({
        ok: true,
      });
    };

    // The password was right when it was checked, and changes before the session is stored.
    const lateSessions: typeof sessions = Object.assign(Object.create(sessions) as typeof sessions, {
      insert: async (...session: Parameters<typeof sessions.insert>) => {
        await change(fresh);
        return sessions.insert(...session);
      },
    });
    expect(
      await signIn({ login: 'changed-now', password: old, from: HERE }, withStore({ sessions: lateSessions })),
    ).toMatchObject({
      ok: false,
      problem: { code: 'not-signed-in' },
    });

    // The session is stored after the account's sessions were ended, and before the new password is stored.
    const begun: Awaited<ReturnType<typeof signIn>>[] = [];
    const lateUsers: typeof users = Object.assign(Object.create(users) as typeof users, {
      replace: async (...user: Parameters<typeof users.replace>) => {
        begun.push(await signIn({ login: 'changed-now', password: fresh, from: HERE }, api.ctx));
        return users.replace(...user);
      },
    });
    await change(old, withStore({ users: lateUsers }));
    expect(begun).toMatchObject([{ ok: true, value: { kind: 'signed-in' } }]);
    const open = (await sessions.list({ userId: id }, { limit: 10, after: null })).items.filter(
      ({ revokedAt }) => revokedAt === null,
    );
    expect(open).toEqual([]);
  });

  test('a key works until it is revoked, is shown once, and is kept only as a hash', async () => {
    const headers = { 'Idempotency-Key': 'key-once' };
    const body = { role: 'producer', producerId: CAST.producerA1, name: 'ERP' };
    const made = await office.post('/keys', body, headers);
    expect(made.status).toBe(201);
    const key = String(made.body['key']);
    expect(key).toMatch(/^tem_[A-Za-z0-9_-]{43}$/);
    expect((await office.post('/keys', body, headers)).body).toEqual({ ...made.body, key: null });
    const use = (): Promise<Received> =>
      request(`${api.address}/api/v1/batches`, { headers: { Authorization: `Bearer ${key}` } });
    expect((await use()).status).toBe(200);
    expect(JSON.stringify((await office.get('/keys')).body)).not.toContain(key);
    const path = `/keys/${String(made.body['id'])}/revoke`;
    expect((await api.as('officeB').send({ method: 'POST', path })).status).toBe(404);
    expect(await office.send({ method: 'POST', path })).toMatchObject({ status: 200, body: { revokedAt: MADE_AT } });
    expect((await use()).status).toBe(401);
    expect((await office.send({ method: 'POST', path })).status).toBe(200);
  });

  test('the log is listed by entity and period, an office its own lines', async () => {
    const { id } = await newBatch({ lotId: await newLot(), quantity: 3 });
    const lines = (await office.get(`/audit?entity=batch:${id}`)).body['items'];
    expect(lines).toMatchObject([{ action: 'issue-batch', officeId: CAST.officeA, values: { quantity: 3 } }]);
    expect((await api.as('officeB').get(`/audit?entity=batch:${id}`)).body['items']).toEqual([]);
    expect((await office.get('/audit?entity=batch&to=2026-11-23')).body['items']).toEqual([]);
    expect((await office.get('/audit?entity=batch&from=2026-11-24&limit=1')).body['items']).toHaveLength(1);
    expect(problem(await office.get('/audit?entity=*'))).toMatchObject({ status: 400, at: ['entity'] });
    expect((await office.get('/audit?from=9999-12-31')).status).toBe(400);
  });
});

test('nothing that was asked of this half ended in a fault of ours', () => {
  expect(api.logged).toEqual([]);
});
