import { describe, expect, test } from '@jest/globals';
import {
  HELD_BYTES_MAX,
  HELD_HOURS,
  holdText,
  openText,
  readHeldText,
  sealText,
} from '../../../server/actions/kit/held-text.ts';
import { beginSession } from '../../../server/actions/people/begin-session.ts';
import { decide } from '../../../server/actions/kit/rights.ts';
import { forgetOldScans } from '../../../server/jobs/retention.ts';
import {
  HELD_AN_HOUR_MAX,
  HeldForms,
  pageOfForm,
  SECRET_FIELDS,
  type HeldForm,
} from '../../../server/web/console/forms/held-forms.ts';
import { consoleRoutes } from '../../../server/web/console/routes.ts';
import { formOf, formsOf, castVisitor, testConsole, visitorOf, type Visitor } from '../../fixtures/console.ts';
import { CAST } from '../../fixtures/api.ts';
import { allByRole, pageOf, spokenTextOf, valueOf } from '../../fixtures/page.ts';
import { MADE_AT, TIME_ZONE } from '../../fixtures/records/cast.ts';

const api = testConsole();
const office = castVisitor(api, 'officeA');
const producer = castVisitor(api, 'producerA1');
const admin = castVisitor(api, 'admin');

const FORMS = consoleRoutes.filter(({ method }) => method === 'post');
const NEW_PRODUCT = '/console/products/new';

/** The person again, after a sign-in. */
async function signedInAgain(id: string): Promise<Visitor> {
  const user = await api.store.users.get(id);
  if (user === null) throw new Error(`${id} has no account`);
  return visitorOf(api, user);
}

describe('every form', () => {
  test('has a page that opens by GET, and its own address leads there', async () => {
    const pages = new Set(consoleRoutes.filter(({ method }) => method === 'get').map(({ path }) => path));
    for (const route of FORMS.filter(({ path }) => path !== '/logout'))
      expect([route.path, pages.has(pageOfForm(route, consoleRoutes))]).toEqual([route.path, true]);
    for (const { path } of FORMS.filter((route) => !pages.has(route.path))) {
      const { status, location } = await office.open(path.replaceAll(/:[A-Za-z]+/g, 'x'));
      expect([path, status, location !== null]).toEqual([path, 303, true]);
    }
  });

  test('answers with a redirect, whatever was sent, so that Back never sends anything again', async () => {
    const people = { producer, office, admin };
    for (const [name, person] of Object.entries(people)) {
      const actor = api.actor(name === 'producer' ? 'producerA1' : name === 'office' ? 'officeA' : 'admin');
      for (const { path, right } of FORMS) {
        if (right === 'public') continue;
        if (right !== 'signed-in' && decide(actor, right, null).kind === 'refused') continue;
        const { status } = await post(person.cookie, path.replaceAll(/:[A-Za-z]+/g, 'nothing-here'), { a: 'b' });
        expect([name, path, status]).toEqual([name, path, 303]);
      }
    }
  });
});

/** Without following. */
async function post(
  cookie: string,
  path: string,
  fields: Record<string, string>,
): Promise<{ status: number; to: string }> {
  const answer = await fetch(api.address + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { ...(cookie === '' ? {} : { Cookie: cookie }), Origin: 'https://temtrace.example' },
    body: new URLSearchParams(fields),
  });
  return { status: answer.status, to: answer.headers.get('Location') ?? '' };
}

describe('a form that arrives without a session', () => {
  test('waits over the sign-in for its own person, and for nobody else', async () => {
    const values = formOf((await producer.open(NEW_PRODUCT)).text)?.values ?? {};
    const typed = { ...values, name: 'Mật ong bạc hà', productSet: '' } as Record<string, string>;
    const { status, to } = await post('', NEW_PRODUCT, typed);
    const next = new URL(to, api.address).searchParams.get('next') ?? '';
    expect([status, next.startsWith(`${NEW_PRODUCT}?held=`)]).toEqual([303, true]);

    const back = await (await signedInAgain('user-producerA1')).open(next);
    const page = pageOf(back.text);
    expect([back.status, valueOf(page, 'Tên')]).toEqual([200, 'Mật ong bạc hà']);
    expect(spokenTextOf(page.querySelector('main'))).toContain('Những gì bạn đã gõ vẫn còn');
    expect(valueOf(pageOf((await admin.open(next)).text), 'Tên')).toBe('');

    api.setNow(new Date(Date.parse(MADE_AT) + HELD_HOURS * 3_600_000).toISOString());
    expect(valueOf(pageOf((await (await signedInAgain('user-producerA1')).open(next)).text), 'Tên')).toBe('');
    api.setNow(MADE_AT);
  });

  test('is kept only if it is a page of ours: nobody fills the store with forms of their own', async () => {
    for (const once of ['', 'x'.repeat(24), `${'x'.repeat(24)}.user-producerA1.${'A'.repeat(22)}`])
      expect((await post('', NEW_PRODUCT, { once, name: 'x' })).to).toBe('/login');
  });

  test('never holds a secret: each password field of a page has a name that is left out', async () => {
    const user = await api.store.users.get('user-officeA');
    if (user === null) throw new Error('no account');
    const begun = await beginSession(user, null, api.ctx);
    expect(begun.ok).toBe(true);
    for (const { path } of consoleRoutes.filter(({ method, path: at }) => method === 'get' && !at.includes(':'))) {
      const page = pageOf((await office.open(path)).text);
      for (const input of page.querySelectorAll('input[type=password]'))
        expect([path, SECRET_FIELDS.has(input.getAttribute('name') ?? '')]).toEqual([path, true]);
    }
  });
});

describe('a form that is shown again', () => {
  test('a reload, the other language and a search in a select keep what was typed', async () => {
    const values = formOf((await producer.open(NEW_PRODUCT)).text)?.values ?? {};
    const { to } = await post(producer.cookie, NEW_PRODUCT, { ...values, name: 'Mật ong', gtin: '12' } as never);
    for (const address of [to, to, `${to}&lang=en`]) {
      const page = await producer.open(address);
      expect([page.status, pageOf(page.text).querySelector('[name=name]')?.getAttribute('value')]).toEqual([
        422,
        'Mật ong',
      ]);
    }
    expect((await producer.open(`${to}&lang=en`)).text).toContain('This does not read as expected');
    const typed = { ...values, name: 'Mật ong rừng', 'again-as': 'en' } as Record<string, string>;
    const english = await post(producer.cookie, NEW_PRODUCT, typed);
    const page = await producer.open(english.to);
    expect(page.text).toContain('lang="en"');
    expect([page.status, page.text.includes('Mật ong rừng')]).toEqual([200, true]);

    const found = await post(admin.cookie, NEW_PRODUCT, {
      name: 'Chè',
      'find-producerId': 'b1',
      'find-producerId-was': '',
    });
    expect(found.to).toMatch(/^\/console\/products\/new\?find-producerId=b1&held=/);
    expect(valueOf(pageOf((await admin.open(found.to)).text), 'Tên')).toBe('Chè');
  });

  test('the page has no form of another person’s, and one form of a page does not fill its neighbour', async () => {
    const batch = await api.as('officeA').post('/batches', {
      productId: CAST.productA1,
      lot: 'H-1',
      producedOn: '2026-11-20',
      expiresOn: '2026-12-20',
      quantity: 30,
    });
    const path = `/console/batches/${String(batch.body['id'])}`;
    const again = await producer.fill(path, { action: `${path}/void`, fields: { serials: '5-', note: 'kẹt giấy' } });
    expect(again.status).toBe(422);
    const [voids, prints] = ['void', 'print'].map((name) => formOf(again.text, `${path}/${name}`)?.values);
    expect([voids?.['serials'], voids?.['note'], prints?.['from']]).toEqual(['5-', 'kẹt giấy', '1']);
    expect(allByRole(pageOf(again.text), 'alert')).toHaveLength(1);
    expect(formsOf((await admin.open('/console/users/invite?held=nothing')).text)).toHaveLength(1);
  });
});

describe('what is held', () => {
  const held: HeldForm = {
    path: NEW_PRODUCT,
    at: NEW_PRODUCT,
    fields: { name: ['Chè'], password: ['bí mật'] },
    faults: null,
    problem: null,
    language: 'vi',
    because: 'asked',
    status: 200,
    retryAfterSeconds: null,
    page: null,
  };

  test('is sealed, for one person, up to a bound, and is gone two days later', async () => {
    const { ctx } = api;
    const id = (await holdText('anna', 'chữ', ctx)) ?? '';
    expect(await readHeldText('anna', id, ctx)).toBe('chữ');
    expect(await readHeldText('bình', id, ctx)).toBeNull();
    expect(await readHeldText('anna', 'x', ctx)).toBeNull();
    const frame = JSON.stringify([ctx.now().getTime(), '']).length;
    expect(sealText('anna', 'x'.repeat(HELD_BYTES_MAX - frame), 1, ctx)).not.toBeNull();
    expect(sealText('anna', 'x'.repeat(HELD_BYTES_MAX - frame + 1), 1, ctx)).toBeNull();
    expect(openText('anna', 'AAAA', ctx)).toBeNull();
    const later = new Date(Date.parse(MADE_AT) + 2 * 86_400_000);
    await forgetOldScans(api.store, later, { scanRetentionDays: 90, timeZone: TIME_ZONE });
    expect(await readHeldText('anna', id, ctx)).toBeNull();
  });

  test('holds no secret, and one person so many forms an hour', async () => {
    const forms = new HeldForms();
    const id = (await forms.hold('anna', held, api.ctx)) ?? '';
    expect((await forms.read('anna', id, api.ctx))?.fields).toEqual({ name: ['Chè'] });
    const all = await Promise.all(Array.from({ length: HELD_AN_HOUR_MAX }, () => forms.hold('anna', held, api.ctx)));
    expect([all.at(-2) !== null, all.at(-1)]).toEqual([true, null]);
    expect(await forms.hold('bình', held, api.ctx)).not.toBeNull();
  });
});
