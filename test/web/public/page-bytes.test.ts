import { gunzipSync } from 'node:zlib';
import { NO_SIGNS } from '../../../server/domain/stamp/signs.ts';
import { describe, expect, test } from '@jest/globals';
import { ALLERGENS } from '../../../server/domain/registry/allergens.ts';
import { emptyTally } from '../../../server/domain/stamp/tally.ts';
import { escapeHtml } from '../../../server/web/html.ts';
import { LINE_BYTES, PAGE_BYTES_MAX, PROTECTING_BYTES, WIRE_BYTES_MAX } from '../../../server/web/public/stamp-page.ts';
import { aBatch, aLot, aRecall } from '../../fixtures/records/batches.ts';
import { BATCH_ID, MADE_AT } from '../../fixtures/records/cast.ts';
import { aCertificate, anOffice, aProducer, aProduct } from '../../fixtures/records/registry.ts';
import { aScanDesk, codeOf } from '../../fixtures/scan-desk.ts';

type Records = NonNullable<Parameters<typeof aScanDesk>[0]>;

const GZIP = { accept: 'text/html', 'accept-encoding': 'gzip, deflate, br' };

/** Scanned by many people in many places: one more sentence, and the longest count. */
const COPIED = {
  ...emptyTally({ batchId: BATCH_ID, serial: 12 }, MADE_AT),
  count: 1_234_567,
  visitorDays: 50,
  provinces: ['Hà Nội', 'Huế', 'Cà Mau', 'Lào Cai', 'Sơn La'],
  farJumps: 6,
  signs: { ...NO_SIGNS, day: 20_780, crowd: 5_000, heat: 3_000, far: 1_500 },
};

const repeated =
  (letter: string) =>
  (max: number): string =>
    letter.repeat(max / letter.length);

/**
 * A record in which every text is as long as its field allows (server/actions: fields.ts, product-rules.ts,
 * make-producer.ts).
 */
function fullestRecord(long: (max: number) => string): Records {
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
    const record = fullestRecord(repeated(letter));
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
    const record = fullestRecord(repeated('ế'));
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

describe('a page comes in 14,000 bytes on the wire, with its headers, whatever a registry holds', () => {
  /** Letters drawn by chance, which gzip shortens least. The same ones each time. */
  function drawn(from: number, count: number): (max: number) => string {
    let state = 20_261_201;
    const letter = (): string => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return String.fromCodePoint(from + ((state >>> 8) % count));
    };
    const size = letter().length;
    return (max) => Array.from({ length: max / size }, letter).join('');
  }

  /** Beside fullestRecord: English in each field that has it, each allergen, the story. */
  function withEnglish(long: (max: number) => string): Records {
    const record = fullestRecord(long);
    const english = {
      nameEn: long(160),
      descriptionEn: long(2_000),
      unitEn: long(60),
      ingredientsEn: long(1_000),
      storageEn: long(300),
      warningsEn: long(600),
      usage: long(600),
      usageEn: long(600),
      allergens: [...ALLERGENS],
    };
    return {
      ...record,
      products: [aProduct({ ...record.products?.[0], ...english })],
      producers: [aProducer({ ...record.producers?.[0], story: long(6_000), storyEn: long(6_000) })],
    };
  }

  test.each([
    ['Vietnamese letters', 0x1e_a0, 90],
    ['letters of East Asia', 0x4e_00, 35_000],
    ['pictures', 0x1_f3_00, 700],
  ])('%s', async (_name, from, count) => {
    const long = drawn(from, count);
    const full = withEnglish(long);
    const [batch, lot] = [full.batches?.[0], full.lots?.[0]];
    const goods = aBatch({ ...batch, displays: [] });
    const record = { ...full, batches: [goods], lots: [aLot({ ...lot, expiresOn: '2027-11-02' })] };
    const { warnings, ingredients, storage, warningsEn, ingredientsEn, storageEn } = aProduct({
      ...full.products?.[0],
    });
    const headings = new Set<string | undefined>();
    const VOID = { from: 1, to: 20, reason: 'lost' as const, note: long(600), at: MADE_AT, by: 'u' };
    const recall = aRecall({ reason: { vi: long(600), en: long(600) }, advice: { vi: long(600), en: long(600) } });
    const verdicts: Record<string, Records> = {
      valid: {},
      suspect: {},
      recalled: { recalls: [recall] },
      expired: { lots: [aLot(lot)] },
      void: { batches: [aBatch({ ...goods, voids: [VOID] })] },
      'not-activated': { batches: [aBatch({ ...goods, activations: [] })] },
    };
    for (const [verdict, more] of Object.entries(verdicts))
      for (const language of ['vi', 'en']) {
        const desk = aScanDesk({ ...record, ...more });
        if (verdict === 'suspect') desk.memory.tallies.set(`${BATCH_ID}:12`, COPIED);
        const answer = await desk.get(`/t/${codeOf(12)}?lang=${language}`, { headers: GZIP });
        expect(answer.headers).toMatchObject({ 'Content-Encoding': 'gzip' });
        const bytes = answer.body.length + JSON.stringify(answer.headers).length;
        const page = gunzipSync(answer.body).toString();
        headings.add(/<h1[^>]*>(.*?)<.h1>/.exec(page)?.[1]);
        const own = language === 'vi' ? [warnings, ingredients, storage] : [warningsEn, ingredientsEn, storageEn];
        // Where the goods are shown, what protects people is whole.
        const isCut = own.some((text) => !page.includes(escapeHtml(text ?? '')));
        expect([verdict, page.includes('>GTIN<') && isCut]).toEqual([verdict, false]);
        expect([verdict, page.includes('>GTIN<')]).toEqual([
          verdict,
          verdict !== 'void' && verdict !== 'not-activated',
        ]);
        expect(bytes).toBeLessThanOrEqual(WIRE_BYTES_MAX);
      }
    // Each verdict in each language was there.
    expect(headings.size).toBe(12);
  });
});
