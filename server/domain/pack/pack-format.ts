// The bytes of an offline pack: what an inspector's phone needs to judge stamps without network (all
// integers big-endian). This file runs on the phone as well: it uses nothing of Node.
//
//     8  "TEMPACK1"
//     …  sections: u8 kind ‖ u32 length ‖ bytes
//          1  facts         gzip of the JSON of PackFacts; once, first
//          2  fingerprints  batch id (6 ASCII) ‖ one u16 a stamp; once a batch
//          3  manifest      JSON of PackManifest; once, last but one
//          4  signature     64 bytes, Ed25519 over "temtrace/1/pack\n" ‖ manifest; last
//
// The manifest comes last, so that a server can stream what it states the hashes of. A difference (`since`) holds the
// records that changed and the fingerprints of the batches that were issued since; its list of batches is whole.

import type { Id, Instant } from '../entity.ts';

const MAGIC = 'TEMPACK1';
const SECTIONS = { facts: 1, fingerprints: 2, manifest: 3, signature: 4 } as const;
const SECTION_HEAD_BYTES = 5;
const BATCH_ID_BYTES = 6;
export const FINGERPRINT_BYTES = 2;
const SIGNATURE_BYTES = 64;
const SIGNED_PREFIX = 'temtrace/1/pack\n';
/** Status is exact and old status misleads: a pack says nothing any more after this time. */
export const PACK_MS_MAX = 72 * 3_600_000;

export type PackChoice = { producers: Id[] } | { province: string; commune: string | null };

export interface PackManifest {
  v: 1;
  /** Which key of /.well-known/temtrace-keys.json signed it. */
  kid: string;
  /** State of the records at this instant; the next difference begins here. */
  edition: Instant;
  issuedAt: Instant;
  expiresAt: Instant;
  /** As printed on the stamps of today. */
  origin: string;
  timeZone: string;
  choice: PackChoice;
  /** Null: it is whole. */
  since: Instant | null;
  officeId: Id | null;
  /** Of the section's gzip bytes. */
  facts: { sha256: string; bytes: number };
  /** Over all records that a phone then holds (recordsText), hex. */
  records: string;
  /** `fp`: SHA-256 of its u16s, hex; null: not in this difference. */
  batches: { id: Id; quantity: number; fp: string | null }[];
}

export interface Pack {
  manifest: PackManifest;
  manifestBytes: Uint8Array;
  signature: Uint8Array;
  /** Of the JSON of PackFacts. */
  factsGzip: Uint8Array;
  /** Views into the bytes that were read, by batch. */
  fingerprints: ReadonlyMap<Id, Uint8Array>;
}

/** The first bytes of a pack. */
export function packHead(): Uint8Array {
  return new TextEncoder().encode(MAGIC);
}

/** What comes before a section's bytes. @param batchId for fingerprints */
export function sectionHead(kind: keyof typeof SECTIONS, bytes: number, batchId = ''): Uint8Array {
  const head = new Uint8Array(SECTION_HEAD_BYTES + batchId.length);
  head[0] = SECTIONS[kind];
  new DataView(head.buffer).setUint32(1, bytes + batchId.length);
  head.set(new TextEncoder().encode(batchId), SECTION_HEAD_BYTES);
  return head;
}

/** What is signed. */
export function packSignatureInput(manifestBytes: Uint8Array): Uint8Array {
  const prefix = new TextEncoder().encode(SIGNED_PREFIX);
  const input = new Uint8Array(prefix.length + manifestBytes.length);
  input.set(prefix);
  input.set(manifestBytes, prefix.length);
  return input;
}

/** The text whose SHA-256 is the manifest's `records`: `products:ID@3`, one a line, sorted. */
export function recordsText(names: readonly string[]): string {
  return names
    .toSorted()
    .map((name) => `${name}\n`)
    .join('');
}

/**
 * Takes a pack apart. It checks the structure, and that each batch of the manifest has its fingerprints; the caller
 * checks the signature and the hashes.
 * @throws RangeError for bytes that are no whole pack
 */
export function readPack(bytes: Uint8Array): Pack {
  if (latin1(bytes.subarray(0, MAGIC.length)) !== MAGIC) throw new RangeError('these bytes are no pack');
  const fingerprints = new Map<Id, Uint8Array>();
  const once = new Map<number, Uint8Array>();
  let last = 0;
  for (let at = MAGIC.length; at < bytes.length;) {
    const { kind, body, next } = sectionAt(bytes, at);
    if (kind < last || kind > SECTIONS.signature) throw new RangeError('a section of this pack is out of place');
    if (kind === SECTIONS.fingerprints)
      fingerprints.set(latin1(body.subarray(0, BATCH_ID_BYTES)), body.subarray(BATCH_ID_BYTES));
    else if (once.has(kind)) throw new RangeError('a section of this pack is there twice');
    else once.set(kind, body);
    last = kind;
    at = next;
  }
  const manifestBytes = sectionOf(once, SECTIONS.manifest);
  const signature = sectionOf(once, SECTIONS.signature);
  if (signature.length !== SIGNATURE_BYTES) throw new RangeError('this pack has no signature');
  const manifest = JSON.parse(new TextDecoder().decode(manifestBytes)) as PackManifest;
  if (manifest.v !== 1) throw new RangeError('this pack is of a newer kind');
  for (const { id, quantity, fp } of manifest.batches) {
    const length = fingerprints.get(id)?.length ?? null;
    if (length !== (fp === null ? null : quantity * FINGERPRINT_BYTES))
      throw new RangeError(`the fingerprints of batch ${id} are not whole`);
  }
  return { manifest, manifestBytes, signature, factsGzip: sectionOf(once, SECTIONS.facts), fingerprints };
}

/** The fingerprint of a serial; null: the batch has none of it. */
export function fingerprintAt(fingerprints: Uint8Array, serial: number): number | null {
  const at = (serial - 1) * FINGERPRINT_BYTES;
  if (!Number.isInteger(serial) || at < 0 || at + 1 >= fingerprints.length) return null;
  return ((fingerprints[at] ?? 0) << 8) | (fingerprints[at + 1] ?? 0);
}

/** The message whose HMAC's first 16 bits are the fingerprint. @param tag 36 bits */
export function fingerprintMessage(tag: bigint): Uint8Array {
  const message = new Uint8Array(5);
  for (let i = 0; i < 5; i += 1) message[4 - i] = Number((tag >> BigInt(8 * i)) & 255n);
  return message;
}

function sectionAt(bytes: Uint8Array, at: number): { kind: number; body: Uint8Array; next: number } {
  if (at + SECTION_HEAD_BYTES > bytes.length) throw new RangeError('this pack was cut short');
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, SECTION_HEAD_BYTES);
  const begin = at + SECTION_HEAD_BYTES;
  const next = begin + view.getUint32(1);
  if (next > bytes.length) throw new RangeError('this pack was cut short');
  return { kind: view.getUint8(0), body: bytes.subarray(begin, next), next };
}

function sectionOf(once: ReadonlyMap<number, Uint8Array>, kind: number): Uint8Array {
  const body = once.get(kind);
  if (body === undefined) throw new RangeError('a section of this pack is missing');
  return body;
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
