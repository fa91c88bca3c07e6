// Everything a verdict depends on. The server gathers it for a scan; an inspector's phone takes it from its pack. Plain
// data: the same verdict function runs in both.

import type { Activation, DisplayRange, OpenBatch, VoidedRange } from '../batches/batch.ts';
import type { Certificate } from '../registry/certificate.ts';
import { findRange } from '../batches/intervals.ts';
import type { Lot } from '../lots/lot.ts';
import type { Office } from '../registry/office.ts';
import type { Producer } from '../registry/producer.ts';
import type { Product } from '../registry/product.ts';
import { recallOf, type Recall } from '../recalls/recall.ts';
import type { StampAnswer } from './stamp-answer.ts';
import type { SuspectContext } from './suspect.ts';
import type { BatchTally, StampTally } from './tally.ts';

/** A batch with everything that the pages of its stamps show. The scan path caches it. */
export interface BatchFacts {
  /** Without its wrapped secret. */
  batch: OpenBatch;
  office: Office;
  producer: Producer;
  /** Products of the batch and of every lot in it, by id. */
  products: Map<string, Product>;
  /** Lots that its activations name, and the one it was issued for, by id. */
  lots: Map<string, Lot>;
  /** Of the producer and of these products, newest first. */
  certificates: Certificate[];
  /** Those of the batch, its lots and its products; withdrawn ones too. */
  recalls: Recall[];
}

/** The facts of one stamp of the batch. */
export interface StampFacts {
  serial: number;
  activation: Activation | null;
  voided: VoidedRange | null;
  display: DisplayRange | null;
  /** What the office answered to its case; null: nothing. */
  answer: StampAnswer | null;
  /**
   * The product of its lot, of the lot it was issued for, or of its plaque; null while a blank stamp is not activated.
   */
  product: Product | null;
  lot: Lot | null;
  plaque: boolean;
  recall: Recall | null;
  /** Null: never scanned. */
  tally: StampTally | null;
  batchTally: BatchTally | null;
}

/**
 * The facts of one stamp of a batch. The caller has checked the tag, and that the batch has this serial.
 *
 * @param tally null: never scanned
 * @param batchTally null: no stamp of the batch was ever scanned
 */
export function stampFactsOf(
  facts: BatchFacts,
  serial: number,
  tally: StampTally | null,
  batchTally: BatchTally | null,
): StampFacts {
  const { batch } = facts;
  const activation = findRange(batch.activations, serial);
  const lot = activation === null ? null : (facts.lots.get(activation.lotId) ?? null);
  // A stamp that is not activated belongs to its batch's lot, which names the product.
  const productId = (lot ?? facts.lots.get(batch.lotId ?? '') ?? batch).productId;
  return {
    serial,
    activation,
    voided: findRange(batch.voids, serial),
    display: findRange(batch.displays, serial),
    answer: findRange(batch.answers ?? [], serial),
    product: productId === null ? null : (facts.products.get(productId) ?? null),
    lot,
    plaque: batch.kind === 'plaque',
    // A stamp that is not activated is recalled with the lot it was issued for: its box may already be beside the
    // goods.
    recall: recallOf(facts.recalls, { batchId: batch.id, serial, lotId: lot?.id ?? batch.lotId, productId }),
    tally,
    batchTally,
  };
}

/** What the suspicion asks of a stamp (suspect.ts). */
export function suspectContextOf({ plaque, display, activation, answer }: StampFacts): SuspectContext {
  return { plaque, display: display !== null, activatedAt: activation?.at ?? null, answer };
}
