// Changes an office's name, province, telephone, or the approved OCOP artwork it uploaded.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import type { Office } from '../../domain/registry/office.ts';
import { fail } from '../../domain/problem.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { phone, text } from '../kit/fields.ts';
import { readOffice } from './read.ts';
import { decide } from '../kit/rights.ts';
import { nextVersion, saveChange } from '../kit/save.ts';

export const changeOfficeInput = z.strictObject({
  name: text(160).optional(),
  province: text(80).optional(),
  phone: phone.nullable().optional(),
});

/** @param input `version` is the version that the caller read */
export async function changeOffice(
  actor: Actor,
  input: { id: Id; version: number; change: z.output<typeof changeOfficeInput> },
  ctx: ActionContext,
): Promise<Outcome<Office>> {
  const may = decide(actor, 'keep-office', null);
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  const found = await readOffice(actor, input.id, ctx);
  if (!found.ok) return found;
  const before = found.value;
  if (before.version !== input.version)
    return fail('version-conflict', 'Somebody changed this office meanwhile. Read it again.');
  const { name, province, phone: telephone } = input.change;
  const doc = nextVersion(ctx, before, {
    name: name ?? before.name,
    province: province ?? before.province,
    phone: telephone === undefined ? before.phone : telephone,
  });
  return saveChange(ctx, actor, { collection: 'offices', before, doc, action: 'change-office', answer: doc });
}
