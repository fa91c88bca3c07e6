// An office's own label template, for a stock that is not in our list and that the office measured with a ruler. It
// becomes a whole template of the same shape as the files of label-templates/.

import type { Entity, Id } from '../entity.ts';

export interface OwnTemplate extends Entity {
  /** `id` is the office's id, a dot, and `key`, so that two offices can use the same name. */
  officeId: Id;
  /** What its office calls it in addresses; differs from the names of all built-in templates. */
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
