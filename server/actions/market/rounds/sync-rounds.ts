// Takes what a phone recorded without network: operations in their order, each kept before the next one is looked at.
// An operation that was done before is answered as such. The first that cannot be done now ends the call; the phone
// sends it, and what follows, again.

import type { z } from 'zod';
import type { Inspection } from '../../../domain/market/inspection.ts';
import type { Round } from '../../../domain/market/round.ts';
import type { Instant } from '../../../domain/entity.ts';
import type { Actor } from '../../../domain/people/account.ts';
import { ok, PROBLEMS, type Problem, type Result } from '../../../domain/problem.ts';
import { StoreError } from '../../../store/store.ts';
import type { ActionContext } from '../../kit/context.ts';
import { decide } from '../../kit/rights.ts';
import { addItem, changeItem } from './item-ops.ts';
import { addEdition, changeOpenRound, closeRound, openRound } from './round-ops.ts';
import type { Op, syncInput } from './round-fields.ts';
import { RoundWork } from './round-work.ts';

export interface OpResult {
  opId: string;
  /** refused: never; later: not now, or what it belongs to is not here yet. */
  state: 'done' | 'repeat' | 'refused' | 'later';
  problem: Problem | null;
  round: Round | null;
  item: Inspection | null;
}

export interface Synced {
  serverTime: Instant;
  results: OpResult[];
}

/** Problems: not-allowed. */
export async function syncRounds(
  actor: Actor,
  input: z.output<typeof syncInput>,
  ctx: ActionContext,
): Promise<Result<Synced>> {
  const may = decide(actor, 'make-round', null);
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  const work = new RoundWork();
  const results: OpResult[] = [];
  for (const op of input.ops) {
    const result = await resultOf(actor, op, work, ctx);
    results.push(result);
    if (result.state === 'later') break;
  }
  for (const round of work.late.values()) await addEdition(actor, round, ctx);
  return ok({ serverTime: ctx.now().toISOString(), results });
}

async function resultOf(actor: Actor, op: Op, work: RoundWork, ctx: ActionContext): Promise<OpResult> {
  const { opId } = op;
  const none = { opId, problem: null, round: null, item: null };
  try {
    const done = await doOp(actor, op, work, ctx);
    if (!done.ok) return { ...none, state: isForNow(done.problem) ? 'later' : 'refused', problem: done.problem };
    return { ...none, ...done.value, state: done.value.repeat ? 'repeat' : 'done' };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    const problem: Problem = { code: 'cannot-check-now', detail: 'The store does not answer. Send it again later.' };
    return { ...none, state: 'later', problem };
  }
}

type OpDone = { repeat: boolean; round: Round; item?: Inspection };

async function doOp(actor: Actor, op: Op, work: RoundWork, ctx: ActionContext): Promise<Result<OpDone>> {
  switch (op.kind) {
    case 'open-round':
      return openRound(actor, op, ctx);
    case 'change-round':
      return withLate(await changeOpenRound(actor, op, ctx), work);
    case 'item':
      return addItem(actor, op, work, ctx);
    case 'change-item':
      return changeItem(actor, op, work, ctx);
    case 'close-round':
      return withLate(await closeRound(actor, op, ctx), work);
    default:
      return op satisfies never;
  }
}

/** A round that is closed, by this or before it, needs an edition of its record. */
function withLate(done: Result<OpDone>, work: RoundWork): Result<OpDone> {
  if (done.ok && done.value.round.state === 'closed') work.late.set(done.value.round.id, done.value.round);
  return done;
}

/** Whether the same operation may be done later: what it belongs to may come from another phone. */
function isForNow({ code }: Problem): boolean {
  const status = PROBLEMS[code];
  return code === 'not-found' || code === 'version-conflict' || status === 429 || status >= 500;
}
