import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Entity } from '../../../server/domain/entity.ts';
import type { CollectionName } from '../../../server/store/store.ts';
import { publicPage as en } from '../../../server/web/words/en/public.ts';
import { publicPage as vi } from '../../../server/web/words/vi/public.ts';
import { Html, html, raw } from '../../../server/web/html.ts';
import { homePage } from '../../../server/web/public/home-page.ts';
import { complaintPage, EMPTY_DRAFT, thanksPage } from '../../../server/web/public/complaint-page.ts';
import { addressText, numberText, shortened } from '../../../server/web/format.ts';
import { pinPage } from '../../../server/web/public/pin-page.ts';
import { PAGE_BYTES_MAX } from '../../../server/web/public/stamp-page.ts';
import {
  aBatch,
  aCertificate,
  aLot,
  aProducer,
  aProduct,
  aRecall,
  MADE_AT,
  TIME_ZONE,
} from '../../fixtures/records.ts';
import { aScanDesk, codeOf, forgedCode } from '../../fixtures/scan-desk.ts';

type Records = Partial<Record<CollectionName, Entity[]>>;

const VOIDED = aBatch({
  voids: [{ from: 1, to: 20, reason: 'lost', note: null, at: '2026-10-02T03:00:00.000Z', by: 'u' }],
});
const COPIED = {
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
  pin: { wrongTries: 0, lockedUntil: null, usedAt: null, strangerDaysSince: 0 },
};
const AN_EVENT = {
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

/** The page's text as a reader sees it: tags gone, entities resolved, spaces made one. */
function textOf(page: string): string {
  const body = page.slice(page.indexOf('<body'));
  const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
  return body
    .replace(/<[^>]+>/g, ' ')
    .replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? '')
    .replace(/[\s\u00A0]+/g, ' ');
}

/** Words in order, whatever tags stand between. */
function expectWords(page: string, words: string[]): void {
  const text = textOf(page).replace(/ ([.,;:])/g, '$1');
  for (const word of words) expect(text).toContain(word);
}

const GOODS = 'gói 500 g Cà phê Arabica rang mộc';

describe('each verdict says its words', () => {
  const COPY_STEPS = ['So 4 ký tự cuối ở dưới với tem trên hàng.', 'Báo cho chúng tôi'];
  const CASES: [string, Records, string[], string[]][] = [
    [
      'valid',
      {},
      [
        'Tem hợp lệ',
        `Tem do Temtrace cấp, dán trên ${GOODS}. Hãy so với món hàng trong tay bạn.`,
        '4 sao OCOP',
        'có hiệu lực đến 14/06/2029',
        'Tem phải kết thúc bằng',
        'Và địa chỉ ở trên cùng phải là tem.example.vn. Nếu một trong hai khác đi, trang này không nói về tem bạn đang cầm.',
        'Đây là lần quét đầu tiên 24/11/2026',
      ],
      [
        'Valid stamp',
        `Issued by Temtrace, to be stuck on ${GOODS}. Please compare it with the goods in your hand.`,
        '4 stars, OCOP',
        'in force until 14/06/2029',
        'The stamp must end in',
        'And the address at the top must read tem.example.vn. If either differs, this page is not about the stamp you hold.',
      ],
    ],
    [
      'expired',
      { lots: [aLot({ expiresOn: '2026-11-02' })] },
      [
        'Hàng đã quá hạn dùng',
        'Tem hợp lệ, nhưng lô này có hạn dùng đến 02/11/2026, cách đây 22 ngày.',
        'Xin xem hạn in trên bao bì.',
        'quá 22 ngày',
      ],
      [
        'Past its best-before date',
        'The stamp is valid, but this lot was best before 02/11/2026, 22 days ago.',
        'Please look at the date printed on the pack.',
      ],
    ],
    [
      'recalled',
      { recalls: [aRecall()], lots: [aLot({ expiresOn: '2026-11-02' })] },
      [
        'Lô hàng đang được thu hồi',
        'Xin đừng ăn sản phẩm này. Nhiễm ẩm trong kho',
        'Không dùng, mang trả nơi bán',
        'Gọi HTX: 0912 345 678',
        'Ngoài ra: Lô này cũng đã quá hạn dùng.',
        'Thu hồi từ 24/11/2026',
      ],
      [
        'This lot is being recalled',
        'Please do not eat this product. Damp in storage',
        'Do not use; take it back to the shop',
        'Call the cooperative: 0912 345 678',
        'Besides: This lot is past its best-before date too.',
      ],
    ],
    [
      'void',
      { batches: [VOIDED] },
      [
        'Tem đã hủy',
        'Tem này đã được báo bị mất, ngày 02/10/2026. Nó không còn dùng cho hàng nào.',
        'Đừng dựa vào tem này để mua.',
        'Nơi nhận tem',
        'Tem số 12',
      ],
      [
        'Cancelled stamp',
        'This stamp was reported lost on 02/10/2026. It stands for no goods now.',
        'Do not rely on this stamp when you buy.',
      ],
    ],
    [
      'not-activated',
      { batches: [aBatch({ activations: [] })] },
      [
        'Tem chưa kích hoạt',
        'Tem này đã giao cho Hợp tác xã Cà phê Cầu Đất, nhưng chưa được gắn với lô hàng nào.',
        'Điều này nghĩa là gì',
        'Xin gọi để hỏi trước khi mua.',
        'Gọi HTX: 0912 345 678',
        'Văn phòng OCOP Lâm Đồng',
        '0263 3822 001',
      ],
      [
        'Stamp not yet activated',
        'It was handed to Hợp tác xã Cà phê Cầu Đất, but not yet tied to any lot.',
        'What this means',
        'Call the cooperative: 0912 345 678',
      ],
    ],
    [
      'plaque',
      {
        batches: [aBatch({ kind: 'plaque', lotId: null, activations: [] })],
        products: [aProduct({ group: 'tourism', name: 'Homestay Bản Lác', unit: null })],
      },
      ['Tem hợp lệ', 'Tem do Temtrace cấp cho Homestay Bản Lác, gắn ở biển hiệu hoặc quầy.', 'Tem phải kết thúc bằng'],
      ['Valid stamp', 'Issued by Temtrace for Homestay Bản Lác, to hang at its sign or counter.'],
    ],
    [
      'a display stamp',
      { batches: [aBatch({ displays: [{ from: 1, to: 20, at: MADE_AT, by: 'u' }] })] },
      ['Tem hợp lệ', `Tem do Temtrace cấp để trưng bày ${GOODS}. Món hàng bán ra phải có tem riêng của nó.`],
      ['Valid stamp', `Issued by Temtrace to show ${GOODS}.`],
    ],
    [
      'a display stamp past its date',
      {
        batches: [aBatch({ displays: [{ from: 1, to: 20, at: MADE_AT, by: 'u' }] })],
        lots: [aLot({ expiresOn: '2026-11-02' })],
      },
      ['Hàng đã quá hạn dùng', 'Ngoài ra: Tem trưng bày, không dùng cho hàng'],
      ['Past its best-before date', 'Besides: Display stamp, not for goods'],
    ],
  ];

  test.each(CASES)('%s', async (_, records, vietnamese, english) => {
    const desk = aScanDesk(records);
    expectWords(await desk.page(`/t/${codeOf(12)}`), vietnamese);
    expectWords(await desk.page(`/t/${codeOf(12)}?lang=en`), english);
  });

  test('suspect', async () => {
    const desk = aScanDesk();
    desk.memory.tallies.set(`${VOIDED.id}:12`, COPIED);
    expectWords(await desk.page(`/t/${codeOf(12)}`), [
      'Cần kiểm tra thêm',
      'đã được quét ở những nơi quá xa nhau trong thời gian quá ngắn. Có thể tem đã bị sao chép.',
      ...COPY_STEPS,
      '62 lượt quét Lần đầu ngày 21/11/2026',
    ]);
    expectWords(await desk.page(`/t/${codeOf(12)}?lang=en`), [
      'Please check further',
      'was scanned in places too far apart in too short a time. It may have been copied.',
      'Tell us',
      '62 scans First on 21/11/2026',
    ]);
  });

  test.each([
    [
      'not ours',
      forgedCode(12),
      [
        'Không tìm thấy tem này',
        'Mã bạn quét hoặc gõ không phải mã do Temtrace cấp.',
        'xem tên miền in trên tem có đúng là tem.example.vn không',
        'Gõ lại mã trên tem',
        'Hỏi trực tiếp Văn phòng OCOP Lâm Đồng',
      ],
      ['We could not find this stamp', 'The code you scanned or typed was not issued by Temtrace.'],
    ],
    [
      'too short',
      '7K3M9Q-ABC',
      [
        'Không tìm thấy tem này',
        'Địa chỉ này không có một mã tem đủ 18 ký tự.',
        'Mã có 18 ký tự, còn thiếu 9. Xin so lại từng ký tự.',
      ],
      ['9 are missing. Please compare each letter.'],
    ],
    [
      'with a symbol that is none',
      '7K3M9Q-ABU',
      ['Ký tự U không có trong mã tem nào. Xin so lại từng ký tự.'],
      ['The character U is in no stamp code. Please compare each letter.'],
    ],
  ])('unknown, %s', async (_, code, vietnamese, english) => {
    const desk = aScanDesk();
    expectWords(await desk.page(`/t/${code}`), vietnamese);
    expectWords(await desk.page(`/t/${code}?lang=en`), english);
  });

  test('a code that is not ours hears "compare each letter" before anything of where the stamp may come from', async () => {
    const text = textOf(await aScanDesk().page(`/t/${forgedCode(12)}`));
    expect(text.indexOf('xin so lại từng ký tự')).toBeGreaterThan(0);
    expect(text.indexOf('xin so lại từng ký tự')).toBeLessThan(text.indexOf('có thể không phải của chương trình'));
  });

  test.each([
    ['lot', 'Lô hàng đang được thu hồi', 'food', 'Xin đừng ăn'],
    ['product', 'Sản phẩm đang được thu hồi', 'drink', 'Xin đừng uống'],
    ['range', 'Hàng mang tem này đang được thu hồi', 'craft', 'Xin đừng dùng'],
  ] as const)('a recall of a %s is called so', async (kind, heading, group, warning) => {
    const scope =
      kind === 'lot'
        ? { kind, lotId: 'lot-1' }
        : kind === 'product'
          ? { kind, productId: 'product-1' }
          : { kind, batchId: VOIDED.id, from: 1, to: 20 };
    expectWords(
      await aScanDesk({ recalls: [aRecall({ scope })], products: [aProduct({ group })] }).page(`/t/${codeOf(12)}`),
      [heading, warning],
    );
  });
});

describe('what stands on the page, and what does not', () => {
  test('no stars and no certificates beside a recall', async () => {
    const page = await aScanDesk({ recalls: [aRecall()] }).page(`/t/${codeOf(12)}`);
    for (const word of ['sao OCOP', 'OCOP-LD-2026-041', 'Chứng nhận']) expect(textOf(page)).not.toContain(word);
  });

  test('a void or unactivated stamp has no box to compare, no lot, no product and no count', async () => {
    for (const batch of [VOIDED, aBatch({ activations: [] })]) {
      const text = textOf(await aScanDesk({ batches: [batch] }).page(`/t/${codeOf(12)}`));
      for (const word of ['Tem phải kết thúc bằng', 'L2611-01', 'Arabica', 'lượt quét', 'lần quét đầu'])
        expect(text).not.toContain(word);
    }
  });

  test('what the law asks is there: name, picture, producer, addresses, origin, code, lot, brand, days, steps with place and time, standards, warnings, update', async () => {
    const desk = aScanDesk({
      products: [
        aProduct({
          standards: 'TCCS 01',
          warnings: 'Không dùng cho trẻ dưới 12 tháng',
          description: 'Hái tay',
          gtin: '09520000000011',
          photoFileId: 'photo-1',
        }),
      ],
      producers: [
        aProducer({
          addressToday: { commune: 'Xuân Trường', province: 'Lâm Đồng', detail: 'Thôn 1' },
          website: 'https://caudat.example.vn/x',
        }),
      ],
      lots: [aLot({ events: [AN_EVENT], correctedAt: '2026-11-12T03:00:00.000Z' })],
    });
    const page = await desk.page(`/t/${codeOf(12)}`);
    expectWords(page, [
      'Tên Hợp tác xã Cà phê Cầu Đất',
      'Địa chỉ Thôn 1, Xuân Trường, Lâm Đồng',
      'Khi chứng nhận: Thôn Trường Thọ, Xuân Trường - Đà Lạt, Lâm Đồng',
      'Xuất xứ Xuân Trường - Đà Lạt, Lâm Đồng, Việt Nam',
      'Số lô L2611-01',
      'Ngày sản xuất 01/11/2026',
      'Hạn dùng 31/10/2027',
      'Đã sửa ngày 12/11/2026, có văn phòng OCOP duyệt',
      'Thu hái Vườn Khu 5 02/11/2026, 06:30 · mã nơi 8935000000012 · do Tổ 3',
      'Nhãn hiệu Cầu Đất',
      'Tiêu chuẩn TCCS 01',
      'Cảnh báo Không dùng cho trẻ dưới 12 tháng',
      'GTIN 09520000000011',
      'Cập nhật 24/11/2026, 10:00',
      'Tem số 12 trong đợt 1.000 tem',
      'Trang web caudat.example.vn',
      'OCOP 4 sao Còn hiệu lực OCOP-LD-2026-041 · UBND tỉnh Lâm Đồng 15/06/2026 có hiệu lực đến 14/06/2029',
    ]);
    expect(page).toContain('<img src="/photos/photo-1" width="104" height="104" alt="Ảnh: Cà phê Arabica rang mộc">');
    expect(page).toContain(`<u>${codeOf(12).slice(-4)}</u>`);
  });

  test.each([
    [
      'lapsed, in force when packed',
      { issuedOn: '2023-11-10', expiresOn: '2026-11-09' },
      'Đã hết hiệu lực sau ngày 09/11/2026; khi đóng gói vẫn còn hiệu lực',
    ],
    [
      'lapsed before packing',
      { issuedOn: '2023-10-10', expiresOn: '2026-10-09' },
      'Đã hết hiệu lực sau ngày 09/10/2026; khi đóng gói không có hiệu lực',
    ],
    [
      'extended',
      { expiresOn: '2026-11-10', extension: { to: '2027-03-01', evidence: 'x' } },
      'được gia hạn đến 01/03/2027',
    ],
    [
      'revoked',
      { revocation: { on: '2026-11-20', reason: 'x' } },
      'Giấy chứng nhận đã bị thu hồi; khi đóng gói vẫn còn hiệu lực',
    ],
  ])('a rating %s says so and keeps its stars hollow', async (_, fields, words) => {
    const page = await aScanDesk({ certificates: [aCertificate(fields)] }).page(`/t/${codeOf(12)}`);
    expectWords(page, [words, '4 sao OCOP']);
    expect(page.includes('fill="#b97a00" aria-hidden')).toBe('extension' in fields);
  });

  test('without rating, lot dates, phone or journey the page has no empty rows', async () => {
    const page = await aScanDesk({
      certificates: [],
      lots: [aLot({ producedOn: null, expiresOn: null })],
      producers: [aProducer({ phone: null })],
    }).page(`/t/${codeOf(12)}`);
    for (const word of [
      'sao OCOP',
      'Chứng nhận',
      'Hành trình',
      'Hạn dùng',
      'Ngày sản xuất',
      'Điện thoại',
      'Cảnh báo',
      'Mã cào',
    ])
      expect(textOf(page)).not.toContain(word);
    expect(page).not.toMatch(/<dd[^>]*>\s*<\/dd>/);
  });

  test('the box for a PIN is there only where the batch has PINs', async () => {
    const page = await aScanDesk({ batches: [aBatch({ pin: true })] }).page(`/t/${codeOf(12)}`);
    expect(page).toContain(`action="/t/${codeOf(12)}/pin?lang=vi"`);
  });

  test('words that promise too much are on no page, in no language', () => {
    const all = JSON.stringify([vi, en], (_, value: unknown) =>
      value instanceof Html ? value.text : typeof value === 'function' ? String(value) : value,
    );
    expect(all.match(/genuine|authentic|\bfake|chính hãng|hàng thật|hàng giả|nghi giả|bạn nhập sai/i)).toBeNull();
  });

  test('both languages have the same keys', () => {
    const keysOf = (words: object, path = ''): string[] =>
      Object.entries(words).flatMap(([key, value]: [string, unknown]) =>
        typeof value === 'object' && value !== null && !(value instanceof Html) && !Array.isArray(value)
          ? keysOf(value, `${path}${key}.`)
          : [`${path}${key}`],
      );
    expect(keysOf(en)).toEqual(keysOf(vi));
  });
});

const LONG = 'Sản phẩm được làm thủ công theo cách truyền thống của người Mường, giữ trọn hương vị núi rừng. '.repeat(
  20,
);
const LONG_RECORD: Records = {
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
      ingredients: LONG,
      storage: LONG,
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

describe('12 KB, no script, one heading', () => {
  test.each(['valid', 'suspect', 'recalled', 'expired'])(
    'a long record’s page is at most 12,288 bytes: %s',
    async (verdict) => {
      for (const language of ['vi', 'en']) {
        const desk = aScanDesk({
          ...LONG_RECORD,
          ...(verdict === 'recalled'
            ? {
                recalls: [
                  aRecall({
                    reason: { vi: LONG.slice(0, 500), en: null },
                    advice: { vi: 'Một.\nHai.\nBa.', en: null },
                  }),
                ],
              }
            : {}),
        });
        if (verdict === 'suspect') desk.memory.tallies.set(`${VOIDED.id}:12`, { ...COPIED, count: 1_234_567 });
        if (verdict === 'expired') desk.pass(400 * 86_400_000);
        const page = await desk.page(`/t/${codeOf(12)}?lang=${language}`);
        expect(page).toContain(`/t/${codeOf(12)}/record?lang=${language}`);
        expect(Buffer.byteLength(page)).toBeLessThanOrEqual(PAGE_BYTES_MAX);
      }
    },
  );

  test('the full record has all that the short page left out', async () => {
    const desk = aScanDesk(LONG_RECORD);
    expectWords(await desk.page(`/t/${codeOf(12)}`), ['bước nữa ở giữa.', 'Xem đủ hồ sơ']);
    expectWords(await desk.page(`/t/${codeOf(12)}/record`), ['Bước thứ 31 của hành trình', 'CN-2026-11', LONG.trim()]);
  });

  const everyPage = async (): Promise<[string, string][]> => {
    const of = { code: codeOf(12), name: 'Cà phê' };
    const pages: [string, string][] = [];
    for (const language of ['vi', 'en'] as const) {
      const seen = { timeZone: TIME_ZONE, language };
      for (const [name, records] of Object.entries({
        valid: {},
        recalled: { recalls: [aRecall()] },
        void: { batches: [VOIDED] },
        'not-activated': { batches: [aBatch({ activations: [] })] },
        long: LONG_RECORD,
      })) {
        pages.push([`${name} ${language}`, await aScanDesk(records).page(`/t/${codeOf(12)}?lang=${language}`)]);
      }
      pages.push([`unknown ${language}`, await aScanDesk().page(`/t/${forgedCode(12)}?lang=${language}`)]);
      pages.push([`bad link ${language}`, await aScanDesk().page(`/01/1/21/2?lang=${language}`)]);
      pages.push([`home ${language}`, homePage(null, 'tem.example.vn', language)]);
      pages.push([
        `complaint ${language}`,
        complaintPage(of, EMPTY_DRAFT, [{ field: 'about', kind: 'missing' }], language),
      ]);
      pages.push([
        `thanks ${language}`,
        thanksPage({ code: of.code, office: 'Văn phòng', number: 'K-7K3M9Q' }, language),
      ]);
      pages.push([`pin ${language}`, pinPage(of.code, { kind: 'used-before', firstUsedAt: MADE_AT }, seen)]);
    }
    return pages;
  };

  test('every page has one h1, its language, a title, labels for its fields, alt texts, and no inline style or handler', async () => {
    for (const [name, page] of await everyPage()) {
      const language = name.endsWith('en') ? 'en' : 'vi';
      expect([name, page.match(/<h1/g)?.length]).toEqual([name, 1]);
      expect([name, page.includes(`<html lang="${language}">`)]).toEqual([name, true]);
      expect([name, /<title>[^<]{10,}<\/title>/.test(page)]).toEqual([name, true]);
      expect([name, page.match(/ (?:style|on[a-z]+)="/)]).toEqual([name, null]);
      expect([name, page.includes('<script') && !name.startsWith('home')]).toEqual([name, false]);
      for (const [, id] of page.matchAll(/<(?:input|textarea)[^>]* id="(\w+)"/g))
        expect([name, page.includes(`<label for="${id}"`)]).toEqual([name, true]);
      for (const [image] of page.matchAll(/<img[^>]*>/g))
        expect([name, / alt="[^"]+"/.test(image)]).toEqual([name, true]);
      for (const [svg] of page.matchAll(/<svg (?!x=)[^>]*>/g))
        expect([name, svg.includes('aria-hidden="true"')]).toEqual([name, true]);
      expect([name, page.match(/<(h[1-6])[^>]*>\s*<\/\1>/)]).toEqual([name, null]);
    }
  });

  test('a link leads to the same stamp in the other language', async () => {
    const page = await aScanDesk().page(`/T/${codeOf(12)}`);
    expect(page).toContain('<a href="?lang=en" hreflang="en" lang="en">English</a>');
  });

  test('every style element is one that the policy names, and nothing is fetched from elsewhere', async () => {
    const { headers } = await aScanDesk().get(`/t/${codeOf(12)}`, { headers: { accept: 'text/html' } });
    for (const [name, page] of await everyPage()) {
      const styles = [...page.matchAll(/<style>([^]*?)<\/style>/g)].map(([, css]) => css ?? '');
      expect(styles.length).toBeGreaterThan(0);
      for (const css of styles)
        expect(headers['Content-Security-Policy']).toContain(
          `'sha256-${createHash('sha256').update(css).digest('base64')}'`,
        );
      expect([name, page.match(/(?:src|action)="(?!\/)[^"]*"/)]).toEqual([name, null]);
      expect([name, page.match(/<link(?! rel="icon" href="\/icon.svg")/)]).toEqual([name, null]);
    }
  });

  test('texts reach the contrast of WCAG 2.2 AA on the grounds they stand on', () => {
    const light = (hex: string): number => {
      const channel = (at: number): number => {
        const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
        return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
      };
      return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
    };
    const contrast = (a: string, b: string): number =>
      (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
    const pairs = [
      ['#17181c', '#ffffff'],
      ['#4a4e57', '#ffffff'],
      ['#4a4e57', '#f6f4ef'],
      ['#22406b', '#ffffff'],
      ['#ffffff', '#17663a'],
      ['#ffffff', '#8a5a00'],
      ['#ffffff', '#a3221b'],
      ['#ffffff', '#5a5f66'],
      ['#17663a', '#e8f2eb'],
      ['#8a5a00', '#fbf2df'],
      ['#a3221b', '#fbebe9'],
      ['#5a5f66', '#f0f1f2'],
      ['#a3221b', '#ffffff'],
    ] as const;
    for (const [text, ground] of pairs)
      expect([text, ground, contrast(text, ground) >= 4.5]).toEqual([text, ground, true]);
    for (const edge of ['#7c8089', '#b97a00', '#5a5f66'])
      expect([edge, contrast(edge, '#ffffff') >= 3]).toEqual([edge, true]);
  });
});

describe('hostile texts', () => {
  const HOSTILE = `"'><script>alert(1)</script>&amp;\u0001plain\u0001\u0000`;

  test('are shown as text wherever they stand', async () => {
    const address = { commune: HOSTILE, province: HOSTILE, detail: HOSTILE };
    const desk = aScanDesk({
      producers: [
        aProducer({
          name: HOSTILE,
          address,
          addressToday: { ...address, detail: 'x' },
          phone: HOSTILE,
          website: `https://x.vn/${HOSTILE}`,
        }),
      ],
      products: [
        aProduct({
          name: HOSTILE,
          brand: HOSTILE,
          description: HOSTILE,
          unit: HOSTILE,
          ingredients: HOSTILE,
          storage: HOSTILE,
          standards: HOSTILE,
          warnings: HOSTILE,
          origin: address,
        }),
      ],
      lots: [
        aLot({
          number: HOSTILE,
          events: [{ ...AN_EVENT, step: HOSTILE, place: HOSTILE, gln: HOSTILE, by: HOSTILE, note: HOSTILE }],
        }),
      ],
      certificates: [aCertificate({ number: HOSTILE, issuer: HOSTILE })],
    });
    for (const records of [
      {},
      { recalls: [aRecall({ reason: { vi: HOSTILE, en: null }, advice: { vi: HOSTILE, en: null } })] },
    ]) {
      for (const [collection, docs] of Object.entries(records))
        for (const doc of docs) desk.memory.put(collection as CollectionName, doc);
      for (const language of ['vi', 'en']) {
        const page = await desk.page(`/t/${codeOf(12)}?lang=${language}`);
        expect(page).not.toContain('<script');
        expect(page).not.toMatch(/alert\(1\)[^]{0,3}<\/script/);
        expect(page.includes('\u0000') || page.includes('\u0001')).toBe(false);
        expect(page).toContain('&lt;script&gt;');
      }
      expect((await desk.json(`/t/${codeOf(12)}`))['producer']).toMatchObject({ name: HOSTILE });
    }
  });

  test('typed into the box, they come back as text', async () => {
    const page = await aScanDesk().page(`/t/${encodeURIComponent(HOSTILE)}`);
    expect(page).not.toContain('<script');
    expect(page).toContain('value="&quot;&#39;&gt;&lt;script&gt;');
  });

  test('a producer’s link is https and says its host; what is no address is no link', async () => {
    const page = async (website: string): Promise<string> =>
      aScanDesk({ producers: [aProducer({ website })] }).page(`/t/${codeOf(12)}`);
    expect(await page('http://caudat.example.vn/x?y=1')).toContain(
      '<a href="https://caudat.example.vn/x?y=1" rel="noopener nofollow">caudat.example.vn</a>',
    );
    for (const website of ['javascript:alert(1)', 'https://user@evil.example', 'data:text/html,x'])
      expect(await page(website)).not.toMatch(/href="(?:javascript|data|https:\/\/user)/);
  });

  test('the html tag escapes insets in text and attributes, nests, and leaves out nothing, null and false', () => {
    expect(html`<a title="${`"<&'`}">${['<', html`<b>${1}</b>`, null, false, raw('<i>')]}</a>`.text).toBe(
      '<a title="&quot;&lt;&amp;&#39;">&lt;<b>1</b><i></a>',
    );
  });
});

test('numbers, places and long texts are written as the language does', () => {
  expect([numberText(1_204, 'vi'), numberText(16_777_216, 'en'), numberText(999, 'vi')]).toEqual([
    '1.204',
    '16,777,216',
    '999',
  ]);
  expect(addressText({ commune: 'Cao Phong', province: 'Phú Thọ', detail: 'Khu 5' })).toBe(
    'Khu 5, Cao\u00A0Phong, Phú\u00A0Thọ',
  );
  expect([shortened('một hai ba bốn', 9), shortened('một', 9), shortened('x'.repeat(20), 9)]).toEqual([
    'một hai…',
    'một',
    `${'x'.repeat(9)}…`,
  ]);
});
