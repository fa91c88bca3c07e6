// Whether the service is alive, and whether its store answers; metrics for callers with the token.

import { timingSafeEqual, createHash } from 'node:crypto';
import express, { type Router } from 'express';
import { inTime } from '../store/in-time.ts';
import { StoreError, type Store } from '../store/store.ts';
import type { Metrics } from './metrics.ts';

/** A store that takes longer cannot serve scans. A balancer gives up after 3 s (Caddyfile.mongo). */
export const READY_MS_MAX = 2_000;

export function healthRouter(store: Pick<Store, 'ping'>, metrics: Metrics | null): Router {
  const router = express.Router();
  router.get(
    '/healthz',
    (_request, response) => void response.set('Cache-Control', 'no-store').json({ status: 'alive' }),
  );
  router.get('/readyz', async (_request, response) => {
    response.set('Cache-Control', 'no-store');
    try {
      await inTime(store.ping(), READY_MS_MAX);
      response.json({ status: 'ready' });
    } catch (error) {
      const reason = error instanceof StoreError && error.kind === 'untrusted' ? 'store-closed' : 'store-away';
      response.status(503).set('Retry-After', '5').json({ status: 'not-ready', reason });
    }
  });
  if (metrics !== null) {
    router.get('/metrics', async (request, response) => {
      const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
      if (!sameSecret(token, metrics.token)) {
        response.status(401).set('WWW-Authenticate', 'Bearer realm="metrics"').end();
        return;
      }
      response
        .set('Cache-Control', 'no-store')
        .type(metrics.registry.contentType)
        .send(await metrics.registry.metrics());
    });
  }
  return router;
}

function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());
}
