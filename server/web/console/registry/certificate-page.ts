// One certificate: its life, its papers, and the office's actions: extend it with evidence, revoke it with a reason, or
// undo either.

import { changeCertificate, changeCertificateInput } from '../../../actions/registry/change-certificate.ts';
import {
  listOtherRatings,
  readCertificate,
  readEvaluation,
  readProducer,
  readProduct,
} from '../../../actions/registry/read.ts';
import { decide } from '../../../actions/kit/rights.ts';
import { EXTENSION_DAYS_MAX, type Certificate } from '../../../domain/registry/certificate.ts';
import { addDays } from '../../../domain/calendar.ts';
import type { Problem } from '../../../domain/problem.ts';
import { valueOf } from '../../outcome.ts';
import { html, type Html } from '../../html.ts';
import { dayText } from '../../format.ts';
import { registryWordsOf } from '../../words/words.ts';
import { go, sent, type ConsoleRoute, type PageAnswer, type PageCall, idIn } from '../console-route.ts';
import { actionButton, form, hiddenField } from '../fields.ts';
import { type FormFaults, formFaults, NO_FAULTS } from '../form-faults.ts';
import { heldFaults } from '../forms/held-forms.ts';
import { dayOrDash } from '../moments.ts';
import { doneNotice } from '../notices.ts';
import { card, columns, facts, linkButton, pageHead, page, type Page } from '../page-head.ts';
import { certificateMark, scoreText, starsMark } from './marks.ts';
import { othersNotice } from './others-notice.ts';
import { paperSection } from './papers.ts';
import { runChange } from '../run-form.ts';
import { formFields } from '../form-fields.ts';

const PATH = '/console/certificates';
type Part = 'extension' | 'revocation';

export const certificatePageRoutes: readonly ConsoleRoute[] = [
  {
    method: 'get',
    path: `${PATH}/:id`,
    right: 'read-registry',
    nav: 'certificates',
    handle: (call) => certificatePage(call, heldPart(call), heldFaults(call)),
  },
  {
    method: 'post',
    path: `${PATH}/:id/extension`,
    right: 'change-registry',
    nav: 'certificates',
    handle: (call) => change(call, 'extension'),
  },
  {
    method: 'post',
    path: `${PATH}/:id/revocation`,
    right: 'change-registry',
    nav: 'certificates',
    handle: (call) => change(call, 'revocation'),
  },
];

/** A form without its day takes the extension or revocation back. */
async function change(call: PageCall, part: Part): Promise<PageAnswer> {
  const id = idIn(call);
  const isBack = sent(call.form, 'back') !== '';
  const fields = part === 'extension' ? (['extendedTo', 'evidence'] as const) : (['revokedOn', 'reason'] as const);
  const input = Object.fromEntries(fields.map((field) => [field, isBack ? null : sent(call.form, field)]));
  const outcome = await runChange(call, changeCertificateInput, input, changeCertificate, readCertificate);
  if (outcome.ok)
    return go(
      `${PATH}/${id}`,
      outcome.value.kind === 'waiting' ? 'asked' : isBack ? 'restored' : part === 'extension' ? 'extended' : 'revoked',
    );
  if (outcome.problem.code === 'not-found') valueOf(outcome);
  return certificatePage(call, part, faultsOf(call, outcome.problem));
}

/** The form of the page that is shown again; null: neither. */
function heldPart({ held }: PageCall): Part | null {
  const parts = ['extension', 'revocation'] as const;
  return parts.find((part) => held?.path.endsWith(`/${part}`) === true) ?? null;
}

function faultsOf(call: PageCall, problem: Problem): FormFaults {
  return formFaults(problem, call, registryWordsOf(call.language).certificates.faults);
}

async function certificatePage(call: PageCall, part: Part | null, faults: FormFaults): Promise<Page> {
  const { actor, ctx, language, params } = call;
  const words = registryWordsOf(language);
  const own = words.certificates;
  const certificate = valueOf(await readCertificate(actor, params['id'] ?? '', ctx));
  const producer = valueOf(await readProducer(actor, certificate.producerId, ctx));
  const product = certificate.productId === null ? null : valueOf(await readProduct(actor, certificate.productId, ctx));
  const evaluation =
    certificate.evaluationId === null ? null : await readEvaluation(actor, certificate.evaluationId, ctx);
  const { stars, extension, revocation } = certificate;
  const record = facts([
    [
      own.forWhom,
      product === null
        ? html`<a href="/console/producers/${producer.id}">${producer.name}</a>, ${own.ofProducer}`
        : html`<a href="/console/products/${product.id}">${product.name}</a>, ${producer.name}`,
    ],
    [words.fields.scheme, words.schemes[certificate.scheme]],
    [words.fields.stars, stars === null ? null : html`${starsMark(stars, words)} ${words.starsText(stars)}`],
    [
      words.fields.evaluationId,
      evaluation?.ok === true
        ? html`${evaluation.value.round}, ${scoreText(evaluation.value.scoreHundredths, language)}`
        : certificate.imported
          ? own.imported
          : null,
    ],
    [words.fields.number, html`<span class="b">${certificate.number}</span>`],
    [words.fields.issuer, certificate.issuer],
    [words.fields.issuedOn, dayText(certificate.issuedOn)],
    [words.fields.expiresOn, dayOrDash(certificate.expiresOn)],
    [words.products.validity, certificateMark(certificate, call.today, words)],
    ...(extension === null ? [] : [[own.extendedTo(dayText(extension.to)), extension.evidence] as const]),
    ...(revocation === null ? [] : [[own.revokedOn(dayText(revocation.on)), revocation.reason] as const]),
  ]);
  const mayChange = decide(actor, 'change-registry', null).kind !== 'refused';
  const main = html`
    ${record}
    ${await paperSection(
      call,
      { subject: 'certificate', id: certificate.id },
      ['certificate', 'extension', 'revocation', 'other'],
      certificate.proofs,
    )}
  `;
  const others = mayChange ? valueOf(await listOtherRatings(actor, certificate, ctx)) : [];
  const side = mayChange
    ? html`
      ${extensionCard(certificate, call, part === 'extension' ? faults : NO_FAULTS)}
      ${revocationCard(certificate, others, call, part === 'revocation' ? faults : NO_FAULTS)}
    `
    : null;
  const scheme = words.schemes[certificate.scheme];
  const title = certificate.number.startsWith(scheme) ? certificate.number : `${scheme} ${certificate.number}`;
  const body = html`
    ${pageHead({
      title,
      lead: product?.name ?? producer.name,
      actions: mayChange ? [linkButton(`${PATH}/${certificate.id}/edit`, words.edit, true)] : [],
    })}
    ${doneNotice(call, own.done)}
    ${side === null ? main : columns(main, side)}
  `;
  return page(title, body, faults);
}

function extensionCard(
  { id, version, expiresOn, extension }: Certificate,
  call: PageCall,
  faults: FormFaults,
): Html | null {
  if (expiresOn === null) return null;
  const words = registryWordsOf(call.language);
  const own = words.certificates;
  const field = formFields(call, words.fields, { faults });
  const action = `${PATH}/${id}/extension`;
  if (extension !== null)
    return card(
      own.extendTitle,
      html`<p>${own.extendedTo(dayText(extension.to))}</p>${takeBack(call, action, version, own.unextend)}`,
    );
  return card(
    own.extendTitle,
    html`<p class="hint">${own.extendText}</p>${form({
      call,
      action,
      submit: own.extend,
      version,
      faults,
      plain: true,
      body: [
        field.date('extendedTo', {
          min: addDays(expiresOn, 1),
          max: addDays(expiresOn, EXTENSION_DAYS_MAX),
          required: true,
        }),
        field.area('evidence', { rows: 3, max: 600 }),
      ],
    })}`,
  );
}

function revocationCard(
  { id, version, revocation }: Certificate,
  others: readonly Certificate[],
  call: PageCall,
  faults: FormFaults,
): Html {
  const words = registryWordsOf(call.language);
  const own = words.certificates;
  const field = formFields(call, words.fields, { faults });
  const action = `${PATH}/${id}/revocation`;
  if (revocation !== null)
    return card(
      own.revokeTitle,
      html`
        <p>${own.revokedOn(dayText(revocation.on))}</p>
        ${othersNotice(others, call)}
        ${takeBack(call, action, version, own.unrevoke)}
      `,
    );
  return card(
    own.revokeTitle,
    html`<p class="hint">${own.revokeText}</p>${othersNotice(others, call)}${form({
      call,
      action,
      submit: own.revoke,
      version,
      faults,
      plain: true,
      body: [
        field.date('revokedOn', { value: call.today, required: true }),
        field.area('reason', { rows: 3, max: 600 }),
      ],
    })}`,
  );
}

function takeBack(call: PageCall, action: string, version: number, text: string): Html {
  return actionButton({
    call,
    action,
    text,
    look: 'quiet',
    fields: [hiddenField('version', version), hiddenField('back', 'yes')],
  });
}
