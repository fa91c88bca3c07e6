// Reads what a form sent into an action's input, and runs the action with it. The faults are those of the input's
// shape; form-faults.ts words them.

import type { z } from 'zod';
import type { ActionContext, Outcome } from '../../actions/kit/context.ts';
import { runAction } from '../../actions/kit/run-action.ts';
import type { Id } from '../../domain/entity.ts';
import type { Actor } from '../../domain/people/account.ts';
import type { Result } from '../../domain/problem.ts';
import { idIn, sentVersion, type PageCall } from './console-route.ts';
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

/** Changes the record of the path, from the version that the form was made of. */
export function runChange<S extends z.ZodType, Value>(
  call: PageCall,
  shape: S,
  sent: unknown,
  action: Action<{ id: Id; version: number; change: z.output<S> }, Value>,
): Promise<Outcome<Value>> {
  const [id, version] = [idIn(call), sentVersion(call.form)];
  return readAndRun(shape, sent, (change) => action(call.actor, { id, version, change }, call.ctx));
}
