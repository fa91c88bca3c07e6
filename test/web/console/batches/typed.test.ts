// What people type into the forms of batches, lots and recalls.

import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { keysOf } from '../../../../server/actions/batches/sealed-batch.ts';
import type { Batch } from '../../../../server/domain/batches/batch.ts';
import { printedAddress } from '../../../../server/domain/stamp/stamp-address.ts';
import { CAST } from '../../../fixtures/api.ts';
import { castVisitor, formOf, testConsole, type SeenPage } from '../../../fixtures/console.ts';
import { faultOf, linksTo, pageOf } from '../../../fixtures/page.ts';
import { idIn, mainText, PRINT, printDesk } from '../../../fixtures/print-desk.ts';

const api = testConsole();
const office = castVisitor(api, 'officeA');
const producer = castVisitor(api, 'producerA1');
const stranger = castVisitor(api, 'producerA2');
const { batchOf } = printDesk(api, producer);

describe('what people type', () => {
  /** A blank roll, ordered with its length as people write it. */
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
    ).toContain('Tờ 2/47');
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
    expect(mainText(said)).toContain('10 tem');
    expect(said.text).not.toContain(keys.codeOf(1));
    expect(linksTo(pageOf(said.text), '/').some((href) => href.includes('first=1&last=60'))).toBe(true);
  });

  test('the print page is of the product that its address names, or of none', async () => {
    const form = formOf((await producer.open(`${PRINT}?product=${CAST.productA1}`)).text, PRINT);
    expect(form?.values['productId']).toBe(CAST.productA1);
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
    expect(faultOf(pageOf((await tell('sáng')).text), 'Giờ')).toBe('Xin ghi giờ như 14:05.');
    expect((await api.store.lots.get(lotId))?.events).toEqual([]);
    await tell('9h30');
    expect((await api.store.lots.get(lotId))?.events).toMatchObject([{ at: '2026-11-02T02:30:00.000Z' }]);
  });
});

describe('a lot’s journey', () => {
  test('takes a step with day, place and photograph; a copied diary waits for a look and is hidden until then', async () => {
    api.setNow('2026-11-24T03:00:00.500Z');
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
    expect(same.text).toContain('Hành trình giống hệt lô trước');
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
