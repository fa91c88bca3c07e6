// A link that sets a password becomes invalid when the password it was made for changes in any way.

import { describe, expect, test } from '@jest/globals';
import { acceptPassword, readInvitation } from '../../../../server/actions/people/accept-invitation.ts';
import { changeOwnPassword } from '../../../../server/actions/people/change-own-password.ts';
import { changeUser } from '../../../../server/actions/people/change-user.ts';
import { invitePassword } from '../../../../server/actions/people/invite.ts';
import { makeUser, makeUserInput } from '../../../../server/actions/people/make-user.ts';
import { SYSTEM, type Actor } from '../../../../server/domain/people/account.ts';
import { personOf } from '../../../../server/actions/people/person-of.ts';
import { CAST, testApi } from '../../../fixtures/api.ts';

const api = testApi();
const PASSWORD = 'bốn từ dễ nhớ';
const NEXT_PASSWORD = 'năm từ khác hẳn';
let accounts = 0;

interface Account {
  id: string;
  self: Actor;
  links: string[];
}

/** An account with two open links. */
async function anAccount(): Promise<Account> {
  accounts += 1;
  const input = { role: 'inspector', officeId: CAST.officeA, login: `links${accounts}`, name: 'x', password: PASSWORD };
  const made = await makeUser(SYSTEM, makeUserInput.parse(input), api.ctx);
  if (!made.ok || made.value.kind !== 'done') throw new Error('no account');
  const { id } = made.value.value;
  const user = await api.store.users.get(id);
  if (user === null) throw new Error('no user');
  const links = [await aLink(id), await aLink(id)];
  return { id, self: personOf(user), links };
}

async function aLink(userId: string): Promise<string> {
  const made = await invitePassword(SYSTEM, { userId }, api.ctx);
  return made.ok && made.value.kind === 'done' ? (made.value.value.token ?? '') : '';
}

const isOpen = async (token: string): Promise<boolean> => (await readInvitation(token, api.ctx)).ok;
const openOf = async ({ links }: Account): Promise<boolean[]> => Promise.all(links.map(isOpen));

describe('links that set a password', () => {
  const WAYS: readonly [string, (account: Account) => Promise<unknown>][] = [
    [
      'by one of them',
      async ({ links }) =>
        expect(await acceptPassword(links[0] ?? '', { password: NEXT_PASSWORD }, api.ctx)).toMatchObject({ ok: true }),
    ],
    [
      'by its owner',
      async ({ self }) => {
        const from = { network: 'n', marks: null };
        const input = { current: PASSWORD, password: NEXT_PASSWORD, token: null, from };
        expect(await changeOwnPassword(self, input, api.ctx)).toMatchObject({ ok: true });
      },
    ],
    [
      'by the office',
      async ({ id }) => {
        const change = { password: NEXT_PASSWORD };
        expect(await changeUser(SYSTEM, { id, version: 1, change }, api.ctx)).toMatchObject({ ok: true });
      },
    ],
    [
      'and the account is shut',
      async ({ id }) => {
        const change = { disabled: true };
        expect(await changeUser(SYSTEM, { id, version: 1, change }, api.ctx)).toMatchObject({ ok: true });
      },
    ],
  ];
  test.each(WAYS)('are taken back when it is changed %s', async (_, way) => {
    const account = await anAccount();
    const other = await anAccount();
    expect(await openOf(account)).toEqual([true, true]);
    await way(account);
    expect(await openOf(account)).toEqual([false, false]);
    // Links of other accounts stay valid.
    expect(await openOf(other)).toEqual([true, true]);
    expect(await isOpen(await aLink(other.id))).toBe(true);
  });

  test('stay open when only a name changes', async () => {
    const account = await anAccount();
    expect(await changeUser(SYSTEM, { id: account.id, version: 1, change: { name: 'y' } }, api.ctx)).toMatchObject({
      ok: true,
    });
    expect(await openOf(account)).toEqual([true, true]);
  });
});
