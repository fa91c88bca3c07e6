// Making and changing a producer's record. Two forms change it: what is registered (which waits for the office when the
// producer asks), and its own words and contact (which hold at once).

import { changeProducer, changeProducerInput } from '../../../actions/registry/change-producer.ts';
import { makeProducer, makeProducerInput } from '../../../actions/registry/make-producer.ts';
import { readProducer } from '../../../actions/registry/read.ts';
import { runAction } from '../../../actions/kit/run-action.ts';
import { PRODUCER_KINDS, type Producer } from '../../../domain/registry/producer.ts';
import type { Problem } from '../../../domain/problem.ts';
import { valueOf } from '../../outcome.ts';
import { html, type Html } from '../../html.ts';
import { frameWordsOf, registryWordsOf } from '../../words/words.ts';
import {
  go,
  isTicked,
  sent,
  sentOrNull,
  sentVersion,
  type ConsoleRoute,
  type PageAnswer,
  type PageCall,
} from '../console-route.ts';
import { areaField, checkField, fieldRow, form, hiddenField, selectField, textField } from '../fields.ts';
import { formFaults, NO_FAULTS, type FormFaults } from '../form-faults.ts';
import { pageHead, section } from '../page-head.ts';
import { isChoice, officeOptions } from '../record-options.ts';
import { readShape } from '../read-shape.ts';
import { addressFields, sentAddress } from './address-fields.ts';

const PATH = '/console/producers';
type Page = Extract<PageAnswer, { kind: 'page' }>;

export const producerFormRoutes: readonly ConsoleRoute[] = [
  {
    method: 'get',
    path: `${PATH}/new`,
    right: 'make-producer',
    nav: 'producers',
    handle: (call) => newPage(call, NO_FAULTS),
  },
  { method: 'post', path: `${PATH}/new`, right: 'make-producer', nav: 'producers', handle: make },
  {
    method: 'get',
    path: `${PATH}/:id/edit`,
    right: 'tell-story',
    nav: 'producers',
    handle: (call) => editPage(call, NO_FAULTS),
  },
  { method: 'post', path: `${PATH}/:id/edit`, right: 'tell-story', nav: 'producers', handle: change },
];

async function make(call: PageCall): Promise<PageAnswer> {
  const officeId = sent(call.form, 'officeId');
  const input = readShape(makeProducerInput, {
    ...sentOfficial(call),
    ...sentOwn(call),
    ...(officeId === '' ? {} : { officeId }),
  });
  const outcome = input.ok ? await runAction(makeProducer, call.actor, input.value, call.ctx) : input;
  if (!outcome.ok) return { ...(await newPage(call, faultsOf(call, outcome.problem))), status: 422 };
  if (outcome.value.kind === 'waiting') throw new TypeError('making a producer does not wait');
  return go(`${PATH}/${outcome.value.value.id}`, 'made');
}

async function change(call: PageCall): Promise<PageAnswer> {
  const id = call.params['id'] ?? '';
  const isOwn = sent(call.form, 'part') === 'own';
  const input = readShape(changeProducerInput, isOwn ? sentOwn(call) : sentOfficial(call));
  const outcome = input.ok
    ? await changeProducer(call.actor, { id, version: sentVersion(call.form), change: input.value }, call.ctx)
    : input;
  if (outcome.ok) return go(`${PATH}/${id}`, outcome.value.kind === 'waiting' ? 'asked' : 'saved');
  if (outcome.problem.code === 'not-found') valueOf(outcome);
  return { ...(await editPage(call, faultsOf(call, outcome.problem))), status: 422 };
}

function sentOfficial({ form: sentForm }: PageCall): Record<string, unknown> {
  return {
    name: sent(sentForm, 'name'),
    kind: sent(sentForm, 'kind'),
    taxCode: sentOrNull(sentForm, 'taxCode'),
    representative: sentOrNull(sentForm, 'representative'),
    gln: sentOrNull(sentForm, 'gln'),
    address: sentAddress(sentForm, 'address') ?? { commune: '', province: '', detail: null },
    addressToday: sentAddress(sentForm, 'addressToday'),
  };
}

function sentOwn({ form: sentForm }: PageCall): Record<string, unknown> {
  return {
    story: sentOrNull(sentForm, 'story'),
    phone: sentOrNull(sentForm, 'phone'),
    phonePublic: isTicked(sentForm, 'phonePublic'),
    email: sentOrNull(sentForm, 'email'),
    website: sentOrNull(sentForm, 'website'),
  };
}

function faultsOf(call: PageCall, problem: Problem): FormFaults {
  return formFaults(problem, call.form, frameWordsOf(call.language), registryWordsOf(call.language).producers.faults);
}

async function newPage(call: PageCall, faults: FormFaults): Promise<Page> {
  const words = registryWordsOf(call.language).producers;
  const frame = frameWordsOf(call.language);
  const offices = call.actor.role === 'admin' ? await officeOptions(call, sent(call.form, 'officeId')) : null;
  const office =
    offices !== null &&
    isChoice(offices) &&
    selectField({
      name: 'officeId',
      label: words.office,
      value: sent(call.form, 'officeId'),
      blank: frame.form.choose,
      required: true,
      options: offices,
      fault: faults.fields['officeId'] ?? null,
    });
  const body = html`${pageHead({ title: words.addTitle })}${form({
    call,
    action: `${PATH}/new`,
    words: frame,
    submit: words.add,
    faults,
    cancel: PATH,
    body: html`${office}${officialFields(call, null, faults)}${ownFields(call, null, faults)}`,
  })}`;
  return { kind: 'page', title: words.addTitle, body };
}

async function editPage(call: PageCall, faults: FormFaults): Promise<Page> {
  const words = registryWordsOf(call.language);
  const frame = frameWordsOf(call.language);
  const producer = valueOf(await readProducer(call.actor, call.params['id'] ?? '', call.ctx));
  const at = `${PATH}/${producer.id}`;
  const part = sent(call.form, 'part');
  const asks = call.actor.role === 'producer';
  const partOf = (name: 'own' | 'official', fields: (shown: FormFaults) => Html): Html =>
    form({
      call,
      action: `${at}/edit`,
      words: frame,
      submit: frame.form.save,
      version: producer.version,
      faults: part === name ? faults : NO_FAULTS,
      cancel: at,
      plain: name === 'own',
      body: html`${hiddenField('part', name)}${fields(part === name ? faults : NO_FAULTS)}`,
    });
  // The other form shows the record, not what the first one sent.
  const blank: PageCall = { ...call, form: { fields: {}, files: {} } };
  const body = html`
    ${pageHead({ title: words.producers.editTitle, lead: producer.name })}
    ${section(
      words.producers.official,
      html`
        ${asks && html`<p class="hint">${words.askHint}</p>`}
        ${partOf('official', (shown) => officialFields(part === 'official' ? call : blank, producer, shown))}
      `,
    )}
    ${section(
      words.producers.own,
      html`
        ${asks && html`<p class="hint">${words.ownHint}</p>`}
        ${partOf('own', (shown) => ownFields(part === 'own' ? call : blank, producer, shown))}
      `,
    )}
  `;
  return { kind: 'page', title: words.producers.editTitle, body };
}

function officialFields(call: PageCall, producer: Producer | null, faults: FormFaults): Html {
  const words = registryWordsOf(call.language);
  const frame = frameWordsOf(call.language);
  const { optional } = frame.form;
  const kept = keeper(call, producer);
  const fault = (name: string): string | null => faults.fields[name] ?? null;
  return html`
    ${textField({
      name: 'name',
      label: words.fields.name,
      value: kept('name'),
      max: 160,
      required: true,
      fault: fault('name'),
    })}
    ${selectField({
      name: 'kind',
      label: words.fields.kind,
      value: kept('kind'),
      blank: frame.form.choose,
      required: true,
      options: PRODUCER_KINDS.map((value) => ({ value, text: words.kinds[value] })),
      fault: fault('kind'),
    })}
    ${addressFields({
      name: 'address',
      legend: words.fields.address,
      hint: null,
      value: producer?.address ?? null,
      form: call.form,
      faults,
      words,
    })}
    ${addressFields({
      name: 'addressToday',
      legend: words.producers.placeNow,
      hint: words.producers.placeNowHint,
      value: producer?.addressToday ?? null,
      form: call.form,
      faults,
      words,
      optional,
    })}
    ${textField({
      name: 'representative',
      label: words.fields.representative,
      optional,
      value: kept('representative'),
      max: 160,
      fault: fault('representative'),
    })}
    ${fieldRow(
      textField({
        name: 'taxCode',
        label: words.fields.taxCode,
        optional,
        hint: words.producers.taxHint,
        value: kept('taxCode'),
        mode: 'numeric',
        max: 14,
        fault: fault('taxCode'),
      }),
      textField({
        name: 'gln',
        label: words.fields.gln,
        optional,
        value: kept('gln'),
        mode: 'numeric',
        max: 13,
        fault: fault('gln'),
      }),
    )}
  `;
}

function ownFields(call: PageCall, producer: Producer | null, faults: FormFaults): Html {
  const words = registryWordsOf(call.language);
  const { optional } = frameWordsOf(call.language).form;
  const kept = keeper(call, producer);
  const fault = (name: string): string | null => faults.fields[name] ?? null;
  const isSent = sent(call.form, 'once') !== '';
  return html`
    ${fieldRow(
      textField({
        name: 'phone',
        label: words.fields.phone,
        optional,
        value: kept('phone'),
        type: 'tel',
        max: 24,
        autocomplete: 'off',
        fault: fault('phone'),
      }),
      textField({
        name: 'email',
        label: words.fields.email,
        optional,
        value: kept('email'),
        type: 'email',
        max: 254,
        autocomplete: 'off',
        fault: fault('email'),
      }),
    )}
    ${checkField({
      name: 'phonePublic',
      label: words.fields.phonePublic,
      hint: words.producers.phonePublicHint,
      checked: isSent ? isTicked(call.form, 'phonePublic') : (producer?.phonePublic ?? false),
    })}
    ${textField({
      name: 'website',
      label: words.fields.website,
      optional,
      value: kept('website'),
      type: 'url',
      max: 300,
      fault: fault('website'),
    })}
    ${areaField({
      name: 'story',
      label: words.fields.story,
      optional,
      hint: words.producers.storyHint,
      value: kept('story'),
      rows: 6,
      max: 6_000,
      fault: fault('story'),
    })}
  `;
}

/** What a field shows: what was sent, else what is on record. */
function keeper(
  { form: sentForm }: PageCall,
  producer: Producer | null,
): (name: 'name' | 'kind' | 'taxCode' | 'gln' | 'representative' | 'phone' | 'email' | 'website' | 'story') => string {
  return (name) => sentForm.fields[name]?.[0] ?? producer?.[name] ?? '';
}
