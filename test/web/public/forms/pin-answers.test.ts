import { expect, test } from '@jest/globals';
import type { PinAnswer } from '../../../../server/actions/market/check-pin.ts';
import { ok, type Result } from '../../../../server/domain/problem.ts';
import { PIN_REPEAT_MS, PinAnswers } from '../../../../server/web/public/forms/pin-answers.ts';

const desk = (
  answer: PinAnswer,
): { ask: (sent: string[], atMs: number) => Promise<Result<PinAnswer>>; checks: number[] } => {
  const answers = new PinAnswers();
  const checks: number[] = [];
  return {
    checks,
    ask: (sent, atMs) =>
      answers.firstOr(sent[0] ?? '', sent, atMs, () => {
        checks.push(atMs);
        return Promise.resolve(ok(answer));
      }),
  };
};

test('the same is checked once within the bound, and again after it', async () => {
  const { ask, checks } = desk({ kind: 'right' });
  for (const atMs of [0, 0, PIN_REPEAT_MS - 1, PIN_REPEAT_MS]) await ask(['network', 'code', 'pin', 'phone'], atMs);
  expect(checks).toEqual([0, PIN_REPEAT_MS]);
});

test('another stamp, PIN, network or phone is checked by itself', async () => {
  const { ask, checks } = desk({ kind: 'right' });
  for (const at of [0, 1, 2, 3]) {
    const sent = ['network', 'code', 'pin', 'phone'];
    await ask(sent, 0);
    sent[at] = 'other';
    await ask(sent, 0);
  }
  expect(checks).toHaveLength(5);
});

test('a lock is not kept: the next try may be the one that is looked at', async () => {
  const { ask, checks } = desk({ kind: 'locked', until: '2026-11-24T03:15:00.000Z' });
  await ask(['code'], 0);
  await ask(['code'], 1);
  expect(checks).toEqual([0, 1]);
});
