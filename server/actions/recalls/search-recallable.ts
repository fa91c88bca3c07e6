// Finds what can be recalled by what a person has in hand: a lot's number, part of a product's name, a batch's id. A
// producer can recall only lots.

import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import type { Lot } from '../../domain/lots/lot.ts';
import { ok, type Result } from '../../domain/problem.ts';
import { foldedText, stampKey } from '../../domain/search-text.ts';
import type { ActionContext } from '../kit/context.ts';
import { findLots } from '../lots/read.ts';
import { reachBatches } from '../batches/reach-batches.ts';
import { decide } from '../kit/rights.ts';

/** Results of each kind; if there are more, people type more letters. */
const FOUND_MAX = 20;

export interface Recallable {
  /** Whether more match than are listed: a longer text names them. */
  more: boolean;
  lots: { lot: Lot; product: string }[];
  products: { id: Id; name: string; producer: string }[];
  batches: { id: Id; product: string | null; quantity: number }[];
}

/** @param input `text` as typed; '' finds the latest lots */
export async function searchRecallable(
  actor: Actor,
  input: { text: string; officeId?: Id | undefined },
  ctx: ActionContext,
): Promise<Result<Recallable>> {
  const may = decide(actor, 'recall-lot', null);
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  const reached = await reachBatches(actor, { officeId: input.officeId }, ctx);
  if (!reached.ok) return reached;
  const { facts, batchOf, officeId } = reached.value;
  const text = input.text.normalize('NFC').trim();
  const lots = await findLots(actor, { officeId, number: text, limit: FOUND_MAX, after: null }, 'part', ctx);
  if (!lots.ok) return lots;
  const nameOf = (productId: Id | null): string | null =>
    productId === null ? null : (facts.products.get(productId)?.name ?? null);
  const anything = text !== '' && decide(actor, 'recall-anything', null).kind === 'may';
  const wanted = foldedText(text);
  const named = anything ? [...facts.products.values()].filter(({ name }) => foldedText(name).includes(wanted)) : [];
  const batch = batchOf(stampKey(text).toUpperCase());
  return ok({
    more: lots.value.next !== null || named.length > FOUND_MAX,
    lots: lots.value.items.map((lot) => ({ lot, product: nameOf(lot.productId) ?? '' })),
    products: named
      .slice(0, FOUND_MAX)
      .map(({ id, name, producerId }) => ({ id, name, producer: facts.producers.get(producerId)?.name ?? '' })),
    batches:
      batch === undefined || !anything
        ? []
        : [{ id: batch.id, product: nameOf(batch.productId), quantity: batch.quantity }],
  });
}
