// A year is played day by day. Each evening's report is kept, and at the end every past day is asked for again: the two
// say the same, but for what was entered late, which counts on its own day and is marked.

import { describe, expect, test } from '@jest/globals';
import { importProgramme } from '../../../server/actions/import/import-programme.ts';
import { readNamedRows } from '../../../server/actions/import/table-file.ts';
import type { Outcome } from '../../../server/actions/kit/context.ts';
import { candidateInput, changeCandidate, makeCandidate } from '../../../server/actions/programme/keep-candidate.ts';
import { readLapsing } from '../../../server/actions/programme/read-lapsing.ts';
import { readReport, type ProgrammeReport } from '../../../server/actions/programme/read-report.ts';
import { recordSupport, recordSupportInput, strikeSupport } from '../../../server/actions/programme/record-support.ts';
import { setFigure, setFigureInput } from '../../../server/actions/programme/set-figure.ts';
import { setPlan, setPlanInput } from '../../../server/actions/programme/set-plan.ts';
import { changeCertificate, changeCertificateInput } from '../../../server/actions/registry/change-certificate.ts';
import { changeEvaluation, changeEvaluationInput } from '../../../server/actions/registry/change-evaluation.ts';
import { changeProduct, changeProductInput } from '../../../server/actions/registry/change-product.ts';
import { makeCertificate, makeCertificateInput } from '../../../server/actions/registry/make-certificate.ts';
import { makeEvaluation, makeEvaluationInput } from '../../../server/actions/registry/make-evaluation.ts';
import { addDays } from '../../../server/domain/calendar.ts';
import type { Entity } from '../../../server/domain/entity.ts';
import { percentOf } from '../../../server/domain/programme/programme.ts';
import { CAST, testApi } from '../../fixtures/api.ts';

const api = testApi();
const actor = (): ReturnType<typeof api.actor> => api.actor('officeA');

function doneOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.problem.code}: ${outcome.problem.detail}`);
  if (outcome.value.kind !== 'done') throw new Error('waits');
  return outcome.value.value;
}

async function reportOf(year: number, on: string): Promise<ProgrammeReport> {
  const report = await readReport(actor(), { year, on }, api.ctx);
  if (!report.ok) throw new Error(report.problem.detail);
  return report.value;
}

function goTo(day: string): void {
  api.setNow(`${day}T05:00:00.000Z`);
}

describe('a year played day by day', () => {
  const kept = new Map<string, Entity>();
  const keep = <T extends Entity>(name: string, doc: T): void => void kept.set(name, doc);
  const version = async (
    name: string,
    collection: 'certificates' | 'evaluations' | 'candidates' | 'products',
  ): Promise<number> => (await api.store[collection].get(kept.get(name)?.id ?? ''))?.version ?? 0;
  const id = (name: string): string => kept.get(name)?.id ?? '';
  const changeOf = async (name: string, change: object): Promise<unknown> =>
    doneOf(
      await changeCertificate(
        actor(),
        { id: id(name), version: await version(name, 'certificates'), change: changeCertificateInput.parse(change) },
        api.ctx,
      ),
    );
  const certify = async (
    name: string,
    productId: string,
    issuedOn: string,
    expiresOn: string,
    more: object = {},
  ): Promise<void> =>
    keep(
      name,
      doneOf(
        await makeCertificate(
          actor(),
          makeCertificateInput.parse({
            scheme: 'ocop',
            productId,
            number: name,
            issuer: 'UBND',
            issuedOn,
            expiresOn,
            stars: 4,
            ...more,
          }),
          api.ctx,
        ),
      ),
    );
  const way = (stage: string, more: object = {}): ReturnType<typeof candidateInput.parse> =>
    candidateInput.parse({ name: 'Trà', group: 'drink', producerId: CAST.producerA2, stage, year: 2026, ...more });

  /** What the office does, by day. */
  const diary: [day: string, work: () => Promise<unknown>][] = [
    [
      '2026-01-05',
      async () =>
        setPlan(
          actor(),
          {
            year: 2026,
            version: 0,
            plan: setPlanInput.parse({ targets: { 'products-rated': 3, 'packaging-given': 15_000 } }),
          },
          api.ctx,
        ),
    ],
    ['2026-01-10', () => certify('C1', CAST.productA1, '2026-01-10', '2029-01-09')],
    ['2026-01-12', async () => keep('way', doneOf(await makeCandidate(actor(), { candidate: way('idea') }, api.ctx)))],
    [
      '2026-01-20',
      async () =>
        keep(
          'gift',
          doneOf(
            await recordSupport(
              actor(),
              { support: recordSupportInput.parse({ kind: 'packaging', quantity: 10_000, givenOn: '2026-01-18' }) },
              api.ctx,
            ),
          ),
        ),
    ],
    [
      '2026-01-15',
      async () =>
        keep(
          'wrong',
          doneOf(
            await recordSupport(
              actor(),
              { support: recordSupportInput.parse({ kind: 'stamps', quantity: 700, givenOn: '2026-01-15' }) },
              api.ctx,
            ),
          ),
        ),
    ],
    [
      '2026-01-25',
      async () =>
        keep(
          'council',
          doneOf(
            await makeEvaluation(
              actor(),
              makeEvaluationInput.parse({
                productId: CAST.productA2,
                round: '2026-1',
                heldOn: '2026-01-25',
                score: 75,
                minimumStars: 5,
              }),
              api.ctx,
            ),
          ),
        ),
    ],
    [
      '2026-02-01',
      async () =>
        changeCandidate(
          actor(),
          { id: id('way'), version: await version('way', 'candidates'), candidate: way('file') },
          api.ctx,
        ),
    ],
    [
      '2026-02-03',
      async () =>
        api.as('officeA').post('/batches', {
          productId: CAST.productA1,
          lot: 'Y-1',
          producedOn: null,
          expiresOn: null,
          quantity: 500,
        }),
    ],
    ['2026-02-10', () => certify('C2', CAST.productA2, '2026-02-10', '2026-03-20')],
    ['2026-02-15', () => changeOf('C2', { number: 'C2-b' })],
    ['2026-02-20', () => changeOf('C1', { stars: 3 })],
    ['2026-02-22', () => changeOf('C1', { revokedOn: '2026-04-01', reason: 'x' })],
    ['2026-02-25', () => changeOf('C2', { extendedTo: '2026-05-01', evidence: 'QĐ 1' })],
    ['2026-03-01', async () => strikeSupport(actor(), { id: id('wrong'), reason: 'nhầm' }, api.ctx)],
    [
      '2026-03-02',
      async () =>
        setFigure(
          actor(),
          {
            figure: setFigureInput.parse({
              year: 2026,
              measure: 'producers-enrolled',
              value: 40,
              asOf: '2026-03-02',
              kind: 'reported',
            }),
          },
          api.ctx,
        ),
    ],
    [
      '2026-03-05',
      async () =>
        setFigure(
          actor(),
          {
            figure: setFigureInput.parse({
              year: 2026,
              measure: 'producers-enrolled',
              value: 41,
              asOf: '2026-03-02',
              kind: 'reported',
            }),
          },
          api.ctx,
        ),
    ],
    [
      '2026-03-06',
      async () =>
        setFigure(
          actor(),
          {
            figure: setFigureInput.parse({
              year: 2026,
              measure: 'products-rated',
              value: 9,
              asOf: '2026-12-15',
              kind: 'estimate',
            }),
          },
          api.ctx,
        ),
    ],
    [
      '2026-03-08',
      async () =>
        changeCandidate(
          actor(),
          { id: id('way'), version: await version('way', 'candidates'), candidate: way('file', { year: 2027 }) },
          api.ctx,
        ),
    ],
    [
      '2026-03-10',
      async () =>
        setPlan(
          actor(),
          { year: 2026, version: 1, plan: setPlanInput.parse({ targets: { 'products-rated': 5 } }) },
          api.ctx,
        ),
    ],
    [
      '2026-03-12',
      async () =>
        changeEvaluation(
          actor(),
          {
            id: id('council'),
            version: await version('council', 'evaluations'),
            change: changeEvaluationInput.parse({ score: 65 }),
          },
          api.ctx,
        ),
    ],
    [
      '2026-03-14',
      async () =>
        changeProduct(
          actor(),
          {
            id: CAST.productA1,
            version: (await api.store.products.get(CAST.productA1))?.version ?? 0,
            change: changeProductInput.parse({ group: 'food', productSet: 13 }),
          },
          api.ctx,
        ),
    ],
    [
      '2026-03-16',
      async () =>
        setPlan(
          actor(),
          { year: 2027, version: 0, plan: setPlanInput.parse({ targets: { 'products-rated': 70 } }) },
          api.ctx,
        ),
    ],
    [
      '2027-01-05',
      async () =>
        api
          .as('officeA')
          .post('/batches', { productId: CAST.productA1, lot: 'Y-2', producedOn: null, expiresOn: null, quantity: 90 }),
    ],
  ];
  const [first, last] = ['2026-01-01', '2027-01-08'] as const;
  const years = [2025, 2026, 2027] as const;
  /** A plan counts for its whole year; the packaging of 18 January was entered two days later. */
  const lateOn = (year: number, day: string): number =>
    Number(year < 2027 && day < '2026-01-05') +
    Number(year === 2027 && day < '2026-03-16') +
    Number(year === 2026 && day >= '2026-01-18' && day < '2026-01-20');

  test('every past day is told again as it was told then', async () => {
    const then = new Map<string, ProgrammeReport[]>();
    for (let day: string = first; day <= last; day = addDays(day, 1)) {
      goTo(day);
      for (const [on, work] of diary) if (on === day) await work();
      // Between the entries most days are alike; of those, one in five is looked at.
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

/** A report without what is no figure: versions and past states of the records in it. */
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
