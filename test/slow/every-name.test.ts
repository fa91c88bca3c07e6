// All templates × 3,000 names that hold every ordered pair of the usual letters: each is drawn, or refused by name.

import { expect, test } from '@jest/globals';
import { drawSheetInProcess } from '../../server/sheet/pdf/draw-job.ts';
import { beVietnamPro } from '../../server/sheet/setting/fonts.ts';
import { layoutSheet } from '../../server/sheet/setting/layout.ts';
import { generatedNames, realNames } from '../sheet/product-names.ts';
import { aJob, ORANGES, TEMPLATE_IDS, templateOf } from '../sheet/sheet-jobs.ts';

const NAMES = 3_000;

test.each(TEMPLATE_IDS)('%s', (template) => {
  const outcomes = new Map<string, number>();
  const generated = generatedNames(NAMES - realNames().length);
  for (const productName of [...realNames(), ...generated]) {
    const job = aJob({ template: templateOf(template), from: 1, to: 1, content: { ...ORANGES, productName } });
    const set = layoutSheet(beVietnamPro, job);
    const bytes = set.ok ? [...drawSheetInProcess(job)].reduce((sum, chunk) => sum + chunk.length, 0) : 0;
    const outcome = !set.ok ? set.problem.code : bytes > 1_000 ? 'drawn' : 'empty';
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  const named = (outcomes.get('drawn') ?? 0) + (outcomes.get('text-does-not-fit') ?? 0);
  expect(named).toBe(NAMES);
});
