// A line in the server's log for each refusal for want of a right, so that someone who tries doors is seen (OWASP ASVS
// 5.0, 16.3.2). A record out of reach is answered as absent and leaves no line.

import type { RequestHandler, Response } from 'express';
import type { Id } from '../domain/entity.ts';
import { Limiter } from '../kit/limiter.ts';

/** Lines in a minute; further refusals are counted in the next line. */
export const REFUSAL_LINES_MINUTE = 60;
const ALL = 'all';
const FORBIDDEN = 403;

type Log = (event: 'right.refused', fields: Record<string, unknown>) => void;

interface Asker {
  actorId: Id;
  /** The declared path, which names no record. */
  route: string;
}

/** Says who asks for which route, once that is known. */
export function nameAsker(response: Response, asker: Asker): void {
  response.locals['asker'] = asker;
}

/** Stands before all routes. Strangers leave no line: they are told to sign in, and guessing is counted elsewhere. */
export function logRefusedRights(log: Log, now: () => Date): RequestHandler {
  const lines = new Limiter({ max: REFUSAL_LINES_MINUTE, windowMs: 60_000, refill: 'together', keysMax: 1 });
  let silentBefore = 0;
  return ({ method }, response, next) => {
    response.once('finish', () => {
      const asker = response.locals['asker'] as Asker | undefined;
      if (response.statusCode !== FORBIDDEN || asker === undefined) return;
      if (lines.take(ALL, now().getTime()) > 0) {
        silentBefore += 1;
        return;
      }
      log('right.refused', { method, ...asker, ...(silentBefore === 0 ? {} : { silentBefore }) });
      silentBefore = 0;
    });
    next();
  };
}
