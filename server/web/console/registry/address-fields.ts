// Fields of an address in a form, and how they are read: for a producer's place, its present name, and a product's
// origin.

import { PROVINCES } from '../../../domain/places.ts';
import { html, type Html, type Inset } from '../../html.ts';
import type { RegistryWords } from '../../words/words.ts';
import type { SentForm } from '../../read-form.ts';
import { sent } from '../console-route.ts';
import { fieldGroup, fieldRow, suggestions } from '../fields.ts';
import type { RegistryFields } from './record-form.ts';

/** @param place `name` of the input's field: `address` gives `address.commune` and so on */
export function addressFields(
  field: RegistryFields,
  { place }: RegistryWords,
  { name, legend, hint, required = false }: { name: string; legend: Inset; hint: Inset; required?: boolean },
): Html {
  const { fields: faults } = field.faults;
  const [commune, provinces] = [`${name}.commune`, `${name}-provinces`];
  const more = { max: 80, required, optional: !required };
  return fieldGroup(
    legend,
    hint,
    fieldRow(
      field.text(commune, { label: place.commune, fault: faults[commune] ?? faults[name] ?? null, ...more }),
      field.text(`${name}.province`, { label: place.province, list: provinces, ...more }),
    ),
    field.text(`${name}.detail`, { label: place.detail, max: 160 }),
    html`${suggestions(provinces, PROVINCES)}`,
  );
}

/** As the input takes it; null where nothing of it was filled in. */
export function sentAddress(
  form: SentForm,
  name: string,
): { commune: string; province: string; detail: string | null } | null {
  const [commune, province, detail] = [
    sent(form, `${name}.commune`),
    sent(form, `${name}.province`),
    sent(form, `${name}.detail`),
  ];
  return commune === '' && province === '' && detail === ''
    ? null
    : { commune, province, detail: detail === '' ? null : detail };
}
