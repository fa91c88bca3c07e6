// The deployment's name and mark on pages. Words and frames hold two signs in their places, which are replaced where a
// page leaves the server, so that no page has to be handed the name. If somebody types the first sign into a record,
// the name stands there too, which harms nobody; the second cannot be typed (html.ts).

import type { Response } from 'express';
import { DEFAULT_SITE, type Site } from '../domain/site.ts';
import { escapeHtml, raw } from './html.ts';
import { LOGO } from './public/marks.ts';

/** In words: the deployment's name. */
export const SITE_NAME = '\u{F8FF}';
/** In frames: its mark, and the line that says which program this is. */
export const SITE_MARK = raw('\u{2}');
export const SITE_PROGRAM = raw('\u{3}');

/** Where the mark is served (site-files.ts). */
export const SITE_MARK_PATH = '/site-mark.png';
const MARK = `<img src="${SITE_MARK_PATH}" width="24" height="24" alt="">`;

/** The page as it is sent. */
export function withSite(page: string, { name, mark }: Site): string {
  const isOwn = name !== DEFAULT_SITE.name || mark !== null;
  return page
    .replaceAll(SITE_NAME, escapeHtml(name))
    .replaceAll(SITE_MARK.text, mark === null ? LOGO.text : MARK)
    .replaceAll(SITE_PROGRAM.text, isOwn ? `<br>${DEFAULT_SITE.name}` : '');
}

/** The site of the application that answers; Temtrace where a test mounts a router alone. */
export function siteOf(response: Response): Site {
  const site = (response.locals as { site?: Site }).site;
  return site ?? DEFAULT_SITE;
}
