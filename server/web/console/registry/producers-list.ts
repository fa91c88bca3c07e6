// The producers of an office, found by a word of their name or place.

import { findProducers, findProducersQuery } from '../../../actions/registry/find.ts';
import { PRODUCER_KINDS, type Producer } from '../../../domain/registry/producer.ts';
import { decide } from '../../../actions/kit/rights.ts';
import { valueOf } from '../../outcome.ts';
import { addressText } from '../../format.ts';
import { registryWordsOf } from '../../words/words.ts';
import type { ConsoleRoute, PageCall } from '../console-route.ts';
import { PAGE_ROWS, type Column } from '../list.ts';
import { linkButton } from '../page-head.ts';
import { readQuery } from '../read-query.ts';
import { formFields, choices } from '../form-fields.ts';
import { listRoutes, type ListView } from '../list-page.ts';

const PATH = '/console/producers';

export const producersListRoutes: readonly ConsoleRoute[] = [
  ...listRoutes({ path: PATH, right: 'read-registry', nav: 'producers' }, list),
];

async function list(call: PageCall): Promise<ListView<Producer>> {
  const { actor, ctx, language, query } = call;
  const words = registryWordsOf(language);
  const own = words.producers;
  const filter = formFields(call, words.fields, { record: query });
  const asked = readQuery(findProducersQuery, { ...query, after: '' }, PAGE_ROWS);
  const mayMake = decide(actor, 'make-producer', null).kind === 'may';
  const importLinks = mayMake ? [linkButton('/console/import', own.importLink)] : [];
  const columns: Column<Producer>[] = [
    { key: 'name', head: words.fields.name, cell: ({ name }) => name, card: 'title' },
    { key: 'kind', head: words.fields.kind, cell: ({ kind }) => words.kinds[kind], card: 'plain' },
    {
      key: 'place',
      head: own.placeColumn,
      cell: ({ address, addressToday }) => addressText({ ...(addressToday ?? address), detail: null }),
      card: 'plain',
    },
    { key: 'representative', head: words.fields.representative, cell: ({ representative }) => representative },
    { head: own.contact, cell: ({ phone }) => phone, card: 'plain' },
  ];
  return {
    path: PATH,
    words: { ...own, lead: null },
    filters: [
      filter.text('q', { label: own.search, type: 'search', placeholder: own.example, max: 80 }),
      filter.select('kind', choices(PRODUCER_KINDS, words.kinds), { blank: own.anyKind }),
    ],
    columns,
    read: async (page) => valueOf(await findProducers(actor, { ...asked, ...page }, ctx)),
    hrefOf: ({ id }) => `${PATH}/${id}`,
    add: mayMake && own.add,
    links: importLinks,
    ways: importLinks,
  };
}
