// The print page issues for the product that it shows, and warns before it issues. "As last time" means the last real
// paper, never a job that made no file, and never another desk's printer.

import { describe, expect, test } from '@jest/globals';
import { CAST } from '../../../fixtures/api.ts';
import { castVisitor, formOf, testConsole } from '../../../fixtures/console.ts';
import { pageOf } from '../../../fixtures/page.ts';
import { idIn, mainText, PRINT, printDesk } from '../../../fixtures/print-desk.ts';

const api = testConsole();
const office = castVisitor(api, 'officeA');
const producer = castVisitor(api, 'producerA1');
const { batchOf, ended, printed } = printDesk(api, producer);

async function otherProduct(): Promise<string> {
  const made = await api.as('officeA').post('/products', {
    producerId: CAST.producerA1,
    name: 'Cam V2 Mường Thàng',
    group: 'food',
    productSet: 1,
    origin: { commune: 'X', province: 'Hòa Bình', detail: null },
    unit: 'thùng',
  });
  expect(made.status).toBe(201);
  return String(made.body['id']);
}

const batchesOf = async (productId: string): Promise<number> =>
  (await api.store.batches.list({ productId }, { limit: 50, after: null })).items.length;

describe('the product that is shown', () => {
  test('stands in the button, on the job’s page and in the file’s name', async () => {
    expect(mainText(await producer.open(PRINT))).toContain('Tạo tờ tem: Cà phê product-a1');
    const { jobId } = await printed('SN-01');
    await ended(jobId);
    const page = await producer.open(`/console/print-jobs/${jobId}`);
    expect(mainText(page)).toContain('Cà phê product-a1');
    const file = await producer.open(`/api/v1/print-jobs/${jobId}/files/1`);
    expect(file.headers.get('Content-Disposition')).toContain('"tem-ca-phe-product-a1-sn-01-1-130.pdf"');
  });

  test('is the one that is issued for: another one in the list is shown first, and nothing is issued', async () => {
    const other = await otherProduct();
    const before = [await batchesOf(CAST.productA1), await batchesOf(other)];
    const form = formOf((await producer.open(`${PRINT}?product=${CAST.productA1}`)).text, PRINT);
    const sent = await producer.send(PRINT, { ...form?.values, product: other, lot: 'SN-02', quantity: '5' });
    expect(sent.location).toBeNull();
    expect(mainText(sent)).toContain('Bạn đã chọn sản phẩm khác: Cam V2 Mường Thàng');
    expect(mainText(sent)).toContain('Tạo tờ tem: Cam V2 Mường Thàng');
    expect([await batchesOf(CAST.productA1), await batchesOf(other)]).toEqual(before);
    const again = formOf(sent.text, PRINT);
    expect(again?.values['productId']).toBe(other);
  });
});

describe('before issue', () => {
  async function refusedAndConfirmed(fields: Record<string, string>, said: string): Promise<string | null> {
    const before = await batchesOf(CAST.productA1);
    const values = { ...formOf((await producer.open(`${PRINT}?product=${CAST.productA1}`)).text, PRINT)?.values };
    const refused = await producer.send(PRINT, { ...values, ...fields });
    expect(refused.status).toBe(422);
    expect(mainText(refused)).toContain(said);
    expect(await batchesOf(CAST.productA1)).toBe(before);
    const boxes = pageOf(refused.text).querySelectorAll('input[name=acknowledge]');
    const acknowledge = [...boxes].map((box) => box.getAttribute('value') ?? '')[0] ?? '';
    const done = await producer.send(PRINT, { ...formOf(refused.text, PRINT)?.values, ...fields, acknowledge });
    expect(done.location).toMatch(/^\/console\/print-jobs\//);
    expect(await batchesOf(CAST.productA1)).toBe(before + 1);
    return done.location;
  }

  test('a lot that has stamps says how many', async () => {
    await printed('SN-03');
    expect(await refusedAndConfirmed({ lot: 'SN-03', quantity: '5' }, 'Lô SN-03 đã có 130 tem')).not.toBeNull();
  });

  test('ten times the largest of the last five is asked about, with both figures', async () => {
    expect(
      await refusedAndConfirmed(
        { lot: 'SN-04', quantity: '1300' },
        '1.300 tem: gấp mười lần trở lên so với đợt lớn nhất',
      ),
    ).not.toBeNull();
  });

  test('more than a roll is asked about', async () => {
    expect(
      await refusedAndConfirmed({ lot: 'SN-05', quantity: '10001' }, '10.001 tem: nhiều hơn một cuộn (10.000 tem)'),
    ).not.toBeNull();
  });

  test('a recall of the product is said', async () => {
    const recall = await api
      .as('officeA')
      .post('/recalls', { productId: CAST.productA1, reason: 'Thử', advice: 'Thử' });
    expect(
      await refusedAndConfirmed({ lot: 'SN-06', quantity: '5' }, 'Sản phẩm này đang bị thu hồi từ ngày'),
    ).not.toBeNull();
    await api.as('officeA').post(`/recalls/${String(recall.body['id'])}/withdraw`, { note: 'Thử' });
  });
});

describe('a job that was stopped', () => {
  test('says what it leaves behind, and voids it in the same step where that is ticked', async () => {
    const { jobId, batch } = await printed('SN-07', { quantity: '9' });
    const page = await producer.open(`/console/print-jobs/${jobId}`);
    expect(mainText(page)).toContain('9 tem này không tính là đã in');
    const cancel = `/console/print-jobs/${jobId}/cancel`;
    const stopped = await producer.send(cancel, { ...formOf(page.text, cancel)?.values, void: 'on' });
    expect(stopped.location).toBe(`/console/print-jobs/${jobId}?voided=9`);
    expect(await batchOf(batch.id)).toMatchObject({ printed: [], voids: [{ from: 1, to: 9, reason: 'surplus' }] });
  });

  test('offers to void later what was left, and is not "last time"', async () => {
    const { jobId, batch } = await printed('SN-08', { quantity: '11' });
    const page = await producer.open(`/console/print-jobs/${jobId}`);
    const cancel = `/console/print-jobs/${jobId}/cancel`;
    await producer.send(cancel, formOf(page.text, cancel)?.values ?? {});
    const left = await producer.open(`/console/print-jobs/${jobId}`);
    expect(mainText(left)).toContain('Còn 11 tem đã cấp mà không có tệp in');
    expect(mainText(await producer.open(PRINT))).not.toContain('11 tem Cà phê product-a1');
    const voiding = `/console/print-jobs/${jobId}/void-left`;
    await producer.send(voiding, formOf(left.text, voiding)?.values ?? {});
    expect(await batchOf(batch.id)).toMatchObject({ voids: [{ from: 1, to: 11 }] });
  });
});

test('a job whose stamps were partly voided says so and makes files for the rest', async () => {
  const { jobId, batch } = await printed('SN-09', { quantity: '20' });
  await ended(jobId);
  await api.as('officeA').post(`/batches/${batch.id}/voids`, { from: 5, to: 6, reason: 'spoiled' });
  const page = await producer.open(`/console/print-jobs/${jobId}`);
  expect(mainText(page)).toContain('2 tem của lần in này đã hủy');
  expect(page.text).not.toContain(`/api/v1/print-jobs/${jobId}/files/`);
  const rest = `/console/print-jobs/${jobId}/rest`;
  const led = await producer.send(rest, formOf(page.text, rest)?.values ?? {});
  const { items } = await api.store.printJobs.list({ batchId: batch.id }, { limit: 10, after: null });
  expect(items.map(({ from, to }) => [from, to]).toSorted((a, b) => a[0]! - b[0]! || b[1]! - a[1]!)).toEqual([
    [1, 20],
    [1, 4],
    [7, 20],
  ]);
  await ended(idIn(led.location));
});

describe('printers', () => {
  test('are of a desk: the office is offered its own, sees whose each is, and carries no other’s', async () => {
    await api.as('producerA1').put('/printers/laser', null, { name: 'Máy của xã', offsetX: 0.7, scaleX: 1.01 });
    await api.as('officeA').put('/printers/laser', null, { name: 'Máy văn phòng', offsetX: 0.2 });
    api.setNow(new Date(api.ctx.now().getTime() + 60_000).toISOString());
    const { jobId } = await printed('SN-10', { printer: 'laser', offsetX: '0.7', offsetY: '0', quantity: '20' });
    await ended(jobId);
    const { items } = await api.store.printJobs.list({}, { limit: 50, after: null });
    const run = await api.store.printRuns.get(items.find(({ id }) => id === jobId)?.printRunId ?? '');
    expect(run).toMatchObject({ printerId: `${CAST.producerA1}.laser`, scaleX: 1.01 });

    const own = await producer.open(`${PRINT}?product=${CAST.productA1}`);
    expect(mainText(own)).toContain('máy in Máy của xã');
    const others = await office.open(`${PRINT}?product=${CAST.productA1}`);
    expect(others.text).not.toContain('Máy của xã');
    expect(formOf(others.text, PRINT)?.values).toMatchObject({ printer: 'laser', offsetX: '0.2' });
    const list = mainText(await office.open('/console/printers'));
    expect(list).toContain('HTX producer-a1');
    expect(list).toContain('văn phòng');
  });

  test('as last time carries printer and scale', async () => {
    const page = await producer.open(`${PRINT}?product=${CAST.productA1}`);
    const action = `${PRINT}/as-before`;
    const led = await producer.send(action, { ...formOf(page.text, action)?.values, nextLot: 'SN-11' });
    const job = await api.store.printJobs.get(idIn(led.location));
    const run = await api.store.printRuns.get(job?.printRunId ?? '');
    expect(run).toMatchObject({ printerId: `${CAST.producerA1}.laser`, scaleX: 1.01, offsetXMm: 0.7 });
  });
});
