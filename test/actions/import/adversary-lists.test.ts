// Eight lists made to trip the reader, as a stranger would: several kinds in a row, titles that speak, codes that look
// like numbers, names that are nearly the same. Each is right by defaults or names what it cannot know; nothing enters
// wrong. Names and numbers belong to nobody.

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { tableSheet, writeWorkbook } from '../../../server/actions/import/write-workbook.ts';
import { everyOf } from '../../../server/actions/kit/every-of.ts';
import type { Actor } from '../../../server/domain/people/account.ts';
import { CAST, type TestApi } from '../../fixtures/api.ts';
import { begunImport, bringList, faultsIn, openSampleOffice } from '../../fixtures/bring-list.ts';

let api: TestApi;
let officer: Actor;

beforeAll(async () => {
  ({ api, officer } = await openSampleOffice());
});
afterAll(() => api.close());

const lines = (...rows: string[]): Buffer => Buffer.from(`${rows.join('\r\n')}\r\n`);
const bring = (name: string, bytes: Buffer): ReturnType<typeof bringList> => bringList(api, officer, { name, bytes });

async function recordsOf(collection: 'producers' | 'products', end: string): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  for await (const one of everyOf(api.store[collection] as typeof api.store.producers, { officeId: CAST.officeA }))
    if (one.name.endsWith(end)) found.push({ ...one });
  return found.toSorted((a, b) => (String(a['name']) < String(b['name']) ? -1 : 1));
}

test('1: a council’s results whose round and day stand in the title alone', async () => {
  const { one, rows } = await bring(
    '1.csv',
    lines(
      'KẾT QUẢ ĐÁNH GIÁ, PHÂN HẠNG SẢN PHẨM OCOP ĐỢT 1 NĂM 2025;;;;',
      'Hội đồng họp ngày 20/5/2025;;;;',
      'TT;Sản phẩm;Chủ thể;Điểm;Hạng sao',
      '1;Cam lòng vàng Mường Thàng;HTX Cam Mường Thàng;72,5;4 sao',
    ),
  );
  expect([one.kind, one.said?.map(({ column, value }) => `${column}=${value}`), faultsIn(rows)]).toEqual([
    'evaluations',
    ['round=2025-1', 'held_on=2025-05-20'],
    [],
  ]);
  const [made] = (await api.store.evaluations.list({ round: '2025-1' }, { limit: 1, after: null })).items;
  expect(made).toMatchObject({ scoreHundredths: 7250, heldOn: '2025-05-20', stars: 4 });
});

test('2: two producers of one name in one file, told apart by their communes, in the trial as when it is applied', async () => {
  const list = lines(
    'STT,Tên chủ thể,Loại hình,Xã,Tỉnh',
    ...Array.from({ length: 600 }, (_, at) => `${at + 1},Hộ Bùi Văn AA,Hộ,Xã ${at + 1},Phú Thọ`),
  );
  const { one, rows } = await bring('2.csv', list);
  expect([faultsIn(rows), one.counts]).toEqual([[], { new: 600, changed: 0, same: 0, decide: 0, wrong: 0 }]);
  expect((await bring('2.csv', list)).one.counts.same).toBe(600);
});

test('3: a list of products that names their producers’ addresses moves none of them without a decision', async () => {
  const before = await recordsOf('producers', 'Cam Mường Thàng');
  const { one } = await bring(
    '3.csv',
    lines(
      'STT;Tên chủ thể;Địa chỉ;Tên sản phẩm;Nhóm;Bộ sản phẩm',
      '1;HTX Cam Mường Thàng;Tổ 9, phường Khác Hẳn, tỉnh Sơn La;Cam AB;Thực phẩm;1',
      '2;HTX Mới AB;Thôn 2, xã Tân Lạc, tỉnh Phú Thọ;Mận AB;Thực phẩm;1',
    ),
  );
  expect(await recordsOf('producers', 'Cam Mường Thàng')).toEqual(before);
  expect([one.counts.wrong, one.counts.new]).toEqual([1, 1]);
  expect((await recordsOf('products', ' AB')).map(({ name }) => name)).toEqual(['Mận AB']);
});

test('4: a personal number of twelve digits, its zero cut, is no tax code of ten', async () => {
  const { one, rows } = await bring(
    '4.csv',
    lines('Tên chủ thể;Loại hình;Xã;Tỉnh;MST/CCCD', 'Hộ AC;Hộ KD;Tân Lạc;Phú Thọ;17085000123'),
  );
  expect([faultsIn(rows), one.counts.new]).toEqual([[], 1]);
  const [made] = await recordsOf('producers', ' AC');
  expect([null, '017085000123']).toContain(made?.['taxCode']);
});

test('5: scores with points for thousands, stars that contradict them, and a total of averages', async () => {
  const { rows } = await bring(
    '5.csv',
    lines(
      'Mã sản phẩm;Đợt;Ngày họp;Điểm;Số sao',
      'S01;2023-1;1/2/2023;89.999;5 sao',
      'S02;2023-1;1/2/2023;1.000;3 sao',
      'S03;2023-1;30/2/2023;60;3 sao',
      'Trung bình;;;74,9;',
    ),
  );
  expect(faultsIn(rows)).toEqual(['2 stars: not-as-computed', '3 stars: not-as-computed', '4 held_on: custom']);
  expect((await api.store.evaluations.list({ round: '2023-1' }, { limit: 5, after: null })).items).toEqual([]);
});

test('6: certificates of two schemes, one with a decision in the title that is not the certificate’s own', async () => {
  const { one, rows } = await bring(
    '6.csv',
    lines(
      'Kèm theo Quyết định số 9/QĐ-SNN ngày 01/02/2026 về kinh phí;;;;;',
      'STT;Sản phẩm;Chủ thể;Loại chứng nhận;Số;Nơi cấp;Ngày cấp',
      '1;Cam lòng vàng Mường Thàng;HTX Cam Mường Thàng;VietGAP;AD1;Trung tâm;5/3/2025',
      '2;Cam V2 Mường Thàng;HTX Cam Mường Thàng;hữu cơ;AD2;Trung tâm;05.03.25',
    ),
  );
  expect([one.kind, one.said, faultsIn(rows), one.counts.new]).toEqual(['certificates', [], [], 2]);
  const made = await api.store.certificates.findBy('number', [CAST.officeA, 'organic', 'AD2']);
  expect(made).toMatchObject({ issuedOn: '2025-03-05' });
});

test('7: a workbook with a cover, a hidden old list, and two lists of which the first is read and the other offered', async () => {
  const producers = (letter: string): string[][] => [
    ['DANH SÁCH CHỦ THỂ'],
    ['Tên chủ thể', 'Loại hình', 'Xã', 'Tỉnh'],
    [`HTX ${letter}`, 'HTX', 'Tân Lạc', 'Phú Thọ'],
    ['Cộng: 1'],
  ];
  const widths = [30, 30, 30, 30, 30];
  const bytes = await writeWorkbook([
    tableSheet('Bìa', [['BÁO CÁO NĂM 2026']], widths),
    tableSheet('Chủ thể', producers('AE'), widths),
    tableSheet(
      'Chứng nhận',
      [
        ['Sản phẩm', 'Chủ thể', 'Số giấy chứng nhận', 'Nơi cấp', 'Ngày cấp', 'Số sao'],
        ['Cam lòng vàng Mường Thàng', 'HTX Cam Mường Thàng', 'AE/1', 'UBND tỉnh', '5/3/2025', '4'],
      ],
      [...widths, 10],
    ),
  ]);
  const begun = await begunImport(api, officer, { name: '7.xlsx', bytes: Buffer.from(bytes) });
  expect([begun.kind, begun.rows, begun.lists?.map(({ name, kind }) => `${name} ${kind}`)]).toEqual([
    'producers',
    1,
    ['Chủ thể producers', 'Chứng nhận certificates'],
  ]);
});

test('8: products with barcodes of 13 digits, one that lost its check digit, and words that nobody knows', async () => {
  const { one, rows } = await bring(
    '8.csv',
    lines(
      'STT;Tên sản phẩm;Chủ thể;Nhóm;Bộ sản phẩm;Mã vạch;HSD (ngày)',
      '1;Mứt AF;HTX Cam Mường Thàng;Thực phẩm;7;9520000000011;1.095',
      '2;Kẹo AF;HTX Cam Mường Thàng;Thực phẩm;7;952000000001;90',
      '3;Trà AF;HTX Cam Mường Thàng;Đặc sản quê;17;;365',
      '4;Chổi AF;HTX Không Có;Thủ công;22;;',
    ),
  );
  expect([one.counts.new, faultsIn(rows)]).toEqual([
    1,
    ['3 gtin: custom', '4 group: invalid-value', '5 producer_name: unknown'],
  ]);
  expect(await recordsOf('products', ' AF')).toMatchObject([
    { name: 'Mứt AF', gtin: '09520000000011', shelfLifeDays: 1095 },
  ]);
});
