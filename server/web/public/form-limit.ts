// How many pages and files a network may fetch. A whole market, or a town behind a carrier's address, may share one
// network. Look-ups are not limited; forms have their own limit (forms/form-limit.ts).

import type { Request, RequestHandler, Response } from 'express';
import { Limiter } from '../../kit/limiter.ts';
import { ProblemError } from '../errors.ts';
import type { RefusalHold } from '../refusal-hold.ts';
import { addressOf, languageIn, sendPage, wantsJson } from './exchange.ts';
import { tooManyPage } from './refusal-pages.ts';

/** Networks that a limit remembers. */
export const NETWORKS_MAX = 10_000;
/**
 * Pages and files of a network in a minute: enough for a thousand phones behind one address that each open the front
 * page, its script and a photograph, or for an office of a hundred people. A single client gets at most 100 a second, a
 * few hundredths of a processor.
 */
const PAGES_MAX = 6_000;
const PAGES_WINDOW_MS = 60_000;

/** Lets PAGES_MAX requests of a network through in a minute, and answers 429 to the rest. */
export function pageLimit(
  { networkOf, now, headers }: FormLimitParts,
  refusals: RefusalHold,
  max = PAGES_MAX,
): RequestHandler {
  const limiter = new Limiter({ max, windowMs: PAGES_WINDOW_MS, refill: 'steadily', keysMax: NETWORKS_MAX });
  return async (request, response, next) => {
    const waitMs = limiter.take(networkOf(addressOf(request)), now().getTime());
    if (waitMs === 0) return next();
    await refusals.hold(response);
    refuse(request, response, String(Math.max(1, Math.ceil(waitMs / 1_000))), headers);
  };
}

/**
 * Requests to the API without a key or session in force, of a network in a minute: a program whose key was revoked and
 * that asks ten times a second. Right keys have no such bound.
 */
export const STRANGERS_MAX = 600;
const STRANGERS_WINDOW_MS = 60_000;

/** Takes one request of a stranger to the API. Returns 0, or the seconds to wait. */
export function strangerLimit({
  networkOf,
  now,
}: Pick<FormLimitParts, 'networkOf' | 'now'>): (request: Request) => number {
  const limiter = new Limiter({
    max: STRANGERS_MAX,
    windowMs: STRANGERS_WINDOW_MS,
    refill: 'steadily',
    keysMax: NETWORKS_MAX,
  });
  return (request) => {
    const waitMs = limiter.take(networkOf(addressOf(request)), now().getTime());
    return waitMs === 0 ? 0 : Math.max(1, Math.ceil(waitMs / 1_000));
  };
}

function refuse(
  request: Request,
  response: Response,
  seconds: string,
  headers: Readonly<Record<string, string>>,
): void {
  response.set('Retry-After', seconds);
  if (wantsJson(request)) {
    const detail = 'Too many requests came from this network. Try again later.';
    throw new ProblemError({ code: 'too-many-requests', detail });
  }
  const language = languageIn(request);
  sendPage(response, { status: 429, headers, language, text: tooManyPage(language, request.method === 'POST') });
}

export interface FormLimitParts {
  networkOf: (address: string) => string;
  now: () => Date;
  /** Of the page that refuses. */
  headers: Readonly<Record<string, string>>;
}
