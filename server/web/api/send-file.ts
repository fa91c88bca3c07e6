// Sends a file as it is made, with back-pressure. The first piece is made before the answer begins, so that a failure
// to make it is answered as a problem instead of a cut connection.

import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import type { ServerResponse } from 'node:http';
import type { FileAnswer } from './route.ts';

type Piece = Uint8Array | string;

/** @throws what the source throws; if its first piece fails, before any byte was sent */
export async function sendFile(
  response: ServerResponse,
  { source, mediaType, fileName, sent }: FileAnswer,
): Promise<void> {
  const pieces: AsyncIterator<Piece> = source[Symbol.asyncIterator]();
  const first = await pieces.next();
  response.setHeader('Content-Type', mediaType);
  // Opened by itself it is a document of our origin.
  response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
  if (fileName !== null) response.setHeader('Content-Disposition', `attachment; filename="${fileName}"`);
  await pipeline(piecesOf(pieces, first, response, sent), response);
}

async function* piecesOf(
  pieces: AsyncIterator<Piece>,
  first: IteratorResult<Piece>,
  response: ServerResponse,
  sent: FileAnswer['sent'],
): AsyncGenerator<Piece, void, void> {
  try {
    let next = first;
    while (next.done !== true) {
      const piece = next.value;
      next = await pieces.next();
      // For the last piece, the network itself is asked, and not a buffer in front of it.
      if (next.done === true && sent !== undefined) await writeOut(response, piece);
      else yield piece;
    }
    await sent?.();
  } finally {
    await pieces.return?.();
  }
}

/** Resolves when the system has taken the piece. @throws if the caller went away before */
async function writeOut(response: ServerResponse, piece: Piece): Promise<void> {
  const gone = new AbortController();
  const left = once(response, 'close', { signal: gone.signal }).then(
    () => Promise.reject(new Error('the caller went away')),
    () => undefined,
  );
  const written = new Promise<void>((resolve, reject) => {
    response.write(piece, (error) => (error == null ? resolve() : reject(error)));
  });
  try {
    await Promise.race([written, left]);
  } finally {
    gone.abort();
  }
}
