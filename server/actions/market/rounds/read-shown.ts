// A round as lists show it, after a change.

import type { Round } from '../../../domain/market/round.ts';
import type { ActionContext, Outcome } from '../../kit/context.ts';
import { roundShown, type RoundShown } from './read.ts';

export async function readShownRound(outcome: Outcome<Round>, ctx: ActionContext): Promise<Outcome<RoundShown>> {
  if (!outcome.ok || outcome.value.kind === 'waiting') return outcome as Outcome<never>;
  return { ok: true, value: { ...outcome.value, value: await roundShown(outcome.value.value, ctx) } };
}
