// Labels in the languages of thermal printers: whole dots, only our commands, and each stamp's own picture.

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { printedAddress } from '../../../server/domain/stamp/stamp-address.ts';
import { MM_PER_INCH } from '../../../server/sheet/setting/layout.ts';
import { burn, burnShape, isBurnt, newBitmap } from '../../../server/sheet/thermal/bitmap.ts';
import { drawLabelsInProcess } from '../../../server/sheet/thermal/draw-labels.ts';
import { inLanguage } from '../../../server/sheet/thermal/printer-language.ts';
import { templateAtDpi, THERMAL_DPI } from '../../../server/sheet/thermal/thermal-job.ts';
import { addressesOn, aThermalJob, draw, layoutOf, readGraphic, readTspl, readZpl, ROLLS } from './read-labels.ts';
import { keys, ORANGES, sampleNames, templateOf } from '../sheet-jobs.ts';

describe('a roll’s template on a head’s dots', () => {
  test.each(ROLLS.flatMap((roll) => THERMAL_DPI.map((dpi) => [roll, dpi] as const)))(
    '%s at %d dpi: modules of whole dots, 4 or 5 at least, inside the box with their quiet zone',
    (roll, dpi) => {
      const template = templateAtDpi(templateOf(roll), dpi);
      expect(template?.medium).toEqual({ kind: 'thermal', dpi });
      const modules = Object.entries(template?.symbol.modulesMm ?? {});
      expect(modules.length).toBeGreaterThan(0);
      for (const [version, moduleMm] of modules) {
        const dots = (moduleMm / MM_PER_INCH) * dpi;
        expect(dots).toBeCloseTo(Math.round(dots), 6);
        expect(Math.round(dots)).toBeGreaterThanOrEqual(dpi === 203 ? 4 : 5);
        expect((17 + 4 * Number(version) + 8) * moduleMm).toBeLessThanOrEqual(
          Math.min(template?.symbol.box.widthMm ?? 0, template?.symbol.box.heightMm ?? 0) + 0.02,
        );
        expect(layoutOf(aThermalJob(roll, dpi)).label.symbol.moduleMm).toBeCloseTo(
          template?.symbol.modulesMm['3'] ?? 0,
          6,
        );
      }
    },
  );

  test('a sheet has none', () => expect(templateAtDpi(templateOf('a4-65'), 203)).toBeNull());
});

describe('labels', () => {
  test.each(ROLLS.flatMap((roll) => THERMAL_DPI.map((dpi) => [roll, dpi] as const)))(
    'of %s at %d dpi: as many as rows, each stamp’s own address in each place, in both languages alike',
    async (roll, dpi) => {
      const job = aThermalJob(roll, dpi, { from: 99, to: 103 });
      const labels = readZpl(draw(job));
      expect(labels).toHaveLength(layoutOf(job).pages);
      const wanted = [99, 100, 101, 102, 103].map((serial) => printedAddress(job.address, keys.codeOf(serial)));
      expect(await addressesOn(labels, job)).toEqual(wanted);

      const inTspl = readTspl(draw(aThermalJob(roll, dpi, { from: 99, to: 103 }, 'tspl')));
      expect(inTspl.map(({ bits }) => Buffer.from(bits).toString('hex'))).toEqual(
        labels.map(({ bits }) => Buffer.from(bits).toString('hex')),
      );
    },
  );

  test.each([['^XZ^XA~JA'], ['~HS ^FD ^FS'], ['"\r\nPRINT 99\r\nCLS'], ['Cà phê ^XA Ế Ộ ẳ ữ đ']])(
    'of a product named %j hold no command of its',
    async (productName) => {
      const job = aThermalJob('roll-50x30', 203, { content: { ...ORANGES, productName } });
      const plain = aThermalJob('roll-50x30', 203);
      const [hostile, sober] = [draw(job).toString('latin1'), draw(plain).toString('latin1')];
      for (const command of ['^XA', '^XZ', '^FO', '^GF', '~'])
        expect(hostile.split(command).length).toBe(sober.split(command).length);
      const labels = readZpl(draw(job));
      expect(labels).toHaveLength(5);
      expect(await addressesOn(labels.slice(0, 1), job)).toEqual([printedAddress(job.address, keys.codeOf(41))]);
      expect(readTspl(draw({ ...job, thermal: { language: 'tspl', dpi: 203 } }))).toHaveLength(5);
    },
  );

  test('hold the names that they are given: no two are alike', () => {
    const pictures = new Set<string>();
    for (const names of [...sampleNames().values()].slice(0, 12)) {
      const [label] = readZpl(draw(aThermalJob('roll-50x30', 203, { content: { ...names, stars: 5 }, to: 41 })));
      pictures.add(Buffer.from(label?.bits ?? []).toString('base64'));
    }
    expect(pictures.size).toBe(12);
  });

  test('are the same bytes for the same job, in chunks of whole labels', () => {
    const job = aThermalJob('roll-50x30', 203, { from: 1, to: 60 });
    expect(draw(job).equals(draw(job))).toBe(true);
    const chunks = [...drawLabelsInProcess(job)];
    expect(chunks.length).toBeGreaterThan(1);
    for (const chunk of chunks) readZpl(Buffer.from(chunk));
  });
});

describe('the picture’s digits', () => {
  test('say every picture to the dot', () => {
    const pictures = fc.record({
      width: fc.integer({ min: 1, max: 900 }),
      height: fc.integer({ min: 1, max: 12 }),
      seeds: fc.array(fc.nat(20_000), { maxLength: 60 }),
      full: fc.boolean(),
    });
    fc.assert(
      fc.property(pictures, ({ width, height, seeds, full }) => {
        const bitmap = newBitmap(width, height);
        for (const seed of seeds) burn(bitmap, seed % width, Math.floor(seed / width) % height);
        if (full) for (let x = 0; x < width; x += 1) burn(bitmap, x, height - 1);
        const text = Buffer.from(inLanguage('zpl', bitmap, 203)).toString('latin1');
        const picture = /\^GF([^^]*)/.exec(text)?.[1] ?? '';
        expect(Buffer.from(readGraphic(picture, width).bits).equals(Buffer.from(bitmap.bits))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe('shapes', () => {
  test('fill the dots that they cover, holes left out', () => {
    const ring = newBitmap(10, 10);
    burnShape(ring, [
      [
        [1, 1],
        [9, 1],
        [9, 9],
        [1, 9],
      ],
      [
        [3, 3],
        [3, 7],
        [7, 7],
        [7, 3],
      ],
    ]);
    const rows = Array.from({ length: 10 }, (_, y) =>
      Array.from({ length: 10 }, (__, x) => (isBurnt(ring, x, y) ? '#' : '.')).join(''),
    );
    expect(rows).toEqual([
      '..........',
      '.########.',
      '.########.',
      '.##....##.',
      '.##....##.',
      '.##....##.',
      '.##....##.',
      '.########.',
      '.########.',
      '..........',
    ]);
  });

  test('that leave the picture are cut off at its edge', () => {
    const small = newBitmap(4, 4);
    burnShape(small, [
      [
        [-5, -5],
        [50, -5],
        [50, 50],
        [-5, 50],
      ],
    ]);
    burn(small, -1, 0);
    burn(small, 4, 0);
    expect(Buffer.from(small.bits).toString('hex')).toBe('f0f0f0f0');
  });
});
