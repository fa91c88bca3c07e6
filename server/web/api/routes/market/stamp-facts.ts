// /stamp-facts and /products/:id/looks: what an inspector with network sees of a stamp. The code is in the body, so
// that it is in no address and no log.

import { Readable } from 'node:stream';
import { z } from 'zod';
import { text } from '../../../../actions/kit/fields.ts';
import { PHOTO_MEDIA_TYPES } from '../../../../actions/kit/photo.ts';
import { runAction } from '../../../../actions/kit/run-action.ts';
import { addLook, listLooks, readLook, removeLook } from '../../../../actions/registry/looks.ts';
import { readStampFacts, stampFactsInput } from '../../../../actions/scans/stamp-facts-for.ts';
import { valueOf } from '../../../outcome.ts';
import { answerOutcome, route, uploadedBytes, type Route } from '../../route.ts';
import { idParams } from '../../shapes.ts';
import { lookShape, lookView, stampFactsShape, stampFactsView } from '../../shapes/stamp-facts.ts';

const lookParams = idParams.extend({ look: z.string().min(1).max(64) });

export const stampFactsRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/stamp-facts',
    right: 'record-finding',
    gate: 'statistics',
    tag: 'stamps',
    summary: 'All that is known of the stamp of a code, for inspectors; records no scan',
    body: stampFactsInput,
    answers: { 200: stampFactsShape },
    problems: ['not-found', 'too-many-requests'],
    handle: async ({ actor, body, ctx }) => ({
      status: 200,
      body: stampFactsView(valueOf(await readStampFacts(actor, body, ctx))),
    }),
  }),
  route({
    method: 'get',
    path: '/products/:id/looks',
    right: 'read-registry',
    tag: 'products',
    summary: 'Pictures of the true pack with its stamp in place, the newest first',
    params: idParams,
    answers: { 200: z.strictObject({ items: z.array(lookShape) }) },
    handle: async ({ actor, params, ctx }) => ({
      status: 200,
      body: { items: valueOf(await listLooks(actor, params.id, ctx)).map(lookView) },
    }),
  }),
  route({
    method: 'post',
    path: '/products/:id/looks',
    right: 'tell-story',
    gate: 'uploads',
    tag: 'products',
    summary: 'Add a picture of the true pack; it is never public',
    params: idParams,
    query: z.strictObject({ note: text(200).optional() }),
    upload: PHOTO_MEDIA_TYPES,
    answers: { 201: lookShape },
    problems: ['quota-reached'],
    handle: async ({ actor, params, query, upload, ctx }) =>
      answerOutcome(
        await runAction(addLook, actor, { id: params.id, note: query.note ?? null, bytes: uploadedBytes(upload) }, ctx),
        lookView,
      ),
  }),
  route({
    method: 'get',
    path: '/products/:id/looks/:look',
    right: 'read-registry',
    gate: 'files',
    tag: 'products',
    summary: 'One such picture',
    params: lookParams,
    answers: { 200: null },
    files: ['image/webp'],
    handle: async ({ actor, params, ctx }) => {
      const { mediaType, bytes } = valueOf(await readLook(actor, params, ctx));
      return { status: 200, stream: { mediaType, source: Readable.from([bytes]), fileName: null } };
    },
  }),
  route({
    method: 'post',
    path: '/products/:id/looks/:look/remove',
    right: 'tell-story',
    tag: 'products',
    summary: 'Show such a picture no more',
    params: lookParams,
    answers: { 200: lookShape },
    handle: async ({ actor, params, ctx }) => answerOutcome(await runAction(removeLook, actor, params, ctx), lookView),
  }),
];
