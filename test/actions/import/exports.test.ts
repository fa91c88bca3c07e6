// Exports as a Vietnamese Excel opens them: semicolons and a byte order mark. They are read back unchanged, and say
// where they were cut.

import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { issueBatch, issueBatchInput } from '../../../server/actions/batches/issue-batch.ts';
import { exportCodes, exportCodesQuery } from '../../../server/actions/batches/export-codes.ts';
import { exportScans, exportScansQuery } from '../../../server/actions/scans/read.ts';
import { exportRegistry } from '../../../server/actions/import/export-registry.ts';
import { cellsOf, REGISTRY_COLUMNS } from '../../../server/actions/import/registry-columns.ts';
import { csvLine, readSafeCell, safeCell } from '../../../server/actions/import/safe-cell.ts';
import { readExactTable } from '../../../server/actions/import/table-file.ts';
import { saveNew } from '../../../server/actions/kit/save.ts';
import type { RegistryKind } from '../../../server/domain/import/registry-import.ts';
import { CAST, testApi } from '../../fixtures/api.ts';
import { anEvaluation, aProducer } from '../../fixtures/records/registry.ts';
import { aScan } from '../../fixtures/records/scans.ts';

const api = testApi();
const MARK = '\u{FEFF}';

async function bytesOf(source: AsyncIterable<Uint8Array | string>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of source) parts.push(Buffer.from(part as Uint8Array));
  return Buffer.concat(parts);
}

async function exported(
  kind: RegistryKind,
  format: 'csv' | 'xlsx',
  most: { rows?: number; letters?: number } = {},
): Promise<Buffer> {
  const input = { kind, format, most };
  const source = await exportRegistry(api.actor('officeA'), input, api.ctx);
  if (!source.ok) throw new Error(source.problem.detail);
  return bytesOf(source.value);
}

const FIGURES = [
  'product_set',
  'shelf_life_days',
  'held_on',
  'score',
  'minimum_stars',
  'stars',
  'issued_on',
  'expires_on',
  'extended_to',
  'revoked_on',
];
const NAMES = ["'=1+1", "''-x", '=SUM(A1)', 'Chè; mật, ong "rừng"', '0912'];

beforeAll(async () => {
  for (const [at, name] of NAMES.entries()) {
    const doc = aProducer({ id: `odd-${at}`, officeId: CAST.officeA, name });
    await saveNew(api.ctx, api.actor('admin'), { collection: 'producers', doc, action: 'make-producer', answer: null });
  }
  const owner = { officeId: CAST.officeA, producerId: CAST.producerA1, productId: CAST.productA1 };
  const doc = anEvaluation({ id: 'export', ...owner, scoreHundredths: 7_680, minimumStars: 5, stars: 4 });
  const saved = { collection: 'evaluations', doc, action: 'make-evaluation', answer: null } as const;
  await saveNew(api.ctx, api.actor('admin'), saved);
});

describe('an export', () => {
  test('begins with the mark, parts cells by semicolons and writes fractions with a comma', async () => {
    const producers = (await exported('producers', 'csv')).toString('utf8');
    expect(producers.startsWith(`${MARK}Mã chủ thể;`)).toBe(true);
    const [, row] = (await exported('evaluations', 'csv')).toString('utf8').split('\r\n');
    expect(row).toContain(';"76,80";');
  });

  test.each(['csv', 'xlsx'] as const)('as %s comes back with the same cells', async (format) => {
    const read = await readExactTable(await exported('producers', format));
    if (!read.ok) throw new Error(read.problem.detail);
    const at = read.value.heads.findIndex((head) => head === 'Tên chủ thể');
    const names = read.value.rows.map(({ cells }) => cells[at]);
    expect(names).toEqual(expect.arrayContaining(NAMES));
  });

  test('any text comes back unchanged, whatever it begins with', () => {
    const begun = fc.tuple(fc.constantFrom('', "'", "''", '=', "'=", '-', '+', '@', "'\t"), fc.string());
    fc.assert(
      fc.property(begun, ([begin, rest]) => {
        const text = begin + rest;
        expect(readSafeCell(safeCell(text))).toBe(text);
        expect(safeCell(text)).not.toMatch(/^[=+\-@\t\r\n]/);
      }),
    );
    expect(csvLine(['a;b', 'c'])).toBe('"a;b";c\r\n');
  });

  test('that is cut says so on a sheet of its own; one that is whole does not', async () => {
    const all = await readExactTable(await exported('producers', 'xlsx'));
    const count = all.ok ? all.value.rows.length : 0;
    const cut = await exported('producers', 'xlsx', { rows: count - 1 });
    const whole = await exported('producers', 'xlsx', { rows: count });
    const read = await readExactTable(cut);
    expect(read.ok && read.value.rows).toHaveLength(count - 1);
    // In a ZIP archive the names of the entries are plain text.
    expect([cut.includes('xl/worksheets/sheet2.xml'), whole.includes('xl/worksheets/sheet2.xml')]).toEqual([
      true,
      false,
    ]);
  });

  test('as a workbook ends where an import would, in rows and in letters', async () => {
    const all = await readExactTable(await exported('producers', 'xlsx'));
    if (!all.ok) throw new Error(all.problem.detail);
    const letters = all.value.rows.flatMap(({ cells }) => cells).join('').length;
    const rowsOf = async (most: number): Promise<number> => {
      const read = await readExactTable(await exported('producers', 'xlsx', { letters: most }));
      return read.ok ? read.value.rows.length : 0;
    };
    // Values of closed lists are a few letters that are not read back literally.
    const { length } = all.value.rows;
    expect([await rowsOf(letters + 10), await rowsOf(letters - 10)]).toEqual([length, length - 1]);
  });

  test('as CSV keeps what a spreadsheet takes for a number or a day, and comes back from one', async () => {
    const cells = ['0912345678', '0101234567', '08930000000018', '8930000000018', '2026-1', '1/2', '12E5', '0912.345'];
    const plain = ['5', '12345678901', 'Chè 5', '1203/QĐ-UBND', '2026-11-24x'];
    expect(csvLine(cells)).toBe(`${cells.map((cell) => `"=""${cell}"""`).join(';')}\r\n`);
    expect(csvLine(plain)).toBe(`${plain.join(';')}\r\n`);
    // A number stays a number.
    expect(csvLine(['24/11/2026', '2026-1'], () => true)).toBe('24/11/2026;2026-1\r\n');
    const read = await readExactTable(Buffer.from(csvLine(cells.map((_, at) => `h${at}`)) + csvLine(cells)));
    expect(read.ok && read.value.rows[0]?.cells).toEqual(cells);
    // As Excel saves what it showed.
    const saved = await readExactTable(Buffer.from(`a;b\r\n${cells[0]};${cells[4]}\r\n`));
    expect(saved.ok && saved.value.rows[0]?.cells).toEqual([cells[0], cells[4]]);
  });

  test('knows of every column whether it is a figure', () => {
    for (const [kind, columns] of Object.entries(REGISTRY_COLUMNS))
      for (const { key, isFigure } of columns)
        expect([kind, key, isFigure]).toEqual([kind, key, FIGURES.includes(key)]);
  });

  test.each([
    ['producers', 'phone', '912345678', '0912345678'],
    ['producers', 'phone', '2438251234', '02438251234'],
    ['producers', 'phone', '19006365', '19006365'],
    ['producers', 'phone', '84912345678', '84912345678'],
    ['producers', 'tax_code', '101234567', '0101234567'],
    ['producers', 'tax_code', '12345678901', '012345678901'],
    ['producers', 'tax_code', '0101234567-001', '0101234567-001'],
    ['producers', 'gln', '930000000018', '0930000000018'],
    ['products', 'gtin', '8930000000018', '08930000000018'],
    ['evaluations', 'round', '2026-01-01', '2026-1'],
    ['evaluations', 'round', '2026-01-15', '2026-01-15'],
  ] as const)('that a spreadsheet cut is mended: %s, %s, %s', (kind, key, cut, whole) => {
    expect(cellsOf(kind, { [key]: 0 }, [cut], new Map())).toEqual({ [key]: whole });
  });

  test('of codes or scans is for programs; asked for a spreadsheet it opens in one', async () => {
    const input = issueBatchInput.parse({ producerId: CAST.producerA1, quantity: 40, pin: true });
    const made = await issueBatch(api.actor('officeA'), input, api.ctx);
    if (!made.ok || made.value.kind !== 'done') throw new Error('no batch');
    const { id } = made.value.value;
    await api.store.scans.record(aScan({ id: 's1', batchId: id, serial: 1, province: 'Hà Nội' }));
    const textOf = async (excel: string): Promise<[string, string]> => {
      const codes = await exportCodes(api.actor('officeA'), { id, query: exportCodesQuery.parse({ excel }) }, api.ctx);
      const scans = await exportScans(api.actor('officeA'), { id, query: exportScansQuery.parse({ excel }) }, api.ctx);
      if (!codes.ok || !scans.ok) throw new Error('no file');
      const texts = await Promise.all([codes.value.rows, scans.value.rows].map(bytesOf));
      return texts.map((bytes) => bytes.toString('utf8')) as [string, string];
    };
    const [codes, scans] = await textOf('false');
    expect([codes.split('\n')[0], scans.split('\n')[0]]).toEqual([
      'serial,code,url',
      'at,serial,province,verdict,counted',
    ]);
    const pinsOf = async (excel: string): Promise<string[]> => {
      const query = exportCodesQuery.parse({ excel, pins: 'true' });
      const file = await exportCodes(api.actor('officeA'), { id, query }, api.ctx);
      if (!file.ok) throw new Error(file.problem.detail);
      const lines = (await bytesOf(file.value.rows)).toString('utf8').trim().split('\n').slice(1);
      return lines.map((line) => line.split(excel === 'true' ? ';' : ',')[3] ?? '');
    };
    const pins = await pinsOf('false');
    expect(pins.some((pin) => pin.startsWith('0'))).toBe(true);
    expect(await pinsOf('true')).toEqual(pins.map((pin) => (pin.startsWith('0') ? `"=""${pin}"""` : pin)));
    const sheets = await textOf('true');
    expect(sheets.map((text) => text.split('\n')[0])).toEqual([
      `${MARK}serial;code;url`,
      `${MARK}at;serial;province;verdict;counted`,
    ]);
    expect(sheets[0].split('\n')[1]).toMatch(/^1;[0-9A-Z-]{20};HTTPS:/);
    expect(sheets[1]).toContain(';1;"Hà Nội";');
  });
});
