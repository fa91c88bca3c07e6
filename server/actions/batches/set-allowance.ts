// Sets how many stamps a product may be given in a year, against the output its producer expects. The office decides
// it.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { fail } from '../../domain/problem.ts';
import type { Allowance } from '../../domain/registry/product.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { reach } from '../kit/reach.ts';
import { newEntity, nextVersion, saveChange, saveNew } from '../kit/save.ts';

/** Far more than one product's output or stamps in a year. */
const COUNT_MAX = 1_000_000_000;

export const setAllowanceInput = z.strictObject({
  expectedOutput: z.int().min(0).max(COUNT_MAX),
  stamps: z.int().min(0).max(COUNT_MAX),
});

/** @param input `version` of the allowance that it replaces; 0 if the caller knows of none */
export async function setAllowance(
  actor: Actor,
  input: { productId: Id; year: number; version: number; allowance: z.output<typeof setAllowanceInput> },
  ctx: ActionContext,
): Promise<Outcome<Allowance>> {
  const { productId, year, version, allowance } = input;
  const found = await reach(ctx.store.products, actor, 'set-allowance', productId);
  if (!found.ok) return found;
  const { officeId, producerId } = found.value.doc;
  const before = await ctx.store.allowances.findBy('productYear', [productId, year]);
  if (before === null) {
    if (version !== 0) return fail('version-conflict', 'No allowance of this product is recorded for this year.');
    const doc: Allowance = { ...newEntity(ctx), officeId, producerId, productId, year, ...allowance };
    const made = await saveNew(ctx, actor, { collection: 'allowances', doc, action: 'set-allowance', answer: doc });
    return made.ok || made.problem.code !== 'taken'
      ? made
      : fail('version-conflict', 'Somebody recorded this allowance meanwhile. Read it first.');
  }
  if (version === 0)
    return fail('version-missing', 'An allowance is recorded. Send the version you read as If-Match: "<version>".');
  if (version !== before.version)
    return fail('version-conflict', 'Somebody changed this allowance meanwhile. Read it again.');
  const doc = nextVersion(ctx, before, allowance);
  return saveChange(ctx, actor, { collection: 'allowances', before, doc, action: 'set-allowance', answer: doc });
}
