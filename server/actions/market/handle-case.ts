// Takes up and closes the case of a stamp that looks copied, and takes an outcome back. The outcome is written into the
// batch first, because buyers read it from there; sent again after a failure, the case follows.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import { answerStamp } from '../../domain/batches/batch-life.ts';
import { findRange } from '../../domain/batches/intervals.ts';
import { addDays } from '../../domain/calendar.ts';
import { answerMarkOf, CASE_DAYS, markOf, withStep, type Case, type CaseStep } from '../../domain/market/case.ts';
import type { Id } from '../../domain/entity.ts';
import { fail, fieldProblem, ok } from '../../domain/problem.ts';
import { CASE_OUTCOMES, isQuieting, type CaseOutcome } from '../../domain/stamp/stamp-answer.ts';
import type { StampTally } from '../../domain/stamp/tally.ts';
import { changeLife } from '../batches/change-life.ts';
import { displayStamps } from '../batches/display-stamps.ts';
import { voidStamps } from '../batches/void-stamps.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { day, text } from '../kit/fields.ts';
import { reach } from '../kit/reach.ts';
import { actorId, newEntity, nextVersion, saveChange, saveNew } from '../kit/save.ts';
import { todayOf } from '../kit/today.ts';
import { readCase, type CaseRow } from './find-cases.ts';

export const handleCaseInput = z.strictObject({
  state: z.enum(['looking', 'closed']),
  /** Of a closed case. */
  outcome: z.enum(CASE_OUTCOMES).nullable().default(null),
  /** What is done to the stamp with it. */
  step: z.enum(['void', 'display']).nullable().default(null),
  dueOn: day.nullable().default(null),
  note: text(2_000, true).nullable().default(null),
});

export const undoCaseInput = z.strictObject({ reason: text(2_000) });

interface CaseInput {
  batchId: Id;
  serial: number;
  /** Of the case as it was read, 0 if it had not been handled. */
  version: number;
}

/** Takes a case up, or closes it with its outcome. Problems: version-conflict, invalid, those of its step. */
export async function handleCase(
  actor: Actor,
  input: CaseInput & { handling: z.output<typeof handleCaseInput> },
  ctx: ActionContext,
): Promise<Outcome<Case>> {
  const { handling } = input;
  const row = await rowFor(actor, input, ctx);
  if (!row.ok) return row;
  const { known, tally } = row.value;
  if (handling.state === 'looking') {
    const dueOn = handling.dueOn ?? addDays(todayOf(ctx), CASE_DAYS);
    return saveCase(actor, row.value, { ...handling, outcome: null, dueOn, kind: 'looking' }, ctx);
  }
  const { outcome } = handling;
  if (outcome === null)
    return fieldProblem('invalid', 'outcome', 'required', 'Say what was found before you close it.');
  if (outcome === 'mistake' && handling.step === 'void')
    return fieldProblem('invalid', 'step', 'not-for-mistake', 'A stamp of a real buyer is not voided.');
  const stepped = await takeStep(actor, input, { outcome, step: handling.step, note: handling.note }, ctx);
  if (stepped !== null && !stepped.ok) return stepped;
  const answered = await answer(actor, input, { outcome, tally }, ctx);
  if (!answered.ok) return answered;
  return saveCase(actor, row.value, { ...handling, dueOn: known?.dueOn ?? null, kind: 'closed' }, ctx);
}

/** Takes the outcome of a closed case back: buyers read what they read before, and the case is looked at again. */
export async function undoCase(
  actor: Actor,
  input: CaseInput & { undoing: z.output<typeof undoCaseInput> },
  ctx: ActionContext,
): Promise<Outcome<Case>> {
  const row = await rowFor(actor, input, ctx);
  if (!row.ok) return row;
  const { known } = row.value;
  if (known === null || known.state !== 'closed')
    return fail('not-found', 'This case has no outcome that could be taken back.');
  const answered = await answer(actor, input, null, ctx);
  if (!answered.ok) return answered;
  const dueOn = addDays(todayOf(ctx), CASE_DAYS);
  const undone = { state: 'looking', outcome: null, note: input.undoing.reason, dueOn, kind: 'undone' } as const;
  return saveCase(actor, row.value, undone, ctx);
}

async function rowFor(actor: Actor, input: CaseInput, ctx: ActionContext): ReturnType<typeof readCase> {
  const found = await reach(ctx.store.batches, actor, 'handle-complaint', input.batchId);
  if (!found.ok) return found;
  const row = await readCase(actor, input, ctx);
  if (!row.ok) return row;
  return (row.value.known?.version ?? 0) === input.version
    ? row
    : fail('version-conflict', 'Somebody handled this case meanwhile. Read it again.');
}

/** A display stamp is set out, a stolen one voided, or what the office chose; null: nothing. */
async function takeStep(
  actor: Actor,
  { batchId: id, serial }: CaseInput,
  { outcome, step, note }: { outcome: CaseOutcome; step: 'void' | 'display' | null; note: string | null },
  ctx: ActionContext,
): Promise<Outcome<unknown> | null> {
  const own = { ...ctx, request: null };
  const range = { from: serial, to: serial };
  if (step === 'void' || outcome === 'stolen') {
    const reason = outcome === 'stolen' ? 'stolen' : 'other';
    return voidStamps(
      actor,
      { id, voiding: { ...range, reason, note: note === null ? null : note.slice(0, 500) } },
      own,
    );
  }
  return step === 'display' || outcome === 'display' ? displayStamps(actor, { id, display: range }, own) : null;
}

/** Writes the answer into the batch. @param given null: takes it back */
async function answer(
  actor: Actor,
  { batchId: id, serial }: CaseInput,
  given: { outcome: CaseOutcome; tally: StampTally } | null,
  ctx: ActionContext,
): Promise<Outcome<null>> {
  const action = given === null ? 'undo-answer' : 'answer-case';
  const values = { serial, outcome: given?.outcome ?? null };
  return changeLife<null>(
    actor,
    {
      right: 'handle-complaint',
      id,
      action,
      plan: async (batch) => {
        const before = findRange(batch.answers ?? [], serial);
        const times = before !== null && isQuieting(before.outcome) ? before.times + 1 : 1;
        const made =
          given === null
            ? null
            : {
                outcome: given.outcome,
                at: ctx.now().toISOString(),
                by: actorId(actor),
                times,
                mark: answerMarkOf(given.tally),
              };
        const changed = answerStamp(batch, serial, made);
        if (!changed.ok) return changed;
        return ok({ batch: changed.value.changed ? changed.value.batch : null, answer: null, values });
      },
    },
    { ...ctx, request: null },
  );
}

async function saveCase(
  actor: Actor,
  { batchId, serial, producerId, officeId, reasons, tally, known }: CaseRow,
  {
    state,
    outcome,
    note,
    dueOn,
    kind,
  }: Pick<Case, 'state' | 'note'> & { outcome: CaseOutcome | null; dueOn: string | null; kind: CaseStep['kind'] },
  ctx: ActionContext,
): Promise<Outcome<Case>> {
  const by = actorId(actor);
  const on = todayOf(ctx);
  const steps = withStep(known?.steps, { at: ctx.now().toISOString(), by, kind, outcome, note });
  const handled = { state, outcome, note, dueOn, reasons, mark: markOf(tally), on, by, steps };
  const action = kind === 'undone' ? 'undo-case' : 'handle-case';
  if (known !== null) {
    const doc = nextVersion(ctx, known, handled);
    return saveChange(ctx, actor, { collection: 'cases', before: known, doc, action, answer: doc });
  }
  const doc: Case = { ...newEntity(ctx), officeId, producerId, batchId, serial, openedOn: on, ...handled };
  const made = await saveNew(ctx, actor, { collection: 'cases', doc, action, answer: doc });
  return made.ok || made.problem.code !== 'taken'
    ? made
    : fail('version-conflict', 'Somebody handled this case meanwhile. Read it again.');
}
