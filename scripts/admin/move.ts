// `move`: moves a whole embedded store into MongoDB. It closes the file first, so that a service that still runs on it
// answers 503 and loses nothing. Then it copies every row and compares counts and sums of the two stores.
//
// It may be interrupted at any moment and started again. The database can be opened only after the two stores are
// equal.

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { deriveKeys, openMasterKey } from '../../server/master-key.ts';
import { openArrival, type Arrival } from '../../server/store/mongo/moving/arrival.ts';
import {
  isSameSum,
  MOVED_KINDS,
  sumOf,
  type MovedFacts,
  type MovedKind,
  type MovedRow,
} from '../../server/store/moving.ts';
import { addressFaultOf, isNewEmbedded, shownAddress, sqlitePath, storeKindOf } from '../../server/store/open-store.ts';
import { openSqliteStore } from '../../server/store/sqlite/open.ts';
import {
  cancelMove,
  closeForMove,
  finishMove,
  openDeparture,
  type Departure,
} from '../../server/store/sqlite/moving/departure.ts';
import { openReading } from '../../server/store/sqlite/connection.ts';
import { checkMovable, movedTo } from '../../server/store/sqlite/trust.ts';
import { Wrong, WrongUse, type Command, type Terminal } from './command.ts';
import { readOperatorSettings } from './open-store.ts';

/** Rows per write, and the size in bytes at which a write takes fewer rows. */
const ROWS_MAX = 500;
const CHARACTERS_MAX = 4_000_000;

export const move: Command = {
  help: `move --to URL      from the embedded store that DATABASE_URL names to an empty MongoDB database
move --to -        the same, the address on standard input: one with a password belongs in no argument
move --cancel      opens the embedded store again, while not everything has arrived

From its beginning the embedded store takes no write any more: a service that runs on it answers scans with 503 and says
that they cannot be checked now. When it ends with 0, start the servers with DATABASE_URL set to the new address and the
same master key. Cut off, it is begun again with the same words, and goes on. Finished print files stay in DATA_DIR; any
server makes them again.`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { to: { type: 'string' }, cancel: { type: 'boolean' } },
    });
    if (positionals.length > 0 || (values.to === undefined) === (values.cancel !== true))
      throw new WrongUse('move takes --to URL, or --cancel');
    const path = await source();
    if (values.to === undefined) {
      cancelMove(path);
      terminal.out(`${path} is open again.`);
      return;
    }
    const url = values.to === '-' ? readFileSync(0, 'utf8').trim() : values.to;
    const fault = storeKindOf(url) === 'mongodb' ? await addressFaultOf(url) : 'must be mongodb://HOST/DATABASE';
    if (fault !== null) throw new WrongUse(`--to ${fault}`);
    await moveAll(path, url, terminal);
  },
};

/** The file to move, checked: it is ours, undamaged and has the newest schema. */
async function source(): Promise<string> {
  const config = readOperatorSettings();
  if (storeKindOf(config.databaseUrl) !== 'sqlite')
    throw new Wrong(['DATABASE_URL names no embedded store: there is nothing to move.']);
  if (await isNewEmbedded(config.databaseUrl)) throw new Wrong([`${shownAddress(config.databaseUrl)} holds no store.`]);
  const path = sqlitePath(config.databaseUrl);
  const { row: rowKey } = deriveKeys(openMasterKey(config.masterKeyFile, false, () => new Uint8Array()));
  checkMovable(path, rowKey);
  if (!isClosed(path))
    await (await openSqliteStore({ path, rowKey, now: () => new Date(), timeZone: config.timeZone })).close();
  return path;
}

function isClosed(path: string): boolean {
  const db = openReading(path);
  try {
    return movedTo(db) !== null;
  } finally {
    db.close();
  }
}

async function moveAll(path: string, url: string, terminal: Terminal): Promise<void> {
  const target = shownAddress(url);
  // Checked before the store is closed: a wrong address, or a database in use, must not interrupt scans.
  const arrival = await openArrival(url, factsOf(path));
  if (arrival === null) {
    if (!isClosed(path))
      throw new Wrong([`${target} is a copy of this store that is used already; name an empty database.`]);
    terminal.out(`${path} was moved to ${target} before.`);
    return;
  }
  try {
    closeForMove(path, target, new Date().toISOString());
    terminal.out(`${path} is closed: a service on it answers 503 from now on.`);
    await moveRows(path, arrival, terminal);
    // Retire the old store first, so that the two are never both usable.
    finishMove(path);
    await arrival.finish();
    terminal.out(
      `All of it is in ${target}. Start the servers with DATABASE_URL and MASTER_KEY_FILE set; ` +
        `${path} stays as it is, closed.`,
    );
  } finally {
    await arrival.close();
  }
}

function factsOf(path: string): MovedFacts {
  const departure = openDeparture(path);
  departure.close();
  return departure.facts;
}

async function moveRows(path: string, arrival: Arrival, terminal: Terminal): Promise<void> {
  const departure = openDeparture(path);
  try {
    for (const kind of MOVED_KINDS) await moveKind(kind, departure, arrival, terminal);
  } finally {
    departure.close();
  }
}

async function moveKind(kind: MovedKind, departure: Departure, arrival: Arrival, terminal: Terminal): Promise<void> {
  const wanted = await sumOf(departure.rows(kind));
  const before = await sumOf(arrival.rows(kind));
  if (!isSameSum(wanted, before)) {
    for (const rows of inPieces(departure.rows(kind))) await arrival.put(kind, rows);
    const after = await sumOf(arrival.rows(kind));
    if (!isSameSum(wanted, after)) {
      throw new Wrong([
        `${kind}: ${wanted.rows} rows left with the sum ${wanted.sum}, ${after.rows} arrived with ${after.sum}. ` +
          'The database was changed meanwhile: empty it and begin again.',
      ]);
    }
  }
  terminal.out(`${kind.padEnd(13)} ${String(wanted.rows).padStart(9)} rows, sum ${wanted.sum.slice(0, 16)}`);
}

function* inPieces(rows: Iterable<MovedRow>): Generator<MovedRow[]> {
  let piece: MovedRow[] = [];
  let characters = 0;
  for (const row of rows) {
    piece.push(row);
    for (const cell of row) characters += typeof cell === 'string' ? cell.length : 8;
    if (piece.length < ROWS_MAX && characters < CHARACTERS_MAX) continue;
    yield piece;
    piece = [];
    characters = 0;
  }
  if (piece.length > 0) yield piece;
}
