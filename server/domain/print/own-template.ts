// An office's own label template, for a stock that no list has and that the office measured with a ruler. Stamps are
// printed on a whole template of the same shape as the files of label-templates/.

import type { Entity, Id } from '../entity.ts';

export interface OwnTemplate extends Entity {
  /** `id` is its office's id, a dot, and `key`: offices need not agree on names. */
  officeId: Id;
  /** What its office calls it in addresses; no template that comes with the program has it. */
  key: string;
  /** As measured, so that a form shows it again. */
  measured: MeasuredStock;
  /** The template as JSON (label-templates/template.schema.json). */
  json: string;
}

/** Millimetres. */
export interface MeasuredStock {
  name: string;
  pageWidth: number;
  pageHeight: number;
  columns: number;
  rows: number;
  /** From the paper's edges to the first label. */
  left: number;
  top: number;
  /** From one label's left or top to the next one's. */
  pitchX: number;
  pitchY: number;
  labelWidth: number;
  labelHeight: number;
}
