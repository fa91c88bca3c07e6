// Every template takes every product name or says why it does not; no name makes a drawing fail.

import { describe, expect, test } from '@jest/globals';
import { drawSheetInProcess } from '../../../server/sheet/pdf/draw-job.ts';
import { beVietnamPro } from '../../../server/sheet/setting/fonts.ts';
import { layoutSheet } from '../../../server/sheet/setting/layout.ts';
import { generatedNames, realNames } from '../product-names.ts';
import { aJob, ORANGES, TEMPLATE_IDS, templateOf } from '../sheet-jobs.ts';

/** The smallest sheet label that must hold every real name, in millimetres. */
const LABEL_MM = { widthMm: 38, heightMm: 21 };
/** A part of the 3,000 names of the slow suite, `test/slow/every-name.test.ts`. */
const GENERATED = 60;

/** Making a file takes most of the time, so only one name in this many is drawn, each on another template. */
const DRAWN_EVERY = 15;

function outcomeOf(template: string, productName: string, at: number): string {
  const job = aJob({ template: templateOf(template), from: 1, to: 1, content: { ...ORANGES, productName } });
  const set = layoutSheet(beVietnamPro, job);
  if (!set.ok) return set.problem.code;
  if (at % DRAWN_EVERY !== TEMPLATE_IDS.indexOf(template)) return 'set';
  return [...drawSheetInProcess(job)].length > 0 ? 'set' : 'empty';
}

const LARGE = TEMPLATE_IDS.filter((id) => {
  const { medium, label } = templateOf(id);
  return medium.kind === 'sheet' && label.widthMm >= LABEL_MM.widthMm && label.heightMm >= LABEL_MM.heightMm;
});

test('there are eleven templates, and real names', () => {
  expect(TEMPLATE_IDS).toHaveLength(11);
  expect(realNames().length).toBeGreaterThan(25);
});

describe.each(LARGE)('%s', (template) => {
  test('prints every real name', () => {
    expect(realNames().filter((name, at) => outcomeOf(template, name, at) !== 'set')).toEqual([]);
  });
});

test.each(TEMPLATE_IDS)('%s draws or refuses by name what holds every pair of letters', (template) => {
  const outcomes = new Set(
    [...generatedNames(3_000).filter((_, at) => at % (3_000 / GENERATED) === 0), ...realNames()].map((name, at) =>
      outcomeOf(template, name, at),
    ),
  );
  outcomes.delete('set');
  outcomes.delete('text-does-not-fit');
  expect([...outcomes]).toEqual([]);
});
