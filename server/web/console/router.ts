// Mounts the pages behind a login. It walks the declarations of routes.ts: who is signed in, whether the role may, whether a form
// comes from our own page, in which language; then it calls the handler and draws the frame around its answer.

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import express, { type NextFunction, type Request, type RequestHandler, type Response, type Router } from 'express';
import type { ActionContext } from '../../actions/kit/context.ts';
import { openSession } from '../../actions/people/identify-session.ts';
import { listRequests } from '../../actions/registry/read.ts';
import { readOwnAccount, type OwnAccount } from '../../actions/people/read.ts';
import { decide } from '../../actions/kit/rights.ts';
import { dayIn } from '../../domain/calendar.ts';
import type { Problem } from '../../domain/problem.ts';
import { BoundedMap } from '../../kit/bounded-map.ts';
import type { Language } from '../../domain/language.ts';
import { languageOf } from '../../scan/negotiate.ts';
import { languageOfQuery } from '../../scan/scan-path.ts';
import { networkOf } from '../../scan/visitor.ts';
import { isSameOrigin } from '../same-origin.ts';
import { parseQueryText } from '../read-request.ts';
import { valueOf } from '../outcome.ts';
import { problemOfError, ProblemError } from '../errors.ts';
import { html } from '../html.ts';
import { languageCookie, readLanguageCookie, readSessionCookie } from '../session-cookie.ts';
import { frameWordsOf } from '../words/words.ts';
import { assetRouter } from './assets.ts';
import type { Person } from '../../domain/people/account.ts';
import type { ConsoleRoute, OpenCall, PageAnswer } from './console-route.ts';
import { deviceOf } from './device.ts';
import { consoleHeaders, consolePage, type NavItem } from './frame.ts';
import { addressOf } from './list.ts';
import { makeLoginGuard } from './login-guard.ts';
import { navigationOf, type NavKey } from './navigation.ts';
import { formKey, newOnce } from './once.ts';
import { pageHead } from './page-head.ts';
import { ourFaultPage, problemPage } from './problem-page.ts';
import { FORM_BYTES_MAX, NO_FORM, readForm } from './read-form.ts';
import { consoleRoutes } from './routes.ts';

const BUSY_SECONDS = 5;
const TWO_FACTOR_PATH = '/console/account/two-factor';
/** Answers to forms that are remembered, so that an impatient second click sees what the first one did. */
const ANSWERS_KEPT_MAX = 2_000;
/** Beyond, the navigation says "99+". */
const COUNT_MAX = 100;

interface Visit {
  language: Language;
  person: Person | null;
  account: OwnAccount | null;
}

/**
 * @param context everything of a call's context but its request key
 * @param onFault told of a mistake of ours, which the person sees as such
 */
export function consoleRouter(
  context: () => Omit<ActionContext, 'request'>,
  routes: readonly ConsoleRoute[] = consoleRoutes,
  onFault: (error: unknown, request: Request) => void = () => undefined,
): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  const { random, settings } = context();
  const { publicOrigin, timeZone } = settings;
  const headers = consoleHeaders(publicOrigin);
  const readerHeaders = consoleHeaders(publicOrigin, true);
  const desk: OpenCall['desk'] = { guard: makeLoginGuard(random(32)), underWay: 0 };
  const pages = new Set(routes.filter(({ method }) => method === 'get').map(({ path }) => path));
  const answered = new BoundedMap<string, Promise<PageAnswer>>(ANSWERS_KEPT_MAX);
  const ctxOf = (): ActionContext => ({ ...context(), request: null });

  router.use(assetRouter());
  for (const route of routes) router[route.method](route.path, handlerOf(route));
  router.use('/console', strangePath);
  router.use(answerFailure);
  return router;

  function handlerOf(route: ConsoleRoute): RequestHandler {
    return async (request, response) => {
      const visit: Visit = { language: languageIn(request), person: null, account: null };
      try {
        await visitRoute(route, visit, request, response);
      } catch (error) {
        const problem = problemOfError(error);
        if (response.headersSent) {
          response.destroy(); // a file has begun: cutting the connection is the only honest end
          return;
        }
        if (problem === null) onFault(error, request);
        const wait = error instanceof ProblemError ? error.retryAfterSeconds : null;
        if (wait !== null || problem?.code === 'cannot-check-now')
          response.set('Retry-After', String(wait ?? BUSY_SECONDS));
        const page = problem === null ? ourFaultPage(visit.language) : problemPage(problem, visit.language);
        await send(page, route.nav, visit, request, response);
      }
    };
  }

  async function visitRoute(route: ConsoleRoute, visit: Visit, request: Request, response: Response): Promise<void> {
    const ctx = ctxOf();
    const token = readSessionCookie(request.headers.cookie);
    const session = token === null ? null : await openSession(token, ctx);
    const person = session?.actor ?? null;
    if (person !== null) Object.assign(visit, { person, account: valueOf(await readOwnAccount(person, ctx)) });
    if (route.right !== 'public') {
      if (person === null || session === null) return toLogin(request, response);
      if (session.mustSetUpTwoFactor && route.beforeTwoFactor !== true)
        return goTo(response, TWO_FACTOR_PATH, languageOfQuery(request.originalUrl));
      const may = route.right === 'signed-in' ? null : decide(person, route.right, null);
      if (may?.kind === 'refused') throw new ProblemError(may.problem);
    }
    if (route.method === 'post' && !isSameOrigin(request, publicOrigin))
      return send(otherSitePage(visit.language), route.nav, visit, request, response);
    if (
      request.method === 'GET' &&
      request.headers['sec-fetch-site'] === 'cross-site' &&
      request.headers['sec-fetch-mode'] !== 'navigate'
    ) {
      throw new ProblemError({ code: 'not-allowed', detail: 'What a session asks for must come from our own pages.' });
    }
    const form =
      route.method === 'post'
        ? await readForm(request, { bytesMax: route.formBytesMax ?? FORM_BYTES_MAX, files: route.files ?? false })
        : NO_FORM;
    const key = person === null ? null : formKey(person, request.path, form, ctx.keys.wrap);
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const call: OpenCall = {
      params: paramsOf(request),
      query: parseQueryText(request),
      form,
      language: visit.language,
      ctx: { ...ctx, request: key },
      today: dayIn(timeZone, ctx.now().toISOString()),
      once: newOnce(random),
      network: networkOf(request.ip ?? '') ?? 'none',
      sessionToken: token,
      // A phone on the same network tries the demo by http.
      isSecure: request.secure || publicOrigin.startsWith('https:'),
      device: deviceOf(request.headers['user-agent']),
      desk,
      signal: gone.signal,
    };
    const run = (): Promise<PageAnswer> => {
      if (route.right === 'public') return route.handle(call);
      if (person === null || visit.account === null) throw new TypeError('nobody is signed in');
      return route.handle({ ...call, actor: person, account: visit.account });
    };
    await send(await onceOnly(key?.key ?? null, run), route.nav, visit, request, response);
  }

  /** Runs a form's handler; sent again while that runs or after it led on, it gives the same answer and does nothing. */
  async function onceOnly(key: string | null, run: () => Promise<PageAnswer>): Promise<PageAnswer> {
    if (key === null) return run();
    const before = answered.get(key);
    if (before !== undefined) return before;
    const answer = run();
    answered.set(key, answer);
    try {
      const settled = await answer;
      // A form shown again with its faults was not done.
      if (settled.kind !== 'go') answered.delete(key);
      return settled;
    } catch (error) {
      answered.delete(key);
      throw error;
    }
  }

  async function send(
    answer: PageAnswer,
    nav: NavKey | null,
    visit: Visit,
    request: Request,
    response: Response,
  ): Promise<void> {
    const chosen = languageOfQuery(request.originalUrl);
    if (chosen !== null && chosen !== readLanguageCookie(request.headers.cookie)) {
      response.append('Set-Cookie', languageCookie(chosen, request.secure || publicOrigin.startsWith('https:')));
    }
    switch (answer.kind) {
      case 'go':
        for (const cookie of answer.cookies ?? []) response.append('Set-Cookie', cookie);
        return goTo(response, answer.to, chosen);
      case 'json':
        response.status(200).set(headers).type('application/json').end(JSON.stringify(answer.body));
        return;
      case 'file': {
        const { mediaType, fileName, source } = answer;
        response
          .status(200)
          .set(headers)
          .set('Content-Type', mediaType)
          .set('Content-Security-Policy', "default-src 'none'; sandbox");
        if (fileName !== null) response.attachment(fileName).set('Content-Type', mediaType);
        if (source instanceof Uint8Array) response.end(source);
        else await pipeline(Readable.from(source, { objectMode: false }), response);
        return;
      }
      case 'page': {
        const { language, person, account } = visit;
        const { title, body, status = 200, refreshSeconds = null, retryAfterSeconds, readsSymbols = false } = answer;
        if (retryAfterSeconds !== undefined) response.set('Retry-After', String(retryAfterSeconds));
        const navigation = person === null ? [] : await navigationFor(person);
        const otherAddress = otherLanguageOf(request, language);
        response
          .status(status)
          .set(readsSymbols ? readerHeaders : headers)
          .set('Content-Language', language);
        response.end(
          consolePage({ language, title, body, account, navigation, current: nav, otherAddress, refreshSeconds }),
        );
        return;
      }
      default:
        answer satisfies never;
    }
  }

  async function navigationFor(person: Person): Promise<NavItem[]> {
    const entries = navigationOf(person, pages);
    return Promise.all(
      entries.map(async ({ key, path, below }) => ({
        key,
        path,
        below,
        count: key === 'requests' ? await waitingFor(person) : 0,
      })),
    );
  }

  async function waitingFor(person: Person): Promise<number> {
    try {
      const waiting = await listRequests(person, { limit: COUNT_MAX, after: null, state: 'waiting' }, ctxOf());
      return waiting.ok ? waiting.value.items.length : 0;
    } catch (error) {
      // The page that says the store does not answer has this navigation too.
      if (problemOfError(error) === null) throw error;
      return 0;
    }
  }

  /** An address under /console that no page has: told within the frame to whoever is signed in. */
  async function strangePath(request: Request, response: Response, next: NextFunction): Promise<void> {
    const token = readSessionCookie(request.headers.cookie);
    const session = token === null ? null : await openSession(token, ctxOf());
    if (session === null) return next();
    const visit: Visit = {
      language: languageIn(request),
      person: session.actor,
      account: valueOf(await readOwnAccount(session.actor, ctxOf())),
    };
    await send(problemPage(NOT_FOUND, visit.language), null, visit, request, response);
  }

  /** Express tells a handler of errors by its four parameters. */
  async function answerFailure(
    error: unknown,
    request: Request,
    response: Response,
    next: NextFunction,
  ): Promise<void> {
    const problem = problemOfError(error);
    if (problem === null || response.headersSent) return next(error);
    const language = languageIn(request);
    if (problem.code === 'cannot-check-now') response.set('Retry-After', String(BUSY_SECONDS));
    await send(problemPage(problem, language), null, { language, person: null, account: null }, request, response);
  }
}

const NOT_FOUND: Problem = { code: 'not-found', detail: 'There is no such page.' };

function otherSitePage(language: Language): PageAnswer {
  const { title, todo } = frameWordsOf(language).otherSite;
  return { kind: 'page', title, body: html`${pageHead({ title, lead: todo })}`, status: 403 };
}

/** The two homes are where a sign-in leads anyway; any other page is come back to. */
function toLogin(request: Request, response: Response): void {
  const chosen = languageOfQuery(request.originalUrl);
  const isHome = request.path === '/console' || request.path === '/inspect';
  const back = request.method === 'GET' && !isHome ? addressOf(request.path, parseQueryText(request)) : null;
  goTo(response, back === null ? '/login' : addressOf('/login', { next: back }), chosen);
}

/** See other: by GET, in the language that this address asked for. */
function goTo(response: Response, to: string, chosen: Language | null): void {
  const address = chosen === null || chosen === 'vi' ? to : `${to}${to.includes('?') ? '&' : '?'}lang=${chosen}`;
  response.set('Cache-Control', 'no-store').redirect(303, address);
}

function otherLanguageOf(request: Request, language: Language): string {
  const path = request.method === 'GET' ? request.path : '/console';
  const query = request.method === 'GET' ? addressOf('', parseQueryText(request)) : '';
  return `${path}${query}${query === '' ? '?' : '&'}lang=${language === 'vi' ? 'en' : 'vi'}`;
}

function paramsOf(request: Request): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.params).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
}

/** As this address asks, as was chosen before, as the browser prefers. */
function languageIn(request: Request): Language {
  return (
    languageOfQuery(request.originalUrl) ??
    readLanguageCookie(request.headers.cookie) ??
    languageOf(request.headers['accept-language'])
  );
}
