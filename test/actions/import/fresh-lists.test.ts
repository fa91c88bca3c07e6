// Twelve further lists of the kinds that offices send, made here: other heads, orders, notes and encodings. All are
// right by defaults, or what cannot be known is named; nothing enters wrong. Names and numbers belong to nobody.

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { everyOf } from '../../../server/actions/kit/every-of.ts';
import type { Actor } from '../../../server/domain/people/account.ts';
import { CAST, type TestApi } from '../../fixtures/api.ts';
import { bringList, faultsIn, openSampleOffice } from '../../fixtures/bring-list.ts';
import { workbookOf } from '../../fixtures/workbooks.ts';

let api: TestApi;
let officer: Actor;

beforeAll(async () => {
  ({ api, officer } = await openSampleOffice());
});
afterAll(() => api.close());

type Cell = string | number | null;

/** A sheet with these rows, from the first line and column on. */
function sheet(rows: readonly (readonly Cell[])[], merges: readonly string[] = []): Buffer {
  const column = (at: number): string => String.fromCodePoint(65 + at);
  const xml = rows.map((cells, line) => {
    const written = cells.map((cell, at) => {
      const place = `${column(at)}${line + 1}`;
      if (cell === null) return '';
      return typeof cell === 'number'
        ? `<c r="${place}"><v>${cell}</v></c>`
        : `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${cell.replaceAll('&', '&amp;')}</t></is></c>`;
    });
    return `<row r="${line + 1}">${written.join('')}</row>`;
  });
  const merged =
    merges.length === 0
      ? ''
      : `</sheetData><mergeCells>${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells><sheetData>`;
  const bytes = workbookOf(`${xml.join('')}${merged}`);
  // The merged cells stand behind the data; the empty second element that the fixture closes is taken out.
  const [from, to] = [Buffer.from('<sheetData></sheetData>'), Buffer.from(' '.repeat(23))];
  const at = bytes.indexOf(from);
  if (at >= 0) to.copy(bytes, at);
  return bytes;
}

const lines = (...rows: string[]): string => `${rows.join('\n')}\n`;

async function bring(name: string, content: string | Buffer): ReturnType<typeof bringList> {
  return bringList(api, officer, { name, bytes: typeof content === 'string' ? Buffer.from(content) : content });
}

async function producersNamed(end: string): Promise<unknown[]> {
  const found: { name: string }[] = [];
  for await (const { name, kind, address, phone, taxCode } of everyOf(api.store.producers, { officeId: CAST.officeA }))
    if (name.endsWith(end)) found.push({ name, kind, address, phone, taxCode } as { name: string });
  return found.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

const LETTERHEAD: readonly (readonly Cell[])[] = [
  ['ỦY BAN NHÂN DÂN', null, null, 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'],
  ['VĂN PHÒNG ĐIỀU PHỐI', null, null, 'Độc lập - Tự do - Hạnh phúc'],
  [],
  ['DANH SÁCH CHỦ THỂ THAM GIA CHƯƠNG TRÌNH OCOP NĂM 2026'],
  ['(Kèm theo Công văn số 12/CV-VP ngày 05/3/2026)'],
  [],
];

test('1: a letterhead, addresses in one cell, numbers without their zero, the kind in the name alone', async () => {
  const { one, rows } = await bring(
    'a.xlsx',
    sheet([
      ...LETTERHEAD,
      ['STT', 'Tên cơ sở', 'Họ tên người đại diện', 'Địa chỉ', 'SĐT', 'MST'],
      [1, 'HTX Rau Mường K', 'Bùi Thị K', 'Thôn 3, xã Tân Lạc, tỉnh Phú Thọ', 990776611, 999008551],
      [2, 'Công ty TNHH Cối K', 'Lò Văn K', 'Xóm Mới, xã Lạc Sơn, Phú Thọ', 2183888001, null],
      [3, 'Hộ kinh doanh Bà Sáu K', 'Đinh Sáu', 'Tổ 2 - phường Hòa Bình - tỉnh Phú Thọ', null, null],
      ['Tổng cộng: 3 chủ thể'],
      [null, null, null, 'Người lập biểu'],
    ]),
  );
  expect([one.kind, faultsIn(rows), one.counts.new]).toEqual(['producers', [], 3]);
  expect(await producersNamed(' K')).toMatchObject([
    { kind: 'company', phone: '02183888001', address: { detail: 'Xóm Mới', commune: 'Lạc Sơn', province: 'Phú Thọ' } },
    { kind: 'cooperative', phone: '0990776611', taxCode: '0999008551' },
    { kind: 'household', address: { commune: 'Hòa Bình' } },
  ]);
});

test('2: tabs, kinds as people shorten them', async () => {
  const { one, rows } = await bring(
    'b.txt',
    lines(
      'TT\tTên đơn vị\tLoại hình\tXã/phường\tTỉnh/TP\tĐiện thoại liên hệ',
      '1\tĐồi Chè L\tHTX\tCao Phong\tPhú Thọ\t0990.776.611',
      '2\tBếp Khói L\tTHT\tCao Phong\tPhú Thọ\t',
      '3\tLúa Nương L\tHKD\tCao Phong\tPhú Thọ\t',
      '4\tMây Tre L\tDNTN\tCao Phong\tPhú Thọ\t',
    ),
  );
  expect([one.kind, faultsIn(rows), one.counts.new]).toEqual(['producers', [], 4]);
  expect(await producersNamed(' L')).toMatchObject([
    { kind: 'group' },
    { kind: 'household' },
    { kind: 'company' },
    { kind: 'cooperative' },
  ]);
});

test('3: a list of one province’s office without a column of provinces', async () => {
  const { one, rows } = await bring(
    'c.csv',
    lines(
      'Số TT,Tên chủ thể,Loại hình chủ thể,Xã',
      '1,HTX Măng M,Hợp tác xã NN,Tân Lạc',
      '2,Tổ Dệt M,tổ hợp tác,Lạc Sơn',
    ),
  );
  expect([one.kind, faultsIn(rows), one.counts.new]).toEqual(['producers', [], 2]);
  const office = await api.store.offices.get(CAST.officeA);
  expect(await producersNamed(' M')).toMatchObject([
    { kind: 'cooperative', address: { province: office?.province } },
    { kind: 'group', address: { commune: 'Lạc Sơn', province: office?.province } },
  ]);
});

test('4: two rows of heads, column numbers, a star behind what is needed', async () => {
  const { one, rows } = await bring(
    'd.xlsx',
    sheet(
      [
        ['BIỂU 01'],
        ['TT', 'Chủ thể *', 'Loại hình *', 'Nơi sản xuất', null, 'Liên hệ'],
        [null, null, null, 'Xã, phường', 'Tỉnh', 'Số điện thoại'],
        ['(1)', '(2)', '(3)', '(4)', '(5)', '(6)'],
        ['A', 'KHU VỰC PHÍA BẮC'],
        [1, 'HTX Nếp N', 'Hợp tác xã', 'Mai Châu', 'Phú Thọ', '0990 776 611'],
        [2, 'Nhà Sàn N', 'hộ gia đình', 'Mai Châu', 'Phú Thọ', null],
      ],
      ['D2:E2'],
    ),
  );
  expect([one.kind, faultsIn(rows), one.counts.new]).toEqual(['producers', [], 2]);
});

test('5: products by their producer’s name, groups and sets in words', async () => {
  const { one, rows } = await bring(
    'e.csv',
    lines(
      'sep=;',
      'STT;Sản phẩm;Chủ thể;Nhóm sản phẩm;Bộ sản phẩm;Hạn sử dụng (ngày)',
      '1;Cam sấy O;HTX Cam Mường Thàng;Nhóm: Thực phẩm;Bộ 7;1.095',
      '2;"Rượu ""Mường"" O";htx cam mường thàng;ĐỒ UỐNG;14. Rượu trắng;365',
    ),
  );
  expect([one.kind, faultsIn(rows), one.counts.new]).toEqual(['products', [], 2]);
});

test('6: products whose producer stands in one merged cell', async () => {
  const { one, rows } = await bring(
    'f.xlsx',
    sheet(
      [
        ['Tên chủ thể', 'Tên sản phẩm', 'Nhóm', 'Bộ sản phẩm'],
        ['HTX Cam Mường Thàng', 'Cam P', 'thuc pham', 1],
        [null, 'Nước cam P', 'đồ uống', 17],
        ['HTX Nông nghiệp Dốc Cun', 'Quýt P', 'TP', '01'],
      ],
      ['A2:A3'],
    ),
  );
  expect([one.kind, faultsIn(rows)]).toEqual(['products', []]);
  expect(one.counts.new).toBe(3);
});

test('7: results with averages beyond two decimals, which are cut and reach no higher band', async () => {
  const { one, rows } = await bring(
    'g.xlsx',
    sheet([
      ['TT', 'Tên sản phẩm', 'Chủ thể', 'Điểm trung bình', 'Xếp hạng', 'Đợt', 'Ngày đánh giá'],
      [1, 'Cam lòng vàng Mường Thàng', 'HTX Cam Mường Thàng', 69.996666666666, '3 sao', 'Đợt 3/2026', '5-3-2026'],
      [2, 'Cam V2 Mường Thàng', 'HTX Cam Mường Thàng', 69.9967, '4 sao', 'Đợt 3/2026', '5-3-2026'],
    ]),
  );
  expect([one.kind, faultsIn(rows), one.counts.new]).toEqual(['evaluations', ['3 stars: not-as-computed'], 1]);
  const [made] = (await api.store.evaluations.list({}, { limit: 1, after: null })).items;
  expect(made).toMatchObject({ scoreHundredths: 6999, stars: 3, heldOn: '2026-03-05', round: '2026-3' });
});

test('8: results in UTF-16, big end first, commas and stars drawn', async () => {
  const text = lines(
    'Mã sản phẩm\tĐợt đánh giá\tNgày họp\tTổng điểm\tHạng sao',
    'S01\t2024-1\t15.1.2024\t76,80\t★★★★',
    'S02\t2024-1\tngày 15 tháng 1 năm 2024\t55\tba sao',
  );
  const little = Buffer.from(`\uFEFF${text}`, 'utf16le');
  const { one, rows } = await bring('h.csv', little.swap16());
  expect([one.kind, faultsIn(rows), one.counts.new]).toEqual(['evaluations', [], 2]);
});

test('9: certificates with days in words and two digits of a year', async () => {
  const { one, rows } = await bring(
    'i.csv',
    lines(
      'TT;Sản phẩm;Chủ thể;Số giấy chứng nhận;Cơ quan cấp;Ngày cấp;Hạng sao',
      '1;Cam lòng vàng Mường Thàng;HTX Cam Mường Thàng;Q1/GCN;UBND tỉnh;ngày 5 tháng 3 năm 2025;4 sao',
      '2;Cam V2 Mường Thàng;HTX Cam Mường Thàng;Q2/GCN;UBND tỉnh;05/03/25;hạng 3 sao',
    ),
  );
  expect([one.kind, faultsIn(rows), one.counts.new]).toEqual(['certificates', [], 2]);
  const made = await api.store.certificates.findBy('number', [CAST.officeA, 'ocop', 'Q2/GCN']);
  expect(made).toMatchObject({ stars: 3, issuedOn: '2025-03-05', expiresOn: '2028-03-04' });
});

test('10: certificates with the month first are named, none is read the other way', async () => {
  const { one, rows } = await bring(
    'j.csv',
    lines(
      'Mã sản phẩm,Loại chứng nhận,Số,Nơi cấp,Ngày cấp',
      'S01,VietGAP,R1,Trung tâm,03/22/2025',
      'S02,viet gap,R2,Trung tâm,03/05/2025',
    ),
  );
  expect([one.kind, one.counts.new, faultsIn(rows).every((fault) => fault.includes('issued_on'))]).toEqual([
    'certificates',
    0,
    true,
  ]);
});

test('11: a word that nobody knows, and a name that is one of two, are asked and named', async () => {
  const { one, rows } = await bring(
    'k.csv',
    lines(
      'Tên;Loại hình;Xã;Tỉnh;Điện thoại',
      'Lò Gạch S;Trạm trại;Tân Lạc;Phú Thọ;',
      'Lò Vôi S;hộ sx;Tân Lạc;Phú Thọ;+84 990 776 611',
    ),
  );
  expect([one.kind, one.counts.new, faultsIn(rows)]).toEqual(['producers', 1, ['2 kind: invalid-value']]);
  expect(one.causes).toEqual([{ column: 'kind', code: 'invalid-value', word: 'Trạm trại', rows: 1, lines: [2] }]);
});

test('12: notes above, empty lines, heads that break, and a signature', async () => {
  const { one, rows } = await bring(
    'l.csv',
    `\uFEFF\n\nDanh sách cơ sở;;;;\n;;;;\n${lines(
      'STT;"Tên\nchủ thể";"Loại\nhình";"Xã,\nphường";"Tỉnh,\nthành phố"',
      '1;HTX Ong T;HTX;Tân Lạc;Phú Thọ',
      ';;;;',
      '2;Ông Năm T;Hộ;xã Tân Lạc;tỉnh Phú Thọ',
      'Cộng;2;;;',
      ';;;Phú Thọ, ngày 5 tháng 3 năm 2026;',
      ';;;NGƯỜI LẬP;',
    )}`,
  );
  expect([one.kind, faultsIn(rows), one.counts.new]).toEqual(['producers', [], 2]);
  const address = { detail: null, commune: 'Tân Lạc', province: 'Phú Thọ' };
  expect(await producersNamed(' T')).toMatchObject([{ address }, { address }]);
});
