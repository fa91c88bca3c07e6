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
import { portions } from './scan-overview.ts';

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

type CountedBatch = Pick<Batch, 'id' | 'quantity'>;

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
  const batches: CountedBatch[] = [];
  if (batchId !== undefined) {
    const found = await reach(ctx.store.batches, actor, 'read-batch', batchId);
    if (!found.ok) return found;
    batches.push(found.value.doc);
    return ok(await count(batches, by, period.value, ctx));
  }
  // Refused before anything is counted.
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
    for (const { id: of, quantity } of page.value.items) batches.push({ id: of, quantity });
    after = page.value.next;
    if (batches.length > BATCHES_MAX || (batches.length === BATCHES_MAX && after !== null))
      return fail('invalid', `More than ${BATCHES_MAX} batches: name a producerId, productId, lotId or batchId.`);
    await turn(); // the store reads on this thread, so let look-ups run in between
  } while (after !== null);
  return ok(await count(batches, by, period.value, ctx));
}

export async function batchStats(
  actor: Actor,
  input: { id: Id; query: z.output<typeof batchStatsQuery> },
  ctx: ActionContext,
): Promise<Result<ScanStats>> {
  return scanStats(actor, { ...input.query, batchId: input.id }, ctx);
}

async function count(
  batches: readonly CountedBatch[],
  by: ScanStats['by'],
  period: Period,
  ctx: ActionContext,
): Promise<ScanStats> {
  const { scans } = ctx.store;
  const sums = new Map<string | null, number>();
  let stampsScanned = 0;
  for (const some of portions(batches.map(({ id: of }) => of))) {
    for (const { key, scans: more } of await scans.countAll(some, period, by, ctx.settings.timeZone))
      sums.set(key, (sums.get(key) ?? 0) + more);
    for (const tally of await scans.batchTalliesOf(some)) stampsScanned += tally.stampsScanned;
    await turn();
  }
  const items = [...sums].map(([key, more]) => ({ key, scans: more }));
  items.sort((a, b) => ((a.key ?? '\uffff') < (b.key ?? '\uffff') ? -1 : 1));
  const stamps = batches.reduce((sum, { quantity }) => sum + quantity, 0);
  return { by, items, batches: batches.length, stamps, stampsScanned };
}
