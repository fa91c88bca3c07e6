// Reads a backup's lines and holds them to their own hashes: a file that is cut, changed or of another program is
// refused, in words. What the rows say is checked elsewhere (walk.ts).

import { createHash } from 'node:crypto';
import type { MovedRow } from '../moving.ts';
import { FileHashes } from './write.ts';
import {
  BACKUP_KINDS,
  BackupError,
  FORMAT,
  FORMAT_VERSION,
  type BackupHead,
  type BackupKind,
  type BackupPiece,
  type KindEnd,
  type Manifest,
} from './format.ts';

/** A file of 16 MB as base64 is the longest line. */
const LINE_BYTES_MAX = 64 * 1024 * 1024;
const ROWS_MAX = 500;
const CHARACTERS_MAX = 4_000_000;
const LINE_END = 0x0a;
const ARRAY_BEGIN = 0x5b;

const CUT = 'It ends before its end: the file was cut, or the disk was full. Take another backup.';
const CHANGED = 'It is not as it was written: its hashes do not agree. Take another backup.';

/** @throws BackupError */
export async function* readLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<BackupPiece> {
  const all = createHash('sha256');
  const ends: KindEnd[] = [];
  const hashes = new FileHashes();
  let size = 0;
  let own = createHash('sha256');
  let state: 'head' | 'between' | 'rows' | 'done' = 'head';
  let kind: BackupKind | null = null;
  let rows: MovedRow[] = [];
  let count = 0;
  let characters = 0;
  for await (const line of linesOf(bytes)) {
    size += line.length;
    if (state === 'done') throw new BackupError('There is something behind its end. Take another backup.');
    if (state === 'rows' && line[0] === ARRAY_BEGIN && kind !== null) {
      all.update(line);
      own.update(line);
      const row = parsed(line) as MovedRow;
      hashes.see(kind, row);
      rows.push(row);
      count += 1;
      characters += line.length;
      if (rows.length < ROWS_MAX && characters < CHARACTERS_MAX) continue;
      yield { kind, rows };
      rows = [];
      characters = 0;
      continue;
    }
    const value = parsed(line) as Record<string, unknown>;
    if (state === 'head') {
      yield { head: headOf(value) };
      state = 'between';
    } else if (state === 'between' && typeof value['kind'] === 'string') {
      // Known kinds in their order, each once.
      if (value['kind'] !== BACKUP_KINDS[ends.length]) throw new BackupError(CHANGED);
      kind = value['kind'] as BackupKind;
      own = createHash('sha256');
      count = 0;
      state = 'rows';
    } else if (state === 'rows' && value['end'] === kind && kind !== null) {
      const end = { end: kind, rows: count, sha256: own.digest('hex') };
      if (value['rows'] !== end.rows || value['sha256'] !== end.sha256) throw new BackupError(CHANGED);
      if (kind === 'fileHashes') checkFiles(rows, hashes.rows());
      if (rows.length > 0) yield { kind, rows };
      rows = [];
      characters = 0;
      ends.push(end);
      state = 'between';
    } else if (state === 'between' && ends.length === BACKUP_KINDS.length) {
      const { manifest, sha256 } = value as unknown as Manifest;
      if (sha256 !== all.digest('hex') || JSON.stringify(manifest) !== JSON.stringify(ends))
        throw new BackupError(CHANGED);
      yield { manifest: ends, bytes: size };
      state = 'done';
      continue;
    } else throw new BackupError(CHANGED);
    all.update(line);
  }
  if (state !== 'done') throw new BackupError(CUT);
}

/** A long list of hashes arrives in several pieces; what is left of it here is its last one. */
function checkFiles(stated: readonly MovedRow[], found: readonly MovedRow[]): void {
  const last = found.slice(found.length - stated.length);
  if (JSON.stringify(stated) !== JSON.stringify(last)) throw new BackupError(CHANGED);
}

function headOf(value: Record<string, unknown>): BackupHead {
  if (value['format'] !== FORMAT) throw new BackupError('It is no backup of Temtrace.');
  const version = value['version'];
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) throw new BackupError(CHANGED);
  if (version > FORMAT_VERSION) {
    throw new BackupError(
      `It has format ${version}, written by a newer Temtrace (${String(value['program'])}); this one reads up to ` +
        `${FORMAT_VERSION}. Restore it with that version or a newer one.`,
    );
  }
  return value as unknown as BackupHead;
}

function parsed(line: Buffer): unknown {
  try {
    const value = JSON.parse(line.toString('utf8')) as unknown;
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // The same as any other line that we did not write.
  }
  throw new BackupError('It is no backup of Temtrace, or it was changed.');
}

/** Each with its line end. */
async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let pieces: Buffer[] = [];
  let waiting = 0;
  for await (const chunk of bytes) {
    const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let from = 0;
    for (let at = buffer.indexOf(LINE_END); at !== -1; at = buffer.indexOf(LINE_END, from)) {
      const rest = buffer.subarray(from, at + 1);
      yield pieces.length === 0 ? rest : Buffer.concat([...pieces, rest]);
      pieces = [];
      waiting = 0;
      from = at + 1;
    }
    if (from === buffer.length) continue;
    pieces.push(buffer.subarray(from));
    waiting += buffer.length - from;
    if (waiting > LINE_BYTES_MAX) throw new BackupError('It is no backup of Temtrace: a line has no end.');
  }
  if (waiting > 0) throw new BackupError(CUT);
}
