// The fields of one form by their names only: each finds its label in the area's words, its value in the record or in
// what was sent, and its fault in the form's faults. Anything special about a field is written where it is used.

import type { Html, Inset } from '../html.ts';
import { frameWordsOf } from '../words/words.ts';
import { isTicked, type OpenCall } from './console-route.ts';
import {
  areaField,
  checkField,
  dateField,
  fileField,
  radioField,
  selectField,
  textField,
  type Option,
  type PickedOptions,
  type RadioField,
  type SelectField,
  type TextField,
} from './fields.ts';
import { NO_FAULTS, showsSent, type FormFaults } from './form-faults.ts';

type AreaField = Parameters<typeof areaField>[0];
type DateField = Parameters<typeof dateField>[0];
type FileField = Parameters<typeof fileField>[0];
type TickField = Parameters<typeof checkField>[0];

/** What may be said of a field beside its name. */
type More<Field> = Partial<Omit<Field, 'name' | 'options' | 'optional' | 'value' | 'checked'>> & {
  /** Says "(optional)" beside the label. */
  optional?: boolean;
  /** What it shows until something is sent; left out: the record's value of this name. */
  value?: string | number | boolean | null | undefined;
};

/** What may be said of any field. */
type Said = Pick<More<TextField>, 'label' | 'fault' | 'optional' | 'value'>;

/** A text that may be shown again: never a password. */
type ShownText = More<TextField> & { type?: Exclude<TextField['type'], 'password'> };

/** Keys whose word is a plain text. */
type TextKey<Labels> = { [Key in keyof Labels]: Labels[Key] extends string ? Key : never }[keyof Labels] & string;

/** A field whose name is no key of the labels brings its own label. */
type Named<Label, M> = [name: Label, more?: M] | [name: string, more: M & { label: Inset }];
type FileNamed<Label, M> = [name: Label, more: M] | [name: string, more: M & { label: Inset }];
type Chosen<Label, M> =
  | [name: Label, options: readonly Option[] | PickedOptions, more?: M]
  | [name: string, options: readonly Option[] | PickedOptions, more: M & { label: Inset }];

type Radio<Label, M> =
  | [name: Label, options: RadioField['options'], more?: M]
  | [name: string, options: RadioField['options'], more: M & { label: Inset }];

export interface FormFields<Label extends string> {
  text: (...field: Named<Label, ShownText>) => Html;
  area: (...field: Named<Label, More<AreaField>>) => Html;
  date: (...field: Named<Label, More<DateField>>) => Html;
  tick: (...field: Named<Label, More<TickField>>) => Html;
  file: (...field: FileNamed<Label, More<FileField> & Pick<FileField, 'accept'>>) => Html;
  select: (...field: Chosen<Label, More<SelectField>>) => Html;
  radio: (...field: Radio<Label, More<RadioField>>) => Html;
  /** What the field of this name shows. */
  shown: (name: string, value?: More<TextField>['value']) => string;
  faults: FormFaults;
}

/**
 * @param labels words by field name
 * @param from `record`: what the fields show at first, by field name or path (`address.commune`): a record, or a page's
 * query. `faults`: with a fault the fields show what was sent
 */
export function formFields<Labels extends object>(
  call: Pick<OpenCall, 'form' | 'language'>,
  labels: Labels,
  { record = null, faults = NO_FAULTS }: { record?: object | null; faults?: FormFaults } = {},
): FormFields<TextKey<Labels>> {
  const wasSent = showsSent(faults);
  const isTheirs = (name: string): boolean => faults.theirs?.includes(name.split('.')[0] ?? '') === true;
  const shown: FormFields<never>['shown'] = (name, value) =>
    (wasSent && !isTheirs(name) ? call.form.fields[name]?.[0] : undefined) ??
    String(value ?? valueAt(record, name) ?? '');
  /** What somebody else saved meanwhile, where it is not what was sent: sending again would write over it. */
  const stale = (name: string, value: More<TextField>['value'], options: readonly Option[] = []): string | null => {
    const recorded = String(value ?? valueAt(record, name) ?? '');
    if (faults.isStale !== true || record === null || recorded === shown(name, value).replaceAll('\r\n', '\n'))
      return null;
    // What only this person changed is merged when the form is sent again.
    if (faults.clashes?.includes(name.split('.')[0] ?? '') === false) return null;
    const text = options.find((option) => option.value === recorded)?.text ?? recorded;
    return frameWordsOf(call.language).form.nowOnRecord(typeof text === 'string' ? text : recorded);
  };
  const partsOf = <M extends Said>(
    name: string,
    { optional = false, ...more }: M,
    options: readonly Option[] = [],
  ) => ({
    ...more,
    name,
    label: more.label ?? (labels as Readonly<Record<string, Inset>>)[name] ?? '',
    value: shown(name, more.value),
    fault: more.fault ?? faults.fields[name] ?? stale(name, more.value, options),
    ...(optional ? { optional: frameWordsOf(call.language).form.optional } : {}),
  });
  return {
    text: (name, more = {}) => textField(partsOf(name, more)),
    area: (name, more = {}) => areaField(partsOf(name, more)),
    date: (name, more = {}) => dateField(partsOf(name, more)),
    file: (name, more) => fileField(partsOf(name, more)),
    select: (name, options, more = {}) =>
      selectField({ ...partsOf(name, more, 'options' in options ? options.options : options), options }),
    radio: (name, options, more = {}) => radioField({ ...partsOf(name, more), options }),
    tick: (name, more = {}) => {
      const { value: _value, ...parts } = partsOf(name, more);
      const recorded = more.value ?? valueAt(record, name);
      return checkField({
        ...parts,
        checked: wasSent && !isTheirs(name) ? isTicked(call.form, name) : recorded === true,
      });
    },
    shown,
    faults,
  };
}

/** A field's value is plain; what lies on the way to it is not. */
function valueAt(record: object | null, path: string): More<TextField>['value'] {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) => (value as Record<string, unknown> | null)?.[key],
      record,
    ) as More<TextField>['value'];
}

/** The options of a choice from a closed list, in its words. */
export function choices<Value extends string | number>(
  values: readonly Value[],
  texts: Readonly<Record<Value, Inset>> | ((value: Value) => Inset),
): Option[] {
  return values.map((value) => ({
    value: String(value),
    text: typeof texts === 'function' ? texts(value) : texts[value],
  }));
}

/** The options of a choice among records: each by its name. */
export function named(records: readonly { id: string; name: string }[]): Option[] {
  return records.map(({ id, name }) => ({ value: id, text: name }));
}
