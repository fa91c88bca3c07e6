// How many stamps of a batch count against a product's allowance of the year. Only goods count: rolls and plaques are
// given by the office itself. A stamp that was spoiled in printing or damaged before use is void for ever and was
// replaced by another one. If both counted, the producer would have to ask for stamps that no goods bear.

import type { Batch, VoidReason } from './batch.ts';
import { countOf } from './intervals.ts';

/** Lost, stolen and surplus stamps count, because nobody saw what became of them. */
const REPLACED_REASONS: ReadonlySet<VoidReason> = new Set(['spoiled', 'damaged']);

export function allowanceUse({ kind, quantity, voids }: Pick<Batch, 'kind' | 'quantity' | 'voids'>): number {
  return kind === 'goods' ? quantity - countOf(voids.filter(({ reason }) => REPLACED_REASONS.has(reason))) : 0;
}
