// An evaluation: a council's average score and the highest star whose minimum criteria hold. Stars follow, they are never typed.
// Source: Decision 26/2026/QĐ-TTg art. 3 (STANDARDS: bands are half-open, the average is never rounded up into one).

import type { Day, Entity, Id } from './entity.ts';

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
