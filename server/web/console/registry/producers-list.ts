// The producers of an office, found by a word of their name or place.

import { findProducers, findProducersQuery } from '../../../actions/registry/find.ts';
import { PRODUCER_KINDS, type Producer } from '../../../domain/registry/producer.ts';
import { decide } from '../../../actions/kit/rights.ts';
import { valueOf } from '../../outcome.ts';
import { html } from '../../html.ts';
import { addressText } from '../../format.ts';
import { frameWordsOf, registryWordsOf } from '../../words/words.ts';
import type { ConsoleRoute, PageAnswer, PageCall } from '../console-route.ts';
import { selectField, textField } from '../fields.ts';
import { emptyList, filterPanel, pager, PAGE_ROWS, table, type Column } from '../list.ts';
import { doneNotice } from '../notices.ts';
import { linkButton, pageHead } from '../page-head.ts';
import { readQuery } from '../read-query.ts';

const PATH = '/console/producers';

export const producersListRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: PATH, right: 'read-registry', nav: 'producers', handle: list },
];

async function list(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, language, query } = call;
  const words = registryWordsOf(language);
  const own = words.producers;
  const frame = frameWordsOf(language);
  const page = valueOf(await findProducers(actor, readQuery(findProducersQuery, query, PAGE_ROWS), ctx));
  const mayMake = decide(actor, 'make-producer', null).kind === 'may';
  const columns: Column<Producer>[] = [
    { head: words.fields.name, cell: ({ name }) => name, card: 'title' },
    { head: words.fields.kind, cell: ({ kind }) => words.kinds[kind], card: 'plain' },
    {
      head: own.placeColumn,
      cell: ({ address, addressToday }) => addressText({ ...(addressToday ?? address), detail: null }),
      card: 'plain',
    },
    { head: words.fields.representative, cell: ({ representative }) => representative },
    { head: own.contact, cell: ({ phone }) => phone, card: 'plain' },
  ];
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
        name: 'kind',
        label: words.fields.kind,
        value: query['kind'] ?? '',
        blank: own.anyKind,
        options: PRODUCER_KINDS.map((value) => ({ value, text: words.kinds[value] })),
      }),
    ],
    frame,
  );
  const shown =
    page.items.length === 0
      ? emptyList({
          path: PATH,
          query,
          words: frame,
          title: own.empty,
          text: own.emptyText,
          ways: mayMake ? [linkButton(`${PATH}/new`, own.add), linkButton('/console/import', own.importLink)] : [],
        })
      : table({ columns, rows: page.items, hrefOf: ({ id }) => `${PATH}/${id}`, caption: own.caption });
  const actions = mayMake
    ? [linkButton('/console/import', own.importLink), linkButton(`${PATH}/new`, own.add, true)]
    : [];
  const body = html`
    ${pageHead({ title: own.title, actions })}
    ${doneNotice(call, own.done)}
    ${filters}
    ${shown}
    ${pager({ path: PATH, query, next: page.next, words: frame })}
  `;
  return { kind: 'page', title: own.title, body };
}
