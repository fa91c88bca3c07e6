// Carries look-ups from an HTTP server to answerScan and back: once inside Express, and once ahead of it on node:http,
// where a look-up costs a fraction. A parity test sends the same requests through both and compares every byte.

import type { IncomingMessage, RequestListener, ServerOptions } from 'node:http';
import type { RequestHandler } from 'express';
import type { ScanAnswer, ScanRequest } from '../../scan/answer.ts';
import { isScanPath } from '../../scan/scan-path.ts';
import type { Entrance } from '../entrance.ts';

type AnswerScan = (request: ScanRequest) => Promise<ScanAnswer>;

/** Answers look-ups inside Express; other requests are passed on. The entrance has let the request in. */
export function expressScanMount(answerScan: AnswerScan, entrance: Entrance): RequestHandler {
  return (request, response, next) => {
    if (!isScanPath(request.originalUrl)) return next();
    answerScan(requestOf(request, request.originalUrl, entrance)).then((answer) => {
      for (const name in answer.headers) response.setHeader(name, answer.headers[name] ?? '');
      response.setHeader('Content-Length', answer.contentLength);
      response.statusCode = answer.status;
      response.end(answer.body);
    }, next);
  };
}

/** Answers look-ups ahead of Express; everything else that the entrance lets in falls through to it. */
export function nodeScanMount(
  answerScan: AnswerScan,
  entrance: Entrance,
  fallthrough: RequestListener,
): RequestListener {
  return (request, response) => {
    if (entrance.turnsAway(request, response)) return;
    const path = request.url ?? '/';
    if (!isScanPath(path)) {
      fallthrough(request, response);
      return;
    }
    answerScan(requestOf(request, path, entrance)).then(
      (answer) => {
        response.writeHead(answer.status, headerList(answer));
        response.end(answer.body);
      },
      (error: unknown) =>
        response.destroy(error instanceof Error ? error : new Error('a look-up failed', { cause: error })),
    );
  };
}

/** Limits of the node:http server itself, because this mount runs before any check of Express. */
export function scanServerOptions(): ServerOptions {
  return {
    /** Request line and headers; longer is 431. A phone sends about one kilobyte. */
    maxHeaderSize: 8 * 1_024,
    /** Slow headers hold a socket no longer (CVE-2018-12122). */
    headersTimeout: 10_000,
    /** For a whole request, including photographs of an inspection over a slow network. */
    requestTimeout: 120_000,
    /** Longer than a balancer's own idle time of 60 s, so that it never sends into a closing socket. */
    keepAliveTimeout: 65_000,
    connectionsCheckingInterval: 5_000,
    /** A request without a body has none to wait for, and costs less. */
    optimizeEmptyRequests: true,
  };
}

/** Requests on one connection before it is closed: a property of the server, not one of its options. */
export const REQUESTS_PER_SOCKET_MAX = 10_000;

function requestOf(request: IncomingMessage, path: string, entrance: Entrance): ScanRequest {
  const { address, fromTrustedProxy } = entrance.clientOf(request);
  return { method: request.method ?? 'GET', path, headers: request.headers, address, fromTrustedProxy };
}

/** Name, value, name, value: as node:http writes them. Remembered by the headers object, which most answers share. */
const headerLists = new WeakMap<ScanAnswer['headers'], string[]>();

function headerList(answer: ScanAnswer): string[] {
  let list = headerLists.get(answer.headers);
  if (list === undefined) {
    list = Object.entries(answer.headers).flat();
    headerLists.set(answer.headers, list);
  }
  return [...list, 'Content-Length', String(answer.contentLength)];
}
