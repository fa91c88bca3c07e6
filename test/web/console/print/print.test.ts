// The print page, printers and label papers, as a browser without script uses them.

import { beforeAll, describe, expect, test } from '@jest/globals';
import { saveNew } from '../../../../server/actions/kit/save.ts';
import { placeAt } from '../../../../server/sheet/preview/sheet-picture.ts';
import { CAST } from '../../../fixtures/api.ts';
import { castVisitor, formOf, testConsole, visitorAs } from '../../../fixtures/console.ts';
import { faultOf, faultsOf, linksTo, pageOf } from '../../../fixtures/page.ts';
import { idIn, PRINT, printDesk } from '../../../fixtures/print-desk.ts';
import { aCertificate } from '../../../fixtures/records/registry.ts';

const api = testConsole();
const office = castVisitor(api, 'officeA');
const producer = castVisitor(api, 'producerA1');
const stranger = castVisitor(api, 'producerA2');
const { batchOf, ended, printed } = printDesk(api, producer);

beforeAll(async () => {
  await api.as('producerA1').put('/printers/laser', null, { name: 'HP văn phòng', offsetX: 0.4, offsetY: -0.2 });
});

describe('issuing and printing', () => {
  test('one form issues a lot’s batch and asks for its file; a printer’s nudge is kept with the printer', async () => {
    const { batch, jobId, page } = await printed('CF-01', {
      skip: '4',
      printer: 'laser',
      offsetX: '0,5',
      offsetY: '-0.2',
    });
    expect(page.location).toBe(`/console/print-jobs/${jobId}`);
    expect(page.text).toContain('Đang tạo tờ tem');
    // Printed means that a file exists.
    expect(batch).toMatchObject({ quantity: 130, producerId: CAST.producerA1, printed: [] });
    await ended(jobId);
    expect((await batchOf(batch.id)).printed).toEqual([{ from: 1, to: 130 }]);
    expect(await api.store.printJobs.get(jobId)).toMatchObject({ template: 'a4-65', skip: 3, from: 1, to: 130 });
    expect(await api.store.printers.get(`${CAST.producerA1}.laser`)).toMatchObject({ offsetX: 0.5, offsetY: -0.2 });
  });

  test('the job’s page shows what was read back, offers the file and the codes, and a reload loses nothing', async () => {
    const { jobId, batch } = await printed('CF-02');
    const under = pageOf((await producer.open(`/console/print-jobs/${jobId}`)).text);
    const polled = under.querySelector('[data-poll]')?.getAttribute('data-poll');
    expect(polled).toBe(`/console/print-jobs/${jobId}/state`);
    await ended(jobId);
    expect(JSON.parse((await producer.open(`/console/print-jobs/${jobId}/state`)).text)).toEqual({
      state: 'done',
      done: 130,
      readBack: { checked: 130, matched: 130 },
      underWay: null,
      ended: true,
    });
    const { text } = await producer.open(`/console/print-jobs/${jobId}`);
    expect(text).toContain('Đã quét kiểm 130/130 tem, tất cả đều khớp');
    expect(linksTo(pageOf(text), `/api/v1/print-jobs/${jobId}/files/1`)).toHaveLength(1);
    expect(linksTo(pageOf(text), `/api/v1/batches/${batch.id}/codes.csv?from=1&to=130`)).toHaveLength(1);
    const file = await producer.open(`/api/v1/print-jobs/${jobId}/files/1`);
    expect([file.status, file.headers.get('Content-Type')]).toEqual([200, 'application/pdf']);
  });

  test('the same as last time needs the new lot’s number alone: template, quantity, printer and place follow', async () => {
    const page = await producer.open(PRINT);
    expect(formOf(page.text, `${PRINT}/as-before`)?.values).toMatchObject({ nextLot: 'CF-03' });
    const again = await producer.fill(PRINT, { action: `${PRINT}/as-before` });
    const job = await api.store.printJobs.get(idIn(again.location));
    const { lotId, quantity } = await batchOf(job?.batchId ?? '');
    expect(quantity).toBe(130);
    expect(await api.store.lots.get(lotId ?? '')).toMatchObject({ number: 'CF-03', producedOn: '2026-11-24' });
    expect(job).toMatchObject({ template: 'a4-65', skip: 3 });
    const run = await api.store.printRuns.get(job?.printRunId ?? '');
    expect(run).toMatchObject({ offsetXMm: 0.5, offsetYMm: -0.2 });
  });

  test('a form sent twice issues once', async () => {
    const form = formOf((await producer.open(PRINT)).text, PRINT);
    const values = { ...form?.values, lot: 'CF-TWICE', quantity: '5' };
    const both = await Promise.all([producer.send(PRINT, values), producer.send(PRINT, values)]);
    expect(both[0]?.location).toBe(both[1]?.location);
    const lot = await api.store.lots.findBy('productNumber', [CAST.productA1, 'CF-TWICE']);
    expect((await api.store.batches.list({ lotId: lot?.id ?? '' }, { limit: 10, after: null })).items).toHaveLength(1);
  });

  test('what is wrong stands beside its field, and nothing is issued', async () => {
    const before = (await api.store.batches.list({}, { limit: 200, after: null })).items.length;
    const wrong = await producer.fill(PRINT, {
      action: PRINT,
      fields: { lot: '', quantity: '0', skip: '66', expiresOn: '2026-02-30' },
    });
    expect(wrong.status).toBe(422);
    // A limit is shown as a figure.
    expect(wrong.text).toContain('Xin ghi số tem từ 1 đến 16.777.216.');
    const broken = await producer.open('/console/recalls?after=');
    expect([
      broken.status,
      broken.text.includes('Xin mở lại trang từ danh mục.'),
      broken.text.includes('ghi chú màu đỏ'),
    ]).toEqual([400, true, false]);
    expect(Object.keys(faultsOf(pageOf(wrong.text)))).toEqual(
      expect.arrayContaining(['Số lô', 'Số tem', 'Hạn sử dụng']),
    );
    const beyond = await producer.fill(PRINT, { action: PRINT, fields: { lot: 'CF-X', quantity: '5', skip: '66' } });
    expect(faultOf(pageOf(beyond.text), 'Ô in đầu tiên')).toBe('Mẫu tem này không có ô ấy.');
    const differs = await producer.fill(PRINT, {
      action: PRINT,
      fields: { lot: 'CF-01', quantity: '5', producedOn: '2026-11-01' },
    });
    expect(differs.text).toContain('đã ghi với ngày khác');
    expect((await api.store.batches.list({}, { limit: 200, after: null })).items).toHaveLength(before);
  });

  test('a click on the picture, or its next page, shows the form again with all that was typed', async () => {
    const { template } = api.ctx.templates.get('a4-65') ?? { template: null };
    if (template === null) throw new Error('no template');
    const [x, y] = [
      (template.grid.leftMm + 2.5 * template.grid.pitchXMm) / 210,
      (template.grid.topMm + 4.5 * template.grid.pitchYMm) / 297,
    ];
    expect(placeAt(template, { x, y })).toBe(22);
    const clicked = await producer.fill(PRINT, {
      action: PRINT,
      fields: {
        lot: 'GÕ-DỞ',
        'wide.x': String(Math.round(x * 500)),
        'wide.y': String(Math.round((y * (500 * 297)) / 210)),
      },
    });
    expect(formOf(clicked.text, PRINT)?.values).toMatchObject({ skip: '23', lot: 'GÕ-DỞ' });
    expect(
      (await producer.fill(PRINT, { action: PRINT, fields: { page: '2', quantity: '130', skip: '1' } })).text,
    ).toContain('Tờ 2/2');
    expect(JSON.parse((await producer.open(`${PRINT}/place?template=a4-65&x=${x}&y=${y}`)).text)).toEqual({
      place: 22,
    });
    expect(JSON.parse((await producer.open(`${PRINT}/place?template=a4-65&x=0.001&y=0.001`)).text)).toEqual({
      place: null,
    });
  });

  test('the picture is the very sheet: used places, stamps and empty ones, and no live code', async () => {
    const { text, headers } = await producer.open(
      `${PRINT}/sheet.svg?product=${CAST.productA1}&template=a4-65&skip=22&quantity=10`,
    );
    expect(headers.get('Content-Type')).toBe('image/svg+xml');
    expect(['u', 'l', 'e'].map((kind) => text.split(`<use href="#${kind}"`).length - 1)).toEqual([22, 10, 33]);
    expect(text).not.toMatch(/[0-9A-Z]{6}-[0-9A-Z]{6}/);
    expect((await stranger.open(`${PRINT}/sheet.svg?product=${CAST.productA1}&template=a4-65`)).status).toBe(400);
  });

  test('stars that lapse soon, and those that have lapsed, are said before printing', async () => {
    const certificate = aCertificate({
      id: 'cert-soon',
      officeId: CAST.officeA,
      producerId: CAST.producerA1,
      productId: CAST.productA1,
      issuedOn: '2024-02-15',
      expiresOn: '2027-02-14',
    });
    await saveNew(api.ctx, api.actor('admin'), {
      collection: 'certificates',
      doc: certificate,
      action: 'make-certificate',
      answer: null,
    });
    expect((await producer.open(PRINT)).text).toContain('còn 82 ngày hiệu lực');
    api.setNow('2027-02-20T03:00:00.000Z');
    expect((await (await visitorAs(api, 'producerA1')).open(PRINT)).text).toContain('Tem in ra sẽ không có hạng sao');
  });

  test('beyond the allowance a producer’s batch waits for the office, which is said first', async () => {
    const year = `/console/products/${CAST.productA2}/allowance`;
    expect((await office.fill(year, { fields: { expectedOutput: '100', stamps: '50' } })).location).toBe(
      `${year}?year=2026&done=saved`,
    );
    const path = `${PRINT}?product=${CAST.productA2}`;
    expect((await stranger.open(path)).text).toContain('Chỉ còn 50 tem');
    const asked = await stranger.fill(path, { action: PRINT, fields: { lot: 'VƯỢT', quantity: '51' } });
    expect(asked.location).toBe(`${path}&done=asked`);
    expect(
      (await api.store.requests.list({ producerId: CAST.producerA2 }, { limit: 5, after: null })).items[0],
    ).toMatchObject({ action: 'issue-batch', state: 'waiting' });
    expect(
      idIn((await stranger.fill(path, { action: PRINT, fields: { lot: 'ĐỦ', quantity: '50' } })).location),
    ).not.toBe('');
    expect((await producer.open(`/console/products/${CAST.productA2}/allowance`)).status).toBe(403);
  });
});

describe('printers and labels', () => {
  test('a printer is kept under its user’s name for it, measured again, and has its test page', async () => {
    const made = await producer.fill('/console/printers/new', {
      fields: { name: 'Máy in Đức', offsetX: '0,3', offsetY: '-0,1', scaleX: '100,5' },
    });
    expect(made.location).toBe('/console/printers?done=kept');
    expect(await api.store.printers.get(`${CAST.producerA1}.may-in-duc`)).toMatchObject({
      name: 'Máy in Đức',
      offsetX: 0.3,
      offsetY: -0.1,
      scaleX: 1.005,
      scaleY: 1,
    });
    await producer.fill('/console/printers/may-in-duc', { fields: { offsetX: '0' } });
    expect(await api.store.printers.get(`${CAST.producerA1}.may-in-duc`)).toMatchObject({
      offsetX: 0,
      offsetY: -0.1,
      scaleX: 1.005,
    });
    expect((await producer.fill('/console/printers/new', { fields: { name: 'x', offsetX: '0,25' } })).status).toBe(422);
    for (const path of ['/console/printers/test.pdf', '/console/printers/may-in-duc/test.pdf'])
      expect((await producer.open(path)).text.slice(0, 5)).toBe('%PDF-');
    expect((await stranger.open('/console/printers/may-in-duc')).status).toBe(404);
  });

  test('a label paper measured with a ruler is offered to the office’s producers, and prints', async () => {
    const fields = {
      name: 'Giấy Tân Tiến',
      columns: '4',
      rows: '10',
      labelWidth: '45,7',
      labelHeight: '25,4',
      left: '9,7',
      top: '21,5',
      pitchX: '48,3',
      pitchY: '25,4',
    };
    const wrong = await office.fill('/console/templates/new', { fields: { ...fields, pitchX: '30' } });
    expect([wrong.status, Object.keys(faultsOf(pageOf(wrong.text))).length]).toEqual([422, 1]);
    expect(formOf(wrong.text)?.values['labelWidth']).toBe('45,7');
    const made = await office.fill('/console/templates/new', { fields });
    expect(made.location).toBe('/console/templates/giay-tan-tien?done=kept');
    expect([...pageOf(made.text).querySelectorAll('svg.stock')]).toHaveLength(1);
    const listed = pageOf((await office.open('/console/templates')).text);
    expect(linksTo(listed, '/console/templates/giay-tan-tien')).toHaveLength(1);
    expect((await producer.open('/console/templates')).status).toBe(403);
    const { jobId } = await printed('RULER-01', { template: 'giay-tan-tien', quantity: '45', skip: '1' });
    expect(await api.store.printJobs.get(jobId)).toMatchObject({ template: 'giay-tan-tien', placesPerPage: 40 });
    expect((await (await visitorAs(api, 'producerB1')).open(PRINT)).text).not.toContain('giay-tan-tien');
    await producer.fill(PRINT, {
      action: PRINT,
      fields: { lot: 'RULER-02', template: 'a4-65', skip: '1', quantity: '130' },
    });
  });
});
