// The phone's database: what the app keeps, sealed. `items`, `rounds` and `packs` open with the data key, so only after
// the PIN; what waits to be sent opens with the queue key, which the service worker has too. One transaction keeps a
// record together with the operation that tells the server of it: kept first, and never half.

import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { KeptOp, KeptPhoto, OutboxStore } from '../core/outbox.ts';
import type { KeptItem, KeptRound } from '../core/round-book.ts';
import { openBytes, openJson, sealBytes, sealJson, type Key } from '../core/seal.ts';
import type { DeviceKeys, Lock } from '../core/keys.ts';
import type { Op, OpResult, Session, WireProblem, WireRound } from '../core/wire.ts';

const NAME = 'temtrace-inspect';
const VERSION = 1;
/** On the disk before the person is told that it is kept. */
const STRICT = { durability: 'strict' } as const;

type Sealed = Uint8Array<ArrayBuffer>;

interface Meta {
  device: { keys: DeviceKeys; lock: Lock; session: Session };
  offsetMs: number;
  settings: Settings;
  /** Whether it was said that the phone may clear what a site keeps. */
  warned: boolean;
}

export interface Settings {
  language: 'vi' | 'en';
  sun: boolean;
  sound: boolean;
}

interface Schema extends DBSchema {
  meta: { key: string; value: unknown };
  packs: { key: string; value: Sealed };
  rounds: { key: string; value: Sealed };
  items: { key: string; value: { round: string; sealed: Sealed }; indexes: { round: string } };
  ops: { key: number; value: { opId: string; sealed: Sealed; refused: WireProblem | null } };
  photos: {
    key: string;
    value: { item: string; seq: number; mediaType: string; sealed: Sealed; refused: WireProblem | null };
    indexes: { seq: number };
  };
  answers: { key: number; value: { opId: string; sealed: Sealed } };
  notes: { key: string; value: Sealed };
}

const STORES = ['meta', 'packs', 'rounds', 'items', 'ops', 'photos', 'answers', 'notes'] as const;

export type Database = IDBPDatabase<Schema>;

export function openDatabase(): Promise<Database> {
  return openDB<Schema>(NAME, VERSION, {
    upgrade(database) {
      database.createObjectStore('meta');
      database.createObjectStore('packs');
      database.createObjectStore('rounds');
      database.createObjectStore('items').createIndex('round', 'round');
      database.createObjectStore('ops', { autoIncrement: true });
      database.createObjectStore('photos').createIndex('seq', 'seq');
      database.createObjectStore('answers', { autoIncrement: true });
      database.createObjectStore('notes');
    },
    // Another tab deletes or upgrades it: this one must not hold it up.
    blocking: (_current, _next, event) => (event.target as IDBDatabase).close(),
  });
}

/** Takes everything off the phone: the keys in the same step as what they open. */
export async function wipe(database: Database): Promise<void> {
  const transaction = database.transaction(STORES, 'readwrite', STRICT);
  await Promise.all(STORES.map((store) => transaction.objectStore(store).clear()));
  await transaction.done;
  database.close();
  await deleteDB(NAME);
}

export async function readMeta<K extends keyof Meta>(database: Database, name: K): Promise<Meta[K] | null> {
  return ((await database.get('meta', name)) as Meta[K] | undefined) ?? null;
}

export async function keepMeta<K extends keyof Meta>(database: Database, name: K, value: Meta[K]): Promise<void> {
  const transaction = database.transaction('meta', 'readwrite', STRICT);
  await transaction.store.put(value, name);
  await transaction.done;
}

/** What of a round changes in one step. */
export interface Change {
  round?: KeptRound;
  items?: readonly KeptItem[];
  op?: Op;
  photo?: Omit<KeptPhoto, 'seq' | 'refused'>;
}

/** The records that open with the data key. */
export class Records {
  private readonly database: Database;
  private readonly dataKey: Key;
  private readonly queueKey: Key;

  constructor(database: Database, dataKey: Key, queueKey: Key) {
    this.database = database;
    this.dataKey = dataKey;
    this.queueKey = queueKey;
  }

  /** Keeps all of it, or nothing. @throws QuotaExceededError if there is no room */
  async keep({ round, items = [], op, photo }: Change): Promise<void> {
    const sealedRound = round && (await sealJson(this.dataKey, `rounds/${round.clientId}`, round));
    const sealedItems = await Promise.all(
      items.map(async (item) => ({
        item,
        sealed: await sealJson(this.dataKey, `items/${item.clientId}`, item),
      })),
    );
    const sealedOp = op && (await sealJson(this.queueKey, `ops/${op.opId}`, op));
    const sealedPhoto = photo && (await sealBytes(this.queueKey, `photos/${photo.clientId}`, photo.bytes));
    const transaction = this.database.transaction(['rounds', 'items', 'ops', 'photos'], 'readwrite', STRICT);
    const writes: Promise<unknown>[] = [];
    if (round !== undefined && sealedRound !== undefined)
      writes.push(transaction.objectStore('rounds').put(sealedRound, round.clientId));
    for (const { item, sealed } of sealedItems)
      writes.push(transaction.objectStore('items').put({ round: item.round, sealed }, item.clientId));
    if (op !== undefined && sealedOp !== undefined)
      writes.push(transaction.objectStore('ops').add({ opId: op.opId, sealed: sealedOp, refused: null }));
    if (photo !== undefined && sealedPhoto !== undefined) {
      const { clientId, item, mediaType } = photo;
      const row = { item, seq: Date.now(), mediaType, sealed: sealedPhoto, refused: null };
      writes.push(transaction.objectStore('photos').put(row, clientId));
    }
    await Promise.all([...writes, transaction.done]);
  }

  async rounds(): Promise<KeptRound[]> {
    const [keys, sealed] = await Promise.all([this.database.getAllKeys('rounds'), this.database.getAll('rounds')]);
    const rounds = keys.map((key, at) => openJson<KeptRound>(this.dataKey, `rounds/${key}`, sealed[at] ?? NONE));
    return (await Promise.all(rounds)).toSorted((a, b) => b.openedAt.localeCompare(a.openedAt));
  }

  /** Of one round, oldest first. */
  async items(round: string): Promise<KeptItem[]> {
    const keys = await this.database.getAllKeysFromIndex('items', 'round', round);
    const items = keys.map((key) => this.item(key));
    return (await Promise.all(items)).filter((item) => item !== null).toSorted((a, b) => a.at.localeCompare(b.at));
  }

  async item(clientId: string): Promise<KeptItem | null> {
    const row = await this.database.get('items', clientId);
    return row === undefined ? null : openJson<KeptItem>(this.dataKey, `items/${clientId}`, row.sealed);
  }

  async keepPack(id: string, bytes: Sealed): Promise<void> {
    const sealed = await sealBytes(this.dataKey, `packs/${id}`, bytes);
    const transaction = this.database.transaction('packs', 'readwrite', STRICT);
    await Promise.all([transaction.store.put(sealed, id), transaction.done]);
  }

  async packs(): Promise<{ id: string; bytes: Sealed }[]> {
    const [keys, sealed] = await Promise.all([this.database.getAllKeys('packs'), this.database.getAll('packs')]);
    return Promise.all(
      keys.map(async (id, at) => ({ id, bytes: await openBytes(this.dataKey, `packs/${id}`, sealed[at] ?? NONE) })),
    );
  }

  /** What the office planned, for when there is no network. */
  async keepPlans(plans: readonly WireRound[]): Promise<void> {
    await this.database.put('notes', await sealJson(this.dataKey, 'notes/plans', plans), 'plans');
  }

  async plans(): Promise<WireRound[]> {
    const sealed = await this.database.get('notes', 'plans');
    return sealed === undefined ? [] : openJson<WireRound[]>(this.dataKey, 'notes/plans', sealed);
  }

  packNames(): Promise<string[]> {
    return this.database.getAllKeys('packs');
  }

  async dropPack(id: string): Promise<void> {
    await this.database.delete('packs', id);
  }

  /** What the server said of operations that were sent, oldest first. */
  async answers(): Promise<{ seq: number; result: OpResult }[]> {
    const [keys, rows] = await Promise.all([this.database.getAllKeys('answers'), this.database.getAll('answers')]);
    return Promise.all(
      rows.map(async ({ opId, sealed }, at) => ({
        seq: keys[at] ?? 0,
        result: await openJson<OpResult>(this.queueKey, `answers/${opId}`, sealed),
      })),
    );
  }

  /** Keeps what answers changed, and forgets the answers in the same step. */
  async foldAnswers(
    change: Pick<Change, 'items'> & { rounds: readonly KeptRound[] },
    seqs: readonly number[],
  ): Promise<void> {
    const rounds = await Promise.all(
      change.rounds.map(async (round) => ({
        id: round.clientId,
        sealed: await sealJson(this.dataKey, `rounds/${round.clientId}`, round),
      })),
    );
    const items = await Promise.all(
      (change.items ?? []).map(async (item) => ({
        item,
        sealed: await sealJson(this.dataKey, `items/${item.clientId}`, item),
      })),
    );
    const transaction = this.database.transaction(['rounds', 'items', 'answers'], 'readwrite', STRICT);
    await Promise.all([
      ...rounds.map(({ id, sealed }) => transaction.objectStore('rounds').put(sealed, id)),
      ...items.map(({ item, sealed }) =>
        transaction.objectStore('items').put({ round: item.round, sealed }, item.clientId),
      ),
      ...seqs.map((seq) => transaction.objectStore('answers').delete(seq)),
      transaction.done,
    ]);
  }
}

const NONE = new Uint8Array(0);

/** An operation by its place in the queue, or a photo by its id. */
export type Refusable = { op: number } | { photo: string };

/** The queue in the phone's database; the service worker has it too. */
export function outboxIn(
  database: Database,
  queueKey: Key,
): OutboxStore & {
  counts(): Promise<{ waiting: number; refused: number }>;
  retry(what: Refusable): Promise<void>;
  dismiss(what: Refusable): Promise<void>;
} {
  const setOp = async (seq: number, refused: WireProblem | null): Promise<void> => {
    const transaction = database.transaction('ops', 'readwrite', STRICT);
    const row = await transaction.store.get(seq);
    if (row !== undefined) await transaction.store.put({ ...row, refused }, seq);
    await transaction.done;
  };
  const setPhoto = async (clientId: string, refused: WireProblem | null): Promise<void> => {
    const transaction = database.transaction('photos', 'readwrite', STRICT);
    const row = await transaction.store.get(clientId);
    if (row !== undefined) await transaction.store.put({ ...row, refused }, clientId);
    await transaction.done;
  };
  return {
    async ops() {
      const [keys, rows] = await Promise.all([database.getAllKeys('ops'), database.getAll('ops')]);
      return Promise.all(
        rows.map(async ({ opId, sealed, refused }, at): Promise<KeptOp> => {
          return { seq: keys[at] ?? 0, op: await openJson<Op>(queueKey, `ops/${opId}`, sealed), refused };
        }),
      );
    },
    async counts() {
      const rows = await database.getAll('ops');
      const refused = rows.filter((row) => row.refused !== null).length;
      return { waiting: rows.length - refused, refused };
    },
    async photos() {
      const transaction = database.transaction('photos');
      const found: Omit<KeptPhoto, 'bytes'>[] = [];
      for await (const cursor of transaction.store.index('seq')) {
        const { item, seq, mediaType, refused } = cursor.value;
        found.push({ clientId: cursor.primaryKey, item, seq, mediaType, refused });
      }
      return found;
    },
    async photo(clientId) {
      const row = await database.get('photos', clientId);
      if (row === undefined) return null;
      const { item, seq, mediaType, sealed, refused } = row;
      const bytes = await openBytes(queueKey, `photos/${clientId}`, sealed);
      return { clientId, item, seq, mediaType, refused, bytes };
    },
    async settleOp(seq, result) {
      const sealed = await sealJson(queueKey, `answers/${result.opId}`, result);
      const transaction = database.transaction(['ops', 'answers'], 'readwrite', STRICT);
      await Promise.all([
        transaction.objectStore('ops').delete(seq),
        transaction.objectStore('answers').add({ opId: result.opId, sealed }),
        transaction.done,
      ]);
    },
    settlePhoto: async (clientId) => database.delete('photos', clientId),
    refuseOp: setOp,
    refusePhoto: setPhoto,
    retry: (what) => ('op' in what ? setOp(what.op, null) : setPhoto(what.photo, null)),
    dismiss: async (what) => ('op' in what ? database.delete('ops', what.op) : database.delete('photos', what.photo)),
  };
}
