// The records of a pack, producer by producer, held to the audit chain as those of a look-up are
// (scan/load-batch.ts): what was edited, put back or deleted in the store gives no pack.

import { setImmediate as turn } from 'node:timers/promises';
import { unwrapSecret } from '../../domain/batches/batch-secret.ts';
import { withoutSecret, type Batch } from '../../domain/batches/batch.ts';
import type { Entity, Instant } from '../../domain/entity.ts';
import { packKeyOf } from '../../domain/pack/fingerprint.ts';
import {
  PACK_KINDS,
  PACKED,
  packName,
  type PackBatch,
  type PackFacts,
  type PackKind,
} from '../../domain/pack/pack-facts.ts';
import type { Producer } from '../../domain/registry/producer.ts';
import { mustGet } from '../../store/must-get.ts';
import { StoreError, type Collection, type CollectionName } from '../../store/store.ts';
import { differs, disagreementOf } from '../../store/witness.ts';
import type { ActionContext } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';

/** As scan/load-batch.ts: a change between two reads makes them differ once. */
const TRIES_MAX = 4;
/** Records turned into text before look-ups get their turn. */
const PIECE = 50;

export interface GatheredPack {
  /** By kind: the JSON of each record that goes along. */
  texts: ReadonlyMap<PackKind, readonly string[]>;
  /** All records, `products:ID@3`. */
  names: readonly string[];
  batches: readonly Batch[];
}

/** @param since only records changed at or after it have a text; null: all. @throws StoreError */
export async function gatherPack(
  producers: readonly Producer[],
  since: Instant | null,
  ctx: ActionContext,
): Promise<GatheredPack> {
  const texts = new Map<PackKind, string[]>(PACK_KINDS.map((kind) => [kind, []]));
  const names: string[] = [];
  const batches: Batch[] = [];
  const offices = new Set<string>();
  let written = 0;
  const write = async <K extends PackKind>(kind: K, record: PackFacts[K][number]): Promise<void> => {
    names.push(packName(kind, record));
    if (since !== null && record.updatedAt < since) return;
    const pack = PACKED[kind] as (one: PackFacts[K][number]) => PackFacts[K][number];
    texts.get(kind)?.push(JSON.stringify(pack(record)));
    written += 1;
    if (written % PIECE === 0) await turn();
  };
  for (const { id } of producers) {
    const own = await soundRecordsOf(id, ctx);
    if (!offices.has(own.office.id)) await write('offices', own.office);
    offices.add(own.office.id);
    await write('producers', own.producer);
    for (const product of own.products) await write('products', product);
    for (const lot of own.lots) await write('lots', lot);
    for (const certificate of own.certificates) await write('certificates', certificate);
    for (const recall of own.recalls) await write('recalls', recall);
    for (const batch of own.batches) await write('batches', withPackKey(batch, ctx));
    batches.push(...own.batches);
    await turn();
  }
  return { texts, names, batches };
}

type Own = Awaited<ReturnType<typeof recordsOf>>;

async function soundRecordsOf(producerId: string, ctx: ActionContext): Promise<Own> {
  for (let tries = 1; ; tries += 1) {
    const own = await recordsOf(producerId, ctx);
    const disagreement = await disagreementOf(ctx.store, heldTo(own), producerId);
    if (disagreement === null) return own;
    if (tries < TRIES_MAX) continue;
    const { entity, found, stated } = disagreement;
    const error = differs(entity, found, stated);
    ctx.store.alarm(error);
    throw error;
  }
}

async function recordsOf(producerId: string, { store }: ActionContext) {
  const producer = await mustGet(store.producers, producerId);
  const all = async <T extends Entity>(collection: Collection<T>): Promise<T[]> => {
    const records: T[] = [];
    for await (const record of everyOf(collection, { producerId })) records.push(record);
    return records;
  };
  return {
    producer,
    office: await mustGet(store.offices, producer.officeId),
    products: await all(store.products),
    lots: await all(store.lots),
    certificates: await all(store.certificates),
    recalls: await all(store.recalls),
    batches: await all(store.batches),
  };
}

function heldTo(own: Own): { name: CollectionName; record: Entity }[] {
  const held = (name: CollectionName, records: readonly Entity[]): { name: CollectionName; record: Entity }[] =>
    records.map((record) => ({ name, record }));
  return [
    ...held('producers', [own.producer]),
    ...held('offices', [own.office]),
    ...held('products', own.products),
    ...held('lots', own.lots),
    ...held('certificates', own.certificates),
    ...held('recalls', own.recalls),
    ...held('batches', own.batches),
  ];
}

function withPackKey(batch: Batch, ctx: ActionContext): PackBatch {
  return { ...withoutSecret(batch), packKey: Buffer.from(packKeyOf(secretOf(batch, ctx))).toString('base64') };
}

/** @throws StoreError `tampered` if the wrapped secret or a field bound to it was changed in the store */
export function secretOf(batch: Batch, ctx: ActionContext): Uint8Array {
  const secret = unwrapSecret(ctx.keys.wrap, batch);
  if (secret === null) throw new StoreError('tampered', `the secret of batch ${batch.id} does not open`);
  return secret;
}
