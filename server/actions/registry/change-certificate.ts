// Changes a certificate: corrects it, extends it by hand with evidence, revokes it, or undoes either. Its owner and
// scheme never change, because that would be another certificate. A producer asks; the office decides.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Day, Id } from '../../domain/entity.ts';
import { ocopExpiry, type Certificate } from '../../domain/registry/certificate.ts';
import { certificateFields, checkCertificate, pairsOf, ratingFor } from './certificate-rules.ts';
import { changeRecord } from '../kit/change-record.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { withoutUndefined } from '../kit/without-undefined.ts';
import { reach } from '../kit/reach.ts';
import { nextVersion } from '../kit/save.ts';

export const changeCertificateInput = z.strictObject(certificateFields).partial();

/** @param input `version` is the version that the caller read */
export async function changeCertificate(
  actor: Actor,
  input: { id: Id; version: number; change: z.output<typeof changeCertificateInput> },
  ctx: ActionContext,
): Promise<Outcome<Certificate>> {
  const found = await reach(ctx.store.certificates, actor, 'change-registry', input.id);
  if (!found.ok) return found;
  const { doc: before, mustAsk } = found.value;
  const change = withoutUndefined(input.change);
  const {
    evaluationId = before.evaluationId,
    number = before.number,
    issuer = before.issuer,
    issuedOn = before.issuedOn,
  } = change;
  const expiresOn = change.expiresOn === undefined ? expiryAfter(before, issuedOn) : change.expiresOn;
  // Stars follow the evaluation. Without one, the recorded stars stay.
  const stars = change.stars ?? (evaluationId === null ? before.stars : undefined);
  const rating = await ratingFor(
    actor,
    {
      scheme: before.scheme,
      productId: before.productId,
      evaluationId,
      stars,
      issuedOn: issuedOn === before.issuedOn && evaluationId === before.evaluationId ? null : issuedOn,
    },
    ctx,
  );
  if (!rating.ok) return rating;
  const pairs = pairsOf(change, before);
  if (!pairs.ok) return pairs;
  const after = nextVersion(ctx, before, {
    ...rating.value,
    evaluationId,
    number,
    issuer,
    issuedOn,
    expiresOn,
    ...pairs.value,
  });
  const sound = checkCertificate(after);
  if (!sound.ok) return sound;
  return changeRecord(ctx, actor, {
    collection: 'certificates',
    before,
    after,
    version: input.version,
    action: 'change-certificate',
    ask: mustAsk ? { officeId: before.officeId, producerId: before.producerId, input: change } : null,
  });
}

/** An end that was computed from the day of issue follows it; one that was written by hand stays. */
function expiryAfter({ scheme, issuedOn: before, expiresOn }: Certificate, issuedOn: Day): Day | null {
  const wasComputed = scheme === 'ocop' && expiresOn === ocopExpiry(before);
  return wasComputed ? ocopExpiry(issuedOn) : expiresOn;
}
