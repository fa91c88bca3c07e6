// The parts of forms: a field with its label, its hint and its fault, which keeps what was typed. Every control can be
// used by keyboard, has a visible edge, and names its fault by aria-describedby.

import type { Entity } from '../../domain/entity.ts';
import { html, type Html, type Inset } from '../html.ts';
import { dayInput } from '../typed-days.ts';
import { frameWordsOf } from '../words/words.ts';
import { sent, type OpenCall } from './console-route.ts';
import { button, linkButton } from './page-head.ts';
import { notice } from './notices.ts';
import { finderBox } from './search/finder-box.ts';
import { draftMark, enterButton, formId } from './forms/form-parts.ts';
import { baseOf } from './forms/merge-change.ts';
import type { PickFinder } from './picked.ts';
import { NO_FAULTS, type FormFaults } from './form-faults.ts';

interface FieldHead {
  name: string;
  /** Needed if two forms of a page have a field of this name. */
  id?: string;
  label: Inset;
  hint?: Inset;
  /** The fault; null or left out: none. */
  fault?: Inset;
  /** Says "(optional)" beside the label. */
  optional?: string;
}

export interface TextField extends FieldHead {
  value: string;
  type?: 'text' | 'password' | 'tel' | 'email' | 'url' | 'search';
  /** Which keyboard a phone shows. */
  mode?: 'numeric' | 'decimal';
  max?: number;
  autocomplete?: string;
  placeholder?: string;
  /** Ids of a datalist (`suggestions`). */
  list?: string;
  required?: boolean;
  /** No automatic capitals and no spell check: a login, a code. */
  plain?: boolean;
}

export function textField(field: TextField): Html {
  const {
    name,
    value,
    type = 'text',
    mode,
    max,
    autocomplete,
    placeholder,
    list,
    required = false,
    plain = false,
  } = field;
  const isPlain = plain || type === 'password' || mode !== undefined;
  const control = html`
    <input id="${idOf(field)}" name="${name}" type="${type}" value="${value}"
      ${mode !== undefined && html` inputmode="${mode}"`}
      ${max !== undefined && html` maxlength="${max}"`}
      ${autocomplete !== undefined && html` autocomplete="${autocomplete}"`}
      ${placeholder !== undefined && html` placeholder="${placeholder}"`}
      ${list !== undefined && html` list="${list}"`}
      ${isPlain && html` spellcheck="false" autocapitalize="none"`}
      ${required && html` required`}
      ${describedBy(field)}>
  `;
  return framed(field, control);
}

/**
 * A day as people write it, 24/11/2026, whatever the browser's language; where scripts run, with a calendar beside it.
 * @param field `value`, `min` and `max` are YYYY-MM-DD, or `value` is what was typed
 */
export function dateField(field: FieldHead & { value: string; min?: string; max?: string; required?: boolean }): Html {
  return framed(field, dayInput({ ...field, id: idOf(field), about: describedBy(field) }));
}

export function areaField(field: FieldHead & { value: string; rows?: number; max?: number }): Html {
  const { name, value, rows = 4, max } = field;
  return framed(
    field,
    html`<textarea id="${idOf(field)}" name="${name}" rows="${rows}"${
      max !== undefined && html` maxlength="${max}"`
    }${describedBy(field)}>${keptLine(value)}</textarea>`,
  );
}

export interface Option {
  value: string;
  text: Inset;
  /** Options of one group are listed together under its name. */
  group?: string;
}

/** Options that may be only a part of all (picked.ts). */
export interface PickedOptions {
  options: readonly Option[];
  finder: PickFinder | null;
}

export interface SelectField extends FieldHead {
  value: string;
  options: readonly Option[] | PickedOptions;
  /** The first option, which sends ''. */
  blank?: Inset;
  required?: boolean;
  /** Id of the form that it belongs to, if it is outside of it. */
  form?: string;
}

export function selectField(field: SelectField): Html {
  const { name, value, blank, required = false, form: formId } = field;
  const { options, finder } = 'finder' in field.options ? field.options : { options: field.options, finder: null };
  const optionOf = (option: Option): Html =>
    html`<option value="${option.value}"${option.value === value && html` selected`}>${option.text}</option>`;
  const groups = [...new Set(options.map(({ group }) => group))];
  const shown = groups.map((group) => {
    const some = options.filter((option) => option.group === group).map(optionOf);
    return group === undefined ? some : html`<optgroup label="${group}">${some}</optgroup>`;
  });
  const ofForm = formId !== undefined && html` form="${formId}"`;
  return framed(
    field,
    html`
      <select id="${idOf(field)}" name="${name}"${ofForm}${required && html` required`}${describedBy(field)}>
        ${blank !== undefined && html`<option value="">${blank}</option>`}
        ${shown}
      </select>${finder !== null && finderBox(finder, formId)}
    `,
  );
}

export interface RadioField extends FieldHead {
  value: string;
  options: readonly (Option & { hint?: Inset })[];
}

export function radioField(field: RadioField): Html {
  const { name, value, options, label, hint, fault } = field;
  const shown = options.map(
    (option, at) =>
      html`
        <label class="pick" for="${idOf(field)}-${at}">
          <input id="${idOf(field)}-${at}" type="radio" name="${name}"
            value="${option.value}"${option.value === value && html` checked`}>
          <span>${option.text}${option.hint !== undefined && html`<span class="hint">${option.hint}</span>`}</span>
        </label>
      `,
  );
  return html`
    <fieldset class="field${isFault(fault) && ' bad'}"${describedBy(field)}>
      <legend>${label}</legend>
      ${shown}
      ${isShown(hint) && html`<p class="hint" id="${idOf(field)}-hint">${hint}</p>`}
      ${faultLine(field)}
    </fieldset>
  `;
}

/** One box to tick; it sends `on`. */
export function checkField(field: FieldHead & { checked: boolean; value?: string; required?: boolean }): Html {
  const { name, label, checked, hint, value = 'on', fault, required = false } = field;
  const id = value === 'on' ? idOf(field) : `${idOf(field)}-${value}`;
  return html`
    <div class="field${isFault(fault) && ' bad'}">
      <label class="pick" for="${id}">
        <input id="${id}" type="checkbox" name="${name}"
          value="${value}"${checked && html` checked`}${required && html` required`}${describedBy(field)}>
        <span>${label}${isShown(hint) && html`<span class="hint" id="${idOf(field)}-hint">${hint}</span>`}</span>
      </label>
      ${faultLine(field)}
    </div>
  `;
}

/**
 * Without `capture`, so that a phone offers its camera and its gallery alike.
 * @param field `accept` as in HTML: `image/jpeg,image/png`
 */
export function fileField(field: FieldHead & { accept: string; multiple?: boolean; required?: boolean }): Html {
  const { name, accept, multiple = false, required = false } = field;
  return framed(
    field,
    html`
      <input id="${idOf(field)}" name="${name}" type="file" accept="${accept}"
        ${multiple && html` multiple`}
        ${required && html` required`}
        ${describedBy(field)}>
    `,
  );
}

/** A hidden value of the form. */
export function hiddenField(name: string, value: string | number): Html {
  return html`<input type="hidden" name="${name}" value="${value}">`;
}

/** Fields side by side if there is room. */
export function fieldRow(...fields: Inset[]): Html {
  return html`<div class="row">${fields}</div>`;
}

/** Fields that belong together, under one heading. */
export function fieldGroup(legend: Inset, hint: Inset, ...fields: Inset[]): Html {
  return html`
    <fieldset class="group">
      <legend>${legend}</legend>
      ${isShown(hint) && html`<p class="hint">${hint}</p>`}
      ${fields}
    </fieldset>
  `;
}

/** Values that a text field suggests. */
export function suggestions(id: string, values: readonly string[]): Html {
  return html`<datalist id="${id}">${values.map((value) => html`<option value="${value}">`)}</datalist>`;
}

export interface FormView {
  call: Pick<OpenCall, 'once' | 'language' | 'form'>;
  action: string;
  /** The text of its one filled button. */
  submit: Inset;
  body: Inset;
  faults?: FormFaults;
  /** The record it changes: the form keeps its version and what it was made of. */
  record?: Entity;
  /** The version alone, where nothing is merged. */
  version?: number;
  /** The target of "Cancel"; left out: there is no such link. */
  cancel?: string;
  /** Whether it sends files. */
  files?: boolean;
  /** Not the page's main form: its button is not filled. */
  plain?: boolean;
  id?: string;
}

/** A form, sent by POST, with its faults above it. If it is sent twice (an impatient click), it acts once. */
export function form({
  call,
  action,
  submit,
  body,
  faults = NO_FAULTS,
  record,
  version = record?.version,
  cancel,
  files = false,
  plain = false,
  id,
}: FormView): Html {
  const told = faults.title !== null && notice('fault', faults.title, faults.text);
  const inside = html`${body}`;
  // What was typed is for the version that it was typed for, unless the form now shows what is on record since.
  const isOfBefore = faults.kept === true && faults.isStale !== true;
  const before = (name: string): string => (isOfBefore ? sent(call.form, name) : '');
  return html`
    <form class="form" method="post" action="${action}" id="${id ?? formId(action)}"${
      files && html` enctype="multipart/form-data"`
    }${draftMark(faults)}>
      ${told}
      ${enterButton(inside)}
      ${hiddenField('once', call.once)}
      ${version !== undefined && hiddenField('version', before('version') || version)}
      ${record !== undefined && hiddenField('was', before('was') || baseOf(record))}
      ${inside}
      <div class="acts">
        ${button(submit, plain ? 'plain' : 'filled')}
        ${cancel !== undefined && linkButton(cancel, frameWordsOf(call.language).form.cancel)}
      </div>
    </form>
  `;
}

/** One button that does something, as a form. */
export function actionButton({
  call,
  action,
  text,
  look = 'plain',
  fields = [],
}: {
  call: Pick<OpenCall, 'once'>;
  action: string;
  text: Inset;
  look?: 'filled' | 'plain' | 'quiet';
  fields?: readonly Html[];
}): Html {
  const inside = html`${fields}`;
  return html`
    <form method="post" action="${action}">
      ${enterButton(inside)}
      ${hiddenField('once', call.once)}
      ${inside}
      ${button(text, look)}
    </form>
  `;
}

function framed(field: FieldHead, control: Html): Html {
  const { label, hint, fault, optional } = field;
  const named = optional !== undefined && html` <span class="opt">${optional}</span>`;
  return html`
    <div class="field${isFault(fault) && ' bad'}">
      <label for="${idOf(field)}">${label}${named}</label>
      ${control}
      ${isShown(hint) && html`<p class="hint" id="${idOf(field)}-hint">${hint}</p>`}
      ${faultLine(field)}
    </div>
  `;
}

function faultLine(field: FieldHead): Html | null {
  const { fault } = field;
  return isFault(fault) ? html`<p class="er" id="${idOf(field)}-fault">${fault}</p>` : null;
}

function describedBy(field: FieldHead): Html | null {
  const { hint, fault } = field;
  const ids = [isShown(hint) && `${idOf(field)}-hint`, isFault(fault) && `${idOf(field)}-fault`].filter(
    (id) => id !== false,
  );
  if (ids.length === 0) return null;
  return html` aria-describedby="${ids.join(' ')}"${isFault(fault) && html` aria-invalid="true"`}`;
}

function isShown(hint: Inset | undefined): hint is Exclude<Inset, null | false> {
  return hint !== undefined && hint !== null && hint !== false && hint !== '';
}

function isFault(fault: Inset | undefined): fault is Exclude<Inset, null | false> {
  return isShown(fault);
}

/** `address.commune` becomes f-address-commune: ids contain no dot. */
function idOf({ id, name }: FieldHead): string {
  return `f-${(id ?? name).replaceAll('.', '-')}`;
}

/** HTML drops the first line break of a textarea. */
function keptLine(value: string): string {
  return value.startsWith('\n') ? `\n${value}` : value;
}
