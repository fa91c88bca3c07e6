// The goods of a stamp as JSON-LD in schema.org's words, for programs that ask for `application/ld+json`. Only what the
// page shows too. A stamp that stands on no goods (void, not activated, blank) names its page and nothing else.

import type { Address } from '../domain/places.ts';
import type { LookUpAnswer, PublicView } from './public-view.ts';

/** @param code 18 symbols */
export function productLd({ answer, page }: PublicView, code: string): object {
  const url = `${page.origin}/t/${code}`;
  const { product, producer, lot, verdict } = answer;
  const context = { '@context': 'https://schema.org' };
  if (product === null || verdict === 'void' || verdict === 'not-activated')
    return { ...context, '@type': 'WebPage', url, publisher: { '@type': 'Organization', name: answer.office.name } };
  return withoutNull({
    ...context,
    '@type': 'Product',
    '@id': `${page.origin}/products/${product.id}`,
    url,
    name: product.name,
    brand: product.brand === null ? null : { '@type': 'Brand', name: product.brand },
    description: product.description,
    gtin14: product.gtin,
    image: product.photo === null ? null : `${page.origin}${product.photo}`,
    manufacturer: withoutNull({
      '@type': 'Organization',
      name: producer.name,
      address: addressLd(producer.address),
      telephone: producer.phone,
      url: producer.website,
    }),
    countryOfOrigin: { '@type': 'Country', name: 'VN' },
    productionDate: lot?.producedOn ?? null,
    hasCertification: answer.certificates.map(certificationLd),
    additionalProperty: [
      propertyLd('verdict', verdict),
      ...(answer.display ? [propertyLd('display', 'true')] : []),
      ...(lot === null ? [] : [propertyLd('lot', lot.number)]),
      ...(lot?.expiresOn == null ? [] : [propertyLd('bestBefore', lot.expiresOn)]),
      ...(product.ingredients === null ? [] : [propertyLd('ingredients', product.ingredients)]),
    ],
  });
}

function certificationLd({ scheme, number, issuer, issuedOn, expiresOn, state }: LookUpAnswer['certificates'][number]) {
  const inForce = state === 'valid' || state === 'extended';
  return withoutNull({
    '@type': 'Certification',
    name: scheme,
    certificationIdentification: number,
    issuedBy: { '@type': 'Organization', name: issuer },
    validFrom: issuedOn,
    expires: expiresOn,
    certificationStatus: `https://schema.org/Certification${inForce ? 'Active' : 'Inactive'}`,
  });
}

function addressLd({ commune, province, detail }: Address): object {
  return withoutNull({
    '@type': 'PostalAddress',
    streetAddress: detail,
    addressLocality: commune,
    addressRegion: province,
    addressCountry: 'VN',
  });
}

function propertyLd(name: string, value: string): object {
  return { '@type': 'PropertyValue', name, value };
}

function withoutNull(fields: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}
