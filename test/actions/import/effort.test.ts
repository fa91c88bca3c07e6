// From the file in hand to the registry filled: 300 producers and 600 products as an office writes them, without codes.
// Every decision that a person takes is counted; "apply" and "try" settle one question each.

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { everyOf } from '../../../server/actions/kit/every-of.ts';
import { makeImportRunner } from '../../../server/jobs/import-runner.ts';
import { openTestApi, type TestApi } from '../../fixtures/api.ts';
import { seedAccounts, visitorAs, type Visitor } from '../../fixtures/console.ts';
import { pageOf } from '../../fixtures/page.ts';

/** docs/effort.md. */
const DECISIONS_MAX = 12;
const PRODUCERS = 300;
const PRODUCTS = 600;

let api: TestApi;
let office: Visitor;
let runner: ReturnType<typeof makeImportRunner>;

beforeAll(async () => {
  api = await openTestApi();
  await seedAccounts(api);
  office = await visitorAs(api, 'officeA');
  runner = makeImportRunner(api.context);
});
afterAll(async () => {
  await runner.stop();
  await api.close();
});

const KINDS = ['HTX nông nghiệp', 'hộ KD', 'Cty TNHH', 'THT', 'Cơ sở', 'Làng nghề'];
const GROUPS = [
  ['Nhóm: Thực phẩm', 'Bộ 7'],
  ['đồ uống', '14. Rượu trắng'],
  ['Đặc sản', '7'],
] as const;

function producersFile(): string {
  const rows = Array.from({ length: PRODUCERS }, (_, at) => {
    const phone = String(990_000_000 + at);
    return `${at + 1};Nhà ${at + 1};${KINDS[at % KINDS.length]};"Xóm ${at % 9}, xã Tân Lạc, tỉnh Phú Thọ";${phone};`;
  });
  return ['DANH SÁCH CHỦ THỂ;;;;;', 'STT;Tên chủ thể;Loại hình;Địa chỉ;SĐT;Ghi chú', ...rows, 'Cộng;300;;;;'].join(
    '\n',
  );
}

function productsFile(): string {
  const rows = Array.from({ length: PRODUCTS }, (_, at) => {
    const [group, set] = GROUPS[at % GROUPS.length] ?? GROUPS[0];
    return `${at + 1};Sản phẩm ${at + 1};Nhà ${(at % PRODUCERS) + 1};${group};${set};1.095`;
  });
  return ['STT;Tên sản phẩm;Chủ thể;Nhóm sản phẩm;Bộ sản phẩm;HSD (ngày)', ...rows].join('\n');
}

/** Brings one file, answers what is asked once a value. Returns the decisions it took. */
async function brought(text: string, answers: Readonly<Record<string, string>>): Promise<number> {
  const files = { file: { name: 'x.csv', mediaType: 'text/csv', bytes: Buffer.from(text) } };
  const path = (await office.fill('/console/import', { action: '/console/import', files })).location ?? '';
  await office.fill(path, { action: `${path}/check` });
  await runner.work();
  // The file, the columns as guessed, to apply.
  let decisions = 3;
  const page = pageOf((await office.open(path)).text);
  const fields: Record<string, string> = {};
  for (const label of page.querySelectorAll('label')) {
    const value = Object.entries(answers).find(([word]) => label.textContent?.includes(`“${word}”`))?.[1];
    const name = page.querySelector(`#${label.getAttribute('for') ?? ''}`)?.getAttribute('name') ?? '';
    if (value !== undefined && name.startsWith('answer.')) fields[name] = value;
  }
  expect(Object.keys(fields)).toHaveLength(Object.keys(answers).length);
  decisions += Object.keys(fields).length;
  if (Object.keys(fields).length > 0) {
    await office.fill(path, { action: `${path}/answers`, fields });
    await runner.work();
  }
  await office.fill(path, { action: `${path}/apply` });
  await runner.work();
  expect((await office.open(path)).text).toContain('0 thay đổi · 0 như cũ · 0 chưa đúng');
  return decisions;
}

test('300 producers and 600 products are in the registry after at most twelve decisions', async () => {
  const first = await brought(producersFile(), { 'Cơ sở': 'household', 'Làng nghề': 'group' });
  const second = await brought(productsFile(), { 'Đặc sản': 'food' });
  expect(first + second).toBeLessThanOrEqual(DECISIONS_MAX);
  expect([first, second]).toEqual([5, 4]);
  let [producers, products] = [0, 0];
  for await (const { name } of everyOf(api.store.producers, {})) if (name.startsWith('Nhà ')) producers += 1;
  for await (const { name } of everyOf(api.store.products, {})) if (name.startsWith('Sản phẩm ')) products += 1;
  expect([producers, products]).toEqual([PRODUCERS, PRODUCTS]);
}, 60_000);
