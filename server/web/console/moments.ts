// Instants and days as the console's pages write them, in TIME_ZONE: 24/11/2026, 14:05.

import type { ActionContext } from '../../actions/kit/context.ts';
import { dayIn } from '../../domain/calendar.ts';
import type { Day, Instant } from '../../domain/entity.ts';
import { dayText } from '../format.ts';

type Zoned = { ctx: Pick<ActionContext, 'settings'> };

/** 24/11/2026, 14:05. */
export function whenText(at: Instant, { ctx }: Zoned): string {
  const { timeZone } = ctx.settings;
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return `${dayText(dayIn(timeZone, at))}, ${clock.format(new Date(at))}`;
}

/** The day of an instant: 24/11/2026. */
export function dayOfText(at: Instant, { ctx }: Zoned): string {
  return dayText(dayIn(ctx.settings.timeZone, at));
}

/** A day, or a dash. */
export function dayOrDash(day: Day | null): string {
  return day === null ? '–' : dayText(day);
}
