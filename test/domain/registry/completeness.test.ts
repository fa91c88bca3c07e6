import { describe, expect, test } from '@jest/globals';
import { completenessOf, type CompletenessKey } from '../../../server/domain/registry/completeness.ts';
import { foldedText, holdsWords } from '../../../server/domain/search-text.ts';
import { aLot } from '../../fixtures/records/batches.ts';
import { aProducer, aProduct } from '../../fixtures/records/registry.ts';
import type { Lot } from '../../../server/domain/lots/lot.ts';
import type { Producer } from '../../../server/domain/registry/producer.ts';
import type { Product } from '../../../server/domain/registry/product.ts';

const BARE: Partial<Product> = {
  photoFileId: null,
  brand: null,
  unit: null,
  ingredients: null,
  storage: null,
  warnings: null,
  standards: null,
  shelfLifeDays: null,
  gtin: null,
  gtinAuthorisation: null,
};
const FULL: Partial<Product> = {
  photoFileId: 'photo',
  brand: 'Mường Thàng',
  unit: 'thùng 5 kg',
  ingredients: 'cam',
  storage: 'mát',
  warnings: 'không',
  standards: 'TCCS 01',
  shelfLifeDays: 21,
  gtin: null,
  gtinAuthorisation: null,
};

function lacking(
  product: Partial<Product>,
  producer: Partial<Producer> = {},
  lot: Partial<Lot> | null = null,
): CompletenessKey[] {
  const whole = completenessOf(
    aProduct(product),
    aProducer({ gln: null, ...producer }),
    lot === null ? null : aLot(lot),
  );
  return whole.items.filter(({ state }) => state === 'lacking').map(({ key }) => key);
}

const EVENT = {
  id: 'e',
  at: '2026-11-01T00:00:00.000Z',
  step: 'harvest',
  place: null,
  gln: null,
  by: null,
  note: null,
  public: true,
  photoFileId: null,
  copiedFrom: null,
  recordedAt: '2026-11-01T00:00:00.000Z',
};

describe('what the law asks and a record lacks', () => {
  test('a bare food product lacks its picture, what is in it, how it keeps, and all of a lot', () => {
    expect(lacking(BARE)).toEqual([
      'photo',
      'unit',
      'ingredients',
      'storage',
      'warnings',
      'standards',
      'shelfLife',
      'lot',
      'madeOn',
      'expiresOn',
      'stages',
      'placeCode',
    ]);
  });

  test('a full product with a told lot and a place code lacks nothing', () => {
    const lot = { producedOn: '2026-11-01', expiresOn: '2026-12-01', events: [EVENT] };
    expect(lacking(FULL, { gln: '9520000000011' }, lot)).toEqual([]);
    const whole = completenessOf(aProduct(FULL), aProducer({ gln: '9520000000011' }), aLot(lot));
    expect(whole.there).toBe(whole.asked);
  });

  test('a brand is asked only of goods that have one, leave for a GTIN only where there is a GTIN', () => {
    expect(lacking({ ...FULL, brand: null })).not.toContain('brand');
    expect(lacking({ ...FULL, gtin: '09520000000011' })).toContain('gtinAuthorisation');
    expect(lacking({ ...FULL, gtin: null })).not.toContain('gtinAuthorisation');
  });

  test('craft is not asked what is in it, a homestay nothing of lots', () => {
    expect(lacking({ ...BARE, group: 'craft', productSet: 21 })).not.toContain('ingredients');
    expect(lacking({ ...FULL, group: 'tourism', productSet: 26 })).toEqual([]);
  });

  test('stages that are kept from the public, or were taken over from another lot and not looked at, tell nobody anything', () => {
    const lot = { producedOn: '2026-11-01', expiresOn: '2026-12-01' };
    expect(lacking(FULL, {}, { ...lot, events: [{ ...EVENT, public: false }] })).toContain('stages');
    expect(lacking(FULL, {}, { ...lot, events: [{ ...EVENT, copiedFrom: 'lot-0' }] })).toContain('stages');
    expect(lacking(FULL, {}, { ...lot, events: [{ ...EVENT, gln: '9520000000011' }] })).not.toContain('placeCode');
  });
});

describe('looking for words', () => {
  test('accents, case and order do not matter', () => {
    expect(foldedText('  Đặc  SẢN Mường ')).toBe('dac san muong');
    expect(holdsWords('Cam lòng vàng Mường Thàng', foldedText('muong CAM'))).toBe(true);
    expect(holdsWords('Cam lòng vàng', foldedText('quýt'))).toBe(false);
  });
});
