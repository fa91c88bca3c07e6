// A period as people ask for it: days (both inclusive, in TIME_ZONE) or instants (the second one exclusive).

import { z } from 'zod';
import { addDays, isDay, startOfDay } from '../../domain/calendar.ts';
import type { Instant } from '../../domain/entity.ts';
import { fieldProblem, ok, type Result } from '../../domain/problem.ts';
import { day, instant } from './fields.ts';

/** `2026-11-24`, or an instant with an offset. */
export const moment = z.union([day, instant]);

interface PeriodInput {
  from: z.output<typeof moment> | null;
  to: z.output<typeof moment> | null;
}

/** Instants, inclusive and exclusive; null: open. */
export interface Period {
  from: Instant | null;
  to: Instant | null;
}

/** @param timeZone in which days begin and end */
export function readPeriod({ from, to }: PeriodInput, timeZone: string): Result<Period> {
  const first = from === null ? null : isDay(from) ? startOfDay(timeZone, from).toISOString() : from;
  const end = to === null ? null : isDay(to) ? startOfDay(timeZone, addDays(to, 1)).toISOString() : to;
  if (first !== null && end !== null && end <= first)
    return fieldProblem('invalid', 'to', 'before-from', 'The period ends before it begins.');
  return ok({ from: first, to: end });
}
