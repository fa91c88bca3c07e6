// The current day in the deployment's time zone.

import { dayIn } from '../../domain/calendar.ts';
import type { Day } from '../../domain/entity.ts';
import type { ActionContext } from './context.ts';

export function todayOf(ctx: Pick<ActionContext, 'now' | 'settings'>): Day {
  return dayIn(ctx.settings.timeZone, ctx.now());
}
