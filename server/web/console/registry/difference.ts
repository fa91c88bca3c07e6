// A waiting change, as a table of the record's values and the requested ones, field by field, in words.

import type { ChangeRequest } from '../../../domain/registry/change-request.ts';
import { html, type Html, type Inset } from '../../html.ts';
import { dayText } from '../../format.ts';
import type { FrameWords, RegistryWords } from '../../words/words.ts';

/** A longer value is cut in the table; the record's page has all of it. */
const TEXT_MAX = 1_000;

/** @param nameOf returns names for ids of products, lots and producers; null: the id itself is shown */
export function differenceTable(
  request: ChangeRequest,
  words: RegistryWords,
  frame: FrameWords,
  nameOf: (field: string, id: string) => string | null,
): Html {
  const asked = recordOf(request.input);
  const { before } = request;
  const isNew = before === null;
  const fields = Object.keys(asked).filter(
    (field) => asked[field] !== undefined && (isNew ? asked[field] !== null : field in before),
  );
  const shown = (field: string, value: unknown): Inset => valueText(field, value, words, frame, nameOf);
  const head = isNew ? words.requests.fresh : words.requests.after;
  const old = (field: string): Html | false =>
    before !== null &&
    html`
      <td role="cell" data-l="${words.requests.before}">
        <span class="old">${shown(field, before[field])}</span>
      </td>
    `;
  const rows = fields.map(
    (field) => html`
      <tr role="row">
        <th scope="row" role="rowheader">${labelOf(field, words)}</th>
        ${old(field)}
        <td role="cell" data-l="${head}"><span class="new">${shown(field, asked[field])}</span></td>
      </tr>
    `,
  );
  return html`
    <div class="scroll">
      <table role="table" class="diff">
        <caption>${words.requests.caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">${words.requests.field}</th>
            ${!isNew && html`<th scope="col" role="columnheader">${words.requests.before}</th>`}
            <th scope="col" role="columnheader">${head}</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${rows}
        </tbody>
      </table>
    </div>
  `;
}

function labelOf(field: string, words: RegistryWords): string {
  return Object.hasOwn(words.fields, field) ? words.fields[field as keyof RegistryWords['fields']] : field;
}

function valueText(
  field: string,
  value: unknown,
  words: RegistryWords,
  frame: FrameWords,
  nameOf: (field: string, id: string) => string | null,
): string {
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'boolean') return value ? frame.form.yes : frame.form.no;
  if (typeof value === 'number')
    return field === 'productSet' ? `${value}. ${words.sets[value - 1] ?? ''}` : String(value);
  if (typeof value === 'string')
    return (
      nameOf(field, value) ??
      knownText(field, value, words) ??
      (/^\d{4}-\d\d-\d\d$/.test(value) ? dayText(value) : value.slice(0, TEXT_MAX))
    );
  if (field === 'allergens' && Array.isArray(value) && value.length === 0) return words.products.noAllergens;
  if (Array.isArray(value)) return value.map((one) => valueText(field, one, words, frame, nameOf)).join(', ');
  return Object.values(recordOf(value))
    .filter((part) => part !== null && part !== '')
    .map((part) => valueText('', part, words, frame, nameOf))
    .join(', ');
}

function knownText(field: string, value: string, words: RegistryWords): string | null {
  const lists: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    group: words.groups,
    kind: words.kinds,
    scheme: words.schemes,
    allergens: words.allergens,
  };
  const list = lists[field];
  return list !== undefined && Object.hasOwn(list, value) ? (list[value] ?? null) : null;
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
