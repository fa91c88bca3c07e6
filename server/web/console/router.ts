// Mounts the pages behind a login. It walks the declarations of routes.ts and checks who is signed in, whether the role
// may, whether a form comes from our own page, and in which language; then it calls the handler and draws the frame
// around its answer. What a form answers is shown by GET (forms/show-by-get.ts).

import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import type { ActionContext } from '../../actions/kit/context.ts';
import { dayIn } from '../../domain/calendar.ts';
import type { Language } from '../../domain/language.ts';
import { PROBLEMS, type Problem } from '../../domain/problem.ts';
import { networkOf } from '../../scan/visitor.ts';
import { problemOfError, ProblemError } from '../errors.ts';
import { Gates } from '../gates.ts';
import { html } from '../html.ts';
import { parseQueryText } from '../read-request.ts';
import { nameAsker } from '../refused-rights.ts';
import { readDeviceCookie } from '../session-cookie.ts';
import { isFromOurPage, isSameOrigin } from '../same-origin.ts';
import { frameWordsOf } from '../words/words.ts';
import { AnsweredForms } from './forms/answered-forms.ts';
import { assetRouter } from './assets.ts';
import { withHistory } from './audit/history-part.ts';
import type { ConsoleRoute, OpenCall, PageAnswer } from './console-route.ts';
import { deviceOf } from './device.ts';
import { consoleHeaders } from './frame.ts';
import { HeldForms, pageOfForm, type HeldForm } from './forms/held-forms.ts';
import { addressOf } from './list.ts';
import type { NavKey } from './navigation.ts';
import { formKey, newOnce, ownerOfForm } from './forms/once.ts';
import { pageHead } from './page-head.ts';
import { ourFaultPage, problemPage } from './problem-page.ts';
import { withReadDays } from '../typed-days.ts';
import { FORM_BYTES_MAX, NO_FORM, readForm, type SentForm } from '../read-form.ts';
import { consoleRoutes } from './routes.ts';
import { goTo, isSecure, sendAnswer, type Exchange } from './send-answer.ts';
import { asksForPage, asShownAgain, heldOf, isWhole, pathWith, showByGet } from './forms/show-by-get.ts';
import { openVisit, turnedAway, unknownVisit, type Visit } from './visit.ts';

const BUSY_SECONDS = 5;
const TOO_MANY = PROBLEMS['too-many-requests'];
const TWO_FACTOR_PATH = '/console/account/two-factor';

/** What all requests share. */
interface Desk {
  answered: AnsweredForms;
  held: HeldForms;
  gates: Gates;
  onFault: (error: unknown, request: Request) => void;
}

/**
 * @param context everything of a call's context except its request key
 * @param onFault is called for a fault of ours, which the person sees as such
 */
export function consoleRouter(
  context: () => Omit<ActionContext, 'request'>,
  routes: readonly ConsoleRoute[] = consoleRoutes,
  { gates = new Gates(), onFault = () => undefined }: Partial<Pick<Desk, 'gates' | 'onFault'>> = {},
): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  const desk: Desk = { answered: new AnsweredForms(), held: new HeldForms(), gates, onFault };
  const { publicOrigin } = context().settings;
  const headers = { plain: consoleHeaders(publicOrigin), readsSymbols: consoleHeaders(publicOrigin, true) };
  const exchange = (request: Request, response: Response, nav: NavKey | null = null): Exchange => ({
    request,
    response,
    nav,
    ctx: { ...context(), request: null },
    headers,
  });

  router.use(assetRouter());
  const pages = new Set(routes.filter(({ method }) => method === 'get').map(({ path }) => path));
  for (const route of routes) {
    const page = pageOfForm(route, routes);
    router[route.method](route.path, (request, response) =>
      answerRoute({ ...route, page }, desk, exchange(request, response, route.nav)),
    );
    // Whoever reloads or bookmarks the address of a form that is only sent there gets the form's page.
    if (route.method === 'post' && !pages.has(route.path))
      router.get(route.path, (request, response) => goTo(pathWith(page, request.params), exchange(request, response)));
  }
  router.use('/console', (request: Request, response: Response, next: NextFunction) =>
    answerStrangePath(exchange(request, response), next),
  );
  // Express recognises an error handler by its four parameters.
  router.use((error: unknown, request: Request, response: Response, next: NextFunction) =>
    answerFailure(error, exchange(request, response), next),
  );
  return router;
}

/** A route, and the page that shows its form. */
type Mounted = ConsoleRoute & { page: string };

async function answerRoute(route: Mounted, desk: Desk, exchange: Exchange): Promise<void> {
  const { request, ctx } = exchange;
  let visit = unknownVisit(request);
  let form: SentForm | null = null;
  try {
    visit = await openVisit(request, ctx);
    if (visit.person !== null) nameAsker(exchange.response, { actorId: visit.person.id, route: route.path });
    const elsewhere = turnedAway(route, visit);
    if (elsewhere === 'two-factor') return goTo(TWO_FACTOR_PATH, exchange);
    const { publicOrigin } = ctx.settings;
    const isOurs =
      route.method === 'post'
        ? isSameOrigin(request, publicOrigin)
        : route.leavesMark !== true || isFromOurPage(request, publicOrigin);
    if (elsewhere === 'sign-in') return await toLogin(route, isOurs, desk, exchange);
    if (!isOurs) return await sendAnswer(otherSitePage(visit.language), visit, exchange);
    refuseForeignEmbedding(request);
    await passGate(route, visit, desk, exchange);
    if (route.method === 'get') return await answerPage(route, visit, desk, exchange);
    form = await readForm(request, { bytesMax: route.formBytesMax ?? FORM_BYTES_MAX, files: route.files ?? false });
    if (asksForPage(form)) return await showByGet({ because: 'asked' }, route, form, visit, desk.held, exchange);
    const answer = await callHandler(route, visit, { form, held: null }, desk, exchange);
    if (answer.kind === 'page') {
      await holdTooMany(answer, desk, exchange);
      return await showByGet({ answer }, route, form, visit, desk.held, exchange);
    }
    await finish(answer, route, visit, desk, exchange);
  } catch (error) {
    await answerError(error, route, form, visit, desk, exchange);
  }
}

/** A page, with the form that it is to show again. */
async function answerPage(route: Mounted, visit: Visit, desk: Desk, exchange: Exchange): Promise<void> {
  const held = await heldOf(visit, desk.held, exchange);
  const again = held === null ? { form: NO_FORM, held } : { form: { fields: held.fields, files: {} }, held };
  const answer = isWhole(held, visit.language) ? null : await callHandler(route, visit, again, desk, exchange);
  await finish(asShownAgain(answer, held, visit.language, exchange), route, visit, desk, exchange);
}

async function finish(answer: PageAnswer, route: Mounted, visit: Visit, desk: Desk, exchange: Exchange): Promise<void> {
  if (answer.kind === 'file' && route.gate === undefined)
    throw new TypeError(`${route.path} answers with a file and names no gate`);
  await holdTooMany(answer, desk, exchange);
  await sendAnswer(answer, visit, exchange);
}

/** A refusal for too many tries is held back, also where the answer to a form leads to a page that shows it. */
async function holdTooMany(answer: PageAnswer, { gates }: Desk, { response }: Exchange): Promise<void> {
  if (answer.kind === 'page' && answer.status === TOO_MANY) await gates.holdRefusal(response);
}

/** Before the form is read, so that a waiting request takes no memory. Strangers are distinguished by their network. */
async function passGate({ gate }: ConsoleRoute, visit: Visit, { gates }: Desk, exchange: Exchange): Promise<void> {
  if (gate === undefined) return;
  const { request, response } = exchange;
  await gates.pass(gate, visit.person?.id ?? `network ${networkOf(request.ip ?? '') ?? 'none'}`, request, response);
}

/** A picture or script on another site must not use a visitor's session. */
function refuseForeignEmbedding({ method, headers }: Request): void {
  if (method !== 'GET' || headers['sec-fetch-site'] !== 'cross-site' || headers['sec-fetch-mode'] === 'navigate')
    return;
  throw new ProblemError({ code: 'not-allowed', detail: 'What a session asks for must come from our own pages.' });
}

async function callHandler(
  route: ConsoleRoute,
  visit: Visit,
  { form, held }: { form: SentForm; held: HeldForm | null },
  desk: Desk,
  exchange: Exchange,
): Promise<PageAnswer> {
  const { request, response, ctx } = exchange;
  const { person, account } = visit;
  const key = person === null || held !== null ? null : formKey(person, request.path, form, ctx.keys.wrap);
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const call: OpenCall = {
    params: paramsOf(request),
    query: withReadDays(parseQueryText(request)),
    path: request.path,
    form: { ...form, fields: withReadDays(form.fields) },
    held,
    language: visit.language,
    ctx: { ...ctx, request: key },
    today: dayIn(ctx.settings.timeZone, ctx.now().toISOString()),
    once: newOnce(ctx.random, person?.id ?? null, ctx.keys.wrap),
    network: networkOf(request.ip ?? '') ?? 'none',
    sessionToken: visit.token,
    isSecure: isSecure(request, ctx),
    device: deviceOf(request.headers['user-agent']),
    deviceMarks: readDeviceCookie(request.headers.cookie, ctx.settings.publicOrigin),
    signal: gone.signal,
  };
  return desk.answered.answer(key?.key ?? null, async () => {
    if (route.right === 'public') return route.handle(call);
    if (person === null || account === null) throw new TypeError('nobody is signed in');
    const signedIn = { ...call, actor: person, account };
    return withHistory(route, signedIn, await route.handle(signedIn));
  });
}

async function answerError(
  error: unknown,
  route: Mounted,
  form: SentForm | null,
  visit: Visit,
  { gates, held, onFault }: Desk,
  exchange: Exchange,
): Promise<void> {
  const { request, response } = exchange;
  if (response.headersSent) {
    response.destroy(); // part of the file is sent already, so all we can do is cut the connection
    return;
  }
  const problem = problemOfError(error);
  if (problem === null) onFault(error, request);
  // A gate has held its own refusal.
  if (problem?.code === 'too-many-requests') await gates.holdRefusal(response);
  const wait = error instanceof ProblemError ? error.retryAfterSeconds : null;
  const seconds = wait ?? (problem?.code === 'cannot-check-now' ? BUSY_SECONDS : null);
  if (seconds !== null) response.set('Retry-After', String(seconds));
  if (form !== null && visit.person !== null && problem?.code !== 'not-allowed')
    return showByGet({ problem, retryAfterSeconds: seconds }, route, form, visit, held, exchange);
  const page = problem === null ? ourFaultPage(visit.language) : problemPage(problem, visit.language);
  await sendAnswer(page, visit, exchange);
}

/** An unknown address under /console: people who are signed in see that within the frame. */
async function answerStrangePath(exchange: Exchange, next: NextFunction): Promise<void> {
  const visit = await openVisit(exchange.request, exchange.ctx);
  if (visit.person === null) return next();
  await sendAnswer(problemPage(NOT_FOUND, visit.language), visit, exchange);
}

const NOT_FOUND: Problem = { code: 'not-found', detail: 'There is no such page.' };

/** Failures outside a page's own handler, such as a malformed address. */
async function answerFailure(error: unknown, exchange: Exchange, next: NextFunction): Promise<void> {
  const { request, response } = exchange;
  const problem = problemOfError(error);
  if (problem === null || response.headersSent) return next(error);
  const visit = unknownVisit(request);
  if (problem.code === 'cannot-check-now') response.set('Retry-After', String(BUSY_SECONDS));
  await sendAnswer(problemPage(problem, visit.language), visit, exchange);
}

function otherSitePage(language: Language): PageAnswer {
  const { title, todo } = frameWordsOf(language).otherSite;
  return { kind: 'page', title, body: html`${pageHead({ title, lead: todo })}`, status: 403 };
}

/**
 * The login returns to the page, except to the home, where it leads anyway. A form waits over the sign-in for the
 * person whose page it is of.
 */
async function toLogin(route: Mounted, isOurs: boolean, desk: Desk, exchange: Exchange): Promise<void> {
  const { request, ctx } = exchange;
  if (route.method === 'get') {
    const isHome = request.path === '/console';
    return goTo(isHome ? '/login' : loginBefore(addressOf(request.path, parseQueryText(request))), exchange);
  }
  if (!isOurs) return goTo('/login', exchange);
  await passGate(route, unknownVisit(request), desk, exchange);
  const form = await readForm(request, { bytesMax: route.formBytesMax ?? FORM_BYTES_MAX, files: 'dropped' });
  const owner = ownerOfForm(form, ctx.keys.wrap);
  if (owner === null) return goTo('/login', exchange);
  await showByGet({ because: 'signed-out', owner }, route, form, unknownVisit(request), desk.held, exchange);
}

/** The login's address, which leads on to this one. */
function loginBefore(next: string): string {
  return addressOf('/login', { next });
}

function paramsOf(request: Request): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.params).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
}
