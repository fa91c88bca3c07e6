// Only the call that made a new secret gets the answer that holds it; no later call does.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import type { ActionContext, Outcome } from '../../../server/actions/kit/context.ts';
import { runAction } from '../../../server/actions/kit/run-action.ts';
import { personOf } from '../../../server/actions/people/person-of.ts';
import { invite, inviteInput } from '../../../server/actions/people/invite.ts';
import { makeKey, makeKeyInput } from '../../../server/actions/people/make-key.ts';
import { makeUser, makeUserInput } from '../../../server/actions/people/make-user.ts';
import { confirmTwoFactor, offerTwoFactor, renewRecoveryCodes } from '../../../server/actions/people/two-factor.ts';
import { SYSTEM, type Actor } from '../../../server/domain/people/account.ts';
import { openTestApi, type TestApi } from '../../fixtures/api.ts';

const HERE = { network: '203.0.113.7', marks: null };

const PASSWORD = 'mật khẩu rất dài 1';

let api: TestApi;
let calls = 0;
let ctx: ActionContext;

beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());
beforeEach(() => {
  calls += 1;
  ctx = { ...api.ctx, request: { key: `shown-once-${calls}`, bodyHash: 'body' } };
});

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok || outcome.value.kind !== 'done') throw new Error(JSON.stringify(outcome));
  return outcome.value.value;
}

async function aPerson(login: string): Promise<Actor> {
  const input = makeUserInput.parse({ role: 'admin', login, name: 'Lan', password: PASSWORD });
  const { id } = valueOf(await makeUser(SYSTEM, input, api.ctx));
  const user = await api.store.users.get(id);
  if (user === null) throw new Error('no such user');
  return personOf(user);
}

/** Turns the second step on. Returns the answers of the confirming call and of its retry. */
async function confirmed(actor: Actor): Promise<Outcome<{ recoveryCodes: string[] | null }>[]> {
  const offer = await offerTwoFactor(actor, 'Temtrace', api.ctx);
  if (!offer.ok) throw new Error(offer.problem.detail);
  const secret = Secret.fromBase32(offer.value.secret.replaceAll(' ', ''));
  const code = new TOTP({ secret }).generate({ timestamp: api.ctx.now().getTime() });
  const input = { sealed: offer.value.sealed, code, password: PASSWORD, from: HERE, token: null };
  return [await runAction(confirmTwoFactor, actor, input, ctx), await runAction(confirmTwoFactor, actor, input, ctx)];
}

describe('an answer that made no record', () => {
  test('recovery codes reach the call that began the second step; its retry gets none', async () => {
    const [first, again] = await confirmed(await aPerson('two-factor-1'));
    expect(first).toMatchObject({ ok: true, value: { created: false, shownOnce: true } });
    expect(first).toMatchObject({ value: { value: { recoveryCodes: expect.arrayContaining([expect.any(String)]) } } });
    expect(again).toMatchObject({ ok: true, value: { value: { recoveryCodes: null } } });
  });

  test('renewed codes are those that count, also when the form is sent twice past runAction', async () => {
    const actor = await aPerson('two-factor-2');
    await confirmed(actor);
    const own = { ...api.ctx, request: { key: 'renewed', bodyHash: 'body' } };
    const first = valueOf(await renewRecoveryCodes(actor, { password: PASSWORD, from: HERE }, own));
    const again = valueOf(await renewRecoveryCodes(actor, { password: PASSWORD, from: HERE }, own));
    expect(first.recoveryCodes).not.toBeNull();
    expect(again.recoveryCodes).toBeNull();
  });
});

describe('an answer that made a record', () => {
  test('a key is shown to the call that made it; its retry gets none', async () => {
    const input = makeKeyInput.parse({ role: 'admin', name: 'kế toán' });
    const first = valueOf(await runAction(makeKey, SYSTEM, input, ctx));
    const again = valueOf(await runAction(makeKey, SYSTEM, input, ctx));
    expect(first.key).toMatch(/^tem_/);
    expect(again).toEqual({ ...first, key: null });
  });

  test('a link’s token is shown to the call that made it; its retry gets none', async () => {
    const input = inviteInput.parse({ role: 'admin', name: 'Lan' });
    const first = valueOf(await runAction(invite, SYSTEM, input, ctx));
    const again = valueOf(await runAction(invite, SYSTEM, input, ctx));
    expect(first.token).toHaveLength(43);
    expect(again).toEqual({ ...first, token: null });
  });
});

test('what is shown once is neither stored by runAction nor replaced by what another call stored', async () => {
  const action = async (): Promise<Outcome<string>> => ({
    ok: true,
    value: { kind: 'done', value: 'secret', created: false, shownOnce: true },
  });
  expect(valueOf(await runAction(action, SYSTEM, null, ctx))).toBe('secret');
  expect(await api.store.findRequest(ctx.request?.key ?? '')).toBeNull();
});
