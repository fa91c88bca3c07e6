// Who is responsible for keys, invitations and print shops' links: they end with their maker's account unless handed
// over.

import { describe, expect, test } from '@jest/globals';
import { readInvitation } from '../../../../server/actions/people/accept-invitation.ts';
import { invite } from '../../../../server/actions/people/invite.ts';
import { MAKERS_MAX } from '../../../../server/actions/people/maker.ts';
import { saveNew } from '../../../../server/actions/kit/save.ts';
import type { ApiKey } from '../../../../server/domain/people/account.ts';
import { secretHash } from '../../../../server/actions/people/identify-key.ts';
import { problem } from '../../../fixtures/api-problems.ts';
import { CAST, clientIn, type TestApi } from '../../../fixtures/api.ts';
import { testConsole, visitorOf, type Visitor } from '../../../fixtures/console.ts';
import { aUser } from '../../../fixtures/records/people.ts';

const api = testConsole();
const admin = clientIn(api, 'admin');
let people = 0;

/** Somebody of the office with a session, who makes things through the API as the office's own pages do. */
async function newPerson(fields: object = {}): Promise<{ id: string; visitor: Visitor }> {
  people += 1;
  const id = `maker-${people}`;
  const doc = aUser({ id, login: id, role: 'office', officeId: CAST.officeA, producerId: null, ...fields });
  await saveNew(api.ctx, api.actor('admin'), { collection: 'users', doc, action: 'make-user', answer: null });
  return { id, visitor: await visitorOf(api, doc) };
}

async function call(visitor: Visitor, path: string, body: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${api.address}/api/v1${path}`, {
    method: 'POST',
    headers: { Cookie: visitor.cookie, 'Sec-Fetch-Site': 'same-origin', 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Record<string, unknown>;
}

async function opens(key: unknown): Promise<boolean> {
  const headers = { Authorization: `Bearer ${String(key)}` };
  return (await fetch(`${api.address}/api/v1/batches`, { headers })).status === 200;
}

async function invitationFrom(id: string, on: TestApi): Promise<string> {
  const actor = { kind: 'person', id, role: 'office', officeId: CAST.officeA, producerId: null } as const;
  const made = await invite(actor, { role: 'inspector', name: 'Lan' }, on.ctx);
  if (!made.ok || made.value.kind === 'waiting') throw new Error('no invitation');
  return made.value.value.token ?? '';
}

async function shut(id: string, more: object = {}): Promise<Awaited<ReturnType<typeof admin.patch>>> {
  const { body } = await admin.get(`/users/${id}`);
  return admin.patch(`/users/${id}`, body['version'], { disabled: true, ...more });
}

describe('a key', () => {
  test('says who made it, until when it opens, and ends there', async () => {
    const { id, visitor } = await newPerson();
    const made = await call(visitor, '/keys', { role: 'office', name: 'ERP', expiresAt: '2026-11-25T00:00:00.000Z' });
    expect(made).toMatchObject({ by: id, expiresAt: '2026-11-25T00:00:00.000Z' });
    expect((await admin.get('/keys?role=office')).body['items']).toContainEqual(
      expect.objectContaining({ id: made['id'], by: id, expiresAt: '2026-11-25T00:00:00.000Z' }),
    );
    expect(await opens(made['key'])).toBe(true);
    api.setNow('2026-11-24T23:59:59.999Z');
    expect(await opens(made['key'])).toBe(true);
    api.setNow('2026-11-25T00:00:00.000Z');
    expect(await opens(made['key'])).toBe(false);
    expect(
      problem(await admin.post('/keys', { role: 'admin', name: 'x', expiresAt: '2026-11-25T00:00:00.000Z' })),
    ).toEqual({ status: 400, code: 'invalid', at: ['expiresAt'] });
  });

  test('made before keys named their maker ends with whoever the log names', async () => {
    const { id } = await newPerson();
    const doc: ApiKey = {
      id: 'key-of-before',
      version: 1,
      createdAt: '2026-11-01T00:00:00.000Z',
      updatedAt: '2026-11-01T00:00:00.000Z',
      role: 'office',
      officeId: CAST.officeA,
      producerId: null,
      name: 'of before',
      keyHash: secretHash('tem_before'),
      revokedAt: null,
    };
    const actor = { kind: 'person', id, role: 'office', officeId: CAST.officeA, producerId: null } as const;
    await saveNew(api.ctx, actor, { collection: 'apiKeys', doc, action: 'make-key', answer: null });
    expect(await opens('tem_before')).toBe(true);
    expect((await admin.get(`/users/${id}/credentials`)).body['keys']).toMatchObject([{ id: doc.id, by: id }]);
    await shut(id);
    expect(await opens('tem_before')).toBe(false);
  });

  test('made by a key ends with that key, and a line of them is so long at most', async () => {
    const { visitor } = await newPerson();
    const keys = [await call(visitor, '/keys', { role: 'office', name: 'first' })];
    const makeBy = (key: unknown): Promise<Response> =>
      fetch(`${api.address}/api/v1/keys`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${String(key)}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ role: 'office', name: 'next' }),
      });
    while (keys.length < MAKERS_MAX)
      keys.push((await (await makeBy(keys.at(-1)?.['key'])).json()) as Record<string, unknown>);
    expect(await opens(keys.at(-1)?.['key'])).toBe(true);
    expect((await makeBy(keys.at(-1)?.['key'])).status).toBe(403);
    await admin.post(`/keys/${String(keys[0]?.['id'])}/revoke`, {});
    expect(await Promise.all(keys.map(({ key }) => opens(key)))).toEqual(keys.map(() => false));
  });
});

describe('an account that is shut', () => {
  test('takes its keys and invitations with it, for good', async () => {
    const { id, visitor } = await newPerson();
    const { key } = await call(visitor, '/keys', { role: 'office', name: 'ERP' });
    const token = await invitationFrom(id, api);
    expect((await admin.get(`/users/${id}/credentials`)).body).toMatchObject({
      keys: [{ name: 'ERP', by: id }],
      invitations: [{ name: 'Lan', by: id }],
      shopLinks: [],
    });
    expect((await readInvitation(token, api.ctx)).ok).toBe(true);
    const { body } = await shut(id);
    expect(await opens(key)).toBe(false);
    expect((await readInvitation(token, api.ctx)).ok).toBe(false);
    expect((await admin.get(`/users/${id}/credentials`)).body).toEqual({ keys: [], invitations: [], shopLinks: [] });
    expect((await admin.patch(`/users/${id}`, body['version'], { disabled: false })).status).toBe(200);
    expect(await opens(key)).toBe(false);
    expect((await readInvitation(token, api.ctx)).ok).toBe(false);
  });

  test('may hand them over in the same step, to somebody who could have made them', async () => {
    const { id, visitor } = await newPerson();
    const next = await newPerson();
    const inspector = await newPerson({ role: 'inspector' });
    const { key } = await call(visitor, '/keys', { role: 'office', name: 'ERP' });
    const token = await invitationFrom(id, api);
    for (const [to, code] of [
      [inspector.id, 'invalid'],
      [id, 'invalid'],
      ['nobody', 'absent-reference'],
    ] as const)
      expect(problem(await shut(id, { handOverTo: to }))).toEqual({ status: 400, code, at: ['handOverTo'] });
    expect(await opens(key)).toBe(true);
    expect((await shut(id, { handOverTo: next.id })).status).toBe(200);
    expect(await opens(key)).toBe(true);
    expect((await readInvitation(token, api.ctx)).ok).toBe(true);
    expect((await admin.get(`/users/${next.id}/credentials`)).body).toMatchObject({
      keys: [{ name: 'ERP', by: next.id }],
      invitations: [{ name: 'Lan', by: next.id }],
    });
    expect(problem(await shut(next.id, { handOverTo: id }))).toMatchObject({ at: ['handOverTo'] });
    await shut(next.id);
    expect(await opens(key)).toBe(false);
  });

  test('is shown on its page with what ends, and handed over there', async () => {
    const { id, visitor } = await newPerson();
    const next = await newPerson();
    const { key } = await call(visitor, '/keys', { role: 'office', name: 'Cân điện tử' });
    const page = await next.visitor.open(`/console/users/${id}`);
    expect(page.text).toContain('Khóa API: Cân điện tử');
    expect(page.text).toMatch(new RegExp(`<option value="${next.id}"[^>]*>Tôi \\(`));
    expect((await next.visitor.open('/console/users/keys')).text).toContain('Cân điện tử');
    const done = await next.visitor.fill(`/console/users/${id}`, {
      action: `/console/users/${id}/shut`,
      fields: { handOverTo: next.id },
    });
    expect(done.text).toContain('Đã khóa tài khoản');
    expect(await opens(key)).toBe(true);
    const keyId = (await api.store.apiKeys.list({}, { limit: 200, after: null })).items.find(
      ({ name }) => name === 'Cân điện tử',
    )?.id;
    const revoked = await next.visitor.fill('/console/users/keys', {
      action: `/console/users/keys/${keyId}/revoke`,
    });
    expect(revoked.text).toContain('Đã thu hồi khóa');
    expect(await opens(key)).toBe(false);
  });
});
