// Notices writes to the database by anyone else while the store is in use. A connection's `data_version` changes when
// another one commits; then the whole chain is checked again. A second process of ours (the command line, a successor)
// is such a writer too, and its writes pass the check. So the alarm is raised for what is found, not for the writing
// itself. The first check, soon after the start, covers all lines.

import type { ChainHead } from '../../domain/audit/audit-chain.ts';
import type { ChainState } from './audit-log.ts';
import type { LongReader } from './long-reader.ts';
import type { Log, Writer } from './writer.ts';

/** How soon another writer is noticed. The check that follows reads every line: about 4 s per million. */
const LOOK_MS = 2_000;
/**
 * A check that took long is followed by a pause of this many times its length, so that it takes at most a tenth of the
 * reader thread's time.
 */
const REST = 9;

export class ChainWatch implements ChainState {
  /** What is wrong with the chain. It stays set while the store is open, because only an operator can repair it. */
  fault: string | null;
  private readonly writer: Writer;
  private readonly longReader: LongReader;
  private readonly log: Log;
  private timer: NodeJS.Timeout | null = null;
  private looking: Promise<void> = Promise.resolve();
  private stopped = false;
  private seenVersion: number | null = null;

  constructor(parts: { writer: Writer; longReader: LongReader; log: Log; fault: string | null }) {
    this.writer = parts.writer;
    this.longReader = parts.longReader;
    this.log = parts.log;
    this.fault = null;
    if (parts.fault !== null) this.raise(parts.fault);
  }

  start(lookMs = LOOK_MS): void {
    this.plan(lookMs, lookMs);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.looking;
  }

  private plan(afterMs: number, lookMs: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      const begun = performance.now();
      this.looking = this.look()
        .catch((error: unknown) => this.log('store.watch-waits', { detail: String(error) }))
        .finally(() => this.plan(lookMs + (performance.now() - begun) * REST, lookMs));
    }, afterMs);
    this.timer.unref();
  }

  private async look(): Promise<void> {
    if (this.fault !== null) return;
    const { dataVersion, head } = await this.writer.send({ kind: 'watch' });
    if (dataVersion === this.seenVersion) return;
    await this.lookAt(head);
    this.seenVersion = dataVersion;
  }

  /** Looks at all of it, whether or not anybody wrote. */
  async lookNow(): Promise<string | null> {
    if (this.fault === null) await this.lookAt((await this.writer.send({ kind: 'watch' })).head);
    return this.fault;
  }

  private async lookAt(known: ChainHead | null): Promise<void> {
    const fault = await this.longReader.ask({ kind: 'chain-fault', known });
    if (fault !== null) this.raise(fault);
    await this.walk();
  }

  private async walk(): Promise<void> {
    let after: number | null = 0;
    while (after !== null && this.fault === null && !this.stopped) {
      const { fault, next }: { fault: string | null; next: number | null } = await this.longReader.ask({
        kind: 'check-lines',
        after,
      });
      if (fault !== null) this.raise(fault);
      after = next;
    }
  }

  private raise(fault: string): void {
    if (this.fault !== null) return;
    this.fault = fault;
    this.log('store.chain-broken', { fault });
  }
}
