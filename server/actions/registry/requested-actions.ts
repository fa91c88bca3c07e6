// The action that each kind of request runs once the office approves, and how its stored input is read again.

import type { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { ChangeRequest, RequestedAction } from '../../domain/registry/change-request.ts';
import { canonicalJson } from '../../domain/audit/audit-chain.ts';
import type { Entity, Id } from '../../domain/entity.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import type { Collection, CollectionName } from '../../store/store.ts';
import { changeCertificate, changeCertificateInput } from './change-certificate.ts';
import { changeEvaluation, changeEvaluationInput } from './change-evaluation.ts';
import { changeLot, changeLotInput } from '../lots/change-lot.ts';
import { changeProducer, changeProducerInput } from './change-producer.ts';
import { changeProduct, changeProductInput } from './change-product.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { issueBatch, issueBatchInput } from '../batches/issue-batch.ts';
import { makeCertificate, makeCertificateInput } from './make-certificate.ts';
import { makeEvaluation, makeEvaluationInput } from './make-evaluation.ts';
import { makeProduct, makeProductInput } from './make-product.ts';

/** Performs the change as the actor who approves. Returns the record that was created or changed. */
export type Apply = (actor: Actor, request: ChangeRequest, ctx: ActionContext) => Promise<Outcome<Entity>>;

export const REQUESTED_ACTIONS: Readonly<Record<RequestedAction, Apply>> = {
  'change-producer': toChange('producers', changeProducerInput, changeProducer),
  'make-product': toMake(makeProductInput, makeProduct),
  'change-product': toChange('products', changeProductInput, changeProduct),
  'make-evaluation': toMake(makeEvaluationInput, makeEvaluation),
  'change-evaluation': toChange('evaluations', changeEvaluationInput, changeEvaluation),
  'make-certificate': toMake(makeCertificateInput, makeCertificate),
  'change-certificate': toChange('certificates', changeCertificateInput, changeCertificate),
  'change-lot': toChange('lots', changeLotInput, changeLot),
  'issue-batch': toMake(issueBatchInput, issueBatch),
};

function toMake<S extends z.ZodType, T extends Entity>(
  shape: S,
  action: (actor: Actor, input: z.output<S>, ctx: ActionContext) => Promise<Outcome<T>>,
): Apply {
  return async (actor, request, ctx) => {
    const input = readInput(shape, request.input);
    return input.ok ? action(actor, input.value, ctx) : input;
  };
}

/**
 * The change is applied to the present record, because the producer may have changed its own texts since. But if a
 * field that the request changes has another value than when it was asked, the request no longer means the same and is
 * refused.
 */
function toChange<S extends z.ZodType, T extends Entity>(
  collection: CollectionName,
  shape: S,
  action: (
    actor: Actor,
    input: { id: Id; version: number; change: z.output<S> },
    ctx: ActionContext,
  ) => Promise<Outcome<T>>,
): Apply {
  return async (actor, request, ctx) => {
    const change = readInput(shape, request.input);
    if (!change.ok) return change;
    const id = request.subject?.id ?? '';
    const current = await (ctx.store[collection] as unknown as Collection<Entity>).get(id);
    if (current === null) return fail('not-found', 'What was to be changed is not there.');
    const moved = movedFields(request, current);
    if (moved.length > 0) {
      return fail(
        'version-conflict',
        `Changed since it was asked: ${moved.join(', ')}. Decline it, and let it be asked again.`,
      );
    }
    return action(actor, { id, version: current.version, change: change.value }, ctx);
  };
}

/** Fields of the change whose value is not what it was when asked. */
function movedFields(request: ChangeRequest, current: Entity): string[] {
  const now: Record<string, unknown> = { ...current };
  return Object.entries(request.before ?? {})
    .filter(([field, value]) => canonicalJson(now[field] ?? null) !== canonicalJson(value))
    .map(([field]) => field);
}

/** The stored input; a later release may not accept it any more. */
function readInput<S extends z.ZodType>(shape: S, input: unknown): Result<z.output<S>> {
  const parsed = shape.safeParse(input);
  if (parsed.success) return ok(parsed.data);
  return fail('invalid', 'What was asked is no longer taken in this form. Decline it, and let it be asked again.');
}
