// How many forms a network may send, and how many pages and files it may fetch. A whole market, or a town behind a
// carrier's address, may share one network, and each stamp locks its own PIN (domain/stamp/pin.ts). Look-ups are not
// limited.

import type { Request, RequestHandler, Response } from 'express';
import { Limiter } from '../../kit/limiter.ts';
import { ProblemError } from '../errors.ts';
import type { RefusalHold } from '../refusal-hold.ts';
import { addressOf, languageIn, sendPage, wantsJson } from './exchange.ts';
import { tooManyPage } from './refusal-pages.ts';

const WINDOW_MS = 10 * 60_000;
const NETWORKS_MAX = 10_000;
/**
 * Pages and files of a network in a minute: enough for a thousand phones behind one address that each open the front
 * page, its script and a photograph, or for an office of a hundred people. A single client gets at most 100 a second, a
 * few hundredths of a processor.
 */
const PAGES_MAX = 6_000;
const PAGES_WINDOW_MS = 60_000;

/**
 * Lets `max` forms of a network through in ten minutes and answers 429 to the rest. Each answer carries the RateLimit
 * headers of draft-ietf-httpapi-ratelimit-headers-06.
 *
 * @param networkOf names an address's network without revealing the address
 */
export function formLimit(max: number, { networkOf, now, headers }: FormLimitParts): RequestHandler {
  const limiter = new Limiter({ max, windowMs: WINDOW_MS, refill: 'together', keysMax: NETWORKS_MAX });
  return (request, response, next) => {
    const network = networkOf(addressOf(request));
    const nowMs = now().getTime();
    const waitMs = limiter.take(network, nowMs);
    const { left, endsInMs } = limiter.window(network, nowMs);
    const seconds = String(Math.ceil(endsInMs / 1_000));
    response.set({
      'RateLimit-Policy': `${max};w=${WINDOW_MS / 1_000}`,
      'RateLimit-Limit': String(max),
      'RateLimit-Remaining': String(left),
      'RateLimit-Reset': seconds,
    });
    if (waitMs === 0) return next();
    refuse(request, response, seconds, headers);
  };
}

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
