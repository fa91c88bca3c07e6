// The fields of a product's record: what a council rated, and the producer's own words on it.

import { changeProduct, changeProductInput } from '../../../actions/registry/change-product.ts';
import { makeProduct, makeProductInput } from '../../../actions/registry/make-product.ts';
import { readProduct } from '../../../actions/registry/read.ts';
import { gtin14Of } from '../../../domain/registry/gtin.ts';
import { groupOfSet, PRODUCT_SETS_MAX } from '../../../domain/registry/product-sets.ts';
import { SHORT_NAME_MAX } from '../../../domain/registry/stamp-name.ts';
import type { Product } from '../../../domain/registry/product.ts';
import { html, type Html } from '../../html.ts';
import { frameWordsOf, type RegistryWords } from '../../words/words.ts';
import { sent, sentOrNull, type PageCall } from '../console-route.ts';
import { sentCount } from '../typed-count.ts';
import { fieldGroup, fieldRow } from '../fields.ts';
import { producerOptions } from '../record-options.ts';
import { addressFields, sentAddress } from './address-fields.ts';
import { nameNote } from './name-note.ts';
import { officialTexts, ownTexts, sentOfficialTexts, sentOwnTexts } from './product-texts.ts';
import { recordFormRoutes, type RegistryFields } from './record-form.ts';

export const productFormRoutes = recordFormRoutes({
  part: 'products',
  makeRight: 'change-registry',
  official: { fields: officialFields, sent: sentOfficial },
  own: { fields: ownTexts, sent: sentOwnTexts },
  owner: { name: 'producerId', field: producerField },
  renamed: { gtinAuthorisation: 'gtin', group: 'productSet' },
  read: readProduct,
  makeInput: makeProductInput,
  make: makeProduct,
  changeInput: changeProductInput,
  change: changeProduct,
});

/** The group follows from the set, so the form asks for the set only. */
function sentOfficial(call: PageCall): Record<string, unknown> {
  const { form } = call;
  const productSet = sentCount(form, 'productSet');
  const isSet =
    typeof productSet === 'number' && Number.isInteger(productSet) && productSet >= 1 && productSet <= PRODUCT_SETS_MAX;
  const authorisation = {
    holder: sent(form, 'gtinAuthorisation.holder'),
    document: sent(form, 'gtinAuthorisation.document'),
    date: sent(form, 'gtinAuthorisation.date'),
  };
  const gtin = sentOrNull(form, 'gtin');
  return {
    name: sent(form, 'name'),
    shortName: sentOrNull(form, 'shortName'),
    group: isSet ? groupOfSet(productSet) : 'food',
    productSet,
    brand: sentOrNull(form, 'brand'),
    origin: sentAddress(form, 'origin'),
    gtin: gtin === null ? null : gtin14Of(gtin),
    gtinAuthorisation: Object.values(authorisation).every((value) => value === '') ? null : authorisation,
    unit: sentOrNull(form, 'unit'),
    standards: sentOrNull(form, 'standards'),
    ...sentOfficialTexts(call),
    shelfLifeDays: sentCount(form, 'shelfLifeDays'),
  };
}

async function producerField(field: RegistryFields, call: PageCall): Promise<Html | false> {
  if (call.actor.role === 'producer') return false;
  const blank = frameWordsOf(call.language).form.choose;
  const value = call.query['producerId'];
  return field.select('producerId', await producerOptions(call, field.shown('producerId', value)), {
    value,
    blank,
    required: true,
  });
}

async function officialFields(
  field: RegistryFields,
  words: RegistryWords,
  call: PageCall,
  product: Product | null,
): Promise<Html> {
  const own = words.products;
  const texts = officialTexts(field, words, call, product);
  const blank = frameWordsOf(call.language).form.choose;
  const sets = words.sets.map((text, at) => ({
    value: String(at + 1),
    text: `${at + 1}. ${text}`,
    group: words.groups[groupOfSet(at + 1)],
  }));
  return html`
    ${fieldRow(field.text('name', { max: 160, required: true }), field.text('nameEn', { optional: true, max: 160 }))}
    ${field.text('shortName', { optional: true, hint: own.shortHint, max: SHORT_NAME_MAX })}
    ${await nameNote(call, product)}
    ${field.select('productSet', sets, { hint: own.setHint, blank, required: true })}
    ${field.text('brand', { optional: true, max: 80 })}
    ${texts.unit}
    ${fieldRow(
      field.text('standards', { optional: true, max: 300 }),
      field.text('shelfLifeDays', { optional: true, mode: 'numeric', max: 5 }),
    )}
    ${texts.rest}
    ${addressFields(field, words, { name: 'origin', legend: own.originTitle, hint: own.originHint })}
    ${fieldGroup(
      own.authTitle,
      own.authHint,
      field.text('gtin', { optional: true, hint: own.gtinHint, mode: 'numeric', max: 20 }),
      fieldRow(
        field.text('gtinAuthorisation.holder', { label: own.holder, optional: true, max: 160 }),
        field.text('gtinAuthorisation.document', { label: own.document, optional: true, max: 160 }),
        field.date('gtinAuthorisation.date', { label: own.documentDate, optional: true }),
      ),
    )}
  `;
}
