// Records a certificate of a product or of a producer. A producer asks; the office decides.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import { CERTIFICATE_SCHEMES, ocopExpiry, type Certificate } from '../../domain/registry/certificate.ts';
import { fieldProblem, ok, type Result } from '../../domain/problem.ts';
import { askOffice } from '../kit/ask.ts';
import { certificateFields, checkCertificate, pairsOf, ratingFor, type CertificateOwner } from './certificate-rules.ts';
import { takenAs, writtenAlike } from '../kit/written-alike.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { id } from '../kit/fields.ts';
import { reachInBody } from '../kit/reach.ts';
import { reachProducerInBody } from '../kit/reach-producer.ts';
import { newEntity, saveNew } from '../kit/save.ts';

export const makeCertificateInput = z.strictObject({
  productId: id.optional(),
  producerId: id.optional(),
  scheme: z.enum(CERTIFICATE_SCHEMES),
  evaluationId: certificateFields.evaluationId.default(null),
  stars: certificateFields.stars.default(null),
  number: certificateFields.number,
  issuer: certificateFields.issuer,
  issuedOn: certificateFields.issuedOn,
  /** If left out, an OCOP certificate lasts 36 months. */
  expiresOn: certificateFields.expiresOn.optional(),
  extendedTo: certificateFields.extendedTo.default(null),
  evidence: certificateFields.evidence.default(null),
  revokedOn: certificateFields.revokedOn.default(null),
  reason: certificateFields.reason.default(null),
});
type CertificateInput = z.output<typeof makeCertificateInput>;

export async function makeCertificate(
  actor: Actor,
  input: CertificateInput,
  ctx: ActionContext,
): Promise<Outcome<Certificate>> {
  const found = await ownerOf(actor, input, ctx);
  if (!found.ok) return found;
  const { owner, mustAsk } = found.value;
  const { scheme, evaluationId, number, issuer, issuedOn } = input;
  const { productId } = owner;
  const rating = await ratingFor(actor, { scheme, productId, evaluationId, stars: input.stars, issuedOn }, ctx);
  if (!rating.ok) return rating;
  const pairs = pairsOf(input, { extension: null, revocation: null });
  if (!pairs.ok) return pairs;
  const expiresOn = input.expiresOn === undefined ? (scheme === 'ocop' ? ocopExpiry(issuedOn) : null) : input.expiresOn;
  const doc: Certificate = {
    ...newEntity(ctx),
    ...owner,
    scheme,
    ...rating.value,
    evaluationId,
    number,
    issuer,
    issuedOn,
    expiresOn,
    ...pairs.value,
  };
  const sound = checkCertificate(doc);
  if (!sound.ok) return sound;
  const others = owner.productId === null ? { producerId: owner.producerId } : { productId: owner.productId };
  const { same } = await writtenAlike(ctx.store.certificates, others, number, (one) => one.number);
  const twin = same.find((one) => one.scheme === scheme && one.number !== number);
  if (twin !== undefined) return takenAs('number', twin.number);
  if (mustAsk) {
    const { officeId, producerId } = owner;
    return askOffice(ctx, actor, {
      officeId,
      producerId,
      action: 'make-certificate',
      subject: null,
      input,
      before: null,
    });
  }
  return saveNew(ctx, actor, { collection: 'certificates', doc, action: 'make-certificate', answer: doc });
}

async function ownerOf(
  actor: Actor,
  { productId, producerId }: CertificateInput,
  ctx: ActionContext,
): Promise<Result<{ owner: CertificateOwner; mustAsk: boolean }>> {
  if (productId !== undefined && producerId !== undefined) {
    return fieldProblem(
      'invalid',
      'producerId',
      'one-of',
      'A certificate is of a product or of a producer: send one of them.',
    );
  }
  if (productId !== undefined) {
    const found = await reachInBody(ctx.store.products, actor, 'change-registry', productId, 'productId');
    if (!found.ok) return found;
    const { doc: product, mustAsk } = found.value;
    return ok({ owner: { officeId: product.officeId, producerId: product.producerId, productId }, mustAsk });
  }
  const found = await reachProducerInBody(actor, 'change-registry', producerId, ctx);
  if (!found.ok) return found;
  const { doc: producer, mustAsk } = found.value;
  return ok({ owner: { officeId: producer.officeId, producerId: producer.id, productId: null }, mustAsk });
}
