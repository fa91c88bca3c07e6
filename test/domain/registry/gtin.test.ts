// A GTIN as it is read off a pack is the same number with leading zeros.

import { expect, test } from '@jest/globals';
import { gtin14Of, isGtin14 } from '../../../server/domain/registry/gtin.ts';

test.each([
  ['8936012345674', '08936012345674'],
  ['893 6012 345674', '08936012345674'],
  ['036000291452', '00036000291452'],
  ['96385074', '00000096385074'],
  ['18936012345671', '18936012345671'],
])('%s is %s', (typed, gtin) => {
  expect([gtin14Of(typed), isGtin14(gtin)]).toEqual([gtin, true]);
});

test.each(['893601234568', '8936012345675', '893601234567a', '123456789012345', '1234567'])('%s is none', (typed) => {
  expect(isGtin14(gtin14Of(typed))).toBe(false);
});
