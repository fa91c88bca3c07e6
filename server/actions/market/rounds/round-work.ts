// What one call of a phone works with: the rounds that it names and their items, read once.

import type { Inspection } from '../../../domain/market/inspection.ts';
import type { Round } from '../../../domain/market/round.ts';
import type { Id, Instant } from '../../../domain/entity.ts';
import type { ActionContext } from '../../kit/context.ts';
import { everyOf } from '../../kit/every-of.ts';

/** How far a phone's corrected clock may run ahead; what lies further is now. A wrong clock loses nothing. */
const CLOCK_AHEAD_MS = 10 * 60_000;

export class RoundWork {
  private readonly items = new Map<Id, Inspection[]>();
  /** Closed rounds that got something: their records have another edition. */
  readonly late = new Map<Id, Round>();

  /** In the order in which they were found. */
  async itemsOf(roundId: Id, ctx: ActionContext): Promise<Inspection[]> {
    const known = this.items.get(roundId);
    if (known !== undefined) return known;
    const read = await readItems(roundId, ctx);
    this.items.set(roundId, read);
    return read;
  }

  keep(item: Inspection): void {
    const items = this.items.get(item.roundId ?? '');
    const at = items?.findIndex(({ id }) => id === item.id) ?? -1;
    if (items !== undefined) items.splice(at < 0 ? items.length : at, at < 0 ? 0 : 1, item);
  }
}

export async function readItems(roundId: Id, ctx: ActionContext): Promise<Inspection[]> {
  const items: Inspection[] = [];
  for await (const item of everyOf(ctx.store.inspections, { roundId })) items.push(item);
  return items.toSorted((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1));
}

/** When the phone says it was, but never in the future. */
export function soundAt(at: Instant, ctx: ActionContext): Instant {
  const now = ctx.now();
  return Date.parse(at) > now.getTime() + CLOCK_AHEAD_MS ? now.toISOString() : at;
}
