// An evaluation: a council's average score and the highest star whose minimum criteria are met. Stars are computed,
// never typed. Source: Decision 26/2026/QĐ-TTg art. 3 (STANDARDS: bands are half-open; the average is never rounded up
// into a band).

import type { Day, Entity, Id } from '../entity.ts';

export type Stars = 1 | 2 | 3 | 4 | 5;

export interface Evaluation extends Entity {
  officeId: Id;
  producerId: Id;
  productId: Id;
  /** The council's round, `2025-1`. */
  round: string;
  heldOn: Day;
  /** The council's average in hundredths of a point, 0 to 10,000. */
  scoreHundredths: number;
  minimumStars: Stars;
  /** Number of the decision that followed, if any. */
  decision: string | null;
  /** Computed: min(band of the score, minimumStars). */
  stars: Stars;
}

/** A council's average runs from 0 to 100.00 points. */
const SCORE_HUNDREDTHS_MAX = 10_000;

/** First score of each band, in hundredths (Decision 26/2026/QĐ-TTg art. 3); 69.99 is 3 stars, never rounded up. */
const BANDS: readonly (readonly [from: number, stars: Stars])[] = [
  [9_000, 5],
  [7_000, 4],
  [5_000, 3],
  [3_000, 2],
  [0, 1],
];

/** The band of a score. @throws RangeError unless it is a whole number of hundredths from 0 to 10,000 */
export function bandOf(scoreHundredths: number): Stars {
  if (!Number.isInteger(scoreHundredths) || scoreHundredths < 0 || scoreHundredths > SCORE_HUNDREDTHS_MAX) {
    throw new RangeError(`no score: ${scoreHundredths}`);
  }
  return BANDS.find(([from]) => scoreHundredths >= from)?.[1] ?? 1;
}

/** Stars of an evaluation: those of the band, but at most the highest star whose minimum criteria are met. */
export function starsOf(scoreHundredths: number, minimumStars: Stars): Stars {
  const band = bandOf(scoreHundredths);
  return band < minimumStars ? band : minimumStars;
}

/** Points as people write them (69.96) in whole hundredths; null if they have more decimals or are outside 0 to 100. */
export function scoreHundredthsOf(points: number): number | null {
  const hundredths = Math.round(points * 100);
  // Doubles of two decimals lie within a millionth of their hundredth; a third decimal is a thousand times farther off.
  const exact = Math.abs(points * 100 - hundredths) < 1e-6;
  return exact && hundredths >= 0 && hundredths <= SCORE_HUNDREDTHS_MAX ? hundredths : null;
}
