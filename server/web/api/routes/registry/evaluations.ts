// /evaluations: the scores of councils.

import { changeEvaluation, changeEvaluationInput } from '../../../../actions/registry/change-evaluation.ts';
import { makeEvaluation, makeEvaluationInput } from '../../../../actions/registry/make-evaluation.ts';
import { listEvaluations, listEvaluationsQuery, readEvaluation } from '../../../../actions/registry/read.ts';
import { runAction } from '../../../../actions/kit/run-action.ts';
import { answerOutcome, answerPage, answerRecord, route, type Route } from '../../route.ts';
import { idParams, pageShape, waitingShape } from '../../shapes.ts';
import { evaluationShape, evaluationView } from '../../shapes/registry/evaluation.ts';

export const evaluationRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/evaluations',
    right: 'read-registry',
    tag: 'evaluations',
    summary: 'Evaluations of the office’s products; a producer’s own',
    query: listEvaluationsQuery,
    answers: { 200: pageShape(evaluationShape) },
    handle: async ({ actor, query, ctx }) => answerPage(await listEvaluations(actor, query, ctx), evaluationView),
  }),
  route({
    method: 'post',
    path: '/evaluations',
    right: 'change-registry',
    tag: 'evaluations',
    summary: 'Record an evaluation; a producer’s waits for the office',
    body: makeEvaluationInput,
    answers: { 201: evaluationShape, 202: waitingShape },
    problems: ['taken'],
    handle: async ({ actor, body, ctx }) =>
      answerOutcome(await runAction(makeEvaluation, actor, body, ctx), evaluationView),
  }),
  route({
    method: 'get',
    path: '/evaluations/:id',
    right: 'read-registry',
    tag: 'evaluations',
    summary: 'One evaluation',
    params: idParams,
    answers: { 200: evaluationShape },
    handle: async ({ actor, params, ctx }) => answerRecord(await readEvaluation(actor, params.id, ctx), evaluationView),
  }),
  route({
    method: 'patch',
    path: '/evaluations/:id',
    right: 'change-registry',
    tag: 'evaluations',
    summary: 'Correct an evaluation; a producer’s correction waits for the office',
    params: idParams,
    body: changeEvaluationInput,
    answers: { 200: evaluationShape, 202: waitingShape },
    handle: async ({ actor, params, body, ifMatch, ctx }) =>
      answerOutcome(
        await changeEvaluation(actor, { id: params.id, version: ifMatch, change: body }, ctx),
        evaluationView,
      ),
  }),
];
