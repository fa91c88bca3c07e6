// Changes one page's content in a print file, as a faulty drawing or disk could. Later objects move and the table of
// objects is rewritten, so that the file is valid in every other way.

import { deflateSync } from 'node:zlib';

import { memoryBytes, openPdf } from '../../../server/sheet/read-back/pdf-file.ts';
import { isRef } from '../../../server/sheet/read-back/pdf-values.ts';

/** @param change gets the unpacked content, one character per byte, and returns the new content */
export function alterPage(bytes: Uint8Array, page: number, change: (content: string) => string): Uint8Array {
  const file = openPdf(memoryBytes(bytes));
  const dict = file.page(page);
  const contents = dict.get('Contents');
  if (!isRef(contents)) throw new Error('a page has a content');
  const content = Buffer.from(change(Buffer.from(file.content(dict)).toString('latin1')), 'latin1');

  const text = Buffer.from(bytes).toString('latin1');
  const from = text.indexOf(`\n${contents.id} 0 obj\n`) + 1;
  const end = 'endstream\nendobj\n';
  const to = text.indexOf(end, from) + end.length;
  const packed = deflateSync(content).toString('latin1');
  const object = `${contents.id} 0 obj\n<</Length ${packed.length}/Filter/FlateDecode>>\nstream\n${packed}\n${end}`;
  const moved = object.length - (to - from);
  const changed = text.slice(0, from) + object + text.slice(to);

  const table = changed.lastIndexOf('xref\n0 ');
  const entries = changed.slice(table).replaceAll(/^(\d{10})( 00000 n )$/gm, (_, offset: string, rest: string) => {
    const at = Number(offset);
    return String(at > from ? at + moved : at).padStart(10, '0') + rest;
  });
  return Buffer.from(changed.slice(0, table) + entries.replace(/startxref\n\d+/, `startxref\n${table}`), 'latin1');
}

const SYMBOL = /BI \/W \d+ \/H \d+ \/IM true ID /g;

/** Where the bits of each symbol start in a page's content, in the order of its stamps. */
export function symbolsIn(content: string): number[] {
  return [...content.matchAll(SYMBOL)].map((found) => found.index + found[0].length);
}

/** Flips bits of one symbol: `module` counts from its top left, row by row. */
export function flipModules(content: string, stamp: number, modulesAcross: number, modules: readonly number[]): string {
  const bytes = Buffer.from(content, 'latin1');
  const start = symbolsIn(content)[stamp] ?? 0;
  for (const module of modules) {
    const [row, column] = [Math.floor(module / modulesAcross), module % modulesAcross];
    const at = start + row * Math.ceil(modulesAcross / 8) + (column >> 3);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << (7 - (column & 7)));
  }
  return bytes.toString('latin1');
}

/** Swaps two parts of the same length. */
export function swap(content: string, a: number, b: number, length: number): string {
  const [first, second] = [content.slice(a, a + length), content.slice(b, b + length)];
  return content.slice(0, a) + second + content.slice(a + length, b) + first + content.slice(b + length);
}
