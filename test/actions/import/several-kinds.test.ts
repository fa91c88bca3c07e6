// Files that hold more than one list: several kinds of record in each row, several sheets, heads where a person points,
// titles that speak for every row; and an import that is taken back as one.

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readingOf } from '../../../server/actions/import/list-parts.ts';
import { applyImport, matchImport } from '../../../server/actions/import/keep-import.ts';
import {
  beginNextList,
  placeImport,
  readOtherLists,
  readPictures,
} from '../../../server/actions/import/place-import.ts';
import { readImportRows } from '../../../server/actions/import/read.ts';
import { readTitles } from '../../../server/actions/import/read-title.ts';
import { undoImport } from '../../../server/actions/import/undo-import.ts';
import { writeWorkbook, tableSheet } from '../../../server/actions/import/write-workbook.ts';
import { everyOf } from '../../../server/actions/kit/every-of.ts';
import { makeLot } from '../../../server/actions/lots/make-lot.ts';
import type { Actor } from '../../../server/domain/people/account.ts';
import type { RegistryImport } from '../../../server/domain/import/registry-import.ts';
import { makeImportRunner } from '../../../server/jobs/import-runner.ts';
import { rowFaults } from '../../../server/store/row-check.ts';
import { CAST, type TestApi } from '../../fixtures/api.ts';
import {
  advancedImport,
  begunImport,
  bringList,
  faultsIn,
  importOf,
  openSampleOffice,
} from '../../fixtures/bring-list.ts';

let api: TestApi;
let officer: Actor;

beforeAll(async () => {
  ({ api, officer } = await openSampleOffice());
});
afterAll(() => api.close());

const lines = (...rows: string[]): Buffer => Buffer.from(`${rows.join('\n')}\n`);

async function again({ id }: RegistryImport): Promise<RegistryImport> {
  const one = await api.store.imports.get(id);
  if (one === null) throw new Error('no import');
  return one;
}

async function undone(one: RegistryImport): Promise<RegistryImport> {
  importOf(await undoImport(officer, { id: one.id, version: one.version }, api.ctx));
  const runner = makeImportRunner(api.context);
  await runner.work();
  await runner.stop();
  return again(one);
}

const named = async (collection: 'producers' | 'products', end: string): Promise<string[]> => {
  const found: string[] = [];
  for await (const { name } of everyOf(api.store[collection] as typeof api.store.producers, { officeId: CAST.officeA }))
    if (name.endsWith(end)) found.push(name);
  return found.toSorted();
};

const COUNCIL = lines(
  'KẾT QUẢ CÔNG NHẬN SẢN PHẨM OCOP ĐỢT 2 NĂM 2026;;;;;;;;;;',
  '(Kèm theo Quyết định số 77/QĐ-UBND ngày 05/07/2026);;;;;;;;;;',
  'TT;Tên chủ thể;Địa chỉ;Điện thoại;Tên sản phẩm;Nhóm;Bộ sản phẩm;Số sao;Số giấy chứng nhận;Nơi cấp;Ngày cấp',
  '1;HTX Mơ U;Thôn 1, xã Tân Lạc, tỉnh Phú Thọ;0990776611;Mơ ngâm U;Thực phẩm;7;4;U1/GCN;UBND tỉnh;05/07/2026',
  '2;HTX Mơ U;Thôn 1, xã Tân Lạc, tỉnh Phú Thọ;0990776611;Rượu mơ U;Đồ uống;14;3;U2/GCN;UBND tỉnh;05/07/2026',
  '3;Hộ Bà Tư U;Xóm Mới, xã Lạc Sơn, Phú Thọ;;Chổi U;Thủ công;22;;;;',
  'Cộng: 3 sản phẩm;;;;;;;;;;',
);

test('producer, product and certificate in one row are each made once, found the second time, and taken back as one', async () => {
  const { one, rows } = await bringList(api, officer, { name: 'hoi-dong.csv', bytes: COUNCIL });
  expect([one.kind, (one.also ?? []).map(({ kind }) => kind), faultsIn(rows), one.counts.new]).toEqual([
    'products',
    ['producers', 'certificates'],
    [],
    3,
  ]);
  expect(await named('producers', ' U')).toEqual(['HTX Mơ U', 'Hộ Bà Tư U']);
  expect(await named('products', ' U')).toEqual(['Chổi U', 'Mơ ngâm U', 'Rượu mơ U']);
  const paper = await api.store.certificates.findBy('number', [CAST.officeA, 'ocop', 'U2/GCN']);
  expect(paper).toMatchObject({ stars: 3, issuedOn: '2026-07-05' });
  const second = await bringList(api, officer, { name: 'hoi-dong.csv', bytes: COUNCIL });
  expect(second.one.counts).toEqual({ new: 0, changed: 0, same: 3, decide: 0, wrong: 0 });

  expect(await undone(one)).toMatchObject({ state: 'undone', undo: { rests: [] } });
  expect([await named('producers', ' U'), await named('products', ' U')]).toEqual([[], []]);
  const { audit, files } = api.store;
  expect(await rowFaults({ rows: api.store, chain: audit, files }, 200, 5)).toEqual([]);
  const third = await bringList(api, officer, { name: 'hoi-dong.csv', bytes: COUNCIL });
  expect(third.one.counts.new).toBe(3);
});

test('an import on whose records something rests is not taken back, and what rests is named', async () => {
  const bytes = lines(
    'Tên sản phẩm;Tên chủ thể;Nhóm;Bộ sản phẩm',
    'Cam sấy V;HTX Cam Mường Thàng;Thực phẩm;7',
    'Nước cam V;HTX Cam Mường Thàng;Đồ uống;17',
  );
  const { one, rows } = await bringList(api, officer, { name: 'v.csv', bytes });
  expect(faultsIn(rows)).toEqual([]);
  const lot = { productId: rows[0]?.id ?? '', number: 'V-1', producedOn: '2026-11-01', expiresOn: null };
  const input = { ...lot, declaredQuantity: null, note: null };
  expect(await makeLot(officer, input, api.ctx)).toMatchObject({ ok: true });
  expect(await undone(one)).toMatchObject({
    state: 'applied',
    undo: { isLooked: false, rests: [{ what: 'lots', name: 'Cam sấy V' }] },
  });
  expect(await named('products', ' V')).toEqual(['Cam sấy V', 'Nước cam V']);
});

test('what an import changed is as it was before, and a record that was changed since is named', async () => {
  const list = (phone: string): Buffer =>
    lines('Mã chủ thể;Tên chủ thể;Loại hình;Xã;Tỉnh;Điện thoại', `W1;Nhà W;Hộ;Tân Lạc;Phú Thọ;${phone}`);
  const first = await bringList(api, officer, { name: 'w.csv', bytes: list('0990776611') });
  const second = await bringList(api, officer, { name: 'w.csv', bytes: list('0990776622') });
  expect(second.one.counts.changed).toBe(1);
  expect((await undone(first.one)).undo?.rests).toEqual([{ what: 'changed', name: 'Nhà W' }]);
  expect((await undone(second.one)).state).toBe('undone');
  expect(await api.store.producers.get(first.rows[0]?.id ?? '')).toMatchObject({ phone: '0990776611', version: 3 });
});

test('each sheet of a workbook is a list of its own, and the heads are where a person points', async () => {
  const bytes = await writeWorkbook([
    tableSheet('Ghi chú', [['Danh sách năm 2026']], [30]),
    tableSheet(
      'Chủ thể',
      [
        ['Mã', 'Tên'],
        ['Tên chủ thể', 'Loại hình', 'Xã', 'Tỉnh'],
        ['HTX Dứa X', 'HTX', 'Tân Lạc', 'Phú Thọ'],
      ],
      [30, 30, 30, 30],
    ),
    tableSheet(
      'Sản phẩm',
      [
        ['Tên sản phẩm', 'Tên chủ thể', 'Nhóm', 'Bộ sản phẩm'],
        ['Dứa X', 'HTX Dứa X', 'Thực phẩm', '1'],
        ['Dứa sấy X', 'HTX Dứa X', 'Thực phẩm', '7'],
      ],
      [30, 30, 30, 30],
    ),
  ]);
  const begun = await begunImport(api, officer, { name: 'x.xlsx', bytes });
  expect([begun.kind, begun.sheet, begun.place]).toEqual(['producers', 'Chủ thể', { sheet: 1, headLine: 2 }]);
  const shown = await readPictures(officer, begun.id, api.ctx);
  expect(shown.ok && shown.value.map(({ name, rows }) => [name, rows.length])).toEqual([
    ['Ghi chú', 1],
    ['Chủ thể', 3],
    ['Sản phẩm', 3],
  ]);
  const { id } = begun;
  const moved = importOf(await placeImport(officer, { id, version: 1, sheet: 1, headLine: 1 }, api.ctx));
  expect([moved.heads.slice(0, 2), moved.rows, moved.place]).toEqual([['Mã', 'Tên'], 2, { sheet: 1, headLine: 1 }]);
  const back = importOf(await placeImport(officer, { id, version: 2, sheet: 1, headLine: 2 }, api.ctx));
  const { kind, columns, version } = back;
  const tried = await advancedImport(
    api,
    importOf(await matchImport(officer, { id, version, kind, columns }, api.ctx)),
  );
  await advancedImport(api, importOf(await applyImport(officer, { id, version: tried.version }, api.ctx)));

  const others = await readOtherLists(officer, id, api.ctx);
  expect(others.ok && others.value).toEqual([
    { list: { sheet: 2, name: 'Sản phẩm', kind: 'products', rows: 2 }, importId: null },
  ]);
  const next = importOf(await beginNextList(officer, { id, sheet: 2 }, api.ctx));
  expect([next.kind, next.rows, next.sheet]).toEqual(['products', 2, 'Sản phẩm']);
  const seen = await readOtherLists(officer, id, api.ctx);
  expect(seen.ok && seen.value.map(({ importId }) => importId)).toEqual([next.id]);
});

test('titles say the round, the decision, the day of a council and the scheme, and nothing that they do not say', () => {
  const title = (text: string): { line: number; reason: 'above'; text: string } => ({ line: 1, reason: 'above', text });
  const none = (): boolean => false;
  const said = (text: string, kind: 'evaluations' | 'certificates'): string[] =>
    readTitles([title(text)], [kind], none).map(({ column, value }) => `${column}=${value}`);
  const decision = 'Kèm theo Quyết định số 1234/QĐ-UBND, ngày 15/6/2026 công nhận sản phẩm OCOP đợt 2 năm 2026';
  expect(said(decision, 'evaluations')).toEqual(['round=2026-2', 'decision=1234/QĐ-UBND']);
  expect(said(decision, 'certificates')).toEqual(['issued_on=2026-06-15', 'scheme=ocop']);
  expect(said('Hội đồng họp ngày 05 tháng 3 năm 2026, lần thứ II/2026', 'evaluations')).toEqual([
    'round=2026-2',
    'held_on=2026-03-05',
  ]);
  expect(said('(Kèm theo Công văn số 12/CV-VP ngày 05/3/2026)', 'evaluations')).toEqual([]);
  expect(said('Quyết định số 5/QĐ ngày 31/2/2026', 'certificates')).toEqual([]);
  const heads = ['Tên sản phẩm', 'Tên chủ thể', 'Điểm', 'Số sao'];
  const text = 'Hội đồng đánh giá, họp ngày 15/6/2026, đợt 1 năm 2026';
  expect(readingOf(heads, [title(text)])).toMatchObject({ kind: 'evaluations', also: [] });
});

test('zeros that a spreadsheet cut are put back, and the trial says where', async () => {
  const bytes = lines(
    'Tên chủ thể;Loại hình;Xã;Tỉnh;MST;Điện thoại',
    'HTX Y;HTX;Tân Lạc;Phú Thọ;999008551;990776611',
    'Hộ Z;Hộ;Tân Lạc;Phú Thọ;0999008551;0990776612',
  );
  const begun = await begunImport(api, officer, { name: 'y.csv', bytes });
  const { id, version, kind, columns } = begun;
  await advancedImport(api, importOf(await matchImport(officer, { id, version, kind, columns }, api.ctx)));
  const read = await readImportRows(officer, { id, outcome: null, from: 0, limit: 5 }, api.ctx);
  expect(
    read.ok && read.value.rows.map(({ restored, cells }) => [restored, cells['tax_code'], cells['phone']]),
  ).toEqual([
    [['tax_code', 'phone'], '0999008551', '0990776611'],
    [undefined, '0999008551', '0990776612'],
  ]);
});
