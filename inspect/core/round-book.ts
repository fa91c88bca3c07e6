// A round as the phone keeps it: where, who was met, and each stamp that was read in it, with what was shown for it.
// Pure: counts, duplicates and what must be looked at follow from the list.

import type { Finding } from '../../server/domain/market/inspection.ts';
import type { Look } from '../../server/web/verdict-look.ts';
import type { Met, OpBody, OfflineWord, OpResult, Place, Position, WireItem, WireRound } from './wire.ts';

/**
 * How a stamp met in a round is shown. `ours`: by the pack it looks like ours, which the server has not said yet; never
 * green. `waiting`: neither the pack nor the network knew. `elsewhere`: the symbol leads to another site.
 */
export type Shown = Look | 'ours' | 'waiting' | 'elsewhere' | 'carton';

/** What is shown for a text that was read (judge.ts). */
export interface Judged {
  /** Eighteen symbols; null: no code of ours is in the text. */
  code: string | null;
  batchId: string | null;
  serial: number | null;
  lastFour: string;
  shown: Shown;
  also: string[];
  /** Of the product or the producer, as far as known; of the host where the symbol leads elsewhere. */
  about: string | null;
  source: 'server' | 'pack' | 'none';
  offline: OfflineWord | null;
}

export interface KeptRound {
  clientId: string;
  /** The server's; null: not sent yet. */
  id: string | null;
  number: string | null;
  /** The id of the plan that it began with. */
  planned: string | null;
  place: Place;
  met: Met[];
  kept: string | null;
  note: string | null;
  position: Position | null;
  openedAt: string;
  closedAt: string | null;
}

export interface KeptItem extends Judged {
  clientId: string;
  round: string;
  at: string;
  /** As read, whole. */
  read: string;
  finding: Finding | null;
  note: string | null;
  position: Position | null;
  photos: number;
  /** The item that the same code already made in this round. */
  duplicateOf: string | null;
  /** The server's id; null: not sent yet. */
  serverId: string | null;
  /** The server did not agree with the pack. */
  contradicted: boolean;
}

/** `duplicate`: nothing was recorded, because the same code is in the round already. */
export type Taken =
  { kind: 'kept'; item: KeptItem } | { kind: 'duplicate'; first: KeptItem; judged: Judged } | { kind: 'not-kept' };

export interface Tally {
  all: number;
  inOrder: number;
  toSee: number;
  waiting: number;
}

/** Shown that need no second look. */
const CALM: ReadonlySet<Shown> = new Set(['valid', 'display', 'plaque', 'carton']);
const OPEN: ReadonlySet<Shown> = new Set(['ours', 'waiting', 'cannot-check', 'received']);

/** Whether somebody should look at it: a grave verdict, a second one of its code, a word that the server took back. */
export function isToSee({ shown, contradicted, duplicateOf, finding }: KeptItem): boolean {
  if (contradicted || duplicateOf !== null || (finding !== null && finding !== 'in-order')) return true;
  return !CALM.has(shown) && !OPEN.has(shown);
}

export function tallyOf(items: readonly KeptItem[]): Tally {
  const toSee = items.filter(isToSee).length;
  const waiting = items.filter((item) => !isToSee(item) && OPEN.has(item.shown)).length;
  return { all: items.length, toSee, waiting, inOrder: items.length - toSee - waiting };
}

/** The first item that the same stamp made, or the same foreign text; null: it is new. */
export function firstOf(
  items: readonly KeptItem[],
  { code, batchId, serial }: Pick<Judged, 'code' | 'batchId' | 'serial'>,
  read: string,
): KeptItem | null {
  return items.find((item) => (code === null ? isText(item, read) : isStamp(item, code, batchId, serial))) ?? null;
}

function isText(item: KeptItem, read: string): boolean {
  return item.code === null && item.read === read;
}

/** Of an item from another phone batch and serial are known, and no code. */
function isStamp(item: KeptItem, code: string, batchId: string | null, serial: number | null): boolean {
  return item.code === null
    ? item.batchId !== null && item.batchId === batchId && item.serial === serial
    : item.code === code;
}

/** An item with what the server said of it. */
function withAnswer(item: KeptItem, answer: WireItem): KeptItem {
  const shown = shownAfter(item, answer);
  return {
    ...item,
    shown,
    source: shown === item.shown && answer.verdict === null ? item.source : 'server',
    serverId: answer.id,
    contradicted: item.contradicted || answer.contradicted,
    // A round that two phones made: the first one may be on the other phone.
    duplicateOf: item.duplicateOf ?? answer.duplicateOf,
  };
}

export function newRound(
  clientId: string,
  openedAt: string,
  form: { place: Place; met: Met[]; planned: WireRound | null; position: Position | null },
): KeptRound {
  const { place, met, planned, position } = form;
  const plan = { id: planned?.id ?? null, number: planned?.number ?? null, planned: planned?.id ?? null };
  return { clientId, ...plan, place, met, kept: null, note: null, position, openedAt, closedAt: null };
}

export function newItem(
  ids: Pick<KeptItem, 'clientId' | 'round' | 'at'>,
  read: string,
  judged: Judged,
  duplicateOf: string | null,
): KeptItem {
  const empty = { finding: null, note: null, position: null, photos: 0, serverId: null, contradicted: false };
  return { ...ids, read, ...judged, ...empty, duplicateOf };
}

/** What tells the server of it. */
export function itemOp({ round, clientId: item, read: code, finding, note, position, offline }: KeptItem): OpBody {
  return { kind: 'item', round, item, code, finding, note, position, offline };
}

/** What answers of the server change, and the items whose word from the pack the server takes back. */
export async function foldAnswers(
  results: readonly OpResult[],
  known: { item(clientId: string): Promise<KeptItem | null>; round(clientId: string): KeptRound | null },
): Promise<{ items: KeptItem[]; rounds: KeptRound[]; contradicted: KeptItem[] }> {
  const items = new Map<string, KeptItem>();
  const rounds = new Map<string, KeptRound>();
  const contradicted = new Map<string, KeptItem>();
  for (const { item = null, round = null } of results) {
    const before = item === null ? null : (items.get(item.clientId) ?? (await known.item(item.clientId)));
    if (item !== null && before !== null) {
      const after = withAnswer(before, item);
      items.set(after.clientId, after);
      if (after.contradicted && !before.contradicted) contradicted.set(after.clientId, after);
    }
    const own = round === null ? null : known.round(round.clientId);
    if (round !== null && own !== null) rounds.set(own.clientId, { ...own, id: round.id, number: round.number });
  }
  return { items: [...items.values()], rounds: [...rounds.values()], contradicted: [...contradicted.values()] };
}

/** Where a symbol leads is seen on the phone alone, and a display stamp stays one: its verdict is `valid`. */
function shownAfter({ shown, code }: KeptItem, { verdict, batchId }: WireItem): Shown {
  if (shown === 'elsewhere') return shown;
  if (verdict === null) return code !== null && batchId === null ? 'unknown' : shown;
  return verdict === 'valid' && (shown === 'display' || shown === 'plaque') ? shown : (verdict as Shown);
}

/** An item that another phone of the same person recorded. Its code stays there: a full code is nobody's to hand out. */
export function keptItem(item: WireItem, round: string): KeptItem {
  const { clientId, at, batchId, serial, finding, note, duplicateOf, id } = item;
  const read = item.read ?? '';
  const shown: Shown = item.verdict === null ? 'unknown' : (item.verdict as Shown);
  const from = {
    code: null,
    batchId,
    serial,
    lastFour: read.slice(-4),
    shown,
    also: [],
    about: null,
    source: 'server' as const,
  };
  const rest = { offline: null, position: null, contradicted: item.contradicted, photos: item.photos.length };
  return { clientId, round, at, read, ...from, ...rest, finding, note, duplicateOf, serverId: id };
}

/** Rounds that are planned, or that another phone of this person opened, and that this one does not have yet. */
export function unopened(found: readonly WireRound[], held: readonly KeptRound[]): WireRound[] {
  const here = new Set(held.flatMap(({ clientId, id, planned }) => [clientId, id, planned]));
  return found.filter(
    ({ state, id, clientId }) => (state === 'planned' || state === 'open') && !here.has(id) && !here.has(clientId),
  );
}

/** A round of the server as the phone keeps it. */
export function keptRound(round: WireRound): KeptRound {
  return {
    clientId: round.clientId,
    id: round.id,
    number: round.number,
    planned: null,
    place: round.place ?? { name: '', commune: null, province: null, detail: null },
    met: round.met,
    kept: round.kept,
    note: round.note,
    position: null,
    openedAt: round.openedAt ?? '',
    closedAt: round.closedAt,
  };
}
