// Writes records: the change, its audit line and its request key are one write of one document. The version in the
// filter and the unique indexes decide which of two writers was first; nothing is decided by reading beforehand.

import { setTimeout as wait } from 'node:timers/promises';
import type { Model } from 'mongoose';
import type { Entity } from '../../domain/entity.ts';
import {
  StoreError,
  type CollectionName,
  type InsertOutcome,
  type RemoveOutcome,
  type Replayed,
  type ReplaceOutcome,
  type WriteNote,
} from '../store.ts';
import { isDuplicate } from './connection.ts';
import type { Outbox } from './outbox.ts';
import { contentOf, ownKey, STANDING, uniqueOf } from './record-rows.ts';
import type { RequestKeys } from './request-keys.ts';
import type { RecordDoc } from './schemas.ts';

/** Attempts if the reason of a refusal has disappeared when we look, because the other write was undone. */
const TRIES_MAX = 5;
const TRY_AGAIN_MS = 20;

export interface RecordWriterParts {
  name: CollectionName;
  model: Model<RecordDoc>;
  rowKey: Uint8Array;
  outbox: Outbox;
  requestKeys: RequestKeys;
}

export class RecordWriter<T extends Entity> {
  private readonly parts: RecordWriterParts;

  constructor(parts: RecordWriterParts) {
    this.parts = parts;
  }

  insert(doc: T, note: WriteNote): Promise<InsertOutcome> {
    return this.withKey(note, () => this.decided<InsertOutcome>(doc, true, note, this.insertion(doc, note)));
  }

  replace(doc: T, note: WriteNote): Promise<ReplaceOutcome> {
    return this.withKey(note, () => this.decided<ReplaceOutcome>(doc, false, note, this.replacement(doc, note)));
  }

  /** Frees what the record is found by; the document goes when its line is in the chain (audit-appender.ts). */
  remove(doc: T, note: WriteNote): Promise<RemoveOutcome> {
    const { model, outbox } = this.parts;
    const entry = outbox.entryOf(note);
    const update = {
      $set: { removed: true, unique: {}, fields: {}, words: [] },
      $push: { outbox: entry },
      $min: { outboxSince: entry.tick },
    };
    return this.withKey(note, async () => {
      const { matchedCount } = await model.updateOne({ _id: doc.id, version: doc.version, ...STANDING }, update);
      return matchedCount === 1 ? { kind: 'removed' } : ((await this.replayOf(note)) ?? { kind: 'conflict' });
    });
  }

  /** One attempt to insert; every attempt writes the same outbox entry. */
  private insertion(doc: T, note: WriteNote): () => Promise<InsertOutcome> {
    const { model, name, outbox, rowKey } = this.parts;
    const entry = outbox.entryOf(note);
    const row: RecordDoc = {
      _id: doc.id,
      createdAt: doc.createdAt,
      ...contentOf(name, rowKey, doc),
      requestKeys: note.request === null ? [ownKey(doc)] : [ownKey(doc), note.request.key],
      outbox: [entry],
      outboxSince: entry.tick,
    };
    return async () => {
      await model.insertMany([row]);
      return { kind: 'added' };
    };
  }

  private replacement(doc: T, note: WriteNote): () => Promise<ReplaceOutcome> {
    const { model, name, outbox, rowKey } = this.parts;
    const entry = outbox.entryOf(note);
    const key = note.request?.key ?? null;
    const current = { _id: doc.id, version: doc.version - 1, ...STANDING };
    const filter = key === null ? current : { ...current, requestKeys: { $ne: key } };
    const update = {
      $set: contentOf(name, rowKey, doc),
      $push: key === null ? { outbox: entry } : { outbox: entry, requestKeys: key },
      $min: { outboxSince: entry.tick },
    };
    return async () => {
      const { matchedCount } = await model.updateOne(filter, update);
      return matchedCount === 1 ? { kind: 'replaced' } : ((await this.replayOf(note)) ?? { kind: 'conflict' });
    };
  }

  /** Reserves the request key, writes, and releases the key if the write was refused. */
  private async withKey<O extends InsertOutcome | ReplaceOutcome | RemoveOutcome>(
    { line, request }: WriteNote,
    write: () => Promise<O>,
  ): Promise<O | Replayed> {
    if (request === null) return write();
    const { name, requestKeys } = this.parts;
    const reservation = await requestKeys.reserve(name, request, line.at);
    if (reservation.kind === 'replayed') return reservation;
    const outcome = await write();
    if (outcome.kind === 'duplicate' || outcome.kind === 'conflict')
      await requestKeys.release(request.key, reservation.token);
    return outcome;
  }

  /** Repeats a write until it is done or the reason of its refusal is known. */
  private async decided<O>(
    doc: T,
    isNew: boolean,
    note: WriteNote,
    write: () => Promise<O>,
  ): Promise<O | Replayed | { kind: 'duplicate'; index: string }> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await write();
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        const replayed = await this.replayOf(note);
        if (replayed !== null) return replayed;
        // A removed record whose line is in the chain, but whose document a stopped round left.
        if (isNew) await this.parts.model.deleteOne({ _id: doc.id, removed: true, outbox: { $size: 0 } });
        const index = await this.refusingIndex(doc, isNew);
        if (index !== null) return { kind: 'duplicate', index };
        if (tries === TRIES_MAX)
          throw new StoreError(
            'unavailable',
            `${this.parts.name} ${doc.id} is refused for no reason we can find`,
            error,
          );
        await wait(tries * TRY_AGAIN_MS);
      }
    }
  }

  private async replayOf({ request }: WriteNote): Promise<Replayed | null> {
    const seen = request === null ? null : await this.parts.requestKeys.find(request.key);
    return seen === null ? null : { kind: 'replayed', ...seen };
  }

  /** The unique index that refuses a record; null if none would refuse it now. */
  private async refusingIndex(doc: T, isNew: boolean): Promise<string | null> {
    const { model, name } = this.parts;
    if (isNew && (await model.exists({ _id: doc.id, ...STANDING })) !== null) return 'id';
    for (const [index, key] of Object.entries(uniqueOf(name, doc))) {
      const holder = await model.exists({ [`unique.${index}`]: key, _id: { $ne: doc.id } });
      if (holder !== null) return index;
    }
    return null;
  }
}
