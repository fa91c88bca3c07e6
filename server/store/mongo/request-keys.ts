// Request keys: a POST that is sent again makes nothing twice, on whichever server it arrives.
//
// The unique index on the keys inside the records decides, because the change and its key are one write. A reservation
// made before it says in which collection a key is used, so that one read finds it, and refuses the key for anything
// else. The answer is kept in the record's outbox until the line of the change is in the chain, then here.

import { setTimeout as wait } from 'node:timers/promises';
import { Types, type Model } from 'mongoose';
import { requestText } from '../seal-texts.ts';
import type { ShortSeal } from '../short-seal.ts';
import { StoreError, type CollectionName, type Replayed, type RequestKey } from '../store.ts';
import { isDuplicate } from './connection.ts';
import type { Models, OutboxEntry, RecordDoc, RequestKeyDoc } from './schemas.ts';

/** Keys deleted in one round. */
const FORGET_KEYS = 1_000;
/** An unused reservation (its server died) blocks no request after this time. */
const RESERVED_MS = 60_000;
/** Wait for the same request on another server: far longer than one write takes. */
const UNDER_WAY_MS = 1_500;
const LOOK_AGAIN_MS = 50;
/** Reads of a key that may be moving from its record to its reservation. */
const LOOKS_MAX = 5;
/** `of` of a key without a record. It says where to look for an answer that is not here; this answer is here. */
const NO_RECORD: CollectionName = 'offices';

/** `token` is null if the same request is under way under another reservation: the index decides which one succeeds. */
export type Reservation = { kind: 'reserved'; token: string | null } | Replayed;

export class RequestKeys {
  private readonly models: Models;
  private readonly seal: ShortSeal;

  constructor(models: Models, seal: ShortSeal) {
    this.models = models;
    this.seal = seal;
  }

  /**
   * Before a write: the key is ours, was answered, or is used for something else. If the same request is under way in
   * another collection, its answer is waited for; `answer` is null if none came in time.
   */
  async reserve(of: CollectionName, request: RequestKey, at: string): Promise<Reservation> {
    const token = new Types.ObjectId().toHexString();
    const untilMs = performance.now() + UNDER_WAY_MS;
    for (;;) {
      try {
        await this.models.requestKeys.insertMany([{ _id: request.key, at, bodyHash: request.bodyHash, of, token }]);
        return { kind: 'reserved', token };
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
      const seen = await this.find(request.key);
      if (seen !== null) return { kind: 'replayed', ...seen };
      const other = await this.reservationOf(request.key);
      if (other === null) continue;
      const isSame = other.bodyHash === request.bodyHash;
      if (isSame && other.of === of) return { kind: 'reserved', token: null };
      const ours = { at, bodyHash: request.bodyHash, of, token };
      if (isLeft(other, at) && (await this.replaceUnanswered(other, ours))) return { kind: 'reserved', token };
      if (!isSame || performance.now() > untilMs) return { kind: 'replayed', bodyHash: other.bodyHash, answer: null };
      await wait(LOOK_AGAIN_MS);
    }
  }

  private async replaceUnanswered(other: RequestKeyDoc, ours: Omit<RequestKeyDoc, '_id'>): Promise<boolean> {
    const unanswered = { _id: other._id, token: other.token, answer: { $exists: false } };
    const { matchedCount } = await this.models.requestKeys.updateOne(unanswered, { $set: ours });
    return matchedCount === 1;
  }

  /** Keeps the answer of a request that changed nothing, unless the key was answered or is used for something else. */
  async keep({ key, bodyHash, answer }: RequestKey, at: string): Promise<Replayed | null> {
    const text = JSON.stringify(answer);
    const ours = {
      at,
      bodyHash,
      of: NO_RECORD,
      token: new Types.ObjectId().toHexString(),
      answer: text,
      mac: this.seal.of(requestText(key, at, bodyHash, text)),
    };
    for (let look = 0; look < LOOKS_MAX; look += 1) {
      try {
        await this.models.requestKeys.insertMany([{ _id: key, ...ours }]);
        return null;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
      const seen = await this.find(key);
      if (seen !== null) return { kind: 'replayed', ...seen };
      const other = await this.reservationOf(key);
      if (other === null) continue;
      if (other.bodyHash !== bodyHash && !isLeft(other, at))
        return { kind: 'replayed', bodyHash: other.bodyHash, answer: null };
      // Left by a server that died, or by the same request under way; if that one still changes something, its answer
      // follows ours.
      if (await this.replaceUnanswered(other, ours)) return null;
    }
    throw new StoreError('unavailable', 'a request key is being used by many at once');
  }

  /** After a refused write: releases the key, unless somebody else holds it. */
  async release(key: string, token: string | null): Promise<void> {
    if (token !== null) await this.models.requestKeys.deleteOne({ _id: key, token, answer: { $exists: false } });
  }

  /** The answer given under a key; null while no change was made with it. */
  async find(key: string): Promise<{ bodyHash: string; answer: unknown } | null> {
    for (let look = 0; look < LOOKS_MAX; look += 1) {
      const reservation = await this.reservationOf(key);
      if (reservation === null) return null;
      if (reservation.answer !== undefined) return this.answerOf(reservation, reservation.answer);
      const holder = this.records(reservation.of).findOne({ requestKeys: key }, { outbox: 1 });
      const record = await holder.lean<Pick<RecordDoc, 'outbox'>>().exec();
      if (record === null) return null;
      const request = record.outbox.find((entry) => entry.request?.key === key)?.request;
      if (request !== undefined && request !== null)
        return { bodyHash: request.bodyHash, answer: JSON.parse(request.answer) as unknown };
      // It was moved between the two reads: the next one finds it.
    }
    return null;
  }

  /** @throws StoreError `tampered` */
  private answerOf({ _id, at, bodyHash, mac }: RequestKeyDoc, answer: string): { bodyHash: string; answer: unknown } {
    if (!this.seal.isOf(requestText(_id, at, bodyHash, answer), mac))
      throw new StoreError('tampered', 'the answer to a request is not as it was written');
    return { bodyHash, answer: JSON.parse(answer) as unknown };
  }

  /** Keeps the answers of entries that are about to leave their outbox. May run twice. */
  async keepAnswers(of: CollectionName, entries: readonly (OutboxEntry & { at: string })[]): Promise<void> {
    const writes = entries.flatMap(({ request, at, id }) =>
      request === null
        ? []
        : [
            {
              updateOne: {
                filter: { _id: request.key },
                update: {
                  $set: {
                    at,
                    of,
                    bodyHash: request.bodyHash,
                    answer: request.answer,
                    mac: this.seal.of(requestText(request.key, at, request.bodyHash, request.answer)),
                  },
                  $setOnInsert: { token: id },
                },
                upsert: true,
              },
            },
          ],
    );
    if (writes.length === 0) return;
    const keep = (): Promise<unknown> =>
      this.models.requestKeys.bulkWrite(writes, { ordered: false, throwOnValidationError: true });
    try {
      await keep();
    } catch (error) {
      // Two upserts of one key at once: the second one finds what the first made.
      if (!isDuplicate(error)) throw error;
      await keep();
    }
  }

  /** Deletes keys from before an instant, in their records first. Returns how many. */
  async forgetBefore(at: string): Promise<number> {
    let forgotten = 0;
    for (;;) {
      const some = this.models.requestKeys.find({ at: { $lt: at } }, { of: 1 }).limit(FORGET_KEYS);
      const old = await some.lean<Pick<RequestKeyDoc, '_id' | 'of'>[]>().exec();
      for (const of of new Set(old.map((key) => key.of))) {
        const keys = old.flatMap((key) => (key.of === of ? [key._id] : []));
        await this.records(of).updateMany({ requestKeys: { $in: keys } }, { $pull: { requestKeys: { $in: keys } } });
      }
      const { deletedCount } = await this.models.requestKeys.deleteMany({ _id: { $in: old.map(({ _id }) => _id) } });
      forgotten += deletedCount;
      if (old.length < FORGET_KEYS) return forgotten;
    }
  }

  private reservationOf(key: string): Promise<RequestKeyDoc | null> {
    return this.models.requestKeys.findById(key).lean<RequestKeyDoc>().exec();
  }

  private records(name: CollectionName): Model<RecordDoc> {
    return this.models.records[name];
  }
}

/** Whether a reservation was abandoned: none is held for this long. */
function isLeft({ at }: RequestKeyDoc, now: string): boolean {
  return Date.parse(now) - Date.parse(at) >= RESERVED_MS;
}
