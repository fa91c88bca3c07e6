// The audit chain as the port defines it. Lines are moved into it after the answers (audit-appender.ts); a reader waits
// until all lines written before its call are in it. Nothing after the chain's head is visible.

import type { mongo } from 'mongoose';
import { valuesHash } from '../../domain/audit/audit-chain.ts';
import type { AuditEntry, AuditLine } from '../../domain/audit/audit.ts';
import { COLLECTION_NAMES, COLLECTIONS } from '../collections.ts';
import { cursorAfter, limitOf } from '../cursor.ts';
import { PageRows } from '../page-rows.ts';
import { StoreError, type AuditLog, type CollectionName, type Page, type PageRequest } from '../store.ts';
import type { AuditAppender } from './audit-appender.ts';
import { entryOf } from './audit-docs.ts';
import type { Background } from './background.ts';
import type { AuditDoc, LineDoc, OutboxEntry, RecordDoc } from './schemas.ts';
import { witness, type WitnessParts } from './witness.ts';

export interface AuditLogParts extends WitnessParts {
  appender: AuditAppender;
  background: Background;
}

export function auditLog(parts: AuditLogParts): AuditLog {
  const { link, models, audit, outbox, appender, background } = parts;

  const firstInChain = async (entity: string): Promise<AuditEntry | null> => {
    const doc = await link.read(() => audit.find({ entity }).sort({ _id: 1 }).limit(1).next());
    return doc === null ? null : entryOf(doc);
  };

  return {
    ...witness(parts),

    async list(filter, page: PageRequest): Promise<Page<AuditEntry>> {
      const { entity, officeId, from, to } = filter;
      const limit = limitOf(page);
      const after = page.after === null ? 0 : (cursorAfter(page.after, ['number'])[0] as number);
      await background.catchUp();
      const { seq } = await link.read(() => appender.head());
      const at = { ...(from === null ? {} : { $gte: from }), ...(to === null ? {} : { $lt: to }) };
      const wanted: mongo.Filter<AuditDoc> = {
        _id: { $gt: after, $lte: seq },
        ...(entity === null ? {} : entity.includes(':') ? { entity } : { kind: entity }),
        ...(officeId === null ? {} : { officeId }),
        ...(from === null && to === null ? {} : { at }),
      };
      const rows = await link.read(async () => {
        const found = new PageRows<AuditDoc>(limit);
        const lines = audit.find(wanted).sort({ _id: 1 });
        for await (const line of lines.limit(limit + 1)) if (!found.takeLine(line, line.values)) break;
        return found;
      });
      return rows.page(entryOf, ({ _id }) => [_id]);
    },

    async read(seq, limit) {
      await background.catchUp();
      const head = await link.read(() => appender.head());
      const docs = await link.read(() =>
        audit
          .find({ _id: { $gte: seq, $lte: head.seq } })
          .sort({ _id: 1 })
          .limit(limit)
          .toArray(),
      );
      return docs.map(entryOf);
    },

    async firstOf(entity) {
      // A line that moves between the first two reads is found by the third.
      return (await firstInChain(entity)) ?? (await firstWaiting(parts, entity)) ?? firstInChain(entity);
    },

    async head() {
      await background.catchUp();
      return link.read(() => appender.head());
    },

    async eraseValues(entity) {
      if (!(await background.catchUp()))
        throw new StoreError('unavailable', 'lines still wait for their place in the chain; try again');
      const kept = { entity, values: { $ne: null } };
      const { modifiedCount } = await link.write(() => audit.updateMany(kept, { $set: { values: null, salt: null } }));
      return modifiedCount;
    },

    async add(line) {
      const entry = outbox.entryOf({ line, request: null });
      await link.write(() =>
        models.lines.insertMany([{ _id: entry.id, entity: line.entity, outbox: [entry], outboxSince: entry.tick }]),
      );
      background.nudge();
    },
  };
}

/** The first line of an entity that is not in the chain yet: in its record's outbox, or on its own. */
async function firstWaiting({ link, models, outbox }: AuditLogParts, entity: string): Promise<AuditEntry | null> {
  const colon = entity.indexOf(':');
  const name = COLLECTION_NAMES.find((known) => COLLECTIONS[known].entity === entity.slice(0, colon));
  const recordOf = async (of: CollectionName): Promise<Pick<RecordDoc, 'outbox'> | null> =>
    models.records[of]
      .findById(entity.slice(colon + 1), { outbox: 1 })
      .lean<Pick<RecordDoc, 'outbox'>>()
      .exec();
  const [record, line] = await link.read(() =>
    Promise.all([
      name === undefined ? null : recordOf(name),
      models.lines.findOne({ entity }).sort({ outboxSince: 1 }).lean<LineDoc>().exec(),
    ]),
  );
  const entries: OutboxEntry[] = [...(record?.outbox ?? []), ...(line?.outbox ?? [])].sort((a, b) => a.tick - b.tick);
  for (const entry of entries) {
    const waiting = outbox.lineOf(entry);
    if (waiting?.entity === entity) return waitingEntryOf(waiting);
  }
  return null;
}

function waitingEntryOf({ at, actor, officeId, entity, action, values, salt }: AuditLine): AuditEntry {
  return { seq: 0, at, actor, officeId, entity, action, values, salt, valuesHash: valuesHash(salt, values), hash: '' };
}
