// A print run: what was printed of a batch at one time. It keeps the parameters and every word on the paper, so that
// its file can be made again to the byte. The files are a print job's (print-job.ts).

import type { Entity, Id, Instant } from '../entity.ts';

export interface PrintRun extends Entity {
  officeId: Id;
  producerId: Id;
  batchId: Id;
  /** Fingerprint of the parameters: template, range, skip, offsets, scale, output, dpi. */
  parameters: string;
  template: string;
  from: number;
  to: number;
  skip: number;
  offsetXMm: number;
  offsetYMm: number;
  scaleX: number;
  scaleY: number;
  /** A sheet, or labels in a thermal printer's language. */
  output: 'pdf' | 'zpl' | 'tspl';
  /** Of the thermal printer's head; null for a sheet. */
  dpi: 203 | 300 | null;
  /** Why these serials were printed again; null for a first print. */
  reprintReason: string | null;
  by: Id;
  printedAt: Instant;
  /**
   * When a file of it was first complete: a job's last part was read back, or a stream's last byte was sent. Null:
   * nothing of it exists on paper, and it does not count as printed.
   */
  madeAt: Instant | null;
  /** The saved printer it was set for, by its whole id; null: no printer, only offsets. */
  printerId: Id | null;
  /** The words on the paper. */
  content: PrintedContent;
}

/** Whether a file of the run exists or existed. */
export function isMade({ madeAt }: Pick<PrintRun, 'madeAt'>): boolean {
  return madeAt !== null;
}

export interface PrintedContent {
  productName: string | null;
  producerName: string;
  stars: number | null;
  /**
   * Number and last day of the certificate that the stars rest on. Printing again after it has lapsed needs a reason.
   */
  certificate: { id: Id; number: string; lastDay: string | null } | null;
  /** The template's own JSON, so that editing the file later does not change a reprint. */
  templateJson: string;
  /** The office's artwork, printed beside the stars; null: no artwork. */
  markFileId: Id | null;
  /** The deployment's name, in the file's properties; absent: Temtrace. */
  maker?: string;
}
