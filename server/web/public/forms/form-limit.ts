// How many forms of a network are taken. Only those that were taken count: a form that comes back with a fault, or in
// another language, costs its sender nothing. A whole market, or a town behind a carrier's address, may share one
// network, and each stamp has bounds of its own (day-quotas.ts, domain/stamp/pin.ts).

import type { Request, Response } from 'express';
import { Limiter } from '../../../kit/limiter.ts';
import { ProblemError } from '../../errors.ts';
import { addressOf } from '../exchange.ts';
import { NETWORKS_MAX, type FormLimitParts } from '../form-limit.ts';

const WINDOW_MS = 10 * 60_000;

export class FormLimit {
  private readonly limiter: Limiter;
  private readonly max: number;
  private readonly parts: Pick<FormLimitParts, 'networkOf' | 'now'>;

  /** @param parts `networkOf` names an address's network without revealing the address */
  constructor(max: number, parts: Pick<FormLimitParts, 'networkOf' | 'now'>) {
    this.max = max;
    this.parts = parts;
    this.limiter = new Limiter({ max, windowMs: WINDOW_MS, refill: 'together', keysMax: NETWORKS_MAX });
  }

  /**
   * Takes a form if the network has one left in ten minutes; one that `take` does not accept is given back. The answer
   * carries the RateLimit headers of draft-ietf-httpapi-ratelimit-headers-06.
   *
   * @throws ProblemError too-many-requests, with the seconds to wait
   */
  async within<T>(request: Request, response: Response, take: () => Promise<T>): Promise<T> {
    const network = this.parts.networkOf(addressOf(request));
    const nowMs = this.parts.now().getTime();
    const waitMs = this.limiter.take(network, nowMs);
    this.state(network, nowMs, response);
    if (waitMs > 0) {
      const detail = 'Too many forms of this network were taken. Try again later.';
      throw new ProblemError({ code: 'too-many-requests', detail }, Math.ceil(waitMs / 1_000));
    }
    try {
      return await take();
    } catch (error) {
      this.limiter.giveBack(network);
      this.state(network, nowMs, response);
      throw error;
    }
  }

  private state(network: string, nowMs: number, response: Response): void {
    const { left, endsInMs } = this.limiter.window(network, nowMs);
    response.set({
      'RateLimit-Policy': `${this.max};w=${WINDOW_MS / 1_000}`,
      'RateLimit-Limit': String(this.max),
      'RateLimit-Remaining': String(left),
      'RateLimit-Reset': String(Math.ceil(endsInMs / 1_000)),
    });
  }
}

/** Seconds as whole minutes, at least one. */
export function minutesText(seconds: number | null): string {
  return String(Math.max(1, Math.ceil((seconds ?? 60) / 60)));
}
