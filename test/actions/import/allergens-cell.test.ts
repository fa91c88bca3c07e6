// Allergens in a cell of a list, as people write them and as exports do.

import { describe, expect, test } from '@jest/globals';
import { allergensCell, allergensText } from '../../../server/actions/import/allergens-cell.ts';
import { ALLERGENS } from '../../../server/domain/registry/allergens.ts';

describe('allergens of a cell', () => {
  test.each([
    ['', undefined],
    ['Không có', []],
    ['none', []],
    ['sữa, trứng', ['eggs', 'milk']],
    ['Đậu phộng; TÔM', ['crustaceans', 'peanuts']],
    ['milk\nsoy', ['soya', 'milk']],
    ['sữa (bò); lạc (đậu phộng)', ['peanuts', 'milk']],
    ['sữa, bụi nhà', 'sữa, bụi nhà'],
    ['x'.repeat(601), 'x'.repeat(601)],
  ])('%j', (cell, read) => expect(allergensCell(cell)).toEqual(read));

  test('are read again as they are exported', () => {
    for (const list of [[], [...ALLERGENS], ...ALLERGENS.map((one) => [one])])
      expect(allergensCell(allergensText(list) ?? '')).toEqual(list);
    expect(allergensText(null)).toBeNull();
  });
});
