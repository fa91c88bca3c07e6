// Invitations to create an account, by a link that is shown once, and the open ones.

import { allOf } from '../../../actions/kit/every-of.ts';
import {
  invite,
  inviteInput,
  listInvitations,
  withdrawInvitation,
  type InvitationShown,
  type MadeInvitation,
} from '../../../actions/people/invite.ts';
import { runAction } from '../../../actions/kit/run-action.ts';
import { ROLES, type Role } from '../../../domain/people/account.ts';
import { isOpenInvitation } from '../../../domain/people/invitation.ts';
import { doneValue, valueOf } from '../../outcome.ts';
import { html, type Html } from '../../html.ts';
import { frameWordsOf, peopleWordsOf } from '../../words/words.ts';
import { go, sent, type ConsoleRoute, type PageAnswer, type PageCall, formRoutes } from '../console-route.ts';
import { actionButton, form, textField } from '../fields.ts';
import { type FormFaults, formFaults } from '../form-faults.ts';
import { heldFaults } from '../forms/held-forms.ts';
import { whenText } from '../moments.ts';
import { notice } from '../notices.ts';
import { linkButton, pageHead, section, type Page, page } from '../page-head.ts';
import { personNames } from '../person-names.ts';
import { isChoice, officeOptions, producerOptions } from '../record-options.ts';
import { partOf } from '../list.ts';
import { runForm } from '../run-form.ts';
import { formFields } from '../form-fields.ts';

const PATH = '/console/users';
/** Few links are open at a time, because they expire after three days. */
const LINKS_SHOWN = 50;

export const inviteRoutes: readonly ConsoleRoute[] = [
  ...formRoutes({ path: `${PATH}/invite`, right: 'keep-accounts', nav: 'users' }, invitePage, makeInvitation),
  { method: 'post', path: `${PATH}/invitations/:id/withdraw`, right: 'keep-accounts', nav: 'users', handle: withdraw },
];

export async function openInvitations(call: PageCall): Promise<Html | null> {
  const words = peopleWordsOf(call.language).users;
  const now = call.ctx.now();
  const all = valueOf(
    await allOf(
      (page) => listInvitations(call.actor, page, call.ctx),
      (one) => isOpenInvitation({ ...one, tokenHash: '' }, now),
    ),
  );
  if (all.length === 0) return null;
  const { rows: open, ways } = partOf(all, { name: 'links', max: LINKS_SHOWN, call });
  const makers = await personNames(call, open);
  const row = ({ id, name, purpose, expiresAt, by }: InvitationShown): Html =>
    html`
      <li>
        <div><b>${name}</b>
          <p class="hint">${words.purposes[purpose]}, ${words.until(whenText(expiresAt, call))}</p>
          <p class="hint">${words.by(makers.get(by) ?? words.system)}</p>
        </div>
        ${actionButton({ call, action: `${PATH}/invitations/${id}/withdraw`, text: words.withdraw, look: 'quiet' })}
      </li>
    `;
  return section(words.invitations, html`<ul class="rows">${open.map(row)}</ul>${ways}`);
}

async function makeInvitation(call: PageCall): Promise<PageAnswer> {
  const { form: sentForm, language } = call;
  const role = sent(sentForm, 'role');
  const place = {
    producer: { producerId: sent(sentForm, 'producerId') || undefined },
    inspector: officeOfForm(call),
    office: officeOfForm(call),
    admin: {},
  };
  const input = { role, name: sent(sentForm, 'name'), ...(isRole(role) ? place[role] : {}) };
  const outcome = await runForm(call, inviteInput, input, invite);
  if (outcome.ok) return linkPage(call, doneValue(outcome));
  return invitePage(call, formFaults(outcome.problem, call, peopleWordsOf(language).users.faults));
}

function officeOfForm({ actor, form: sentForm }: PageCall): { officeId?: string | undefined } {
  return actor.role === 'admin' ? { officeId: sent(sentForm, 'officeId') || undefined } : {};
}

async function withdraw({ actor, ctx, params }: PageCall): Promise<PageAnswer> {
  doneValue(await runAction(withdrawInvitation, actor, { id: params['id'] ?? '' }, ctx));
  return go(PATH, 'withdrawn');
}

async function invitePage(call: PageCall, faults: FormFaults = heldFaults(call)): Promise<Page> {
  const { actor, language } = call;
  const words = peopleWordsOf(language).users;
  const frame = frameWordsOf(language);
  const blank = frame.form.choose;
  const field = formFields(call, words, { faults });
  const roles = ROLES.filter((role) => role !== 'admin' || actor.role === 'admin');
  const asked = call.query['producerId'];
  const producers = await producerOptions(call, field.shown('producerId', asked));
  const offices = actor.role === 'admin' ? await officeOptions(call, field.shown('officeId')) : null;
  const body = html`${pageHead({ title: words.inviteTitle, lead: words.inviteLead })}${form({
    call,
    action: `${PATH}/invite`,
    submit: words.makeLink,
    faults,
    cancel: PATH,
    body: [
      field.text('name', { label: words.forWhom, hint: words.forWhomHint, max: 120, required: true }),
      field.radio(
        'role',
        roles.map((value) => ({ value, text: frame.roles[value], hint: words.roleHints[value] })),
        { value: 'producer' },
      ),
      field.select('producerId', producers, { label: words.producer, value: asked, blank }),
      offices !== null && isChoice(offices) && field.select('officeId', offices, { label: words.office, blank }),
    ],
  })}`;
  return page(words.inviteTitle, body, faults);
}

export function linkPage(call: PageCall, { invitation, token }: MadeInvitation): Page {
  const words = peopleWordsOf(call.language).users;
  const back = html`<p class="acts">${linkButton(PATH, words.back)}</p>`;
  if (token === null)
    return {
      kind: 'page',
      title: words.linkTitle,
      body: html`${pageHead({ title: words.linkTitle })}${notice('warn', words.linkLost)}${back}`,
    };
  const address = `${call.ctx.settings.publicOrigin}/invitation/${token}`;
  const field = textField({ name: 'link', label: words.link, hint: words.copyHint, value: address, plain: true });
  const body = html`
    ${pageHead({ title: words.linkTitle, lead: words.linkLead(invitation.name) })}
    <div class="form link-out">
      ${field}
      <p class="hint">${words.until(whenText(invitation.expiresAt, call))}</p>
    </div>
    ${back}
  `;
  return { kind: 'page', title: words.linkTitle, body };
}

function isRole(text: string): text is Role {
  return ROLES.some((role) => role === text);
}
