// An office’s mark as dots of a thermal print head.

import { describe, expect, test } from '@jest/globals';
import { printedAddress } from '../../../server/domain/stamp/stamp-address.ts';
import { MM_PER_INCH } from '../../../server/sheet/setting/layout.ts';
import type { Template } from '../../../server/sheet/template/template-schema.ts';
import { isBurnt, type Bitmap } from '../../../server/sheet/thermal/bitmap.ts';
import { markDots } from '../../../server/sheet/thermal/mark-dots.ts';
import {
  templateAtDpi,
  THERMAL_DPI,
  type ThermalJob,
  type ThermalLanguage,
} from '../../../server/sheet/thermal/thermal-job.ts';
import { addressesOn, aThermalJob, draw, readTspl, readZpl } from './read-labels.ts';
import { keys, markIn, ORANGES, SHORT, templateOf } from '../sheet-jobs.ts';

/** A roll with a place of 12 × 12 mm for the office's mark, to the right of what roll-50x30 has. */
function markedRoll(): Template {
  const plain = templateOf('roll-50x30');
  const size = { widthMm: 66, heightMm: 30 };
  const column: Template['columns'][number] = {
    box: { xMm: 52, yMm: 8, widthMm: 12.5, heightMm: 12.5 },
    gapMm: 0,
    gapMaxMm: 0,
    items: [{ kind: 'image', show: 'mark', widthMm: 12, heightMm: 12 }],
  };
  return {
    ...plain,
    page: size,
    label: size,
    grid: { ...plain.grid, pitchXMm: size.widthMm },
    columns: [...plain.columns, column],
  };
}

/**
 * A green ring around gold, with a red star in it and gold letters on white below: cutting at one fixed tone would lose
 * some of these.
 */
const LOGO = [
  '<svg xmlns="http://www.w3.org/2000/svg" width="480" height="480">',
  '<circle cx="240" cy="200" r="190" fill="#1f7a3c"/><circle cx="240" cy="200" r="155" fill="#f3c02c"/>',
  '<path d="M240 75l30 85h92l-74 54 28 88-76-54-76 54 28-88-74-54h92z" fill="#b3261e"/>',
  '<path d="M60 420h360v26H60z" fill="#d9a400"/></svg>',
].join('');

/** Rows of a part of a picture, as seen. */
function drawn(bitmap: Bitmap, left: number, top: number, width: number, height: number): string[] {
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (__, x) => (isBurnt(bitmap, left + x, top + y) ? '#' : '.')).join(''),
  );
}

/** A mark from these rows, one letter per pixel. */
function markOf(
  rows: readonly string[],
  colours: Readonly<Record<string, readonly [number, number, number]>>,
): { rgb: Uint8Array; widthPx: number; heightPx: number } {
  const rgb = Uint8Array.from(
    rows.flatMap((row) => Array.from(row, (letter) => colours[letter] ?? [255, 255, 255]).flat()),
  );
  return { rgb, widthPx: rows[0]?.length ?? 0, heightPx: rows.length };
}

describe('an office’s mark on a label with a place for it', () => {
  const dotsPerMm = 203 / MM_PER_INCH;

  test.each(THERMAL_DPI)(
    'is burnt at %d dpi beside stars that are in force, in both languages alike, and no symbol suffers',
    async (dpi) => {
      const mark = await markIn(Buffer.from(LOGO));
      const template = templateAtDpi(markedRoll(), dpi);
      if (template === null) throw new Error('no roll');
      const job = (changes: Partial<ThermalJob>, language: ThermalLanguage = 'zpl'): ThermalJob => ({
        ...aThermalJob('roll-50x30', dpi),
        template,
        to: 42,
        thermal: { language, dpi },
        ...changes,
      });
      const labels = readZpl(draw(job({ mark })));
      expect(readTspl(draw(job({ mark }, 'tspl'))).map(({ bits }) => Buffer.from(bits).toString('hex'))).toEqual(
        labels.map(({ bits }) => Buffer.from(bits).toString('hex')),
      );
      expect(await addressesOn(labels, job({ mark }))).toEqual(
        [41, 42].map((serial) => printedAddress(SHORT, keys.codeOf(serial))),
      );

      const [dots, rest] = [Math.round((12 * dpi) / MM_PER_INCH), Math.round((52 * dpi) / MM_PER_INCH)];
      const inkRight = (bitmap: Bitmap | undefined): number =>
        bitmap === undefined
          ? 0
          : drawn(bitmap, rest, 0, bitmap.width - rest, bitmap.height)
              .join('')
              .split('#').length - 1;
      expect(inkRight(labels[0]) / dots ** 2).toBeGreaterThan(0.25);
      expect(inkRight(labels[0]) / dots ** 2).toBeLessThan(0.5);
      expect(inkRight(readZpl(draw(job({ mark: null })))[0])).toBe(0);
      expect(inkRight(readZpl(draw(job({ mark, content: { ...ORANGES, stars: null } })))[0])).toBe(0);
    },
  );

  test('reads as a logo at 203 dpi: ring, star and pale letters are solid, what lies between them is white', async () => {
    const mark = await markIn(Buffer.from(LOGO));
    const side = Math.round(12 * dotsPerMm);
    const dots = markDots(mark, side, side, dotsPerMm);
    const at = (x: number, y: number): boolean =>
      isBurnt(dots, Math.round((x / 480) * side), Math.round((y / 480) * side));
    const places = {
      ring: [67, 200],
      star: [240, 200],
      gold: [240, 330],
      above: [130, 100],
      letters: [240, 433],
      paper: [10, 10],
    } as const;
    expect(Object.fromEntries(Object.entries(places).map(([name, [x, y]]) => [name, at(x, y)]))).toEqual({
      ring: true,
      star: true,
      gold: false,
      above: false,
      letters: true,
      paper: false,
    });
    // No grain: no dot differs from all four neighbours.
    const rows = drawn(dots, 0, 0, side, side);
    const like = (x: number, y: number): number =>
      [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
      ].filter(([dx = 0, dy = 0]) => rows[y + dy]?.[x + dx] === rows[y]?.[x]).length;
    const lonely = rows
      .flatMap((row, y) => Array.from(row, (_, x) => (like(x, y) === 0 ? `${x},${y}` : '')))
      .filter((place) => place !== '');
    expect(lonely).toEqual([]);
  });

  test.each([
    [
      'white letters on red',
      { r: [200, 16, 46], w: [255, 255, 255] },
      ['rrrrrr', 'rwrrwr', 'rrwwrr', 'rrrrrr'],
      ['######', '#.##.#', '##..##', '######'],
    ],
    [
      'a thin line of gold on white',
      { g: [217, 164, 0], k: [0, 0, 0] },
      ['..........', '.gggggggg.', '..........', '..........', '....kkkk..', '....kkkk..'],
      ['..........', '.########.', '..........', '..........', '....####..', '....####..'],
    ],
    ['nothing but white', {}, ['...', '...'], ['...', '...']],
    ['nothing but black', { k: [0, 0, 0] }, ['kkk', 'kkk'], ['###', '###']],
  ] as const)('of %s', (_, colours, rows, wanted) => {
    const mark = markOf(rows, colours);
    expect(drawn(markDots(mark, mark.widthPx, mark.heightPx, dotsPerMm), 0, 0, mark.widthPx, mark.heightPx)).toEqual(
      wanted,
    );
  });

  test('that is smaller than its dots is drawn larger, and one that is larger is averaged', () => {
    const mark = markOf(['kw', 'wk'], { k: [0, 0, 0] });
    expect(drawn(markDots(mark, 4, 4, dotsPerMm), 0, 0, 4, 4)).toEqual(['##..', '##..', '..##', '..##']);
    const large = markOf(
      Array.from({ length: 40 }, (_, y) => (y < 20 ? 'k' : 'w').repeat(60)),
      { k: [0, 0, 0] },
    );
    expect(drawn(markDots(large, 3, 2, dotsPerMm), 0, 0, 3, 2)).toEqual(['###', '...']);
  });
});
