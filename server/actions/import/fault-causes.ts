// Sums the faults of rows by their cause: what one answer or one correction would mend, however many rows have it.

import {
  CAUSE_LINES_MAX,
  CAUSES_MAX,
  type FaultCause,
  type RegistryKind,
} from '../../domain/import/registry-import.ts';
import type { RowReport } from './import-rows.ts';
import { columnInRow } from './list-parts.ts';
import { wordOfCell } from './value-words.ts';

/** The causes with those of some more rows, commonest first. */
export function addCauses(
  before: readonly FaultCause[],
  kind: RegistryKind,
  reports: readonly RowReport[],
): FaultCause[] {
  const causes = new Map(before.map((cause) => [keyOf(cause), { ...cause, lines: [...cause.lines] }]));
  for (const report of reports) {
    for (const found of causesOfRow(kind, report)) {
      const known = causes.get(keyOf(found));
      if (known === undefined && causes.size < CAUSES_MAX) causes.set(keyOf(found), found);
      if (known === undefined) continue;
      known.rows += 1;
      if (known.lines.length < CAUSE_LINES_MAX) known.lines.push(report.line);
    }
  }
  return [...causes.values()].toSorted((a, b) => b.rows - a.rows);
}

/** Whether a row is wrong for this cause, perhaps among others. */
export function hasCause(kind: RegistryKind, report: RowReport, cause: FaultCause): boolean {
  return causesOfRow(kind, report).some((one) => keyOf(one) === keyOf(cause));
}

/** Two faults of one column and code in one row are one cause. */
function causesOfRow(kind: RegistryKind, { line, cells, errors }: RowReport): FaultCause[] {
  const causes = errors.map(({ column, code }): FaultCause => {
    const values = columnInRow(kind, column).column?.values ?? null;
    const text = cells[column] ?? '';
    const isUnknown = values !== null && text !== '' && !Object.hasOwn(values, text);
    return { column, code, word: isUnknown ? text : null, rows: 1, lines: [line] };
  });
  return [...new Map(causes.map((cause) => [keyOf(cause), cause])).values()];
}

const keyOf = ({ column, code, word }: FaultCause): string =>
  JSON.stringify([column, code, word === null ? null : wordOfCell(word)]);
