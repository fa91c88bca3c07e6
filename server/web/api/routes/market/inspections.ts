// /inspections: what inspectors found on stamps in the market.

import { recordRoutes } from '../../record-routes.ts';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { addInspectionPhoto } from '../../../../actions/market/add-inspection-photo.ts';
import { makeInspection, makeInspectionInput } from '../../../../actions/market/make-inspection.ts';
import { PHOTO_MEDIA_TYPES } from '../../../../actions/kit/photo.ts';
import {
  listInspections,
  listInspectionsQuery,
  readInspection,
  readInspectionPhoto,
} from '../../../../actions/market/read.ts';
import { runAction } from '../../../../actions/kit/run-action.ts';
import { answerOutcome, route, uploadedBytes, type Route } from '../../route.ts';
import { valueOf } from '../../../outcome.ts';
import { idParams } from '../../shapes.ts';
import { inspectionShape, inspectionView } from '../../shapes/market.ts';

const photoParams = idParams.extend({ photo: z.string().min(1).max(64) });

const { list, read } = recordRoutes({
  path: '/inspections',
  tag: 'inspections',
  shape: inspectionShape,
  view: inspectionView,
});

export const inspectionRoutes: readonly Route[] = [
  list({
    right: 'read-findings',
    summary: 'Findings, newest first; a producer’s own without names',
    query: listInspectionsQuery,
    action: listInspections,
  }),
  route({
    method: 'post',
    path: '/inspections',
    right: 'record-finding',
    tag: 'inspections',
    summary: 'Record a finding; one of the same clientId answers the first, with 200',
    body: makeInspectionInput,
    answers: { 200: inspectionShape, 201: inspectionShape },
    handle: async ({ actor, body, ctx }) =>
      answerOutcome(await runAction(makeInspection, actor, body, ctx), inspectionView),
  }),
  read({ right: 'read-findings', summary: 'One finding', action: readInspection }),
  route({
    method: 'post',
    path: '/inspections/:id/photos',
    right: 'record-finding',
    gate: 'uploads',
    tag: 'inspections',
    summary: 'Add a photograph to a finding; answers the finding',
    params: idParams,
    upload: PHOTO_MEDIA_TYPES,
    answers: { 201: inspectionShape },
    problems: ['version-conflict'],
    handle: async ({ actor, params, upload, ctx }) =>
      answerOutcome(
        await runAction(addInspectionPhoto, actor, { id: params.id, bytes: uploadedBytes(upload) }, ctx),
        inspectionView,
      ),
  }),
  route({
    method: 'get',
    path: '/inspections/:id/photos/:photo',
    right: 'read-findings',
    gate: 'files',
    tag: 'inspections',
    summary: 'A photograph of a finding, for whoever may read the finding',
    params: photoParams,
    answers: { 200: null },
    files: ['image/webp'],
    handle: async ({ actor, params, ctx }) => {
      const { mediaType, bytes } = valueOf(await readInspectionPhoto(actor, params, ctx));
      return { status: 200, stream: { mediaType, source: Readable.from([bytes]), fileName: null } };
    },
  }),
];
