// The pages of the programme, of scans and of recalls, and each role's home, as a browser without script uses them: forms by POST,
// pages by GET, over a whole service with an embedded store.

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import express from 'express';
import { readSheet } from 'read-excel-file/node';
import { handleCase } from '../../../server/actions/market/handle-case.ts';
import { listCases } from '../../../server/actions/market/find-cases.ts';
import { fileComplaint, fileComplaintInput } from '../../../server/actions/market/file-complaint.ts';
import { importProgramme } from '../../../server/actions/import/import-programme.ts';
import { makeUser } from '../../../server/actions/people/make-user.ts';
import { readNamedRows } from '../../../server/actions/import/table-file.ts';
import { keysOf } from '../../../server/actions/batches/sealed-batch.ts';
import { saveNew } from '../../../server/actions/kit/save.ts';
import { addDays } from '../../../server/domain/calendar.ts';
import { axisTicks } from '../../../server/web/console/programme/axis.ts';
import type { ConsoleRoute } from '../../../server/web/console/console-route.ts';
import { homeRoutes } from '../../../server/web/console/home/home-page.ts';
import { programmeRoutes } from '../../../server/web/console/programme/routes.ts';
import { recallRoutes } from '../../../server/web/console/recalls/routes.ts';
import { consoleRouter } from '../../../server/web/console/router.ts';
import { allScansRoutes } from '../../../server/web/console/scans/routes.ts';
import { decide } from '../../../server/actions/kit/rights.ts';
import { CAST, openTestApi, type Name, type TestApi } from '../../fixtures/api.ts';
import { aCertificate, aLot, aProduct, aScan, MADE_AT, TODAY } from '../../fixtures/records.ts';

const PASSWORD = 'mật khẩu đủ dài';
const ROUTES: readonly ConsoleRoute[] = [...homeRoutes, ...programmeRoutes, ...allScansRoutes, ...recallRoutes];
const LOGINS = {
  producer: 'producerA1',
  inspector: 'inspectorA',
  office: 'officeA',
  admin: 'admin',
} as const satisfies Record<string, Name>;
type Login = keyof typeof LOGINS | 'office-b';

interface Page {
  status: number;
  location: string;
  text: string;
  bytes: Buffer;
}

let api: TestApi;
let server: Server;
let address: string;
let batchId: string;
const cookies = new Map<Login, string>();

async function open(login: Login, path: string, form?: Record<string, string | string[]>): Promise<Page> {
  const body =
    form === undefined
      ? null
      : new URLSearchParams(
          Object.entries(form).flatMap(([name, values]) =>
            [values].flat().map((value): [string, string] => [name, value]),
          ),
        );
  const response = await fetch(address + path, {
    method: body === null ? 'GET' : 'POST',
    redirect: 'manual',
    headers: { Cookie: cookies.get(login) ?? '', ...(body === null ? {} : { Origin: address }) },
    ...(body === null ? {} : { body }),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  return {
    status: response.status,
    location: response.headers.get('Location') ?? '',
    text: bytes.toString('utf8'),
    bytes,
  };
}

/** What a person reads: text alone, blanks as one. */
function read({ text }: Page): string {
  return text
    .replaceAll(/<(?:style|script)[\s\S]*?<\/(?:style|script)>|<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll(/\s+/g, ' ');
}

async function follow(login: Login, page: Page): Promise<Page> {
  expect(page.status).toBe(303);
  return open(login, page.location);
}

function versionIn({ text }: Page): string {
  return /name="version" value="(\d+)"/.exec(text)?.[1] ?? '';
}

async function verdictOf(serial: number): Promise<string> {
  const batch = await api.store.batches.get(batchId);
  if (batch === null) throw new Error('no batch');
  const answer = await fetch(`${api.address}/t/${keysOf(api.ctx, batch).codeOf(serial)}`, {
    headers: { Accept: 'application/json' },
  });
  return String(((await answer.json()) as { verdict: string }).verdict);
}

async function keep(collection: 'certificates' | 'lots' | 'products', doc: object): Promise<void> {
  await saveNew(api.ctx, api.actor('admin'), { collection, doc: doc as never, action: 'test', answer: null });
}

beforeAll(async () => {
  api = await openTestApi();
  const app = express()
    .disable('x-powered-by')
    .use(consoleRouter(() => api.context));
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  address = typeof bound === 'object' && bound !== null ? `http://127.0.0.1:${bound.port}` : '';
  const admin = api.actor('admin');
  const people: [Login, object][] = [
    ['producer', { role: 'producer', producerId: CAST.producerA1 }],
    ['inspector', { role: 'inspector', officeId: CAST.officeA }],
    ['office', { role: 'office', officeId: CAST.officeA }],
    ['office-b', { role: 'office', officeId: CAST.officeB }],
    ['admin', { role: 'admin' }],
  ];
  for (const [login, who] of people) {
    await makeUser(
      admin,
      { login, name: login, password: PASSWORD, ...who } as Parameters<typeof makeUser>[1],
      api.ctx,
    );
    const answer = await fetch(`${address}/login`, {
      method: 'POST',
      redirect: 'manual',
      headers: { Origin: address },
      body: new URLSearchParams({ login, password: PASSWORD }),
    });
    cookies.set(login, (answer.headers.get('Set-Cookie') ?? '').split(';')[0] ?? '');
  }
  const place = { officeId: CAST.officeA, producerId: CAST.producerA1 };
  await keep(
    'lots',
    aLot({
      ...place,
      productId: CAST.productA1,
      number: 'CMT-2611-01',
      expiresOn: addDays(TODAY, 7),
      firstActivatedAt: MADE_AT,
    }),
  );
  await keep(
    'certificates',
    aCertificate({
      ...place,
      productId: CAST.productA1,
      number: 'OCOP-2024-006',
      issuedOn: '2024-02-15',
      expiresOn: addDays(TODAY, 82),
      evaluationId: null,
      imported: true,
    }),
  );
  await keep(
    'products',
    aProduct({ id: 'formula', officeId: CAST.officeA, producerId: CAST.producerA2, name: '=1+1' }),
  );
  await keep(
    'certificates',
    aCertificate({
      id: 'formula',
      officeId: CAST.officeA,
      producerId: CAST.producerA2,
      productId: 'formula',
      number: '@sum',
      issuedOn: '2024-01-01',
      expiresOn: addDays(TODAY, 10),
      evaluationId: null,
      imported: true,
    }),
  );
  batchId = String((await api.as('officeA').post('/batches', { lotId: 'lot-1', quantity: 500 })).body['id']);
  const rows = await readNamedRows(
    readFileSync(new URL('../../../scripts/sample-registry/programme.csv', import.meta.url)),
  );
  if (!rows.ok) throw new Error(rows.problem.detail);
  const imported = await importProgramme(api.actor('officeA'), { rows: rows.value }, api.ctx);
  if (!imported.ok || imported.value.figures !== 8) throw new Error('the sample’s eight figures were not taken over');
});
beforeEach(() => api.setNow(MADE_AT));
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await api.close();
});

describe('the year’s report', () => {
  test('says first: 58 products on 26/11/2020, plan 50, 8 over; the estimate stands apart, in both languages', async () => {
    const vi = await open('office', '/console/programme?year=2020&on=2020-11-26');
    expect(read(vi)).toContain('58 sản phẩm, vượt kế hoạch 8 (116%). Ước đến 15/12/2020 là 73.');
    expect(read(vi)).toContain('Kế hoạch 2021: sản phẩm mới đạt từ 3 sao trong năm 20, chủ thể tham gia 40.');
    expect(vi.text).toMatch(/kế hoạch 50<\/text>/);
    expect(vi.text.match(/url\(#plan-hatch-\d+\)"/g)).toHaveLength(2);
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
      readFileSync(new URL('../../../scripts/sample-registry/programme.csv', import.meta.url)),
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
    expect(faulty.text).toMatch(/value="năm mươi"[^>]*aria-invalid="true"/);
    expect(faulty.text).toContain('value="30.000"');
    const saved = await follow(
      'office',
      await open('office', at, { version: '0', 'target.products-rated': '3', 'target.packaging-given': '30.000' }),
    );
    expect(read(saved)).toContain('Đã lưu kế hoạch.');
    expect((await api.as('officeA').get('/programme/2026/plan')).body).toMatchObject({
      targets: { 'products-rated': 3, 'packaging-given': 30_000, 'stamps-given': null },
    });
    const late = await open('office', at, { version: '0', 'target.products-rated': '9' });
    expect([late.status, read(late).includes('Mẫu này đã cũ')]).toEqual([422, true]);
  });

  test('a figure is recorded with its kind; one that is reported for a day to come is refused', async () => {
    const figure = { measure: 'products-rated', value: '2', asOf: '2026-12-31', kind: 'reported' };
    const refused = await open('office', '/console/programme/plan/figures?year=2026', figure);
    expect([refused.status, read(refused).includes('không thể của ngày chưa đến')]).toEqual([422, true]);
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
    expect([page.status, page.text.includes('<form class="form"')]).toEqual([200, false]);
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
    ).toContain('Đã ghi lại.');
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
    const row = listed.text.split('<tr').find((one) => one.includes('Nhiều chủ thể')) ?? '';
    const strike = /href="([^"]+\/strike)"/.exec(row)?.[1] ?? '';
    expect((await open('office', strike, { reason: '' })).status).toBe(422);
    const struck = await follow('office', await open('office', strike, { reason: 'ghi nhầm' }));
    expect(read(struck)).toMatch(/Gạch ngày 24\/11\/2026: ghi nhầm .*Tổng trong năm Bao bì, nhãn 1\.200/);
    expect((await open('office-b', strike)).status).toBe(404);
  });

  test('a candidate needs a maker, moves on by step, and says when it can be judged', async () => {
    const fields = { name: 'Bưởi đỏ', group: 'food', stage: 'idea', year: '2026', months: ['1', '2'] };
    const faulty = await open('office', '/console/programme/candidates/new', fields);
    expect([faulty.status, read(faulty).includes('Xin chọn chủ thể hoặc ghi tên.')]).toEqual([422, true]);
    expect(faulty.text).toMatch(/value="2" checked/);
    const listed = await follow(
      'office',
      await open('office', '/console/programme/candidates/new', { ...fields, maker: 'Hộ bà Lan' }),
    );
    expect(read(listed)).toMatch(/Bưởi đỏ Hộ bà Lan Thực phẩm Ý tưởng 24\/11\/2026 từ tháng 01\/2027/);
    const one = /href="(\/console\/programme\/candidates\/[0-9a-z]{20})"/.exec(listed.text)?.[1] ?? '';
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
    expect(read(moved)).toMatch(/Chờ hội đồng 24\/11\/2026 ngay bây giờ/);
    expect(read(await open('office', '/console'))).toContain('1 sản phẩm đang có mẫu để chấm Bưởi đỏ.');
    expect((await open('office-b', one)).status).toBe(404);
  });
});

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
    expect(text).toContain('5 tem được quét lần đầu, 19 lượt quét lại. 5 trong 500 tem đã phát hành đã có người quét.');
    expect(page.text).toMatch(/fill="#8a5a00"\/>/);
    expect(page.text.match(/<details>/g)).toHaveLength(3);
    expect(read(await open('office-b', '/console/scans'))).not.toContain('23/11/2026.');
    expect((await open('producer', '/console/scans?from=2026-01-01&to=2026-11-24')).status).toBe(422);
    expect(read(await open('office', `/console/scans?producerId=${CAST.producerA2}`))).toContain('Chưa có đợt tem nào');
  });

  test('a stamp that looks copied is a case with its reasons, is closed, and comes back only with more', async () => {
    const list = await open('office', '/console/scans/cases');
    expect(read(list)).toMatch(
      /Tem 7, đợt \w{6} .*lần được quét ở hai nơi quá xa nhau .*20 lượt khách trên một con tem .*mới/,
    );
    const at = `/console/scans/cases/${batchId}/7`;
    const one = await open('office', at);
    expect(read(one)).toContain('mở việc từ 20');
    expect((await open('office-b', at)).status).toBe(404);
    expect((await open('producer', at, { state: 'closed' })).status).toBe(403);
    expect((await open('producer', at)).text).not.toContain('name="note"');
    const closed = await follow(
      'office',
      await open('office', at, { state: 'closed', known: '0', note: 'Tem trưng bày' }),
    );
    expect(read(closed)).toContain('đã đóng, 24/11/2026: Tem trưng bày');
    expect((await open('producer', at)).text).not.toContain('Tem trưng bày');
    expect((await open('office', at, { state: 'looking', known: '0' })).status).toBe(422);
    const states = async (): Promise<string[]> => {
      const cases = await listCases(api.actor('officeA'), {}, api.ctx);
      return cases.ok ? cases.value.rows.map(({ state }) => state) : [];
    };
    expect(await states()).toEqual(['closed']);
    for (const [i, province] of ['Hà Nội', 'Cà Mau', 'Hà Nội'].entries()) {
      await api.store.scans.record(
        aScan({
          id: `more-${i}`,
          batchId,
          serial: 7,
          visitor: `m${i}`,
          province,
          at: `2026-11-24T01:0${i * 2}:00.000Z`,
        }),
      );
    }
    expect(await states()).toEqual(['new']);
    expect(
      await handleCase(
        api.actor('inspectorA'),
        { batchId, serial: 3, version: 0, handling: { state: 'closed', note: null } },
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
    const one = /href="(\/console\/complaints\/[^"]+)"/.exec(list.text)?.[1] ?? '';
    const page = await open('office', one);
    expect(page.text).toContain('Nắp đã mở &lt;b&gt;');
    expect(read(page)).toContain('0900 000 000');
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
      /Lệnh này sẽ chạm tới Tem 500 Đang kích hoạt 500 Đã có người quét 6 Đã được quét ở: .*Hà Nội \(/,
    );
    const words = { lotId: 'lot-1', reasonVi: 'Mốc', adviceVi: 'Xin đừng dùng', reasonEn: 'Mould', adviceEn: '' };
    const unsure = await open('office', '/console/recalls/new', words);
    expect([
      unsure.status,
      unsure.text.includes('>Mốc</textarea>'),
      read(unsure).includes('Xin đánh dấu vào ô này'),
    ]).toEqual([422, true, true]);
    expect((await open('office', '/console/recalls/new', { ...words, sure: 'on', reasonVi: '' })).status).toBe(422);
    expect(await verdictOf(50)).toBe('valid');
    const startedMs = performance.now();
    const made = await open('office', '/console/recalls/new', { ...words, sure: 'on' });
    expect(await verdictOf(50)).toBe('recalled');
    expect(performance.now() - startedMs).toBeLessThan(5_000);
    const page = await follow('office', made);
    expect(read(page)).toContain('Đã ghi lệnh thu hồi.');
    expect(read(await open('office', '/console/recalls/new?lotId=lot-1'))).toContain('Đã có lệnh thu hồi đang đứng');
    expect(read(await open('producer', '/console'))).toContain('Lô CMT-2611-01 đang thu hồi');
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

describe('every page', () => {
  const FIXED = ROUTES.filter(({ method, path }) => method === 'get' && !path.includes(':') && !path.endsWith('.xlsx'));

  test.each(['vi', 'en'] as const)(
    'has one h1, all its words in %s, and opens to the roles of its right alone',
    async (language) => {
      for (const { path, right } of FIXED) {
        for (const login of ['producer', 'inspector', 'office'] as const) {
          const may =
            right === 'signed-in' ||
            right === 'public' ||
            decide(api.actor(LOGINS[login]), right, null).kind !== 'refused';
          const page = await open(login, `${path}?lang=${language}`);
          expect({ path, login, status: page.status }).toEqual({ path, login, status: may ? 200 : 403 });
          expect(page.text.match(/<h1>/g)).toHaveLength(1);
          expect(page.text).toContain(`<html lang="${language}"`);
          expect(read(page)).not.toMatch(/undefined|\[object|NaN|null/);
        }
      }
    },
  );

  test('of an admin over several offices asks which one first', async () => {
    for (const path of ['/console/programme', '/console/scans', '/console/scans/cases', '/console/recalls/new']) {
      const page = await open('admin', path);
      expect({ path, status: page.status, asks: page.text.includes(`officeId=${CAST.officeB}`) }).toEqual({
        path,
        status: 200,
        asks: true,
      });
    }
    expect((await open('admin', `/console/programme?officeId=${CAST.officeA}&year=2020`)).text).toContain('58');
    expect((await open('admin', '/console/programme?officeId=nobody')).status).toBe(404);
    expect((await open('office-b', `/console/programme?officeId=${CAST.officeA}`)).status).toBe(404);
  });

  test('leads somewhere: every link of every home opens', async () => {
    for (const login of ['producer', 'inspector', 'office', 'admin'] as const) {
      const home = await open(login, '/console');
      expect(home.status).toBe(200);
      const main = /<main[\s\S]*<\/main>/.exec(home.text)?.[0] ?? '';
      for (const [, href = ''] of main.matchAll(/href="(\/[^"]+)"/g))
        expect({ login, href, status: (await open(login, href.replaceAll('&amp;', '&'))).status }).toEqual({
          login,
          href,
          status: 200,
        });
    }
  });
});

test('an axis has round steps from 0 to at least the most, in few of them', () => {
  expect([0, 1, 3, 9, 58, 73, 1_234].map((max) => axisTicks(max))).toEqual([
    [0, 1],
    [0, 1],
    [0, 1, 2, 3],
    [0, 5, 10],
    [0, 20, 40, 60],
    [0, 20, 40, 60, 80],
    [0, 500, 1_000, 1_500],
  ]);
});
