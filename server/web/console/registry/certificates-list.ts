// Certificates of every scheme, found by number, scheme and whether they are in force.

import { findCertificates, findCertificatesQuery, producerNames } from '../../../actions/registry/find.ts';
import { readProduct } from '../../../actions/registry/read.ts';
import { decide } from '../../../actions/kit/rights.ts';
import { CERTIFICATE_SCHEMES, CERTIFICATE_STATES } from '../../../domain/registry/certificate.ts';
import { valueOf } from '../../outcome.ts';
import { html } from '../../html.ts';
import { frameWordsOf, registryWordsOf } from '../../words/words.ts';
import type { ConsoleRoute, PageAnswer, PageCall } from '../console-route.ts';
import { selectField, textField } from '../fields.ts';
import { emptyList, filterPanel, pager, PAGE_ROWS, table } from '../list.ts';
import { doneNotice } from '../notices.ts';
import { linkButton, pageHead } from '../page-head.ts';
import { readQuery } from '../read-query.ts';
import { certificateColumns } from './certificate-columns.ts';

const PATH = '/console/certificates';

export const certificatesListRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: PATH, right: 'read-registry', nav: 'certificates', handle: list },
];

async function list(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, language, query } = call;
  const words = registryWordsOf(language);
  const own = words.certificates;
  const frame = frameWordsOf(language);
  const page = valueOf(await findCertificates(actor, readQuery(findCertificatesQuery, query, PAGE_ROWS), ctx));
  const producers = producerNames(actor, ctx);
  const names = new Map<string, string>();
  for (const { id, productId, producerId } of page.items) {
    const product = productId === null ? null : await readProduct(actor, productId, ctx);
    names.set(
      id,
      product?.ok === true
        ? `${product.value.name}, ${await producers(producerId)}`
        : `${await producers(producerId)}, ${own.ofProducer}`,
    );
  }
  const mayMake = decide(actor, 'change-registry', null).kind !== 'refused';
  const filters = filterPanel(
    [
      textField({
        name: 'q',
        label: own.search,
        value: query['q'] ?? '',
        type: 'search',
        placeholder: 'OCOP-2025',
        max: 80,
      }),
      selectField({
        name: 'scheme',
        label: words.fields.scheme,
        value: query['scheme'] ?? '',
        blank: own.anyScheme,
        options: CERTIFICATE_SCHEMES.map((value) => ({ value, text: words.schemes[value] })),
      }),
      selectField({
        name: 'state',
        label: words.products.validity,
        value: query['state'] ?? '',
        blank: own.anyState,
        options: CERTIFICATE_STATES.map((value) => ({
          value,
          text: words.states[value],
        })),
      }),
    ],
    frame,
  );
  const shown =
    page.items.length === 0 && page.next === null
      ? emptyList({
          path: PATH,
          query,
          words: frame,
          title: own.empty,
          text: own.emptyText,
          ways: mayMake ? [linkButton(`${PATH}/new`, own.add)] : [],
        })
      : table({
          columns: certificateColumns(call.today, words, ({ id }) => names.get(id) ?? ''),
          rows: page.items,
          hrefOf: ({ id }) => `${PATH}/${id}`,
          caption: own.caption,
        });
  const body = html`
    ${pageHead({
      title: own.title,
      lead: own.lead,
      actions: mayMake ? [linkButton(`${PATH}/new`, own.add, true)] : [],
    })}
    ${doneNotice(call, own.done)}
    ${filters}
    ${shown}
    ${pager({ path: PATH, query, next: page.next, words: frame })}
  `;
  return { kind: 'page', title: own.title, body };
}
