// A printer as its user measured it with the test grid: how far it shifts a page, and how much it stretches it. Sheets
// for it are drawn with the opposite shift and stretch.

import type { Entity, Id } from '../entity.ts';

export interface Printer extends Entity {
  /** `id` is its keeper's id, a dot, and `key`, so that two keepers can use the same name. */
  officeId: Id;
  /** Null: the office's own. */
  producerId: Id | null;
  /** The keeper's name for it in addresses. */
  key: string;
  name: string;
  /** Millimetres, in tenths: added to every place on the page. */
  offsetX: number;
  offsetY: number;
  /** The drawing is scaled by this factor; above 1 it is larger. */
  scaleX: number;
  scaleY: number;
}
