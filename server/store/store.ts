// The port: all that the rest of the system knows of a database. Only its two adapters know SQLite and MongoDB.
//
// - Every method is atomic by itself; nothing spans two calls.
// - A promise that resolves is durable: it survives a power cut.
// - Writes take the change, its audit line and its request key together.
// - Foreseen outcomes are values; an outage or an unreadable record is a StoreError.
// - Lists are newest first (createdAt, then id), keyset-paginated, bounded in rows and in size (page-rows.ts).
// Decision: docs/decisions/0002-store-port.md.

import type { ApiKey, Session, User } from '../domain/people/account.ts';
import type { AuditEntry, AuditLine } from '../domain/audit/audit.ts';
import type { Batch } from '../domain/batches/batch.ts';
import type { PrintRun } from '../domain/print/print-run.ts';
import type { Case } from '../domain/market/case.ts';
import type { Certificate } from '../domain/registry/certificate.ts';
import type { ChangeRequest } from '../domain/registry/change-request.ts';
import type { Day, Entity, Id, Instant } from '../domain/entity.ts';
import type { Evaluation } from '../domain/registry/evaluation.ts';
import type { Invitation } from '../domain/people/invitation.ts';
import type { Lot } from '../domain/lots/lot.ts';
import type { Office } from '../domain/registry/office.ts';
import type { Paper } from '../domain/registry/paper.ts';
import type { PinOutcome, PinTry } from '../domain/stamp/pin.ts';
import type { PrintJob } from '../domain/print/print-job.ts';
import type { OwnTemplate } from '../domain/print/own-template.ts';
import type { Printer } from '../domain/print/printer.ts';
import type { Producer } from '../domain/registry/producer.ts';
import type { Candidate } from '../domain/programme/candidates.ts';
import type { FollowUp } from '../domain/programme/lapsing.ts';
import type { Figure, Plan, Support } from '../domain/programme/programme.ts';
import type { Allowance, Product } from '../domain/registry/product.ts';
import type { Recall } from '../domain/recalls/recall.ts';
import type { StoreCheck } from './recount.ts';
import type { RegistryImport } from '../domain/import/registry-import.ts';
import type { Lease } from './leases.ts';
import type { Complaint } from '../domain/market/complaint.ts';
import type { Inspection } from '../domain/market/inspection.ts';
import type { Round } from '../domain/market/round.ts';
import type { SigningKey } from '../domain/pack/signing-key.ts';
import type { Look } from '../domain/registry/look.ts';
import type { StampReport } from '../domain/market/stamp-report.ts';
import type { ShopLink } from '../domain/print/shop-link.ts';
import type { Scan } from '../domain/stamp/scan.ts';
import type { BatchTally, StampTally } from '../domain/stamp/tally.ts';
import type { Verdict } from '../domain/stamp/verdict.ts';
import type { SearchScope, SearchTerm } from '../domain/search-words.ts';

export { LEASE_SILENCE_MS, type Lease } from './leases.ts';
export type { PinOutcome, PinTry };

/**
 * An outage (`unavailable`), a commit whose fate is unknown (`unknown-commit`: never retry it), a record that fails its
 * HMAC (`tampered`), or a store that must not be opened (`untrusted`: foreign, newer, damaged, cut short, or sealed
 * with another key).
 */
export class StoreError extends Error {
  readonly kind: 'unavailable' | 'unknown-commit' | 'tampered' | 'untrusted';
  constructor(kind: StoreError['kind'], message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StoreError';
    this.kind = kind;
  }
}

/** Identifies one POST of one caller, so that a retry makes nothing twice. */
export interface RequestKey {
  /** Caller and Idempotency-Key, hashed; unique. */
  key: string;
  /** SHA-256 of method, path and body. */
  bodyHash: string;
  /** The answer to the first call, which a retry gets too. */
  answer: unknown;
}

/** What goes with every change. The store adds the record, its version and its producer to the line. */
export interface WriteNote {
  line: AuditLine;
  /** Null: the caller sent no key. */
  request: RequestKey | null;
}

/** `answer` is null while the first request of this key is under way. */
export type Replayed = { kind: 'replayed'; bodyHash: string; answer: unknown };
/** `duplicate` names the unique index that refused it (collections.ts), or `id` if the id is taken. */
export type InsertOutcome = { kind: 'added' } | { kind: 'duplicate'; index: string } | Replayed;
export type ReplaceOutcome =
  { kind: 'replaced' } | { kind: 'conflict' } | { kind: 'duplicate'; index: string } | Replayed;
export type RemoveOutcome = { kind: 'removed' } | { kind: 'conflict' } | Replayed;

export const PAGE_LIMIT_MAX = 200;

export interface PageRequest {
  /** 1 to PAGE_LIMIT_MAX. */
  limit: number;
  /** `next` of the previous page; null for the first. */
  after: string | null;
}

export interface Page<T> {
  /** At most `limit`. Large records make a page shorter although more follow. */
  items: T[];
  /** Null: there is no more. */
  next: string | null;
}

/** Equality on indexed fields (collections.ts); a field that is absent does not filter. */
export type Filter = Record<string, string | number | boolean | null>;

export interface Collection<T extends Entity> {
  get(id: Id): Promise<T | null>;
  /** The one record with these values of a unique index, or null. */
  findBy(index: string, values: readonly (string | number)[]): Promise<T | null>;
  /** @throws RangeError for a field that is not indexed, an unreadable cursor, or a limit outside 1..200 */
  list(filter: Filter, page: PageRequest): Promise<Page<T>>;
  /**
   * At most `limit` records whose words hold every term, in no order. @throws RangeError without a term or `words`
   */
  search(terms: readonly SearchTerm[], scope: SearchScope, limit: number): Promise<T[]>;
  /**
   * `doc.version` is 1. If a record with this id exists, the answer is `duplicate` with index `id`, whatever the record
   * holds.
   */
  insert(doc: T, note: WriteNote): Promise<InsertOutcome>;
  /** Replaces the record if its version is `doc.version - 1`; otherwise it is a conflict. */
  replace(doc: T, note: WriteNote): Promise<ReplaceOutcome>;
  /**
   * Takes the record away for good if its version is still `doc.version`; otherwise it is a conflict. Its line states
   * that it is gone, and its id and the values of its unique indexes are free again. Only undoing an import removes
   * records: docs/decisions/0045-undone-imports.md.
   */
  remove(doc: T, note: WriteNote): Promise<RemoveOutcome>;
}

export interface Collections {
  offices: Collection<Office>;
  producers: Collection<Producer>;
  products: Collection<Product>;
  allowances: Collection<Allowance>;
  evaluations: Collection<Evaluation>;
  certificates: Collection<Certificate>;
  lots: Collection<Lot>;
  batches: Collection<Batch>;
  printRuns: Collection<PrintRun>;
  printJobs: Collection<PrintJob>;
  templates: Collection<OwnTemplate>;
  printers: Collection<Printer>;
  recalls: Collection<Recall>;
  requests: Collection<ChangeRequest>;
  complaints: Collection<Complaint>;
  inspections: Collection<Inspection>;
  users: Collection<User>;
  apiKeys: Collection<ApiKey>;
  sessions: Collection<Session>;
  shopLinks: Collection<ShopLink>;
  invitations: Collection<Invitation>;
  papers: Collection<Paper>;
  imports: Collection<RegistryImport>;
  plans: Collection<Plan>;
  figures: Collection<Figure>;
  supports: Collection<Support>;
  candidates: Collection<Candidate>;
  followUps: Collection<FollowUp>;
  cases: Collection<Case>;
  rounds: Collection<Round>;
  looks: Collection<Look>;
  signingKeys: Collection<SigningKey>;
  stampReports: Collection<StampReport>;
}

export type CollectionName = keyof Collections;

/**
 * `repeat`: the same visitor within ten minutes, or the same scan id: nothing new was counted. `tally` is the one after
 * this scan.
 */
export interface RecordedScan {
  counted: boolean;
  repeat: boolean;
  tally: StampTally;
}

export interface StoredScan {
  id: string;
  batchId: Id;
  serial: number;
  at: Instant; // cut to the minute
  province: string | null;
  verdict: Exclude<Verdict, 'unknown'>;
  counted: boolean;
}

export interface ScanRange {
  batchId: Id;
  /** Instants, inclusive and exclusive; null: open. */
  from: Instant | null;
  to: Instant | null;
}

export type ScanCountBy = 'day' | 'province' | 'verdict';

export const BATCHES_ASKED_MAX = 200; // batches in one query

export interface ScanCount {
  /** A day (in TIME_ZONE), a province or a verdict; null: not known. */
  key: string | null;
  scans: number;
}

/** Look-ups that were refused. `batchId` is null if the code named no batch of ours. */
export interface Refusals {
  day: Day;
  /** The last two: visitors who tried very many codes (scan/many-tries.ts). */
  reason: 'malformed' | 'not-ours' | 'codes-of-one' | 'stamps-of-one';
  batchId: Id | null;
  count: number;
}

export interface ScanLedger {
  /**
   * Records one scan; scans that arrive together are committed together. Resolves when the commit that holds it is
   * durable. Folding follows domain/stamp/tally-fold.ts. The same scan again (its id, on its stamp, at its minute) is a
   * repeat, as is a visitor's within REPEAT_MS of their last one that counted (visits.ts). A repeat is answered and
   * leaves no scan.
   */
  record(scan: Scan): Promise<RecordedScan>;
  tryPin(attempt: PinTry): Promise<PinOutcome>;
  tallyOf(batchId: Id, serial: number): Promise<StampTally | null>;
  batchTallyOf(batchId: Id): Promise<BatchTally | null>;
  /**
   * The same for a caller that must not wait. If scans are added up after their answer, some may be missing for a few
   * seconds, but never longer than a server that died holds its lease.
   */
  recentBatchTallyOf(batchId: Id): Promise<BatchTally | null>;
  /**
   * The first serial of the range whose last counted scan was at or after `since`, or null. Within the same minute as
   * `since` only a remembered visit knows the instant; without one the scan counts as later.
   */
  scannedSince(batchId: Id, from: number, to: number, since: Instant): Promise<number | null>;
  /** Newest first (minute, then id), including scans of signed-in people. */
  list(range: ScanRange & { serial: number | null }, page: PageRequest): Promise<Page<StoredScan>>;
  /** Counted scans by key, sorted by key; keys without scans are left out. */
  count(range: ScanRange, by: ScanCountBy, timeZone: string): Promise<ScanCount[]>;
  /** As `count`, for all these batches together. @throws RangeError for more than BATCHES_ASKED_MAX */
  countAll(
    batchIds: readonly Id[],
    period: Pick<ScanRange, 'from' | 'to'>,
    by: ScanCountBy,
    timeZone: string,
  ): Promise<ScanCount[]>;
  /**
   * The tallies of those of these batches that were scanned, in no particular order. @throws RangeError as `countAll`
   */
  batchTalliesOf(batchIds: readonly Id[]): Promise<BatchTally[]>;
  /**
   * Stamps of all batches whose tally may be a case for an office (suspect.ts `mayBeCase`), the most urgent first
   * (`urgencyOf`), then by batch and serial.
   */
  possibleCases(page: PageRequest): Promise<Page<StampTally>>;
  /** Number of stamps in the range that were scanned at least once. */
  stampsScanned(batchId: Id, from: number, to: number): Promise<number>;
  /** Adds to the counts of refused look-ups, which are collected in memory. */
  addRefusals(counts: Refusals[]): Promise<void>;
  /** Refusals on these days, both inclusive, by day, reason and batch; the most frequent first, at most `limit`. */
  refusals(days: { from: Day; to: Day }, reasons: readonly Refusals['reason'][], limit: number): Promise<Refusals[]>;
  /** The salt of a day, made from `fresh` if there is none yet; every server gets the same. */
  saltOf(day: Day, fresh: Uint8Array): Promise<Uint8Array>;
  /** Deletes salts, visits and visitor hashes of days before `day`, then truncates the log that held them. */
  forgetVisitorsBefore(day: Day): Promise<void>;
  /** Deletes scans before the instant; tallies stay. Returns how many. */
  deleteScansBefore(at: Instant): Promise<number>;
}

export interface AuditLog {
  /**
   * Oldest first. `entity` is `batch:7K3M9Q`, or `batch` for all of a kind. A page ends early if it would exceed
   * AUDIT_PAGE_BYTES_MAX (page-rows.ts); only a single line may be larger.
   */
  list(
    filter: { officeId: Id | null; entity: string | null; from: Instant | null; to: Instant | null },
    page: PageRequest,
  ): Promise<Page<AuditEntry>>;
  /** Entries with sequence numbers from `seq` on, at most `limit`, in order. */
  read(seq: number, limit: number): Promise<AuditEntry[]>;
  /**
   * The entry in which this record was created, or null. A store that moves lines into the chain after its answers
   * finds it before it is moved too; then `seq` is 0 and `hash` empty.
   */
  firstOf(entity: string): Promise<AuditEntry | null>;
  head(): Promise<{ seq: number; hash: string }>;
  /**
   * The versions that the last lines of these records state; a record without such a line has no entry.
   * @throws StoreError `tampered` if a line's seal is broken, `untrusted` if lines of the chain are missing
   */
  lastVersions(entities: readonly string[]): Promise<Map<string, number>>;
  /**
   * As `lastVersions`, for all records of these kinds (`recall`) that lines of this producer name. Only kinds of
   * CONCERNING (witness.ts) can be asked for.
   */
  concerning(producerId: Id, kinds: readonly string[]): Promise<Map<string, number>>;
  /**
   * As `lastVersions`, for lines that are still on their way into the chain: for records of which `lastVersions` and
   * `concerning` know an older version. A store that appends with the change has none.
   */
  waitingVersions(entities: readonly string[]): Promise<Map<string, number>>;
  /** Erases the values (never the hash) of an entity's lines, if the law requires it. */
  eraseValues(entity: string): Promise<number>;
  /** Adds a line that belongs to no change of a record: a download of codes, a sign-in. */
  add(line: AuditLine): Promise<void>;
}

export interface Files {
  /** Stores a file for ever under a new id. @throws RangeError if the id is taken */
  put(id: Id, mediaType: string, bytes: Uint8Array): Promise<void>;
  get(id: Id): Promise<{ mediaType: string; bytes: Uint8Array } | null>;
  /** Ids after `after` in their order, at most `limit`; '' begins. */
  ids(after: Id, limit: number): Promise<Id[]>;
  /** Deletes a file that no record names. One that is not there is no fault. */
  remove(id: Id): Promise<void>;
}

export interface Store extends Collections {
  scans: ScanLedger;
  check: StoreCheck;
  audit: AuditLog;
  files: Files;
  /** A known request key, with its answer. */
  findRequest(key: string): Promise<{ bodyHash: string; answer: unknown } | null>;
  /**
   * Keeps the key of a request that changed nothing, as of `at`: a retry gets this answer, and no change can be made
   * with the key any more. If the key was answered before, that answer is returned and kept.
   */
  keepRequest(request: RequestKey, at: Instant): Promise<Replayed | null>;
  /** Deletes request keys whose change was made before the instant. Returns how many. */
  forgetRequestsBefore(at: Instant): Promise<number>;
  /** A new holder for the lease of this name. Two holders compete, in one process or in two. */
  lease(name: string): Lease;
  /** Calls the listener after each change of a record made through this process. Returns a function that stops it. */
  onChange(listener: (collection: CollectionName, id: Id) => void): () => void;
  mendSearch(): Promise<number>; // writes the words that searches use again; how many records had others
  /** Reports to the operator that a row is not as it was written. Other errors are ignored. */
  alarm(error: StoreError): void;
  /** Writes a little and reads it. @throws StoreError if either fails, `untrusted` once it was closed for a move */
  ping(): Promise<void>;
  /** Bytes that the database's disk has left; null: its server does not tell. @throws StoreError */
  freeBytes(): Promise<number | null>;
  /** Facts for `doctor` and start-up checks: engine, version, schema, answered scans. */
  describe(): Promise<Record<string, string | number | boolean>>;
  /** Finishes the work under way, then closes. */
  close(): Promise<void>;
}
