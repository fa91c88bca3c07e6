// A file of our own under an address that holds a hash of its content: read once at the start, kept by browsers for a
// year, and sent compressed to those that take it.

import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Router } from 'express';

const YEAR_SECONDS = 31_536_000;
const compress = promisify(gzip);

export const JAVASCRIPT = 'text/javascript; charset=utf-8';

export interface LastingFile {
  mediaType: string;
  bytes: Buffer;
  /** Made on first demand: a phone in the field fetches a third of the bytes. */
  gzipped: Promise<Buffer> | null;
}

export function lastingFile(mediaType: string, bytes: Buffer): LastingFile {
  return { mediaType, bytes, gzipped: null };
}

/**
 * Serves it. Another hash is another address, and is not found.
 *
 * @param more headers besides; `Cache-Control` of a file that may change is one
 */
export function serveLasting(
  router: Router,
  address: string,
  file: LastingFile,
  more: Readonly<Record<string, string>> = {},
): void {
  router.get(address, async (request, response) => {
    response.set({
      'Content-Type': file.mediaType,
      'Cache-Control': `public, max-age=${YEAR_SECONDS}, immutable`,
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Resource-Policy': 'same-origin',
      Vary: 'Accept-Encoding',
      ...more,
    });
    if (request.acceptsEncodings('gzip') !== 'gzip') return void response.end(file.bytes);
    file.gzipped ??= compress(file.bytes);
    response.set('Content-Encoding', 'gzip').end(await file.gzipped);
  });
}
