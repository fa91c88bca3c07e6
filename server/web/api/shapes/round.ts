// What the API shows of rounds, their items, and of what a phone sent.

import { z } from 'zod';
import type { OpResult, Synced } from '../../../actions/market/rounds/sync-rounds.ts';
import type { RoundShown } from '../../../actions/market/rounds/read.ts';
import { FINDINGS } from '../../../domain/market/inspection.ts';
import { ROUND_STATES, type Round } from '../../../domain/market/round.ts';
import { dayShape, entityShape, instantShape, problemShape, viewOf } from '../shapes.ts';
import { inspectionShape, inspectionView, positionShape } from './market.ts';

const countsShape = z.strictObject({
  items: z.int().min(0),
  photos: z.int().min(0),
  findings: z.record(z.enum([...FINDINGS, 'none']), z.int().min(0)),
});

const roundFields = {
  ...entityShape,
  officeId: z.string(),
  number: z.string().meta({ description: 'On paper; /b/{number} is the public page that proves it.' }),
  clientId: z.string().nullable(),
  state: z.enum(ROUND_STATES),
  inspectors: z.array(z.string()),
  plannedOn: dayShape.nullable(),
  producerIds: z.array(z.string()).meta({ description: 'Whose goods are looked at; empty: any.' }),
  task: z.string().nullable(),
  place: z
    .strictObject({
      name: z.string(),
      commune: z.string().nullable(),
      province: z.string().nullable(),
      detail: z.string().nullable(),
    })
    .nullable(),
  met: z.array(z.strictObject({ name: z.string(), role: z.string().nullable() })),
  kept: z.string().nullable().meta({ description: 'What was kept or sealed.' }),
  note: z.string().nullable(),
  position: positionShape.nullable(),
  openedAt: instantShape.nullable(),
  closedAt: instantShape.nullable(),
  records: z.array(
    z.strictObject({
      edition: z.int().min(1),
      at: instantShape,
      hash: z.string(),
      items: z.int().min(0),
      photos: z.int().min(0),
    }),
  ),
  by: z.string(),
};

export const roundShape = z.strictObject({ ...roundFields, counts: countsShape }).meta({ id: 'Round' });
const syncedRoundShape = z.strictObject(roundFields).meta({ id: 'RoundWithoutCounts' });

export function roundView(round: RoundShown): z.input<typeof roundShape> {
  return viewOf(roundShape, round, {});
}

export const syncedShape = z
  .strictObject({
    serverTime: instantShape,
    results: z.array(
      z.strictObject({
        opId: z.string(),
        state: z.enum(['done', 'repeat', 'refused', 'later']),
        problem: problemShape.partial().nullable(),
        round: syncedRoundShape.nullable(),
        item: inspectionShape.nullable(),
      }),
    ),
  })
  .meta({
    id: 'Synced',
    description:
      'In the order of the operations. `repeat`: done before; `refused`: never; `later`: this one and all that follow ' +
      'must be sent again.',
  });

export function syncedView({ serverTime, results }: Synced): z.input<typeof syncedShape> {
  return { serverTime, results: results.map(resultView) };
}

function resultView({ opId, state, problem, round, item }: OpResult): z.input<typeof syncedShape>['results'][number] {
  return {
    opId,
    state,
    problem: problem === null ? null : { code: problem.code, detail: problem.detail, ...problem.details },
    round: round === null ? null : viewOf(syncedRoundShape, round satisfies Round, {}),
    item: item === null ? null : inspectionView(item),
  };
}
