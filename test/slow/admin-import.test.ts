// `npm run admin -- import` reads what the console exports, as .csv and .xlsx, and refuses everything that is not
// exact.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { writeTable } from '../../server/actions/import/write-workbook.ts';
import { makeDataDir, runProgram, type Ended, type Settings } from '../fixtures/programs.ts';

/** Starting a process takes half a second on a quiet machine, several seconds on a busy one. */
jest.setTimeout(60_000);

const dataDir = makeDataDir();
const settings: Settings = { DATA_DIR: join(dataDir.path, 'data'), PUBLIC_ORIGIN: 'https://temtrace.example' };
const CERTIFICATE_HEAD =
  'product,producer,scheme,number,issuer,issued_on,expires_on,extended_to,evidence,revoked_on,reason';
/** Fields that the sample lacks: today's place names, text that looks like a formula, an extension, a revocation. */
const MORE: Readonly<Record<string, string>> = {
  'more-producers.csv': `ref,name,kind,commune,province,commune_today,province_today,phone,story
M1,"HTX ""Một""",cooperative,Cao Phong,Hòa Bình,Mường Thàng,Phú Thọ,+84 210 000 0000,"'=1+1; hai, ba
dòng hai"
`,
  'more-certificates.csv': `${CERTIFICATE_HEAD}
S01,,vietgap,VG-1,Tổ chức,2025-01-15,2027-01-14,2027-06-14,QĐ-9,,
,M1,organic,HC-1,Tổ chức,2025-02-01,2027-01-31,,,2026-03-01,Vi phạm
`,
};

function admin(args: readonly string[]): Promise<Ended> {
  return runProgram('scripts/admin.ts', args, settings);
}

function fileOf(name: string): string {
  return join(dataDir.path, name);
}

beforeAll(async () => {
  for (const [name, text] of Object.entries(MORE)) writeFileSync(fileOf(name), text);
  const sample = ['producers', 'products', 'evaluations', 'certificates'].map(
    (kind) => `scripts/sample-registry/${kind}.csv`,
  );
  const steps = [
    () => runProgram('test/fixtures/make-office.ts', [], settings),
    () => admin(['import', ...sample, ...Object.keys(MORE).map(fileOf)]),
    () => runProgram('test/fixtures/export-lists.ts', [dataDir.path], settings),
  ];
  for (const step of steps) {
    const ended = await step();
    if (ended.status !== 0) throw new Error(ended.stderr);
  }
});
afterAll(() => dataDir.remove());

describe('a list that we exported is accepted and changes nothing', () => {
  test.each([
    ['producers', 'csv', 28],
    ['producers', 'xlsx', 28],
    ['products', 'csv', 31],
    ['products', 'xlsx', 31],
    ['evaluations', 'csv', 31],
    ['evaluations', 'xlsx', 31],
    ['certificates', 'csv', 39],
    ['certificates', 'xlsx', 39],
  ])('%s as .%s', async (kind, format, rows) => {
    const before = await admin(['verify-log']);
    const file = fileOf(`${kind}.${format}`);
    expect(await admin(['import', file])).toEqual({
      status: 0,
      stdout: `${file}: ${kind}: 0 new, 0 changed, ${rows} as before, 0 wrong\n`,
      stderr: '',
    });
    expect(await admin(['verify-log'])).toEqual(before);
  });
});

describe('a workbook', () => {
  test('is imported as CSV is: a wrong row is named by its row in the sheet', async () => {
    const heads = ['Mã chủ thể', 'Tên chủ thể', 'Loại hình', 'Xã, phường', 'Tỉnh, thành phố'];
    const rows = [heads, ['W1', 'HTX Mới', 'Hợp tác xã', 'Cao Phong', 'Phú Thọ'], ['W2', 'HTX Sai', 'Vua', 'A', 'B']];
    const file = fileOf('new.xlsx');
    writeFileSync(file, await writeTable('A', rows));
    const ended = await admin(['import', file]);
    expect([ended.status, ended.stdout]).toEqual([1, `${file}: producers: 1 new, 0 changed, 0 as before, 1 wrong\n`]);
    expect(ended.stderr.startsWith(`${file}, line 3, kind: `)).toBe(true);
  });

  test('that is none is named and ends with 1', async () => {
    const file = fileOf('broken.xlsx');
    writeFileSync(file, 'PK\x03\x04 broken');
    expect(await admin(['import', file])).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining(file),
    });
  });
});

test('a column that no list has is refused: a program has nobody who would see it left out', async () => {
  const file = fileOf('typo.csv');
  writeFileSync(file, 'ref,name,kind,commune,province,telephon\nT1,HTX,group,A,B,0210 000 0000\n');
  const ended = await admin(['import', file]);
  expect(ended).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('telephon') });
});
