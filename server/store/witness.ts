// The audit chain as the witness of records. Each change leaves a line with the version it made, so a record that was
// restored to an older version, or removed, disagrees with its last line. Code that reads a record for an answer or a
// right checks it here. Decision: docs/decisions/0025-sealed-store.md.

import type { AuditLine } from '../domain/audit/audit.ts';
import type { Entity, Id } from '../domain/entity.ts';
import { COLLECTIONS } from './collections.ts';
import { StoreError, type Collection, type CollectionName, type Store, type WriteNote } from './store.ts';

/** Collections of which a look-up must find every record of a producer that the chain names. */
export const CONCERNING = ['certificates', 'recalls'] as const satisfies readonly CollectionName[];

/**
 * The version that a line states of a record that is gone for good: it was removed, or an operator looked and went on
 * without it.
 */
export const GONE = 0;

/**
 * Record and line are two reads, between which a change makes them differ once. Each attempt reads both again, and
 * another change would have to happen during each.
 */
const TRIES_MAX = 4;

/** The name of a record in lines: `lot:…`. */
export function entityOf(name: CollectionName, id: Id): string {
  return `${COLLECTIONS[name].entity}:${id}`;
}

/** The note of a change with everything that its line states of the record. */
export function witnessed(name: CollectionName, doc: Entity, note: WriteNote): WriteNote {
  return { ...note, line: witnessLine(name, doc, note.line) };
}

/** As `witnessed`, of a record that is removed. */
export function witnessedGone(name: CollectionName, doc: Entity, note: WriteNote): WriteNote {
  return { ...note, line: { ...witnessLine(name, doc, note.line), recordVersion: GONE } };
}

export function witnessLine(name: CollectionName, doc: Entity, line: AuditLine): AuditLine {
  const concerns = concernOf(name, doc);
  return {
    ...line,
    entity: entityOf(name, doc.id),
    recordVersion: doc.version,
    ...(concerns === null ? {} : { concerns }),
  };
}

/** The producer whose stamps may show a record, or null. */
function concernOf(name: CollectionName, doc: Entity): Id | null {
  if (name === 'producers') return doc.id;
  return 'producerId' in doc && typeof doc.producerId === 'string' ? doc.producerId : null;
}

/**
 * A record of which a right or an answer needs the last version.
 * @param read reads it, again at each call
 * @throws StoreError `tampered` if the chain states another version, `untrusted` if lines of it are missing
 */
export async function readWitnessed<T extends Entity>(
  store: Pick<Store, 'audit' | 'alarm'>,
  name: CollectionName,
  read: () => Promise<T | null>,
): Promise<T | null> {
  for (let tries = 1; ; tries += 1) {
    const record = await read();
    if (record === null) return null;
    const entity = entityOf(name, record.id);
    let stated = (await store.audit.lastVersions([entity])).get(entity) ?? null;
    if (stated !== record.version) stated = (await store.audit.waitingVersions([entity])).get(entity) ?? stated;
    if (stated === record.version) return record;
    if (tries < TRIES_MAX) continue;
    const error = differs(entity, record.version, stated);
    store.alarm(error);
    throw error;
  }
}

/** As `readWitnessed`, by id. */
export function getWitnessed<N extends CollectionName>(
  store: Store,
  name: N,
  id: Id,
): Promise<(Store[N] extends Collection<infer T> ? T : never) | null> {
  const collection = store[name] as unknown as Collection<Entity>;
  return readWitnessed(store, name, () => collection.get(id)) as never;
}

/** A record that disagrees with the chain. */
export interface Disagreement {
  entity: string;
  /** Null: there is no record. */
  found: number | null;
  /** Null: no line names it. */
  stated: number | null;
}

/**
 * The first record that differs from what the chain states, or null.
 *
 * @param records everything that an answer depends on
 * @param producerId all records of CONCERNING that name this producer must be among them
 * @throws StoreError `tampered` if the chain itself cannot be relied on
 */
export async function disagreementOf(
  store: Pick<Store, 'audit'>,
  records: readonly { name: CollectionName; record: Pick<Entity, 'id' | 'version'> }[],
  producerId: Id,
): Promise<Disagreement | null> {
  const found = new Map(records.map(({ name, record }) => [entityOf(name, record.id), record.version]));
  const kinds = CONCERNING.map((name) => COLLECTIONS[name].entity);
  const isConcerning = (entity: string): boolean => kinds.includes(entity.slice(0, entity.indexOf(':')));
  const others = [...found.keys()].filter((entity) => !isConcerning(entity));
  const [versions, concerning] = await Promise.all([
    store.audit.lastVersions(others),
    store.audit.concerning(producerId, kinds),
  ]);
  const stated = new Map([...versions, ...concerning]);
  const differing = [...new Set([...found.keys(), ...stated.keys()])].filter(
    (entity) => (found.get(entity) ?? GONE) !== (stated.get(entity) ?? GONE),
  );
  if (differing.length === 0) return null;
  const waiting = await store.audit.waitingVersions(differing);
  const entity = differing.find((one) => (found.get(one) ?? GONE) !== (waiting.get(one) ?? stated.get(one) ?? GONE));
  if (entity === undefined) return null;
  return { entity, found: found.get(entity) ?? null, stated: waiting.get(entity) ?? stated.get(entity) ?? null };
}

/** An error that says how a record differs. */
export function differs(entity: string, found: number | null, stated: number | null): StoreError {
  const row = found === null ? 'is missing' : `is version ${found}`;
  const line = stated === null ? 'the audit chain has no line of it' : `the audit chain states version ${stated}`;
  return new StoreError('tampered', `${entity} ${row}, but ${line}`);
}
