// Reading and writing tables: CSV and workbooks.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { kindOfHeads, matchColumns } from '../../../server/actions/import/match-columns.ts';
import { REGISTRY_COLUMNS } from '../../../server/actions/import/registry-columns.ts';
import { csvLine, readSafeCell, safeCell } from '../../../server/actions/import/safe-cell.ts';
import { readExactTable, readTable } from '../../../server/actions/import/table-file.ts';
import { writeTable } from '../../../server/actions/import/write-workbook.ts';
import { TABLE_ROWS_MAX, type TextTable } from '../../../server/actions/uploads/upload-work.ts';
import { REGISTRY_KINDS } from '../../../server/domain/import/registry-import.ts';
import { makeImportRunner } from '../../../server/jobs/import-runner.ts';
import { openTestApi, type TestApi } from '../../fixtures/api.ts';
import { seedAccounts, visitorAs, type Visitor } from '../../fixtures/console.ts';
import { MADE_AT } from '../../fixtures/records/cast.ts';
import { request } from '../../fixtures/request.ts';
import { workbookOf, zipOf } from '../../fixtures/workbooks.ts';

let api: TestApi;
let office: Visitor;
let runner: ReturnType<typeof makeImportRunner>;

/** What the service keeps of a file, or its problem. */
async function tableIn(bytes: Uint8Array): Promise<unknown> {
  const read = await readTable(bytes);
  if (!read.ok) return read;
  const slices = read.value.slices.map(({ rows, json }) => {
    const table = JSON.parse(Buffer.from(json).toString('utf8')) as TextTable;
    expect([table.heads, table.rows.length]).toEqual([read.value.heads, rows]);
    return table.rows;
  });
  return { heads: read.value.heads, rows: slices.flat() };
}

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

describe('tables', () => {
  test('a cell never begins a formula, and reading gives back what was written', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `=${text}`),
          fc.constantFrom('+84 123', '-1', '@x', '\t=1', '=cmd|calc'),
        ),
        (text) => {
          expect(safeCell(text)).not.toMatch(/^[=+\-@\t\r\n]/);
          expect(readSafeCell(safeCell(text))).toBe(text);
        },
      ),
    );
    expect(csvLine(['=1+1', 'a,b', 'c"d'])).toBe('\'=1+1;"a,b";"c""d"\r\n');
  });

  test('a workbook’s formula is not run: the value that was saved with it is text like any other', async () => {
    const rows = [
      ['ref', 'name'],
      ['=1+1', '+84'],
    ];
    const written = await writeTable('A', rows);
    expect(await tableIn(written)).toEqual({ heads: ['ref', 'name'], rows: [{ line: 2, cells: ['=1+1', '+84'] }] });
    const sheet =
      '<row r="1"><c r="A1" t="inlineStr"><is><t>ref</t></is></c></row><row r="2"><c r="A2"><f>HYPERLINK("https://evil.example",1+1)</f><v>41</v></c></row>';
    expect(await tableIn(workbookOf(sheet))).toEqual({ heads: ['ref'], rows: [{ line: 2, cells: ['41'] }] });
  });

  test('an OpenDocument file is read: sheets, figures, days, repeats and merged cells; a locked one is named', async () => {
    const content = (rows: string): string =>
      `<office:document-content><office:automatic-styles><style:style style:name="h"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet><table:table table:name="Ẩn" table:style-name="h"><table:table-row><table:table-cell office:value-type="string"><text:p>nháp</text:p></table:table-cell></table:table-row></table:table><table:table table:name="A &amp; B">${rows}</table:table></office:spreadsheet></office:body></office:document-content>`;
    const text = (value: string, more = ''): string =>
      `<table:table-cell office:value-type="string"${more}><office:annotation><text:p>ghi chú</text:p></office:annotation><text:p>${value}</text:p></table:table-cell>`;
    const rows = [
      `<table:table-row>${text('DANH SÁCH', ' table:number-columns-spanned="2"')}<table:covered-table-cell/></table:table-row>`,
      '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>',
      `<table:table-row>${['Tên chủ thể', 'Loại<text:s text:c="1"/>hình', 'Xã', 'Tỉnh', 'Ngày'].map((head) => text(head)).join('')}</table:table-row>`,
      `<table:table-row>${text('HTX &lt;A&gt;')}${text('HTX')}${text('Phú Thọ', ' table:number-columns-repeated="2"')}<table:table-cell office:value-type="date" office:date-value="2026-07-05T00:00:00"><text:p>5/7</text:p></table:table-cell></table:table-row>`,
      '<table:table-row><table:table-cell office:value-type="float" office:value="66.599999999999994"><text:p>66,6</text:p></table:table-cell><table:table-cell office:value-type="percentage" office:value="0.666"/></table:table-row>',
      '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>',
    ];
    const ods = (body: string, more: Record<string, string> = {}): Buffer =>
      zipOf({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': body, ...more });
    const read = await readTable(ods(content(rows.join(''))));
    expect(read).toMatchObject({ ok: true, value: { sheet: 'A & B', place: { sheet: 1, headLine: 4 } } });
    expect(await tableIn(ods(content(rows.join(''))))).toEqual({
      heads: ['Tên chủ thể', 'Loại hình', 'Xã', 'Tỉnh', 'Ngày'],
      rows: [
        { line: 5, cells: ['HTX <A>', 'HTX', 'Phú Thọ', 'Phú Thọ', '2026-07-05'] },
        { line: 6, cells: ['66.6', '66.6%', '', '', ''] },
      ],
    });
    const locked = { 'META-INF/manifest.xml': '<manifest:encryption-data/>' };
    for (const [file, code] of [
      [ods(content(''), locked), 'locked'],
      [ods('<nothing/>'), 'format'],
      [
        ods(
          content(
            '<table:table-row table:number-rows-repeated="300000"><table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>',
          ),
        ),
        'far-cell',
      ],
    ] as const)
      expect(await readTable(file)).toMatchObject({ ok: false, problem: { errors: [{ code }] } });
  });

  test('a list in an old font is read in .csv and .xlsx, or named', async () => {
    const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
    const list = 'Tªn chñ thÓ;Lo¹i h×nh;X·;TØnh\nHîp t¸c x· n«ng nghiÖp;Hîp t¸c x·;Cao Phong;Phó Thä\n';
    const heads = ['Tên chủ thể', 'Loại hình', 'Xã', 'Tỉnh'];
    const cells = ['Hợp tác xã nông nghiệp', 'Hợp tác xã', 'Cao Phong', 'Phú Thọ'];
    expect(await tableIn(latin(list))).toEqual({ heads, rows: [{ line: 2, cells }] });
    const rows = list
      .trim()
      .split('\n')
      .map((line) => line.split(';'));
    expect(await tableIn(await writeTable('A', rows))).toEqual({ heads, rows: [{ line: 2, cells }] });
    const mixed = [...rows, ['Hợp tác xã Đồi Trăng', 'Hợp tác xã', 'Cao Phong', 'mê']];
    expect(await readTable(await writeTable('A', mixed))).toMatchObject({
      ok: false,
      problem: { errors: [{ code: 'old-font' }] },
    });
  });

  test('rows are counted to a bound, on both sides of it', async () => {
    const file = (rows: number): Buffer => Buffer.from(`ref,name\n${'a,b\n'.repeat(rows)}`);
    expect((await readTable(file(TABLE_ROWS_MAX))).ok).toBe(true);
    const fault = { ok: false, problem: { errors: [{ code: 'too-large' }] } };
    expect(await readTable(file(TABLE_ROWS_MAX + 1))).toMatchObject(fault);
    expect(await readExactTable(file(TABLE_ROWS_MAX + 1))).toMatchObject(fault);
  });

  test('each kind’s own heads, in our words, Vietnamese and English, match wholly and tell the kind', () => {
    for (const kind of REGISTRY_KINDS) {
      for (const heads of [
        REGISTRY_COLUMNS[kind].map(({ vi }) => vi),
        REGISTRY_COLUMNS[kind].map(({ en }) => en),
        REGISTRY_COLUMNS[kind].map(({ key }) => key),
      ]) {
        expect(Object.keys(matchColumns(kind, heads))).toHaveLength(heads.length);
        expect(kindOfHeads(heads)).toBe(kind);
      }
    }
  });

  test('a template has the heads and a sheet that explains each of them', async () => {
    const response = await request(`${api.address}/console/import/template/certificates/xlsx`, {
      headers: { Cookie: office.cookie },
    });
    expect(response.headers.get('Content-Disposition')).toContain('mau-chung-nhan.xlsx');
    const table = await readTable(response.bytes);
    expect(table).toMatchObject({ ok: false, problem: { errors: [{ code: 'no-rows' }] } });
  });
});
