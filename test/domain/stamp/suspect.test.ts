// Suspicion: both sides of each threshold, the office's answer, and whole stories of a stamp.

import { describe, expect, test } from '@jest/globals';
import { answerMarkOf } from '../../../server/domain/market/case.ts';
import { NO_SIGNS, WHOLE, type Signs } from '../../../server/domain/stamp/signs.ts';
import {
  CASE_OUTCOMES,
  isQuieting,
  type CaseOutcome,
  type StampAnswer,
} from '../../../server/domain/stamp/stamp-answer.ts';
import {
  countsOf,
  crowdBound,
  isOftenScanned,
  suspicionOf,
  THRESHOLDS,
  type SuspectContext,
  type Suspicion,
} from '../../../server/domain/stamp/suspect.ts';
import type { BatchTally, StampTally } from '../../../server/domain/stamp/tally.ts';
import { aTally } from '../records.ts';

const SERIAL = 12;
const DAY = 20_777;

const GOODS: SuspectContext = {
  plaque: false,
  display: false,
  activatedAt: '2026-11-11T02:00:00.000Z',
  answer: null,
};
const PLACES = ['Hà Nội', 'Huế', 'Cà Mau', 'Cần Thơ', 'Lào Cai'];

/** Whole days, visitors and networks. */
function signed(signs: Partial<Signs>, part: Partial<StampTally> = {}): StampTally {
  const { crowd = 0, heat = 0, far = 0, day = DAY } = signs;
  const counted = { crowd: crowd * WHOLE, heat: heat * WHOLE, far: far * WHOLE };
  return aTally({ ...part, signs: { ...NO_SIGNS, ...signs, ...counted, day } });
}

function pinned(strangerDaysSince: number, wrongTries = 0): Partial<StampTally> {
  return { pin: { wrongTries, lockedUntil: null, usedAt: '2026-11-12T02:00:00.000Z', strangerDaysSince } };
}

describe('each threshold of suspicion', () => {
  const { farApart, strangersAfterPin, manyVisitors, beforeActivation, pinGuessing } = THRESHOLDS;
  const { consumerDays: days, consumerHeat: farHeat } = farApart;

  test.each<[string, StampTally, Suspicion | null, Suspicion[]]>([
    ['one day with a far jump: a wrongly placed address', signed({ far: farApart.officeDays - 1 }), null, []],
    ['two such days: a case', signed({ far: farApart.officeDays }), null, ['far-apart']],
    ['four provinces', signed({}, { provinces: PLACES.slice(1) }), null, []],
    ['five provinces: a case', signed({}, { provinces: PLACES }), null, ['far-apart']],
    ['far days and networks: for the consumer', signed({ far: days, heat: farHeat }), 'far-apart', ['far-apart']],
    ['one far day fewer', signed({ far: days - 1, heat: farHeat }), null, ['far-apart']],
    ['one network fewer', signed({ far: days, heat: farHeat - 1 }), null, ['far-apart']],
    ['a household after its PIN', signed({}, pinned(strangersAfterPin.office - 1)), null, []],
    ['strangers after a PIN: a case', signed({}, pinned(strangersAfterPin.office)), null, ['strangers-after-pin']],
    [
      'one stranger fewer than a consumer is told',
      signed({}, pinned(strangersAfterPin.consumer - 1)),
      null,
      ['strangers-after-pin'],
    ],
    [
      'strangers after a PIN: for the consumer',
      signed({}, pinned(strangersAfterPin.consumer)),
      'strangers-after-pin',
      ['strangers-after-pin'],
    ],
    ['visitors below a case', signed({ crowd: manyVisitors.officeCrowd - 1 }), null, []],
    ['visitors for a case', signed({ crowd: manyVisitors.officeCrowd }), null, ['many-visitors']],
    ['any crowd of one desk: the office only', signed({ crowd: 9_999 }), null, ['many-visitors']],
    [
      'one network fewer than weeks make',
      signed({ crowd: 60, heat: manyVisitors.consumerHeat - 1 }),
      null,
      ['many-visitors'],
    ],
    [
      'networks of weeks: for the consumer',
      signed({ crowd: 60, heat: manyVisitors.consumerHeat }),
      'many-visitors',
      ['many-visitors'],
    ],
    [
      'a scan before activation: the office only',
      signed({}, { beforeActivation: beforeActivation.officeScans }),
      null,
      ['scanned-before-activation'],
    ],
    ['wrong PINs below guessing', signed({}, pinned(0, pinGuessing.officeTries - 1)), null, []],
    ['wrong PINs: the office only', signed({}, pinned(0, pinGuessing.officeTries)), null, ['pin-guessing']],
    [
      'several at once, gravest first',
      signed({ far: 60, heat: 60, crowd: 500 }, { beforeActivation: 3, ...pinned(50, 50) }),
      'far-apart',
      ['far-apart', 'strangers-after-pin', 'many-visitors', 'scanned-before-activation', 'pin-guessing'],
    ],
  ])('%s', (_, tally, forConsumer, forOffice) => {
    expect(suspicionOf(tally, null, GOODS)).toEqual({ forConsumer, forOffice });
  });

  test.each([
    ['a plaque', { ...GOODS, plaque: true }],
    ['a display stamp', { ...GOODS, display: true }],
  ])('%s hangs for everyone: guessed PINs, and many days far apart, are a case', (_, context) => {
    const { officeDays } = THRESHOLDS.onShow;
    const everything = { heat: 500, crowd: 5_000 };
    const part = { provinces: PLACES, beforeActivation: 9, ...pinned(99, 99) };
    const near = signed({ ...everything, far: officeDays - 1 }, part);
    expect(suspicionOf(near, null, context)).toEqual({ forConsumer: null, forOffice: ['pin-guessing'] });
    const far = signed({ ...everything, far: officeDays }, part);
    expect(suspicionOf(far, null, context)).toEqual({ forConsumer: null, forOffice: ['far-apart', 'pin-guessing'] });
  });

  test('a stamp that is not activated alarms the office and tells the consumer nothing', () => {
    const told = suspicionOf(signed({ far: 60, heat: 60, crowd: 60 }, { beforeActivation: 400 }), null, {
      ...GOODS,
      activatedAt: null,
    });
    expect(told).toEqual({ forConsumer: null, forOffice: ['far-apart', 'many-visitors', 'scanned-before-activation'] });
  });

  test('where shops scan every pack the bound of a case rises, though never so far that a rival could hide copies', () => {
    const { officeCrowd, officeCrowdMost, timesTheOthers } = manyVisitors;
    const among = (mean: number): BatchTally => ({
      batchId: '7K3M9Q',
      count: 0,
      visitorDays: 1 + 10 * mean,
      stampsScanned: 11,
    });
    expect(crowdBound(aTally(), null)).toBe(officeCrowd);
    expect(crowdBound(aTally(), among(officeCrowd / timesTheOthers))).toBe(officeCrowd);
    expect(crowdBound(aTally(), among(5))).toBe(5 * timesTheOthers);
    expect(crowdBound(aTally(), among(1_000_000))).toBe(officeCrowdMost);
  });

  test('a stamp that was never scanned is not suspect', () =>
    expect(suspicionOf(null, null, GOODS)).toEqual({ forConsumer: null, forOffice: [] }));

  test('a tally of before the signs has its visitor-days as a crowd', () => {
    const before = aTally({ signs: null, visitorDays: manyVisitors.officeCrowd });
    expect(suspicionOf(before, null, GOODS)).toEqual({ forConsumer: null, forOffice: ['many-visitors'] });
  });

  test('between nothing and a warning stands one calm sentence', () => {
    const { crowd } = THRESHOLDS.oftenScanned;
    expect(isOftenScanned(signed({ crowd: crowd - 1 }), GOODS)).toBe(false);
    expect(isOftenScanned(signed({ crowd }), GOODS)).toBe(true);
    expect(isOftenScanned(signed({ crowd, heat: manyVisitors.consumerHeat }), GOODS)).toBe(false);
    expect(isOftenScanned(signed({ crowd }), { ...GOODS, display: true })).toBe(false);
    expect(isOftenScanned(null, GOODS)).toBe(false);
  });
});

describe('an office’s answer', () => {
  const HOT = signed({ far: 60, heat: 60, crowd: 60 }, { provinces: PLACES, ...pinned(40) });
  const answered = (outcome: CaseOutcome, times = 1, tally = HOT): StampAnswer => ({
    from: SERIAL,
    to: SERIAL,
    outcome,
    at: '2026-11-20T02:00:00.000Z',
    by: 'user',
    times,
    mark: answerMarkOf(tally),
  });
  const after = (answer: StampAnswer, tally: StampTally | null = HOT): ReturnType<typeof suspicionOf> =>
    suspicionOf(tally, null, { ...GOODS, answer });

  test('“copied” warns at once, also of a stamp that nobody scanned, on show or not activated', () => {
    expect(after(answered('copied'), null)).toEqual({ forConsumer: 'found-copied', forOffice: ['found-copied'] });
    const shown = { plaque: false, display: true, activatedAt: null, answer: answered('copied') };
    expect(suspicionOf(signed({}), null, shown).forConsumer).toBe('found-copied');
  });

  test.each(CASE_OUTCOMES.filter(isQuieting))('“%s” quiets everything that was counted until then', (outcome) => {
    expect(after(answered(outcome))).toEqual({ forConsumer: null, forOffice: [] });
  });

  test('“stolen” quiets nothing: its stamps are voided', () => {
    expect(after(answered('stolen')).forConsumer).toBe('far-apart');
  });

  test.each([
    [1, 2],
    [2, 4],
    [3, 8],
    [4, 8],
  ])('after %d of no copy the rule starts anew with %d times the bound', (times, bound) => {
    const { consumerHeat } = THRESHOLDS.manyVisitors;
    const since = (heat: number): StampTally => signed({ far: 60, crowd: 60, heat: 60 + heat }, HOT);
    expect(after(answered('mistake', times), since(bound * consumerHeat - 1)).forConsumer).toBeNull();
    expect(after(answered('mistake', times), since(bound * consumerHeat)).forConsumer).toBe('many-visitors');
  });

  test('what it quieted fades as the counts themselves do', () => {
    const later = signed({ day: DAY + 90, crowd: 30 + 5, heat: 30, far: 30 }, HOT);
    expect(countsOf(later, answered('mistake'))).toMatchObject({ crowd: 5, heat: 0, farDays: 0 });
  });
});
