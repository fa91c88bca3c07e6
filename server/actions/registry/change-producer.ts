// Changes a producer's record. The producer may change its story and contact details itself; everything else waits for
// the office. A change that contains such a field waits as a whole.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import type { Producer } from '../../domain/registry/producer.ts';
import { changeRecord } from '../kit/change-record.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { withoutUndefined } from '../kit/without-undefined.ts';
import { producerFields } from './make-producer.ts';
import { reachProducer } from '../kit/reach-producer.ts';
import { nextVersion } from '../kit/save.ts';

export const changeProducerInput = z.strictObject(producerFields).partial();

const OWN_WORDS: ReadonlySet<string> = new Set(['story', 'storyEn', 'phone', 'phonePublic', 'email', 'website']);

/** @param input `version` is the version that the caller read */
export async function changeProducer(
  actor: Actor,
  input: { id: Id; version: number; change: z.output<typeof changeProducerInput> },
  ctx: ActionContext,
): Promise<Outcome<Producer>> {
  const change = withoutUndefined(input.change);
  const ownWords = Object.keys(change).every((field) => OWN_WORDS.has(field));
  const found = await reachProducer(actor, ownWords ? 'tell-story' : 'change-registry', input.id, ctx);
  if (!found.ok) return found;
  const { doc, mustAsk } = found.value;
  const before: Producer = { ...doc, storyEn: doc.storyEn ?? null };
  return changeRecord(ctx, actor, {
    collection: 'producers',
    before,
    after: nextVersion(ctx, before, change),
    version: input.version,
    action: 'change-producer',
    ask: mustAsk ? { officeId: before.officeId, producerId: before.id, input: change } : null,
  });
}
