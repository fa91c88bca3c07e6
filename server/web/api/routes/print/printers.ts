// /printers: printers as measured with the test grid.

import { recordRoutes } from '../../record-routes.ts';
import { keepPrinter, keepPrinterInput } from '../../../../actions/print/keep-printer.ts';
import { listPrinters, listPrintersQuery, readPrinter } from '../../../../actions/print/read.ts';
import { answerOutcome, route, type Route } from '../../route.ts';
import { idParams } from '../../shapes.ts';
import { printerShape, printerView } from '../../shapes/print/print.ts';

const { list, read } = recordRoutes({ path: '/printers', tag: 'print', shape: printerShape, view: printerView });

export const printerRoutes: readonly Route[] = [
  list({
    right: 'keep-printer',
    summary: 'Printers of the office and of its producers; a producer’s own',
    query: listPrintersQuery,
    action: listPrinters,
  }),
  read({ right: 'keep-printer', summary: 'One printer', action: readPrinter }),
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
