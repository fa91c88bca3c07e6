// What follows a form, shown by GET: the form is held (held-forms.ts), and the browser is led to its page, which shows
// it again: with its faults, with what was wrong, or only as it was.

import { PROBLEMS, type Problem } from '../../../domain/problem.ts';
import type { Id } from '../../../domain/entity.ts';
import type { Language } from '../../../domain/language.ts';
import { html, raw, type Html } from '../../html.ts';
import { parseQueryText } from '../../read-request.ts';
import { heldFormCookie, readHeldFormCookie } from '../../session-cookie.ts';
import { frameWordsOf } from '../../words/words.ts';
import type { SentForm } from '../../read-form.ts';
import { sent, type ConsoleRoute, type PageAnswer } from '../console-route.ts';
import { AGAIN_NAME, SEARCH_PREFIX, WAS_SUFFIX } from '../search/finder-box.ts';
import { readHeldCookie, sealedForCookie, type HeldForm, type HeldForms } from './held-forms.ts';
import { addressOf } from '../list.ts';
import { notice } from '../notices.ts';
import type { Page } from '../page-head.ts';
import { ourFaultPage, problemPage } from '../problem-page.ts';
import { goTo, isSecure, sendAnswer, type Exchange } from '../send-answer.ts';
import type { Visit } from '../visit.ts';

/** Why the form's page is shown: an answer of the handler, a problem it threw (null: a fault of ours), or neither. */
type Cause =
  | { answer: Page }
  | { problem: Problem | null; retryAfterSeconds: number | null }
  | { because: 'asked' }
  | { because: 'signed-out'; owner: Id };

const TOO_MANY: Problem = { code: 'too-many-requests', detail: 'Too many forms were sent in an hour.' };
/** Of the page that shows a form again. */
const HELD = 'held';
/** Before a sign-in the form waits in a cookie, and the address only says so. */
const IN_COOKIE = 'here';

/** Whether the form only asks for its page again: one of those buttons was pressed, or Enter in a search box. */
export function asksForPage(form: SentForm): boolean {
  return sent(form, AGAIN_NAME) !== '' || Object.keys(searchesIn(form)).length > 0;
}

/** Texts of search boxes that are not those that the page was drawn for. */
function searchesIn(form: SentForm): Record<string, string> {
  const names = Object.keys(form.fields).filter((name) => name.startsWith(SEARCH_PREFIX) && !name.endsWith(WAS_SUFFIX));
  return Object.fromEntries(
    names.filter((name) => sent(form, name) !== sent(form, name + WAS_SUFFIX)).map((name) => [name, sent(form, name)]),
  );
}

/** Holds the form and leads the browser to its page, or over the sign-in. */
export async function showByGet(
  cause: Cause,
  route: ConsoleRoute & { page: string },
  form: SentForm,
  visit: Visit,
  forms: HeldForms,
  exchange: Exchange,
): Promise<void> {
  const { request, response, ctx } = exchange;
  const at = pathWith(route.page, request.params);
  const held = heldBy(cause, request.path, at, form, visit.language);
  const again = sent(form, AGAIN_NAME);
  const { lang: _lang, ...asked } = parseQueryText(request);
  const query = {
    ...asked,
    ...searchesKept(form),
    ...(again === 'vi' || again === 'en' ? { lang: again } : {}),
  };
  const owner = 'owner' in cause ? cause.owner : (visit.person?.id ?? null);
  if (owner === null) {
    const sealed = sealedForCookie(held, ctx);
    if (sealed === null) return sendAnswer(directly(cause, visit.language), visit, exchange);
    response.append('Set-Cookie', heldFormCookie(sealed, isSecure(request, ctx)));
    return goTo(addressWith(at, { ...query, [HELD]: IN_COOKIE }), exchange);
  }
  const id = await forms.hold(owner, held, ctx);
  if (id === null && !('because' in cause)) return sendAnswer(directly(cause, visit.language), visit, exchange);
  const page = addressWith(at, id === null ? query : { ...query, [HELD]: id });
  goTo('owner' in cause ? addressOf('/login', { next: page }) : page, exchange);
}

/** The answer itself, where nothing could be held. */
function directly(cause: Cause, language: Language): PageAnswer {
  if ('answer' in cause) return cause.answer.body.text === '' ? problemPage(TOO_MANY, language) : cause.answer;
  const problem = 'problem' in cause ? cause.problem : null;
  return problem === null ? ourFaultPage(language) : problemPage(problem, language);
}

function heldBy(cause: Cause, path: string, at: string, form: SentForm, language: Language): HeldForm {
  const base = { path, at, fields: form.fields, language, faults: null, problem: null, page: null };
  if ('because' in cause) return { ...base, because: cause.because, status: 200, retryAfterSeconds: null };
  if ('problem' in cause) {
    const { problem, retryAfterSeconds } = cause;
    const status = problem === null ? 500 : PROBLEMS[problem.code];
    return { ...base, because: problem === null ? 'our-fault' : 'refused', problem, status, retryAfterSeconds };
  }
  const { faults, status = 200, retryAfterSeconds = null, title, body } = cause.answer;
  if (faults?.title === null) return { ...base, because: 'asked', status: 200, retryAfterSeconds };
  if (faults !== undefined)
    return { ...base, because: 'refused', faults, problem: faults.problem ?? null, status, retryAfterSeconds };
  return { ...base, because: 'shown', page: { title, body: body.text }, status, retryAfterSeconds };
}

/** What a select of the page was searched for, so that it still holds what was chosen from. */
function searchesKept(form: SentForm): Record<string, string> {
  const names = Object.keys(form.fields).filter((name) => name.startsWith(SEARCH_PREFIX) && !name.endsWith(WAS_SUFFIX));
  return Object.fromEntries(names.map((name) => [name, sent(form, name)]));
}

/** As addressOf, but a language is kept. */
function addressWith(path: string, { lang, ...query }: Record<string, string>): string {
  const address = addressOf(path, query);
  return lang === undefined ? address : `${address}${address.includes('?') ? '&' : '?'}lang=${lang}`;
}

/** A path of routes.ts with the values of its parts. */
export function pathWith(path: string, params: Readonly<Record<string, unknown>>): string {
  return path.replaceAll(/:([A-Za-z]+)/g, (_, name: string) => {
    const value = params[name];
    return typeof value === 'string' ? encodeURIComponent(value) : '';
  });
}

/** The form that this page is to show again; null: none, or it is of another page or person. */
export async function heldOf(
  { person }: Visit,
  forms: HeldForms,
  { request, ctx }: Exchange,
): Promise<HeldForm | null> {
  const id = parseQueryText(request)[HELD];
  if (id === undefined) return null;
  const held =
    person === null || id === IN_COOKIE
      ? readHeldCookie(readHeldFormCookie(request.headers.cookie, ctx.settings.publicOrigin), ctx)
      : await forms.read(person.id, id, ctx);
  return held !== null && held.at === request.path ? held : null;
}

/** Whether the answer to the form is shown as it was kept. A refusal is drawn anew in another language. */
export function isWhole(held: HeldForm | null, language: Language): boolean {
  return held?.page != null && (held.status < 400 || held.language === language);
}

/**
 * The page as it follows the form.
 * @param answer null: the form's answer was kept whole
 */
export function asShownAgain(
  answer: PageAnswer | null,
  held: HeldForm | null,
  language: Language,
  { response }: Exchange,
): PageAnswer {
  if (held === null) {
    if (answer === null) throw new TypeError('there is neither a page nor a form');
    return answer;
  }
  if (held.retryAfterSeconds !== null) response.set('Retry-After', String(held.retryAfterSeconds));
  if (answer === null)
    return { kind: 'page', title: held.page?.title ?? '', body: raw(held.page?.body ?? ''), status: held.status };
  if (answer.kind !== 'page') return answer;
  const status = answer.status ?? (held.status === 200 ? undefined : held.status);
  return {
    ...answer,
    body: html`${toldBefore(held, language)}${answer.body}`,
    ...(status === undefined ? {} : { status }),
  };
}

/** What is said above the page, where its form does not say it. */
function toldBefore({ because, faults, problem }: HeldForm, language: Language): Html | null {
  const words = frameWordsOf(language);
  if (because === 'signed-out') return notice('info', words.form.heldTitle, words.form.heldText);
  if (because === 'our-fault') return notice('fault', words.ourFault.title, words.ourFault.todo);
  if (because !== 'refused' || faults !== null || problem === null) return null;
  const { title, todo } = words.problems[problem.code];
  return notice('fault', title, todo);
}
