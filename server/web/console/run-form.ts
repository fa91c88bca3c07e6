// Reads what a form sent into an action's input, and runs the action with it. The faults are those of the input's
// shape; form-faults.ts words them.

import type { z } from 'zod';
import type { ActionContext, Outcome } from '../../actions/kit/context.ts';
import { runAction } from '../../actions/kit/run-action.ts';
import type { Entity, Id } from '../../domain/entity.ts';
import type { Actor } from '../../domain/people/account.ts';
import { fail, type Result } from '../../domain/problem.ts';
import { idIn, sentVersion, type PageCall } from './console-route.ts';
import { mergeChange, type MergedChange } from './forms/merge-change.ts';
import { parseShape } from '../read-request.ts';
import { ProblemError } from '../errors.ts';

type Action<Input, Value> = (actor: Actor, input: Input, ctx: ActionContext) => Promise<Outcome<Value>>;

/** Problems: invalid, with every faulty field. */
export function readShape<S extends z.ZodType>(shape: S, value: unknown): Result<z.output<S>> {
  try {
    return { ok: true, value: parseShape(shape, value, 'body') as z.output<S> };
  } catch (error) {
    if (error instanceof ProblemError) return { ok: false, problem: error.problem };
    throw error;
  }
}

/** Reads what was sent into an input and goes on with it. Problems: invalid, and those of what follows. */
export async function readAndRun<S extends z.ZodType, Value>(
  shape: S,
  sent: unknown,
  run: (input: z.output<S>) => Promise<Result<Value>>,
): Promise<Result<Value>> {
  const input = readShape(shape, sent);
  return input.ok ? run(input.value) : input;
}

/** Runs an action whose input is the form. Sent twice, it is done once. */
export function runForm<S extends z.ZodType, Value>(
  { actor, ctx }: PageCall,
  shape: S,
  sent: unknown,
  action: Action<z.output<S>, Value>,
): Promise<Outcome<Value>> {
  return readAndRun(shape, sent, (input) => runAction(action, actor, input, ctx));
}

/** A record that is changed again while two people's changes are merged is read anew so often. */
const MERGES_MAX = 3;

/**
 * Changes the record of the path, from the version that the form was made of. If somebody else changed it meanwhile,
 * what does not clash is merged; `version-conflict` then means that the same fields were changed, and its details say
 * which (`clashes`), and which only the other one changed (`theirs`).
 * @param read the record as it is now
 */
export function runChange<S extends z.ZodType, Value>(
  call: PageCall,
  shape: S,
  sent: unknown,
  action: Action<{ id: Id; version: number; change: z.output<S> }, Value>,
  read: (actor: Actor, id: Id, ctx: ActionContext) => Promise<Result<Entity>>,
): Promise<Outcome<Value>> {
  const { actor, ctx, form } = call;
  const id = idIn(call);
  return readAndRun(shape, sent, async (change) => {
    let outcome = await action(actor, { id, version: sentVersion(form), change }, ctx);
    for (let tries = 0; tries < MERGES_MAX && isConflict(outcome); tries += 1) {
      const now = await read(actor, id, ctx);
      if (!now.ok) return now;
      const merged = mergeChange(form.fields['was']?.[0] ?? '', change as Record<string, unknown>, now.value);
      if (merged.clashes.length > 0) return clashOf(merged);
      const rest = merged.change as z.output<S>;
      outcome = await action(actor, { id, version: now.value.version, change: rest }, ctx);
    }
    return outcome;
  });
}

/** What a change answers if the same fields were changed by somebody else. */
function clashOf({ clashes, theirs }: Pick<MergedChange, 'clashes' | 'theirs'>): Result<never> {
  return fail('version-conflict', 'Somebody else changed the same fields meanwhile.', { details: { clashes, theirs } });
}

function isConflict(outcome: Outcome<unknown>): boolean {
  return !outcome.ok && outcome.problem.code === 'version-conflict';
}
