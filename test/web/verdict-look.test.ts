import { describe, expect, test } from '@jest/globals';
import { VERDICTS } from '../../server/domain/stamp/verdict.ts';
import { CSS } from '../../server/web/public/style.ts';
import { lookOf, VERDICT_LOOK } from '../../server/web/verdict-look.ts';

describe('VERDICT_LOOK', () => {
  test('has every verdict, in their order, then what is none', () => {
    expect(Object.keys(VERDICT_LOOK)).toEqual([...VERDICTS, 'display', 'plaque', 'cannot-check', 'received']);
  });

  test('a valid stamp that stands on no goods is never green, and a graver verdict outranks what it stands on', () => {
    for (const stands of [
      { display: true, plaque: false },
      { display: false, plaque: true },
      { display: true, plaque: true },
    ]) {
      expect(VERDICT_LOOK[lookOf({ verdict: 'valid', ...stands })].colour).toBe('f');
      for (const verdict of VERDICTS.filter((one) => one !== 'valid'))
        expect(lookOf({ verdict, ...stands })).toBe(verdict);
    }
    expect(lookOf({ verdict: 'valid', display: false, plaque: false })).toBe('valid');
  });

  test('no two looks share an icon, so colour is never alone', () => {
    const icons = Object.values(VERDICT_LOOK).map(({ icon }) => icon);
    expect(new Set(icons).size).toBe(icons.length);
  });

  test.each(Object.entries(VERDICT_LOOK))('the style fills the colour of %s', (_, { colour }) => {
    expect(CSS).toContain(`.${colour}{--c:#`);
  });
});
