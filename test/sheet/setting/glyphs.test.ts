import { expect, test } from '@jest/globals';
import { contoursOf, outlineOf, placedOutlines } from '../../../server/sheet/setting/fonts.ts';

test('a glyph is outlined once: screens and thermal letters have the same points', () => {
  const [placed] = placedOutlines(800, 'Ả', true);
  const inEm = contoursOf(placed?.commands ?? []).map((contour) => contour.map(([x, y]) => [x / 1_000, y / 1_000]));
  expect(inEm.length).toBeGreaterThan(1);
  expect(outlineOf(800, 'Ả')).toEqual(inEm);
});

test('a curve becomes six straight pieces that end where it ends', () => {
  const [contour] = contoursOf([
    { command: 'moveTo', args: [0, 0] },
    { command: 'quadraticCurveTo', args: [50, 100, 100, 0] },
    { command: 'closePath', args: [] },
  ]);
  expect(contour).toHaveLength(7);
  expect(contour?.[3]).toEqual([50, 50]);
  expect(contour?.at(-1)).toEqual([100, 0]);
});
