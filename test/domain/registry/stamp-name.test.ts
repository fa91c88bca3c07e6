// A product's short name: what it may contain, and that stamps can print it.

import { describe, expect, test } from '@jest/globals';
import {
  isShortName,
  SHORT_NAME_LETTERS,
  SHORT_NAME_MAX,
  stampName,
} from '../../../server/domain/registry/stamp-name.ts';
import { beVietnamPro } from '../../../server/sheet/setting/fonts.ts';
import { USUAL_LETTERS } from '../../sheet/product-names.ts';

describe('a short name', () => {
  test('holds letters, figures and usual marks, every one of which the stamps’ font sets', () => {
    for (const weight of [500, 700, 800] as const)
      expect(beVietnamPro.missingLetter(weight, SHORT_NAME_LETTERS)).toBeNull();
    expect(new Set(SHORT_NAME_LETTERS).size).toBe(SHORT_NAME_LETTERS.length);
    expect(USUAL_LETTERS.filter((letter) => !isShortName(`a${letter}`))).toEqual([]);
  });

  test.each(['Cam Cao Phong', 'Chè Shan (hộp 200 g)', 'Mật ong “Rừng Tràm”', "Muối A'Min – 1/2 kg", '5°'])(
    'may be %s',
    (name) => expect(isShortName(name)).toBe(true),
  );

  test.each(['', ' ', '…', '-', 'Cam 🍊', 'Cam\nCao Phong', '蜂蜜', 'Cam\u0301', 'a<b', 'a=b'])(
    'may not be %j',
    (name) => expect(isShortName(name)).toBe(false),
  );

  test('ends at its bound', () => {
    expect([isShortName('a'.repeat(SHORT_NAME_MAX)), isShortName('a'.repeat(SHORT_NAME_MAX + 1))]).toEqual([
      true,
      false,
    ]);
  });

  test('is what stamps say; without one they say the name', () => {
    expect(stampName({ name: 'Cam Cao Phong', shortName: 'Cam' })).toBe('Cam');
    expect(stampName({ name: 'Cam Cao Phong', shortName: null })).toBe('Cam Cao Phong');
    // A product recorded before short names existed.
    expect(stampName({ name: 'Cam Cao Phong' })).toBe('Cam Cao Phong');
  });
});
