// The 14 substances and products that cause allergies and that buyers must be able to find (Regulation (EU) 1169/2011
// annex II; TCVN 7087:2013 names most of them). A product says which of them it holds, that it holds none of them, or
// nothing.

export const ALLERGENS = [
  'gluten',
  'crustaceans',
  'eggs',
  'fish',
  'peanuts',
  'soya',
  'milk',
  'nuts',
  'celery',
  'mustard',
  'sesame',
  'sulphites',
  'lupin',
  'molluscs',
] as const;
export type Allergen = (typeof ALLERGENS)[number];

interface AllergenNames {
  vi: string;
  en: string;
  /** Other words for it in lists that people write. */
  also: readonly string[];
}

export const ALLERGEN_NAMES: Readonly<Record<Allergen, AllergenNames>> = {
  gluten: {
    vi: 'ngũ cốc có gluten (lúa mì, lúa mạch)',
    en: 'cereals with gluten (wheat, barley, rye, oats)',
    also: ['gluten', 'lúa mì', 'bột mì', 'lúa mạch', 'wheat'],
  },
  crustaceans: { vi: 'giáp xác (tôm, cua)', en: 'crustaceans (shrimp, crab)', also: ['tôm', 'cua', 'tép'] },
  eggs: { vi: 'trứng', en: 'eggs', also: ['egg', 'trứng gà', 'trứng vịt'] },
  fish: { vi: 'cá', en: 'fish', also: ['cá biển'] },
  peanuts: { vi: 'lạc (đậu phộng)', en: 'peanuts', also: ['đậu phộng', 'peanut'] },
  soya: { vi: 'đậu nành', en: 'soya', also: ['đậu tương', 'soy', 'soybeans'] },
  milk: { vi: 'sữa', en: 'milk', also: ['sữa bò', 'lactose'] },
  nuts: {
    vi: 'quả hạch (điều, óc chó, hạnh nhân, mắc ca)',
    en: 'tree nuts (cashew, walnut, almond, macadamia)',
    also: ['hạt điều', 'điều', 'óc chó', 'hạnh nhân', 'mắc ca', 'nuts', 'các loại hạt'],
  },
  celery: { vi: 'cần tây', en: 'celery', also: [] },
  mustard: { vi: 'mù tạt', en: 'mustard', also: ['hạt cải'] },
  sesame: { vi: 'vừng (mè)', en: 'sesame', also: ['mè'] },
  sulphites: {
    vi: 'sunfit (từ 10 mg/kg)',
    en: 'sulphites (10 mg/kg or more)',
    also: ['sulfit', 'sunphit', 'sulfites', 'lưu huỳnh đioxit', 'so2'],
  },
  lupin: { vi: 'đậu lupin', en: 'lupin', also: ['lupin'] },
  molluscs: { vi: 'thân mềm (mực, ốc, sò)', en: 'molluscs (squid, snails, shellfish)', also: ['mực', 'ốc', 'sò'] },
};

/** The names in one of the two languages that lists are written in. */
export function allergenNames(language: 'vi' | 'en'): Readonly<Record<Allergen, string>> {
  return Object.fromEntries(ALLERGENS.map((allergen) => [allergen, ALLERGEN_NAMES[allergen][language]])) as Record<
    Allergen,
    string
  >;
}
