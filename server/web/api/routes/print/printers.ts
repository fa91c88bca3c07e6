// /printers: printers as measured with the test grid.

import { keepPrinter, keepPrinterInput } from '../../../../actions/print/keep-printer.ts';
import { listPrinters, listPrintersQuery, readPrinter } from '../../../../actions/print/read.ts';
import { answerOutcome, answerPage, answerRecord, route, type Route } from '../../route.ts';
import { idParams, pageShape } from '../../shapes.ts';
import { printerShape, printerView } from '../../shapes/print/print.ts';

export const printerRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/printers',
    right: 'keep-printer',
    tag: 'print',
    summary: 'Printers of the office and of its producers; a producer’s own',
    query: listPrintersQuery,
    answers: { 200: pageShape(printerShape) },
    handle: async ({ actor, query, ctx }) => answerPage(await listPrinters(actor, query, ctx), printerView),
  }),
  route({
    method: 'get',
    path: '/printers/:id',
    right: 'keep-printer',
    tag: 'print',
    summary: 'One printer',
    params: idParams,
    answers: { 200: printerShape },
    handle: async ({ actor, params, ctx }) => answerRecord(await readPrinter(actor, params.id, ctx), printerView),
  }),
  route({
    method: 'put',
    path: '/printers/:id',
    right: 'keep-printer',
    tag: 'print',
    summary: 'Keep a printer under a name of one’s own, or what was measured anew',
    params: idParams,
    body: keepPrinterInput,
    takesIfMatch: 'where-it-exists',
    answers: { 200: printerShape, 201: printerShape },
    handle: async ({ actor, params, body, ifMatch, ctx }) =>
      answerOutcome(await keepPrinter(actor, { id: params.id, version: ifMatch, printer: body }, ctx), printerView),
  }),
];
