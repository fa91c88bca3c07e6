// Disabling an account: what ends with it (keys, invitations and print shop links that it answers for), and who may
// take them over in the same step. An account is also enabled again here.

import { changeUser, changeUserInput } from '../../../actions/people/change-user.ts';
import { readHeldCredentials, type HeldShown } from '../../../actions/people/held-credentials.ts';
import type { UserShown } from '../../../actions/people/make-user.ts';
import { listUsers, readUser } from '../../../actions/people/read.ts';
import type { Outcome } from '../../../actions/kit/context.ts';
import { html, type Html } from '../../html.ts';
import { valueOf } from '../../outcome.ts';
import { peopleWordsOf } from '../../words/words.ts';
import { sent, sentVersion, type PageCall } from '../console-route.ts';
import { actionButton, hiddenField, selectField } from '../fields.ts';
import type { FormFaults } from '../form-faults.ts';
import { whenText } from '../moments.ts';
import { card } from '../page-head.ts';
import { pickRecords } from '../picked.ts';
import { readShape } from '../run-form.ts';

/** Disables or enables the account of this page, as the form says. */
export async function changeOpenness({ actor, ctx, form, params }: PageCall): Promise<Outcome<UserShown>> {
  const to = sent(form, 'handOverTo');
  const change = { disabled: sent(form, 'disabled') === 'yes', ...(to === '' ? {} : { handOverTo: to }) };
  const input = readShape(changeUserInput, change);
  if (!input.ok) return input;
  return changeUser(actor, { id: params['id'] ?? '', version: sentVersion(form), change: input.value }, ctx);
}

/** The card beside an account; people cannot disable their own. */
export async function openness(call: PageCall, user: UserShown, faults: FormFaults): Promise<Html | null> {
  if (user.id === call.actor.id) return null;
  const words = peopleWordsOf(call.language).users;
  const isOpen = user.disabledAt === null;
  const held = isOpen ? valueOf(await readHeldCredentials(call.actor, { id: user.id }, call.ctx)) : null;
  const lines = held === null ? [] : heldLines(held, call);
  const what = lines.length > 0 && html`<p>${words.falls}</p><ul class="rows">${lines}</ul>`;
  const choice = lines.length > 0 ? [await successors(call, user, faults)] : [];
  const button = actionButton({
    call,
    action: `/console/users/${user.id}/shut`,
    text: isOpen ? words.shutButton : words.openButton,
    fields: [hiddenField('version', user.version), hiddenField('disabled', isOpen ? 'yes' : 'no'), ...choice],
  });
  return card(words.shutTitle, html`<p class="hint">${words.shutText}</p>${what}${button}`);
}

function heldLines({ keys, invitations, shopLinks }: HeldShown, call: PageCall): Html[] {
  const words = peopleWordsOf(call.language).users;
  const until = (at: string | null): Html | null =>
    at === null ? null : html`<p class="hint">${words.until(whenText(at, call))}</p>`;
  return [
    ...keys.map(({ name, expiresAt }) => html`<li><div>${words.heldKey(name)}${until(expiresAt)}</div></li>`),
    ...invitations.map(
      ({ name, purpose, expiresAt }) =>
        html`<li><div>${words.heldInvitation(name, words.purposes[purpose])}${until(expiresAt)}</div></li>`,
    ),
    ...shopLinks.map(({ shop, expiresAt }) => html`<li><div>${words.heldLink(shop)}${until(expiresAt)}</div></li>`),
  ];
}

async function successors(call: PageCall, user: UserShown, faults: FormFaults): Promise<Html> {
  const { actor, ctx, form, language } = call;
  const words = peopleWordsOf(language).users;
  const { items: open, finder } = await pickRecords(call, sent(form, 'handOverTo') || actor.id, {
    name: 'handOverTo',
    list: (page) => listUsers(actor, page, ctx),
    read: (id) => readUser(actor, id, ctx),
    text: ({ name, login }) => `${name} ${login}`,
    fits: ({ id, disabledAt }) => id !== user.id && disabledAt === null,
  });
  const [own, others] = [open.filter(({ id }) => id === actor.id), open.filter(({ id }) => id !== actor.id)];
  return selectField({
    name: 'handOverTo',
    label: words.handOverTo,
    value: sent(form, 'handOverTo'),
    blank: words.nobody,
    options: {
      finder,
      options: [
        ...own.map(({ id, name }) => ({ value: id, text: words.myself(name) })),
        ...others.map(({ id, name, login }) => ({ value: id, text: `${name} (${login})` })),
      ],
    },
    fault: faults.fields['handOverTo'] ?? null,
  });
}
