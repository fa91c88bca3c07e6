// The chain in which changes are recorded.

import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  canonicalJson,
  CHAIN_START,
  chainLine,
  entryHash,
  valuesHash,
  verifyChain,
} from '../../../server/domain/audit/audit-chain.ts';
import type { AuditEntry, AuditLine } from '../../../server/domain/audit/audit.ts';

describe('the audit chain', () => {
  const line = (values: Record<string, unknown>, salt = '00112233445566778899aabbccddeeff'): AuditLine => ({
    at: '2026-11-24T03:15:00.000Z',
    actor: 'user',
    officeId: null,
    entity: 'batch:7K3M9Q',
    action: 'issue-batch',
    values,
    salt,
  });
  const chain = (lines: AuditLine[]): AuditEntry[] => {
    let head = CHAIN_START;
    return lines.map((one) => {
      const entry = chainLine(head, one);
      head = { seq: entry.seq, hash: entry.hash };
      return entry;
    });
  };
  const whole = chain([
    line({ quantity: 1000, note: 'cuộn 1' }),
    line({ quantity: 2 }),
    line({ b: [1, { d: null, c: true }], a: 'x' }),
  ]);

  test('hashes what anyone can hash again with SHA-256 alone', () => {
    const [first] = whole;
    const salted = createHash('sha256')
      .update(Buffer.from('00112233445566778899aabbccddeeff', 'hex'))
      .update('{"note":"cuộn 1","quantity":1000}')
      .digest('hex');
    const text = `{"action":"issue-batch","actor":"user","at":"2026-11-24T03:15:00.000Z","entity":"batch:7K3M9Q","officeId":null,"seq":1,"valuesHash":"${salted}"}`;
    expect(first?.valuesHash).toBe(salted);
    expect(first?.hash).toBe(createHash('sha256').update(Buffer.alloc(32)).update(text).digest('hex'));
  });

  test('whole, and in pieces, verifies to the same head', () => {
    const all = verifyChain(whole);
    const [first, ...rest] = whole;
    expect(all).toMatchObject({ ok: true, lines: 3, head: { seq: 3, hash: whole[2]?.hash } });
    const piece = verifyChain(rest, { seq: 1, hash: first?.hash ?? '' });
    expect(piece).toEqual({ ...all, lines: 2 });
    expect(verifyChain([])).toEqual({ ok: true, head: CHAIN_START, lines: 0 });
  });

  test('verifies with values that the law had erased', () => {
    expect(
      verifyChain(whole.map((entry) => (entry.seq === 2 ? { ...entry, values: null, salt: null } : entry))).ok,
    ).toBe(true);
  });

  test.each<[string, (entry: AuditEntry) => AuditEntry, string]>([
    ['values', (entry) => ({ ...entry, values: { quantity: 3 } }), 'values'],
    ['salt', (entry) => ({ ...entry, salt: 'ff'.repeat(16) }), 'values'],
    ['values without their salt', (entry) => ({ ...entry, salt: null }), 'values'],
    ['time', (entry) => ({ ...entry, at: '2026-11-24T03:15:00.001Z' }), 'hash'],
    ['actor', (entry) => ({ ...entry, actor: 'another' }), 'hash'],
    ['office', (entry) => ({ ...entry, officeId: 'office' }), 'hash'],
    ['entity', (entry) => ({ ...entry, entity: 'batch:7K3M9R' }), 'hash'],
    ['action', (entry) => ({ ...entry, action: 'void-stamps' }), 'hash'],
    [
      'values with their hash',
      (entry) => ({ ...entry, values: {}, valuesHash: valuesHash(entry.salt ?? '', {}) }),
      'hash',
    ],
    ['sequence', (entry) => ({ ...entry, seq: 7 }), 'sequence'],
  ])('shows another %s', (_, change, fault) => {
    const seq = fault === 'sequence' ? 7 : 2;
    expect(verifyChain(whole.map((entry) => (entry.seq === 2 ? change(entry) : entry)))).toEqual({
      ok: false,
      seq,
      fault,
    });
  });

  test('shows a line taken out, one put in twice, and one that was hashed anew without those after it', () => {
    const [first, second, third] = whole;
    if (first === undefined || second === undefined || third === undefined) throw new Error('three lines were chained');
    expect(verifyChain([first, third])).toEqual({ ok: false, seq: 3, fault: 'sequence' });
    expect(verifyChain([first, first, second])).toEqual({ ok: false, seq: 1, fault: 'sequence' });
    const forged = { ...second, actor: 'another' };
    expect(verifyChain([first, { ...forged, hash: entryHash(first.hash, forged) }, third])).toEqual({
      ok: false,
      seq: 3,
      fault: 'hash',
    });
  });

  test('canonical JSON does not depend on the order of keys, and is JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
    expect(canonicalJson({ b: 1, a: { d: 2, c: 3 }, e: undefined })).toBe('{"a":{"c":3,"d":2},"b":1}');
    expect(() => canonicalJson({ a: Number.NaN })).toThrow(TypeError);
    expect(() => canonicalJson({ a: 1n })).toThrow(TypeError);
  });
});
