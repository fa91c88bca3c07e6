// The actions on a lot's journey: when an event can have happened, what copying does, and what buyers could have read.

import { beforeAll, describe, expect, test } from '@jest/globals';
import { addLotEvent, addLotEventInput } from '../../../server/actions/lots/add-lot-event.ts';
import { changeLotEvent, changeLotEventInput, removeLotEvent } from '../../../server/actions/lots/change-lot-event.ts';
import { copyJourney } from '../../../server/actions/lots/copy-journey.ts';
import { makeLot, makeLotInput } from '../../../server/actions/lots/make-lot.ts';
import { settleLotEvent } from '../../../server/actions/lots/settle-lot-event.ts';
import type { Outcome } from '../../../server/actions/kit/context.ts';
import type { Lot, LotEvent } from '../../../server/domain/lots/lot.ts';
import { CAST, testApi } from '../../fixtures/api.ts';
import { aScan } from '../../fixtures/records/scans.ts';

/** Today is 2026-11-24. */
const api = testApi();

function lotOf(outcome: Outcome<Lot>): Lot {
  if (!outcome.ok || outcome.value.kind !== 'done') throw new Error(JSON.stringify(outcome));
  return outcome.value.value;
}

async function aLotOf(number: string, producedOn: string | null = null): Promise<Lot> {
  const input = makeLotInput.parse({ productId: CAST.productA1, number, producedOn });
  return lotOf(await makeLot(api.actor('producerA1'), input, api.ctx));
}

const add = async (id: string, event: object): Promise<Outcome<Lot>> =>
  addLotEvent(api.actor('producerA1'), { id, event: addLotEventInput.parse(event) }, api.ctx);
const change = async (id: string, eventId: string, fields: object): Promise<Outcome<Lot>> =>
  changeLotEvent(api.actor('producerA1'), { id, eventId, change: changeLotEventInput.parse(fields) }, api.ctx);
const fault = (code: string): object => ({ ok: false, problem: { code: 'invalid', errors: [{ path: ['at'], code }] } });
const eventsOf = async (id: string): Promise<LotEvent[]> => (await api.store.lots.get(id))?.events ?? [];

describe('when an event was', () => {
  test('a day without a time stays a day, for the console, the API and the buyer', async () => {
    const lot = await aLotOf('DAY-1');
    const [event] = lotOf(await add(lot.id, { at: '2026-11-24', step: 'Thu hoạch' })).events;
    expect(event).toMatchObject({ day: '2026-11-24', at: '2026-11-23T17:00:00.000Z' });
    const seen = await api.as('producerA1').get(`/lots/${lot.id}`);
    expect(seen.body).toMatchObject({ events: [{ at: '2026-11-24' }] });
    const timed = lotOf(await add(lot.id, { at: '2026-11-24T08:00:00+07:00', step: 'Sơ chế' })).events[1];
    expect(timed).toMatchObject({ day: null, at: '2026-11-24T01:00:00.000Z' });
  });

  test('none is yet to come and none lies before the lot’s first possible day, whoever asks', async () => {
    const lot = await aLotOf('DAY-2', '2026-11-20');
    const now = api.ctx.now().getTime();
    expect(await add(lot.id, { at: '2026-11-25', step: 'Đóng gói' })).toMatchObject(fault('future'));
    const later = new Date(now + 60_000).toISOString();
    expect(await add(lot.id, { at: later, step: 'Đóng gói' })).toMatchObject(fault('future'));
    expect(await add(lot.id, { at: '2016-11-19', step: 'Gieo trồng' })).toMatchObject(fault('too-early'));
    expect(await add(lot.id, { at: '2016-11-20', step: 'Gieo trồng' })).toMatchObject({ ok: true });
    expect(await add(lot.id, { at: new Date(now).toISOString(), step: 'Đóng gói' })).toMatchObject({ ok: true });
    const [first] = await eventsOf(lot.id);
    expect(await change(lot.id, first?.id ?? '', { at: '2027-01-01' })).toMatchObject(fault('future'));
  });
});

describe('copying a journey', () => {
  let [from, to] = ['', ''];
  const copy = async (): Promise<Outcome<Lot>> =>
    copyJourney(api.actor('producerA1'), { id: to, copy: { from } }, api.ctx);

  beforeAll(async () => {
    from = (await aLotOf('CMT-01', '2026-10-01')).id;
    to = (await aLotOf('CMT-02', '2026-11-10')).id;
    await add(from, { at: '2026-09-20', step: 'Phun thuốc', note: 'Lô CMT-01: lần 1' });
    await add(from, { at: '2026-09-25', step: 'Phun thuốc', note: 'lần 2, cmt-01' });
    await add(from, { at: '2026-10-01', step: 'Thu hoạch', place: 'Khu CMT-011', note: 'CMT-01' });
  });

  test('moves days, drops the old lot’s number from the words and keeps what only looks like it', async () => {
    const { events } = lotOf(await copy());
    expect(events.map(({ day, note, place }) => [day, note, place])).toEqual([
      ['2026-10-30', 'lần 1', null],
      ['2026-11-04', 'lần 2', null],
      ['2026-11-10', null, 'Khu CMT-011'],
    ]);
  });

  test('twice makes nothing twice, also after the copies were looked at', async () => {
    expect(await copy()).toMatchObject({ ok: false, problem: { errors: [{ code: 'no-events' }] } });
    for (const { id } of await eventsOf(to))
      lotOf(
        await settleLotEvent(api.actor('producerA1'), { id: to, settling: { outcome: 'holds', eventId: id } }, api.ctx),
      );
    expect(await copy()).toMatchObject({ ok: false, problem: { errors: [{ code: 'no-events' }] } });
    expect(await eventsOf(to)).toHaveLength(3);
    // The same work of the same day, copied from the copy, does not make a third event either.
    const third = await aLotOf('CMT-03', '2026-11-12');
    const copied = async (source: string): Promise<Outcome<Lot>> =>
      copyJourney(api.actor('producerA1'), { id: third.id, copy: { from: source } }, api.ctx);
    expect(lotOf(await copied(to)).events).toHaveLength(3);
    expect(await copied(from)).toMatchObject({ ok: false });
  });
});

describe('an event that was recorded', () => {
  let [lotId, batchId] = ['', ''];
  beforeAll(async () => {
    lotId = (await aLotOf('SEEN-1')).id;
    const made = await api.as('producerA1').post('/batches', { lotId, quantity: 10 });
    batchId = String((made.body as { id: string }).id);
  });

  const scan = async (id: string): Promise<unknown> =>
    api.store.scans.record(
      aScan({ id, batchId, serial: 3, visitor: id, at: new Date(api.ctx.now().getTime() + 60_000).toISOString() }),
    );

  test('is set right or removed freely until a buyer could have read it; then it keeps a mark', async () => {
    const first = lotOf(await add(lotId, { at: '2026-11-20', step: 'Thu hoạch' })).events[0]?.id ?? '';
    const second = lotOf(await add(lotId, { at: '2026-11-21', step: 'Sơ chế' })).events[1]?.id ?? '';
    const hidden = lotOf(await add(lotId, { at: '2026-11-19', step: 'Bón phân', public: false })).events[2]?.id ?? '';
    expect(lotOf(await change(lotId, first, { place: 'Khu 3' })).events[0]).toMatchObject({
      place: 'Khu 3',
      correctedAt: null,
    });
    const actor = api.actor('producerA1');
    expect(lotOf(await removeLotEvent(actor, { id: lotId, eventId: second }, api.ctx)).events).toHaveLength(2);
    await scan('buyer-1');
    const seen = { ok: false, problem: { code: 'event-seen' } };
    expect(await removeLotEvent(actor, { id: lotId, eventId: first }, api.ctx)).toMatchObject(seen);
    expect(await change(lotId, first, { public: false })).toMatchObject(seen);
    const corrected = lotOf(await change(lotId, first, { at: '2026-11-18' })).events[0];
    expect(corrected).toMatchObject({ day: '2026-11-18', correctedAt: api.ctx.now().toISOString() });
    expect(await removeLotEvent(actor, { id: lotId, eventId: first }, api.ctx)).toMatchObject(seen);
    expect(lotOf(await removeLotEvent(actor, { id: lotId, eventId: hidden }, api.ctx)).events).toHaveLength(1);
    expect(await change(lotId, 'absent', {})).toMatchObject({ ok: false, problem: { code: 'not-found' } });
    const stranger = await changeLotEvent(api.actor('producerA2'), { id: lotId, eventId: first, change: {} }, api.ctx);
    expect(stranger).toMatchObject({ ok: false, problem: { code: 'not-found' } });
  });
});
