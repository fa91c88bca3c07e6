// What the inspection app is made of: its script, the script that reads pictures, its style, its manifest and the
// service worker that keeps them on the phone. Made once at the start from `inspect/` and from the modules that the
// server itself runs (bundle.ts). One hash names them all, so parts of two versions never meet.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { JAVASCRIPT, lastingFile, type LastingFile } from '../lasting-file.ts';
import { ZXING_FILES, ZXING_READER, ZXING_WASM } from '../symbol-reader-files.ts';
import { bundle, squeezed, withoutComments, type Packages } from './bundle.ts';
import { inspectPage } from './page.ts';

const SOURCES = new URL('../../../inspect/', import.meta.url);
const IDB = pathToFileURL(join(dirname(createRequire(import.meta.url).resolve('idb')), 'index.js'));
const PACKAGES: Packages = { idb: IDB };

export const INSPECT = '/inspect';
export const SERVICE_WORKER = `${INSPECT}/service-worker.js`;
export const APP_MANIFEST = `${INSPECT}/app.webmanifest`;
const ICONS = ['/icon.svg', '/icon-192.png', '/icon-512.png'] as const;

export interface AppFiles {
  /** The page, the same for everyone: it holds nobody's data. */
  page: string;
  /** By address; each holds the hash. */
  lasting: ReadonlyMap<string, LastingFile>;
  serviceWorker: string;
  manifest: string;
  /** Bytes of the page and of its own files, without the reader of symbols. */
  shellBytes: number;
}

/** @throws Error that names a source which a browser could not run */
export function makeAppFiles(): AppFiles {
  const script = bundle(new URL('main.ts', SOURCES), PACKAGES);
  const reader = withConstants(bundle(new URL('reader-worker.ts', SOURCES), PACKAGES), {
    ZXING_READER,
    ZXING_WASM,
  });
  const sender = bundle(new URL('service-worker.ts', SOURCES), PACKAGES);
  const style = squeezed(withoutComments(readFileSync(new URL('style.css', SOURCES), 'utf8')));
  const version = createHash('sha256')
    .update([script, reader, sender, style, inspectPage('', ''), ...ZXING_FILES].join('\0'))
    .digest('hex')
    .slice(0, 12);
  const folder = `${INSPECT}/${version}`;
  const addresses = { app: `${folder}/app.js`, reader: `${folder}/reader.js`, style: `${folder}/app.css` };
  const lasting = new Map([
    [addresses.app, textFile(JAVASCRIPT, withConstants(script, { READER_WORKER: addresses.reader, SERVICE_WORKER }))],
    [addresses.reader, textFile(JAVASCRIPT, reader)],
    [addresses.style, textFile('text/css; charset=utf-8', style)],
  ]);
  const page = inspectPage(addresses.style, addresses.app);
  const kept = [INSPECT, ...lasting.keys(), APP_MANIFEST, ...ICONS, ...ZXING_FILES];
  const serviceWorker = withConstants(sender, { SHELL_VERSION: version, SHELL_FILES: kept });
  const parts = [page, serviceWorker, MANIFEST].map((text) => Buffer.byteLength(text));
  const bytes = [...lasting.values()].map((file) => file.bytes.length);
  return {
    page,
    lasting,
    serviceWorker,
    manifest: MANIFEST,
    shellBytes: [...parts, ...bytes].reduce((sum, part) => sum + part, 0),
  };
}

/** Written before the script, which declares them. */
function withConstants(script: string, constants: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(constants).map(([name, value]) => `const ${name} = ${JSON.stringify(value)};`);
  return `${lines.join('\n')}\n${script}`;
}

function textFile(mediaType: string, text: string): LastingFile {
  return lastingFile(mediaType, Buffer.from(text));
}

const MANIFEST = JSON.stringify({
  id: INSPECT,
  name: 'Temtrace: kiểm tra',
  short_name: 'Kiểm tra tem',
  lang: 'vi',
  start_url: INSPECT,
  scope: INSPECT,
  display: 'standalone',
  orientation: 'portrait',
  background_color: '#ffffff',
  theme_color: '#17181c',
  icons: [
    { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
    { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
    { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
  ],
});
