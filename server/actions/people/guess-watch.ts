// What is remembered of refused passwords, codes and keys: how many per day and login, and the lines in the server's
// log. note-refusal.ts writes the audit lines.

import type { Day, Id, Instant } from '../../domain/entity.ts';
import { BoundedMap } from '../../kit/bounded-map.ts';
import { Limiter } from '../../kit/limiter.ts';

/** Lines in the server's log per minute; further refusals are counted in the next minute's line. */
export const LOG_LINES_MINUTE = 60;
/** Combinations of day and login that are counted. */
const COUNTS_MAX = 20_000;
const ALL = 'all';

export interface Refused {
  what: 'password' | 'code' | 'key';
  /** The account or key that was tried; null: it does not exist. */
  of: { id: Id; officeId: Id | null } | null;
  /** Past the bound: the password or code was not checked. */
  locked: boolean;
}

/** Refusals of one account or key on one day. */
export interface Guesses {
  /** Id of an account or key; `unknown` or `key` for all that do not exist. */
  about: Id;
  officeId: Id | null;
  day: Day;
  tries: number;
  lastAt: Instant;
}

export class GuessWatch {
  private readonly counts = new BoundedMap<string, Guesses>(COUNTS_MAX);
  private readonly lines = new Limiter({ max: LOG_LINES_MINUTE, windowMs: 60_000, refill: 'together', keysMax: 1 });
  private readonly log: (event: string, fields: Record<string, unknown>) => void;
  private silent = 0;
  private written: Promise<void> = Promise.resolve();

  constructor(log: GuessWatch['log']) {
    this.log = log;
  }

  /** Counts one refusal. Returns its number on this day. */
  refused({ what, of, locked }: Refused, at: Instant, day: Day): number {
    const about = aboutOf({ what, of });
    const key = `${day} ${about}`;
    const tries = (this.counts.get(key)?.tries ?? 0) + 1;
    this.counts.set(key, { about, officeId: of?.officeId ?? null, day, tries, lastAt: at });
    this.tell({ what, about, locked, tries }, Date.parse(at));
    return tries;
  }

  /** Runs work in the background, after all earlier work; a failure is logged. */
  behind(work: () => Promise<void>): void {
    this.written = this.written.then(work).catch((error: unknown) => this.log('sign-in.not-noted', { err: error }));
  }

  /** The counts of an office's accounts and keys in this process. */
  ofOffice(officeId: Id): Guesses[] {
    return [...this.counts.values()].filter((one) => one.officeId === officeId);
  }

  /** Resolves when all lines are in the chain; awaited before the store closes. */
  settled(): Promise<void> {
    return this.written;
  }

  private tell(fields: Record<string, unknown>, nowMs: number): void {
    if (this.lines.take(ALL, nowMs) > 0) {
      this.silent += 1;
      return;
    }
    this.log('sign-in.refused', this.silent === 0 ? fields : { ...fields, silentBefore: this.silent });
    this.silent = 0;
  }
}

/** The name under which refusals are counted. */
export function aboutOf({ what, of }: Pick<Refused, 'what' | 'of'>): Id {
  return of?.id ?? (what === 'key' ? 'key' : 'unknown');
}
