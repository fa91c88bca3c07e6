// Creates an office. An admin does it, once for each province.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Office } from '../../domain/registry/office.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { phone, text } from '../kit/fields.ts';
import { decide } from '../kit/rights.ts';
import { newEntity, saveNew } from '../kit/save.ts';

export const makeOfficeInput = z.strictObject({
  name: text(160),
  province: text(80),
  phone: phone.nullable().default(null),
});

export async function makeOffice(
  actor: Actor,
  input: z.output<typeof makeOfficeInput>,
  ctx: ActionContext,
): Promise<Outcome<Office>> {
  const may = decide(actor, 'keep-office', null);
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  const office: Office = { ...newEntity(ctx), ...input, markFileId: null };
  return saveNew(ctx, actor, { collection: 'offices', doc: office, action: 'make-office', answer: office });
}
