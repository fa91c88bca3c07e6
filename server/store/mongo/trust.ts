// Whether a database may be used at all, decided before anything writes to it: it must be ours, not newer, and sealed
// with our key. Then its schema is updated (migrations.ts). Each refusal says what is wrong and what to do.

import { timingSafeEqual } from 'node:crypto';
import type { mongo } from 'mongoose';
import { sealRow } from '../row-seal.ts';
import type { MovedFacts } from '../moving.ts';
import { StoreError } from '../store.ts';
import { isDuplicate } from './connection.ts';
import { INDEXES, makeIndexes } from './indexes.ts';
import { MIGRATIONS, SCHEMA_VERSION, SEALED_SCHEMA } from './migrations.ts';
import type { Models, StoreDoc } from './schemas.ts';
import type { Sealing } from './seal-store.ts';

const STORE_ID = 'temtrace';

interface Opening extends Sealing {
  models: Models;
  madeAt: string;
  timeZone: string;
}

/**
 * Signs a new database, checks a known one, and migrates it. Returns what the database says about itself.
 * @throws StoreError `untrusted` if it must not be used
 */
export async function openTrusted(opening: Opening): Promise<StoreDoc> {
  const facts = (await storeFacts(opening.models)) ?? (await sign(opening));
  const { db, models } = opening;
  const { rowKey } = opening.seals;
  if (facts.moving === true) {
    throw new StoreError(
      'untrusted',
      `a store is being moved into ${db.databaseName}; finish that first (npm run admin -- move --to …)`,
    );
  }
  if (facts.schemaVersion > SCHEMA_VERSION) {
    const newer = `the database has schema ${facts.schemaVersion}, written by a newer Temtrace`;
    throw new StoreError('untrusted', `${newer}; this one knows up to ${SCHEMA_VERSION}`);
  }
  const isSealed = facts.schemaVersion >= SEALED_SCHEMA;
  const canary = canaryOf(rowKey, facts.madeAt, facts.timeZone, isSealed);
  if (canary.length !== facts.canary.length || !timingSafeEqual(canary, facts.canary)) {
    throw new StoreError(
      'untrusted',
      'the database was sealed with another master key; name the right one in MASTER_KEY_FILE',
    );
  }
  for (const migration of MIGRATIONS.slice(facts.schemaVersion)) await migration.run(opening);
  // The canary records that every row is sealed: from now on no row without a seal is given one.
  const canaryNow = isSealed ? {} : { canary: Buffer.from(canaryOf(rowKey, facts.madeAt, facts.timeZone, true)) };
  if (facts.schemaVersion < SCHEMA_VERSION)
    await models.stores.updateOne({ _id: STORE_ID }, { $set: canaryNow, $max: { schemaVersion: SCHEMA_VERSION } });
  return facts;
}

/**
 * Signs a database as the store that moves into it, or finds it signed so. Returns whether the move is still going on.
 * @throws StoreError `untrusted` for a database that holds anything else
 */
export async function signMoving(
  db: mongo.Db,
  models: Models,
  { madeAt, timeZone, canary }: MovedFacts,
): Promise<boolean> {
  const known = await storeFacts(models);
  if (known !== null) {
    const isOurs = known.madeAt === madeAt && timingSafeEqual(known.canary, canary);
    if (isOurs && known.moving !== true) return false;
    if (!isOurs) throw new StoreError('untrusted', `${db.databaseName} holds a store already; name another database`);
  } else {
    const others = await db.listCollections({}, { nameOnly: true }).toArray();
    if (others.length > 0)
      throw new StoreError('untrusted', `${db.databaseName} is a database of another program; name another one`);
    await models.stores.insertMany([
      { _id: STORE_ID, madeAt, timeZone, canary: Buffer.from(canary), schemaVersion: 0, moving: true },
    ]);
  }
  await makeIndexes(db, INDEXES);
  await models.stores.updateOne({ _id: STORE_ID }, { $max: { schemaVersion: SCHEMA_VERSION } });
  return true;
}

/** Releases the database for use. */
export async function signMoved(models: Models): Promise<void> {
  await models.stores.updateOne({ _id: STORE_ID }, { $unset: { moving: 1 } });
}

export function storeFacts(models: Models): Promise<StoreDoc | null> {
  return models.stores.findById(STORE_ID).lean<StoreDoc>().exec();
}

/** Proves that the database can be written. */
export async function leaveSign(models: Models, at: string): Promise<void> {
  await models.stores.updateOne({ _id: STORE_ID }, { $set: { pingedAt: at } });
}

async function sign({ db, models, seals, madeAt, timeZone }: Opening): Promise<StoreDoc> {
  const others = await db.listCollections({}, { nameOnly: true }).toArray();
  if (others.some(({ name }) => name !== models.stores.collection.name && !name.startsWith('system.'))) {
    const meanwhile = await storeFacts(models);
    if (meanwhile !== null) return meanwhile;
    throw new StoreError(
      'untrusted',
      `${db.databaseName} is a database of another program; name another one in DATABASE_URL`,
    );
  }
  const facts: StoreDoc = {
    _id: STORE_ID,
    madeAt,
    timeZone,
    canary: canaryOf(seals.rowKey, madeAt, timeZone, false),
    schemaVersion: 0,
  };
  try {
    await models.stores.insertMany([facts]);
  } catch (error) {
    // Another server was first: its facts are checked like any others.
    if (!isDuplicate(error)) throw error;
  }
  return (await storeFacts(models)) ?? facts;
}

/**
 * @param isSealed whether every row carries a seal, which a store states once and for ever; as in the embedded store
 */
function canaryOf(rowKey: Uint8Array, madeAt: string, timeZone: string, isSealed: boolean): Uint8Array {
  return sealRow(rowKey, 'store', isSealed ? { madeAt, timeZone, sealed: true } : { madeAt, timeZone });
}
