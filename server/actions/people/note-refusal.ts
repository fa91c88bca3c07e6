// Makes guessing visible: a refused password, code or key leaves a line in the server's log. The audit chain gets one
// line a day and login, and another each time the number has grown tenfold (10, 100, 1,000). All unknown logins share
// one line, and all unknown keys another, so a stranger cannot fill the chain with invented names.
//
// Lines are written after the answer, so that the time of a refusal does not reveal whether the login exists.

import { SYSTEM } from '../../domain/people/account.ts';
import type { ActionContext } from '../kit/context.ts';
import { lineOf } from '../kit/save.ts';
import { todayOf } from '../kit/today.ts';
import { aboutOf, type Refused } from './guess-watch.ts';

/** Returns at once. */
export function noteRefusal(refused: Refused, ctx: ActionContext): void {
  const { watch } = ctx.signIns;
  const day = todayOf(ctx);
  const tries = watch.refused(refused, ctx.now().toISOString(), day);
  if (!isPowerOfTen(tries)) return;
  const line = lineOf(ctx, SYSTEM, {
    entity: `sign-in:${aboutOf(refused)}`,
    action: refused.what === 'key' ? 'refuse-key' : 'refuse-sign-in',
    officeId: refused.of?.officeId ?? null,
    values: { day, tries },
  });
  watch.behind(() => ctx.store.audit.add(line));
}

function isPowerOfTen(count: number): boolean {
  return /^10*$/.test(String(count));
}
