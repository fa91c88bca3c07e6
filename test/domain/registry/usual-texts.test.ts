// What we offer for a product's record has its English: containers, measures, ways to store and use, warnings.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { ALLERGEN_NAMES, ALLERGENS } from '../../../server/domain/registry/allergens.ts';
import { JOURNEY_STEPS, usualStep } from '../../../server/domain/lots/journey.ts';
import {
  englishOfUsual,
  englishUnit,
  UNIT_CONTAINERS,
  USUAL_STORAGE,
  USUAL_USAGE,
  USUAL_WARNINGS,
} from '../../../server/domain/registry/usual-texts.ts';

const VIETNAMESE_LETTERS = /[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]/i;

const products = parse<Record<string, string>>(
  readFileSync(new URL('../../../scripts/sample-registry/products.csv', import.meta.url)),
  { columns: true },
);

describe('English of what we offer', () => {
  test.each([
    ['thùng 5 kg', '5 kg box'],
    ['Hộp 20 túi', 'box of 20 bags'],
    ['chai 500 ml', '500 ml bottle'],
    ['túi 1,5 kg', '1.5 kg bag'],
    ['chiếc', 'piece'],
    ['vé lưu trú', 'ticket for a stay'],
    ['kiện 5 kg', null],
    ['thùng 5 cân', null],
  ])('a unit: %s', (vi, en) => expect(englishUnit(vi)).toBe(en));

  test('a text of several lines is translated if each line is ours, whatever its case and full stop', () => {
    const both = 'không dùng cho người dưới 18 tuổi.\nĐể xa tầm tay trẻ em';
    expect(englishOfUsual(both, USUAL_WARNINGS)).toBe('Not for people under 18\nKeep out of the reach of children');
    expect(englishOfUsual(`${both}\nCâu khác`, USUAL_WARNINGS)).toBeNull();
  });

  test('every step is known by its words in both languages', () => {
    const steps = Object.values(JOURNEY_STEPS).flat();
    for (const { vi, en } of steps) {
      expect([en, usualStep(en)?.vi]).toEqual([en, vi]);
      expect(steps.filter((one) => one.vi === vi).map((one) => one.en)).toContain(usualStep(vi)?.en);
    }
    expect(usualStep('Bước riêng')).toBeNull();
  });

  test('no English of ours has a Vietnamese letter, and none is empty', () => {
    const english = [
      ...[USUAL_STORAGE, USUAL_USAGE, USUAL_WARNINGS].flat().map(({ en }) => en),
      ...Object.values(UNIT_CONTAINERS).flatMap(({ one, many }) => [one, many]),
      ...Object.values(JOURNEY_STEPS).flatMap((steps) => steps.map(({ en }) => en)),
      ...ALLERGENS.map((allergen) => ALLERGEN_NAMES[allergen].en),
    ];
    expect(english.filter((text) => text === '' || VIETNAMESE_LETTERS.test(text))).toEqual([]);
    expect(ALLERGENS).toHaveLength(14);
  });

  test('the sample registry stands in English in full', () => {
    const lacking = products.flatMap((row) => {
      const of = (column: string): string => row[column] ?? '';
      const gap = (column: string, en: string | null): string[] =>
        of(column) === '' || en !== null ? [] : [`${of('ref')} ${column}: ${of(column)}`];
      const recorded = (column: string): string | null => (of(`${column}_en`) === '' ? null : of(`${column}_en`));
      return [
        ...gap('name', recorded('name')),
        ...gap('unit', englishUnit(of('unit'))),
        ...gap('ingredients', recorded('ingredients')),
        ...gap('storage', englishOfUsual(of('storage'), USUAL_STORAGE)),
        ...gap('usage', englishOfUsual(of('usage'), USUAL_USAGE)),
        ...gap('warnings', englishOfUsual(of('warnings'), USUAL_WARNINGS)),
        ...gap('description', recorded('description')),
      ];
    });
    expect(lacking).toEqual([]);
    // Every food and drink says which of the 14 it holds.
    expect(
      products.filter(({ group, allergens }) => ['food', 'drink'].includes(group ?? '') && allergens === ''),
    ).toEqual([]);
  });
});
