// A year's programme on any day: plan and result, groups as that year had them, councils, what lapses, what is on its way.

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '../../../server/domain/calendar.ts';
import { canBeJudged, nextJudging, stageCounts } from '../../../server/domain/programme/candidates.ts';
import { councilRounds, registryCounts, type RegistryFacts } from '../../../server/domain/programme/counts.ts';
import { groupInYear, groupsOfYear } from '../../../server/domain/programme/groups.ts';
import { lapseMonths, lapseOf, lapsesOn } from '../../../server/domain/programme/lapsing.ts';
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
import { aFigure, aPlan, aSupport } from '../../fixtures/programme.ts';
import { aCertificate, anEvaluation } from '../../fixtures/records.ts';

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

describe('what the registry counts', () => {
  const facts = (fields: Partial<RegistryFacts>): RegistryFacts => ({
    certificates: [],
    evaluations: [],
    groupOf: () => 'food',
    supports: [],
    candidates: [],
    batches: [],
    ...fields,
  });
  const paper = (productId: string, issuedOn: string, fields: object = {}): ReturnType<typeof aCertificate> =>
    aCertificate({
      id: `${productId}-${issuedOn}`,
      productId,
      producerId: `of-${productId}`,
      issuedOn,
      expiresOn: addDays(issuedOn, 1_095),
      ...fields,
    });

  test('a product counts once, from the day of its certificate to its last, and not below three stars', () => {
    const certificates = [
      paper('p1', '2024-01-10'),
      paper('p1', '2026-06-01', { stars: 5 }),
      paper('p2', '2026-11-24', { stars: 3 }),
      paper('p3', '2022-01-01', { expiresOn: '2024-12-31' }),
      paper('p4', '2026-01-01', { revocation: { on: '2026-11-01', reason: 'x' } }),
      paper('p5', '2026-01-01', { scheme: 'organic', stars: null }),
    ];
    const on = (day: string): ReturnType<typeof registryCounts> =>
      registryCounts(facts({ certificates }), Number(day.slice(0, 4)), day);
    expect(on('2026-11-23')).toMatchObject({
      measures: { 'products-rated': 1, 'products-added': 1 },
      byStars: { 3: 0, 4: 0, 5: 1 },
      producersRated: 1,
    });
    expect(on('2026-11-24')).toMatchObject({
      measures: { 'products-rated': 2, 'products-added': 2 },
      byStars: { 3: 1, 4: 0, 5: 1 },
      producersRated: 2,
    });
    expect(on('2024-12-31').measures['products-rated']).toBe(2);
    expect(on('2025-01-01').measures['products-rated']).toBe(1);
    expect(on('2026-10-31').measures['products-rated']).toBe(2);
  });

  test('support is summed by kind up to the day, without what was struck out', () => {
    const supports = [
      aSupport({ quantity: 100 }),
      aSupport({ quantity: 20, givenOn: '2026-06-01' }),
      aSupport({ quantity: 7, kind: 'registration' }),
      aSupport({ quantity: 999, struck: { on: '2026-07-01', by: 'user-1', reason: 'x' } }),
      aSupport({ quantity: 5, year: 2025, givenOn: '2025-12-31' }),
    ];
    expect(registryCounts(facts({ supports }), 2026, '2026-05-31').measures).toMatchObject({
      'packaging-given': 100,
      'stamps-given': 0,
      'registrations-given': 7,
    });
    expect(registryCounts(facts({ supports }), 2026, '2026-06-01').measures['packaging-given']).toBe(120);
  });

  test('producers take part by a council or by a product on its way, each once', () => {
    const evaluations = [
      anEvaluation(),
      anEvaluation({ productId: 'other' }),
      anEvaluation({ producerId: 'second', heldOn: '2025-05-20' }),
    ];
    const candidates = [
      { producerId: 'producer-1', maker: null, year: 2026, stage: 'file' as const, stageOn: '2026-02-01' },
      { producerId: null, maker: 'Hộ bà Lan', year: 2026, stage: 'idea' as const, stageOn: '2026-02-01' },
      { producerId: null, maker: 'Hộ ông Minh', year: 2026, stage: 'dropped' as const, stageOn: '2026-02-01' },
    ];
    expect(registryCounts(facts({ evaluations, candidates }), 2026, '2026-12-31').measures['producers-enrolled']).toBe(
      2,
    );
    expect(registryCounts(facts({ evaluations, candidates }), 2026, '2026-01-31').measures['producers-enrolled']).toBe(
      0,
    );
  });

  test('a product of a group that 2020 did not have is counted, apart', () => {
    const certificates = [paper('p1', '2020-01-10'), paper('p2', '2020-01-10')];
    const groupOf = (productId: string): 'ornamental' | 'drink' => (productId === 'p1' ? 'ornamental' : 'drink');
    expect(
      registryCounts(facts({ certificates, groupOf }), 2020, '2020-12-31').byGroup.filter(
        ({ products }) => products > 0,
      ),
    ).toEqual([
      { group: 'drink', products: 1 },
      { group: 'none', products: 1 },
    ]);
  });

  test('rounds of a year: products and producers once each, stars as they came out, the latest first', () => {
    const evaluations = [
      anEvaluation({ productId: 'a', stars: 4 }),
      anEvaluation({ productId: 'b', stars: 3, heldOn: '2026-05-21' }),
      anEvaluation({ productId: 'c', stars: 2 }),
      anEvaluation({ productId: 'd', round: '2026-2', heldOn: '2026-10-01', stars: 5 }),
      anEvaluation({ productId: 'e', round: '2025-1', heldOn: '2025-10-01' }),
    ];
    expect(councilRounds(evaluations, 2026)).toEqual([
      {
        round: '2026-2',
        from: '2026-10-01',
        to: '2026-10-01',
        products: 1,
        producers: 1,
        stars: { 3: 0, 4: 0, 5: 1 },
        below: 0,
      },
      {
        round: '2026-1',
        from: '2026-05-20',
        to: '2026-05-21',
        products: 3,
        producers: 1,
        stars: { 3: 1, 4: 1, 5: 0 },
        below: 1,
      },
    ]);
  });
});

describe('certificates that lapse', () => {
  const ending = (expiresOn: string, fields: object = {}): ReturnType<typeof aCertificate> =>
    aCertificate({ issuedOn: '2024-01-01', expiresOn, ...fields });
  const TODAY = '2026-11-24';

  test.each([
    [-1, null, 'over'],
    [0, 30, 'late'],
    [30, 30, 'late'],
    [31, 60, 'late'],
    [60, 60, 'late'],
    [61, 90, 'late'],
    [90, 90, 'late'],
    [91, null, 'late'],
    [119, null, 'late'],
    [120, null, 'open'],
    [180, null, 'open'],
    [181, null, 'early'],
  ] as const)('%i days before its end it is in part %s, its file %s', (days, part, state) => {
    expect(lapseOf(ending(addDays(TODAY, days)), TODAY)).toMatchObject({
      daysLeft: days,
      part,
      file: { state, from: addDays(TODAY, days - 180), until: addDays(TODAY, days - 120) },
    });
  });

  test('an extension moves the end, a revocation ends it at once; the file’s days follow the paper', () => {
    const extended = ending('2026-11-01', { extension: { to: '2026-12-01', evidence: 'x' } });
    expect(lapseOf(extended, TODAY)).toMatchObject({
      lastDay: '2026-12-01',
      daysLeft: 7,
      part: 30,
      file: { until: addDays('2026-11-01', -120) },
    });
    expect(lapseOf(ending('2027-11-01', { revocation: { on: TODAY, reason: 'x' } }), TODAY)).toMatchObject({
      daysLeft: -1,
      part: null,
      file: { state: 'over' },
    });
  });

  test('a newer certificate of the product takes the old one off the list; other schemes never stand on it', () => {
    const old = ending('2026-12-01', { id: 'old', number: '1' });
    const fresh = ending('2029-11-01', { id: 'new', number: '2', issuedOn: '2026-11-02' });
    const organic = ending('2026-12-01', { id: 'organic', scheme: 'organic', productId: 'p2', stars: null });
    expect(lapsesOn([old, fresh, organic], TODAY).map(({ certificate }) => certificate.id)).toEqual(['new']);
    expect(lapsesOn([old, fresh], '2026-11-01').map(({ certificate }) => certificate.id)).toEqual(['old']);
  });

  test('months hold each certificate once, the next ninety days marked; nearest ends come first', () => {
    const papers = ['2026-11-24', '2026-12-31', '2027-02-22', '2027-02-23', '2028-07-01', '2026-11-23'].map((day, i) =>
      ending(day, { id: `c${i}`, productId: `p${i}`, number: `n${i}` }),
    );
    const lapses = lapsesOn(papers, TODAY);
    expect(lapses.map(({ daysLeft }) => daysLeft)).toEqual([-1, 0, 37, 90, 91, 585]);
    const months = lapseMonths(lapses, TODAY, 4);
    expect(months).toEqual([
      { month: '2026-11', count: 1, soon: 1 },
      { month: '2026-12', count: 1, soon: 1 },
      { month: '2027-01', count: 0, soon: 0 },
      { month: '2027-02', count: 2, soon: 1 },
    ]);
  });
});

describe('products on their way', () => {
  test('goods of a season can be judged in their months; the next one may lie in the next year', () => {
    expect([
      canBeJudged([9, 10, 11], '2026-11-24'),
      canBeJudged([9, 10], '2026-11-24'),
      canBeJudged([], '2026-11-24'),
    ]).toEqual([true, false, true]);
    expect([
      nextJudging([9, 10, 11], '2026-11-24'),
      nextJudging([1, 9], '2026-11-24'),
      nextJudging([12], '2026-11-24'),
      nextJudging([], '2026-11-24'),
    ]).toEqual(['2026-11', '2027-01', '2026-12', null]);
    expect(nextJudging([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], '2026-11-24')).toBeNull();
  });

  test('stages are counted, each candidate once', () => {
    expect(stageCounts([{ stage: 'idea' }, { stage: 'council' }, { stage: 'idea' }])).toEqual({
      idea: 2,
      file: 0,
      council: 1,
      certified: 0,
      dropped: 0,
    });
  });
});
