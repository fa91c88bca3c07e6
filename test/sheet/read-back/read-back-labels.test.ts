// Reads labels of thermal printers back from their file: correct ones pass, and every kind of difference is found.

import { describe, expect, test } from '@jest/globals';
import { memoryBytes } from '../../../server/sheet/read-back/pdf-file.ts';
import { readBackLabels } from '../../../server/sheet/read-back/read-back-labels.ts';
import { inLanguage } from '../../../server/sheet/thermal/printer-language.ts';
import { burn } from '../../../server/sheet/thermal/bitmap.ts';
import { THERMAL_DPI, THERMAL_LANGUAGES, type ThermalJob } from '../../../server/sheet/thermal/thermal-job.ts';
import { aThermalJob, draw, layoutOf, readTspl, readZpl, ROLLS } from '../thermal/read-labels.ts';

const KINDS = ROLLS.flatMap((roll) =>
  THERMAL_DPI.flatMap((dpi) => THERMAL_LANGUAGES.map((language) => [roll, dpi, language] as const)),
);

const readBack = (file: Uint8Array, job: ThermalJob): ReturnType<typeof readBackLabels> =>
  readBackLabels(memoryBytes(file), job, job.to - job.from + 1, 'seed');

test.each(KINDS)('%s at %d dpi in %s: every stamp is read and right', async (roll, dpi, language) => {
  const job = aThermalJob(roll, dpi, { from: 99, to: 105 }, language);
  expect(await readBack(draw(job), job)).toEqual({ checked: 7, matched: 7, faults: [] });
});

describe.each(THERMAL_LANGUAGES)('in %s a file is not as drawn where', (language) => {
  const job = aThermalJob('roll-50x30', 203, { from: 41, to: 45 }, language);
  const labels = language === 'zpl' ? readZpl : readTspl;
  const redrawn = (change: (bitmap: ReturnType<typeof readZpl>[number], at: number) => void): Buffer =>
    Buffer.concat(
      labels(draw(job)).map((bitmap, at) => {
        change(bitmap, at);
        return inLanguage(language, bitmap, 203);
      }),
    );
  const { symbolXMm = 0, symbolYMm = 0 } = layoutOf(job).places[0] ?? {};
  const dots = (mm: number): number => Math.round((mm * 203) / 25.4);

  test('one dot is burnt in the quiet zone of a symbol', async () => {
    const file = redrawn((bitmap, at) => at === 2 && burn(bitmap, dots(symbolXMm) - 3, dots(symbolYMm) + 20));
    expect(await readBack(file, job)).toMatchObject({ checked: 5, matched: 4, faults: [{ serial: 43 }] });
  });

  test('one dot of a module is missing', async () => {
    const file = redrawn((bitmap, at) => {
      const [x, y] = [dots(symbolXMm), dots(symbolYMm)];
      const byte = y * bitmap.rowBytes + (x >> 3);
      if (at === 0) bitmap.bits[byte] = (bitmap.bits[byte] ?? 0) & ~(1 << (7 - (x & 7)));
    });
    expect(await readBack(file, job)).toMatchObject({ matched: 4, faults: [{ serial: 41, fault: 'symbol-damaged' }] });
  });

  test('two labels are exchanged', async () => {
    const all = labels(draw(job));
    const [first, second] = [all[0], all[1]];
    const file = Buffer.concat(
      [second, first, ...all.slice(2)].flatMap((bitmap) => (bitmap ? [inLanguage(language, bitmap, 203)] : [])),
    );
    expect((await readBack(file, job)).faults).toMatchObject([
      { serial: 41, fault: 'symbol-of-another' },
      { serial: 42, fault: 'symbol-of-another' },
    ]);
  });

  test.each<[string, (file: Buffer) => Buffer]>([
    ['a label is missing', (file) => file.subarray(0, file.length - 300)],
    ['a command is before it', (file) => Buffer.concat([Buffer.from('~JA'), file])],
    ['nothing is in it', () => Buffer.alloc(0)],
    ['a label is there twice', (file) => Buffer.concat([file, file])],
  ])('%s', async (_, change) => {
    const read = await readBack(change(draw(job)), job);
    expect(read).toMatchObject({ checked: 5, matched: 0 });
    expect(read.faults).toHaveLength(5);
    expect(read.faults[0]?.fault).toBe('page');
  });
});
