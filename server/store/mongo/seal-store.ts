// Seals a database that was made before every row carried a seal: a migration that may run twice, and on several
// servers at once. A record gets its seal and the line that states its version in one write. A record that its lines
// contradict gets no seal and is refused from then on.

import type { mongo } from 'mongoose';
import { CHAIN_START, verifyChain, type ChainHead } from '../../domain/audit/audit-chain.ts';
import type { AuditEntry } from '../../domain/audit/audit.ts';
import type { Entity } from '../../domain/entity.ts';
import { COLLECTION_NAMES } from '../collections.ts';
import { baselineLine, contradictionOf, SEALED_BEFORE } from '../first-sealing.ts';
import { isSealOf, sealText } from '../row-seal.ts';
import { batchTallyText, fileText, headText, lineText, requestText, tallyText } from '../seal-texts.ts';
import type { Seals } from '../seals.ts';
import { StoreError, type CollectionName } from '../store.ts';
import { entityOf } from '../witness.ts';
import { entryOf } from './audit-docs.ts';
import { Outbox } from './outbox.ts';
import { bytesOf } from './tally-reader.ts';
import { batchTallyOf, tallyOf } from './scan-shapes.ts';
import type {
  AuditDoc,
  BatchTallyDoc,
  ChainHeadDoc,
  FileDoc,
  OutboxEntry,
  RecordDoc,
  RequestKeyDoc,
  TallyDoc,
} from './schemas.ts';

const PIECE = 1_000;
const BASELINE = 'seal-record';

export interface Sealing {
  db: mongo.Db;
  seals: Seals;
  now: () => Date;
  log: (event: string, fields: Record<string, unknown>) => void;
}

/** @throws StoreError `untrusted` if the chain is broken, because then there is nothing to check the rows against */
export async function sealDatabase(sealing: Sealing): Promise<void> {
  await sealLines(sealing);
  for (const name of COLLECTION_NAMES) await sealRecords(sealing, name);
  await sealTallies(sealing);
  await sealOthers(sealing);
}

async function sealLines({ db, seals }: Sealing): Promise<void> {
  const audit = db.collection<AuditDoc>('audit');
  let head: ChainHead = CHAIN_START;
  for (;;) {
    const docs = await audit
      .find({ _id: { $gt: head.seq } })
      .sort({ _id: 1 })
      .limit(PIECE)
      .toArray();
    if (docs.length === 0) break;
    const entries = docs.map(entryOf);
    const check = verifyChain(entries, head);
    if (!check.ok)
      throw new StoreError('untrusted', `line ${check.seq} of the audit chain is not whole; restore a backup`);
    await audit.bulkWrite(
      entries.map((entry) => ({
        updateOne: { filter: { _id: entry.seq }, update: { $set: { mac: seals.chain.of(lineText(entry)) } } },
      })),
      { ordered: false },
    );
    head = check.head;
  }
  const heads = db.collection<ChainHeadDoc>('chainHeads');
  const kept = await heads.findOne({ _id: 'audit' });
  if (kept !== null) {
    const { seq, hash } = kept;
    await heads.updateOne({ _id: 'audit', seq, hash }, { $set: { mac: seals.chainHead.of(headText({ seq, hash })) } });
  }
}

async function sealRecords(sealing: Sealing, name: CollectionName): Promise<void> {
  const { db, seals, now, log } = sealing;
  const records = db.collection<RecordDoc>(name);
  const outbox = new Outbox(seals.rowKey, now);
  for await (const row of records.find({})) {
    const lines = await linesOf(sealing, outbox, name, row);
    if (lines === 'sealed') continue;
    const fault = faultOf(seals, name, row, lines);
    if (fault !== null) {
      log('store.row-not-sealed', { collection: name, id: row._id, fault });
      await records.updateOne({ _id: row._id, version: row.version }, { $set: { seal: null } });
      continue;
    }
    const doc = JSON.parse(row.doc) as Entity;
    const entry = outbox.entryOf({ line: baselineLine(name, doc, now().toISOString()), request: null });
    await records.updateOne(
      { _id: row._id, version: row.version, doc: row.doc },
      {
        $set: { seal: Buffer.from(sealText(seals.rowKey, name, row.doc)) },
        $push: { outbox: { ...entry, seal: Buffer.from(entry.seal) } },
        $min: { outboxSince: entry.tick },
      },
    );
  }
}

/** All lines of a record, oldest first; `sealed` if one of them says that it was sealed. */
async function linesOf(
  { db }: Sealing,
  outbox: Outbox,
  name: CollectionName,
  row: RecordDoc,
): Promise<Pick<AuditEntry, 'action' | 'values'>[] | 'sealed'> {
  const entity = entityOf(name, row._id);
  const placed = await db.collection<AuditDoc>('audit').find({ entity }).sort({ _id: 1 }).toArray();
  const known = new Set(placed.map(({ line }) => line));
  const waiting = row.outbox
    .filter(({ id }) => !known.has(id))
    .map((entry: OutboxEntry) => outbox.lineOf(entry))
    .filter((line) => line?.entity === entity);
  const actions = [...placed.map(({ action }) => action), ...waiting.map((line) => line?.action)];
  if (actions.includes(BASELINE)) return 'sealed';
  return [
    ...placed.map(entryOf),
    ...waiting.map((line) => ({ action: line?.action ?? '', values: line?.values ?? null })),
  ];
}

function faultOf(
  { rowKey }: Seals,
  name: CollectionName,
  row: RecordDoc,
  lines: readonly Pick<AuditEntry, 'action' | 'values'>[],
): string | null {
  if (SEALED_BEFORE.has(name) && !isSealOf(rowKey, name, row.doc, row.seal)) return 'it is not as it was written';
  try {
    const doc = JSON.parse(row.doc) as Entity;
    if (doc.id !== row._id || doc.version !== row.version) return 'it is not as it was written';
    return contradictionOf(doc, lines);
  } catch {
    return 'it is not as it was written';
  }
}

async function sealTallies({ db, seals }: Sealing): Promise<void> {
  const tallies = db.collection<TallyDoc>('tallies');
  const unsealed = { mac: { $exists: false } };
  for (;;) {
    const docs = await tallies.find(unsealed).limit(PIECE).toArray();
    if (docs.length === 0) break;
    const writes = docs.map((doc) => ({
      updateOne: {
        filter: { _id: doc._id, version: doc.version },
        update: { $set: { mac: seals.tally.of(tallyText(tallyOf(doc))) } },
      },
    }));
    await tallies.bulkWrite(writes, { ordered: false });
  }
  const batches = db.collection<BatchTallyDoc>('batchTallies');
  for await (const doc of batches.find(unsealed)) {
    const mac = seals.batchTally.of(batchTallyText(batchTallyOf(doc)));
    await batches.updateOne({ _id: doc._id, version: doc.version }, { $set: { mac } });
  }
}

async function sealOthers({ db, seals }: Sealing): Promise<void> {
  const files = db.collection<FileDoc>('files');
  for await (const { _id, mediaType, bytes } of files.find({ mac: { $exists: false } }))
    await files.updateOne({ _id }, { $set: { mac: seals.file.of(fileText(_id, mediaType, bytesOf(bytes))) } });
  const keys = db.collection<RequestKeyDoc>('requestKeys');
  for await (const { _id, at, bodyHash, answer } of keys.find({ mac: { $exists: false } })) {
    if (answer === undefined) continue;
    await keys.updateOne(
      { _id, answer },
      { $set: { mac: seals.requestKey.of(requestText(_id, at, bodyHash, answer)) } },
    );
  }
}
