// What a store on many servers does in the background: the server that holds the lease moves lines into the audit chain
// and finishes what another server left behind. The others check now and then whether the holder is alive.

import { Queue } from '../../kit/queue.ts';
import { StoreError } from '../store.ts';
import type { AuditAppender } from './audit-appender.ts';
import type { Link } from './connection.ts';
import type { Lease } from './lease.ts';
import type { ScanCarrier } from './scan-carrier.ts';

export interface Pace {
  /** How often the holder works and renews the lease, and how often the others check. */
  beatMs: number;
  /** A holder that was silent for this long loses the lease. */
  silenceMs: number;
  /** How long a reader of the log waits for lines that another server moves. */
  catchUpMs: number;
}

export const PACE: Pace = { beatMs: 1_000, silenceMs: 5_000, catchUpMs: 3_000 };

/** A change of ours is moved after this time instead of at the next beat, together with those that follow at once. */
const NUDGE_MS = 50;
/** Consecutive rounds; the rest waits for the next beat. */
const ROUNDS_MAX = 50;
const LOOK_AGAIN_MS = 100;

export interface BackgroundParts {
  link: Link;
  lease: Lease;
  appender: AuditAppender;
  carrier: ScanCarrier;
  pace: Pace;
  log: (event: string, fields: Record<string, unknown>) => void;
}

export class Background {
  private readonly parts: BackgroundParts;
  private timer: NodeJS.Timeout | null = null;
  private nudged = false;
  private stopped = false;
  private readonly queue = new Queue();

  constructor(parts: BackgroundParts) {
    this.parts = parts;
  }

  start(): void {
    this.plan(this.parts.pace.beatMs);
  }

  /** Reports that there is something to move. */
  nudge(): void {
    if (this.nudged || this.stopped) return;
    this.nudged = true;
    this.plan(Math.min(NUDGE_MS, this.parts.pace.beatMs));
  }

  /** Whether every line that was written before the call is now in the chain. @throws StoreError */
  async catchUp(): Promise<boolean> {
    const untilMs = performance.now() + this.parts.pace.catchUpMs;
    for (;;) {
      if (await this.queue.run(() => this.append())) return true;
      if (!(await this.parts.link.read(() => this.parts.appender.isWaiting()))) return true;
      if (performance.now() > untilMs) return false;
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }

  /** Runs a last round if possible, and releases the lease. */
  async stop(): Promise<void> {
    if (this.stopped) return;
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    try {
      await this.queue.run(() => this.work());
      await this.parts.link.write(() => this.parts.lease.release());
    } catch (error) {
      this.report(error);
    }
  }

  private plan(afterMs: number): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.beat(), afterMs);
    this.timer.unref();
  }

  private async beat(): Promise<void> {
    this.nudged = false;
    try {
      await this.queue.run(() => this.work());
    } catch (error) {
      this.report(error);
    }
    if (!this.stopped && !this.nudged) this.plan(this.parts.pace.beatMs);
  }

  private async work(): Promise<void> {
    if (await this.append()) await this.parts.link.write(() => this.parts.carrier.sweep());
  }

  /** Whether we hold the lease and left nothing in the outboxes. */
  private async append(): Promise<boolean> {
    const { link, lease, appender } = this.parts;
    const fence = await link.write(() => lease.hold());
    if (fence === null) return false;
    for (let rounds = 0; rounds < ROUNDS_MAX; rounds += 1) {
      if ((await link.write(() => appender.round(fence))) === 'done') return true;
    }
    return false;
  }

  private report(error: unknown): void {
    const detail = error instanceof Error ? error.message : String(error);
    this.parts.log(error instanceof StoreError ? 'store.background-waits' : 'store.background-failed', { detail });
  }
}
