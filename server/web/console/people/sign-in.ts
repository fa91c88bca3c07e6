// Signing in and out: login and password, then a code if the person has set up a second step. The form keeps the login
// that was typed. sign-in-guard.ts decides how often passwords and codes may be tried.

import { SESSION_MS_MAX, type SignedIn } from '../../../actions/people/begin-session.ts';
import { openSession } from '../../../actions/people/identify-session.ts';
import type { TriedFrom } from '../../../actions/people/check-password.ts';
import { DEVICE_DAYS, withMarkOf } from '../../../actions/people/known-device.ts';
import { finishSignIn, signIn } from '../../../actions/people/sign-in.ts';
import { signOut } from '../../../actions/people/sign-out.ts';
import type { Problem } from '../../../domain/problem.ts';
import { html } from '../../html.ts';
import { deviceCookie, endedSessionCookie, sessionCookie } from '../../session-cookie.ts';
import { peopleWordsOf } from '../../words/words.ts';
import { sent, type ConsoleRoute, type OpenCall, type PageAnswer } from '../console-route.ts';
import { hiddenField, textField } from '../fields.ts';
import { doneNotice, notice } from '../notices.ts';
import { button, pageHead, type Page } from '../page-head.ts';

const HOME = '/console';

const FORM_BYTES_MAX = 4_096;

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
  if (session !== null) return { kind: 'go', to: HOME };
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
  const password = form.fields['password']?.[0] ?? '';
  const accepted = await signIn({ login, password, device, from: triedFrom(call) }, ctx);
  if (!accepted.ok) {
    const seconds = waitOf(accepted.problem);
    if (seconds === null) return shown(401, words.wrong);
    return { ...shown(429, words.wait(Math.max(1, Math.ceil(seconds / 60)))), retryAfterSeconds: seconds };
  }
  if (accepted.value.kind === 'second-step')
    return codePage(call, { ticket: accepted.value.ticket, fault: null, next });
  return enter(call, accepted.value, next);
}

async function takeCode(call: OpenCall): Promise<PageAnswer> {
  const { ctx, device, form } = call;
  const words = peopleWordsOf(call.language);
  const next = nextOf(sent(form, 'next'));
  const ticket = sent(form, 'ticket');
  const signedIn = await finishSignIn({ ticket, code: sent(form, 'code'), device, from: triedFrom(call) }, ctx);
  if (!signedIn.ok) {
    const { problem } = signedIn;
    if (problem.code === 'not-signed-in')
      return { ...loginPage(call, { typed: '', fault: words.step.late, next }), status: 401 };
    const seconds = waitOf(problem);
    if (seconds === null) return { ...codePage(call, { ticket, fault: words.step.wrong, next }), status: 401 };
    const fault = words.login.wait(Math.max(1, Math.ceil(seconds / 60)));
    return { ...codePage(call, { ticket, fault, next }), status: 429, retryAfterSeconds: seconds };
  }
  return enter(call, signedIn.value, next);
}

async function leave(call: OpenCall): Promise<PageAnswer> {
  await endSessionOf(call);
  return { kind: 'go', to: '/login', cookies: [endedSessionCookie(call.isSecure)] };
}

/** Ends the session that this browser brought, whosever it was. */
async function endSessionOf({ sessionToken: token, ctx }: OpenCall): Promise<void> {
  const session = token === null ? null : await openSession(token, ctx);
  if (token !== null && session !== null) await signOut(session.actor, token, ctx);
}

/** Begins the visit of a person who signed in; the browser's session of before, which nobody could end any more, ends. */
export async function enter(call: OpenCall, { token, user }: SignedIn, next: string | null): Promise<PageAnswer> {
  await endSessionOf(call);
  return {
    kind: 'go',
    to: next ?? HOME,
    cookies: [
      sessionCookie(token, SESSION_MS_MAX / 1_000, call.isSecure),
      deviceCookie(withMarkOf(call.deviceMarks, user.id, call.ctx), DEVICE_DAYS * 86_400, call.isSecure),
    ],
  };
}

/** Where a password is typed, for counting tries. */
export function triedFrom({ network, deviceMarks }: OpenCall): TriedFrom {
  return { network, marks: deviceMarks };
}

/** Seconds until the next try is allowed; null: there were not too many. */
function waitOf({ code, details }: Problem): number | null {
  const seconds = details?.['retryAfterSeconds'];
  return code === 'too-many-requests' && typeof seconds === 'number' ? seconds : null;
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

/** The address of one of our pages to return to; any other address is ignored. */
function nextOf(text: string | undefined): string | null {
  return text !== undefined && /^\/(?:console|inspect)(?:[/?][\w\-./?&=%:+~]*)?$/.test(text) && text.length <= 500
    ? text
    : null;
}
