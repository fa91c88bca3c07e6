// One stamp of a batch, as its office and producer see it.

import { querySerial } from '../../../../actions/kit/fields.ts';
import { readStamp, readStampByCode, stampQuery } from '../../../../actions/scans/read-stamp.ts';
import { route, type Route } from '../../route.ts';
import { valueOf } from '../../../outcome.ts';
import { idParams } from '../../shapes.ts';
import { stampShape, stampView } from '../../shapes/batches/batch.ts';

const stampParams = idParams.extend({ serial: querySerial });

export const stampRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/batches/:id/stamps/:serial',
    right: 'read-batch',
    leavesMark: true,
    tag: 'stamps',
    summary:
      'One stamp by its serial: verdict, scans, voiding, findings. Who may not take codes sees the last four symbols of ' +
      'its code; at most 2,000 stamps a day are read like this',
    params: stampParams,
    answers: { 200: stampShape },
    problems: ['too-many-requests'],
    handle: async ({ actor, params, ctx }) => ({
      status: 200,
      body: stampView(valueOf(await readStamp(actor, params, ctx))),
    }),
  }),
  route({
    method: 'get',
    path: '/stamps',
    right: 'read-batch',
    tag: 'stamps',
    summary: 'One stamp by its code, as it is read or typed from the stamp',
    query: stampQuery,
    answers: { 200: stampShape },
    problems: ['not-found'],
    handle: async ({ actor, query, ctx }) => ({
      status: 200,
      body: stampView(valueOf(await readStampByCode(actor, query, ctx))),
    }),
  }),
];
