// What the API shows of a certificate, with its state on the day it is read.

import { z } from 'zod';
import {
  certificateState,
  lastDayInForce,
  CERTIFICATE_SCHEMES,
  CERTIFICATE_STATES,
  type Certificate,
} from '../../../../domain/registry/certificate.ts';
import type { Day } from '../../../../domain/entity.ts';
import { dayShape, entityShape, viewOf } from '../../shapes.ts';

/** Shown if one certificate is read, changed or requested, never in lists. */
export const otherRatingsShape = z
  .array(
    z.strictObject({
      id: z.string(),
      number: z.string(),
      stars: z.literal([3, 4, 5]).nullable(),
      lastDay: dayShape.nullable(),
    }),
  )
  .optional()
  .meta({
    description:
      'Other OCOP certificates of the product that may give it stars today or later, newest first: its stars rest on ' +
      'one of these where this one is revoked, unless each is revoked by itself. Answers about one record alone have it.',
  });

/** Left out if there is nothing to tell. */
export function otherRatingsView(others: readonly Certificate[] = []): z.input<typeof otherRatingsShape> {
  if (others.length === 0) return undefined;
  return others.map((other) => ({
    id: other.id,
    number: other.number,
    stars: other.stars as 3 | 4 | 5 | null,
    lastDay: lastDayInForce(other),
  }));
}

export const certificateShape = z
  .strictObject({
    ...entityShape,
    officeId: z.string(),
    producerId: z.string(),
    productId: z.string().nullable(),
    scheme: z.enum(CERTIFICATE_SCHEMES),
    stars: z.literal([3, 4, 5]).nullable(),
    evaluationId: z.string().nullable(),
    imported: z.boolean(),
    number: z.string(),
    issuer: z.string(),
    issuedOn: dayShape,
    expiresOn: dayShape.nullable(),
    extendedTo: dayShape.nullable(),
    evidence: z.string().nullable(),
    revokedOn: dayShape.nullable(),
    reason: z.string().nullable(),
    state: z.enum(CERTIFICATE_STATES),
    otherRatings: otherRatingsShape,
  })
  .meta({ id: 'Certificate' });

/**
 * @param today the day in TIME_ZONE for which the state is shown
 * @param others certificates of the product; left out in lists
 */
export function certificateView(
  certificate: Certificate,
  today: Day,
  others?: readonly Certificate[],
): z.input<typeof certificateShape> {
  const { extension, revocation } = certificate;
  return viewOf(certificateShape, certificate, {
    // One and two stars get no certificate (certificateFaults).
    stars: certificate.stars as 3 | 4 | 5 | null,
    extendedTo: extension?.to ?? null,
    evidence: extension?.evidence ?? null,
    revokedOn: revocation?.on ?? null,
    reason: revocation?.reason ?? null,
    state: certificateState(certificate, today),
    otherRatings: otherRatingsView(others),
  });
}
