// The second step of signing in.

import { describe, expect, test } from '@jest/globals';
import { TOTP } from 'otpauth';
import { makeUser } from '../../../../server/actions/people/make-user.ts';
import { CAST } from '../../../fixtures/api.ts';
import { formOf, testConsole, visitor, visitorAs, visitorOf, type Visitor } from '../../../fixtures/console.ts';
import { allByRole, pageOf } from '../../../fixtures/page.ts';
import { MADE_AT } from '../../../fixtures/records/cast.ts';
import { request } from '../../../fixtures/request.ts';
import { recoveryCodesIn, secretIn } from '../../../fixtures/second-step.ts';

const api = testConsole();

const PASSWORD = 'bốn từ dễ nhớ';
const NEXT_PASSWORD = 'năm từ khác hẳn';

function later(ms: number): void {
  api.setNow(new Date(Date.parse(MADE_AT) + ms).toISOString());
}

/** The code that a phone's app shows for the secret on the set-up page. */
function codeFor(secret: string): string {
  return new TOTP({ secret: secret.replaceAll(' ', ''), digits: 6, period: 30 }).generate({
    timestamp: api.ctx.now().getTime(),
  });
}

describe('the second step', () => {
  async function turnedOn(login: string): Promise<{ person: Visitor; secret: string; codes: string[] }> {
    await makeUser(
      api.actor('admin'),
      { role: 'office', login, name: login, password: PASSWORD, officeId: CAST.officeA },
      api.ctx,
    );
    const user = await api.store.users.findBy('login', [login]);
    if (user === null) throw new Error('no account');
    const person = await visitorOf(api, user);
    const page = await person.open('/console/account/two-factor');
    const secret = secretIn(page);
    expect(allByRole(pageOf(page.text), 'img', 'Mã QR cho ứng dụng xác thực')).toHaveLength(1);
    const form = formOf(page.text, '/console/account/two-factor');
    const proof = { ...form?.values, password: PASSWORD };
    const wrong = await person.send('/console/account/two-factor', { ...proof, code: '000000' });
    expect([wrong.status, wrong.text.includes(secret)]).toEqual([422, true]);
    const shown = await person.send('/console/account/two-factor', { ...proof, code: codeFor(secret) });
    const codes = recoveryCodesIn(shown);
    return { person, secret, codes };
  }

  test('it is set up by an app, asked at the next sign-in, and a code is good once', async () => {
    const { secret, codes } = await turnedOn('hai.buoc');
    expect(codes).toHaveLength(10);
    const nobody = visitor(api);
    const step = await nobody.send('/login', { login: 'hai.buoc', password: PASSWORD });
    expect([step.status, step.headers.get('Set-Cookie')]).toEqual([200, null]);
    const form = formOf(step.text, '/login/code');
    // The code used for the set-up cannot be used again; the next one can.
    expect((await nobody.send('/login/code', { ...form?.values, code: codeFor(secret) })).status).toBe(401);
    later(30_000);
    const entered = await nobody.send('/login/code', { ...form?.values, code: codeFor(secret) });
    expect([entered.status, entered.location]).toEqual([303, '/console']);
    expect((await nobody.send('/login/code', { ...form?.values, code: codeFor(secret) })).status).toBe(401);
    const stored = JSON.stringify([
      await api.store.users.findBy('login', ['hai.buoc']),
      await api.store.audit.read(1, 200),
    ]);
    expect(stored).not.toContain(secret.replaceAll(' ', ''));
    expect(codes.some((code) => stored.includes(code))).toBe(false);
  });

  test('a recovery code stands in for the phone once; new ones end the old', async () => {
    const { person, codes } = await turnedOn('du.phong');
    const sign = async (code: string): Promise<number> => {
      const step = await visitor(api).send('/login', { login: 'du.phong', password: PASSWORD });
      return (await visitor(api).send('/login/code', { ...formOf(step.text, '/login/code')?.values, code })).status;
    };
    const [first = '', second = ''] = codes;
    expect(await sign(first.toLowerCase().replaceAll('-', ' '))).toBe(303);
    expect(await sign(first)).toBe(401);
    expect((await person.open('/console/account')).text).toContain('Còn 9 mã dự phòng');
    const wrong = await person.fill('/console/account/two-factor', {
      action: '/console/account/two-factor/codes',
      fields: { password: 'x' },
    });
    expect(wrong.status).toBe(422);
    await person.fill('/console/account/two-factor', {
      action: '/console/account/two-factor/codes',
      fields: { password: PASSWORD },
    });
    expect(await sign(second)).toBe(401);
  });

  test('a ticket of the first step is good for ten minutes, and not after the password changed', async () => {
    const { person, secret } = await turnedOn('cham');
    const step = await visitor(api).send('/login', { login: 'cham', password: PASSWORD });
    const values = formOf(step.text, '/login/code')?.values;
    later(10 * 60_000);
    expect((await visitor(api).send('/login/code', { ...values, code: codeFor(secret) })).text).toContain(
      'quá 10 phút',
    );
    later(60_000);
    const again = formOf(
      (await visitor(api).send('/login', { login: 'cham', password: PASSWORD })).text,
      '/login/code',
    )?.values;
    await person.fill('/console/account', {
      action: '/console/account/password',
      fields: { current: PASSWORD, password: NEXT_PASSWORD },
    });
    expect((await visitor(api).send('/login/code', { ...again, code: codeFor(secret) })).status).toBe(401);
  });

  test('the office ends it for somebody who lost both phone and paper', async () => {
    await turnedOn('mat.may');
    const user = await api.store.users.findBy('login', ['mat.may']);
    const office = await visitorAs(api, 'officeA');
    const path = `/console/users/${user?.id ?? ''}`;
    expect((await office.fill(path, { action: `${path}/two-factor` })).location).toBe(`${path}?done=two-factor`);
    expect((await visitor(api).send('/login', { login: 'mat.may', password: PASSWORD })).status).toBe(303);
  });

  test('where it is required, office and admin open nothing before it, in the console and the API; others are not asked', async () => {
    api.context.settings.requireTwoFactor = true;
    try {
      const login = 'phai.bat';
      const account = { role: 'office', login, name: login, password: PASSWORD, officeId: CAST.officeB } as const;
      await makeUser(api.actor('admin'), account, api.ctx);
      const user = await api.store.users.findBy('login', [login]);
      if (user === null) throw new Error('no account');
      const office = await visitorOf(api, user);
      for (const path of ['/console', '/console/users', '/console/account'])
        expect((await office.open(path)).location).toBe('/console/account/two-factor');
      expect((await request(`${api.address}/api/v1/products`, { headers: { Cookie: office.cookie } })).status).toBe(
        401,
      );
      const page = await office.open('/console/account/two-factor');
      expect(page.text).toContain('Xin bật trước khi làm việc');
      const secret = secretIn(page);
      const values = { ...formOf(page.text)?.values, password: PASSWORD, code: codeFor(secret) };
      await office.send('/console/account/two-factor', values);
      expect((await office.open('/console')).status).toBe(200);
      expect((await (await visitorAs(api, 'producerB1')).open('/console')).status).toBe(200);
    } finally {
      api.context.settings.requireTwoFactor = false;
    }
  });
});
