// The queue of what an inspector recorded: kept first, sent in order, done once. It knows neither network nor database;
// whoever runs it holds the lock of all tabs, and calls it again whenever something may have changed.
//
// Why nothing is lost or doubled: an operation leaves the store only together with the server's answer to it, and its
// `opId` is the same in every try, so the server answers a second arrival like the first.

import type { Op, OpResult, WireProblem } from './wire.ts';

/** As many as the server takes in one request. */
export const OPS_AT_ONCE = 50;

export interface KeptOp {
  /** Order of recording. */
  seq: number;
  op: Op;
  /** Null: it waits to be sent. */
  refused: WireProblem | null;
}

export interface KeptPhoto {
  clientId: string;
  /** The item that it shows. */
  item: string;
  seq: number;
  mediaType: string;
  bytes: Uint8Array<ArrayBuffer>;
  refused: WireProblem | null;
}

/** Each method is one transaction: done whole, or not at all. */
export interface OutboxStore {
  /** All that waits and all that was refused, oldest first. */
  ops(): Promise<KeptOp[]>;
  /** Without their bytes. */
  photos(): Promise<Omit<KeptPhoto, 'bytes'>[]>;
  photo(clientId: string): Promise<KeptPhoto | null>;
  /** Removes the operation and keeps the server's answer, for the app to fold into what it shows. */
  settleOp(seq: number, result: OpResult): Promise<void>;
  settlePhoto(clientId: string): Promise<void>;
  refuseOp(seq: number, problem: WireProblem): Promise<void>;
  refusePhoto(clientId: string, problem: WireProblem): Promise<void>;
}

/** Why a request brought nothing. `locked`: sign in again. `shut`: the office shut this phone. */
export type SendFailure =
  { kind: 'no-network' } | { kind: 'later'; waitMs: number | null } | { kind: 'locked' } | { kind: 'shut' };

export type SyncAnswer =
  SendFailure | { kind: 'answered'; results: OpResult[] } | { kind: 'malformed'; problem: WireProblem };
export type PhotoAnswer = SendFailure | { kind: 'taken' } | { kind: 'refused'; problem: WireProblem };

export interface SyncServer {
  sync(ops: readonly Op[]): Promise<SyncAnswer>;
  putPhoto(photo: KeptPhoto): Promise<PhotoAnswer>;
}

export type Sent = { kind: 'all-sent' } | SendFailure;

/** Sends what waits: first the operations, then the photos of items that the server has. */
export async function sendWaiting(store: OutboxStore, server: SyncServer): Promise<Sent> {
  const ops = await sendOps(store, server);
  // A photo whose item is there can go although a later operation cannot.
  if (ops.kind !== 'all-sent' && ops.kind !== 'later') return ops;
  const photos = await sendPhotos(store, server);
  return photos.kind === 'all-sent' ? ops : photos;
}

async function sendOps(store: OutboxStore, server: SyncServer): Promise<Sent> {
  let atOnce = OPS_AT_ONCE;
  for (;;) {
    const batch = sendable(await store.ops()).slice(0, atOnce);
    if (batch.length === 0) return { kind: 'all-sent' };
    const answer = await server.sync(batch.map(({ op }) => op));
    if (answer.kind === 'malformed') {
      const [first] = batch;
      // One that cannot be read must not hold up the others: they are sent one by one until it is found.
      const isFound = batch.length === 1 && first !== undefined;
      if (isFound) await store.refuseOp(first.seq, answer.problem);
      atOnce = isFound ? OPS_AT_ONCE : 1;
      continue;
    }
    if (answer.kind !== 'answered') return answer;
    if (!(await settle(batch, answer.results, store))) return { kind: 'later', waitMs: null };
  }
}

/** False: the rest of the batch must wait. */
async function settle(batch: readonly KeptOp[], results: readonly OpResult[], store: OutboxStore): Promise<boolean> {
  const byId = new Map(results.map((result) => [result.opId, result]));
  for (const { seq, op } of batch) {
    const result = byId.get(op.opId);
    // An answer that was cut short says nothing of the rest.
    if (result === undefined || result.state === 'later') return false;
    if (result.state === 'refused') await store.refuseOp(seq, result.problem ?? UNNAMED);
    else await store.settleOp(seq, result);
  }
  return true;
}

const UNNAMED: WireProblem = { code: 'refused', detail: '' };

/**
 * What may be sent now: in order, without what hangs on something refused. The items of a refused round wait until a
 * person has decided about the round; other rounds go on.
 */
export function sendable(kept: readonly KeptOp[]): KeptOp[] {
  const rounds = new Set<string>();
  const items = new Set<string>();
  return kept.filter(({ op, refused }) => {
    const hangs =
      ('round' in op && rounds.has(op.round)) || (op.kind === 'change-item' && items.has(op.item)) || refused !== null;
    if (hangs && op.kind === 'open-round') rounds.add(op.round);
    if (hangs && op.kind === 'item') items.add(op.item);
    return !hangs;
  });
}

async function sendPhotos(store: OutboxStore, server: SyncServer): Promise<Sent> {
  const waitingItems = new Set((await store.ops()).flatMap(({ op }) => (op.kind === 'item' ? [op.item] : [])));
  for (const { clientId, item, refused } of await store.photos()) {
    if (refused !== null || waitingItems.has(item)) continue;
    const photo = await store.photo(clientId);
    if (photo === null) continue;
    const answer = await server.putPhoto(photo);
    if (answer.kind === 'taken') await store.settlePhoto(clientId);
    else if (answer.kind === 'refused') await store.refusePhoto(clientId, answer.problem);
    else return answer;
  }
  return { kind: 'all-sent' };
}

/** When to try again by itself after so many tries in a row that brought nothing. */
export function retryMs(failures: number, asked: number | null): number {
  return Math.max(asked ?? 0, Math.min(RETRY_FIRST_MS * 2 ** Math.min(failures, 10), RETRY_MOST_MS));
}

const RETRY_FIRST_MS = 2_000;
/** A signal comes and goes in a market hall; five minutes of waiting cost nothing, and a tap sends at once. */
const RETRY_MOST_MS = 300_000;
