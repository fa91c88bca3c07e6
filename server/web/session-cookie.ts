// The console's two cookies: the session's, a random token of which only a hash is stored, and the language that was chosen.

import type { Language } from '../domain/language.ts';

const NAME = 'temtrace_session';
const LANGUAGE_NAME = 'temtrace_language';
const YEAR_SECONDS = 31_536_000;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** The token in a Cookie header, or null. */
export function readSessionCookie(header: string | undefined): string | null {
  const token = valueOf(header, NAME);
  return token !== null && TOKEN.test(token) ? token : null;
}

/** The Set-Cookie value that begins a session; `secure` wherever the service is reached by https. */
export function sessionCookie(token: string, maxAgeSeconds: number, secure: boolean): string {
  return `${NAME}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}${secure ? '; Secure' : ''}`;
}

/** The Set-Cookie value that ends it. */
export function endedSessionCookie(secure: boolean): string {
  return sessionCookie('', 0, secure);
}

/** The language in a Cookie header, or null. */
export function readLanguageCookie(header: string | undefined): Language | null {
  const value = valueOf(header, LANGUAGE_NAME);
  return value === 'vi' || value === 'en' ? value : null;
}

/** The Set-Cookie value that keeps the chosen language for a year. */
export function languageCookie(language: Language, secure: boolean): string {
  return `${LANGUAGE_NAME}=${language}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${YEAR_SECONDS}${secure ? '; Secure' : ''}`;
}

function valueOf(header: string | undefined, name: string): string | null {
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}
