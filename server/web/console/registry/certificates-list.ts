// Certificates of every scheme, searched by number, scheme and whether they are in force.

import { findCertificates, findCertificatesQuery, producerNames } from '../../../actions/registry/find.ts';
import { readProduct } from '../../../actions/registry/read.ts';
import { decide } from '../../../actions/kit/rights.ts';
import { CERTIFICATE_SCHEMES, CERTIFICATE_STATES, type Certificate } from '../../../domain/registry/certificate.ts';
import { valueOf } from '../../outcome.ts';
import { registryWordsOf } from '../../words/words.ts';
import type { ConsoleRoute, PageCall } from '../console-route.ts';
import { PAGE_ROWS } from '../list.ts';
import { readQuery } from '../read-query.ts';
import { certificateColumns } from './certificate-columns.ts';
import { formFields, choices } from '../form-fields.ts';
import { listRoutes, rowsOf, type ListView } from '../list-page.ts';

const PATH = '/console/certificates';

export const certificatesListRoutes: readonly ConsoleRoute[] = [
  ...listRoutes({ path: PATH, right: 'read-registry', nav: 'certificates' }, list),
];

async function list(call: PageCall): Promise<ListView<Certificate>> {
  const { actor, ctx, language, query } = call;
  const words = registryWordsOf(language);
  const own = words.certificates;
  const filter = formFields(call, words.fields, { record: query });
  const asked = readQuery(findCertificatesQuery, { ...query, after: '' }, PAGE_ROWS);
  const producers = producerNames(actor, ctx);
  const names = new Map<string, string>();
  const withName = async (certificate: Certificate): Promise<Certificate> => {
    const { id, productId, producerId } = certificate;
    const product = productId === null ? null : await readProduct(actor, productId, ctx);
    names.set(
      id,
      product?.ok === true
        ? `${product.value.name}, ${await producers(producerId)}`
        : `${await producers(producerId)}, ${own.ofProducer}`,
    );
    return certificate;
  };
  const mayMake = decide(actor, 'change-registry', null).kind !== 'refused';
  return {
    path: PATH,
    words: own,
    filters: [
      filter.text('q', { label: own.search, type: 'search', placeholder: 'OCOP-2025', max: 80 }),
      filter.select('scheme', choices(CERTIFICATE_SCHEMES, words.schemes), { blank: own.anyScheme }),
      filter.select('state', choices(CERTIFICATE_STATES, words.states), {
        label: words.products.validity,
        blank: own.anyState,
      }),
    ],
    columns: certificateColumns(call.today, words, ({ id }) => names.get(id) ?? ''),
    read: async (page) => rowsOf(valueOf(await findCertificates(actor, { ...asked, ...page }, ctx)), withName),
    hrefOf: ({ id }) => `${PATH}/${id}`,
    add: mayMake && own.add,
  };
}
