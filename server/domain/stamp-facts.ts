// Everything a verdict rests on, gathered by the server for a scan and by an inspector's phone from its pack.
// Plain data: the same verdict function runs in both.

import type { Activation, Batch, DisplayRange, VoidedRange } from './batch.ts';
import type { Certificate } from './certificate.ts';
import type { Lot } from './lot.ts';
import type { Office } from './office.ts';
import type { Producer } from './producer.ts';
import type { Product } from './product.ts';
import type { Recall } from './recall.ts';
import type { BatchTally, StampTally } from './tally.ts';

/** A batch with all that its stamps' pages show; what the scan path caches. */
export interface BatchFacts {
  /** Without its wrapped secret. */
  batch: Omit<Batch, 'wrappedSecret'>;
  office: Office;
  producer: Producer;
  /** Products of the batch and of every lot in it, by id. */
  products: Map<string, Product>;
  /** Lots that its activations name, and the one it is meant for, by id. */
  lots: Map<string, Lot>;
  /** Of the producer and of these products, newest first. */
  certificates: Certificate[];
  /** That touch the batch, its lots or its products; withdrawn ones too. */
  recalls: Recall[];
}

/** One stamp of it. */
export interface StampFacts {
  serial: number;
  activation: Activation | null;
  voided: VoidedRange | null;
  display: DisplayRange | null;
  /** Product the stamp stands for: of its lot, or the batch's own; null while a blank stamp is not activated. */
  product: Product | null;
  lot: Lot | null;
  plaque: boolean;
  recall: Recall | null;
  /** Null: never scanned. */
  tally: StampTally | null;
  batchTally: BatchTally | null;
}
