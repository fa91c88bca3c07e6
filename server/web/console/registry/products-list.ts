// The products in reach, found by a word of the name, a certificate's number or a GTIN, and by group, stars and
// certificate.

import { countRegistry, findProducts, findProductsQuery } from '../../../actions/registry/find.ts';
import { decide } from '../../../actions/kit/rights.ts';
import { PRODUCT_GROUPS } from '../../../domain/registry/product.ts';
import { valueOf } from '../../outcome.ts';
import { html } from '../../html.ts';
import { numberText } from '../../format.ts';
import { frameWordsOf, registryWordsOf } from '../../words/words.ts';
import type { ConsoleRoute, PageAnswer, PageCall } from '../console-route.ts';
import { selectField, textField } from '../fields.ts';
import { addressOf, emptyList, emptyState, filterPanel, pager, PAGE_ROWS, table } from '../list.ts';
import { doneNotice } from '../notices.ts';
import { linkButton, pageHead } from '../page-head.ts';
import { readQuery } from '../read-query.ts';
import { productColumns } from './product-columns.ts';

const PATH = '/console/products';
/** Products are counted up to this bound; beyond it the page shows "more than". */
const COUNT_MAX = 1_000;

export const productsListRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: PATH, right: 'read-registry', nav: 'products', handle: list },
];

async function list(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, language, query, today } = call;
  const words = registryWordsOf(language);
  const own = words.products;
  const frame = frameWordsOf(language);
  const page = valueOf(await findProducts(actor, readQuery(findProductsQuery, query, PAGE_ROWS), ctx));
  const count = valueOf(await countRegistry(actor, COUNT_MAX, ctx));
  const mayMake = decide(actor, 'change-registry', null).kind !== 'refused';
  const mayImport = decide(actor, 'make-producer', null).kind === 'may';
  const filters = filterPanel(
    [
      textField({
        name: 'q',
        label: own.search,
        value: query['q'] ?? '',
        type: 'search',
        placeholder: own.example,
        max: 80,
      }),
      selectField({
        name: 'group',
        label: words.fields.group,
        value: query['group'] ?? '',
        blank: frame.list.all,
        options: PRODUCT_GROUPS.map((value) => ({ value, text: words.groups[value] })),
      }),
      selectField({
        name: 'stars',
        label: words.fields.stars,
        value: query['stars'] ?? '',
        blank: frame.list.all,
        options: [5, 4, 3].map((value) => ({ value: String(value), text: words.starsText(value) })),
      }),
      selectField({
        name: 'rating',
        label: own.rating,
        value: query['rating'] ?? '',
        blank: frame.list.all,
        options: (['in-force', 'lapsed', 'none'] as const).map((value) => ({ value, text: own.ratings[value] })),
      }),
    ],
    frame,
  );
  const ways = [
    ...(mayMake ? [linkButton(`${PATH}/new`, own.add)] : []),
    ...(mayImport ? [linkButton('/console/import', words.producers.importLink)] : []),
  ];
  const empty =
    page.next === null
      ? emptyList({ path: PATH, query, words: frame, title: own.empty, text: own.emptyText, ways })
      : emptyState(own.further, '', [linkButton(addressOf(PATH, { ...query, after: page.next }), frame.list.next)]);
  const shown =
    page.items.length === 0
      ? empty
      : table({
          columns: productColumns(today, words, actor.role !== 'producer'),
          rows: page.items,
          hrefOf: ({ product }) => `${PATH}/${product.id}`,
          caption: own.caption,
        });
  const counted = own.count(numberText(count.products, language), numberText(count.producers, language));
  const lead = `${count.more ? '> ' : ''}${counted}`;
  const body = html`
    ${pageHead({ title: own.title, lead, actions: mayMake ? [linkButton(`${PATH}/new`, own.add, true)] : [] })}
    ${doneNotice(call, own.done)}
    ${filters}
    ${shown}
    ${page.items.length > 0 && pager({ path: PATH, query, next: page.next, words: frame })}
  `;
  return { kind: 'page', title: own.title, body };
}
