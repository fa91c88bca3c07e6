import { NO_SIGNS } from '../../../server/domain/stamp/signs.ts';
import { describe, expect, test } from '@jest/globals';
import { emptyTally } from '../../../server/domain/stamp/tally.ts';
import { escapeHtml } from '../../../server/web/html.ts';
import { LINE_BYTES, PAGE_BYTES_MAX, PROTECTING_BYTES } from '../../../server/web/public/stamp-page.ts';
import { aBatch, aLot, aRecall } from '../../fixtures/records/batches.ts';
import { BATCH_ID, MADE_AT } from '../../fixtures/records/cast.ts';
import { aCertificate, anOffice, aProducer, aProduct } from '../../fixtures/records/registry.ts';
import { aScanDesk, codeOf } from '../../fixtures/scan-desk.ts';

type Records = NonNullable<Parameters<typeof aScanDesk>[0]>;

/** Scanned by many people in many places: one more sentence, and the longest count. */
const COPIED = {
  ...emptyTally({ batchId: BATCH_ID, serial: 12 }, MADE_AT),
  count: 1_234_567,
  visitorDays: 50,
  provinces: ['Hà Nội', 'Huế', 'Cà Mau', 'Lào Cai', 'Sơn La'],
  farJumps: 6,
  signs: { ...NO_SIGNS, day: 20_780, crowd: 5_000, heat: 3_000, far: 1_500 },
};

/**
 * A record in which every text is as long as its field allows (server/actions: fields.ts, product-rules.ts,
 * make-producer.ts).
 */
function fullestRecord(letter: string): Records {
  const long = (max: number): string => letter.repeat(max / letter.length);
  const address = { commune: long(80), province: long(80), detail: long(160) };
  const event = {
    at: '2026-11-01T23:30:00.000Z',
    step: long(80),
    place: long(160),
    gln: '8935000000012',
    by: long(160),
    note: long(600),
    public: true,
    photoFileId: null,
    copiedFrom: null,
    recordedAt: MADE_AT,
  };
  return {
    offices: [anOffice({ name: long(160) })],
    producers: [
      aProducer({
        name: long(160),
        address,
        addressToday: { ...address, commune: 'Xã khác' },
        website: `https://example.vn/${'x'.repeat(281)}`,
      }),
    ],
    products: [
      aProduct({
        name: long(160),
        brand: long(80),
        description: long(2_000),
        unit: long(60),
        origin: address,
        ingredients: long(1_000),
        storage: long(300),
        standards: long(300),
        warnings: long(600),
        gtin: '09520000000011',
      }),
    ],
    lots: [
      aLot({
        number: long(40),
        expiresOn: '2026-11-02',
        events: Array.from({ length: 200 }, (_, i) => ({ ...event, id: `e${i}` })),
      }),
    ],
    certificates: [
      aCertificate({ number: long(80), issuer: long(160) }),
      ...Array.from({ length: 20 }, (_, i) =>
        aCertificate({ id: `c${i}`, scheme: 'other', stars: null, number: long(80), issuer: long(160) }),
      ),
    ],
    batches: [aBatch({ pin: true, quantity: 1_000, displays: [{ from: 1, to: 20, at: MADE_AT, by: 'u' }] })],
  };
}

describe('a page stays within 12,288 bytes whatever the record’s fields hold, but for texts that protect people', () => {
  const RECALL = (letter: string): Records => {
    const text = letter.repeat(600 / letter.length);
    return { recalls: [aRecall({ reason: { vi: text, en: text }, advice: { vi: text, en: text } })] };
  };

  test.each([
    ['a letter of three bytes', 'ế'],
    ['a letter of four bytes', '😀'],
    ['a sign that HTML writes with six', '"'],
    ['lines of one letter', 'a\n'],
  ])('%s', async (_name, letter) => {
    const record = fullestRecord(letter);
    for (const language of ['vi', 'en']) {
      for (const more of [{}, RECALL(letter)]) {
        const desk = aScanDesk({ ...record, ...more });
        desk.memory.tallies.set(`${BATCH_ID}:12`, COPIED);
        const page = await desk.page(`/t/${codeOf(12)}?lang=${language}`);
        const isRecalled = 'recalls' in more;
        const symbols = 1_000 + 300 + 600 + (isRecalled ? 2 * 600 : 0);
        const lines = isRecalled && letter.includes('\n') ? 600 / letter.length + 1 : 1;
        const protecting = (Buffer.byteLength(escapeHtml(letter)) * symbols) / letter.length + lines * LINE_BYTES;
        expect(Buffer.byteLength(page)).toBeLessThanOrEqual(
          PAGE_BYTES_MAX + Math.max(0, protecting - PROTECTING_BYTES),
        );
        // Complete, whatever else was cut.
        for (const max of [1_000, 300, 600])
          expect(page).toContain(`>${escapeHtml(letter.repeat(max / letter.length))}<`);
        expect(page).toContain(`/t/${codeOf(12)}/record?lang=${language}`);
      }
    }
  });

  test('what keeps people from harm is never cut: a warning and a recall stand whole beside the longest names', async () => {
    const warnings = 'Không dùng cho trẻ dưới 12 tháng; người dị ứng phấn hoa xin hỏi nhân viên y tế.';
    const reason = 'Phát hiện dư lượng thuốc bảo vệ thực vật vượt mức cho phép trong hai mẫu của lô này.';
    const record = fullestRecord('ế');
    const products = [aProduct({ ...record.products?.[0], warnings })];
    const page = await aScanDesk({
      ...record,
      products,
      recalls: [aRecall({ reason: { vi: reason, en: null } })],
    }).page(`/t/${codeOf(12)}`);
    expect(page).toContain(warnings);
    expect(page).toContain(reason);
  });
});
