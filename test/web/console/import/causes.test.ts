// What a person corrects on the trial page: values that are asked for once, rows that are removed and restored, and
// records that would be renamed.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { answerValues } from '../../../../server/actions/import/answer-values.ts';
import { readTable } from '../../../../server/actions/import/table-file.ts';
import { ANSWERS_MAX, CAUSES_MAX } from '../../../../server/domain/import/registry-import.ts';
import { makeImportRunner } from '../../../../server/jobs/import-runner.ts';
import { openTestApi, type TestApi } from '../../../fixtures/api.ts';
import { seedAccounts, visitorAs, type SeenPage, type Visitor } from '../../../fixtures/console.ts';
import { allByRole, fieldOf, pageOf, rowsOf } from '../../../fixtures/page.ts';
import { MADE_AT } from '../../../fixtures/records/cast.ts';
import { request } from '../../../fixtures/request.ts';

let api: TestApi;
let office: Visitor;
let runner: ReturnType<typeof makeImportRunner>;

beforeAll(async () => {
  api = await openTestApi();
  await seedAccounts(api);
  runner = makeImportRunner(api.context);
});
beforeEach(async () => {
  api.setNow(MADE_AT);
  office = await visitorAs(api, 'officeA');
});
afterAll(async () => {
  await runner.stop();
  await api.close();
});

const HEADS = 'Mã chủ thể;Tên chủ thể;Loại hình;Xã;Tỉnh;Điện thoại';
const rowsFrom = (letter: string, kinds: readonly string[]): string =>
  [HEADS, ...kinds.map((kind, at) => `${letter}${at + 1};Nhà ${letter}${at + 1};${kind};Cao Phong;Phú Thọ;`), ''].join(
    '\n',
  );

async function tried(text: string | Uint8Array, name = 'x.csv'): Promise<{ path: string; page: SeenPage }> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const files = { file: { name, mediaType: 'text/csv', bytes } };
  const path = (await office.fill('/console/import', { action: '/console/import', files })).location ?? '';
  await office.fill(path, { action: `${path}/check` });
  await runner.work();
  return { path, page: await office.open(path) };
}

async function applied(path: string): Promise<SeenPage> {
  await office.fill(path, { action: `${path}/apply` });
  await runner.work();
  return office.open(path);
}

describe('a value that nobody knows', () => {
  test('is asked once, kept with the import, and remembered for the office', async () => {
    const kinds = [...Array<string>(214).fill('Điểm sấy'), 'Hộ sản xuất', 'điểm SẤY', 'Trạm'];
    const { path, page } = await tried(rowsFrom('A', kinds));
    expect(page.text).toContain('1 mới · 0 thay đổi · 0 như cũ · 216 chưa đúng');
    expect(rowsOf(pageOf(page.text), 'Vì sao chưa đúng').map((row) => Object.values(row))).toEqual([
      ['Loại hình: “Điểm sấy” không có giá trị này', '215', '2, 3, 4 …'],
      ['Loại hình: “Trạm” không có giá trị này', '1', '218'],
    ]);
    const label = 'Loại hình: “Điểm sấy” (215 dòng) là gì?';
    const field = fieldOf(pageOf(page.text), label).getAttribute('name') ?? '';
    await office.fill(path, { action: `${path}/answers`, fields: { [field]: 'household' } });
    await runner.work();
    const anew = await office.open(path);
    expect(anew.text).toContain('216 mới · 0 thay đổi · 0 như cũ · 1 chưa đúng');
    expect(fieldOf(pageOf(anew.text), 'Loại hình: “Điểm sấy” được hiểu là').getAttribute('name')).toBe('kept.0');
    const next = await tried(rowsFrom('B', ['điểm sấy']));
    expect(next.page.text).toContain('1 mới · 0 thay đổi · 0 như cũ · 0 chưa đúng');
    // A wrong answer is corrected where it is shown.
    await office.fill(next.path, { action: `${next.path}/answers`, fields: { 'kept.0': 'group' } });
    await runner.work();
    await applied(next.path);
    const made = (await api.store.producers.list({ officeId: 'office-a' }, { limit: 200, after: null })).items;
    expect(made.filter(({ name }) => name === 'Nhà B1').map(({ kind }) => kind)).toEqual(['group']);
  });

  test('of another office is asked there too', async () => {
    const other = await api.store.imports.list({ officeId: 'office-b' }, { limit: 1, after: null });
    expect(other.items.flatMap(({ answers }) => answers ?? [])).toEqual([]);
  });

  test('answers that are none, too many, or of an import of before are refused', async () => {
    const { path } = await tried(rowsFrom('C', ['Trạm']));
    const id = path.split('/').at(-1) ?? '';
    const { version } = (await api.store.imports.get(id)) ?? { version: 0 };
    const answer = (column: string, value: string, count = 1): ReturnType<typeof answerValues> => {
      const answers = Array.from({ length: count }, (_, at) => ({ column, word: `trạm ${at}`, value }));
      return answerValues(api.actor('officeA'), { id, version, answers }, api.ctx);
    };
    const refused = { ok: false, problem: { code: 'invalid' } };
    expect(await answer('kind', 'factory')).toMatchObject(refused);
    expect(await answer('name', 'household')).toMatchObject(refused);
    expect(await answer('kind', 'household', ANSWERS_MAX + 1)).toMatchObject(refused);
    expect(await answer('kind', 'household')).toMatchObject({ ok: true });
    expect(await answer('kind', 'household')).toMatchObject({ ok: false });
  });

  test('causes are counted up to a bound, and each leads to its rows', async () => {
    const { path } = await tried(
      rowsFrom(
        'D',
        Array.from({ length: CAUSES_MAX + 1 }, (_, at) => `Lạ ${at}`),
      ),
    );
    const one = await api.store.imports.get(path.split('/').at(-1) ?? '');
    expect([one?.causes?.length, one?.counts.wrong]).toEqual([CAUSES_MAX, CAUSES_MAX + 1]);
    const page = pageOf((await office.open(`${path}?cause=7`)).text);
    expect(allByRole(page, 'row')).toHaveLength(2);
  });
});

describe('wrong rows', () => {
  test('are taken away with the reason beside, mended, and brought back', async () => {
    const text = `${HEADS};Ghi chú riêng\nE1;Nhà E1;Hộ;Cao Phong;Phú Thọ;0912345678;=1+1\nE2;;Hộ;Cao Phong;Phú Thọ;12;giữ lại\n`;
    const { path, page } = await tried(text);
    expect(page.text).toContain('1 mới · 0 thay đổi · 0 như cũ · 1 chưa đúng');
    const file = await request(`${api.address}${path}/wrong.xlsx`, {
      headers: { Cookie: office.cookie, 'Sec-Fetch-Site': 'same-origin' },
    });
    expect([file.status, file.headers.get('content-type')]).toEqual([200, expect.stringContaining('spreadsheetml')]);
    const table = await readTable(file.bytes);
    if (!table.ok) throw new Error(table.problem.detail);
    expect([table.value.rows, table.value.heads.slice(-2)]).toEqual([1, ['Ghi chú riêng', 'Chưa đúng vì']]);
    const { rows } = JSON.parse(Buffer.from(table.value.slices[0]?.json ?? []).toString('utf8')) as {
      rows: { cells: string[] }[];
    };
    expect(rows[0]?.cells).toEqual([
      'E2',
      '',
      'Hộ',
      'Cao Phong',
      'Phú Thọ',
      '12',
      'giữ lại',
      expect.stringMatching(/^Tên chủ thể: còn trống.*Điện thoại: /),
    ]);
    const back = await tried(file.bytes, 'chua-dung.xlsx');
    expect(back.page.text).toContain('0 mới · 0 thay đổi · 0 như cũ · 1 chưa đúng');
  });

  test('of another office’s import are not there', async () => {
    const { path } = await tried(rowsFrom('F', ['Trạm']));
    const other = await visitorAs(api, 'officeB');
    expect((await other.open(`${path}/wrong.xlsx`)).status).toBe(404);
    expect((await other.send(`${path}/answers`, { version: '3', 'answer.0': 'group' })).status).toBe(404);
    expect((await other.send(`${path}/renames`, { version: '3', agreed: 'yes' })).status).toBe(404);
  });
});

describe('a row that would rename or move a record', () => {
  const list = (name: string, phone: string): string =>
    `${HEADS}\nG1;${name};Hộ;Cao Phong;Phú Thọ;${phone}\nG2;Nhà G2;Hộ;Cao Phong;Phú Thọ;${phone}\nG3;Nhà G3${phone};Hộ;Cao Phong;Phú Thọ;\n`;

  test('is applied only where a person agreed to it; every other change is shown, telephones too', async () => {
    await applied((await tried(list('Nhà G1', '0912345678'))).path);
    const { path, page } = await tried(list('Tên khác', '0912345679'));
    expect(page.text).toContain('0 mới · 1 thay đổi · 0 như cũ · 2 chờ quyết định · 0 chưa đúng');
    expect(page.text).toContain('0912345678 → 0912345679');
    expect(page.text).toContain('Nhà G1 → Tên khác');
    expect((await applied(path)).text).toContain('0 mới · 1 thay đổi · 0 như cũ · 2 chờ quyết định · 0 chưa đúng');
    const names = async (): Promise<string[]> =>
      (await api.store.producers.list({ officeId: 'office-a' }, { limit: 200, after: null })).items.map(
        ({ name }) => name,
      );
    expect(await names()).toContain('Nhà G1');
    const again = await tried(list('Tên khác', '0912345679'));
    await office.fill(again.path, { action: `${again.path}/renames` });
    expect((await office.open(again.path)).text).toContain('Đã đồng ý');
    expect((await applied(again.path)).text).toContain('0 mới · 2 thay đổi · 1 như cũ · 0 chưa đúng');
    expect(await names()).toContain('Tên khác');
  });
});
