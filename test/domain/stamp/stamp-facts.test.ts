// The facts of a stamp: its product, lot and recall.

import { describe, expect, test } from '@jest/globals';
import { recallOf, touches } from '../../../server/domain/recalls/recall.ts';
import { stampFactsOf, type BatchFacts, type StampFacts } from '../../../server/domain/stamp/stamp-facts.ts';
import type { StampTally } from '../../../server/domain/stamp/tally.ts';
import { aBatch, activated, aRecall, someFacts } from '../records.ts';

const SERIAL = 12;
const NOT_ACTIVATED = aBatch();

function factsOf(part: Partial<BatchFacts> = {}, tally: StampTally | null = null): StampFacts {
  return stampFactsOf(someFacts(part), SERIAL, tally, null);
}

describe('the facts of a stamp', () => {
  test('its product is that of its lot, else that of its batch; a blank stamp has neither', () => {
    expect(factsOf()).toMatchObject({ product: { id: 'product' }, lot: { id: 'lot' }, plaque: false });
    expect(factsOf({ batch: NOT_ACTIVATED })).toMatchObject({
      product: { id: 'product' },
      lot: null,
      activation: null,
    });
    expect(factsOf({ batch: aBatch({ kind: 'blank', productId: null, lotId: null }) })).toMatchObject({
      product: null,
      lot: null,
    });
    expect(
      factsOf({ batch: aBatch({ kind: 'blank', productId: null, lotId: null, activations: [activated(1, 20)] }) }),
    ).toMatchObject({ product: { id: 'product' }, lot: { id: 'lot' } });
    expect(factsOf({ batch: aBatch({ kind: 'plaque', lotId: null }) })).toMatchObject({
      product: { id: 'product' },
      lot: null,
      plaque: true,
    });
  });

  test('a recall holds a stamp by its product, its lot, or its serial, first and last included', () => {
    const range = { kind: 'range' as const, batchId: '7K3M9Q', from: 10, to: 20 };
    const target = { batchId: '7K3M9Q', lotId: 'lot', productId: 'product' };
    expect([9, 10, 20, 21].map((serial) => touches(range, { ...target, serial }))).toEqual([false, true, true, false]);
    expect(touches({ ...range, batchId: '7K3M9R' }, { ...target, serial: 12 })).toBe(false);
    expect(touches({ kind: 'lot', lotId: 'lot' }, { ...target, serial: 1 })).toBe(true);
    expect(touches({ kind: 'lot', lotId: 'another' }, { ...target, serial: 1 })).toBe(false);
    expect(touches({ kind: 'product', productId: 'product' }, { ...target, serial: 1 })).toBe(true);
    expect(touches({ kind: 'product', productId: 'another' }, { ...target, serial: 1 })).toBe(false);
  });

  test('of several recalls the newest that was not withdrawn is told', () => {
    const older = aRecall({ id: 'older', at: '2026-11-01T00:00:00.000Z' });
    const newer = aRecall({ id: 'newer', at: '2026-11-02T00:00:00.000Z' });
    const withdrawn = aRecall({
      id: 'withdrawn',
      at: '2026-11-03T00:00:00.000Z',
      withdrawal: { at: '2026-11-04T00:00:00.000Z', by: 'user', note: null },
    });
    const target = { batchId: '7K3M9Q', serial: 12, lotId: 'lot', productId: 'product' };
    expect(recallOf([older, withdrawn, newer], target)?.id).toBe('newer');
    expect(recallOf([withdrawn], target)).toBeNull();
  });

  test('stamps of a batch meant for a recalled lot are recalled before they are activated', () => {
    expect(factsOf({ batch: NOT_ACTIVATED, recalls: [aRecall()] }).recall?.id).toBe('recall');
  });
});
