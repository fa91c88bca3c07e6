// What the app makes of its surroundings and of what was read, without a browser.

import { describe, expect, test } from '@jest/globals';
import { strangeHost } from '../../inspect/core/hosts.ts';
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { fingerprintFunction } from '../../inspect/core/fingerprint.ts';
import { contradicts, judge, judgedByServer } from '../../inspect/core/judge.ts';
import { newId } from '../../inspect/core/ids.ts';
import { PackSet } from '../../inspect/core/pack-set.ts';
import { firstOf, foldAnswers, newItem, tallyOf, type KeptItem } from '../../inspect/core/round-book.ts';
import { browserToUse, inAppBrowserOf, roomState } from '../../inspect/core/surroundings.ts';
import { TypedKeys } from '../../inspect/core/typed-keys.ts';
import type { WireItem } from '../../inspect/core/wire.ts';

const MIB = 1024 * 1024;
const CODE = '7K3M9Q00001V515K52';
const NOW = Date.parse('2026-12-01T02:00:00Z');
const NO_PACKS = new PackSet([]);
const HOSTS = ['https://temtrace.example'];

describe('surroundings', () => {
  test.each([
    ['Mozilla/5.0 (Linux; Android 13) Chrome/120.0 Mobile Safari/537.36 Zalo android/1234', 'Zalo'],
    ['Mozilla/5.0 (iPhone) Mobile/15E148 [FBAN/FBIOS;FBAV/400]', 'Facebook'],
    ['Mozilla/5.0 (Linux; Android 13) Chrome/120 [FB_IAB/Orca-Android;FBAV/400]', 'Messenger'],
    ['Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36', null],
  ])('%s is in %p', (agent, app) => expect(inAppBrowserOf(agent)).toBe(app));

  test('names Safari on an iPhone and Chrome elsewhere', () => {
    expect([browserToUse('Mozilla/5.0 (iPhone)'), browserToUse('Mozilla/5.0 (Linux; Android 13)')]).toEqual([
      'Safari',
      'Chrome',
    ]);
  });

  test.each([
    [60 * MIB, 'enough'],
    [60 * MIB - 1, 'low'],
    [8 * MIB, 'low'],
    [8 * MIB - 1, 'none'],
  ])('%i bytes left are %s', (left, state) =>
    expect(roomState({ usedBytes: 1_000, quotaBytes: 1_000 + left })).toBe(state),
  );
});

describe('a hand scanner', () => {
  const typed = (text: string, gapMs: number, end = 'Enter'): string | null => {
    const keys = new TypedKeys();
    let at = 1_000;
    for (const key of text) keys.press(key, (at += gapMs));
    return keys.press(end, at + gapMs);
  };
  test('is told from hands by its speed and its end', () => {
    expect(typed(CODE, 45)).toBe(CODE);
    expect(typed(CODE, 46)).toBeNull();
    expect(typed(CODE.slice(1), 5)).toBeNull();
    expect(typed(`HTTPS://TEMTRACE.EXAMPLE/T/${CODE}`, 5, 'Tab')).toBe(`HTTPS://TEMTRACE.EXAMPLE/T/${CODE}`);
    expect(typed(CODE, 5, 'a')).toBeNull();
  });

  test('Shift between its letters is none of them', () => {
    const keys = new TypedKeys();
    for (const key of CODE) {
      keys.press('Shift', 1);
      keys.press(key, 1);
    }
    expect(keys.press('Enter', 1)).toBe(CODE);
  });
});

test.each([
  [`HTTPS://TEMTRACE.EXAMPLE/T/${CODE}`, null],
  [`https://temtrace.example.vn/T/${CODE}`, 'temtrace.example.vn'],
  [`https://temtrace.example@evil.example/T/${CODE}`, 'temtrace.example@evil.example'],
  [CODE, null],
])('%s leads to %p', (read, host) => expect(strangeHost(read, HOSTS)).toBe(host));

test('a fingerprint is the first 16 bits of HMAC-SHA-256', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.uint8Array({ maxLength: 55 }), (key, message) => {
      const expected = createHmac('sha256', key).update(message).digest().readUInt16BE(0);
      expect(fingerprintFunction(key)(message)).toBe(expected);
    }),
    { numRuns: 50 },
  );
});

describe('what is shown before the server speaks', () => {
  test('without a pack a code of our form waits for the network, and is never green', async () => {
    expect(judge(CODE, NO_PACKS, HOSTS, NOW)).toMatchObject({
      shown: 'waiting',
      code: CODE,
      batchId: '7K3M9Q',
      serial: 1,
      lastFour: '5K52',
      offline: null,
    });
  });

  test('an address of another site is told, whatever code it carries; other words are no stamp of ours', async () => {
    expect(judge(`https://evil.example/T/${CODE}`, NO_PACKS, HOSTS, NOW).shown).toBe('elsewhere');
    expect(judge('https://evil.example/abc', NO_PACKS, HOSTS, NOW).about).toBe('evil.example');
    expect(judge('CAM SẠCH', NO_PACKS, HOSTS, NOW).shown).toBe('unknown');
  });

  test('the server’s no takes back the pack’s yes, and its yes the pack’s no', () => {
    const offline = { edition: '', verdict: 'valid', ours: true };
    expect([contradicts(offline, 'not-ours'), contradicts({ ...offline, ours: false }, 'not-ours')]).toEqual([
      true,
      false,
    ]);
    expect(contradicts(null, 'not-ours')).toBe(false);
  });
});

describe('a round', () => {
  const item = async (read: string, more: Partial<KeptItem> = {}): Promise<KeptItem> => ({
    ...newItem(
      { clientId: newId(), round: 'r', at: '2026-12-01T02:00:00.000Z' },
      read,
      judge(read, NO_PACKS, HOSTS, NOW),
      null,
    ),
    ...more,
  });

  test('finds a second one of a code by the code, and of foreign text by the text', async () => {
    const items = [await item(CODE), await item('CAM SẠCH')];
    const stamp = { code: CODE, batchId: '7K3M9Q', serial: 1 };
    const foreign = { code: null, batchId: null, serial: null };
    expect(firstOf(items, stamp, `HTTPS://TEMTRACE.EXAMPLE/T/${CODE}`)).toBe(items[0]);
    expect(firstOf(items, foreign, 'CAM SẠCH')).toBe(items[1]);
    expect(firstOf(items, foreign, 'CAM')).toBeNull();
    // From another phone of the same person: its batch and serial are known.
    const other = [await item('x', { code: null, batchId: '7K3M9Q', serial: 1 })];
    expect(firstOf(other, stamp, CODE)).toBe(other[0]);
    expect(firstOf(other, { ...stamp, serial: 2 }, CODE)).toBeNull();
  });

  test('counts what is in order, to be seen, and waiting', async () => {
    const items = [
      await item(CODE),
      await item('a', { shown: 'valid' }),
      await item('b', { shown: 'ours' }),
      await item('c', { shown: 'recalled' }),
      await item('d', { shown: 'valid', finding: 'mismatch' }),
      await item('e', { shown: 'valid', duplicateOf: 'x' }),
      await item('f', { shown: 'ours', contradicted: true }),
    ];
    expect(tallyOf(items)).toEqual({ all: 7, inOrder: 1, toSee: 4, waiting: 2 });
  });

  test('takes the server’s word once, and keeps where a symbol leads', async () => {
    const before = await item(CODE, { shown: 'ours', offline: { edition: '', verdict: 'valid', ours: true } });
    const answer = { id: 's1', clientId: before.clientId, verdict: 'unknown', contradicted: true } as WireItem;
    const folded = await foldAnswers([{ opId: 'o', state: 'done', problem: null, item: answer }], {
      item: (id) => Promise.resolve(id === before.clientId ? before : null),
      round: () => null,
    });
    expect(folded.items[0]).toMatchObject({ shown: 'unknown', serverId: 's1', contradicted: true });
    expect(folded.contradicted).toHaveLength(1);
    const away = judge(`https://evil.example/T/${CODE}`, NO_PACKS, HOSTS, NOW);
    expect(judgedByServer(away, 'not-ours').shown).toBe('elsewhere');
  });
});
