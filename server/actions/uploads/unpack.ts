// Unpacks a stranger's zip file (APPNOTE 6.3.10). The sizes that it states are not trusted: bytes are counted as they
// come out, and too many end the unpacking. Runs in the child process that reads uploads.

import { crc32, createInflateRaw } from 'node:zlib';

export type Unpacked =
  { kind: 'files'; files: Map<string, Buffer> } | { kind: 'no-zip' } | { kind: 'too-large' } | { kind: 'broken' };

interface Entry {
  name: string;
  method: number;
  packed: Buffer;
}

const END = 0x06054b50;
const DIRECTORY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const COMMENT_BYTES_MAX = 65_535;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;

/**
 * The wanted files, each complete.
 * @param tell called as bytes come out
 */
export async function unpack(
  zip: Buffer,
  bounds: { bytesMax: number; entriesMax: number; isWanted: (name: string) => boolean },
  tell: () => void,
): Promise<Unpacked> {
  const entries = entriesOf(zip, bounds.entriesMax);
  if (!Array.isArray(entries)) return { kind: entries };
  const files = new Map<string, Buffer>();
  let left = bounds.bytesMax;
  for (const entry of entries.filter(({ name }) => bounds.isWanted(name))) {
    // If two files have the same name, another reader might take the other one and see a different workbook.
    if (files.has(entry.name)) return { kind: 'broken' };
    const content = await contentOf(entry, left, tell);
    if (typeof content === 'string') return { kind: content };
    left -= content.length;
    files.set(entry.name, content);
  }
  return { kind: 'files', files };
}

function entriesOf(zip: Buffer, entriesMax: number): Entry[] | 'no-zip' | 'too-large' | 'broken' {
  const end = endOf(zip);
  if (end === null) return 'no-zip';
  const count = zip.readUInt16LE(end + 10);
  if (count > entriesMax) return 'too-large';
  const entries: Entry[] = [];
  let at = zip.readUInt32LE(end + 16);
  try {
    for (let one = 0; one < count; one += 1) {
      if (zip.readUInt32LE(at) !== DIRECTORY) return 'broken';
      const [nameBytes, extraBytes, noteBytes] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
      if ((zip.readUInt16LE(at + 8) & ENCRYPTED) !== 0) return 'broken';
      const packedBytes = zip.readUInt32LE(at + 20);
      const local = zip.readUInt32LE(at + 42);
      if (zip.readUInt32LE(local) !== LOCAL) return 'broken';
      const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      if (begin + packedBytes > zip.length) return 'broken';
      entries.push({
        // Some programs write Windows' separators, which the format does not know.
        name: zip.toString('utf8', at + 46, at + 46 + (nameBytes ?? 0)).replaceAll('\\', '/'),
        method: zip.readUInt16LE(at + 10),
        packed: zip.subarray(begin, begin + packedBytes),
      });
      at += 46 + (nameBytes ?? 0) + (extraBytes ?? 0) + (noteBytes ?? 0);
    }
  } catch (error) {
    if (error instanceof RangeError) return 'broken'; // an offset beyond the end
    throw error;
  }
  return entries;
}

/** The position of the directory's end record; null: there is none. */
function endOf(zip: Buffer): number | null {
  const first = Math.max(0, zip.length - END_BYTES - COMMENT_BYTES_MAX);
  for (let at = zip.length - END_BYTES; at >= first; at -= 1) if (zip.readUInt32LE(at) === END) return at;
  return null;
}

async function contentOf(
  { method, packed }: Entry,
  bytesMax: number,
  tell: () => void,
): Promise<Buffer | 'too-large' | 'broken'> {
  if (method === STORED) return packed.length > bytesMax ? 'too-large' : packed;
  if (method !== DEFLATED) return 'broken';
  const inflate = createInflateRaw();
  inflate.end(packed);
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of inflate as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > bytesMax) return 'too-large';
      chunks.push(chunk);
      tell();
    }
  } catch {
    return 'broken';
  }
  return Buffer.concat(chunks, bytes);
}

/** A zip of these files without compression, so that the next reader finds exactly what was checked. */
export function packStored(files: ReadonlyMap<string, Buffer>): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, content] of files) {
    const path = Buffer.from(name);
    const sizes = Buffer.alloc(12);
    sizes.writeUInt32LE(crc32(content), 0);
    sizes.writeUInt32LE(content.length, 4);
    sizes.writeUInt32LE(content.length, 8);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(LOCAL, 0);
    local.writeUInt16LE(20, 4);
    sizes.copy(local, 14);
    local.writeUInt16LE(path.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(DIRECTORY, 0);
    entry.writeUInt16LE(20, 6);
    sizes.copy(entry, 16);
    entry.writeUInt16LE(path.length, 28);
    entry.writeUInt32LE(at, 42);
    bodies.push(local, path, content);
    directory.push(entry, path);
    at += local.length + path.length + content.length;
  }
  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(directory.length / 2, 8);
  end.writeUInt16LE(directory.length / 2, 10);
  end.writeUInt32LE(
    directory.reduce((sum, { length }) => sum + length, 0),
    12,
  );
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, ...directory, end]);
}
