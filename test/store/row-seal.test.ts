import { describe, expect, test } from '@jest/globals';
import { canonicalJson } from '../../server/domain/audit/audit-chain.ts';
import { isSealOf, sealRow } from '../../server/store/row-seal.ts';
import { aLot } from '../fixtures/records/batches.ts';

const KEY = new Uint8Array(32).fill(7);
const SEAL = sealRow(KEY, 'lots', aLot());

describe('a seal', () => {
  test('is that of its record, in whatever order the fields come', () => {
    const { id, ...rest } = aLot();
    expect(sealRow(KEY, 'lots', { ...rest, id })).toEqual(SEAL);
    expect(isSealOf(KEY, 'lots', canonicalJson(aLot()), SEAL)).toBe(true);
  });

  test.each([
    ['another field', KEY, 'lots', aLot({ expiresOn: '2029-10-31' })],
    ['another collection', KEY, 'batches', aLot()],
    ['a collection whose name takes in the text', KEY, 'lot', aLot()],
    ['another key', new Uint8Array(32).fill(8), 'lots', aLot()],
  ])('is not that of %s', (_, key, collection, lot) => {
    expect(isSealOf(key, collection, canonicalJson(lot), SEAL)).toBe(false);
  });

  test.each([
    ['none', null],
    ['an empty one', new Uint8Array(0)],
    ['a short one', SEAL.slice(0, 31)],
    ['a longer one', new Uint8Array(33)],
  ])('that is %s is none', (_, seal) => expect(isSealOf(KEY, 'lots', canonicalJson(aLot()), seal)).toBe(false));
});
