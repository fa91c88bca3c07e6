// The console's three cookies: the session's, a random token of which only a hash is stored; the language that was
// chosen; and the marks of those who signed in on this device before (actions/people/known-device.ts).

import { parse } from 'cookie';
import type { Language } from '../domain/language.ts';

const NAME = 'temtrace_session';
const LANGUAGE_NAME = 'temtrace_language';
const DEVICE_NAME = 'temtrace_device';
/** Five marks and the points between them have 219. */
const DEVICE_LENGTH_MAX = 256;
const YEAR_SECONDS = 31_536_000;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** The token in a Cookie header, or null. */
export function readSessionCookie(header: string | undefined): string | null {
  const token = parse(header ?? '')[NAME];
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

/** The marks of a known device in a Cookie header, or null. */
export function readDeviceCookie(header: string | undefined): string | null {
  const marks = parse(header ?? '')[DEVICE_NAME];
  return marks === undefined || marks === '' || marks.length > DEVICE_LENGTH_MAX ? null : marks;
}

/** The Set-Cookie value that knows this device from now on. */
export function deviceCookie(marks: string, maxAgeSeconds: number, secure: boolean): string {
  return setCookie(DEVICE_NAME, marks, maxAgeSeconds, secure);
}

/** The language in a Cookie header, or null. */
export function readLanguageCookie(header: string | undefined): Language | null {
  const value = parse(header ?? '')[LANGUAGE_NAME];
  return value === 'vi' || value === 'en' ? value : null;
}

/** The Set-Cookie value that keeps the chosen language for a year. */
export function languageCookie(language: Language, secure: boolean): string {
  return setCookie(LANGUAGE_NAME, language, YEAR_SECONDS, secure);
}

function setCookie(name: string, value: string, maxAge: number, secure: boolean): string {
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${secure ? '; Secure' : ''}`;
}
