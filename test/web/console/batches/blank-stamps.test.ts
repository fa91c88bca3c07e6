// Blank rolls are activated by their first and last stamp, and the ledger adds up.

import { describe, expect, test } from '@jest/globals';
import { keysOf } from '../../../../server/actions/batches/sealed-batch.ts';
import type { Batch } from '../../../../server/domain/batches/batch.ts';
import { printedAddress } from '../../../../server/domain/stamp/stamp-address.ts';
import { SYMBOL_READER } from '../../../../server/web/symbol-reader-files.ts';
import { CAST } from '../../../fixtures/api.ts';
import { castVisitor, formOf, testConsole, visitorAs } from '../../../fixtures/console.ts';
import { pageOf, titleOf, valueOf } from '../../../fixtures/page.ts';
import { idIn, mainText, PRINT, printDesk } from '../../../fixtures/print-desk.ts';
import { aScan } from '../../../fixtures/records/scans.ts';

const api = testConsole();
const office = castVisitor(api, 'officeA');
const producer = castVisitor(api, 'producerA1');
const stranger = castVisitor(api, 'producerA2');
const { batchOf } = printDesk(api, producer);

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
    const page = pageOf((await producer.open('/console/activate')).text);
    expect(page.querySelector('[data-reader]')?.getAttribute('data-reader')).toBe(SYMBOL_READER);
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
    expect(mainText(said)).toContain('9.400 tem');
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
    expect(valueOf(pageOf(refused.text), 'Tem đầu')).toBe(address(1));
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
      'Chỉ số thứ tự thì chưa đủ',
    );
    const serials = await producer.fill(`/console/activate?batch=${batch.id}`, {
      fields: { first: '1', last: '50', lotId },
    });
    expect(mainText(serials)).toContain('50 tem');
    const half = await producer.fill('/console/activate', { fields: { first: address(1), last: '', lotId } });
    expect([half.status, half.text.includes('Xin quét tem cuối')]).toEqual([422, true]);
  });
});

describe('the ledger', () => {
  test('stands for a producer and its office alike, with what does not add up explained; the API says the same', async () => {
    const own = await producer.open('/console/ledger');
    expect(own.text).toContain('9.400 tem đang dùng, sản lượng khai báo của lô chỉ 500');
    const seen = await office.open(`/console/ledger?producerId=${CAST.producerA1}`);
    expect(seen.text).toContain('9.400 tem đang dùng, sản lượng khai báo của lô chỉ 500');
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
          hasTitle: titleOf(pageOf(text)) !== '',
          holes: /undefined|\[object|NaN/.test(text),
        }).toEqual({ path, lang, status: 200, hasTitle: true, holes: false });
      }
    }
  });
});
