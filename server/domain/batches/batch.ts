// A batch (đợt tem): stamps issued together. Its stamps are not stored: they are computed from `secret` and serial
// (stamp-code.ts). What happens to them is kept as intervals of serials in this one record, so every change touches one
// document.

import type { Entity, Id, Instant } from '../entity.ts';
import type { StampAnswer } from '../stamp/stamp-answer.ts';
import type { SerialRange } from './intervals.ts';

export type BatchKind = 'goods' | 'blank' | 'plaque';
export type Carrier = 'short' | 'digital-link';
export const VOID_REASONS = ['spoiled', 'lost', 'stolen', 'surplus', 'damaged', 'other'] as const;
export type VoidReason = (typeof VOID_REASONS)[number];

export const BATCH_QUANTITY_MAX = 16_777_216;
/** Most intervals of one kind in a batch. The record is read for each scan and must stay small. */
export const INTERVALS_MAX = 4_096;
/**
 * The bound for a range that covers others or runs to the end of the roll: it must always be possible to void the
 * stolen rest of a roll. Such a range fills gaps between at most INTERVALS_MAX intervals, so this many are enough.
 */
export const COVERED_MAX = 3 * INTERVALS_MAX;

export interface Activation extends SerialRange {
  lotId: Id;
  at: Instant;
  /** Actor id. */
  by: Id;
}

export interface VoidedRange extends SerialRange {
  reason: VoidReason;
  note: string | null;
  at: Instant;
  by: Id;
}

export interface DisplayRange extends SerialRange {
  at: Instant;
  by: Id;
}

/** The shape of the paper's symbol, fixed for the batch's life. */
export interface SymbolShape {
  /** QR version, 3 to 6. */
  version: number;
  level: 'M';
  /** 0 to 7, chosen once per batch by the standard's penalty over a sample (ISO/IEC 18004 §7.8.3). */
  mask: number;
}

export interface Batch extends Entity {
  /** `id` is B of the code scheme: six symbols, at least one letter. */
  officeId: Id;
  producerId: Id;
  kind: BatchKind;
  /**
   * Plaque: the product. Blank: null. Goods: a copy of the lot's product, used only to find the batch in lists. Actions
   * ask productOfBatch (product-of-batch.ts).
   */
  productId: Id | null;
  /** The lot the batch is meant for; null for blank batches and plaques. */
  lotId: Id | null;
  quantity: number;
  carrier: Carrier;
  /** `https://host[:port]` as printed; never changes. */
  origin: string;
  /** Digital link only: what its address holds. */
  digitalLink: { gtin: string; lot: string } | null;
  symbol: SymbolShape;
  pin: boolean;
  note: string | null;
  /** The 256-bit secret, AES-256-GCM under the master key (base64: iv, ciphertext, tag); see batch-secret.ts. */
  wrappedSecret: string;
  issuedAt: Instant;
  issuedBy: Id;
  activations: Activation[];
  voids: VoidedRange[];
  displays: DisplayRange[];
  printed: SerialRange[];
  /** What the office found out about stamps that looked copied; absent: nothing yet. */
  answers?: StampAnswer[];
}

/** A batch without its secret, as it is answered, logged, cached and stored for retries. */
export type OpenBatch = Omit<Batch, 'wrappedSecret'>;

export function withoutSecret({ wrappedSecret: _wrappedSecret, ...open }: Batch): OpenBatch {
  return open;
}
