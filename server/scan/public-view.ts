// What the public may see of one stamp: the JSON body of CONTRACT §4 and the finished values that the page adds. One
// pure function makes both, so that JSON and page never disagree and what must not be shown is left out in one place.

import type { BatchKind, VoidReason } from '../domain/batches/batch.ts';
import { dayIn, daysBetween } from '../domain/calendar.ts';
import {
  certificateState,
  isInForceState,
  lastDayInForce,
  publicRatingOf,
  type Certificate,
  type CertificateScheme,
  type PublicCertificateState,
  type PublicRating,
} from '../domain/registry/certificate.ts';
import type { BilingualText, Day, Id, Instant } from '../domain/entity.ts';
import type { Stars } from '../domain/registry/evaluation.ts';
import type { Lot, LotEvent } from '../domain/lots/lot.ts';
import type { Address } from '../domain/places.ts';
import { hostOf } from '../domain/stamp/stamp-address.ts';
import type { Recall, RecallScope } from '../domain/recalls/recall.ts';
import { formatStampCode } from '../domain/stamp/stamp-code.ts';
import type { BatchFacts, StampFacts } from '../domain/stamp/stamp-facts.ts';
import type { Suspicion } from '../domain/stamp/suspect.ts';
import type { Verdict } from '../domain/stamp/verdict.ts';
import type { Language } from '../domain/language.ts';
import { localMoment, type LocalMoment } from './local-moment.ts';
import type { Look } from './look.ts';
import {
  shownEvent,
  shownOffice,
  shownPhoto,
  shownProducer,
  shownProduct,
  shownProofs,
  type ShownEvent,
  type ShownPhoto,
  type ShownProducer,
  type ShownProduct,
  type ShownProof,
} from './shown-record.ts';

export type StampVerdict = Exclude<Verdict, 'unknown'>;

export interface ShownCertificate {
  scheme: CertificateScheme;
  number: string;
  issuer: string;
  issuedOn: Day;
  /** Last day in force, including extension and revocation; null: no end. */
  expiresOn: Day | null;
  state: PublicCertificateState;
  /** Its paper, where the office lets buyers see it. */
  proofs?: ShownProof[];
}

/** CONTRACT §4, key by key. */
export interface LookUpAnswer {
  verdict: StampVerdict;
  also: StampVerdict[];
  display: boolean;
  code: string;
  serial: number;
  scans: Look['scans'];
  product: ShownProduct | null;
  producer: ShownProducer;
  origin: Address | null;
  office: {
    name: string;
    phone: string | null;
    /** A path below this service's address; absent: it has none. */
    emblem?: string;
  };
  rating: PublicRating | null;
  certificates: ShownCertificate[];
  batch: { id: Id; kind: BatchKind };
  lot: {
    id: Id;
    number: string;
    producedOn: Day | null;
    expiresOn: Day | null;
    correctedOn: Day | null;
    /** Its test results, where the office lets buyers see them. */
    proofs?: ShownProof[];
  } | null;
  journey: ShownEvent[];
  recall: { reason: string; advice: string; at: Instant } | null;
  updatedAt: Instant;
}

export interface PublicView {
  answer: LookUpAnswer;
  /** Finished values that only the page shows. */
  page: {
    today: Day;
    /** `https://host[:port]` and host as printed on the stamp. */
    origin: string;
    host: string;
    quantity: number;
    plaque: boolean;
    /** Nothing is recorded of any print of its batch. */
    unprinted: boolean;
    /** Activated for a lot, or a plaque. */
    active: boolean;
    /** The stamp has a scratch-off PIN. */
    pin: boolean;
    /** 1 to 26 (Decision 26/2026 annex I), for the picture of a product without a photograph. */
    productSet: number | null;
    photo: ShownPhoto | null;
    suspicion: Suspicion | null;
    voided: { reason: VoidReason; on: Day } | null;
    recall: { scope: RecallScope['kind']; on: Day } | null;
    /** Days until best before; negative: past; null: unknown. */
    daysLeft: number | null;
    /** How many there are beyond those. */
    certificatesLeft: number;
    /** As `answer.certificates`, in the same order. */
    certificates: {
      stars: Stars | null;
      revokedOn: Day | null;
      /** 0 at issue, 1 at expiry; null: no end. */ elapsed: number | null;
    }[];
    /** As `answer.journey`. */
    journey: (LocalMoment & { photo: ShownPhoto | null })[];
    updated: LocalMoment;
    /** Whether recall texts are in the page's language. */
    recallInLanguage: boolean;
  };
}

export interface Judgement {
  verdict: StampVerdict;
  also: StampVerdict[];
  display: boolean;
  suspicion: Suspicion | null;
}

/** Most certificates on one page. */
const CERTIFICATES_MAX = 20;

/**
 * The public view of one stamp.
 *
 * A stamp that is not activated shows neither lot, rating, certificates, journey nor scans; one of a blank batch
 * neither product nor origin. A void stamp shows everything except its journey. A telephone is shown only if consent is
 * recorded.
 */
export function publicView(
  facts: BatchFacts,
  stamp: StampFacts,
  judgement: Judgement,
  look: Look,
  seen: { today: Day; timeZone: string; language: Language },
): PublicView {
  const active = stamp.plaque || stamp.activation !== null;
  const { product, recall } = stamp;
  const lot = active ? stamp.lot : null;
  const allCertificates =
    active && product !== null ? certificatesToShow(facts.certificates, product.id, seen.today) : [];
  const shownCertificates = allCertificates.slice(0, CERTIFICATES_MAX);
  const events = active && lot !== null && stamp.voided === null ? publicEvents(lot) : [];
  const updatedAt = latestOf([
    facts.producer,
    facts.office,
    product,
    lot,
    recall,
    ...shownCertificates.map(({ certificate }) => certificate),
  ]);

  return {
    answer: {
      verdict: judgement.verdict,
      also: judgement.also,
      display: judgement.display,
      code: formatStampCode(look.code),
      serial: look.serial,
      scans: active ? look.scans : null,
      product: product === null ? null : shownProduct(product),
      producer: shownProducer(facts.producer),
      origin: product === null ? null : (product.origin ?? facts.producer.address),
      office: shownOffice(facts.office),
      rating:
        active && product !== null
          ? publicRatingOf(facts.certificates, product.id, seen.today, lot?.producedOn ?? null)
          : null,
      certificates: shownCertificates.map((one) => shownCertificate(one, seen.timeZone)),
      batch: { id: facts.batch.id, kind: facts.batch.kind },
      lot: lot === null ? null : shownLot(lot, seen.timeZone),
      journey: events.map((event) => shownEvent(event, seen.timeZone)),
      recall: recall === null ? null : shownRecall(recall, seen.language),
      updatedAt,
    },
    page: {
      today: seen.today,
      origin: facts.batch.origin,
      host: hostOf(facts.batch.origin),
      quantity: facts.batch.quantity,
      plaque: stamp.plaque,
      unprinted: facts.batch.printed.length === 0,
      active,
      pin: facts.batch.pin,
      productSet: stamp.product?.productSet ?? null,
      photo: stamp.product === null ? null : shownPhoto(stamp.product),
      suspicion: judgement.suspicion,
      voided: stamp.voided === null ? null : { reason: stamp.voided.reason, on: dayIn(seen.timeZone, stamp.voided.at) },
      recall: recall === null ? null : { scope: recall.scope.kind, on: dayIn(seen.timeZone, recall.at) },
      daysLeft: lot?.expiresOn == null ? null : daysBetween(seen.today, lot.expiresOn),
      certificatesLeft: allCertificates.length - shownCertificates.length,
      certificates: shownCertificates.map(({ certificate }) => ({
        stars: certificate.stars,
        revokedOn: certificate.revocation?.on ?? null,
        elapsed: elapsedOf(certificate, seen.today),
      })),
      journey: events.map((event) => {
        const { at, day = null } = event;
        const moment = day === null ? localMoment(at, seen.timeZone) : { on: day, time: null };
        return { ...moment, photo: shownPhoto(event) };
      }),
      updated: localMoment(updatedAt, seen.timeZone),
      recallInLanguage:
        recall === null || seen.language === 'vi' || (recall.reason.en !== null && recall.advice.en !== null),
    },
  };
}

interface CertificateToday {
  certificate: Certificate;
  state: PublicCertificateState;
}

/**
 * Certificates in force first, then those that were revoked, then for a scheme without any in force those that lapsed;
 * among them the rating first, then the newest. A certificate is not shown before its day of issue.
 */
function certificatesToShow(certificates: readonly Certificate[], productId: Id, today: Day): CertificateToday[] {
  const own = certificates
    .filter((certificate) => certificate.productId === null || certificate.productId === productId)
    .map((certificate) => ({ certificate, state: certificateState(certificate, today) }))
    .filter((one): one is CertificateToday => one.state !== 'upcoming');
  const schemesInForce = new Set(
    own.filter(({ state }) => isInForceState(state)).map(({ certificate }) => certificate.scheme),
  );
  const rank = (state: PublicCertificateState): number => (isInForceState(state) ? 0 : state === 'revoked' ? 1 : 2);
  return own
    .filter(({ certificate, state }) => state !== 'expired' || !schemesInForce.has(certificate.scheme))
    .toSorted(
      ({ certificate: a, state: stateA }, { certificate: b, state: stateB }) =>
        rank(stateA) - rank(stateB) ||
        Number(b.scheme === 'ocop') - Number(a.scheme === 'ocop') ||
        (a.issuedOn < b.issuedOn ? 1 : -1),
    );
}

function shownCertificate({ certificate, state }: CertificateToday, timeZone: string): ShownCertificate {
  const { scheme, number, issuer, issuedOn } = certificate;
  const proofs = shownProofs(certificate.proofs, timeZone);
  return { scheme, number, issuer, issuedOn, expiresOn: lastDayInForce(certificate), state, ...proofs };
}

function elapsedOf(certificate: Certificate, today: Day): number | null {
  const last = lastDayInForce(certificate);
  if (last === null) return null;
  const whole = daysBetween(certificate.issuedOn, last);
  return whole <= 0 ? 1 : Math.min(1, Math.max(0, daysBetween(certificate.issuedOn, today) / whole));
}

function shownLot(lot: Lot, timeZone: string): LookUpAnswer['lot'] {
  const correctedOn = lot.correctedAt === null ? null : dayIn(timeZone, lot.correctedAt);
  const { id, number, producedOn, expiresOn, proofs } = lot;
  return { id, number, producedOn, expiresOn, correctedOn, ...shownProofs(proofs, timeZone) };
}

function publicEvents(lot: Lot): LotEvent[] {
  return lot.events
    .filter((event) => event.public && event.copiedFrom === null)
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function shownRecall(recall: Recall, language: Language): LookUpAnswer['recall'] {
  return { reason: inLanguage(recall.reason, language), advice: inLanguage(recall.advice, language), at: recall.at };
}

function inLanguage(text: BilingualText, language: Language): string {
  return language === 'en' && text.en !== null ? text.en : text.vi;
}

function latestOf(records: ({ updatedAt: Instant } | null)[]): Instant {
  let latest = '';
  for (const record of records) if (record !== null && record.updatedAt > latest) latest = record.updatedAt;
  return latest;
}
