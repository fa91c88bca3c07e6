// Seals a store that was made before every row carried a seal: once, in the transaction of migration 9. Each row is
// checked against the audit chain as far as its lines say. A row that they contradict gets no seal and is refused from
// then on. Each record gets a line that states its version, so that later versions can be checked.

import type { DatabaseSync } from 'node:sqlite';
import { canonicalJson, CHAIN_START, verifyChain, type ChainHead } from '../../domain/audit/audit-chain.ts';
import type { Entity } from '../../domain/entity.ts';
import { COLLECTION_NAMES } from '../collections.ts';
import { isSealOf, sealText } from '../row-seal.ts';
import { batchTallyText, answeredText, fileText, headText, lineText, requestText, tallyText } from '../seal-texts.ts';
import { StoreError, type CollectionName } from '../store.ts';
import { baselineLine, contradictionOf, SEALED_BEFORE } from '../first-sealing.ts';
import { entityOf } from '../witness.ts';
import { COLUMNS, entryOf } from './audit-rows.ts';
import { AuditWriter, KEEP_HEAD } from './audit-writer.ts';
import { prepare, rowOf, rowsOf, type Cell } from './connection.ts';
import { batchTallyOfRow, tallyOf } from './scan-rows.ts';
import type { Seals } from '../seals.ts';

/** Rows read at once. */
const PIECE = 1_000;
const LINES = `select ${COLUMNS} from audit where seq > ? order by seq limit ${PIECE}`;
const LINES_OF = `select ${COLUMNS} from audit where entity = ? order by seq`;
const SEAL_LINE = `update audit set mac = ? where seq = ?`;
const RECORDS = (name: CollectionName): string =>
  `select id, version, created_at, doc, mac from "${name}" where id > ? order by id limit ${PIECE}`;
const SEAL_RECORD = (name: CollectionName): string => `update "${name}" set mac = ? where id = ?`;
const TALLIES = `
  select batch_id, serial, scans, visitor_days, first_minute, last_minute, before_activation,
    last_province, last_province_minute, provinces, far_jumps,
    pin_wrong_tries, pin_locked_until, pin_used_at, pin_stranger_days
  from tally where (batch_id, serial) > (?, ?) order by batch_id, serial limit ${PIECE}`;

export type SealLog = (event: string, fields: Record<string, unknown>) => void;

/**
 * @param at the time of the sealing, as its lines state it
 * @throws StoreError `untrusted` if the chain is broken, because then there is nothing to check the rows against
 */
export function sealStore(db: DatabaseSync, seals: Seals, at: string, log: SealLog): void {
  sealLines(db, seals);
  const audit = new AuditWriter(db, seals);
  audit.begin();
  // Later migrations make the tables of later collections.
  const tables = new Set(rowsOf(prepare(db, "select name from sqlite_schema where type = 'table'")).flat());
  for (const name of COLLECTION_NAMES) if (tables.has(name)) sealRecords(db, seals, audit, name, at, log);
  audit.finish();
  sealTallies(db, seals);
  sealOthers(db, seals);
}

function sealLines(db: DatabaseSync, seals: Seals): void {
  const lines = prepare(db, LINES);
  const seal = db.prepare(SEAL_LINE);
  let head: ChainHead = CHAIN_START;
  for (;;) {
    const entries = rowsOf(lines, head.seq).map(entryOf);
    if (entries.length === 0) break;
    const check = verifyChain(entries, head);
    if (!check.ok)
      throw new StoreError('untrusted', `line ${check.seq} of the audit chain is not whole; restore a backup`);
    for (const entry of entries) seal.run(seals.chain.of(lineText(entry)), entry.seq);
    head = check.head;
  }
  if (head.seq > 0) db.prepare(KEEP_HEAD).run(head.seq, head.hash, seals.chainHead.of(headText(head)));
}

function sealRecords(
  db: DatabaseSync,
  seals: Seals,
  audit: AuditWriter,
  name: CollectionName,
  at: string,
  log: SealLog,
): void {
  const records = prepare(db, RECORDS(name));
  const linesOf = prepare(db, LINES_OF);
  const seal = db.prepare(SEAL_RECORD(name));
  for (let after = ''; ;) {
    const rows = rowsOf(records, after) as [string, number, string, string, Uint8Array | null][];
    for (const [id, version, createdAt, text, mac] of rows) {
      const doc = parsedOrNull(text);
      const isAsItSays = doc?.id === id && doc.version === version && doc.createdAt === createdAt;
      const wasSealed = !SEALED_BEFORE.has(name) || isSealOf(seals.rowKey, name, text, mac);
      const lines = rowsOf(linesOf, entityOf(name, id)).map(entryOf);
      const fault =
        doc === null || !isAsItSays || !wasSealed ? 'it is not as it was written' : contradictionOf(doc, lines);
      if (fault === null && doc !== null) {
        seal.run(sealText(seals.rowKey, name, text), id);
        audit.append(baselineLine(name, doc, at));
      } else {
        seal.run(null, id);
        log('store.row-not-sealed', { collection: name, id, fault });
      }
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < PIECE) return;
    [after] = last;
  }
}

function parsedOrNull(text: string): Entity | null {
  try {
    const doc = JSON.parse(text) as Entity;
    return typeof doc === 'object' && canonicalJson(doc) === text ? doc : null;
  } catch {
    return null;
  }
}

function sealTallies(db: DatabaseSync, seals: Seals): void {
  const tallies = prepare(db, TALLIES);
  const seal = db.prepare(`update tally set mac = ? where batch_id = ? and serial = ?`);
  let after: [string, number] = ['', 0];
  for (;;) {
    const rows = rowsOf(tallies, ...after);
    for (const row of rows) {
      const [batchId, serial] = row as [string, number];
      seal.run(seals.tally.of(tallyText(tallyOf(row, 2, batchId, serial))), batchId, serial);
      after = [batchId, serial];
    }
    if (rows.length < PIECE) break;
  }
  const batches = rowsOf(prepare(db, 'select batch_id, scans, visitor_days, stamps_scanned from batch_tally'));
  const sealBatch = db.prepare(`update batch_tally set mac = ? where batch_id = ?`);
  for (const row of batches) sealBatch.run(seals.batchTally.of(batchTallyText(batchTallyOfRow(row))), row[0] as string);
}

function sealOthers(db: DatabaseSync, seals: Seals): void {
  const file = prepare(db, 'select id, media_type, bytes from file where id = ?');
  for (const [id] of rowsOf(prepare(db, 'select id from file'))) {
    const [, mediaType, bytes] = rowOf(file, id as Cell) as [string, string, Uint8Array];
    db.prepare('update file set mac = ? where id = ?').run(
      seals.file.of(fileText(id as string, mediaType, bytes)),
      id as string,
    );
  }
  const sealKey = db.prepare('update request_key set mac = ? where key = ?');
  for (const row of rowsOf(prepare(db, 'select key, at, body_hash, answer from request_key'))) {
    const [key, at, bodyHash, answer] = row as [string, string, string, string];
    sealKey.run(seals.requestKey.of(requestText(key, at, bodyHash, answer)), key);
  }
  const [madeAt, timeZone, answered] = rowOf(prepare(db, 'select made_at, time_zone, answered_scans from store')) as [
    string,
    string,
    number,
  ];
  db.prepare('update store set mac = ?').run(seals.store.of(answeredText(madeAt, timeZone, answered)));
}
