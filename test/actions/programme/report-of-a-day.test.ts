// Plays a year day by day and keeps each evening's report. At the end it asks for every past day again: the reports are
// equal except for late entries, which count on their own day and are marked.

import { describe, expect, test } from '@jest/globals';
import { importProgramme } from '../../../server/actions/import/import-programme.ts';
import { readNamedRows } from '../../../server/actions/import/table-file.ts';
import { readLapsing } from '../../../server/actions/programme/read-lapsing.ts';
import { readReport, type ProgrammeReport } from '../../../server/actions/programme/read-report.ts';
import { addDays } from '../../../server/domain/calendar.ts';
import { percentOf } from '../../../server/domain/programme/programme.ts';
import { CAST, testApi } from '../../fixtures/api.ts';
import { yearOf } from './year-diary.ts';

const api = testApi();
const actor = (): ReturnType<typeof api.actor> => api.actor('officeA');

async function reportOf(year: number, on: string): Promise<ProgrammeReport> {
  const report = await readReport(actor(), { year, on }, api.ctx);
  if (!report.ok) throw new Error(report.problem.detail);
  return report.value;
}

function goTo(day: string): void {
  api.setNow(`${day}T05:00:00.000Z`);
}

describe('a year played day by day', () => {
  const { diary, certify, changeOf } = yearOf(api);
  const [first, last] = ['2026-01-01', '2027-01-08'] as const;
  const years = [2025, 2026, 2027] as const;
  /** A plan counts for its whole year. The packaging of 18 January was entered two days later. */
  const lateOn = (year: number, day: string): number =>
    Number(year < 2027 && day < '2026-01-05') +
    Number(year === 2027 && day < '2026-03-16') +
    Number(year === 2026 && day >= '2026-01-18' && day < '2026-01-20');

  test('every past day is told again as it was told then', async () => {
    const then = new Map<string, ProgrammeReport[]>();
    for (let day: string = first; day <= last; day = addDays(day, 1)) {
      goTo(day);
      for (const [on, work] of diary) if (on === day) await work();
      // Between the entries most days are alike, so only one in five is checked.
      if (day > '2026-03-20' && Number(day.slice(8)) % 5 !== 0 && day < '2026-12-28') continue;
      then.set(day, await Promise.all(years.map((year) => reportOf(year, day))));
    }
    const changed: string[] = [];
    for (const [day, told] of then) {
      for (const [at, year] of years.entries()) {
        const again = await reportOf(year, day);
        const late = lateOn(year, day);
        expect([year, day, again.late]).toEqual([year, day, late]);
        if (late > 0) continue;
        if (JSON.stringify(plain(again)) !== JSON.stringify(plain(told[at] as ProgrammeReport)))
          changed.push(`${year} on ${day}`);
      }
    }
    expect(changed).toEqual([]);
  });

  test('what was entered late counts on its own day and is marked; nothing of another year is counted', async () => {
    const gift = (await reportOf(2026, '2026-01-18')).rows.find(({ measure }) => measure === 'packaging-given');
    expect(gift).toMatchObject({ result: 10_000, planned: 15_000, percent: 67, late: 1 });
    expect(
      (await reportOf(2026, '2026-01-17')).rows.find(({ measure }) => measure === 'packaging-given'),
    ).toMatchObject({
      result: 0,
      late: 0,
    });
    expect((await reportOf(2026, '2027-01-08')).counts.stampsIssued).toBe(500);
    expect((await reportOf(2027, '2027-01-08')).counts.stampsIssued).toBe(90);
    expect((await reportOf(2026, '2026-01-24')).rounds).toEqual([]);
    expect((await reportOf(2026, '2026-01-31')).stages).toMatchObject({ idea: 1, file: 0 });
    expect((await reportOf(2026, '2026-02-01')).stages).toMatchObject({ idea: 0, file: 1 });
    expect((await reportOf(2026, '2026-03-08')).stages).toMatchObject({ idea: 0, file: 0 });
  });

  test('the list of what lapses on a past day is that day’s too', async () => {
    const soonOn = async (on: string): Promise<string[]> => {
      const list = await readLapsing(actor(), { on }, api.ctx);
      if (!list.ok) throw new Error(list.problem.detail);
      return list.value.soon.map(({ lapse }) => `${lapse.certificate.number} ${lapse.lastDay}`);
    };
    expect(await soonOn('2026-02-21')).toEqual(['C2-b 2026-03-20']);
    expect(await soonOn('2026-02-25')).toEqual(['C1 2026-03-31', 'C2-b 2026-05-01']);
  });

  test('a revocation that is entered late counts from its own day, and the report says so', async () => {
    goTo('2027-02-01');
    await certify('C9', CAST.productA1, '2027-01-20', '2030-01-19');
    goTo('2027-02-10');
    await changeOf('C9', { revokedOn: '2027-02-05', reason: 'x' });
    const rated = async (on: string): Promise<unknown[]> => {
      const report = await reportOf(2027, on);
      return [report.counts.measures['products-rated'], report.late];
    };
    expect(await rated('2027-02-04')).toEqual([1, 0]);
    expect(await rated('2027-02-05')).toEqual([0, 1]);
    expect(await rated('2027-02-10')).toEqual([0, 0]);
  });

  test('the programme of 2020, imported in 2026, says 58 products on 26/11/2020', async () => {
    goTo('2026-11-24');
    const rows = await readNamedRows(
      Buffer.from(
        'year,measure,plan,result,as_of,kind\n2020,products_rated_3_stars_or_more,50,58,26/11/2020,reported\n',
      ),
    );
    if (!rows.ok) throw new Error(rows.problem.detail);
    await importProgramme(actor(), { rows: rows.value }, api.ctx);
    const report = await reportOf(2020, '2020-11-26');
    expect(report.rows[0]).toMatchObject({ result: 58, planned: 50, over: 8, percent: 116, late: 1 });
    expect(report.late).toBeGreaterThanOrEqual(2);
    expect((await reportOf(2020, '2020-11-25')).rows[0]).toMatchObject({ reported: null });
  });
});

describe('a share of the plan', () => {
  test.each([
    [10_000, 15_000, 67],
    [58, 50, 116],
    [0, 15, 0],
    [14_999, 15_000, 99],
    [15_000, 15_000, 100],
    [15_001, 15_000, 100],
    [1, 3, 33],
  ])('%i of %i is %i %%', (result, planned, percent) => {
    expect(percentOf(result, planned)).toBe(percent);
  });
});

/** A report without what is not a figure: versions and past states of its records. */
function plain({ plan, nextPlan, rows, ...rest }: ProgrammeReport): unknown {
  return {
    ...rest,
    plan: plan?.targets ?? null,
    nextPlan: nextPlan?.targets ?? null,
    rows: rows.map(({ reported, estimate, ...row }) => ({
      ...row,
      reported: reported === null ? null : [reported.value, reported.asOf],
      estimate: estimate === null ? null : [estimate.value, estimate.asOf],
    })),
  };
}
