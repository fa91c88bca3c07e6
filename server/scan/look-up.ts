// Finds the stamp that an address names, or says why there is none. Nothing is recorded here.

import type { Batch } from '../domain/batches/batch.ts';
import { parseCodeWithTail } from '../domain/stamp/carried-code.ts';
import { isBatchId } from '../domain/stamp/stamp-code.ts';
import type { RefusalReason } from './answer.ts';
import type { BatchCache, CachedFacts } from './batch-cache.ts';
import { ownSerial } from './own-stamp.ts';
import type { CodeFault } from './scan-path.ts';

export type Found =
  | { kind: 'ours'; code: string; serial: number; batch: Batch; facts: CachedFacts }
  | {
      kind: 'refused';
      reason: RefusalReason;
      /** Null: it is well formed. */
      fault: CodeFault | null;
      /** Null: no batch of ours. */
      batchId: string | null;
    }
  /** Too many wrong codes came under this id, some of them from this network: the code was not checked. */
  | { kind: 'barred'; waitSeconds: number };

/** The wrong codes of one visitor under a batch id (wrong-tries.ts). */
export interface TriesOfAsker {
  /** Null: the next code may be checked. */
  secondsToWait(batchId: string): number | null;
  count(batchId: string): void;
}

/**
 * Finds the stamp of a code. A wrong code is counted before anything else is done.
 *
 * @param typed as in the address; null: it could not be decoded
 * @param link  what a digital link names besides the code; it must be the batch's own
 * @param tries of the visitor, who may have to wait before the next code of this batch id
 * @throws StoreError if a record that the stamp depends on cannot be read
 */
export async function lookUp(
  cache: BatchCache,
  typed: string | null,
  link: { gtin: string; lot: string | null } | null,
  nowMs: number,
  tries: TriesOfAsker,
): Promise<Found> {
  if (typed === null) return { kind: 'refused', reason: 'malformed', fault: { kind: 'encoding' }, batchId: null };
  const parsed = parseCodeWithTail(typed);
  if (!parsed.ok) return { kind: 'refused', reason: 'malformed', fault: parsed.fault, batchId: null };
  const { code, batchId } = parsed;
  // Checked before the store is asked, so that the answer does not reveal whether there is such a batch.
  const waitSeconds = tries.secondsToWait(batchId);
  if (waitSeconds !== null) return { kind: 'barred', waitSeconds };
  // Six digits are never a batch's id, so the store need not be asked; the answer is the same.
  const reading = cache.entryOf(isBatchId(batchId) ? batchId : NO_BATCH, nowMs);
  const entry = reading instanceof Promise ? await reading : reading;
  // Checked again, because several codes may have waited for the same batch.
  const waitNow = reading === entry ? null : tries.secondsToWait(batchId);
  if (waitNow !== null) return { kind: 'barred', waitSeconds: waitNow };
  const serial = ownSerial(parsed, entry.batch, entry.keys);
  if (entry.batch === null || serial === null) {
    tries.count(batchId);
    return { kind: 'refused', reason: 'not-ours', fault: null, batchId: entry.batch?.id ?? null };
  }
  const known = cache.factsOf(entry);
  const facts = known instanceof Promise ? await known : known;
  if (link !== null && !isOwnLink(facts, link, serial)) {
    tries.count(batchId);
    return { kind: 'refused', reason: 'not-ours', fault: null, batchId };
  }
  return { kind: 'ours', code, serial, batch: entry.batch, facts };
}

/** An id that no batch can have: it holds no letter. */
const NO_BATCH = '000000';

/** What a link names must be what the paper says or, on a short stamp, the stamp's lot. */
function isOwnLink({ facts }: CachedFacts, link: { gtin: string; lot: string | null }, serial: number): boolean {
  const { batch } = facts;
  if (batch.digitalLink !== null) {
    return batch.digitalLink.gtin === link.gtin && (link.lot === null || batch.digitalLink.lot === link.lot);
  }
  const activation = batch.activations.find(({ from, to }) => from <= serial && serial <= to);
  const lot = facts.lots.get(activation?.lotId ?? batch.lotId ?? '') ?? null;
  const product = facts.products.get(lot?.productId ?? batch.productId ?? '') ?? null;
  return product?.gtin === link.gtin && (link.lot === null || lot?.number === link.lot);
}
