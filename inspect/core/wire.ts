// What the app and the server say to each other, as far as the app reads it: operations of rounds, their results, the
// session, and the facts of a stamp. The server's side: server/web/api/routes/market, docs of /api/v1/openapi.json.

import type { Finding } from '../../server/domain/market/inspection.ts';
import type { VerdictView } from '../../server/domain/stamp/verdict.ts';

export interface Place {
  name: string;
  commune: string | null;
  province: string | null;
  detail: string | null;
}

export interface Met {
  name: string;
  role: string | null;
}

/** Taken by a tap and never by itself. */
export interface Position {
  lat: number;
  lon: number;
  accuracyM: number;
  at: string;
}

/** What the phone told of a stamp from its pack, so that the server can say if it knows better. */
export interface OfflineWord {
  edition: string;
  verdict: string;
  ours: boolean;
}

interface OpHead {
  /** The phone's own id: sent twice, done once. */
  opId: string;
  /** By the phone's clock, corrected by the server's. */
  at: string;
}

export type Op =
  | (OpHead & {
      kind: 'open-round';
      round: string;
      planned: string | null;
      place: Place;
      met: Met[];
      position: Position | null;
      producerIds: string[];
    })
  | (OpHead & { kind: 'change-round'; round: string; set: RoundChange })
  | (OpHead & {
      kind: 'item';
      round: string;
      item: string;
      code: string;
      finding: Finding | null;
      note: string | null;
      position: Position | null;
      offline: OfflineWord | null;
    })
  | (OpHead & { kind: 'change-item'; item: string; set: ItemChange })
  | (OpHead & { kind: 'close-round'; round: string });

/** An operation without its head. */
export type OpBody = Op extends infer O ? (O extends Op ? Omit<O, 'opId' | 'at'> : never) : never;

export type RoundChange = Partial<{
  place: Place;
  met: Met[];
  kept: string | null;
  note: string | null;
  position: Position | null;
}>;

export type ItemChange = Partial<{ finding: Finding | null; note: string | null; position: Position | null }>;

export interface WireProblem {
  code: string;
  detail: string;
  /** With `device-proof`: the server's clock. */
  serverTime?: string;
  /** With `not-found`: why a code is no stamp of ours. */
  reason?: string;
}

/** `repeat`: done before, with the same answer. `refused`: will never be done. `later`: send from this one on again. */
export interface OpResult {
  opId: string;
  state: 'done' | 'repeat' | 'refused' | 'later';
  problem: WireProblem | null;
  round?: WireRound | null;
  item?: WireItem | null;
}

export interface WireRound {
  id: string;
  version: number;
  number: string;
  clientId: string;
  state: 'planned' | 'open' | 'closed' | 'cancelled';
  plannedOn: string | null;
  producerIds: string[];
  inspectors: string[];
  by: string;
  task: string | null;
  place: Place | null;
  met: Met[];
  kept: string | null;
  note: string | null;
  openedAt: string | null;
  closedAt: string | null;
}

export interface WireItem {
  id: string;
  clientId: string;
  serial: number | null;
  batchId: string | null;
  at: string;
  read: string | null;
  /** The server's verdict on arrival; null: no code of ours. */
  verdict: string | null;
  /** What the pack said does not hold. */
  contradicted: boolean;
  finding: Finding | null;
  note: string | null;
  /** Ids; each is at /inspections/{id}/photos/{photo}. */
  photos: string[];
  caseId: string | null;
  duplicateOf: string | null;
}

export interface Session {
  device: { id: string; name: string };
  person: { id: string; name: string; role: string; officeId: string | null };
  office: { id: string; name: string; province: string } | null;
  signedInAt: string;
  expiresAt: string;
  serverTime: string;
  origin: string;
  timeZone: string;
}

/** What the server knows of a stamp; consumers do not see it. */
export interface StampKnown {
  code: string;
  serial: number;
  verdict: VerdictView;
  suspicions: string[];
  batch: { id: string; kind: string; quantity: number; issuedAt: string };
  life: { at: string; what: string; from: number | null; to: number | null; reason: string | null }[];
  product: { id: string; name: string; unit: string | null } | null;
  producer: { id: string; name: string };
  office: { id: string; name: string };
  lot: { id: string; number: string; producedOn: string | null; expiresOn: string | null } | null;
  rating: { stars: number; certificate: string; expiresOn: string | null; state: string } | null;
  certificates: { scheme: string; number: string; issuer: string; expiresOn: string | null; state: string }[];
  prints: { at: string; from: number; to: number; template: string; reprintReason: string | null }[];
  neighbours: { serial: number; count: number; odd: boolean }[];
  scans: {
    count: number;
    firstOn: string | null;
    lastOn: string | null;
    byDay: { day: string; scans: number }[];
    byProvince: { province: string | null; scans: number }[];
  };
  cases: { id: string; state: string; reasons: string[]; openedOn: string | null }[];
  recalls: { id: string; reason: { vi: string; en: string | null }; at: string; withdrawnAt: string | null }[];
  findings: { id: string; at: string; finding: Finding | null; note: string | null; place: string | null }[];
  ledger: { given: number; printed: number; activated: number; voided: number; scanned: number } | null;
  look: { id: string; url: string; note: string | null }[];
}
