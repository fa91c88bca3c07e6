// Making and changing a product's record. What a council rated waits for the office when a producer asks; description,
// ingredients and storage are the producer's own words and hold at once.

import { changeProduct, changeProductInput } from '../../../actions/registry/change-product.ts';
import { makeProduct, makeProductInput } from '../../../actions/registry/make-product.ts';
import { readProduct } from '../../../actions/registry/read.ts';
import { runAction } from '../../../actions/kit/run-action.ts';
import type { Problem } from '../../../domain/problem.ts';
import type { Product } from '../../../domain/registry/product.ts';
import { SHORT_NAME_MAX } from '../../../domain/registry/stamp-name.ts';
import { groupOfSet, PRODUCT_SETS_MAX } from '../../../domain/registry/product-sets.ts';
import { valueOf } from '../../outcome.ts';
import { html, type Html } from '../../html.ts';
import { frameWordsOf, registryWordsOf } from '../../words/words.ts';
import {
  go,
  sent,
  sentOrNull,
  sentVersion,
  type ConsoleRoute,
  type PageAnswer,
  type PageCall,
} from '../console-route.ts';
import { sentCount } from '../typed-count.ts';
import { areaField, dateField, fieldGroup, fieldRow, form, hiddenField, selectField, textField } from '../fields.ts';
import { formFaults, NO_FAULTS, type FormFaults } from '../form-faults.ts';
import { notice } from '../notices.ts';
import { pageHead, section } from '../page-head.ts';
import { producerOptions } from '../record-options.ts';
import { readShape } from '../read-shape.ts';
import { addressFields, sentAddress } from './address-fields.ts';
import { nameNote } from './name-note.ts';

const PATH = '/console/products';
type Page = Extract<PageAnswer, { kind: 'page' }>;

export const productFormRoutes: readonly ConsoleRoute[] = [
  {
    method: 'get',
    path: `${PATH}/new`,
    right: 'change-registry',
    nav: 'products',
    handle: (call) => newPage(call, NO_FAULTS),
  },
  { method: 'post', path: `${PATH}/new`, right: 'change-registry', nav: 'products', handle: make },
  {
    method: 'get',
    path: `${PATH}/:id/edit`,
    right: 'tell-story',
    nav: 'products',
    handle: (call) => editPage(call, NO_FAULTS),
  },
  { method: 'post', path: `${PATH}/:id/edit`, right: 'tell-story', nav: 'products', handle: change },
];

async function make(call: PageCall): Promise<PageAnswer> {
  const producerId = sent(call.form, 'producerId');
  const input = readShape(makeProductInput, {
    ...sentOfficial(call),
    ...sentOwn(call),
    ...(producerId === '' ? {} : { producerId }),
  });
  const outcome = input.ok ? await runAction(makeProduct, call.actor, input.value, call.ctx) : input;
  if (!outcome.ok) return { ...(await newPage(call, faultsOf(call, outcome.problem))), status: 422 };
  return outcome.value.kind === 'waiting' ? go(PATH, 'asked') : go(`${PATH}/${outcome.value.value.id}`, 'made');
}

async function change(call: PageCall): Promise<PageAnswer> {
  const id = call.params['id'] ?? '';
  const isOwn = sent(call.form, 'part') === 'own';
  const input = readShape(changeProductInput, isOwn ? sentOwn(call) : sentOfficial(call));
  const outcome = input.ok
    ? await changeProduct(call.actor, { id, version: sentVersion(call.form), change: input.value }, call.ctx)
    : input;
  if (outcome.ok) return go(`${PATH}/${id}`, outcome.value.kind === 'waiting' ? 'asked' : 'saved');
  if (outcome.problem.code === 'not-found') valueOf(outcome);
  return { ...(await editPage(call, faultsOf(call, outcome.problem))), status: 422 };
}

/** The group follows from the set, so the form asks for the set only. */
function sentOfficial({ form: sentForm }: PageCall): Record<string, unknown> {
  const productSet = sentCount(sentForm, 'productSet');
  const isSet =
    typeof productSet === 'number' && Number.isInteger(productSet) && productSet >= 1 && productSet <= PRODUCT_SETS_MAX;
  const authorisation = {
    holder: sent(sentForm, 'gtinAuthorisation.holder'),
    document: sent(sentForm, 'gtinAuthorisation.document'),
    date: sent(sentForm, 'gtinAuthorisation.date'),
  };
  return {
    name: sent(sentForm, 'name'),
    shortName: sentOrNull(sentForm, 'shortName'),
    group: isSet ? groupOfSet(productSet) : 'food',
    productSet,
    brand: sentOrNull(sentForm, 'brand'),
    origin: sentAddress(sentForm, 'origin'),
    gtin: sentOrNull(sentForm, 'gtin'),
    gtinAuthorisation: Object.values(authorisation).every((value) => value === '') ? null : authorisation,
    unit: sentOrNull(sentForm, 'unit'),
    standards: sentOrNull(sentForm, 'standards'),
    warnings: sentOrNull(sentForm, 'warnings'),
    shelfLifeDays: sentCount(sentForm, 'shelfLifeDays'),
  };
}

function sentOwn({ form: sentForm }: PageCall): Record<string, unknown> {
  return {
    description: sentOrNull(sentForm, 'description'),
    ingredients: sentOrNull(sentForm, 'ingredients'),
    storage: sentOrNull(sentForm, 'storage'),
  };
}

function faultsOf(call: PageCall, problem: Problem): FormFaults {
  return formFaults(problem, call.form, frameWordsOf(call.language), registryWordsOf(call.language).products.faults, {
    gtinAuthorisation: 'gtin',
    group: 'productSet',
  });
}

async function newPage(call: PageCall, faults: FormFaults): Promise<Page> {
  const words = registryWordsOf(call.language);
  const frame = frameWordsOf(call.language);
  const asks = call.actor.role === 'producer';
  const producer =
    !asks &&
    selectField({
      name: 'producerId',
      label: words.fields.producerId,
      value: sent(call.form, 'producerId') || (call.query['producerId'] ?? ''),
      blank: frame.form.choose,
      required: true,
      options: await producerOptions(call, sent(call.form, 'producerId') || (call.query['producerId'] ?? '')),
      fault: faults.fields['producerId'] ?? null,
    });
  const body = html`${pageHead({ title: words.products.addTitle })}${asks && notice('info', words.askHint)}${form({
    call,
    action: `${PATH}/new`,
    words: frame,
    submit: words.products.add,
    faults,
    cancel: PATH,
    body: html`${producer}${officialFields(call, null, faults, await nameNote(call, null))}${ownFields(call, null, faults)}`,
  })}`;
  return { kind: 'page', title: words.products.addTitle, body };
}

async function editPage(call: PageCall, faults: FormFaults): Promise<Page> {
  const words = registryWordsOf(call.language);
  const frame = frameWordsOf(call.language);
  const product = valueOf(await readProduct(call.actor, call.params['id'] ?? '', call.ctx));
  const at = `${PATH}/${product.id}`;
  const part = sent(call.form, 'part');
  const asks = call.actor.role === 'producer';
  const blank: PageCall = { ...call, form: { fields: {}, files: {} } };
  const partOf = (name: 'own' | 'official', fields: (shown: PageCall, told: FormFaults) => Html): Html => {
    const isSent = part === name;
    return form({
      call,
      action: `${at}/edit`,
      words: frame,
      submit: frame.form.save,
      version: product.version,
      faults: isSent ? faults : NO_FAULTS,
      cancel: at,
      plain: name === 'own',
      body: html`${hiddenField('part', name)}${fields(isSent ? call : blank, isSent ? faults : NO_FAULTS)}`,
    });
  };
  const note = await nameNote(call, product);
  const official = partOf('official', (shown, told) => officialFields(shown, product, told, note));
  const own = partOf('own', (shown, told) => ownFields(shown, product, told));
  const body = html`
    ${pageHead({ title: words.products.editTitle, lead: product.name })}
    ${section(words.products.official, html`${asks && html`<p class="hint">${words.askHint}</p>`}${official}`)}
    ${section(words.products.own, html`${asks && html`<p class="hint">${words.ownHint}</p>`}${own}`)}
  `;
  return { kind: 'page', title: words.products.editTitle, body };
}

function officialFields(call: PageCall, product: Product | null, faults: FormFaults, note: Html | null): Html {
  const words = registryWordsOf(call.language);
  const frame = frameWordsOf(call.language);
  const { optional } = frame.form;
  const kept = (
    name: 'name' | 'shortName' | 'brand' | 'gtin' | 'unit' | 'standards' | 'warnings' | 'shelfLifeDays' | 'productSet',
  ): string => call.form.fields[name]?.[0] ?? String(product?.[name] ?? '');
  const keptLeave = (name: 'holder' | 'document' | 'date'): string =>
    call.form.fields[`gtinAuthorisation.${name}`]?.[0] ?? product?.gtinAuthorisation?.[name] ?? '';
  const fault = (name: string): string | null => faults.fields[name] ?? null;
  const sets = words.sets.map((text, at) => ({
    value: String(at + 1),
    text: `${at + 1}. ${text}`,
    group: words.groups[groupOfSet(at + 1)],
  }));
  return html`
    ${textField({
      name: 'name',
      label: words.fields.name,
      value: kept('name'),
      max: 160,
      required: true,
      fault: fault('name'),
    })}
    ${textField({
      name: 'shortName',
      label: words.fields.shortName,
      optional,
      hint: words.products.shortHint,
      value: kept('shortName'),
      max: SHORT_NAME_MAX,
      fault: fault('shortName'),
    })}
    ${note}
    ${selectField({
      name: 'productSet',
      label: words.fields.productSet,
      hint: words.products.setHint,
      value: kept('productSet'),
      blank: frame.form.choose,
      required: true,
      options: sets,
      fault: fault('productSet'),
    })}
    ${fieldRow(
      textField({
        name: 'brand',
        label: words.fields.brand,
        optional,
        value: kept('brand'),
        max: 80,
        fault: fault('brand'),
      }),
      textField({
        name: 'unit',
        label: words.fields.unit,
        optional,
        hint: words.products.unitHint,
        value: kept('unit'),
        max: 60,
        fault: fault('unit'),
      }),
    )}
    ${fieldRow(
      textField({
        name: 'standards',
        label: words.fields.standards,
        optional,
        value: kept('standards'),
        max: 300,
        fault: fault('standards'),
      }),
      textField({
        name: 'shelfLifeDays',
        label: words.fields.shelfLifeDays,
        optional,
        value: kept('shelfLifeDays'),
        mode: 'numeric',
        max: 5,
        fault: fault('shelfLifeDays'),
      }),
    )}
    ${areaField({
      name: 'warnings',
      label: words.fields.warnings,
      optional,
      value: kept('warnings'),
      rows: 3,
      max: 600,
      fault: fault('warnings'),
    })}
    ${addressFields({
      name: 'origin',
      legend: words.products.originTitle,
      hint: words.products.originHint,
      value: product?.origin ?? null,
      form: call.form,
      faults,
      words,
      optional,
    })}
    ${fieldGroup(
      words.products.authTitle,
      words.products.authHint,
      textField({
        name: 'gtin',
        label: words.fields.gtin,
        optional,
        hint: words.products.gtinHint,
        value: kept('gtin'),
        mode: 'numeric',
        max: 14,
        fault: fault('gtin'),
      }),
      fieldRow(
        textField({
          name: 'gtinAuthorisation.holder',
          label: words.products.holder,
          optional,
          value: keptLeave('holder'),
          max: 160,
          fault: fault('gtinAuthorisation.holder'),
        }),
        textField({
          name: 'gtinAuthorisation.document',
          label: words.products.document,
          optional,
          value: keptLeave('document'),
          max: 160,
          fault: fault('gtinAuthorisation.document'),
        }),
        dateField({
          name: 'gtinAuthorisation.date',
          label: words.products.documentDate,
          optional,
          value: keptLeave('date'),
          fault: fault('gtinAuthorisation.date'),
        }),
      ),
    )}
  `;
}

function ownFields(call: PageCall, product: Product | null, faults: FormFaults): Html {
  const words = registryWordsOf(call.language);
  const { optional } = frameWordsOf(call.language).form;
  const kept = (name: 'description' | 'ingredients' | 'storage'): string =>
    call.form.fields[name]?.[0] ?? product?.[name] ?? '';
  const area = (name: 'description' | 'ingredients' | 'storage', rows: number, max: number): Html =>
    areaField({
      name,
      label: words.fields[name],
      optional,
      value: kept(name),
      rows,
      max,
      fault: faults.fields[name] ?? null,
    });
  return html`${area('description', 5, 2_000)}${area('ingredients', 3, 1_000)}${area('storage', 2, 300)}`;
}
