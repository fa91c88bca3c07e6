// A batch's keys for actions that need codes, and what of a batch may leave an action: everything but its wrapped secret.

import type { Batch } from '../../domain/batches/batch.ts';
import { unwrapSecret } from '../../domain/batches/batch-secret.ts';
import type { Id } from '../../domain/entity.ts';
import { parseStampCode } from '../../domain/stamp/stamp-code.ts';
import { openBatchKeys, SECRET_BYTES, type BatchKeys } from '../../domain/stamp/stamp-keys.ts';
import { StoreError } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';

/** A batch as it is answered, logged and kept for retries. */
export type OpenBatch = Omit<Batch, 'wrappedSecret'>;

export function withoutSecret(batch: Batch): OpenBatch {
  const { wrappedSecret: _wrappedSecret, ...open } = batch;
  return open;
}

/** @throws StoreError `tampered` when the wrapped secret or a field bound to it was changed in the store */
export function keysOf(ctx: ActionContext, batch: Batch): BatchKeys {
  const secret = unwrapSecret(ctx.keys.wrap, batch);
  if (secret === null) throw new StoreError('tampered', `the secret of batch ${batch.id} does not open`);
  return openBatchKeys(secret, batch.id);
}

export interface FoundStamp {
  batch: Batch;
  keys: BatchKeys;
  serial: number;
}

/**
 * The stamp a code stands for, or null: malformed, forged and nobody's are alike, and the last two take the same steps, so
 * that the time tells nobody which batch ids exist.
 */
export async function findStamp(ctx: ActionContext, codeText: string): Promise<FoundStamp | null> {
  const parsed = parseStampCode(codeText);
  if (!parsed.ok) return null;
  const batch = await ctx.store.batches.get(parsed.batchId);
  const keys = batch === null ? nobodysKeys(ctx) : keysOf(ctx, batch);
  const isRight = keys.checkTag(parsed.index, parsed.tag);
  if (batch === null || !isRight || parsed.index >= batch.quantity) return null;
  // Whoever can write rows but not the chain has issued nothing (DESIGN §3).
  if ((await ctx.store.audit.firstOf(`batch:${batch.id}`)) === null) {
    throw new StoreError('tampered', `batch ${batch.id} has no issue line in the audit chain`);
  }
  return { batch, keys, serial: parsed.index + 1 };
}

/** The serial of a code of this batch, or null for any other text. */
export function serialOf(batch: Pick<Batch, 'id' | 'quantity'>, keys: BatchKeys, codeText: string): number | null {
  const parsed = parseStampCode(codeText);
  if (!parsed.ok || parsed.batchId !== batch.id || parsed.index >= batch.quantity) return null;
  return keys.checkTag(parsed.index, parsed.tag) ? parsed.index + 1 : null;
}

/** Any id would do: whatever these keys say, the answer is no. */
const NOBODYS_ID: Id = 'A00000';

function nobodysKeys(ctx: ActionContext): BatchKeys {
  return openBatchKeys(ctx.random(SECRET_BYTES), NOBODYS_ID);
}
