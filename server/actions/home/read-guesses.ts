// Sign-ins and keys that were refused in an office within the last days, so that the office sees when someone is
// guessing.
//
// The log has a line for the first, tenth, hundredth refusal of a day (people/guess-watch.ts); what this server has
// counted since is newer. So the number means "at least".

import type { ActionContext } from '../kit/context.ts';
import { todayOf } from '../kit/today.ts';
import { addDays, startOfDay } from '../../domain/calendar.ts';
import type { AuditEntry } from '../../domain/audit/audit.ts';
import type { Id, Instant } from '../../domain/entity.ts';
import { PAGE_LIMIT_MAX, type Page } from '../../store/store.ts';

const DAYS = 7;
/** Of one account or key in one day. Fewer are probably the owner's own mistakes. */
export const GUESSES_SHOWN_MIN = 10;
/** Of lines: ten thousand accounts and keys tried in a week. The number is "at least" all the same. */
const PAGES_MAX = 50;

export interface OfficeGuesses {
  /** Tries refused, at least. */
  tries: number;
  accounts: number;
  lastAt: Instant | null;
}

/** Of accounts and keys with GUESSES_SHOWN_MIN refusals on one day. */
export async function readGuesses(officeId: Id, ctx: ActionContext): Promise<OfficeGuesses> {
  const from = startOfDay(ctx.settings.timeZone, addDays(todayOf(ctx), 1 - DAYS)).toISOString();
  const days = new Map<string, { about: Id; tries: number; lastAt: Instant }>();
  const add = (about: Id, day: string, tries: number, lastAt: Instant): void => {
    const key = `${day} ${about}`;
    if (tries >= (days.get(key)?.tries ?? 0)) days.set(key, { about, tries, lastAt });
  };
  let after: string | null = null;
  for (let page = 0; page === 0 || (after !== null && page < PAGES_MAX); page += 1) {
    const lines: Page<AuditEntry> = await ctx.store.audit.list(
      { officeId, entity: 'sign-in', from, to: null },
      { limit: PAGE_LIMIT_MAX, after },
    );
    for (const { entity, at, values } of lines.items) {
      const { day, tries } = values ?? {};
      if (typeof day === 'string' && typeof tries === 'number')
        add(entity.slice(entity.indexOf(':') + 1), day, tries, at);
    }
    after = lines.next;
  }
  for (const { about, day, tries, lastAt } of ctx.signIns.watch.ofOffice(officeId))
    if (lastAt >= from) add(about, day, tries, lastAt);
  const shown = [...days.values()].filter(({ tries }) => tries >= GUESSES_SHOWN_MIN);
  return {
    tries: shown.reduce((sum, { tries }) => sum + tries, 0),
    accounts: new Set(shown.map(({ about }) => about)).size,
    lastAt: shown.reduce<Instant | null>((last, { lastAt }) => (last === null || lastAt > last ? lastAt : last), null),
  };
}
