// The tables of docs/copies.md as Markdown, from what was measured.

import { TARGETS } from './parameters.ts';
import type { Measured, Noticed } from './measure.ts';

const PER = 100_000;

function per100000(count: number, stamps: number): string {
  return stamps === 0 ? '-' : ((count / stamps) * PER).toFixed(1);
}

function percent(count: number, of: number): string {
  return of === 0 ? '-' : `${((count / of) * 100).toFixed(1)} %`;
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}

/** All kinds of originals together. */
export function noticedOf({ copied }: Measured): Noticed {
  const all = Object.values(copied);
  const sum = (field: keyof Noticed): number => all.reduce((total, one) => total + one[field], 0);
  return {
    stamps: sum('stamps'),
    inTime: sum('inTime'),
    byPage: sum('byPage'),
    scannedEnough: sum('scannedEnough'),
    inTimeOfThose: sum('inTimeOfThose'),
    byPageOfThose: sum('byPageOfThose'),
  };
}

/** The goals that a point misses; empty if none. */
export function missesOf(measured: Measured): string[] {
  const { honest, rivals } = measured;
  const noticed = noticedOf(measured);
  const rate = (count: number): number => (count / honest.stamps) * PER;
  return [
    rate(honest.pages) > TARGETS.falseAlarms ? 'false warnings' : '',
    rate(honest.cases) > TARGETS.falseCases ? 'false cases' : '',
    noticed.inTimeOfThose < TARGETS.noticedShare * noticed.scannedEnough ? 'noticed' : '',
    noticed.inTime < TARGETS.noticedShare * noticed.stamps ? 'noticed, also of those that were scanned less often' : '',
    rivals.pages > 0 ? 'sabotage' : '',
  ].filter((miss) => miss !== '');
}

export function sweepTable(points: readonly { name: string; measured: Measured }[]): string {
  const rows = points.map(({ name, measured }) => {
    const { honest, rivals } = measured;
    const noticed = noticedOf(measured);
    return [
      name,
      per100000(honest.pages, honest.stamps),
      per100000(honest.cases, honest.stamps),
      percent(noticed.inTimeOfThose, noticed.scannedEnough),
      percent(noticed.inTime, noticed.stamps),
      percent(noticed.byPageOfThose, noticed.scannedEnough),
      rivals.stamps === 0 ? '-' : `${rivals.pages} of ${rivals.stamps}`,
      missesOf(measured).join(', ') || 'none',
    ];
  });
  const head = [
    'point',
    'false warnings',
    'false cases',
    'noticed',
    'noticed, strict',
    'warned',
    'blackened',
    'missed',
  ];
  return markdown(head, rows);
}

export function originalsTable({ copied, stolen, refilled }: Measured): string {
  const rows = Object.entries(copied).map(([original, one]) => [
    original,
    String(one.stamps),
    percent(one.inTimeOfThose, one.scannedEnough),
    percent(one.inTime, one.stamps),
    percent(one.byPageOfThose, one.scannedEnough),
  ]);
  return markdown(
    ['original', 'stamps', 'noticed', 'noticed, strict', 'warned'],
    [
      ...rows,
      ['a stolen roll, before activation', String(stolen.stamps), percent(stolen.atFirst, stolen.stamps), '-', '-'],
      [
        'refilled packs, a real stamp each',
        String(refilled.stamps),
        percent(refilled.noticed, refilled.stamps),
        '-',
        '-',
      ],
    ],
  );
}

export function kindsTable({ honest }: Measured): string {
  const rows = Object.entries(honest.byKind).map(([kind, [cases, pages]]) => [
    kind,
    per100000(pages, honest.stamps),
    per100000(cases, honest.stamps),
  ]);
  return markdown(['life', 'false warnings', 'false cases'], rows);
}

const CROWDS = [4, 5, 6, 7, 8, 10, 12, 16, 20, 30];
const HEATS = [8, 16, 24, 30, 36, 45, 52, 60];

/** What other bounds would have done in the base case. */
export function curveTables({ curves, honest }: Measured): string {
  const share = (counts: readonly number[], at: number): string => percent(counts[at] ?? 0, curves.copied);
  const rate = (counts: readonly number[], at: number): string => per100000(counts[at] ?? 0, honest.stamps);
  const crowd = CROWDS.map((at) => [String(at), rate(curves.crowdHonest, at), share(curves.crowdCopied, at)]);
  const heat = HEATS.map((at) => [String(at), rate(curves.heatHonest, at), share(curves.heatCopied, at)]);
  return [
    markdown(['a case from a crowd of', 'false cases', 'noticed'], crowd),
    markdown(['a warning from a heat of', 'false warnings', 'ever warned'], heat),
  ].join('\n\n');
}

/** The rules of others, except those beaten on both axes by another of the same kind. */
export function rivalsTable(measured: Measured): string {
  const { others, honest } = measured;
  const kept = others.filter(
    (one) =>
      !others.some(
        (other) =>
          other !== one &&
          other.name[0] === one.name[0] &&
          other.honest <= one.honest &&
          other.inTime >= one.inTime &&
          (other.honest < one.honest || other.inTime > one.inTime),
      ),
  );
  const noticed = noticedOf(measured);
  const { rivals } = measured;
  const ours = (name: string, false_: number, inTime: number, strict: number, blackened: number): string[] => [
    name,
    per100000(false_, honest.stamps),
    percent(inTime, noticed.scannedEnough),
    percent(strict, noticed.stamps),
    percent(blackened, rivals.stamps),
  ];
  const rows = kept.map((one) => [
    one.name,
    per100000(one.honest, honest.stamps),
    percent(one.inTime, one.scannedEnough),
    percent(one.strict, one.stamps),
    percent(one.blackened, one.attacked),
  ]);
  return markdown(
    ['rule', 'false alarms', 'noticed', 'noticed, strict', 'raised by a rival'],
    [
      ours('ours, a case', honest.cases, noticed.inTimeOfThose, noticed.inTime, rivals.cases),
      ours('ours, a warning to buyers', honest.pages, noticed.byPage, noticed.byPage, rivals.pages),
      ...rows,
    ],
  );
}
