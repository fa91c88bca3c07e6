// The words of each verdict on the public page, in both languages.

import { describe, expect, test } from '@jest/globals';
import { NO_SIGNS, WHOLE } from '../../../server/domain/stamp/signs.ts';
import { THRESHOLDS } from '../../../server/domain/stamp/suspect.ts';
import { aBatch, aLot, aRecall } from '../../fixtures/records/batches.ts';
import { MADE_AT } from '../../fixtures/records/cast.ts';
import { anOffice, aProducer, aProduct } from '../../fixtures/records/registry.ts';
import { aScanDesk, codeOf, forgedCode } from '../../fixtures/scan-desk.ts';
import { COPIED, expectWords, textOf, VOIDED, type Records } from './page-records.ts';

const GOODS = 'gói 500 g Cà phê Arabica rang mộc';
const GOODS_EN = 'Cà phê Arabica rang mộc, 500 g pack';

describe('each verdict says its words', () => {
  const COPY_STEPS = [
    'Từ ngày 21/11/2026 đến ngày 24/11/2026, tem đã được quét ở Hà Nội, Huế, Cà Mau, Lào Cai, Sơn La.',
    'Bản sao cũng có đúng 4 ký tự cuối, nên so mã thôi chưa đủ.',
    'Gọi cơ sở sản xuất, hỏi nơi bán này có lấy hàng của họ không.',
    'Gọi HTX: 0912 345 678',
  ];
  const CASES: [string, Records, string[], string[]][] = [
    [
      'valid',
      {},
      [
        'Tem hợp lệ',
        `Tem do Temtrace cấp để dán trên ${GOODS}. Hãy so với món hàng trong tay bạn.`,
        '4 sao OCOP',
        'có hiệu lực đến 14/06/2029',
        '4 ký tự cuối trên tem phải là',
        'Địa chỉ trang web phải là tem.example.vn. Nếu một trong hai không khớp, trang này không phải của con tem bạn cầm.',
        'Đây là lần quét đầu tiên 24/11/2026',
      ],
      [
        'Valid stamp',
        `Issued by Temtrace for ${GOODS_EN}. Please compare it with the goods in your hand.`,
        'OCOP 4 stars',
        'in force until 14/06/2029',
        'The last 4 characters on the stamp must be',
        'The website’s address must read tem.example.vn. If either differs, this page is not about the stamp you hold.',
      ],
    ],
    [
      'expired',
      { lots: [aLot({ expiresOn: '2026-11-02' })] },
      [
        'Hàng đã hết hạn sử dụng',
        'Tem hợp lệ, nhưng lô hàng đã hết hạn sử dụng từ sau ngày 02/11/2026 (22 ngày trước).',
        'Xem hạn in trên bao bì.',
        'Gọi HTX: 0912 345 678',
        'đã hết hạn 22 ngày',
      ],
      [
        'Past its use-by date',
        'The stamp is valid, but this lot was to be used by 02/11/2026, 22 days ago.',
        'Look at the date printed on the pack.',
        'Call the cooperative: 0912 345 678',
      ],
    ],
    [
      'recalled',
      { recalls: [aRecall()], lots: [aLot({ expiresOn: '2026-11-02' })] },
      [
        'Lô hàng đang bị thu hồi',
        'Xin đừng ăn sản phẩm này. Nhiễm ẩm trong kho',
        'Không dùng, mang trả nơi bán',
        'Gọi HTX: 0912 345 678',
        'Ngoài ra: Lô này cũng đã hết hạn sử dụng.',
        'Bị thu hồi từ ngày 24/11/2026',
      ],
      [
        'This lot is being recalled',
        'Please do not eat this product. Damp in storage',
        'Do not use; take it back to the shop',
        'Call the cooperative: 0912 345 678',
        'Also: This lot is past its use-by date too.',
      ],
    ],
    [
      'void',
      { batches: [VOIDED] },
      [
        'Tem đã hủy',
        'Tem này đã bị hủy ngày 02/10/2026 (lý do: bị mất). Tem này không còn giá trị.',
        'Xin đừng mua hàng chỉ vì có tem này.',
        'Gọi HTX: 0912 345 678',
        'Đơn vị nhận tem',
        'Tem số 12',
      ],
      [
        'Cancelled stamp',
        'This stamp was cancelled on 02/10/2026 (reason: lost). It is no longer valid.',
        'Please do not buy goods because of this stamp.',
      ],
    ],
    [
      'not-activated',
      { batches: [aBatch({ activations: [] })] },
      [
        'Tem chưa kích hoạt',
        'Tem này đã giao cho Hợp tác xã Cà phê Cầu Đất, nhưng chưa được gắn với lô hàng nào.',
        'Nếu tem đã dán trên hàng đang bán, xin gọi để hỏi trước khi mua.',
        'Gọi HTX: 0912 345 678',
        'Văn phòng OCOP Lâm Đồng',
        '0263 3822 001',
      ],
      [
        'Stamp not yet activated',
        'It was handed to Hợp tác xã Cà phê Cầu Đất, but not yet linked to any lot.',
        'please call and ask before you buy.',
        'Call the cooperative: 0912 345 678',
      ],
    ],
    [
      'plaque',
      {
        batches: [aBatch({ kind: 'plaque', lotId: null, activations: [] })],
        products: [aProduct({ group: 'tourism', name: 'Homestay Bản Lác', unit: null })],
      },
      [
        'Tem biển hiệu, không dán trên hàng',
        'Tem do Temtrace cấp cho Homestay Bản Lác, gắn ở biển hiệu hoặc quầy.',
        '4 ký tự cuối trên tem phải là',
      ],
      ['Sign stamp, not for goods', 'Issued by Temtrace for Homestay Bản Lác, to hang at its sign or counter.'],
    ],
    [
      'a display stamp',
      { batches: [aBatch({ displays: [{ from: 1, to: 20, at: MADE_AT, by: 'u' }] })] },
      [
        'Tem trưng bày, không dùng cho hàng',
        `Đây là tem trưng bày cho ${GOODS}, không dùng cho hàng bán.`,
        'Nếu thấy tem này trên hàng đang bán, xin gửi phản ánh. Gửi phản ánh',
      ],
      ['Display stamp, not for goods', `This is a display stamp for ${GOODS_EN}, not for goods on sale.`],
    ],
    [
      'a display stamp past its date',
      {
        batches: [aBatch({ displays: [{ from: 1, to: 20, at: MADE_AT, by: 'u' }] })],
        lots: [aLot({ expiresOn: '2026-11-02' })],
      },
      ['Hàng đã hết hạn sử dụng', 'Ngoài ra: Tem trưng bày, không dùng cho hàng'],
      ['Past its use-by date', 'Also: Display stamp, not for goods'],
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
      'đã được quét ở nhiều nơi cách xa nhau trong thời gian ngắn đến mức khó là cùng một con tem. Có thể tem đã bị sao chép.',
      ...COPY_STEPS,
      '62 lượt quét Lần đầu ngày 21/11/2026',
    ]);
    expectWords(await desk.page(`/t/${codeOf(12)}?lang=en`), [
      'Please check further',
      'was scanned in places so far apart, in so short a time, that it can hardly be one stamp. It may have been copied.',
      'A copy ends in the same 4 characters',
      'From 21/11/2026 to 24/11/2026 the stamp was scanned in Hà Nội, Huế, Cà Mau, Lào Cai, Sơn La.',
      'Call the cooperative: 0912 345 678',
      '62 scans First on 21/11/2026',
    ]);
  });

  test('display stamps and plaques wear neither green nor stars of goods, and JSON says valid', async () => {
    const shown = aScanDesk({ batches: [aBatch({ displays: [{ from: 1, to: 20, at: MADE_AT, by: 'u' }] })] });
    const page = await shown.page(`/t/${codeOf(12)}`);
    expect(page).toContain('<div class="f"><div class="v">');
    expect(page).not.toContain('<div class="o">');
    expect(textOf(page)).not.toContain('sao OCOP');
    expect(await shown.json(`/t/${codeOf(12)}`)).toMatchObject({ verdict: 'valid', display: true });
    const plaque = aScanDesk({ batches: [aBatch({ kind: 'plaque', lotId: null, activations: [] })] });
    expect(await plaque.page(`/t/${codeOf(12)}`)).toContain('<div class="f"><div class="v">');
    expect(await plaque.json(`/t/${codeOf(12)}`)).toMatchObject({ verdict: 'valid', batch: { kind: 'plaque' } });
  });

  test('the step between nothing and a warning is one calm sentence with the count', async () => {
    const desk = aScanDesk();
    const crowd = (visitors: number): void => {
      const signs = { ...NO_SIGNS, day: 20_781, crowd: visitors * WHOLE };
      desk.memory.tallies.set(`${VOIDED.id}:12`, { ...COPIED, provinces: [], count: 56, farJumps: 0, signs });
    };
    // The scan itself counts too.
    crowd(THRESHOLDS.oftenScanned.crowd - 1);
    const often = 'Tem này đã được quét 57 lần Lần đầu ngày 21/11/2026. Nếu bạn vừa mở hàng mới, hãy hỏi nơi bán.';
    expectWords(await desk.page(`/t/${codeOf(12)}`), ['Tem hợp lệ', often]);
    crowd(THRESHOLDS.oftenScanned.crowd - 2);
    const seldom = textOf(await desk.page(`/t/${codeOf(12)}`));
    expect(seldom).toContain('56 lượt quét');
    expect(seldom).not.toContain('hãy hỏi nơi bán');
  });

  test('"first" is said of the scan that was counted; a repeat may be a neighbour on the same network', async () => {
    const desk = aScanDesk();
    expectWords(await desk.page(`/t/${codeOf(12)}`), ['Đây là lần quét đầu tiên 24/11/2026']);
    expectWords(await desk.page(`/t/${codeOf(12)}`), ['Hôm nay chưa thấy ai khác quét tem này 24/11/2026']);
  });

  test('a batch of which no print is recorded says so, once one is recorded no longer', async () => {
    const said = 'Hệ thống chưa ghi lần in nào của đợt tem này.';
    expectWords(await aScanDesk().page(`/t/${codeOf(12)}`), [said]);
    const printed = aScanDesk({ batches: [aBatch({ printed: [{ from: 1, to: 9 }] })] });
    expect(textOf(await printed.page(`/t/${codeOf(12)}`))).not.toContain(said);
  });

  test.each([
    [
      'not ours',
      forgedCode(12),
      [
        'Không tìm thấy tem này',
        'Mã bạn quét hoặc gõ không phải mã do Temtrace cấp.',
        'xem địa chỉ trang web in trên tem có đúng là tem.example.vn không',
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
        'Địa chỉ này không có mã tem đầy đủ (mã gồm 18 ký tự).',
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
    expect(text.indexOf('xin so lại từng ký tự')).toBeLessThan(text.indexOf('có thể không thuộc chương trình OCOP'));
  });

  test.each([
    ['lot', 'Lô hàng đang bị thu hồi', 'food', 'Xin đừng ăn'],
    ['product', 'Sản phẩm đang bị thu hồi', 'drink', 'Xin đừng uống'],
    ['range', 'Hàng mang tem này đang bị thu hồi', 'craft', 'Xin đừng dùng'],
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

describe('steps name whom the button calls', () => {
  const silent = aProducer({ phonePublic: false });
  const voided = { batches: [VOIDED] };
  test.each([
    ['the producer', voided, 'Gọi cơ sở sản xuất, cho biết bạn thấy tem ở đâu.', 'Gọi HTX'],
    [
      'the office',
      { ...voided, producers: [silent] },
      'Gọi văn phòng OCOP, cho biết bạn thấy tem ở đâu.',
      'Gọi văn phòng',
    ],
    [
      'nobody',
      { ...voided, producers: [silent], offices: [anOffice({ phone: null })] },
      'Xin đừng mua',
      'Gửi phản ánh',
    ],
  ])('%s', async (whom, records, step, button) => {
    const page = await aScanDesk(records).page(`/t/${codeOf(12)}`);
    expectWords(page, [step, button]);
    const calls = [textOf(page).includes('Gọi cơ sở sản xuất'), / Gọi /.test(textOf(page))];
    expect(calls).toEqual([whom === 'the producer', whom !== 'nobody']);
  });

  test('who offers a place makes nothing', async () => {
    const records = { products: [aProduct({ group: 'tourism' })], batches: [VOIDED] };
    expectWords(await aScanDesk(records).page(`/t/${codeOf(12)}`), [
      'Gọi đơn vị cung cấp, cho biết bạn thấy tem ở đâu.',
    ]);
  });
});

test('a page whose PIN was used says when, with the hour, and accuses nobody', async () => {
  const desk = aScanDesk({ batches: [aBatch({ pin: true })] });
  expect(await desk.page(`/t/${codeOf(12)}`)).not.toContain('được nhập lần đầu');
  const pin = { wrongTries: 0, lockedUntil: null, usedAt: MADE_AT, strangerDaysSince: 0 };
  desk.memory.tallies.set(`${VOIDED.id}:12`, { ...COPIED, count: 3, signs: NO_SIGNS, farJumps: 0, provinces: [], pin });
  const page = await desk.page(`/t/${codeOf(12)}`);
  expectWords(page, ['Tem hợp lệ', 'Mã cào đã được nhập lần đầu lúc 10:00 ngày 24/11/2026.']);
});

describe('places', () => {
  const moved = { commune: 'Thị trấn Cao Phong', province: 'Hòa Bình', detail: null };
  test('an origin that is the address is said once, with its province of today', async () => {
    const page = await aScanDesk({
      producers: [aProducer({ address: moved })],
      products: [aProduct({ origin: moved })],
    }).page(`/t/${codeOf(12)}`);
    expectWords(page, ['Địa chỉ, xuất xứ Thị trấn Cao Phong, Hòa Bình, Việt Nam Nay thuộc Phú Thọ']);
    expect(textOf(page).match(/Cao Phong/g)).toHaveLength(1);
  });

  test('an origin elsewhere is said beside it', async () => {
    const page = await aScanDesk({ products: [aProduct({ origin: moved })] }).page(`/t/${codeOf(12)}`);
    expectWords(page, ['Xuất xứ Thị trấn Cao Phong, Hòa Bình, Việt Nam Nay thuộc Phú Thọ']);
  });
});
