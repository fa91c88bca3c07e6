import { describe, expect, test } from '@jest/globals';
import { VERDICTS } from '../../server/domain/stamp/verdict.ts';
import { CSS } from '../../server/web/public/style.ts';
import { VERDICT_LOOK } from '../../server/web/verdict-look.ts';

describe('VERDICT_LOOK', () => {
  test('has every verdict, in their order, and the answer when nothing can be checked', () => {
    expect(Object.keys(VERDICT_LOOK)).toEqual([...VERDICTS, 'cannot-check']);
  });

  test('no two looks share an icon, so colour is never alone', () => {
    const icons = Object.values(VERDICT_LOOK).map(({ icon }) => icon);
    expect(new Set(icons).size).toBe(icons.length);
  });

  test.each(Object.entries(VERDICT_LOOK))('the style fills the colour of %s', (_, { colour }) => {
    expect(CSS).toContain(`.${colour}{--c:#`);
  });
});
