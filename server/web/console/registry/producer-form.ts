// The fields of a producer's record: what is registered, and its own words and contact.

import { changeProducer, changeProducerInput } from '../../../actions/registry/change-producer.ts';
import { makeProducer, makeProducerInput } from '../../../actions/registry/make-producer.ts';
import { readProducer } from '../../../actions/registry/read.ts';
import { PRODUCER_KINDS } from '../../../domain/registry/producer.ts';
import { html, type Html } from '../../html.ts';
import { frameWordsOf, registryWordsOf, type RegistryWords } from '../../words/words.ts';
import { isTicked, sent, sentOrNull, type PageCall } from '../console-route.ts';
import { fieldRow } from '../fields.ts';
import { choices } from '../form-fields.ts';
import { isChoice, officeOptions } from '../record-options.ts';
import { addressFields, sentAddress } from './address-fields.ts';
import { recordFormRoutes, type RegistryFields } from './record-form.ts';

export const producerFormRoutes = recordFormRoutes({
  part: 'producers',
  makeRight: 'make-producer',
  official: { fields: officialFields, sent: sentOfficial },
  own: { fields: ownFields, sent: sentOwn },
  owner: { name: 'officeId', field: officeField },
  read: readProducer,
  makeInput: makeProducerInput,
  make: makeProducer,
  changeInput: changeProducerInput,
  change: changeProducer,
});

function sentOfficial({ form }: PageCall): Record<string, unknown> {
  return {
    name: sent(form, 'name'),
    kind: sent(form, 'kind'),
    taxCode: sentOrNull(form, 'taxCode'),
    representative: sentOrNull(form, 'representative'),
    gln: sentOrNull(form, 'gln'),
    address: sentAddress(form, 'address') ?? { commune: '', province: '', detail: null },
    addressToday: sentAddress(form, 'addressToday'),
  };
}

function sentOwn({ form }: PageCall): Record<string, unknown> {
  return {
    story: sentOrNull(form, 'story'),
    storyEn: sentOrNull(form, 'storyEn'),
    phone: sentOrNull(form, 'phone'),
    phonePublic: isTicked(form, 'phonePublic'),
    email: sentOrNull(form, 'email'),
    website: sentOrNull(form, 'website'),
  };
}

/** An admin of several offices names one. */
async function officeField(field: RegistryFields, call: PageCall): Promise<Html | false> {
  if (call.actor.role !== 'admin') return false;
  const offices = await officeOptions(call, field.shown('officeId'));
  const { office: label } = registryWordsOf(call.language).producers;
  const blank = frameWordsOf(call.language).form.choose;
  return isChoice(offices) && field.select('officeId', offices, { label, blank, required: true });
}

function officialFields(field: RegistryFields, words: RegistryWords, { language }: PageCall): Html {
  const { placeNow, placeNowHint, taxHint } = words.producers;
  const blank = frameWordsOf(language).form.choose;
  return html`
    ${field.text('name', { max: 160, required: true })}
    ${field.select('kind', choices(PRODUCER_KINDS, words.kinds), { blank, required: true })}
    ${addressFields(field, words, { name: 'address', legend: words.fields.address, hint: null, required: true })}
    ${addressFields(field, words, { name: 'addressToday', legend: placeNow, hint: placeNowHint })}
    ${field.text('representative', { optional: true, max: 160 })}
    ${fieldRow(
      field.text('taxCode', { optional: true, hint: taxHint, mode: 'numeric', max: 24 }),
      field.text('gln', { optional: true, mode: 'numeric', max: 13 }),
    )}
  `;
}

function ownFields(field: RegistryFields, { producers: own }: RegistryWords): Html {
  return html`
    ${fieldRow(
      field.text('phone', { optional: true, type: 'tel', max: 24, autocomplete: 'off' }),
      field.text('email', { optional: true, type: 'email', max: 254, autocomplete: 'off' }),
    )}
    ${field.tick('phonePublic', { hint: own.phonePublicHint })}
    ${field.text('website', { optional: true, type: 'url', max: 300 })}
    ${field.area('story', { optional: true, hint: own.storyHint, rows: 6, max: 6_000 })}
    ${field.area('storyEn', { optional: true, rows: 6, max: 6_000 })}
  `;
}
