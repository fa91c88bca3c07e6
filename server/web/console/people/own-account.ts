// One's own account: the password, where one is signed in, and the second step.

import { changeOwnPassword, changeOwnPasswordInput } from '../../../actions/people/change-own-password.ts';
import { endOtherSessions, listOwnSessions, type OwnSession } from '../../../actions/people/own-sessions.ts';
import { readTwoFactor } from '../../../actions/people/two-factor.ts';
import { valueOf } from '../../outcome.ts';
import { html, type Html } from '../../html.ts';
import { frameWordsOf, peopleWordsOf } from '../../words/words.ts';
import { go, type ConsoleRoute, type PageAnswer, type PageCall } from '../console-route.ts';
import { actionButton, form, textField } from '../fields.ts';
import { type FormFaults, formFaults } from '../form-faults.ts';
import { heldFaults } from '../forms/held-forms.ts';
import { stateMark } from '../list.ts';
import { dayOfText, whenText } from '../moments.ts';
import { doneNotice } from '../notices.ts';
import { facts, linkButton, page, pageHead, section } from '../page-head.ts';
import { triedFrom } from './sign-in.ts';
import { readShape } from '../run-form.ts';

const PATH = '/console/account';

export const ownAccountRoutes: readonly ConsoleRoute[] = [
  {
    method: 'get',
    path: PATH,
    right: 'signed-in',
    nav: null,
    handle: (call) => ownAccountPage(call, heldFaults(call, '/password')),
  },
  {
    method: 'post',
    path: `${PATH}/password`,
    gate: 'passwords',
    right: 'signed-in',
    nav: null,
    handle: changePassword,
  },
  { method: 'post', path: `${PATH}/sessions`, right: 'signed-in', nav: null, handle: endOthers },
];

async function changePassword(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, form: sentForm, sessionToken } = call;
  const input = readShape(changeOwnPasswordInput, {
    current: sentForm.fields['current']?.[0] ?? '',
    password: sentForm.fields['password']?.[0] ?? '',
  });
  const outcome = input.ok
    ? await changeOwnPassword(actor, { ...input.value, token: sessionToken, from: triedFrom(call) }, ctx)
    : input;
  if (outcome.ok) return go(PATH, 'password');
  return ownAccountPage(call, formFaults(outcome.problem, call, peopleWordsOf(call.language).own.faults));
}

async function endOthers({ actor, ctx, sessionToken }: PageCall): Promise<PageAnswer> {
  valueOf(await endOtherSessions(actor, sessionToken, ctx));
  return go(PATH, 'sessions');
}

async function ownAccountPage(call: PageCall, faults: FormFaults): Promise<Extract<PageAnswer, { kind: 'page' }>> {
  const { account, actor, ctx, language } = call;
  const words = peopleWordsOf(language).own;
  const frame = frameWordsOf(language);
  const sessions = valueOf(await listOwnSessions(actor, call.sessionToken, ctx));
  const twoFactor = valueOf(await readTwoFactor(actor, ctx));
  const about = facts([
    [words.name, account.name],
    [words.role, frame.roles[account.role]],
    [words.place, account.producer ?? account.office ?? frame.allOffices],
  ]);
  const password = form({
    call,
    action: `${PATH}/password`,
    submit: words.change,
    faults,
    plain: true,
    body: html`
      ${textField({
        name: 'current',
        label: words.current,
        value: '',
        type: 'password',
        autocomplete: 'current-password',
        max: 200,
        required: true,
        fault: faults.fields['current'] ?? null,
      })}
      ${textField({
        name: 'password',
        label: words.fresh,
        hint: words.changeHint,
        value: '',
        type: 'password',
        autocomplete: 'new-password',
        max: 200,
        required: true,
        fault: faults.fields['password'] ?? null,
      })}
    `,
  });
  const second =
    twoFactor === null
      ? html`
        <p class="text">${words.twoFactorOff}</p>
        <p class="acts">${linkButton(`${PATH}/two-factor`, words.setUp)}</p>
      `
      : html`
        <p class="text">${words.twoFactorOn(dayOfText(twoFactor.since, call), twoFactor.recoveryCodesLeft)}</p>
        <p class="acts">${linkButton(`${PATH}/two-factor`, words.manage)}</p>
      `;
  const body = html`
    ${pageHead({ title: words.title, lead: account.name })}
    ${doneNotice(call, words.done)}
    ${about}
    ${section(words.twoFactor, second)}
    ${section(words.sessions, sessionList(sessions, call))}
    ${section(words.passwordTitle, password)}
  `;
  return page(words.title, body, faults);
}

function sessionList(sessions: readonly OwnSession[], call: PageCall): Html {
  const words = peopleWordsOf(call.language).own;
  const rows = sessions.map(
    ({ device, startedAt, lastSeenAt, isThis }) =>
      html`
        <li>
          <div><b>${device ?? words.unknownDevice}</b>
            <p class="hint">${words.since(whenText(startedAt, call), whenText(lastSeenAt, call))}</p>
          </div>
          ${isThis && html`<div>${stateMark(words.thisOne, 'good')}</div>`}
        </li>
      `,
  );
  const others =
    sessions.length > 1 &&
    html`
      <p class="hint">${words.sessionsHint}</p>
      ${actionButton({ call, action: `${PATH}/sessions`, text: words.endOthers })}
    `;
  return html`<ul class="rows">${rows}</ul>${others}`;
}
