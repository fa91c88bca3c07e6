// Fields of an address in a form, and how they are read: the same for a producer's place, its name today, and a
// product's origin.

import { PROVINCES, type Address } from '../../../domain/places.ts';
import { html, type Html, type Inset } from '../../html.ts';
import type { RegistryWords } from '../../words/words.ts';
import { sent, type SentForm } from '../console-route.ts';
import { fieldGroup, fieldRow, suggestions, textField } from '../fields.ts';
import type { FormFaults } from '../form-faults.ts';

/** @param name of the input's field: `address` gives `address.commune` and so on */
export function addressFields({
  name,
  legend,
  hint,
  value,
  form,
  faults,
  words,
  optional,
}: {
  name: string;
  legend: Inset;
  hint: Inset;
  value: Address | null;
  form: SentForm;
  faults: FormFaults;
  words: RegistryWords;
  /** The note at a field that may be left blank. */
  optional?: string;
}): Html {
  const kept = (field: keyof Address): string => form.fields[`${name}.${field}`]?.[0] ?? value?.[field] ?? '';
  const fault = (field: keyof Address): string | null => faults.fields[`${name}.${field}`] ?? null;
  const more = optional === undefined ? { required: true } : { optional };
  return fieldGroup(
    legend,
    hint,
    fieldRow(
      textField({
        name: `${name}.commune`,
        label: words.place.commune,
        value: kept('commune'),
        max: 80,
        fault: fault('commune') ?? faults.fields[name] ?? null,
        ...more,
      }),
      textField({
        name: `${name}.province`,
        label: words.place.province,
        value: kept('province'),
        max: 80,
        list: `${name}-provinces`,
        fault: fault('province'),
        ...more,
      }),
    ),
    textField({
      name: `${name}.detail`,
      label: words.place.detail,
      value: kept('detail'),
      max: 160,
      fault: fault('detail'),
    }),
    html`${suggestions(`${name}-provinces`, PROVINCES)}`,
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
