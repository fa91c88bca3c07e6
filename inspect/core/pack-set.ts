// The packs on this phone: what they are of, how old they are, and what they say of a batch. A pack is believed only
// with a signature of the server's, and its parts only if they are what the signed manifest says. It says nothing after
// 72 hours, nor while the phone's clock is before the pack was made.

import {
  fingerprintAt,
  fingerprintMessage,
  packSignatureInput,
  readPack,
  recordsText,
  type Pack,
  type PackChoice,
  type PackManifest,
} from '../../server/domain/pack/pack-format.ts';
import { PACK_KINDS, PackIndex, packName, type PackFacts } from '../../server/domain/pack/pack-facts.ts';
import { fingerprintFunction } from './fingerprint.ts';
import { fromBase64 } from './keys.ts';
import type { Key } from './seal.ts';

/** A key of `/.well-known/temtrace-keys.json`. */
export interface PublishedKey {
  kid: string;
  /** 32 bytes, base64url. */
  x: string;
  purposes: readonly string[];
  /** Null: it is in use. */
  until: string | null;
}

/**
 * `old-browser`: it cannot check signatures. `whole`: the difference does not fit what is here, so all of it must be
 * fetched.
 */
export class PackError extends Error {
  readonly reason: 'broken' | 'unsigned' | 'old-browser' | 'whole';
  constructor(reason: PackError['reason'], options?: ErrorOptions) {
    super(`a pack cannot be used: ${reason}`, options);
    this.reason = reason;
  }
}

export interface HeldPack {
  /** The same choice has the same id. */
  id: string;
  manifest: PackManifest;
  facts: PackFacts;
  index: PackIndex;
  fingerprints: ReadonlyMap<string, Uint8Array>;
}

type Bytes = Uint8Array<ArrayBuffer>;

/** Reads a pack and checks its signature. @throws PackError */
export async function checkedPack(bytes: Bytes, keys: readonly PublishedKey[]): Promise<Pack> {
  const pack = taken(() => readPack(bytes));
  const { kid, issuedAt } = pack.manifest;
  const key = keys.find((one) => one.kid === kid && one.purposes.includes('pack'));
  if (key === undefined || (key.until !== null && key.until <= issuedAt)) throw new PackError('unsigned');
  const publicKey = await signatureKey(key);
  const input = packSignatureInput(pack.manifestBytes) as Bytes;
  if (!(await crypto.subtle.verify('Ed25519', publicKey, pack.signature as Bytes, input)))
    throw new PackError('unsigned');
  return pack;
}

/** A published key, ready to check with. @throws PackError `old-browser` */
async function signatureKey({ x }: Pick<PublishedKey, 'x'>): Promise<Key> {
  try {
    const raw = fromBase64(x.replaceAll('-', '+').replaceAll('_', '/'));
    return await crypto.subtle.importKey('raw', raw, 'Ed25519', false, ['verify']);
  } catch (cause) {
    throw new PackError('old-browser', { cause });
  }
}

/** A whole pack, or a difference on top of what is held. Its signature was checked. @throws PackError */
export async function heldPack(pack: Pack, before: HeldPack | null): Promise<HeldPack> {
  const { manifest, factsGzip } = pack;
  if (manifest.since !== null && before?.manifest.edition !== manifest.since) throw new PackError('whole');
  if ((await sha256(factsGzip as Bytes)) !== manifest.facts.sha256) throw new PackError('broken');
  const news = JSON.parse(await gunzip(factsGzip as Bytes)) as PackFacts;
  const facts = manifest.since === null || before === null ? news : merged(before.facts, news, manifest);
  const fingerprints = new Map<string, Uint8Array>();
  for (const { id, fp } of manifest.batches) {
    const own = pack.fingerprints.get(id);
    if (own !== undefined && (await sha256(own as Bytes)) !== fp) throw new PackError('broken');
    const bytes = own ?? before?.fingerprints.get(id);
    if (bytes === undefined) throw new PackError('whole');
    fingerprints.set(id, bytes);
  }
  const names = PACK_KINDS.flatMap((kind) => facts[kind].map((record) => packName(kind, record)));
  if ((await sha256(new TextEncoder().encode(recordsText(names)))) !== manifest.records)
    throw new PackError(manifest.since === null ? 'broken' : 'whole');
  return { id: choiceId(manifest.choice), manifest, facts, index: new PackIndex(facts), fingerprints };
}

/** The parts of one pack as they were fetched, the whole one first. @throws PackError */
export async function openParts(parts: readonly Bytes[], keys: readonly PublishedKey[]): Promise<HeldPack | null> {
  let held: HeldPack | null = null;
  for (const bytes of parts) held = await heldPack(await checkedPack(bytes, keys), held);
  return held;
}

export function choiceId(choice: PackChoice): string {
  if ('producers' in choice) return `producers ${choice.producers.toSorted().join(' ')}`;
  return choice.commune === null ? `province ${choice.province}` : `commune ${choice.province} / ${choice.commune}`;
}

/** The query that asks for a pack of this choice. */
export function choiceQuery(choice: PackChoice, since: string | null): string {
  const query = new URLSearchParams();
  if ('producers' in choice) query.set('producers', choice.producers.join(','));
  else {
    query.set('province', choice.province);
    if (choice.commune !== null) query.set('commune', choice.commune);
  }
  if (since !== null) query.set('since', since);
  return query.toString();
}

/** `early`: the phone's clock is before the pack was made. */
export function packState({ issuedAt, expiresAt }: PackManifest, nowMs: number): 'fresh' | 'expired' | 'early' {
  if (nowMs < Date.parse(issuedAt) - CLOCK_SLACK_MS) return 'early';
  return nowMs < Date.parse(expiresAt) ? 'fresh' : 'expired';
}

/** The server's clock and a phone's that was just set by it. */
const CLOCK_SLACK_MS = 120_000;

/** What the packs say of a code. `not-here`: no pack that is in force holds the batch. */
export type PackWord = { kind: 'not-here' } | { kind: 'not-ours'; pack: HeldPack } | { kind: 'ours'; pack: HeldPack };

export class PackSet {
  readonly packs: readonly HeldPack[];
  private readonly functions = new Map<string, (message: Uint8Array) => number>();

  constructor(packs: readonly HeldPack[]) {
    this.packs = packs;
  }

  /** The newest pack in force that holds a batch. */
  packOf(batchId: string, nowMs: number): HeldPack | null {
    const holding = this.packs.filter(
      ({ manifest, index }) => packState(manifest, nowMs) === 'fresh' && index.batchOf(batchId) !== null,
    );
    return holding.toSorted((a, b) => b.manifest.edition.localeCompare(a.manifest.edition))[0] ?? null;
  }

  /** Compares 16 bits of the code's tag with what the pack holds for its serial. */
  ask(code: { batchId: string; index: number; tag: bigint }, nowMs: number): PackWord {
    const pack = this.packOf(code.batchId, nowMs);
    const batch = pack?.index.batchOf(code.batchId) ?? null;
    if (pack === null || batch === null) return { kind: 'not-here' };
    const known = fingerprintAt(pack.fingerprints.get(code.batchId) ?? NOTHING, code.index + 1);
    if (known === null) return { kind: 'not-ours', pack };
    const fingerprint = this.functionOf(code.batchId, batch.packKey);
    return { kind: fingerprint(fingerprintMessage(code.tag)) === known ? 'ours' : 'not-ours', pack };
  }

  private functionOf(batchId: string, packKey: string): (message: Uint8Array) => number {
    const name = `${batchId} ${packKey}`;
    const known = this.functions.get(name);
    if (known !== undefined) return known;
    const made = fingerprintFunction(fromBase64(packKey));
    this.functions.set(name, made);
    return made;
  }
}

const NOTHING = new Uint8Array(0);

/** Changed records take the place of older ones; batches that the list no longer names are gone. */
function merged(before: PackFacts, news: PackFacts, { batches }: PackManifest): PackFacts {
  const join = <T extends { id: string }>(old: readonly T[], changed: readonly T[]): T[] => [
    ...new Map([...old, ...changed].map((record) => [record.id, record])).values(),
  ];
  const listed = new Set(batches.map(({ id }) => id));
  return {
    offices: join(before.offices, news.offices),
    producers: join(before.producers, news.producers),
    products: join(before.products, news.products),
    lots: join(before.lots, news.lots),
    certificates: join(before.certificates, news.certificates),
    recalls: join(before.recalls, news.recalls),
    batches: join(before.batches, news.batches).filter(({ id }) => listed.has(id)),
  };
}

async function sha256(bytes: Bytes): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function gunzip(bytes: Bytes): Promise<string> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).text();
}

function taken<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new PackError('broken', { cause });
  }
}
