// /complaints: what consumers reported, and how it is handled. They are filed on the stamp's own page.

import { changeComplaint, changeComplaintInput } from '../../../../actions/market/change-complaint.ts';
import { listComplaints, listComplaintsQuery, readComplaint } from '../../../../actions/market/read.ts';
import { answerOutcome, answerPage, answerRecord, route, type Route } from '../../route.ts';
import { idParams, pageShape } from '../../shapes.ts';
import { complaintShape, complaintView } from '../../shapes/market.ts';

export const complaintRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/complaints',
    right: 'read-findings',
    tag: 'complaints',
    summary: 'Complaints, newest first; a producer’s own without who complained',
    query: listComplaintsQuery,
    answers: { 200: pageShape(complaintShape) },
    handle: async ({ actor, query, ctx }) => answerPage(await listComplaints(actor, query, ctx), complaintView),
  }),
  route({
    method: 'get',
    path: '/complaints/:id',
    right: 'read-findings',
    tag: 'complaints',
    summary: 'One complaint',
    params: idParams,
    answers: { 200: complaintShape },
    handle: async ({ actor, params, ctx }) => answerRecord(await readComplaint(actor, params.id, ctx), complaintView),
  }),
  route({
    method: 'patch',
    path: '/complaints/:id',
    right: 'handle-complaint',
    tag: 'complaints',
    summary: 'Handle a complaint',
    params: idParams,
    body: changeComplaintInput,
    answers: { 200: complaintShape },
    handle: async ({ actor, params, body, ifMatch, ctx }) =>
      answerOutcome(
        await changeComplaint(actor, { id: params.id, version: ifMatch, change: body }, ctx),
        complaintView,
      ),
  }),
];
