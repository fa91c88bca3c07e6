// The columns of a list of products: name and producer, group, stars, the certificate's number and whether it is in
// force.

import type { FoundProduct } from '../../../actions/registry/find.ts';
import type { Day } from '../../../domain/entity.ts';
import { html } from '../../html.ts';
import type { RegistryWords } from '../../words/words.ts';
import type { Column } from '../list.ts';
import { certificateMark, starsMark } from './marks.ts';

/** @param withProducer whether the producer's name is shown beneath the product's */
export function productColumns(today: Day, words: RegistryWords, withProducer: boolean): Column<FoundProduct>[] {
  return [
    {
      key: 'name',
      order: ({ product }) => product.name,
      head: withProducer ? words.products.both : words.fields.name,
      cell: ({ product }) => product.name,
      card: 'title',
      ...(withProducer ? { below: ({ producerName }: FoundProduct) => producerName } : {}),
    },
    { key: 'group', head: words.fields.group, cell: ({ product }) => words.groups[product.group], card: 'inline' },
    {
      key: 'stars',
      order: ({ certificate, isInForce }) => (isInForce ? (certificate?.stars ?? null) : null),
      head: words.products.stars,
      cell: ({ certificate, isInForce }) =>
        isInForce && certificate?.stars !== null && certificate !== null ? starsMark(certificate.stars, words) : null,
      card: 'inline',
    },
    {
      key: 'certificate',
      head: words.products.certificate,
      cell: ({ certificate }) => certificate !== null && html`<span class="b">${certificate.number}</span>`,
      card: 'inline',
    },
    {
      key: 'validity',
      order: ({ certificate }) => certificate?.expiresOn ?? null,
      head: words.products.validity,
      cell: ({ certificate }) => certificate !== null && certificateMark(certificate, today, words),
      card: 'plain',
    },
  ];
}
