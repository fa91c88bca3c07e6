// The JSON answer to a scan, field by field, and what it omits in each state of a stamp.

import { describe, expect, test } from '@jest/globals';
import { aBatch, aLot, aRecall } from '../fixtures/records/batches.ts';
import { LOT_ID, MADE_AT, PRODUCT_ID } from '../fixtures/records/cast.ts';
import { aCertificate, aProducer, aProduct } from '../fixtures/records/registry.ts';
import { aScanDesk, codeOf } from '../fixtures/scan-desk.ts';

const AN_EVENT = {
  id: 'e1',
  at: '2026-11-02T01:00:00.000Z',
  step: 'Rang',
  place: 'Xưởng',
  gln: null,
  by: null,
  note: null,
  public: true,
  photoFileId: null,
  copiedFrom: null,
  recordedAt: MADE_AT,
};
const BLANK = aBatch({ kind: 'blank', productId: null, lotId: null, activations: [] });

describe('the JSON of CONTRACT §4', () => {
  test('a valid stamp answers every field, in the contract’s order', async () => {
    const desk = aScanDesk({
      lots: [aLot({ events: [AN_EVENT, { ...AN_EVENT, id: 'e2', step: 'Nội bộ', public: false }] })],
      recalls: [],
    });
    const answer = await desk.get(`/t/${codeOf(12)}`);
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body.toString())).toEqual({
      verdict: 'valid',
      also: [],
      display: false,
      code: `${codeOf(12).slice(0, 6)}-${codeOf(12).slice(6, 12)}-${codeOf(12).slice(12)}`,
      serial: 12,
      scans: { count: 1, first: true, firstOn: '2026-11-24' },
      product: {
        id: PRODUCT_ID,
        name: 'Cà phê Arabica rang mộc',
        brand: 'Cầu Đất',
        group: aProduct().group,
        description: null,
        gtin: null,
        photo: null,
        unit: 'gói 500 g',
        ingredients: 'Cà phê Arabica 100 %',
        storage: 'Nơi khô mát',
        standards: null,
        warnings: null,
        usage: null,
        allergens: null,
        nameEn: null,
        descriptionEn: null,
        ingredientsEn: null,
        // Of the words that we offer.
        unitEn: '500 g pack',
        storageEn: 'In a cool, dry place',
        usageEn: null,
        warningsEn: null,
      },
      producer: {
        id: 'producer-1',
        name: 'Hợp tác xã Cà phê Cầu Đất',
        kind: 'cooperative',
        address: { commune: 'Xuân Trường - Đà Lạt', province: 'Lâm Đồng', detail: 'Thôn Trường Thọ' },
        addressToday: null,
        phone: '0912 345 678',
        website: null,
        story: aProducer().story,
        storyEn: null,
      },
      origin: { commune: 'Xuân Trường - Đà Lạt', province: 'Lâm Đồng', detail: null },
      office: { name: 'Văn phòng OCOP Lâm Đồng', phone: '0263 3822 001' },
      rating: {
        scheme: 'ocop',
        stars: 4,
        certificate: 'OCOP-LD-2026-041',
        issuer: 'UBND tỉnh Lâm Đồng',
        issuedOn: '2026-06-15',
        expiresOn: '2029-06-14',
        state: 'valid',
        inForceOnPacking: true,
      },
      certificates: [
        {
          scheme: 'ocop',
          number: 'OCOP-LD-2026-041',
          issuer: 'UBND tỉnh Lâm Đồng',
          issuedOn: '2026-06-15',
          expiresOn: '2029-06-14',
          state: 'valid',
        },
      ],
      batch: { id: '7K3M9Q', kind: 'goods' },
      lot: { id: LOT_ID, number: 'L2611-01', producedOn: '2026-11-01', expiresOn: '2027-10-31', correctedOn: null },
      journey: [
        { at: '2026-11-02T01:00:00.000Z', step: 'Rang', stepEn: null, place: 'Xưởng', gln: null, by: null, note: null },
      ],
      recall: null,
      updatedAt: MADE_AT,
    });
    expect(Object.keys(JSON.parse(answer.body.toString()) as object)).toEqual([
      'verdict',
      'also',
      'display',
      'code',
      'serial',
      'scans',
      'product',
      'producer',
      'origin',
      'office',
      'rating',
      'certificates',
      'batch',
      'lot',
      'journey',
      'recall',
      'updatedAt',
    ]);
  });

  test.each([
    ['an expired lot', { lots: [aLot({ expiresOn: '2026-11-23' })] }, { verdict: 'expired', also: [] }],
    [
      'a recalled lot past its date',
      { lots: [aLot({ expiresOn: '2026-11-23' })], recalls: [aRecall()] },
      { verdict: 'recalled', also: ['expired'] },
    ],
    [
      'a void stamp',
      { batches: [aBatch({ voids: [{ from: 1, to: 20, reason: 'lost', note: null, at: MADE_AT, by: 'u' }] })] },
      { verdict: 'void', also: [] },
    ],
    [
      'a display stamp',
      { batches: [aBatch({ displays: [{ from: 1, to: 20, at: MADE_AT, by: 'u' }] })] },
      { verdict: 'valid', display: true },
    ],
    ['a stamp not activated', { batches: [aBatch({ activations: [] })] }, { verdict: 'not-activated', also: [] }],
    [
      'a plaque',
      { batches: [aBatch({ kind: 'plaque', lotId: null, activations: [] })] },
      { verdict: 'valid', lot: null, batch: { id: '7K3M9Q', kind: 'plaque' } },
    ],
  ])('%s', async (_, records, expected) => {
    expect(await aScanDesk(records).json(`/t/${codeOf(12)}`)).toMatchObject(expected);
  });

  test('a stamp not activated says nothing of lot, scans, rating, certificates or journey', async () => {
    const desk = aScanDesk({ batches: [aBatch({ activations: [] })], lots: [aLot({ events: [AN_EVENT] })] });
    expect(await desk.json(`/t/${codeOf(12)}`)).toMatchObject({
      lot: null,
      scans: null,
      rating: null,
      certificates: [],
      journey: [],
      product: { id: PRODUCT_ID },
    });
  });

  test.each([
    ['not activated', BLANK, []],
    [
      'void before activation',
      { ...BLANK, voids: [{ from: 1, to: 20, reason: 'lost' as const, note: null, at: MADE_AT, by: 'u' }] },
      [],
    ],
    ['recalled before activation', BLANK, [aRecall({ scope: { kind: 'range', batchId: BLANK.id, from: 1, to: 20 } })]],
  ])('of a blank stamp %s no word of product or origin leaks, in JSON or page', async (_, batch, recalls) => {
    const desk = aScanDesk({ batches: [batch], recalls });
    expect(await desk.json(`/t/${codeOf(12)}`)).toMatchObject({
      product: null,
      origin: null,
      lot: null,
      scans: null,
      rating: null,
      certificates: [],
      journey: [],
    });
    for (const language of ['vi', 'en']) {
      const page = await desk.page(`/t/${codeOf(12)}?lang=${language}`);
      for (const secret of ['Arabica', 'L2611-01', 'OCOP-LD-2026-041', 'Nơi khô mát', '1.000', '1,000'])
        expect(page).not.toContain(secret);
    }
  });

  test('a void stamp keeps all but its journey', async () => {
    const voids = [{ from: 1, to: 20, reason: 'stolen' as const, note: null, at: MADE_AT, by: 'u' }];
    const desk = aScanDesk({ batches: [aBatch({ voids })], lots: [aLot({ events: [AN_EVENT] })] });
    expect(await desk.json(`/t/${codeOf(12)}`)).toMatchObject({
      verdict: 'void',
      journey: [],
      lot: { number: 'L2611-01' },
      rating: { stars: 4 },
      scans: { count: 1 },
    });
  });

  test('a telephone is there only with recorded consent', async () => {
    const desk = aScanDesk({ producers: [aProducer({ phonePublic: false })] });
    expect(await desk.json(`/t/${codeOf(12)}`)).toMatchObject({ producer: { phone: null } });
    expect(await desk.page(`/t/${codeOf(12)}`)).not.toContain('0912');
  });

  test('recall texts follow the language; without English there is Vietnamese', async () => {
    const desk = aScanDesk({ recalls: [aRecall({ advice: { vi: 'Không dùng', en: null } })] });
    expect(await desk.json(`/t/${codeOf(12)}?lang=en`)).toMatchObject({
      recall: { reason: 'Damp in storage', advice: 'Không dùng', at: MADE_AT },
    });
    expect(await desk.json(`/t/${codeOf(12)}`)).toMatchObject({ recall: { reason: 'Nhiễm ẩm trong kho' } });
  });

  test('a lapsed certificate leaves the verdict and says both, today and on the packing day', async () => {
    const desk = aScanDesk({ certificates: [aCertificate({ issuedOn: '2023-11-10', expiresOn: '2026-11-09' })] });
    expect(await desk.json(`/t/${codeOf(12)}`)).toMatchObject({
      verdict: 'valid',
      rating: { state: 'expired', inForceOnPacking: true },
    });
  });

  test('the first day is told in TIME_ZONE, not in UTC', async () => {
    const desk = aScanDesk();
    desk.pass(Date.parse('2026-11-24T17:30:00.000Z') - Date.parse(MADE_AT)); // half past midnight in Vietnam
    expect(await desk.json(`/t/${codeOf(12)}`)).toMatchObject({ scans: { firstOn: '2026-11-25' } });
  });
});
