// How refusals are counted, and the lines about them in the server's log.

import { expect, test } from '@jest/globals';
import { GuessWatch, LOG_LINES_MINUTE } from '../../../server/actions/people/guess-watch.ts';

const DAY = '2026-11-24';
const account = { what: 'password', of: { id: 'user-1', officeId: 'office-1' }, locked: false } as const;

function at(seconds: number): string {
  return new Date(Date.parse(`${DAY}T03:00:00.000Z`) + seconds * 1_000).toISOString();
}

test('the log says each refusal, so many a minute, and then how many it kept to itself', () => {
  const told: Record<string, unknown>[] = [];
  const watch = new GuessWatch((_, fields) => void told.push(fields));
  for (let i = 0; i < LOG_LINES_MINUTE + 5; i += 1) watch.refused(account, at(1), DAY);
  expect(told).toHaveLength(LOG_LINES_MINUTE);
  expect(told.at(-1)).toEqual({ what: 'password', about: 'user-1', locked: false, tries: LOG_LINES_MINUTE });
  watch.refused(account, at(62), DAY);
  expect(told.at(-1)).toMatchObject({ tries: LOG_LINES_MINUTE + 6, silentBefore: 5 });
});

test('a day and account counts apart, and an office sees its own', () => {
  const watch = new GuessWatch(() => undefined);
  expect([1, 2].map(() => watch.refused(account, at(1), DAY))).toEqual([1, 2]);
  expect(watch.refused(account, at(90_000), '2026-11-25')).toBe(1);
  expect(watch.refused({ ...account, of: null }, at(1), DAY)).toBe(1);
  expect(watch.ofOffice('office-1').map(({ day, tries }) => [day, tries])).toEqual([
    [DAY, 2],
    ['2026-11-25', 1],
  ]);
  expect(watch.ofOffice('office-2')).toEqual([]);
});

test('what is written behind the answers is in order, and a failure stops nothing', async () => {
  const events: string[] = [];
  const watch = new GuessWatch((event) => void events.push(event));
  watch.behind(() => Promise.reject(new Error('the store is away')));
  watch.behind(() => Promise.resolve(void events.push('written')));
  await watch.settled();
  expect(events).toEqual(['sign-in.not-noted', 'written']);
});
