// The form to sign in. It keeps the login that was typed and says beside the fields what is wrong.

import type { Language } from '../../scan/answer.ts';
import { html } from '../html.ts';
import { consoleWordsOf } from '../words/console.ts';
import { consolePage } from './frame.ts';

export type LoginFault = { kind: 'wrong' } | { kind: 'busy' } | { kind: 'other-site' } | { kind: 'wait'; seconds: number };

export function loginPage(typed: string, fault: LoginFault | null, language: Language): string {
  const words = consoleWordsOf(language).login;
  const told = fault === null ? null : html`<p class="er" id="fault" role="alert"><b>${faultText(fault, words)}</b></p>`;
  const described = fault !== null && html` aria-describedby="fault"`;
  const body = html`<h1>${words.title}</h1><p>${words.lead}</p>${told}<form method="post" action="/login?lang=${language}"><div><label for="login">${words.login}</label><input id="login" name="login" value="${typed}" autocomplete="username" autocapitalize="none" spellcheck="false" required maxlength="64"${described}></div><div><label for="password">${words.password}</label><input id="password" name="password" type="password" autocomplete="current-password" required maxlength="200"${described}></div><button class="k i">${words.submit}</button></form>`;
  return consolePage({ language, title: words.title, body, signedIn: false });
}

function faultText(fault: LoginFault, words: ReturnType<typeof consoleWordsOf>['login']): string {
  switch (fault.kind) {
    case 'wrong':
      return words.wrong;
    case 'busy':
      return words.busy;
    case 'other-site':
      return words.otherSite;
    case 'wait':
      return words.wait(Math.max(1, Math.ceil(fault.seconds / 60)));
    default:
      return fault satisfies never;
  }
}
