// What a phone does to a round: opens, changes and closes it. Each operation has an id, and done twice it is done once.

import { ROUND_EDITIONS_MAX, roundNumber, withOp, type Round } from '../../../domain/market/round.ts';
import type { Actor } from '../../../domain/people/account.ts';
import { fail, ok, type Result } from '../../../domain/problem.ts';
import type { ActionContext } from '../../kit/context.ts';
import { withoutUndefined } from '../../kit/without-undefined.ts';
import { decide } from '../../kit/rights.ts';
import { actorId, newEntity, nextVersion, saveChange, saveNew } from '../../kit/save.ts';
import { reachRound, roundIdOf } from './reach-round.ts';
import type { OpOf } from './round-fields.ts';
import { recordHashOf } from './round-record.ts';
import { soundAt } from './round-work.ts';

/** Another phone may change the round at this moment: each try reads it again. */
const TRIES_MAX = 8;

export interface RoundDone {
  round: Round;
  /** The operation was done before. */
  repeat: boolean;
}

/** Problems: not-allowed, not-found, round-ended. */
export async function openRound(actor: Actor, op: OpOf<'open-round'>, ctx: ActionContext): Promise<Result<RoundDone>> {
  if (op.planned !== null) return openPlanned(actor, op.planned, op, ctx);
  const may = decide(actor, 'make-round', null);
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  const officeId = actor.kind === 'person' ? actor.officeId : null;
  if (officeId === null) return fail('not-allowed', 'A round belongs to an office: sign in as one of its people.');
  const id = roundIdOf(actor, op.round);
  const known = await ctx.store.rounds.get(id);
  if (known !== null) return ok({ round: known, repeat: true });
  const by = actorId(actor);
  const round: Round = {
    ...newEntity(ctx, id),
    officeId,
    number: roundNumber(id),
    clientId: op.round,
    state: 'open',
    inspectors: [by],
    plannedOn: null,
    producerIds: op.producerIds,
    task: null,
    place: op.place,
    met: op.met,
    kept: null,
    note: null,
    position: op.position,
    openedAt: soundAt(op.at, ctx),
    closedAt: null,
    records: [],
    ops: [op.opId],
    by,
  };
  const own = { ...ctx, request: null };
  const made = await saveNew(own, actor, { collection: 'rounds', doc: round, action: 'open-round', answer: null });
  if (made.ok) return ok({ round, repeat: false });
  const first = await ctx.store.rounds.get(id);
  return first === null ? made : ok({ round: first, repeat: true });
}

function openPlanned(
  actor: Actor,
  planned: string,
  op: OpOf<'open-round'>,
  ctx: ActionContext,
): Promise<Result<RoundDone>> {
  return changeRoundBy(actor, planned, { opId: op.opId, action: 'open-round' }, ctx, (round) => {
    if (round.state === 'cancelled') return ended(round);
    if (round.state !== 'planned') return ok({});
    const { place, met, position } = op;
    return ok({
      state: 'open',
      clientId: op.round,
      openedAt: soundAt(op.at, ctx),
      place: place ?? round.place,
      met,
      position,
    });
  });
}

/** Problems: not-allowed, not-found, round-ended. */
export function changeOpenRound(
  actor: Actor,
  op: OpOf<'change-round'>,
  ctx: ActionContext,
): Promise<Result<RoundDone>> {
  return changeRoundBy(actor, op.round, { opId: op.opId, action: 'change-round' }, ctx, (round) =>
    round.state === 'cancelled' ? ended(round) : ok(withoutUndefined(op.set)),
  );
}

/** Closes it; its record has its first edition from then on. Closed before, nothing changes. */
export function closeRound(actor: Actor, op: OpOf<'close-round'>, ctx: ActionContext): Promise<Result<RoundDone>> {
  return changeRoundBy(actor, op.round, { opId: op.opId, action: 'close-round' }, ctx, (round) => {
    if (round.state === 'closed') return ok({});
    return round.state === 'open' ? ok({ state: 'closed', closedAt: soundAt(op.at, ctx) }) : ended(round);
  });
}

/** Adds an edition to the record of a closed round if its content is not that of the last one. */
export async function addEdition(actor: Actor, round: Round, ctx: ActionContext): Promise<void> {
  const op = { opId: null, action: 'add-edition' };
  await changeRoundBy(actor, round.id, op, ctx, async (now) => {
    const { hash, items, photos } = await recordHashOf(now, ctx);
    const last = now.records.at(-1);
    if (now.state !== 'closed' || last?.hash === hash) return ok({});
    const edition = { edition: (last?.edition ?? 0) + 1, at: ctx.now().toISOString(), hash, items, photos };
    return ok({ records: [...now.records, edition].slice(-ROUND_EDITIONS_MAX) });
  });
}

type Change = Partial<Omit<Round, 'id' | 'version' | 'createdAt' | 'updatedAt'>>;

async function changeRoundBy(
  actor: Actor,
  ref: string,
  { opId, action }: { opId: string | null; action: string },
  ctx: ActionContext,
  plan: (round: Round) => Result<Change> | Promise<Result<Change>>,
): Promise<Result<RoundDone>> {
  for (let tries = 1; ; tries += 1) {
    const found = await reachRound(actor, ref, ctx);
    if (!found.ok) return found;
    const before = found.value;
    if (opId !== null && before.ops.includes(opId)) return ok({ round: before, repeat: true });
    const planned = await plan(before);
    if (!planned.ok) return planned;
    if (opId === null && Object.keys(planned.value).length === 0) return ok({ round: before, repeat: true });
    const ops = opId === null ? before.ops : withOp(before.ops, opId);
    const doc = nextVersion(ctx, before, { ...planned.value, ops });
    const own = { ...ctx, request: null };
    const saved = await saveChange(own, actor, { collection: 'rounds', before, doc, action, answer: null });
    if (saved.ok) return ok({ round: doc, repeat: false });
    if (saved.problem.code !== 'version-conflict' || tries === TRIES_MAX) return saved;
  }
}

function ended({ state }: Round): ReturnType<typeof fail> {
  return fail('round-ended', 'This round has ended, or was cancelled. Open another one.', { details: { state } });
}
