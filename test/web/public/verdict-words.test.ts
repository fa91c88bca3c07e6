// The words of each verdict on the public page, in both languages.

import { describe, expect, test } from '@jest/globals';
import { aBatch, aLot, aRecall } from '../../fixtures/records/batches.ts';
import { MADE_AT } from '../../fixtures/records/cast.ts';
import { aProduct } from '../../fixtures/records/registry.ts';
import { aScanDesk, codeOf, forgedCode } from '../../fixtures/scan-desk.ts';
import { COPIED, expectWords, textOf, VOIDED, type Records } from './page-records.ts';

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
