// Draws the public id of a new batch. Apart from stamp-code.ts, which also runs on an inspector's phone and draws
// nothing.

import { customRandom } from 'nanoid';
import { BATCH_ID_SYMBOLS, CODE_ALPHABET, isBatchId } from './stamp-code.ts';

/**
 * Draws a batch's public id: 30 random bits, drawn again if it has no letter. The store refuses an id that is taken.
 *
 * @param random returns this many random bytes
 * @throws Error if the random source returns digits only, which means that it is broken
 */
export function newBatchId(random: (bytes: number) => Uint8Array): string {
  const draw = customRandom(CODE_ALPHABET, BATCH_ID_SYMBOLS, random);
  // One draw in a thousand has no letter; a hundred in a row cannot be chance.
  for (let tries = 0; tries < 100; tries += 1) {
    const id = draw();
    if (isBatchId(id)) return id;
  }
  throw new Error('the source of randomness gives no letters');
}
