// /producers: who makes the goods.

import { changeProducer, changeProducerInput } from '../../../../actions/registry/change-producer.ts';
import { makeProducer, makeProducerInput } from '../../../../actions/registry/make-producer.ts';
import { listProducers, listProducersQuery, readProducer } from '../../../../actions/registry/read.ts';
import { ledgerQuery, readLedger } from '../../../../actions/batches/read-ledger.ts';
import { runAction } from '../../../../actions/kit/run-action.ts';
import { answerOutcome, answerPage, answerRecord, route, type Route } from '../../route.ts';
import { valueOf } from '../../../outcome.ts';
import { idParams, pageShape, waitingShape } from '../../shapes.ts';
import { ledgerShape, ledgerView } from '../../shapes/batches/ledger.ts';
import { producerShape, producerView } from '../../shapes/registry/producer.ts';

export const producerRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/producers',
    right: 'read-registry',
    tag: 'producers',
    summary: 'Producers of the office; a producer’s own',
    query: listProducersQuery,
    answers: { 200: pageShape(producerShape) },
    handle: async ({ actor, query, ctx }) => answerPage(await listProducers(actor, query, ctx), producerView),
  }),
  route({
    method: 'post',
    path: '/producers',
    right: 'make-producer',
    tag: 'producers',
    summary: 'Register a producer',
    body: makeProducerInput,
    answers: { 201: producerShape },
    handle: async ({ actor, body, ctx }) =>
      answerOutcome(await runAction(makeProducer, actor, body, ctx), producerView),
  }),
  route({
    method: 'get',
    path: '/producers/:id',
    right: 'read-registry',
    tag: 'producers',
    summary: 'One producer',
    params: idParams,
    answers: { 200: producerShape },
    handle: async ({ actor, params, ctx }) => answerRecord(await readProducer(actor, params.id, ctx), producerView),
  }),
  route({
    method: 'patch',
    path: '/producers/:id',
    right: 'tell-story',
    tag: 'producers',
    summary: 'Change a producer; all but story and contact waits for the office',
    params: idParams,
    body: changeProducerInput,
    answers: { 200: producerShape, 202: waitingShape },
    handle: async ({ actor, params, body, ifMatch, ctx }) =>
      answerOutcome(await changeProducer(actor, { id: params.id, version: ifMatch, change: body }, ctx), producerView),
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
