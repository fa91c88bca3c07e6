// /lots: goods made under the same circumstances, and their journey.

import { recordRoutes } from '../record-routes.ts';
import { z } from 'zod';
import { addLotEvent, addLotEventInput } from '../../../actions/lots/add-lot-event.ts';
import { changeLotEvent, changeLotEventInput, removeLotEvent } from '../../../actions/lots/change-lot-event.ts';
import { changeLot, changeLotInput } from '../../../actions/lots/change-lot.ts';
import { makeLot, makeLotInput } from '../../../actions/lots/make-lot.ts';
import { listLots, listLotsQuery, readLot } from '../../../actions/lots/read.ts';
import { runAction } from '../../../actions/kit/run-action.ts';
import { answerOutcome, route, type Route } from '../route.ts';
import { idParams } from '../shapes.ts';
import { lotShape, lotView } from '../shapes/lots.ts';

const eventParams = idParams.extend({ eventId: z.string().min(1).max(64) });

const { list, make, read, change } = recordRoutes({ path: '/lots', tag: 'lots', shape: lotShape, view: lotView });

export const lotRoutes: readonly Route[] = [
  list({
    right: 'read-registry',
    summary: 'Lots of the office’s producers; a producer’s own',
    query: listLotsQuery,
    action: listLots,
  }),
  make({ right: 'keep-lot', summary: 'Record a lot', body: makeLotInput, problems: ['taken'], action: makeLot }),
  read({ right: 'read-registry', summary: 'One lot', action: readLot }),
  change({
    right: 'keep-lot',
    summary: 'Change a lot; number, dates and product wait for the office once stamps are active',
    body: changeLotInput,
    waits: true,
    problems: ['taken', 'lot-fixed', 'lot-printed', 'version-conflict'],
    action: changeLot,
  }),
  route({
    method: 'post',
    path: '/lots/:id/events',
    right: 'keep-lot',
    tag: 'lots',
    summary: 'Add an event to a lot’s journey; answers the lot',
    params: idParams,
    body: addLotEventInput,
    answers: { 201: lotShape },
    problems: ['version-conflict'],
    handle: async ({ actor, params, body, ctx }) =>
      answerOutcome(await runAction(addLotEvent, actor, { id: params.id, event: body }, ctx), lotView),
  }),
  route({
    method: 'post',
    path: '/lots/:id/events/:eventId/change',
    right: 'keep-lot',
    tag: 'lots',
    summary: 'Set an event right; once a buyer could have read it, it keeps a mark and cannot be hidden',
    params: eventParams,
    body: changeLotEventInput,
    answers: { 200: lotShape },
    problems: ['event-seen', 'version-conflict'],
    handle: async ({ actor, params, body, ctx }) =>
      answerOutcome(
        await runAction(changeLotEvent, actor, { id: params.id, eventId: params.eventId, change: body }, ctx),
        lotView,
      ),
  }),
  route({
    method: 'post',
    path: '/lots/:id/events/:eventId/remove',
    right: 'keep-lot',
    tag: 'lots',
    summary: 'Remove an event that no buyer could have read yet',
    params: eventParams,
    body: z.strictObject({}),
    answers: { 200: lotShape },
    problems: ['event-seen', 'version-conflict'],
    handle: async ({ actor, params, ctx }) =>
      answerOutcome(await runAction(removeLotEvent, actor, { id: params.id, eventId: params.eventId }, ctx), lotView),
  }),
];
