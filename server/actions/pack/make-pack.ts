// Makes an offline pack (domain/pack/pack-format.ts): gathered at once, then streamed, its fingerprints computed in a
// thread as fast as the phone takes them. Nothing is recorded: a phone asks again whenever its network comes back.

import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Batch } from '../../domain/batches/batch.ts';
import {
  FINGERPRINT_BYTES,
  PACK_MS_MAX,
  packHead,
  packSignatureInput,
  recordsText,
  sectionHead,
  type PackChoice,
  type PackManifest,
} from '../../domain/pack/pack-format.ts';
import { SIGNATURE_BYTES } from '../../domain/pack/signing-key.ts';
import type { Instant } from '../../domain/entity.ts';
import type { Actor } from '../../domain/people/account.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import type { ActionContext } from '../kit/context.ts';
import { choosePack, type ChosenPack, type PackQuery } from './choose-pack.ts';
import { fingerprintsOfBatch } from './fingerprints.ts';
import { gatherPack, secretOf, type GatheredPack } from './gather-pack.ts';
import { currentSigningKey, signBytes } from './signing-keys.ts';

/** 16 MiB: three minutes of a poor 3G, and what an old phone holds in memory without being killed. */
export const PACK_STAMPS_MAX = 8_388_608;
/** Clocks of two servers differ by less, and a change is written after its time was taken. */
const SKEW_MS = 5 * 60_000;

const compress = promisify(gzip);

export interface PackSize {
  producers: number;
  batches: number;
  stamps: number;
  /** To be sent; the records are compressed, so it is known to the byte. */
  bytes: number;
}

interface Planned {
  chosen: ChosenPack;
  gathered: GatheredPack;
  since: Instant | null;
  edition: Instant;
  factsGzip: Uint8Array;
  /** Those whose fingerprints go along. */
  fresh: readonly Batch[];
}

/** What taking a pack would cost. Problems: as makePack. */
export async function readPackSize(actor: Actor, query: PackQuery, ctx: ActionContext): Promise<Result<PackSize>> {
  const planned = await planPack(actor, query, ctx);
  if (!planned.ok) return planned;
  const { chosen, gathered, fresh, factsGzip } = planned.value;
  const { id: kid } = await currentSigningKey(ctx);
  const hash = '0'.repeat(64);
  const manifest = manifestOf(planned.value, kid, hash, new Map(fresh.map(({ id }) => [id, hash])), ctx);
  const sections = 3 + fresh.length;
  const heads = packHead().length + sections * sectionHead('facts', 0).length + fresh.length * 6;
  return ok({
    producers: chosen.producers.length,
    batches: gathered.batches.length,
    stamps: stampsOf(gathered.batches),
    bytes: heads + factsGzip.length + FINGERPRINT_BYTES * stampsOf(fresh) + manifest.length + SIGNATURE_BYTES,
  });
}

/**
 * The pack's bytes. Problems: not-allowed, absent-reference, invalid, not-found, pack-too-large.
 * @throws StoreError for records that are not as they were written
 */
export async function makePack(
  actor: Actor,
  query: PackQuery,
  ctx: ActionContext,
): Promise<Result<AsyncIterable<Uint8Array>>> {
  const planned = await planPack(actor, query, ctx);
  return planned.ok ? ok(bytesOf(planned.value, ctx)) : planned;
}

async function planPack(actor: Actor, query: PackQuery, ctx: ActionContext): Promise<Result<Planned>> {
  const chosen = await choosePack(actor, query, ctx);
  if (!chosen.ok) return chosen;
  const edition = ctx.now().toISOString();
  // An edition of the future is a phone's slip: it gets everything.
  const since = query.since === undefined || query.since > edition ? null : query.since;
  const from = since === null ? null : new Date(Date.parse(since) - SKEW_MS).toISOString();
  const gathered = await gatherPack(chosen.value.producers, from, ctx);
  const stamps = stampsOf(gathered.batches);
  if (stamps > PACK_STAMPS_MAX)
    return fail('pack-too-large', 'This is more than a phone should hold. Choose a commune, or some producers.', {
      details: { stamps, max: PACK_STAMPS_MAX },
    });
  const fresh = gathered.batches.filter(({ issuedAt }) => from === null || issuedAt >= from);
  const factsGzip = new Uint8Array(await compress(factsJson(gathered)));
  return ok({ chosen: chosen.value, gathered, since, edition, factsGzip, fresh });
}

async function* bytesOf(planned: Planned, ctx: ActionContext): AsyncGenerator<Uint8Array, void, void> {
  const { gathered, factsGzip, fresh } = planned;
  yield packHead();
  yield sectionHead('facts', factsGzip.length);
  yield factsGzip;
  const hashes = new Map<string, string>();
  for (const batch of fresh) {
    yield sectionHead('fingerprints', batch.quantity * FINGERPRINT_BYTES, batch.id);
    const hash = createHash('sha256');
    for await (const piece of fingerprintsOfBatch(batch, secretOf(batch, ctx))) {
      hash.update(piece);
      yield piece;
    }
    hashes.set(batch.id, hash.digest('hex'));
  }
  const records = createHash('sha256').update(recordsText(gathered.names)).digest('hex');
  const { id: kid } = await currentSigningKey(ctx);
  const manifest = manifestOf(planned, kid, records, hashes, ctx);
  const signed = await signBytes(packSignatureInput(manifest), ctx);
  yield sectionHead('manifest', manifest.length);
  yield manifest;
  yield sectionHead('signature', signed.signature.length);
  yield signed.signature;
}

function manifestOf(
  { chosen, gathered, since, edition, factsGzip }: Planned,
  kid: string,
  records: string,
  hashes: ReadonlyMap<string, string>,
  ctx: ActionContext,
): Uint8Array {
  const choice: PackChoice = chosen.choice;
  const offices = new Set(chosen.producers.map(({ officeId }) => officeId));
  const manifest: PackManifest = {
    v: 1,
    kid,
    edition,
    issuedAt: edition,
    expiresAt: new Date(Date.parse(edition) + PACK_MS_MAX).toISOString(),
    origin: ctx.settings.publicOrigin,
    timeZone: ctx.settings.timeZone,
    choice,
    since,
    officeId: offices.size === 1 ? ([...offices][0] ?? null) : null,
    facts: { sha256: createHash('sha256').update(factsGzip).digest('hex'), bytes: factsGzip.length },
    records,
    batches: gathered.batches.map(({ id, quantity }) => ({ id, quantity, fp: hashes.get(id) ?? null })),
  };
  return Buffer.from(JSON.stringify(manifest));
}

function factsJson({ texts }: GatheredPack): string {
  return `{${[...texts].map(([kind, records]) => `"${kind}":[${records.join(',')}]`).join(',')}}`;
}

function stampsOf(batches: readonly Pick<Batch, 'quantity'>[]): number {
  return batches.reduce((sum, { quantity }) => sum + quantity, 0);
}
