// The only way to connect to MongoDB, with every setting that our promises depend on, and how to read the driver's
// errors. MongoDB's error codes stay inside this folder. Decision: docs/decisions/0010-mongo-store.md.

import { createConnection, mongo, type ConnectOptions, type Connection } from 'mongoose';
import { inTime } from '../in-time.ts';
import { StoreError } from '../store.ts';

/** Used if the address names no database. */
const DATABASE_NAME = 'temtrace';
/** How long a scan waits for an unreachable server before it is refused. */
const SELECT_SERVER_MS = 2_000;
/** How long the servers may take to agree on a write; after that its fate is unknown. */
const MAJORITY_MS = 5_000;
/** A silent connection is given up after this; the longest count of a batch's scans stays below it. */
const SOCKET_MS = 20_000;
const HEARTBEAT_MS = 2_000;
/** A connection that died without a word answers never; whoever stops does not wait for it longer. */
const CLOSE_MS = 5_000;
const POOL_MAX = 20;

/** Settings that an address may repeat, because we set them; any other value would weaken our promises. */
const OUR_SETTINGS: Readonly<Record<string, string>> = {
  w: 'majority',
  journal: 'true',
  j: 'true',
  readconcernlevel: 'majority',
  readpreference: 'primary',
};
/** Settings that would weaken our promises, whatever their value. */
const REFUSED_SETTINGS: ReadonlySet<string> = new Set([
  'wtimeout',
  'wtimeoutms',
  'fsync',
  'safe',
  'readpreferencetags',
  'maxstalenessseconds',
  'ignoreundefined',
]);

const ADDRESS = /^mongodb(?:\+srv)?:\/\/[^/?]+(?:\/([^?]*))?(?:\?(.*))?$/;

/**
 * What is wrong with an address for a store that must lose nothing; null: nothing. The text never repeats the address,
 * which may hold a password.
 */
export function addressFault(url: string): string | null {
  const parts = ADDRESS.exec(url);
  if (parts === null) return 'must be mongodb://HOST/DATABASE or mongodb+srv://HOST/DATABASE';
  for (const [name, value] of new URLSearchParams(parts[2] ?? '')) {
    const setting = name.toLowerCase();
    const ours = OUR_SETTINGS[setting];
    if (REFUSED_SETTINGS.has(setting)) return `must not set ${name}`;
    if (ours !== undefined && value.toLowerCase() !== ours) return `must not set ${name} to anything but ${ours}`;
  }
  return null;
}

/** A connection that knows whether we have closed it. */
export class Link {
  readonly connection: Connection;
  readonly db: mongo.Db;
  private closed = false;
  private readonly running = new Set<Promise<unknown>>();

  constructor(connection: Connection) {
    this.connection = connection;
    const { db } = connection;
    if (db === undefined) throw new StoreError('unavailable', 'the connection has no database');
    this.db = db;
  }

  /** Runs reads. @throws StoreError `unavailable` for an outage */
  read<T>(run: () => Promise<T>): Promise<T> {
    return this.guard(run, 'unavailable');
  }

  /** Runs writes. @throws StoreError `unavailable` if nothing was written, `unknown-commit` if that cannot be known */
  write<T>(run: () => Promise<T>): Promise<T> {
    return this.guard(run, 'unknown-commit');
  }

  /** Waits for running work, for a while; from then on every other call is `unavailable`. May be called twice. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    const closing = Promise.allSettled(this.running).then(() => this.connection.close());
    await inTime(closing, CLOSE_MS).catch(() => undefined);
  }

  private async guard<T>(run: () => Promise<T>, whenCutOff: 'unavailable' | 'unknown-commit'): Promise<T> {
    if (this.closed) throw new StoreError('unavailable', 'the store is closed');
    const running = run();
    this.running.add(running);
    try {
      return await running;
    } catch (error) {
      throw asStoreError(error, whenCutOff);
    } finally {
      this.running.delete(running);
    }
  }
}

/** @throws StoreError `unavailable` if no server answers, `untrusted` for a faulty address */
export async function connect(url: string): Promise<Link> {
  const fault = addressFault(url);
  if (fault !== null) throw new StoreError('untrusted', `DATABASE_URL ${fault}`);
  const connection = createConnection(url, settingsFor(url));
  try {
    await connection.asPromise();
    return new Link(connection);
  } catch (error) {
    await connection.close();
    throw asStoreError(error, 'unavailable');
  }
}

/** A name of a database has no slash, dot or space: it may name a file. */
export function databaseNameOf(url: string): string {
  return ADDRESS.exec(url)?.[1] || DATABASE_NAME;
}

function settingsFor(url: string): ConnectOptions {
  return {
    dbName: databaseNameOf(url),
    appName: 'temtrace',
    writeConcern: { w: 'majority', journal: true, wtimeoutMS: MAJORITY_MS },
    readConcern: { level: 'majority' },
    readPreference: 'primary',
    serverSelectionTimeoutMS: SELECT_SERVER_MS,
    connectTimeoutMS: SELECT_SERVER_MS,
    waitQueueTimeoutMS: SELECT_SERVER_MS,
    heartbeatFrequencyMS: HEARTBEAT_MS,
    socketTimeoutMS: SOCKET_MS,
    maxPoolSize: POOL_MAX,
    promoteBuffers: true,
    autoIndex: false,
    autoCreate: false,
    bufferCommands: false,
  };
}

const DUPLICATE_KEY = 11_000;
/** The server was not the primary, or we lack the right: nothing was done. */
const NOTHING_DONE_CODES: ReadonlySet<number> = new Set([10_107, 13_435, 10_058, 13, 18]);
/** The server stepped down, shut down or timed out, or not enough servers agreed: the fate of the write is unknown. */
const CUT_OFF_CODES: ReadonlySet<number> = new Set([
  6, 7, 50, 64, 79, 89, 91, 100, 134, 189, 202, 262, 317, 358, 9001, 11_600, 11_602,
]);

/** Whether the server refused a write because a unique index already holds the value. */
export function isDuplicate(error: unknown): boolean {
  return error instanceof mongo.MongoServerError && error.code === DUPLICATE_KEY;
}

/**
 * Positions of the operations in an unordered bulk write that a unique index refused; all others were done.
 * @throws the error itself if it says anything else
 */
export function refusedBy(error: unknown): Set<number> {
  if (!(error instanceof mongo.MongoBulkWriteError) || error.result.getWriteConcernError() !== undefined) throw error;
  const failures = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors];
  if (failures.length === 0 || failures.some(({ code }) => code !== DUPLICATE_KEY)) throw error;
  return new Set(failures.map(({ index }) => index));
}

/** A StoreError for an outage; any other error is our bug and is returned unchanged. */
function asStoreError(error: unknown, whenCutOff: 'unavailable' | 'unknown-commit'): unknown {
  if (error instanceof StoreError || error instanceof RangeError || !(error instanceof Error)) return error;
  const kind = outageOf(error, whenCutOff);
  return kind === null ? error : new StoreError(kind, error.message, error);
}

function outageOf(error: Error, whenCutOff: 'unavailable' | 'unknown-commit'): 'unavailable' | 'unknown-commit' | null {
  if (error instanceof mongo.MongoBulkWriteError) {
    if (error.result.getWriteConcernError() !== undefined) return whenCutOff;
    // The driver wraps whatever stopped a bulk write.
    if (error.errorResponse instanceof Error) return outageOf(error.errorResponse, whenCutOff);
  }
  if (error instanceof mongo.MongoWriteConcernError) return whenCutOff;
  if (error instanceof mongo.MongoSystemError || NEVER_SENT.has(error.name)) return 'unavailable';
  if (error instanceof mongo.MongoNetworkError) {
    const neverConnected = 'beforeHandshake' in error && error.beforeHandshake === true;
    return neverConnected ? 'unavailable' : whenCutOff;
  }
  if (error instanceof mongo.MongoServerError) {
    const code = typeof error.code === 'number' ? error.code : 0;
    if (NOTHING_DONE_CODES.has(code)) return 'unavailable';
    return CUT_OFF_CODES.has(code) ? whenCutOff : null;
  }
  return null;
}

/** Errors by which the driver or mongoose says that it never sent the request. */
const NEVER_SENT: ReadonlySet<string> = new Set([
  'MongoWaitQueueTimeoutError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'MongoServerClosedError',
  'MongoPoolClosedError',
  'MongoPoolClearedError',
  'MongoClientClosedError',
  'MongooseError',
  'MongooseServerSelectionError',
]);
