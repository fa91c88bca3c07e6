// An embedded store that moves away. It is closed first: triggers refuse every write, also those of a service that runs
// beside us, which answers 503 from then on. So nothing changes while it is read, nor between an interrupted move and
// the next.

import type { DatabaseSync } from 'node:sqlite';
import { canonicalJson } from '../../../domain/audit/audit-chain.ts';
import { isCollection, type MovedFacts, type MovedKind, type MovedRow, type Snapshot } from '../../moving.ts';
import { StoreError, type CollectionName } from '../../store.ts';
import { COLUMNS } from '../audit-rows.ts';
import { openReading, openWriting, prepare, rowOf, rowsOf, valueOf, type Cell } from '../connection.ts';
import { tallyOf } from '../scan-rows.ts';
import { movedTo } from '../trust.ts';

const TABLES = `select name from sqlite_schema
  where type = 'table' and name not in ('store', 'moved') and name not like 'sqlite%'`;
const MAKE_MOVED = `
  create table moved (
    one integer primary key check (one = 1), target text not null, at text not null, finished integer not null
  ) strict`;
const MARK = `insert into moved (one, target, at, finished) values (1, ?, ?, 0)`;
const FINISH = `update moved set finished = 1`;
const FACTS = `select made_at, time_zone, canary from store`;
const SNAPSHOT_FACTS = `select made_at, time_zone, canary, answered_scans from store`;
const EVENTS = ['insert', 'update', 'delete'] as const;

const ROWS: Readonly<Record<Exclude<MovedKind, CollectionName | 'tallies'>, string>> = {
  requestKeys: `select key, at, body_hash, answer, mac from request_key`,
  audit: `select ${COLUMNS} from audit`,
  chainHeads: `select seq, hash, mac from chain_head`,
  scans: `select batch_id, serial, id, minute, province, verdict, counted from scan`,
  batchTallies: `select batch_id, scans, visitor_days, stamps_scanned, mac from batch_tally`,
  forgottenScans: `select batch_id, counted, mac from forgotten`,
  refusals: `select day, reason, batch_id, refused from refusal`,
  salts: `select day, salt from salt`,
  files: `select id, media_type, bytes, mac from file`,
};
const TALLIES = `
  select batch_id, serial, scans, visitor_days, first_minute, last_minute, before_activation,
    last_province, last_province_minute, provinces,
    far_jumps, pin_wrong_tries, pin_locked_until, pin_used_at, pin_stranger_days, signs, visits, mac
  from tally`;
/** Cells of TALLIES before the tally's own, and the position of `visits`. */
const TALLY_AT = 2;
const VISITS_AT = 16;
const MAC_AT = 17;

/**
 * Closes the store of a file for good, or finds it closed for the same target.
 * @param target as a person may see it
 * @throws StoreError `untrusted` if it was closed for another target
 */
export function closeForMove(path: string, target: string, at: string): void {
  inWriting(path, (db) => {
    const moved = movedTo(db);
    if (moved !== null && moved.target !== target)
      throw new StoreError('untrusted', `${path} is being moved to ${moved.target} already`);
    if (moved !== null) return;
    db.exec(MAKE_MOVED);
    db.prepare(MARK).run(target, at);
    for (const name of tablesOf(db)) {
      for (const event of EVENTS) {
        db.exec(
          `create trigger "moved.${name}.${event}" before ${event} on "${name}"
      begin select raise(abort, 'the store has moved'); end`,
        );
      }
    }
  });
}

/** Records that everything has arrived. */
export function finishMove(path: string): void {
  inWriting(path, (db) => db.exec(FINISH));
}

/**
 * Opens the store again. @throws StoreError `untrusted` if everything had arrived, because the new store may have been
 * used since
 */
export function cancelMove(path: string): void {
  inWriting(path, (db) => {
    const moved = movedTo(db);
    if (moved === null) throw new StoreError('untrusted', `${path} is not being moved`);
    if (moved.finished)
      throw new StoreError('untrusted', `${path} was moved to ${moved.target}, which may have been used since`);
    for (const name of tablesOf(db)) for (const event of EVENTS) db.exec(`drop trigger "moved.${name}.${event}"`);
    db.exec('drop table moved');
  });
}

export interface Departure {
  facts: MovedFacts;
  rows: (kind: MovedKind) => Iterable<MovedRow>;
  close: () => void;
}

/** Reads everything in a closed store. */
export function openDeparture(path: string): Departure {
  const db = openReading(path);
  const [madeAt, timeZone, canary] = rowOf(prepare(db, FACTS)) as [string, string, Uint8Array];
  return { facts: { madeAt, timeZone, canary }, rows: (kind) => rowsToMove(db, kind), close: () => db.close() };
}

/**
 * Reads everything in a store that is in use, as of now: in one read transaction, which no writer waits for. Its log
 * grows meanwhile, because nothing newer can be moved into the file.
 */
export function openSnapshot(path: string): Snapshot {
  const db = openReading(path);
  db.exec('begin');
  // The first read takes the snapshot.
  const [madeAt, timeZone, canary, answeredScans] = rowOf(prepare(db, SNAPSHOT_FACTS)) as [
    string,
    string,
    Uint8Array,
    number,
  ];
  return {
    facts: { madeAt, timeZone, canary, answeredScans },
    rows: (kind) => rowsToMove(db, kind),
    close: () => db.close(),
  };
}

function* rowsToMove(db: DatabaseSync, kind: MovedKind): Generator<MovedRow> {
  if (kind === 'tallies') {
    // A store closed under an older schema has tallies without signs.
    const hasSigns = valueOf(db, `select count(*) from pragma_table_info('tally') where name = 'signs'`) === 1;
    for (const cells of cellsFrom(db, hasSigns ? TALLIES : TALLIES.replace('signs,', 'null,'))) {
      const [batchId, serial] = cells as [string, number];
      yield [
        batchId,
        serial,
        canonicalJson(tallyOf(cells, TALLY_AT, batchId, serial)),
        cells[VISITS_AT] as string,
        cells[MAC_AT] as string,
      ];
    }
    return;
  }
  // Closed under an older schema, which lacks this kind.
  if (isCollection(kind) && !tablesOf(db).includes(kind)) return;
  if (kind === 'forgottenScans' && !tablesOf(db).includes('forgotten')) return;
  const sql = isCollection(kind) ? `select id, version, created_at, doc, mac from "${kind}"` : ROWS[kind];
  for (const cells of cellsFrom(db, sql))
    yield cells.map((cell) => (cell instanceof Uint8Array ? Buffer.from(cell).toString('base64') : cell));
}

function cellsFrom(db: DatabaseSync, sql: string): Iterable<Cell[]> {
  return prepare(db, sql).iterate() as unknown as Iterable<Cell[]>;
}

function tablesOf(db: DatabaseSync): string[] {
  return rowsOf(prepare(db, TABLES)).map(([name]) => String(name));
}

function inWriting(path: string, work: (db: DatabaseSync) => void): void {
  const db = openWriting(path, 'FULL');
  try {
    db.exec('begin immediate');
    work(db);
    db.exec('commit');
  } finally {
    db.close();
  }
}
