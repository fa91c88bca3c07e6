// Reads products: an office those of its producers, a producer its own.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { ok, type Result } from '../../domain/problem.ts';
import { PRODUCT_GROUPS, type Product } from '../../domain/registry/product.ts';
import type { Page } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { gtin14, id, pageQuery } from '../kit/fields.ts';
import { given } from '../kit/given.ts';
import { listInReach, reach } from '../kit/reach.ts';

export const listProductsQuery = pageQuery.extend({
  officeId: id.optional(),
  producerId: id.optional(),
  group: z.enum(PRODUCT_GROUPS).optional(),
  gtin: gtin14.optional(),
});

export async function readProduct(actor: Actor, productId: Id, ctx: ActionContext): Promise<Result<Product>> {
  const found = await reach(ctx.store.products, actor, 'read-registry', productId);
  return found.ok ? ok(found.value.doc) : found;
}

export async function listProducts(
  actor: Actor,
  query: z.output<typeof listProductsQuery>,
  ctx: ActionContext,
): Promise<Result<Page<Product>>> {
  const { limit, after, ...filter } = query;
  return listInReach(ctx.store.products, actor, 'read-registry', given(filter), { limit, after });
}
