// How many forms a network may send. A whole market may share one address, and each stamp locks its PIN by itself
// (domain/stamp/pin.ts).

import type { RequestHandler } from 'express';
import { Limiter } from '../../kit/limiter.ts';
import { ProblemError } from '../errors.ts';
import { addressOf, languageIn, sendPage, wantsJson } from './exchange.ts';
import { tooManyPage } from './refusal-pages.ts';

const WINDOW_MS = 10 * 60_000;
const NETWORKS_MAX = 10_000;

/**
 * Lets `max` forms of a network through in ten minutes and answers 429 to the rest. Each answer carries the RateLimit
 * headers of draft-ietf-httpapi-ratelimit-headers-06.
 *
 * @param networkOf names an address's network without telling the address
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
    response.set('Retry-After', seconds);
    if (wantsJson(request)) {
      const detail = 'Too many forms came from this network. Try again later.';
      throw new ProblemError({ code: 'too-many-requests', detail });
    }
    const language = languageIn(request);
    sendPage(response, { status: 429, headers, language, text: tooManyPage(language) });
  };
}

interface FormLimitParts {
  networkOf: (address: string) => string;
  now: () => Date;
  /** Of the page that refuses. */
  headers: Readonly<Record<string, string>>;
}
