// Signing in and out: login and password, then a code where the person has set up a second step. The form keeps the
// login that was typed; how often it may be tried, login-guard.ts decides, codes too.

import { SESSION_MS_MAX, type SignedIn } from '../../../actions/people/begin-session.ts';
import { openSession } from '../../../actions/people/identify-session.ts';
import { finishSignIn, ownerOfTicket, signIn } from '../../../actions/people/sign-in.ts';
import { signOut } from '../../../actions/people/sign-out.ts';
import type { Role } from '../../../domain/people/account.ts';
import { html } from '../../html.ts';
import { endedSessionCookie, sessionCookie } from '../../session-cookie.ts';
import { peopleWordsOf } from '../../words/words.ts';
import { sent, type ConsoleRoute, type OpenCall, type PageAnswer } from '../console-route.ts';
import { hiddenField, textField } from '../fields.ts';
import { doneNotice, notice } from '../notices.ts';
import { button, pageHead } from '../page-head.ts';

const FORM_BYTES_MAX = 4_096;

type Page = Extract<PageAnswer, { kind: 'page' }>;

export const signInRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: '/login', right: 'public', nav: null, handle: showLogin },
  {
    method: 'post',
    path: '/login',
    gate: 'passwords',
    right: 'public',
    nav: null,
    formBytesMax: FORM_BYTES_MAX,
    handle: takeLogin,
  },
  { method: 'post', path: '/login/code', right: 'public', nav: null, formBytesMax: FORM_BYTES_MAX, handle: takeCode },
  { method: 'post', path: '/logout', right: 'public', nav: null, handle: leave },
];

async function showLogin(call: OpenCall): Promise<PageAnswer> {
  const session = call.sessionToken === null ? null : await openSession(call.sessionToken, call.ctx);
  if (session !== null) return { kind: 'go', to: homeOf(session.actor.role) };
  return loginPage(call, { typed: '', fault: null, next: nextOf(call.query['next']) });
}

async function takeLogin(call: OpenCall): Promise<PageAnswer> {
  const { ctx, device, form } = call;
  const words = peopleWordsOf(call.language).login;
  const login = sent(form, 'login').toLowerCase();
  const next = nextOf(sent(form, 'next'));
  const shown = (status: number, fault: string): Page => ({
    ...loginPage(call, { typed: login.slice(0, 64), fault, next }),
    status,
  });
  const seconds = mayTry(call, login);
  if (seconds !== null)
    return { ...shown(429, words.wait(Math.max(1, Math.ceil(seconds / 60)))), retryAfterSeconds: seconds };
  const accepted = await signIn({ login, password: form.fields['password']?.[0] ?? '', device }, ctx);
  if (!accepted.ok) return shown(401, words.wrong);
  call.desk.guard.succeeded(login, call.network, ctx.now().getTime());
  if (accepted.value.kind === 'second-step')
    return codePage(call, { ticket: accepted.value.ticket, fault: null, next });
  return enter(call, accepted.value, next);
}

async function takeCode(call: OpenCall): Promise<PageAnswer> {
  const { ctx, device, form } = call;
  const words = peopleWordsOf(call.language);
  const next = nextOf(sent(form, 'next'));
  const ticket = sent(form, 'ticket');
  const owner = ownerOfTicket(ticket, ctx);
  const late = (): Page => ({ ...loginPage(call, { typed: '', fault: words.step.late, next }), status: 401 });
  if (owner === null) return late();
  const name = `code ${owner}`;
  const seconds = mayTry(call, name);
  if (seconds !== null) {
    return {
      ...codePage(call, { ticket, fault: words.login.wait(Math.max(1, Math.ceil(seconds / 60))), next }),
      status: 429,
      retryAfterSeconds: seconds,
    };
  }
  const signedIn = await finishSignIn({ ticket, code: sent(form, 'code'), device }, ctx);
  if (!signedIn.ok)
    return signedIn.problem.code === 'not-signed-in'
      ? late()
      : { ...codePage(call, { ticket, fault: words.step.wrong, next }), status: 401 };
  call.desk.guard.succeeded(name, call.network, ctx.now().getTime());
  return enter(call, signedIn.value, next);
}

async function leave(call: OpenCall): Promise<PageAnswer> {
  const { sessionToken: token, ctx } = call;
  const session = token === null ? null : await openSession(token, ctx);
  if (token !== null && session !== null) await signOut(session.actor, token, ctx);
  return { kind: 'go', to: '/login', cookies: [endedSessionCookie(call.isSecure)] };
}

/** Begins the visit of somebody who is signed in. */
export function enter(call: OpenCall, { token, user }: SignedIn, next: string | null): PageAnswer {
  return {
    kind: 'go',
    to: next ?? homeOf(user.role),
    cookies: [sessionCookie(token, SESSION_MS_MAX / 1_000, call.isSecure)],
  };
}

/** Null: it may be tried; else how many seconds to wait. */
function mayTry({ ctx, desk, network }: OpenCall, login: string): number | null {
  return desk.guard.take(login, network, ctx.now().getTime());
}

function loginPage(
  call: OpenCall,
  { typed, fault, next }: { typed: string; fault: string | null; next: string | null },
): Page {
  const words = peopleWordsOf(call.language).login;
  const body = html`
    ${pageHead({ title: words.title, lead: next === null ? words.lead : words.first })}
    ${doneNotice(call, { ready: words.ready })}
    <form class="form" method="post" action="/login">
      ${fault !== null && notice('fault', words.failed, fault)}
      ${next !== null && hiddenField('next', next)}
      ${textField({
        name: 'login',
        label: words.login,
        value: typed,
        autocomplete: 'username',
        max: 64,
        required: true,
        plain: true,
      })}
      ${textField({
        name: 'password',
        label: words.password,
        value: '',
        type: 'password',
        autocomplete: 'current-password',
        max: 200,
        required: true,
      })}
      <div class="acts">${button(words.submit)}</div>
    </form>
  `;
  return { kind: 'page', title: words.title, body };
}

function codePage(
  call: OpenCall,
  { ticket, fault, next }: { ticket: string; fault: string | null; next: string | null },
): Page {
  const words = peopleWordsOf(call.language);
  const body = html`
    ${pageHead({ title: words.step.title, lead: words.step.lead })}
    <form class="form" method="post" action="/login/code">
      ${fault !== null && notice('fault', words.login.failed, fault)}
      ${hiddenField('ticket', ticket)}
      ${next !== null && hiddenField('next', next)}
      ${textField({
        name: 'code',
        label: words.step.code,
        hint: words.step.hint,
        value: '',
        autocomplete: 'one-time-code',
        max: 40,
        required: true,
        plain: true,
      })}
      <div class="acts">${button(words.step.submit)}</div>
    </form>
  `;
  return { kind: 'page', title: words.step.title, body };
}

function homeOf(role: Role): '/console' | '/inspect' {
  return role === 'inspector' ? '/inspect' : '/console';
}

/** A page of ours to come back to; anything else is no address to be led to. */
function nextOf(text: string | undefined): string | null {
  return text !== undefined && /^\/(?:console|inspect)(?:[/?][\w\-./?&=%:+~]*)?$/.test(text) && text.length <= 500
    ? text
    : null;
}
