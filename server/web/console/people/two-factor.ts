// Turning on the second step: the QR code for a phone's app, a first code as proof, and the recovery codes, shown once.
// If it is on: new recovery codes, or turning it off, each with the password.

import { toString as qrSvg } from 'qrcode';
import {
  confirmTwoFactor,
  endOwnTwoFactor,
  offerAgain,
  offerTwoFactor,
  readTwoFactor,
  renewRecoveryCodes,
  type MadeRecoveryCodes,
  type Proof,
  type TwoFactorOffer,
} from '../../../actions/people/two-factor.ts';
import { doneValue, valueOf } from '../../outcome.ts';
import { html, raw, type Html } from '../../html.ts';
import { frameWordsOf, peopleWordsOf, publicWordsOf } from '../../words/words.ts';
import { go, sent, type ConsoleRoute, type PageAnswer, type PageCall } from '../console-route.ts';
import { form, hiddenField, textField } from '../fields.ts';
import { type FormFaults, formFaults, NO_FAULTS } from '../form-faults.ts';
import { heldFaults } from '../forms/held-forms.ts';
import { dayOfText } from '../moments.ts';
import { notice } from '../notices.ts';
import { triedFrom } from './sign-in.ts';
import { linkButton, page, pageHead, section, type Page } from '../page-head.ts';

const PATH = '/console/account/two-factor';

export const twoFactorRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: PATH, right: 'signed-in', nav: null, beforeTwoFactor: true, handle: show },
  {
    method: 'post',
    path: PATH,
    gate: 'passwords',
    right: 'signed-in',
    nav: null,
    beforeTwoFactor: true,
    handle: confirm,
  },
  { method: 'post', path: `${PATH}/codes`, gate: 'passwords', right: 'signed-in', nav: null, handle: renew },
  { method: 'post', path: `${PATH}/off`, gate: 'passwords', right: 'signed-in', nav: null, handle: turnOff },
];

async function show(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, language } = call;
  const on = valueOf(await readTwoFactor(actor, ctx));
  if (on !== null) return managePage(call, heldFaults(call));
  // After a mistyped code the app still has the secret that it was offered.
  const again =
    call.held === null ? null : await offerAgain(actor, sent(call.form, 'sealed'), issuerOf(language, ctx), ctx);
  if (again?.ok === true) return offerPage(call, again.value, heldFaults(call));
  return offerPage(call, valueOf(await offerTwoFactor(actor, issuerOf(language, ctx), ctx)), NO_FAULTS);
}

async function confirm(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, form: sentForm, language } = call;
  const sealed = sent(sentForm, 'sealed');
  const { sessionToken: token } = call;
  const outcome = await confirmTwoFactor(actor, { ...proofOf(call), sealed, code: sent(sentForm, 'code'), token }, ctx);
  if (outcome.ok) return codesPage(call, doneValue(outcome));
  const offer = valueOf(await offerAgain(actor, sealed, issuerOf(language, ctx), ctx));
  return offerPage(call, offer, faultsOf(call, outcome.problem));
}

async function renew(call: PageCall): Promise<PageAnswer> {
  const outcome = await renewRecoveryCodes(call.actor, proofOf(call), call.ctx);
  if (outcome.ok) return codesPage(call, doneValue(outcome));
  return managePage(call, faultsOf(call, outcome.problem));
}

async function turnOff(call: PageCall): Promise<PageAnswer> {
  const outcome = await endOwnTwoFactor(call.actor, proofOf(call), call.ctx);
  if (outcome.ok) return go('/console/account', 'off');
  return managePage(call, faultsOf(call, outcome.problem));
}

async function offerPage(call: PageCall, offer: TwoFactorOffer, faults: FormFaults): Promise<Page> {
  const words = peopleWordsOf(call.language).twoFactor;
  const [install = '', scan = '', type = ''] = words.steps;
  const required = call.ctx.settings.requireTwoFactor && notice('warn', words.required);
  const code = form({
    call,
    action: PATH,
    submit: words.submit,
    faults,
    body: html`
      ${hiddenField('sealed', offer.sealed)}
      ${textField({
        name: 'code',
        label: words.code,
        value: '',
        mode: 'numeric',
        autocomplete: 'one-time-code',
        max: 8,
        required: true,
        fault: faults.fields['code'] ?? null,
      })}
      ${proofField(call, 'confirm', faults)}
    `,
  });
  const body = html`
    ${pageHead({ title: words.title, lead: words.lead })}
    ${required}
    <ol class="steps">
      <li>
        <p>${install}</p>
      </li>
      <li>
        <p>${scan}</p>
        ${await qrBlock(offer.address, words.qr)}
        <p class="hint">${words.typed}</p>
        <p class="code">${offer.secret}</p>
      </li>
      <li>
        <p>${type}</p>
        ${code}
      </li>
    </ol>
  `;
  return page(words.title, body, faults);
}

async function codesPage(call: PageCall, { recoveryCodes }: MadeRecoveryCodes): Promise<Page> {
  if (recoveryCodes === null) return managePage(call, NO_FAULTS);
  const words = peopleWordsOf(call.language).twoFactor;
  const body = html`
    ${pageHead({ title: words.codesTitle, lead: words.codesLead })}
    <ul class="codes">
      ${recoveryCodes.map((code) => html`<li class="code">${code}</li>`)}
    </ul>
    <p class="acts">${linkButton('/console/account', words.kept, true)}</p>
  `;
  return { kind: 'page', title: words.codesTitle, body };
}

async function managePage(call: PageCall, faults: FormFaults): Promise<Page> {
  const words = peopleWordsOf(call.language).own;
  const frame = frameWordsOf(call.language);
  const on = valueOf(await readTwoFactor(call.actor, call.ctx));
  const lead = on === null ? words.twoFactorOff : words.twoFactorOn(dayOfText(on.since, call), on.recoveryCodesLeft);
  const proof = (id: string): Html => proofField(call, id, faults);
  const told = faults.title !== null && notice('fault', faults.title, faults.text);
  const renewal = form({
    call,
    action: `${PATH}/codes`,
    submit: words.renew,
    plain: true,
    body: proof('renew'),
  });
  const off = form({ call, action: `${PATH}/off`, submit: words.off, plain: true, body: proof('off') });
  const body = html`
    ${pageHead({ title: words.twoFactor, lead })}
    ${told}
    ${section(words.renew, renewal)}
    ${section(words.off, off)}
    <p class="acts">${linkButton('/console/account', frame.form.cancel)}</p>
  `;
  return page(words.twoFactor, body, faults);
}

/** The password, typed again: an open browser must not be enough to change how a person signs in. */
function proofField(call: PageCall, id: string, faults: FormFaults): Html {
  return textField({
    name: 'password',
    id,
    label: peopleWordsOf(call.language).own.proof,
    value: '',
    type: 'password',
    autocomplete: 'current-password',
    max: 200,
    required: true,
    fault: faults.fields['password'] ?? null,
  });
}

function proofOf(call: PageCall): Proof {
  return { password: call.form.fields['password']?.[0] ?? '', from: triedFrom(call) };
}

function faultsOf(call: PageCall, problem: Parameters<typeof formFaults>[0]): FormFaults {
  return formFaults(problem, call, peopleWordsOf(call.language).own.faults);
}

/** The symbol as the library draws it, with our own size and label. */
async function qrBlock(address: string, label: string): Promise<Html> {
  const drawn = await qrSvg(address, { type: 'svg', margin: 4, errorCorrectionLevel: 'M' });
  return html`<div class="qr" role="img" aria-label="${label}">${raw(drawn)}</div>`;
}

/** The name under which the app stores it. */
function issuerOf(language: PageCall['language'], ctx: PageCall['ctx']): string {
  return `${publicWordsOf(language).brand} ${new URL(ctx.settings.publicOrigin).hostname}`;
}
