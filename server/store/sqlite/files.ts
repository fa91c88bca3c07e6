// Files that are kept for ever: photos, artwork. They are small enough (at most a megabyte) for the database, so that
// one backup contains everything.

import type { DatabaseSync } from 'node:sqlite';
import { StoreError, type Files } from '../store.ts';
import { fileText } from '../seal-texts.ts';
import type { ShortSeal } from '../short-seal.ts';
import { prepareReading, readRow, readRows } from './connection.ts';

const PUT = `insert into file (id, media_type, bytes, mac) values (?, ?, ?, ?) on conflict do nothing`;
const REMOVE = `delete from file where id = ?`;
const IDS = `select id from file where id > ? order by id limit ?`;
const GET = `select media_type, bytes, mac from file where id = ?`;

/** Whether the file was stored; false: its id is taken. */
export function putFile(db: DatabaseSync, seal: ShortSeal, id: string, mediaType: string, bytes: Uint8Array): boolean {
  return db.prepare(PUT).run(id, mediaType, bytes, seal.of(fileText(id, mediaType, bytes))).changes === 1;
}

export function removeFile(db: DatabaseSync, id: string): void {
  db.prepare(REMOVE).run(id);
}

export function fileReader(db: DatabaseSync, seal: ShortSeal): Pick<Files, 'get' | 'ids'> {
  const get = prepareReading(db, GET);
  const ids = prepareReading(db, IDS);
  return {
    ids: async (after, limit) => readRows(ids, after, limit).map(([id]) => String(id)),
    async get(id) {
      const row = readRow(get, id);
      if (row === null) return null;
      const [mediaType, bytes, mac] = row as [string, Uint8Array, string | null];
      if (!seal.isOf(fileText(id, mediaType, bytes), mac))
        throw new StoreError('tampered', `file ${id} is not as it was written`);
      return { mediaType, bytes };
    },
  };
}
