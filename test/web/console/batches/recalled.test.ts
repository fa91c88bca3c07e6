// Every page of a lot shows a recall of it, and its stamps from rolls too.

import { beforeEach, describe, expect, test } from '@jest/globals';
import { CAST } from '../../../fixtures/api.ts';
import { castVisitor, testConsole } from '../../../fixtures/console.ts';
import { idIn, mainText, PRINT, printDesk } from '../../../fixtures/print-desk.ts';

const api = testConsole();
const office = castVisitor(api, 'officeA');
const producer = castVisitor(api, 'producerA1');
const { printed } = printDesk(api, producer);

describe('a lot with stamps of its own and of a roll', () => {
  const TOLD = 'Lô này đang bị thu hồi từ ngày';
  let lotId = '';
  let own = '';
  let roll = '';
  const pages = (): string[] => [`/console/lots/${lotId}`, `/console/batches/${own}`, `/console/batches/${roll}`];
  const told = async (): Promise<boolean[]> =>
    Promise.all(pages().map(async (path) => mainText(await producer.open(path)).includes(TOLD)));
  const sayBack = async (): Promise<string> =>
    mainText(await producer.fill('/console/activate', { fields: { batch: roll, first: '101', last: '200', lotId } }));

  beforeEach(async () => {
    if (lotId !== '') return;
    const { batch } = await printed('CHUNG-01');
    own = batch.id;
    lotId = batch.lotId ?? '';
    const given = await office.fill('/console/rolls/new', {
      fields: { kind: 'blank', producerId: CAST.producerA1, quantity: '500' },
    });
    roll = idIn(given.location);
    await api.as('producerA1').post(`/batches/${roll}/activate`, { from: 1, to: 100, lotId });
    await api.as('producerA1').post(`/batches/${roll}/voids`, { from: 91, to: 100, reason: 'lost' });
  });

  test('counts both before more are issued, and lists both', async () => {
    const refused = await producer.fill(PRINT, { action: PRINT, fields: { lot: 'CHUNG-01', quantity: '10' } });
    expect(mainText(refused)).toContain('Lô CHUNG-01 đã có 220 tem');
    const list = mainText(await producer.open(`/console/batches?lotId=${lotId}`));
    expect([list.includes(own), list.includes(roll)]).toEqual([true, true]);
    const goods = mainText(await producer.open(`/console/batches?lotId=${lotId}&kind=goods`));
    expect([goods.includes(own), goods.includes(roll)]).toEqual([true, false]);
  });

  test('says a recall on every page of the lot while it stands', async () => {
    const list = async (): Promise<string> => mainText(await producer.open('/console/lots?number=CHUNG-01'));
    expect([await told(), (await sayBack()).includes(TOLD)]).toEqual([[false, false, false], false]);
    expect(await list()).not.toContain('đang bị thu hồi');
    const made = await api.as('officeA').post('/recalls', {
      lotId,
      reason: { vi: 'Nắp hở.', en: null },
      advice: { vi: 'Mang trả nơi mua.', en: null },
    });
    expect(made.status).toBe(201);
    expect([await told(), (await sayBack()).includes(TOLD)]).toEqual([[true, true, true], true]);
    expect(await list()).toContain('đang bị thu hồi');
    const { id } = made.body as { id: string };
    await api.as('officeA').post(`/recalls/${id}/withdraw`, { note: 'Ghi nhầm lô.' });
    expect(await told()).toEqual([false, false, false]);
  });
});
