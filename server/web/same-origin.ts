// Whether a request was sent by one of our own pages. A cookie comes along from any page, so a session alone does not
// prove it.

import type { Request } from 'express';

/** For requests that change something. Browsers state the site; where one does not, the Origin must be ours. */
export function isSameOrigin(request: Request, publicOrigin: string): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin } = request.headers;
  return origin === publicOrigin || origin === `${request.protocol}://${request.headers.host ?? ''}`;
}
