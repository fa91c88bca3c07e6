// Guessing passwords, codes and keys: every check has one limit, outsiders cannot lock out a known device, and the
// office sees the guessing.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { TOTP } from 'otpauth';
import { GUESSES_SHOWN_MIN } from '../../../../server/actions/home/read-guesses.ts';
import { makeUser } from '../../../../server/actions/people/make-user.ts';
import { NETWORK_TRIES_MAX, PAIR_TRIES_MAX } from '../../../../server/actions/people/sign-in-guard.ts';
import { CAST } from '../../../fixtures/api.ts';
import { formOf, testConsole, visitor, visitorAs, visitorOf, type Visitor } from '../../../fixtures/console.ts';
import { request } from '../../../fixtures/request.ts';
import { secretIn } from '../../../fixtures/second-step.ts';

const api = testConsole();
const PASSWORD = 'bốn từ dễ nhớ';
let days = 0;

// Each test has its own week, so that it does not count another test's tries.
beforeEach(() => {
  days += 1;
  api.setNow(new Date(Date.UTC(2026, 10, 24 + days * 10, 3)).toISOString());
});

async function account(login: string): Promise<Visitor> {
  const input = { role: 'office', login, name: login, password: PASSWORD, officeId: CAST.officeA } as const;
  await makeUser(api.actor('admin'), input, api.ctx);
  const user = await api.store.users.findBy('login', [login]);
  if (user === null) throw new Error('no account');
  return visitorOf(api, user);
}

const signIn = (login: string, password: string, who = visitor(api)): ReturnType<Visitor['send']> =>
  who.send('/login', { login, password });

async function linesOf(about: string): Promise<{ action: string; values: unknown }[]> {
  await api.context.signIns.watch.settled();
  const filter = { officeId: null, entity: `sign-in:${about}`, from: null, to: null };
  const { items } = await api.store.audit.list(filter, { limit: 50, after: null });
  return items.map(({ action, values }) => ({ action, values }));
}

describe('a password', () => {
  test('is checked at one place, and hashed at one', () => {
    const root = fileURLToPath(new URL('../../../../', import.meta.url));
    const naming = (word: RegExp): string[] =>
      ['server', 'scripts'].flatMap((folder) =>
        readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
          .filter((file) => file.endsWith('.ts') && word.test(readFileSync(join(root, folder, file), 'utf8')))
          .map((file) => `${folder}/${file}`),
      );
    expect(naming(/\bisPassword\b/).sort()).toEqual([
      'server/actions/people/check-password.ts',
      'server/actions/people/password.ts',
    ]);
    expect(naming(/@node-rs\/argon2/)).toEqual(['server/actions/people/password.ts']);
  });

  test.each([
    ['to change it', '/console/account', '/console/account/password', 'current', { password: 'năm từ khác hẳn' }],
    ['to add the second step', '/console/account/two-factor', '/console/account/two-factor', 'password', { code: '1' }],
  ])('asked %s is tried so often and no more, then not even the right one', async (_, page, action, field, more) => {
    const login = `doan.${field}`;
    const person = await account(login);
    for (let i = 0; i < PAIR_TRIES_MAX; i += 1) {
      const { status, text } = await person.fill(page, { action, fields: { ...more, [field]: `sai ${i}` } });
      expect([status, text.includes('Mật khẩu hiện tại chưa đúng')]).toEqual([422, true]);
    }
    const refused = await person.fill(page, { action, fields: { ...more, [field]: PASSWORD } });
    expect([refused.status, refused.text.includes('Đã thử sai quá nhiều lần')]).toEqual([422, true]);
    // One limit for all: the sign-in counts the same tries.
    expect((await signIn(login, PASSWORD)).status).toBe(429);
  });
});

describe('the second step', () => {
  test('asks for the password when it is added, and ends the other sessions', async () => {
    const person = await account('them.buoc');
    const other = await visitorOf(api, (await api.store.users.findBy('login', ['them.buoc'])) ?? fail());
    const page = await person.open('/console/account/two-factor');
    const secret = secretIn(page).replaceAll(' ', '');
    const values = formOf(page.text, '/console/account/two-factor')?.values;
    const code = new TOTP({ secret, digits: 6, period: 30 }).generate({ timestamp: api.ctx.now().getTime() });
    const without = await person.send('/console/account/two-factor', { ...values, code });
    expect([without.status, without.text.includes(secret.slice(0, 4))]).toEqual([422, true]);
    expect((await other.open('/console/account')).status).toBe(200);
    expect((await person.send('/console/account/two-factor', { ...values, code, password: PASSWORD })).status).toBe(
      200,
    );
    expect((await other.open('/console/account')).status).toBe(303);
    expect((await person.open('/console/account')).status).toBe(200);

    // A forged ticket does not use up the tries of the account that it names.
    const id = (await api.store.users.findBy('login', ['them.buoc']))?.id ?? '';
    const forged = `${id}~${api.ctx.now().getTime() + 60_000}~${'A'.repeat(43)}`;
    for (let i = 0; i < PAIR_TRIES_MAX * 2; i += 1)
      expect((await visitor(api).send('/login/code', { ticket: forged, code: '123456' })).status).toBe(401);
    const ticket = formOf((await signIn('them.buoc', PASSWORD)).text, '/login/code')?.values;
    for (let i = 0; i < PAIR_TRIES_MAX; i += 1)
      expect((await visitor(api).send('/login/code', { ...ticket, code: '000000' })).status).toBe(401);
    expect((await visitor(api).send('/login/code', { ...ticket, code: '000000' })).status).toBe(429);
  });
});

describe('a device that signed in before', () => {
  test('is not locked out by a stranger who tries names from its network', async () => {
    await account('quen.may');
    const first = await signIn('quen.may', PASSWORD);
    const cookie = first.headers.getSetCookie().find((one) => one.startsWith('__Host-temtrace_device=')) ?? '';
    expect(cookie).toMatch(/; HttpOnly; /);
    for (let i = 0; i < NETWORK_TRIES_MAX; i += 1)
      api.context.signIns.guard.take(
        { login: `ten-${i}`, network: '127.0.0.1', device: null },
        api.ctx.now().getTime(),
      );
    expect((await signIn('quen.may', PASSWORD)).status).toBe(429);
    const known = visitor(api, cookie.split(';')[0]);
    expect((await signIn('quen.may', 'sai', known)).status).toBe(401);
    expect((await signIn('quen.may', PASSWORD, known)).status).toBe(303);
    // The device is known for that account only.
    await account('khac');
    expect((await signIn('khac', PASSWORD, known)).status).toBe(429);
  });
});

describe('guessing', () => {
  test('leaves lines in the log and the chain, and is seen on the home page of the office', async () => {
    await account('bi.do');
    const id = (await api.store.users.findBy('login', ['bi.do']))?.id ?? '';
    const office = await visitorAs(api, 'officeA');
    const day = api.ctx.now().toISOString().slice(0, 10);
    for (let i = 0; i < GUESSES_SHOWN_MIN - 1; i += 1) await signIn('bi.do', `sai ${i}`);
    expect(await linesOf(id)).toEqual([{ action: 'refuse-sign-in', values: { day, tries: 1 } }]);
    expect((await office.open('/console')).text).not.toContain('lần đăng nhập sai');
    for (let i = 0; i < 3; i += 1) await signIn('bi.do', `sai ${i}`);
    expect(await linesOf(id)).toEqual([
      { action: 'refuse-sign-in', values: { day, tries: 1 } },
      { action: 'refuse-sign-in', values: { day, tries: 10 } },
    ]);
    expect((await office.open('/console')).text).toContain('Ít nhất 12 lần đăng nhập sai trong 7 ngày qua');
    expect((await (await visitorAs(api, 'officeB')).open('/console')).text).not.toContain('lần đăng nhập sai');
    expect((await office.open('/console/audit?entity=sign-in')).text).toContain('từ chối đăng nhập');
    const told = api.told.filter(({ about }) => about === id);
    expect(told).toHaveLength(12);
    expect(told.at(-1)).toMatchObject({ event: 'sign-in.refused', what: 'password', locked: true, tries: 12 });
    expect(JSON.stringify(api.told)).not.toMatch(/bi\.do|127\.0\.0\.1|sai \d/);
  });

  test('of names and keys that nobody has is one line a day, whatever is invented', async () => {
    const day = api.ctx.now().toISOString().slice(0, 10);
    for (let i = 0; i < 5; i += 1) await signIn(`khong.co.${i}`, 'sai');
    for (let i = 0; i < 5; i += 1) {
      const headers = { Authorization: `Bearer tem_invented_${i}` };
      expect((await request(`${api.address}/api/v1/batches`, { headers })).status).toBe(401);
    }
    expect((await linesOf('unknown')).filter(({ values }) => (values as { day: string }).day === day)).toHaveLength(1);
    expect(await linesOf('key')).toEqual([{ action: 'refuse-key', values: { day, tries: 1 } }]);
  });
});

function fail(): never {
  throw new Error('no account');
}
