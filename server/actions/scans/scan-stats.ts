// Counts scans by day, province or verdict: of one batch, or of all batches in reach that pass a filter.

import { setImmediate as turn } from 'node:timers/promises';
import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Batch } from '../../domain/batches/batch.ts';
import type { Id } from '../../domain/entity.ts';
import { fail, fieldProblem, ok, type Result } from '../../domain/problem.ts';
import type { ActionContext } from '../kit/context.ts';
import { id } from '../kit/fields.ts';
import { withoutUndefined } from '../kit/without-undefined.ts';
import { moment, readPeriod, type Period } from '../kit/period.ts';
import { listInReach, reach } from '../kit/reach.ts';

const countFields = {
  from: moment.nullable().default(null),
  to: moment.nullable().default(null),
  by: z.enum(['day', 'province', 'verdict']).default('day'),
};
export const batchStatsQuery = z.strictObject(countFields);
export const scanStatsQuery = z.strictObject({
  ...countFields,
  batchId: id.optional(),
  lotId: id.optional(),
  productId: id.optional(),
  producerId: id.optional(),
});

export interface ScanStats {
  by: 'day' | 'province' | 'verdict';
  /** `key` is null if it is not known: a scan without a place. Sorted by day or name. */
  items: { key: string | null; scans: number }[];
  /** The number of batches and of stamps. */
  batches: number;
  stamps: number;
  /** Stamps scanned at least once, in any period. */
  stampsScanned: number;
}

/** With more batches, the filter must be narrower. */
const BATCHES_MAX = 5_000;
const PAGE_SIZE = 200;

/** Problems: invalid, also if more than BATCHES_MAX batches pass the filter. */
export async function scanStats(
  actor: Actor,
  query: z.output<typeof scanStatsQuery>,
  ctx: ActionContext,
): Promise<Result<ScanStats>> {
  const { from, to, by, batchId, ...filter } = query;
  if (batchId !== undefined && Object.keys(withoutUndefined(filter)).length > 0) {
    return fieldProblem(
      'invalid',
      'batchId',
      'alone',
      'A batch is counted by itself: leave out lotId, productId and producerId.',
    );
  }
  const period = readPeriod({ from, to }, ctx.settings.timeZone);
  if (!period.ok) return period;
  const count = new Count(ctx, by, period.value);
  if (batchId !== undefined) {
    const found = await reach(ctx.store.batches, actor, 'read-batch', batchId);
    if (!found.ok) return found;
    await count.add(found.value.doc);
    return ok(count.result());
  }
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listInReach<Batch>>> = await listInReach(
      ctx.store.batches,
      actor,
      'read-batch',
      withoutUndefined(filter),
      { limit: PAGE_SIZE, after },
    );
    if (!page.ok) return page;
    for (const batch of page.value.items) await count.add(batch);
    if (count.batches > BATCHES_MAX)
      return fail('invalid', `More than ${BATCHES_MAX} batches: name a producerId, productId, lotId or batchId.`);
    after = page.value.next;
    await turn(); // the store reads on this thread, so let look-ups run in between
  } while (after !== null);
  return ok(count.result());
}

export async function batchStats(
  actor: Actor,
  input: { id: Id; query: z.output<typeof batchStatsQuery> },
  ctx: ActionContext,
): Promise<Result<ScanStats>> {
  return scanStats(actor, { ...input.query, batchId: input.id }, ctx);
}

class Count {
  batches = 0;
  private stamps = 0;
  private stampsScanned = 0;
  private readonly sums = new Map<string | null, number>();
  private readonly ctx: ActionContext;
  private readonly by: ScanStats['by'];
  private readonly period: Period;

  constructor(ctx: ActionContext, by: ScanStats['by'], period: Period) {
    this.ctx = ctx;
    this.by = by;
    this.period = period;
  }

  async add(batch: Batch): Promise<void> {
    const { scans } = this.ctx.store;
    for (const { key, scans: more } of await scans.count(
      { batchId: batch.id, ...this.period },
      this.by,
      this.ctx.settings.timeZone,
    )) {
      this.sums.set(key, (this.sums.get(key) ?? 0) + more);
    }
    this.batches += 1;
    this.stamps += batch.quantity;
    this.stampsScanned += (await scans.batchTallyOf(batch.id))?.stampsScanned ?? 0;
  }

  result(): ScanStats {
    const items = [...this.sums].map(([key, scans]) => ({ key, scans }));
    items.sort((a, b) => ((a.key ?? '\uffff') < (b.key ?? '\uffff') ? -1 : 1));
    const { by, batches, stamps, stampsScanned } = this;
    return { by, items, batches, stamps, stampsScanned };
  }
}
