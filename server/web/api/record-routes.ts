// The routes that every kind of record has: its list, making one, reading one and changing one. They differ only in
// rights, shapes and actions, so a room's table names these.

import type { z } from 'zod';
import type { ActionContext, Outcome } from '../../actions/kit/context.ts';
import { runAction } from '../../actions/kit/run-action.ts';
import type { Id } from '../../domain/entity.ts';
import type { Actor } from '../../domain/people/account.ts';
import type { ProblemCode, Result } from '../../domain/problem.ts';
import type { Page } from '../../store/store.ts';
import { answerOutcome, answerPage, answerRecord, route, type Route } from './route.ts';
import { idParams, pageShape, waitingShape } from './shapes.ts';

type Action<Input, Answer> = (actor: Actor, input: Input, ctx: ActionContext) => Promise<Answer>;

interface Head {
  right: Route['right'];
  summary: string;
}

interface Write<Body extends z.ZodType, Run> extends Head {
  body: Body;
  action: Run;
  /** Whether a producer's may wait for the office. */
  waits?: boolean;
  problems?: readonly ProblemCode[];
}

/** @param path of the list; a record is at `:id` below it. `view`: what the API shows of a record */
export function recordRoutes<Kept>({
  path,
  tag,
  shape,
  view,
}: {
  path: string;
  tag: string;
  shape: z.ZodType;
  view: (record: Kept) => unknown;
}) {
  const one = `${path}/:id`;
  const waiting = (waits = false): Route['answers'] => (waits ? { 202: waitingShape } : {});
  return {
    list: <Query extends z.ZodType>({
      action,
      ...head
    }: Head & { query: Query; action: Action<z.output<Query>, Result<Page<Kept>>> }): Route =>
      route({
        ...head,
        method: 'get',
        path,
        tag,
        answers: { 200: pageShape(shape) },
        handle: async (call) => answerPage(await action(call.actor, call.query as z.output<Query>, call.ctx), view),
      }),
    make: <Body extends z.ZodType>({
      action,
      waits,
      ...write
    }: Write<Body, Action<z.output<Body>, Outcome<Kept>>>): Route =>
      route({
        ...write,
        method: 'post',
        path,
        tag,
        answers: { 201: shape, ...waiting(waits) },
        handle: async ({ actor, body, ctx }) =>
          answerOutcome(await runAction(action, actor, body as z.output<Body>, ctx), view),
      }),
    read: ({ action, ...head }: Head & { action: Action<Id, Result<Kept>> }): Route =>
      route({
        ...head,
        method: 'get',
        path: one,
        tag,
        params: idParams,
        answers: { 200: shape },
        handle: async ({ actor, params, ctx }) => answerRecord(await action(actor, params.id, ctx), view),
      }),
    change: <Body extends z.ZodType>({
      action,
      waits,
      ...write
    }: Write<Body, Action<{ id: Id; version: number; change: z.output<Body> }, Outcome<Kept>>>): Route =>
      route({
        ...write,
        method: 'patch',
        path: one,
        tag,
        params: idParams,
        answers: { 200: shape, ...waiting(waits) },
        handle: async ({ actor, params, body, ifMatch, ctx }) =>
          answerOutcome(
            await action(actor, { id: params.id, version: ifMatch, change: body as z.output<Body> }, ctx),
            view,
          ),
      }),
  };
}
