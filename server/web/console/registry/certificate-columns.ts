// The columns of a list of certificates.

import type { Certificate } from '../../../domain/registry/certificate.ts';
import type { Day } from '../../../domain/entity.ts';
import { html } from '../../html.ts';
import { dayText } from '../../format.ts';
import type { RegistryWords } from '../../words/words.ts';
import type { Column } from '../list.ts';
import { certificateMark, starsMark } from './marks.ts';

/** @param nameOf the owner's name; null: the page shows it already */
export function certificateColumns(
  today: Day,
  words: RegistryWords,
  nameOf: ((certificate: Certificate) => string) | null,
): Column<Certificate>[] {
  const owner: Column<Certificate>[] =
    nameOf === null ? [] : [{ key: 'owner', head: words.certificates.forWhom, cell: nameOf, card: 'plain' }];
  return [
    {
      key: 'number',
      head: words.fields.number,
      cell: ({ number }) => html`<span class="b">${number}</span>`,
      below: ({ issuer }) => issuer,
      card: 'title',
    },
    { key: 'scheme', head: words.heads.scheme, cell: ({ scheme }) => words.schemes[scheme], card: 'inline' },
    {
      key: 'stars',
      order: ({ stars }) => stars,
      head: words.heads.stars,
      cell: ({ stars }) => stars !== null && starsMark(stars, words),
      card: 'inline',
    },
    ...owner,
    {
      key: 'issued',
      order: ({ issuedOn }) => issuedOn,
      head: words.fields.issuedOn,
      cell: ({ issuedOn }) => dayText(issuedOn),
    },
    {
      key: 'expires',
      order: ({ expiresOn }) => expiresOn,
      head: words.products.validity,
      cell: (certificate) => certificateMark(certificate, today, words),
      card: 'plain',
    },
  ];
}
