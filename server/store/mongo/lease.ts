// One server at a time does a thing: it holds the lease and renews it. A server that sees no renewal for long enough,
// by its own clock, takes over with a higher fencing number. When the former holder wakes, it finds its number too low.
// Clocks of two servers are never compared, so they may differ.

import type { Model } from 'mongoose';
import { isDuplicate } from './connection.ts';
import type { LeaseDoc } from './schemas.ts';

export class Lease {
  private readonly leases: Model<LeaseDoc>;
  private readonly name: string;
  private readonly me: string;
  private readonly silenceMs: number;
  private fence: number | null = null;
  /** Another holder's last heartbeat, and when we first saw it. */
  private seen: { fence: number; beat: number; atMs: number } | null = null;

  /** @param me unique among all servers and all their starts */
  constructor(leases: Model<LeaseDoc>, name: string, me: string, silenceMs: number) {
    this.leases = leases;
    this.name = name;
    this.me = me;
    this.silenceMs = silenceMs;
  }

  /** Our fencing number if we hold the lease after a renewal or a take-over; null if another server holds it. */
  async hold(): Promise<number | null> {
    if (this.fence !== null && (await this.beat(this.fence))) return this.fence;
    this.fence = await this.takeOver();
    return this.fence;
  }

  /** Lets another server take over at once. */
  async release(): Promise<void> {
    if (this.fence === null) return;
    await this.leases.updateOne({ _id: this.name, holder: this.me, fence: this.fence }, { $set: { holder: '' } });
    this.fence = null;
  }

  private async beat(fence: number): Promise<boolean> {
    const { matchedCount } = await this.leases.updateOne(
      { _id: this.name, holder: this.me, fence },
      { $inc: { beat: 1 } },
    );
    return matchedCount === 1;
  }

  private async takeOver(): Promise<number | null> {
    const lease = await this.leases.findById(this.name).lean<LeaseDoc>().exec();
    if (lease === null) return this.make();
    const { fence, beat, holder } = lease;
    if (holder !== '' && !this.isSilent(fence, beat)) return null;
    const next = { holder: this.me, fence: fence + 1, beat: 0 };
    const { matchedCount } = await this.leases.updateOne({ _id: this.name, holder, fence, beat }, { $set: next });
    return matchedCount === 1 ? fence + 1 : null;
  }

  private async make(): Promise<number | null> {
    try {
      await this.leases.insertMany([{ _id: this.name, holder: this.me, fence: 1, beat: 0 }]);
      return 1;
    } catch (error) {
      if (isDuplicate(error)) return null;
      throw error;
    }
  }

  private isSilent(fence: number, beat: number): boolean {
    const nowMs = performance.now();
    if (this.seen?.fence !== fence || this.seen.beat !== beat) {
      this.seen = { fence, beat, atMs: nowMs };
      return false;
    }
    return nowMs - this.seen.atMs >= this.silenceMs;
  }
}
