// The texts of a product's form that buyers read: each in Vietnamese with its English beside it, sentences that we
// offer in both languages, and the allergens. What a form sends of them is read here too.

import { ALLERGENS } from '../../../domain/registry/allergens.ts';
import { wholeProduct, type Product } from '../../../domain/registry/product.ts';
import {
  UNIT_CONTAINERS,
  USUAL_STORAGE,
  USUAL_USAGE,
  USUAL_WARNINGS,
  type UsualText,
} from '../../../domain/registry/usual-texts.ts';
import { html, type Html } from '../../html.ts';
import type { RegistryWords } from '../../words/words.ts';
import { sent, sentOrNull, type PageCall } from '../console-route.ts';
import { checkField, fieldGroup, fieldRow, suggestions } from '../fields.ts';
import { showsSent } from '../form-faults.ts';
import { choices } from '../form-fields.ts';
import type { RegistryFields } from './record-form.ts';

/** Says that the product holds none of the 14. */
const NONE = 'none';
const UNIT_LIST = 'units';

interface TextField {
  name: 'warnings' | 'ingredients' | 'storage' | 'usage' | 'description';
  max: number;
  rows: number;
  usual?: readonly UsualText[];
}

const WARNINGS: TextField = { name: 'warnings', max: 600, rows: 3, usual: USUAL_WARNINGS };
const OWN_TEXTS: readonly TextField[] = [
  { name: 'description', max: 2_000, rows: 5 },
  { name: 'ingredients', max: 1_000, rows: 3 },
  { name: 'storage', max: 300, rows: 2, usual: USUAL_STORAGE },
  { name: 'usage', max: 600, rows: 2, usual: USUAL_USAGE },
];

/** What the office approves: names, unit, warnings, allergens. */
export function officialTexts(
  field: RegistryFields,
  words: RegistryWords,
  call: PageCall,
  product: Product | null,
): { unit: Html; rest: Html } {
  const own = words.products;
  const unit = html`
    ${fieldRow(
      field.text('unit', { optional: true, hint: own.unitHint, max: 60, list: UNIT_LIST }),
      field.text('unitEn', { optional: true, hint: own.englishHint, max: 60 }),
    )}
    ${suggestions(UNIT_LIST, Object.keys(UNIT_CONTAINERS))}
  `;
  return { unit, rest: html`${bothTexts(field, words, WARNINGS)}${allergenField(field, words, call, product)}` };
}

/** What the producer writes itself. */
export function ownTexts(field: RegistryFields, words: RegistryWords): Html {
  return html`${OWN_TEXTS.map((one) => bothTexts(field, words, one))}`;
}

export function sentOfficialTexts(call: PageCall): Record<string, unknown> {
  return {
    nameEn: sentOrNull(call.form, 'nameEn'),
    unitEn: sentOrNull(call.form, 'unitEn'),
    ...sentText(call, WARNINGS),
    allergens: sentAllergens(call),
  };
}

export function sentOwnTexts(call: PageCall): Record<string, unknown> {
  return Object.assign({}, ...OWN_TEXTS.map((one) => sentText(call, one))) as Record<string, unknown>;
}

function bothTexts(field: RegistryFields, words: RegistryWords, { name, max, rows, usual }: TextField): Html {
  const english = `${name}En` as const;
  const both = fieldRow(
    field.area(name, { optional: true, rows, max }),
    field.area(english, { optional: true, rows, max }),
  );
  if (usual === undefined) return both;
  const offered = field.select(
    `${name}Usual`,
    choices(
      usual.map(({ vi }) => vi),
      (vi) => vi,
    ),
    { label: words.products.usual[name as keyof RegistryWords['products']['usual']], blank: words.products.noUsual },
  );
  return html`${both}${offered}`;
}

/** A sentence that was chosen stands below what was typed, once. */
function sentText({ form }: PageCall, { name }: TextField): Record<string, unknown> {
  const typed = sent(form, name).trim();
  const chosen = sent(form, `${name}Usual`);
  const lines = typed.split(/\r?\n/).map((line) => line.trim());
  const text = [typed, lines.includes(chosen) ? '' : chosen].filter((part) => part !== '').join('\n');
  return { [name]: text === '' ? null : text, [`${name}En`]: sentOrNull(form, `${name}En`) };
}

function sentAllergens({ form }: PageCall): readonly string[] | null {
  const ticked = form.fields['allergens'] ?? [];
  const held = ticked.filter((one) => one !== NONE);
  return ticked.length === 0 ? null : held;
}

function allergenField(field: RegistryFields, words: RegistryWords, call: PageCall, product: Product | null): Html {
  const recorded = product === null ? null : wholeProduct(product).allergens;
  const kept: readonly string[] = recorded === null ? [] : recorded.length === 0 ? [NONE] : recorded;
  const ticked = showsSent(field.faults) ? (call.form.fields['allergens'] ?? []) : kept;
  const boxes = [...ALLERGENS, NONE].map((value) =>
    checkField({
      name: 'allergens',
      value,
      label: value === NONE ? words.products.noAllergens : words.allergens[value as (typeof ALLERGENS)[number]],
      checked: ticked.includes(value),
      fault: value === ALLERGENS[0] ? (field.faults.fields['allergens'] ?? null) : null,
    }),
  );
  return fieldGroup(words.fields.allergens, words.products.allergensHint, ...boxes);
}
