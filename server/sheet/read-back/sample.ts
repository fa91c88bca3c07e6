// Which pages of a print file are read back: all pages of a small one; of a large one the first and last page, and
// randomly chosen others until the sample is complete. The choice is seeded, so that it can be repeated later.

import { createHash } from 'node:crypto';

import type { SheetLayout } from '../setting/layout.ts';

/** Up to this many stamps, every one is read. */
export const READ_ALL_STAMPS_MAX = 10_000;
/** Of a larger file at least this many, besides those of its first and last page. */
export const SAMPLE_STAMPS = 1_000;

export interface PageSample {
  /** From 0, in order. */
  pages: number[];
  /** Stamps to look at on it; null: all. */
  stampsOf(page: number): ReadonlySet<number> | null;
}

/**
 * @param stamps in this file
 * @param jobStamps in all files of its job
 * @param seed the job's id and the part's number
 */
export function samplePages(
  layout: Pick<SheetLayout, 'pages' | 'pageAt'>,
  stamps: number,
  jobStamps: number,
  seed: string,
): PageSample {
  const { pages } = layout;
  if (jobStamps <= READ_ALL_STAMPS_MAX)
    return { pages: Array.from({ length: pages }, (_, page) => page), stampsOf: () => null };
  const [first, last] = [layout.pageAt(0), layout.pageAt(pages - 1)];
  const chosen = new Map<number, Set<number> | null>([
    [0, null],
    [pages - 1, null],
  ]);
  const draw = lot(seed);
  const whole =
    last.index === first.index ? first.to - first.from + 1 : first.to - first.from + 1 + (last.to - last.from + 1);
  const wanted = Math.min(SAMPLE_STAMPS, stamps - whole);
  const perPage = first.firstPlace + first.to - first.from + 1;
  for (let drawn = 0; drawn < wanted;) {
    // A stamp by its place in the file, because the first page lacks the places that were used before.
    const at = first.firstPlace + Math.floor(draw() * stamps);
    const page = Math.floor(at / perPage);
    const serial = first.from + at - first.firstPlace;
    const on = chosen.get(page);
    if (on === null || on?.has(serial) === true) continue;
    chosen.set(page, (on ?? new Set<number>()).add(serial));
    drawn += 1;
  }
  const numbers = [...chosen.keys()].toSorted((a, b) => a - b);
  return { pages: numbers, stampsOf: (page) => chosen.get(page) ?? null };
}

/**
 * How many stamps of a job are read back. Labels of a thermal printer have one place a page.
 * @param parts of the job, as they are printed
 */
export function stampsToRead(
  parts: readonly { from: number; to: number; skip: number }[],
  placesPerPage: number,
  jobStamps: number,
): number {
  if (jobStamps <= READ_ALL_STAMPS_MAX) return jobStamps;
  return parts.reduce((sum, { from, to, skip }) => {
    const stamps = to - from + 1;
    const first = Math.min(stamps, placesPerPage - skip);
    const rest = stamps - first;
    const whole = first + (rest === 0 ? 0 : ((rest - 1) % placesPerPage) + 1);
    return sum + whole + Math.min(SAMPLE_STAMPS, stamps - whole);
  }, 0);
}

/** Numbers from 0 to below 1, the same for the same seed. */
function lot(seed: string): () => number {
  let block = Buffer.alloc(0);
  let blocks = 0;
  let at = 0;
  return () => {
    if (at + 4 > block.length) {
      block = createHash('sha256').update(`${seed} ${blocks}`).digest();
      blocks += 1;
      at = 0;
    }
    const value = block.readUInt32BE(at) / 2 ** 32;
    at += 4;
    return value;
  };
}
