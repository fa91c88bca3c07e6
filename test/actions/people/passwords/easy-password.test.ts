import { describe, expect, test } from '@jest/globals';
import { isEasyPassword, OUR_WORDS } from '../../../../server/actions/people/passwords/easy-password.ts';
import { password } from '../../../../server/actions/people/password.ts';

describe('a password', () => {
  test.each([
    ['of a public leak', '1qaz2wsx3edc'],
    ['of a public leak, in capitals', 'QWERTY123456'],
    ['of one letter', 'aaaaaaaaaaaaaaa'],
    ['of four letters again and again', 'abcdabcdabcd'],
    ['that walks along the keyboard', 'qwertyuiopasdf'],
    ['that counts', '123456789012345'],
    ['that counts down', '210987654321098'],
    ['of our own words and a year', 'Temtrace2026'],
    ['of two of our own words', 'ocop-vanphong-1'],
  ])('%s is refused', (_, easy) => {
    expect(isEasyPassword(easy)).toBe(true);
    expect(password.safeParse(easy).error?.issues).toEqual([
      expect.objectContaining({ code: 'custom', params: { expected: 'not-easy' } }),
    ]);
  });

  test.each([
    'correct horse battery',
    'mot hai ba bon nam',
    'cam sành tháng mười',
    'ocop Kon Tum 7 tấn',
    '1qaz2wsx3edx',
  ])('%s is taken: nothing is asked but that it is long and not easy', (text) => {
    expect(password.safeParse(text).success).toBe(true);
  });

  test.each([...OUR_WORDS])('%s and five symbols is refused, and six is taken', (word) => {
    expect(isEasyPassword(`${word}7kx2v${word}`)).toBe(true);
    expect(isEasyPassword(`${word}7kx2vu`)).toBe(false);
  });
});
