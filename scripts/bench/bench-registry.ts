// The records of the measured service: one office, one producer, one product with a certificate in force, and a batch.
// The same actions make them as in production.

import type { ActionContext } from '../../server/actions/kit/context.ts';
import { issueBatch, issueBatchInput } from '../../server/actions/batches/issue-batch.ts';
import { makeCertificate, makeCertificateInput } from '../../server/actions/registry/make-certificate.ts';
import { makeEvaluation, makeEvaluationInput } from '../../server/actions/registry/make-evaluation.ts';
import { makeKey, makeKeyInput } from '../../server/actions/people/make-key.ts';
import { makeOffice, makeOfficeInput } from '../../server/actions/registry/make-office.ts';
import { makeProducer, makeProducerInput } from '../../server/actions/registry/make-producer.ts';
import { makeProduct, makeProductInput } from '../../server/actions/registry/make-product.ts';
import { keysOf } from '../../server/actions/batches/sealed-batch.ts';
import { type OpenBatch } from '../../server/domain/batches/batch.ts';
import type { Id } from '../../server/domain/entity.ts';
import { SYSTEM } from '../../server/domain/people/account.ts';
import { doneBy } from '../system.ts';

export interface BenchRegistry {
  productId: Id;
  /** The office's key. */
  apiKey: string;
}

const CHUNK_CODES = 65_536;
const CODE_BYTES = 18;

export async function makeBenchRegistry(ctx: ActionContext): Promise<BenchRegistry> {
  const office = await doneBy(
    makeOffice(
      SYSTEM,
      makeOfficeInput.parse({ name: 'Văn phòng OCOP', province: 'Phú Thọ', phone: '0210 000 0000' }),
      ctx,
    ),
  );
  const address = { commune: 'Cao Phong', province: 'Phú Thọ', detail: 'Khu 5 (tỉnh Hòa Bình cũ)' };
  const producer = await doneBy(
    makeProducer(
      SYSTEM,
      makeProducerInput.parse({
        officeId: office.id,
        name: 'HTX Cam Mường Thàng',
        kind: 'cooperative',
        address,
        phone: '0218 000 0101',
        phonePublic: true,
      }),
      ctx,
    ),
  );
  const product = await doneBy(
    makeProduct(
      SYSTEM,
      makeProductInput.parse({
        producerId: producer.id,
        name: 'Cam lòng vàng Mường Thàng',
        brand: 'Mường Thàng',
        group: 'food',
        productSet: 1,
        unit: 'thùng 5 kg',
        ingredients: '100% cam tươi',
        storage: 'Nơi thoáng mát',
        standards: 'TCCS 01',
        description: 'Cam CS1 chín vàng ruột, hái tay.',
      }),
      ctx,
    ),
  );
  const heldOn = new Date(ctx.now().getTime() - 30 * 86_400_000).toISOString().slice(0, 10);
  const evaluation = await doneBy(
    makeEvaluation(
      SYSTEM,
      makeEvaluationInput.parse({
        productId: product.id,
        round: '1',
        heldOn,
        score: 76.8,
        minimumStars: 4,
        decision: 'OCOP-1',
      }),
      ctx,
    ),
  );
  await doneBy(
    makeCertificate(
      SYSTEM,
      makeCertificateInput.parse({
        productId: product.id,
        scheme: 'ocop',
        evaluationId: evaluation.id,
        number: 'OCOP-1',
        issuer: 'UBND tỉnh Phú Thọ',
        issuedOn: heldOn,
      }),
      ctx,
    ),
  );
  const { key } = await doneBy(
    makeKey(SYSTEM, makeKeyInput.parse({ role: 'office', officeId: office.id, name: 'bench' }), ctx),
  );
  return { productId: product.id, apiKey: key ?? '' };
}

/** Issues a batch with all stamps active. Makes a lot for it if `lotId` is absent. */
export async function issueForBench(
  registry: BenchRegistry,
  quantity: number,
  ctx: ActionContext,
  { lotId, pin }: { lotId?: Id; pin?: boolean } = {},
): Promise<OpenBatch> {
  if (lotId !== undefined) return doneBy(issueBatch(SYSTEM, issueBatchInput.parse({ lotId, quantity }), ctx));
  const producedOn = ctx.now().toISOString().slice(0, 10);
  lots += 1;
  const input = issueBatchInput.parse({
    productId: registry.productId,
    lot: `L-${lots}`,
    producedOn,
    expiresOn: `${Number(producedOn.slice(0, 4)) + 1}-12-31`,
    quantity,
    pin,
  });
  return doneBy(issueBatch(SYSTEM, input, ctx));
}
let lots = 0;

/** Passes all codes of a batch to `write`: 18 bytes each, without separators. */
export async function writeCodes(
  ctx: ActionContext,
  { id, quantity }: OpenBatch,
  write: (codes: Uint8Array) => void,
): Promise<void> {
  const batch = await ctx.store.batches.get(id);
  if (batch === null) throw new Error(`batch ${id} is gone`);
  const keys = keysOf(ctx, batch);
  const bytes = new Uint8Array(CHUNK_CODES * CODE_BYTES);
  for (let from = 1; from <= quantity; from += CHUNK_CODES) {
    write(bytes.subarray(0, keys.writeCodes(from, Math.min(quantity, from + CHUNK_CODES - 1), bytes)));
  }
}
