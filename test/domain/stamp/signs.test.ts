// The signs of copies in a tally: what one day can add, how they fade, and how they are stored.

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  dayNumber,
  faded,
  homeOf,
  NO_SIGNS,
  signsAfter,
  signsOfText,
  signsKept,
  signsText,
  WHOLE,
  type Signs,
} from '../../../server/domain/stamp/signs.ts';
import { PROVINCES } from '../../../server/domain/places.ts';
import { signsOf } from '../../../server/domain/stamp/tally.ts';
import { tallyText } from '../../../server/store/seal-texts.ts';
import { aTally } from '../records.ts';

const DAY = dayNumber('2026-11-20');
const network = (signs: Signs, day: number, jump = false): Signs => signsAfter(signs, day, { newNetwork: true, jump });

describe('signs', () => {
  test('of one day have three networks of heat at most, and none for a network alone', () => {
    let signs = network(NO_SIGNS, DAY);
    expect(signs).toMatchObject({ networks: 1, heat: 0, crowd: WHOLE });
    for (let i = 0; i < 30; i += 1) signs = network(signs, DAY);
    expect(signs).toMatchObject({ networks: 31, heat: 3 * WHOLE, crowd: 31 * WHOLE });
  });

  test('of a browser behind a known network are a crowd, and no heat', () => {
    const before = network(network(NO_SIGNS, DAY), DAY);
    const after = signsAfter(before, DAY, { newNetwork: false, jump: false });
    expect(after).toMatchObject({ networks: 2, heat: before.heat, crowd: before.crowd + WHOLE });
  });

  test('count a day with jumps once', () => {
    const jumped = [0, 0, 0, 1].reduce((signs, later) => network(signs, DAY + later, true), NO_SIGNS);
    expect(jumped).toMatchObject({ day: DAY + 1, jumps: 1, far: WHOLE + faded(WHOLE, 1) });
  });

  test('are half of what they were after ninety days, and a scan that comes late fades nothing', () => {
    const before = { ...NO_SIGNS, day: DAY, crowd: 1_000, heat: 400, far: 200 };
    expect(network(before, DAY + 90)).toMatchObject({ crowd: 500 + WHOLE, heat: 200, far: 100, networks: 1 });
    expect(network({ ...before, networks: 1 }, DAY - 3)).toMatchObject({ day: DAY, crowd: 1_000 + WHOLE, networks: 2 });
  });

  test('are the same after they were kept as text', () => {
    const count = fc.nat(999_900);
    const any = fc.record({
      day: fc.nat(40_000),
      networks: count,
      jumps: count,
      crowd: count,
      heat: count,
      far: count,
      home: fc.nat(34),
    });
    const asKept = (signs: Signs, text: string): void => expect(signsOfText(text)).toEqual(signs);
    fc.assert(fc.property(any, (signs) => asKept(signs, signsKept(signs))));
    fc.assert(fc.property(any, (signs) => asKept(signs, signsText(signs))));
    expect(signsKept(network(NO_SIGNS, DAY))).toBe(`${DAY.toString(36)},1,,2s`);
    expect(signsText(network(NO_SIGNS, DAY))).toBe(`${DAY} 1 0 100`);
  });

  test('name each province by its place', () => {
    expect([homeOf(null), homeOf('Atlantis'), homeOf(PROVINCES[0] ?? '')]).toEqual([0, 0, 1]);
  });

  test('of a tally from before are its visitor-days, and its seal is over the same text as then', () => {
    const before = aTally({ signs: null, visitorDays: 7 });
    expect(signsOf(before)).toEqual({ ...NO_SIGNS, day: DAY, crowd: 7 * WHOLE });
    expect(tallyText(aTally({ visitorDays: 7 }))).toBe(`${tallyText(before)}\0${signsText(NO_SIGNS)}`);
  });
});
