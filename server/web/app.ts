// The Express application: what is mounted where, and how every failure is answered. It opens and starts nothing, so a
// test mounts it without a port.

import express, { type ErrorRequestHandler, type Express, type Request, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { ActionContext } from '../actions/kit/context.ts';
import { DEFAULT_SITE } from '../domain/site.ts';
import type { AnswerScan } from '../scan/answer-scan.ts';
import { makeNetworkHash } from '../scan/visitor.ts';
import { appSessionRouter } from './app-session.ts';
import { inspectAppRouter } from './inspect-app/router.ts';
import { apiRouter } from './api/router.ts';
import { allRoutes } from './api/routes.ts';
import { openApiDocument } from './api/openapi.ts';
import { consoleRouter } from './console/router.ts';
import { consoleRoutes } from './console/routes.ts';
import { expressEntrance, type Entrance } from './entrance.ts';
import { problemBody, problemOfError, ProblemError } from './errors.ts';
import { GATES, Gates } from './gates.ts';
import { healthRouter } from './health.ts';
import type { Metrics } from './metrics.ts';
import { securityHeaders } from '../scan/answer-headers.ts';
import { problemLanguageOf } from '../scan/negotiate.ts';
import { RefusalHold } from './refusal-hold.ts';
import { logRefusedRights } from './refused-rights.ts';
import { pageHeaders } from './public/exchange.ts';
import { pageLimit, strangerLimit } from './public/form-limit.ts';
import { expressScanMount } from './public/mount.ts';
import { answerNotFound, publicRouter } from './public/router.ts';
import { siteRouter } from './site-files.ts';
import { problemDetail } from './words/words.ts';

export interface AppParts {
  /** Everything of a call's context except its request key. */
  context: Omit<ActionContext, 'request'>;
  entrance: Entrance;
  log: Logger;
  version: string;
  metrics: Metrics | null;
  answerScan: AnswerScan;
  /** Passed by tests that watch them. */
  gates?: Gates;
  /** Given by tests that do not wait. */
  refusals?: RefusalHold;
}

export function createApp(parts: AppParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', parts.entrance.trusts);
  app.set('query parser', false);
  app.use(expressEntrance(parts.entrance));
  app.use(defaultHeaders(parts.context.settings.publicOrigin));
  app.use(siteRouter(parts.context.settings.site ?? DEFAULT_SITE));
  app.use(logRefusedRights((event, fields) => parts.log.info({ event, ...fields }), parts.context.now));
  app.use(healthRouter(parts.context.store, parts.metrics, parts.context.now));

  const refusals = parts.refusals ?? new RefusalHold();
  const gates = parts.gates ?? new Gates(GATES, refusals);
  const { publicOrigin } = parts.context.settings;
  const networkOf = makeNetworkHash(parts.context.random(32));
  const { now } = parts.context;
  const limited = pageLimit({ networkOf, now, headers: pageHeaders(publicOrigin) }, refusals);
  const document = Buffer.from(JSON.stringify(openApiDocument(allRoutes, publicOrigin, parts.version)));
  app.get('/api/v1/openapi.json', limited, (_request, response) => void response.type('json').send(document));
  app.use(
    '/api/v1',
    apiRouter(allRoutes, () => parts.context, gates, strangerLimit({ networkOf, now })),
    apiNotFound,
  );
  app.use(expressScanMount(parts.answerScan, parts.entrance));
  // Everything below is open to anyone, at least up to the login.
  app.use(limited);
  const consoleFailed = (error: unknown, { method }: Request): void =>
    parts.log.error({ event: 'request.failed', method, err: error });
  app.use(appSessionRouter(() => parts.context, gates));
  app.use(inspectAppRouter(publicOrigin));
  app.use(consoleRouter(() => parts.context, consoleRoutes, { onFault: consoleFailed, gates }));
  const { answerScan, log } = parts;
  app.use(publicRouter({ context: () => parts.context, answerScan, log, networkOf, gates }));
  app.use(answerNotFound(publicOrigin));
  app.use(answerError(parts.log));
  return app;
}

/**
 * What every answer begins with, those of the API and files among them: a browser that is led to one shows it and runs
 * nothing. Pages replace it by a policy of their own.
 */
function defaultHeaders(publicOrigin: string): RequestHandler {
  const headers = securityHeaders({ publicOrigin, css: [] });
  return (_request, response, next) => {
    response.set(headers);
    next();
  };
}

const apiNotFound: RequestHandler = () => {
  throw new ProblemError({ code: 'not-found', detail: 'There is no such address. See /api/v1/openapi.json.' });
};

/**
 * Problems are answered by their code. Anything else is our fault: it is logged with its cause and answered without it.
 */
function answerError(log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const problem = problemOfError(error);
    if (problem === null || problem.code === 'cannot-check-now')
      log.error({ event: 'request.failed', method: request.method, err: error });
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (problem?.code === 'not-signed-in') response.set('WWW-Authenticate', 'Bearer realm="temtrace"');
    if (problem?.code === 'cannot-check-now') response.set('Retry-After', '5');
    if (error instanceof ProblemError && error.retryAfterSeconds !== null)
      response.set('Retry-After', String(error.retryAfterSeconds));
    const language = problemLanguageOf(request.headers['accept-language']);
    const body =
      problem === null
        ? { ...OUR_FAULT, detail: problemDetail('internal', OUR_FAULT.detail, language) }
        : problemBody(problem, language);
    response
      .status(body.status)
      .set('Cache-Control', 'no-store')
      .set('Content-Language', language)
      .vary('Accept-Language')
      .type('application/problem+json')
      .send(JSON.stringify(body));
  };
}

const OUR_FAULT = {
  type: 'about:blank',
  title: 'Internal Server Error',
  status: 500,
  detail: 'This is our fault. It was written down; please try again later.',
  code: 'internal',
  errors: [],
} as const;
