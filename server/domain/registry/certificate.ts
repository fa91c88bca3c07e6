// A certificate of a product or of a producer, and whether it is in force on a day. Stars are public only through an
// OCOP certificate of three stars or more; whether it is in force never changes a stamp's verdict (DESIGN §3). No other
// file compares a certificate's days (docs/decisions/0028-in-force.md).

import { addDays, addMonths, daysBetween } from '../calendar.ts';
import type { Day, Entity, Id } from '../entity.ts';
import type { Stars } from './evaluation.ts';
import type { Proof } from './proof.ts';

export const CERTIFICATE_SCHEMES = [
  'ocop',
  'vietgap',
  'globalgap',
  'organic',
  'haccp',
  'iso22000',
  'food-safety',
  'trademark',
  'geographical-indication',
  'other',
] as const;
export type CertificateScheme = (typeof CERTIFICATE_SCHEMES)[number];

/** `upcoming`: its day of issue is in the future. It is shown to the office and in the API, never to buyers. */
export const CERTIFICATE_STATES = ['upcoming', 'valid', 'extended', 'expired', 'revoked'] as const;
export type CertificateState = (typeof CERTIFICATE_STATES)[number];
/** The states that buyers see. */
export type PublicCertificateState = Exclude<CertificateState, 'upcoming'>;
/** What decides whether a certificate is in force. */
type Term = Pick<Certificate, 'issuedOn' | 'expiresOn' | 'extension' | 'revocation'>;

export interface Certificate extends Entity {
  officeId: Id;
  producerId: Id;
  /** Null: the certificate is the producer's and covers all its products. */
  productId: Id | null;
  scheme: CertificateScheme;
  /** OCOP only: 3 to 5. */
  stars: Stars | null;
  /** OCOP only; null: an old certificate that was taken over without its evaluation. */
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
  /** Its paper, as buyers see it; absent in certificates of before version 1.2. */
  proofs?: readonly Proof[];
}

/** Decision 26/2026/QĐ-TTg art. 4. */
const OCOP_MONTHS = 36;
/** Decision 26/2026/QĐ-TTg art. 12.3. */
export const EXTENSION_DAYS_MAX = 180;
/** From this number of stars on a certificate exists and its stars are public. */
export const PUBLIC_STARS_MIN = 3;

/** A rule that a certificate breaks, and the field that it is about. */
export interface CertificateFault {
  field: 'productId' | 'stars' | 'evaluationId' | 'expiresOn' | 'extendedTo' | 'revokedOn';
  code:
    | 'required'
    | 'not-for-scheme'
    | 'too-few-stars'
    | 'before-issue'
    | 'no-end-to-extend'
    | 'not-after-end'
    | 'extension-too-long';
}

/**
 * The last day in force of an OCOP certificate: the day before the same date 36 months later. If that month lacks the
 * date, its last day takes its place.
 * Issued 2025-01-15: 2028-01-14. Issued 2024-02-29: the date becomes 2027-02-28, which gives 2027-02-27, the same as
 * for a certificate issued a day earlier.
 */
export function ocopExpiry(issuedOn: Day): Day {
  return addDays(addMonths(issuedOn, OCOP_MONTHS), -1);
}

/**
 * The state on a day. A certificate that was revoked after its end is `expired` until the day of the revocation, and
 * `revoked` from then on.
 */
export function certificateState(certificate: Term, day: Day): CertificateState {
  const { issuedOn, revocation, expiresOn, extension } = certificate;
  if (day < issuedOn) return 'upcoming';
  if (revocation !== null && day >= revocation.on) return 'revoked';
  if (expiresOn === null || day <= expiresOn) return 'valid';
  return extension !== null && day <= extension.to ? 'extended' : 'expired';
}

/** Whether it is in force on a day: issued by then, and valid or extended. */
export function inForce(certificate: Term, day: Day): boolean {
  return isInForceState(certificateState(certificate, day));
}

/** Whether a state means that the certificate is in force. */
export function isInForceState(state: CertificateState): boolean {
  return state === 'valid' || state === 'extended';
}

/**
 * The last day in force, with its extension and revocation (also a future one) taken into account; null: no end. A
 * certificate that was revoked from its day of issue was never in force: the answer is the day before.
 */
export function lastDayInForce(certificate: Pick<Certificate, 'expiresOn' | 'extension' | 'revocation'>): Day | null {
  const { revocation, expiresOn, extension } = certificate;
  const end = extension?.to ?? expiresOn;
  if (revocation === null) return end;
  const lastBefore = addDays(revocation.on, -1);
  return end === null || lastBefore < end ? lastBefore : end;
}

/** Days left in force from a day on. 0: it is the last day; negative: out of force since then; null: no end. */
export function daysLeft(certificate: Certificate, day: Day): number | null {
  const last = lastDayInForce(certificate);
  return last === null ? null : daysBetween(day, last);
}

/**
 * The rules that a certificate breaks; empty if it is sound. Checks what OCOP requires, the order of its days and the
 * bound of an extension.
 */
export function certificateFaults(
  certificate: Pick<
    Certificate,
    'scheme' | 'productId' | 'stars' | 'evaluationId' | 'issuedOn' | 'expiresOn' | 'extension' | 'revocation'
  >,
): CertificateFault[] {
  const { scheme, productId, stars, evaluationId, issuedOn, expiresOn, extension, revocation } = certificate;
  const faults: CertificateFault[] = [];
  if (scheme === 'ocop') {
    if (productId === null) faults.push({ field: 'productId', code: 'required' });
    if (stars === null) faults.push({ field: 'stars', code: 'required' });
    else if (stars < PUBLIC_STARS_MIN) faults.push({ field: 'stars', code: 'too-few-stars' });
    if (expiresOn === null) faults.push({ field: 'expiresOn', code: 'required' });
  } else {
    if (stars !== null) faults.push({ field: 'stars', code: 'not-for-scheme' });
    if (evaluationId !== null) faults.push({ field: 'evaluationId', code: 'not-for-scheme' });
  }
  if (expiresOn !== null && expiresOn < issuedOn) faults.push({ field: 'expiresOn', code: 'before-issue' });
  if (extension !== null) {
    if (expiresOn === null) faults.push({ field: 'extendedTo', code: 'no-end-to-extend' });
    else if (extension.to <= expiresOn) faults.push({ field: 'extendedTo', code: 'not-after-end' });
    else if (extension.to > addDays(expiresOn, EXTENSION_DAYS_MAX))
      faults.push({ field: 'extendedTo', code: 'extension-too-long' });
  }
  if (revocation !== null && revocation.on < issuedOn) faults.push({ field: 'revokedOn', code: 'before-issue' });
  return faults;
}

/**
 * A product's rating as the public page shows it (CONTRACT §4). Whether it is in force today and whether it was in
 * force on the packing day are answered separately.
 */
export interface PublicRating {
  scheme: 'ocop';
  stars: Stars;
  /** The certificate's number. */
  certificate: string;
  issuer: string;
  issuedOn: Day;
  /** The last day in force; null: no end. */
  expiresOn: Day | null;
  state: PublicCertificateState;
  /**
   * Whether the product had these stars on the day it was packed, by this certificate or another; null: there is no
   * packing day.
   */
  inForceOnPacking: boolean | null;
}

/** The fields that decide a product's rating. */
export type RatingPaper = Term & Pick<Certificate, 'id' | 'createdAt' | 'productId' | 'scheme' | 'stars'>;

/**
 * The OCOP certificate that a product's rating rests on: the newest in force on a day, else the newest issued by then,
 * lapsed or revoked; null if the product had none by then. Each certificate keeps its own term, so an older one applies
 * again if a newer one was revoked. Stars may be printed while it is in force.
 */
export function ratingOf<P extends RatingPaper>(certificates: readonly P[], productId: Id, day: Day): P | null {
  return (
    ratingsOn(
      certificates.filter((certificate) => certificate.productId === productId),
      day,
    ).get(productId) ?? null
  );
}

/** The same for every product that had one by the day. */
export function ratingsOn<P extends RatingPaper>(certificates: readonly P[], day: Day): Map<Id, P> {
  const found = new Map<Id, P>();
  for (const one of certificates) {
    if (!isRating(one) || !isIssued(one, day)) continue;
    const before = found.get(one.productId);
    if (before === undefined || restsOn(one, before, day)) found.set(one.productId, one);
  }
  return found;
}

/** Whether it exists for anyone but the office: its day of issue has come. */
function isIssued(certificate: Term, day: Day): boolean {
  return certificateState(certificate, day) !== 'upcoming';
}

/**
 * The rating as the public page shows it.
 * @param packingDay the lot's production day; null if there is none
 */
export function publicRatingOf(
  certificates: readonly Certificate[],
  productId: Id,
  day: Day,
  packingDay: Day | null,
): PublicRating | null {
  const shown = ratingOf(certificates, productId, day);
  if (shown === null || shown.stars === null) return null;
  const state = certificateState(shown, day);
  if (state === 'upcoming') return null;
  const { stars, number, issuer, issuedOn } = shown;
  const held = (on: Day): boolean =>
    certificates.some(
      (other) =>
        isRating(other) &&
        other.productId === productId &&
        other.stars === stars &&
        isIssued(other, day) &&
        inForce(other, on),
    );
  return {
    scheme: 'ocop',
    stars,
    certificate: number,
    issuer,
    issuedOn,
    expiresOn: lastDayInForce(shown),
    state,
    inForceOnPacking: packingDay === null ? null : held(packingDay),
  };
}

/** Whether it gives its product public stars while it is in force. */
export function isRating<P extends Pick<Certificate, 'scheme' | 'productId' | 'stars'>>(
  certificate: P,
): certificate is P & { productId: Id } {
  return (
    certificate.scheme === 'ocop' && certificate.productId !== null && (certificate.stars ?? 0) >= PUBLIC_STARS_MIN
  );
}

/** Sort order: in force before out of force, then by day of issue, then by when it was recorded. */
function restsOn(one: RatingPaper, before: RatingPaper, day: Day): boolean {
  const [isIn, wasIn] = [inForce(one, day), inForce(before, day)];
  if (isIn !== wasIn) return isIn;
  const key = ({ issuedOn, createdAt, id }: RatingPaper): string => `${issuedOn} ${createdAt} ${id}`;
  return key(one) > key(before);
}
