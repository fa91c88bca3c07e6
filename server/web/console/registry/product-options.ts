// The products of a select, grouped by producer: those within reach, to a bound. A form is mostly reached from the
// product's own page, which chooses it already.

import { producerNames } from '../../../actions/registry/find.ts';
import { listProducts } from '../../../actions/registry/read.ts';
import type { Product } from '../../../domain/registry/product.ts';
import type { Page } from '../../../store/store.ts';
import { valueOf } from '../../outcome.ts';
import type { PageCall } from '../console-route.ts';
import type { Option } from '../fields.ts';

const PRODUCTS_MAX = 1_000;
const PAGE_SIZE = 200;

export async function productOptions({
  actor,
  ctx,
  query,
}: Pick<PageCall, 'actor' | 'ctx' | 'query'>): Promise<Option[]> {
  const options: Option[] = [];
  const producers = producerNames(actor, ctx);
  const producerId = query['producerId'];
  let after: string | null = null;
  do {
    const page: Page<Product> = valueOf(
      await listProducts(actor, { limit: PAGE_SIZE, after, ...(producerId === undefined ? {} : { producerId }) }, ctx),
    );
    for (const { id, name, producerId: owner } of page.items)
      options.push({ value: id, text: name, group: await producers(owner) });
    after = page.next;
  } while (after !== null && options.length < PRODUCTS_MAX);
  const { compare } = new Intl.Collator('vi');
  return options.sort((a, b) => compare(`${a.group ?? ''} ${String(a.text)}`, `${b.group ?? ''} ${String(b.text)}`));
}
