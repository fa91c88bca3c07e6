// Whether the service is alive, and whether its store can be written and read; metrics for callers with the token.

import { timingSafeEqual, createHash } from 'node:crypto';
import express, { type Router } from 'express';
import { inTime } from '../store/in-time.ts';
import { StoreError, type Store } from '../store/store.ts';
import type { Metrics } from './metrics.ts';

/** A store that takes longer cannot serve scans. A balancer gives up after 3 s (Caddyfile.mongo). */
export const READY_MS_MAX = 2_000;

/** Asking writes to the disk, and anybody may ask: all who ask within this time get one answer. */
export const PROBE_MS = 3_000;

/** What a read may still take when the write beside it has failed. */
const READ_MS_MAX = 250;

type Reason = 'store-closed' | 'cannot-write' | 'store-away';

export function healthRouter(store: Pick<Store, 'ping' | 'audit'>, metrics: Metrics | null, now: () => Date): Router {
  const router = express.Router();
  let probed: { atMs: number; reason: Promise<Reason | null> } | null = null;
  const reasonNow = (): Promise<Reason | null> => {
    const nowMs = now().getTime();
    if (probed === null || Math.abs(nowMs - probed.atMs) >= PROBE_MS)
      probed = { atMs: nowMs, reason: whyNotReady(store) };
    return probed.reason;
  };
  router.get(
    '/healthz',
    (_request, response) => void response.set('Cache-Control', 'no-store').json({ status: 'alive' }),
  );
  router.get('/readyz', async (_request, response) => {
    response.set('Cache-Control', 'no-store');
    const reason = await reasonNow();
    if (reason === null) response.json({ status: 'ready' });
    else response.status(503).set('Retry-After', '5').json({ status: 'not-ready', reason });
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

/** Null: the store can be written and read. Where it can only be read, look-ups of what is recorded go on. */
async function whyNotReady(store: Pick<Store, 'ping' | 'audit'>): Promise<Reason | null> {
  // Both at once: a balancer waits for one time limit, not for two.
  let isReadable = false;
  const reading = store.audit.head().then(
    () => (isReadable = true),
    () => false,
  );
  try {
    await inTime(store.ping(), READY_MS_MAX);
    return null;
  } catch (error) {
    if (error instanceof StoreError && error.kind === 'untrusted') return 'store-closed';
    await inTime(reading, READ_MS_MAX).catch(() => undefined);
    return isReadable ? 'cannot-write' : 'store-away';
  }
}

function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());
}
