// Tables that are read and written: CSV and workbooks.

import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { kindOfHeads, matchColumns, REGISTRY_COLUMNS } from '../../../server/actions/import/registry-columns.ts';
import {
  csvLine,
  readSafeCell,
  readTable,
  safeCell,
  TABLE_ROWS_MAX,
  writeXlsx,
} from '../../../server/actions/import/table-file.ts';
import { REGISTRY_KINDS } from '../../../server/domain/import/registry-import.ts';
import { makeImportRunner } from '../../../server/jobs/import-runner.ts';
import { openTestApi, type TestApi } from '../../fixtures/api.ts';
import { seedAccounts, visitorAs, type Visitor } from '../../fixtures/console.ts';
import { MADE_AT } from '../../fixtures/records/cast.ts';
import { request } from '../../fixtures/request.ts';

let api: TestApi;
let office: Visitor;
let runner: ReturnType<typeof makeImportRunner>;

/** The smallest workbook with these rows: files stored as they are, one after the other. */
function workbookOf(rows: string): Buffer {
  const xml = (text: string): string => `<?xml version="1.0" encoding="UTF-8"?>${text}`;
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const packaged = 'http://schemas.openxmlformats.org/package/2006/relationships';
  return zipOf({
    '_rels/.rels': xml(
      `<Relationships xmlns="${packaged}"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    'xl/workbook.xml': xml(
      `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': xml(
      `<Relationships xmlns="${packaged}"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ),
    'xl/worksheets/sheet1.xml': xml(
      `<worksheet xmlns="${main}"><dimension ref="A1:A2"/><sheetData>${rows}</sheetData></worksheet>`,
    ),
  });
}

function zipOf(files: Readonly<Record<string, string>>): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const [path, content] = [Buffer.from(name), Buffer.from(text)];
    const sizes = Buffer.alloc(12);
    sizes.writeUInt32LE(crc32(content), 0);
    sizes.writeUInt32LE(content.length, 4);
    sizes.writeUInt32LE(content.length, 8);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    sizes.copy(local, 14);
    local.writeUInt16LE(path.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(20, 6);
    sizes.copy(entry, 16);
    entry.writeUInt16LE(path.length, 28);
    entry.writeUInt32LE(at, 42);
    bodies.push(local, path, content);
    directory.push(entry, path);
    at += local.length + path.length + content.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(directory.length / 2, 8);
  end.writeUInt16LE(directory.length / 2, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, ...directory, end]);
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
    expect(csvLine(['=1+1', 'a,b', 'c"d'])).toBe('\'=1+1,"a,b","c""d"\r\n');
  });

  test('a workbook’s formula is not run: the value that was saved with it is text like any other', async () => {
    const written = await writeXlsx([
      {
        name: 'A',
        rows: [
          ['ref', 'name'],
          ['=1+1', '+84'],
        ],
        widths: [10, 10],
      },
    ]);
    expect(await readTable(written)).toEqual({ ok: true, value: { heads: ['ref', 'name'], rows: [['=1+1', '+84']] } });
    const sheet =
      '<row r="1"><c r="A1" t="inlineStr"><is><t>ref</t></is></c></row><row r="2"><c r="A2"><f>HYPERLINK("https://evil.example",1+1)</f><v>41</v></c></row>';
    expect(await readTable(workbookOf(sheet))).toEqual({ ok: true, value: { heads: ['ref'], rows: [['41']] } });
  });

  test('rows are counted to a bound, on both sides of it', async () => {
    const file = (rows: number): Buffer => Buffer.from(`ref,name\n${'a,b\n'.repeat(rows)}`);
    expect((await readTable(file(TABLE_ROWS_MAX))).ok).toBe(true);
    expect(await readTable(file(TABLE_ROWS_MAX + 1))).toMatchObject({
      ok: false,
      problem: { errors: [{ code: 'too-large' }] },
    });
  });

  test('a packed file that says it unpacks to gigabytes is not unpacked', async () => {
    const bytes = Buffer.from(await writeXlsx([{ name: 'A', rows: [['ref'], ['1']], widths: [10] }]));
    const directory = bytes.lastIndexOf(Buffer.from('504b0102', 'hex'));
    bytes.writeUInt32LE(4_000_000_000, directory + 24);
    expect(await readTable(bytes)).toMatchObject({ ok: false, problem: { errors: [{ code: 'too-large' }] } });
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
