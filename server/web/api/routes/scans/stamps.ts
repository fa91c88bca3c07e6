// One stamp of a batch as those who look after it see it.

import { querySerial } from '../../../../actions/kit/fields.ts';
import { readStamp } from '../../../../actions/scans/read.ts';
import { route, type Route } from '../../route.ts';
import { valueOf } from '../../../outcome.ts';
import { idParams } from '../../shapes.ts';
import { stampShape, stampView } from '../../shapes/batches/batch.ts';

const stampParams = idParams.extend({ serial: querySerial });

export const stampRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/batches/:id/stamps/:serial',
    tag: 'stamps',
    summary: 'One stamp: code, verdict, scans, voiding, findings',
    params: stampParams,
    answers: { 200: stampShape },
    handle: async ({ actor, params, ctx }) => ({
      status: 200,
      body: stampView(valueOf(await readStamp(actor, params, ctx))),
    }),
  }),
];
