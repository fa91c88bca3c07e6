// The case of a stamp on which an inspector found something: opened, or taken up again where it was closed.

import { addDays } from '../../../domain/calendar.ts';
import { CASE_DAYS, markOf, withStep, type Case } from '../../../domain/market/case.ts';
import type { Id } from '../../../domain/entity.ts';
import type { Actor } from '../../../domain/people/account.ts';
import type { Batch } from '../../../domain/batches/batch.ts';
import { emptyTally } from '../../../domain/stamp/tally.ts';
import type { ActionContext } from '../../kit/context.ts';
import { actorId, newEntity, nextVersion, saveChange, saveNew } from '../../kit/save.ts';
import { todayOf } from '../../kit/today.ts';

/** Somebody else may open or close it at this moment. */
const TRIES_MAX = 5;

/** The case's id. @param note what was found, for who takes it up */
export async function joinCase(
  actor: Actor,
  stamp: { batch: Pick<Batch, 'id' | 'officeId' | 'producerId'>; serial: number; note: string | null },
  ctx: ActionContext,
): Promise<Id> {
  const own = { ...ctx, request: null };
  const { batch, serial, note } = stamp;
  for (let tries = 1; ; tries += 1) {
    const known = await ctx.store.cases.findBy('stamp', [batch.id, serial]);
    if (known?.state === 'looking') return known.id;
    const tally =
      (await ctx.store.scans.tallyOf(batch.id, serial)) ?? emptyTally({ batchId: batch.id, serial }, nowOf(ctx));
    const on = todayOf(ctx);
    const by = actorId(actor);
    const step = { at: nowOf(ctx), by, kind: 'looking', outcome: null, note } as const;
    const taken = {
      state: 'looking',
      mark: markOf(tally),
      on,
      by,
      note,
      outcome: null,
      dueOn: addDays(on, CASE_DAYS),
      steps: withStep(known?.steps, step),
    } as const;
    const { officeId, producerId } = batch;
    const doc: Case =
      known === null
        ? { ...newEntity(ctx), officeId, producerId, batchId: batch.id, serial, reasons: [], openedOn: on, ...taken }
        : nextVersion(ctx, known, taken);
    const save = { collection: 'cases', doc, action: 'open-case-of-finding', answer: null } as const;
    const saved =
      known === null ? await saveNew(own, actor, save) : await saveChange(own, actor, { ...save, before: known });
    if (saved.ok) return doc.id;
    if (tries === TRIES_MAX) throw new Error(`the case of ${batch.id} ${serial} changes all the time`);
  }
}

function nowOf(ctx: ActionContext): string {
  return ctx.now().toISOString();
}
