// Signing in and out. The form keeps the login that was typed; how often it may be tried, login-guard.ts decides.

import { SESSION_MS_MAX, signIn } from '../../../actions/sign-in.ts';
import { signOut } from '../../../actions/sign-out.ts';
import { identifySession } from '../../../actions/identify-session.ts';
import type { Role } from '../../../domain/account.ts';
import { html } from '../../html.ts';
import { endedSessionCookie, sessionCookie } from '../../session-cookie.ts';
import { accountWordsOf } from '../../words/console/account.ts';
import { ProblemError } from '../../errors.ts';
import { sent, type ConsoleRoute, type OpenCall, type PageAnswer } from '../console-route.ts';
import { hiddenField, textField } from '../fields.ts';
import { notice } from '../notices.ts';
import { button, pageHead } from '../page-head.ts';

/** Passwords that are checked at once; each takes 19 MiB and some 20 ms. */
const SIGN_INS_AT_ONCE_MAX = 8;
const BUSY_SECONDS = 5;

type Page = Extract<PageAnswer, { kind: 'page' }>;

export const signInRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: '/login', right: 'public', nav: null, handle: showLogin },
  { method: 'post', path: '/login', right: 'public', nav: null, formBytesMax: 4_096, handle: takeLogin },
  { method: 'post', path: '/logout', right: 'public', nav: null, handle: leave },
];

async function showLogin(call: OpenCall): Promise<PageAnswer> {
  const actor = call.sessionToken === null ? null : await identifySession(call.sessionToken, call.ctx);
  if (actor?.kind === 'person') return { kind: 'go', to: homeOf(actor.role) };
  return loginPage(call, { typed: '', fault: null, next: nextOf(call.query['next']) });
}

async function takeLogin(call: OpenCall): Promise<PageAnswer> {
  const { ctx, desk, form, network } = call;
  const words = accountWordsOf(call.language).login;
  const login = sent(form, 'login').toLowerCase();
  const next = nextOf(sent(form, 'next'));
  const shown = (status: number, fault: string): Page => ({ ...loginPage(call, { typed: login.slice(0, 64), fault, next }), status });
  if (desk.underWay >= SIGN_INS_AT_ONCE_MAX) throw new ProblemError({ code: 'too-many-requests', detail: words.busy }, BUSY_SECONDS);
  const seconds = desk.guard.take(login, network, ctx.now().getTime());
  if (seconds !== null) return { ...shown(429, words.wait(Math.max(1, Math.ceil(seconds / 60)))), retryAfterSeconds: seconds };
  desk.underWay += 1;
  const signedIn = await signIn({ login, password: form.fields['password']?.[0] ?? '' }, ctx).finally(() => (desk.underWay -= 1));
  if (!signedIn.ok) return shown(401, words.wrong);
  desk.guard.succeeded(login, network, ctx.now().getTime());
  const { token, user } = signedIn.value;
  return { kind: 'go', to: next ?? homeOf(user.role), cookies: [sessionCookie(token, SESSION_MS_MAX / 1_000, call.isSecure)] };
}

async function leave(call: OpenCall): Promise<PageAnswer> {
  const { sessionToken: token, ctx } = call;
  const actor = token === null ? null : await identifySession(token, ctx);
  if (token !== null && actor !== null) await signOut(actor, token, ctx);
  return { kind: 'go', to: '/login', cookies: [endedSessionCookie(call.isSecure)] };
}

function loginPage(call: OpenCall, { typed, fault, next }: { typed: string; fault: string | null; next: string | null }): Page {
  const words = accountWordsOf(call.language).login;
  const body = html`${pageHead({ title: words.title, lead: next === null ? words.lead : words.first })}<form class="form" method="post" action="/login">${fault !== null && notice('fault', words.failed, fault)}${
    next !== null && hiddenField('next', next)
  }${textField({ name: 'login', label: words.login, value: typed, autocomplete: 'username', max: 64, required: true, plain: true })}${textField({
    name: 'password', label: words.password, value: '', type: 'password', autocomplete: 'current-password', max: 200, required: true,
  })}<div class="acts">${button(words.submit)}</div></form>`;
  return { kind: 'page', title: words.title, body };
}

export function homeOf(role: Role): '/console' | '/inspect' {
  return role === 'inspector' ? '/inspect' : '/console';
}

/** A page of ours to come back to; anything else is no address to be led to. */
function nextOf(text: string | undefined): string | null {
  return text !== undefined && /^\/(?:console|inspect)(?:[/?][\w\-./?&=%:+~]*)?$/.test(text) && text.length <= 500 ? text : null;
}
