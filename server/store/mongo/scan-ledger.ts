// Records scans. Scans that arrive together are one read and one bulk write: all of a group's scans of one stamp are
// folded into its tally, which is written if it is still the version that was read. A tally holds everything that a
// scan changes (visits, ids of the last scans, and the scan itself until scan-carrier.ts has listed it), so a scan is
// stored completely or not at all.
//
// A write that lost the race is an upsert whose `_id` is taken: error 11000 names exactly those, and they go into the
// next group. Decision: docs/decisions/0010-mongo-store.md.

import { setTimeout as wait } from 'node:timers/promises';
import type { mongo } from 'mongoose';
import type { Day } from '../../domain/entity.ts';
import type { PinOutcome, PinTry } from '../../domain/stamp/pin.ts';
import { mayBeCase } from '../../domain/stamp/suspect.ts';
import { foldScan, isFirstActiveView } from '../../domain/stamp/tally-fold.ts';
import { verdictRecorded, type Scan } from '../../domain/stamp/scan.ts';
import { signsKept } from '../../domain/stamp/signs.ts';
import type { StampTally } from '../../domain/stamp/tally.ts';
import { inTime } from '../in-time.ts';
import { foldPinTry } from '../pin-tries.ts';
import { tallyText } from '../seal-texts.ts';
import type { ShortSeal } from '../short-seal.ts';
import { StoreError, type RecordedScan } from '../store.ts';
import { NO_VISITS, NOT_NEW, noteRepeat, noteVisit } from '../visits.ts';
import { isDuplicate, refusedBy, type Link } from './connection.ts';
import type { PendingScan, ScanDoc, TallyDoc } from './schemas.ts';
import { readSound } from '../read-sound.ts';
import { listedScan, minuteOf, oddKey, scanKey, soundTallyOf, stampKey } from './scan-shapes.ts';

/** Scans in one group. */
const GROUP_SCANS_MAX = 512;
/** Scans that may wait before new ones are refused: seconds of work, and a bound on memory. */
const WAITING_SCANS_MAX = 20_000;
/** Ids of scans that a tally remembers. A repeated scan comes within seconds. */
const RECENT_MAX = 64;
/** How long a scan or a PIN waits for its turn at a heavily scanned stamp, and for a server that does not answer. */
const RECORD_MS = 5_000;
/** Longest random wait of a PIN that lost the race. */
const JITTER_MS = 20;

interface WaitingScan {
  scan: Scan;
  /** From this time on (performance.now) the scan is refused instead of tried again. */
  untilMs: number;
  /** For a signed-in person's scan, once it is listed: whether it was listed before. */
  listedBefore: boolean | null;
  resolve: (recorded: RecordedScan) => void;
  reject: (error: unknown) => void;
}

/** What a group of scans changes for one stamp. */
interface Folding {
  key: string;
  version: number;
  tally: StampTally | null;
  visits: string;
  visitsFrom: string | null;
  recent: readonly string[];
  /** Whether there is anything to write. */
  changed: boolean;
  /** Scans counted by this group. */
  pending: PendingScan[];
  answers: { waiting: WaitingScan; recorded: RecordedScan }[];
}

export class ScanRecorder {
  private readonly link: Link;
  private readonly seal: ShortSeal;
  private readonly tallies: mongo.Collection<TallyDoc>;
  private readonly scans: mongo.Collection<ScanDoc>;
  private queue: WaitingScan[] = [];
  private running: Promise<void> | null = null;
  private closed = false;

  constructor(link: Link, seal: ShortSeal) {
    this.link = link;
    this.seal = seal;
    this.tallies = link.db.collection<TallyDoc>('tallies');
    this.scans = link.db.collection<ScanDoc>('scans');
  }

  record(scan: Scan): Promise<RecordedScan> {
    return new Promise((resolve, reject) => {
      if (this.closed || this.queue.length >= WAITING_SCANS_MAX) {
        reject(
          new StoreError(
            'unavailable',
            this.closed ? 'the store is closed' : `${WAITING_SCANS_MAX} scans wait already`,
          ),
        );
        return;
      }
      this.queue.push({ scan, untilMs: performance.now() + RECORD_MS, listedBefore: null, resolve, reject });
      this.running ??= this.run();
    });
  }

  tryPin(attempt: PinTry): Promise<PinOutcome> {
    return inTime(this.tryPinAgain(attempt), RECORD_MS);
  }

  /** Takes no more scans; resolves when the waiting ones are recorded. */
  async close(): Promise<void> {
    this.closed = true;
    while (this.running !== null) await this.running;
  }

  private async tryPinAgain(attempt: PinTry): Promise<PinOutcome> {
    const key = stampKey(attempt.batchId, attempt.serial);
    const untilMs = performance.now() + RECORD_MS;
    for (;;) {
      const old = await readSound(async () => {
        const doc = await this.link.read(() => this.tallies.findOne({ _id: key }));
        return foldingOf(key, doc, this.seal);
      });
      const { tally, visits, outcome, changed } = foldPinTry(old.tally, old.visits, attempt);
      if (!changed) return outcome;
      // A write now could come too late to be answered, and would cost its visitor a try.
      if (performance.now() > untilMs) throw new StoreError('unavailable', 'too many write to this stamp at once');
      const folding = { ...old, tally };
      if (visits !== old.visits) keepVisits(folding, visits, attempt.day);
      if (await this.link.write(() => this.write(folding))) return outcome;
      await wait(Math.random() * JITTER_MS);
    }
  }

  private async run(): Promise<void> {
    // The first group takes all scans of this turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.queue.length > 0) {
      const group = withoutLate(this.queue.splice(0, GROUP_SCANS_MAX), 'the database did not answer in time');
      if (group.length > 0) await this.commit(group);
    }
    this.running = null;
  }

  private async commit(group: WaitingScan[]): Promise<void> {
    try {
      await inTime(this.commitOnce(group), RECORD_MS);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }

  private async commitOnce(group: WaitingScan[]): Promise<void> {
    await this.link.write(() => this.list(group));
    const foldings = await this.link.read(() => this.read(group));
    for (const waiting of group) {
      const folding = foldings.get(keyOf(waiting)) as Folding | StoreError;
      if (folding instanceof StoreError) waiting.reject(folding);
      else fold(folding, waiting);
    }
    await this.writeFoldings(
      [...foldings.values()].filter((folding): folding is Folding => !(folding instanceof StoreError)),
    );
  }

  private async writeFoldings(foldings: readonly Folding[]): Promise<void> {
    const changed = foldings.filter(({ changed: isChanged }) => isChanged);
    const lost = changed.length === 0 ? new Set<number>() : await this.link.write(() => this.writeAll(changed));

    for (const [i, folding] of changed.entries()) if (lost.has(i)) this.again(folding);
    const lostFoldings = new Set([...lost].map((i) => changed[i]));
    for (const folding of foldings) {
      if (lostFoldings.has(folding)) continue;
      for (const { waiting, recorded } of folding.answers) waiting.resolve(recorded);
    }
  }

  /**
   * Lists the scans of signed-in people. No tally counts them, so only their `_id` shows whether they were listed
   * before.
   */
  private async list(group: readonly WaitingScan[]): Promise<void> {
    const unlisted = group.filter(({ scan, listedBefore }) => scan.signedIn && listedBefore === null);
    if (unlisted.length === 0) return;
    let there = new Set<number>();
    try {
      await this.scans.insertMany(
        unlisted.map(({ scan }) => listedScan(scan)),
        { ordered: false },
      );
    } catch (error) {
      there = refusedBy(error);
    }
    for (const [i, waiting] of unlisted.entries()) waiting.listedBefore = there.has(i);
  }

  private async read(group: readonly WaitingScan[]): Promise<Map<string, Folding | StoreError>> {
    const keys = [...new Set(group.map(keyOf))];
    const docs = await this.tallies.find({ _id: { $in: keys } }).toArray();
    const byKey = new Map(docs.map((doc) => [doc._id, doc]));
    const foldings = new Map(keys.map((key) => [key, this.foldingOf(key, byKey.get(key) ?? null)]));
    for (const [key, folding] of foldings)
      if (folding instanceof StoreError) foldings.set(key, await this.foldingReadAgain(key));
    return foldings;
  }

  private async foldingReadAgain(key: string): Promise<Folding | StoreError> {
    try {
      return await readSound(async () => foldingOf(key, await this.tallies.findOne({ _id: key }), this.seal));
    } catch (error) {
      if (error instanceof StoreError) return error;
      throw error;
    }
  }

  /** A tally that was tampered with fails only the scans of its own stamp. */
  private foldingOf(key: string, doc: TallyDoc | null): Folding | StoreError {
    try {
      return foldingOf(key, doc, this.seal);
    } catch (error) {
      if (error instanceof StoreError) return error;
      throw error;
    }
  }

  /** Returns the positions of those that lost the race. */
  private async writeAll(foldings: readonly Folding[]): Promise<Set<number>> {
    try {
      await this.tallies.bulkWrite(
        foldings.map((folding) => ({ updateOne: { ...updateOf(folding, this.seal), upsert: true } })),
        { ordered: false },
      );
      return new Set();
    } catch (error) {
      return refusedBy(error);
    }
  }

  /** Whether the tally was still as it was read. */
  private async write(folding: Folding): Promise<boolean> {
    const { filter, update } = updateOf(folding, this.seal);
    try {
      await this.tallies.updateOne(filter, update, { upsert: true });
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  /** Puts the scans of a stamp that lost the race at the front of the queue. */
  private again({ answers }: Folding): void {
    const scans = answers.map(({ waiting }) => waiting);
    this.queue.unshift(...withoutLate(scans, 'too many scan this stamp at once'));
  }
}

/** Refuses the scans that have waited for too long, and returns the others. */
function withoutLate(scans: readonly WaitingScan[], why: string): WaitingScan[] {
  const nowMs = performance.now();
  return scans.filter(({ untilMs, reject }) => {
    if (untilMs >= nowMs) return true;
    reject(new StoreError('unavailable', why));
    return false;
  });
}

function keyOf({ scan }: WaitingScan): string {
  return stampKey(scan.batchId, scan.serial);
}

/** @throws StoreError `tampered` */
function foldingOf(key: string, doc: TallyDoc | null, seal: ShortSeal): Folding {
  return {
    key,
    version: doc?.version ?? 0,
    tally: doc === null ? null : soundTallyOf(doc, seal),
    visits: doc?.visits ?? NO_VISITS,
    visitsFrom: doc?.visitsFrom ?? null,
    recent: doc?.recent ?? [],
    changed: false,
    pending: [],
    answers: [],
  };
}

function fold(folding: Folding, waiting: WaitingScan): void {
  const { scan, listedBefore } = waiting;
  const { tally } = folding;
  if (scan.signedIn) {
    const repeat = listedBefore === true;
    folding.answers.push({
      waiting,
      recorded: {
        counted: false,
        repeat,
        tally: foldScan(tally, scan, { ...NOT_NEW, repeat }),
      },
    });
    return;
  }
  const known = folding.recent.includes(scan.id) || folding.pending.some(({ id }) => id === scan.id);
  const noted = scan.visitor === null ? null : noteVisit(folding.visits, scan.day, scan.visitor, Date.parse(scan.at));
  const repeat = known || (scan.visitor !== null && noted === null);
  const after = foldScan(tally, scan, { ...(noted ?? NOT_NEW), repeat });
  folding.answers.push({ waiting, recorded: { counted: !repeat, repeat, tally: after } });
  if (repeat && !isFirstActiveView(tally, scan)) return;

  folding.changed = true;
  folding.tally = after;
  if (repeat) {
    keepVisits(folding, noteRepeat(folding.visits, scan.day, Date.parse(scan.at)), scan.day);
    return;
  }
  folding.pending.push({
    key: scanKey(scan.batchId, scan.serial, scan.id),
    id: scan.id,
    minute: minuteOf(scan.at),
    province: scan.province,
    verdict: verdictRecorded(scan, tally),
    visitorDays: after.visitorDays - (tally?.visitorDays ?? 0),
    stampsScanned: tally === null || tally.count === 0 ? 1 : 0,
  });
  if (noted !== null) keepVisits(folding, noted.visits, scan.day);
}

function keepVisits(folding: Folding, visits: string, day: Day): void {
  folding.visits = visits;
  folding.visitsFrom = folding.visitsFrom === null || day < folding.visitsFrom ? day : folding.visitsFrom;
}

function updateOf(
  folding: Folding,
  seal: ShortSeal,
): { filter: mongo.Filter<TallyDoc>; update: mongo.UpdateFilter<TallyDoc> } {
  const { key, version, tally, visits, visitsFrom, pending } = folding;
  if (tally === null) throw new TypeError(`nothing is known of ${key}`);
  return {
    filter: { _id: key, version },
    update: {
      $set: {
        ...tally,
        signs: tally.signs === null ? null : signsKept(tally.signs),
        mac: seal.of(tallyText(tally)),
        version: version + 1,
        visits,
        ...(visitsFrom === null ? {} : { visitsFrom }),
        ...(pending.length === 0 ? {} : { due: tally.batchId }),
        ...(mayBeCase(tally) ? { odd: oddKey(tally) } : {}),
      },
      ...(mayBeCase(tally) ? {} : { $unset: { odd: 1 } }),
      $push: {
        recent: { $each: pending.map(({ id }) => id), $slice: -RECENT_MAX },
        ...(pending.length === 0 ? {} : { pending: { $each: pending } }),
      },
    },
  };
}
