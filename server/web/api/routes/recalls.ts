// /recalls: goods that must come back.

import { recordRoutes } from '../record-routes.ts';
import { makeRecall, makeRecallInput } from '../../../actions/recalls/make-recall.ts';
import { listRecalls, listRecallsQuery, readRecall } from '../../../actions/recalls/read.ts';
import { runAction } from '../../../actions/kit/run-action.ts';
import { withdrawRecall, withdrawRecallInput } from '../../../actions/recalls/withdraw-recall.ts';
import { answerOutcome, route, type Route } from '../route.ts';
import { idParams } from '../shapes.ts';
import { recallShape, recallView } from '../shapes/recalls.ts';

const { list, make, read } = recordRoutes({ path: '/recalls', tag: 'recalls', shape: recallShape, view: recallView });

export const recallRoutes: readonly Route[] = [
  list({
    right: 'read-registry',
    summary: 'Recalls of the office’s producers; a producer’s own; withdrawn ones too',
    query: listRecallsQuery,
    action: listRecalls,
  }),
  make({
    right: 'recall-lot',
    summary: 'Recall a product, a lot or a range of serials; a producer its own lot',
    body: makeRecallInput,
    action: makeRecall,
  }),
  read({ right: 'read-registry', summary: 'One recall', action: readRecall }),
  route({
    method: 'post',
    path: '/recalls/:id/withdraw',
    right: 'recall-anything',
    tag: 'recalls',
    summary: 'Withdraw a recall',
    params: idParams,
    body: withdrawRecallInput,
    answers: { 200: recallShape },
    problems: ['already-withdrawn'],
    handle: async ({ actor, params, body, ctx }) =>
      answerOutcome(await runAction(withdrawRecall, actor, { id: params.id, note: body.note }, ctx), recallView),
  }),
];
