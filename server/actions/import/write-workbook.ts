// Writes workbooks (.xlsx) in a thread, so that look-ups are answered meanwhile. One thread for the whole process; it
// does one workbook after the other.

import { Worker } from 'node:worker_threads';
import { ThreadCalls } from '../../kit/thread-call.ts';
import type { WorkbookFont, WorkbookSheet, WorkbookWork } from './workbook-work.ts';

/** Of the largest export: 50,000 rows of some fifteen cells. */
const HEAP_MIB_MAX = 768;

type Rows = readonly (readonly string[])[];

class WorkbookWriter {
  private readonly thread = new ThreadCalls<WorkbookWork, Uint8Array | null>({
    start: () =>
      new Worker(new URL('./workbook-worker.ts', import.meta.url), {
        resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB_MAX },
      }),
  });
  private lastId = 0;

  async write(
    sheets: readonly WorkbookSheet[],
    more: AsyncIterable<Rows> | Iterable<Rows>,
    font: WorkbookFont | null,
  ): Promise<Uint8Array> {
    const { thread } = this;
    const id = (this.lastId += 1);
    try {
      for await (const rows of more) await thread.call({ kind: 'rows', id, rows });
      const bytes = await thread.call({ kind: 'write', id, sheets, font });
      if (bytes === null) throw new TypeError('a workbook was not written');
      return bytes;
    } catch (error) {
      // If the thread died, it has forgotten the rows by itself.
      await thread.call({ kind: 'forget', id }).catch(() => undefined);
      throw error;
    }
  }

  close(): Promise<void> {
    return this.thread.terminate();
  }
}

/** The one thread of this process. */
const writer = new WorkbookWriter();

/**
 * @param more rows of the first sheet, after its own, some at a time
 * @param font null: the spreadsheet program's own
 * @throws ThreadError when the thread died
 */
export function writeWorkbook(
  sheets: readonly WorkbookSheet[],
  { more, font = null }: { more?: AsyncIterable<Rows>; font?: WorkbookFont | null } = {},
): Promise<Uint8Array> {
  return writer.write(sheets, more ?? [], font);
}

/** Heads and rows of text. */
export function writeTable(
  name: string,
  rows: readonly (readonly string[])[],
  widths: readonly number[] = [],
): Promise<Uint8Array> {
  return writeWorkbook([tableSheet(name, rows, widths)]);
}

/** A sheet of text whose first row are bold heads that stay. */
export function tableSheet(
  name: string,
  [heads = [], ...rows]: readonly (readonly string[])[],
  widths: readonly number[],
): WorkbookSheet {
  const bold = heads.map((value) => ({ value, style: { fontWeight: 'bold' } }));
  return { name, rows: [bold, ...rows], widths, stickyRows: 1 };
}

/** Ends the thread; for the end of the process, and for tests. */
export function closeWorkbookWriter(): Promise<void> {
  return writer.close();
}
