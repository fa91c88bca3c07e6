// All templates × 3,000 names that hold every ordered pair of the usual letters: each is set, or refused by name, and
// every twentieth is drawn, since most of a drawing of one stamp is the embedding of its fonts.

import { expect, test } from '@jest/globals';
import { drawSheetInProcess } from '../../server/sheet/pdf/draw-job.ts';
import { beVietnamPro } from '../../server/sheet/setting/fonts.ts';
import { layoutSheet } from '../../server/sheet/setting/layout.ts';
import { generatedNames, realNames } from '../sheet/product-names.ts';
import { aJob, ORANGES, TEMPLATE_IDS, templateOf } from '../sheet/sheet-jobs.ts';

const NAMES = 3_000;
const DRAWN_EVERY = 20;

const bytesOf = (job: ReturnType<typeof aJob>): number =>
  [...drawSheetInProcess(job)].reduce((sum, chunk) => sum + chunk.length, 0);

test.each(TEMPLATE_IDS)('%s', (template) => {
  const outcomes = new Map<string, number>();
  const names = [...realNames(), ...generatedNames(NAMES - realNames().length)];
  for (const [at, productName] of names.entries()) {
    const job = aJob({ template: templateOf(template), from: 1, to: 1, content: { ...ORANGES, productName } });
    const set = layoutSheet(beVietnamPro, job);
    const outcome = !set.ok ? set.problem.code : at % DRAWN_EVERY > 0 || bytesOf(job) > 1_000 ? 'sound' : 'empty';
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  const named = (outcomes.get('sound') ?? 0) + (outcomes.get('text-does-not-fit') ?? 0);
  expect(named).toBe(NAMES);
});
