// Finds the stamp that a form is about. A code that is not ours is answered by answerScan, so that no form reveals more
// than the look-up does.

import type { Request, RequestHandler, Response } from 'express';
import type { AnswerScan } from '../../../scan/answer-scan.ts';
import type { Found } from '../../../scan/look-up.ts';
import { stampFactsOf } from '../../../domain/stamp/stamp-facts.ts';
import { addressOf, languageIn, wantsJson } from '../exchange.ts';

export type OwnStamp = Extract<Found, { kind: 'ours' }>;

/** The code, and the name of the stamp's goods. */
export function aboutOf({ code, facts, serial }: OwnStamp): { code: string; name: string } {
  const { product } = stampFactsOf(facts.facts, serial, null, null);
  return { code, name: product?.name ?? facts.facts.producer.name };
}

/** Whom to call about the stamp: its office. */
export function callOf({ facts }: OwnStamp): { name: string; phone: string | null } {
  const { name, phone } = facts.facts.office;
  return { name, phone };
}

/** Calls `handle` with the stamp of `/t/:code/…`; without one the request is answered as a look-up of that code. */
export function withStamp(
  answerScan: AnswerScan,
  handle: (request: Request, response: Response, stamp: OwnStamp) => void | Promise<void>,
): RequestHandler {
  return async (request, response) => {
    const code = String(request.params['code']);
    const found = await answerScan.lookUp(code, addressOf(request));
    if (found.kind === 'ours') return handle(request, response, found);
    const path = `/t/${encodeURIComponent(code)}?lang=${languageIn(request)}`;
    const headers = wantsJson(request) ? { accept: 'application/json' } : {};
    const answer = await answerScan({
      method: 'GET',
      path,
      headers,
      address: addressOf(request),
      fromTrustedProxy: false,
    });
    response.status(answer.status).set(answer.headers).end(answer.body);
  };
}
