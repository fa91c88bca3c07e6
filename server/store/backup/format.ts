// What a backup is: lines of JSON, compressed with zstd, and encrypted with age where the operator asks for it. It
// belongs to neither store, so it restores onto either. `zstd -dc FILE` shows it to any person.
//
//   {"format":"temtrace-backup","version":1,…}     the head: whose data it is, and up to which moment it is complete
//   {"kind":"offices"}                             then its rows, an array each (store/moving.ts), and its end:
//   {"end":"offices","rows":3,"sha256":"…"}        how many there were, and the hash of their lines
//   {"manifest":[…],"sha256":"…"}                  all ends again, and the hash of every line before this one
//
// Decision: docs/decisions/0038-backups.md.

import type { Instant } from '../../domain/entity.ts';
import { MOVED_KINDS, type MovedKind, type MovedRow } from '../moving.ts';

export const FORMAT = 'temtrace-backup';
/** Raised when rows change. A program reads all versions up to its own. */
export const FORMAT_VERSION = 1;

/** What is kept in a backup. Salts are not, and visits are left out of tallies: both are deleted within days by rule. */
export type BackupKind = Exclude<MovedKind, 'salts'> | 'printFiles' | 'fileHashes';

export const BACKUP_KINDS: readonly BackupKind[] = [
  ...MOVED_KINDS.filter((kind) => kind !== 'salts' && kind !== 'batchTallies'),
  // After the stamps' own: a store that is in use adds them up as they pass.
  'batchTallies',
  // Name below the folder of print files, place of these bytes in the file, bytes as base64.
  'printFiles',
  // Id or name, size, SHA-256: of every file in the backup.
  'fileHashes',
];

export interface BackupHead {
  format: typeof FORMAT;
  version: number;
  /** The version of the program that wrote it. */
  program: string;
  store: 'sqlite' | 'mongodb';
  /** Everything that was answered before this moment is in it. */
  completeUpTo: Instant;
  /** Of the store: when it was made, its zone, and what shows which key sealed it (base64). */
  madeAt: Instant;
  timeZone: string;
  canary: string;
  /** Null: this kind of store does not count them. */
  answeredScans: number | null;
  leftOut: readonly string[];
  /** 64 hexadecimal digits, where it was asked for. */
  masterKey?: string;
}

export interface KindEnd {
  end: BackupKind;
  rows: number;
  sha256: string;
}

export interface Manifest {
  manifest: KindEnd[];
  sha256: string;
}

/** What a reader meets, in this order: one head, pieces of rows, one manifest. */
export type BackupPiece =
  | { head: BackupHead }
  | { kind: BackupKind; rows: MovedRow[] }
  /** `bytes`: of all lines, before they were compressed. */
  | { manifest: KindEnd[]; bytes: number };

/** A file that is no backup, a newer one, one that is cut or changed, or one that cannot be decrypted. */
export class BackupError extends Error {}
