// /requests: changes that wait for the office.

import { approveRequest, decideRequestInput, declineRequest } from '../../../../actions/registry/decide-request.ts';
import {
  listOtherRatingsAsked,
  listRequests,
  listRequestsQuery,
  readRequest,
} from '../../../../actions/registry/read.ts';
import type { ActionContext } from '../../../../actions/kit/context.ts';
import type { Actor } from '../../../../domain/people/account.ts';
import type { ChangeRequest } from '../../../../domain/registry/change-request.ts';
import type { Id } from '../../../../domain/entity.ts';
import { runAction } from '../../../../actions/kit/run-action.ts';
import { answerOutcome, answerPage, answerRecord, route, type Route } from '../../route.ts';
import { idParams, pageShape } from '../../shapes.ts';
import { requestShape, requestView } from '../../shapes/registry/request.ts';

export const requestRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/requests',
    right: 'read-request',
    tag: 'requests',
    summary: 'What waits, or waited, for the office',
    query: listRequestsQuery,
    answers: { 200: pageShape(requestShape) },
    handle: async ({ actor, query, ctx }) =>
      answerPage(await listRequests(actor, query, ctx), (request) => requestView(request)),
  }),
  route({
    method: 'get',
    path: '/requests/:id',
    right: 'read-request',
    tag: 'requests',
    summary: 'One request',
    params: idParams,
    answers: { 200: requestShape },
    handle: async ({ actor, params, ctx }) =>
      answerRecord(await readRequest(actor, params.id, ctx), await viewOfOne(actor, params.id, ctx)),
  }),
  route({
    method: 'post',
    path: '/requests/:id/approve',
    right: 'decide-request',
    tag: 'requests',
    summary: 'Do what was asked',
    params: idParams,
    body: decideRequestInput,
    answers: { 200: requestShape },
    problems: ['already-decided', 'version-conflict'],
    handle: async ({ actor, params, body, ctx }) =>
      answerOutcome(
        await runAction(approveRequest, actor, { id: params.id, note: body.note }, ctx),
        await viewOfOne(actor, params.id, ctx),
      ),
  }),
  route({
    method: 'post',
    path: '/requests/:id/decline',
    right: 'decide-request',
    tag: 'requests',
    summary: 'Decline what was asked',
    params: idParams,
    body: decideRequestInput,
    answers: { 200: requestShape },
    problems: ['already-decided'],
    handle: async ({ actor, params, body, ctx }) =>
      answerOutcome(await runAction(declineRequest, actor, { id: params.id, note: body.note }, ctx), (request) =>
        requestView(request),
      ),
  }),
];

/**
 * If the request revokes a certificate, with the others that still give stars: a person who approves must know them.
 */
async function viewOfOne(
  actor: Actor,
  id: Id,
  ctx: ActionContext,
): Promise<(request: ChangeRequest) => ReturnType<typeof requestView>> {
  const request = await readRequest(actor, id, ctx);
  const others = request.ok ? await listOtherRatingsAsked(actor, request.value, ctx) : request;
  return (one) => requestView(one, others.ok ? others.value : []);
}
