// Moves lines from the outboxes into the audit chain, in rounds. One server does it at a time (lease.ts), but it stays
// correct if two do: a line's place is its `_id`, so the second insert at a place is refused. The head only advances
// under the highest fencing number, and only when no line up to it is in an outbox any more.
//
// The order of a round makes it safe to stop anywhere: read the head, then the outboxes, then what follows the head;
// append what is missing; keep the answers; empty the outboxes; advance the head.

import type { Model, mongo } from 'mongoose';
import { chainLine, CHAIN_START, type ChainHead } from '../../domain/audit/audit-chain.ts';
import type { AuditLine } from '../../domain/audit/audit.ts';
import { COLLECTION_NAMES } from '../collections.ts';
import type { CollectionName } from '../store.ts';
import { headText } from '../seal-texts.ts';
import type { Seals } from '../seals.ts';
import { docOf } from './audit-docs.ts';
import type { ChainWatch } from './chain-watch.ts';
import { isDuplicate } from './connection.ts';
import type { Outbox } from './outbox.ts';
import type { RequestKeys } from './request-keys.ts';
import type { AuditDoc, LineDoc, Models, OutboxEntry, RecordDoc } from './schemas.ts';

const HEAD_ID = 'audit';
/** Documents read in each collection, and lines appended, in one round. */
const DOCUMENTS_MAX = 200;
const LINES_MAX = 500;
/** Served by the index on `outboxSince`, which contains nothing else. */
const WAITING = { outboxSince: { $gt: 0 } } as const;

/** A waiting line, and where it is. */
interface Waiting {
  entry: OutboxEntry;
  line: AuditLine;
  /** Null: a line without a record. */
  of: CollectionName | null;
  documentId: string;
}

/** `more`: another round has more to do, or another server interfered. */
export type Round = 'done' | 'more';

export interface AppenderParts {
  models: Models;
  audit: mongo.Collection<AuditDoc>;
  outbox: Outbox;
  requestKeys: RequestKeys;
  seals: Seals;
  watch: ChainWatch;
  log: (event: string, fields: Record<string, unknown>) => void;
}

export class AuditAppender {
  private readonly parts: AppenderParts;
  /** Entries with a broken seal; each is logged once. */
  private readonly reported = new Set<string>();

  constructor(parts: AppenderParts) {
    this.parts = parts;
  }

  /** @param fence the number of the lease that we hold */
  async round(fence: number): Promise<Round> {
    const head = await this.head();
    const { waiting, more } = await this.withoutOld(head, await this.gather());
    const behind = await this.standing(head);
    if (waiting.length === 0 && behind.length === 0) return 'done';
    if (!(await this.claimHead(fence, head))) return 'more';

    const placed = new Set(behind.map(({ line }) => line));
    const last = behind.at(-1);
    const tail: ChainHead = last === undefined ? head : { seq: last._id, hash: last.hash };
    const appended = await this.append(
      tail,
      waiting.filter(({ entry }) => !placed.has(entry.id)),
    );
    if (appended === null) return 'more';
    await this.empty(waiting);
    await this.empty(await this.leftOver(placed, waiting));
    const moved = await this.moveHead(fence, head, appended);
    return more || !moved ? 'more' : 'done';
  }

  /** Whether a line waits: in an outbox, or placed after a head that has not advanced yet. */
  async isWaiting(): Promise<boolean> {
    const { lines, records } = this.parts.models;
    const found = await Promise.all([
      lines.exists(WAITING),
      ...COLLECTION_NAMES.map((name) => records[name].exists(WAITING)),
    ]);
    if (found.some((document) => document !== null)) return true;
    const { seq } = await this.head();
    return (await this.parts.audit.findOne({ _id: { $gt: seq } }, { projection: { _id: 1 } })) !== null;
  }

  head(): Promise<ChainHead> {
    return this.parts.watch.head();
  }

  /** Claims the head if it is unchanged; false if it carries a higher fencing number. */
  private async claimHead(fence: number, head: ChainHead): Promise<boolean> {
    const isFirst = head.seq === CHAIN_START.seq;
    const mac = this.parts.seals.chainHead.of(headText(head));
    try {
      const { matchedCount, upsertedCount } = await this.parts.models.chainHeads.updateOne(
        { _id: HEAD_ID, seq: head.seq, fence: { $lte: fence } },
        { $set: { fence }, ...(isFirst ? { $setOnInsert: { hash: head.hash, mac } } : {}) },
        { upsert: isFirst },
      );
      return matchedCount + upsertedCount === 1;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  /** The waiting lines, ordered by their ticks; lines of one document keep their order. */
  private async gather(): Promise<{ waiting: Waiting[]; more: boolean }> {
    const { models } = this.parts;
    const lists = await Promise.all([
      waitingIn(models.lines, WAITING).then((documents) => this.linesOf(documents, null)),
      ...COLLECTION_NAMES.map((name) =>
        waitingIn(models.records[name], WAITING).then((documents) => this.linesOf(documents, name)),
      ),
    ]);
    const all = lists.flat().sort((a, b) => a.entry.tick - b.entry.tick);
    return {
      waiting: all.slice(0, LINES_MAX),
      more: all.length > LINES_MAX || lists.some((list) => list.length >= DOCUMENTS_MAX),
    };
  }

  /**
   * Drops lines that already have a place up to the head. The head only advances when no outbox holds such a line, so
   * their document was restored with its old outbox. They are removed again and say nothing about the record's state.
   */
  private async withoutOld(
    head: ChainHead,
    { waiting, more }: { waiting: Waiting[]; more: boolean },
  ): Promise<{ waiting: Waiting[]; more: boolean }> {
    if (waiting.length === 0) return { waiting, more };
    const ids = waiting.map(({ entry }) => entry.id);
    const places = this.parts.audit.find({ line: { $in: ids }, _id: { $lte: head.seq } }, { projection: { line: 1 } });
    const old = new Set((await places.toArray()).map(({ line }) => line));
    if (old.size === 0) return { waiting, more };
    const back = waiting.filter(({ entry }) => old.has(entry.id));
    for (const { of, documentId } of back) this.parts.log('store.line-put-back', { of: of ?? 'lines', id: documentId });
    await this.empty(back);
    return { waiting: waiting.filter(({ entry }) => !old.has(entry.id)), more };
  }

  private linesOf(documents: readonly Pick<RecordDoc, '_id' | 'outbox'>[], of: CollectionName | null): Waiting[] {
    return documents.flatMap(({ _id, outbox }) => {
      const waiting: Waiting[] = [];
      let tick = 0;
      for (const entry of outbox) {
        const line = this.parts.outbox.lineOf(entry);
        if (line === null) {
          this.report(entry.id, of, _id);
          continue;
        }
        // Clocks of two servers may differ; the document knows the order of its own lines.
        tick = Math.max(tick, entry.tick);
        waiting.push({ entry: { ...entry, tick }, line, of, documentId: _id });
      }
      return waiting;
    });
  }

  /** A line that was not sealed with the row key never enters the chain; it is kept for inspection. */
  private report(entryId: string, of: CollectionName | null, documentId: string): void {
    if (this.reported.has(entryId)) return;
    this.reported.add(entryId);
    this.parts.log('store.line-tampered', { of: of ?? 'lines', id: documentId });
  }

  /** Lines already placed after the head without a gap, by an interrupted round or by another server. */
  private async standing(head: ChainHead): Promise<Pick<AuditDoc, '_id' | 'line' | 'hash'>[]> {
    const behind = await this.parts.audit
      .find({ _id: { $gt: head.seq } }, { projection: { line: 1, hash: 1 } })
      .sort({ _id: 1 })
      .toArray();
    const gap = behind.findIndex(({ _id }, i) => _id !== head.seq + 1 + i);
    return gap === -1 ? behind : behind.slice(0, gap);
  }

  /** Lines that are placed in the chain but still in an outbox, besides those gathered. */
  private async leftOver(placed: ReadonlySet<string>, gathered: readonly Waiting[]): Promise<Waiting[]> {
    const known = new Set(gathered.map(({ entry }) => entry.id));
    const ids = [...placed].filter((id) => !known.has(id));
    if (ids.length === 0) return [];
    const { models } = this.parts;
    const theirs = { ...WAITING, 'outbox.id': { $in: ids } };
    const lists = await Promise.all([
      waitingIn(models.lines, theirs).then((documents) => this.linesOf(documents, null)),
      ...COLLECTION_NAMES.map((name) =>
        waitingIn(models.records[name], theirs).then((documents) => this.linesOf(documents, name)),
      ),
    ]);
    return lists.flat().filter(({ entry }) => placed.has(entry.id));
  }

  /** Appends lines after the tail. Returns the new tail; null if another server took a place first. */
  private async append(tail: ChainHead, waiting: readonly Waiting[]): Promise<ChainHead | null> {
    let end = tail;
    const entries = waiting.map(({ entry, line }): AuditDoc => {
      const placed = chainLine(end, line);
      end = { seq: placed.seq, hash: placed.hash };
      return docOf(placed, entry.id, this.parts.seals.chain);
    });
    if (entries.length === 0) return end;
    try {
      await this.parts.audit.insertMany(entries, { ordered: true });
      return end;
    } catch (error) {
      if (isDuplicate(error)) return null;
      throw error;
    }
  }

  /** Removes lines that are in the chain from their outboxes, after keeping the answers of their requests. */
  private async empty(waiting: readonly Waiting[]): Promise<void> {
    const { models, requestKeys } = this.parts;
    const own = waiting.flatMap(({ of, documentId }) => (of === null ? [documentId] : []));
    if (own.length > 0) await models.lines.deleteMany({ _id: { $in: own } });
    for (const name of COLLECTION_NAMES) {
      const lines = waiting.filter(({ of }) => of === name);
      if (lines.length === 0) continue;
      await requestKeys.keepAnswers(
        name,
        lines.map(({ entry, line }) => ({ ...entry, at: line.at })),
      );
      const documentIds = [...new Set(lines.map(({ documentId }) => documentId))];
      const pulled = { $pull: { outbox: { id: { $in: lines.map(({ entry }) => entry.id) } } } };
      await models.records[name].updateMany({ _id: { $in: documentIds } }, pulled);
      await models.records[name].updateMany(
        { _id: { $in: documentIds }, outbox: { $size: 0 } },
        { $unset: { outboxSince: 1 } },
      );
      await models.records[name].deleteMany({ _id: { $in: documentIds }, removed: true, outbox: { $size: 0 } });
    }
  }

  private async moveHead(fence: number, from: ChainHead, to: ChainHead): Promise<boolean> {
    const { matchedCount } = await this.parts.models.chainHeads.updateOne(
      { _id: HEAD_ID, seq: from.seq, fence },
      { $set: { ...to, mac: this.parts.seals.chainHead.of(headText(to)) } },
    );
    return matchedCount === 1;
  }
}

function waitingIn(
  model: Model<RecordDoc> | Model<LineDoc>,
  filter: typeof WAITING,
): Promise<Pick<RecordDoc, '_id' | 'outbox'>[]> {
  return (model as Model<RecordDoc>)
    .find(filter, { outbox: 1 })
    .sort({ outboxSince: 1 })
    .limit(DOCUMENTS_MAX)
    .lean<Pick<RecordDoc, '_id' | 'outbox'>[]>()
    .exec();
}
