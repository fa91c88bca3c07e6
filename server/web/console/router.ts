// The pages behind a login: /login, /logout, /console, /inspect. They call the same actions as the API.

import express, { type NextFunction, type Request, type RequestHandler, type Response, type Router } from 'express';
import type { ActionContext } from '../../actions/context.ts';
import { identifySession } from '../../actions/identify-session.ts';
import { listBatches } from '../../actions/read-batch.ts';
import { listInspections } from '../../actions/read-inspection.ts';
import { readLot } from '../../actions/read-lot.ts';
import { readOwnAccount } from '../../actions/read-own-account.ts';
import { listPrintRuns } from '../../actions/read-print-run.ts';
import { readProduct } from '../../actions/read-product.ts';
import { decide } from '../../actions/rights.ts';
import { SESSION_MS_MAX, signIn } from '../../actions/sign-in.ts';
import { signOut } from '../../actions/sign-out.ts';
import type { Actor } from '../../domain/account.ts';
import type { Language } from '../../scan/answer.ts';
import { languageOf } from '../../scan/negotiate.ts';
import { languageOfQuery } from '../../scan/scan-path.ts';
import { networkOf } from '../../scan/visitor.ts';
import { isSameOrigin } from '../api/authenticate.ts';
import { parseQueryText } from '../api/read-request.ts';
import { valueOf } from '../api/route.ts';
import { problemOfError } from '../errors.ts';
import { html } from '../html.ts';
import { findingsPage } from '../inspect/findings-page.ts';
import { cannotCheckPage } from '../public/refusal-pages.ts';
import { endedSessionCookie, readSessionCookie, sessionCookie } from '../session-cookie.ts';
import { consoleWordsOf } from '../words/console.ts';
import { batchesPage, type BatchRow } from './batches-page.ts';
import { consoleHeaders, consolePage } from './frame.ts';
import { makeLoginGuard } from './login-guard.ts';
import { loginPage, type LoginFault } from './login-page.ts';

const BODY_BYTES_MAX = 4 * 1_024;
/** Passwords that are checked at once; each takes 19 MiB and some 20 ms. */
const SIGN_INS_AT_ONCE_MAX = 8;
const BUSY_SECONDS = 5;
const PAGE_ROWS = 50;
/** Latest files of a batch that its row links. */
const RUNS_SHOWN = 3;

/** @param context everything of a call's context but its request key */
export function consoleRouter(context: () => Omit<ActionContext, 'request'>): Router {
  const router = express.Router();
  const { random, settings } = context();
  const { publicOrigin, timeZone } = settings;
  const headers = consoleHeaders(publicOrigin);
  const guard = makeLoginGuard(random(32));
  const readForm = express.urlencoded({ extended: false, limit: BODY_BYTES_MAX, parameterLimit: 8 });
  const ctxOf = (): ActionContext => ({ ...context(), request: null });
  let underWay = 0;

  router.get('/login', async (request, response) => {
    const actor = await actorOf(request);
    if (actor !== null) return goTo(response, homeOf(actor), languageIn(request));
    send(response, 200, languageIn(request), loginPage('', null, languageIn(request)));
  });

  router.post('/login', ownPagesOnly, readForm, async (request, response) => {
    const language = languageIn(request);
    const login = fieldOf(request.body, 'login').trim().toLowerCase();
    const password = fieldOf(request.body, 'password');
    const refuse = (status: number, fault: LoginFault): void => send(response, status, language, loginPage(login.slice(0, 64), fault, language));
    if (underWay >= SIGN_INS_AT_ONCE_MAX) {
      response.set('Retry-After', String(BUSY_SECONDS));
      return refuse(429, { kind: 'busy' });
    }
    const network = networkOf(request.ip ?? '') ?? 'none';
    const ctx = ctxOf();
    const seconds = guard.take(login, network, ctx.now().getTime());
    if (seconds !== null) {
      response.set('Retry-After', String(seconds));
      return refuse(429, { kind: 'wait', seconds });
    }
    underWay += 1;
    const signedIn = await signIn({ login, password }, ctx).finally(() => (underWay -= 1));
    if (!signedIn.ok) return refuse(401, { kind: 'wrong' });
    guard.succeeded(login, network, ctx.now().getTime());
    const { token, user } = signedIn.value;
    response.set('Set-Cookie', sessionCookie(token, SESSION_MS_MAX / 1_000, isSecure(request)));
    goTo(response, homeOf({ kind: 'person', ...user }), language);
  });

  router.post('/logout', ownPagesOnly, async (request, response) => {
    const token = readSessionCookie(request.headers.cookie);
    const actor = await actorOf(request);
    if (token !== null && actor !== null) await signOut(actor, token, ctxOf());
    response.set('Set-Cookie', endedSessionCookie(isSecure(request)));
    goTo(response, '/login', languageIn(request));
  });

  router.get('/console', signedInOnly(async (actor, request, response) => {
    const ctx = ctxOf();
    const language = languageIn(request);
    const account = valueOf(await readOwnAccount(actor, ctx));
    const page = valueOf(await listBatches(actor, { limit: PAGE_ROWS, after: parseQueryText(request)['after'] ?? null }, ctx));
    const rows: BatchRow[] = [];
    for (const batch of page.items) {
      const product = batch.productId === null ? null : await readProduct(actor, batch.productId, ctx);
      const lot = batch.lotId === null ? null : await readLot(actor, batch.lotId, ctx);
      const runs = await listPrintRuns(actor, batch.id, { limit: RUNS_SHOWN, after: null }, ctx);
      rows.push({
        batch,
        productName: product?.ok === true ? product.value.name : null,
        lotNumber: lot?.ok === true ? lot.value.number : null,
        runs: runs.ok ? runs.value.items : [],
      });
    }
    send(response, 200, language, batchesPage({ account, rows, next: page.next, timeZone }, language));
  }));

  router.get('/inspect', signedInOnly(async (actor, request, response) => {
    const ctx = ctxOf();
    const language = languageIn(request);
    if (decide(actor, 'record-finding', null).kind === 'refused') return send(response, 403, language, forbiddenPage(language));
    const account = valueOf(await readOwnAccount(actor, ctx));
    const page = valueOf(await listInspections(actor, { limit: PAGE_ROWS, after: parseQueryText(request)['after'] ?? null }, ctx));
    send(response, 200, language, findingsPage({ account, findings: page.items, next: page.next, timeZone }, language));
  }));

  router.use(answerFailure);
  return router;

  function send(response: Response, status: number, language: Language, page: string): void {
    response.status(status).set(headers).set('Content-Language', language).end(page);
  }

  async function actorOf(request: Request): Promise<Actor | null> {
    const token = readSessionCookie(request.headers.cookie);
    return token === null ? null : identifySession(token, ctxOf());
  }

  function signedInOnly(handle: (actor: Actor, request: Request, response: Response) => void | Promise<void>): RequestHandler {
    return async (request, response) => {
      const actor = await actorOf(request);
      if (actor === null) return goTo(response, '/login', languageIn(request));
      await handle(actor, request, response);
    };
  }

  /** A form that another site sent would sign someone in as a stranger, or out. */
  function ownPagesOnly(...[request, response, next]: Parameters<RequestHandler>): void {
    if (isSameOrigin(request, publicOrigin)) return next();
    const language = languageIn(request);
    send(response, 403, language, loginPage('', { kind: 'other-site' }, language));
  }

  /** `Secure` wherever pages are reached by https; a phone on the same network tries the demo by http. */
  function isSecure(request: Request): boolean {
    return request.secure || publicOrigin.startsWith('https:');
  }

  /** Express tells a handler of errors by its four parameters. */
  function answerFailure(error: unknown, request: Request, response: Response, next: NextFunction): void {
    if (problemOfError(error)?.code !== 'cannot-check-now' || response.headersSent) return next(error);
    response.set('Retry-After', String(BUSY_SECONDS));
    send(response, 503, languageIn(request), cannotCheckPage(languageIn(request)));
  }
}

function homeOf(actor: Actor): '/console' | '/inspect' {
  return actor.kind === 'person' && actor.role === 'inspector' ? '/inspect' : '/console';
}

function goTo(response: Response, path: '/login' | '/console' | '/inspect', language: Language): void {
  response.set('Cache-Control', 'no-store').redirect(303, language === 'vi' ? path : `${path}?lang=${language}`);
}

function forbiddenPage(language: Language): string {
  const { forbidden } = consoleWordsOf(language);
  const body = html`<h1>${forbidden.title}</h1><p>${forbidden.lead}</p><p><a href="/console?lang=${language}">${forbidden.back}</a></p>`;
  return consolePage({ language, title: forbidden.title, body, signedIn: true });
}

function languageIn(request: Request): Language {
  return languageOfQuery(request.originalUrl) ?? languageOf(request.headers['accept-language']);
}

function fieldOf(body: unknown, name: string): string {
  if (typeof body !== 'object' || body === null) return '';
  const value: unknown = Object.getOwnPropertyDescriptor(body, name)?.value;
  return typeof value === 'string' ? value : '';
}
