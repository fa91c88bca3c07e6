// Measures how well copies are noticed and how rarely honest stamps are: runs the product's own fold and rule on
// simulated years, at every point of the sweep, beside the rules of others. Prints the tables of docs/copies.md.
//
//     npm run copies -- [--honest N] [--copied N] [--rivals N] [--seed N] [--only POINT] [--json]

import { parseArgs } from 'node:util';
import { measure, type Measured, type Size } from './copies/measure.ts';
import { settingsWith, sweepPoints, TARGETS } from './copies/parameters.ts';
import { RIVALS } from './copies/rivals.ts';
import { curveTables, kindsTable, missesOf, originalsTable, rivalsTable, sweepTable } from './copies/tables.ts';

/** A point of the sweep has fewer rivals than the base case, unless it is about them. */
const RIVALS_OF_POINT = 30;
/** Rivals' rules cost more than ours, so only some stamps of the base case are given to them. */
const BASE_NAME = 'base';

function main(): void {
  const { values } = parseArgs({
    options: {
      honest: { type: 'string', default: '300000' },
      copied: { type: 'string', default: '4000' },
      rivals: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '7' },
      only: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const size: Size = {
    honest: Number(values.honest),
    copied: Number(values.copied),
    rivals: Number(values.rivals),
    seed: Number(values.seed),
  };
  const wanted = sweepPoints().filter(({ name }) => values.only === undefined || name.startsWith(values.only));
  const points = wanted.map(({ name, changed }) => {
    const isBase = name === BASE_NAME;
    const isOfRivals = isBase || 'placesKnown' in changed;
    const rivals = isOfRivals ? size.rivals : 'sabotageDays' in changed ? size.rivals / 4 : RIVALS_OF_POINT;
    const own = { ...size, rivals: Math.min(size.rivals, Math.round(rivals)) };
    return { name, measured: measure(settingsWith(changed), own, isBase ? RIVALS : []) };
  });
  console.log(values.json ? JSON.stringify(points) : textOf(points));
}

function textOf(points: readonly { name: string; measured: Measured }[]): string {
  const base = points.find(({ name }) => name === BASE_NAME)?.measured;
  const missed = points.filter(({ measured }) => missesOf(measured).length > 0);
  const scans = points.reduce((sum, { measured }) => sum + measured.scans, 0);
  const seconds = points.reduce((sum, { measured }) => sum + measured.cpuSeconds, 0);
  const parts = [
    `Warnings and cases are per 100,000 honest stamps that were scanned. Noticed: a case or a warning within the first ` +
      `${TARGETS.noticedWithin} scans of copies, of stamps copied ${TARGETS.copiedFrom} times or more that had so many ` +
      `scans; strict: of all of them, also those whose copies were scanned less often.`,
    ...(base === undefined
      ? []
      : [
          '## By original',
          originalsTable(base),
          '## Honest lives',
          kindsTable(base),
          '## Rules of others',
          rivalsTable(base),
          '## Curves',
          curveTables(base),
        ]),
    '## Sweep',
    sweepTable(points),
    `${missed.length} of ${points.length} points miss a target: ${missed.map(({ name }) => name).join('; ') || 'none'}.`,
    `${(scans / 1e6).toFixed(1)} million scans in ${seconds.toFixed(0)} CPU-seconds: ` +
      `${((scans / seconds / 1e6) * 60).toFixed(1)} million a minute a core.`,
  ];
  return parts.join('\n\n');
}

main();
