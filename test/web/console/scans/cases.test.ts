// What the desk sees of scans, cases, complaints and recalls.

import { beforeAll, describe, expect, test } from '@jest/globals';
import { keysOf } from '../../../../server/actions/batches/sealed-batch.ts';
import { fileComplaint, fileComplaintInput } from '../../../../server/actions/market/file-complaint.ts';
import { listCases } from '../../../../server/actions/market/find-cases.ts';
import { handleCase, handleCaseInput } from '../../../../server/actions/market/handle-case.ts';
import { CAST } from '../../../fixtures/api.ts';
import { formsOf } from '../../../fixtures/console.ts';
import { linksTo, pageOf } from '../../../fixtures/page.ts';
import { aScan } from '../../../fixtures/records/scans.ts';
import { api, batchId, follow, open, read, verdictOf, versionIn } from '../programme/programme-desk.ts';

describe('what happened to stamps', () => {
  beforeAll(async () => {
    for (let i = 0; i < 24; i++) {
      const province = i % 2 === 0 ? 'Hà Nội' : 'Cà Mau';
      await api.store.scans.record(
        aScan({
          id: `seen-${i}`,
          batchId,
          serial: i < 20 ? 7 : 100 + i,
          visitor: `v${i}`,
          province,
          at: new Date(Date.parse('2026-11-23T03:00:00.000Z') + i * 60_000).toISOString(),
          day: '2026-11-23',
        }),
      );
    }
  });

  test('is drawn by day and province with the figures beneath; first scans and repeats are told apart', async () => {
    const page = await open('producer', '/console/scans');
    const text = read(page);
    expect(text).toContain('24 lượt trong 30 ngày, nhiều nhất 24 lượt ngày 23/11/2026.');
    expect(text).toContain('Tem được quét ở 2 tỉnh');
    expect(text).toContain('5 tem được quét lần đầu, 19 lượt quét lại. 5/500 tem đã cấp đã có người quét.');
    const repeats = [...pageOf(page.text).querySelectorAll('svg [fill="#8a5a00"]')];
    expect(repeats).not.toEqual([]);
    expect([...pageOf(page.text).querySelectorAll('details')]).toHaveLength(3);
    expect(read(await open('office-b', '/console/scans'))).not.toContain('23/11/2026.');
    expect((await open('producer', '/console/scans?from=2026-01-01&to=2026-11-24')).status).toBe(422);
    expect(read(await open('office', `/console/scans?producerId=${CAST.producerA2}`))).toContain('Chưa có đợt tem nào');
  });

  test('a stamp that looks copied is a case with its reasons, is closed, and comes back only with more', async () => {
    const list = await open('office', '/console/scans/cases');
    expect(read(list)).toMatch(/Tem 7, đợt \w{6} .*20 lượt người quét một con tem .*mới/);
    const at = `/console/scans/cases/${batchId}/7`;
    const one = await open('office', at);
    expect(read(one)).toContain('ngưỡng mở vụ việc: 8');
    expect(linksTo(pageOf(one.text), '/console/producers/')).toEqual([`/console/producers/${CAST.producerA1}`]);
    expect((await open('office-b', at)).status).toBe(404);
    expect((await open('producer', at, { state: 'closed' })).status).toBe(403);
    expect(formsOf((await open('producer', at)).text)).toEqual([]);
    const unsaid = await open('office', at, { state: 'closed', known: '0', note: 'Khách quen' });
    expect([unsaid.status, read(unsaid).includes('Khách quen')]).toEqual([422, true]);
    const refused = await open('office', at, {
      state: 'closed',
      outcome: 'mistake',
      step: 'void',
      known: '0',
      note: 'x',
    });
    expect([refused.status, read(refused).includes('Nhầm thì không hủy tem')]).toEqual([422, true]);
    expect((await api.store.batches.get(batchId))?.voids).toEqual([]);
    const closed = await follow(
      'office',
      await open('office', at, { state: 'closed', outcome: 'mistake', known: '0', note: 'Khách quen' }),
    );
    expect(read(closed)).toContain('đã đóng, 24/11/2026: Khách quen');
    expect((await open('producer', at)).text).not.toContain('Khách quen');
    expect((await open('office', at, { state: 'looking', known: '0' })).status).toBe(422);
    const states = async (): Promise<string[]> => {
      const cases = await listCases(api.actor('officeA'), {}, api.ctx);
      return cases.ok ? cases.value.rows.map(({ state }) => state) : [];
    };
    expect(await states()).toEqual(['closed']);
    // Twice the bound: 16 visitors, and not 15.
    const visit = (i: number): Promise<unknown> =>
      api.store.scans.record(
        aScan({
          id: `more-${i}`,
          batchId,
          serial: 7,
          visitor: `m${i}`,
          province: 'Hà Nội',
          at: `2026-11-24T01:${i + 10}:00.000Z`,
        }),
      );
    for (let i = 0; i < 15; i++) await visit(i);
    expect(await states()).toEqual(['closed']);
    await visit(15);
    expect(await states()).toEqual(['new']);
    expect(
      await handleCase(
        api.actor('inspectorA'),
        { batchId, serial: 3, version: 0, handling: handleCaseInput.parse({ state: 'closed', outcome: 'copied' }) },
        api.ctx,
      ),
    ).toMatchObject({ ok: false, problem: { code: 'not-found' } });
  });

  test('complaints are read, handled by the office, and told to the producer without names', async () => {
    const batch = await api.store.batches.get(batchId);
    if (batch === null) throw new Error('no batch');
    const complaint = fileComplaintInput.parse({
      about: 'opened',
      message: 'Nắp đã mở <b>',
      where: 'Chợ Mơ',
      contact: '0900 000 000',
    });
    await fileComplaint({ kind: 'public' }, { code: keysOf(api.ctx, batch).codeOf(9), complaint }, api.ctx);
    const list = await open('office', '/console/complaints?state=new');
    const [one = ''] = linksTo(pageOf(list.text), '/console/complaints/');
    const page = await open('office', one);
    // The raw text: input must not become markup.
    expect(page.text).toContain('Nắp đã mở &lt;b&gt;');
    expect(read(page)).toContain('0900 000 000');
    // What to do next: about the goods, the lot, and whom to ask.
    expect(linksTo(pageOf(page.text), '/console/')).toEqual(
      expect.arrayContaining([
        `/console/batches/${batchId}`,
        `/console/products/${batch.productId}`,
        `/console/lots/${batch.lotId}`,
        `/console/producers/${batch.producerId}`,
      ]),
    );
    expect(read(await open('producer', one))).not.toMatch(/0900|Chợ Mơ/);
    const done = await follow(
      'office',
      await open('office', one, { state: 'closed', note: 'đã gọi lại', version: versionIn(page) }),
    );
    expect(read(done)).toContain('đã xong');
    expect((await open('office-b', one)).status).toBe(404);
  });
});

describe('a recall', () => {
  test('is found, previewed, worded in both languages, and told by the very next scan; withdrawn, it is over as soon', async () => {
    expect(await verdictOf(50)).toBe('valid');
    const found = await open('office', '/console/recalls/new?q=cmt-2611-01');
    expect(found.text).toContain('/console/recalls/new?lotId=lot-1');
    expect(read(await open('office', '/console/recalls/new?q=ca+phe'))).toContain('Cà phê product-a2');
    const preview = await open('office', '/console/recalls/new?lotId=lot-1');
    expect(read(preview)).toMatch(
      /Phạm vi ảnh hưởng Tem 500 Đang kích hoạt 500 Đã có người quét 6 Đã được quét ở: .*Hà Nội \(/,
    );
    const words = { lotId: 'lot-1', reasonVi: 'Mốc', adviceVi: 'Xin đừng dùng', reasonEn: 'Mould', adviceEn: '' };
    const unsure = await open('office', '/console/recalls/new', words);
    expect([
      unsure.status,
      Object.values(formsOf(unsure.text)[0]?.values ?? {}).includes('Mốc'),
      read(unsure).includes('Xin đánh dấu để xác nhận'),
    ]).toEqual([422, true, true]);
    expect((await open('office', '/console/recalls/new', { ...words, sure: 'on', reasonVi: '' })).status).toBe(422);
    expect(await verdictOf(50)).toBe('valid');
    const startedMs = performance.now();
    const made = await open('office', '/console/recalls/new', { ...words, sure: 'on' });
    expect(await verdictOf(50)).toBe('recalled');
    expect(performance.now() - startedMs).toBeLessThan(5_000);
    const page = await follow('office', made);
    expect(read(page)).toContain('Đã ghi lệnh thu hồi.');
    expect(read(await open('office', '/console/recalls/new?lotId=lot-1'))).toContain(
      'Đã có lệnh thu hồi đang có hiệu lực',
    );
    expect(read(await open('producer', '/console'))).toContain('Lô CMT-2611-01 đang bị thu hồi');
    const at = made.location.split('?')[0] ?? '';
    expect((await open('producer', `${at}/withdraw`, { note: '' })).status).toBe(403);
    expect((await open('office-b', at)).status).toBe(404);
    expect(read(await follow('office', await open('office', `${at}/withdraw`, { note: 'đã xử lý' })))).toContain(
      'đã rút',
    );
    expect(await verdictOf(50)).toBe('valid');
  });

  test('of a range touches its serials alone; a producer recalls its own lots and nothing else', async () => {
    const preview = await open('office', `/console/recalls/new?batchId=${batchId}&from=1&to=10`);
    expect(read(preview)).toMatch(/Tem 1 đến 10, đợt .* Tem 10 Đang kích hoạt 10 Đã có người quét [12]/);
    expect((await open('producer', `/console/recalls/new?batchId=${batchId}&from=1&to=10`)).status).toBe(403);
    expect((await open('producer', '/console/recalls/new?lotId=lot-1')).status).toBe(200);
    expect((await open('office-b', '/console/recalls/new?lotId=lot-1')).status).toBe(404);
    expect((await open('inspector', '/console/recalls/new')).status).toBe(403);
  });
});
