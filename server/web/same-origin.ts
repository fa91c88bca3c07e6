// Whether a request was sent by one of our own pages. Browsers send the cookie from any page, so a session alone does
// not prove it.

import type { Request } from 'express';

/** For requests that change something. Browsers state the site; if one does not, the Origin must be ours. */
export function isSameOrigin(request: Request, publicOrigin: string): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  return isOurs(request.headers.origin, request, publicOrigin);
}

/**
 * For a GET with a session that leaves a mark: codes, sheets, exports. A link in a mail or a bookmark (`none`) is
 * refused too. By http browsers do not state the site, and a GET has no Origin: then the Referer counts, which our
 * pages send to ourselves.
 */
export function isFromOurPage(request: Request, publicOrigin: string): boolean {
  if (isSameOrigin(request, publicOrigin)) return true;
  if (request.headers['sec-fetch-site'] !== undefined || request.headers.origin !== undefined) return false;
  const { referer } = request.headers;
  return referer !== undefined && URL.canParse(referer) && isOurs(new URL(referer).origin, request, publicOrigin);
}

/**
 * For the public forms, which need no session: whether a page of another site sends it through its visitor's browser,
 * whose network would have to answer for it. Programs state neither site nor origin; our own pages send no referrer, so
 * that older browsers, and all by http, state the origin `null`.
 */
export function isFromOtherSite(request: Request, publicOrigin: string): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const { origin } = request.headers;
  return origin !== undefined && origin !== 'null' && !isOurs(origin, request, publicOrigin);
}

function isOurs(origin: string | undefined, request: Request, publicOrigin: string): boolean {
  return origin === publicOrigin || origin === `${request.protocol}://${request.headers.host ?? ''}`;
}
