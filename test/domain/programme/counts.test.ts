// What the registry counts for a year.

import { describe, expect, test } from '@jest/globals';
import { addDays } from '../../../server/domain/calendar.ts';
import { councilRounds, registryCounts, type RegistryFacts } from '../../../server/domain/programme/counts.ts';
import { aSupport } from '../../fixtures/programme.ts';
import { aCertificate, anEvaluation } from '../../fixtures/records/registry.ts';

describe('what the registry counts', () => {
  const facts = (fields: Partial<RegistryFacts>): RegistryFacts => ({
    certificates: [],
    evaluations: [],
    groupOf: () => 'food',
    supports: [],
    candidates: [],
    batches: [],
    ...fields,
  });
  const paper = (productId: string, issuedOn: string, fields: object = {}): ReturnType<typeof aCertificate> =>
    aCertificate({
      id: `${productId}-${issuedOn}`,
      productId,
      producerId: `of-${productId}`,
      issuedOn,
      expiresOn: addDays(issuedOn, 1_095),
      ...fields,
    });

  test('a product counts once, from the day of its certificate to its last, and not below three stars', () => {
    const certificates = [
      paper('p1', '2024-01-10'),
      paper('p1', '2026-06-01', { stars: 5 }),
      paper('p2', '2026-11-24', { stars: 3 }),
      paper('p3', '2022-01-01', { expiresOn: '2024-12-31' }),
      paper('p4', '2026-01-01', { revocation: { on: '2026-11-01', reason: 'x' } }),
      paper('p5', '2026-01-01', { scheme: 'organic', stars: null }),
    ];
    const on = (day: string): ReturnType<typeof registryCounts> =>
      registryCounts(facts({ certificates }), Number(day.slice(0, 4)), day);
    expect(on('2026-11-23')).toMatchObject({
      measures: { 'products-rated': 1, 'products-added': 1 },
      byStars: { 3: 0, 4: 0, 5: 1 },
      producersRated: 1,
    });
    expect(on('2026-11-24')).toMatchObject({
      measures: { 'products-rated': 2, 'products-added': 2 },
      byStars: { 3: 1, 4: 0, 5: 1 },
      producersRated: 2,
    });
    expect(on('2024-12-31').measures['products-rated']).toBe(2);
    expect(on('2025-01-01').measures['products-rated']).toBe(1);
    expect(on('2026-10-31').measures['products-rated']).toBe(2);
  });

  test('support is summed by kind up to the day, without what was struck out', () => {
    const supports = [
      aSupport({ quantity: 100 }),
      aSupport({ quantity: 20, givenOn: '2026-06-01' }),
      aSupport({ quantity: 7, kind: 'registration' }),
      aSupport({ quantity: 999, struck: { on: '2026-07-01', by: 'user-1', reason: 'x' } }),
      aSupport({ quantity: 5, year: 2025, givenOn: '2025-12-31' }),
    ];
    expect(registryCounts(facts({ supports }), 2026, '2026-05-31').measures).toMatchObject({
      'packaging-given': 100,
      'stamps-given': 0,
      'registrations-given': 7,
    });
    expect(registryCounts(facts({ supports }), 2026, '2026-06-01').measures['packaging-given']).toBe(120);
  });

  test('producers take part by a council or by a product on its way, each once', () => {
    const evaluations = [
      anEvaluation(),
      anEvaluation({ productId: 'other' }),
      anEvaluation({ producerId: 'second', heldOn: '2025-05-20' }),
    ];
    const candidates = [
      { producerId: 'producer-1', maker: null, year: 2026, stage: 'file' as const, stageOn: '2026-02-01' },
      { producerId: null, maker: 'Hộ bà Lan', year: 2026, stage: 'idea' as const, stageOn: '2026-02-01' },
      { producerId: null, maker: 'Hộ ông Minh', year: 2026, stage: 'dropped' as const, stageOn: '2026-02-01' },
    ];
    expect(registryCounts(facts({ evaluations, candidates }), 2026, '2026-12-31').measures['producers-enrolled']).toBe(
      2,
    );
    expect(registryCounts(facts({ evaluations, candidates }), 2026, '2026-01-31').measures['producers-enrolled']).toBe(
      0,
    );
  });

  test('a product of a group that 2020 did not have is counted, apart', () => {
    const certificates = [paper('p1', '2020-01-10'), paper('p2', '2020-01-10')];
    const groupOf = (productId: string): 'ornamental' | 'drink' => (productId === 'p1' ? 'ornamental' : 'drink');
    expect(
      registryCounts(facts({ certificates, groupOf }), 2020, '2020-12-31').byGroup.filter(
        ({ products }) => products > 0,
      ),
    ).toEqual([
      { group: 'drink', products: 1 },
      { group: 'none', products: 1 },
    ]);
  });

  test('rounds of a year: products and producers once each, stars as they came out, the latest first', () => {
    const evaluations = [
      anEvaluation({ productId: 'a', stars: 4 }),
      anEvaluation({ productId: 'b', stars: 3, heldOn: '2026-05-21' }),
      anEvaluation({ productId: 'c', stars: 2 }),
      anEvaluation({ productId: 'd', round: '2026-2', heldOn: '2026-10-01', stars: 5 }),
      anEvaluation({ productId: 'e', round: '2025-1', heldOn: '2025-10-01' }),
    ];
    expect(councilRounds(evaluations, 2026, '2026-12-31')).toEqual([
      {
        round: '2026-2',
        from: '2026-10-01',
        to: '2026-10-01',
        products: 1,
        producers: 1,
        stars: { 3: 0, 4: 0, 5: 1 },
        below: 0,
      },
      {
        round: '2026-1',
        from: '2026-05-20',
        to: '2026-05-21',
        products: 3,
        producers: 1,
        stars: { 3: 1, 4: 1, 5: 0 },
        below: 1,
      },
    ]);
  });
});
