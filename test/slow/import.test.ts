import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { keysOf } from '../../server/actions/batches/sealed-batch.ts';
import { makeImportRunner } from '../../server/jobs/import-runner.ts';
import { writeTable } from '../../server/actions/import/write-workbook.ts';
import { CAST, openTestApi, type TestApi } from '../fixtures/api.ts';
import { seedAccounts, visitor, visitorAs } from '../fixtures/console.ts';

const ROWS = 10_000;
const SECONDS_MAX = 30;
/**
 * Growth over the process's memory before: the file, its rows and a chunk's reports, but not ten thousand of anything
 * else.
 */
const GROWTH_MIB_MAX = 200;

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
  await seedAccounts(api);
});
afterAll(() => api.close());

/** The code of an active stamp. */
async function aCode(): Promise<string> {
  const issued = await api.as('officeA').post('/batches', {
    productId: CAST.productA1,
    lot: 'L1',
    producedOn: '2026-11-01',
    expiresOn: null,
    quantity: 10,
  });
  const batch = await api.store.batches.get(String(issued.body['id']));
  if (batch === null) throw new Error('no batch');
  return keysOf(api.ctx, batch).codeOf(1);
}

function heldMib(): number {
  globalThis.gc?.();
  return process.memoryUsage().rss / 1024 / 1024;
}

describe('a large import', () => {
  test(`${ROWS} rows are read, tried and applied in under ${SECONDS_MAX} s, with memory flat and look-ups answered meanwhile`, async () => {
    const office = await visitorAs(api, 'officeA');
    const rows = Array.from({ length: ROWS }, (_, at) => [
      `R${at}`,
      `HTX số ${at}`,
      'Hợp tác xã',
      `Xã ${at}`,
      'Phú Thọ',
      '',
      `0218 000 ${String(at).padStart(4, '0')}`,
    ]);
    const heads = [
      'Mã chủ thể',
      'Tên chủ thể',
      'Loại hình',
      'Xã, phường',
      'Tỉnh, thành phố',
      'Mã số thuế',
      'Điện thoại',
    ];
    const bytes = await writeTable('A', [heads, ...rows]);
    const code = await aCode();
    const runner = makeImportRunner(api.context);
    const before = heldMib();
    let peak = before;
    const waits: number[] = [];
    let busy = true;
    const lookUps = (async () => {
      while (busy) {
        const from = performance.now();
        const answer = await visitor(api).open(`/t/${code}`);
        expect(answer.status).toBe(200);
        waits.push(performance.now() - from);
        peak = Math.max(peak, process.memoryUsage().rss / 1024 / 1024);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    })();
    const begun = performance.now();
    const page = await office.fill('/console/import', {
      action: '/console/import',
      files: { file: { name: 'x.xlsx', mediaType: 'application/octet-stream', bytes } },
    });
    const path = page.location ?? '';
    await office.fill(path, { action: `${path}/check` });
    await runner.work();
    await office.fill(path, { action: `${path}/apply` });
    await runner.work();
    const seconds = (performance.now() - begun) / 1_000;
    busy = false;
    await lookUps;
    const [done] = (await api.store.imports.list({}, { limit: 1, after: null })).items;
    expect(done).toMatchObject({ state: 'applied', counts: { new: ROWS, changed: 0, same: 0, wrong: 0 } });
    expect(seconds).toBeLessThan(SECONDS_MAX);
    expect(peak - before).toBeLessThan(GROWTH_MIB_MAX);
    const sorted = waits.sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length * 0.99)] ?? 0).toBeLessThan(500);
    process.stdout.write(
      `  ${ROWS} rows: ${seconds.toFixed(1)} s, ${Math.round(peak - before)} MiB, look-up p50 ${(sorted[Math.floor(sorted.length / 2)] ?? 0).toFixed(0)} ms, p99 ${(sorted[Math.floor(sorted.length * 0.99)] ?? 0).toFixed(0)} ms\n`,
    );
  }, 120_000);
});
