// The console's own files: style sheet, script, typeface. They are read once at the start, named with a hash of their
// content, and kept by browsers for a year. Nothing comes from another server.
//
// The typeface's faces and ranges are taken from its package's own style sheets: three weights, woff2 only.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import express, { type Router } from 'express';

const WEIGHTS = [400, 600, 700] as const;
const SUBSETS = ['vietnamese', 'latin-ext', 'latin'] as const;
const PUBLIC_FOLDER = new URL('../../../public/', import.meta.url);
const YEAR_SECONDS = 31_536_000;
/** Served as one style sheet; later rules win, so the order matters. */
const STYLE_PARTS = [
  'console.css',
  'console-page.css',
  'console-forms.css',
  'console-lists.css',
  'console-subjects.css',
  'console-narrow.css',
] as const;

/** Served as one script. Each is a block of its own, so that no name of one is seen in another. */
const SCRIPT_PARTS = ['console.js', 'console-find.js', 'console-drafts.js'] as const;

interface Asset {
  mediaType: string;
  bytes: Buffer;
}

const assets = new Map<string, Asset>();
const faces = WEIGHTS.flatMap((weight) => facesOf(weight)).join('\n');

/** Addresses of the style sheet and the script, each with the hash of its content. */
export const CONSOLE_CSS = keep(
  '/console.css',
  'text/css; charset=utf-8',
  Buffer.from(`${faces}\n${STYLE_PARTS.map(ownText).join('\n')}${ownText('console-stamps.css')}`),
);
export const CONSOLE_JS = keep(
  '/console.js',
  'text/javascript; charset=utf-8',
  Buffer.from(SCRIPT_PARTS.map((part) => `{\n${ownText(part)}}\n`).join('')),
);
/** The additional script for pages of stamps. */
export const STAMPS_JS = keep(
  '/console-stamps.js',
  'text/javascript; charset=utf-8',
  Buffer.from(ownText('console-stamps.js')),
);

/**
 * Serves the console's own files. An address with another hash, from a page opened before an update, gets today's file
 * without caching.
 */
export function assetRouter(): Router {
  const router = express.Router();
  for (const path of new Set([...assets.keys()].map((address) => address.replace(/\?.*$/, '')))) {
    router.get(path, (request, response) => {
      const exact = assets.get(request.originalUrl);
      const asset = exact ?? [...assets].find(([address]) => address.startsWith(`${path}?`))?.[1];
      if (asset === undefined) throw new TypeError(`no asset ${path}`);
      response
        .set({
          'Content-Type': asset.mediaType,
          'Cache-Control': exact === undefined ? 'no-cache' : `public, max-age=${YEAR_SECONDS}, immutable`,
          'X-Content-Type-Options': 'nosniff',
          'Cross-Origin-Resource-Policy': 'same-origin',
        })
        .end(asset.bytes);
    });
  }
  return router;
}

/** The @font-face rules of a weight, with our addresses. */
function facesOf(weight: number): string[] {
  const sheet = createRequire(import.meta.url).resolve(`@fontsource/be-vietnam-pro/${weight}.css`);
  const css = readFileSync(sheet, 'utf8');
  return SUBSETS.map((subset) => {
    const file = `be-vietnam-pro-${subset}-${weight}-normal.woff2`;
    const range = new RegExp(`${file}[^}]*?unicode-range: ([^;]+);`).exec(css)?.[1];
    if (range === undefined) throw new Error(`${sheet} names no range of ${file}`);
    const address = keep(`/fonts/${file}`, 'font/woff2', readFileSync(join(dirname(sheet), 'files', file)));
    const face = `font-family:"Be Vietnam Pro";font-style:normal;font-display:swap;font-weight:${weight}`;
    return `@font-face{${face};src:url(${address}) format("woff2");unicode-range:${range}}`;
  });
}

function ownText(name: string): string {
  return readFileSync(new URL(name, PUBLIC_FOLDER), 'utf8');
}

function keep(path: string, mediaType: string, bytes: Buffer): string {
  const address = `${path}?v=${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}`;
  assets.set(address, { mediaType, bytes });
  return address;
}
