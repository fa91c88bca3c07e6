// The verdict: every rule in its order, and both sides of each boundary.

import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { stampFactsOf, type BatchFacts, type StampFacts } from '../../../server/domain/stamp/stamp-facts.ts';
import { NO_SIGNS, WHOLE } from '../../../server/domain/stamp/signs.ts';
import { THRESHOLDS } from '../../../server/domain/stamp/suspect.ts';
import type { StampTally } from '../../../server/domain/stamp/tally.ts';
import { isPast, verdictOf, VERDICTS, type Verdict } from '../../../server/domain/stamp/verdict.ts';
import {
  aBatch,
  aCertificate,
  activated,
  aLot,
  aRecall,
  aTally,
  displayed,
  someFacts,
  TIME_ZONE,
  voided,
} from '../records.ts';

const NOW = new Date('2026-11-24T03:15:00.000Z');
const SERIAL = 12;
const COPIED = aTally({
  visitorDays: 60,
  provinces: ['Hà Nội', 'Huế', 'Cà Mau', 'Cần Thơ', 'Lào Cai'],
  signs: { ...NO_SIGNS, day: 20_777, heat: THRESHOLDS.manyVisitors.consumerHeat * WHOLE },
});
const PAST = new Map([['lot', aLot({ expiresOn: '2026-11-23' })]]);
const NOT_ACTIVATED = aBatch();

function factsOf(part: Partial<BatchFacts> = {}, tally: StampTally | null = null): StampFacts {
  return stampFactsOf(someFacts(part), SERIAL, tally, null);
}

function read(part: Partial<BatchFacts> = {}, tally: StampTally | null = null): [Verdict, Verdict[]] {
  const { verdict, also } = verdictOf(factsOf(part, tally), NOW, TIME_ZONE);
  return [verdict, also];
}

function batchWith(part: Parameters<typeof aBatch>[0]): { batch: BatchFacts['batch'] } {
  return { batch: aBatch({ activations: [activated(1, 1000)], ...part }) };
}

describe('the verdict', () => {
  test('of a code that is not ours is unknown', () => {
    expect(verdictOf(null, NOW, TIME_ZONE)).toEqual({ verdict: 'unknown', also: [], display: false });
  });

  test.each<[string, [Verdict, Verdict[]], [Verdict, Verdict[]]]>([
    ['an activated stamp, never scanned, is valid', read(), ['valid', []]],
    ['a recalled lot', read({ recalls: [aRecall()] }), ['recalled', []]],
    [
      'a recall that was withdrawn',
      read({ recalls: [aRecall({ withdrawal: { at: '2026-11-21T00:00:00.000Z', by: 'user', note: null } })] }),
      ['valid', []],
    ],
    ['a void stamp', read(batchWith({ voids: [voided(12, 12)] })), ['void', []]],
    ['the neighbours of a void range', read(batchWith({ voids: [voided(1, 11), voided(13, 1000)] })), ['valid', []]],
    ['a stamp that is not activated', read({ batch: NOT_ACTIVATED }), ['not-activated', []]],
    [
      'the neighbour of an activated range',
      read(batchWith({ activations: [activated(1, 11), activated(13, 1000)] })),
      ['not-activated', []],
    ],
    ['the first and last of an activated range', read(batchWith({ activations: [activated(12, 12)] })), ['valid', []]],
    ['a copied stamp', read({}, COPIED), ['suspect', []]],
    [
      'goods on their last good day',
      read({ lots: new Map([['lot', aLot({ expiresOn: '2026-11-24' })]]) }),
      ['valid', []],
    ],
    ['goods a day past it', read({ lots: PAST }), ['expired', []]],
    ['goods without a last good day', read({ lots: new Map([['lot', aLot({ expiresOn: null })]]) }), ['valid', []]],
    [
      'a plaque, which has no lot and is active from its issue',
      read({ batch: aBatch({ kind: 'plaque', lotId: null }) }),
      ['valid', []],
    ],
    ['a void plaque', read({ batch: aBatch({ kind: 'plaque', lotId: null, voids: [voided(12, 12)] }) }), ['void', []]],
    [
      'a recalled product on a plaque',
      read({
        batch: aBatch({ kind: 'plaque', lotId: null }),
        recalls: [aRecall({ scope: { kind: 'product', productId: 'product' } })],
      }),
      ['recalled', []],
    ],
    // two and more at once
    [
      'recalled, void, suspect and past',
      read({ ...batchWith({ voids: [voided(12, 12)] }), recalls: [aRecall()], lots: PAST }, COPIED),
      ['recalled', ['void', 'suspect', 'expired']],
    ],
    [
      'recalled before activation',
      read({ batch: NOT_ACTIVATED, recalls: [aRecall()] }),
      ['recalled', ['not-activated']],
    ],
    ['void before activation', read({ batch: aBatch({ voids: [voided(12, 12)] }) }), ['void', ['not-activated']]],
    [
      'void, suspect and past',
      read({ ...batchWith({ voids: [voided(12, 12)] }), lots: PAST }, COPIED),
      ['void', ['suspect', 'expired']],
    ],
    [
      'not activated and scanned as a copy: no goods, no suspicion',
      read({ batch: NOT_ACTIVATED, lots: PAST }, COPIED),
      ['not-activated', []],
    ],
    ['suspect and past', read({ lots: PAST }, COPIED), ['suspect', ['expired']]],
  ])('%s', (_, told, expected) => expect(told).toEqual(expected));

  test('what else holds is always in order of gravity, without the verdict itself and without valid', () => {
    for (let mask = 0; mask < 16; mask += 1) {
      const has = (bit: number): boolean => (mask & bit) !== 0;
      const { verdict, also } = verdictOf(
        factsOf(
          {
            ...batchWith(has(1) ? { voids: [voided(12, 12)] } : {}),
            recalls: has(2) ? [aRecall()] : [],
            ...(has(4) ? { lots: PAST } : {}),
          },
          has(8) ? COPIED : null,
        ),
        NOW,
        TIME_ZONE,
      );
      const told = [verdict, ...also];
      expect(told).toEqual(VERDICTS.filter((one) => told.includes(one)));
      expect(told.includes('valid')).toBe(mask === 0);
      expect(told.length).toBe(Math.max(1, [1, 2, 4, 8].filter(has).length));
    }
  });

  test('a display stamp is flagged whatever its verdict, and is never suspect', () => {
    const facts = (voids = [voided(500, 500)]): StampFacts =>
      factsOf(batchWith({ displays: [displayed(12, 20)], voids }), COPIED);
    expect(verdictOf(facts(), NOW, TIME_ZONE)).toEqual({ verdict: 'valid', also: [], display: true });
    expect(verdictOf(facts([voided(12, 12)]), NOW, TIME_ZONE)).toEqual({ verdict: 'void', also: [], display: true });
    expect(verdictOf(factsOf(batchWith({ displays: [displayed(13, 20)] })), NOW, TIME_ZONE).display).toBe(false);
  });

  test('a certificate, lapsed or revoked or in force, changes nothing of it', () => {
    const lapsed = aCertificate({ expiresOn: '2026-01-01' });
    const revoked = aCertificate({ revocation: { on: '2026-01-01', reason: '' } });
    for (const certificates of [[], [lapsed], [revoked], [aCertificate()]])
      expect(read({ certificates })).toEqual(['valid', []]);
  });

  test('goods are past from the day after their last good one', () => {
    expect(['2026-11-23', '2026-11-24', '2026-11-25'].map((day) => isPast('2026-11-24', day))).toEqual([
      false,
      false,
      true,
    ]);
  });
});

test('verdict, facts, certificates and days import nothing that a browser lacks', () => {
  const folder = join(import.meta.dirname, '../../../server/domain');
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const source = readFileSync(join(folder, file), 'utf8');
    for (const [, names = '', from = ''] of source.matchAll(/^import (type |)[^;]*? from '([^']+)';$/gms)) {
      if (names === '') visit(posix.join(posix.dirname(file), from)); // a file outside the domain fails
    }
  };
  [
    'stamp/verdict.ts',
    'stamp/stamp-facts.ts',
    'stamp/suspect.ts',
    'registry/certificate.ts',
    'recalls/recall.ts',
    'calendar.ts',
  ].forEach(visit);
  expect(seen).toContain('batches/intervals.ts');
});
