// Products on their way to a rating: an idea, a file, before a council, certified. An office lists them before the
// product is in the registry, so a candidate has its own name. Seasonal goods can be judged only while there are
// samples.

import type { Day, Entity, Id } from '../entity.ts';
import type { ProductGroup } from '../registry/product.ts';

/** In order; `dropped` ends it without a certificate. */
export const CANDIDATE_STAGES = ['idea', 'file', 'council', 'certified', 'dropped'] as const;
export type CandidateStage = (typeof CANDIDATE_STAGES)[number];

export interface Candidate extends Entity {
  officeId: Id;
  /** Null: the producer is not in the registry yet, and `maker` names it. */
  producerId: Id | null;
  maker: string | null;
  name: string;
  group: ProductGroup;
  /** The product of the registry that it became; null: not yet. */
  productId: Id | null;
  stage: CandidateStage;
  /** The day on which it reached this stage. */
  stageOn: Day;
  /** The year to whose programme it belongs. */
  year: number;
  /** 1 to 12: months in which there are samples to judge; empty: all year. */
  months: number[];
  note: string | null;
}

/** The next month with samples to judge, this one included, as `2027-01`; null: any month. */
export function nextJudging(months: readonly number[], day: Day): string | null {
  if (months.length === 0 || months.length === 12) return null;
  const year = Number(day.slice(0, 4));
  const now = Number(day.slice(5, 7));
  const sorted = [...months].sort((a, b) => a - b);
  const next = sorted.find((month) => month >= now);
  const first = sorted[0] ?? now;
  return next === undefined
    ? `${year + 1}-${String(first).padStart(2, '0')}`
    : `${year}-${String(next).padStart(2, '0')}`;
}

/** Whether samples can be judged in the day's month. */
export function canBeJudged(months: readonly number[], day: Day): boolean {
  return months.length === 0 || months.includes(Number(day.slice(5, 7)));
}

/** The number of candidates at each stage. */
export function stageCounts(candidates: readonly Pick<Candidate, 'stage'>[]): Record<CandidateStage, number> {
  const counts: Record<CandidateStage, number> = { idea: 0, file: 0, council: 0, certified: 0, dropped: 0 };
  for (const { stage } of candidates) counts[stage] += 1;
  return counts;
}
