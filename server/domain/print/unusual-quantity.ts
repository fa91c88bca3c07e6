// Whether a number of stamps is so unusual that it may be a typing mistake: 65000 for 6500.

/** A usual roll of labels; more is the work of a print shop. */
export const ROLL_STAMPS = 10_000;
/** How many of the latest batches say what is usual. */
export const USUAL_BATCHES = 5;
/** One zero too many. */
const TIMES_USUAL = 10;

export interface Unusual {
  quantity: number;
  /** The largest of the last batches; null: there were none. */
  largest: number | null;
  /** Why it is asked about: ten times the usual, or more than a roll. */
  beyond: 'usual' | 'roll';
}

/**
 * @param before quantities of the latest batches
 * @returns null: nothing is unusual
 */
export function unusualQuantity(quantity: number, before: readonly number[]): Unusual | null {
  const largest = before.length === 0 ? null : Math.max(...before);
  if (largest !== null && quantity >= largest * TIMES_USUAL) return { quantity, largest, beyond: 'usual' };
  // Someone who lately had as many knows what such a number means.
  const isKnown = largest !== null && quantity <= largest;
  return quantity > ROLL_STAMPS && !isKnown ? { quantity, largest, beyond: 'roll' } : null;
}
