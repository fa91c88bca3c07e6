// /rounds: what offices plan and inspectors do in the market, and what their phones recorded without network.

import { z } from 'zod';
import { PHOTO_MEDIA_TYPES } from '../../../../actions/kit/photo.ts';
import { addRoundPhoto } from '../../../../actions/market/rounds/add-round-photo.ts';
import { changePlan, planRound } from '../../../../actions/market/rounds/plan-round.ts';
import {
  listItems,
  listItemsQuery,
  listRounds,
  listRoundsQuery,
  readRound,
} from '../../../../actions/market/rounds/read.ts';
import {
  changeRoundInput,
  clientId,
  planRoundInput,
  syncInput,
} from '../../../../actions/market/rounds/round-fields.ts';
import { exportRecord, printRecord } from '../../../../actions/market/rounds/print-record.ts';
import { readShownRound } from '../../../../actions/market/rounds/read-shown.ts';
import { syncRounds } from '../../../../actions/market/rounds/sync-rounds.ts';
import { valueOf } from '../../../outcome.ts';
import { recordRoutes } from '../../record-routes.ts';
import { answerOutcome, answerPage, route, uploadedBytes, type Route } from '../../route.ts';
import { idParams, pageShape } from '../../shapes.ts';
import { inspectionShape, inspectionView } from '../../shapes/market.ts';
import { roundShape, roundView, syncedShape, syncedView } from '../../shapes/round.ts';

const RECORD_MEDIA_TYPES = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

const { list, read, make, change } = recordRoutes({
  path: '/rounds',
  tag: 'rounds',
  shape: roundShape,
  view: roundView,
});

export const roundRoutes: readonly Route[] = [
  list({ right: 'read-round', summary: 'Rounds, newest first', query: listRoundsQuery, action: listRounds }),
  make({
    right: 'plan-round',
    summary: 'Plan a round',
    body: planRoundInput,
    action: async (actor, input, ctx) => readShownRound(await planRound(actor, input, ctx), ctx),
  }),
  route({
    method: 'post',
    path: '/rounds/sync',
    right: 'make-round',
    tag: 'rounds',
    summary: 'Take what a phone recorded, in order; each operation is done once, however often it is sent',
    body: syncInput,
    answers: { 200: syncedShape },
    handle: async ({ actor, body, ctx }) => ({
      status: 200,
      body: syncedView(valueOf(await syncRounds(actor, body, ctx))),
    }),
  }),
  route({
    method: 'put',
    path: '/rounds/photos/:clientId',
    right: 'make-round',
    gate: 'uploads',
    tag: 'rounds',
    summary: 'A photograph of an item, by the phone’s ids; sent twice, it is kept once. Answers the item',
    params: z.strictObject({ clientId }),
    query: z.strictObject({ item: clientId.meta({ description: 'The phone’s id of the item.' }) }),
    upload: PHOTO_MEDIA_TYPES,
    answers: { 200: inspectionShape, 201: inspectionShape },
    problems: ['version-conflict', 'round-full'],
    handle: async ({ actor, params, query, upload, ctx }) =>
      answerOutcome(
        await addRoundPhoto(actor, { photo: params.clientId, item: query.item, bytes: uploadedBytes(upload) }, ctx),
        inspectionView,
      ),
  }),
  read({ right: 'read-round', summary: 'One round', action: readRound }),
  change({
    right: 'plan-round',
    summary: 'Change or cancel a planned round',
    body: changeRoundInput,
    problems: ['round-ended'],
    action: async (actor, input, ctx) => readShownRound(await changePlan(actor, input, ctx), ctx),
  }),
  ...(['pdf', 'xlsx'] as const).map((ending) =>
    route({
      method: 'get',
      path: `/rounds/:id/record.${ending}`,
      right: 'read-round',
      gate: 'exports',
      tag: 'rounds',
      summary: ending === 'pdf' ? 'The record to print and sign' : 'The record as a spreadsheet',
      params: idParams,
      answers: { 200: null },
      files: [RECORD_MEDIA_TYPES[ending]],
      handle: async ({ actor, params, ctx }) => {
        const made = ending === 'pdf' ? printRecord(actor, params.id, ctx) : exportRecord(actor, params.id, ctx);
        const { name, source } = valueOf(await made);
        return { status: 200, stream: { mediaType: RECORD_MEDIA_TYPES[ending], source, fileName: name } };
      },
    }),
  ),
  route({
    method: 'get',
    path: '/rounds/:id/items',
    right: 'read-round',
    tag: 'rounds',
    summary: 'The items of a round, newest first',
    params: idParams,
    query: listItemsQuery,
    answers: { 200: pageShape(inspectionShape) },
    handle: async ({ actor, params, query, ctx }) =>
      answerPage(await listItems(actor, { id: params.id, query }, ctx), inspectionView),
  }),
];
