// A year of the programme (Chương trình OCOP): what an office planned, what was reported, and how the two compare on a
// day.
//
// Figures have three sources that may disagree, so each keeps its kind: `reported` by the office, an `estimate` for a
// later day, and what the registry counts itself (counts.ts). No figure is computed from another.

import type { Day, Entity, Id } from '../entity.ts';

/** What a figure can measure. */
export const MEASURES = [
  'products-rated',
  'products-added',
  'products-expected',
  'producers-enrolled',
  'packaging-given',
  'stamps-given',
  'registrations-given',
  'council-products',
  'council-producers',
] as const;
export type Measure = (typeof MEASURES)[number];

/** The measures that a plan can name, in the order of a report. */
export const PLANNED_MEASURES = [
  'products-rated',
  'products-added',
  'producers-enrolled',
  'packaging-given',
  'stamps-given',
  'registrations-given',
] as const satisfies readonly Measure[];
export type PlannedMeasure = (typeof PLANNED_MEASURES)[number];

/** Null: not planned, which is not 0. */
export type Targets = Readonly<Record<PlannedMeasure, number | null>>;

export const NO_TARGETS: Targets = {
  'products-rated': null,
  'products-added': null,
  'producers-enrolled': null,
  'packaging-given': null,
  'stamps-given': null,
  'registrations-given': null,
};

export interface Plan extends Entity {
  officeId: Id;
  year: number;
  targets: Targets;
  note: string | null;
}

export const FIGURE_KINDS = ['reported', 'estimate'] as const;
export type FigureKind = (typeof FIGURE_KINDS)[number];

/** One published figure of a year, as it was published. */
export interface Figure extends Entity {
  officeId: Id;
  year: number;
  measure: Measure;
  /** The council round that it is for; null: the whole year. */
  round: string | null;
  value: number;
  /** The day that it is for; an estimate's day may be in the future. */
  asOf: Day;
  kind: FigureKind;
  /** A remark published with it. */
  note: string | null;
}

/** Support that an office gives to producers. */
export const SUPPORT_KINDS = ['packaging', 'stamps', 'registration'] as const;
export type SupportKind = (typeof SUPPORT_KINDS)[number];

/** One line of the ledger of support. A wrong line is struck out with a reason, never deleted. */
export interface Support extends Entity {
  officeId: Id;
  year: number;
  kind: SupportKind;
  /** Null: for several producers at once. */
  producerId: Id | null;
  quantity: number;
  givenOn: Day;
  note: string | null;
  struck: { on: Day; by: Id; reason: string } | null;
}

export const MEASURE_OF_SUPPORT: Readonly<Record<SupportKind, PlannedMeasure>> = {
  packaging: 'packaging-given',
  stamps: 'stamps-given',
  registration: 'registrations-given',
};

/** What the registry itself counts; null if it has no way to know. */
export type Counted = Readonly<Record<Measure, number | null>>;

/** `late`: entered after the day of the report. */
export type DatedFigure = Figure & { late?: boolean };

export interface ReportRow {
  measure: Measure;
  round: string | null;
  planned: number | null;
  /** The latest one reported for a day up to the report's; null: not reported. */
  reported: Figure | null;
  /** The latest estimate for a day after the reported figure's; null: none. */
  estimate: Figure | null;
  /** By the registry itself, on the day. */
  counted: number | null;
  /** What is compared with the plan: the reported figure, or the registry's own count if there is none. */
  result: number | null;
  source: 'reported' | 'counted' | null;
  /** Result minus plan; null if either is missing. */
  over: number | null;
  /** Result in hundredths of the plan (percentOf); null without a plan, or with a plan of 0. */
  percent: number | null;
  /** Records behind the result that were entered after the day. */
  late: number;
}

/**
 * Plan and result of a year as of a day.
 *
 * @param lateBy how many of the records that each measure counts were entered after the day
 * @param figures of that year. Those reported for a day after `on` are left out; estimates may be for a later day
 */
export function reportRows(
  plan: Plan | null,
  figures: readonly DatedFigure[],
  counted: Counted,
  on: Day,
  lateBy: Partial<Record<Measure, number>> = {},
): ReportRow[] {
  // Every measure of the plan has a row; rows of council rounds follow if there are figures for them.
  const keys: { measure: Measure; round: string | null }[] = PLANNED_MEASURES.map((measure) => ({
    measure,
    round: null,
  }));
  for (const { measure, round } of figures) {
    if (!keys.some((key) => key.measure === measure && key.round === round)) keys.push({ measure, round });
  }
  const place = ({ measure }: { measure: Measure }): number =>
    isPlanned(measure) ? PLANNED_MEASURES.indexOf(measure) : MEASURES.length + MEASURES.indexOf(measure);
  keys.sort((a, b) => place(a) - place(b) || ((a.round ?? '') < (b.round ?? '') ? -1 : 1));
  return keys.map(({ measure, round }) => rowOf(measure, round, { plan, figures, counted, on, lateBy }));
}

interface RowFacts {
  plan: Plan | null;
  figures: readonly DatedFigure[];
  counted: Counted;
  on: Day;
  lateBy: Partial<Record<Measure, number>>;
}

function rowOf(measure: Measure, round: string | null, { plan, figures, counted, on, lateBy }: RowFacts): ReportRow {
  const of = figures.filter((figure) => figure.measure === measure && figure.round === round);
  const reported = latest(of.filter(({ kind, asOf }) => kind === 'reported' && asOf <= on));
  const estimate = latest(
    of.filter(({ kind, asOf }) => kind === 'estimate' && (reported === null || asOf > reported.asOf)),
  );
  const planned = round === null && isPlanned(measure) ? (plan?.targets[measure] ?? null) : null;
  const own = round === null ? counted[measure] : null;
  const result = reported?.value ?? own;
  const source = reported !== null ? 'reported' : own !== null ? 'counted' : null;
  const over = result === null || planned === null ? null : result - planned;
  const percent = result === null || planned === null || planned === 0 ? null : percentOf(result, planned);
  const late = reported !== null ? Number(reported.late ?? false) : round === null ? (lateBy[measure] ?? 0) : 0;
  return { measure, round, planned, reported, estimate, counted: own, result, source, over, percent, late };
}

/** To the nearest whole: 10,000 of 15,000 is 67. A result below the plan is never rounded up to 100. */
export function percentOf(result: number, planned: number): number {
  const percent = Math.round((result * 100) / planned);
  return percent === 100 && result < planned ? 99 : percent;
}

function isPlanned(measure: Measure): measure is PlannedMeasure {
  return (PLANNED_MEASURES as readonly Measure[]).includes(measure);
}

/** The figure of the latest day; of several for that day, the one recorded last. */
function latest(figures: readonly DatedFigure[]): DatedFigure | null {
  return figures.reduce<DatedFigure | null>(
    (found, one) =>
      found === null || one.asOf > found.asOf || (one.asOf === found.asOf && one.createdAt > found.createdAt)
        ? one
        : found,
    null,
  );
}

/** The default day of a year's report: today, or the year's last day once the year is over. */
export function reportDay(year: number, today: Day): Day {
  const last = `${year}-12-31`;
  return today < last ? today : last;
}
