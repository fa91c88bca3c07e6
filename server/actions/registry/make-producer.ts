// Registers a producer. The office does it.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { PRODUCER_KINDS, type Producer } from '../../domain/registry/producer.ts';
import { taxCodeOf } from '../../domain/registry/tax-code.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { address, email, gln, id, phone, text, webAddress } from '../kit/fields.ts';
import { officeOf } from '../kit/office-of.ts';
import { decide } from '../kit/rights.ts';
import { newEntity, newId, saveNew } from '../kit/save.ts';

/** Ten digits; thirteen for a branch; twelve for a household, which is taxed under a personal number. */
const taxCode = z
  .string()
  .max(24)
  .transform(taxCodeOf)
  .pipe(
    z
      .string()
      .regex(/^(?:\d{10}(?:-\d{3})?|\d{12})$/, { message: 'is no tax code: 10 digits, 10 and "-" and 3, or 12' }),
  )
  .meta({ minLength: 10, maxLength: 24 });

/** The fields of the inputs for making and changing. */
export const producerFields = {
  name: text(160),
  kind: z.enum(PRODUCER_KINDS),
  taxCode: taxCode.nullable(),
  address,
  addressToday: address.nullable(),
  phone: phone.nullable(),
  phonePublic: z.boolean(),
  email: email.nullable(),
  website: webAddress.nullable(),
  gln: gln.nullable(),
  representative: text(160).nullable(),
  story: text(6_000, true).nullable(),
  storyEn: text(6_000, true).nullable(),
};

export const makeProducerInput = z.strictObject({
  officeId: id.optional(),
  name: producerFields.name,
  kind: producerFields.kind,
  taxCode: producerFields.taxCode.default(null),
  address: producerFields.address,
  addressToday: producerFields.addressToday.default(null),
  phone: producerFields.phone.default(null),
  phonePublic: producerFields.phonePublic.default(false),
  email: producerFields.email.default(null),
  website: producerFields.website.default(null),
  gln: producerFields.gln.default(null),
  representative: producerFields.representative.default(null),
  story: producerFields.story.default(null),
  storyEn: producerFields.storyEn.default(null),
});

/**
 * @param recordId set by an import, which derives it from the office's own reference so that a second run finds the
 * record
 */
export async function makeProducer(
  actor: Actor,
  input: z.output<typeof makeProducerInput>,
  ctx: ActionContext,
  recordId: Id = newId(ctx),
): Promise<Outcome<Producer>> {
  const may = decide(actor, 'make-producer', null);
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  const office = await officeOf(actor, input.officeId, ctx);
  if (!office.ok) return office;
  const producer: Producer = { ...newEntity(ctx, recordId), ...input, officeId: office.value };
  return saveNew(ctx, actor, { collection: 'producers', doc: producer, action: 'make-producer', answer: producer });
}
