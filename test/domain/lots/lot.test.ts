// What can be changed in a lot, and when.

import { describe, expect, test } from '@jest/globals';
import { changedIdentity, changeLot, datesInOrder, lotFreedom } from '../../../server/domain/lots/lot.ts';
import { aLot } from '../records.ts';

const AT = '2026-11-24T03:15:00.000Z';

describe('a lot', () => {
  const active = aLot({ firstActivatedAt: AT });

  test('changes freely before its first activation', () =>
    expect(lotFreedom(aLot(), { number: 'X', expiresOn: '2026-12-31' })).toBe('free'));

  test.each([
    ['number', { number: 'X' }],
    ['production day', { producedOn: '2026-11-09' }],
    ['best-before', { expiresOn: null }],
    ['product', { productId: 'another' }],
  ])('after it, another %s waits for the office', (_, change) => expect(lotFreedom(active, change)).toBe('ask'));

  test('note and declared quantity stay free, as do values that do not change', () => {
    expect(lotFreedom(active, { note: 'đã cân lại', declaredQuantity: 380, number: active.number })).toBe('free');
  });

  test('printed in a digital link, its identity never changes, activated or not; its note does', () => {
    for (const lot of [aLot({ inDigitalLink: true }), aLot({ inDigitalLink: true, firstActivatedAt: AT })]) {
      expect(lotFreedom(lot, { expiresOn: '2026-12-02' })).toBe('never');
      expect(lotFreedom(lot, { note: 'mới' })).toBe('free');
    }
  });

  test('is corrected by a change of its identity after activation, and by no other', () => {
    expect(changeLot(active, { number: 'X' }, AT)).toEqual({ ...active, number: 'X', correctedAt: AT });
    expect(changeLot(active, { note: 'mới' }, AT).correctedAt).toBeNull();
    expect(changeLot(aLot(), { number: 'X' }, AT).correctedAt).toBeNull();
    expect(changedIdentity(active, { number: 'X', expiresOn: active.expiresOn })).toEqual(['number']);
  });

  test('may be past on the day it is made, not before', () => {
    expect(datesInOrder({ producedOn: '2026-11-10', expiresOn: '2026-11-10' })).toBe(true);
    expect(datesInOrder({ producedOn: '2026-11-10', expiresOn: '2026-11-09' })).toBe(false);
    expect(datesInOrder({ producedOn: null, expiresOn: '2026-11-09' })).toBe(true);
  });
});
