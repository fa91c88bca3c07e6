// The accounts of an office: a list with filters, invitations by a link that is shown once, and one account's page.

import { changeUser, changeUserInput } from '../../../actions/people/change-user.ts';
import { invitePassword } from '../../../actions/people/invite.ts';
import { listUsers, readUser } from '../../../actions/people/read.ts';
import { readOffice, readProducer } from '../../../actions/registry/read.ts';
import { runAction } from '../../../actions/kit/run-action.ts';
import { endTwoFactorOf } from '../../../actions/people/two-factor.ts';
import type { UserShown } from '../../../actions/people/make-user.ts';
import { ROLES } from '../../../domain/people/account.ts';
import type { Page as PageOf, PageRequest } from '../../../store/store.ts';
import { doneValue, valueOf } from '../../outcome.ts';
import { html } from '../../html.ts';
import { frameWordsOf, peopleWordsOf } from '../../words/words.ts';
import { go, sent, sentVersion, type ConsoleRoute, type PageAnswer, type PageCall, idIn } from '../console-route.ts';
import { actionButton, form, hiddenField, selectField, textField } from '../fields.ts';
import { type FormFaults, formFaults, NO_FAULTS } from '../form-faults.ts';
import { heldFaults } from '../forms/held-forms.ts';
import { listRoutes, type ListView } from '../list-page.ts';
import { stateMark, type Column } from '../list.ts';
import { dayOfText } from '../moments.ts';
import { doneNotice } from '../notices.ts';
import { card, columns as twoColumns, facts, linkButton, pageHead, section, page, type Page } from '../page-head.ts';
import { changeOpenness, openness } from './shut-account.ts';
import { inviteRoutes, linkPage, openInvitations } from './invite-page.ts';
import { runChange } from '../run-form.ts';

const PATH = '/console/users';

export const userRoutes: readonly ConsoleRoute[] = [
  ...listRoutes({ path: PATH, right: 'keep-accounts', nav: 'users' }, list),
  ...inviteRoutes,
  {
    method: 'get',
    path: `${PATH}/:id`,
    right: 'keep-accounts',
    nav: 'users',
    handle: (call) => userPage(call),
  },
  { method: 'post', path: `${PATH}/:id`, right: 'keep-accounts', nav: 'users', handle: rename },
  { method: 'post', path: `${PATH}/:id/shut`, right: 'keep-accounts', nav: 'users', handle: shut },
  {
    method: 'post',
    path: `${PATH}/:id/password`,
    gate: 'passwords',
    right: 'keep-accounts',
    nav: 'users',
    handle: passwordLink,
  },
  { method: 'post', path: `${PATH}/:id/two-factor`, right: 'keep-accounts', nav: 'users', handle: endTwoFactor },
];

interface Row {
  user: UserShown;
  place: string | null;
}

async function list(call: PageCall): Promise<ListView<Row>> {
  const { actor, ctx, language, query } = call;
  const words = peopleWordsOf(language).users;
  const frame = frameWordsOf(language);
  const role = ROLES.find((known) => known === query['role']);
  const read = async (page: PageRequest): Promise<PageOf<Row>> => {
    const found = valueOf(await listUsers(actor, { ...page, role }, ctx));
    const places = await placeNames(found.items, call);
    return { items: found.items.map((user) => ({ user, place: places.get(user.id) ?? null })), next: found.next };
  };
  const columns: Column<Row>[] = [
    { key: 'name', head: words.person, cell: ({ user }) => user.name, card: 'title' },
    { key: 'login', head: words.login, cell: ({ user }) => user.login, card: 'plain' },
    { key: 'role', head: words.role, cell: ({ user }) => frame.roles[user.role], card: 'inline' },
    { key: 'place', head: words.place, cell: ({ place }) => place, card: 'plain' },
    { key: 'step', head: words.twoFactor, cell: ({ user }) => (user.hasTwoFactor ? words.on : words.off) },
    {
      key: 'state',
      head: words.state,
      cell: ({ user }) => (user.disabledAt === null ? stateMark(words.open, 'good') : stateMark(words.shut, 'over')),
      card: 'plain',
    },
  ];
  return {
    path: PATH,
    words,
    filters: [
      selectField({
        name: 'role',
        label: words.role,
        value: role ?? '',
        blank: words.anyRole,
        options: ROLES.map((value) => ({ value, text: frame.roles[value] })),
      }),
    ],
    columns,
    read,
    hrefOf: ({ user }) => `${PATH}/${user.id}`,
    links: [linkButton(`${PATH}/invite`, words.invite, true), linkButton(`${PATH}/keys`, words.keys)],
    below: query['after'] === undefined ? await openInvitations(call) : null,
  };
}

async function rename(call: PageCall): Promise<PageAnswer> {
  const { form: sentForm, params } = call;
  const id = params['id'] ?? '';
  const outcome = await runChange(call, changeUserInput, { name: sent(sentForm, 'name') }, changeUser, readUser);
  if (outcome.ok) return go(`${PATH}/${id}`, 'saved');
  return userPage(call, formFaults(outcome.problem, call));
}

async function shut(call: PageCall): Promise<PageAnswer> {
  const { form: sentForm, language, params } = call;
  const outcome = await changeOpenness(call);
  const words = peopleWordsOf(language).users;
  if (outcome.ok) return go(`${PATH}/${params['id'] ?? ''}`, sent(sentForm, 'disabled') === 'yes' ? 'shut' : 'open');
  if (outcome.problem.errors === undefined) doneValue(outcome);
  const faults = formFaults(outcome.problem, call, words.faults);
  return userPage(call, faults);
}

async function passwordLink(call: PageCall): Promise<PageAnswer> {
  return linkPage(call, doneValue(await runAction(invitePassword, call.actor, { userId: idIn(call) }, call.ctx)));
}

async function endTwoFactor({ actor, ctx, form: sentForm, params }: PageCall): Promise<PageAnswer> {
  const id = params['id'] ?? '';
  doneValue(await endTwoFactorOf(actor, { id, version: sentVersion(sentForm) }, ctx));
  return go(`${PATH}/${id}`, 'two-factor');
}

async function userPage(call: PageCall, faults: FormFaults = heldFaults(call)): Promise<Page> {
  const { actor, ctx, language, params } = call;
  const words = peopleWordsOf(language).users;
  const frame = frameWordsOf(language);
  const user = valueOf(await readUser(actor, params['id'] ?? '', ctx));
  const places = await placeNames([user], call);
  const at = `${PATH}/${user.id}`;
  const isOpen = user.disabledAt === null;
  const main = html`${facts([
    [words.login, user.login],
    [words.role, frame.roles[user.role]],
    [words.place, places.get(user.id) ?? null],
    [words.made, dayOfText(user.createdAt, call)],
    [words.twoFactor, user.hasTwoFactor ? words.on : words.off],
    [words.state, isOpen ? stateMark(words.open, 'good') : stateMark(words.shut, 'over')],
  ])}${section(
    words.rename,
    form({
      call,
      action: at,
      submit: frame.form.save,
      version: user.version,
      faults: call.held?.path === at || call.held === null ? faults : NO_FAULTS,
      plain: true,
      body: textField({
        name: 'name',
        label: words.person,
        value: sent(call.form, 'name') || user.name,
        max: 120,
        required: true,
        fault: faults.fields['name'] ?? null,
      }),
    }),
  )}`;
  const version = hiddenField('version', user.version);
  const side = html`
    ${
      isOpen &&
      card(
        words.passwordTitle,
        html`
          <p class="hint">${words.passwordText}</p>
          ${actionButton({ call, action: `${at}/password`, text: words.passwordButton })}
        `,
      )
    }
    ${
      user.hasTwoFactor &&
      card(
        words.endTwoFactorTitle,
        html`
          <p class="hint">${words.endTwoFactorText}</p>
          ${actionButton({ call, action: `${at}/two-factor`, text: words.endTwoFactorButton, fields: [version] })}
        `,
      )
    }
    ${await openness(call, user, faults)}
  `;
  const body = html`
    ${pageHead({ title: user.name, lead: frame.roles[user.role] })}
    ${doneNotice(call, words.done)}
    ${twoColumns(main, side)}
  `;
  return page(user.name, body, faults);
}

/** Account -> the name of the producer or office it belongs to. */
async function placeNames(users: readonly UserShown[], { actor, ctx }: PageCall): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const { id, producerId, officeId } of users) {
    const place =
      producerId !== null
        ? await readProducer(actor, producerId, ctx)
        : officeId !== null
          ? await readOffice(actor, officeId, ctx)
          : null;
    if (place?.ok === true) names.set(id, place.value.name);
  }
  return names;
}
