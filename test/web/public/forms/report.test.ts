// Reports of stamps that are not ours: the form, its photographs, the office that gets it, and what its sender reads.

import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import supertest from 'supertest';
import { REPORT_PHOTOS_MAX, type StampReport } from '../../../../server/domain/market/stamp-report.ts';
import { formatStampCode } from '../../../../server/domain/stamp/stamp-code.ts';
import { CAST } from '../../../fixtures/api.ts';
import { api, code, server } from '../public-desk.ts';

const GOODS = { goods: 'Chè xanh gói 200 g', province: 'Lâm Đồng', place: 'Chợ Đà Lạt' };
const forgedOf = (own: string): string => own.slice(0, -1) + (own.endsWith('0') ? '1' : '0');

const send = (fields: Record<string, string>, language = 'vi'): supertest.Test =>
  supertest(server).post(`/report?lang=${language}`).type('form').send(fields);
const picture = (): Promise<Buffer> =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: '#22406b' } })
    .jpeg()
    .toBuffer();

async function filedAt(location: string | undefined): Promise<StampReport> {
  const number = /L-[0-9A-Z]{6}/.exec(location ?? '')?.[0] ?? '';
  const report = await api.store.stampReports.findBy('number', [number]);
  if (report === null) throw new Error(`no report ${number}`);
  return report;
}

describe('a stamp that is not ours', () => {
  test('is reported from the refusal page, with what was read', async () => {
    const forged = forgedOf(code);
    const refused = await supertest(server).get(`/t/${forged}?lang=vi`);
    expect(refused.text).toContain('đừng chỉ hỏi người bán');
    const way = /href="(\/report\?code=[^"]+)"/.exec(refused.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const form = await supertest(server).get(way);
    expect([form.status, form.text.includes(`value="${forged}"`)]).toEqual([200, true]);
    expect(form.text).toContain('Văn phòng OCOP A');
  });

  test('leads to its page, and lies with the only office of its province beside others of the same source', async () => {
    const answer = await send({ ...GOODS, readAs: 'https://tem-la.vn/7', says: 'OCOP 5 sao' });
    expect([answer.status, answer.headers['location']]).toEqual([303, expect.stringContaining('/phan-anh/L-')]);
    const report = await filedAt(answer.headers['location']);
    expect(report).toMatchObject({ source: 'host:tem-la.vn', goods: GOODS.goods, says: 'OCOP 5 sao', state: 'new' });
    const page = await supertest(server).get(String(answer.headers['location']));
    for (const words of ['Đã nhận, cảm ơn bạn', report.number, 'Gửi thêm ảnh']) expect(page.text).toContain(words);

    await send({ ...GOODS, readAs: 'tem-la.vn/8' });
    const { items } = (await api.as('admin').get('/stamp-reports?source=host:tem-la.vn')).body as { items: unknown[] };
    expect(items).toHaveLength(2);
  });

  test('goes to the office of its place, and to the programme where none or several keep it', async () => {
    const offices = (await api.as('admin').get('/offices')).body as { items: { id: string; province: string }[] };
    const own = offices.items.find(({ id }) => id === CAST.officeA)?.province ?? '';
    const alone = offices.items.filter(({ province }) => province === own).length === 1;
    const there = await filedAt((await send({ ...GOODS, province: own })).headers['location']);
    expect(there.officeId).toBe(alone ? CAST.officeA : null);
    const nowhere = await filedAt((await send({ ...GOODS, province: 'Cà Mau' })).headers['location']);
    expect(nowhere.officeId).toBe(null);
    expect((await api.as('officeA').get(`/stamp-reports/${nowhere.id}`)).status).toBe(404);
    const handed = await api.as('admin').patch(`/stamp-reports/${nowhere.id}`, 1, { officeId: CAST.officeA });
    expect([handed.status, (await api.as('officeA').get(`/stamp-reports/${nowhere.id}`)).status]).toEqual([200, 200]);
    const back = await api.as('officeA').patch(`/stamp-reports/${nowhere.id}`, 2, { officeId: CAST.officeB });
    expect(back.status).toBe(403);
  });

  test('keeps which batch of ours its code names, and never a whole code of ours', async () => {
    const copied = await filedAt((await send({ ...GOODS, readAs: forgedOf(code) })).headers['location']);
    expect([copied.batchId, copied.source]).toEqual([code.slice(0, 6), `code:${code.slice(0, 6)}`]);
    const own = await send({ ...GOODS, readAs: formatStampCode(code) });
    expect([own.status, own.text.includes(`href="/t/${code}?lang=vi"`)]).toEqual([400, true]);
    const json = await supertest(server).post('/report').send({ goods: 'Chè', readAs: code });
    expect([json.status, json.body]).toEqual([
      400,
      expect.objectContaining({ errors: [expect.objectContaining({ path: ['readAs'], code: 'ours' })] }),
    ]);
  });

  test('with something missing or wrong the form comes back filled, each fault beside its field', async () => {
    const answer = await send({ goods: ' ', province: 'Paris', says: 'Tem <đẹp>', contact: 'x'.repeat(201) }, 'en');
    expect(answer.status).toBe(400);
    for (const words of [
      '<title>Not sent: ',
      'Tem &lt;đẹp&gt;</textarea>',
      '<a href="#goods">Please say what goods carry the stamp.</a>',
      'id="province-fault"',
      '200 characters at most',
    ])
      expect(answer.text).toContain(words);
  });

  test('a change of language keeps what was typed, and says that a photograph must be chosen again', async () => {
    const answer = await send({ ...GOODS, stampPhoto: 'tem.jpg', switch: 'en' });
    expect([answer.status, answer.text.includes('role="alert"')]).toEqual([200, false]);
    for (const words of [
      '<html lang="en">',
      `value="${GOODS.goods}"`,
      '<option selected>Lâm Đồng',
      'choose the photograph again',
    ])
      expect(answer.text).toContain(words);
    expect(answer.text).toContain('formenctype="application/x-www-form-urlencoded"');
  });

  test('plain fields beyond 64 KB are not read, and the page leads back to the form', async () => {
    const answer = await send({ goods: 'x'.repeat(70_000) });
    expect([answer.status, answer.text.includes('quá lớn')]).toEqual([413, true]);
  });

  test('as JSON it answers number and page', async () => {
    const answer = await supertest(server).post('/report').send({ goods: 'Chè' });
    expect([answer.status, answer.body]).toEqual([
      201,
      { number: expect.stringMatching(/^L-[0-9A-Z]{6}$/), page: expect.stringMatching(/^\/phan-anh\/L-.{6}\?key=/) },
    ]);
    expect((await supertest(server).post('/report').send({})).status).toBe(400);
  });
});

describe('photographs', () => {
  test('come with the form, are made smaller, and only those who handle it see them', async () => {
    const sent = await supertest(server)
      .post('/report')
      .field('goods', 'Cam')
      .attach('stampPhoto', await picture(), 'tem.jpg')
      .attach('packPhoto', Buffer.from('no picture'), 'goi.jpg');
    const to = String(sent.headers['location']);
    expect([sent.status, to]).toEqual([303, expect.stringContaining('photos=unread')]);
    const report = await filedAt(to);
    expect([report.stampFileIds.length, report.packFileIds.length]).toEqual([1, 0]);
    const page = await supertest(server).get(to);
    for (const words of ['Có ảnh chưa nhận được', 'Đã nhận 1 ảnh.']) expect(page.text).toContain(words);
    const [fileId = ''] = report.stampFileIds;
    const shown = await api.as('admin').get(`/stamp-reports/${report.id}/photos/${fileId}`);
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/webp']);
    expect((await supertest(server).get(`/photos/${fileId}`)).status).toBe(404);
    expect((await api.as('producerA1').get(`/stamp-reports/${report.id}/photos/${fileId}`)).status).toBe(403);
  });

  test('can be added later by whoever holds the page, up to a bound', async () => {
    const filed = await supertest(server).post('/report').send({ goods: 'Cam' });
    const { page } = filed.body as { page: string };
    const bytes = await picture();
    const add = (to: string): supertest.Test => supertest(server).post(to).attach('stampPhoto', bytes, 'a.jpg');
    for (let one = 0; one < REPORT_PHOTOS_MAX; one += 1)
      expect((await add(page)).headers['location']).not.toContain('photos=');
    expect((await add(page)).headers['location']).toContain('photos=full');
    const report = await filedAt(page);
    expect(report.stampFileIds).toHaveLength(REPORT_PHOTOS_MAX);
    // Without the key nothing is added, and the page tells nothing.
    const strange = await add(page.replace(/key=.*/, 'key=x'));
    expect((await supertest(server).get(String(strange.headers['location']))).status).toBe(404);
  });
});
