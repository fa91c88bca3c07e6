// Offline packs: fingerprints spelled out by another way, the bytes taken apart again, and the same verdict as the
// server.

import { createHmac, hkdfSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fingerprintsOf, packKeyOf } from '../../../server/domain/pack/fingerprint.ts';
import { PACKED, PackIndex, type PackFacts } from '../../../server/domain/pack/pack-facts.ts';
import {
  fingerprintAt,
  fingerprintMessage,
  packHead,
  packSignatureInput,
  readPack,
  recordsText,
  sectionHead,
  type PackManifest,
} from '../../../server/domain/pack/pack-format.ts';
import { isSignedBy, newSigningPair, signWith } from '../../../server/domain/pack/signing-key.ts';
import { parseStampCode } from '../../../server/domain/stamp/stamp-code.ts';
import { stampFactsOf } from '../../../server/domain/stamp/stamp-facts.ts';
import { openBatchKeys } from '../../../server/domain/stamp/stamp-keys.ts';
import { verdictOf } from '../../../server/domain/stamp/verdict.ts';
import { activated, aBatch, aRecall, someFacts } from '../records.ts';

const SECRET = Uint8Array.from({ length: 32 }, (_, i) => i);
const BATCH = '7K3M9Q';
const keys = openBatchKeys(SECRET, BATCH);
const packKey = packKeyOf(SECRET);
const WRAP = new Uint8Array(32).fill(3);
const pair = newSigningPair(WRAP, (bytes) => new Uint8Array(bytes).fill(5));

describe('fingerprints', () => {
  test('are the first 16 bits of the HMAC of each stamp’s tag, as a phone computes it from the code', () => {
    const from = 65_530;
    const made = fingerprintsOf(keys, packKey, from, from + 20);
    const key = new Uint8Array(hkdfSync('sha256', SECRET, '', 'temtrace/1/pack', 16));
    for (let serial = from; serial <= from + 20; serial += 1) {
      const parsed = parseStampCode(keys.codeOf(serial));
      if (!parsed.ok) throw new Error('no code');
      const mac = createHmac('sha256', key).update(fingerprintMessage(parsed.tag)).digest();
      expect([serial, fingerprintAt(made, serial - from + 1)]).toEqual([serial, mac.readUInt16BE(0)]);
    }
  });

  test('are the same for ever: two packs of a batch give no further bit of a tag', () => {
    expect(fingerprintsOf(keys, packKey, 1, 9)).toEqual(
      fingerprintsOf(openBatchKeys(SECRET, BATCH), packKeyOf(SECRET), 1, 9),
    );
    // A vector: whoever changes the function makes every pack in the field useless.
    expect(Buffer.from(fingerprintsOf(keys, packKey, 1, 4)).toString('hex')).toBe('2832bd998adcf6c9');
  });

  test('say yes to one forged tag in 65,536: in 200,000 some three', () => {
    const made = fingerprintsOf(keys, packKey, 1, 1);
    let yes = 0;
    for (let tag = 0n; tag < 200_000n; tag += 1n)
      if (
        createHmac('sha256', packKey).update(fingerprintMessage(tag)).digest().readUInt16BE(0) ===
        fingerprintAt(made, 1)
      )
        yes += 1;
    expect(yes).toBeLessThan(12);
  });

  test('exist for the batch’s own serials alone', () => {
    const made = fingerprintsOf(keys, packKey, 1, 3);
    expect([0, 4, 1.5, -1].map((serial) => fingerprintAt(made, serial))).toEqual([null, null, null, null]);
    expect(() => fingerprintsOf(keys, packKey, 0, 1)).toThrow(RangeError);
  });
});

const manifest: PackManifest = {
  v: 1,
  kid: pair.id,
  edition: '2026-11-24T03:00:00.000Z',
  issuedAt: '2026-11-24T03:00:00.000Z',
  expiresAt: '2026-11-27T03:00:00.000Z',
  origin: 'https://temtrace.vn',
  timeZone: 'Asia/Ho_Chi_Minh',
  choice: { producers: ['producer'] },
  since: null,
  officeId: 'office',
  facts: { sha256: '0'.repeat(64), bytes: 3 },
  records: '0'.repeat(64),
  batches: [{ id: BATCH, quantity: 3, fp: '0'.repeat(64) }],
};

function bytesOf(from: PackManifest = manifest): Uint8Array {
  const text = Buffer.from(JSON.stringify(from));
  const signature = signWith(WRAP, pair, packSignatureInput(text)) ?? new Uint8Array();
  const fingerprints = fingerprintsOf(keys, packKey, 1, 3);
  return Buffer.concat([
    packHead(),
    sectionHead('facts', 3),
    Uint8Array.from([1, 2, 3]),
    ...(from.batches[0]?.fp === null ? [] : [sectionHead('fingerprints', 6, BATCH), fingerprints]),
    sectionHead('manifest', text.length),
    text,
    sectionHead('signature', signature.length),
    signature,
  ]);
}

describe('a pack', () => {
  test('is read as it was written, and its signature is over every byte of the manifest', () => {
    const pack = readPack(bytesOf());
    expect(pack.manifest).toEqual(manifest);
    expect([...pack.factsGzip]).toEqual([1, 2, 3]);
    expect(pack.fingerprints.get(BATCH)).toEqual(Buffer.from(fingerprintsOf(keys, packKey, 1, 3)));
    expect(isSignedBy(pair.publicKey, packSignatureInput(pack.manifestBytes), pack.signature)).toBe(true);
    const bent = Uint8Array.from(pack.manifestBytes, (byte, i) => (i === 9 ? byte ^ 1 : byte));
    expect(isSignedBy(pair.publicKey, packSignatureInput(bent), pack.signature)).toBe(false);
  });

  test('that is a difference leaves fingerprints out where its manifest says so', () => {
    const difference = { ...manifest, batches: [{ id: BATCH, quantity: 3, fp: null }] };
    expect(readPack(bytesOf(difference)).fingerprints.size).toBe(0);
  });

  test('that was cut short, bent in its structure, or is of a newer kind is not read', () => {
    const whole = bytesOf();
    for (let length = 0; length < whole.length; length += 7)
      expect(() => readPack(whole.subarray(0, length))).toThrow(/pack/);
    expect(() => readPack(bytesOf({ ...manifest, batches: [{ id: BATCH, quantity: 4, fp: '0'.repeat(64) }] }))).toThrow(
      'not whole',
    );
    expect(() => readPack(bytesOf({ ...manifest, v: 2 } as unknown as PackManifest))).toThrow('newer');
    expect(() => readPack(Buffer.concat([whole, sectionHead('facts', 0)]))).toThrow('out of place');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(() => readPack(Buffer.concat([packHead(), bytes]))).toThrow(RangeError);
      }),
    );
  });

  test('names its records in one order', () => {
    expect(recordsText(['b:1@1', 'a:2@3'])).toBe('a:2@3\nb:1@1\n');
  });
});

describe('a signing key', () => {
  test('opens with the master key and for its own pair alone', () => {
    expect(signWith(new Uint8Array(32), pair, new Uint8Array(3))).toBeNull();
    expect(signWith(WRAP, { ...pair, id: 'other' }, new Uint8Array(3))).toBeNull();
    expect(signWith(WRAP, { ...pair, wrappedKey: 'short' }, new Uint8Array(3))).toBeNull();
    expect(isSignedBy('short', new Uint8Array(3), new Uint8Array(64))).toBe(false);
    expect(isSignedBy(pair.publicKey, new Uint8Array(3), new Uint8Array(63))).toBe(false);
  });
});

describe('the facts of a stamp from a pack', () => {
  const now = new Date('2026-11-24T03:00:00.000Z');
  const verdict = (facts: Parameters<typeof verdictOf>[0]): unknown => verdictOf(facts, now, 'Asia/Ho_Chi_Minh');

  test('give the server’s verdict of every stamp that nobody has scanned', () => {
    const recall = aRecall({ scope: { kind: 'range', batchId: BATCH, from: 7, to: 8 } });
    const facts = someFacts({
      batch: aBatch({
        quantity: 12,
        activations: [activated(1, 8)],
        voids: [{ from: 2, to: 3, reason: 'lost', note: 'mất', at: now.toISOString(), by: 'user' }],
        displays: [{ from: 4, to: 4, at: now.toISOString(), by: 'user' }],
      }),
      recalls: [recall],
    });
    const index = new PackIndex(packOf(facts));
    for (let serial = 1; serial <= 12; serial += 1)
      expect([serial, verdict(index.stampFactsOf(BATCH, serial))]).toEqual([
        serial,
        verdict(stampFactsOf(facts, serial, null, null)),
      ]);
    expect(index.stampFactsOf(BATCH, 13)).toBeNull();
    expect(index.stampFactsOf(BATCH, 0)).toBeNull();
    expect(index.stampFactsOf('A00000', 1)).toBeNull();
  });

  test('name no person, no note and no telephone that is not public', () => {
    const facts = someFacts();
    const text = JSON.stringify(
      packOf({
        ...facts,
        producer: { ...facts.producer, phone: '0218 1', phonePublic: false, representative: 'Bà Hoa', taxCode: '0100' },
        batch: aBatch({ note: 'bí mật', issuedBy: 'user-9', activations: [{ ...activated(1, 8), by: 'user-9' }] }),
      }),
    );
    for (const hidden of ['0218 1', 'Bà Hoa', '0100', 'bí mật', 'user-9', 'wrappedSecret'])
      expect([hidden, text.includes(hidden)]).toEqual([hidden, false]);
  });
});

function packOf(facts: ReturnType<typeof someFacts>): PackFacts {
  return {
    offices: [PACKED.offices(facts.office)],
    producers: [PACKED.producers(facts.producer)],
    products: [...facts.products.values()].map(PACKED.products),
    lots: [...facts.lots.values()].map(PACKED.lots),
    certificates: facts.certificates.map(PACKED.certificates),
    recalls: facts.recalls.map(PACKED.recalls),
    batches: [PACKED.batches({ ...facts.batch, packKey: '' })],
  };
}
