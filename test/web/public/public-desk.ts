// The public pages over an embedded store, with one batch without PINs and one with PINs.
// Importing this opens the service for the tests of the file.

import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect } from '@jest/globals';
import express, { type ErrorRequestHandler } from 'express';
import { keysOf } from '../../../server/actions/batches/sealed-batch.ts';
import { saveNew } from '../../../server/actions/kit/save.ts';
import { PROBLEMS } from '../../../server/domain/problem.ts';
import { makeAnswerScan, type AnswerScan } from '../../../server/scan/answer-scan.ts';
import type { Store } from '../../../server/store/store.ts';
import { problemBody, problemOfError } from '../../../server/web/errors.ts';
import { makeEntrance } from '../../../server/web/entrance.ts';
import { GATES, Gates } from '../../../server/web/gates.ts';
import { RefusalHold } from '../../../server/web/refusal-hold.ts';
import { expressScanMount } from '../../../server/web/public/mount.ts';
import { scanPages } from '../../../server/web/public/pages.ts';
import { answerNotFound, publicRouter } from '../../../server/web/public/router.ts';
import { CAST, openTestApi, ORIGIN, type TestApi } from '../../fixtures/api.ts';
import { aLot } from '../../fixtures/records/batches.ts';
import { TIME_ZONE } from '../../fixtures/records/cast.ts';

export let api: TestApi;
export let answerScan: AnswerScan;
export let server: Server;
export let code: string;
export let pinCode: string;
export let pin: string;
export const logged: object[] = [];
const nothing = { warn: (fields: object) => logged.push(fields), error: (fields: object) => logged.push(fields) };

export function scanOver(store: Store): AnswerScan {
  return makeAnswerScan({
    store,
    unwrap: (batch) => keysOf(api.ctx, batch),
    now: api.context.now,
    random: api.context.random,
    timeZone: TIME_ZONE,
    publicOrigin: ORIGIN,
    placeHeader: null,
    log: nothing,
    pages: scanPages(ORIGIN),
    isSignedIn: () => false,
    wait: () => Promise.resolve(),
  });
}

/** Answers problems as the application does. */
const answerError: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  const problem = problemOfError(error);
  if (problem === null) return void response.status(500).end(String(error));
  response.status(PROBLEMS[problem.code]).json(problemBody(problem));
};

export function appOver(scan: AnswerScan): express.Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', false);
  const entrance = makeEntrance({ trustProxy: null, log: nothing });
  app.use(expressScanMount(scan, entrance));
  app.use(
    publicRouter({
      context: () => api.context,
      answerScan: scan,
      log: nothing,
      networkOf: (address) => address,
      gates: new Gates(GATES, new RefusalHold(0)),
    }),
  );
  app.use(answerNotFound(ORIGIN));
  app.use(answerError);
  return app;
}

async function issued(
  more: Record<string, unknown>,
): Promise<{ id: string; codeOf: (serial: number) => string; pinOf: (serial: number) => string }> {
  const answer = await api.as('officeA').post('/batches', more);
  expect(answer.status).toBe(201);
  const batch = await api.store.batches.get(String(answer.body['id']));
  if (batch === null) throw new Error('not issued');
  const keys = keysOf(api.ctx, batch);
  return { id: batch.id, codeOf: (serial) => keys.codeOf(serial), pinOf: (serial) => keys.pinOf(serial) };
}

beforeAll(async () => {
  api = await openTestApi();
  const lot = aLot({
    id: 'lot-p',
    officeId: CAST.officeA,
    producerId: CAST.producerA1,
    productId: CAST.productA1,
    number: 'L-P',
  });
  await saveNew(api.ctx, api.actor('admin'), { collection: 'lots', doc: lot, action: 'make-lot', answer: null });
  const plain = await issued({ lotId: lot.id, quantity: 100 });
  const withPins = await issued({ lotId: lot.id, quantity: 100, pin: true });
  code = plain.codeOf(3);
  pinCode = withPins.codeOf(3);
  pin = withPins.pinOf(3);
  answerScan = scanOver(api.store);
  server = createServer(appOver(answerScan));
  server.listen(0);
});

afterAll(async () => {
  server.close();
  answerScan.stop();
  await api.close();
});
