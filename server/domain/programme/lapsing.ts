// Certificates that lapse, as work for an office: which, when, and when the file for a new evaluation is due. Only OCOP
// certificates, because the office rates stars. Of each product, the certificate counts on which its rating rests.

import { addDays, daysBetween } from '../calendar.ts';
import { lastDayInForce, ratingsOn, type Certificate } from '../registry/certificate.ts';
import type { Day, Entity, Id } from '../entity.ts';

/** The fields of a certificate that matter here. */
export type RatedPaper = Pick<
  Certificate,
  | 'id'
  | 'createdAt'
  | 'productId'
  | 'producerId'
  | 'scheme'
  | 'stars'
  | 'number'
  | 'issuedOn'
  | 'expiresOn'
  | 'extension'
  | 'revocation'
>;

/** Sections of the worklist, by the most days left. */
export const LAPSE_DAYS = [30, 60, 90] as const;
export type LapsePart = (typeof LAPSE_DAYS)[number];

/** A re-evaluation's file is handed in from 180 to 120 days before the end (Decision 26/2026 art. 7.6). */
const FILE_FROM_DAYS = 180;
const FILE_UNTIL_DAYS = 120;

/**
 * What was done about a lapsing certificate: its producer was reminded, or the file for a new evaluation was received.
 */
export const FOLLOW_UP_KINDS = ['reminded', 'file-received'] as const;
export type FollowUpKind = (typeof FOLLOW_UP_KINDS)[number];

export interface FollowUp extends Entity {
  officeId: Id;
  producerId: Id;
  certificateId: Id;
  kind: FollowUpKind;
  on: Day;
  note: string | null;
  by: Id;
}

/**
 * `early`: before the window; `open`: within it; `late`: past it and still in force; `over`: the certificate is out of
 * force.
 */
export type FileState = 'early' | 'open' | 'late' | 'over';

export interface Lapse<P extends RatedPaper = RatedPaper> {
  certificate: P;
  productId: Id;
  /** Last day in force, with its extension and revocation taken into account. */
  lastDay: Day;
  /** Negative once it has lapsed. */
  daysLeft: number;
  /** Null: more than 90 days left, or lapsed. */
  part: LapsePart | null;
  file: { from: Day; until: Day; state: FileState };
}

/** The OCOP certificate that each product's rating rests on, with the days it has left; the nearest end first. */
export function lapsesOn<P extends RatedPaper>(certificates: readonly P[], day: Day): Lapse<P>[] {
  return [...ratingsOn(certificates, day).values()]
    .map((certificate) => lapseOf(certificate, day))
    .filter((lapse) => lapse !== null)
    .sort((a, b) =>
      a.lastDay === b.lastDay ? (a.certificate.number < b.certificate.number ? -1 : 1) : a.lastDay < b.lastDay ? -1 : 1,
    );
}

/** The days that one certificate has left; null: it has no end or no product. */
export function lapseOf<P extends RatedPaper>(certificate: P, day: Day): Lapse<P> | null {
  const { productId, expiresOn } = certificate;
  const lastDay = lastDayInForce(certificate);
  if (lastDay === null || productId === null || expiresOn === null) return null;
  const daysLeft = daysBetween(day, lastDay);
  const part = daysLeft < 0 ? null : (LAPSE_DAYS.find((days) => daysLeft <= days) ?? null);
  const from = addDays(expiresOn, -FILE_FROM_DAYS);
  const until = addDays(expiresOn, -FILE_UNTIL_DAYS);
  const state = daysLeft < 0 ? 'over' : day < from ? 'early' : day <= until ? 'open' : 'late';
  return { certificate, productId, lastDay, daysLeft, part, file: { from, until, state } };
}

export interface FollowedUp {
  reminded: FollowUp | null;
  fileReceived: FollowUp | null;
}

/**
 * What had been done about a lapse by a day. A file counts from the first day of its window on, and for its own
 * certificate alone. The latest of each kind; what happened after the day is left out.
 */
export function followedUp({ certificate, file }: Lapse, followUps: readonly FollowUp[], day: Day): FollowedUp {
  const latest = (kind: FollowUpKind, from: Day | null): FollowUp | null =>
    followUps
      .filter((one) => one.kind === kind && one.certificateId === certificate.id)
      .filter(({ on }) => on <= day && (from === null || on >= from))
      .reduce<FollowUp | null>((last, one) => (last === null || one.on > last.on ? one : last), null);
  return { reminded: latest('reminded', null), fileReceived: latest('file-received', file.from) };
}

/** Whether a file for a new evaluation is due on the day and was not received; `late`: its window is past. */
export function fileDue({ file }: Lapse, { fileReceived }: FollowedUp): 'no' | 'open' | 'late' {
  return fileReceived === null && (file.state === 'open' || file.state === 'late') ? file.state : 'no';
}

export interface LapseMonth {
  /** `2027-02`. */
  month: string;
  count: number;
  /** How many of them lapse within the next 90 days. */
  soon: number;
}

/**
 * Certificates in force, by the month of their last day, beginning with the given day's month; empty months are
 * included.
 */
export function lapseMonths(lapses: readonly Lapse[], day: Day, months: number): LapseMonth[] {
  const first = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
  const rows = Array.from({ length: months }, (_, i): LapseMonth => {
    const at = first + i;
    return { month: `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`, count: 0, soon: 0 };
  });
  for (const { lastDay, daysLeft, part } of lapses) {
    const row = daysLeft < 0 ? undefined : rows.find(({ month }) => month === lastDay.slice(0, 7));
    if (row === undefined) continue;
    row.count += 1;
    if (part !== null) row.soon += 1;
  }
  return rows;
}
