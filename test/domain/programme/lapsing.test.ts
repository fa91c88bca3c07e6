// Lapsing certificates, and products under way to a council.

import { describe, expect, test } from '@jest/globals';
import { addDays } from '../../../server/domain/calendar.ts';
import { canBeJudged, nextJudging, stageCounts } from '../../../server/domain/programme/candidates.ts';
import { lapseMonths, lapseOf, lapsesOn } from '../../../server/domain/programme/lapsing.ts';
import { aCertificate } from '../../fixtures/records/registry.ts';

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
