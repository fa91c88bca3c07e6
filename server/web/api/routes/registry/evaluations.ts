// /evaluations: the scores of councils.

import { recordRoutes } from '../../record-routes.ts';
import { changeEvaluation, changeEvaluationInput } from '../../../../actions/registry/change-evaluation.ts';
import { makeEvaluation, makeEvaluationInput } from '../../../../actions/registry/make-evaluation.ts';
import { listEvaluations, listEvaluationsQuery, readEvaluation } from '../../../../actions/registry/read.ts';
import type { Route } from '../../route.ts';
import { evaluationShape, evaluationView } from '../../shapes/registry/evaluation.ts';

const { list, make, read, change } = recordRoutes({
  path: '/evaluations',
  tag: 'evaluations',
  shape: evaluationShape,
  view: evaluationView,
});

export const evaluationRoutes: readonly Route[] = [
  list({
    right: 'read-registry',
    summary: 'Evaluations of the office’s products; a producer’s own',
    query: listEvaluationsQuery,
    action: listEvaluations,
  }),
  make({
    right: 'change-registry',
    summary: 'Record an evaluation; a producer’s waits for the office',
    body: makeEvaluationInput,
    waits: true,
    problems: ['taken'],
    action: makeEvaluation,
  }),
  read({ right: 'read-registry', summary: 'One evaluation', action: readEvaluation }),
  change({
    right: 'change-registry',
    summary: 'Correct an evaluation; a producer’s correction waits for the office',
    body: changeEvaluationInput,
    waits: true,
    action: changeEvaluation,
  }),
];
