// Everything that decides the bytes of a print file, as plain data: it is sent to a worker thread, and the same job
// gives the same bytes on any day. What a print run stores of it is in domain/print/print-run.ts.

import type { Batch, SymbolShape } from '../../domain/batches/batch.ts';
import type { PrintedContent } from '../../domain/print/print-run.ts';
import type { Instant } from '../../domain/entity.ts';
import type { ExportedKeys } from '../../domain/stamp/stamp-keys.ts';
import type { Template } from '../template/template-schema.ts';

/** Compensates for what one printer does to every sheet; measured once with the test grid. */
export interface PrinterSetting {
  offsetXMm: number;
  offsetYMm: number;
  scaleX: number;
  scaleY: number;
}

export const TRUE_PRINTER: PrinterSetting = { offsetXMm: 0, offsetYMm: 0, scaleX: 1, scaleY: 1 };

export const OFFSET_MAX_MM = 10;
export const SCALE_MIN = 0.95;
export const SCALE_MAX = 1.05;

/** What a batch's symbols hold besides the code (domain/stamp/stamp-address.ts). */
export type AddressForm = Pick<Batch, 'carrier' | 'origin' | 'digitalLink'>;

/** An office's artwork, decoded (actions/uploads/open-mark.ts). */
export interface SheetMark {
  png: Uint8Array;
  /** Three bytes a picture element, row by row. */
  rgb: Uint8Array;
  widthPx: number;
  heightPx: number;
}

export interface SheetJob {
  template: Template;
  batchId: string;
  keys: ExportedKeys;
  address: AddressForm;
  symbol: SymbolShape;
  /** Serials from..to, both printed. */
  from: number;
  to: number;
  /** Label places of the first page already used: 0 to places - 1. */
  skip: number;
  printer: PrinterSetting;
  /** With `stars` null or 0 the stamp does not mention OCOP. */
  content: Pick<PrintedContent, 'productName' | 'producerName' | 'stars' | 'maker'>;
  /** The office's artwork, drawn only with stars. */
  mark?: SheetMark | null;
  /** Becomes the file's date. */
  printedAt: Instant;
}

/** A job without its keys: enough to set it, and to draw a preview. */
export type SheetPlan = Omit<SheetJob, 'keys'>;

export interface SheetSummary {
  pages: number;
  stamps: number;
}
