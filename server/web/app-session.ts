// Signing the inspector's app in and out: /inspect/session. Answers are JSON; the session is a cookie that a script
// cannot read, and opens nothing without the phone's proof.

import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { APP_SESSION_MS_MAX } from '../actions/people/begin-session.ts';
import { appSessionOf, appSignInInput, identifyApp, signInToApp } from '../actions/people/phones/app-session.ts';
import { signOut } from '../actions/people/sign-out.ts';
import type { ActionContext } from '../actions/kit/context.ts';
import type { z } from 'zod';
import { networkOf } from '../scan/visitor.ts';
import { ProblemError } from './errors.ts';
import type { Gates } from './gates.ts';
import { valueOf } from './outcome.ts';
import { proofOf } from './proof-of.ts';
import { parseJsonBody, parseShape } from './read-request.ts';
import { isSameOrigin } from './same-origin.ts';
import { appCookie, readAppCookie, readDeviceCookie } from './session-cookie.ts';

const PATH = '/inspect/session';
/** A login, a password and a key. */
const BODY_BYTES_MAX = 4_096;

export function appSessionRouter(context: () => Omit<ActionContext, 'request'>, gates: Gates): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  const { publicOrigin } = context().settings;
  const secure = publicOrigin.startsWith('https:');
  const body = express.raw({ type: 'application/json', limit: BODY_BYTES_MAX });

  router.post(PATH, ownPages(publicOrigin), passwordGate(gates), body, async (request, response) => {
    const ctx: ActionContext = { ...context(), request: null };
    const input = parseShape(appSignInInput, parseJsonBody(request), 'body') as z.output<typeof appSignInInput>;
    const from = {
      network: networkOf(request.ip ?? '') ?? 'none',
      marks: readDeviceCookie(request.headers.cookie, publicOrigin),
    };
    const { token, session, escrow } = valueOf(await signInToApp(input, from, ctx));
    response.set('Set-Cookie', appCookie(token, APP_SESSION_MS_MAX / 1_000, secure));
    sendJson(response, { ...session, escrow });
  });

  router.get(PATH, async (request, response) => {
    const ctx: ActionContext = { ...context(), request: null };
    const { session, user } = await openApp(request, ctx);
    sendJson(response, await appSessionOf(session, user, ctx));
  });

  router.post(`${PATH}/end`, ownPages(publicOrigin), async (request, response) => {
    const ctx: ActionContext = { ...context(), request: null };
    const { actor } = await openApp(request, ctx);
    await signOut(actor, readAppCookie(request.headers.cookie, publicOrigin) ?? '', ctx);
    response
      .set({ 'Set-Cookie': appCookie('', 0, secure), 'Cache-Control': 'no-store' })
      .status(204)
      .end();
  });
  return router;
}

async function openApp(request: Request, ctx: ActionContext) {
  const token = readAppCookie(request.headers.cookie, ctx.settings.publicOrigin);
  if (token === null) throw new ProblemError({ code: 'not-signed-in', detail: 'Sign in first.' });
  return valueOf(await identifyApp(token, proofOf(request), ctx));
}

function ownPages(publicOrigin: string): RequestHandler {
  return (request, _response, next) => {
    if (isSameOrigin(request, publicOrigin)) return next();
    throw new ProblemError({ code: 'not-allowed', detail: 'The app is signed in from its own page.' });
  };
}

function passwordGate(gates: Gates): RequestHandler {
  return async (request, response, next) => {
    await gates.pass('passwords', `network ${networkOf(request.ip ?? '') ?? 'none'}`, request, response);
    next();
  };
}

function sendJson(response: Response, value: unknown): void {
  response.set('Cache-Control', 'no-store').type('application/json').end(JSON.stringify(value));
}
