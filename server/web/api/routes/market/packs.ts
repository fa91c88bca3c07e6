// /packs: what an inspector's phone needs without network. Taking one leaves no line in the log.

import { z } from 'zod';
import { packQuery } from '../../../../actions/pack/choose-pack.ts';
import { makePack, PACK_STAMPS_MAX, readPackSize } from '../../../../actions/pack/make-pack.ts';
import { cartonsQuery, printCartons } from '../../../../actions/pack/cartons.ts';
import { valueOf } from '../../../outcome.ts';
import { route, type Route } from '../../route.ts';
import { idParams } from '../../shapes.ts';

const PACK_MEDIA_TYPE = 'application/vnd.temtrace.pack';

const sizeShape = z
  .strictObject({
    producers: z.int().min(1),
    batches: z.int().min(0),
    stamps: z.int().min(0).max(PACK_STAMPS_MAX),
    bytes: z.int().min(1),
  })
  .meta({ id: 'PackSize', description: 'What a pack holds, and how many bytes are sent.' });

export const packRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/batches/:id/cartons.pdf',
    right: 'take-print-file',
    gate: 'sheets',
    leavesMark: true,
    tag: 'packs',
    summary: 'Signed labels of cartons, A6 (carton-a6): any phone checks them without network, and /c/… shows them',
    params: idParams,
    query: cartonsQuery,
    answers: { 200: null },
    files: ['application/pdf'],
    handle: async ({ actor, params, query, ctx }) => {
      const { name, source } = valueOf(await printCartons(actor, { id: params.id, query }, ctx));
      return { status: 200, stream: { mediaType: 'application/pdf', source, fileName: name } };
    },
  }),
  route({
    method: 'get',
    path: '/packs',
    right: 'take-pack',
    gate: 'packs',
    tag: 'packs',
    summary: 'An offline pack, whole or as a difference; its format is in docs/packs.md',
    query: packQuery,
    answers: { 200: null },
    files: [PACK_MEDIA_TYPE],
    problems: ['pack-too-large', 'not-found'],
    handle: async ({ actor, query, ctx }) => {
      const source = valueOf(await makePack(actor, query, ctx));
      return { status: 200, stream: { mediaType: PACK_MEDIA_TYPE, source, fileName: null } };
    },
  }),
  route({
    method: 'get',
    path: '/packs/preview',
    right: 'take-pack',
    gate: 'packs',
    tag: 'packs',
    summary: 'What a pack would hold and weigh, to be said before it is taken',
    query: packQuery,
    answers: { 200: sizeShape },
    problems: ['pack-too-large', 'not-found'],
    handle: async ({ actor, query, ctx }) => ({ status: 200, body: valueOf(await readPackSize(actor, query, ctx)) }),
  }),
];
