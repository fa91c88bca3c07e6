// The key pairs of this deployment that sign packs, cartons and records (domain/pack/signing-key.ts): the current
// one, which is made when it is first needed, all public halves, and a new one in its place.

import { SYSTEM, type Actor } from '../../domain/people/account.ts';
import type { Instant } from '../../domain/entity.ts';
import { newSigningPair, signWith, type SigningKey } from '../../domain/pack/signing-key.ts';
import { StoreError } from '../../store/store.ts';
import { getWitnessed, readWitnessed } from '../../store/witness.ts';
import { decide } from '../kit/rights.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { newEntity, nextVersion, saveChange, saveNew } from '../kit/save.ts';

/** A public half, as /.well-known/temtrace-keys.json shows it: a JWK (RFC 8037) with its time. */
export interface PublicKeyShown {
  kid: string;
  kty: 'OKP';
  crv: 'Ed25519';
  alg: 'EdDSA';
  use: 'sig';
  x: string;
  purposes: readonly ['pack', 'carton', 'record'];
  from: Instant;
  until: Instant | null;
}

export interface Signed {
  kid: string;
  signature: Uint8Array;
}

/** Signs with the current key. @throws StoreError `tampered` if it does not open with this master key */
export async function signBytes(bytes: Uint8Array, ctx: ActionContext): Promise<Signed> {
  const key = await currentSigningKey(ctx);
  const signature = signWith(ctx.keys.wrap, key, bytes);
  if (signature === null) throw new StoreError('tampered', `the signing key ${key.id} does not open`);
  return { kid: key.id, signature };
}

/** The current pair. Of two servers that make the first one, one does; the other takes it. */
export async function currentSigningKey(ctx: ActionContext): Promise<SigningKey> {
  const { store } = ctx;
  const read = (): Promise<SigningKey | null> =>
    readWitnessed(store, 'signingKeys', () => store.signingKeys.findBy('state', ['current']));
  const known = await read();
  if (known !== null) return known;
  const doc = newKey(ctx);
  const made = await saveNew({ ...ctx, request: null }, SYSTEM, {
    collection: 'signingKeys',
    doc,
    action: 'make-signing-key',
    answer: null,
  });
  if (made.ok) return doc;
  const others = await read();
  if (others === null) throw new StoreError('unavailable', 'there is no signing key, and none could be made');
  return others;
}

/** Retires the current pair and makes another. What was signed before keeps its key. Problems: not-allowed. */
export async function rotateSigningKey(actor: Actor, ctx: ActionContext): Promise<Outcome<{ kid: string }>> {
  const may = decide(actor, 'keep-office', null);
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  const before = await currentSigningKey(ctx);
  const retired = nextVersion(ctx, before, { state: null, until: ctx.now().toISOString() });
  const saved = await saveChange({ ...ctx, request: null }, actor, {
    collection: 'signingKeys',
    before,
    doc: retired,
    action: 'retire-signing-key',
    answer: null,
  });
  if (!saved.ok) return saved;
  const doc = newKey(ctx);
  const answer = { kid: doc.id };
  return saveNew(ctx, actor, { collection: 'signingKeys', doc, action: 'make-signing-key', answer });
}

/** All of them, the newest first: a carton may be older than any rotation. */
export async function listPublicKeys(ctx: ActionContext): Promise<PublicKeyShown[]> {
  await currentSigningKey(ctx);
  const keys: PublicKeyShown[] = [];
  for await (const { id } of everyOf(ctx.store.signingKeys, {})) {
    const key = await getWitnessed(ctx.store, 'signingKeys', id);
    if (key !== null) keys.push(publicHalf(key));
  }
  return keys;
}

function publicHalf({ id, publicKey, from, until }: SigningKey): PublicKeyShown {
  return {
    kid: id,
    kty: 'OKP',
    crv: 'Ed25519',
    alg: 'EdDSA',
    use: 'sig',
    x: publicKey,
    purposes: ['pack', 'carton', 'record'],
    from,
    until,
  };
}

function newKey(ctx: ActionContext): SigningKey {
  const { id, ...pair } = newSigningPair(ctx.keys.wrap, ctx.random);
  const head = newEntity(ctx, id);
  return { ...head, ...pair, state: 'current', from: head.createdAt, until: null };
}
