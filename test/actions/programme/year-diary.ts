// What an office does in a year, day by day: certificates, plans, candidates, support, rolls.

import type { Outcome } from '../../../server/actions/kit/context.ts';
import { candidateInput, changeCandidate, makeCandidate } from '../../../server/actions/programme/keep-candidate.ts';
import { recordSupport, recordSupportInput, strikeSupport } from '../../../server/actions/programme/record-support.ts';
import { setFigure, setFigureInput } from '../../../server/actions/programme/set-figure.ts';
import { setPlan, setPlanInput } from '../../../server/actions/programme/set-plan.ts';
import { changeCertificate, changeCertificateInput } from '../../../server/actions/registry/change-certificate.ts';
import { changeEvaluation, changeEvaluationInput } from '../../../server/actions/registry/change-evaluation.ts';
import { changeProduct, changeProductInput } from '../../../server/actions/registry/change-product.ts';
import { makeCertificate, makeCertificateInput } from '../../../server/actions/registry/make-certificate.ts';
import { makeEvaluation, makeEvaluationInput } from '../../../server/actions/registry/make-evaluation.ts';
import type { Entity } from '../../../server/domain/entity.ts';
import { CAST, type TestApi } from '../../fixtures/api.ts';

interface Year {
  /** Each entry is made on its day. */
  diary: readonly [day: string, work: () => Promise<unknown>][];
  certify: (name: string, productId: string, issuedOn: string, expiresOn: string, more?: object) => Promise<void>;
  changeOf: (name: string, change: object) => Promise<unknown>;
}

export function yearOf(api: TestApi): Year {
  const actor = (): ReturnType<typeof api.actor> => api.actor('officeA');
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

  /** The office's work, by day. */
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
  return { diary, certify, changeOf };
}

function doneOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.problem.code}: ${outcome.problem.detail}`);
  if (outcome.value.kind !== 'done') throw new Error('waits');
  return outcome.value.value;
}
