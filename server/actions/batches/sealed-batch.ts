// The keys of a batch, for actions that need codes, and the stamp that a code names.

import type { Batch } from '../../domain/batches/batch.ts';
import { unwrapKeys } from '../../domain/batches/batch-secret.ts';
import { readCarriedCode } from '../../domain/stamp/carried-code.ts';
import type { BatchKeys } from '../../domain/stamp/stamp-keys.ts';
import { batchKeys, nobodysKeys, ownSerial } from '../../scan/own-stamp.ts';
import { getWitnessed } from '../../store/witness.ts';
import type { ActionContext } from '../kit/context.ts';

/** @throws StoreError `tampered` when the wrapped secret or a field bound to it was changed in the store */
export function keysOf(ctx: ActionContext, batch: Batch): BatchKeys {
  return batchKeys(batch, () => unwrapKeys(ctx.keys.wrap, batch));
}

export interface FoundStamp {
  batch: Batch;
  keys: BatchKeys;
  serial: number;
}

/** The stamp that a code names; null if the code is malformed, forged or was never issued. */
export async function findStamp(ctx: ActionContext, codeText: string): Promise<FoundStamp | null> {
  const { parsed } = readCarriedCode(codeText);
  if (!parsed.ok) return null;
  const batch = await ctx.store.batches.get(parsed.batchId);
  const keys = batch === null ? nobodysKeys(ctx.random) : keysOf(ctx, batch);
  const serial = ownSerial(parsed, batch, keys);
  if (batch === null || serial === null) return null;
  const held = await getWitnessed(ctx.store, 'batches', batch.id);
  return held === null ? null : { batch: held, keys, serial };
}

/** The serial of a code of this batch; null for any other text. */
export function serialOf(batch: Pick<Batch, 'id' | 'quantity'>, keys: BatchKeys, codeText: string): number | null {
  const { parsed } = readCarriedCode(codeText);
  return parsed.ok && parsed.batchId === batch.id ? ownSerial(parsed, batch, keys) : null;
}
