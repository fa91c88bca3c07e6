// Two readers of symbols that share no code with each other or with us: zxing (WebAssembly) and zbar (a separate
// program).

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

import type { Grey } from './poppler.ts';

const run = promisify(execFile);
const OUTPUT_MAX = 16 * 1024 * 1024;
/** zbarimg's exit code if at least one picture has no symbol. */
const SOME_WITHOUT_SYMBOL = 4;
/** Pictures per call: the length of a command line is limited. */
const PICTURES_A_CALL = 500;

let isReady = false;

/** The text of each picture's symbol; null if no symbol is read. */
export async function readByZxing(pictures: readonly Grey[]): Promise<(string | null)[]> {
  if (!isReady) {
    const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
    prepareZXingModule({ overrides: { wasmBinary: Uint8Array.from(wasm).buffer } });
    isReady = true;
  }
  const texts: (string | null)[] = [];
  for (const picture of pictures) {
    const found = await readBarcodes(new Uint8Array(pgmOf(picture)), { formats: ['QRCode'], maxNumberOfSymbols: 1 });
    texts.push(found[0]?.text ?? null);
  }
  return texts;
}

export async function readByZbar(pictures: readonly Grey[]): Promise<(string | null)[]> {
  const folder = mkdtempSync(join(tmpdir(), 'temtrace-proof-'));
  try {
    const files = pictures.map((picture, at) => {
      const path = join(folder, `${at}.pgm`);
      writeFileSync(path, pgmOf(picture));
      return path;
    });
    const texts = new Map<string, string>();
    for (let from = 0; from < files.length; from += PICTURES_A_CALL) {
      const xml = await zbar(files.slice(from, from + PICTURES_A_CALL));
      for (const [, path = '', symbols = ''] of xml.matchAll(/<source href='([^']+)'>([\s\S]*?)<\/source>/g)) {
        const text = /<data[^>]*><!\[CDATA\[([\s\S]*?)\]\]><\/data>/.exec(symbols)?.[1];
        if (text !== undefined) texts.set(path, text);
      }
    }
    return files.map((path) => texts.get(path) ?? null);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function zbar(files: readonly string[]): Promise<string> {
  try {
    return (await run('zbarimg', ['-q', '--xml', '-Sdisable', '-Sqrcode.enable', ...files], { maxBuffer: OUTPUT_MAX }))
      .stdout;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === SOME_WITHOUT_SYMBOL && 'stdout' in error)
      return String(error.stdout);
    throw error;
  }
}

function pgmOf({ width, height, bytes }: Grey): Buffer {
  return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`, 'latin1'), bytes]);
}
