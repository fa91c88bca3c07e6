// /recalls: goods that must come back.

import { makeRecall, makeRecallInput } from '../../../actions/recalls/make-recall.ts';
import { listRecalls, listRecallsQuery, readRecall } from '../../../actions/recalls/read.ts';
import { runAction } from '../../../actions/kit/run-action.ts';
import { withdrawRecall, withdrawRecallInput } from '../../../actions/recalls/withdraw-recall.ts';
import { answerOutcome, answerPage, answerRecord, route, type Route } from '../route.ts';
import { idParams, pageShape } from '../shapes.ts';
import { recallShape, recallView } from '../shapes/recalls.ts';

export const recallRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/recalls',
    right: 'read-registry',
    tag: 'recalls',
    summary: 'Recalls of the office’s producers; a producer’s own; withdrawn ones too',
    query: listRecallsQuery,
    answers: { 200: pageShape(recallShape) },
    handle: async ({ actor, query, ctx }) => answerPage(await listRecalls(actor, query, ctx), recallView),
  }),
  route({
    method: 'post',
    path: '/recalls',
    right: 'recall-lot',
    tag: 'recalls',
    summary: 'Recall a product, a lot or a range of serials; a producer its own lot',
    body: makeRecallInput,
    answers: { 201: recallShape },
    handle: async ({ actor, body, ctx }) => answerOutcome(await runAction(makeRecall, actor, body, ctx), recallView),
  }),
  route({
    method: 'get',
    path: '/recalls/:id',
    right: 'read-registry',
    tag: 'recalls',
    summary: 'One recall',
    params: idParams,
    answers: { 200: recallShape },
    handle: async ({ actor, params, ctx }) => answerRecord(await readRecall(actor, params.id, ctx), recallView),
  }),
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
