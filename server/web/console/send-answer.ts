// Sends a page handler's answer: a page in the console's frame, a redirect, JSON, or a file.

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import type { ActionContext } from '../../actions/kit/context.ts';
import { listComplaints } from '../../actions/market/read.ts';
import { listRequests } from '../../actions/registry/read.ts';
import type { Language } from '../../domain/language.ts';
import type { Person } from '../../domain/people/account.ts';
import type { Result } from '../../domain/problem.ts';
import type { Page } from '../../store/store.ts';
import { languageOfQuery } from '../../scan/scan-path.ts';
import { problemOfError } from '../errors.ts';
import { parseQueryText } from '../read-request.ts';
import { siteOf, withSite } from '../site-pages.ts';
import { languageCookie, readLanguageCookie } from '../session-cookie.ts';
import type { PageAnswer } from './console-route.ts';
import { consolePage, type NavItem } from './frame.ts';
import { addressOf } from './list.ts';
import { navigationOf, type NavKey } from './navigation.ts';
import type { Visit } from './visit.ts';

/** Past this the navigation shows "99+". */
const COUNT_MAX = 100;

/** A request that is being answered. */
export interface Exchange {
  request: Request;
  response: Response;
  /** The current entry of the navigation; null: none. */
  nav: NavKey | null;
  ctx: ActionContext;
  headers: ConsoleHeaders;
}

/** Headers of every answer, and of a page that reads QR codes. */
export type ConsoleHeaders = Readonly<Record<'plain' | 'readsSymbols', Readonly<Record<string, string>>>>;

type Of<Kind extends PageAnswer['kind']> = Extract<PageAnswer, { kind: Kind }>;

export async function sendAnswer(answer: PageAnswer, visit: Visit, exchange: Exchange): Promise<void> {
  keepChosenLanguage(exchange);
  switch (answer.kind) {
    case 'go':
      return sendOn(answer, exchange);
    case 'json':
      return sendJson(answer, exchange);
    case 'file':
      return sendFile(answer, exchange);
    case 'page':
      return sendPage(answer, visit, exchange);
    default:
      answer satisfies never;
  }
}

/** Redirects by GET (303), keeping the language that this address asked for. */
export function goTo(to: string, { request, response }: Exchange): void {
  const chosen = languageOfQuery(request.originalUrl);
  const isSaid = chosen === null || chosen === 'vi' || languageOfQuery(to) !== null;
  const address = isSaid ? to : `${to}${to.includes('?') ? '&' : '?'}lang=${chosen}`;
  response.set('Cache-Control', 'no-store').redirect(303, address);
}

function keepChosenLanguage({ request, response, ctx }: Exchange): void {
  const chosen = languageOfQuery(request.originalUrl);
  if (chosen === null || chosen === readLanguageCookie(request.headers.cookie)) return;
  response.append('Set-Cookie', languageCookie(chosen, isSecure(request, ctx)));
}

/** Whether the page was requested by https. A phone on the same network tries the demo by http. */
export function isSecure(request: Request, { settings }: ActionContext): boolean {
  return request.secure || settings.publicOrigin.startsWith('https:');
}

function sendOn({ to, cookies = [] }: Of<'go'>, exchange: Exchange): void {
  for (const cookie of cookies) exchange.response.append('Set-Cookie', cookie);
  goTo(to, exchange);
}

function sendJson({ body }: Of<'json'>, { response, headers }: Exchange): void {
  response.status(200).set(headers.plain).type('application/json').end(JSON.stringify(body));
}

async function sendFile({ mediaType, fileName, source }: Of<'file'>, { response, headers }: Exchange): Promise<void> {
  response
    .status(200)
    .set(headers.plain)
    .set('Content-Type', mediaType)
    .set('Content-Security-Policy', "default-src 'none'; sandbox");
  if (fileName !== null) response.attachment(fileName).set('Content-Type', mediaType);
  if (source instanceof Uint8Array) response.end(source);
  else await pipeline(Readable.from(source, { objectMode: false }), response);
}

async function sendPage(answer: Of<'page'>, visit: Visit, exchange: Exchange): Promise<void> {
  const { request, response, nav, ctx, headers } = exchange;
  const { title, body, status = 200, refreshSeconds = null, retryAfterSeconds, readsSymbols = false } = answer;
  const { language, person, account } = visit;
  if (retryAfterSeconds !== undefined) response.set('Retry-After', String(retryAfterSeconds));
  const navigation = person === null ? [] : await navigationFor(person, ctx);
  const otherAddress = otherLanguageOf(request, language);
  response
    .status(status)
    .set(readsSymbols ? headers.readsSymbols : headers.plain)
    .set('Content-Language', language);
  const page = consolePage({
    language,
    title,
    body,
    account,
    who: person?.id ?? null,
    isFailure: status >= 400,
    navigation,
    current: nav,
    otherAddress,
    refreshSeconds,
  });
  response.end(withSite(page, siteOf(response)));
}

async function navigationFor(person: Person, ctx: ActionContext): Promise<NavItem[]> {
  return Promise.all(
    navigationOf(person).map(async ({ key, path, group }) => ({
      key,
      path,
      group,
      count: await waitingAt(key, person, ctx),
    })),
  );
}

/** What waits for this person behind an entry of the menu, up to COUNT_MAX. */
async function waitingAt(key: NavKey, person: Person, ctx: ActionContext): Promise<number> {
  const page = { limit: COUNT_MAX, after: null };
  try {
    if (key === 'requests') return countOf(await listRequests(person, { ...page, state: 'waiting' }, ctx));
    if (key === 'complaints') return countOf(await listComplaints(person, { ...page, state: 'new' }, ctx));
    return 0;
  } catch (error) {
    // The page that says that the store does not answer has this navigation too.
    if (problemOfError(error) === null) throw error;
    return 0;
  }
}

function countOf(found: Result<Page<unknown>>): number {
  return found.ok ? found.value.items.length : 0;
}

function otherLanguageOf(request: Request, language: Language): string {
  const path = request.method === 'GET' ? request.path : '/console';
  const query = request.method === 'GET' ? addressOf('', parseQueryText(request)) : '';
  return `${path}${query}${query === '' ? '?' : '&'}lang=${language === 'vi' ? 'en' : 'vi'}`;
}
