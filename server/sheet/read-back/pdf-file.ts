// A print file as a reader finds it: its table of objects, its pages in order, its streams unpacked. It reads an open
// file piece by piece, so that a large one takes little memory. It trusts no length and no offset in the file.

import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { inflateSync } from 'node:zlib';

import { isName, isRef, PdfFault, PdfReader, type PdfDict, type PdfValue } from './pdf-values.ts';

/** Bytes anywhere in a file. */
export interface ByteSource {
  size: number;
  /** Fewer at the end of the file. Valid until the next call. */
  read(at: number, length: number): Uint8Array;
  close(): void;
}

export interface PdfFile {
  pageCount: number;
  /** The dictionary of a page, from 0, with what it inherits. */
  page(index: number): PdfDict;
  /** Content of a page. */
  content(page: PdfDict): Uint8Array;
  /** Follows a reference, if it is one. */
  resolve(value: PdfValue | undefined): PdfValue;
  dict(value: PdfValue | undefined, what: string): PdfDict;
  stream(value: PdfValue | undefined, what: string): Uint8Array;
  close(): void;
}

const WINDOW_BYTES = 256 * 1024;
const TAIL_BYTES = 1_024;
const ENTRY_BYTES = 20;
const OBJECT_HEAD_BYTES = 4_096;
/** A page tree of a hundred thousand pages in nodes of hundreds is never deeper. */
const TREE_DEPTH_MAX = 8;
/** The largest unpacked stream: a page is tens of kilobytes, a font a few hundred. */
const STREAM_BYTES_MAX = 16 * 1024 * 1024;
const INHERITED = ['Resources', 'MediaBox', 'CropBox', 'Rotate'] as const;

/** @throws what opening throws */
export function fileBytes(path: string): ByteSource {
  const file = openSync(path, 'r');
  const { size } = fstatSync(file);
  let from = 0;
  let window = new Uint8Array(0);
  return {
    size,
    read(at, length) {
      if (at < 0 || at > size) throw new PdfFault(`byte ${at} lies outside the file`);
      if (at < from || at + length > from + window.length) {
        const wanted = new Uint8Array(Math.min(size - at, Math.max(length, WINDOW_BYTES)));
        let filled = 0;
        while (filled < wanted.length) {
          const got = readSync(file, wanted, filled, wanted.length - filled, at + filled);
          if (got === 0) throw new PdfFault('the file became shorter');
          filled += got;
        }
        [from, window] = [at, wanted];
      }
      return window.subarray(at - from, Math.min(at - from + length, window.length));
    },
    close: () => closeSync(file),
  };
}

export function memoryBytes(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: (at, length) => bytes.subarray(at, at + length), close: () => undefined };
}

/** @throws PdfFault */
export function openPdf(source: ByteSource): PdfFile {
  const { offsets, root } = readTable(source);

  const objectAt = (id: number): { value: PdfValue; streamAt: number | null } => {
    const offset = offsets[id];
    if (offset === undefined) throw new PdfFault(`there is no object ${id}`);
    // Most objects are short; a longer one is read again as a whole.
    for (let length = OBJECT_HEAD_BYTES; ; length *= 8) {
      const bytes = source.read(offset, length);
      const isAll = bytes.length < length;
      try {
        return readObject(new PdfReader(bytes), id, offset);
      } catch (error) {
        if (!(error instanceof PdfFault) || isAll || length > STREAM_BYTES_MAX) throw error;
      }
    }
  };
  const resolve = (value: PdfValue | undefined): PdfValue => {
    let found = value ?? null;
    for (let steps = 0; isRef(found); steps += 1) {
      if (steps > TREE_DEPTH_MAX) throw new PdfFault('references go round in a circle');
      found = objectAt(found.id).value;
    }
    return found;
  };
  const dict = (value: PdfValue | undefined, what: string): PdfDict => {
    const found = resolve(value);
    if (!(found instanceof Map)) throw new PdfFault(`${what} is no dictionary`);
    return found;
  };
  const stream = (value: PdfValue | undefined, what: string): Uint8Array => {
    if (!isRef(value)) throw new PdfFault(`${what} is no stream`);
    const { value: head, streamAt } = objectAt(value.id);
    if (!(head instanceof Map) || streamAt === null) throw new PdfFault(`${what} is no stream`);
    const length = resolve(head.get('Length'));
    if (typeof length !== 'number' || length < 0 || streamAt + length > source.size)
      throw new PdfFault(`${what} says a wrong length`);
    const end = Buffer.from(source.read(streamAt + length, 12)).toString('latin1');
    if (!/^\r?\n?endstream/.test(end)) throw new PdfFault(`${what} does not end where it says`);
    return unpacked(source.read(streamAt, length), head, resolve, what);
  };

  const pages = pageIds(dict(dict(root, 'the catalogue').get('Pages'), 'the page tree'), dict);
  return {
    pageCount: pages.length,
    page(index) {
      const entry = pages[index];
      if (entry === undefined) throw new PdfFault(`there is no page ${index}`);
      const page = dict({ kind: 'ref', id: entry.id }, `page ${index}`);
      return new Map([...entry.inherited, ...page]);
    },
    content: (page) => stream(page.get('Contents'), 'the content of a page'),
    resolve,
    dict,
    stream,
    close: () => source.close(),
  };
}

function readTable(source: ByteSource): { offsets: (number | undefined)[]; root: PdfValue } {
  const tail = Buffer.from(source.read(Math.max(0, source.size - TAIL_BYTES), TAIL_BYTES)).toString('latin1');
  const start = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(tail)?.[1] ?? Number.NaN);
  if (!Number.isSafeInteger(start) || start >= source.size)
    throw new PdfFault('the file does not say where its table is');
  const head = /^xref\s+0 (\d+)\s*\n/.exec(Buffer.from(source.read(start, 64)).toString('latin1'));
  if (head === null) throw new PdfFault('there is no table where the file says');
  const count = Number(head[1]);
  const entriesAt = start + head[0].length;
  if (entriesAt + count * ENTRY_BYTES > source.size) throw new PdfFault('the table is cut off');
  const offsets: (number | undefined)[] = [];
  for (let id = 0; id < count; id += 1) {
    const entry = Buffer.from(source.read(entriesAt + id * ENTRY_BYTES, ENTRY_BYTES)).toString('latin1');
    const offset = /^(\d{10}) \d{5} ([nf])/.exec(entry);
    if (offset === null) throw new PdfFault(`entry ${id} of the table cannot be read`);
    offsets.push(offset[2] === 'n' ? Number(offset[1]) : undefined);
  }
  const reader = new PdfReader(Uint8Array.from(source.read(entriesAt + count * ENTRY_BYTES, TAIL_BYTES)));
  reader.expect('trailer');
  const trailer = reader.value();
  const root = trailer instanceof Map ? trailer.get('Root') : undefined;
  if (root === undefined) throw new PdfFault('the file has no catalogue');
  return { offsets, root };
}

function readObject(reader: PdfReader, id: number, offset: number): { value: PdfValue; streamAt: number | null } {
  const number = reader.next();
  const generation = reader.next();
  if (number === null || !('value' in number) || number.value !== id || generation === null)
    throw new PdfFault(`object ${id} is not at byte ${offset}`);
  reader.expect('obj');
  const value = reader.value();
  const after = reader.next();
  if (after === null) throw new PdfFault(`object ${id} does not end`);
  if ('value' in after || (after.word !== 'stream' && after.word !== 'endobj'))
    throw new PdfFault(`object ${id} does not end where it must`);
  if (after.word === 'endobj') return { value, streamAt: null };
  const lineEnd = reader.bytes[reader.at] === 0x0d ? 2 : 1;
  return { value: value instanceof Map ? new Map(value) : value, streamAt: offset + reader.at + lineEnd };
}

interface PageEntry {
  id: number;
  inherited: PdfDict;
}

function pageIds(tree: PdfDict, dict: PdfFile['dict']): PageEntry[] {
  const pages: PageEntry[] = [];
  const walk = (node: PdfDict, above: PdfDict, depth: number): void => {
    if (depth > TREE_DEPTH_MAX) throw new PdfFault('the page tree is too deep');
    const inherited = new Map(above);
    for (const key of INHERITED) {
      const value = node.get(key);
      if (value !== undefined) inherited.set(key, value);
    }
    const [kids, count] = [node.get('Kids'), node.get('Count')];
    if (!Array.isArray(kids)) throw new PdfFault('a node of the page tree has no pages');
    const before = pages.length;
    // A node of single pages counts its kids; only other nodes must be looked into.
    const holdsPages = count === kids.length && isPage(kids[0], dict);
    for (const kid of kids) {
      if (!isRef(kid)) throw new PdfFault('a page is no reference');
      if (holdsPages) pages.push({ id: kid.id, inherited });
      else walk(dict(kid, 'a node of the page tree'), inherited, depth + 1);
    }
    if (count !== pages.length - before) throw new PdfFault('the page tree counts other pages than it has');
  };
  walk(tree, new Map(), 0);
  return pages;
}

function isPage(value: PdfValue | undefined, dict: PdfFile['dict']): boolean {
  return value !== undefined && isName(dict(value, 'a page').get('Type'), 'Page');
}

function unpacked(bytes: Uint8Array, head: PdfDict, resolve: PdfFile['resolve'], what: string): Uint8Array {
  const filter = resolve(head.get('Filter'));
  if (filter === null) return Uint8Array.from(bytes);
  const only = Array.isArray(filter) ? filter : [filter];
  if (only.length !== 1 || !isName(only[0], 'FlateDecode'))
    throw new PdfFault(`${what} is packed in a way that is not read here`);
  let plain: Uint8Array;
  try {
    plain = inflateSync(bytes, { maxOutputLength: STREAM_BYTES_MAX });
  } catch (error) {
    throw new PdfFault(`${what} cannot be unpacked: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parms = resolve(head.get('DecodeParms'));
  const settings = Array.isArray(parms) ? resolve(parms[0]) : parms;
  return settings instanceof Map ? unpredicted(plain, settings, resolve, what) : plain;
}

/** Undoes PNG's predictors (ISO 32000-1 §7.4.4.4): each row says how it was written. */
function unpredicted(bytes: Uint8Array, parms: PdfDict, resolve: PdfFile['resolve'], what: string): Uint8Array {
  const numberOf = (key: string, fallback: number): number => {
    const value = resolve(parms.get(key));
    return typeof value === 'number' ? value : fallback;
  };
  const predictor = numberOf('Predictor', 1);
  if (predictor === 1) return bytes;
  const columns = numberOf('Columns', 1);
  const rowBytes = columns + 1;
  const isPlain = numberOf('Colors', 1) === 1 && numberOf('BitsPerComponent', 8) === 8;
  if (predictor < 10 || !isPlain || bytes.length % rowBytes !== 0)
    throw new PdfFault(`${what} is predicted in a way that is not read here`);
  const out = new Uint8Array((bytes.length / rowBytes) * columns);
  for (let row = 0, at = 0; at < bytes.length; row += 1, at += rowBytes) {
    const way = bytes[at] ?? 0;
    if (way > 4) throw new PdfFault(`${what} has a row of an unknown kind`);
    const start = row * columns;
    for (let column = 0; column < columns; column += 1) {
      const left = column === 0 ? 0 : (out[start + column - 1] ?? 0);
      const up = row === 0 ? 0 : (out[start - columns + column] ?? 0);
      const corner = row === 0 || column === 0 ? 0 : (out[start - columns + column - 1] ?? 0);
      out[start + column] = (bytes[at + 1 + column] ?? 0) + predicted(way, left, up, corner);
    }
  }
  return out;
}

function predicted(way: number, left: number, up: number, corner: number): number {
  switch (way) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return Math.floor((left + up) / 2);
    default: {
      const near = left + up - corner;
      const [fromLeft, fromUp, fromCorner] = [Math.abs(near - left), Math.abs(near - up), Math.abs(near - corner)];
      if (fromLeft <= fromUp && fromLeft <= fromCorner) return left;
      return fromUp <= fromCorner ? up : corner;
    }
  }
}
