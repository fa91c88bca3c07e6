// How much of what stays for ever may be added in a day. What is stored is small, so the bounds are far above honest
// work: they stop a program that runs wild, or a hostile one, before it fills a disk. docs/security.md shows the table.
//
// Counts live in this process: with several servers a bound is as many times higher, and a restart begins anew. The
// reserve of disk (room.ts) holds whatever happens.

import type { Day } from '../../domain/entity.ts';
import { BoundedMap } from '../../kit/bounded-map.ts';

interface Quota {
  max: number;
  /** Whose count it is. */
  each: 'producer' | 'sender' | 'stamp' | 'source' | 'service';
  /** What is counted, and why so many, as docs/security.md says it. */
  what: string;
  why: string;
}

export const DAY_QUOTAS = {
  pictures: {
    max: 300,
    each: 'producer',
    what: 'pictures and papers kept',
    why: 'a cooperative’s whole range with a journey for each; some 100 MB, papers of 8 MB 2.4 GB',
  },
  findingPictures: {
    max: 400,
    each: 'sender',
    what: 'pictures of findings kept',
    why: 'fifty findings with eight pictures each',
  },
  lots: { max: 500, each: 'producer', what: 'lots recorded', why: 'a lot a minute through a working day' },
  batches: { max: 1_000, each: 'producer', what: 'batches issued', why: 'a batch for each pallet of a factory' },
  complaints: {
    max: 20,
    each: 'stamp',
    what: 'complaints taken',
    why: 'the office has its case after a few; more would hide those about other stamps',
  },
  stampReports: {
    max: 100,
    each: 'source',
    what: 'reports taken of stamps that are not ours',
    why: 'those of one address or batch id, or without either; the office has its picture after a few',
  },
  reportPictures: {
    max: 1_000,
    each: 'service',
    what: 'photographs of such reports kept',
    why: 'some 150 MB; later ones of that day are refused, and their reports are taken without them',
  },
} as const satisfies Readonly<Record<string, Quota>>;

export type QuotaName = keyof typeof DAY_QUOTAS;

/** Producers, senders and stamps remembered. */
const KEYS_MAX = 50_000;

export class DayQuotas {
  private readonly counts = new BoundedMap<string, { day: Day; count: number }>(KEYS_MAX);

  /** Counts one more. False: this day has no more. */
  take(name: QuotaName, of: string, day: Day): boolean {
    const count = this.countOf(name, of, day);
    if (count >= DAY_QUOTAS[name].max) return false;
    this.counts.set(`${name} ${of}`, { day, count: count + 1 });
    return true;
  }

  /** Counts one less: it was not added after all. */
  giveBack(name: QuotaName, of: string, day: Day): void {
    const count = this.countOf(name, of, day);
    if (count > 0) this.counts.set(`${name} ${of}`, { day, count: count - 1 });
  }

  private countOf(name: QuotaName, of: string, day: Day): number {
    const known = this.counts.get(`${name} ${of}`);
    return known?.day === day ? known.count : 0;
  }
}
