// Work that must not overlap waits its turn in this process, first come first served. A failure reaches only its own
// caller and does not affect the next piece of work.

/** One piece of work at a time. */
export class Queue {
  private last: Promise<unknown> = Promise.resolve();

  /** Runs `work` when everything handed in before has ended. Settles as `work` does. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.last.then(work);
    this.last = mine.catch(() => undefined);
    return mine;
  }

  /** Resolves when everything handed in before has ended. */
  async idle(): Promise<void> {
    await this.last;
  }
}

/** A queue for each name; a name without work takes no memory. */
export class NamedQueues {
  private readonly lasts = new Map<string, Promise<unknown>>();

  /** How many names have work that has not ended. */
  get size(): number {
    return this.lasts.size;
  }

  /**
   * Runs `work` when everything handed in under this name before has ended. Settles as `work` does.
   * @param cleanUp runs between this work and the next; the caller does not wait for it, and its failure is ignored
   */
  run<T>(name: string, work: () => Promise<T>, cleanUp: () => unknown = () => undefined): Promise<T> {
    const mine = (this.lasts.get(name) ?? Promise.resolve()).then(work);
    const ended = mine
      .then(cleanUp, cleanUp)
      .catch(() => undefined)
      .then(() => {
        if (this.lasts.get(name) === ended) this.lasts.delete(name);
      });
    this.lasts.set(name, ended);
    return mine;
  }
}
