import { describe, expect, test } from '@jest/globals';
import { fitText } from '../../../server/sheet/setting/fit-text.ts';
import { beVietnamPro } from '../../../server/sheet/setting/fonts.ts';

describe('fitText', () => {
  const fit = (text: string, widthMm: number, linesMax = 3): ReturnType<typeof fitText> =>
    fitText(beVietnamPro, { text, weight: 500, widthMm, sizeMm: 2, leastMm: 1.5, linesMax });

  test('keeps full size where there is room', () => expect(fit('Cam', 40)).toEqual({ lines: ['Cam'], sizeMm: 2 }));

  test('shrinks before it wraps', () => {
    const fitted = fit('Cam lòng vàng', 13.5);
    expect(fitted?.lines).toHaveLength(1);
    expect(fitted?.sizeMm).toBeLessThan(2);
  });

  test('wraps at full size where the least size is too wide for one line', () =>
    expect(fit('Cam lòng vàng', 10)).toMatchObject({ lines: ['Cam lòng', 'vàng'], sizeMm: 2 }));

  test('does not break at a no-break space', () =>
    expect(fit('Cam lòng\u00A0vàng', 11)?.lines).toEqual(['Cam', 'lòng\u00A0vàng']));

  test('gives nothing where a word alone is too wide', () => expect(fit('Nghiêng', 4)).toBe(null));

  test('gives nothing where there are too few lines', () => expect(fit('Cam lòng vàng Mường Thàng', 6, 2)).toBe(null));
});
