// Writes a backup's lines, in pieces that a stream takes one after the other. Memory does not grow with the rows.

import { createHash } from 'node:crypto';
import type { MovedRow, Snapshot } from '../moving.ts';
import { BACKUP_KINDS, type BackupHead, type BackupKind, type KindEnd, type Manifest } from './format.ts';

const PIECE_CHARACTERS = 256 * 1024;
/** Where a tally's row has its visitors (moving.ts). */
const VISITS_CELL = 3;

/** @param printFiles rows of print files; none: they are left out */
export async function* backupLines(
  head: BackupHead,
  snapshot: Pick<Snapshot, 'rows'>,
  printFiles: Iterable<MovedRow>,
): AsyncGenerator<Buffer> {
  const all = createHash('sha256');
  const manifest: KindEnd[] = [];
  const hashes = new FileHashes();
  const line = (value: unknown): Buffer => {
    const bytes = Buffer.from(`${JSON.stringify(value)}\n`);
    all.update(bytes);
    return bytes;
  };
  yield line(head);
  for (const kind of BACKUP_KINDS) {
    yield line({ kind });
    const own = createHash('sha256');
    let rows = 0;
    let text = '';
    for await (const row of rowsOf(kind, snapshot, printFiles, hashes)) {
      hashes.see(kind, row);
      text += `${JSON.stringify(row)}\n`;
      rows += 1;
      if (text.length < PIECE_CHARACTERS) continue;
      const bytes = Buffer.from(text);
      text = '';
      own.update(bytes);
      all.update(bytes);
      yield bytes;
    }
    const bytes = Buffer.from(text);
    own.update(bytes);
    all.update(bytes);
    yield bytes;
    const end: KindEnd = { end: kind, rows, sha256: own.digest('hex') };
    manifest.push(end);
    yield line(end);
  }
  const last: Manifest = { manifest, sha256: all.digest('hex') };
  yield Buffer.from(`${JSON.stringify(last)}\n`);
}

async function* rowsOf(
  kind: BackupKind,
  snapshot: Pick<Snapshot, 'rows'>,
  printFiles: Iterable<MovedRow>,
  hashes: FileHashes,
): AsyncGenerator<MovedRow> {
  if (kind === 'printFiles') return yield* printFiles;
  if (kind === 'fileHashes') return yield* hashes.rows();
  if (kind === 'tallies') {
    for await (const row of snapshot.rows(kind)) yield row.map((cell, i) => (i === VISITS_CELL ? '' : cell));
    return;
  }
  yield* snapshot.rows(kind);
}

/** Size and hash of every file whose rows pass: uploads have one row each, print files one for each piece. */
export class FileHashes {
  private readonly done: [string, number, string][] = [];
  private open: { name: string; bytes: number; hash: ReturnType<typeof createHash> } | null = null;

  see(kind: BackupKind, row: MovedRow): void {
    if (kind !== 'files' && kind !== 'printFiles') return;
    const name = row[0] as string;
    const bytes = Buffer.from(row[2] as string, 'base64');
    if (this.open?.name !== name) {
      this.finish();
      this.open = { name, bytes: 0, hash: createHash('sha256') };
    }
    this.open.bytes += bytes.length;
    this.open.hash.update(bytes);
  }

  rows(): readonly MovedRow[] {
    this.finish();
    return this.done;
  }

  private finish(): void {
    if (this.open !== null) this.done.push([this.open.name, this.open.bytes, this.open.hash.digest('hex')]);
    this.open = null;
  }
}
