// What a store has truly lost, shown to an operator and then gone on without: records that are missing or older than
// the audit chain states, tallies that do not agree with scans, and an end of the chain before the one kept beside the
// store. Each acceptance is a line of the chain that says by whom and why. A wrong seal is never accepted: nobody lost
// such a row, somebody wrote it. Decision: docs/decisions/0032-accepted-gap.md.

import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import { faultOf } from '../../store/recount.ts';
import { rowPiece, ROW_CHECK_START, type Checked, type RowPiece, type RowPlace } from '../../store/row-check.ts';
import type { Store } from '../../store/store.ts';
import { differs, GONE, type Disagreement } from '../../store/witness.ts';
import type { ActionContext } from '../kit/context.ts';
import { lineOf } from '../kit/save.ts';

export const acceptGapInput = z.strictObject({
  /** A person's name. */
  by: z.string().trim().min(2).max(100),
  why: z.string().trim().min(10).max(500),
});

export interface Gaps {
  records: Disagreement[];
  /** Batches whose sums differ, with what differs. */
  tallies: { batchId: string; fault: string }[];
  /** That the store ends before what lies beside it, a sentence each. */
  ends: string[];
  /** What is wrong and can not be accepted, a sentence each. */
  refused: string[];
}

const ROWS = 200;
/** So many losses are no loss but another store: restore a backup. */
const GAPS_MAX = 1_000;

/** Looks through the whole store. @param ends as the store said when it was opened */
export async function findGaps(store: Store, ends: readonly string[]): Promise<Gaps> {
  const gaps: Gaps = { records: [], tallies: [], ends: [...ends], refused: [] };
  const chain = await store.check.lookAtChain();
  if (chain !== null) {
    gaps.refused.push(chain);
    return gaps;
  }
  const records = new Map<string, Disagreement>();
  const refused = new Set<string>();
  const checked: Checked = { rows: store as unknown as Checked['rows'], chain: store.audit, files: store.files };
  for (let place: RowPlace | null = ROW_CHECK_START; place !== null && records.size <= GAPS_MAX;) {
    const piece: RowPiece = await rowPiece(checked, place, ROWS);
    for (const gap of piece.gaps) records.set(gap.entity, gap);
    const accepted = new Set(piece.gaps.map(textOf));
    for (const fault of piece.faults) if (!accepted.has(fault)) refused.add(fault);
    place = piece.next;
  }
  if (records.size > GAPS_MAX) refused.add(`more than ${GAPS_MAX} records differ: this is another store`);
  for (let batchId = await store.check.batchAfter(''); batchId !== null;) {
    const sums = await store.check.sums(batchId);
    if ('fault' in sums) refused.add(sums.fault);
    else {
      const fault = faultOf(sums);
      if (fault !== null) gaps.tallies.push({ batchId, fault });
    }
    batchId = await store.check.batchAfter(batchId);
  }
  return { ...gaps, records: [...records.values()], refused: [...refused] };
}

/** Names these gaps, and no others: an acceptance is of what was shown. */
export function nameOf({ records, tallies, ends }: Gaps): string {
  return createHash('sha256')
    .update(JSON.stringify([records, tallies, ends]))
    .digest('hex')
    .slice(0, 12);
}

/** What an acceptance means, a sentence each. */
export function meaningOf({ records, tallies, ends }: Gaps): string[] {
  return [
    ...ends,
    ...records.map((gap) =>
      gap.found === null
        ? `${textOf(gap)}. It counts as gone from now on: a recall that is gone warns nobody any more.`
        : `${textOf(gap)}. Version ${gap.found} counts from now on; what was changed later is lost.`,
    ),
    ...tallies.map(
      ({ batchId, fault }) =>
        `batch ${batchId}: ${fault}. The tallies of its stamps count as they are; scans beyond them are forgotten.`,
    ),
  ];
}

/**
 * Goes on without what is lost. Only the system may: it is whoever can run commands on the server.
 * Problems: not-allowed.
 * @throws RangeError where something has a wrong seal
 */
export async function acceptGaps(
  actor: Actor,
  gaps: Gaps,
  input: z.output<typeof acceptGapInput>,
  ctx: ActionContext,
): Promise<Result<{ lines: number }>> {
  if (actor.kind !== 'system') return fail('not-allowed', 'Only the operator may accept a gap, on the server.');
  if (gaps.refused.length > 0) throw new RangeError('what has a wrong seal cannot be accepted');
  const { audit, check } = ctx.store;
  const line = (entity: string, officeId: string | null, values: Record<string, unknown>) =>
    lineOf(ctx, actor, { entity, action: 'accept-gap', officeId, values: { ...values, ...input } });
  let lines = 0;
  for (const { entity, found, stated } of gaps.records) {
    const before = await lastOf(ctx.store, entity);
    const concerns = before?.concerns === undefined ? {} : { concerns: before.concerns };
    await audit.add({
      ...line(entity, before?.officeId ?? null, { found, stated }),
      recordVersion: found ?? GONE,
      ...concerns,
    });
    lines += 1;
  }
  for (const { batchId, fault } of gaps.tallies) {
    await check.settle(batchId);
    await audit.add(line(`batch:${batchId}`, null, { fault }));
    lines += 1;
  }
  if (gaps.ends.length > 0) {
    await audit.add(line('store:chain', null, { ends: gaps.ends }));
    lines += 1;
  }
  await audit.head(); // waits until they stand in the chain
  return ok({ lines });
}

function textOf({ entity, found, stated }: Disagreement): string {
  return differs(entity, found, stated).message;
}

/** The last line of a record. */
async function lastOf(
  { audit }: Store,
  entity: string,
): Promise<{ officeId: string | null; concerns?: string } | null> {
  let last: { officeId: string | null; concerns?: string } | null = null;
  for (let after: string | null = null; ;) {
    const page = await audit.list({ officeId: null, entity, from: null, to: null }, { limit: ROWS, after });
    last = page.items.at(-1) ?? last;
    if (page.next === null) return last;
    after = page.next;
  }
}
