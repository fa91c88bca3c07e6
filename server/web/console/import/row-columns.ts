// The rows of an import as a page shows them: the first cells, with faults beside wrong ones, and what would change.

import type { RowReport } from '../../../actions/import/import-rows.ts';
import { columnInRow } from '../../../actions/import/list-parts.ts';
import type { RegistryImport, RegistryKind } from '../../../domain/import/registry-import.ts';
import type { Language } from '../../../domain/language.ts';
import { isTaxCodeOdd, taxCodeOf } from '../../../domain/registry/tax-code.ts';
import { numberText } from '../../format.ts';
import { html, type Html } from '../../html.ts';
import { importWordsOf, registryWordsOf, type ImportWords } from '../../words/words.ts';
import type { PageCall } from '../console-route.ts';
import { stateMark, type Column } from '../list.ts';

type HeadOf = (key: string) => string;

/** Cells of a row that are shown although nothing is said of them. */
const CELLS_SHOWN = 6;

/** The name of a column on pages, by its key. */
export function columnHeads(kind: RegistryKind, language: Language): HeadOf {
  return (key) => {
    const { kind: own, column } = columnInRow(kind, key);
    const head = column?.[language] ?? key;
    return own === kind ? head : `${importWordsOf(language).kinds[own]}: ${head}`;
  };
}

/** The faults of a row in one line, each with its column. */
export function faultsText(report: RowReport, headOf: HeadOf, words: ImportWords): string {
  const faults = report.errors.map(({ column, code }) =>
    [column === '' ? '' : `${headOf(column)}:`, faultWord(code, words)].filter((part) => part !== '').join(' '),
  );
  return [...new Set(faults)].join('; ');
}

/** The columns of the table of rows: line, outcome, cells, and the faults or changes. */
export function rowColumns({ kind }: RegistryImport, { language }: PageCall): Column<RowReport>[] {
  const words = importWordsOf(language);
  const headOf = columnHeads(kind, language);
  const valueOfCell = (key: string, value: string): string => columnInRow(kind, key).column?.values?.[value] ?? value;
  const fields: Readonly<Record<string, string>> = registryWordsOf(language).fields;
  return [
    { head: words.work.line, cell: ({ line }) => numberText(line, language), figure: true, card: 'inline' },
    {
      head: words.work.outcome,
      cell: ({ outcome }) =>
        stateMark(
          words.outcomes[outcome],
          outcome === 'wrong' || outcome === 'decide' ? 'warn' : outcome === 'same' ? 'over' : 'good',
        ),
      card: 'inline',
    },
    { head: words.work.row, cell: (row) => cellsText(row, headOf, valueOfCell, words), card: 'plain' },
    {
      head: words.work.why,
      cell: (row) => whyText(row, headOf, (field) => fields[field.split('.').at(-1) ?? field] ?? field, words),
      card: 'plain',
    },
  ];
}

/** The row's first cells; a wrong cell is marked. */
function cellsText(
  { cells, errors, restored = [] }: RowReport,
  headOf: HeadOf,
  valueOfCell: (key: string, value: string) => string,
  words: ImportWords,
): Html {
  const faulty = new Set(errors.map(({ column }) => column));
  const shown = Object.entries(cells).filter(
    ([key, value], at) => faulty.has(key) || restored.includes(key) || (value !== '' && at < CELLS_SHOWN),
  );
  return html`${shown.map(
    ([key, value]) =>
      html`<span class="cell${faulty.has(key) && ' bad'}"><span class="hint">${headOf(key)}:</span> ${
        value === '' ? '–' : valueOfCell(key, value)
      }${restored.includes(key) && html` <i class="hint">(${words.work.restored})</i>`}${
        faulty.has(key) && html` <b class="er">${reasonOf(key, errors, words)}</b>`
      }</span> `,
  )}`;
}

function whyText(
  { errors, changes, cells }: RowReport,
  headOf: HeadOf,
  fieldOf: HeadOf,
  words: ImportWords,
): Html | null {
  const elsewhere = errors.filter(({ column }) => !(column in cells));
  const faults = elsewhere.map(
    ({ column, code }) =>
      html`<span class="cell">${column !== '' && headOf(column)} <b class="er">${faultWord(code, words)}</b></span> `,
  );
  const changed = Object.entries(changes).map(
    ([field, [before, after]]) =>
      html`<span class="cell"><span class="hint">${fieldOf(field)}:</span> ${words.work.fromTo(before, after)}</span> `,
  );
  const taxCode = taxCodeOf(cells['tax_code'] ?? cells['producers.tax_code'] ?? '');
  const warned = isTaxCodeOdd(taxCode)
    ? [html`<span class="cell">${fieldOf('taxCode')}: ${words.work.taxOdd}</span> `]
    : [];
  return faults.length + changed.length + warned.length === 0 ? null : html`${faults}${changed}${warned}`;
}

function reasonOf(column: string, errors: RowReport['errors'], words: ImportWords): string {
  return [...new Set(errors.filter((error) => error.column === column).map(({ code }) => faultWord(code, words)))].join(
    '; ',
  );
}

/** What a fault is called, by its code. */
export function faultWord(code: string, words: ImportWords): string {
  return Object.hasOwn(words.rowFaults, code)
    ? words.rowFaults[code as keyof ImportWords['rowFaults']]
    : words.wrongCell;
}
