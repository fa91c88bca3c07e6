// Recording and correcting a certificate. Whose it is and its scheme are chosen once; OCOP stars follow the evaluation
// it rests on.

import { changeCertificate, changeCertificateInput } from '../../../actions/registry/change-certificate.ts';
import { makeCertificate, makeCertificateInput } from '../../../actions/registry/make-certificate.ts';
import { readCertificate, listEvaluations, readEvaluation, readProduct } from '../../../actions/registry/read.ts';
import { runAction } from '../../../actions/kit/run-action.ts';
import { CERTIFICATE_SCHEMES, PUBLIC_STARS_MIN, type Certificate } from '../../../domain/registry/certificate.ts';
import type { Evaluation } from '../../../domain/registry/evaluation.ts';
import type { Problem } from '../../../domain/problem.ts';
import { valueOf } from '../../outcome.ts';
import { html } from '../../html.ts';
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
import { dateField, fieldRow, form, selectField, textField, type PickedOptions } from '../fields.ts';
import { formFaults, NO_FAULTS, type FormFaults } from '../form-faults.ts';
import { notice } from '../notices.ts';
import { pageHead } from '../page-head.ts';
import { pickRecords } from '../picked.ts';
import { producerOptions, productOptions } from '../record-options.ts';
import { readShape } from '../read-shape.ts';
import { sentCount } from '../typed-count.ts';
import { scoreText } from './marks.ts';

const PATH = '/console/certificates';
type Page = Extract<PageAnswer, { kind: 'page' }>;

export const certificateFormRoutes: readonly ConsoleRoute[] = [
  {
    method: 'get',
    path: `${PATH}/new`,
    right: 'change-registry',
    nav: 'certificates',
    handle: (call) => formPage(call, null, NO_FAULTS),
  },
  { method: 'post', path: `${PATH}/new`, right: 'change-registry', nav: 'certificates', handle: make },
  { method: 'get', path: `${PATH}/:id/edit`, right: 'change-registry', nav: 'certificates', handle: edit },
  { method: 'post', path: `${PATH}/:id/edit`, right: 'change-registry', nav: 'certificates', handle: change },
];

async function make(call: PageCall): Promise<PageAnswer> {
  const { productId, producerId } = await ownerOf(call);
  const scheme = sent(call.form, 'scheme');
  const expiresOn = sent(call.form, 'expiresOn');
  const input = readShape(makeCertificateInput, {
    ...(productId === '' ? {} : { productId }),
    ...(producerId === '' ? {} : { producerId }),
    scheme,
    ...sentFields(call),
    ...(expiresOn === '' ? {} : { expiresOn }),
  });
  const outcome = input.ok ? await runAction(makeCertificate, call.actor, input.value, call.ctx) : input;
  if (!outcome.ok) return { ...(await formPage(call, null, faultsOf(call, outcome.problem))), status: 422 };
  if (outcome.value.kind === 'waiting') return go(productId === '' ? PATH : `/console/products/${productId}`, 'asked');
  return go(`${PATH}/${outcome.value.value.id}`, 'made');
}

async function edit(call: PageCall): Promise<PageAnswer> {
  return formPage(call, valueOf(await readCertificate(call.actor, call.params['id'] ?? '', call.ctx)), NO_FAULTS);
}

async function change(call: PageCall): Promise<PageAnswer> {
  const before = valueOf(await readCertificate(call.actor, call.params['id'] ?? '', call.ctx));
  const input = readShape(changeCertificateInput, {
    ...sentFields(call),
    expiresOn: sentOrNull(call.form, 'expiresOn'),
  });
  const outcome = input.ok
    ? await changeCertificate(
        call.actor,
        { id: before.id, version: sentVersion(call.form), change: input.value },
        call.ctx,
      )
    : input;
  if (!outcome.ok) return { ...(await formPage(call, before, faultsOf(call, outcome.problem))), status: 422 };
  return go(`${PATH}/${before.id}`, outcome.value.kind === 'waiting' ? 'asked' : 'saved');
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
  return formFaults(
    problem,
    call.form,
    frameWordsOf(call.language),
    registryWordsOf(call.language).certificates.faults,
  );
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

/** @param before null: a new one */
async function formPage(call: PageCall, before: Certificate | null, faults: FormFaults): Promise<Page> {
  const words = registryWordsOf(call.language);
  const own = words.certificates;
  const frame = frameWordsOf(call.language);
  const { optional } = frame.form;
  const kept = (name: string, recorded: string | null): string =>
    call.form.fields[name]?.[0] ?? recorded ?? call.query[name] ?? '';
  const fault = (name: string): string | null => faults.fields[name] ?? null;
  const productId = kept('productId', before?.productId ?? null);
  const isOcop = before === null || before.scheme === 'ocop';
  const whose =
    before === null &&
    html`
      ${selectField({
        name: 'scheme',
        label: words.fields.scheme,
        value: kept('scheme', null) || 'ocop',
        required: true,
        options: CERTIFICATE_SCHEMES.map((value) => ({ value, text: words.schemes[value] })),
        fault: fault('scheme'),
      })}
      ${selectField({
        name: 'productId',
        label: own.ofProduct,
        value: productId,
        blank: frame.form.none,
        options: await productOptions(call, productId),
        fault: fault('productId'),
      })}
      ${
        call.actor.role !== 'producer' &&
        selectField({
          name: 'producerId',
          label: own.ofProducerField,
          value: kept('producerId', null),
          blank: frame.form.none,
          options: await producerOptions(call, kept('producerId', null)),
          fault: fault('producerId'),
        })
      }
    `;
  const rating =
    isOcop &&
    html`${selectField({
      name: 'evaluationId',
      label: words.fields.evaluationId,
      hint: own.evaluationHint,
      value: kept('evaluationId', before?.evaluationId ?? null),
      blank: own.noEvaluation,
      options: await evaluationOptions(call, productId, kept('evaluationId', before?.evaluationId ?? null)),
      fault: fault('evaluationId'),
    })}${selectField({
      name: 'stars',
      label: words.fields.stars,
      optional,
      hint: own.starsHint,
      value: kept('stars', before?.evaluationId === null ? String(before.stars ?? '') : ''),
      blank: frame.form.none,
      options: [3, 4, 5].map((value) => ({ value: String(value), text: words.starsText(value) })),
      fault: fault('stars'),
    })}`;
  const fields = html`${whose}${rating}${fieldRow(
    textField({
      name: 'number',
      label: words.fields.number,
      value: kept('number', before?.number ?? null),
      max: 80,
      required: true,
      fault: fault('number'),
    }),
    textField({
      name: 'issuer',
      label: words.fields.issuer,
      value: kept('issuer', before?.issuer ?? null),
      max: 160,
      required: true,
      fault: fault('issuer'),
    }),
  )}${fieldRow(
    dateField({
      name: 'issuedOn',
      label: words.fields.issuedOn,
      value: kept('issuedOn', before?.issuedOn ?? null),
      required: true,
      fault: fault('issuedOn'),
    }),
    dateField({
      name: 'expiresOn',
      label: words.fields.expiresOn,
      optional,
      hint: before === null ? own.expiresHint : null,
      value: kept('expiresOn', before?.expiresOn ?? null),
      fault: fault('expiresOn'),
    }),
  )}`;
  const title = before === null ? own.addTitle : own.editTitle;
  const body = html`
    ${pageHead({ title, lead: before === null ? null : `${words.schemes[before.scheme]} ${before.number}` })}
    ${call.actor.role === 'producer' && notice('info', words.askHint)}
    ${form({
      call,
      action: before === null ? `${PATH}/new` : `${PATH}/${before.id}/edit`,
      words: frame,
      submit: before === null ? own.add : frame.form.save,
      faults,
      cancel: before === null ? PATH : `${PATH}/${before.id}`,
      ...(before === null ? {} : { version: before.version }),
      body: fields,
    })}
  `;
  return { kind: 'page', title, body };
}

/** Evaluations that a certificate may rest on: of the product, where it is known; else they name theirs. */
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
