// The pages of the programme, as a browser without script uses them: forms by POST, pages by GET.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readSheet } from 'read-excel-file/node';
import { importProgramme } from '../../../../server/actions/import/import-programme.ts';
import { readNamedRows } from '../../../../server/actions/import/table-file.ts';
import { addDays } from '../../../../server/domain/calendar.ts';
import { CAST } from '../../../fixtures/api.ts';
import { formsOf } from '../../../fixtures/console.ts';
import { fieldOf, hrefOf, pageOf, textOf } from '../../../fixtures/page.ts';
import { TODAY } from '../../../fixtures/records/cast.ts';
import { api, follow, open, read, versionIn } from './programme-desk.ts';

describe('the year’s report', () => {
  test('says first: 58 products on 26/11/2020, plan 50, 8 over; the estimate stands apart, in both languages', async () => {
    const vi = await open('office', '/console/programme?year=2020&on=2020-11-26');
    expect(read(vi)).toContain('58 sản phẩm, vượt kế hoạch 8 (116%). Ước đến 15/12/2020 là 73.');
    expect(read(vi)).toContain('Kế hoạch 2021: sản phẩm mới đạt từ 3 sao trong năm 20, chủ thể tham gia 40.');
    expect(read(vi)).toContain('kế hoạch 50');
    // One drawing for wide and one for narrow screens; in each the estimate is hatched.
    const hatched = [...pageOf(vi.text).querySelectorAll('rect')].filter((bar) =>
      (bar.getAttribute('fill') ?? '').startsWith('url(#plan-hatch-'),
    );
    expect(hatched).toHaveLength(2);
    expect(read(await open('office', '/console/programme?year=2020&on=2020-11-26&lang=en'))).toContain(
      '58 products, 8 over the plan (116%). Estimated for 15/12/2020: 73.',
    );
  });

  test('a day before it nothing was reported, and the registry’s own count says that it is one', async () => {
    const text = read(await open('office', '/console/programme?year=2020&on=2020-11-25&lang=vi'));
    expect(text).toContain('0 sản phẩm, còn thiếu 50 so với kế hoạch (0%)');
    expect(text).toContain('hệ thống đếm 25/11/2020');
  });

  test('a second run of the same file changes nothing, not even the log', async () => {
    const rows = await readNamedRows(
      readFileSync(new URL('../../../../scripts/sample-registry/programme.csv', import.meta.url)),
    );
    const before = await api.auditHead();
    if (rows.ok) await importProgramme(api.actor('officeA'), { rows: rows.value }, api.ctx);
    expect(await api.auditHead()).toEqual(before);
  });

  test('the API answers the same figures, and a plan is replaced by its version alone', async () => {
    const report = await api.as('inspectorA').get('/programme/2020/report?on=2020-11-26');
    expect(report.body).toMatchObject({ year: 2020, on: '2020-11-26' });
    expect((report.body['rows'] as object[])[0]).toMatchObject({
      measure: 'products-rated',
      planned: 50,
      result: 58,
      over: 8,
      percent: 116,
      estimate: { value: 73, kind: 'estimate' },
    });
    const put = async (version: number | null, value: number): Promise<number> =>
      (await api.as('officeA').put('/programme/2024/plan', version, { targets: { 'products-rated': value } })).status;
    expect([await put(null, 10), await put(null, 11), await put(7, 11), await put(1, 11)]).toEqual([
      201, 428, 412, 200,
    ]);
    expect((await api.as('officeA').get('/programme/2024/plan')).body).toMatchObject({
      targets: { 'products-rated': 11, 'packaging-given': null },
      version: 2,
    });
    expect((await api.as('officeB').get('/programme/2024/plan')).status).toBe(404);
    expect((await api.as('admin').get('/programme/2024/plan')).status).toBe(400);
    expect(
      (await api.as('officeA').put('/programme/2024/plan', 2, { targets: { 'products-rated': 1.5 } })).status,
    ).toBe(400);
  });

  test('as .xlsx it holds the same figures as numbers, and no cell begins a formula', async () => {
    const report = await open('office', '/console/programme/report.xlsx?year=2020&on=2020-11-26&lang=vi');
    const rows = await readSheet(report.bytes, 1);
    expect(rows.find(([name]) => name === 'Sản phẩm đạt từ 3 sao')?.slice(1, 5)).toEqual([50, 58, 8, '116%']);
    const lapsing = await open('office', '/console/programme/lapsing/lapsing.xlsx?lang=vi');
    const cells = (await readSheet(lapsing.bytes, 1)).flat();
    expect(cells).toEqual(expect.arrayContaining(["'=1+1", "'@sum", 'OCOP-2024-006', 82]));
  });
});

describe('the plan', () => {
  test('is saved with what is left out as no target; a fault stands beside its field, and what was typed is kept', async () => {
    const at = '/console/programme/plan?year=2026';
    const empty = await open('office', at);
    expect(versionIn(empty)).toBe('0');
    const faulty = await open('office', at, {
      version: '0',
      'target.products-rated': 'năm mươi',
      'target.packaging-given': '30.000',
    });
    expect(faulty.status).toBe(422);
    const form = pageOf(faulty.text);
    const typed = fieldOf(form, 'Sản phẩm đạt từ 3 sao');
    expect([typed.getAttribute('value'), typed.getAttribute('aria-invalid')]).toEqual(['năm mươi', 'true']);
    expect(formsOf(faulty.text)[0]?.values['target.packaging-given']).toBe('30.000');
    const saved = await follow(
      'office',
      await open('office', at, { version: '0', 'target.products-rated': '3', 'target.packaging-given': '30.000' }),
    );
    expect(read(saved)).toContain('Đã lưu kế hoạch.');
    expect((await api.as('officeA').get('/programme/2026/plan')).body).toMatchObject({
      targets: { 'products-rated': 3, 'packaging-given': 30_000, 'stamps-given': null },
    });
    const late = await open('office', at, { version: '0', 'target.products-rated': '9' });
    expect([late.status, read(late).includes('Biểu mẫu này đã cũ')]).toEqual([422, true]);
  });

  test('a figure is recorded with its kind; one that is reported for a day to come is refused', async () => {
    const figure = { measure: 'products-rated', value: '2', asOf: '2026-12-31', kind: 'reported' };
    const refused = await open('office', '/console/programme/plan/figures?year=2026', figure);
    expect([refused.status, read(refused).includes('Không ghi số đã báo cáo cho ngày chưa đến')]).toEqual([422, true]);
    await follow(
      'office',
      await open('office', '/console/programme/plan/figures?year=2026', {
        ...figure,
        kind: 'estimate',
        figureNote: 'dự kiến',
      }),
    );
    expect(read(await open('office', '/console/programme?year=2026'))).toContain('Ước đến 31/12/2026 là 2.');
  });

  test('an inspector reads it and has no form; a producer does not', async () => {
    const page = await open('inspector', '/console/programme/plan?year=2020');
    expect([page.status, formsOf(page.text)]).toEqual([200, []]);
    expect((await open('producer', '/console/programme')).status).toBe(403);
  });
});

describe('certificates that lapse', () => {
  test('stand with days left and what is due, nearest first; the reminder is written down and its producer sees it', async () => {
    const page = await open('office', '/console/programme/lapsing');
    expect(read(page)).toMatch(/Trong 90 ngày tới: 2 .*=1\+1 .*10 ngày .*Cà phê product-a1 .*82 ngày/);
    const reminder = await open('office', '/console/programme/lapsing/certificate-1');
    expect(read(reminder)).toContain('có hiệu lực đến 14/02/2027. Hạn nộp hồ sơ đánh giá lại (17/10/2026) đã qua');
    const refused = await open('office', '/console/programme/lapsing/certificate-1', {
      kind: 'reminded',
      on: '2026-11-25',
    });
    expect(refused.status).toBe(422);
    expect(
      read(
        await follow(
          'office',
          await open('office', '/console/programme/lapsing/certificate-1', {
            kind: 'reminded',
            on: TODAY,
            note: 'gọi điện',
          }),
        ),
      ),
    ).toContain('Đã lưu.');
    expect(read(await open('office', '/console/programme/lapsing'))).toContain('đã nhắc 24/11/2026');
    expect(read(await open('producer', '/console'))).toMatch(
      /Chứng nhận Cà phê product-a1 còn 82 ngày .*Văn phòng đã nhắc ngày 24\/11\/2026/,
    );
    expect((await open('office-b', '/console/programme/lapsing/certificate-1')).status).toBe(404);
  });

  test('an extension shows in the very next view, though views read an office’s facts from memory', async () => {
    const before = read(await open('office', '/console/programme/lapsing'));
    expect(before).toContain('Trong 90 ngày tới: 2');
    const { version } = (await api.as('officeA').get('/certificates/formula')).body;
    expect(
      (
        await api
          .as('officeA')
          .patch('/certificates/formula', version, { extendedTo: addDays(TODAY, 150), evidence: 'QĐ' })
      ).status,
    ).toBe(200);
    expect(read(await open('office', '/console/programme/lapsing'))).toContain('Trong 90 ngày tới: 1');
    const facts = await api.ctx.officeFacts.of(CAST.officeA);
    expect(facts.certificates.get('formula')?.extension?.to).toBe(addDays(TODAY, 150));
  });
});

describe('support and products on their way', () => {
  test('what is given adds up in the report, and a struck line stays without counting', async () => {
    const give = { kind: 'packaging', quantity: '1.200', givenOn: TODAY, producerId: CAST.producerA1, note: 'hộp' };
    expect((await open('office', '/console/programme/support/new', { ...give, quantity: '0' })).status).toBe(422);
    expect(
      (await open('office', '/console/programme/support/new', { ...give, producerId: CAST.producerB1 })).status,
    ).toBe(422);
    await follow('office', await open('office', '/console/programme/support/new', give));
    const listed = await follow(
      'office',
      await open('office', '/console/programme/support/new', { ...give, quantity: '300', producerId: '' }),
    );
    for (const line of [
      'Bao bì, nhãn 300 Nhiều chủ thể',
      'Bao bì, nhãn 1.200 HTX producer-a1',
      'Tổng trong năm Bao bì, nhãn 1.500',
    ])
      expect(read(listed)).toContain(line);
    const rows = [...pageOf(listed.text).querySelectorAll('tr')];
    const row = rows.find((one) => textOf(one).includes('Nhiều chủ thể'));
    const strike = row?.querySelector('a[href$="/strike"]')?.getAttribute('href') ?? '';
    expect((await open('office', strike, { reason: '' })).status).toBe(422);
    const struck = await follow('office', await open('office', strike, { reason: 'ghi nhầm' }));
    expect(read(struck)).toMatch(/Gạch ngày 24\/11\/2026: ghi nhầm .*Tổng trong năm Bao bì, nhãn 1\.200/);
    expect((await open('office-b', strike)).status).toBe(404);
  });

  test('a candidate needs a maker, moves on by step, and says when it can be judged', async () => {
    const fields = { name: 'Bưởi đỏ', group: 'food', stage: 'idea', year: '2026', months: ['1', '2'] };
    const faulty = await open('office', '/console/programme/candidates/new', fields);
    expect([faulty.status, read(faulty).includes('Xin chọn chủ thể hoặc ghi tên.')]).toEqual([422, true]);
    expect(fieldOf(pageOf(faulty.text), 'Tháng 2').getAttribute('checked')).not.toBeNull();
    const listed = await follow(
      'office',
      await open('office', '/console/programme/candidates/new', { ...fields, maker: 'Hộ bà Lan' }),
    );
    expect(read(listed)).toMatch(/Bưởi đỏ Hộ bà Lan Thực phẩm Ý tưởng 24\/11\/2026 từ tháng 01\/2027/);
    const one = hrefOf(pageOf(listed.text), 'Bưởi đỏ');
    const form = await open('office', one);
    const moved = await follow(
      'office',
      await open('office', one, {
        ...fields,
        maker: 'Hộ bà Lan',
        stage: 'council',
        months: '11',
        version: versionIn(form),
      }),
    );
    expect(read(moved)).toMatch(/Chờ Hội đồng đánh giá 24\/11\/2026 ngay bây giờ/);
    expect(read(await open('office', '/console'))).toContain('1 sản phẩm đang có mẫu để đánh giá Bưởi đỏ.');
    expect((await open('office-b', one)).status).toBe(404);
  });
});
