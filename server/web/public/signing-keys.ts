// The public halves of the keys that sign packs, cartons and records, as JWKs. Anyone may check a signature with them.

import type { RequestHandler } from 'express';
import { listPublicKeys } from '../../actions/pack/signing-keys.ts';
import type { ActionContext } from '../../actions/kit/context.ts';

/** A new key is used at once and must be found soon; a phone that meets an unknown one asks again. */
const KEPT_SECONDS = 3_600;

/** Answers `/.well-known/temtrace-keys.json`. */
export function serveSigningKeys(context: () => Omit<ActionContext, 'request'>): RequestHandler {
  return async (_request, response) => {
    const keys = await listPublicKeys({ ...context(), request: null });
    response
      .set({ 'Cache-Control': `public, max-age=${KEPT_SECONDS}`, 'Access-Control-Allow-Origin': '*' })
      .type('application/json')
      .end(JSON.stringify({ keys }));
  };
}
