// A refusal is cheap, but a client that asks again at once makes thousands a second. So it is answered a little later;
// meanwhile its body is not read, and a client with sixteen connections makes sixteen.

import { setTimeout as wait } from 'node:timers/promises';
import type { Response } from 'express';

const HOLD_MS = 1_000;
/** Refusals that wait; more are answered at once. */
const WAITING_MAX = 1_000;

export class RefusalHold {
  private readonly holdMs: number;
  private waiting = 0;

  constructor(holdMs = HOLD_MS) {
    this.holdMs = holdMs;
  }

  /** Waits before a refusal is answered, unless its client has gone. */
  async hold(response: Response): Promise<void> {
    if (this.holdMs === 0 || this.waiting >= WAITING_MAX || response.closed) return;
    const gone = new AbortController();
    const leave = (): void => gone.abort();
    response.once('close', leave);
    this.waiting += 1;
    await wait(this.holdMs, undefined, { signal: gone.signal, ref: false }).catch(() => undefined);
    this.waiting -= 1;
    response.off('close', leave);
  }
}
