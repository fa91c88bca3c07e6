// Limits how many pieces of work run at once in this process; the rest waits, first come first served. A gate decides
// who may wait, and how many (gate.ts).

export class Slots {
  private readonly waiting: (() => void)[] = [];
  private free: number;

  /** @param atOnce at least 1 */
  constructor(atOnce: number) {
    this.free = atOnce;
  }

  /** Runs `work` when a slot is free. Settles as `work` does. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((begin) => this.waiting.push(begin));
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.free += 1;
      else next();
    }
  }
}
