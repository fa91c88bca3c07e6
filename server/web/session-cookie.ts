// The console's four cookies: the session's, a random token of which only a hash is stored; the language that was
// chosen; the marks of those who signed in on this device before (actions/people/known-device.ts); and for ten minutes
// a sealed form of a page before the sign-in (console/forms/held-forms.ts).
//
// By https their names begin with __Host-, so that a browser takes them from this host alone: a sister host, or
// somebody on the way who answers by http, could else put a session of theirs into a visitor's browser.

import { parse } from 'cookie';
import type { Language } from '../domain/language.ts';

const NAME = 'temtrace_session';
const LANGUAGE_NAME = 'temtrace_language';
const DEVICE_NAME = 'temtrace_device';
/** The inspector's app, whose requests carry the phone's proof besides (actions/people/phones/app-session.ts). */
const APP_NAME = 'temtrace_app';
const FORM_NAME = 'temtrace_form';
const FORM_SECONDS = 600;
const FORM_LENGTH_MAX = 3_500;
/** Five marks and the points between them have 219. */
const DEVICE_LENGTH_MAX = 256;
const YEAR_SECONDS = 31_536_000;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** The token in a Cookie header, or null. @param publicOrigin if it is https, no other name counts */
export function readSessionCookie(header: string | undefined, publicOrigin: string): string | null {
  const token = valueOf(header, NAME, publicOrigin);
  return token !== undefined && TOKEN.test(token) ? token : null;
}

/** The Set-Cookie value that begins a session; `secure` wherever the service is reached by https. */
export function sessionCookie(token: string, maxAgeSeconds: number, secure: boolean): string {
  return setCookie(NAME, token, maxAgeSeconds, secure);
}

/** The Set-Cookie value that ends it. */
export function endedSessionCookie(secure: boolean): string {
  return sessionCookie('', 0, secure);
}

/** The token of the inspector's app in a Cookie header, or null. @param publicOrigin as readSessionCookie */
export function readAppCookie(header: string | undefined, publicOrigin: string): string | null {
  const token = valueOf(header, APP_NAME, publicOrigin);
  return token !== undefined && TOKEN.test(token) ? token : null;
}

/** The Set-Cookie value that begins a session of the app, and with '' and 0 the one that ends it. */
export function appCookie(token: string, maxAge: number, secure: boolean): string {
  const rest = `Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAge}${secure ? '; Secure' : ''}`;
  return `${nameOf(APP_NAME, secure)}=${token}; ${rest}`;
}

/** The marks of a known device in a Cookie header, or null. @param publicOrigin as readSessionCookie */
export function readDeviceCookie(header: string | undefined, publicOrigin: string): string | null {
  const marks = valueOf(header, DEVICE_NAME, publicOrigin);
  return marks === undefined || marks === '' || marks.length > DEVICE_LENGTH_MAX ? null : marks;
}

/** The Set-Cookie value that knows this device from now on. */
export function deviceCookie(marks: string, maxAgeSeconds: number, secure: boolean): string {
  return setCookie(DEVICE_NAME, marks, maxAgeSeconds, secure);
}

/** The Set-Cookie value that holds a sealed form until its page is shown. */
export function heldFormCookie(sealed: string, secure: boolean): string {
  return setCookie(FORM_NAME, sealed, FORM_SECONDS, secure);
}

/** The sealed form in a Cookie header, or null. @param publicOrigin as readSessionCookie */
export function readHeldFormCookie(header: string | undefined, publicOrigin: string): string | null {
  const sealed = valueOf(header, FORM_NAME, publicOrigin);
  return sealed === undefined || sealed === '' || sealed.length > FORM_LENGTH_MAX ? null : sealed;
}

/** The language in a Cookie header, or null. Anyone may have set it, because it opens nothing. */
export function readLanguageCookie(header: string | undefined): Language | null {
  const value = valueOf(header, LANGUAGE_NAME, null);
  return value === 'vi' || value === 'en' ? value : null;
}

/** The Set-Cookie value that keeps the chosen language for a year. */
export function languageCookie(language: Language, secure: boolean): string {
  return setCookie(LANGUAGE_NAME, language, YEAR_SECONDS, secure);
}

/** The session cookie's name, as a deployment at this origin sets it. */
export function sessionCookieName(publicOrigin: string): string {
  return nameOf(NAME, publicOrigin.startsWith('https:'));
}

function nameOf(name: string, isSecure: boolean): string {
  return isSecure ? `__Host-${name}` : name;
}

function valueOf(header: string | undefined, name: string, publicOrigin: string | null): string | undefined {
  const cookies = parse(header ?? '');
  const takesPlain = publicOrigin === null || !publicOrigin.startsWith('https:');
  return cookies[nameOf(name, true)] ?? (takesPlain ? cookies[name] : undefined);
}

function setCookie(name: string, value: string, maxAge: number, secure: boolean): string {
  const rest = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${secure ? '; Secure' : ''}`;
  return `${nameOf(name, secure)}=${value}; ${rest}`;
}
