// Whom to tell of a fault in the service's security (RFC 9116): the contact that SECURITY_CONTACT names.

import type { RequestHandler } from 'express';

/** RFC 9116 advises less than a year. Made anew with every answer, so that it never lapses while the service runs. */
const VALID_DAYS = 180;
const DAY_MS = 86_400_000;

/** Answers `/.well-known/security.txt`; without a contact there is no such file. */
export function serveSecurityTxt(parts: {
  contact: string | null;
  publicOrigin: string;
  now: () => Date;
}): RequestHandler {
  const { contact, publicOrigin, now } = parts;
  return (_request, response, next) => {
    if (contact === null) return next();
    const expires = new Date(Math.floor(now().getTime() / DAY_MS) * DAY_MS + VALID_DAYS * DAY_MS);
    const lines = [
      `Contact: ${contact}`,
      `Expires: ${expires.toISOString()}`,
      'Preferred-Languages: vi, en',
      `Canonical: ${publicOrigin}/.well-known/security.txt`,
    ];
    response.type('text/plain').end(`${lines.join('\n')}\n`);
  };
}
