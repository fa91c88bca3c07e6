// A scratch-off PIN: correct once, then already used; locked after wrong tries.

import { describe, expect, test } from '@jest/globals';
import { checkPin } from '../../../server/actions/market/check-pin.ts';
import { PIN_GRACE_TRIES, PIN_TRIES } from '../../../server/domain/stamp/pin.ts';
import { formatStampCode } from '../../../server/domain/stamp/stamp-code.ts';
import { ctx, issue, setNow, stored } from '../batches/stamp-desk.ts';
import { LOT_ID, MADE_AT } from '../../fixtures/records/cast.ts';

describe('a scratch-off PIN', () => {
  const check = (code: string, pin: string, network = 'network'): ReturnType<typeof checkPin> =>
    checkPin({ kind: 'public' }, { code, pin, network }, ctx);

  test('is right once, told as used before after that; wrong tries lock it for networks without tries left', async () => {
    const { id } = await issue({ lotId: LOT_ID, quantity: 10, pin: true });
    const { keys } = await stored(id);
    const code = formatStampCode(keys.codeOf(3));
    const wrong = keys.pinOf(3) === '000000' ? '111111' : '000000';
    expect(await check(code, keys.pinOf(3))).toEqual({ ok: true, value: { kind: 'right' } });
    expect(await check(code.toLowerCase(), keys.pinOf(3))).toEqual({
      ok: true,
      value: { kind: 'used-before', firstUsedAt: MADE_AT },
    });
    for (let left = PIN_TRIES - 1; left >= 0; left -= 1)
      expect(await check(code, wrong)).toEqual({
        ok: true,
        // The last try says until when the stamp is locked.
        value: { kind: 'wrong', triesLeft: left, ...(left === 0 && { until: '2026-11-24T03:15:00.000Z' }) },
      });
    for (let i = 0; i < PIN_GRACE_TRIES; i += 1)
      expect(await check(code, wrong)).toMatchObject({ ok: true, value: { kind: 'locked' } });
    expect(await check(code, keys.pinOf(3))).toMatchObject({ ok: true, value: { kind: 'locked' } });
    expect(await check(code, keys.pinOf(3), 'another')).toMatchObject({ ok: true, value: { kind: 'used-before' } });
    setNow('2026-11-24T03:16:00.000Z');
    expect(await check(code, keys.pinOf(3))).toMatchObject({ ok: true, value: { kind: 'used-before' } });
  });

  test('a code that is not ours, of whatever kind, is not found; a stamp without PIN says so', async () => {
    const { id } = await issue({ lotId: LOT_ID, quantity: 10 });
    const { keys } = await stored(id);
    const real = keys.codeOf(1);
    for (const code of [
      real.slice(0, 17) + (real.endsWith('0') ? '1' : '0'),
      `0ZZZZZ${real.slice(6)}`,
      keys.codeOf(11),
      'x',
    ]) {
      expect(await check(code, '123456')).toMatchObject({ ok: false, problem: { code: 'not-found' } });
    }
    expect(await check(real, '123456')).toMatchObject({ ok: false, problem: { code: 'no-pins' } });
  });
});
