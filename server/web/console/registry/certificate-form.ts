// Recording and correcting a certificate. Its owner and scheme are chosen once; OCOP stars follow the evaluation it
// rests on.

import { changeCertificate, changeCertificateInput } from '../../../actions/registry/change-certificate.ts';
import { makeCertificate, makeCertificateInput } from '../../../actions/registry/make-certificate.ts';
import { readCertificate, listEvaluations, readEvaluation, readProduct } from '../../../actions/registry/read.ts';
import { CERTIFICATE_SCHEMES, PUBLIC_STARS_MIN, type Certificate } from '../../../domain/registry/certificate.ts';
import type { Problem } from '../../../domain/problem.ts';
import { valueOf } from '../../outcome.ts';
import { html } from '../../html.ts';
import { frameWordsOf, registryWordsOf } from '../../words/words.ts';
import {
  go,
  sent,
  sentOrNull,
  type ConsoleRoute,
  type PageAnswer,
  type PageCall,
  formRoutes,
  idIn,
} from '../console-route.ts';
import { fieldRow, form, type PickedOptions } from '../fields.ts';
import { type FormFaults, formFaults } from '../form-faults.ts';
import { heldFaults } from '../forms/held-forms.ts';
import { notice } from '../notices.ts';
import { pageHead, page, type Page } from '../page-head.ts';
import { pickRecords } from '../picked.ts';
import { producerOptions, productOptions } from '../record-options.ts';
import type { Evaluation } from '../../../domain/registry/evaluation.ts';
import { sentCount } from '../typed-count.ts';
import { scoreText } from './marks.ts';
import { runForm, runChange } from '../run-form.ts';
import { formFields, choices } from '../form-fields.ts';

const PATH = '/console/certificates';

export const certificateFormRoutes: readonly ConsoleRoute[] = [
  ...formRoutes({ path: `${PATH}/new`, right: 'change-registry', nav: 'certificates' }, newPage, make),
  ...formRoutes({ path: `${PATH}/:id/edit`, right: 'change-registry', nav: 'certificates' }, edit, change),
];

async function make(call: PageCall): Promise<PageAnswer> {
  const { productId, producerId } = await ownerOf(call);
  const scheme = sent(call.form, 'scheme');
  const expiresOn = sent(call.form, 'expiresOn');
  const input = {
    ...(productId === '' ? {} : { productId }),
    ...(producerId === '' ? {} : { producerId }),
    scheme,
    ...sentFields(call),
    ...(expiresOn === '' ? {} : { expiresOn }),
  };
  const outcome = await runForm(call, makeCertificateInput, input, makeCertificate);
  if (!outcome.ok) return newPage(call, faultsOf(call, outcome.problem));
  if (outcome.value.kind === 'waiting') return go(productId === '' ? PATH : `/console/products/${productId}`, 'asked');
  return go(`${PATH}/${outcome.value.value.id}`, 'made');
}

async function change(call: PageCall): Promise<PageAnswer> {
  const before = await read(call);
  const expiresOn = sentOrNull(call.form, 'expiresOn');
  // An end that was not touched is left to follow the day of issue.
  const input = { ...sentFields(call), ...(expiresOn === before.expiresOn ? {} : { expiresOn }) };
  const outcome = await runChange(call, changeCertificateInput, input, changeCertificate, readCertificate);
  if (!outcome.ok) return formPage(call, before, faultsOf(call, outcome.problem));
  return go(`${PATH}/${before.id}`, outcome.value.kind === 'waiting' ? 'asked' : 'saved');
}

async function read({ actor, ctx, params }: PageCall): Promise<Certificate> {
  return valueOf(await readCertificate(actor, idIn({ params }), ctx));
}

function sentFields({ form: sentForm }: PageCall): Record<string, unknown> {
  return {
    evaluationId: sentOrNull(sentForm, 'evaluationId'),
    stars: sentCount(sentForm, 'stars'),
    number: sent(sentForm, 'number'),
    issuer: sent(sentForm, 'issuer'),
    issuedOn: sent(sentForm, 'issuedOn'),
  };
}

function faultsOf(call: PageCall, problem: Problem): FormFaults {
  return formFaults(problem, call, registryWordsOf(call.language).certificates.faults);
}

/** An evaluation names its product, so a person who chose one need not choose the other. */
async function ownerOf(call: PageCall): Promise<{ productId: string; producerId: string }> {
  const [productId, producerId, evaluationId] = [
    sent(call.form, 'productId'),
    sent(call.form, 'producerId'),
    sent(call.form, 'evaluationId'),
  ];
  if (productId !== '' || producerId !== '' || evaluationId === '') return { productId, producerId };
  const evaluation = await readEvaluation(call.actor, evaluationId, call.ctx);
  return { productId: evaluation.ok ? evaluation.value.productId : '', producerId };
}

function newPage(call: PageCall, faults: FormFaults = heldFaults(call)): Promise<Page> {
  return formPage(call, null, faults);
}

async function edit(call: PageCall): Promise<PageAnswer> {
  return formPage(call, await read(call), heldFaults(call));
}

/** @param before null: a new one */
async function formPage(call: PageCall, before: Certificate | null, faults: FormFaults): Promise<Page> {
  const words = registryWordsOf(call.language);
  const own = words.certificates;
  const frame = frameWordsOf(call.language);
  const { none } = frame.form;
  const field = formFields(call, words.fields, { record: before ?? call.query, faults });
  const productId = field.shown('productId');
  const whose =
    before === null &&
    html`
      ${field.select('scheme', choices(CERTIFICATE_SCHEMES, words.schemes), { required: true })}
      ${field.select('productId', await productOptions(call, productId), { label: own.ofProduct, blank: none })}
      ${
        call.actor.role !== 'producer' &&
        field.select('producerId', await producerOptions(call, field.shown('producerId')), {
          label: own.ofProducerField,
          blank: none,
        })
      }
    `;
  const rating =
    (before === null || before.scheme === 'ocop') &&
    html`${field.select('evaluationId', await evaluationOptions(call, productId, field.shown('evaluationId')), {
      hint: own.evaluationHint,
      blank: own.noEvaluation,
    })}${field.select('stars', choices([3, 4, 5], words.starsText), {
      optional: true,
      hint: own.starsHint,
      value: before?.evaluationId === null ? String(before.stars ?? '') : '',
      blank: none,
    })}`;
  const fields = html`${whose}${rating}${fieldRow(
    field.text('number', { max: 80, required: true }),
    field.text('issuer', { max: 160, required: true }),
  )}${fieldRow(
    field.date('issuedOn', { required: true }),
    field.date('expiresOn', { optional: true, hint: before === null ? own.expiresHint : null }),
  )}`;
  const title = before === null ? own.addTitle : own.editTitle;
  const body = html`
    ${pageHead({ title, lead: before === null ? null : `${words.schemes[before.scheme]} ${before.number}` })}
    ${call.actor.role === 'producer' && notice('info', words.askHint)}
    ${form({
      call,
      action: before === null ? `${PATH}/new` : `${PATH}/${before.id}/edit`,
      submit: before === null ? own.add : frame.form.save,
      faults,
      cancel: before === null ? PATH : `${PATH}/${before.id}`,
      ...(before === null ? {} : { record: before }),
      body: fields,
    })}
  `;
  return page(title, body, faults);
}

/** Evaluations that a certificate may rest on: those of the product if it is known, else all. */
async function evaluationOptions(call: PageCall, productId: string, chosen: string): Promise<PickedOptions> {
  const { actor, ctx } = call;
  const words = registryWordsOf(call.language);
  const filter = productId === '' ? {} : { productId };
  const names = new Map<string, string>();
  const textOf = ({ round, scoreHundredths, stars, decision, productId: of }: Evaluation): string =>
    [
      productId === '' ? names.get(of) : null,
      round,
      scoreText(scoreHundredths, call.language),
      words.starsText(stars),
      decision,
    ]
      .filter((part) => part != null && part !== '')
      .join(' · ');
  const { items, finder } = await pickRecords(call, chosen, {
    name: 'evaluationId',
    list: async (page) => {
      const found = await listEvaluations(actor, { ...filter, ...page }, ctx);
      if (productId === '' && found.ok) await nameProducts(found.value.items, names, call);
      return found;
    },
    read: (id) => readEvaluation(actor, id, ctx),
    text: textOf,
    fits: ({ stars }) => stars >= PUBLIC_STARS_MIN,
  });
  return { options: items.map((one) => ({ value: one.id, text: textOf(one) })), finder };
}

async function nameProducts(of: readonly Evaluation[], names: Map<string, string>, call: PageCall): Promise<void> {
  for (const { productId } of of) {
    if (names.has(productId)) continue;
    const product = await readProduct(call.actor, productId, call.ctx);
    names.set(productId, product.ok ? product.value.name : '');
  }
}
