// Bounds on expensive work: how much of it runs at once, how much waits, and how much of both one actor may have.
//
// A place is held from the moment it is given until it is left: for a stream, until its last byte. A free place goes to
// the actor that holds the fewest, and among those to whoever has waited longest. So an actor that fills the queue
// delays its own work first.

export interface GateBounds {
  /** Places on this server, at least 1. */
  atOnce: number;
  /** Most that may wait for a place on this server. */
  inLine: number;
  /** Places held and waited for by one actor, together. */
  perActor: number;
}

/** Leaves the place. May be called more than once. */
export type Leave = () => void;

interface Waiting {
  actor: string;
  begin: () => void;
}

/** The outcome of asking for a place. */
export type Entered = { kind: 'in'; leave: Leave } | { kind: 'full' } | { kind: 'gone' };

export class Gate {
  private readonly bounds: GateBounds;
  /** Places held, by actor; actors without a place are not in it. */
  private readonly held = new Map<string, number>();
  private line: Waiting[] = [];
  private running = 0;

  constructor(bounds: GateBounds) {
    this.bounds = bounds;
  }

  /** Places held, and how many wait. */
  get use(): { running: number; waiting: number } {
    return { running: this.running, waiting: this.line.length };
  }

  /**
   * A place, at once or after waiting. `full`: a bound is reached, or no place became free within `waitMs`. `gone`:
   * `signal` was aborted meanwhile.
   */
  async enter(actor: string, { waitMs, signal }: { waitMs: number; signal?: AbortSignal }): Promise<Entered> {
    const { atOnce, inLine, perActor } = this.bounds;
    if (signal?.aborted === true) return { kind: 'gone' };
    const waits = this.line.filter((one) => one.actor === actor).length;
    if ((this.held.get(actor) ?? 0) + waits >= perActor) return { kind: 'full' };
    if (this.running < atOnce) return { kind: 'in', leave: this.take(actor) };
    if (this.line.length >= inLine) return { kind: 'full' };
    return this.wait(actor, waitMs, signal);
  }

  private wait(actor: string, waitMs: number, signal: AbortSignal | undefined): Promise<Entered> {
    return new Promise((resolve) => {
      const end = (entered: Entered): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', giveUp);
        this.line = this.line.filter((one) => one !== waiting);
        resolve(entered);
      };
      const giveUp = (): void => end({ kind: 'gone' });
      const waiting: Waiting = { actor, begin: () => end({ kind: 'in', leave: this.take(actor) }) };
      const timer = setTimeout(() => end({ kind: 'full' }), waitMs).unref();
      signal?.addEventListener('abort', giveUp);
      this.line.push(waiting);
    });
  }

  private take(actor: string): Leave {
    this.running += 1;
    this.held.set(actor, (this.held.get(actor) ?? 0) + 1);
    let isLeft = false;
    return () => {
      if (isLeft) return;
      isLeft = true;
      this.running -= 1;
      const left = (this.held.get(actor) ?? 1) - 1;
      if (left > 0) this.held.set(actor, left);
      else this.held.delete(actor);
      this.next()?.begin();
    };
  }

  /** The one that has waited longest among the actors that hold the fewest places. */
  private next(): Waiting | undefined {
    const heldBy = ({ actor }: Waiting): number => this.held.get(actor) ?? 0;
    const [first, ...others] = this.line;
    if (first === undefined) return undefined;
    return others.reduce((best, one) => (heldBy(one) < heldBy(best) ? one : best), first);
  }
}
