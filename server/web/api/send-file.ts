// Sends a file as it is made, with back-pressure. Its first piece is made before the answer begins: what cannot be made
// is a problem in words, never a connection that is cut.

import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import type { ServerResponse } from 'node:http';
import type { FileAnswer } from './route.ts';

type Piece = Uint8Array | string;

/** @throws what the source throws; before a byte was sent where it fails at its first piece */
export async function sendFile(
  response: ServerResponse,
  { source, mediaType, fileName, sent }: FileAnswer,
): Promise<void> {
  const pieces: AsyncIterator<Piece> = source[Symbol.asyncIterator]();
  const first = await pieces.next();
  response.setHeader('Content-Type', mediaType);
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
      // Whether the last piece left is asked of the network itself, not of a buffer before it.
      if (next.done === true && sent !== undefined) await writeOut(response, piece);
      else yield piece;
    }
    await sent?.();
  } finally {
    await pieces.return?.();
  }
}

/** Resolves when the system has taken the piece. @throws when the caller went away before */
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
