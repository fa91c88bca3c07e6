// Importing through the console, and the runner that applies the rows.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { advanceImport, nextImport } from '../../../../server/actions/import/advance-import.ts';
import { CHUNK_ROWS, REGISTRY_KINDS } from '../../../../server/domain/import/registry-import.ts';
import { makeImportRunner } from '../../../../server/jobs/import-runner.ts';
import { CAST, openTestApi, type TestApi } from '../../../fixtures/api.ts';
import { seedAccounts, visitorAs, type SeenPage, type Visitor } from '../../../fixtures/console.ts';
import { allByRole, chosenOf, faultsOf, fieldOf, pageOf } from '../../../fixtures/page.ts';
import { MADE_AT } from '../../../fixtures/records/cast.ts';
import { request } from '../../../fixtures/request.ts';

let api: TestApi;
let office: Visitor;
let runner: ReturnType<typeof makeImportRunner>;

const PRODUCERS =
  'Mã chủ thể;Tên chủ thể;Loại hình;Xã;Tỉnh;MST;Ghi chú riêng\nP01;HTX Cam Mường Thàng;Hợp tác xã;Cao Phong;Phú Thọ;0123456789;x\nP02;HTX Dốc Cun;hop tac xa;Thung Nai;Phú Thọ;;\nP03;;Công ty;Mai Châu;Phú Thọ;12;\nP01;Trùng;Hộ sản xuất;A;B;;\n';

async function upload(text: string | Uint8Array, name = 'chu-the.csv', who = office): Promise<SeenPage> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  return who.fill('/console/import', {
    action: '/console/import',
    files: { file: { name, mediaType: 'text/csv', bytes } },
  });
}

/** Uploads, accepts the guessed columns, tries: the page with the result. */
async function tried(text: string | Uint8Array, name?: string): Promise<{ path: string; page: SeenPage }> {
  const page = await upload(text, name);
  const path = page.location ?? '';
  await office.fill(path, { action: `${path}/check` });
  await runner.work();
  return { path, page: await office.open(path) };
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

describe('an import', () => {
  test('guesses the columns, tries every row without changing anything, says what is wrong beside the cell, then applies the rest', async () => {
    const matching = await upload(PRODUCERS);
    expect(matching.text).toContain('HTX Cam Mường Thàng');
    expect(chosenOf(pageOf(matching.text), 'Mã số thuế')).toMatch(/^MST/);
    const path = matching.location ?? '';
    const before = (await api.auditHead()).seq;
    const trying = await office.fill(path, { action: `${path}/check` });
    expect(allByRole(pageOf(trying.text), 'progressbar')).toHaveLength(1);
    const polled = pageOf(trying.text).querySelector('[data-poll]');
    expect(polled?.getAttribute('data-poll')).toBe(`${path}/state`);
    await runner.work();
    expect(JSON.parse((await office.open(`${path}/state`)).text)).toMatchObject({ ended: true });
    const result = await office.open(path);
    expect(result.text).toContain('2 mới · 0 thay đổi · 0 như cũ · 2 chưa đúng');
    expect(result.text).toContain('còn trống');
    expect(result.text).toContain('dòng này lặp lại một dòng trên');
    expect((await office.open(`${path}?outcome=new`)).text).not.toContain('lặp lại');
    const lines = await api.store.audit.read(before + 1, 100);
    expect(lines.every(({ entity }) => entity.startsWith('import:'))).toBe(true);
    expect((await office.open('/console/producers?q=muong+thang')).text).not.toContain('HTX Cam Mường Thàng');

    await office.fill(path, { action: `${path}/apply` });
    await runner.work();
    expect((await office.open(path)).text).toContain('Đã ghi xong');
    const listed = await office.open('/console/producers?q=muong+thang');
    expect(listed.text).toContain('HTX Cam Mường Thàng');
    const made = (await api.store.audit.read(before + 1, 200)).filter(({ action }) => action === 'make-producer');
    expect(made.map(({ actor }) => actor)).toEqual(['user-officeA', 'user-officeA']);
  });

  test('the same file twice changes nothing, and a changed cell is shown as it was and as it would be', async () => {
    const same = await tried(PRODUCERS);
    expect(same.page.text).toContain('0 mới · 0 thay đổi · 2 như cũ · 2 chưa đúng');
    expect(same.page.text).toContain('Không có gì để ghi');
    const other = await tried(PRODUCERS.replace('Cao Phong', 'Mường Thàng'));
    expect(other.page.text).toContain('0 mới · 0 thay đổi · 1 như cũ · 1 chờ quyết định');
    expect(other.page.text).toMatch(/Cao Phong, Phú Thọ → Mường Thàng, Phú Thọ/);
  });

  test('products, evaluations and certificates follow by their references, words in Vietnamese, days and commas as people write them', async () => {
    const apply = async (text: string): Promise<string> => {
      const { path } = await tried(text);
      await office.fill(path, { action: `${path}/apply` });
      await runner.work();
      return (await office.open(path)).text;
    };
    expect(
      await apply(
        'Mã sản phẩm,Mã chủ thể,Tên sản phẩm,Nhóm,Bộ sản phẩm,GTIN\nS01,P01,Cam lòng vàng,Thực phẩm,1,9520000000011\nS02,P99,Lạc,Thực phẩm,1,\n',
      ),
    ).toContain('1 mới · 0 thay đổi · 0 như cũ · 1 chưa đúng');
    expect(
      await apply(
        'Mã sản phẩm;Đợt hội đồng;Ngày họp;Điểm;Sao tối thiểu đạt;Số quyết định\nS01;2025-1;15/01/2025;76,80;4;OCOP-2025-001\n',
      ),
    ).toContain('1 mới');
    expect(
      await apply(
        'Mã sản phẩm,Mã chủ thể,Loại chứng nhận,Số chứng nhận,Nơi cấp,Ngày cấp\nS01,,OCOP,OCOP-2025-001,UBND tỉnh,2025-01-15\n,P01,Hữu cơ,HC-7,Tổ chức,2025-02-01\n',
      ),
    ).toContain('2 mới');
    const [organic] = (await api.store.certificates.list({ scheme: 'organic' }, { limit: 1, after: null })).items;
    expect(organic).toMatchObject({ productId: null, number: 'HC-7' });
    const ocop = (
      await api.store.certificates.list({ officeId: CAST.officeA, scheme: 'ocop' }, { limit: 5, after: null })
    ).items.find(({ number }) => number === 'OCOP-2025-001');
    expect(ocop).toMatchObject({ stars: 4, expiresOn: '2028-01-14', imported: false });
  });

  test('what was exported, as CSV and as a workbook, changes nothing when it comes back', async () => {
    for (const kind of REGISTRY_KINDS) {
      for (const format of ['csv', 'xlsx'] as const) {
        const response = await request(`${api.address}/console/export/${kind}/${format}`, {
          headers: { Cookie: office.cookie, 'Sec-Fetch-Site': 'same-origin' },
        });
        expect(response.status).toBe(200);
        const { page } = await tried(response.bytes, `x.${format}`);
        expect(page.text).toMatch(/0 mới · 0 thay đổi · [1-9]\d* như cũ · 0 chưa đúng/);
      }
    }
  });

  test('a column that is needed and not chosen, or chosen twice, is told beside it; another list is guessed anew', async () => {
    const { location } = await upload('a,b\n1,2\n');
    const path = location ?? '';
    const missing = await office.fill(path, { action: `${path}/check` });
    expect([missing.status, Object.keys(faultsOf(pageOf(missing.text)))]).toEqual([
      422,
      expect.arrayContaining(['Tên chủ thể']),
    ]);
    const twice = await office.fill(path, {
      action: `${path}/check`,
      fields: {
        'columns.ref': '0',
        'columns.name': '0',
        'columns.kind': '1',
        'columns.commune': '0',
        'columns.province': '0',
      },
    });
    expect([twice.status, twice.text.includes('được chọn hai lần')]).toEqual([422, true]);
    const again = await office.fill(path, { action: `${path}/check`, fields: { kind: 'evaluations', again: 'yes' } });
    expect(fieldOf(pageOf(again.text), 'Ngày họp').getAttribute('name')).toBe('columns.held_on');
  });

  test('what is no table is refused in words: an old workbook, text of another encoding, nothing, heads alone', async () => {
    for (const [bytes, words] of [
      [Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'khóa bằng mật khẩu'],
      [Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('Workbook', 'utf16le')]), '.xls'],
      [Buffer.from([0x4d, 0xe3, 0x0a, 0x31]), 'UTF-8'],
      [Buffer.from('Mã,Tên\n'), 'chưa có dòng nào'],
      [Buffer.from('PK\x03\x04 broken'), 'không phải Excel'],
    ] as const) {
      const page = await upload(bytes);
      expect([page.status, page.text.includes(words)]).toEqual([422, true]);
    }
  });

  test('it goes on where it stopped: a runner that ended between two chunks, and one that wrote its rows and not that it did', async () => {
    const rows = Array.from({ length: CHUNK_ROWS + 20 }, (_, at) => `R${at},HTX ${at},Hợp tác xã,Xã ${at},Phú Thọ`);
    const { path } = await tried(`ref,name,kind,commune,province\n${rows.join('\n')}\n`);
    await office.fill(path, { action: `${path}/apply` });
    const first = await nextImport(api.ctx);
    if (first === null) throw new Error('nothing to do');
    await advanceImport(first, api.ctx, async () => true);
    // As if a runner died before it recorded the chunk as done: the same chunk is run again.
    const after = await api.store.imports.get(first.id);
    expect(after).toMatchObject({ state: 'applying', done: CHUNK_ROWS });
    expect(await advanceImport(first, api.ctx, async () => true)).toBeNull();
    const page = await office.open(path);
    const [bar] = allByRole(pageOf(page.text), 'progressbar');
    expect(bar?.getAttribute('aria-valuenow')).toBe('96');
    await makeImportRunner(api.context).work();
    expect((await office.open(path)).text).toContain('Đã ghi xong');
    expect(await api.store.imports.get(first.id)).toMatchObject({
      done: CHUNK_ROWS + 20,
      counts: { new: CHUNK_ROWS + 20, changed: 0, same: 0, decide: 0, wrong: 0 },
    });
  });

  test('a runner that slept past its lease applies no further row, and whoever goes on finishes', async () => {
    const rows = Array.from({ length: 100 }, (_, i) => `Z${i};HTX Ngủ quên ${i};Hợp tác xã;Cao Phong;Phú Thọ;;`);
    const { path } = await tried(`Mã chủ thể;Tên chủ thể;Loại hình;Xã;Tỉnh;MST;Ghi chú riêng\n${rows.join('\n')}\n`);
    await office.fill(path, { action: `${path}/apply` });
    const begun = await nextImport(api.ctx);
    if (begun === null) throw new Error('nothing to do');
    // Our number at first; then ours under another number, after another runner took and released it; then another's.
    const answers = [1, 1, 2, null];
    const lease = { hold: async () => answers.shift() ?? null, release: async () => undefined };
    await makeImportRunner({ ...api.context, store: { ...api.store, lease: () => lease } }).work();
    const asleep = await api.store.imports.get(begun.id);
    expect(asleep).toMatchObject({ state: 'applying', done: 0, counts: { new: 0 } });
    await makeImportRunner(api.context).work();
    // The rows that were applied before it slept are the import's own: they count as new, not as "same".
    expect(await api.store.imports.get(begun.id)).toMatchObject({
      state: 'applied',
      done: 100,
      counts: { new: 100, changed: 0, same: 0, decide: 0, wrong: 0 },
    });
  });

  test('one that can never be applied is ended, and those behind it go on', async () => {
    const broken = await tried(PRODUCERS.replaceAll('P0', 'X0'));
    const sound = await tried(PRODUCERS.replaceAll('P0', 'Y0'));
    for (const { path } of [broken, sound]) await office.fill(path, { action: `${path}/apply` });
    const first = await nextImport(api.ctx);
    const lost = {
      ...api.store.files,
      get: async (id: string) => (id === first?.fileId ? null : api.store.files.get(id)),
    };
    const hurt = makeImportRunner({ ...api.context, store: { ...api.store, files: lost } });
    await expect(hurt.work()).rejects.toThrow(first?.id);
    expect(await api.store.imports.get(first?.id ?? '')).toMatchObject({ state: 'failed' });
    await hurt.work();
    expect(await nextImport(api.ctx)).toBeNull();
  });

  test('given up while it is applied, it stops within a few rows', async () => {
    const rows = Array.from({ length: 100 }, (_, i) => `V${i};HTX Bỏ dở ${i};Hợp tác xã;Cao Phong;Phú Thọ;;`);
    const { path } = await tried(`Mã chủ thể;Tên chủ thể;Loại hình;Xã;Tỉnh;MST;Ghi chú riêng\n${rows.join('\n')}\n`);
    await office.fill(path, { action: `${path}/apply` });
    const begun = await nextImport(api.ctx);
    if (begun === null) throw new Error('nothing to do');
    let looks = 0;
    const given = await advanceImport(begun, api.ctx, async () => {
      looks += 1;
      if (looks === 2) await office.fill(path, { action: `${path}/cancel` });
      return true;
    });
    expect([given, looks]).toEqual([null, 2]);
    // Everything recorded before it stopped is in its report.
    const ended = await api.store.imports.get(begun.id);
    expect(ended).toMatchObject({ state: 'cancelled', done: 32, counts: { new: 32 } });
    expect((await office.open(`${path}?outcome=new`)).text).toContain('HTX Bỏ dở 31');
  });

  test('given up, it leaves what it applied and does no more', async () => {
    const { path } = await tried(PRODUCERS.replaceAll('P0', 'Q0'));
    await office.fill(path, { action: `${path}/cancel` });
    await runner.work();
    expect((await office.open(path)).text).toContain('Lần nhập này đã hủy');
    expect((await office.send(`${path}/apply`, { version: '4' })).status).toBe(409);
  });

  test('an account that was shut meanwhile applies nothing', async () => {
    const { path } = await tried('ref,name,kind,commune,province\nZZ1,HTX Z,cooperative,A,B\n');
    await office.fill(path, { action: `${path}/apply` });
    await api.as('admin').patch('/users/user-officeA', 1, { disabled: true });
    await runner.work();
    const admin = await visitorAs(api, 'admin');
    expect((await admin.open(path)).text).toContain('chưa hoàn thành');
    await api.as('admin').patch('/users/user-officeA', 2, { disabled: false });
    const found = pageOf((await admin.open('/console/producers?q=htx+z')).text);
    expect(allByRole(found, 'link', 'HTX Z')).toEqual([]);
  });

  test('only an office and an admin import and export; another office’s import is not there', async () => {
    const [producer, other] = [await visitorAs(api, 'producerA1'), await visitorAs(api, 'officeB')];
    for (const path of ['/console/import', '/console/export/products/csv', '/console/import/template/products/xlsx'])
      expect((await producer.open(path)).status).toBe(403);
    const [one] = (await api.store.imports.list({ officeId: CAST.officeA }, { limit: 1, after: null })).items;
    expect((await other.open(`/console/import/${one?.id ?? ''}`)).status).toBe(404);
    expect((await other.send(`/console/import/${one?.id ?? ''}/apply`, { version: '1' })).status).toBe(404);
  });

  test('an admin says into which office a file goes, where there are several', async () => {
    const admin = await visitorAs(api, 'admin');
    const refused = await upload(PRODUCERS, 'x.csv', admin);
    expect(refused.status).toBe(422);
    const taken = await admin.fill('/console/import', {
      action: '/console/import',
      fields: { officeId: CAST.officeB },
      files: { file: { name: 'x.csv', mediaType: 'text/csv', bytes: Buffer.from(PRODUCERS) } },
    });
    expect(taken.status).toBe(200);
  });
});
