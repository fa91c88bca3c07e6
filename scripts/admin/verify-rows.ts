// Whether the records are those that the audit chain speaks of: each is sealed and the version that its last line
// states, none is missing, and none is there without a line. It changes nothing.

import type { Entity } from '../../server/domain/entity.ts';
import { COLLECTION_NAMES } from '../../server/store/collections.ts';
import { StoreError, type AuditLog, type Collection, type CollectionName } from '../../server/store/store.ts';
import { differs, entityOf } from '../../server/store/witness.ts';

type Rows = Readonly<Record<CollectionName, Pick<Collection<Entity>, 'get' | 'list'>>>;
type Chain = Pick<AuditLog, 'read' | 'lastVersions' | 'waitingVersions'>;

const LINES = 1_000;
const PAGE = 200;
/** More faults than a person reads: the first ones say enough. */
const FAULTS_MAX = 50;

/** What is wrong, a sentence each; at most FAULTS_MAX. @throws StoreError for an outage */
export async function rowFaults(rows: Rows, chain: Chain): Promise<string[]> {
  // The page of a broken row names it a second time.
  const faults = new Set<string>();
  const spoken = await entitiesIn(chain);
  for (const name of COLLECTION_NAMES) {
    const entities = [...spoken].filter((entity) => entity.startsWith(entityOf(name, '')));
    for (let at = 0; at < entities.length && faults.size < FAULTS_MAX; at += PAGE)
      for (const fault of await faultsOf(rows, chain, name, entities.slice(at, at + PAGE))) faults.add(fault);
    for (const fault of await unspoken(rows, name, spoken)) faults.add(fault);
  }
  return [...faults].slice(0, FAULTS_MAX);
}

/** Records of which lines state a version. */
async function entitiesIn(chain: Chain): Promise<Set<string>> {
  const entities = new Set<string>();
  for (let seq = 1; ;) {
    const lines = await chain.read(seq, LINES);
    for (const { entity, recordVersion } of lines) if (recordVersion !== undefined) entities.add(entity);
    const last = lines.at(-1);
    if (last === undefined) return entities;
    seq = last.seq + 1;
  }
}

async function faultsOf(
  rows: Rows,
  chain: Chain,
  name: CollectionName,
  entities: readonly string[],
): Promise<string[]> {
  const stated = await tried(() => chain.lastVersions(entities));
  if (typeof stated === 'string') return [stated];
  const faults: string[] = [];
  for (const entity of entities) {
    const record = await tried(() => rows[name].get(entity.slice(entity.indexOf(':') + 1)));
    if (typeof record === 'string') faults.push(record);
    else if ((record?.version ?? null) !== stated.get(entity)) {
      // Changed since the lines were read, or put back.
      const now = new Map([...(await chain.lastVersions([entity])), ...(await chain.waitingVersions([entity]))]);
      if (record?.version !== now.get(entity))
        faults.push(differs(entity, record?.version ?? null, now.get(entity) ?? null).message);
    }
  }
  return faults;
}

/** Records of which no line speaks. A page that holds a broken row names that one, and is the last. */
async function unspoken(rows: Rows, name: CollectionName, spoken: ReadonlySet<string>): Promise<string[]> {
  const faults: string[] = [];
  for (let after: string | null = null; ;) {
    const page = await tried(() => rows[name].list({}, { limit: PAGE, after }));
    if (typeof page === 'string') return [...faults, page];
    for (const { id, version } of page.items)
      if (!spoken.has(entityOf(name, id)) && version > 0)
        faults.push(differs(entityOf(name, id), version, null).message);
    if (page.next === null) return faults;
    after = page.next;
  }
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
