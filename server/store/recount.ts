// Holds tallies to what they were made from. A tally has no line in the audit chain, so one that was deleted, or put
// back to an older one, still bears a right seal; but then the sums of a batch differ: of its stamps' tallies, of its
// own tally, and of its scans, those that are listed and those that retention deleted (which are counted as they go).
//
// A sum that differs says that something was changed, and mostly of which stamp. It says nothing of a tally that counts
// as many scans as before: a PIN's use or wrong tries that were put back alone.

import type { Id, Instant } from '../domain/entity.ts';

/** In the order of a round. `sums` goes batch by batch; the others check seals, a few hundred rows at a time. */
export const RECOUNT_PARTS = ['sums', 'tallies', 'batchTallies', 'files', 'answers'] as const;
export type RecountPart = (typeof RECOUNT_PARTS)[number];
export type SealedPart = Exclude<RecountPart, 'sums'>;

export interface Counts {
  count: number;
  visitorDays: number;
  stampsScanned: number;
}

export const NO_COUNTS: Counts = { count: 0, visitorDays: 0, stampsScanned: 0 };

export interface BatchSums {
  /** The batch's own tally before the others were read and after: equal where nothing was scanned meanwhile. */
  before: Counts;
  after: Counts;
  /** Of all tallies of its stamps. */
  tallies: Counts;
  /** Scans that count: listed, and deleted by retention. */
  listed: number;
  forgotten: number;
}

/** A stamp whose tally counts fewer scans than are listed; `counted` is null if it has no tally. */
export interface ShortStamp {
  serial: number;
  counted: number | null;
  listed: number;
}

export interface CheckPiece {
  faults: string[];
  /** Where the next piece begins; null: there are no more. */
  next: string | null;
}

/** What cannot be added up: a seal is wrong. */
export interface Unsound {
  fault: string;
}

/** What an adapter reads for the recount. @throws StoreError */
export interface TallyReader {
  /** The next batch (by id) that has a tally or scans; '' finds the first. */
  batchAfter: (batchId: Id) => Promise<Id | null> | Id | null;
  sums: (batchId: Id) => Promise<BatchSums | Unsound> | BatchSums | Unsound;
  /** At most SHORT_MAX of them, by serial. */
  shortStamps: (batchId: Id) => Promise<ShortStamp[]> | ShortStamp[];
  /** The next rows of a kind whose seals are wrong, by name; '' begins. */
  unsound: (part: SealedPart, after: string) => Promise<CheckPiece> | CheckPiece;
}

export const SHORT_MAX = 5;

/** Scans that arrive while a batch is added up leave its sums open by as many: it is added up again, this often. */
const TRIES_MAX = 4;

/** One piece of a round: a batch, or some rows. */
export async function recountPiece(reader: TallyReader, part: RecountPart, after: string): Promise<CheckPiece> {
  if (part !== 'sums') return reader.unsound(part, after);
  const batchId = await reader.batchAfter(after);
  return batchId === null
    ? { faults: [], next: null }
    : { faults: await faultsOfBatch(reader, batchId), next: batchId };
}

/** A whole round, as a command does it. */
export async function recountAll(reader: TallyReader, faultsMax: number): Promise<string[]> {
  const faults: string[] = [];
  for (const part of RECOUNT_PARTS) {
    for (let after: string | null = ''; after !== null && faults.length < faultsMax;) {
      const piece: CheckPiece = await recountPiece(reader, part, after);
      faults.push(...piece.faults);
      after = piece.next;
    }
  }
  return faults.slice(0, faultsMax);
}

async function faultsOfBatch(reader: TallyReader, batchId: Id): Promise<string[]> {
  let fault: string | null = null;
  for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
    const sums = await reader.sums(batchId);
    if ('fault' in sums) return [sums.fault];
    fault = faultOf(sums);
    if (fault === null && isSame(sums.before, sums.after)) return [];
  }
  if (fault === null) return [];
  const short = await reader.shortStamps(batchId);
  return [`batch ${batchId}: ${fault}`, ...short.map((stamp) => shortText(batchId, stamp))];
}

/** What two sums say against each other, or null. Every count only grows, so a later reading is never smaller. */
export function faultOf({ before, after, tallies, listed, forgotten }: BatchSums): string | null {
  for (const [field, what] of FIELDS) {
    if (tallies[field] < before[field])
      return (
        `the tallies of its stamps add up to ${tallies[field]} ${what}, its own tally says ${before[field]}: ` +
        'a tally was deleted or put back to an older one'
      );
    if (tallies[field] > after[field])
      return (
        `its own tally says ${after[field]} ${what}, those of its stamps add up to ${tallies[field]}: ` +
        'its own was deleted or put back to an older one'
      );
  }
  const scans = listed + forgotten;
  const shown = `${listed} scans are listed and ${forgotten} were deleted by retention`;
  if (scans < before.count) return `its tally says ${before.count} scans, but ${shown}: scans were deleted`;
  if (scans > after.count)
    return `its tally says ${after.count} scans, but ${shown}: its tallies were put back to older ones`;
  return null;
}

const FIELDS = [
  ['count', 'scans'],
  ['visitorDays', 'visitor-days'],
  ['stampsScanned', 'scanned stamps'],
] as const;

function isSame(a: Counts, b: Counts): boolean {
  return FIELDS.every(([field]) => a[field] === b[field]);
}

function shortText(batchId: Id, { serial, counted, listed }: ShortStamp): string {
  const tally = counted === null ? 'has no tally' : `has a tally of ${counted} scans`;
  return `stamp ${serial} of batch ${batchId} ${tally}, but ${listed} are listed`;
}

/** What a check found, and of what: a finding is taken back when the same is looked at again and found sound. */
export interface Finding {
  of: string;
  text: string;
  at: Instant;
}

/** How far the check of the store is, kept in the store: another server, or a restart, goes on from there. */
export interface CheckState {
  /** Of the recount's round under way or the last one; null: there was none. */
  beganAt: Instant | null;
  /** Null while it is under way. */
  endedAt: Instant | null;
  part: RecountPart;
  after: string;
  findings: Finding[];
}

export const NO_CHECK: CheckState = { beganAt: null, endedAt: null, part: 'sums', after: '', findings: [] };

/** The port's part for the check. */
export interface StoreCheck extends TallyReader {
  /** @throws StoreError `tampered` */
  state: () => Promise<CheckState>;
  keep: (state: CheckState) => Promise<void>;
  /**
   * Makes the tally of a batch, and the number of its deleted scans, what they must be beside the tallies of its
   * stamps as they are: after a loss that an operator accepted.
   */
  settle: (batchId: Id) => Promise<void>;
  /** What is wrong with the audit chain, as this process knows, or null. */
  chainFault: () => string | null;
  /** The same, once the head, the count and the seal of every line were looked at again. */
  lookAtChain: () => Promise<string | null>;
}
