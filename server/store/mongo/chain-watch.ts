// Notices writes to the chain by anyone else while the store is in use. The servers share no number that another writer
// changes, so every few seconds the watch checks whether the head is ours and no older than the last one seen, and
// whether there are as many lines as it says. All lines are walked after the start and then once an hour, because
// replacing a line does not change their number.

import type { mongo } from 'mongoose';
import { CHAIN_START, type ChainHead } from '../../domain/audit/audit-chain.ts';
import type { HeadBeside } from '../head-beside.ts';
import { headText } from '../seal-texts.ts';
import type { Seals } from '../seals.ts';
import { StoreError } from '../store.ts';
import { isLineSealed, SEALED_FIELDS, type SealedDoc } from './audit-docs.ts';
import type { Link } from './connection.ts';
import type { AuditDoc, ChainHeadDoc } from './schemas.ts';

const LOOK_MS = 2_000;
const WALK_MS = 3_600_000;
/** Lines walked at once: some milliseconds of this thread, and then a pause. */
const PIECE_LINES = 1_000;
const REST_MS = 100;

export interface ChainWatchParts {
  link: Link;
  audit: mongo.Collection<AuditDoc>;
  seals: Seals;
  log: (event: string, fields: Record<string, unknown>) => void;
  /** Null: this process keeps no head beside the database. */
  beside: HeadBeside | null;
  lookMs?: number;
}

export class ChainWatch {
  /** What is wrong with the chain. It stays set while the store is open, because only an operator can repair it. */
  fault: string | null = null;
  private readonly parts: ChainWatchParts;
  private known: ChainHead = CHAIN_START;
  private timer: NodeJS.Timeout | null = null;
  private looking: Promise<void> = Promise.resolve();
  private stopped = false;
  /** The last line walked, and when the next walk is due (performance.now). */
  private walked = 0;
  private walkAtMs = 0;

  constructor(parts: ChainWatchParts) {
    this.parts = parts;
  }

  start(): void {
    this.plan(this.parts.lookMs ?? LOOK_MS);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.looking;
    this.parts.beside?.close();
  }

  /**
   * Where the chain ends. The head is made before the first line, so lines without one were left by another hand.
   * @throws StoreError `tampered`
   */
  async head(): Promise<ChainHead> {
    const { audit, link } = this.parts;
    const heads = link.db.collection<ChainHeadDoc>('chainHeads');
    const doc = await heads.findOne({ _id: 'audit' });
    if (doc !== null || (await audit.findOne({}, { projection: { _id: 1 } })) === null) return this.headOf(doc);
    // Another server may have made both between the two looks.
    const again = await heads.findOne({ _id: 'audit' });
    if (again === null) this.raise('the audit chain has lines and no head');
    if (this.fault !== null) throw new StoreError('tampered', this.fault);
    return this.headOf(again);
  }

  /**
   * Takes a head that was read from the database. Two servers may read it in any order. If it went back by more than a
   * race explains, the missing line is found by `look`.
   * @throws StoreError `tampered` if the head is not ours
   */
  private headOf(doc: ChainHeadDoc | null): ChainHead {
    if (doc === null) return CHAIN_START;
    const head = { seq: doc.seq, hash: doc.hash };
    if (!this.parts.seals.chainHead.isOf(headText(head), doc.mac)) {
      this.raise('the head of the audit chain is not as it was written');
      throw new StoreError('tampered', this.fault ?? '');
    }
    return head;
  }

  raise(fault: string): void {
    if (this.fault !== null) return;
    this.fault = fault;
    this.parts.log('store.chain-broken', { fault });
  }

  private plan(afterMs: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.looking = this.look()
        .catch((error: unknown) => this.parts.log('store.watch-waits', { detail: String(error) }))
        .finally(() => this.plan(this.walked > 0 ? REST_MS : (this.parts.lookMs ?? LOOK_MS)));
    }, afterMs);
    this.timer.unref();
  }

  private async look(): Promise<void> {
    if (this.fault !== null) return;
    await this.lookAtEnd();
    if (this.fault === null && performance.now() >= this.walkAtMs) await this.walk();
  }

  private async lookAtEnd(): Promise<void> {
    const { link, audit, beside } = this.parts;
    const before = this.known;
    const head = await link.read(() => this.head());
    if (head.seq < before.seq) {
      this.raise(`the audit chain ends at line ${head.seq}, and did at ${before.seq}`);
      return;
    }
    const ends = await link.read(() =>
      audit.find({ _id: { $in: [before.seq, head.seq] } }, { projection: { hash: 1 } }).toArray(),
    );
    for (const { seq, hash } of [before, head]) {
      if (seq > 0 && ends.find(({ _id }) => _id === seq)?.hash !== hash) {
        this.raise(`line ${seq} of the audit chain is not the one that was written`);
        return;
      }
    }
    await this.count(head);
    if (this.fault !== null) return;
    this.known = head;
    if (head.seq > before.seq) beside?.keep(head);
  }

  /** The server's own estimate costs nothing; only if it is too small are the lines counted. */
  private async count(head: ChainHead): Promise<void> {
    const { link, audit } = this.parts;
    const about = await link.read(() => audit.estimatedDocumentCount());
    if (about >= head.seq) return;
    const exact = await link.read(() => audit.countDocuments({ _id: { $gte: 1, $lte: head.seq } }));
    if (exact < head.seq) this.raise(`lines of the audit chain are missing: there are ${exact} of ${head.seq}`);
  }

  /** Looks at all of it now. */
  async lookNow(): Promise<string | null> {
    if (this.fault === null) await this.lookAtEnd();
    for (let from = 1; this.fault === null && from > 0;) from = await this.walkFrom(from);
    return this.fault;
  }

  private async walk(): Promise<void> {
    const next = await this.walkFrom(this.walked + 1);
    this.walked = Math.max(0, next - 1);
    if (next === 0) this.walkAtMs = performance.now() + WALK_MS;
  }

  /** Where the next piece begins; 0: there are no more lines. */
  private async walkFrom(from: number): Promise<number> {
    const { link, audit, seals } = this.parts;
    const lines = await link.read(() =>
      audit
        .find({ _id: { $gte: from, $lte: this.known.seq } }, { projection: SEALED_FIELDS })
        .sort({ _id: 1 })
        .limit(PIECE_LINES)
        .toArray(),
    );
    for (const [i, line] of (lines as SealedDoc[]).entries()) {
      if (line._id !== from + i) this.raise(`line ${from + i} of the audit chain is missing`);
      else if (!isLineSealed(line, seals.chain))
        this.raise(`line ${line._id} of the audit chain is not as it was written`);
      if (this.fault !== null) return 0;
    }
    const last = lines.at(-1);
    return last === undefined || lines.length < PIECE_LINES ? 0 : last._id + 1;
  }
}
