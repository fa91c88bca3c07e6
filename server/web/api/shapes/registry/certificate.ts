// What the API shows of a certificate, with its state on the day it is read.

import { z } from 'zod';
import {
  certificateState,
  CERTIFICATE_SCHEMES,
  CERTIFICATE_STATES,
  type Certificate,
} from '../../../../domain/registry/certificate.ts';
import type { Day } from '../../../../domain/entity.ts';
import { dayShape, entityShape, viewOf } from '../../shapes.ts';

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
  })
  .meta({ id: 'Certificate' });

/** @param today the day in TIME_ZONE that the state is of */
export function certificateView(certificate: Certificate, today: Day): z.input<typeof certificateShape> {
  const { extension, revocation } = certificate;
  return viewOf(certificateShape, certificate, {
    // One and two stars get no certificate (certificateFaults).
    stars: certificate.stars as 3 | 4 | 5 | null,
    extendedTo: extension?.to ?? null,
    evidence: extension?.evidence ?? null,
    revokedOn: revocation?.on ?? null,
    reason: revocation?.reason ?? null,
    state: certificateState(certificate, today),
  });
}
