// What an invitation's link opens: a form to create one's account, to set a new password, or to create the first admin
// and office.

import {
  acceptAccount,
  acceptAccountInput,
  acceptFirstAdmin,
  acceptFirstAdminInput,
  acceptPassword,
  acceptPasswordInput,
  readInvitation,
  type OpenInvitation,
} from '../../../actions/people/accept-invitation.ts';
import { beginSession } from '../../../actions/people/begin-session.ts';
import type { User } from '../../../domain/people/account.ts';
import { PROVINCES } from '../../../domain/places.ts';
import type { Problem, Result } from '../../../domain/problem.ts';
import { valueOf } from '../../outcome.ts';
import { html, type Html } from '../../html.ts';
import { frameWordsOf, peopleWordsOf } from '../../words/words.ts';
import { go, sent, sentOrNull, type ConsoleRoute, type OpenCall, type PageAnswer } from '../console-route.ts';
import { fieldGroup, form, textField } from '../fields.ts';
import { type FormFaults, formFaults } from '../form-faults.ts';
import { heldFaults } from '../forms/held-forms.ts';
import { linkButton, pageHead } from '../page-head.ts';
import { readShape } from '../run-form.ts';
import { enter } from './sign-in.ts';
import { formFields, choices } from '../form-fields.ts';

export const invitationRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: '/invitation/:token', right: 'public', nav: null, handle: show },
  {
    method: 'post',
    path: '/invitation/:token',
    gate: 'passwords',
    right: 'public',
    nav: null,
    formBytesMax: 8_192,
    handle: take,
  },
];

async function show(call: OpenCall): Promise<PageAnswer> {
  const found = await readInvitation(call.params['token'] ?? '', call.ctx);
  return found.ok ? page(call, found.value, heldFaults(call)) : gonePage(call);
}

async function take(call: OpenCall): Promise<PageAnswer> {
  const token = call.params['token'] ?? '';
  const found = await readInvitation(token, call.ctx);
  if (!found.ok) return gonePage(call);
  const user = await accept(call, token, found.value);
  if (user.ok) {
    // A new password is typed once more at the sign-in, to be sure of it; a new account is signed in at once.
    if (found.value.purpose === 'password') return go('/login', 'ready');
    return enter(call, valueOf(await beginSession(user.value, call.device, call.ctx)), null);
  }
  if (user.problem.code === 'not-found') return gonePage(call);
  return page(call, found.value, faultsOf(call, user.problem));
}

async function accept(
  { ctx, form: sentForm }: OpenCall,
  token: string,
  { purpose, needsOffice }: OpenInvitation,
): Promise<Result<User>> {
  const own = {
    login: sent(sentForm, 'login'),
    name: sent(sentForm, 'name'),
    password: sentForm.fields['password']?.[0] ?? '',
  };
  switch (purpose) {
    case 'account': {
      const input = readShape(acceptAccountInput, own);
      return input.ok ? acceptAccount(token, input.value, ctx) : input;
    }
    case 'password': {
      const input = readShape(acceptPasswordInput, { password: own.password });
      return input.ok ? acceptPassword(token, input.value, ctx) : input;
    }
    case 'first-admin': {
      const office = {
        name: sent(sentForm, 'office.name'),
        province: sent(sentForm, 'office.province'),
        phone: sentOrNull(sentForm, 'office.phone'),
      };
      const input = readShape(acceptFirstAdminInput, { ...own, office: needsOffice ? office : null });
      return input.ok ? acceptFirstAdmin(token, input.value, ctx) : input;
    }
    default:
      return purpose satisfies never;
  }
}

function faultsOf(call: OpenCall, problem: Problem): FormFaults {
  return formFaults(problem, call, peopleWordsOf(call.language).invitation.faults);
}

function page(call: OpenCall, invitation: OpenInvitation, faults: FormFaults): Extract<PageAnswer, { kind: 'page' }> {
  const words = peopleWordsOf(call.language).invitation;
  const frame = frameWordsOf(call.language);
  const { purpose, name, role } = invitation;
  const field = formFields(call, words, { faults });
  const lead = purpose === 'account' ? words.leads.account(frame.roles[role]) : words.leads[purpose];
  const person =
    purpose !== 'password' &&
    html`
      ${field.text('name', {
        value: purpose === 'account' ? name : '',
        autocomplete: 'name',
        max: 120,
        required: true,
      })}
      ${field.text('login', { hint: words.loginHint, autocomplete: 'username', max: 64, required: true, plain: true })}
    `;
  // A password manager stores the new password under its login.
  const login =
    purpose === 'password' &&
    formFields(call, words).text('login', { value: invitation.login, autocomplete: 'username', plain: true });
  const password = textField({
    name: 'password',
    label: words.password,
    hint: words.passwordHint,
    value: '',
    type: 'password',
    autocomplete: 'new-password',
    max: 200,
    required: true,
    fault: faults.fields['password'] ?? null,
  });
  const body = html`${pageHead({ title: words.titles[purpose], lead })}${form({
    call,
    action: `/invitation/${call.params['token'] ?? ''}`,
    submit: words.submits[purpose],
    faults,
    body: html`${person}${login}${password}${invitation.needsOffice && officeFields(call, faults)}`,
  })}`;
  return {
    kind: 'page',
    title: words.titles[purpose],
    body,
    ...(faults.title === null ? {} : { status: 422, faults }),
  };
}

function officeFields(call: OpenCall, faults: FormFaults): Html {
  const words = peopleWordsOf(call.language).invitation;
  const field = formFields(call, words, { faults });
  return fieldGroup(
    words.office,
    null,
    field.text('office.name', { label: words.officeName, max: 160, required: true }),
    field.select(
      'office.province',
      choices(PROVINCES, (province) => province),
      { label: words.province, blank: frameWordsOf(call.language).form.choose, required: true },
    ),
    field.text('office.phone', { label: words.phone, optional: true, type: 'tel', max: 24 }),
  );
}

function gonePage(call: OpenCall): PageAnswer {
  const words = peopleWordsOf(call.language).invitation;
  const body = html`
    ${pageHead({ title: words.goneTitle, lead: words.goneLead })}
    <p>${linkButton('/login', words.toLogin)}</p>
  `;
  return { kind: 'page', title: words.goneTitle, body, status: 404 };
}
