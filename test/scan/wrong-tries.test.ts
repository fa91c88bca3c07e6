// Wrong codes with one batch id: limited for everybody together, and equally for ids that exist and ids that do not.

import { describe, expect, test } from '@jest/globals';
import { ID_TRIES_MAX, makeWrongTries, WIDE_NETWORKS } from '../../server/scan/wrong-tries.ts';
import { aScanDesk, codeOf, forgedCode, type ScanDesk } from '../fixtures/scan-desk.ts';

const KEY = Uint8Array.from({ length: 32 }, (_, i) => i * 7);
const ID = '7K3M9Q';
const NOW = Date.parse('2026-11-24T03:00:00Z');
const HALF_DAY_MS = 12 * 3_600_000;

/** Uses up the tries of an id from one address. */
function exhausted(id = ID, address = '203.0.113.1'): ReturnType<typeof makeWrongTries> {
  const tries = makeWrongTries(KEY);
  for (let i = 0; i < ID_TRIES_MAX; i += 1) tries.count(id, address, NOW);
  return tries;
}

describe('under one id', () => {
  test('up to the bound nobody waits', () => {
    const tries = makeWrongTries(KEY);
    for (let i = 0; i < ID_TRIES_MAX - 1; i += 1) tries.count(ID, '203.0.113.1', NOW);
    expect(tries.secondsToWait(ID, '203.0.113.1', NOW)).toBeNull();
    tries.count(ID, '203.0.113.1', NOW);
    expect(tries.secondsToWait(ID, '203.0.113.1', NOW)).toBe((24 * 3_600) / ID_TRIES_MAX);
  });

  test('past it, networks with a wrong try wait and others do not, until their own first', () => {
    const tries = exhausted();
    expect(tries.secondsToWait(ID, '198.51.100.9', NOW)).toBeNull();
    tries.count(ID, '198.51.100.9', NOW);
    expect(tries.secondsToWait(ID, '198.51.100.9', NOW)).toBeGreaterThan(0);
    expect(tries.secondsToWait(ID, '198.51.100.10', NOW)).toBeNull();
    expect(tries.secondsToWait('8K3M9Q', '203.0.113.1', NOW)).toBeNull();
  });

  test('one try comes back every six minutes, for whoever is first', () => {
    const tries = exhausted();
    const laterMs = NOW + 360_000;
    expect(tries.secondsToWait(ID, '203.0.113.1', laterMs)).toBeNull();
    tries.count(ID, '203.0.113.1', laterMs);
    expect(tries.secondsToWait(ID, '203.0.113.1', laterMs)).toBeGreaterThan(0);
  });

  test('an IPv6 network is a /64, and wider ones are barred whole past their own bound', () => {
    const tries = exhausted();
    const [{ triesMax }] = WIDE_NETWORKS;
    tries.count(ID, '2001:db8:1:1::5', NOW);
    expect(tries.secondsToWait(ID, '2001:db8:1:1::6', NOW)).toBeGreaterThan(0);
    expect(tries.secondsToWait(ID, '2001:db8:1:2::5', NOW)).toBeNull();
    for (let i = 0; i < triesMax - 1; i += 1) tries.count(ID, `2001:db8:1:${(i + 16).toString(16)}::5`, NOW);
    expect(tries.secondsToWait(ID, '2001:db8:1:ffff::5', NOW)).toBeGreaterThan(0);
    expect(tries.secondsToWait(ID, '2001:db8:2:ffff::5', NOW)).toBeNull();
  });

  test('a provider’s whole /32 is barred past its bound', () => {
    const tries = exhausted();
    const [, { triesMax }] = WIDE_NETWORKS;
    for (let i = 0; i < triesMax; i += 1) tries.count(ID, `2001:db8:${(i + 1).toString(16)}:1::5`, NOW);
    expect(tries.secondsToWait(ID, '2001:db8:ffff:ffff::5', NOW)).toBeGreaterThan(0);
    expect(tries.secondsToWait(ID, '2001:db9:ffff:ffff::5', NOW)).toBeNull();
  });

  test('a flood of other ids and networks makes nobody forgotten', () => {
    const tries = exhausted();
    for (let i = 0; i < 60_000; i += 1)
      tries.count(`A${String(i).padStart(5, '0')}`, `10.${i >>> 16}.${(i >>> 8) & 255}.${i & 255}`, NOW);
    expect(tries.secondsToWait(ID, '203.0.113.1', NOW)).toBeGreaterThan(0);
    expect(tries.secondsToWait(ID, '198.51.100.9', NOW)).toBeNull();
  });

  test('a network is known for half a day at least and a day at most', () => {
    const tries = makeWrongTries(KEY);
    tries.count(ID, '198.51.100.9', NOW);
    const refill = (nowMs: number): void => {
      for (let i = 0; i < ID_TRIES_MAX; i += 1) tries.count(ID, '203.0.113.1', nowMs);
    };
    refill(NOW + HALF_DAY_MS);
    expect(tries.secondsToWait(ID, '198.51.100.9', NOW + HALF_DAY_MS)).toBeGreaterThan(0);
    refill(NOW + 2 * HALF_DAY_MS);
    expect(tries.secondsToWait(ID, '198.51.100.9', NOW + 2 * HALF_DAY_MS)).toBeNull();
  });
});

describe('at the look-up', () => {
  const guess = async (desk: ScanDesk, id: string, address: string): Promise<void> => {
    for (let i = 0; i < ID_TRIES_MAX; i += 1) await desk.get(`/t/${id}${forgedCode(i + 1).slice(6)}`, { address });
  };

  test('past the bound a guesser’s right code is not looked at, and strangers get their 200', async () => {
    const desk = aScanDesk();
    await guess(desk, ID, '203.0.113.1');
    const barred = await desk.get(`/t/${codeOf(5)}`, { address: '203.0.113.1' });
    expect([barred.status, barred.headers['Retry-After'], barred.body.toString()]).toEqual([
      429,
      '360',
      '{"verdict":null,"reason":"too-many-requests"}',
    ]);
    expect(desk.memory.scans).toEqual([]);
    expect((await desk.get(`/t/${codeOf(5)}`, { address: '198.51.100.9' })).status).toBe(200);
    desk.pass(360_000);
    expect((await desk.get(`/t/${codeOf(5)}`, { address: '203.0.113.1' })).status).toBe(200);
  });

  test.each(['application/json', 'text/html'])('an id that no batch has is barred alike, as %s', async (accept) => {
    const answers = [];
    for (const id of [ID, 'B7QW4Z']) {
      const desk = aScanDesk();
      await guess(desk, id, '203.0.113.1');
      const path = `/t/${id}${codeOf(5).slice(6)}`;
      // The store is not read, so the time reveals nothing either.
      desk.memory.failing.add('read');
      answers.push(await desk.get(path, { address: '203.0.113.1', headers: { accept } }));
    }
    expect(answers[0]?.status).toBe(429);
    expect(answers[0]).toEqual(answers[1]);
  });

  test('guesses sent at once, before the batch was read, do not all pass for one', async () => {
    const desk = aScanDesk();
    const guesses = Array.from({ length: ID_TRIES_MAX + 100 }, (_, i) =>
      desk.answerScan.lookUp(forgedCode(i + 1), '203.0.113.1'),
    );
    const kinds = (await Promise.all(guesses)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'refused')).toHaveLength(ID_TRIES_MAX);
    expect(kinds.filter((kind) => kind === 'barred')).toHaveLength(100);
  });

  test('a form’s look-up is barred as well, so that no form is a way around', async () => {
    const desk = aScanDesk();
    await guess(desk, ID, '203.0.113.1');
    expect(await desk.answerScan.lookUp(codeOf(5), '203.0.113.1')).toEqual({ kind: 'barred', waitSeconds: 360 });
    expect(await desk.answerScan.lookUp(codeOf(5), '198.51.100.9')).toMatchObject({ kind: 'ours' });
  });
});
