// One limit of time for many pieces of work, with one timer for all: a timer for each look-up costs more than finding
// its batch. They end in the order in which they began, so the oldest is always the next.

interface Waiting {
  untilMs: number;
  giveUp: () => void;
}

export class Deadlines {
  private readonly mostMs: number;
  private readonly errorOf: () => Error;
  /** In the order in which they began. */
  private readonly waiting = new Set<Waiting>();
  private timer: NodeJS.Timeout | null = null;

  /** @param errorOf what the caller gets whose work took longer */
  constructor(mostMs: number, errorOf: () => Error) {
    this.mostMs = mostMs;
    this.errorOf = errorOf;
  }

  /** Settles as `work` does, or fails after the time; the work may still be done, but no caller waits for it. */
  within<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const one: Waiting = { untilMs: performance.now() + this.mostMs, giveUp: () => reject(this.errorOf()) };
      this.waiting.add(one);
      this.timer ??= this.alarmIn(this.mostMs);
      work.then(
        (value) => {
          this.waiting.delete(one);
          resolve(value);
        },
        (error: unknown) => {
          this.waiting.delete(one);
          reject(error instanceof Error ? error : new Error('work failed', { cause: error }));
        },
      );
    });
  }

  private alarmIn(ms: number): NodeJS.Timeout {
    return setTimeout(() => this.ring(), ms).unref();
  }

  private ring(): void {
    const nowMs = performance.now();
    this.timer = null;
    for (const one of this.waiting) {
      if (one.untilMs > nowMs) {
        this.timer = this.alarmIn(Math.ceil(one.untilMs - nowMs));
        return;
      }
      this.waiting.delete(one);
      one.giveUp();
    }
  }
}
