// Exports as a Vietnamese Excel opens them: semicolons and byte order mark, unchanged on the way back, and honest where
// they were cut.

import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { issueBatch, issueBatchInput } from '../../../server/actions/batches/issue-batch.ts';
import { exportCodes, exportCodesQuery } from '../../../server/actions/batches/export-codes.ts';
import { exportScans, exportScansQuery } from '../../../server/actions/scans/read.ts';
import { exportRegistry } from '../../../server/actions/import/export-registry.ts';
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

async function exported(kind: RegistryKind, format: 'csv' | 'xlsx', rowsMax?: number): Promise<Buffer> {
  const input = { kind, format, ...(rowsMax === undefined ? {} : { rowsMax }) };
  const source = await exportRegistry(api.actor('officeA'), input, api.ctx);
  if (!source.ok) throw new Error(source.problem.detail);
  return bytesOf(source.value);
}

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
    const cut = await exported('producers', 'xlsx', count - 1);
    const whole = await exported('producers', 'xlsx', count);
    const read = await readExactTable(cut);
    expect(read.ok && read.value.rows).toHaveLength(count - 1);
    // Names of entries are plain text in a ZIP archive.
    expect([cut.includes('xl/worksheets/sheet2.xml'), whole.includes('xl/worksheets/sheet2.xml')]).toEqual([
      true,
      false,
    ]);
  });

  test('of codes or scans is for programs; asked for a spreadsheet it opens in one', async () => {
    const input = issueBatchInput.parse({ producerId: CAST.producerA1, quantity: 3 });
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
    const sheets = await textOf('true');
    expect(sheets.map((text) => text.split('\n')[0])).toEqual([
      `${MARK}serial;code;url`,
      `${MARK}at;serial;province;verdict;counted`,
    ]);
    expect(sheets[0].split('\n')[1]).toMatch(/^1;[0-9A-Z-]{20};HTTPS:/);
    expect(sheets[1]).toContain(';1;"Hà Nội";');
  });
});
