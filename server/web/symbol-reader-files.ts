// The reader of QR codes for browsers that have none: our script and ZXing's WebAssembly, all from our own origin,
// under one address that contains a hash of the files, and kept by browsers for a year. A page fetches the script when
// it opens, and the megabyte behind it only when somebody asks to read a picture.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import express, { type Router } from 'express';
import { JAVASCRIPT, lastingFile, serveLasting, type LastingFile } from './lasting-file.ts';

const OWN_SCRIPT = new URL('../../public/read-symbols.js', import.meta.url);
const WASM = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
const ES_FOLDER = new URL('../es/', pathToFileURL(WASM));

/**
 * Below the common address, because the package's script asks for `../share.js` and ours for both by relative
 * addresses.
 */
const files: ReadonlyMap<string, LastingFile> = new Map([
  ['read-symbols.js', fileOf(JAVASCRIPT, OWN_SCRIPT)],
  ['reader/index.js', fileOf(JAVASCRIPT, new URL('reader/index.js', ES_FOLDER))],
  ['share.js', fileOf(JAVASCRIPT, new URL('share.js', ES_FOLDER))],
  ['zxing_reader.wasm', fileOf('application/wasm', WASM)],
]);
const digest = createHash('sha256');
for (const { bytes } of files.values()) digest.update(bytes);
const FOLDER = `/symbol-reader/${digest.digest('hex').slice(0, 12)}`;

/** What a page imports to read symbols (public/read-symbols.js explains it). */
export const SYMBOL_READER = `${FOLDER}/read-symbols.js`;

/** What a worker of the inspection app imports to read symbols, and what it needs for that. */
export const ZXING_READER = `${FOLDER}/reader/index.js`;
export const ZXING_WASM = `${FOLDER}/zxing_reader.wasm`;
export const ZXING_FILES: readonly string[] = [ZXING_READER, `${FOLDER}/share.js`, ZXING_WASM];

/**
 * Serves them. An address with another hash is not found: parts of two versions would not fit together, and the page
 * asks to be loaded again.
 */
export function symbolReaderRouter(): Router {
  const router = express.Router();
  for (const [name, file] of files) serveLasting(router, `${FOLDER}/${name}`, file);
  return router;
}

function fileOf(mediaType: string, path: string | URL): LastingFile {
  return lastingFile(mediaType, readFileSync(path));
}
