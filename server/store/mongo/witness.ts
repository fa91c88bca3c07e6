// What the audit chain says of records, as the port's AuditLog answers it.

import type { mongo } from 'mongoose';
import { COLLECTION_NAMES, COLLECTIONS } from '../collections.ts';
import type { Seals } from '../seals.ts';
import { StoreError, type AuditLog, type CollectionName } from '../store.ts';
import { mustBeSealed, SEALED_FIELDS, type SealedDoc } from './audit-docs.ts';
import type { ChainWatch } from './chain-watch.ts';
import type { Link } from './connection.ts';
import type { Outbox } from './outbox.ts';
import type { AuditDoc, Models, RecordDoc } from './schemas.ts';

export interface WitnessParts {
  link: Link;
  models: Models;
  audit: mongo.Collection<AuditDoc>;
  outbox: Outbox;
  seals: Seals;
  watch: ChainWatch;
}

export function witness(parts: WitnessParts): Pick<AuditLog, 'lastVersions' | 'waitingVersions' | 'concerning'> {
  const { link, audit, seals, watch } = parts;

  const sealedLines = async (filter: mongo.Filter<AuditDoc>): Promise<SealedDoc[]> => {
    const found = audit.find(filter, { projection: SEALED_FIELDS }).sort({ _id: 1 });
    const lines = (await link.read(() => found.toArray())) as SealedDoc[];
    for (const line of lines) mustBeSealed(line, seals.chain);
    return lines;
  };
  const mustBeWhole = (): void => {
    if (watch.fault !== null) throw new StoreError('untrusted', watch.fault);
  };

  return {
    async lastVersions(entities) {
      mustBeWhole();
      if (entities.length === 0) return new Map();
      const of = { entity: { $in: [...entities] }, recordVersion: { $gte: 0 } };
      const last = [{ $match: of }, { $group: { _id: '$entity', seq: { $max: '$_id' } } }];
      const places = await link.read(() => audit.aggregate<{ seq: number }>(last).toArray());
      return versionsIn(await sealedLines({ _id: { $in: places.map(({ seq }) => seq) } }));
    },

    async waitingVersions(entities) {
      const waiting = await Promise.all(
        COLLECTION_NAMES.map((name) => waitingOf(parts, name, entities.filter(isOf(name)))),
      );
      return new Map(waiting.flat());
    },

    async concerning(producerId, kinds) {
      mustBeWhole();
      return versionsIn(await sealedLines({ concerns: producerId, kind: { $in: [...kinds] } }));
    },
  };
}

/** @param lines in the order of the chain */
function versionsIn(lines: readonly SealedDoc[]): Map<string, number> {
  const versions = new Map<string, number>();
  for (const { entity, recordVersion } of lines) if (recordVersion !== undefined) versions.set(entity, recordVersion);
  return versions;
}

function isOf(name: CollectionName): (entity: string) => boolean {
  const prefix = `${COLLECTIONS[name].entity}:`;
  return (entity) => entity.startsWith(prefix);
}

/** The versions stated by lines in the outboxes of these records. */
async function waitingOf(
  { link, models, outbox }: WitnessParts,
  name: CollectionName,
  entities: readonly string[],
): Promise<[string, number][]> {
  if (entities.length === 0) return [];
  const ids = entities.map((entity) => entity.slice(entity.indexOf(':') + 1));
  const found = models.records[name].find({ _id: { $in: ids }, outboxSince: { $gt: 0 } }, { outbox: 1 });
  const docs = await link.read(() => found.lean<Pick<RecordDoc, '_id' | 'outbox'>[]>().exec());
  return docs.flatMap(({ _id, outbox: entries }): [string, number][] => {
    const entity = `${COLLECTIONS[name].entity}:${_id}`;
    const lines = entries.map((entry) => outbox.lineOf(entry)).filter((line) => line?.entity === entity);
    const versions = lines.map((line) => line?.recordVersion ?? 0);
    const last = versions.at(-1);
    return last === undefined ? [] : [[entity, last]];
  });
}
