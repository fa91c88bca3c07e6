// One producer: its record, both names of its place, its products and its own certificates.

import { allOf } from '../../../actions/kit/every-of.ts';
import { listCertificates, readOffice, readProducer } from '../../../actions/registry/read.ts';
import { findProducts, findProductsQuery } from '../../../actions/registry/find.ts';
import { decide } from '../../../actions/kit/rights.ts';
import { isTaxCodeOdd } from '../../../domain/registry/tax-code.ts';
import { differingPlace } from '../../../domain/places.ts';
import { valueOf } from '../../outcome.ts';
import { html } from '../../html.ts';
import { addressText } from '../../format.ts';
import { frameWordsOf, registryWordsOf } from '../../words/words.ts';
import { go, type ConsoleRoute, type PageAnswer, type PageCall } from '../console-route.ts';
import { partOf, table } from '../list.ts';
import { doneNotice } from '../notices.ts';
import { facts, linkButton, pageHead, section } from '../page-head.ts';
import { certificateColumns } from './certificate-columns.ts';
import { productColumns } from './product-columns.ts';

const PATH = '/console/producers';
/** One producer's products fit on a page; for more, the list of products has a filter. */
const PRODUCTS_SHOWN = 50;

export const producerPageRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: '/console/profile', right: 'tell-story', nav: 'profile', handle: own },
  { method: 'get', path: `${PATH}/:id`, right: 'read-registry', nav: 'producers', handle: show },
];

/** A producer's own record; an office gets the list. */
async function own({ actor }: PageCall): Promise<PageAnswer> {
  return go(actor.producerId === null ? PATH : `${PATH}/${actor.producerId}`);
}

async function show(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, language, params } = call;
  const words = registryWordsOf(language);
  const frame = frameWordsOf(language);
  const producer = valueOf(await readProducer(actor, params['id'] ?? '', ctx));
  const products = valueOf(
    await findProducts(actor, findProductsQuery.parse({ producerId: producer.id, limit: PRODUCTS_SHOWN }), ctx),
  );
  const at = `${PATH}/${producer.id}`;
  // Certificates of its products are on the products' pages.
  const own = valueOf(
    await allOf(
      (page) => listCertificates(actor, { producerId: producer.id, ...page }, ctx),
      ({ productId }) => productId === null,
    ),
  );
  const { rows: certificates, ways } = partOf(own, { name: 'certificates', max: PRODUCTS_SHOWN, call });
  const office = actor.role === 'admin' ? await readOffice(actor, producer.officeId, ctx) : null;
  const today = differingPlace(producer.address, producer.addressToday);
  const mayChange = decide(actor, 'tell-story', null).kind !== 'refused';
  const mayAsk = decide(actor, 'change-registry', null).kind !== 'refused';
  const record = facts([
    [words.fields.kind, words.kinds[producer.kind]],
    [words.fields.address, addressText(producer.address)],
    [words.fields.addressToday, today === null ? words.producers.placeSame : addressText(today)],
    [words.fields.representative, producer.representative],
    [
      words.fields.taxCode,
      producer.taxCode !== null && isTaxCodeOdd(producer.taxCode)
        ? html`${producer.taxCode} <span class="hint">(${words.producers.taxOdd})</span>`
        : producer.taxCode,
    ],
    [words.fields.gln, producer.gln],
    [
      words.fields.phone,
      producer.phone === null
        ? null
        : html`
          ${producer.phone}
          ${producer.phonePublic && html` <span class="hint">${words.fields.phonePublic}</span>`}
        `,
    ],
    [words.fields.email, producer.email],
    [
      words.fields.website,
      producer.website === null
        ? null
        : html`<a href="${producer.website}" rel="noopener noreferrer">${producer.website}</a>`,
    ],
    [words.fields.story, producer.story],
    ...(producer.storyEn == null
      ? []
      : [[words.fields.storyEn, html`<span lang="en">${producer.storyEn}</span>`] as const]),
    ...(office?.ok === true ? [[words.producers.office, office.value.name] as const] : []),
  ]);
  const productList =
    products.items.length === 0
      ? html`<p class="muted">${words.producers.noProducts}</p>`
      : table({
          columns: productColumns(call.today, words, false),
          rows: products.items,
          hrefOf: ({ product }) => `/console/products/${product.id}`,
          caption: words.producers.products,
        });
  const certificateList =
    certificates.length === 0
      ? html`<p class="muted">${words.producers.noCertificates}</p>`
      : table({
          columns: certificateColumns(call.today, words, null),
          rows: certificates,
          hrefOf: ({ id }) => `/console/certificates/${id}`,
          caption: words.producers.certificates,
        });
  const addProduct =
    mayAsk &&
    html`<p class="acts">${linkButton(`/console/products/new?producerId=${producer.id}`, words.producers.addProduct)}${
      products.next !== null && linkButton(`/console/products?producerId=${producer.id}`, frame.list.next)
    }</p>`;
  const addCertificate =
    mayAsk &&
    html`<p class="acts">${linkButton(
      `/console/certificates/new?producerId=${producer.id}`,
      words.producers.addCertificate,
    )}</p>`;
  const actions = [
    ...(actor.role === 'office' || actor.role === 'admin'
      ? [linkButton(`/console/users/invite?producerId=${producer.id}`, words.producers.accounts)]
      : []),
    ...(mayChange ? [linkButton(`${at}/edit`, words.edit, true)] : []),
  ];
  const body = html`
    ${pageHead({ title: producer.name, lead: words.kinds[producer.kind], actions })}
    ${doneNotice(call, words.producers.done)}
    ${record}
    ${section(words.producers.products, html`${productList}${addProduct}`)}
    ${section(words.producers.certificates, html`${certificateList}${ways}${addCertificate}`)}
  `;
  return { kind: 'page', title: producer.name, body };
}
