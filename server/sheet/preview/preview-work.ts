// Requests to the thread that draws previews. It also sets the sheet, which takes as long as drawing it.

import type { Instant } from '../../domain/entity.ts';
import type { Problem, Result } from '../../domain/problem.ts';
import type { Template, TestGrid } from '../template/template-schema.ts';
import type { PrinterSetting, SheetPlan } from '../threads/sheet-job.ts';

export type PreviewWork =
  /** A page of the print file, from 1. Problems: as layoutSheet; `invalid` at `page` beyond the last. */
  | { kind: 'page'; plan: SheetPlan; page: number; form: 'svg' | 'png' }
  /** The console's picture of a page, from 0, or of the last. Problems: as layoutSheet. */
  | { kind: 'sheet'; plan: SheetPlan; page: number }
  /** Whether the sheet can be set, and how many pages it has; no bytes. Problems: as layoutSheet. */
  | { kind: 'count'; plan: SheetPlan }
  | { kind: 'test-grid'; grid: TestGrid; form: 'svg' | 'png' }
  | { kind: 'test-grid-pdf'; grid: TestGrid; printer: PrinterSetting; printedAt: Instant }
  /** Draws a page of this template without keeping it. */
  | { kind: 'warm'; template: Template };

/** Whether each template fits the words of a sheet: one answer for each template, in their order. */
export interface FitWork {
  kind: 'fit';
  /** The plan's own template is ignored. */
  plan: SheetPlan;
  templates: readonly Template[];
}

/** Null: the template fits. */
export type FitResult = readonly (Problem | null)[];

export interface Preview {
  /** Of the whole print file; 1 for a test page. */
  pages: number;
  bytes: Uint8Array;
}

export type PreviewResult = Result<Preview>;
