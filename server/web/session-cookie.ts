// The console's session cookie: a random token, of which only a hash is stored.

const NAME = 'temtrace_session';
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** The token in a Cookie header, or null. */
export function readSessionCookie(header: string | undefined): string | null {
  if (header === undefined) return null;
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === NAME) {
      const token = pair.slice(at + 1).trim();
      return TOKEN.test(token) ? token : null;
    }
  }
  return null;
}

/** The Set-Cookie value that begins a session; `secure` wherever the service is reached by https. */
export function sessionCookie(token: string, maxAgeSeconds: number, secure: boolean): string {
  return `${NAME}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}${secure ? '; Secure' : ''}`;
}

/** The Set-Cookie value that ends it. */
export function endedSessionCookie(secure: boolean): string {
  return sessionCookie('', 0, secure);
}
