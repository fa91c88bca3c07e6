// How an action changes a lot's events: it reads the lot, applies the change and writes the next version. If another
// server changed the lot meanwhile, it starts again; callers in this process queue. The caller sends no version,
// because a change only says what it adds, confirms or removes.

import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import type { Lot, LotEvent } from '../../domain/lots/lot.ts';
import { fieldProblem, type Result } from '../../domain/problem.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { reach } from '../kit/reach.ts';
import { nextVersion, saveChange } from '../kit/save.ts';
import { queuedHere } from '../kit/turns.ts';

/** A journey has a dozen steps. The lot is read for every scan of its stamps, so it must stay small. */
const LOT_EVENTS_MAX = 200;
/** Attempts before giving up because other servers keep changing the lot. */
const ROUNDS_MAX = 32;

export interface JourneyChange {
  events: LotEvent[];
  /** For the audit line: the change, not the whole list. */
  values: Record<string, unknown>;
}

interface Change {
  id: Id;
  action: string;
  created: boolean;
  plan: (lot: Lot) => Result<JourneyChange>;
}

/** `plan` may be called again with a later version of the lot. Problems: invalid, version-conflict, and the plan's. */
export async function changeJourney(actor: Actor, change: Change, ctx: ActionContext): Promise<Outcome<Lot>> {
  return queuedHere(ctx, `journey:${change.id}`, async () => {
    for (let round = 1; ; round += 1) {
      const changed = await changeOnce(actor, change, ctx);
      if (changed.ok || changed.problem.code !== 'version-conflict' || round === ROUNDS_MAX) return changed;
    }
  });
}

async function changeOnce(actor: Actor, change: Change, ctx: ActionContext): Promise<Outcome<Lot>> {
  const found = await reach(ctx.store.lots, actor, 'keep-lot', change.id);
  if (!found.ok) return found;
  const before = found.value.doc;
  const planned = change.plan(before);
  if (!planned.ok) return planned;
  const { events, values } = planned.value;
  const doc = nextVersion(ctx, before, { events });
  return saveChange(ctx, actor, {
    collection: 'lots',
    before,
    doc,
    action: change.action,
    answer: doc,
    created: change.created,
    values,
  });
}

/** The refusal of a journey that grew too long, or null. */
export function tooManyEvents(events: readonly LotEvent[]): Result<never> | null {
  return events.length <= LOT_EVENTS_MAX
    ? null
    : fieldProblem('invalid', 'step', 'too-many-events', `A lot holds at most ${LOT_EVENTS_MAX} events.`);
}
