// Labels of cartons: issued by range for the stamps of a batch, each signed, and checked by anyone.

import { z } from 'zod';
import { findRange, type SerialRange } from '../../domain/batches/intervals.ts';
import type { Id, Instant } from '../../domain/entity.ts';
import {
  cartonCode,
  cartonHead,
  cartonSignatureInput,
  parseCarton,
  type Carton,
} from '../../domain/pack/carton-code.ts';
import { isSignedBy } from '../../domain/pack/signing-key.ts';
import type { Actor } from '../../domain/people/account.ts';
import { fail, fieldProblem, ok, type Result } from '../../domain/problem.ts';
import { loadBatch } from '../../scan/load-batch.ts';
import { drawCartons, type CartonLabel } from '../../sheet/carton/draw-carton.ts';
import { CARTON_A6 } from '../../sheet/carton/carton-template.ts';
import { getWitnessed } from '../../store/witness.ts';
import type { ActionContext } from '../kit/context.ts';
import { querySerial, queryNumber } from '../kit/fields.ts';
import { reach } from '../kit/reach.ts';
import { lineOf } from '../kit/save.ts';
import { signBytes } from './signing-keys.ts';

/** Labels of one file: a day's pallets. */
const CARTONS_MAX = 500;

export const cartonsQuery = z.strictObject({
  from: querySerial,
  to: querySerial,
  size: queryNumber(1, 1_000_000).meta({ description: 'Stamps in a carton; the last one may hold fewer.' }),
});

/** A PDF of A6 labels, one a carton. Problems: not-allowed, not-found, invalid. */
export async function printCartons(
  actor: Actor,
  input: { id: Id; query: z.output<typeof cartonsQuery> },
  ctx: ActionContext,
): Promise<Result<{ name: string; source: AsyncIterable<Uint8Array> }>> {
  const found = await reach(ctx.store.batches, actor, 'take-print-file', input.id);
  if (!found.ok) return found;
  const batch = found.value.doc;
  const { from, to, size } = input.query;
  if (to < from || to > batch.quantity)
    return fieldProblem('invalid', 'to', 'before-from', `Name serials of this batch, 1 to ${batch.quantity}.`);
  const ranges: SerialRange[] = [];
  for (let at = from; at <= to && ranges.length <= CARTONS_MAX; at += size)
    ranges.push({ from: at, to: Math.min(to, at + size - 1) });
  if (ranges.length > CARTONS_MAX)
    return fieldProblem('invalid', 'size', 'too-many', `At most ${CARTONS_MAX} cartons at once: name fewer serials.`);
  const { facts } = await loadBatch(ctx.store, batch);
  const labels: CartonLabel[] = [];
  for (const range of ranges) {
    const lot = facts.lots.get(findRange(batch.activations, range.from)?.lotId ?? batch.lotId ?? '') ?? null;
    const product = facts.products.get(lot?.productId ?? batch.productId ?? '') ?? null;
    const head = cartonHead({ batchId: batch.id, ...range });
    const { signature } = await signBytes(cartonSignatureInput(head), ctx);
    labels.push({
      content: `${batch.origin}/c/${cartonCode(head, signature)}`.toUpperCase(),
      product: product?.name ?? 'Tem trắng',
      producer: facts.producer.name,
      batchId: batch.id,
      ...range,
      lot: lot?.number ?? null,
      host: new URL(batch.origin).host,
    });
  }
  const entity = `batch:${batch.id}`;
  const values = { from, to, size, cartons: labels.length };
  await ctx.store.audit.add(lineOf(ctx, actor, { entity, action: 'print-cartons', officeId: batch.officeId, values }));
  const printedAt = ctx.now().toISOString();
  const title = `Thùng ${batch.id} ${from}–${to}`;
  return ok({
    name: `thung-${batch.id}-${from}-${to}.pdf`,
    source: drawCartons(labels, CARTON_A6, { title, printedAt }),
  });
}

export interface CartonShown extends Carton {
  product: string | null;
  producer: string;
  lot: string | null;
  voided: number;
  recalledAt: Instant | null;
}

/** What a sound carton's label says, and what became of its stamps. Problems: not-found for any other code. */
export async function readCarton(_actor: Actor, text: string, ctx: ActionContext): Promise<Result<CartonShown>> {
  const refused = fail('not-found', 'This is no label of a carton of ours.');
  const parsed = parseCarton(text);
  if (!parsed.ok) return refused;
  let isSigned = false;
  for (let after: string | null = null; !isSigned;) {
    const page: Awaited<ReturnType<typeof ctx.store.signingKeys.list>> = await ctx.store.signingKeys.list(
      {},
      { limit: 200, after },
    );
    isSigned = page.items.some(({ publicKey }) => isSignedBy(publicKey, parsed.signed, parsed.signature));
    if (page.next === null) break;
    after = page.next;
  }
  const batch = isSigned ? await getWitnessed(ctx.store, 'batches', parsed.batchId) : null;
  if (batch === null || parsed.to > batch.quantity) return refused;
  const { facts } = await loadBatch(ctx.store, batch);
  const { batchId, from, to } = parsed;
  const lot = facts.lots.get(findRange(batch.activations, from)?.lotId ?? batch.lotId ?? '') ?? null;
  const product = facts.products.get(lot?.productId ?? batch.productId ?? '') ?? null;
  const recall = facts.recalls.find(
    ({ withdrawal, scope }) =>
      withdrawal === null &&
      (scope.kind === 'product'
        ? scope.productId === product?.id
        : scope.kind === 'lot'
          ? scope.lotId === lot?.id
          : scope.from <= to && from <= scope.to),
  );
  const voided = batch.voids.reduce(
    (sum, range) => sum + Math.max(0, Math.min(to, range.to) - Math.max(from, range.from) + 1),
    0,
  );
  return ok({
    batchId,
    from,
    to,
    product: product?.name ?? null,
    producer: facts.producer.name,
    lot: lot?.number ?? null,
    voided,
    recalledAt: recall?.at ?? null,
  });
}
