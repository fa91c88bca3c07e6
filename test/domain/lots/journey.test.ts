import { describe, expect, test } from '@jest/globals';
import { copiedEvents, DIARIES_COMPARED, JOURNEY_STEPS, sameDiaries } from '../../../server/domain/lots/journey.ts';
import type { Lot, LotEvent } from '../../../server/domain/lots/lot.ts';
import { PRODUCT_GROUPS } from '../../../server/domain/registry/product.ts';
import { aLot } from '../../fixtures/records/batches.ts';
import { TIME_ZONE } from '../../fixtures/records/cast.ts';

function anEvent(day: string, step: string, fields: Partial<LotEvent> = {}): LotEvent {
  const at = `${day}T03:00:00.000Z`;
  return {
    id: `${day}-${step}`,
    at,
    step,
    place: 'Khu 5',
    gln: null,
    by: null,
    note: null,
    public: true,
    photoFileId: null,
    copiedFrom: null,
    recordedAt: at,
    ...fields,
  };
}

const DIARY = [
  anEvent('2026-10-01', 'Bón phân'),
  anEvent('2026-10-11', 'Phun thuốc'),
  anEvent('2026-10-28', 'Thu hoạch'),
];
const SHIFTED = [
  anEvent('2026-11-02', 'Bón phân'),
  anEvent('2026-11-12', 'phun thuốc'),
  anEvent('2026-11-29', 'Thu hoạch'),
];

function lot(id: string, events: LotEvent[]): Lot {
  return aLot({ id, number: id, events });
}

describe('sameDiaries', () => {
  const earlier = lot('earlier', DIARY);

  test('the same steps with the same days between them are named, whatever day they began', () => {
    expect(sameDiaries(lot('now', SHIFTED), [earlier], TIME_ZONE).map(({ id }) => id)).toEqual(['earlier']);
  });

  test.each([
    ['one day off', [...SHIFTED.slice(0, 2), anEvent('2026-11-30', 'Thu hoạch')]],
    ['another step', [...SHIFTED.slice(0, 2), anEvent('2026-11-29', 'Đóng gói')]],
    ['two events', SHIFTED.slice(0, 2)],
    ['copied events that nobody looked at', SHIFTED.map((event) => ({ ...event, copiedFrom: 'earlier' }))],
  ])('%s is no such diary', (_, events) => expect(sameDiaries(lot('now', events), [earlier], TIME_ZONE)).toEqual([]));

  test('a journey all on one day is no diary', () => {
    const day = [
      anEvent('2026-11-02', 'Thu hái'),
      anEvent('2026-11-02', 'Đóng gói'),
      anEvent('2026-11-02', 'Xuất kho'),
    ];
    expect(sameDiaries(lot('now', day), [lot('earlier', day)], TIME_ZONE)).toEqual([]);
  });

  test('days are those of the place: an evening in Vietnam is not the next day', () => {
    const late = SHIFTED.map((event) => ({ ...event, at: event.at.replace('T03', 'T16') }));
    expect(sameDiaries(lot('now', late), [earlier], TIME_ZONE)).toHaveLength(1);
    const next = [...SHIFTED.slice(0, 2), { ...anEvent('2026-11-29', 'Thu hoạch'), at: '2026-11-29T17:30:00.000Z' }];
    expect(sameDiaries(lot('now', next), [earlier], TIME_ZONE)).toEqual([]);
  });

  test('itself and lots further back are not compared', () => {
    const others = Array.from({ length: DIARIES_COMPARED }, (_, at) => lot(`other-${at}`, DIARY.slice(0, 2)));
    expect(sameDiaries(lot('now', SHIFTED), [lot('now', SHIFTED), ...others, earlier], TIME_ZONE)).toEqual([]);
  });
});

describe('copiedEvents', () => {
  test('lie as far from the new lot’s first day, marked, without the other lot’s photographs', () => {
    const from = aLot({
      id: 'earlier',
      producedOn: '2026-10-28',
      events: DIARY.map((event) => ({ ...event, photoFileId: 'file-1' })),
    });
    const to = aLot({ id: 'now', producedOn: '2026-11-20', events: [] });
    let made = 0;
    const copied = copiedEvents(from, to, TIME_ZONE, '2026-11-24T03:00:00.000Z', () => `new-${(made += 1)}`);
    expect(copied.map(({ id, at, copiedFrom, photoFileId }) => [id, at.slice(0, 10), copiedFrom, photoFileId])).toEqual(
      [
        ['new-1', '2026-10-24', 'earlier', null],
        ['new-2', '2026-11-03', 'earlier', null],
        ['new-3', '2026-11-20', 'earlier', null],
      ],
    );
  });

  test('nothing is copied into the future', () => {
    const from = aLot({ id: 'earlier', producedOn: '2026-10-01', events: DIARY });
    const [, , last] = copiedEvents(
      from,
      aLot({ id: 'now', producedOn: '2026-11-20' }),
      TIME_ZONE,
      '2026-11-24T03:00:00.000Z',
      () => 'new',
    );
    expect(last).toMatchObject({ at: '2026-11-23T17:00:00.000Z', day: '2026-11-24' });
  });
});

test('every group of products has its steps, each named once in both languages', () => {
  for (const group of PRODUCT_GROUPS) {
    const steps = JOURNEY_STEPS[group];
    expect(steps.length).toBeGreaterThan(2);
    expect(new Set(steps.map(({ vi }) => vi)).size).toBe(steps.length);
    expect(steps.every(({ en }) => en.length > 2)).toBe(true);
  }
});
