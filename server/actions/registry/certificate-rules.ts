// The fields of a certificate's record and the rules between them. OCOP stars come from the evaluation it rests on. An
// old certificate that was taken over without an evaluation states its stars and is marked as imported.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import { certificateFaults, type Certificate, type CertificateFault } from '../../domain/registry/certificate.ts';
import type { Day, Id } from '../../domain/entity.ts';
import type { Stars } from '../../domain/registry/evaluation.ts';
import { fail, fieldProblem, ok, type Result } from '../../domain/problem.ts';
import type { ActionContext } from '../kit/context.ts';
import { day, id, text } from '../kit/fields.ts';
import type { WithoutUndefined } from '../kit/without-undefined.ts';
import { reachInBody } from '../kit/reach.ts';

/** The fields of the inputs for making and changing. */
export const certificateFields = {
  evaluationId: id.nullable(),
  stars: z.literal([3, 4, 5]).nullable(),
  number: text(80),
  issuer: text(160),
  issuedOn: day,
  expiresOn: day.nullable(),
  extendedTo: day.nullable(),
  evidence: text(600, true).nullable(),
  revokedOn: day.nullable(),
  reason: text(600, true).nullable(),
};

/** Fields that only make sense together. */
interface Pairs {
  extendedTo?: string | null;
  evidence?: string | null;
  revokedOn?: string | null;
  reason?: string | null;
}

/** Extension and revocation as stored. A pair of nulls removes one; a pair left out keeps it. */
export function pairsOf(
  change: WithoutUndefined<Pairs>,
  before: Pick<Certificate, 'extension' | 'revocation'>,
): Result<Pick<Certificate, 'extension' | 'revocation'>> {
  const extension = pairOf(change.extendedTo, change.evidence, ['extendedTo', 'evidence']);
  if (!extension.ok) return extension;
  const revocation = pairOf(change.revokedOn, change.reason, ['revokedOn', 'reason']);
  if (!revocation.ok) return revocation;
  return ok({
    extension:
      extension.value === undefined ? before.extension : asPair(extension.value, (to, evidence) => ({ to, evidence })),
    revocation:
      revocation.value === undefined ? before.revocation : asPair(revocation.value, (on, reason) => ({ on, reason })),
  });
}

/**
 * Stars of an OCOP certificate: of the evaluation it rests on (of the same product), or as stated; other schemes have
 * no stars.
 */
export async function ratingFor(
  actor: Actor,
  certificate: Pick<Certificate, 'scheme' | 'productId' | 'evaluationId'> & {
    stars: Stars | null | undefined;
    /** Checked against the council's day; null: neither the day nor the evaluation changes. */
    issuedOn: Day | null;
  },
  ctx: ActionContext,
): Promise<Result<Pick<Certificate, 'stars' | 'imported'>>> {
  const { scheme, productId, evaluationId, issuedOn, stars = null } = certificate;
  if (scheme !== 'ocop' || evaluationId === null) return ok({ stars, imported: scheme === 'ocop' });
  const found = await reachInBody(ctx.store.evaluations, actor, 'read-registry', evaluationId, 'evaluationId');
  if (!found.ok) return found;
  const evaluation = found.value.doc;
  if (evaluation.productId !== productId) {
    return fieldProblem('invalid', 'evaluationId', 'other-product', 'This evaluation is of another product.');
  }
  if (issuedOn !== null && issuedOn < evaluation.heldOn) {
    return fieldProblem('invalid', 'issuedOn', 'before-council', `The council met on ${evaluation.heldOn}.`);
  }
  if (stars !== null && stars !== evaluation.stars) {
    return fieldProblem('invalid', 'stars', 'not-as-evaluated', `The evaluation gives ${evaluation.stars} stars.`);
  }
  return ok({ stars: evaluation.stars, imported: false });
}

/** Every rule that the certificate breaks, at the field of the input. */
export function checkCertificate(certificate: Certificate): Result<null> {
  const faults = certificateFaults(certificate);
  if (faults.length === 0) return ok(null);
  const errors = faults.map(({ field, code }) => {
    // A fault of computed stars is reported at the evaluation.
    const path = field === 'stars' && certificate.evaluationId !== null ? 'evaluationId' : field;
    return { path: [path], code, message: MESSAGES[code] };
  });
  return fail('invalid', 'This cannot be a certificate; see "errors".', { errors });
}

const MESSAGES: Readonly<Record<CertificateFault['code'], string>> = {
  required: 'is needed for this scheme',
  'not-for-scheme': 'is for OCOP certificates only',
  'too-few-stars': 'must be 3 stars or more: one and two stars get no certificate',
  'before-issue': 'lies before the day of issue',
  'no-end-to-extend': 'cannot extend a certificate without an end',
  'not-after-end': 'must lie after the last day in force',
  'extension-too-long': 'lies more than 180 days after the last day in force',
};

type Pair = readonly [first: string, second: string] | readonly [null, null];

function pairOf(
  first: string | null | undefined,
  second: string | null | undefined,
  names: readonly [string, string],
): Result<Pair | undefined> {
  if (first === undefined && second === undefined) return ok(undefined);
  if (typeof first === 'string' && typeof second === 'string') return ok([first, second]);
  if ((first ?? null) === null && (second ?? null) === null) return ok([null, null]);
  return fieldProblem(
    'invalid',
    typeof first === 'string' ? names[1] : names[0],
    'required',
    `Send ${names[0]} and ${names[1]} together.`,
  );
}

function asPair<T>(pair: Pair, build: (first: string, second: string) => T): T | null {
  return pair[0] === null ? null : build(pair[0], pair[1]);
}

/** The owner of a certificate: one product, or a producer with all its products. */
export interface CertificateOwner {
  officeId: Id;
  producerId: Id;
  productId: Id | null;
}
