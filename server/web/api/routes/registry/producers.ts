// /producers: who makes the goods.

import { recordRoutes } from '../../record-routes.ts';
import { changeProducer, changeProducerInput } from '../../../../actions/registry/change-producer.ts';
import { makeProducer, makeProducerInput } from '../../../../actions/registry/make-producer.ts';
import { listProducers, listProducersQuery, readProducer } from '../../../../actions/registry/read.ts';
import { ledgerQuery, readLedger } from '../../../../actions/batches/read-ledger.ts';
import { route, type Route } from '../../route.ts';
import { valueOf } from '../../../outcome.ts';
import { idParams } from '../../shapes.ts';
import { ledgerShape, ledgerView } from '../../shapes/batches/ledger.ts';
import { producerShape, producerView } from '../../shapes/registry/producer.ts';

const { list, make, read, change } = recordRoutes({
  path: '/producers',
  tag: 'producers',
  shape: producerShape,
  view: producerView,
});

export const producerRoutes: readonly Route[] = [
  list({
    right: 'read-registry',
    summary: 'Producers of the office; a producer’s own',
    query: listProducersQuery,
    action: listProducers,
  }),
  make({ right: 'make-producer', summary: 'Register a producer', body: makeProducerInput, action: makeProducer }),
  read({ right: 'read-registry', summary: 'One producer', action: readProducer }),
  change({
    right: 'tell-story',
    summary: 'Change a producer; all but story and contact waits for the office',
    body: changeProducerInput,
    waits: true,
    action: changeProducer,
  }),
  route({
    method: 'get',
    path: '/producers/:id/ledger',
    right: 'read-ledger',
    gate: 'statistics',
    tag: 'producers',
    summary: 'Stamps given, printed, activated, voided, scanned in a year, against allowance and output',
    params: idParams,
    query: ledgerQuery,
    answers: { 200: ledgerShape },
    handle: async ({ actor, params, query, ctx }) => ({
      status: 200,
      body: ledgerView(valueOf(await readLedger(actor, { producerId: params.id, query }, ctx))),
    }),
  }),
];
