// Who is asking: the owner of an API key in the Authorization header, or of the console's session cookie.

import type { Request } from 'express';
import { identifyApp } from '../../actions/people/phones/app-session.ts';
import { identifyKey } from '../../actions/people/identify-key.ts';
import { identifySession } from '../../actions/people/identify-session.ts';
import type { ActionContext } from '../../actions/kit/context.ts';
import { PUBLIC, type Actor } from '../../domain/people/account.ts';
import { ProblemError } from '../errors.ts';
import { isFromOurPage, isSameOrigin } from '../same-origin.ts';
import { valueOf } from '../outcome.ts';
import { proofOf } from '../proof-of.ts';
import { readAppCookie, readSessionCookie } from '../session-cookie.ts';
import type { Route } from './route.ts';

/** @throws ProblemError `not-signed-in` for an invalid key or session: a wrong key is never treated as no key */
export async function authenticate(
  request: Request,
  { leavesMark }: Pick<Route, 'leavesMark'>,
  ctx: ActionContext,
): Promise<Actor> {
  const header = request.headers.authorization;
  if (header !== undefined) {
    const bearer = /^Bearer +(\S+)$/i.exec(header);
    const actor = bearer === null ? null : await identifyKey(bearer[1] ?? '', ctx);
    if (actor === null) throw new ProblemError({ code: 'not-signed-in', detail: 'This API key is not in force.' });
    return actor;
  }
  const { publicOrigin } = ctx.settings;
  const app = await appActor(request, ctx);
  if (app !== null) return app;
  const token = readSessionCookie(request.headers.cookie, publicOrigin);
  if (token === null) return PUBLIC;
  const actor = await identifySession(token, ctx);
  if (actor === null)
    throw new ProblemError({ code: 'not-signed-in', detail: 'This session has ended. Sign in again.' });
  // A link on another site must not make anyone print a sheet or take codes.
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  const isOurs = !isRead
    ? isSameOrigin(request, publicOrigin)
    : leavesMark
      ? isFromOurPage(request, publicOrigin)
      : request.headers['sec-fetch-site'] !== 'cross-site';
  if (!isOurs)
    throw new ProblemError({ code: 'not-allowed', detail: 'What a session asks for must come from our own pages.' });
  return actor;
}

/** Of the inspector's app; null: the request is not the app's. A browser may hold both sessions: the proof says which. */
async function appActor(request: Request, ctx: ActionContext): Promise<Actor | null> {
  const { publicOrigin } = ctx.settings;
  const token = readAppCookie(request.headers.cookie, publicOrigin);
  const proof = request.headers['temtrace-proof'];
  if (token === null) return null;
  if (proof === undefined && readSessionCookie(request.headers.cookie, publicOrigin) !== null) return null;
  return valueOf(await identifyApp(token, proofOf(request), ctx)).actor;
}
