// The products in reach, found by a word of the name, a certificate's number or a GTIN, and by group, stars and
// certificate.

import { countRegistry, findProducts, findProductsQuery, type FoundProduct } from '../../../actions/registry/find.ts';
import { decide } from '../../../actions/kit/rights.ts';
import { PRODUCT_GROUPS } from '../../../domain/registry/product.ts';
import { valueOf } from '../../outcome.ts';
import { numberText } from '../../format.ts';
import { frameWordsOf, registryWordsOf } from '../../words/words.ts';
import type { ConsoleRoute, PageCall } from '../console-route.ts';
import { PAGE_ROWS } from '../list.ts';
import { linkButton } from '../page-head.ts';
import { readQuery } from '../read-query.ts';
import { productColumns } from './product-columns.ts';
import { formFields, choices } from '../form-fields.ts';
import { listRoutes, type ListView } from '../list-page.ts';

const PATH = '/console/products';
/** Products are counted up to this bound; beyond it the page shows "more than". */
const COUNT_MAX = 1_000;

export const productsListRoutes: readonly ConsoleRoute[] = [
  ...listRoutes({ path: PATH, right: 'read-registry', nav: 'products' }, list),
];

async function list(call: PageCall): Promise<ListView<FoundProduct>> {
  const { actor, ctx, language, query, today } = call;
  const words = registryWordsOf(language);
  const own = words.products;
  const frame = frameWordsOf(language);
  const blank = frame.list.all;
  const filter = formFields(call, words.fields, { record: query });
  const asked = readQuery(findProductsQuery, { ...query, after: '' }, PAGE_ROWS);
  const count = valueOf(await countRegistry(actor, COUNT_MAX, ctx));
  const mayMake = decide(actor, 'change-registry', null).kind !== 'refused';
  const mayImport = decide(actor, 'make-producer', null).kind === 'may';
  const counted = own.count(numberText(count.products, language), numberText(count.producers, language));
  return {
    path: PATH,
    words: { ...own, lead: `${count.more ? '> ' : ''}${counted}` },
    filters: [
      filter.text('q', { label: own.search, type: 'search', placeholder: own.example, max: 80 }),
      filter.select('group', choices(PRODUCT_GROUPS, words.groups), { blank }),
      filter.select('stars', choices([5, 4, 3], words.starsText), { blank }),
      filter.select('rating', choices(['in-force', 'lapsed', 'none'] as const, own.ratings), {
        label: own.rating,
        blank,
      }),
    ],
    columns: productColumns(today, words, actor.role !== 'producer'),
    read: async (page) => valueOf(await findProducts(actor, { ...asked, ...page }, ctx)),
    hrefOf: ({ product }) => `${PATH}/${product.id}`,
    add: mayMake && own.add,
    ways: mayImport ? [linkButton('/console/import', words.producers.importLink)] : [],
  };
}
