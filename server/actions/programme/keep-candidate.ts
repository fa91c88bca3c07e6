// Products on their way to a rating, as an office records them: created with a name, moved from stage to stage.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { fail, fieldProblem, ok, type Result } from '../../domain/problem.ts';
import { CANDIDATE_STAGES, type Candidate } from '../../domain/programme/candidates.ts';
import { PRODUCT_GROUPS } from '../../domain/registry/product.ts';
import { done, type ActionContext, type Outcome } from '../kit/context.ts';
import { day, id, text, year } from '../kit/fields.ts';
import { programmeOffice } from './programme-office.ts';
import { placeOfProducer } from '../kit/reach-producer.ts';
import { reach, reachInBody } from '../kit/reach.ts';
import { differenceOf, newEntity, nextVersion, saveChange, saveNew } from '../kit/save.ts';
import { todayOf } from '../kit/today.ts';

const months = z
  .array(z.int().min(1).max(12))
  .max(12)
  .transform((list) => [...new Set(list)].sort((a, b) => a - b));

export const candidateInput = z.strictObject({
  name: text(160),
  group: z.enum(PRODUCT_GROUPS),
  /** Exactly one of the two: a producer of the registry, or a name. */
  producerId: id.nullable().default(null),
  maker: text(160).nullable().default(null),
  productId: id.nullable().default(null),
  stage: z.enum(CANDIDATE_STAGES).default('idea'),
  /** The day it reached the stage. If left out: today; if the stage does not change, the day stays. */
  stageOn: day.nullable().default(null),
  year,
  months: months.default([]),
  note: text(600, true).nullable().default(null),
});
type CandidateInput = z.output<typeof candidateInput>;

export async function makeCandidate(
  actor: Actor,
  input: { officeId?: Id | undefined; candidate: CandidateInput },
  ctx: ActionContext,
): Promise<Outcome<Candidate>> {
  const office = await programmeOffice(actor, 'keep-programme', input.officeId, ctx);
  if (!office.ok) return office;
  const sound = await checked(actor, office.value, input.candidate, ctx);
  if (!sound.ok) return sound;
  const doc: Candidate = {
    ...newEntity(ctx),
    officeId: office.value,
    ...sound.value,
    stageOn: sound.value.stageOn ?? todayOf(ctx),
  };
  return saveNew(ctx, actor, { collection: 'candidates', doc, action: 'make-candidate', answer: doc });
}

/** @param input `version` is the version that the caller read */
export async function changeCandidate(
  actor: Actor,
  input: { id: Id; version: number; candidate: CandidateInput },
  ctx: ActionContext,
): Promise<Outcome<Candidate>> {
  const found = await reach(ctx.store.candidates, actor, 'keep-programme', input.id);
  if (!found.ok) return found;
  const before = found.value.doc;
  if (before.version !== input.version)
    return fail('version-conflict', 'Somebody changed this meanwhile. Read it again.');
  const sound = await checked(actor, before.officeId, input.candidate, ctx);
  if (!sound.ok) return sound;
  const stageOn = sound.value.stageOn ?? (sound.value.stage === before.stage ? before.stageOn : todayOf(ctx));
  const doc = nextVersion(ctx, before, { ...sound.value, stageOn });
  if (Object.keys(differenceOf(before, doc).after).length === 0) return done(before);
  return saveChange(ctx, actor, { collection: 'candidates', before, doc, action: 'change-candidate', answer: doc });
}

/** Problems: invalid without a maker or for a future day, absent-reference. */
async function checked(
  actor: Actor,
  officeId: Id,
  candidate: CandidateInput,
  ctx: ActionContext,
): Promise<Result<CandidateInput>> {
  const { producerId, maker, productId } = candidate;
  if (candidate.stageOn !== null && candidate.stageOn > todayOf(ctx))
    return fieldProblem('invalid', 'stageOn', 'in-future', 'This day is yet to come.');
  if (producerId === null && maker === null) return fieldProblem('invalid', 'maker', 'required', 'Say who makes it.');
  if (producerId !== null) {
    const producer = await reachInBody(
      ctx.store.producers,
      actor,
      'keep-programme',
      producerId,
      'producerId',
      placeOfProducer,
    );
    if (!producer.ok) return producer;
    if (producer.value.doc.officeId !== officeId)
      return fieldProblem('absent-reference', 'producerId', 'absent', 'There is no such record.');
  }
  if (productId !== null) {
    const product = await reachInBody(ctx.store.products, actor, 'keep-programme', productId, 'productId');
    if (!product.ok) return product;
    if (product.value.doc.officeId !== officeId)
      return fieldProblem('absent-reference', 'productId', 'absent', 'There is no such record.');
  }
  return ok(candidate);
}
