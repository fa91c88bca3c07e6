// Invitations, accounts and sessions in the console, and the frame of its pages.

import { describe, expect, test } from '@jest/globals';
import { inviteFirstAdmin } from '../../../../server/actions/people/invite.ts';
import { makeUser } from '../../../../server/actions/people/make-user.ts';
import { INVITATION_MS_MAX } from '../../../../server/domain/people/invitation.ts';
import { CAST, ORIGIN, testApi } from '../../../fixtures/api.ts';
import {
  formOf,
  formsOf,
  seedAccounts,
  visitor,
  visitorAs,
  visitorOf,
  type SeenPage,
} from '../../../fixtures/console.ts';
import {
  faultOf,
  faultsOf,
  fieldOf,
  languageOf,
  linksTo,
  pageOf,
  spokenTextOf,
  textOf,
  titleOf,
  valueOf,
} from '../../../fixtures/page.ts';
import { MADE_AT } from '../../../fixtures/records/cast.ts';

const api = testApi();

const PASSWORD = 'bốn từ dễ nhớ';
const NEXT_PASSWORD = 'năm từ khác hẳn';

function later(ms: number): void {
  api.setNow(new Date(Date.parse(MADE_AT) + ms).toISOString());
}

/** The link that a page shows. */
function linkIn({ text }: SeenPage): string {
  const link = valueOf(pageOf(text), 'Đường dẫn') ?? '';
  if (!link.startsWith(`${ORIGIN}/invitation/`)) throw new Error('no link on this page');
  return link.slice(ORIGIN.length);
}

function cookieOf({ headers }: SeenPage): string {
  return (headers.get('Set-Cookie') ?? '').split(';')[0] ?? '';
}

describe('the first start', () => {
  test('a link makes the first admin, once; afterwards none is offered', async () => {
    const token = await inviteFirstAdmin(api.ctx);
    const link = `/invitation/${token ?? ''}`;
    const nobody = visitor(api);
    const refused = await nobody.fill(link, { fields: { login: 'Quản trị', name: 'Hoa', password: 'ngắn' } });
    expect(refused.status).toBe(422);
    const form = pageOf(refused.text);
    expect(Object.keys(faultsOf(form))).toEqual(['Tên đăng nhập', 'Mật khẩu']);
    expect(valueOf(form, 'Họ và tên')).toBe('Hoa');
    const made = await nobody.send(link, { login: 'hoa', name: 'Hoa', password: PASSWORD });
    expect([made.status, made.location]).toEqual([303, '/console']);
    const home = await visitor(api, cookieOf(made)).open('/console');
    expect(home.text).toContain('Mọi văn phòng');
    expect((await nobody.open(link)).status).toBe(404);
    expect((await nobody.send(link, { login: 'other', name: 'x', password: PASSWORD })).status).toBe(404);
    expect(await inviteFirstAdmin(api.ctx)).toBeNull();
    await seedAccounts(api);
  });
});

describe('invitations', () => {
  test('an office invites; the link is shown once, makes the account of that place and role, and works once', async () => {
    const office = await visitorAs(api, 'officeA');
    const page = await office.fill('/console/users/invite', {
      fields: { name: 'Lan', role: 'producer', producerId: CAST.producerA1 },
    });
    const link = linkIn(page);
    expect((await office.open('/console/users')).text).toContain('Lan');
    const nobody = visitor(api);
    expect(valueOf(pageOf((await nobody.open(link)).text), 'Họ và tên')).toBe('Lan');
    const made = await nobody.send(link, { name: 'Nguyễn Thị Lan', login: ' Nguyen.Lan ', password: PASSWORD });
    expect([made.status, made.location]).toEqual([303, '/console']);
    const user = await api.store.users.findBy('login', ['nguyen.lan']);
    expect(user).toMatchObject({
      role: 'producer',
      officeId: CAST.officeA,
      producerId: CAST.producerA1,
      twoFactor: null,
    });
    expect((await nobody.send(link, { name: 'x', login: 'other.lan', password: PASSWORD })).status).toBe(404);
    const stored = JSON.stringify(await api.store.audit.read(1, 200));
    expect(stored).not.toContain(link.slice('/invitation/'.length));
  });

  test('two uses at the same moment make one account', async () => {
    const office = await visitorAs(api, 'officeA');
    const link = linkIn(await office.fill('/console/users/invite', { fields: { name: 'Twin', role: 'inspector' } }));
    const used = await Promise.all(
      ['twin.a', 'twin.b'].map((login) => visitor(api).send(link, { name: 'Twin', login, password: PASSWORD })),
    );
    expect(used.map(({ status }) => status).sort((a, b) => a - b)).toEqual([303, 404]);
  });

  test('a login that is taken does not use the link up', async () => {
    const office = await visitorAs(api, 'officeA');
    const link = linkIn(await office.fill('/console/users/invite', { fields: { name: 'Minh', role: 'office' } }));
    const taken = await visitor(api).send(link, { name: 'Minh', login: 'hoa', password: PASSWORD });
    expect([taken.status, taken.text.includes('Tên đăng nhập này đã có người dùng')]).toEqual([422, true]);
    expect((await visitor(api).send(link, { name: 'Minh', login: 'minh', password: PASSWORD })).status).toBe(303);
  });

  test('a link ends after 72 hours, and when it is taken back', async () => {
    const office = await visitorAs(api, 'officeA');
    const old = linkIn(await office.fill('/console/users/invite', { fields: { name: 'Muộn', role: 'inspector' } }));
    later(INVITATION_MS_MAX - 1);
    expect((await visitor(api).open(old)).status).toBe(200);
    later(INVITATION_MS_MAX);
    expect((await visitor(api).open(old)).status).toBe(404);
    api.setNow(MADE_AT);
    const list = await office.open('/console/users');
    const forms = formsOf(list.text).map(({ action }) => action);
    const action = forms.find((one) => one.startsWith('/console/users/invitations/'));
    if (action === undefined) throw new Error('no invitation to take back');
    expect((await office.fill('/console/users', { action })).location).toBe('/console/users?done=withdrawn');
    expect((await visitor(api).open(old)).status).toBe(404);
  });

  test('an office invites nobody elsewhere, and no admin', async () => {
    const office = await visitorAs(api, 'officeA');
    const form = pageOf((await office.open('/console/users/invite')).text);
    expect(textOf(fieldOf(form, 'Vai trò'))).not.toContain('Quản trị');
    const admin = await office.send('/console/users/invite', { name: 'x', role: 'admin' });
    expect(admin.status).toBe(422);
    const elsewhere = await office.send('/console/users/invite', {
      name: 'x',
      role: 'producer',
      producerId: CAST.producerB1,
    });
    expect(elsewhere.status).toBe(422);
    expect(faultOf(pageOf(elsewhere.text), 'Của chủ thể nào')).toBe('Không tìm thấy mục này. Xin chọn lại.');
    const user = await api.store.users.findBy('login', ['officeb']);
    expect((await office.open(`/console/users/${user?.id ?? ''}`)).status).toBe(404);
  });

  test('a forgotten password is set by a link, and ends the sessions of before', async () => {
    const office = await visitorAs(api, 'officeA');
    const user = await api.store.users.findBy('login', ['nguyen.lan']);
    if (user === null) throw new Error('no account');
    const before = await visitorOf(api, user);
    const link = linkIn(
      await office.fill(`/console/users/${user.id}`, { action: `/console/users/${user.id}/password` }),
    );
    const set = await visitor(api).send(link, { password: NEXT_PASSWORD });
    expect(set.location).toBe('/login?done=ready');
    expect((await before.open('/console')).location).toBe('/login');
    expect((await visitor(api).send('/login', { login: 'nguyen.lan', password: NEXT_PASSWORD })).status).toBe(303);
    expect((await visitor(api).send(link, { password: PASSWORD })).status).toBe(404);
  });

  test('a shut account signs in no more, an opened one does; nobody shuts their own', async () => {
    const office = await visitorAs(api, 'officeA');
    const user = await api.store.users.findBy('login', ['minh']);
    const path = `/console/users/${user?.id ?? ''}`;
    expect((await office.fill(path, { action: `${path}/shut` })).location).toBe(`${path}?done=shut`);
    expect((await visitor(api).send('/login', { login: 'minh', password: PASSWORD })).status).toBe(401);
    expect((await office.fill(path, { action: `${path}/shut` })).location).toBe(`${path}?done=open`);
    expect((await visitor(api).send('/login', { login: 'minh', password: PASSWORD })).status).toBe(303);
    expect((await office.open('/console/users/user-officeA')).text).not.toContain('Khóa tài khoản');
  });
});

describe('one’s own account', () => {
  test('sessions are listed, and ended elsewhere', async () => {
    const [here, there] = [await visitorAs(api, 'producerA2'), await visitorAs(api, 'producerA2')];
    const page = await here.open('/console/account');
    expect(page.text.match(/Chrome · Windows/g)).toHaveLength(2);
    expect(page.text.match(/Thiết bị này/g)).toHaveLength(1);
    await here.fill('/console/account', { action: '/console/account/sessions' });
    expect((await there.open('/console')).status).toBe(303);
    expect((await here.open('/console')).status).toBe(200);
  });

  test('a new password asks the old one, and signs out elsewhere', async () => {
    const admin = api.actor('admin');
    await makeUser(
      admin,
      { role: 'inspector', login: 'nam', name: 'Nam', password: PASSWORD, officeId: CAST.officeA },
      api.ctx,
    );
    const user = await api.store.users.findBy('login', ['nam']);
    if (user === null) throw new Error('no account');
    const [here, there] = [await visitorOf(api, user), await visitorOf(api, user)];
    const wrong = await here.fill('/console/account', {
      action: '/console/account/password',
      fields: { current: 'sai', password: NEXT_PASSWORD },
    });
    expect([wrong.status, Object.keys(faultsOf(pageOf(wrong.text)))]).toEqual([422, ['Mật khẩu hiện tại']]);
    const short = await here.fill('/console/account', {
      action: '/console/account/password',
      fields: { current: PASSWORD, password: 'ngắn' },
    });
    expect(Object.keys(faultsOf(pageOf(short.text)))).toEqual(['Mật khẩu mới']);
    const changed = await here.fill('/console/account', {
      action: '/console/account/password',
      fields: { current: PASSWORD, password: NEXT_PASSWORD },
    });
    expect(changed.location).toBe('/console/account?done=password');
    expect((await there.open('/console/account')).status).toBe(303);
    expect((await visitor(api).send('/login', { login: 'nam', password: NEXT_PASSWORD })).status).toBe(303);
  });
});

describe('the frame', () => {
  test('a page of another site sends nothing, and a second click does nothing twice', async () => {
    const office = await visitorAs(api, 'officeA');
    const page = await office.open('/console/users/invite');
    const values = { ...formOf(page.text, '/console/users/invite')?.values, name: 'Hai lần', role: 'inspector' };
    const strange = await office.send('/console/users/invite', values, { Origin: 'https://evil.example' });
    expect([strange.status, strange.text.includes('invitation/')]).toEqual([403, false]);
    // The first click's work waits for the second click. Each click draws a random key for its next form; count these.
    const { random, store } = api.context;
    const findRequest = store.findRequest.bind(store);
    const secondClick = Promise.withResolvers<void>();
    let clicks = 0;
    api.context.random = (bytes) => {
      clicks += 1;
      if (clicks === 2) secondClick.resolve();
      return random(bytes);
    };
    store.findRequest = async (key) => (await secondClick.promise, findRequest(key));
    const links = await Promise.all([
      office.send('/console/users/invite', values),
      office.send('/console/users/invite', values),
    ]).finally(() => {
      api.context.random = random;
      store.findRequest = findRequest;
    });
    expect(new Set(links.map(linkIn)).size).toBe(1);
    const listed = spokenTextOf(pageOf((await office.open('/console/users')).text).querySelector('main'));
    expect(listed.match(/Hai lần/g)).toHaveLength(1);
  });

  test('the language that was chosen stays, and the link to the other keeps the page', async () => {
    const office = await visitorAs(api, 'officeA');
    const english = await office.open('/console/users?role=office&lang=en');
    expect(english.headers.get('Set-Cookie')).toMatch(
      /^__Host-temtrace_language=en; Path=\/; HttpOnly; SameSite=Lax; Max-Age=31536000; Secure$/,
    );
    const page = pageOf(english.text);
    expect(languageOf(page)).toBe('en');
    expect(linksTo(page, '/console/users?role=office&lang=vi')).not.toEqual([]);
    const next = await visitor(api, `${office.cookie}; __Host-temtrace_language=en`).open('/console/users');
    expect(titleOf(pageOf(next.text))).toBe('Accounts');
  });

  test('an address that no page has is told within the frame, to people who signed in', async () => {
    const strange = await (await visitorAs(api, 'producerA1')).open('/console/nowhere');
    expect([strange.status, strange.text.includes('Danh mục')]).toEqual([404, true]);
    expect((await visitor(api).open('/console/nowhere')).status).toBe(404);
  });

  test('style, script and typeface come from us and are kept for a year; a page names them by their hash', async () => {
    const { text, headers } = await visitor(api).open('/login');
    expect(headers.get('Content-Security-Policy')).toContain("style-src 'self'");
    const css = pageOf(text).querySelector('link[rel=stylesheet]')?.getAttribute('href') ?? '';
    expect(css).toMatch(/^\/console\.css\?v=[0-9a-f]{12}$/);
    const sheet = await visitor(api).open(css);
    expect(sheet.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable');
    const fonts = [...sheet.text.matchAll(/url\((\/fonts\/[^)]+)\)/g)].map(([, address = '']) => address);
    expect(fonts).toHaveLength(9);
    for (const address of fonts)
      expect((await visitor(api).open(address)).headers.get('Content-Type')).toBe('font/woff2');
    expect((await visitor(api).open('/console.css?v=old')).headers.get('Cache-Control')).toBe('no-cache');
  });

  test('after the sign-in one is led back to the page asked for, and nowhere else', async () => {
    const asked = await visitor(api).open('/console/users?role=office');
    expect(asked.location).toBe('/login?next=%2Fconsole%2Fusers%3Frole%3Doffice');
    const page = await visitor(api).open(asked.location ?? '');
    expect(formOf(page.text)?.values['next']).toBe('/console/users?role=office');
    for (const next of ['https://evil.example/', '//evil.example', '/console@evil', '/t/x']) {
      expect(
        formOf((await visitor(api).open(`/login?next=${encodeURIComponent(next)}`)).text)?.values['next'],
      ).toBeUndefined();
    }
  });
});
