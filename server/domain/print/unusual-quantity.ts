// When a number of stamps is so unusual that it may be a slip of the finger: 65000 for 6500.

/** A usual roll of labels; more is the work of a print shop. */
export const ROLL_STAMPS = 10_000;
/** How many batches before this one tell what is usual. */
export const USUAL_BATCHES = 5;
/** One nought too many. */
const TIMES_USUAL = 10;

export interface Unusual {
  quantity: number;
  /** The largest of the last batches; null: there were none. */
  largest: number | null;
  /** Why it is asked about: ten times the usual, or more than a roll. */
  beyond: 'usual' | 'roll';
}

/** @param before quantities of the last batches. Null: nothing is unusual */
export function unusualQuantity(quantity: number, before: readonly number[]): Unusual | null {
  const largest = before.length === 0 ? null : Math.max(...before);
  if (largest !== null && quantity >= largest * TIMES_USUAL) return { quantity, largest, beyond: 'usual' };
  // Who has had as many lately knows what such a number is.
  const isKnown = largest !== null && quantity <= largest;
  return quantity > ROLL_STAMPS && !isKnown ? { quantity, largest, beyond: 'roll' } : null;
}
