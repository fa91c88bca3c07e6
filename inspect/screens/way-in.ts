// The screens before the desk is open: signing in, choosing a PIN, entering it, and what ends it all.

import { html, type Html } from '../../server/web/html.ts';
import type { InspectAppWords } from '../../server/web/words/vi/inspect-app.ts';
import { PIN_DIGITS_MAX } from '../core/keys.ts';
import { button, field, submit } from './parts.ts';
import type { Screen } from './screen.ts';

export interface WayIn {
  words: InspectAppWords;
  message: string;
  warnings: readonly Html[];
}

function plain(id: string, heading: string, body: Html, { words, message, warnings }: WayIn): Screen {
  const other = button('language', words.otherLanguage);
  return {
    id: `${id} ${words.otherLanguage}`,
    title: words.title,
    frame: html`<header><h1 tabindex="-1">${heading}</h1>${html`<span class="lang">${other}</span>`}</header>
<div data-part="warnings"></div><div class="p">${body}</div>`,
    parts: {
      message: html`${message !== '' && html`<p class="said bad" role="alert">${message}</p>`}`,
      warnings: html`${warnings}`,
    },
  };
}

const MESSAGE = html`<div data-part="message"></div>`;

/** @param needsCode the account has a second step */
export function signInScreen(way: WayIn, needsCode: boolean, deviceName: string): Screen {
  const own = way.words.signIn;
  const code = needsCode && field('code', own.code, { hint: own.codeHint, mode: 'numeric', complete: 'one-time-code' });
  const fields = [
    field('login', own.login, { complete: 'username', focus: true }),
    field('password', own.password, { type: 'password', complete: 'current-password' }),
    code,
    field('device', own.deviceName, { value: deviceName, hint: own.deviceHint }),
  ];
  const form = html`<p>${own.lead}</p><form data-form="sign-in">${fields}${MESSAGE}${submit(own.submit)}</form>`;
  return plain(needsCode ? 'sign-in-code' : 'sign-in', own.heading, form, way);
}

export function newPinScreen(way: WayIn): Screen {
  const own = way.words.signIn;
  const pin = { type: 'password', mode: 'numeric', complete: 'new-password' };
  const fields = [
    field('pin', own.newPin, { ...pin, hint: own.newPinHint, focus: true }),
    field('again', own.newPinAgain, pin),
  ];
  return plain(
    'new-pin',
    own.newPin,
    html`<form data-form="new-pin">${fields}${MESSAGE}${submit(own.keepPin)}</form>`,
    way,
  );
}

export function unlockScreen(way: WayIn, name: string): Screen {
  const own = way.words.unlock;
  const pin = field('pin', own.pin, { type: 'password', mode: 'numeric', focus: true });
  const forgot = html`<p>${button('forgot', own.forgot)}</p>`;
  const form = html`<form data-form="unlock" data-max="${PIN_DIGITS_MAX}">${pin}${MESSAGE}${submit(own.submit)}</form>`;
  return plain('unlock', own.heading, html`<p><b>${own.hello(name)}</b></p>${form}${forgot}`, way);
}

export function shutScreen(way: WayIn): Screen {
  const own = way.words.ended;
  return plain('shut', own.shut, html`<p>${own.shutText}</p>${button('again', way.words.signIn.submit)}`, way);
}

export function otherTabScreen(way: WayIn): Screen {
  const own = way.words.home;
  const use = button('use-here', own.useHere, { filled: true });
  return plain('other-tab', own.otherTab, html`<p>${own.otherTabText}</p>${use}`, way);
}
