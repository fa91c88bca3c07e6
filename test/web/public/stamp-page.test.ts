// What the page of a stamp shows, and what it leaves out.

import { describe, expect, test } from '@jest/globals';
import { Html } from '../../../server/web/html.ts';
import { publicPage as en } from '../../../server/web/words/en/public.ts';
import { publicPage as vi } from '../../../server/web/words/vi/public.ts';
import { aBatch, aLot, aRecall } from '../../fixtures/records/batches.ts';
import { aCertificate, aProducer, aProduct } from '../../fixtures/records/registry.ts';
import { aScanDesk, codeOf } from '../../fixtures/scan-desk.ts';
import { AN_EVENT, expectWords, textOf, VOIDED } from './page-records.ts';

describe('what stands on the page, and what does not', () => {
  test('no stars and no certificates beside a recall', async () => {
    const page = await aScanDesk({ recalls: [aRecall()] }).page(`/t/${codeOf(12)}`);
    for (const word of ['sao OCOP', 'OCOP-LD-2026-041', 'Chứng nhận']) expect(textOf(page)).not.toContain(word);
  });

  test('a void or unactivated stamp has no box to compare, no lot, no product and no count', async () => {
    for (const batch of [VOIDED, aBatch({ activations: [] })]) {
      const text = textOf(await aScanDesk({ batches: [batch] }).page(`/t/${codeOf(12)}`));
      for (const word of ['4 ký tự cuối trên tem phải là', 'L2611-01', 'Arabica', 'lượt quét', 'lần quét đầu'])
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
      'Hạn sử dụng 31/10/2027',
      'Đã đính chính ngày 12/11/2026, được văn phòng OCOP duyệt',
      'Thu hái Vườn Khu 5 02/11/2026, 06:30 · mã địa điểm (GLN) 8935000000012 · người thực hiện: Tổ 3',
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
      'Hết hiệu lực từ sau ngày 09/11/2026; lúc đóng gói còn hiệu lực',
    ],
    [
      'lapsed before packing',
      { issuedOn: '2023-10-10', expiresOn: '2026-10-09' },
      'Hết hiệu lực từ sau ngày 09/10/2026; lúc đóng gói không có hiệu lực',
    ],
    [
      'extended',
      { expiresOn: '2026-11-10', extension: { to: '2027-03-01', evidence: 'x' } },
      'được gia hạn đến 01/03/2027',
    ],
    [
      'revoked',
      { revocation: { on: '2026-11-20', reason: 'x' } },
      'Giấy chứng nhận đã bị thu hồi; lúc đóng gói còn hiệu lực',
    ],
  ])('a rating %s says so, and one that is over has words alone', async (name, fields, words) => {
    const page = await aScanDesk({ certificates: [aCertificate(fields)] }).page(`/t/${codeOf(12)}`);
    const title =
      name === 'extended'
        ? '4 sao OCOP'
        : `Từng đạt 4 sao OCOP, ${name === 'revoked' ? 'đã bị thu hồi' : 'đã hết hiệu lực'}`;
    expectWords(page, [words, title]);
    expect(page.includes('fill="#b97a00" aria-hidden')).toBe('extension' in fields);
    expect(page.includes('id="s"')).toBe('extension' in fields);
  });

  test('certificates in force come before lapsed ones, and one that was revoked is there beside its successor', async () => {
    const page = textOf(
      await aScanDesk({
        certificates: [
          aCertificate({ issuedOn: '2023-10-10', expiresOn: '2026-10-09' }),
          aCertificate({ id: 'c2', scheme: 'haccp', stars: null, number: 'HA-NOW', issuedOn: '2025-01-01' }),
          aCertificate({
            id: 'c3',
            scheme: 'haccp',
            stars: null,
            number: 'HA-GONE',
            issuedOn: '2024-01-01',
            revocation: { on: '2024-06-01', reason: 'x' },
          }),
        ],
      }).page(`/t/${codeOf(12)}`),
    );
    const at = ['HA-NOW', 'HA-GONE', 'OCOP-LD-2026-041'].map((number) => page.indexOf(number));
    expect(Math.min(...at)).toBeGreaterThan(0);
    expect(at).toEqual(at.toSorted((a, b) => a - b));
    expect(page).toContain('Đã bị thu hồi');
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
      'Hạn sử dụng',
      'Ngày sản xuất',
      'Điện thoại 0912',
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
