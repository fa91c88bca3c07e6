// Numbers as people write them in one line: "66-130, 140". Used for the serials of spoiled stamps and the numbers of
// spoiled sheets.

import { readWholeNumber } from '../whole-number.ts';
import { mergeRanges, type SerialRange } from './intervals.ts';

/** Eight digits: more than any batch has. */
const SERIAL_MAX = 99_999_999;
/** Parts of one line. A longer list belongs in the API. */
const PARTS_MAX = 100;

/** "1,200" is two numbers to one reader and twelve hundred to another, and a void is for ever. */
const AMBIGUOUS = /(?<!\d)\d{1,3},\d{3}(?!\d)/;

/**
 * Sorted, disjoint ranges; null if the line is not a list of numbers from 1, has a range that runs downward, or can be
 * read in two ways. An empty line gives an empty list.
 */
export function parseSerialList(line: string): SerialRange[] | null {
  if (AMBIGUOUS.test(line)) return null;
  const parts = line
    .split(/[,;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length > PARTS_MAX) return null;
  const ranges: SerialRange[] = [];
  for (const part of parts) {
    const ends = part.split(/-|–|đến|to/i).map((end) => readWholeNumber(end.trim(), false));
    const [from = null, to = from] = ends;
    if (ends.length > 2 || from === null || to === null || from < 1 || to < from || to > SERIAL_MAX) return null;
    ranges.push({ from, to });
  }
  return mergeRanges(ranges);
}

/** "66–130, 140"; an ellipsis after `most` parts. */
export function serialListText(ranges: readonly SerialRange[], most = 20): string {
  const texts = ranges.slice(0, most).map(({ from, to }) => (from === to ? String(from) : `${from}–${to}`));
  return texts.join(', ') + (ranges.length > most ? '…' : '');
}
