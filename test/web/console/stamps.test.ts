import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { keysOf } from '../../../server/actions/batches/sealed-batch.ts';
import { saveNew } from '../../../server/actions/kit/save.ts';
import type { Batch } from '../../../server/domain/batches/batch.ts';
import { printedAddress } from '../../../server/domain/stamp/stamp-address.ts';
import { startPrintJobRunner } from '../../../server/jobs/print-job-runner.ts';
import { closePartWorker } from '../../../server/sheet/threads/make-part.ts';
import { closeSheetWorkers } from '../../../server/sheet/threads/draw-sheet.ts';
import { placeAt } from '../../../server/web/console/print/sheet-picture.ts';
import { SYMBOL_READER } from '../../../server/web/symbol-reader-files.ts';
import { CAST, ORIGIN, openTestApi, type TestApi } from '../../fixtures/api.ts';
import { formOf, seedAccounts, visitor, visitorAs, type SeenPage, type Visitor } from '../../fixtures/console.ts';
import { aCertificate, aScan, MADE_AT } from '../../fixtures/records.ts';

let api: TestApi;
let office: Visitor;
let producer: Visitor;
let stranger: Visitor;

beforeAll(async () => {
  api = await openTestApi();
  await seedAccounts(api);
  await api.as('producerA1').put('/printers/laser', null, { name: 'HP văn phòng', offsetX: 0.4, offsetY: -0.2 });
});
beforeEach(async () => {
  api.setNow(MADE_AT);
  [office, producer, stranger] = [
    await visitorAs(api, 'officeA'),
    await visitorAs(api, 'producerA1'),
    await visitorAs(api, 'producerA2'),
  ];
});
afterAll(async () => {
  await api.close();
  await closeSheetWorkers();
  await closePartWorker();
});

const PRINT = '/console/print';

/** The id in the address that a form led to. */
function idIn(location: string | null): string {
  return /\/console\/[a-z-]+\/([^/?]+)/.exec(location ?? '')?.[1] ?? '';
}

/** What a page says to eyes and ears in its main part. */
function told({ text }: SeenPage): string {
  const main = /<main.*<\/main>/s.exec(text)?.[0] ?? '';
  const spoken = [...main.matchAll(/ (?:alt|aria-label|title)="([^"]*)"/g)].map(([, words = '']) => words);
  return [main.replaceAll(/<(script|style).*?<\/\1>/gs, ' ').replaceAll(/<[^>]*>/g, ' '), ...spoken]
    .join('\n')
    .normalize('NFC');
}

/** Runs the print jobs that wait until this one has ended. */
async function ended(id: string): Promise<void> {
  const stop = startPrintJobRunner({
    context: api.context,
    log: () => undefined,
    failed: (error) => api.logged.push({ error }),
  });
  try {
    for (;;) {
      const job = await api.store.printJobs.get(id);
      if (job !== null && job.state !== 'waiting' && job.state !== 'running') return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  } finally {
    await stop();
  }
}

async function batchOf(id: string): Promise<Batch> {
  const batch = await api.store.batches.get(id);
  if (batch === null) throw new Error(`no batch ${id}`);
  return batch;
}

/** Prints a lot of 130 stamps, by the form. */
async function printed(
  lot: string,
  fields: Record<string, string> = {},
): Promise<{ jobId: string; batch: Batch; page: SeenPage }> {
  const page = await producer.fill(PRINT, { action: PRINT, fields: { lot, quantity: '130', ...fields } });
  const jobId = idIn(page.location);
  const job = await api.store.printJobs.get(jobId);
  return { jobId, batch: await batchOf(job?.batchId ?? ''), page };
}

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
    expect(batch).toMatchObject({ quantity: 130, producerId: CAST.producerA1, printed: [{ from: 1, to: 130 }] });
    expect(await api.store.printJobs.get(jobId)).toMatchObject({ template: 'a4-65', skip: 3, from: 1, to: 130 });
    expect(await api.store.printers.get(`${CAST.producerA1}.laser`)).toMatchObject({ offsetX: 0.5, offsetY: -0.2 });
  });

  test('the job’s page shows what was read back, offers the file and the codes, and a reload loses nothing', async () => {
    const { jobId, batch } = await printed('CF-02');
    expect((await producer.open(`/console/print-jobs/${jobId}`)).text).toContain(
      `data-poll="/console/print-jobs/${jobId}/state"`,
    );
    await ended(jobId);
    expect(JSON.parse((await producer.open(`/console/print-jobs/${jobId}/state`)).text)).toEqual({
      state: 'done',
      done: 130,
      readBack: { checked: 130, matched: 130 },
      underWay: null,
      ended: true,
    });
    const { text } = await producer.open(`/console/print-jobs/${jobId}`);
    expect(text).toContain('Đã đọc lại 130 trong 130 tem, khớp cả');
    expect(text).toContain(`href="/api/v1/print-jobs/${jobId}/files/1"`);
    expect(text).toContain(`/api/v1/batches/${batch.id}/codes.csv?from=1&amp;to=130`);
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
    // A bound is told as a figure.
    expect(wrong.text).toContain('Xin ghi số tem từ 1 đến 16.777.216.');
    const broken = await producer.open('/console/recalls?after=');
    expect([
      broken.status,
      broken.text.includes('Xin mở lại trang từ mục lục.'),
      broken.text.includes('ghi chú màu đỏ'),
    ]).toEqual([400, true, false]);
    for (const field of ['lot', 'quantity', 'expiresOn']) expect(wrong.text).toContain(`id="f-${field}-fault"`);
    const beyond = await producer.fill(PRINT, { action: PRINT, fields: { lot: 'CF-X', quantity: '5', skip: '66' } });
    expect(beyond.text).toContain('id="f-skip-fault"');
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
    expect(clicked.text).toContain('name="skip" type="text" value="23"');
    expect(clicked.text).toContain('value="GÕ-DỞ"');
    expect(
      (await producer.fill(PRINT, { action: PRINT, fields: { page: '2', quantity: '130', skip: '1' } })).text,
    ).toContain('Tờ 2 trong 2');
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
    expect((await (await visitorAs(api, 'producerA1')).open(PRINT)).text).toContain('Tem in không có sao');
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
    expect([wrong.status, wrong.text.includes('-fault"'), wrong.text.includes('value="45,7"')]).toEqual([
      422,
      true,
      true,
    ]);
    const made = await office.fill('/console/templates/new', { fields });
    expect(made.location).toBe('/console/templates/giay-tan-tien?done=kept');
    expect(made.text).toContain('class="stock"');
    expect((await office.open('/console/templates')).text).toContain('href="/console/templates/giay-tan-tien"');
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

describe('after a print', () => {
  test('a jammed sheet’s stamps are voided in one step, and as many are offered instead', async () => {
    const { jobId, batch } = await printed('JAM-01', { skip: '4' });
    await ended(jobId);
    const path = `/console/print-jobs/${jobId}`;
    const page = await producer.fill(path, { action: `${path}/spoiled`, fields: { sheets: '1', serials: '128-130' } });
    expect((await batchOf(batch.id)).voids).toMatchObject([
      { from: 1, to: 62, reason: 'spoiled' },
      { from: 128, to: 130 },
    ]);
    expect(page.text).toContain('Đã hủy 65 tem.');
    expect(page.text).toContain(`/console/print?lot=${String(batch.lotId)}&amp;quantity=65`);
    const instead = await producer.open(`${PRINT}?lot=${String(batch.lotId)}&quantity=65`);
    expect(formOf(instead.text, PRINT)?.values).toMatchObject({ lot: 'JAM-01', quantity: '65' });
    for (const fields of [{ sheets: '9' }, { serials: 'tất cả' }, {}]) {
      expect((await producer.fill(path, { action: `${path}/spoiled`, fields })).status).toBe(422);
    }
  });

  test('printing the same stamps in another way asks why, and the answer is recorded', async () => {
    const { jobId, batch } = await printed('AGAIN-01');
    await ended(jobId);
    const path = `/console/batches/${batch.id}`;
    const fields = { from: '1', to: '10', template: 'a4-65', skip: '1', printer: '' };
    const asked = await producer.fill(path, { action: `${path}/print`, fields });
    expect([asked.status, asked.text.includes('id="f-reprintReason-fault"'), asked.text.includes('1–10')]).toEqual([
      422,
      true,
      true,
    ]);
    const again = await producer.fill(path, {
      action: `${path}/print`,
      fields: { ...fields, reprintReason: 'Giấy kẹt' },
    });
    const job = await api.store.printJobs.get(idIn(again.location));
    expect(await api.store.printRuns.get(job?.printRunId ?? '')).toMatchObject({
      reprintReason: 'Giấy kẹt',
      from: 1,
      to: 10,
    });
  });

  test('a link hands the file to a named print shop once, within a day, and the log says so', async () => {
    const { jobId } = await printed('SHOP-01', { quantity: '10' });
    await ended(jobId);
    const path = `/console/print-jobs/${jobId}`;
    const { text } = await producer.fill(path, { action: `${path}/shop`, fields: { shop: 'Nhà in Tân Tiến' } });
    const address = new RegExp(`${ORIGIN}(/print-shop/[A-Za-z0-9_-]{43})`).exec(text)?.[1] ?? '';
    expect(address).not.toBe('');
    expect((await producer.open(path)).text).not.toContain(address);
    const shop = visitor(api);
    for (let look = 0; look < 2; look += 1) expect((await shop.open(address)).text).toContain('Nhà in Tân Tiến');
    const file = await shop.send(`${address}/1`, {});
    expect([file.status, file.headers.get('Content-Type'), file.text.slice(0, 5)]).toEqual([
      200,
      'application/pdf',
      '%PDF-',
    ]);
    expect([(await shop.send(`${address}/1`, {})).status, (await shop.open(address)).status]).toEqual([404, 404]);
    const [link] = (await api.store.shopLinks.list({ printJobId: jobId }, { limit: 1, after: null })).items;
    expect(JSON.stringify(link)).not.toContain(address.slice(-43));
    const lines = await api.store.audit.list(
      { officeId: CAST.officeA, entity: `shop-link:${link?.id ?? ''}`, from: null, to: null },
      { limit: 10, after: null },
    );
    expect(lines.items.map(({ action }) => action)).toEqual(['hand-to-shop', 'take-shop-file']);
    expect(lines.items[1]?.values).toMatchObject({ shop: 'Nhà in Tân Tiến' });

    const late = await producer.fill(path, { action: `${path}/shop`, fields: { shop: 'Nhà in B' } });
    const second = new RegExp(`${ORIGIN}(/print-shop/[A-Za-z0-9_-]{43})`).exec(late.text)?.[1] ?? '';
    api.setNow('2026-11-25T03:00:00.000Z');
    expect((await shop.open(second)).status).toBe(404);
    expect((await shop.open('/print-shop/khong-co')).status).toBe(404);
  });
});

describe('blank stamps', () => {
  async function roll(quantity = 9_400): Promise<{ batch: Batch; address: (serial: number) => string }> {
    const given = await office.fill('/console/rolls/new', {
      fields: { kind: 'blank', producerId: CAST.producerA1, quantity: String(quantity), note: 'Cuộn số 3' },
    });
    const batch = await batchOf(idIn(given.location));
    const keys = keysOf(api.ctx, batch);
    return { batch, address: (serial) => printedAddress(batch, keys.codeOf(serial)) };
  }

  async function newLot(number: string): Promise<string> {
    return idIn(
      (
        await producer.fill('/console/lots/new', {
          fields: { productId: CAST.productA1, number, declaredQuantity: '500' },
        })
      ).location,
    );
  }

  test('are read from photographs on the page of activation, which alone may run WebAssembly', async () => {
    const { batch } = await roll();
    const policyOf = async (path: string): Promise<string> =>
      (await producer.open(path)).headers.get('Content-Security-Policy') ?? '';
    expect((await producer.open('/console/activate')).text).toContain(`data-reader="${SYMBOL_READER}"`);
    expect(await policyOf('/console/activate')).toMatch(/;script-src 'self' 'wasm-unsafe-eval'$/);
    const refused = await producer.fill('/console/activate', { fields: { first: 'x', last: 'y' } });
    expect([refused.status, refused.headers.get('Content-Security-Policy')]).toEqual([
      422,
      expect.stringContaining("'wasm-unsafe-eval'"),
    ]);
    for (const path of ['/console', PRINT, '/console/batches', `/console/batches/${batch.id}`])
      expect([path, await policyOf(path)]).toEqual([path, expect.stringMatching(/;script-src 'self'$/)]);
  });

  test('are activated by first and last stamp, said back before it is done, and undone until the first scan', async () => {
    const { batch, address } = await roll();
    const lotId = await newLot('TRẮNG-01');
    const said = await producer.fill('/console/activate', {
      fields: { first: address(9_400), last: address(1), lotId },
    });
    expect(said.text).toContain('<b>9.400 tem</b>');
    expect((await batchOf(batch.id)).activations).toEqual([]);
    const confirmed = await producer.send('/console/activate/confirm', formOf(said.text)?.values);
    expect((await batchOf(batch.id)).activations).toMatchObject([{ from: 1, to: 9_400, lotId }]);
    const done = await producer.open(confirmed.location ?? '');
    expect(done.text).toContain('Đã kích hoạt 9.400 tem');
    expect((await producer.send(`/console/batches/${batch.id}/deactivate`, formOf(done.text)?.values)).location).toBe(
      `/console/batches/${batch.id}?done=undone`,
    );
    expect((await batchOf(batch.id)).activations).toEqual([]);
    expect((await producer.open(confirmed.location ?? '')).location).toBe(`/console/activate?batch=${batch.id}`);
    const again = await producer.fill('/console/activate', {
      fields: { first: address(1), last: address(9_400), lotId },
    });
    const active = await producer.open(
      (await producer.send('/console/activate/confirm', formOf(again.text)?.values)).location ?? '',
    );
    await api.store.scans.record(aScan({ batchId: batch.id, serial: 7, at: '2026-11-24T04:00:00.000Z' }));
    const late = await producer.send(`/console/batches/${batch.id}/deactivate`, formOf(active.text)?.values);
    expect([late.status, late.text.includes('Tem số 7 đã có người quét')]).toEqual([422, true]);
  });

  test('overlaps are explained with their serials and the other lot', async () => {
    const { batch, address } = await roll(1_000);
    const [first, second] = [await newLot('TRẮNG-02'), await newLot('TRẮNG-03')];
    await api.as('producerA1').post(`/batches/${batch.id}/activate`, { from: 100, to: 199, lotId: first });
    const refused = await producer.fill('/console/activate', {
      fields: { first: address(1), last: address(150), lotId: second },
    });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('tem 100–150 (lô TRẮNG-02)');
    expect(refused.text).toContain(`value="${address(1)}"`);
  });

  test('a code of nobody’s, another producer’s, and a serial without its roll are told apart from a slip, not from each other', async () => {
    const { batch, address } = await roll(100);
    const lotId = await newLot('TRẮNG-04');
    for (const first of ['7K3M9Q-00001V-515K52', 'xin chào']) {
      expect((await producer.fill('/console/activate', { fields: { first, last: address(5), lotId } })).text).toContain(
        'Không tìm thấy tem này',
      );
    }
    expect((await stranger.send('/console/activate', { first: address(1), last: address(5), lotId })).text).toContain(
      'Không tìm thấy tem này',
    );
    expect((await producer.fill('/console/activate', { fields: { first: '1', last: '5', lotId } })).text).toContain(
      'Số thứ tự chưa đủ',
    );
    const serials = await producer.fill(`/console/activate?batch=${batch.id}`, {
      fields: { first: '1', last: '50', lotId },
    });
    expect(serials.text).toContain('<b>50 tem</b>');
    const half = await producer.fill('/console/activate', { fields: { first: address(1), last: '', lotId } });
    expect([half.status, half.text.includes('Xin quét tem cuối')]).toEqual([422, true]);
  });
});

describe('the ledger', () => {
  test('stands for a producer and its office alike, with what does not add up explained; the API says the same', async () => {
    const own = await producer.open('/console/ledger');
    expect(own.text).toContain('9.400 tem đang dùng, lô chỉ khai 500');
    const seen = await office.open(`/console/ledger?producerId=${CAST.producerA1}`);
    expect(seen.text).toContain('9.400 tem đang dùng, lô chỉ khai 500');
    const { body } = await api.as('producerA1').get(`/producers/${CAST.producerA1}/ledger`);
    expect(
      (body['lots'] as { number: string; oddities: unknown[] }[]).find(({ number }) => number === 'TRẮNG-01')?.oddities,
    ).toContainEqual({ kind: 'more-stamps-than-output', stamps: 9_400, declared: 500 });
    expect((await producer.open(`/console/ledger?year=2025`)).text).toContain('Chưa có tem nào trong năm này');
    expect((await (await visitorAs(api, 'officeB')).open(`/console/ledger?producerId=${CAST.producerA1}`)).status).toBe(
      404,
    );
    expect((await api.as('producerA1').get(`/producers/${CAST.producerA1}/ledger?year=1999`)).status).toBe(400);
  });

  test('every page of these areas is English too, with one h1, and without a missing word', async () => {
    const [batch] = (
      await api.store.batches.list({ producerId: CAST.producerA1, kind: 'blank' }, { limit: 1, after: null })
    ).items;
    for (const path of [
      PRINT,
      '/console/batches',
      `/console/batches/${batch?.id ?? ''}`,
      '/console/activate',
      '/console/ledger',
      '/console/lots',
      '/console/lots/new',
      '/console/printers',
      '/console/printers/new',
    ]) {
      for (const lang of ['vi', 'en']) {
        const { status, text } = await producer.open(`${path}?lang=${lang}`);
        expect({
          path,
          lang,
          status,
          heads: text.match(/<h1>/g)?.length,
          holes: /undefined|\[object|NaN/.test(text),
        }).toEqual({ path, lang, status: 200, heads: 1, holes: false });
      }
    }
  });
});

describe('a lot’s journey', () => {
  test('takes a step with day, place and photograph; a copied diary waits for a look and is hidden until then', async () => {
    const first = idIn(
      (
        await producer.fill('/console/lots/new', {
          fields: { productId: CAST.productA1, number: 'NK-01', producedOn: '2026-11-10' },
        })
      ).location,
    );
    const path = `/console/lots/${first}`;
    const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#227722' } })
      .jpeg()
      .toBuffer();
    for (const [step, day] of [
      ['Thu hái', '2026-11-10'],
      ['Lên men', '2026-11-12'],
      ['Đóng gói', '2026-11-15'],
    ] as const) {
      const files = step === 'Thu hái' ? { photo: { name: 'a.jpg', mediaType: 'image/jpeg', bytes } } : {};
      expect(
        (await producer.fill(path, { action: `${path}/events`, fields: { step, day, place: 'Khu 5' }, files }))
          .location,
      ).toBe(`${path}?done=added`);
    }
    const kept = await api.store.lots.get(first);
    expect(kept?.events.map(({ step, place, photoFileId }) => [step, place, photoFileId !== null])).toEqual([
      ['Thu hái', 'Khu 5', true],
      ['Lên men', 'Khu 5', false],
      ['Đóng gói', 'Khu 5', false],
    ]);

    api.setNow('2026-11-24T03:00:01.000Z');
    const second = idIn(
      (
        await producer.fill('/console/lots/new', {
          fields: { productId: CAST.productA1, number: 'NK-02', producedOn: '2026-11-18' },
        })
      ).location,
    );
    const next = `/console/lots/${second}`;
    const copied = await producer.fill(next, { action: `${next}/copy` });
    expect(copied.text.match(/Chép từ lô trước, chưa xem/g)).toHaveLength(3);
    const events = (await api.store.lots.get(second))?.events ?? [];
    expect(events.map(({ at, copiedFrom }) => [at.slice(0, 10), copiedFrom])).toEqual([
      ['2026-11-17', first],
      ['2026-11-19', first],
      ['2026-11-22', first],
    ]);
    for (const { id } of events) await producer.send(`${next}/settle`, { eventId: id, outcome: 'holds' });
    const same = await producer.open(next);
    expect(same.text).toContain('Nhật ký giống hệt lô trước');
    expect(same.text).not.toContain('chưa xem');
    expect((await producer.send(`${next}/settle`, { eventId: events[0]?.id ?? '', outcome: 'dropped' })).status).toBe(
      404,
    );
    const wrong = await producer.fill(next, {
      action: `${next}/events`,
      fields: { step: '', day: '2027-01-01' },
      files: {},
    });
    expect(wrong.status).toBe(422);
    expect((await stranger.open(next)).status).toBe(404);
  });
});

// What is printed last is offered next: these print otherwise, and come last.
describe('a print job under way', () => {
  test('what is being made is told beside what is done, and drawn lighter', async () => {
    const { jobId } = await printed('CF-LIVE', { template: 'a4-65', skip: '1' });
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const { makePart } = api.context.jobFiles;
    const slow: typeof makePart = async (request, signal, tell) => {
      // Others wait before it.
      if (request.seed.startsWith(jobId)) {
        tell?.({ drawn: 130, read: 65 });
        await held;
      }
      return makePart(request, signal, tell);
    };
    const stop = startPrintJobRunner({
      context: { ...api.context, jobFiles: { ...api.context.jobFiles, makePart: slow } },
      log: () => undefined,
      failed: (error) => api.logged.push({ error }),
    });
    const state = async (): Promise<Record<string, unknown>> =>
      JSON.parse((await producer.open(`/console/print-jobs/${jobId}/state`)).text) as Record<string, unknown>;
    const until = async (holds: (now: Record<string, unknown>) => boolean): Promise<void> => {
      for (let looks = 0; looks < 200 && !holds(await state()); looks += 1)
        await new Promise((resolve) => setTimeout(resolve, 20));
    };
    await until(({ underWay }) => underWay !== null);
    expect(await state()).toMatchObject({ state: 'running', done: 0, underWay: { part: 1, drawn: 130, read: 65 } });
    const page = await producer.open(`/console/print-jobs/${jobId}`);
    expect(told(page)).toContain('Đang làm phần 1 trong 1: đã vẽ 130 tem');
    expect(told(page)).toContain('0 / 130');
    expect(page.text.match(/<rect width="(\d+)" height="12" class="ahead"/g)).toHaveLength(2);
    release();
    await until((now) => now['ended'] === true);
    expect(await state()).toMatchObject({ done: 130, underWay: null });
    await stop();
  });
});

describe.each([
  [
    'roll-50x30',
    { vi: ['Tạo tem', 'Tem 1 trong 9', '9 tem · '], en: ['Make the stamps', 'Stamp 1 of 9', '9 stamps · '] },
  ],
  [
    'roll-35x22',
    { vi: ['Tạo tem', 'Hàng 1 trong 5', '5 hàng · '], en: ['Make the stamps', 'Row 1 of 5', '5 rows · '] },
  ],
] as const)('a roll (%s) has no sheets', (template, wanted) => {
  test.each(['vi', 'en'] as const)('on no page of its printing, in %s', async (language) => {
    const [submit, page, count] = wanted[language];
    const fields = { lot: `R-${template}-${language}`, quantity: '9', template, skip: '12' };
    const english = language === 'en' ? '?lang=en' : '';
    const form = formOf((await producer.open(PRINT)).text, PRINT);
    const drawn = await producer.send(`${PRINT}${english}`, {
      ...form?.values,
      ...fields,
      ...(template === 'roll-35x22' ? { skip: '1' } : {}),
      redraw: '1',
    });
    const { jobId, page: working } = await printed(fields.lot, { ...fields, skip: '1' });
    await ended(jobId);
    const job = await producer.open(`/console/print-jobs/${jobId}${english}`);
    const home = await producer.open(`/console${english}`);
    expect(told(drawn)).toContain(submit);
    expect(told(drawn)).toContain(page);
    expect(told(job)).toContain(count);
    const seen = [drawn, job, home, ...(language === 'vi' ? [working] : [])];
    expect(seen.map(({ status }) => status)).toEqual(seen.map(() => 200));
    for (const each of seen) expect(told(each)).not.toMatch(/(?<!\p{L})tờ(?!\p{L})|sheet/iu);
  });

  test('a jam’s stamps are named by what a roll has', async () => {
    const { jobId } = await printed(`J-${template}`, { quantity: '9', template, skip: '1' });
    await ended(jobId);
    const action = `/console/print-jobs/${jobId}/spoiled`;
    const nothing = await producer.fill(`/console/print-jobs/${jobId}`, { action });
    expect(nothing.status).toBe(422);
    expect(nothing.text).toContain(template === 'roll-50x30' ? 'id="f-serials-fault"' : 'id="f-sheets-fault"');
    const voided = await producer.fill(`/console/print-jobs/${jobId}`, {
      action,
      fields: template === 'roll-50x30' ? { serials: '3-4' } : { sheets: '2' },
    });
    expect(told(voided)).toContain('Đã hủy 2 tem');
  });
});

describe('what people type', () => {
  /** A blank roll, asked for as people write its length. */
  async function rollOf(quantity: string): Promise<Batch> {
    return batchOf(
      idIn(
        (
          await office.fill('/console/rolls/new', {
            fields: { kind: 'blank', producerId: CAST.producerA1, quantity, note: '' },
          })
        ).location,
      ),
    );
  }

  test.each([
    ['3.000', 3_000],
    ['3 000', 3_000],
    ['3,000', 3_000],
    ['3000', 3_000],
  ])('%s stamps are three thousand, also on paper', async (typed, quantity) => {
    expect((await rollOf(typed)).quantity).toBe(quantity);
    expect(
      (
        await producer.fill(PRINT, {
          action: PRINT,
          fields: { page: '2', quantity: typed, template: 'a4-65', skip: '1' },
        })
      ).text,
    ).toContain('Tờ 2 trong 47');
  });

  test('a list of serials that reads in two ways voids nothing, and a note is held to its length', async () => {
    const { id } = await rollOf('3000');
    const action = `/console/batches/${id}/void`;
    const fill = (serials: string, note = ''): Promise<SeenPage> =>
      producer.fill(`/console/batches/${id}`, { action, fields: { serials, reason: 'lost', note } });
    for (const [serials, note] of [
      ['1,200', ''],
      ['7', 'x'.repeat(501)],
    ] as const)
      expect((await fill(serials, note)).status).toBe(422);
    expect((await batchOf(id)).voids).toEqual([]);
    expect((await fill('1, 200')).location).toBe(`/console/batches/${id}?done=voided`);
    expect((await batchOf(id)).voids).toMatchObject([
      { from: 1, to: 1 },
      { from: 200, to: 200 },
    ]);
  });

  test('an activation counts no void stamp, and its way back holds no whole code', async () => {
    const batch = await rollOf('100');
    const lotId = idIn(
      (
        await producer.fill('/console/lots/new', {
          fields: { productId: CAST.productA1, number: 'TRẮNG-09', declaredQuantity: '5.000' },
        })
      ).location,
    );
    expect((await api.store.lots.get(lotId))?.declaredQuantity).toBe(5_000);
    await api.as('producerA1').post(`/batches/${batch.id}/activate`, { from: 1, to: 50, lotId });
    await api.as('producerA1').post(`/batches/${batch.id}/voids`, { from: 1, to: 5, reason: 'lost' });
    const keys = keysOf(api.ctx, batch);
    const said = await producer.fill('/console/activate', {
      fields: { first: printedAddress(batch, keys.codeOf(1)), last: printedAddress(batch, keys.codeOf(60)), lotId },
    });
    expect(said.text).toContain('<b>10 tem</b>');
    expect(said.text).not.toContain(keys.codeOf(1));
    expect(said.text).toContain('first=1&amp;last=60');
  });

  test('the print page is of the product that its address names, or of none', async () => {
    expect((await producer.open(`${PRINT}?product=${CAST.productA1}`)).text).toContain(
      `name="productId" value="${CAST.productA1}"`,
    );
    for (const other of ['nobody', CAST.productB1])
      expect((await producer.open(`${PRINT}?product=${other}`)).status).toBe(404);
  });

  test('a recall’s range that is none says so, and one in thousands is read', async () => {
    const { id } = await rollOf('3000');
    const wrong = await office.open(`/console/recalls/new?batchId=${id}&from=9&to=2`);
    expect([wrong.status, wrong.text.includes('Xin ghi hai số từ 1 đến 3.000')]).toEqual([422, true]);
    expect((await office.open(`/console/recalls/new?batchId=${id}`)).status).toBe(200);
    expect((await office.open(`/console/recalls/new?batchId=${id}&from=1&to=2.000`)).status).toBe(200);
  });

  test('a time that is none is told, not replaced; 9h30 is one', async () => {
    const lotId = idIn(
      (await producer.fill('/console/lots/new', { fields: { productId: CAST.productA1, number: 'GIỜ-01' } })).location,
    );
    const tell = (time: string): Promise<SeenPage> =>
      producer.fill(`/console/lots/${lotId}`, {
        action: `/console/lots/${lotId}/events`,
        fields: { day: '2026-11-02', otherStep: 'Rang', time },
      });
    expect((await tell('sáng')).text).toContain('id="f-time-fault"');
    expect((await api.store.lots.get(lotId))?.events).toEqual([]);
    await tell('9h30');
    expect((await api.store.lots.get(lotId))?.events).toMatchObject([{ at: '2026-11-02T02:30:00.000Z' }]);
  });
});
