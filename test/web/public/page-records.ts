// Stamps and records for the tests of the public pages, and the text of a page as a reader sees it.

import { NO_SIGNS } from '../../../server/domain/stamp/signs.ts';
import { expect } from '@jest/globals';
import type { Entity } from '../../../server/domain/entity.ts';
import type { CollectionName } from '../../../server/store/store.ts';
import { aBatch, aLot } from '../../fixtures/records/batches.ts';
import { MADE_AT } from '../../fixtures/records/cast.ts';
import { aCertificate, aProducer, aProduct } from '../../fixtures/records/registry.ts';

export type Records = Partial<Record<CollectionName, Entity[]>>;

export const VOIDED = aBatch({
  voids: [{ from: 1, to: 20, reason: 'lost', note: null, at: '2026-10-02T03:00:00.000Z', by: 'u' }],
});
export const COPIED = {
  batchId: VOIDED.id,
  serial: 12,
  count: 61,
  visitorDays: 50,
  firstAt: '2026-11-21T03:00:00.000Z',
  lastAt: MADE_AT,
  beforeActivation: 0,
  lastProvince: null,
  lastProvinceAt: null,
  provinces: ['Hà Nội', 'Huế', 'Cà Mau', 'Lào Cai', 'Sơn La'],
  farJumps: 6,
  signs: { ...NO_SIGNS, day: 20_780, crowd: 5_000, heat: 3_000, far: 1_500 },
  pin: { wrongTries: 0, lockedUntil: null, usedAt: null, strangerDaysSince: 0 },
};
export const AN_EVENT = {
  id: 'e1',
  at: '2026-11-01T23:30:00.000Z',
  step: 'Thu hái',
  place: 'Vườn Khu 5',
  gln: '8935000000012',
  by: 'Tổ 3',
  note: null,
  public: true,
  photoFileId: null,
  copiedFrom: null,
  recordedAt: MADE_AT,
};

/** The page's text as a reader sees it: no tags, entities resolved, single spaces. */
export function textOf(page: string): string {
  const body = page.slice(page.indexOf('<body'));
  const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
  return body
    .replace(/<[^>]+>/g, ' ')
    .replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? '')
    .replace(/[\s\u00A0]+/g, ' ');
}

/** Expects these words in this order, whatever tags are between them. */
export function expectWords(page: string, words: string[]): void {
  const text = textOf(page).replace(/ ([.,;:)])/g, '$1');
  for (const word of words) expect(text).toContain(word);
}

export const LONG =
  'Sản phẩm được làm thủ công theo cách truyền thống của người Mường, giữ trọn hương vị núi rừng. '.repeat(20);
export const LONG_RECORD: Records = {
  producers: [
    aProducer({
      name: 'Hợp tác xã Nông nghiệp, Dịch vụ và Du lịch cộng đồng Mường Thàng',
      addressToday: { commune: 'Cao Phong', province: 'Phú Thọ', detail: 'Khu 5, đường Trường Sơn' },
      website: 'https://hoptacxa.example.vn',
    }),
  ],
  products: [
    aProduct({
      name: 'Mật ong rừng nguyên chất Pù Canh thượng hạng khai thác theo mùa hoa bạc hà',
      description: LONG,
      ingredients: LONG.slice(0, 300),
      storage: LONG.slice(0, 200),
      standards: LONG.slice(0, 500),
      warnings: 'Không dùng cho trẻ dưới 12 tháng; người dị ứng phấn hoa xin hỏi nhân viên y tế.',
      gtin: '09520000000011',
    }),
  ],
  lots: [
    aLot({
      events: Array.from({ length: 60 }, (_, i) => ({
        ...AN_EVENT,
        id: `e${i}`,
        step: `Bước thứ ${i} của hành trình sản phẩm`,
        note: LONG.slice(0, 400),
      })),
    }),
  ],
  certificates: [
    aCertificate(),
    ...Array.from({ length: 12 }, (_, i) =>
      aCertificate({ id: `c${i}`, scheme: 'other', stars: null, number: `CN-2026-${i}`, issuer: LONG.slice(0, 180) }),
    ),
  ],
  batches: [aBatch({ pin: true, quantity: 1_000 })],
};
