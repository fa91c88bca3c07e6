// What every action receives besides the actor and the input: the store, the clock, randomness, and the settings of the
// deployment. Nothing here is global, so a test passes a fixed day and a seeded source.

import type { Result } from '../../domain/problem.ts';
import type { Id } from '../../domain/entity.ts';
import type { Site } from '../../domain/site.ts';
import type { LoadedTemplate } from '../../sheet/template/template-loader.ts';
import type { TestGrid } from '../../sheet/template/template-schema.ts';
import type { NamedQueues } from '../../kit/queue.ts';
import type { Store } from '../../store/store.ts';
import type { JobFiles } from '../print/job-files.ts';
import type { GuessWatch } from '../people/guess-watch.ts';
import type { SignInGuard } from '../people/sign-in-guard.ts';
import type { CodeTries } from '../scans/code-tries.ts';
import type { StampReads } from '../scans/stamp-reads.ts';
import type { DayQuotas } from './day-quotas.ts';
import type { OfficeFactsCache } from './office-facts.ts';
import type { Room } from './room.ts';

export interface ActionContext {
  store: Store;
  now: () => Date;
  /** Cryptographically strong bytes. */
  random: (bytes: number) => Uint8Array;
  settings: {
    /** What the QR codes of new batches hold: `https://host[:port]`. */
    publicOrigin: string;
    timeZone: string;
    /** Whether people of an office and admins must use a second step to sign in. */
    requireTwoFactor: boolean;
    /** Whom security.txt names; null or not given: nobody. */
    securityContact?: string | null;
    /** Whose deployment this is; not given: Temtrace. */
    site?: Site;
  };
  keys: {
    /** Wraps batch secrets: 32 bytes derived from the master key. */
    wrap: Uint8Array;
  };
  /** Label templates that passed their check, by id. */
  templates: ReadonlyMap<string, LoadedTemplate>;
  /** Pages without stamps that a printer is measured with, by id. */
  testGrids: ReadonlyMap<string, TestGrid>;
  /** Work that must not overlap in this process (turns.ts). */
  queues: NamedQueues;
  /** What overviews of an office read. */
  officeFacts: OfficeFactsCache;
  /** Stamps that were read by serial today. */
  stampReads: StampReads;
  /** Wrong codes of those who are signed in. */
  codeTries: CodeTries;
  /** Limits on tries of passwords and codes, and the record of those that were refused. */
  signIns: { readonly guard: SignInGuard; readonly watch: GuessWatch };
  /** Files of print jobs. */
  jobFiles: JobFiles;
  /** What the disks have room for. */
  room: Room;
  /** How much may be added today. */
  quotas: DayQuotas;
  /** Identifies this call so that a retry creates nothing twice; null: the caller sent no key. */
  request: { key: string; bodyHash: string } | null;
}

/** What an action answers: the change is made, or it waits for the office. */
export type Outcome<T> = Result<Done<T> | Waiting>;

export interface Done<T> {
  kind: 'done';
  value: T;
  /** True when this call made the record; false when it changed or found it. */
  created: boolean;
  /**
   * The value holds a new key, token or recovery codes. Only this call may see it, and no stored answer replaces it.
   */
  shownOnce?: true;
}

export interface Waiting {
  kind: 'waiting';
  requestId: Id;
}

export function done<T>(value: T): { ok: true; value: Done<T> } {
  return { ok: true, value: { kind: 'done', value, created: false } };
}
