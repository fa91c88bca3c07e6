// The thread that writes workbooks. Text is made safe here (safe-cell.ts).

import writeXlsxFile, { type SheetData } from 'write-excel-file/node';
import { answerCalls } from '../../kit/thread-call.ts';
import { safeCell } from './safe-cell.ts';
import type { WorkbookCell, WorkbookSheet, WorkbookWork } from './workbook-work.ts';

/** Excel's own format of text. */
const TEXT_FORMAT = '@';

type Row = readonly WorkbookCell[];

/** Rows received for workbooks that are not written yet. */
const waiting = new Map<number, Row[]>();

answerCalls<WorkbookWork, Uint8Array | null>(async (work) => {
  switch (work.kind) {
    case 'rows':
      waiting.set(work.id, (waiting.get(work.id) ?? []).concat(work.rows));
      return null;
    case 'write': {
      const [first, ...others] = work.sheets;
      const more = waiting.get(work.id) ?? [];
      waiting.delete(work.id);
      const sheets = first === undefined ? [] : [{ ...first, rows: [...first.rows, ...more] }, ...others];
      const file = writeXlsxFile(sheets.map(sheetOf), work.font ?? {});
      return new Uint8Array(await file.toBuffer());
    }
    case 'forget':
      waiting.delete(work.id);
      return null;
    default:
      return work satisfies never;
  }
});

function sheetOf({ name, rows, widths, stickyRows }: WorkbookSheet): {
  sheet: string;
  data: SheetData;
  columns: { width: number }[];
  stickyRowsCount?: number;
} {
  return {
    sheet: name,
    data: rows.map((row) => row.map(cellOf)),
    columns: widths.map((width) => ({ width })),
    ...(stickyRows === undefined ? {} : { stickyRowsCount: stickyRows }),
  };
}

function cellOf(cell: WorkbookCell): SheetData[number][number] {
  if (cell === null) return null;
  if (typeof cell === 'number') return { value: cell, format: '#,##0' };
  // Text stays text where a person types over it: a telephone keeps its zero.
  if (typeof cell === 'string') return { value: safeCell(cell), type: String, format: TEXT_FORMAT };
  return { value: safeCell(cell.value), type: String, ...cell.style };
}
