// What all sign-ins of one service share: the bounds on tries, and the record of refusals.

import type { ActionContext } from '../kit/context.ts';
import { GuessWatch } from './guess-watch.ts';
import { SignInGuard } from './sign-in-guard.ts';

/**
 * @param hashKey random bytes
 * @param log is called for each refusal, without login and address
 */
export function signInDesk(
  hashKey: Uint8Array,
  log: (event: string, fields: Record<string, unknown>) => void,
): ActionContext['signIns'] {
  return { guard: new SignInGuard(hashKey), watch: new GuessWatch(log) };
}
