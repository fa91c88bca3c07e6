// Bytes kept for ever: photos, artwork. Small enough (a megabyte at most) to lie in the database, where one backup
// holds all.

import type { DatabaseSync } from 'node:sqlite';
import type { Files } from '../store.ts';
import { prepareReading, readRow } from './connection.ts';

const PUT = `insert into file (id, media_type, bytes) values (?, ?, ?) on conflict do nothing`;
const GET = `select media_type, bytes from file where id = ?`;

/** Whether the file was stored; false: its id is taken. */
export function putFile(db: DatabaseSync, id: string, mediaType: string, bytes: Uint8Array): boolean {
  return db.prepare(PUT).run(id, mediaType, bytes).changes === 1;
}

export function fileReader(db: DatabaseSync): Pick<Files, 'get'> {
  const get = prepareReading(db, GET);
  return {
    async get(id) {
      const row = readRow(get, id);
      return row === null ? null : { mediaType: row[0] as string, bytes: row[1] as Uint8Array };
    },
  };
}
