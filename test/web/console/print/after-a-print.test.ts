// The page of a print job: under way, finished, and on a roll.

import { describe, expect, test } from '@jest/globals';
import { startPrintJobRunner } from '../../../../server/jobs/print-job-runner.ts';
import { CAST, ORIGIN } from '../../../fixtures/api.ts';
import { castVisitor, formOf, testConsole, visitor, type SeenPage } from '../../../fixtures/console.ts';
import { faultOf, faultsOf, linksTo, pageOf, valueOf } from '../../../fixtures/page.ts';
import { idIn, mainText, PRINT, printDesk } from '../../../fixtures/print-desk.ts';
import { until } from '../../../fixtures/until.ts';

const api = testConsole();
const producer = castVisitor(api, 'producerA1');
const { batchOf, ended, printed } = printDesk(api, producer);

/** The link that a page shows once, for a print shop. */
function shopLinkIn({ text }: SeenPage): string {
  const link = valueOf(pageOf(text), 'Đường dẫn') ?? '';
  if (!link.startsWith(`${ORIGIN}/print-shop/`)) throw new Error('no link on this page');
  return link.slice(ORIGIN.length);
}

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
    const [more = ''] = linksTo(pageOf(page.text), `${PRINT}?lot=`);
    expect(more).toBe(`${PRINT}?lot=${String(batch.lotId)}&quantity=65`);
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
    expect(asked.status).toBe(422);
    expect(faultOf(pageOf(asked.text), 'Lý do in lại')).toBe('Các tem này đã in rồi');
    expect(mainText(asked)).toContain('1–10');
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
    const handed = await producer.fill(path, { action: `${path}/shop`, fields: { shop: 'Nhà in Tân Tiến' } });
    const address = shopLinkIn(handed);
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
    const second = shopLinkIn(late);
    api.setNow('2026-11-25T03:00:00.000Z');
    expect((await shop.open(second)).status).toBe(404);
    expect((await shop.open('/print-shop/khong-co')).status).toBe(404);
  });
});

// The next form offers what was printed last. These tests print other things, so they come last.
describe('a print job under way', () => {
  test('what is being made is told beside what is done, and drawn lighter', async () => {
    const { jobId } = await printed('CF-LIVE', { template: 'a4-65', skip: '1' });
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const { makePart } = api.context.jobFiles;
    const slow: typeof makePart = async (request, signal, tell) => {
      // Others wait ahead of it.
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
    await until(async () => (await state())['underWay'] !== null);
    expect(await state()).toMatchObject({ state: 'running', done: 0, underWay: { part: 1, drawn: 130, read: 65 } });
    const page = await producer.open(`/console/print-jobs/${jobId}`);
    expect(mainText(page)).toContain('Đang làm phần 1/1: đã vẽ 130 tem');
    expect(mainText(page)).toContain('0 / 130');
    expect([...pageOf(page.text).querySelectorAll('[role=progressbar] rect.ahead')]).toHaveLength(2);
    release();
    await until(async () => (await state())['ended'] === true);
    expect(await state()).toMatchObject({ done: 130, underWay: null });
    await stop();
  });
});

describe.each([
  ['roll-50x30', { vi: ['Tạo tem', 'Tem 1/9', '9 tem · '], en: ['Make the stamps', 'Stamp 1 of 9', '9 stamps · '] }],
  ['roll-35x22', { vi: ['Tạo tem', 'Hàng 1/5', '5 hàng · '], en: ['Make the stamps', 'Row 1 of 5', '5 rows · '] }],
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
    expect(mainText(drawn)).toContain(submit);
    expect(mainText(drawn)).toContain(page);
    expect(mainText(job)).toContain(count);
    const seen = [drawn, job, home, ...(language === 'vi' ? [working] : [])];
    expect(seen.map(({ status }) => status)).toEqual(seen.map(() => 200));
    for (const each of seen) expect(mainText(each)).not.toMatch(/(?<!\p{L})tờ(?!\p{L})|sheet/iu);
  });

  test('a jam’s stamps are named by what a roll has', async () => {
    const { jobId } = await printed(`J-${template}`, { quantity: '9', template, skip: '1' });
    await ended(jobId);
    const action = `/console/print-jobs/${jobId}/spoiled`;
    const nothing = await producer.fill(`/console/print-jobs/${jobId}`, { action });
    expect(nothing.status).toBe(422);
    expect(Object.keys(faultsOf(pageOf(nothing.text)))).toEqual([
      template === 'roll-50x30' ? 'Số tem hỏng' : 'Hàng hỏng',
    ]);
    const voided = await producer.fill(`/console/print-jobs/${jobId}`, {
      action,
      fields: template === 'roll-50x30' ? { serials: '3-4' } : { sheets: '2' },
    });
    expect(mainText(voided)).toContain('Đã hủy 2 tem');
  });
});
