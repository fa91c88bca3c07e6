// Turns route declarations into Express handlers: they read and check the parts, call the handler, and send its answer.

import { createHash, createHmac, hkdfSync } from 'node:crypto';
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { ActionContext } from '../../actions/kit/context.ts';
import { decide } from '../../actions/kit/rights.ts';
import { actorId } from '../../actions/kit/save.ts';
import type { Actor } from '../../domain/people/account.ts';
import type { Problem } from '../../domain/problem.ts';
import { sendFile } from './send-file.ts';
import { problemLanguageOf } from '../../scan/negotiate.ts';
import { ProblemError } from '../errors.ts';
import { Gates } from '../gates.ts';
import { authenticate } from './authenticate.ts';
import {
  IDEMPOTENCY_KEY_SYMBOLS_MAX,
  JSON_BODY_MAX_BYTES,
  parseIfMatch,
  parseJsonBody,
  parseQueryText,
  parseShape,
  UPLOAD_MAX_BYTES,
} from '../read-request.ts';
import type { Answer, Call, Route } from './route.ts';
import { nameAsker } from '../refused-rights.ts';
import { problemDetail } from '../words/words.ts';

const NOT_SIGNED_IN: Problem = {
  code: 'not-signed-in',
  detail: 'Sign in, or send an API key as "Authorization: Bearer KEY".',
};
const IDEMPOTENCY_KEY = /^[\x21-\x7e]+$/;

/** All routes, mounted under /api/v1. An unknown address falls through; an unknown method is 405. */
export function apiRouter(
  routes: readonly Route[],
  context: () => Omit<ActionContext, 'request'>,
  gates = new Gates(),
  strangerWait: StrangerWait = () => 0,
): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  const byPath = new Map<string, Route[]>();
  for (const route of routes) byPath.set(route.path, [...(byPath.get(route.path) ?? []), route]);
  for (const [path, group] of byPath) {
    const at = router.route(path);
    for (const route of group) {
      // Express would run a GET for HEAD, but the download of a file is recorded, and a HEAD downloads nothing.
      if (route.files !== null && route.method === 'get') at.head(refuseMethod(group));
      at[route.method](handlerOf(route, context, gates, strangerWait));
    }
    at.all(refuseMethod(group));
  }
  return router;
}

function readerOf(route: Route): RequestHandler {
  if (route.upload !== null) return express.raw({ type: [...route.upload], limit: UPLOAD_MAX_BYTES });
  return express.raw({ type: 'application/json', limit: JSON_BODY_MAX_BYTES });
}

/** The body as bytes in `request.body`. @throws what the reader throws if it is too large or broken */
function readBytes(reader: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    void reader(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(error as Error)));
  });
}

/** Counts a request of a stranger: 0, or the seconds that its network must wait (public/form-limit.ts). */
type StrangerWait = (request: Request) => number;

/** Whoever has no key or session in force is refused, past a bound later and without saying which it was. */
async function knownActor(
  authenticating: Promise<Actor>,
  request: Request,
  response: Response,
  gates: Gates,
  strangerWait: StrangerWait,
): Promise<Actor> {
  let refusal = new ProblemError(NOT_SIGNED_IN);
  try {
    const actor = await authenticating;
    // The public has no rights here (look-ups are elsewhere), so a stranger's body is not even read.
    if (actor.kind !== 'public') return actor;
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.code !== 'not-signed-in') throw error;
    refusal = error;
  }
  const seconds = strangerWait(request);
  if (seconds === 0) throw refusal;
  await gates.holdRefusal(response);
  const detail = 'Too many requests without a key in force came from this network. Try again later.';
  throw new ProblemError({ code: 'too-many-requests', detail }, seconds);
}

function handlerOf(
  route: Route,
  context: () => Omit<ActionContext, 'request'>,
  gates: Gates,
  strangerWait: StrangerWait,
): RequestHandler {
  const reader = readerOf(route);
  return async (request: Request, response: Response): Promise<void> => {
    const ctx: ActionContext = { ...context(), request: null };
    const actor = await knownActor(authenticate(request, route, ctx), request, response, gates, strangerWait);
    nameAsker(response, { actorId: actorId(actor), route: `/api/v1${route.path}` });
    // Neither is the body of a role that may never do this, and it takes no place in the gate from those who may.
    const may = decide(actor, route.right, null);
    if (may.kind === 'refused') throw new ProblemError(may.problem);
    // Before the body is read, so that a waiting request takes no memory.
    if (route.gate !== null) await gates.pass(route.gate, actorId(actor), request, response);
    await readBytes(reader, request, response);
    const call = readCall(route, request, actor, ctx);
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const answer = await route.handle({ ...call, signal: gone.signal });
    try {
      await send(response, answer);
    } catch (error) {
      if (!response.headersSent) throw error;
      response.destroy(); // part of the file is sent already, so all we can do is cut the connection
    }
  };
}

function readCall(
  route: Route,
  request: Request,
  actor: Actor,
  ctx: ActionContext,
): Omit<Call<unknown, unknown, unknown>, 'signal'> {
  const params = route.params === null ? null : parseShape(route.params, { ...request.params }, 'params');
  const queryText = parseQueryText(request);
  const [unknownName] = route.query === null ? Object.keys(queryText) : [];
  if (unknownName !== undefined) {
    throw new ProblemError({
      code: 'invalid',
      detail: 'This address takes no query.',
      errors: [{ path: [unknownName], code: 'unknown-field', message: 'There is no such field.' }],
    });
  }
  const query = route.query === null ? null : parseShape(route.query, queryText, 'query');
  const body = route.body === null ? null : parseShape(route.body, parseJsonBody(request), 'body');
  const ifMatch = takesVersion(route, request) ? parseIfMatch(request) : 0;
  return {
    actor,
    params,
    query,
    body,
    ifMatch,
    upload: uploadOf(route, request),
    ctx: { ...ctx, request: requestKeyOf(route, request, actor, ctx) },
  };
}

function takesVersion(route: Route, request: Request): boolean {
  return (
    route.takesIfMatch === true ||
    (route.takesIfMatch === 'where-it-exists' && request.headers['if-match'] !== undefined)
  );
}

function uploadOf(route: Route, request: Request): { mediaType: string; bytes: Uint8Array } | null {
  if (route.upload === null) return null;
  const mediaType = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const bytes: unknown = request.body;
  if (!route.upload.includes(mediaType) || !Buffer.isBuffer(bytes)) {
    throw new ProblemError({
      code: 'unsupported-media',
      detail: `Send the file itself as one of: ${route.upload.join(', ')}.`,
    });
  }
  return { mediaType, bytes };
}

/** The key of one caller's request; the same key from another caller is a different key. */
function requestKeyOf(route: Route, request: Request, actor: Actor, ctx: ActionContext): ActionContext['request'] {
  const header = request.headers['idempotency-key'];
  if (header === undefined || route.method !== 'post') return null;
  if (typeof header !== 'string' || header.length > IDEMPOTENCY_KEY_SYMBOLS_MAX || !IDEMPOTENCY_KEY.test(header)) {
    throw new ProblemError({ code: 'invalid', detail: 'Idempotency-Key takes 1 to 200 visible ASCII characters.' });
  }
  const caller = actorId(actor);
  const key = createHash('sha256').update(`${caller}\n${header}`).digest('base64url');
  const bytes: unknown = request.body;
  // Keyed, because a body may hold a password, which a plain hash in the store would make easy to guess.
  const bodyHash = createHmac('sha256', new Uint8Array(hkdfSync('sha256', ctx.keys.wrap, '', 'temtrace/1/request', 32)))
    .update(`${request.method} ${request.originalUrl}\n`)
    .update(Buffer.isBuffer(bytes) ? bytes : '')
    .digest('base64url');
  return { key, bodyHash };
}

async function send(response: Response, answer: Answer): Promise<void> {
  response.status(answer.status).set('Cache-Control', 'no-store');
  if (answer.headers !== undefined) response.set(answer.headers);
  if (answer.stream === undefined) {
    if (answer.body === undefined) response.end();
    else response.json(answer.body);
    return;
  }
  await sendFile(response, answer.stream);
}

function refuseMethod(group: readonly Route[]): RequestHandler {
  const methods = group.map((route) => route.method.toUpperCase());
  const takesHead = group.some((route) => route.method === 'get' && route.files === null);
  const allow = takesHead ? [...methods, 'HEAD'] : methods;
  return (request, response) => {
    const language = problemLanguageOf(request.headers['accept-language']);
    response
      .status(405)
      .set('Allow', allow.join(', '))
      .set('Content-Language', language)
      .vary('Accept-Language')
      .type('application/problem+json')
      .send(
        JSON.stringify({
          type: 'about:blank',
          title: 'Method Not Allowed',
          status: 405,
          detail: problemDetail('method', `Use ${allow.join(' or ')}.`, language),
          code: 'method',
          errors: [],
        }),
      );
  };
}
