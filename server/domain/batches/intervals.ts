// Inclusive ranges of serials. Lists are sorted and disjoint, and every function here keeps them so.

export interface SerialRange {
  /** First serial, 1 or more, inclusive. */
  from: number;
  /** Last serial, inclusive. */
  to: number;
}

/** The shortest sorted list of the same serials: ranges that overlap or touch are joined. */
export function mergeRanges(ranges: readonly SerialRange[]): SerialRange[] {
  const merged: SerialRange[] = [];
  for (const { from, to } of ranges.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last.to + 1) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}

/** A merged list with one more range. */
export function addRange(sorted: readonly SerialRange[], range: SerialRange): SerialRange[] {
  return mergeRanges([...sorted, range]);
}

/**
 * A sorted, disjoint list in which ranges that touch and are alike are joined: the same serials with the same fields.
 *
 * @param isAlike whether two neighbours are equal except for their serials
 */
export function joinAlike<T extends SerialRange>(sorted: readonly T[], isAlike: (a: T, b: T) => boolean): T[] {
  const joined: T[] = [];
  for (const range of sorted) {
    const last = joined.at(-1);
    if (last !== undefined && range.from === last.to + 1 && isAlike(last, range))
      joined[joined.length - 1] = { ...last, to: range.to };
    else joined.push(range);
  }
  return joined;
}

/** A list without these serials. A range that is cut in two keeps its other fields. */
export function subtractRange<T extends SerialRange>(sorted: readonly T[], cut: SerialRange): T[] {
  return sorted.flatMap((range) => {
    if (!overlaps(range, cut)) return [range];
    const left: T[] = [];
    if (range.from < cut.from) left.push({ ...range, to: cut.from - 1 });
    if (range.to > cut.to) left.push({ ...range, from: cut.to + 1 });
    return left;
  });
}

/** The parts of a list that lie in a window: clipped, with their other fields. */
export function clipRanges<T extends SerialRange>(sorted: readonly T[], window: SerialRange): T[] {
  return sorted
    .filter((range) => overlaps(range, window))
    .map((range) => ({ ...range, from: Math.max(range.from, window.from), to: Math.min(range.to, window.to) }));
}

/** The serials of a window that a sorted list does not hold. */
export function gapsIn(sorted: readonly SerialRange[], window: SerialRange): SerialRange[] {
  const gaps: SerialRange[] = [];
  let next = window.from;
  for (const range of sorted) {
    if (range.to < next) continue;
    if (range.from > window.to) break;
    if (range.from > next) gaps.push({ from: next, to: range.from - 1 });
    next = range.to + 1;
  }
  if (next <= window.to) gaps.push({ from: next, to: window.to });
  return gaps;
}

/** Whether two ranges have a serial in common. */
export function overlaps(a: SerialRange, b: SerialRange): boolean {
  return a.from <= b.to && b.from <= a.to;
}

/** Whether a sorted, disjoint list holds a serial. */
export function contains(sorted: readonly SerialRange[], serial: number): boolean {
  return findRange(sorted, serial) !== null;
}

/** How many serials a disjoint list holds. */
export function countOf(ranges: readonly SerialRange[]): number {
  return ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0);
}

/** The range of a sorted, disjoint list that holds a serial, or null. A binary search, because every scan calls it. */
export function findRange<T extends SerialRange>(sorted: readonly T[], serial: number): T | null {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = sorted[middle];
    if (range === undefined) return null;
    if (serial < range.from) high = middle - 1;
    else if (serial > range.to) low = middle + 1;
    else return range;
  }
  return null;
}
