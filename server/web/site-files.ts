// What the deployment's own name and mark change beside the pages: the mark's file, and what a phone shows that keeps
// the front page as an app. Mounted first, so that every page knows the site (site-pages.ts).

import { readFileSync } from 'node:fs';
import express, { type Router } from 'express';
import { DEFAULT_SITE, type Site } from '../domain/site.ts';
import { SITE_MARK_PATH } from './site-pages.ts';

const MANIFEST_PATH = '/manifest.webmanifest';
const MANIFEST = new URL('../../public/manifest.webmanifest', import.meta.url);
/** Where browsers and messengers look for a picture of the site: the mark stands there too. */
const OUR_PICTURES = ['/icon.svg', '/favicon.ico', '/apple-touch-icon.png', '/preview.png'];
/** As our other files: a changed mark is seen an hour later. */
const CACHE = 'public, max-age=3600';

export function siteRouter(site: Site): Router {
  const router = express.Router();
  router.use((_request, response, next) => {
    response.locals['site'] = site;
    next();
  });
  const { mark } = site;
  if (mark !== null)
    router.get([SITE_MARK_PATH, ...OUR_PICTURES], (_request, response) => {
      response.set('Cache-Control', CACHE).type('png').end(Buffer.from(mark));
    });
  if (site.name !== DEFAULT_SITE.name || mark !== null) {
    const manifest = manifestOf(site);
    router.get(MANIFEST_PATH, (_request, response) => {
      response.set('Cache-Control', CACHE).type('application/manifest+json').end(manifest);
    });
  }
  return router;
}

function manifestOf({ name, mark }: Site): string {
  const usual = JSON.parse(readFileSync(MANIFEST, 'utf8')) as Record<string, unknown>;
  const icons = mark === null ? {} : { icons: [{ src: SITE_MARK_PATH, sizes: '256x256', type: 'image/png' }] };
  return JSON.stringify({ ...usual, name: `${name}: tra mã tem`, short_name: name, ...icons });
}
