// Serves the inspection app: its page at /inspect, its files, and its service worker. Nothing here knows who asks: the
// app signs in by itself (its session: /inspect/session), and works without network once it is on the phone.

import express, { type Response, type Router } from 'express';
import { securityHeaders } from '../../scan/answer-headers.ts';
import { JAVASCRIPT, lastingFile, serveLasting } from '../lasting-file.ts';
import { APP_MANIFEST, INSPECT, makeAppFiles, SERVICE_WORKER, type AppFiles } from './app-files.ts';

/** Our own files and nothing else; pictures taken on the phone are blobs, and the reader is WebAssembly. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join(';');
/** Asked for at each start, so that a new version is noticed. */
const ASK_AGAIN = 'no-cache';

export function inspectAppRouter(publicOrigin: string, files: AppFiles = makeAppFiles()): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  const guard = { ...securityHeaders({ publicOrigin, css: [] }), 'Content-Security-Policy': POLICY };
  router.get(INSPECT, (_request, response: Response) => {
    response
      .set({
        ...guard,
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Language': 'vi',
        'Cache-Control': ASK_AGAIN,
        'X-Robots-Tag': 'noindex',
      })
      .end(files.page);
  });
  for (const [address, file] of files.lasting) serveLasting(router, address, file, guard);
  serveLasting(router, SERVICE_WORKER, lastingFile(JAVASCRIPT, Buffer.from(files.serviceWorker)), {
    ...guard,
    'Cache-Control': ASK_AGAIN,
    'Service-Worker-Allowed': INSPECT,
  });
  serveLasting(router, APP_MANIFEST, lastingFile('application/manifest+json', Buffer.from(files.manifest)), {
    'Cache-Control': ASK_AGAIN,
  });
  return router;
}
