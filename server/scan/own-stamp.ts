// Whether a code belongs to one of our stamps: the one rule for scans, which know batches from a cache, and for actions
// that are given a code.
//
// A code that was never issued and a forged one are refused after the same work, so that the time does not reveal which
// batches exist.

import type { Batch } from '../domain/batches/batch.ts';
import type { Id } from '../domain/entity.ts';
import type { ParsedStampCode } from '../domain/stamp/stamp-code.ts';
import { openBatchKeys, SECRET_BYTES, type BatchKeys } from '../domain/stamp/stamp-keys.ts';
import { StoreError } from '../store/store.ts';

/** Any id works, because the answer of these keys is never used. */
const NOBODYS_ID: Id = 'A00000';

/** Keys for checking a code if no batch has its id. */
export function nobodysKeys(random: (bytes: number) => Uint8Array): BatchKeys {
  return openBatchKeys(random(SECRET_BYTES), NOBODYS_ID);
}

/**
 * The keys of a batch.
 * @param unwrap returns null if the wrapped secret does not open
 * @throws StoreError `tampered` if the wrapped secret or a field bound to it was changed in the store
 */
export function batchKeys(batch: Batch, unwrap: (batch: Batch) => BatchKeys | null): BatchKeys {
  const keys = unwrap(batch);
  if (keys === null) throw new StoreError('tampered', `the secret of batch ${batch.id} does not open`);
  return keys;
}

/**
 * The serial of a code; null if it belongs to none of our stamps.
 * @param batch null: no batch has the code's id; `keys` are then nobodysKeys
 */
export function ownSerial(
  { index, tag }: Pick<Extract<ParsedStampCode, { ok: true }>, 'index' | 'tag'>,
  batch: Pick<Batch, 'quantity'> | null,
  keys: BatchKeys,
): number | null {
  const isRight = keys.checkTag(index, tag);
  return batch !== null && isRight && index < batch.quantity ? index + 1 : null;
}
