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
import { workbookOf } from '../../fixtures/workbooks.ts';

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
