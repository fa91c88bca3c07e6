// A year’s programme on any day: plan and result, with the groups that the year had.

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '../../../server/domain/calendar.ts';
import { groupInYear, groupsOfYear } from '../../../server/domain/programme/groups.ts';
import {
  MEASURES,
  NO_TARGETS,
  reportDay,
  reportRows,
  type Counted,
  type Figure,
  type Measure,
  type ReportRow,
} from '../../../server/domain/programme/programme.ts';
import { aFigure, aPlan } from '../../fixtures/programme.ts';

const NOTHING_COUNTED = Object.fromEntries(MEASURES.map((measure) => [measure, 0])) as unknown as Counted;

/** programme.csv of 2020, as the province published it. */
const OF_2020: Figure[] = [
  aFigure({ id: 'a', value: 58, asOf: '2020-11-26' }),
  aFigure({ id: 'b', value: 73, asOf: '2020-12-15', kind: 'estimate' }),
  aFigure({
    id: 'c',
    measure: 'products-expected',
    value: 46,
    asOf: '2020-12-31',
    kind: 'estimate',
    note: "estimate of producers' dossiers (40 producers)",
  }),
  aFigure({ id: 'd', measure: 'packaging-given', value: 30_000 }),
  aFigure({ id: 'e', measure: 'stamps-given', value: 786 }),
  aFigure({ id: 'f', measure: 'registrations-given', value: 63 }),
  aFigure({ id: 'g', measure: 'council-products', round: '1', value: 31 }),
  aFigure({ id: 'h', measure: 'council-producers', round: '1', value: 27 }),
];

function row(rows: ReportRow[], measure: Measure): ReportRow {
  const found = rows.find((one) => one.measure === measure);
  if (found === undefined) throw new Error(`no row ${measure}`);
  return found;
}

describe('plan and result', () => {
  const rows = (on: string, figures = OF_2020, counted = NOTHING_COUNTED): ReportRow[] =>
    reportRows(aPlan(), figures, counted, on);

  test('58 products on 26/11/2020, plan 50, 8 over, 116 %; the estimate of 73 stays apart', () => {
    expect(row(rows('2020-11-26'), 'products-rated')).toMatchObject({
      planned: 50,
      result: 58,
      source: 'reported',
      over: 8,
      percent: 116,
      estimate: { value: 73 },
    });
  });

  test('a day before, nothing was reported: the registry’s own count stands, and says that it is one', () => {
    const counted = { ...NOTHING_COUNTED, 'products-rated': 41 };
    expect(row(rows('2020-11-25', OF_2020, counted), 'products-rated')).toMatchObject({
      result: 41,
      source: 'counted',
      over: -9,
      percent: 82,
      reported: null,
      estimate: { value: 73 },
    });
    expect(row(rows('2020-11-26', OF_2020, counted), 'products-rated')).toMatchObject({ result: 58, counted: 41 });
  });

  test('an estimate is never a result, and an older one is passed over once something later is reported', () => {
    expect(row(rows('2020-12-31'), 'products-expected')).toMatchObject({
      reported: null,
      result: 0,
      estimate: { value: 46 },
    });
    const later = [...OF_2020, aFigure({ id: 'z', value: 75, asOf: '2020-12-20' })];
    expect(row(rows('2020-12-31', later), 'products-rated')).toMatchObject({ result: 75, estimate: null });
  });

  test('no plan is no plan: neither 0 nor a hundred percent; a plan of 0 has no percentage', () => {
    expect(row(rows('2020-12-31'), 'packaging-given')).toMatchObject({
      planned: null,
      result: 30_000,
      over: null,
      percent: null,
    });
    const zero = reportRows(
      aPlan({ targets: { ...NO_TARGETS, 'products-rated': 0 } }),
      OF_2020,
      NOTHING_COUNTED,
      '2020-12-31',
    );
    expect(row(zero, 'products-rated')).toMatchObject({ planned: 0, over: 58, percent: null });
    expect(row(reportRows(null, [], NOTHING_COUNTED, '2020-12-31'), 'products-rated')).toMatchObject({
      planned: null,
      result: 0,
      over: null,
    });
  });

  test('a council round’s figures are rows of their own, behind what every year has', () => {
    const kinds = rows('2020-12-31').map(({ measure, round }) => [measure, round]);
    expect(kinds.slice(0, 6)).toEqual([
      ['products-rated', null],
      ['products-added', null],
      ['producers-enrolled', null],
      ['packaging-given', null],
      ['stamps-given', null],
      ['registrations-given', null],
    ]);
    expect(kinds.slice(6)).toEqual([
      ['products-expected', null],
      ['council-products', '1'],
      ['council-producers', '1'],
    ]);
  });

  test('whatever is reported, the result is the latest by the day, and estimates change no result', () => {
    const figure = fc.record({ value: fc.nat(100), day: fc.integer({ min: 0, max: 60 }), estimate: fc.boolean() });
    fc.assert(
      fc.property(fc.array(figure, { maxLength: 12 }), fc.integer({ min: 0, max: 60 }), (list, at) => {
        const figures = list.map(({ value, day, estimate }, i) =>
          aFigure({
            id: String(i),
            createdAt: `2021-01-01T00:00:00.${String(i).padStart(3, '0')}Z`,
            value,
            asOf: addDays('2020-10-01', day),
            kind: estimate ? 'estimate' : 'reported',
          }),
        );
        const on = addDays('2020-10-01', at);
        const known = figures.filter(({ kind, asOf }) => kind === 'reported' && asOf <= on);
        const last = known.reduce<Figure | null>(
          (found, one) => (found === null || one.asOf >= found.asOf ? one : found),
          null,
        );
        expect(row(reportRows(null, figures, NOTHING_COUNTED, on), 'products-rated').result).toBe(last?.value ?? 0);
      }),
      { numRuns: 200, seed: 20_261_124 },
    );
  });

  test('a report speaks of today, and of the last day of a year that is over', () => {
    expect([reportDay(2020, '2026-11-24'), reportDay(2026, '2026-11-24'), reportDay(2026, '2026-12-31')]).toEqual([
      '2020-12-31',
      '2026-11-24',
      '2026-12-31',
    ]);
  });
});

describe('groups', () => {
  test('five in 2020, six since; what had no group then is not put into another', () => {
    expect([groupsOfYear(2020), groupsOfYear(2021), groupsOfYear(2026)].map(({ length }) => length)).toEqual([5, 6, 6]);
    expect([groupInYear('ornamental', 2020), groupInYear('ornamental', 2021), groupInYear('tourism', 2020)]).toEqual([
      null,
      'ornamental',
      'tourism',
    ]);
  });
});
