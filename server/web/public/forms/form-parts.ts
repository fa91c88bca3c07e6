// The parts of a public form: its fields as they were typed, each with its fault beside it, and a summary of what is
// wrong at the top, to which the browser goes when the page opens. Works without script.

import { html, type Html, type Inset } from '../../html.ts';

/** What is wrong with a field, in words. */
export interface Fault<Field extends string> {
  field: Field;
  text: string;
  /** Names the field in the summary, where its sentence does not. */
  label?: string;
}

/** Why a form was not taken, and whom to call instead. */
export interface Refusal {
  why: string;
  call: { name: string; phone: string | null } | null;
}

export interface FieldWords {
  label: Inset;
  hint?: string | null;
}

/** The form that the header's button sends again in the other language (layout.ts). */
export const FORM_ID = 'f';

export function formParts<Field extends string>(
  values: Readonly<Record<Field, string>>,
  faults: readonly Fault<Field>[],
) {
  const faultOf = (field: Field): Fault<Field> | undefined => faults.find((one) => one.field === field);
  const shown = (field: Field): Html | null => {
    const found = faultOf(field);
    return found === undefined ? null : html`<p class="er" id="${field}-fault">${found.text}</p>`;
  };
  /** Names the fault and the hint, whichever there are. */
  const described = (field: Field, hint = false): Html | null => {
    const isFaulty = faultOf(field) !== undefined;
    const ids = [isFaulty && `${field}-fault`, hint && `${field}-hint`].filter((id) => id !== false);
    if (ids.length === 0) return null;
    return html`${isFaulty && html` aria-invalid="true"`} aria-describedby="${ids.join(' ')}"`;
  };
  const around = (field: Field, { label, hint = null }: FieldWords, control: Html): Html => {
    const said = hint !== null && html`<p class="h" id="${field}-hint">${hint}</p>`;
    return html`<div><label for="${field}">${label}</label>${said}${control}${shown(field)}</div>`;
  };
  const attributes = (field: Field, { hint = null }: FieldWords, required: boolean): Html =>
    html`id="${field}" name="${field}"${described(field, hint !== null)}${required && html` required`}`;

  return {
    /** @param bounds `digits`: a phone shows its number keys */
    line(field: Field, words: FieldWords, bounds: { max: number; required?: boolean; digits?: boolean }): Html {
      const { max, required = false, digits = false } = bounds;
      const kind = digits && html` class="tc" inputmode="numeric"`;
      const own = html`${attributes(field, words, required)}${kind}`;
      const input = html`<input ${own} value="${values[field]}" maxlength="${max}" autocomplete="off">`;
      return around(field, words, input);
    },
    area(field: Field, words: FieldWords, { max, required = false }: { max: number; required?: boolean }): Html {
      const own = attributes(field, words, required);
      // The first line end of a text area's content is dropped by browsers.
      return around(
        field,
        words,
        html`<textarea ${own} rows="4" maxlength="${max}">${'\n'}${values[field]}</textarea>`,
      );
    },
    select(field: Field, words: FieldWords, { blank, options }: { blank: string; options: readonly string[] }): Html {
      const own = attributes(field, words, false);
      const items = options.map(
        (option) => html`<option${values[field] === option && html` selected`}>${option}</option>`,
      );
      return around(field, words, html`<select ${own}><option value="">${blank}</option>${items}</select>`);
    },
    radios(field: Field, legend: string, options: readonly (readonly [value: string, label: string])[]): Html {
      const choices = options.map(([value, label]) => {
        const checked = values[field] === value && html` checked`;
        return html`<label class="ra"><input type="radio" name="${field}" value="${value}"${checked} required>${label}</label>`;
      });
      const head = html`<legend>${legend}</legend>`;
      return html`<fieldset id="${field}" tabindex="-1"${described(field)}>${head}${choices}${shown(field)}</fieldset>`;
    },
    /** A picture from the camera or from what is on the phone. What was chosen cannot be sent back by a page. */
    picture(field: Field, words: FieldWords): Html {
      const own = attributes(field, words, false);
      return around(field, words, html`<input type="file" accept="image/*" ${own}>`);
    },
  };
}

/** What is wrong, at the head of the form: the faults with links to their fields, or why it was refused. */
export function formSummary<Field extends string>(
  heading: string,
  faults: readonly Fault<Field>[],
  refusal: Refusal | null,
  phoneMark: (phone: string) => Html,
): Html | null {
  if (refusal === null && faults.length === 0) return null;
  const links = faults.map(({ field, text, label = null }) => {
    const named = label === null || text.includes(label) ? text : `${label}: ${text}`;
    return html`<li><a href="#${field}">${named}</a></li>`;
  });
  const call = refusal?.call ?? null;
  const calls = call !== null && call.phone !== null && html`<p>${call.name}: ${phoneMark(call.phone)}</p>`;
  const told = refusal === null ? html`<ul>${links}</ul>` : html`<p>${refusal.why}</p>${calls}`;
  return html`<div class="es" role="alert" tabindex="-1" autofocus><b>${heading}</b>${told}</div>`;
}
