// A product's photograph. A file never changes under its id, so browsers keep it for a year.

import type { RequestHandler } from 'express';
import type { Files } from '../../store/store.ts';

/**
 * Of files for everybody: those of findings and papers hold a dot (actions/market/add-inspection-photo.ts,
 * actions/registry/papers.ts), and are given to whom they are for, elsewhere.
 */
const FILE_ID = /^[A-Za-z0-9_-]{1,64}$/;
/** Only what we encoded ourselves from an upload (actions/kit/photo.ts). */
const MEDIA_TYPES: ReadonlySet<string> = new Set(['image/webp', 'image/jpeg', 'image/png']);
const YEAR_SECONDS = 31_536_000;

/** Answers `/photos/:fileId`; anything that is not our picture is passed on. */
export function servePhoto(files: Pick<Files, 'get'>): RequestHandler {
  return async (request, response, next) => {
    const id = String(request.params['fileId']);
    const file = FILE_ID.test(id) ? await files.get(id) : null;
    if (file === null || !MEDIA_TYPES.has(file.mediaType)) return next();
    const tag = `"${id}"`;
    response.set({
      'Cache-Control': `public, max-age=${YEAR_SECONDS}, immutable`,
      ETag: tag,
      'Content-Security-Policy': "default-src 'none'; sandbox",
    });
    if (request.headers['if-none-match'] === tag) return void response.status(304).end();
    response.type(file.mediaType).end(Buffer.from(file.bytes));
  };
}
