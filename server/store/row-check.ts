// Whether the records are those that the audit chain names: every line follows from the one before it, each record is
// sealed and has the version that its last line states, none is missing or exists without a line, and the files that it
// names exist. Runs in pieces, for the background check (jobs/store-check.ts) and for commands. It changes nothing.

import { CHAIN_START, verifyChain, type ChainHead } from '../domain/audit/audit-chain.ts';
import type { Entity, Id } from '../domain/entity.ts';
import { COLLECTION_NAMES } from './collections.ts';
import { StoreError, type AuditLog, type Collection, type CollectionName, type Files } from './store.ts';
import { differs, entityOf, GONE, type Disagreement } from './witness.ts';

/** What is checked: a whole store, or parts of one that is only read. */
export interface Checked {
  rows: Readonly<Record<CollectionName, Pick<Collection<Entity>, 'get' | 'list'>>>;
  chain: Pick<AuditLog, 'read' | 'lastVersions' | 'waitingVersions'>;
  files: Pick<Files, 'get'>;
}

/** Where the next piece begins: behind a line, or in a collection behind a page. */
export type RowPlace = { lines: ChainHead } | { rows: CollectionName; after: string | null };

export const ROW_CHECK_START: RowPlace = { lines: CHAIN_START };

export interface RowPiece {
  faults: string[];
  /** Those of the faults that are an absence or another version, and no wrong seal. */
  gaps: Disagreement[];
  next: RowPlace | null;
}

/** A line is erased of what the law asks, never of its place. */
const LINE_FAULTS = {
  sequence: 'is missing, or there twice',
  values: 'has other values than were written',
  hash: 'or the one before it was changed',
} as const;

/** @param size lines, or records, looked at */
export function rowPiece(checked: Checked, place: RowPlace, size: number): Promise<RowPiece> {
  return 'lines' in place ? linePiece(checked, place.lines, size) : recordPiece(checked, place, size);
}

/** The whole check, as a command does it: what is wrong, a sentence each. @throws StoreError for an outage */
export async function rowFaults(checked: Checked, size: number, faultsMax: number): Promise<string[]> {
  // The page of a broken row names it a second time.
  const faults = new Set<string>();
  for (let place: RowPlace | null = ROW_CHECK_START; place !== null && faults.size < faultsMax;) {
    const piece: RowPiece = await rowPiece(checked, place, size);
    for (const fault of piece.faults) faults.add(fault);
    place = piece.next;
  }
  return [...faults].slice(0, faultsMax);
}

async function linePiece({ rows, chain }: Checked, head: ChainHead, size: number): Promise<RowPiece> {
  const lines = await chain.read(head.seq + 1, size);
  const last = lines.at(-1);
  if (last === undefined) {
    const next: RowPlace = { rows: COLLECTION_NAMES[0] as CollectionName, after: null };
    return { faults: [], gaps: [], next };
  }
  const faults: string[] = [];
  const gaps: Disagreement[] = [];
  const check = verifyChain(lines, head);
  if (!check.ok) faults.push(`line ${check.seq} of the audit chain ${LINE_FAULTS[check.fault]}`);
  const entities = new Set(lines.flatMap((line) => (line.recordVersion === undefined ? [] : [line.entity])));
  const stated = await tried(() => chain.lastVersions([...entities]));
  if (typeof stated === 'string') faults.push(stated);
  else {
    // A record that later lines name is checked with the last of them.
    const ending = lines.filter(({ entity, recordVersion }) => stated.get(entity) === recordVersion);
    for (const { entity } of ending) add(faults, gaps, await gapOf(rows, chain, entity));
  }
  return { faults, gaps, next: { lines: { seq: last.seq, hash: last.hash } } };
}

function add(faults: string[], gaps: Disagreement[], found: Disagreement | string | null): void {
  if (found === null) return;
  if (typeof found !== 'string') gaps.push(found);
  faults.push(typeof found === 'string' ? found : differs(found.entity, found.found, found.stated).message);
}

async function gapOf(
  rows: Checked['rows'],
  chain: Checked['chain'],
  entity: string,
): Promise<Disagreement | string | null> {
  const name = COLLECTION_NAMES.find((one) => entity.startsWith(entityOf(one, '')));
  if (name === undefined) return null;
  const found = await tried(() => rows[name].get(entity.slice(entity.indexOf(':') + 1)));
  if (typeof found === 'string') return found;
  return disagreement(chain, entity, found?.version ?? null);
}

/** Null where record and last line agree. A string: a line has a wrong seal. */
async function disagreement(
  chain: Checked['chain'],
  entity: string,
  version: number | null,
): Promise<Disagreement | string | null> {
  const stated = await tried(async () => {
    const last = (await chain.lastVersions([entity])).get(entity) ?? GONE;
    return last === (version ?? GONE) ? last : ((await chain.waitingVersions([entity])).get(entity) ?? last);
  });
  if (typeof stated === 'string') return stated;
  if (stated === (version ?? GONE)) return null;
  return { entity, found: version, stated: stated === GONE ? null : stated };
}

async function recordPiece(
  { rows, chain, files }: Checked,
  { rows: name, after }: { rows: CollectionName; after: string | null },
  size: number,
): Promise<RowPiece> {
  const following = COLLECTION_NAMES[COLLECTION_NAMES.indexOf(name) + 1];
  const then: RowPlace | null = following === undefined ? null : { rows: following, after: null };
  const page = await tried(() => rows[name].list({}, { limit: size, after }));
  // A page that holds a broken row names that one, and is the last of its collection.
  if (typeof page === 'string') return { faults: [page], gaps: [], next: then };
  const faults: string[] = [];
  const gaps: Disagreement[] = [];
  for (const record of page.items) {
    const entity = entityOf(name, record.id);
    // It may have changed since its page was read.
    if ((await disagreement(chain, entity, record.version)) !== null)
      add(faults, gaps, await gapOf(rows, chain, entity));
    for (const fileId of filesNamedIn(record)) faults.push(...(await faultOfFile(files, entity, fileId)));
  }
  return { faults, gaps, next: page.next === null ? then : { rows: name, after: page.next } };
}

async function faultOfFile(files: Checked['files'], entity: string, fileId: Id): Promise<string[]> {
  const file = await tried(() => files.get(fileId));
  if (typeof file === 'string') return [file];
  return file === null ? [`file ${fileId}, which ${entity} names, is missing`] : [];
}

/** Fields that name files end in `fileId` or `fileIds`, however deep they lie. */
export function filesNamedIn(value: unknown): Id[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([field, inside]): Id[] => {
    if (!/fileIds?$/i.test(field)) return filesNamedIn(inside);
    return [inside].flat().filter((id): id is Id => typeof id === 'string');
  });
}

/** What `read` gives, or what is wrong with it. */
async function tried<T>(read: () => Promise<T>): Promise<T | string> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof StoreError && (error.kind === 'tampered' || error.kind === 'untrusted')) return error.message;
    throw error;
  }
}
