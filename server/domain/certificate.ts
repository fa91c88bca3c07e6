// A certificate of a product or of a producer, and whether it is in force on a day.

import type { Day, Entity, Id } from './entity.ts';
import type { Stars } from './evaluation.ts';

export const CERTIFICATE_SCHEMES = [
  'ocop', 'vietgap', 'globalgap', 'organic', 'haccp', 'iso22000', 'food-safety', 'trademark', 'geographical-indication', 'other',
] as const;
export type CertificateScheme = (typeof CERTIFICATE_SCHEMES)[number];

export type CertificateState = 'valid' | 'extended' | 'expired' | 'revoked';

export interface Certificate extends Entity {
  officeId: Id;
  producerId: Id;
  /** Null: the certificate is the producer's and covers all its products. */
  productId: Id | null;
  scheme: CertificateScheme;
  /** OCOP only: 3 to 5. */
  stars: Stars | null;
  /** OCOP only: null is an old certificate taken over without its evaluation. */
  evaluationId: Id | null;
  imported: boolean;
  number: string;
  issuer: string;
  issuedOn: Day;
  /** Last day in force; null: no end. */
  expiresOn: Day | null;
  /** Extended by hand with evidence, at most 180 days past expiresOn (Decision 26/2026 art. 12.3). */
  extension: { to: Day; evidence: string } | null;
  /** Out of force from that day on. */
  revocation: { on: Day; reason: string } | null;
}
